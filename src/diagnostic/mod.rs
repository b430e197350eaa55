//! In: what went wrong and where. Out: a [`Diagnostic`] that a person can act on, as text or JSON.

mod cap;
mod caught;
mod json;
mod suggest;
mod terminal;
mod visible;

pub use cap::{MOST_OF_ONE_FILE, Seen};
pub use caught::catch_panic;
pub use suggest::suggest;
pub use visible::{visible, visible_json};

use std::ops::Range;
use std::sync::Arc;

/// One text file as it was read: the path that people see and the whole text.
///
/// The path is relative to the library (or as typed by the rep), always with `/`.
#[derive(Debug, PartialEq, Eq)]
pub struct SourceFile {
    pub path: String,
    pub text: String,
}

/// A range of bytes in a source file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    pub file: Arc<SourceFile>,
    /// Byte offsets into `file.text`; both ends lie on character boundaries.
    pub span: Range<usize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    Warning,
    Error,
}

/// One problem: the author's own words, the place, one fix, a stable code.
#[derive(Debug, Clone, PartialEq)]
pub struct Diagnostic {
    pub severity: Severity,
    /// Stable code such as `T003`; each has an entry in `docs/errors.md`.
    pub code: &'static str,
    /// What is wrong: lower case, no full stop, names in backticks.
    pub message: String,
    pub place: Option<Place>,
    /// Short words under the marked text, such as ``did you mean `name`?``.
    pub label: Option<String>,
    /// The one fix, or who can lift the refusal.
    pub help: Option<String>,
}

/// All problems found by one step; never empty when returned as an error.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Problems(pub Vec<Diagnostic>);

/// A step's result: the value, or every problem found.
pub type Checked<T> = Result<T, Problems>;

impl Diagnostic {
    /// Makes an error with a code and a message.
    pub fn error(code: &'static str, message: impl Into<String>) -> Self {
        Self { severity: Severity::Error, code, message: message.into(), place: None, label: None, help: None }
    }

    /// Makes a warning with a code and a message.
    pub fn warning(code: &'static str, message: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(code, message) }
    }

    /// Names the exact place.
    pub fn at(mut self, place: Place) -> Self {
        self.place = Some(place);
        self
    }

    /// Puts words under the marked text.
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = Some(label.into());
        self
    }

    /// Adds the one fix.
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

impl Place {
    /// Line and column of the first byte, both from 1; columns count characters.
    pub fn line_column(&self) -> (usize, usize) {
        let before = self.file.text.get(..self.span.start).unwrap_or(&self.file.text);
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        (before.matches('\n').count() + 1, before[line_start..].chars().count() + 1)
    }
}

impl Problems {
    /// Adds one problem.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.0.push(diagnostic);
    }

    /// Adds those that are not among these yet: what several tries find is said once.
    pub fn extend_new(&mut self, found: Problems) {
        let mut seen = Seen::of(&self.0);
        for problem in found.0 {
            if seen.is_new(&problem, &self.0) {
                self.0.push(problem);
            }
        }
    }

    /// Says whether any of the problems is an error.
    pub fn has_errors(&self) -> bool {
        self.0.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
    }

    /// Ends a step: the value with the warnings beside it, or all problems when one is an error.
    ///
    /// # Errors
    /// The problems, sorted by place, when any of them is an error.
    pub fn into_result<T>(mut self, value: T) -> Checked<(T, Problems)> {
        self.sort();
        if self.has_errors() { Err(self) } else { Ok((value, self)) }
    }

    /// Takes the value of a step, or adds its problems to these.
    pub fn take<T>(&mut self, checked: Checked<T>) -> Option<T> {
        match checked {
            Ok(value) => Some(value),
            Err(problems) => {
                self.extend(problems);
                None
            }
        }
    }

    /// Puts the problems in the order of files and places; those without a place come first.
    pub fn sort(&mut self) {
        self.0.sort_by(|a, b| a.order().cmp(&b.order()));
    }
}

impl Diagnostic {
    fn order(&self) -> Option<(&str, usize)> {
        self.place.as_ref().map(|place| (place.file.path.as_str(), place.span.start))
    }
}

impl Extend<Diagnostic> for Problems {
    fn extend<I: IntoIterator<Item = Diagnostic>>(&mut self, more: I) {
        self.0.extend(more);
    }
}

impl IntoIterator for Problems {
    type Item = Diagnostic;
    type IntoIter = std::vec::IntoIter<Diagnostic>;
    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

/// Says a system error in words, without its number.
pub fn plain(error: &std::io::Error) -> String {
    let words = error.to_string();
    let words = words.split(" (os error").next().unwrap_or_default();
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().collect::<String>() + letters.as_str())
}

impl From<Diagnostic> for Problems {
    fn from(diagnostic: Diagnostic) -> Self {
        Self(vec![diagnostic])
    }
}
