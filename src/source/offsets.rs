//! In: the text that the YAML scanner saw. Out: byte offsets into the file for its character counts.

use super::escapes::Joined;

/// Maps the scanner's character numbers to byte offsets of the file.
pub(super) struct Offsets {
    base: usize,
    len: usize,
    /// Byte offset (from `base`) of each character; `None` while both are the same (plain ASCII).
    table: Option<Vec<u32>>,
}

impl Offsets {
    /// `text` stands `base` bytes into its file; `joined` is what the scanner reads in its place, if it differs.
    pub(super) fn new(text: &str, base: usize, joined: Option<&Joined>) -> Self {
        let table = match joined {
            Some(joined) => Some(joined.offsets()),
            // Files are at most 4 MB, so that 32 bits hold any offset.
            None if !text.is_ascii() => Some(text.char_indices().map(|(at, _)| at as u32).collect()),
            None => None,
        };
        Self { base, len: text.len(), table }
    }

    /// The byte offset of a character; the end for any past it.
    pub(super) fn byte(&self, index: usize) -> usize {
        let at = match &self.table {
            None => index.min(self.len),
            Some(table) => table.get(index).map_or(self.len, |at| *at as usize),
        };
        self.base + at
    }

    pub(super) fn end(&self) -> usize {
        self.base + self.len
    }
}
