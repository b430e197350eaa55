//! In: [`Findings`] and the question. Out: the problems that make `verify` fail, each with its code.

use super::{Findings, Question, Sister, SisterState};
use crate::diagnostic::{Diagnostic, Problems};
use crate::export::attest::Attestation;
use crate::export::sidecar::{self, NoSidecar};
use crate::export::verification::{Change, Verdict};
use crate::library::origin::Origin;

/// So many changes are named one by one; the rest is a count. JSON has all of them.
const MOST_CHANGES: usize = 20;
/// What to do with a file that is not what was made.
const ASK: &str = "ask for the file as it was sent, or make it again from the client file";

impl Findings {
    /// What makes this file fail the question; empty where it passes.
    pub fn problems(&self, question: &Question<'_>) -> Problems {
        let mut problems = self.changes();
        if question.strict && self.verification.verdict == Verdict::Resaved {
            problems.push(
                Diagnostic::error("E070", "another program has saved the file, so that its look is not known")
                    .help("ask for the file as it was sent, or leave out `--strict`"),
            );
        }
        problems.extend(self.not_of_library(question));
        problems.extend(self.not_sealed(question));
        problems.extend(self.sisters.iter().filter_map(not_a_sister));
        if let Err(why @ NoSidecar::Foreign(_)) = &self.provenance {
            problems.push(Diagnostic::error("E075", why.to_string()).help(sidecar::help(question.file)));
        }
        problems
    }

    fn changes(&self) -> Problems {
        let verification = &self.verification;
        let one = |change: &Change| Diagnostic::error("E053", format!("{}: {}", change.place, change.what)).help(ASK);
        let mut problems: Vec<Diagnostic> = verification.changes.iter().take(MOST_CHANGES).map(one).collect();
        let rest = verification.changes.len().saturating_sub(MOST_CHANGES);
        if rest > 0 {
            problems
                .push(Diagnostic::error("E053", format!("and {rest} more changes")).help("`--json` lists them all"));
        }
        // A verdict without a change to show still fails.
        if verification.verdict == Verdict::Changed && problems.is_empty() {
            problems.push(Diagnostic::error("E053", "the file is not what was made").help(ASK));
        }
        Problems(problems)
    }

    fn not_of_library(&self, question: &Question<'_>) -> Option<Diagnostic> {
        let record = &self.verification.record;
        let release = record.release.as_deref().unwrap_or("none");
        match &self.origin {
            Origin::Foreign if question.library_is_named => Some(
                Diagnostic::error("E071", format!("the file names release {release}, but not of this library"))
                    .help("name the library that the file was made from, or treat the file as not genuine"),
            ),
            Origin::NoRelease if question.library_is_named && !record.draft => Some(
                Diagnostic::error("E071", "the file names no release, so that it was not made from this library")
                    .help("name the library that the file was made from, or treat the file as not genuine"),
            ),
            Origin::Unknown(_) | Origin::NoLock if question.strict => Some(
                Diagnostic::error("E076", format!("whether release {release} is of this library cannot be known"))
                    .help("put its lock beside the library, as `releases/VERSION/brand/library.lock`"),
            ),
            _ => None,
        }
    }

    fn not_sealed(&self, question: &Question<'_>) -> Option<Diagnostic> {
        let broken = |message: &str| Diagnostic::error("E072", message).help("treat the file as not genuine");
        match &self.seal {
            Attestation::Damaged => Some(broken("the seal is damaged")),
            Attestation::Broken { signer, .. } => {
                Some(broken(&format!("the seal names the key of {signer}, but it is not the seal of this file")))
            }
            Attestation::OtherKey { key } => Some(
                Diagnostic::error("E072", format!("sealed, but not by a key that you named: by the key {key}"))
                    .help("name the signer's public key with `--key`, if you trust it"),
            ),
            Attestation::Absent if !question.signers.is_empty() => Some(
                Diagnostic::error("E073", "the file has no seal")
                    .help("leave out `--key`, or ask for a file that was made with `generate --seal`"),
            ),
            Attestation::Absent | Attestation::Unchecked { .. } | Attestation::Holds { .. } => None,
        }
    }
}

fn not_a_sister(sister: &Sister) -> Option<Diagnostic> {
    match sister.state {
        SisterState::Same | SisterState::Missing => None,
        SisterState::Other | SisterState::Unreadable => Some(
            Diagnostic::error("E074", sister.describe())
                .help("make both files again in one run, or keep files of different documents apart"),
        ),
    }
}
