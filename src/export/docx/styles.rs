//! In: the brand's type and colours. Out: `word/styles.xml`: the styles that every paragraph and table is set in, so that
//! what is typed into the file later looks as the rest does.

use super::elements::{Look, Paragraph, style_properties};
use super::package::HEAD;
use super::writer::Writer;
use super::xml::{escaped, half_points, hex, twips};
use crate::layout::fonts::Face as Role;
use crate::layout::look::mix;
use crate::layout::text::Style;
use crate::library::brand::NumberPlace;

/// What stands in the document's default style.
const NAMESPACES: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
    xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\" \
    xmlns:w14=\"http://schemas.microsoft.com/office/word/2010/wordml\" mc:Ignorable=\"w14\"";

/// A paragraph style under work.
struct Sheet<'w, 'a> {
    writer: &'w mut Writer<'a>,
    brand: String,
    xml: String,
}

/// Writes the part.
pub fn styles(writer: &mut Writer<'_>) -> String {
    // Commas part the names of a style.
    let brand = writer.cx.brand.name.replace([',', ';'], " ");
    let mut sheet = Sheet { writer, brand, xml: String::new() };
    sheet.defaults();
    sheet.text();
    sheet.heads();
    sheet.parts();
    sheet.furniture();
    sheet.characters();
    format!("{HEAD}<w:styles {NAMESPACES}>{}</w:styles>", sheet.xml)
}

impl Sheet<'_, '_> {
    fn defaults(&mut self) {
        let body = self.writer.styles.body.clone();
        let face = self.writer.names.of(Role::Text, 400, false);
        // Bold words need their file even where none is bold yet.
        self.writer.names.of(Role::Text, 700, false);
        let (font, size) = (escaped(&face.name).into_owned(), half_points(body.size));
        let language = languages(self.writer.cx.meta.right_to_left, &self.writer.cx.meta.locale);
        let colour = hex(body.colour);
        self.xml.push_str(&format!(
            "<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii=\"{font}\" w:hAnsi=\"{font}\" w:eastAsia=\"{font}\" w:cs=\"{font}\"/>\
             <w:color w:val=\"{colour}\"/><w:kern w:val=\"2\"/><w:sz w:val=\"{size}\"/><w:szCs w:val=\"{size}\"/>\
             {language}</w:rPr></w:rPrDefault>\
             <w:pPrDefault><w:pPr><w:spacing w:before=\"0\" w:after=\"0\" w:line=\"{}\" w:lineRule=\"exact\"/></w:pPr></w:pPrDefault>\
             </w:docDefaults>",
            twips(body.leading)
        ));
    }

    /// Adds a paragraph style: its id, its name, a name of the brand's, what it rests on and what follows it.
    fn add(&mut self, id: &str, name: &str, next: &str, paragraph: &Paragraph, look: &Look) {
        let brand = escaped(&self.brand).into_owned();
        // Word knows some styles by their names; the brand's name is their other one.
        let names = match name {
            "" => format!("<w:name w:val=\"{brand} {id}\"/>"),
            known => format!("<w:name w:val=\"{known}\"/><w:aliases w:val=\"{brand} {id}\"/>"),
        };
        let default = if id == "Normal" { " w:default=\"1\"" } else { "" };
        let based = if id == "Normal" { "" } else { "<w:basedOn w:val=\"Normal\"/>" };
        let properties = style_properties(paragraph, look, "");
        let custom = if name.is_empty() { " w:customStyle=\"1\"" } else { "" };
        self.xml.push_str(&format!(
            "<w:style w:type=\"paragraph\"{default}{custom} w:styleId=\"{id}\">{names}{based}<w:next w:val=\"{next}\"/><w:qFormat/>{properties}</w:style>"
        ));
    }

    fn set(&mut self, id: &str, name: &str, next: &str, style: &Style, paragraph: Paragraph) {
        let look = self.writer.look_of(style);
        let paragraph = Paragraph { leading: Some(style.leading), ..paragraph };
        self.add(id, name, next, &paragraph, &look);
    }

    fn text(&mut self) {
        let (styles, grid) = (self.writer.styles.clone(), self.writer.grid);
        let unit = styles.unit;
        self.add("Normal", "Normal", "Normal", &Paragraph::default(), &Look::default());
        let body = Paragraph { indent: Some((grid.text_x, 0.0, 0.0)), ..Paragraph::default() };
        self.add("Body", "Body Text", "Body", &body, &Look::default());
        for (id, name) in [("ListBullet", "List Bullet"), ("ListNumber", "List Number")] {
            self.add(id, name, id, &Paragraph::default(), &Look::default());
        }
        self.set("Small", "", "Body", &styles.small, Paragraph::default());
        let caption = Paragraph { keep_lines: true, ..Paragraph::default() };
        self.set("Caption", "caption", "Body", &styles.small, caption);
        self.set(
            "FootnoteText",
            "footnote text",
            "FootnoteText",
            &styles.small,
            Paragraph { indent: Some((3.0 * unit, 0.0, -3.0 * unit)), ..Paragraph::default() },
        );
        let space = Look { size: Some(2), ..Look::default() };
        // A line is as tall as the picture in it.
        let spacing = "<w:spacing w:before=\"0\" w:after=\"0\" w:line=\"240\" w:lineRule=\"auto\"/>";
        self.add("Picture", "", "Normal", &Paragraph { extra: spacing.into(), ..Paragraph::default() }, &space);
        self.add("Space", "", "Normal", &Paragraph { leading: Some(1.0), ..Paragraph::default() }, &space);
    }

