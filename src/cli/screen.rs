//! In: results and problems. Out: lines on the terminal, or one JSON document; the exit code of a refusal.

use std::io::{IsTerminal, Write};
use std::process::ExitCode;

use serde_json::{Value, json};

use super::{Colour, Global};
use crate::diagnostic::{Problems, Severity};

/// How this run talks.
pub(super) struct Screen {
    pub json: bool,
    quiet: bool,
    coloured: bool,
}

impl Screen {
    pub fn new(global: &Global) -> Self {
        let coloured = match global.color {
            Colour::Always => true,
            Colour::Never => false,
            Colour::Auto => std::env::var_os("NO_COLOR").is_none() && std::io::stderr().is_terminal(),
        };
        Self { json: global.json, quiet: global.quiet, coloured }
    }

    /// Prints a line for people, unless they asked for silence or JSON.
    pub fn say(&self, line: &str) {
        if !self.quiet && !self.json {
            print_line(line);
        }
    }

    /// Prints the one JSON document of this run.
    pub fn document(&self, document: &Value) {
        if self.json {
            print_line(&format!("{document:#}"));
        }
    }

    /// Prints warnings on standard error.
    pub fn warn(&self, warnings: &Problems) {
        if !warnings.0.is_empty() && !self.json {
            eprint!("{}", warnings.to_terminal(self.coloured));
        }
    }

    /// Prints why nothing was done. System problems (`S…`) exit with 2, problems in the files given with 1.
    pub fn refuse(&self, problems: &Problems) -> ExitCode {
        if self.json {
            print_line(&format!("{:#}", json!({ "problems": problems, "files": [] })));
        }
        eprint!("{}", problems.to_terminal(self.coloured));
        let errors = problems.0.iter().filter(|p| p.severity == Severity::Error);
        let count = errors.clone().count();
        eprintln!("{count} {}; nothing was written", if count == 1 { "problem" } else { "problems" });
        ExitCode::from(if errors.clone().any(|p| p.code.starts_with('S')) { 2 } else { 1 })
    }
}

/// Prints to standard output; a reader that has gone away (`| head`) is no fault of ours.
pub(super) fn print_line(line: &str) {
    let _ = writeln!(std::io::stdout(), "{line}");
}
