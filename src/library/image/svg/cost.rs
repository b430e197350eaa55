//! In: the text of an SVG, then its XML. Out: whether reading it takes time in proportion to its length.
//!
//! The XML reader compares each attribute of an element with the others, and copies the namespaces in force; a style
//! sheet is compared with each element, and a selector with many parts tries every mix of ancestors. All of it grows
//! faster than the file, so it is counted first.

use simplecss::StyleSheet;
use svg2pdf::usvg::roxmltree::{Document, Node};

/// Most attributes of one element. Drawing programs write about twenty.
const MOST_ATTRIBUTES: usize = 256;
/// Most declarations of namespaces in one file. Drawing programs write about ten.
const MOST_NAMESPACES: usize = 1_000;
/// Longest style sheet, bytes, all `<style>` elements together. Drawing programs write a rule for each colour.
const LONGEST_STYLE: usize = 128 * 1024;
/// Most comparisons of a selector with an element: 100 selectors and 20,000 elements.
const MOST_COMPARISONS: usize = 2_000_000;
/// Most parts of a selector that a space, `>` or `+` joins. With three, an element is compared with the square of its
/// ancestors, with each more by one power more. Drawing programs write one class.
const MOST_PARTS: usize = 2;
/// Most comparisons of selectors of two parts with ancestors: 100 selectors and 20,000 elements on 10 levels.
const MOST_ANCESTORS: usize = 20_000_000;
/// Longest `style` attribute, bytes: the SVG reader compares its declarations with each other. Drawing programs write
/// about 500.
const LONGEST_ATTRIBUTE: usize = 8 * 1024;
/// Longest `style` attributes, bytes, all together.
const LONGEST_ATTRIBUTES: usize = 2 * 1024 * 1024;

/// What would take too long, in words, and what to do about it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Dear {
    pub(super) what: String,
    pub(super) fix: &'static str,
}

/// Looks at the text alone, before a parser sees it.
pub(super) fn of_text(text: &str) -> Result<(), Dear> {
    if text.matches("xmlns").nth(MOST_NAMESPACES).is_some() {
        return Err(Dear {
            what: format!("more than {MOST_NAMESPACES} declarations of namespaces"),
            fix: "export it anew as plain SVG",
        });
    }
    let most = most_attributes(text);
    if most > MOST_ATTRIBUTES {
        let what = format!("an element with {most} attributes; {MOST_ATTRIBUTES} are the most");
        return Err(Dear { what, fix: "export it anew as plain SVG" });
    }
    Ok(())
}

/// The most attributes that one element has: its `=` outside of quotes.
fn most_attributes(text: &str) -> usize {
    let (mut most, mut found) = (0, 0);
    let mut within = false;
    let mut quote = None;
    for byte in text.bytes() {
        match (quote, byte) {
            (Some(open), _) if byte == open => quote = None,
            (Some(_), _) => {}
            (None, b'<') => (within, found) = (true, 0),
            (None, b'>') => within = false,
            (None, b'"' | b'\'') if within => quote = Some(byte),
            (None, b'=') if within => {
                found += 1;
                most = most.max(found);
            }
            _ => {}
        }
    }
    most
}

/// Looks at the style sheets and the number of elements that they are compared with.
pub(super) fn of_styles(document: &Document) -> Result<(), Dear> {
    let styles = || document.descendants().filter(|node| node.tag_name().name() == "style");
    let sheet = || styles().flat_map(|style| style.children()).filter_map(|text| text.text());
    let length: usize = sheet().map(str::len).sum();
    let fix = "in the drawing program, export with presentation attributes instead of a style sheet";
    if length > LONGEST_STYLE {
        let what = format!("a style sheet of {} KB; {} KB are the most", length >> 10, LONGEST_STYLE >> 10);
        return Err(Dear { what, fix });
    }
    let selectors: usize = sheet().map(|css| css.matches(['{', ',']).count()).sum();
    let elements = document.descendants().filter(Node::is_element).count();
    if selectors.saturating_mul(elements) > MOST_COMPARISONS {
        let what = format!("{selectors} style rules for {elements} elements, which takes too long to compare");
        return Err(Dear { what, fix });
    }
    let steps = ancestor_steps(document, sheet(), fix)?;
    if steps > MOST_ANCESTORS {
        let what = format!("style rules for {steps} ancestors of elements; {MOST_ANCESTORS} are the most");
        return Err(Dear { what, fix });
    }
    of_style_attributes(document)
}

/// How often a selector of two parts is compared with an ancestor.
fn ancestor_steps<'d>(
    document: &Document,
    sheets: impl Iterator<Item = &'d str>,
    fix: &'static str,
) -> Result<usize, Dear> {
    let mut joined = 0;
    for css in sheets {
        for rule in StyleSheet::parse(css).rules {
            let parts = selector_parts(&rule.selector.to_string());
            if parts > MOST_PARTS {
                let what = format!("a style rule whose selector has {parts} parts; {MOST_PARTS} are the most");
                return Err(Dear { what, fix });
            }
            joined += usize::from(parts > 1);
        }
    }
    let levels: usize = if joined == 0 { 0 } else { document.descendants().map(|node| node.ancestors().count()).sum() };
    Ok(levels.saturating_mul(joined))
}

/// The parts of a selector as the style sheet's parser writes it: a space comes before or around each mark that joins.
/// A space within quotes counts as well, which only makes the bound stricter.
fn selector_parts(selector: &str) -> usize {
    selector.split_whitespace().filter(|word| !matches!(*word, ">" | "+")).count()
}

fn of_style_attributes(document: &Document) -> Result<(), Dear> {
    let lengths = || document.descendants().filter_map(|node| node.attribute("style")).map(str::len);
    let fix = "export it anew as plain SVG";
    let longest = lengths().max().unwrap_or(0);
    if longest > LONGEST_ATTRIBUTE {
        let what = format!("a `style` attribute of {longest} bytes; {LONGEST_ATTRIBUTE} are the most");
        return Err(Dear { what, fix });
    }
    let total: usize = lengths().sum();
    if total > LONGEST_ATTRIBUTES {
        let most = LONGEST_ATTRIBUTES >> 10;
        return Err(Dear { what: format!("`style` attributes of {} KB; {most} KB are the most", total >> 10), fix });
    }
    Ok(())
}
