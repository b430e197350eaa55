//! In: a [`Document`], the [`Pages`] it was laid out on and what the file says of itself. Out: the bytes of a Word file:
//! real styles, the brand's fonts embedded, brand regions locked, the contents filled in.
//!
//! Proposals flow: [`blocks`] turn the document's blocks into paragraphs and tables. What layout draws whole (covers,
//! slides, charts) is taken over from its pages by [`placed`]. docx-rs builds the elements ([`elements`]); their order
//! ([`normalise`]) and the package ([`package`]) are our own. [`readback`] reads the finished file again.
//!
//! | Code | Meaning |
//! |---|---|
//! | E030 | a font's licence forbids embedding |
//! | E031 | a font cannot be read |
//! | E032 | a picture cannot be put into the file |
//! | E033 | the file cannot be written |
//! | E060 | the file holds something that its verification does not know |
//! | E061 | the digest of the file cannot be calculated |

mod advances;
mod around;
mod blocks;
mod controls;
mod drawing;
mod elements;
mod fonts;
mod furniture;
mod kit;
mod listed;
mod media;
mod names;
mod normalise;
mod numbering;
mod outlines;
mod package;
mod parts;
mod placed;
mod properties;
mod readback;
mod reader;
mod runs;
mod sets;
mod slides;
mod styles;
mod subset;
#[cfg(test)]
mod tests;
mod theme;
mod verify;
mod writer;
mod xml;

pub use self::kit::Kit;
pub use self::readback::{Written, all_words_of, furniture_of, read_back, title_of, words_of};
pub use self::verify::{record_of, verify};

use self::blocks::Entry;
use self::package::{HEAD, Package};
use self::writer::Writer;
use crate::diagnostic::Checked;
use crate::document::model::{BlockKind, Document, Kind, Section, SectionLayout};
use crate::export::pdf::About;
use crate::layout::Context;
use crate::layout::page::Pages;

/// What every part with text in it declares.
const NAMESPACES: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
    xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" \
    xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\" \
    xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" \
    xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\" \
    xmlns:wps=\"http://schemas.microsoft.com/office/word/2010/wordprocessingShape\" \
    xmlns:wpg=\"http://schemas.microsoft.com/office/word/2010/wordprocessingGroup\" \
    xmlns:w14=\"http://schemas.microsoft.com/office/word/2010/wordml\" mc:Ignorable=\"w14\"";

/// Writes a document as a Word file. Same input, same bytes.
///
/// # Errors
/// `E030`–`E033`, `E060` and `E061`, see the table above; what layout says of a chart that it cannot draw.
pub fn docx(document: &Document, pages: &Pages, cx: &Context<'_>, about: &About, kit: &Kit) -> Checked<Written> {
    let mut writer = Writer::new(cx, pages, about, kit)?;
    writer.list_sections(document);
    let furniture = parts::Furnished::new(&mut writer, document);
    let fonts = writer.names.among(&pages.fonts);
    let last = kit.with_fonts(&fonts, || match document.kind {
        Kind::Proposal => writer.proposal(document, &furniture),
        Kind::Deck => writer.deck(document, &furniture),
    });
    let body = [HEAD, "<w:document ", NAMESPACES, "><w:body>", &writer.out, &last, "</w:body></w:document>"].concat();
    if !writer.problems.0.is_empty() {
        return Err(writer.problems);
    }
    let mut package = Package::default();
    let mut links = std::mem::take(&mut writer.links);
    let read = parts::add_all(&mut package, &mut writer, &mut links, furniture, &body)?;
    let bytes = package.finish().ok_or_else(package::too_large)?;
    Ok(Written { bytes, body, read })
}

