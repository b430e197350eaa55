//! In: the nodes of a client file. Out: a problem for each character that no document may carry, by field.

use unicode_properties::{GeneralCategory, UnicodeGeneralCategory};

use super::sheet::Sheet;
use crate::diagnostic::{Diagnostic, Problems};
use crate::source::characters::{self, Refusal};
use crate::source::{Node, NodeKind};

/// Looks at every text of the file; `long` says which fields (`answers.notes`) may have several lines.
pub(super) fn check(sheet: &Sheet, long: &dyn Fn(&str) -> bool, problems: &mut Problems) {
    walk(sheet, &sheet.root, &mut String::new(), long, problems);
}

fn walk(sheet: &Sheet, node: &Node, path: &mut String, long: &dyn Fn(&str) -> bool, problems: &mut Problems) {
    match &node.kind {
        NodeKind::Null => {}
        NodeKind::Scalar { text, .. } => {
            let long = long(path);
            if let Some(fault) = fault(text, path, long).or_else(|| too_long(text, path, long)) {
                problems.push(sheet.at(&node.span, fault));
            }
        }
        NodeKind::List(items) => items.iter().for_each(|item| walk(sheet, item, path, long, problems)),
        NodeKind::Map(entries) => {
            for (key, value) in entries {
                let length = path.len();
                if length > 0 {
                    path.push('.');
                }
                path.push_str(&key.value);
                walk(sheet, value, path, long, problems);
                path.truncate(length);
            }
        }
    }
}

/// What is wrong with a text on one line, if anything.
pub(super) fn one_line(path: &str, text: &str) -> Option<Diagnostic> {
    if is_blank(text) {
        return Some(Diagnostic::error("C006", format!("`{path}` is blank")).help("write it, or leave it out"));
    }
    fault(text, path, false).or_else(|| too_long(text, path, false))
}

/// What is wrong with a text, if anything.
fn fault(text: &str, path: &str, long: bool) -> Option<Diagnostic> {
    let refused = text.chars().find_map(|c| Some((c, refused(c, long)?)));
    if let Some((c, refusal)) = refused {
        return Some(named(path, c, refusal.name).help(refusal.help));
    }
    let (_, c) = text.split(is_line_end).find_map(characters::unpaired)?;
    Some(named(path, c, "a direction mark that is not closed in its line").help("take it out"))
}

/// Why a text of a client may not hold a character: what no text may hold, and ends of lines where there is one
/// line.
fn refused(c: char, long: bool) -> Option<Refusal> {
    match c {
        _ if is_line_end(c) && long => None,
        _ if is_line_end(c) => Some(Refusal { name: "a line break", help: "write it on one line" }),
        '\r' => Some(Refusal { name: "a carriage return", help: "write line breaks as `\\n`" }),
        '\t' => Some(Refusal { name: "a tab", help: "write blanks instead" }),
        _ => characters::refused(c),
    }
}

fn is_line_end(c: char) -> bool {
    c == '\n' || characters::is_line_separator(c)
}

/// No page has room for more in one line, and finding that out on the page takes long.
const LONGEST: usize = 1_000;

fn too_long(text: &str, path: &str, long: bool) -> Option<Diagnostic> {
    let count = text.chars().count();
    if long || count <= LONGEST {
        return None;
    }
    let message = format!("`{path}` has {count} characters, {LONGEST} are the most");
    Some(Diagnostic::error("C026", message).label("this text").help("write it shorter"))
}

fn named(path: &str, c: char, name: &str) -> Diagnostic {
    Diagnostic::error("C007", format!("`{path}` holds U+{:04X}, {name}", c as u32)).label("in this text")
}

/// Whether a text shows nothing: blanks and invisible marks only.
pub(super) fn is_blank(text: &str) -> bool {
    // Fillers and the empty braille pattern count as letters and signs, and print nothing.
    let filler = |c: char| matches!(c, '\u{34F}' | '\u{115F}' | '\u{1160}' | '\u{2800}' | '\u{3164}' | '\u{FFA0}');
    text.chars().all(|c| c.is_whitespace() || c.general_category() == GeneralCategory::Format || filler(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_are_named() {
        let message = |text: &str, long| fault(text, "client.name", long).map(|fault| fault.message);
        assert_eq!(message("Bell\u{7}", false).as_deref(), Some("`client.name` holds U+0007, a control character"));
        assert_eq!(message("a\nb", false).as_deref(), Some("`client.name` holds U+000A, a line break"));
        assert_eq!(message("a\nb", true), None);
        assert_eq!(message("a\u{85}b", true).as_deref(), Some("`client.name` holds U+0085, a control character"));
        assert!(message("a\u{E001}", true).is_some_and(|m| m.contains("U+E001")));
        assert!(message("a\u{202E}b", false).is_some_and(|m| m.contains("U+202E")));
        assert!(message("a\u{202E}b\u{202C}", false).is_some());
        assert!(message("\u{2067}שלום\u{2069} Ltd", false).is_none());
        assert!(message("\u{2067}שלום", false).is_some_and(|m| m.contains("U+2067")));
        assert!(message("a\u{2069}", false).is_some_and(|m| m.contains("U+2069")));
        assert!(message("\u{2067}a\nb\u{2069}", true).is_some());
        assert_eq!(message("👩🏽\u{200D}🔧 \u{AD} é\u{301}", false), None);
    }

    #[test]
    fn invisible_text_is_blank() {
        for blank in ["", "   ", "\u{A0}\u{3000}", "\u{200B}", "\u{FEFF}\u{AD}\u{2060}", "\u{3164}", "\u{2800}\u{115F}"]
        {
            assert!(is_blank(blank), "{blank:?}");
        }
        assert!(!is_blank(" . "));
    }

    #[test]
    fn a_line_has_an_end() {
        assert!(too_long(&"é".repeat(LONGEST), "client.name", false).is_none());
        let fault = too_long(&"é".repeat(LONGEST + 1), "client.name", false).expect("too long");
        assert_eq!(
            (fault.code, fault.message.as_str()),
            ("C026", "`client.name` has 1001 characters, 1000 are the most")
        );
        assert!(too_long(&"é".repeat(LONGEST + 1), "answers.notes", true).is_none());
    }
}
