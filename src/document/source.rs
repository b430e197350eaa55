//! In: one [`Filled`] text. Out: a [`Source`]: its lines with values taken out, its footnotes, and places for messages.

use std::collections::BTreeMap;
use std::ops::Range;

use super::footnotes::{self, Note};
use super::sink::Sink;
use super::tokens::{Line, TokenFault, Values};
use crate::diagnostic::{Diagnostic, Place};
use crate::fill::filled::Filled;

/// One file's lines while they are read.
pub(super) struct Source<'a> {
    pub filled: &'a Filled,
    pub lines: Vec<Line>,
    pub values: Values,
    /// Footnotes of this file by name; their lines are blank in `lines`.
    pub notes: BTreeMap<String, Note>,
    /// Number of the file in the [`Sink`].
    pub number: usize,
    /// Where everything is, for text that has no lines of its own (front matter).
    fixed: Option<Place>,
}

impl<'a> Source<'a> {
    /// Reads the lines of a filled section or block.
    pub fn new(filled: &'a Filled, sink: &mut Sink) -> Self {
        let mut source = Self::open(filled, &filled.text, None, sink);
        source.notes = footnotes::collect(&mut source, sink);
        footnotes::refuse_reference_links(&source, sink);
        source
    }

    /// Reads a value of the front matter.
    pub fn of_front(filled: &'a Filled, text: &str, place: &Place, sink: &mut Sink) -> Self {
        Self::open(filled, text, Some(place.clone()), sink)
    }

    fn open(filled: &'a Filled, text: &str, fixed: Option<Place>, sink: &mut Sink) -> Self {
        let number = sink.next_file();
        let notes = BTreeMap::new();
        let mut source = Self { filled, lines: Vec::new(), values: Values::default(), notes, number, fixed };
        for (index, line) in text.split('\n').enumerate() {
            let mut faults = Vec::new();
            let line = line.strip_suffix('\r').unwrap_or(line);
            // A lone carriage return would count as a line to the Markdown parser and put every later place off.
            let taken = if line.contains('\r') {
                source.values.take(&line.replace('\r', " "), &mut faults)
            } else {
                source.values.take(line, &mut faults)
            };
            source.lines.push(taken);
            if source.text(index).contains("&#") && names_a_mark(source.text(index)) {
                faults.push(TokenFault::Stray);
            }
            for fault in faults {
                sink.push(fault_message(fault).at(source.place(index)));
            }
        }
        source
    }

    /// The text of a line; empty for a block token and beyond the end.
    pub fn text(&self, line: usize) -> &str {
        match self.lines.get(line) {
            Some(Line::Text(text)) => text,
            _ => "",
        }
    }

    /// The place of a line without the white space around it.
    pub fn place(&self, line: usize) -> Place {
        if let Some(place) = &self.fixed {
            return place.clone();
        }
        trimmed(self.filled.place(line))
    }

    /// The place of some words within a line; the whole line where they are not found or not only once.
    pub fn place_of(&self, line: usize, words: &str) -> Place {
        within(self.place(line), words)
    }

    /// The place from a first to a last line.
    pub fn place_of_lines(&self, lines: Range<usize>) -> Place {
        let first = self.place(lines.start);
        let last = self.place(lines.end.saturating_sub(1).max(lines.start));
        let end = last.span.end.max(first.span.end);
        Place { span: first.span.start..end, ..first }
    }
}

/// A place without the white space at its ends.
pub(super) fn trimmed(place: Place) -> Place {
    let Some(text) = place.file.text.get(place.span.clone()) else { return place };
    let start = place.span.start + (text.len() - text.trim_start().len());
    let end = (place.span.start + text.trim_end().len()).max(start);
    Place { span: start..end, ..place }
}

/// Narrows a place to some words in it, if they stand there exactly once.
pub(super) fn within(place: Place, words: &str) -> Place {
    let found = place.file.text.get(place.span.clone()).filter(|_| !words.is_empty()).and_then(|text| {
        let at = text.find(words)?;
        (text.rfind(words) == Some(at)).then(|| place.span.start + at)
    });
    match found {
        Some(start) => Place { span: start..start + words.len(), ..place },
        None => place,
    }
}

fn fault_message(fault: TokenFault) -> Diagnostic {
    match fault {
        TokenFault::Stray => Diagnostic::error("D001", "this line holds a private-use character (U+E000 to U+E002)")
            .help("remove it: these characters mark values and blocks while a document is made"),
        TokenFault::BlockInText => Diagnostic::error("D002", "a block stands within a line of text")
            .help("put `{{ block(…) }}` alone on its line, with an empty line before and after it"),
    }
}

/// True where a character reference such as `&#xE000;` stands for a token's mark.
fn names_a_mark(line: &str) -> bool {
    line.match_indices("&#").any(|(at, _)| {
        let number = line[at + 2..].split(';').next().unwrap_or_default();
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16),
            None => number.parse(),
        };
        code.is_ok_and(|code| (0xE000..=0xE002).contains(&code))
    })
}
