//! `verify`: in, nothing or a finished document; out, whether the library is what was published, or where the document
//! came from.

use std::path::{Path, PathBuf};

use clap::Args;
use serde_json::{Map, Value, json};

use super::{Global, screen::Screen};
use crate::diagnostic::{Checked, Diagnostic, Problems, plain};
use crate::export::file::read_document;
use crate::export::provenance::{APPROVED_BY, Provenance};
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
    let checkup = match bytes.starts_with(b"PK") {
        true => docx::checkup(&bytes)?,
        false => docx::Checkup { record: pdf::record_of(&bytes)?, regions: Vec::new() },
    };
    let mut document = Map::new();
    for (name, value) in checkup.record.pairs() {
        screen.say(&format!("{name:<18} {value}"));
        document.insert(name.to_string(), Value::String(value));
    }
    match sidecar::read(file, &checkup.record) {
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
    if !checkup.regions.is_empty() {
        let regions = checkup.regions.iter().map(|region| (region.section.clone(), Value::from(region.state.name())));
        document.insert("regions".into(), Value::Object(regions.collect()));
    }
    let changed: Vec<Diagnostic> = checkup.changed().map(|region| changed(file, region)).collect();
    if changed.is_empty() && !checkup.regions.is_empty() {
        screen.say(&format!("{:<18} {}, each as generated", "lockedRegions", checkup.regions.len()));
    }
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

/// What is said of a locked region that no longer says what was generated.
fn changed(file: &Path, region: &docx::Region) -> Diagnostic {
    let what = match region.state {
        docx::State::Gone => "is gone, or is no longer locked",
        docx::State::Changed | docx::State::AsGenerated => "does not say what was generated",
    };
    let message = format!("the locked section `{}` of `{}` {what}", region.section, file.display());
    Diagnostic::error("E053", message).help("ask for the file as it was sent, or make it again from the client file")
}