    fn heads(&mut self) {
        let styles = self.writer.styles.clone();
        // LibreOffice keeps a whole table with what follows if a cell's paragraph asks for it.
        let whole = || Paragraph { keep_lines: true, ..Paragraph::default() };
        let kept = || Paragraph { keep_next: true, keep_lines: true, ..Paragraph::default() };
        let rule = format!(
            "<w:pBdr><w:top w:val=\"single\" w:sz=\"6\" w:space=\"0\" w:color=\"{}\"/></w:pBdr>",
            hex(styles.colours.primary)
        );
        let space = Look { size: Some(2), ..Look::default() };
        self.add("SectionRule", "", "Heading1", &Paragraph { leading: Some(1.0), extra: rule, ..kept() }, &space);
        // On covers the words are as light as their ground is dark; typed anywhere else they must be seen.
        self.set("Title", "Title", "Normal", &styles.cover.coloured(styles.colours.primary), kept());
        // Heads at fixed places bring their own look: one that a style had, too, is lost in LibreOffice.
        self.add("PlacedHead", "", "Normal", &kept(), &Look::default());
        self.set(
            "Heading1",
            "heading 1",
            "Body",
            &styles.h1,
            Paragraph { extra: "<w:outlineLvl w:val=\"0\"/>".into(), ..kept() },
        );
        for (id, name, style, level) in
            [("Heading2", "heading 2", &styles.h2, 1), ("Heading3", "heading 3", &styles.h3, 2)]
        {
            let extra = format!("<w:outlineLvl w:val=\"{level}\"/>");
            self.set(id, name, "Body", style, Paragraph { extra, ..kept() });
        }
        let brand = escaped(&self.brand).into_owned();
        // LibreOffice makes no frames of headings by name, only of what is based on one.
        self.xml.push_str(&format!(
            "<w:style w:type=\"paragraph\" w:customStyle=\"1\" w:styleId=\"SideHead\"><w:name w:val=\"{brand} SideHead\"/>\
             <w:basedOn w:val=\"Heading2\"/><w:next w:val=\"Body\"/><w:qFormat/></w:style>"
        ));
        self.set("CardHead", "", "Normal", &styles.h2, whole());
        self.set("CalloutHead", "", "Normal", &styles.h3, whole());
    }

    fn parts(&mut self) {
        let styles = self.writer.styles.clone();
        let unit = styles.unit;
        let cell = Style { tabular: true, ..styles.body.sized(styles.body.size - 0.75).led(1.3) };
        self.set("TableText", "", "TableText", &cell, Paragraph::default());
        self.set("TableHead", "", "TableText", &styles.label, Paragraph::default());
        self.set("Quote", "Quote", "Normal", &styles.quote, Paragraph::default());
        let by = Style { weight: 700, colour: styles.colours.ink, ..styles.small.clone() };
        self.set("QuoteBy", "", "Normal", &by, Paragraph::default());
        self.set("StatFigure", "", "StatLabel", &styles.figure, Paragraph::default());
        self.set("StatLabel", "", "Normal", &styles.small.coloured(styles.colours.ink), Paragraph::default());
        self.set("StepNumber", "", "Normal", &styles.figure.led(1.0), Paragraph::default());
        let when = styles.h3.coloured(styles.colours.accent_ink);
        self.set("When", "", "Normal", &when, Paragraph::default());
        self.set("Party", "", "Normal", &Style { weight: 700, ..styles.body.clone() }, Paragraph::default());
        let entry = styles.body.led(1.3);
        // Where the contents stand, so that they stay there when they are made anew.
        let (left, width) =
            self.writer.contents_area.map_or((0.0, self.writer.grid.width), |area| (area.x, area.width));
        let hang = 7.0 * unit;
        let tabs = format!(
            "<w:tabs><w:tab w:val=\"left\" w:pos=\"{}\"/><w:tab w:val=\"right\" w:pos=\"{}\"/></w:tabs>",
            twips(left + hang),
            twips(left + width)
        );
        let quiet = hex(mix(styles.colours.line, styles.colours.paper, 0.0));
        let line = format!(
            "<w:pBdr><w:bottom w:val=\"single\" w:sz=\"4\" w:space=\"4\" w:color=\"{quiet}\"/><w:between w:val=\"single\" w:sz=\"4\" w:space=\"4\" w:color=\"{quiet}\"/></w:pBdr>"
        );
        self.set(
            "TOC1",
            "toc 1",
            "Normal",
            &entry,
            Paragraph {
                indent: Some((left + hang, 0.0, -hang)),
                extra: format!("{line}{tabs}"),
                ..Paragraph::default()
            },
        );
    }

