//! In: bytes of YAML or JSON files. Out: nodes with positions and raw scalars, and typed values read from them with
//! every fault collected. The only user of the YAML crate.
//!
//! bytes → [`read_bytes`] → text → [`parse()`] → [`Node`] → [`from_node`] → value; [`read`] does the last two.
//!
//! A type is read with serde and described with schemars. Numbers inside `#[serde(untagged)]`, internally tagged enums
//! or `#[serde(flatten)]` cannot be read: serde keeps those as they come, and scalars come as text.
//!
//! Codes: Y001 not UTF-8 · Y002 too long · Y003 syntax · Y004 tab · Y005 duplicate key · Y006 anchor or alias ·
//! Y007 tag · Y008 merge · Y009 second document · Y010 too deep · Y011 too many values · Y012 unknown key ·
//! Y013 missing key · Y014 wrong type · Y015 unknown word · Y016 wrong form · Y018 not a key ·
//! Y020 more problems (of any file, given by `diagnostic`) · Y025 character · Y026 direction mark ·
//! Y027 characters that are not listed

pub mod characters;
mod check;
pub mod contact;
mod de;
mod escapes;
mod file;
mod messages;
mod node;
mod offsets;
mod parse;
mod scalar;
mod schema;
mod spanned;
mod values;

pub use file::{is_device_name, read_file};
pub use node::{Node, NodeKind};
pub use parse::parse;
pub use scalar::{date, decimal, decimal_advice, percent};
pub use schema::json_schema;
pub use spanned::{InOrder, Spanned};

use std::sync::Arc;

use schemars::JsonSchema;
use serde::de::DeserializeOwned;

use crate::diagnostic::{Checked, Diagnostic, Place, Problems, SourceFile};

/// Most bytes of one text file.
pub const MAX_BYTES: usize = 4 * 1024 * 1024;

/// Makes the bytes of a file into text: UTF-8, with or without a byte order mark (which is left out).
///
/// # Errors
/// `Y001` when it is not UTF-8, naming the byte; `Y002` when it is longer than 4 MB.
pub fn read_bytes(path: &str, bytes: &[u8]) -> Checked<Arc<SourceFile>> {
    if bytes.len() > MAX_BYTES {
        let message = format!("`{path}` is too long: {} bytes", bytes.len());
        return Err(Diagnostic::error("Y002", message).help("a text file may have 4 MB; split it").into());
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => {
            let text = text.strip_prefix('\u{FEFF}').unwrap_or(text).to_owned();
            Ok(Arc::new(SourceFile { path: path.to_owned(), text }))
        }
        Err(error) => {
            let at = error.valid_up_to();
            let line = bytes[..at].iter().filter(|byte| **byte == b'\n').count() + 1;
            let message = format!("`{path}` is not UTF-8 text: byte {at} (line {line}) is {:#04x}", bytes[at]);
            Err(Diagnostic::error("Y001", message).help("save the file as UTF-8").into())
        }
    }
}

/// Makes the bytes of a library file into text, as [`read_bytes`], and checks its characters.
///
/// # Errors
/// As [`read_bytes`]; `Y025` to `Y027` for characters that [`characters`] refuses.
pub fn read_text(path: &str, bytes: &[u8]) -> Checked<Arc<SourceFile>> {
    let file = read_bytes(path, bytes)?;
    characters::check_text(&file)?;
    Ok(file)
}

/// Reads a whole YAML or JSON file as a `T`: checks it against `T`'s JSON Schema, collecting every fault, then builds
/// the value.
///
/// # Errors
/// `Y…` diagnostics for syntax, unknown and duplicate keys, wrong types, anchors, tags, merges, bombs.
pub fn read<T: DeserializeOwned + JsonSchema>(file: &Arc<SourceFile>) -> Checked<T> {
    read_part(file, 0..file.text.len())
}

/// Reads a part of a file, such as front matter; places count from the start of the file.
///
/// # Errors
/// As [`read`].
pub fn read_part<T: DeserializeOwned + JsonSchema>(
    file: &Arc<SourceFile>,
    range: std::ops::Range<usize>,
) -> Checked<T> {
    let node = parse(file, range)?;
    characters::check_values(file, &node)?;
    from_node(file, &node)
}

/// Reads a `T` from nodes of a file.
///
/// # Errors
/// `Y012` to `Y016`: every place where the nodes do not keep to `T`'s JSON Schema.
pub fn from_node<T: DeserializeOwned + JsonSchema>(file: &Arc<SourceFile>, node: &Node) -> Checked<T> {
    let mut faults = check::faults(file, node, &schema::cached::<T>());
    if !faults.is_empty() {
        faults.sort_by_key(|fault| fault.place.as_ref().map(|place| place.span.start));
        return Err(Problems(faults));
    }
    T::deserialize(de::NodeReader(node)).map_err(|refused| {
        let span = refused.span.unwrap_or_else(|| node.span.clone());
        Diagnostic::error("Y016", refused.message).at(Place { file: file.clone(), span }).into()
    })
}

#[cfg(test)]
mod tests;
