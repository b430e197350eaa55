//! In: [`Findings`]. Out: lines for people, and the JSON document of `verify FILE`.

use serde_json::{Map, Value, json};

use crate::diagnostic::Problems;
use crate::export::attest::Attestation;
use crate::export::provenance::{APPROVED_BY, Provenance};
use crate::export::record::{FileRecord, SEAL};
use crate::export::verification::{FilledField, Verdict};
use crate::library::origin::Origin;
use crate::pipeline::APPROVAL_PROOF;
use crate::plan::quote::pinned::Pinned;
use crate::verify::Findings;

/// Fields that are listed for people; the rest is a count, and JSON has all of them.
const MOST_FIELDS: usize = 100;
/// Characters of a field's value that people are shown.
const MOST_CHARACTERS: usize = 200;

/// What only the sidecar tells.
const ONLY_THERE: &str = "what was quoted, reasons, approvals and the digest of the client's data are only there";

/// What people read, a line each.
pub(super) fn lines(found: &Findings) -> Vec<String> {
    let record = &found.verification.record;
    let mut lines = vec![verdict(found.verification.verdict).1.to_owned()];
    let mut add = |name: &str, value: &str| lines.push(format!("{name:<18} {value}"));
    if record.draft {
        add("draft", "this is a draft, not a document for clients");
    }
    add("from", &origin(found));
    add("seal", &seal(found));
    for sister in &found.sisters {
        add("sister", &sister.describe());
    }
    for field in found.verification.fields.iter().take(MOST_FIELDS) {
        add("filled in", &filled(field));
    }
    if let Some(rest @ 1..) = found.verification.fields.len().checked_sub(MOST_FIELDS) {
        add("", &format!("and {rest} more; `--json` lists them all"));
    }
    // The seal itself means nothing to people; the line `seal` tells what it proves.
    for (name, value) in record.pairs().into_iter().filter(|(name, _)| *name != SEAL) {
        add(name, &value);
    }
    match &found.provenance {
        Ok(provenance) => lines.extend(provenance_lines(provenance, record)),
        Err(why) => add("provenance", &format!("not known: {why}; {ONLY_THERE}")),
    }
    lines
}

/// The JSON document.
pub(super) fn document(found: &Findings, problems: &Problems) -> Value {
    let verification = &found.verification;
    let pairs = |pairs: Vec<(String, String)>| {
        pairs.into_iter().map(|(name, value)| (name, Value::String(value))).collect::<Map<_, _>>()
    };
    let record = verification.record.pairs().into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    let at = match &found.origin {
        Origin::Known(version) | Origin::Unknown(version) => Some(version.to_string()),
        Origin::Current => verification.record.release.clone(),
        Origin::NoRelease | Origin::NoLock | Origin::Foreign => None,
    };
    let changes = verification.changes.iter().map(|change| json!({"place": change.place, "what": change.what}));
    let fields = verification.fields.iter().map(|field| json!({"name": field.name, "value": field.value}));
    let sisters = found.sisters.iter().map(|sister| {
        json!({
            "path": sister.path.display().to_string(),
            "format": sister.format.ending(),
            "status": sister.state.word(),
        })
    });
    json!({
        "verdict": verdict(verification.verdict).0,
        "draft": verification.record.draft,
        "record": pairs(record),
        "provenance": found.provenance.as_ref().ok().map(|provenance| pairs(provenance.pairs())),
        "provenance_note": found.provenance.as_ref().err().map(ToString::to_string),
        "changes": changes.collect::<Vec<_>>(),
        "fields": fields.collect::<Vec<_>>(),
        "release": {
            "status": found.origin.word(),
            "claimed": verification.record.release,
            "library": at,
            "note": origin(found),
        },
        "seal": {
            "status": found.seal.word(),
            "key": found.seal.key(),
            "signer": found.seal.signer(),
            "note": seal(found),
        },
        "sisters": sisters.collect::<Vec<_>>(),
        "problems": problems,
    })
}

/// The verdict for programs and for people.
fn verdict(verdict: Verdict) -> (&'static str, &'static str) {
    match verdict {
        Verdict::AsMade => ("as made", "as made: the words, the figures and the look are those that were made"),
        Verdict::Resaved => (
            "resaved",
            "saved by another program: the words and figures are those that were made; the look may be another",
        ),
        Verdict::Changed => ("changed", "changed: this is not what was made"),
    }
}

/// The library that the file was made from, as far as it is known.
fn origin(found: &Findings) -> String {
    let record = &found.verification.record;
    let release = record.release.as_deref().unwrap_or("none");
    match &found.origin {
        Origin::NoRelease if record.draft => "no release: drafts are of none".into(),
        Origin::NoRelease => "no release: a library that was never published".into(),
        Origin::Current => format!("release {release} of this library"),
        Origin::Known(version) => format!("release {release} of this library, which is at {version}"),
        Origin::Foreign => format!("it claims release {release}, but not of this library"),
        Origin::Unknown(version) => format!(
            "release {release}; this library is at {version}, and whether that release was of this library is not known"
        ),
        Origin::NoLock => format!("release {release}; no published library was found to compare it with"),
    }
}

/// What the seal proves, in plain words.
fn seal(found: &Findings) -> String {
    match (&found.seal, found.verification.verdict) {
        (Attestation::Absent, _) => {
            "none: digests show mistakes, not forgers, since anybody can calculate new ones for a changed file".into()
        }
        (Attestation::Unchecked { key }, _) => {
            format!("by the key {key}, not checked; name the signer's public key with `--key`")
        }
        (Attestation::Holds { signer, key }, Verdict::AsMade) => format!("by {signer}, with the key {key}"),
        (Attestation::Holds { signer, key }, Verdict::Resaved) => {
            format!("by {signer}, with the key {key}: for the words and figures, not for the look")
        }
        (Attestation::Holds { signer, key }, Verdict::Changed) => {
            format!("by {signer}, with the key {key}: for the file as it was made, not for this one")
        }
        (Attestation::OtherKey { key }, _) => format!("by the key {key}, which is not one that you named"),
        (Attestation::Broken { signer, key }, _) => {
            format!("it names the key {key} of {signer}, but is not the seal of this file")
        }
        (Attestation::Damaged, _) => "damaged".into(),
    }
}

fn filled(field: &FilledField) -> String {
    let length = field.value.chars().count();
    let shown: String = field.value.chars().take(MOST_CHARACTERS).collect();
    let rest = if length > MOST_CHARACTERS { format!(" … ({length} characters)") } else { String::new() };
    format!("{}: {shown}{rest}", field.name)
}

/// What only the sidecar knows.
fn provenance_lines(provenance: &Provenance, record: &FileRecord) -> Vec<String> {
    let mut all = Vec::new();
    let known = record.pairs();
    let is_known = |name: &str| known.iter().any(|(other, _)| *other == name);
    for (name, value) in provenance.pairs().into_iter().filter(|(name, _)| !is_known(name)) {
        let quote = provenance.quote.as_deref().filter(|_| name == "quote").and_then(Pinned::read);
        let proof = if name == APPROVED_BY { format!(" ({APPROVAL_PROOF})") } else { String::new() };
        let lines = quote.map_or_else(|| vec![format!("{value}{proof}")], |quote| quote.said());
        for (at, line) in lines.iter().enumerate() {
            all.push(format!("{:<18} {line}", if at == 0 { name.as_str() } else { "" }));
        }
    }
    all
}

#[cfg(test)]
#[path = "report_tests.rs"]
mod tests;
