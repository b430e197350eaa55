//! In: the bytes of any file. Out: the [`FileRecord`] that this program wrote into it, and how the file compares with
//! what it was made as.
//!
//! | Code | Meaning |
//! |---|---|
//! | E020 | the file is not a PDF that can be read |
//! | E021 | the PDF says nothing of its provenance |
//! | E022 | the provenance is damaged |

use std::num::NonZero;

use super::compare::Parts;
use super::metadata::PARTS;
use super::packet::{self, Pair, Unreadable};
use super::readback::File;
use super::stamp;
use crate::diagnostic::{Checked, Diagnostic};
use crate::export::record::FileRecord;
use crate::export::verification::{Change, Verdict, Verification};

/// Reads back what a PDF was made from.
///
/// Only the metadata of the whole file counts: a picture inside it may carry a packet of its own.
///
/// # Errors
/// `E020`–`E022`, see the table above.
pub fn record_of(bytes: &[u8]) -> Checked<FileRecord> {
    let file = open(bytes)?;
    let packet = packet::packet(&file).ok_or_else(absent)?;
    record(&pairs(&packet)?)
}

/// Compares a PDF with what it was made as.
///
/// # Errors
/// Those of [`record_of`]: the file does not tell what it was made as.
pub fn verify(bytes: &[u8]) -> Checked<Verification> {
    let file = open(bytes)?;
    let packet = packet::packet(&file).ok_or_else(absent)?;
    let pairs = pairs(&packet)?;
    let record = record(&pairs)?;
    let comparable = packet::comparable(&packet, &pairs);
    let Some(parts) = Parts::read(NonZero::<usize>::MIN, &file, &comparable) else {
        let change = Change { place: "the document".to_owned(), what: "its pages cannot be read".to_owned() };
        return Ok(Verification { record, verdict: Verdict::Changed, changes: vec![change], fields: Vec::new() });
    };
    let made = pairs.iter().find(|pair| pair.name == PARTS).map_or("", |pair| pair.value.as_str());
    let changes = changes(&record, made, &parts);
    let verdict = match changes.is_empty() {
        false => Verdict::Changed,
        true if stamp::file_digest(&file, bytes).as_ref() == Some(&record.file_digest) => Verdict::AsMade,
        true => Verdict::Resaved,
    };
    Ok(Verification { record, verdict, changes, fields: parts.fields })
}

/// Everything that is not as it was made.
fn changes(record: &FileRecord, made: &str, parts: &Parts) -> Vec<Change> {
    let mut changes = parts.faults.clone();
    for change in parts.differences(made) {
        if !changes.iter().any(|known| known.place == change.place) {
            changes.push(change);
        }
    }
    if changes.is_empty() && (parts.content_digest() != record.content_digest || parts.short() != made) {
        let what = "its digests are not those of the file".to_owned();
        changes.push(Change { place: "what the file records of its origin".to_owned(), what });
    }
    changes
}

fn open(bytes: &[u8]) -> Checked<File<'_>> {
    let unreadable = || {
        Diagnostic::error("E020", "the file is not a PDF that can be read")
            .help("name a PDF as collateral has written it")
    };
    Ok(File::open(bytes).ok_or_else(unreadable)?)
}

fn absent() -> Diagnostic {
    Diagnostic::error("E021", "the PDF does not say what it was made from")
        .help("name a PDF as collateral has written it; other programs drop this when they save")
}

fn damaged(what: &str) -> Diagnostic {
    Diagnostic::error("E022", format!("what the PDF says of its origin is damaged: {what}"))
        .help("ask for the file as it was sent, or make it again from the client file")
}

fn pairs(packet: &str) -> Checked<Vec<Pair<'_>>> {
    packet::pairs(packet).map_err(|why| match why {
        Unreadable::Absent => absent().into(),
        Unreadable::Damaged(what) => damaged(what).into(),
    })
}

