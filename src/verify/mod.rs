//! In: a finished file, the keys that somebody trusts and a library. Out: [`Findings`]: the verdict, what was changed,
//! where the file was made, who signed it and what is beside it; and the [problems](Findings::problems) among them.
//!
//! | Code | Meaning |
//! |---|---|
//! | E053 | a reader sees or hears something that was not made |
//! | E070 | another program saved the file, with `--strict` |
//! | E071 | the file was not made from the library that was named |
//! | E072 | the seal is broken, damaged, or of none of the keys that were named |
//! | E073 | there is no seal, and a key was named |
//! | E074 | a file that was made together with this one is of another document |
//! | E075 | the provenance beside the file is of another document, or was changed |
//! | E076 | with `--strict`: whether the file was made from the library cannot be known |

mod problems;
mod sisters;

use std::path::Path;

use crate::diagnostic::Checked;
use crate::export::attest::{Attestation, Signer, seal_of};
use crate::export::provenance::Provenance;
use crate::export::record::{FileRecord, KEYS};
use crate::export::sidecar::{self, NoSidecar};
use crate::export::verification::{Change, Verdict, Verification};
use crate::export::{self, Format};
use crate::library::files::Source;
use crate::library::origin::{Origin, origin};
pub use sisters::{Sister, SisterState};

/// What somebody asks about a file.
#[derive(Debug, Clone, Copy)]
pub struct Question<'a> {
    pub file: &'a Path,
    /// The keys that a seal must be of; none where seals are not checked.
    pub signers: &'a [Signer],
    /// The library that the release is compared with.
    pub source: &'a Source,
    /// Whether the library was named for this question: then a file that is not of it is refused.
    pub library_is_named: bool,
    /// Whether only a file that is as made, of a release that is known, is accepted.
    pub strict: bool,
}

/// What is known of a file.
#[derive(Debug, Clone, PartialEq)]
pub struct Findings {
    /// Changes where the record is not what the sidecar holds are among its changes.
    pub verification: Verification,
    pub provenance: Result<Provenance, NoSidecar>,
    pub origin: Origin,
    /// What the seal proves.
    pub seal: Attestation,
    /// The other files of the document, as far as the record names them.
    pub sisters: Vec<Sister>,
}

/// Finds out what is known of a file.
///
/// # Errors
/// Those of [`export::verify`] and [`origin`].
pub fn examine(question: &Question<'_>, bytes: &[u8]) -> Checked<Findings> {
    findings(question, export::verify(bytes)?, Format::of(bytes))
}

/// Adds to a verification what is known from elsewhere.
fn findings(question: &Question<'_>, mut verification: Verification, format: Format) -> Checked<Findings> {
    let record = &verification.record;
    let provenance = sidecar::read(question.file, record);
    let seal = seal_of(record, question.signers);
    let origin = origin(question.source, record.release.as_deref(), record.lock_digest.as_deref())?;
    let sisters = sisters::beside(question.file, record, format);
    let mut lies = provenance.as_ref().map(|provenance| contradictions(record, provenance)).unwrap_or_default();
    if !record.has_format(format) {
        lies.push(said_of_record("formats", "does not name the format of this file"));
    }
    if !lies.is_empty() {
        verification.verdict = Verdict::Changed;
        verification.changes.splice(0..0, lies);
    }
    Ok(Findings { verification, provenance, origin, seal, sisters })
}

/// What the record says differently from the provenance that its id is the digest of: somebody changed the record.
fn contradictions(record: &FileRecord, provenance: &Provenance) -> Vec<Change> {
    // Formats, digests and seal are not of the provenance.
    let made = FileRecord {
        formats: record.formats.clone(),
        content_digest: record.content_digest.clone(),
        file_digest: record.file_digest.clone(),
        seal: record.seal.clone(),
        ..FileRecord::of(provenance, &[])
    };
    let (found, made) = (record.pairs(), made.pairs());
    let value = |pairs: &[(&str, String)], name: &str| {
        pairs.iter().find(|(other, _)| *other == name).map(|(_, value)| value.clone())
    };
    KEYS.iter()
        .filter(|key| value(&found, key.name) != value(&made, key.name))
        .map(|key| said_of_record(key.name, "is not what the provenance holds"))
        .collect()
}

fn said_of_record(name: &str, what: &str) -> Change {
    Change { place: "the record in the file".to_owned(), what: format!("`{name}` {what}") }
}

#[cfg(test)]
mod tests;
