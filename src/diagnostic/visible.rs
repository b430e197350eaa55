//! In: text that anyone may have written. Out: text that shows every character and cannot steer a terminal.

use std::borrow::Cow;

/// Makes controls visible (`␛`, `␍`) and direction overrides harmless (`�`); tabs become blanks, line ends stay in `keep`.
pub(super) fn visible(text: &str, keep_lines: bool) -> Cow<'_, str> {
    let fine = |c: char| shown(c).is_none() || (keep_lines && c == '\n');
    if text.chars().all(fine) {
        return text.into();
    }
    text.chars().map(|c| if fine(c) { c } else { shown(c).unwrap_or(c) }).collect::<String>().into()
}

/// What stands for a character that must not reach a terminal.
fn shown(c: char) -> Option<char> {
    match c {
        '\t' => Some(' '),
        '\u{0}'..='\u{1F}' => char::from_u32(0x2400 + c as u32),
        '\u{7F}' => Some('␡'),
        // C1 controls, line separators, direction marks, embeddings, overrides and isolates; the marks that stand
        // for values in filled text.
        '\u{80}'..='\u{9F}' | '\u{2028}' | '\u{2029}' | '\u{FEFF}' => Some('\u{FFFD}'),
        '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => Some('\u{FFFD}'),
        '\u{E000}'..='\u{E002}' => Some('\u{FFFD}'),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::visible;

    #[test]
    fn nothing_steers_the_terminal() {
        assert_eq!(visible("a\u{1b}[2Jb\r\u{7}\u{202E}c\u{9b}\td", false), "a␛[2Jb␍␇�c� d");
        assert_eq!(visible("a\nb", false), "a␊b");
        assert_eq!(visible("a\nb", true), "a\nb");
        assert_eq!(visible("é 東京 🚚", false), "é 東京 🚚");
    }
}