    fn furniture(&mut self) {
        let (styles, grid) = (self.writer.styles.clone(), self.writer.grid);
        let number = match self.writer.cx.brand.furniture.page_number {
            NumberPlace::End => ("right", grid.width),
            NumberPlace::Centre => ("center", grid.width / 2.0),
        };
        for (id, name, (side, at)) in [("Header", "header", ("right", grid.width)), ("Footer", "footer", number)] {
            let extra = format!("<w:tabs><w:tab w:val=\"{side}\" w:pos=\"{}\"/></w:tabs>", twips(at));
            let paragraph = Paragraph { extra, ..Paragraph::default() };
            self.set(id, name, id, &styles.small, paragraph);
        }
    }

    fn characters(&mut self) {
        let brand = escaped(&self.brand).into_owned();
        let colours = self.writer.styles.colours;
        let mut add = |id: &str, name: &str, look: Look| {
            self.xml.push_str(&format!(
                "<w:style w:type=\"character\" w:styleId=\"{id}\"><w:name w:val=\"{name}\"/><w:aliases w:val=\"{brand} {id}\"/><w:qFormat/>{}</w:style>",
                look.properties()
            ));
        };
        add("Strong", "Strong", Look { bold: Some(true), ..Look::default() });
        add("Emphasis", "Emphasis", Look { italic: true, ..Look::default() });
        add("Hyperlink", "Hyperlink", Look { colour: Some(colours.accent_ink), ..Look::default() });
        add("PlaceholderText", "Placeholder Text", Look { colour: Some(colours.muted), ..Look::default() });
        self.xml.push_str(&format!(
            "<w:style w:type=\"character\" w:styleId=\"FootnoteReference\"><w:name w:val=\"footnote reference\"/><w:aliases w:val=\"{brand} FootnoteReference\"/>\
             <w:rPr><w:vertAlign w:val=\"superscript\"/></w:rPr></w:style>\
             <w:style w:type=\"table\" w:default=\"1\" w:styleId=\"TableNormal\"><w:name w:val=\"Normal Table\"/><w:tblPr><w:tblInd w:w=\"0\" w:type=\"dxa\"/>\
             <w:tblCellMar><w:top w:w=\"0\" w:type=\"dxa\"/><w:left w:w=\"0\" w:type=\"dxa\"/><w:bottom w:w=\"0\" w:type=\"dxa\"/><w:right w:w=\"0\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr></w:style>\
             <w:style w:type=\"table\" w:customStyle=\"1\" w:styleId=\"BrandTable\"><w:name w:val=\"{brand} Table\"/><w:basedOn w:val=\"TableNormal\"/>\
             <w:qFormat/></w:style>\
             <w:style w:type=\"table\" w:customStyle=\"1\" w:styleId=\"BrandPanel\"><w:name w:val=\"{brand} Panel\"/><w:basedOn w:val=\"TableNormal\"/></w:style>"
        ));
    }
}

/// The language of the words, with its region, so that readers take the right dictionary. Scripts from right to left and
/// those of East Asia have places of their own (ECMA-376, 17.3.2.20).
fn languages(right_to_left: bool, locale: &str) -> String {
    let locale = escaped(locale);
    let east_asian = matches!(locale.split('-').next(), Some("ja" | "zh" | "ko"));
    let other = match (right_to_left, east_asian) {
        (true, _) => format!(" w:bidi=\"{locale}\""),
        (false, true) => format!(" w:eastAsia=\"{locale}\""),
        (false, false) => String::new(),
    };
    format!("<w:lang w:val=\"{locale}\"{other}/>")
}

#[cfg(test)]
mod tests {
    use super::languages;

    #[test]
    fn words_have_the_language_of_their_region() {
        assert_eq!(languages(false, "en-CA"), "<w:lang w:val=\"en-CA\"/>");
        assert_eq!(languages(true, "he-IL"), "<w:lang w:val=\"he-IL\" w:bidi=\"he-IL\"/>");
        assert_eq!(languages(false, "kok-IN"), "<w:lang w:val=\"kok-IN\"/>");
        assert_eq!(languages(false, "ja-JP"), "<w:lang w:val=\"ja-JP\" w:eastAsia=\"ja-JP\"/>");
    }
}
