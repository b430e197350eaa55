//! The parts of Word files: taken out, changed, and packed anew.

use std::io::{Cursor, Read, Write};

use collateral::export::docx;
use collateral::export::verification::{Verdict, Verification};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

/// Names and contents, in order.
pub type Parts = Vec<(String, Vec<u8>)>;

/// Takes a package apart.
pub fn unpacked(bytes: &[u8]) -> Parts {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).expect("a package");
    let count = archive.len();
    let mut part = |index: usize| {
        let mut part = archive.by_index(index).expect("a part");
        let mut content = Vec::new();
        part.read_to_end(&mut content).expect("it can be unpacked");
        (part.name().expect("a name").into_owned(), content)
    };
    (0..count).map(&mut part).collect()
}

/// Packs parts with a method of compression.
pub fn packed_by(parts: &Parts, method: CompressionMethod) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        zip.start_file(name, SimpleFileOptions::default().compression_method(method)).expect("a part");
        zip.write_all(content).expect("it can be packed");
    }
    zip.finish().expect("a package").into_inner()
}

/// Packs parts quickly.
pub fn packed(parts: &Parts) -> Vec<u8> {
    packed_by(parts, CompressionMethod::Stored)
}

/// What `verify` finds.
pub fn verified(bytes: &[u8]) -> Verification {
    docx::verify(bytes).unwrap_or_else(|problems| panic!("{problems:?}"))
}

/// The parts with other text in one of them; the text must be there.
pub fn with(parts: &Parts, name: &str, from: &str, to: &str) -> Parts {
    let mut parts = parts.clone();
    let (_, content) = parts.iter_mut().find(|(own, _)| own == name).expect(name);
    let text = String::from_utf8(std::mem::take(content)).expect("text");
    assert!(text.contains(from), "{name} holds no `{from}`");
    *content = text.replacen(from, to, 1).into_bytes();
    parts
}

/// The text of a part.
pub fn text(parts: &Parts, name: &str) -> String {
    let (_, content) = parts.iter().find(|(own, _)| own == name).expect(name);
    String::from_utf8(content.clone()).expect("text")
}

/// Asserts that a file that was just made is as made, and that one whose lock was taken off reads as what was made.
pub fn assert_verifies(what: &str, bytes: &[u8]) {
    let verification = verified(bytes);
    assert_eq!(verification.verdict, Verdict::AsMade, "{what}: {:?}", verification.changes);
    let unlocked = with(&unpacked(bytes), "word/settings.xml", "w:enforcement=\"1\"", "w:enforcement=\"0\"");
    let verification = verified(&packed(&unlocked));
    assert_eq!(verification.verdict, Verdict::Resaved, "{what}, unlocked: {:?}", verification.changes);
    assert!(verification.fields.is_empty(), "{what}, unlocked: nothing was filled in");
}
