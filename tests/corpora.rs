//! The corpora of the fuzz targets as ordinary tests: no input makes a reader panic or run away.

#[path = "../fuzz/src/lib.rs"]
#[allow(dead_code, reason = "each target is called by its own test")]
mod targets;

use std::path::Path;

/// Gives every file of a corpus to its target, in the order of their names.
fn run(name: &str, target: fn(&[u8])) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus").join(name);
    let entries = std::fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut files: Vec<_> = entries.map(|entry| entry.expect("an entry").path()).collect();
    files.sort();
    assert!(!files.is_empty(), "the corpus `{name}` is empty");
    for file in files {
        let bytes = std::fs::read(&file).expect("a file can be read");
        let done = std::panic::catch_unwind(|| target(&bytes));
        assert!(done.is_ok(), "the target `{name}` fails for {}", file.display());
    }
}

#[test]
fn client_files() {
    run("client", targets::client);
}

#[test]
fn sections() {
    run("section", targets::section);
}

#[test]
fn drawings() {
    run("svg", targets::svg);
}

#[test]
fn pictures() {
    run("raster", targets::raster);
}

#[test]
fn workbooks() {
    run("workbook", targets::workbook);
}

#[test]
fn portable_documents() {
    run("pdf", targets::pdf);
}

#[test]
fn word_files() {
    run("word", targets::word);
}

#[test]
fn quotes() {
    run("quote", targets::quote);
}
