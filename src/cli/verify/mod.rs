//! `verify`: in, nothing or a finished document; out, whether the library is what was published, or whether the
//! document is what was made, where and by whom.

mod document;
mod report;

use std::path::PathBuf;

use clap::Args;
use serde_json::json;

use super::{Global, screen::Screen};
use crate::diagnostic::Checked;

#[derive(Debug, Args)]
pub(super) struct Verify {
    /// A finished document; the library, if left out
    file: Option<PathBuf>,
    /// Accept the document only if it is as made and its release is known
    #[arg(long, requires = "file")]
    strict: bool,
    /// Accept the document only if it was sealed with this public key, or one in this folder (repeatable)
    #[arg(long, value_name = "PUB", requires = "file")]
    key: Vec<PathBuf>,
}

impl Verify {
    pub fn run(&self, global: &Global, screen: &Screen) -> Checked<()> {
        match &self.file {
            Some(file) => self.verify_document(file, global, screen),
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
