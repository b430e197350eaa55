//! In: text and lengths. Out: the same as they may stand in XML and in the units of Office files.

use std::borrow::Cow;
use std::fmt::Write as _;

use crate::library::brand::Colour;

/// Text as it may stand between tags or in an attribute: escaped, without the characters that XML cannot hold.
pub fn escaped(text: &str) -> Cow<'_, str> {
    if text.bytes().all(|b| (b' '..0x7f).contains(&b) && !matches!(b, b'<' | b'>' | b'&' | b'"' | b'\'')) {
        return Cow::Borrowed(text);
    }
    let mut escaped = String::with_capacity(text.len() + 16);
    for c in text.chars().filter(|c| is_allowed(*c)) {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&apos;"),
            // Otherwise a reader turns them into spaces in attributes.
            '\t' | '\n' | '\r' => {
                let _ = write!(escaped, "&#{};", u32::from(c));
            }
            c => escaped.push(c),
        }
    }
    Cow::Owned(escaped)
}

/// The same without the characters that XML cannot hold, for builders that escape by themselves.
pub fn allowed(text: &str) -> Cow<'_, str> {
    if text.chars().all(is_allowed) { Cow::Borrowed(text) } else { text.chars().filter(|c| is_allowed(*c)).collect() }
}

/// The `Char` production of XML 1.0.
fn is_allowed(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..)
}

/// pt in twentieths of a point.
pub fn twips(pt: f32) -> i32 {
    (pt * 20.0).round() as i32
}

/// pt in English metric units.
pub fn emu(pt: f32) -> i64 {
    (f64::from(pt) * 12700.0).round() as i64
}

/// pt in half-points, the unit of type sizes.
pub fn half_points(pt: f32) -> u32 {
    (pt * 2.0).round().max(2.0) as u32
}

/// pt in eighths of a point, the unit of borders.
pub fn eighths(pt: f32) -> u32 {
    (pt * 8.0).round().clamp(2.0, 96.0) as u32
}

/// `RRGGBB`.
pub fn hex(colour: Colour) -> String {
    format!("{:02X}{:02X}{:02X}", colour.r, colour.g, colour.b)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_xml_cannot_hold_goes_and_the_rest_is_escaped() {
        assert_eq!(escaped("Müller & <Söhne> \"x\""), "Müller &amp; &lt;Söhne&gt; &quot;x&quot;");
        assert_eq!(escaped("a\u{0}\u{1f}\u{FFFE}\u{FFFF}b"), "ab");
        assert_eq!(escaped("a\nb"), "a&#10;b");
        assert_eq!(allowed("a\u{b}b\u{FFFF}"), "ab");
    }

    #[test]
    fn units() {
        assert_eq!((twips(1.0), emu(1.0), half_points(10.5), eighths(0.75)), (20, 12700, 21, 6));
    }
}
