//! In: text that anyone may have written. Out: text that shows every character and cannot steer a terminal.

use std::borrow::Cow;

use unicode_properties::{GeneralCategory, UnicodeGeneralCategory};

/// Stands for a character that has no picture of its own.
const REPLACEMENT: char = '\u{FFFD}';

/// Makes controls visible (`␛`, `␍`), and direction overrides and invisible characters harmless (`�`); tabs become
/// blanks, line ends stay where `keep_lines` says so.
pub fn visible(text: &str, keep_lines: bool) -> Cow<'_, str> {
    if text.bytes().all(|byte| (b' '..=b'~').contains(&byte) || (keep_lines && byte == b'\n')) {
        return text.into();
    }
    let mut before = None;
    let mut show = |c: char| {
        let shown = if keep_lines && c == '\n' { c } else { shown(c, before).unwrap_or(c) };
        before = Some(c);
        shown
    };
    text.chars().map(&mut show).collect::<String>().into()
}

/// The same text of JSON with each character that [`visible`] would replace as an escape: the document stays the same.
pub fn visible_json(json: &str) -> String {
    let mut text = String::with_capacity(json.len());
    let mut before = None;
    for c in json.chars() {
        // Line ends and blanks between the values; within a string they are escapes already.
        if c == '\n' || shown(c, before).is_none() {
            text.push(c);
        } else {
            for unit in c.encode_utf16(&mut [0; 2]) {
                text.push_str(&format!("\\u{unit:04x}"));
            }
        }
        before = Some(c);
    }
    text
}

/// What stands for a character that must not reach a terminal.
fn shown(c: char, before: Option<char>) -> Option<char> {
    match c {
        ' '..='~' => None,
        '\t' => Some(' '),
        '\u{0}'..='\u{1F}' => char::from_u32(0x2400 + c as u32),
        '\u{7F}' => Some('␡'),
        // Joiners shape letters of some scripts and join emoji; anywhere else they only make two names look alike.
        '\u{200C}' | '\u{200D}' => match before {
            Some(before) if !before.is_ascii() && !is_invisible(before) => None,
            _ => Some(REPLACEMENT),
        },
        _ if is_invisible(c) => Some(REPLACEMENT),
        _ => None,
    }
}

/// True for what shows nothing or turns the direction: controls, line separators, format characters (marks, embeddings,
/// overrides and isolates of direction, zero-width blanks, tags), fillers, and the private marks that represent values
/// in filled text.
fn is_invisible(c: char) -> bool {
    /// Letters and marks by their category, which Unicode asks programs to show as nothing.
    const BLANK: [char; 11] = [
        '\u{34F}', '\u{115F}', '\u{1160}', '\u{17B4}', '\u{17B5}', '\u{180B}', '\u{180C}', '\u{180D}', '\u{3164}',
        '\u{FFA0}', '\u{2800}',
    ];
    let hidden = matches!(
        c.general_category(),
        GeneralCategory::Control
            | GeneralCategory::Format
            | GeneralCategory::LineSeparator
            | GeneralCategory::ParagraphSeparator
    );
    hidden || BLANK.contains(&c) || matches!(c, '\u{E000}'..='\u{E002}' | '\u{E0100}'..='\u{E01EF}')
}

#[cfg(test)]
mod tests {
    use super::{visible, visible_json};

    #[test]
    fn nothing_steers_the_terminal() {
        assert_eq!(visible("a\u{1b}[2Jb\r\u{7}\u{202E}c\u{9b}\td", false), "a␛[2Jb␍␇�c� d");
        assert_eq!(visible("a\nb", false), "a␊b");
        assert_eq!(visible("a\nb", true), "a\nb");
        assert_eq!(visible("é 東京 🚚", false), "é 東京 🚚");
    }

    #[test]
    fn no_character_is_invisible() {
        for hidden in ["\u{200B}", "\u{AD}", "\u{2060}", "\u{FEFF}", "\u{180E}", "\u{E0041}", "\u{3164}", "\u{61C}"] {
            assert_eq!(visible(&format!("ac{hidden}me"), false), "ac�me", "{hidden:?}");
        }
    }

    #[test]
    fn joiners_stay_where_scripts_need_them() {
        for word in ["می\u{200C}خواهم", "क्\u{200D}ष", "👨\u{200D}🔧"] {
            assert_eq!(visible(word, false), word);
        }
        assert_eq!(visible("ac\u{200D}me", false), "ac�me");
        assert_eq!(visible("é\u{200D}\u{200D}e", false), "é\u{200D}�e", "one joiner is enough");
    }

    #[test]
    fn json_stays_the_same_document() {
        let hostile = "\u{1b}[2J\u{202E}\u{9b}\u{7f}\u{200B}\u{E0041}\n\r\té 🚚";
        let json = serde_json::json!({ hostile: [hostile] });
        let shown = visible_json(&format!("{json:#}"));
        assert_eq!(serde_json::from_str::<serde_json::Value>(&shown).expect("JSON"), json);
        assert_eq!(visible(&shown, true), shown, "nothing hidden is left");
    }
}
