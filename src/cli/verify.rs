//! `verify`: in, nothing or a finished document; out, whether the library is what was published, or where the document
//! came from.

use std::path::{Path, PathBuf};

use clap::Args;
use serde_json::{Map, Value, json};

use super::{Global, screen::Screen};
use crate::diagnostic::{Checked, Diagnostic, Problems, plain};
use crate::export::file::read_document;
use crate::export::provenance::{APPROVED_BY, Provenance};
use crate::export::verification::Change;
use crate::export::{docx, pdf, sidecar};
use crate::pipeline::APPROVAL_PROOF;
use crate::plan::quote::pinned::Pinned;

#[derive(Debug, Args)]
pub(super) struct Verify {
    /// A finished document; the library, if left out
    file: Option<PathBuf>,
}

impl Verify {
    pub fn run(&self, global: &Global, screen: &Screen) -> Checked<()> {
        match &self.file {
            Some(file) => verify_document(file, screen),
            None => verify_library(global, screen),
        }
    }
}

fn verify_library(global: &Global, screen: &Screen) -> Checked<()> {
    let library = global.library(false, screen)?;
    match library.release() {
        Some(lock) => {
            screen.say(&format!("release {} of {}: every file is as published", lock.version, lock.date));
            let digest = lock.digest();
            screen.document(
                &json!({"version": lock.version.to_string(), "date": lock.date.to_string(), "sha256": digest}),
            );
        }
        None => {
            screen.say("the sample library inside the program");
            screen.document(&json!({"version": null}));
        }
    }
    Ok(())
}

fn verify_document(file: &Path, screen: &Screen) -> Checked<()> {
    let cannot = |why: &str| {
        Diagnostic::error("S007", format!("`{}` cannot be read: {why}", file.display())).help("check the path")
    };
    let bytes = read_document(file)
        .map_err(|e| cannot(&plain(&e)))?
        .ok_or_else(|| cannot("it is not a file, or larger than any document"))?;
    // Both kinds of files tell themselves apart by how they begin.
    let found = match bytes.starts_with(b"PK") {
        true => Some(docx::verify(&bytes)?),
        false => None,
    };
    let record = match &found {
        Some(found) => found.record.clone(),
        None => pdf::record_of(&bytes)?,
    };
    let mut document = Map::new();
    for (name, value) in record.pairs() {
        screen.say(&format!("{name:<18} {value}"));
        document.insert(name.to_string(), Value::String(value));
    }
    match sidecar::read(file, &record) {
        Ok(provenance) => {
            say_provenance(&provenance, screen);
            let pairs = provenance.pairs().into_iter().map(|(name, value)| (name, Value::String(value)));
            document.insert("provenance".into(), Value::Object(pairs.collect()));
        }
        Err(why) => {
            screen.say(&format!("{:<18} not known: {why}", "provenance"));
            document.insert("provenance".into(), Value::Null);
        }
    }
    let changes = found.as_ref().map(|found| found.changes.as_slice()).unwrap_or_default();
    let changed: Vec<Diagnostic> = changes.iter().map(|change| changed(file, change)).collect();
    screen.document(&Value::Object(document));
    if changed.is_empty() { Ok(()) } else { Err(Problems(changed)) }
}

/// Prints what only the sidecar knows.
fn say_provenance(provenance: &Provenance, screen: &Screen) {
    for (name, value) in provenance.pairs() {
        let quote = provenance.quote.as_deref().filter(|_| name == "quote").and_then(Pinned::read);
        let proof = if name == APPROVED_BY { format!(" ({APPROVAL_PROOF})") } else { String::new() };
        let lines = quote.map_or_else(|| vec![format!("{value}{proof}")], |quote| quote.said());
        for (at, line) in lines.iter().enumerate() {
            screen.say(&format!("{:<18} {line}", if at == 0 { name.as_str() } else { "" }));
        }
    }
}

/// What is said of a place that is not what was made.
fn changed(file: &Path, change: &Change) -> Diagnostic {
    let message = format!("{} of `{}` {}", change.place, file.display(), change.what);
    Diagnostic::error("E053", message).help("ask for the file as it was sent, or make it again from the client file")
}
