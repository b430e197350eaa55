//! In: pages that are drawn whole: covers and slides. Out: the same in the body of a Word file; a slide is a section of its
//! own, as wide and tall as it is, with its title as a heading.

use std::sync::Arc;

use super::drawing::Base;
use super::elements::Paragraph;
use super::sets::{Drawn, is_made, sets};
use super::writer::Writer;
use super::xml::twips;
use crate::layout::page::{Page, Rect, TagId, TagKind};

/// Where a slide's text begins if it has no title, pt.
const TOP: f32 = 20.0;

impl Writer<'_> {
    /// The cover of a proposal: everything is anchored to one small paragraph. Gives how many blocks stand on it.
    pub fn cover(&mut self, page: usize) -> usize {
        let Some(page) = self.pages.pages.get(page) else { return 0 };
        let fonts: Vec<_> = self.pages.fonts.iter().map(Arc::clone).collect();
        let images: Vec<_> = self.pages.images.iter().map(Arc::clone).collect();
        let drawn = drawn(self.pages, page, &fonts, &images);
        let back = self.decoration(&drawn, (page.width, page.height));
        let figures = self.figures(&drawn);
        let words = self.boxes(&drawn, None);
        self.paragraph(holder(), 0.0, &format!("{back}{figures}{}", words.runs()));
        self.page_break = true;
        self.gap = 0.0;
        sets(&drawn).iter().filter(|set| !is_made(drawn.tags, set.node)).count()
    }

    /// One slide; gives the properties of its section, to stand in the paragraph after it.
    pub fn slide(&mut self, page: usize) -> String {
        let Some(page) = self.pages.pages.get(page) else { return String::new() };
        let fonts: Vec<_> = self.pages.fonts.iter().map(Arc::clone).collect();
        let images: Vec<_> = self.pages.images.iter().map(Arc::clone).collect();
        let drawn = drawn(self.pages, page, &fonts, &images);
        let back = self.decoration(&drawn, (page.width, page.height));
        let figures = self.figures(&drawn);
        let title = sets(&drawn).iter().map(|set| set.node).find(|node| is_title(&drawn, *node));
        let words = self.boxes(&drawn, title);
        let mut place = Rect { x: 36.0, y: TOP, width: page.width - 72.0, height: 1.0 };
        match &words.title {
            None => self.paragraph(holder(), 0.0, &format!("{back}{figures}{}", words.runs())),
            Some((title, rect, leading)) => {
                place = *rect;
                self.paragraph(holder(), 0.0, &format!("{back}{figures}{}", words.before));
                let paragraph = Paragraph { style: "Heading1", leading: Some(*leading), ..Paragraph::default() };
                self.paragraph(paragraph, 0.0, title);
                self.paragraph(holder(), 0.0, &words.after);
            }
        }
        self.gap = 0.0;
        section(page, place)
    }
}

/// A paragraph of no height that drawings hang on.
fn holder() -> Paragraph {
    Paragraph { style: "Space", leading: Some(1.0), holds_drawings: true, ..Paragraph::default() }
}

/// The properties of a slide's section: its title stands where the margins leave it room.
fn section(page: &Page, title: Rect) -> String {
    let margin = |pt: f32| twips(pt.max(0.0));
    format!(
        "<w:pgSz w:w=\"{}\" w:h=\"{}\" w:orient=\"landscape\"/><w:pgMar w:top=\"{}\" w:right=\"{}\" w:bottom=\"0\" w:left=\"{}\" w:header=\"0\" w:footer=\"0\" w:gutter=\"0\"/>",
        twips(page.width),
        twips(page.height),
        // Two paragraphs of no height stand before it.
        margin(title.y - 2.0),
        margin(page.width - title.x - title.width),
        margin(title.x),
    )
}

fn is_title(drawn: &Drawn<'_>, node: usize) -> bool {
    drawn.tags.get(node).is_some_and(|node| node.kind == TagKind::Heading(1))
}

/// A page with the part of the structure that stands on it.
fn drawn<'d>(
    pages: &'d crate::layout::page::Pages,
    page: &'d Page,
    fonts: &'d [Arc<crate::library::assets::Font>],
    images: &'d [Arc<crate::library::assets::ImageAsset>],
) -> Drawn<'d> {
    let TagId(root) = TagId(0);
    Drawn {
        items: &page.items,
        tags: &pages.tags,
        root,
        fonts,
        images,
        links: &page.links,
        fields: &page.fields,
        base: Base::Page,
        origin: (0.0, 0.0),
    }
}
