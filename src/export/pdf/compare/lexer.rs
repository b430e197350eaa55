//! In: a content stream. Out: its tokens in a normal form: white space, comments, the writing of numbers, strings and
//! names make no difference, and everything else does.

use crate::export::pdf::readback::filters::hex;
use crate::export::pdf::readback::syntax::Reader;

/// Appends the normal form of a content stream; `None` where a string has no end.
///
/// Every token is appended with a tag and a length or an end, so that two different contents have different forms.
pub fn append_tokens(content: &[u8], out: &mut Vec<u8>) -> Option<()> {
    let mut at = 0;
    while let Some(&byte) = content.get(at) {
        at = match byte {
            byte if is_space(byte) => at + 1,
            b'%' => {
                content[at..].iter().position(|byte| matches!(byte, b'\n' | b'\r')).map_or(content.len(), |n| at + n)
            }
            b'(' => {
                let end = literal_end(content, at)?;
                append_counted(b'(', &unescape(&content[at + 1..end - 1]), out);
                end
            }
            b'<' if content.get(at + 1) == Some(&b'<') => {
                out.extend_from_slice(b"<<");
                at + 2
            }
            b'<' => {
                let length = content[at..].iter().position(|byte| *byte == b'>')?;
                append_counted(b'(', &hex(&content[at + 1..at + length])?, out);
                at + length + 1
            }
            b'/' => {
                let end = regular_end(content, at + 1);
                append_counted(b'/', &name(&content[at + 1..end]), out);
                end
            }
            b'>' | b'[' | b']' | b'{' | b'}' | b')' => {
                out.push(byte);
                at + 1
            }
            _ => {
                let end = regular_end(content, at);
                append_word(&content[at..end], out);
                if &content[at..end] == b"ID" {
                    // The bytes of an image follow, which are no tokens; no content of ours has one.
                    append_counted(b'I', &content[end..], out);
                    return Some(());
                }
                end
            }
        };
    }
    Some(())
}

fn append_counted(tag: u8, bytes: &[u8], out: &mut Vec<u8>) {
    out.push(tag);
    out.extend_from_slice(&(bytes.len() as u64).to_be_bytes());
    out.extend_from_slice(bytes);
}

/// Appends a number without the zeros that do not count, and any other word as it is; a space ends both.
fn append_word(word: &[u8], out: &mut Vec<u8>) {
    let (negative, digits) = match word.split_first() {
        Some((b'-', digits)) => (true, digits),
        Some((b'+', digits)) => (false, digits),
        _ => (false, word),
    };
    let point = digits.iter().position(|byte| *byte == b'.').unwrap_or(digits.len());
    let (whole, decimals) = (&digits[..point], digits.get(point + 1..).unwrap_or_default());
    let all_digits = |part: &[u8]| part.iter().all(u8::is_ascii_digit);
    if whole.len() + decimals.len() == 0 || !all_digits(whole) || !all_digits(decimals) {
        out.extend_from_slice(word);
    } else {
        let whole = &whole[whole.iter().position(|digit| *digit != b'0').unwrap_or(whole.len())..];
        let decimals = &decimals[..decimals.iter().rposition(|digit| *digit != b'0').map_or(0, |last| last + 1)];
        if negative && whole.len() + decimals.len() > 0 {
            out.push(b'-');
        }
        out.extend_from_slice(if whole.is_empty() { b"0" } else { whole });
        if !decimals.is_empty() {
            out.push(b'.');
            out.extend_from_slice(decimals);
        }
    }
    out.push(b' ');
}

fn is_space(byte: u8) -> bool {
    matches!(byte, 0 | b'\t' | b'\n' | 0x0C | b'\r' | b' ')
}

fn regular_end(content: &[u8], start: usize) -> usize {
    let ends = |byte: &u8| {
        is_space(*byte) || matches!(byte, b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'/' | b'%' | b'{' | b'}')
    };
    content[start..].iter().position(ends).map_or(content.len(), |length| start + length)
}

