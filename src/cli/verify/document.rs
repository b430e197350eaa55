//! In: the path of a finished document and keys. Out: what is known of it on the screen, or why it is refused.

use std::path::{Path, PathBuf};

use super::{Verify, report};
use crate::cli::keygen::read_signer;
use crate::cli::{Global, screen::Screen};
use crate::diagnostic::{Checked, Diagnostic, plain};
use crate::export::attest::Signer;
use crate::export::file::open_document;
use crate::keyfile::PUBLIC_ENDING;
use crate::verify::{Question, examine};

impl Verify {
    pub(super) fn verify_document(&self, file: &Path, global: &Global, screen: &Screen) -> Checked<()> {
        let signers = signers(&self.key)?;
        let source = global.source(screen)?;
        let bytes = open_document(file, "check the path")?;
        let question = Question {
            file,
            signers: &signers,
            source: &source,
            library_is_named: global.library.is_some(),
            strict: self.strict,
        };
        let found = examine(&question, &bytes)?;
        let problems = found.problems(&question);
        report::lines(&found).iter().for_each(|line| screen.say(line));
        screen.document(&report::document(&found, &problems));
        if problems.has_errors() { Err(problems) } else { Ok(()) }
    }
}

/// Reads the public keys: each path is a key file, or a folder of them.
fn signers(paths: &[PathBuf]) -> Checked<Vec<Signer>> {
    let mut signers = Vec::new();
    for path in paths {
        let files = if path.is_dir() { public_keys(path)? } else { vec![path.clone()] };
        for file in files {
            signers.push(read_signer(&file)?);
        }
    }
    Ok(signers)
}

/// The public keys of a folder, in the order of their names; none is an error, since no seal could be checked.
fn public_keys(folder: &Path) -> Checked<Vec<PathBuf>> {
    let refused = |why: &str| {
        Diagnostic::error("S060", format!("`{}` {why}", folder.display())).help("name a folder of `.pub` files")
    };
    let cannot = |error: &std::io::Error| refused(&format!("cannot be read: {}", plain(error)));
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(|error| cannot(&error))? {
        let path = entry.map_err(|error| cannot(&error))?.path();
        if path.extension().is_some_and(|ending| ending == PUBLIC_ENDING) {
            files.push(path);
        }
    }
    files.sort();
    if files.is_empty() { Err(refused("holds no public key").into()) } else { Ok(files) }
}
