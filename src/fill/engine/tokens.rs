//! In: a value's text. Out: the token that stands for it in Markdown.

use std::io::{self, Write};

use crate::fill::filled::{BLOCK_OPEN, TOKEN_CLOSE, VALUE_OPEN};

/// Writes a token for a text; nothing for an empty one.
pub(super) fn token(text: &str) -> String {
    const HEX: &[u8; 16] = b"0123456789abcdef";
    let mut out = String::with_capacity(text.len() * 2 + 6);
    if !text.is_empty() {
        out.push(VALUE_OPEN);
        for byte in text.bytes() {
            out.push(char::from(HEX[usize::from(byte >> 4)]));
            out.push(char::from(HEX[usize::from(byte & 15)]));
        }
        out.push(TOKEN_CLOSE);
    }
    out
}

/// Tera's escape function: every value becomes a token.
pub(super) fn escape(text: &str, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(token(text).as_bytes())
}

/// The token of a block that has been called.
pub(super) fn block(index: usize) -> String {
    format!("{BLOCK_OPEN}{index}{TOKEN_CLOSE}")
}

/// A long text: paragraphs and simple lists in Markdown, the words of each line a token.
pub(super) fn long_text(text: &str) -> String {
    let mut out = String::new();
    let mut last = Line::Blank;
    for line in text.split(['\n', '\r', '\u{2028}', '\u{2029}']) {
        let (kind, words) = read(line.trim());
        // CR LF is one end of a line, and several blank lines are one.
        let blank = matches!(kind, Line::Blank);
        if blank && (out.is_empty() || matches!(last, Line::Blank)) {
            continue;
        }
        if !out.is_empty() {
            out.push('\n');
        }
        // A paragraph after a list would otherwise run on inside its last item.
        if !blank && !matches!(last, Line::Blank) && !last.continues(&kind) {
            out.push('\n');
        }
        match &kind {
            Line::Bullet => out.push_str("- "),
            Line::Number(number) => out.push_str(&format!("{number}. ")),
            Line::Words | Line::Blank => {}
        }
        out.push_str(&token(words));
        last = kind;
    }
    out.trim_end_matches('\n').into()
}

enum Line {
    Blank,
    Words,
    Bullet,
    Number(u32),
}

impl Line {
    fn continues(&self, next: &Self) -> bool {
        std::mem::discriminant(self) == std::mem::discriminant(next)
    }
}

fn read(line: &str) -> (Line, &str) {
    if line.is_empty() {
        return (Line::Blank, line);
    }
    let bullet = ["- ", "* ", "• "].into_iter().find_map(|mark| line.strip_prefix(mark));
    if let Some(words) = bullet.map(str::trim_start).filter(|words| !words.is_empty()) {
        return (Line::Bullet, words);
    }
    let digits = line.len() - line.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let rest = &line[digits..];
    let words = rest.strip_prefix(". ").or_else(|| rest.strip_prefix(") ")).map(str::trim_start);
    match (line[..digits].parse::<u32>(), words) {
        // CommonMark reads at most nine digits; a year at the start of a sentence is not a list.
        (Ok(number), Some(words)) if digits <= 3 && !words.is_empty() => (Line::Number(number), words),
        _ => (Line::Words, line),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        crate::fill::tests::decoded(&long_text(text))
    }

    #[test]
    fn a_token_is_hex_between_private_marks() {
        assert_eq!(token("Aé"), "\u{E000}41c3a9\u{E001}");
        assert_eq!(token(""), "");
    }

    #[test]
    fn long_text_keeps_paragraphs_and_simple_lists() {
        assert_eq!(shown("One\ntwo\r\n\r\n\r\nThree"), "⟨One⟩\n⟨two⟩\n\n⟨Three⟩");
        assert_eq!(
            shown("We saw:\n- one\n* two\n• three\nand so"),
            "⟨We saw:⟩\n\n- ⟨one⟩\n- ⟨two⟩\n- ⟨three⟩\n\n⟨and so⟩"
        );
        assert_eq!(shown("1) first\n2. second"), "1. ⟨first⟩\n2. ⟨second⟩");
    }

    #[test]
    fn nothing_else_in_long_text_is_markup() {
        for text in [
            "# Title",
            "| a | b |",
            "1987. was a year",
            "-",
            "- ",
            "---",
            "> x",
            "    code",
            "```",
            ":::callout",
            "{{ x }}",
        ] {
            let shown = shown(text);
            assert_eq!(shown, format!("⟨{}⟩", text.trim()), "{text}");
        }
    }
}
