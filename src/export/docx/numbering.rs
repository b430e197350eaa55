//! In: the lists of a document. Out: `word/numbering.xml`: bullets, numbers and the numbers of sections in the brand's
//! colours; each numbered list counts for itself.

use super::elements::Look;
use super::package::HEAD;
use super::writer::Writer;
use super::xml::twips;
use crate::layout::fonts::Face as Role;

/// The list of section titles.
pub const SECTIONS: u32 = 1;
/// The list of all bullets.
pub const BULLETS: u32 = 2;
/// The list of items whose marks are drawn already.
pub const PLACED: u32 = 3;
/// Numbered lists follow.
pub const FIRST_LIST: u32 = 4;

/// The property of a paragraph that belongs to a list.
pub fn reference(number: u32, level: u32) -> String {
    format!("<w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{number}\"/></w:numPr>")
}

/// Writes the part.
pub fn numbering(writer: &mut Writer<'_>) -> String {
    let (styles, text_x) = (writer.styles.clone(), writer.grid.text_x);
    let number = writer.names.of(styles.number.face, styles.number.weight, false);
    let text = writer.names.of(Role::Text, 700, false);
    let sections = Look { font: Some(number.name), bold: Some(number.bold), ..Look::default() }
        .coloured(styles.colours.muted)
        .sized(styles.h1.size * 1.2);
    let bullets =
        Look { font: Some(text.name.clone()), bold: Some(true), ..Look::default() }.coloured(styles.colours.accent);
    let numbers =
        Look { font: Some(text.name), bold: Some(true), ..Look::default() }.coloured(styles.colours.accent_ink);
    let mut xml =
        format!("{HEAD}<w:numbering xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">");
    let unit = styles.unit;
    xml.push_str(&list(10, &|_| level("decimal", "%1", text_x, text_x, &sections)));
    xml.push_str(&list(11, &|_| level("bullet", "\u{2013}", 4.0 * unit, 4.0 * unit, &bullets)));
    xml.push_str(&list(12, &|depth| level("decimal", &format!("%{}.", depth + 1), 4.5 * unit, 4.5 * unit, &numbers)));
    xml.push_str(&list(13, &|_| {
        "<w:numFmt w:val=\"none\"/><w:suff w:val=\"nothing\"/><w:lvlText w:val=\"\"/><w:lvlJc w:val=\"left\"/>"
            .to_owned()
    }));
    for (id, list) in [(SECTIONS, 10), (BULLETS, 11), (PLACED, 13)] {
        xml.push_str(&format!("<w:num w:numId=\"{id}\"><w:abstractNumId w:val=\"{list}\"/></w:num>"));
    }
    for (index, start) in writer.lists.iter().enumerate() {
        let id = FIRST_LIST as usize + index;
        xml.push_str(&format!("<w:num w:numId=\"{id}\"><w:abstractNumId w:val=\"12\"/>"));
        for level in 0..9 {
            xml.push_str(&format!(
                "<w:lvlOverride w:ilvl=\"{level}\"><w:startOverride w:val=\"{start}\"/></w:lvlOverride>"
            ));
        }
        xml.push_str("</w:num>");
    }
    xml.push_str("</w:numbering>");
    xml
}

fn list(id: u32, level: &dyn Fn(usize) -> String) -> String {
    let levels: String = (0..9)
        .map(|depth| format!("<w:lvl w:ilvl=\"{depth}\"><w:start w:val=\"1\"/>{}</w:lvl>", level(depth)))
        .collect();
    format!(
        "<w:abstractNum w:abstractNumId=\"{id}\"><w:multiLevelType w:val=\"hybridMultilevel\"/>{levels}</w:abstractNum>"
    )
}

fn level(format: &str, text: &str, left: f32, hanging: f32, look: &Look) -> String {
    format!(
        "<w:numFmt w:val=\"{format}\"/><w:suff w:val=\"tab\"/><w:lvlText w:val=\"{text}\"/><w:lvlJc w:val=\"left\"/>\
         <w:pPr><w:ind w:left=\"{}\" w:hanging=\"{}\"/></w:pPr>{}",
        twips(left),
        twips(hanging),
        look.properties()
    )
}
