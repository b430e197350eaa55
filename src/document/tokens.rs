//! In: a line of filled text. Out: the same line with every value replaced by its number, and the values by number.
//!
//! The Markdown parser never sees a value, only a token of one fixed width, so nothing a value holds, not even its
//! length, can change how a document is parsed.

use crate::document::model::Inline;
use crate::fill::filled::{BLOCK_OPEN, TOKEN_CLOSE, VALUE_OPEN, value_of};

/// Hex digits of a value's number: 268 million values, more than 4 MB of filled text can hold.
const WIDTH: usize = 7;

/// The values of one file, by number.
#[derive(Debug, Default)]
pub(super) struct Values(Vec<String>);

/// A line without values, or the block that it stands for.
#[derive(Debug, PartialEq)]
pub(super) enum Line {
    Text(String),
    /// Index in `Filled::blocks`.
    Block(usize),
}

/// What can be wrong with the private-use characters of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TokenFault {
    /// A private-use character that is no part of a token.
    Stray,
    /// A block token with words before or after it.
    BlockInText,
}

/// A stretch of text: marketing's words or a value.
#[derive(Debug, PartialEq)]
pub(super) enum Piece<'a> {
    Words(&'a str),
    Value(&'a str),
}

impl Values {
    /// Replaces the value tokens of a line and recognises a line that is one block token.
    pub fn take(&mut self, line: &str, faults: &mut Vec<TokenFault>) -> Line {
        if !line.contains(is_mark) {
            return Line::Text(line.to_owned());
        }
        if let Some(index) = block_token(line.trim()) {
            return Line::Block(index);
        }
        let mut text = String::with_capacity(line.len());
        let mut rest = line;
        while let Some(at) = rest.find(is_mark) {
            text.push_str(&rest[..at]);
            rest = self.take_one(&rest[at..], &mut text, faults);
        }
        text.push_str(rest);
        Line::Text(text)
    }

    /// Takes the token that `rest` begins with and returns what follows it.
    fn take_one<'a>(&mut self, rest: &'a str, text: &mut String, faults: &mut Vec<TokenFault>) -> &'a str {
        let mark = rest.chars().next().unwrap_or(TOKEN_CLOSE);
        let after = &rest[mark.len_utf8()..];
        let Some((inside, beyond)) = after.split_once(TOKEN_CLOSE).filter(|_| mark != TOKEN_CLOSE) else {
            faults.push(TokenFault::Stray);
            return after;
        };
        if mark == BLOCK_OPEN && inside.bytes().all(|b| b.is_ascii_digit()) {
            faults.push(TokenFault::BlockInText);
            return beyond;
        }
        let Some(value) = value_of(inside).filter(|_| mark == VALUE_OPEN) else {
            faults.push(TokenFault::Stray);
            return after;
        };
        text.push(VALUE_OPEN);
        text.push_str(&format!("{:0WIDTH$x}", self.0.len()));
        text.push(TOKEN_CLOSE);
        self.0.push(value);
        beyond
    }

    /// Splits parsed text into words and values. What looks like a token but is none counts as words.
    pub fn pieces<'a>(&'a self, text: &'a str) -> Vec<Piece<'a>> {
        let mut pieces = Vec::new();
        let mut words = 0;
        let mut from = 0;
        while let Some(at) = text[from..].find(VALUE_OPEN).map(|at| from + at) {
            let inside = at + VALUE_OPEN.len_utf8();
            from = inside;
            let Some((value, end)) = self.at(text, inside) else { continue };
            if words < at {
                pieces.push(Piece::Words(&text[words..at]));
            }
            pieces.push(Piece::Value(value));
            from = end;
            words = end;
        }
        if words < text.len() {
            pieces.push(Piece::Words(&text[words..]));
        }
        pieces
    }

    fn at(&self, text: &str, inside: usize) -> Option<(&str, usize)> {
        let digits = text.get(inside..inside + WIDTH)?;
        let end = inside + WIDTH + TOKEN_CLOSE.len_utf8();
        if !text[inside + WIDTH..].starts_with(TOKEN_CLOSE) {
            return None;
        }
        let value = self.0.get(usize::from_str_radix(digits, 16).ok()?)?;
        Some((value, end))
    }

    /// The words and values of a text as one string.
    pub fn plain(&self, text: &str) -> String {
        let texts = self.pieces(text).into_iter().map(|piece| match piece {
            Piece::Words(text) | Piece::Value(text) => text,
        });
        texts.collect()
    }
}

/// Appends text to inlines, merging neighbours of the same origin.
pub(super) fn push_text(inlines: &mut Vec<Inline>, words: &str, is_value: bool) {
    if words.is_empty() {
        return;
    }
    match inlines.last_mut() {
        Some(Inline::Text { text, value }) if *value == is_value => text.push_str(words),
        _ => inlines.push(Inline::Text { text: words.to_owned(), value: is_value }),
    }
}

/// True where a text holds a value.
pub(super) fn has_value(text: &str) -> bool {
    text.contains(VALUE_OPEN)
}

/// True for the characters that tokens are made of.
pub(super) fn is_mark(c: char) -> bool {
    matches!(c, VALUE_OPEN | TOKEN_CLOSE | BLOCK_OPEN)
}

fn block_token(line: &str) -> Option<usize> {
    let digits = line.strip_prefix(BLOCK_OPEN)?.strip_suffix(TOKEN_CLOSE)?;
    if digits.bytes().all(|b| b.is_ascii_digit()) { digits.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn token(value: &str) -> String {
        let hex: String = value.bytes().map(|b| format!("{b:02x}")).collect();
        format!("{VALUE_OPEN}{hex}{TOKEN_CLOSE}")
    }

    #[test]
    fn values_come_back_exactly() {
        let mut values = Values::default();
        let mut faults = Vec::new();
        let nasty = "a | b\n\n# {{x}} \u{E000}00\u{E001}";
        let Line::Text(text) = values.take(&format!("For {} and {}.", token(nasty), token("")), &mut faults) else {
            panic!("a block?")
        };
        assert!(faults.is_empty());
        assert_eq!(
            values.pieces(&text),
            [Piece::Words("For "), Piece::Value(nasty), Piece::Words(" and "), Piece::Value(""), Piece::Words("."),]
        );
    }

    #[test]
    fn a_value_never_changes_the_width() {
        let width = |value: &str| {
            let Line::Text(text) = Values::default().take(&token(value), &mut Vec::new()) else { panic!("a block?") };
            text.len()
        };
        assert_eq!(width(""), width(&"long".repeat(1000)));
    }

    #[test]
    fn broken_tokens_are_faults() {
        let cases =
            ["\u{E000}4", "\u{E001}", "\u{E002}1", "\u{E000}4\u{E001}", "\u{E000}zz\u{E001}", "\u{E000}ff\u{E001}"];
        for broken in cases {
            let mut faults = Vec::new();
            let line = Values::default().take(&format!("a {broken} b"), &mut faults);
            assert!(faults.contains(&TokenFault::Stray), "{broken:?} gave {line:?}");
        }
    }

    #[test]
    fn a_block_token_stands_alone() {
        let mut faults = Vec::new();
        assert_eq!(Values::default().take("  \u{E002}12\u{E001} ", &mut faults), Line::Block(12));
        assert!(faults.is_empty());
        assert_eq!(Values::default().take("see \u{E002}0\u{E001}", &mut faults), Line::Text("see ".into()));
        assert_eq!(faults, [TokenFault::BlockInText]);
    }
}
