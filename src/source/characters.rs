//! Which characters text may hold: one table for the words of clients and of the library.
//!
//! A character is refused where a PDF and a Word file could not show it alike, where the archive formats forbid it
//! (PDF/A-2 6.2.11.7, PDF/UA-1 7.21.7: no U+0000, U+FEFF, U+FFFE and no private use in what a font's codes mean), or
//! where it makes text read as something else. Nothing is altered or left out: text is data.

use std::ops::Range;
use std::sync::Arc;

use unicode_properties::{GeneralCategory, UnicodeGeneralCategory};

use super::node::{Node, NodeKind};
use crate::diagnostic::{Checked, Diagnostic, Place, Problems, SourceFile};

/// How many problems of one file are listed.
const MOST_PROBLEMS: usize = 20;

/// Why a character is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Refusal {
    /// What the character is: `a control character`.
    pub name: &'static str,
    pub help: &'static str,
}

const fn refusal(name: &'static str, help: &'static str) -> Option<Refusal> {
    Some(Refusal { name, help })
}

/// Why no text may hold a character, whoever wrote it. Tabs and ends of lines depend on where they are, and are
/// not refused here.
pub fn refused(c: char) -> Option<Refusal> {
    const TAKE_OUT: &str = "take it out";
    match c {
        '\t' | '\n' | '\r' => None,
        '\u{FEFF}' => refusal("a byte order mark", TAKE_OUT),
        '\u{FFFD}' => {
            refusal("the sign for a character that was lost", "write the character that was meant in its place")
        }
        '\u{202D}' | '\u{202E}' => refusal(OVERRIDE, TAKE_OUT),
        '\u{206A}'..='\u{206F}' => refusal("a deprecated format character", TAKE_OUT),
        '\u{FFF9}'..='\u{FFFB}' => refusal("an annotation mark", TAKE_OUT),
        '\u{E0000}'..='\u{E007F}' => refusal("an invisible tag character", TAKE_OUT),
        _ if is_noncharacter(c) => refusal("no character", TAKE_OUT),
        _ if c.is_control() => refusal("a control character", TAKE_OUT),
        _ if c.general_category() == GeneralCategory::PrivateUse => {
            refusal("a private-use character", "take it out; only the font that it was made for can show it")
        }
        _ => None,
    }
}

const OVERRIDE: &str = "a direction override, which can make text read as something else";

/// Code points that Unicode never assigns: the last two of each plane, and U+FDD0 to U+FDEF.
fn is_noncharacter(c: char) -> bool {
    let code = u32::from(c);
    code & 0xFFFE == 0xFFFE || (0xFDD0..=0xFDEF).contains(&code)
}

/// True for the characters that end a line without being a line feed.
pub fn is_line_separator(c: char) -> bool {
    matches!(c, '\u{2028}' | '\u{2029}')
}

/// The first embedding or isolate of a line that is not closed in it, or whose end has no beginning (UAX #9).
pub fn unpaired(line: &str) -> Option<(usize, char)> {
    let mut open: Vec<(usize, char)> = Vec::new();
    for (at, c) in line.char_indices() {
        match c {
            '\u{202A}' | '\u{202B}' | '\u{2066}'..='\u{2068}' => open.push((at, c)),
            '\u{202C}' if !matches!(open.pop(), Some((_, '\u{202A}' | '\u{202B}'))) => return Some((at, c)),
            '\u{2069}' if !matches!(open.pop(), Some((_, '\u{2066}'..='\u{2068}'))) => return Some((at, c)),
            _ => {}
        }
    }
    open.first().copied()
}

