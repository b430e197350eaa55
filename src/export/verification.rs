//! In: nothing. Out: [`Verification`]: what was found when a finished file was compared with what it was made as. Each
//! format fills it; `verify` prints it.
//!
//! A file carries three values about its own state, beside the record of what it was made from:
//!
//! - the *file digest*: SHA-256 over the whole file as made, with the places of the file digest, the content digest and
//!   the seal filled with zeros. It decides [`Verdict::AsMade`].
//! - the *content digest*: SHA-256 over what a reader of the document sees and hears, independent of how the file is
//!   stored. It decides [`Verdict::Resaved`].
//! - the *seal*, if there is one: a signature over both digests and the digest of the provenance.

use super::provenance::Provenance;

/// The name of the file digest in a file's record.
pub const FILE_DIGEST: &str = "fileDigest";
/// The name of the content digest in a file's record.
pub const CONTENT_DIGEST: &str = "contentDigest";
/// The name of the seal in a file's record.
pub const SEAL: &str = "seal";
/// What stands in the place of a digest while the digest is calculated: 64 hexadecimal digits.
pub const NO_DIGEST: &str = "0000000000000000000000000000000000000000000000000000000000000000";

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

/// What was found in one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verification {
    /// What the file records about its origin.
    pub provenance: Provenance,
    pub verdict: Verdict,
    /// Why the verdict is [`Verdict::Changed`]; empty otherwise. In the order of the document.
    pub changes: Vec<Change>,
    /// Fields whose value is not the one that was made, in the order of the document.
    pub fields: Vec<FilledField>,
    /// The file digest that the file records, 64 hexadecimal digits; it was calculated anew only for
    /// [`Verdict::AsMade`].
    pub file_digest: String,
    /// The content digest that the file records, 64 hexadecimal digits; it was calculated anew and is the same unless
    /// the verdict is [`Verdict::Changed`].
    pub content_digest: String,
    /// The seal that the file records; nothing here has checked it.
    pub seal: Option<String>,
}
