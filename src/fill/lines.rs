//! In: what Tera made of a part: marks for the author's text, tokens for values. Out: the filled text, and for each of
//! its lines the source line it came from.

use std::ops::Range;

use super::filled::{BLOCK_OPEN, TOKEN_CLOSE};

/// Opens a mark that stands for a piece of the author's text: its index follows, then [`TOKEN_CLOSE`].
pub(super) const PIECE_OPEN: char = '\u{E003}';

/// The most bytes that one part may come to.
pub(super) const MOST_OUTPUT: usize = 4 * 1024 * 1024;

/// A text that is read as a template, and its pieces between the tags. Tera sees marks in their stead.
#[derive(Debug)]
pub(super) struct Part {
    pub text: String,
    /// Bytes of `text`. An empty one says only where the next value was written.
    pub pieces: Vec<Range<usize>>,
    /// Bytes of each line of `text`, without its end.
    pub lines: Vec<Range<usize>>,
}

/// Filled text and, for each of its lines, the bytes of the part's line that it came from.
#[derive(Debug, Default)]
pub(super) struct Lines {
    pub text: String,
    pub lines: Vec<Range<usize>>,
}

impl Part {
    pub fn new(text: String, pieces: Vec<Range<usize>>) -> Self {
        let mut lines = Vec::new();
        let mut at = 0;
        for line in text.split('\n') {
            lines.push(at..at + line.trim_end_matches('\r').len());
            at += line.len() + 1;
        }
        Self { text, pieces, lines }
    }

    fn line_at(&self, at: usize) -> usize {
        self.lines.partition_point(|line| line.start <= at).saturating_sub(1)
    }

    /// The rendered text as pieces with their place, and as what stands between them.
    fn split<'a>(&'a self, rendered: &'a str) -> impl Iterator<Item = (Option<(&'a str, usize)>, &'a str)> {
        rendered.split(PIECE_OPEN).enumerate().map(|(index, part)| match part.split_once(TOKEN_CLOSE) {
            // What comes first stands before any mark.
            Some((number, rest)) if index > 0 => {
                let piece = number.parse().ok().and_then(|number: usize| self.pieces.get(number)).cloned();
                let piece = piece.and_then(|piece| Some((self.text.get(piece.clone())?, piece.start)));
                (piece, rest)
            }
            _ => (None, part),
        })
    }

    /// Puts the author's text back, line for line as it is; `None` where it grows too long.
    pub fn expand(&self, rendered: &str) -> Option<String> {
        let mut out = String::new();
        for (piece, rest) in self.split(rendered) {
            out.push_str(piece.map_or("", |(text, _)| text));
            out.push_str(rest);
            if out.len() > MOST_OUTPUT {
                return None;
            }
        }
        Some(out)
    }

    /// Puts the author's text back; `None` where it grows too long. A line that held only tags, or that came out empty
    /// because of them, is left out whole: a tag on a line of its own must not put a blank line into a table or a list.
    pub fn expand_lines(&self, rendered: &str) -> Option<Lines> {
        let mut writer = Writer::new(self, rendered.len());
        for (piece, rest) in self.split(rendered) {
            if let Some((text, at)) = piece {
                writer.words(text, Some(self.line_at(at)));
            }
            writer.words(rest, None);
            if writer.out.text.len() + writer.line.len() > MOST_OUTPUT {
                return None;
            }
        }
        writer.end_line(false);
        Some(writer.out)
    }
}

/// Gathers one line after the other.
struct Writer<'a> {
    part: &'a Part,
    out: Lines,
    line: String,
    /// The source line of the first words of the line, and of whatever was last seen on it.
    first: Option<usize>,
    seen: Option<usize>,
    /// True where a source line that is not blank has a part in this line.
    tagged: bool,
    last: usize,
    /// The source line whose words or tags begin the line; `None` where a value's own line begins it.
    begin: Option<usize>,
    /// Bytes of blanks that the author wrote right before the line's first words, behind the last tag.
    direct: usize,
}

impl<'a> Writer<'a> {
    fn new(part: &'a Part, length: usize) -> Self {
        let out = Lines { text: String::with_capacity(part.text.len() + length), lines: Vec::new() };
        Self { part, out, line: String::new(), first: None, seen: None, tagged: false, last: 0, begin: None, direct: 0 }
    }

    fn words(&mut self, text: &str, start: Option<usize>) {
        let mut segments = text.split('\n').enumerate().peekable();
        while let Some((index, segment)) = segments.next() {
            if index > 0 {
                self.end_line(true);
            }
            let line = start.map(|start| start + index);
            // Behind the last end of line nothing of this piece stands on the next one.
            let stands = index == 0 || segments.peek().is_some() || !segment.is_empty();
            if let Some(line) = line.filter(|_| stands) {
                self.seen = Some(line);
                self.tagged |= !self.part.text[self.part.lines[line].clone()].trim().is_empty();
            }
            if self.line.is_empty() {
                self.begin = line;
            }
            if line.is_some() && !segment.is_empty() && blanks(&self.line) == self.line.len() {
                self.direct = blanks(segment);
            }
            if self.first.is_none() && !segment.trim().is_empty() {
                self.first = self.seen;
            }
            self.line.push_str(segment);
        }
    }

    fn end_line(&mut self, ended: bool) {
        let empty = self.line.trim().is_empty();
        self.last = self.first.or(self.seen).unwrap_or(self.last);
        self.unindent();
        let dropped = (empty && self.tagged) || (!ended && self.line.is_empty());
        if !dropped {
            self.out.text.push_str(block_alone(&self.line).unwrap_or(&self.line));
            if ended {
                self.out.text.push('\n');
            }
            self.out.lines.push(self.part.lines.get(self.last).cloned().unwrap_or(0..0));
        }
        self.line.clear();
        (self.first, self.seen, self.tagged) = (None, None, false);
        (self.begin, self.direct) = (None, 0);
    }

    /// Takes away the blanks that stood between tags that left nothing: they would indent the line, four of them would
    /// make it code. The source line's own indent stays, and so does one behind its last tag (`{% for … %}  - item`); a
    /// single blank there only parts words.
    fn unindent(&mut self) {
        let Some(line) = self.begin.and_then(|line| self.part.lines.get(line)).cloned() else { return };
        let own = blanks(&self.part.text[line]);
        let direct = if self.direct > 1 { self.direct } else { 0 };
        let found = blanks(&self.line);
        if found > own + direct {
            self.line.replace_range(own..found - direct, "");
        }
    }
}

/// Bytes of the blanks that a line begins with.
fn blanks(line: &str) -> usize {
    line.len() - line.trim_start_matches([' ', '\t']).len()
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
