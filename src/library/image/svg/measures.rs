//! In: an SVG whose elements were checked. Out: nothing, or the first measure that no drawing needs.
//!
//! The tree builder turns an arc into curves, more of them the larger it is: without a limit, one number of a hundred
//! digits takes all memory.

use std::ops::Range;

use svg2pdf::usvg::roxmltree::{Attribute, Document, Node};
use svgtypes::{PathParser, PathSegment};

/// The largest number in a drawing, in its own units: 50 times the largest side that is allowed.
const LARGEST: f64 = 1_000_000.0;
/// How flat an arc may be: the longer radius over the shorter one.
const FLATTEST: f64 = 10_000.0;
/// Most arcs of a drawing; a detailed map has some thousand.
const MOST_ARCS: usize = 20_000;

/// Attributes that are no measures, though they may hold digits.
const WORDS: [&str; 8] = ["id", "class", "href", "fill", "stroke", "stop-color", "clip-path", "mask"];

/// Finds a measure that is out of bounds: its place, and what it is.
pub fn check(document: &Document) -> Option<(Range<usize>, String)> {
    let mut arcs = 0;
    for node in document.descendants().filter(Node::is_element) {
        if node.tag_name().name() == "style"
            && let Some(number) = too_large(node.text().unwrap_or_default())
        {
            return Some((node.range(), number));
        }
        for attribute in node.attributes().filter(|attribute| !WORDS.contains(&attribute.name())) {
            if let Some(what) = too_large(attribute.value()).or_else(|| path(&attribute, &mut arcs)) {
                return Some((attribute.range(), what));
            }
        }
    }
    None
}

/// What is wrong with the arcs of a path.
fn path(attribute: &Attribute, arcs: &mut usize) -> Option<String> {
    if attribute.name() != "d" {
        return None;
    }
    // A path is drawn up to its first fault.
    for segment in PathParser::from(attribute.value()).map_while(Result::ok) {
        let PathSegment::EllipticalArc { rx, ry, .. } = segment else { continue };
        *arcs += 1;
        if *arcs > MOST_ARCS {
            return Some(format!("more than {MOST_ARCS} arcs"));
        }
        let (short, long) = (rx.abs().min(ry.abs()), rx.abs().max(ry.abs()));
        // An arc with a radius of zero is a straight line.
        if short > 0.0 && long > short * FLATTEST {
            return Some("an arc that is flat as a line".to_owned());
        }
    }
    None
}

/// The first number of a text that is too large; digits of names and colours do not count.
fn too_large(text: &str) -> Option<String> {
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        if !bytes[at].is_ascii_digit() && bytes[at] != b'.' {
            at += 1;
            continue;
        }
        let start = at;
        let part_of_name = start > 0 && (bytes[start - 1].is_ascii_alphanumeric() && !is_command(bytes, start - 1))
            || start > 0 && matches!(bytes[start - 1], b'#' | b'_');
        at = end_of_number(bytes, start);
        if part_of_name {
            while at < bytes.len() && bytes[at].is_ascii_alphanumeric() {
                at += 1;
            }
            continue;
        }
        // Digits and points are whole characters of the text.
        let number = &text[start..at];
        if number.parse::<f64>().is_ok_and(|number| number > LARGEST) {
            return Some(format!("the number {}", number.chars().take(24).collect::<String>()));
        }
    }
    None
}

/// True for the letter of a path's command, directly before its first number: `M10`.
fn is_command(bytes: &[u8], at: usize) -> bool {
    let alone = at == 0 || !bytes[at - 1].is_ascii_alphabetic();
    alone && matches!(bytes[at].to_ascii_lowercase(), b'm' | b'l' | b'h' | b'v' | b'c' | b's' | b'q' | b't' | b'a')
}

/// Where a number ends that begins here: digits, one point, an exponent.
fn end_of_number(bytes: &[u8], start: usize) -> usize {
    let digits = |mut at: usize| {
        while bytes.get(at).is_some_and(u8::is_ascii_digit) {
            at += 1;
        }
        at
    };
    let mut at = digits(start);
    if bytes.get(at) == Some(&b'.') {
        at = digits(at + 1);
    }
    if matches!(bytes.get(at), Some(b'e' | b'E')) {
        let sign = usize::from(matches!(bytes.get(at + 1), Some(b'+' | b'-')));
        let end = digits(at + 1 + sign);
        if end > at + 1 + sign {
            at = end;
        }
    }
    at.max(start + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_found_wherever_they_are_written() {
        for text in
            ["1000001", "M0 0L1e7 3", "M99999999999999 1", "a1 1 0 1 0 2e300 4", "stroke-width:9999999px", "5,.5,1e9"]
        {
            assert!(too_large(text).is_some(), "{text}");
        }
        for text in
            ["1000000", "M-10.5.5-3", "#99999999", "layer99999999", "fill:#12345678;opacity:.5", "id_99999999", ""]
        {
            assert_eq!(too_large(text), None, "{text}");
        }
    }
}
