//! In: the bytes of any file. Out: the [`FileRecord`] that this program wrote into it.
//!
//! | Code | Meaning |
//! |---|---|
//! | E020 | the file is not a PDF that can be read |
//! | E021 | the PDF says nothing of its provenance |
//! | E022 | the provenance is damaged |

use super::metadata::{NAMESPACE, PREFIX};
use super::readback::{File, Object};
use crate::diagnostic::{Checked, Diagnostic};
use crate::export::record::FileRecord;

/// Packets of ours hold a few kilobytes.
const LARGEST_PACKET: u64 = 1 << 20;

/// Reads back what a PDF was made from.
///
/// Only the metadata of the whole file counts: a picture inside it may carry a packet of its own.
///
/// # Errors
/// `E020`–`E022`, see the table above.
pub fn record_of(bytes: &[u8]) -> Checked<FileRecord> {
    let file = File::open(bytes).ok_or_else(|| {
        Diagnostic::error("E020", "the file is not a PDF that can be read")
            .help("name a PDF as collateral has written it")
    })?;
    let packet = packet(&file).ok_or_else(absent)?;
    let pairs = pairs(&packet)?;
    FileRecord::from_pairs(pairs.iter().map(|(name, value)| (*name, value.clone())))
        .map_err(|key| damaged(&format!("`{key}` is missing, stands there twice or cannot be")).into())
}

fn absent() -> Diagnostic {
    Diagnostic::error("E021", "the PDF does not say what it was made from")
        .help("name a PDF as collateral has written it; other programs drop this when they save")
}

fn damaged(what: &str) -> Diagnostic {
    Diagnostic::error("E022", format!("what the PDF says of its origin is damaged: {what}"))
        .help("ask for the file as it was sent, or make it again from the client file")
}

fn packet(file: &File<'_>) -> Option<String> {
    let catalog = file.catalog()?;
    let number = catalog.dict()?.get("Metadata").and_then(Object::reference)?;
    String::from_utf8(file.stream(number, LARGEST_PACKET)?.1).ok()
}

/// Reads the elements of our namespace: one after the other, each with nothing but text in it, as they are written.
fn pairs(packet: &str) -> Checked<Vec<(&str, String)>> {
    let start = format!("<rdf:Description rdf:about=\"\" xmlns:{PREFIX}=\"{NAMESPACE}\">");
    let (_, after) = packet.split_once(&start).ok_or_else(absent)?;
    let (mut rest, _) = after.split_once("</rdf:Description>").ok_or_else(|| damaged("it does not come to an end"))?;
    let mut pairs = Vec::new();
    loop {
        rest = rest.trim_start();
        if rest.is_empty() {
            return Ok(pairs);
        }
        let (pair, after) = element(rest).ok_or_else(|| damaged("it is not written as collateral writes it"))?;
        pairs.push(pair);
        rest = after;
    }
}

/// Reads `<collateral:name>text</collateral:name>` and gives what follows it.
fn element(text: &str) -> Option<((&str, String), &str)> {
    let (name, after) = text.strip_prefix('<')?.strip_prefix(PREFIX)?.strip_prefix(':')?.split_once('>')?;
    if name.is_empty() || !name.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return None;
    }
    let (value, after) = after.split_once('<')?;
    let after =
        after.strip_prefix('/')?.strip_prefix(PREFIX)?.strip_prefix(':')?.strip_prefix(name)?.strip_prefix('>')?;
    Some(((name, unescape(value)?), after))
}

/// Undoes the escapes that the writer uses; `None` for any other.
fn unescape(text: &str) -> Option<String> {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        let (name, after) = after.split_once(';')?;
        plain.push_str(before);
        plain.push(match name {
            "amp" => '&',
            "lt" => '<',
            "gt" => '>',
            "quot" => '"',
            "#9" => '\t',
            "#10" => '\n',
            "#13" => '\r',
            _ => return None,
        });
        rest = after;
    }
    plain.push_str(rest);
    Some(plain)
}

#[cfg(test)]
mod tests {
    use super::super::sample::{about, small};
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
        assert_eq!(record_of(&bytes), Ok(about.record.unsigned(false)));
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
            let _ = record_of(&broken);
            let _ = record_of(&broken[..at]);
        }
    }
}