/// The index after the parenthesis that ends the string which starts at `at`.
fn literal_end(content: &[u8], at: usize) -> Option<usize> {
    let mut reader = Reader::new(content, at);
    reader.object()?;
    Some(reader.at)
}

/// Decodes a name's `#41` (ISO 32000-1, 7.3.5).
pub fn name(written: &[u8]) -> Vec<u8> {
    let mut plain = Vec::with_capacity(written.len());
    let mut at = 0;
    while let Some(&byte) = written.get(at) {
        let digits =
            written.get(at + 1..at + 3).filter(|digits| byte == b'#' && digits.iter().all(u8::is_ascii_hexdigit));
        match digits.and_then(hex) {
            Some(decoded) => {
                plain.extend(decoded);
                at += 3;
            }
            None => {
                plain.push(byte);
                at += 1;
            }
        }
    }
    plain
}

/// Decodes what is between the parentheses of a string (ISO 32000-1, 7.3.4.2).
pub fn unescape(written: &[u8]) -> Vec<u8> {
    let mut plain = Vec::with_capacity(written.len());
    let mut bytes = written.iter().copied().peekable();
    while let Some(byte) = bytes.next() {
        match byte {
            b'\r' => {
                bytes.next_if_eq(&b'\n');
                plain.push(b'\n');
            }
            b'\\' => match bytes.next() {
                Some(b'n') => plain.push(b'\n'),
                Some(b'r') => plain.push(b'\r'),
                Some(b't') => plain.push(b'\t'),
                Some(b'b') => plain.push(8),
                Some(b'f') => plain.push(12),
                Some(b'\r') => {
                    bytes.next_if_eq(&b'\n');
                }
                Some(b'\n') | None => {}
                Some(digit @ b'0'..=b'7') => {
                    let mut code = u16::from(digit - b'0');
                    for _ in 0..2 {
                        let Some(digit) = bytes.next_if(|byte| matches!(byte, b'0'..=b'7')) else { break };
                        code = code * 8 + u16::from(digit - b'0');
                    }
                    plain.push(code as u8);
                }
                Some(other) => plain.push(other),
            },
            other => plain.push(other),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(content: &str) -> Option<Vec<u8>> {
        let mut out = Vec::new();
        append_tokens(content.as_bytes(), &mut out)?;
        Some(out)
    }

    #[test]
    fn writing_makes_no_difference() {
        for (one, other) in [
            ("q 1 0 0 1 7.50 -0 cm\nQ", "q\r\n+1 0.0 0 1. 07.5 0 cm % here\n Q  "),
            ("BT <41 42 4> Tj ET", "BT(AB@)Tj ET"),
            ("/F1 12 Tf", "/F#31 12 Tf"),
            ("/Span <</MCID 1/A <41>>> BDC", "/Span\n<< /MCID 1 /A (A) >> BDC"),
            ("[(a)-.5(\\101\\n)]TJ", "[ (a) -0.50 (A\n) ] TJ"),
        ] {
            assert_eq!(form(one), form(other), "{one}");
        }
    }

    #[test]
    fn content_makes_a_difference() {
        let contents = [
            "1 2 m", "12 m", "1 2 l", "(1) Tj", "/1 Tj", "1 Tj", "-1 2 m", "1 .2 m", "1 0.02 m", "[1 2] m", "(a)(b)",
            "(ab)", "(a b) Tj", "/a /b", "/a#20 /b", "(a)/b", "ID 1 2", "ID 1  2", "1e5", "--1", "",
        ];
        for (index, one) in contents.iter().enumerate() {
            for other in &contents[index + 1..] {
                assert_ne!(form(one), form(other), "{one} and {other}");
            }
        }
    }

    #[test]
    fn a_string_without_end_is_none() {
        assert_eq!(form("(a"), None);
        assert_eq!(form("<41"), None);
        assert_eq!(form("<4G>"), None);
    }
}
