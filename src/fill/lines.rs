//! In: filled text with line marks. Out: clean text, and for each of its lines the source line it came from.

use std::ops::Range;

use super::filled::{BLOCK_OPEN, TOKEN_CLOSE};
use super::lower::{BRACE, LINE_OPEN, MARK_CLOSE};

/// Filled text and the bytes of the source line of each of its lines.
#[derive(Debug, Default)]
pub(super) struct Lines {
    pub text: String,
    pub lines: Vec<Range<usize>>,
}

/// Takes the marks out. A line that held only tags, or that came out empty, is left out whole: a tag on a line of its
/// own must not put a blank line into a table or a list.
pub(super) fn clean(marked: &str, sources: &[Range<usize>], is_blank: impl Fn(usize) -> bool) -> Lines {
    let mut out = Lines { text: String::with_capacity(marked.len()), lines: Vec::new() };
    let mut last = 0;
    let mut lines = marked.split('\n').peekable();
    while let Some(line) = lines.next() {
        let Line { text, source, marks } = unmark(line);
        let empty = text.trim().is_empty();
        let dropped = empty && marks.iter().any(|mark| !is_blank(*mark));
        last = source.or(marks.first().copied()).unwrap_or(last);
        // What follows the last end of line is not a line of its own.
        let end = lines.peek().is_none();
        if dropped || (end && text.is_empty()) {
            continue;
        }
        out.text.push_str(block_alone(&text).unwrap_or(&text));
        if !end {
            out.text.push('\n');
        }
        out.lines.push(sources.get(last).cloned().unwrap_or(0..0));
    }
    out
}

struct Line {
    text: String,
    /// The source line of the first words.
    source: Option<usize>,
    marks: Vec<usize>,
}

fn unmark(line: &str) -> Line {
    let mut result = Line { text: String::with_capacity(line.len()), source: None, marks: Vec::new() };
    for (index, part) in line.split(LINE_OPEN).enumerate() {
        let text = match part.split_once(MARK_CLOSE) {
            // The first part stands before any mark.
            Some((number, text)) if index > 0 => {
                result.marks.extend(number.parse::<usize>());
                text
            }
            _ => part,
        };
        if result.source.is_none() && !text.trim().is_empty() {
            result.source = result.marks.last().copied();
        }
        result.text.extend(text.chars().map(|c| if c == BRACE { '{' } else { c }));
    }
    result
}

/// The token of a block without the space before it: a block begins at the margin.
fn block_alone(text: &str) -> Option<&str> {
    let trimmed = text.trim();
    (trimmed.starts_with(BLOCK_OPEN) && trimmed.ends_with(TOKEN_CLOSE)).then_some(trimmed)
}

/// True where a line would print Tera's braces, written out or by Markdown's escapes.
pub(super) fn shows_braces(line: &str) -> bool {
    let shows = |line: &str| line.contains("{{") || line.contains("{%");
    if shows(line) {
        return true;
    }
    if !line.contains(['\\', '&']) {
        return false;
    }
    let mut plain = line.replace('\\', "");
    for (entity, brace) in [
        ("&#123;", "{"),
        ("&#x7b;", "{"),
        ("&#x7B;", "{"),
        ("&lbrace;", "{"),
        ("&lcub;", "{"),
        ("&#37;", "%"),
        ("&percnt;", "%"),
    ] {
        plain = plain.replace(entity, brace);
    }
    shows(&plain)
}