/// Checks the text of a library file: characters as they are, and numeric references of Markdown (`&#8206;`).
///
/// # Errors
/// `Y025` for each character that is refused, `Y026` for each unpaired direction mark; `Y027` counts those not listed.
pub(super) fn check_text(file: &Arc<SourceFile>) -> Checked<()> {
    let text = file.text.as_str();
    // Most files have nothing to look at: all of ASCII but controls and `&#`.
    let plain = |b: u8| (b' '..0x7F).contains(&b) || matches!(b, b'\t' | b'\n' | b'\r');
    if text.bytes().all(plain) && !text.contains("&#") {
        return Ok(());
    }
    let mut found = Found { file, problems: Vec::new(), unsaid: 0 };
    for (at, c) in text.char_indices() {
        if let Some(refusal) = refused_in_library(c) {
            found.add("Y025", at..at + c.len_utf8(), &named(c, refusal.name), refusal.help);
        }
    }
    let mut start = 0;
    for line in text.split('\n') {
        if let Some((at, c)) = unpaired(line) {
            found.add("Y026", start + at..start + at + c.len_utf8(), &named(c, UNPAIRED), UNPAIRED_FIX);
        }
        start += line.len() + 1;
    }
    for (range, referred) in references(text) {
        let refusal = match referred {
            Some(c) if c.is_whitespace() && c != ' ' && c.is_control() => {
                refusal("an end of a line or a tab", "write it as it is")
            }
            Some(c) => refused_in_library(c),
            None => refusal("no character", "take it out"),
        };
        if let Some(refusal) = refusal {
            let message = format!("`{}` writes {}", &text[range.clone()], refusal.name);
            found.add("Y025", range, &message, refusal.help);
        }
    }
    found.finish()
}

/// Checks the values of a YAML file, whose escapes (`"\0"`) write characters that its text does not hold.
///
/// # Errors
/// `Y025` and `Y026`, at the value.
pub(super) fn check_values(file: &Arc<SourceFile>, node: &Node) -> Checked<()> {
    let mut found = Found { file, problems: Vec::new(), unsaid: 0 };
    found.walk(node);
    found.finish()
}

const UNPAIRED: &str = "a direction mark without its partner on the same line";
const UNPAIRED_FIX: &str = "take it out, or close it with U+2069 (an isolate) or U+202C (an embedding)";

fn named(c: char, name: &str) -> String {
    format!("the text holds U+{:04X}, {name}", u32::from(c))
}

fn refused_in_library(c: char) -> Option<Refusal> {
    if is_line_separator(c) { refusal("a line separator", "write an ordinary end of the line") } else { refused(c) }
}

struct Found<'a> {
    file: &'a Arc<SourceFile>,
    problems: Vec<Diagnostic>,
    /// Beyond those that are listed.
    unsaid: usize,
}

impl Found<'_> {
    fn add(&mut self, code: &'static str, span: Range<usize>, message: &str, help: &str) {
        if self.problems.len() >= MOST_PROBLEMS {
            self.unsaid += 1;
            return;
        }
        let place = Place { file: Arc::clone(self.file), span };
        let problem = match code {
            "Y026" => Diagnostic::error("Y026", message),
            _ => Diagnostic::error("Y025", message),
        };
        self.problems.push(problem.at(place).label("here").help(help));
    }

    fn text(&mut self, text: &str, span: &Range<usize>) {
        let refused = text.chars().find_map(|c| Some((c, refused_in_library(c)?)));
        if let Some((c, refusal)) = refused {
            return self.add("Y025", span.clone(), &named(c, refusal.name), refusal.help);
        }
        if let Some((_, c)) = text.split('\n').find_map(unpaired) {
            self.add("Y026", span.clone(), &named(c, UNPAIRED), UNPAIRED_FIX);
        }
    }

    fn walk(&mut self, node: &Node) {
        match &node.kind {
            NodeKind::Null => {}
            NodeKind::Scalar { text, .. } => self.text(text, &node.span),
            NodeKind::List(items) => items.iter().for_each(|item| self.walk(item)),
            NodeKind::Map(entries) => entries.iter().for_each(|(key, value)| {
                self.text(&key.value, &key.span);
                self.walk(value);
            }),
        }
    }

    fn finish(mut self) -> Checked<()> {
        if self.problems.is_empty() {
            return Ok(());
        }
        if self.unsaid > 0 {
            let message = format!("`{}` has {} more characters that are refused", self.file.path, self.unsaid);
            self.problems.push(Diagnostic::error("Y027", message).help("correct those above, then try again"));
        }
        Err(Problems(self.problems))
    }
}