impl Writer<'_> {
    /// Gives each section its bookmark and its entry in the contents.
    fn list_sections(&mut self, document: &Document) {
        for (index, section) in document.sections.iter().enumerate() {
            let id: String =
                section.id.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).take(24).collect();
            self.marks.push((section.id.clone(), format!("_Toc{index:04}_{id}")));
        }
        let numbered = document.sections.iter().filter(|section| is_numbered(section));
        for (index, section) in numbered.enumerate() {
            let page = self.pages.sections.iter().find(|pages| pages.id == section.id);
            let (Some(page), Some(title)) = (page.map(|page| page.pages.start + 1), Self::entry_title(section)) else {
                continue;
            };
            let mark = self.mark_of(&section.id);
            self.entries.push(Entry { title, mark, page, number: index + 1 });
        }
    }

    /// True where titles carry the numbers of their sections: a document of one section counts nothing.
    pub(crate) fn numbers_sections(&self) -> bool {
        self.entries.len() > 1
    }

    /// A proposal's body; gives the properties of its last section.
    fn proposal(&mut self, document: &Document, furniture: &parts::Furnished) -> String {
        for section in &document.sections {
            let title = Self::entry_title(section).unwrap_or_else(|| section.id.clone());
            let on = self.pages.sections.iter().find(|pages| pages.id == section.id).map(|on| on.pages.clone());
            let mut blocks = section.blocks.as_slice();
            self.settle();
            // A section that begins a page in layout does so here, so that the contents are right.
            self.page_break |= on.as_ref().is_some_and(|on| self.begins_page(section, on.start));
            if self.page_break || self.out.is_empty() {
                self.beside = Some(0.0);
            } else {
                self.after(10.0 * self.styles.unit);
            }
            self.mark = Some(self.mark_of(&section.id));
            self.open_region(&section.id, &title);
            if let (Some(SectionLayout::Cover), Some(on)) = (section.layout, on) {
                let taken = self.cover(on.start);
                blocks = &blocks[taken.min(blocks.len())..];
            }
            self.section(section, blocks);
            self.mark_here();
            self.close_region();
        }
        let grid = self.grid;
        let unit = self.styles.unit;
        let inner = format!(
            "<w:pgSz w:w=\"{}\" w:h=\"{}\"/><w:pgMar w:top=\"{}\" w:right=\"{side}\" w:bottom=\"{}\" w:left=\"{side}\" w:header=\"{}\" w:footer=\"{}\" w:gutter=\"0\"/>",
            xml::twips(grid.page_width),
            xml::twips(grid.page_height),
            xml::twips(grid.top),
            // A little less than layout keeps free: a reader that sets a hair wider must not lose a line.
            xml::twips(13.5 * unit),
            xml::twips(11.0 * unit - self.styles.small.leading / 2.0),
            xml::twips((11.0 * unit - self.styles.small.leading).max(0.0)),
            side = xml::twips(grid.margin),
        );
        furniture.section(&inner)
    }

    /// True where layout began a page with this section.
    fn begins_page(&self, section: &Section, page: usize) -> bool {
        let before = self.pages.sections.iter().take_while(|other| other.id != section.id).last();
        before.is_some_and(|before| before.pages.end <= page)
    }

    /// A deck's body: a section of Word for each slide.
    fn deck(&mut self, document: &Document, furniture: &parts::Furnished) -> String {
        let mut last = String::new();
        for section in &document.sections {
            let on = self.pages.sections.iter().find(|pages| pages.id == section.id).map(|on| on.pages.clone());
            let title = Self::entry_title(section).unwrap_or_else(|| section.id.clone());
            for page in on.into_iter().flatten() {
                if !last.is_empty() {
                    let extra = std::mem::take(&mut last);
                    let end = elements::Paragraph { style: "Space", extra, ..elements::Paragraph::default() };
                    self.paragraph(end, 0.0, "");
                }
                self.mark = Some(self.mark_of(&section.id));
                self.mark_here();
                self.open_region(&section.id, &title);
                let inner = self.slide(page);
                self.close_region();
                last = furniture.section(&inner);
            }
        }
        last
    }
}

/// True for a section that has a number and stands in the contents.
fn is_numbered(section: &Section) -> bool {
    section.layout != Some(SectionLayout::Cover)
        && section.blocks.iter().any(|block| matches!(block.kind, BlockKind::Heading { level: 1, .. }))
}
