//! In: the inside of a tag. Out: its words, strings, numbers and signs, with their places in the snippet.

use std::ops::Range;

use super::Snippet;
use crate::diagnostic::Diagnostic;

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Token {
    Word(String),
    Text(String),
    /// Digits, with at most one point inside.
    Number(String),
    Sign(&'static str),
}

/// Longest first, so that `==` is not read as two `=`.
const SIGNS: [&str; 29] = [
    "...", "//", "**", "==", "!=", ">=", "<=", "?.", "?[", "+", "-", "*", "/", "%", ".", ",", ":", "~", "|", "=", ">",
    "<", "(", ")", "[", "]", "{", "}", "!",
];

#[derive(Debug)]
pub(super) struct Lexed {
    pub tokens: Vec<(Token, Range<usize>)>,
    /// Where the closing mark begins, and where the text goes on after it.
    pub close: usize,
    pub after: usize,
    /// True where the closing mark is written with `-`.
    pub trim: bool,
}

/// Reads from `at` to the closing mark (`}}` or `%}`), or to the end of the snippet where there is none.
pub(super) fn lex(snippet: &Snippet, mut at: usize, close: Option<&str>) -> Result<Lexed, Box<Diagnostic>> {
    let text = snippet.text.as_str();
    let start = at;
    let mut tokens = Vec::new();
    loop {
        let rest = text.get(at..).unwrap_or_default();
        if let Some(close) = close {
            let trim = rest.strip_prefix('-').is_some_and(|rest| rest.starts_with(close));
            if trim || rest.starts_with(close) {
                return Ok(Lexed { tokens, close: at, after: at + close.len() + usize::from(trim), trim });
            }
        }
        let Some(first) = rest.chars().next() else {
            return match close {
                None => Ok(Lexed { tokens, close: at, after: at, trim: false }),
                Some(close) => Err(Box::new(never_closed(snippet, start, close))),
            };
        };
        if first.is_ascii_whitespace() {
            at += 1;
            continue;
        }
        let (token, length) = token(snippet, at, rest, first, close)?;
        tokens.push((token, at..at + length));
        at += length;
    }
}

fn token(
    snippet: &Snippet,
    at: usize,
    rest: &str,
    first: char,
    close: Option<&str>,
) -> Result<(Token, usize), Box<Diagnostic>> {
    if first == '"' || first == '\'' || first == '`' {
        return string(snippet, at, rest, first);
    }
    if first.is_ascii_digit() {
        let mut length = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let decimals = rest[length..].strip_prefix('.').unwrap_or_default();
        let count = decimals.len() - decimals.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        if count > 0 {
            length += 1 + count;
        }
        return Ok((Token::Number(rest[..length].into()), length));
    }
    if first.is_ascii_alphabetic() || first == '_' {
        let length = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || c == '_').len();
        return Ok((Token::Word(rest[..length].into()), length));
    }
    if let Some(wrong) = ["}}", "%}", "{{", "{%"].into_iter().find(|mark| rest.starts_with(mark)) {
        return Err(Box::new(wrong_close(snippet, at, wrong, close)));
    }
    if let Some(sign) = SIGNS.into_iter().find(|sign| rest.starts_with(sign)) {
        return Ok((Token::Sign(sign), sign.len()));
    }
    let problem = Diagnostic::error("T001", format!("`{first}` cannot stand in a tag"));
    let problem = problem.at(snippet.place(at..at + first.len_utf8()));
    Err(Box::new(match first {
        '“' | '”' | '„' | '‘' | '’' | '«' | '»' => problem.label("write straight quotation marks: `\"`"),
        first if first.is_whitespace() => problem.label("a special space: write an ordinary one"),
        _ => problem.label("not expected here"),
    }))
}

fn string(snippet: &Snippet, at: usize, rest: &str, quote: char) -> Result<(Token, usize), Box<Diagnostic>> {
    let mut value = String::new();
    let mut characters = rest.char_indices().skip(1);
    while let Some((offset, c)) = characters.next() {
        match c {
            c if c == quote => return Ok((Token::Text(value), offset + quote.len_utf8())),
            // A text does not run over lines: a forgotten mark should not swallow the section.
            '\n' => break,
            '\\' => match characters.next() {
                Some((_, c @ ('"' | '\'' | '`' | '/' | '\\'))) => value.push(c),
                Some((_, 'n')) => value.push('\n'),
                Some((_, 't')) => value.push('\t'),
                Some((next, c)) => {
                    let place = snippet.place(at + offset..at + next + c.len_utf8());
                    let problem = Diagnostic::error("T001", format!("`\\{c}` means nothing in a text")).at(place);
                    return Err(Box::new(problem.label("write `\\\\` for a backslash")));
                }
                None => break,
            },
            c => value.push(c),
        }
    }
    let problem = Diagnostic::error("T001", format!("a text that begins with `{quote}` does not end on its line"));
    Err(Box::new(problem.at(snippet.place(at..at + 1)).label(format!("the closing `{quote}` is missing"))))
}

fn never_closed(snippet: &Snippet, start: usize, close: &str) -> Diagnostic {
    let open = start.saturating_sub(2);
    Diagnostic::error("T001", format!("a tag is never closed: `{close}` is missing"))
        .at(snippet.place(open..start))
        .label("begins here")
        .help(format!("write `{close}` after the last word of the tag"))
}

fn wrong_close(snippet: &Snippet, at: usize, found: &str, close: Option<&str>) -> Diagnostic {
    let problem = match close {
        Some(close) => {
            Diagnostic::error("T001", format!("`{found}` where `{close}` should close the tag")).label(match found {
                "{{" | "{%" => format!("a new tag begins before `{close}`"),
                _ => format!("write `{close}`"),
            })
        }
        None => Diagnostic::error("T001", format!("`{found}` does not belong in a condition"))
            .label("write the condition alone, without tags"),
    };
    problem.at(snippet.place(at..at + found.len()))
}
