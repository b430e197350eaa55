//! In: results and problems. Out: lines on the terminal, or one JSON document; the exit code of a refusal.

use std::cell::Cell;
use std::io::{IsTerminal, Write};
use std::process::ExitCode;

use serde_json::{Value, json};

use super::{Colour, Global};
use crate::diagnostic::{Diagnostic, Problems, Severity};

/// How this run talks.
pub(super) struct Screen {
    pub json: bool,
    quiet: bool,
    coloured: bool,
    failed: Cell<bool>,
}

impl Screen {
    pub fn new(global: &Global) -> Self {
        let coloured = match global.color {
            Colour::Always => true,
            Colour::Never => false,
            Colour::Auto => std::env::var_os("NO_COLOR").is_none() && std::io::stderr().is_terminal(),
        };
        Self { json: global.json, quiet: global.quiet, coloured, failed: Cell::new(false) }
    }

    /// Prints whatever the person asked for.
    pub fn print(&self, text: &str) {
        print_line(text, &self.failed);
    }

    /// How a run ends that was not refused: well, unless its output could not be printed.
    pub fn done(&self) -> ExitCode {
        if self.failed.get() {
            eprintln!("error[S010]: standard output cannot be written");
            return ExitCode::from(2);
        }
        ExitCode::SUCCESS
    }

    /// Prints a line for people, unless they asked for silence or JSON.
    pub fn say(&self, line: &str) {
        if !self.quiet && !self.json {
            self.print(line);
        }
    }

    /// Prints a line for people on standard error, where the result goes to standard output.
    pub fn aside(&self, line: &str) {
        if !self.quiet && !self.json {
            eprintln!("{line}");
        }
    }

    /// Prints the one JSON document of this run.
    pub fn document(&self, document: &Value) {
        if self.json {
            self.print(&format!("{document:#}"));
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
            self.print(&refusal(problems));
        }
        eprint!("{}", problems.to_terminal(self.coloured));
        let errors = problems.0.iter().filter(|p| p.severity == Severity::Error);
        let count = errors.clone().count();
        eprintln!("{count} {}; nothing was written", if count == 1 { "problem" } else { "problems" });
        ExitCode::from(if errors.clone().any(|p| p.code.starts_with('S')) { 2 } else { 1 })
    }
}

/// Prints to standard output; a reader that has gone away (`| head`) is no fault, anything else is remembered.
fn print_line(line: &str, failed: &Cell<bool>) {
    match writeln!(std::io::stdout(), "{line}") {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => failed.set(true),
        _ => {}
    }
}

/// Says a refusal as the one JSON document, for a command line that could not be read.
pub(super) fn refuse_usage(message: &str) {
    let problem = Diagnostic::error("S009", message.trim()).help("`collateral help` lists the commands and options");
    print_line(&refusal(&problem.into()), &Cell::new(false));
}

fn refusal(problems: &Problems) -> String {
    format!("{:#}", json!({ "problems": problems, "files": [] }))
}
