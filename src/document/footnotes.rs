//! In: a [`Source`]'s lines. Out: its footnotes, taken out of the lines, and refusal of links by reference.
//!
//! A footnote's definition may stand anywhere in its file, also after a directive, so it cannot be left to a parser
//! that sees only the stretch between two directives.

use std::collections::BTreeMap;
use std::ops::Range;

use super::fences;
use super::sink::Sink;
use super::source::Source;
use super::tokens::Line;
use crate::diagnostic::Diagnostic;

/// One `[^name]: text`.
#[derive(Debug)]
pub(super) struct Note {
    pub name: String,
    pub lines: Range<usize>,
    /// Markdown with value tokens, one line of text for each of `lines`.
    pub text: String,
}

/// Footnotes are found by name whatever its case, as in Markdown.
pub(super) fn key(name: &str) -> String {
    name.to_lowercase()
}

/// Lines that make the Markdown parser recognise the footnotes' marks.
pub(super) fn stubs(source: &Source) -> String {
    source.notes.values().map(|note| format!("\n\n[^{}]: x", note.name)).collect()
}

/// Takes the definitions out of the lines, leaving blank ones.
pub(super) fn collect(source: &mut Source, sink: &mut Sink) -> BTreeMap<String, Note> {
    let mut notes = BTreeMap::new();
    let mut line = 0;
    while line < source.lines.len() {
        let Some((name, first)) = definition(source.text(line)) else {
            line += 1;
            continue;
        };
        let note = gather(source, line, name.to_owned(), first.to_owned(), sink);
        let end = note.lines.end;
        for blank in &mut source.lines[line..end] {
            *blank = Line::Text(String::new());
        }
        if let Some(earlier) = notes.insert(key(&note.name), note) {
            let problem = Diagnostic::error("D042", format!("footnote `[^{}]` is written twice", earlier.name));
            sink.push(problem.at(source.place(line)).help("give one of them another name"));
        }
        line = end;
    }
    notes
}

/// The name and the first line of a definition.
fn definition(line: &str) -> Option<(&str, &str)> {
    let trimmed = line.trim_start_matches(' ');
    if line.len() - trimmed.len() > 3 {
        return None;
    }
    let (name, text) = trimmed.strip_prefix("[^")?.split_once("]:")?;
    let is_name =
        !name.is_empty() && !name.contains(|c: char| c.is_whitespace() || c.is_control() || c == ']' || c == '[');
    is_name.then(|| (name, text.trim()))
}

/// Adds the indented lines that follow a definition.
fn gather(source: &Source, line: usize, name: String, mut text: String, sink: &mut Sink) -> Note {
    let mut end = line + 1;
    while source.text(end).starts_with([' ', '\t']) && !source.text(end).trim().is_empty() {
        text.push('\n');
        text.push_str(source.text(end).trim());
        end += 1;
    }
    let next = source.text(end);
    if !next.trim().is_empty() && definition(next).is_none() && fences::read(next).is_none() {
        let problem = Diagnostic::error("D042", format!("text follows footnote `[^{name}]` without an empty line"));
        sink.push(
            problem.at(source.place(end)).help("put an empty line before it, or indent it if it belongs to the note"),
        );
    }
    Note { name, lines: line..end, text }
}

/// Reports footnotes that nothing points at.
pub(super) fn unused(source: &Source, sink: &mut Sink) {
    for (key, note) in &source.notes {
        if !sink.footnotes.contains_key(&(source.number, key.clone())) {
            let problem = Diagnostic::error("D042", format!("nothing points at footnote `[^{}]`", note.name));
            let help = format!("write `[^{}]` where it belongs, or remove it", note.name);
            sink.push(problem.at(source.place(note.lines.start)).help(help));
        }
    }
}

/// Refuses `[label]: address` lines, which Markdown takes out of the text without a trace.
pub(super) fn refuse_reference_links(source: &Source, sink: &mut Sink) {
    for line in 0..source.lines.len() {
        let text = source.text(line);
        for (end, _) in text.match_indices("]:") {
            let Some((start_line, start)) = opening(source, line, end) else { continue };
            let (before, label) = source.text(start_line).split_at(start);
            if at_start(before) && definition(label).is_none() {
                let problem = Diagnostic::error("D041", "a link's address stands apart from it");
                let help = "write the address in the link: `[text](https://…)`; or `\\[` where the bracket is meant";
                sink.push(problem.at(source.place(line)).help(help));
            }
        }
    }
}

/// Finds the bracket that the one at `end` closes, in this line or the paragraph's lines before it.
fn opening(source: &Source, line: usize, end: usize) -> Option<(usize, usize)> {
    let bracket = |text: &str| {
        let escaped = |at: usize| text[..at].bytes().rev().take_while(|b| *b == b'\\').count() % 2 == 1;
        text.match_indices('[').map(|(at, _)| at).rfind(|at| !escaped(*at))
    };
    if let Some(start) = bracket(source.text(line).get(..end)?) {
        return Some((line, start));
    }
    let earlier = (0..line).rev().take_while(|line| !source.text(*line).trim().is_empty());
    // A label is at most 1,000 characters long, so the search may stop early.
    earlier.take(50).find_map(|line| bracket(source.text(line)).map(|start| (line, start)))
}

/// True where nothing but markers of lists and quotes comes before.
fn at_start(before: &str) -> bool {
    before.chars().all(|c| c.is_whitespace() || c.is_ascii_digit() || ">-*+.)".contains(c))
}
