//! In: nothing. Out: [`Verification`]: the result of comparing a finished file with what it was made as. Each format
//! makes it; `verify` prints it.
//!
//! A [`FileRecord`] carries two digests of the file's own state:
//!
//! - the *file digest*: SHA-256 over the whole file as made, with the values of the file digest, the content digest and
//!   the seal as zeros. It decides [`Verdict::AsMade`].
//! - the *content digest*: SHA-256 over what a reader of the document sees and hears, independent of how the file is
//!   stored. It decides [`Verdict::Resaved`].

use super::record::FileRecord;

/// How a finished file compares with what it was made as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Every part of the file is as it was made, its look included.
    AsMade,
    /// Another program saved the file; the words and figures are those that were made. Nothing is promised of the look.
    Resaved,
    /// Something that a reader sees or hears is not what was made.
    Changed,
}

/// One difference between a file and what was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Where in the document a person finds it: `page 3`, `section pricing`, `the footer of page 2`; or the part of
    /// the file.
    pub place: String,
    /// What is different, in a few words.
    pub what: String,
}

/// A form field or editable region that was filled in; not a change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FilledField {
    pub name: String,
    /// As typed; may hold any character.
    pub value: String,
}

/// The result of comparing one file with what it was made as.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verification {
    /// What the file records about its origin, its digests and its seal. Nothing here has checked the seal. The file
    /// digest was calculated anew only for [`Verdict::AsMade`]; the content digest unless the file is
    /// [`Verdict::Changed`].
    pub record: FileRecord,
    pub verdict: Verdict,
    /// Why the verdict is [`Verdict::Changed`]; empty otherwise. In the order of the document.
    pub changes: Vec<Change>,
    /// Fields whose value is not the one that was made, in the order of the document.
    pub fields: Vec<FilledField>,
}
