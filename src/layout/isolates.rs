//! In: a text in which words run both ways. Out: [`Isolated`]: the text to shape, in which what belongs together is kept
//! together by direction isolates (UAX #9, 2.4.2), and where its bytes stand in the text as given.
//!
//! The bidirectional algorithm alone tears a telephone number or a negative figure apart among Hebrew words, and lets a
//! Latin name's last full stop wander to its other side. The marks are seen by the shaper only: the words of the page
//! are those of the document.

use std::borrow::Cow;
use std::ops::Range;

/// Bytes of each mark.
const MARK: usize = 3;

/// A text with marks, and where they were put.
pub(super) struct Isolated<'t> {
    pub text: Cow<'t, str>,
    pub marks: Marks,
}

/// Where marks were put: bytes of the text as given, ascending.
#[derive(Debug, Clone, Default)]
pub(super) struct Marks(Vec<usize>);

impl Marks {
    /// Where a byte of the text as given stands in the text with marks.
    pub fn shifted(&self, at: usize) -> usize {
        at + MARK * self.0.partition_point(|mark| *mark <= at)
    }

    /// The bytes of the text as given that bytes of the text with marks stand for; none for a mark.
    pub fn given(&self, bytes: Range<usize>) -> Range<usize> {
        if self.0.is_empty() { bytes } else { self.back(bytes.start)..self.back(bytes.end) }
    }

    fn back(&self, at: usize) -> usize {
        let before = self.0.iter().enumerate().take_while(|(index, mark)| **mark + MARK * (index + 1) <= at).count();
        at - MARK * before
    }
}

/// Isolates `values`, which the client file gave, and in a document that runs from right to left the numbers that the
/// algorithm would tear.
pub(super) fn isolate<'t>(text: Cow<'t, str>, values: &[Range<usize>], mirrored: bool) -> Isolated<'t> {
    let mut apart: Vec<(Range<usize>, char)> = values.iter().map(|range| (range.clone(), '\u{2068}')).collect();
    if mirrored {
        let outside =
            |range: &Range<usize>| !values.iter().any(|value| value.start < range.end && range.start < value.end);
        apart.extend(numbers(&text).into_iter().filter(outside).map(|range| (range, '\u{2066}')));
    }
    if apart.is_empty() {
        return Isolated { text, marks: Marks::default() };
    }
    apart.sort_by_key(|(range, _)| range.start);
    let mut marked = String::with_capacity(text.len() + 2 * MARK * apart.len());
    let mut marks = Vec::with_capacity(2 * apart.len());
    let mut done = 0;
    for (range, opens) in apart {
        marked.push_str(&text[done..range.start]);
        marked.push(opens);
        marked.push_str(&text[range.clone()]);
        marked.push('\u{2069}');
        marks.extend([range.start, range.end]);
        done = range.end;
    }
    marked.push_str(&text[done..]);
    Isolated { text: Cow::Owned(marked), marks: Marks(marks) }
}

/// True for a value that must be kept together: one with letters, and in a document that runs from left to right only
/// one with letters that run the other way.
pub(super) fn is_apart(value: &str, mirrored: bool) -> bool {
    if mirrored { value.chars().any(char::is_alphabetic) } else { value.chars().any(runs_left) }
}

/// True for words in which no letter is written from right to left: a name, a telephone number or a price that stands by
/// itself keeps its own order in a document that runs from right to left.
pub(super) fn is_foreign(text: &str) -> bool {
    !text.chars().any(runs_left)
}

/// True for letters that are written from right to left, and for marks that act like one.
fn runs_left(character: char) -> bool {
    matches!(u32::from(character),
        0x590..=0x8FF | 0x200F | 0xFB1D..=0xFDFF | 0xFE70..=0xFEFC | 0x1_0800..=0x1_0FFF | 0x1_E800..=0x1_EFFF)
}