/// The numeric character references of a text and what each writes; none for a number that is no character.
fn references(text: &str) -> impl Iterator<Item = (Range<usize>, Option<char>)> {
    text.match_indices("&#").filter_map(move |(at, mark)| {
        // Markdown reads seven digits at most.
        let rest = &text[at + mark.len()..];
        let (digits, radix) = match rest.strip_prefix(['x', 'X']) {
            Some(digits) => (digits, 16),
            None => (rest, 10),
        };
        let (number, _) = digits.split_once(';').filter(|(number, _)| (1..=7).contains(&number.len()))?;
        let code = u32::from_str_radix(number, radix).ok().filter(|_| number.bytes().all(|b| b != b'+'))?;
        let end = at + mark.len() + (rest.len() - digits.len()) + number.len() + 1;
        Some((at..end, char::from_u32(code).filter(|c| *c != '\0')))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn checked(text: &str) -> Vec<String> {
        let file = Arc::new(SourceFile { path: "a.md".into(), text: text.into() });
        match check_text(&file) {
            Ok(()) => Vec::new(),
            Err(problems) => problems.0.into_iter().map(|p| format!("{} {}", p.code, p.message)).collect(),
        }
    }

    #[test]
    fn each_kind_is_refused_and_its_neighbours_are_not() {
        let bad = "\0\u{7}\u{B}\u{C}\u{1B}\u{7F}\u{80}\u{85}\u{9F}\u{202D}\u{202E}\u{206A}\u{FEFF}\u{FFF9}\u{FFFB}\
            \u{FFFD}\u{FFFE}\u{FFFF}\u{FDD0}\u{FDEF}\u{1FFFE}\u{10FFFF}\u{E000}\u{F8FF}\u{F0000}\u{100000}\u{E0041}";
        for c in bad.chars() {
            assert!(refused(c).is_some(), "U+{:04X}", u32::from(c));
            assert_eq!(checked(&format!("a{c}b")).len(), 1, "U+{:04X}", u32::from(c));
        }
        for c in
            "\t\n \u{A0}\u{AD}\u{200B}\u{200D}\u{200E}\u{2060}\u{3000}\u{FE0F}\u{FFFC}\u{FDCF}\u{FDF0}é東🚚".chars()
        {
            assert_eq!(refused(c), None, "U+{:04X}", u32::from(c));
        }
        assert_eq!(checked("a\u{2028}b"), ["Y025 the text holds U+2028, a line separator"]);
    }

    #[test]
    fn direction_marks_are_closed_in_their_line() {
        assert!(checked("\u{2067}שלום\u{2069} Ltd\n").is_empty());
        for bad in ["\u{2067}שלום", "a\u{2069}", "\u{202B}a\n\u{202C}", "\u{2067}a\u{202C}"] {
            assert!(checked(bad)[0].starts_with("Y026 "), "{bad:?}");
        }
    }

    #[test]
    fn references_write_no_more_than_text_may_hold() {
        for bad in ["&#0;", "&#xE000;", "&#57344;", "&#x202e;", "&#xFFFE;", "&#xD800;", "&#x1F;", "&#10;", "&#9;"] {
            assert_eq!(checked(&format!("a {bad} b")).len(), 1, "{bad}");
        }
        for good in ["&#160;", "&#x41;", "&#x200E;", "&#;", "&#x;", "&#xZZ;", "&# 1;", "AT&T #1;", "&#12345678;"] {
            assert!(checked(&format!("a {good} b")).is_empty(), "{good}");
        }
    }

    #[test]
    fn problems_of_one_file_are_capped_with_a_count() {
        let said = checked(&"a\u{0}\n".repeat(1_000));
        assert_eq!(said.len(), MOST_PROBLEMS + 1);
        assert_eq!(said[MOST_PROBLEMS], "Y027 `a.md` has 980 more characters that are refused");
    }
}