fn record(pairs: &[Pair<'_>]) -> Checked<FileRecord> {
    FileRecord::from_pairs(pairs.iter().map(|pair| (pair.name, pair.value.clone())))
        .map_err(|key| damaged(&format!("`{key}` is missing, is there twice or has an impossible value")).into())
}

#[cfg(test)]
mod tests {
    use super::super::metadata::{NAMESPACE, PREFIX};
    use super::super::sample::{about, large, small};
    use super::*;
    use crate::export::pdf::pdf;

    fn code(bytes: &[u8]) -> &'static str {
        record_of(bytes).expect_err("an error").0[0].code
    }

    /// Replaces bytes of a finished file by as many others, so that all offsets stay.
    fn replaced(from: &str, to: &str) -> Vec<u8> {
        assert_eq!(from.len(), to.len());
        let mut bytes = pdf(&small().0, &about()).expect("a file");
        let at = bytes.windows(from.len()).position(|window| window == from.as_bytes()).expect(from);
        bytes[at..at + to.len()].copy_from_slice(to.as_bytes());
        bytes
    }

    #[test]
    fn what_was_written_comes_back() {
        let mut about = about();
        about.record.template = "a < b & \"c\" > d\r\n\te: </collateral:template> é 🚚 ]]> &amp;".to_owned();
        about.record.release = Some(String::new());
        about.title = format!("<rdf:Description rdf:about=\"\" xmlns:{PREFIX}=\"{NAMESPACE}\">");
        let bytes = pdf(&small().0, &about).expect("a file");
        let record = record_of(&bytes).expect("a record");
        assert_eq!(record.unsigned(false), about.record.unsigned(false));
        assert_ne!(record, about.record.unsigned(false), "the digests are there");
    }

    #[test]
    fn a_file_is_as_made_on_any_number_of_threads() {
        for pages in [small().0, large().0] {
            let bytes = pdf(&pages, &about()).expect("a file");
            let four = NonZero::new(4).expect("four");
            assert_eq!(crate::export::pdf::pdf_on(four, &pages, &about()).as_ref(), Ok(&bytes));
            let found = verify(&bytes).expect("a record");
            assert_eq!((found.verdict, found.changes, found.fields), (Verdict::AsMade, Vec::new(), Vec::new()));
        }
    }

    #[test]
    fn bytes_after_the_end_are_not_as_made() {
        let mut bytes = pdf(&small().0, &about()).expect("a file");
        bytes.push(b'\n');
        assert_eq!(verify(&bytes).expect("a record").verdict, Verdict::Resaved);
    }

    #[test]
    fn bytes_before_the_header_are_passed_over() {
        let bytes = [b"junk\n", pdf(&small().0, &about()).expect("a file").as_slice()].concat();
        assert_eq!(verify(&bytes).expect("a record").verdict, Verdict::Resaved);
    }

    #[test]
    fn every_changed_byte_is_noticed() {
        let bytes = pdf(&small().0, &about()).expect("a file");
        for at in (0..bytes.len()).step_by(bytes.len() / 200) {
            let mut other = bytes.clone();
            other[at] ^= 1;
            assert!(
                verify(&other).is_err() || verify(&other).is_ok_and(|found| found.verdict != Verdict::AsMade),
                "{at}"
            );
        }
    }

    #[test]
    fn other_files_are_refused_with_a_reason() {
        assert_eq!(code(b""), "E020");
        assert_eq!(code(b"PK\x03\x04"), "E020");
        assert_eq!(code(b"%PDF-1.7\n%%EOF"), "E020");
        assert_eq!(code(&replaced("urn:collateral:provenance:1#\">", "urn:collateral:provenance:2#\">")), "E021");
    }

    #[test]
    fn damage_is_named() {
        assert_eq!(code(&replaced("<collateral:formats>", "<collateral:formads>")), "E022");
        assert_eq!(code(&replaced("<collateral:draft>False", "<collateral:draft>Maybe")), "E022");
        assert_eq!(code(&replaced("</collateral:language>", "</collateral:longuage>")), "E022");
    }

    #[test]
    fn garbage_never_panics() {
        let bytes = pdf(&small().0, &about()).expect("a file");
        for step in 0..300 {
            let mut broken = bytes.clone();
            let at = step * 7919 % broken.len();
            broken[at] = broken[at].wrapping_add(1 + (step % 250) as u8);
            let _ = verify(&broken);
            let _ = verify(&broken[..at]);
        }
    }
}