/// Numbers of several parts, and numbers with a sign: `+972 4 555 0142`, `-42%`, `1–2`, `30 → 13`. What follows a Latin
/// word runs with it by itself.
fn numbers(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = text[at..].find(|c: char| c.is_ascii_digit()).map(|digit| at + digit) {
        let begins = signed(text, start);
        let dialled = text[begins..].starts_with(['+', '0', '(']);
        let mut end = digits(text, start);
        let mut torn = begins < start;
        while let Some((next, tears)) = joined(text, end, dialled) {
            end = digits(text, next);
            torn |= tears;
        }
        end += text[end..].chars().take_while(|c| matches!(c, '%' | '‰' | '°')).map(char::len_utf8).sum::<usize>();
        let after = text[..begins].chars().rev().find(|c| c.is_alphabetic());
        if torn && after.is_none_or(runs_left) {
            found.push(begins..end);
        }
        at = end;
    }
    found
}

/// Where the number that has its first digit at `start` begins: at its sign, where that is not a hyphen after a word.
fn signed(text: &str, start: usize) -> usize {
    let mut before = text[..start].char_indices().rev();
    match before.next() {
        Some((at, '+' | '-' | '−' | '±')) => match before.next() {
            Some((_, c)) if !c.is_whitespace() && !matches!(c, '(' | '[' | '"' | '“') => start,
            _ => at,
        },
        _ => start,
    }
}

/// The end of the digits from `start`, with the separators within one number.
fn digits(text: &str, start: usize) -> usize {
    let mut end = start;
    let mut characters = text[start..].char_indices().peekable();
    while let Some((at, c)) = characters.next() {
        let next = characters.peek().map(|(_, c)| *c);
        if c.is_ascii_digit() {
            end = start + at + 1;
        } else if !(matches!(c, '.' | ',' | ':') && next.is_some_and(|c| c.is_ascii_digit())) {
            break;
        }
    }
    end
}

/// Where the next part of a number begins that ends at `end`, and whether the algorithm would tear the two apart.
fn joined(text: &str, end: usize, dialled: bool) -> Option<(usize, bool)> {
    let rest = &text[end..];
    let between = rest.find(|c: char| c.is_ascii_digit())?;
    let separator = &rest[..between];
    let tears = match separator {
        "-" | "/" => false,
        "–" | "×" | " → " | "→" | " – " => true,
        " " | "\u{a0}" | "\u{202f}" | ") " | " (" | ")" if dialled => true,
        _ => return None,
    };
    Some((end + between, tears))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn apart(text: &str) -> Vec<&str> {
        numbers(text).into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn finds_the_numbers_that_would_be_torn() {
        assert_eq!(apart("להתקשר: +972 4 555 0142."), ["+972 4 555 0142"]);
        assert_eq!(apart("טלפון 04 555-0142, שבועות 1–2"), ["04 555-0142", "1–2"]);
        assert_eq!(apart("ירד ב־ -42% (מ־30 → 13) ב-5 ימים"), ["-42%", "30 → 13"]);
        assert_eq!(apart("בשנים 2023, 2024 ו־2025; 31,400 כלי רכב 24/7"), [""; 0]);
        assert_eq!(apart("ללא (CAN bus, 24/7 +5)"), [""; 0]);
    }

    #[test]
    fn marks_are_no_part_of_the_text_as_given() {
        let text = "אב Acme Inc. גד -42% ה";
        let value = text.find("Acme").expect("it is there")..text.find(" גד").expect("it is there");
        let isolated = isolate(Cow::Borrowed(text), &[value], true);
        assert_eq!(isolated.text, "אב \u{2068}Acme Inc.\u{2069} גד \u{2066}-42%\u{2069} ה");
        let mut given = String::new();
        for (at, c) in isolated.text.char_indices() {
            let bytes = isolated.marks.given(at..at + c.len_utf8());
            assert_eq!(bytes.is_empty(), matches!(c, '\u{2066}'..='\u{2069}'), "{c:?}");
            given.push_str(&text[bytes]);
        }
        assert_eq!(given, text);
        for (at, c) in text.char_indices() {
            assert!(isolated.text[isolated.marks.shifted(at)..].starts_with(c), "{at}");
        }
    }

    #[test]
    fn only_values_that_can_be_torn_are_apart() {
        assert!(is_apart("Acme Inc.", true) && !is_apart("85", true));
        assert!(is_apart("תמר (2018)", false) && !is_apart("Acme Inc.", false));
    }
}
