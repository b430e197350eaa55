//! In: what went wrong and where. Out: a [`Diagnostic`] that a person can act on, as text or JSON.

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

impl From<Diagnostic> for Problems {
    fn from(diagnostic: Diagnostic) -> Self {
        Self(vec![diagnostic])
    }
}
