//! In: results and problems. Out: lines on the terminal, or one JSON document; the exit code of a run.
//!
//! Everything that is printed is printed here. A stream that cannot be written never stops the program: the failure is
//! remembered and decides the exit code. A reader that has gone away (`| head`) is no failure.
//!
//! Values come from files that anyone may have written, so that text is made visible here: a line for people never holds
//! more than one line, and no character that steers the terminal or shows nothing.

use std::cell::Cell;
use std::io::{ErrorKind, IsTerminal, Write};
use std::process::ExitCode;

use serde_json::{Value, json};

use super::{Colour, Global};
use crate::diagnostic::{Diagnostic, Problems, Severity, visible, visible_json};

/// The exit code of problems in the files given.
const PROBLEMS: u8 = 1;
/// The exit code of a command line that cannot be read, or of something that the system refused.
const SYSTEM: u8 = 2;

/// Said on every run that uses the sample library.
const SAMPLE: &str = "note: no library was found, so this is the sample library inside the program; name yours with \
                      `--library DIR`";

/// How this run talks.
pub(super) struct Screen {
    pub json: bool,
    quiet: bool,
    coloured: bool,
    failed: Cell<bool>,
    sample: Cell<bool>,
    /// Whether the one JSON document of this run was printed.
    documented: Cell<bool>,
}

impl Screen {
    pub fn new(global: &Global) -> Self {
        let coloured = match global.color {
            Colour::Always => true,
            Colour::Never => false,
            Colour::Auto => std::env::var_os("NO_COLOR").is_none() && std::io::stderr().is_terminal(),
        };
        let (failed, sample, documented) = (Cell::new(false), Cell::new(false), Cell::new(false));
        Self { json: global.json, quiet: global.quiet, coloured, failed, sample, documented }
    }

    /// Prints a file that the person asked for. A terminal shows every character of it; a file or another program
    /// gets it as it is.
    pub fn print(&self, text: &str) {
        match std::io::stdout().is_terminal() {
            true => self.print_safe(&visible(text, true)),
            false => self.print_safe(text),
        }
    }

    /// Prints a line that may reach a terminal.
    fn print_safe(&self, line: &str) {
        self.keep(put(std::io::stdout(), &format!("{line}\n")));
    }

    /// Prints a message on standard error.
    fn tell(&self, text: &str) {
        self.keep(put(std::io::stderr(), text));
    }

    fn keep(&self, printed: bool) {
        if !printed {
            self.failed.set(true);
        }
    }

    /// Whether something could not be printed.
    pub fn is_failed(&self) -> bool {
        self.failed.get()
    }

    /// Says that the sample library is used: always, on standard error, or as a field of the JSON document.
    pub fn note_sample(&self) {
        if !self.sample.replace(true) && !self.json {
            self.tell(&format!("{SAMPLE}\n"));
        }
    }

    /// How a run ends that was not refused: well, unless its output could not be printed.
    pub fn done(&self) -> ExitCode {
        if self.is_failed() {
            self.tell("error[S010]: standard output or standard error cannot be written\n");
            return ExitCode::from(SYSTEM);
        }
        ExitCode::SUCCESS
    }

    /// Prints a line for people, unless they asked for silence or JSON.
    pub fn say(&self, line: &str) {
        if !self.quiet && !self.json {
            self.print_safe(&visible(line, false));
        }
    }

    /// Prints a line for people on standard error, where the result goes to standard output.
    pub fn aside(&self, line: &str) {
        if !self.quiet && !self.json {
            self.tell(&format!("{}\n", visible(line, false)));
        }
    }

    /// Prints the one JSON document of this run; a refusal that follows prints no other.
    pub fn document(&self, document: &Value) {
        if self.json && !self.documented.replace(true) {
            self.print_safe(&visible_json(&self.with_sample(document.clone())));
        }
    }

    /// Prints warnings on standard error.
    pub fn warn(&self, warnings: &Problems) {
        if !warnings.0.is_empty() && !self.json {
            self.tell(&warnings.to_terminal(self.coloured));
        }
    }

    /// Prints why nothing was done. System problems (`S…`) exit with 2, problems in the files given with 1.
    pub fn refuse(&self, problems: &Problems) -> ExitCode {
        self.document(&refusal(problems));
        let errors: Vec<_> = problems.0.iter().filter(|p| p.severity == Severity::Error).collect();
        let count = match errors.len() {
            1 => "1 problem".to_string(),
            count => format!("{count} problems"),
        };
        // Files that are new already are named by the problem itself.
        let nothing = if errors.iter().any(|p| p.code == "S032") { "" } else { "; nothing was written" };
        self.tell(&format!("{}{count}{nothing}\n", problems.to_terminal(self.coloured)));
        let system = self.is_failed() || errors.iter().any(|p| p.code.starts_with('S'));
        ExitCode::from(if system { SYSTEM } else { PROBLEMS })
    }

    /// A JSON document as text, with the field that says that the sample library was used.
    fn with_sample(&self, mut document: Value) -> String {
        if let Some(fields) = document.as_object_mut().filter(|_| self.sample.get()) {
            fields.insert("sample_library".into(), Value::Bool(true));
        }
        format!("{document:#}")
    }
}

/// Prints, and says whether that worked.
fn put(mut stream: impl Write, text: &str) -> bool {
    is_printed(&stream.write_all(text.as_bytes()).and_then(|()| stream.flush()))
}

fn is_printed(result: &std::io::Result<()>) -> bool {
    !matches!(result, Err(error) if error.kind() != ErrorKind::BrokenPipe)
}

/// Prints what clap has to say in place of a run: help, the version, or why the command line cannot be read; the latter
/// as the one JSON document too, where that was asked for.
pub(super) fn end_early(error: &clap::Error, json: bool) -> ExitCode {
    // A usage error repeats words of the command line; clap prints them as they are.
    let text = error.render().to_string();
    let safe = visible(&text, true);
    let mut printed = match error.use_stderr() && safe != text {
        true => put(std::io::stderr(), &safe),
        false => is_printed(&error.print().and_then(|()| std::io::stdout().flush())),
    };
    if error.use_stderr() && json {
        let message = error.kind().to_string();
        let problem =
            Diagnostic::error("S009", message.trim()).help("`collateral help` lists the commands and options");
        printed &= put(std::io::stdout(), &visible_json(&format!("{:#}\n", refusal(&problem.into()))));
    }
    ExitCode::from(if error.use_stderr() || !printed { SYSTEM } else { 0 })
}

fn refusal(problems: &Problems) -> Value {
    json!({ "problems": problems, "files": [] })
}
