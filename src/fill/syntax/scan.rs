//! In: a snippet. Out: its pieces in order: text, printed values and tags.

use std::ops::Range;

use super::expr::Reader;
use super::lexer::{Lexed, lex};
use super::tags::{Tag, read_tag};
use super::{Expr, Snippet};
use crate::diagnostic::Diagnostic;

/// Most tags and values of one file. Each is checked, compiled and reported by itself.
const MOST_TAGS: usize = 10_000;

#[derive(Debug)]
pub(super) enum Piece {
    Text(Range<usize>),
    Put(Expr, Range<usize>),
    Tag(Tag, Range<usize>),
    /// Something that could not be read and has been reported.
    Broken,
}

/// Splits a snippet into pieces. `{%-` and `-%}` cut the white space of the text beside them, as in Tera. Beside the
/// pieces: the problem of a file with too many tags, whose end was not read.
pub(super) fn pieces(snippet: &Snippet, problems: &mut Vec<Diagnostic>) -> (Vec<Piece>, Option<Diagnostic>) {
    let text = snippet.text.as_str();
    let mut pieces = Vec::new();
    let mut at = 0;
    let mut cut_start = false;
    let mut tags = 0;
    loop {
        let rest = text.get(at..).unwrap_or_default();
        let open = rest.as_bytes().windows(2).position(|pair| matches!(pair, b"{{" | b"{%" | b"{#"));
        let end = open.map_or(text.len(), |offset| at + offset);
        let cut_end = text.get(end + 2..).is_some_and(|inside| open.is_some() && inside.starts_with('-'));
        push_text(snippet, at..end, cut_start, cut_end, &mut pieces, problems);
        if open.is_none() {
            return (pieces, None);
        }
        tags += 1;
        if tags > MOST_TAGS {
            let problem = Diagnostic::error("T041", format!("a file holds more than {MOST_TAGS} tags and values"));
            let problem = problem.at(snippet.place(end..end + 2)).label("too many").help("split it into several");
            return (pieces, Some(problem));
        }
        (at, cut_start) = tag(snippet, end, cut_end, &mut pieces, problems);
    }
}

fn push_text(
    snippet: &Snippet,
    mut range: Range<usize>,
    cut_start: bool,
    cut_end: bool,
    pieces: &mut Vec<Piece>,
    problems: &mut Vec<Diagnostic>,
) {
    let text = snippet.words(&range);
    if let Some(at) = text.find("}}") {
        let place = snippet.place(range.start + at..range.start + at + 2);
        let problem = Diagnostic::error("T021", "`}}` closes nothing").at(place);
        problems.push(problem.label("no `{{` stands before it").help("write `{{` before the name, or take `}}` out"));
    }
    if cut_end {
        range.end -= text.len() - text.trim_end().len();
    }
    let text = snippet.words(&range);
    if cut_start {
        range.start += text.len() - text.trim_start().len();
    }
    if !range.is_empty() {
        pieces.push(Piece::Text(range));
    }
}

/// Reads the tag that begins at `open`; answers where the text goes on, and whether its white space is cut.
fn tag(
    snippet: &Snippet,
    open: usize,
    trim: bool,
    pieces: &mut Vec<Piece>,
    problems: &mut Vec<Diagnostic>,
) -> (usize, bool) {
    let text = snippet.text.as_str();
    let inside = open + 2 + usize::from(trim);
    let kind = text.as_bytes().get(open + 1).copied();
    if kind == Some(b'#') {
        return comment(snippet, open, inside, problems);
    }
    let close = if kind == Some(b'{') { "}}" } else { "%}" };
    let lexed = match lex(snippet, inside, Some(close)) {
        Ok(lexed) => lexed,
        Err(problem) => {
            let at = problem.place.as_ref().map_or(inside, |place| recover(snippet, place.span.start, inside));
            problems.push(*problem);
            pieces.push(Piece::Broken);
            return (at, false);
        }
    };
    let Lexed { tokens, close, after, trim } = lexed;
    let span = open..after;
    let mut reader = Reader::new(snippet, tokens, close, problems);
    let piece = if kind == Some(b'{') {
        reader.whole().map(|value| Piece::Put(value, span))
    } else {
        read_tag(&mut reader).map(|tag| Piece::Tag(tag, span))
    };
    pieces.push(piece.unwrap_or(Piece::Broken));
    (after, trim)
}

/// After a tag that cannot be read: goes on behind the next closing mark of its line, or with the next line.
fn recover(snippet: &Snippet, fault: usize, inside: usize) -> usize {
    let base = match &snippet.origin {
        super::Origin::At(base) => fault.saturating_sub(*base),
        super::Origin::Within(_) => inside,
    };
    let from = base.max(inside);
    let rest = snippet.text.get(from..).unwrap_or_default();
    let line = rest.split('\n').next().unwrap_or_default();
    let close = ["}}", "%}"].into_iter().filter_map(|close| line.find(close)).min();
    close.map_or(from + line.len(), |at| from + at + 2)
}

fn comment(snippet: &Snippet, open: usize, inside: usize, problems: &mut Vec<Diagnostic>) -> (usize, bool) {
    let rest = snippet.text.get(inside..).unwrap_or_default();
    match rest.find("#}") {
        Some(at) => (inside + at + 2, rest[..at].ends_with('-')),
        None => {
            let problem = Diagnostic::error("T001", "a comment is never closed: `#}` is missing");
            problems.push(problem.at(snippet.place(open..open + 2)).label("begins here"));
            (snippet.text.len(), false)
        }
    }
}

/// Reads a condition without tags.
pub(super) fn condition(snippet: &Snippet, problems: &mut Vec<Diagnostic>) -> Option<Expr> {
    match lex(snippet, 0, None) {
        Ok(lexed) => Reader::new(snippet, lexed.tokens, lexed.close, problems).whole(),
        Err(problem) => {
            problems.push(*problem);
            None
        }
    }
}
