//! In: bytes of YAML or JSON files. Out: nodes with positions and raw scalars, and typed values read from them with
//! every fault collected. The only user of the YAML crate.

mod spanned;

pub use spanned::{InOrder, Spanned};

use std::sync::Arc;

use schemars::JsonSchema;
use serde::de::DeserializeOwned;

use crate::diagnostic::{Checked, SourceFile};

/// Reads a whole YAML or JSON file as a `T`: checks it against `T`'s JSON Schema, collecting every fault, then builds
/// the value.
///
/// # Errors
/// `Y…` diagnostics for syntax, unknown and duplicate keys, wrong types, anchors, tags, merges, bombs.
pub fn read<T: DeserializeOwned + JsonSchema>(file: &Arc<SourceFile>) -> Checked<T> {
    read_part(file, 0..file.text.len())
}

/// Reads a part of a file, such as front matter; places count from the start of the file.
pub fn read_part<T: DeserializeOwned + JsonSchema>(
    file: &Arc<SourceFile>,
    range: std::ops::Range<usize>,
) -> Checked<T> {
    let _ = (file, range);
    unimplemented!("being written")
}
