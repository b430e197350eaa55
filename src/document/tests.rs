//! Helpers for tests of this folder: sections as filling would make them.

use std::sync::Arc;

use super::model::{Document, Kind};
use crate::diagnostic::{Diagnostic, SourceFile};
use crate::fill::filled::{Filled, FilledFront, FrontValue, TOKEN_CLOSE, VALUE_OPEN};

mod accepted;
mod properties;
mod refused;

/// A value as filling writes it.
pub(crate) fn token(value: &str) -> String {
    let hex: String = value.bytes().map(|byte| format!("{byte:02x}")).collect();
    format!("{VALUE_OPEN}{hex}{TOKEN_CLOSE}")
}

/// A file whose text is already filled, each line its own source.
fn filled(id: &str, path: &str, text: &str) -> Filled {
    let mut start = 0;
    let lines = text.split('\n').map(|line| {
        let span = start..start + line.len();
        start = span.end + 1;
        span
    });
    Filled {
        id: id.to_owned(),
        lines: lines.collect(),
        file: Arc::new(SourceFile { path: path.to_owned(), text: text.to_owned() }),
        front: FilledFront::default(),
        text: text.to_owned(),
        blocks: Vec::new(),
        asked_has_section: false,
    }
}

fn section(text: &str) -> Filled {
    filled("intro", "templates/proposal/sections/intro.md", text)
}

fn block(id: &str, text: &str) -> Filled {
    filled(id, &format!("templates/blocks/{id}.md"), text)
}

fn front(section: &Filled, text: &str) -> Option<FrontValue> {
    Some(FrontValue { text: text.to_owned(), place: section.place(0) })
}

fn parse(sections: &[Filled]) -> Document {
    super::parse(Kind::Proposal, sections).unwrap_or_else(|problems| panic!("{}", show(&problems.0)))
}

fn problems(sections: &[Filled]) -> Vec<Diagnostic> {
    super::parse(Kind::Proposal, sections).err().map(|problems| problems.0).unwrap_or_default()
}

/// Problems as lines: `code line `marked` message | label | help`.
fn show(problems: &[Diagnostic]) -> String {
    let shown = problems.iter().map(|problem| {
        let place = problem.place.as_ref().expect("every problem has a place");
        let line = place.file.text[..place.span.start].matches('\n').count() + 1;
        let marked = &place.file.text[place.span.clone()];
        let (label, help) = (problem.label.as_deref().unwrap_or("-"), problem.help.as_deref().unwrap_or("-"));
        format!("{} {line} `{marked}` {} | {label} | {help}", problem.code, problem.message)
    });
    shown.collect::<Vec<_>>().join("\n")
}
