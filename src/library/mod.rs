//! In: a folder of library files, or the copy inside the binary. Out: the [`Library`], checked.
pub mod assets;
pub mod block;
pub mod brand;
pub mod settings;
pub mod template;

use std::collections::BTreeMap;

use crate::library::assets::Bytes;

/// A library that has been read: every file's bytes once, the brand and settings parsed.
#[derive(Debug)]
pub struct Library {
    /// Every file under `brand/` and `templates/`, by path with `/`, in order.
    pub files: BTreeMap<String, Bytes>,
    pub settings: settings::Settings,
    pub brand: brand::Brand,
}
