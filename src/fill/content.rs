//! In: nothing. Out: what filling asks of a library ([`Content`]), and what it keeps between documents ([`FillCache`]).

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use super::section::Compiled;
use crate::diagnostic::{Checked, SourceFile};
use crate::library::Library;
use crate::library::block::Block;
use crate::library::brand::Legal;
use crate::library::settings::Settings;

/// What sections may say of the firm, so that its telephone is written once.
#[derive(Debug, Clone, Copy)]
pub struct Firm<'a> {
    /// The name in running text.
    pub name: &'a str,
    pub legal: &'a Legal,
}

/// The parts of a library that filling reads.
pub trait Content: Sync {
    /// A text file of the library.
    ///
    /// # Errors
    /// Where the file is missing or is not UTF-8.
    fn text(&self, path: &str) -> Checked<Arc<SourceFile>>;

    /// All blocks.
    ///
    /// # Errors
    /// Where a block cannot be read.
    fn blocks(&self) -> Checked<&[Block]>;

    fn settings(&self) -> &Settings;

    /// Who the firm is.
    fn firm(&self) -> Firm<'_>;
}

impl Content for Library {
    fn text(&self, path: &str) -> Checked<Arc<SourceFile>> {
        self.text(path)
    }

    fn blocks(&self) -> Checked<&[Block]> {
        self.blocks()
    }

    fn settings(&self) -> &Settings {
        &self.settings
    }

    fn firm(&self) -> Firm<'_> {
        Firm { name: &self.brand.name, legal: &self.brand.legal }
    }
}

/// Files that have been checked and compiled, for one library: a batch reads each of them once.
///
/// Make a new one with each library; it never looks whether a file has changed.
#[derive(Debug, Default)]
pub struct FillCache {
    files: Mutex<HashMap<String, Arc<Compiled>>>,
}

impl FillCache {
    pub(super) fn get(&self, key: &str) -> Option<Arc<Compiled>> {
        self.files.lock().unwrap_or_else(PoisonError::into_inner).get(key).cloned()
    }

    pub(super) fn keep(&self, key: String, compiled: &Arc<Compiled>) {
        self.files.lock().unwrap_or_else(PoisonError::into_inner).insert(key, Arc::clone(compiled));
    }
}
