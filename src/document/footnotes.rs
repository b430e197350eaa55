//! In: a [`Source`]'s lines. Out: its footnotes, taken out of the lines, and refusal of links by reference.
//!
//! A footnote's definition may stand anywhere in its file, also after a directive, so it cannot be left to a parser
//! that sees only the stretch between two directives.

use std::collections::{BTreeMap, BTreeSet};
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

/// Lines that make the Markdown parser recognise the marks of the footnotes that `text` points at.
pub(super) fn stubs(source: &Source, text: &str) -> String {
    let names = text.split("[^").skip(1).filter_map(|after| after.split_once(']')).map(|(name, _)| name);
    let used: BTreeSet<String> = names.map(key).filter(|name| source.notes.contains_key(name)).collect();
    used.iter().map(|name| format!("\n\n[^{}]: x", source.notes[name].name)).collect()
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
    // The last opening bracket of the paragraph so far.
    let mut open: Option<Bracket> = None;
    for line in 0..source.lines.len() {
        let text = source.text(line);
        if text.trim().is_empty() {
            open = None;
        }
        let mut told = false;
        for (at, bracket) in text.match_indices(['[', ']']) {
            if bracket == "[" {
                let escaped = text[..at].bytes().rev().take_while(|byte| *byte == b'\\').count() % 2 == 1;
                if !escaped {
                    open = Some(Bracket { line, at, begins_definition: None });
                }
            } else if !told
                && text[at + 1..].starts_with(':')
                && let Some(open) = open.as_mut().filter(|open| line - open.line <= LONGEST_LABEL)
                && open.begins_definition(source)
            {
                let problem = Diagnostic::error("D041", "a link's address stands apart from it");
                let help = "write the address in the link: `[text](https://…)`; or `\\[` where the bracket is meant";
                sink.push(problem.at(source.place(line)).help(help));
                told = true;
            }
        }
    }
}

/// Most lines of a label. It is at most 1,000 characters long, so the search may stop early.
const LONGEST_LABEL: usize = 50;

/// An opening bracket, and whether it begins a definition of a link, looked up when it is asked for first.
struct Bracket {
    line: usize,
    at: usize,
    begins_definition: Option<bool>,
}

impl Bracket {
    fn begins_definition(&mut self, source: &Source) -> bool {
        *self.begins_definition.get_or_insert_with(|| {
            let (before, label) = source.text(self.line).split_at(self.at);
            at_start(before) && definition(label).is_none()
        })
    }
}

/// True where nothing but markers of lists and quotes comes before.
fn at_start(before: &str) -> bool {
    before.chars().all(|c| c.is_whitespace() || c.is_ascii_digit() || ">-*+.)".contains(c))
}
