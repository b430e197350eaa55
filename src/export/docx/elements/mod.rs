//! In: what a run, paragraph, table or cell looks like. Out: its XML: properties built by docx-rs where it can, put in
//! order by [`normalised`] and kept by [`known`].

mod known;
mod look;
mod paragraph;
mod table;

use std::borrow::Cow;

use docx_rs::BuildXML;

pub use self::look::Look;
pub use self::paragraph::{BARE, Paragraph};
pub use self::table::{Cell, Edge, Table, row, torn_row};
use super::normalise::normalised;
use super::xml::escaped;

/// An element of properties in the schema's order. docx-rs and this module write only elements that have a place in it.
fn ordered(element: &impl BuildXML, extra: &str) -> String {
    // docx-rs writes UTF-8.
    let xml = String::from_utf8(element.build()).unwrap_or_default();
    let ordered = normalised(&xml, extra);
    debug_assert!(ordered.is_some(), "no place for {xml} {extra}");
    ordered.unwrap_or_default()
}

/// A run of words; line ends in them become breaks, tabs become spaces.
pub fn run(text: &str, look: &Look) -> String {
    let properties = look.properties();
    let mut xml = String::with_capacity(properties.len() + text.len() + 64);
    xml.push_str("<w:r>");
    xml.push_str(&properties);
    for (index, line) in text.split('\n').enumerate() {
        if index > 0 {
            xml.push_str("<w:br/>");
        }
        push_words(&mut xml, line);
    }
    xml.push_str("</w:r>");
    xml
}

/// A piece of text; nothing for nothing.
fn push_words(xml: &mut String, line: &str) {
    let line =
        if line.contains(['\t', '\r']) { Cow::Owned(line.replace(['\t', '\r'], " ")) } else { Cow::Borrowed(line) };
    let words = escaped(&line);
    if words.is_empty() {
        return;
    }
    // Readers take space at the ends away unless they are told to keep it.
    let kept = words.starts_with(' ') || words.ends_with(' ') || words.contains("  ");
    xml.push_str(if kept { "<w:t xml:space=\"preserve\">" } else { "<w:t>" });
    xml.push_str(&words);
    xml.push_str("</w:t>");
}

/// A run around XML of its own.
pub fn raw_run(look: &Look, inner: &str) -> String {
    format!("<w:r>{}{inner}</w:r>", look.properties())
}

/// The paragraph and run properties of a style.
pub fn style_properties(paragraph: &Paragraph, look: &Look, extra: &str) -> String {
    format!("{}{}", paragraph.properties(), look.built(extra))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_holds_its_words_as_they_are() {
        let xml = run("a <b> & \"c\"\u{1}\nd\t", &Look { bold: Some(true), ..Look::default() });
        assert_eq!(
            xml,
            "<w:r><w:rPr><w:b /><w:bCs /></w:rPr><w:t>a &lt;b&gt; &amp; &quot;c&quot;</w:t>\
             <w:br/><w:t xml:space=\"preserve\">d </w:t></w:r>"
        );
    }
}
