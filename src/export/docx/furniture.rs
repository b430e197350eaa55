//! In: the brand's furniture. Out: headers and footers: logo and title above, confidentiality line and `page X of Y` below,
//! the band of a draft.

use super::drawing::{Base, Frame, shapes, text_box};
use super::elements::{Look, Paragraph, raw_run};
use super::package::{HEAD, Relationships};
use super::writer::{Place, Writer};
use crate::layout::drawing::rectangle;
use crate::layout::fonts::Face as Role;
use crate::layout::look::token;
use crate::layout::page::{Path, Rect};
use crate::library::contrast;

/// A header or footer with the relationships of its own.
#[derive(Debug)]
pub struct Furniture {
    pub xml: String,
    pub links: Relationships,
}

impl Writer<'_> {
    /// The header of all pages but the first.
    pub fn header(&mut self) -> Furniture {
        self.apart("hdr", |writer| {
            let width = writer.cx.brand.logo.minimum_width;
            let path = format!("brand/{}", writer.cx.brand.logo.on_light.value);
            let mut drawings = writer.draft_band();
            match writer.cx.assets.image(&path) {
                Ok(asset) => {
                    let height = width * asset.height / asset.width.max(1.0);
                    let middle = 11.0 * writer.styles.unit;
                    let x = match writer.mirrored() {
                        true => writer.grid.page_width - writer.grid.margin - width,
                        false => writer.grid.margin,
                    };
                    let rect = Rect { x, y: middle - height / 2.0, width, height };
                    let alt = writer.cx.brand.logo.alt.clone();
                    drawings.push_str(&writer.image(&asset, Place { rect, part: None, base: Base::Page }, &alt, true));
                }
                Err(problems) => writer.problems.0.extend(problems.0),
            }
            let title = writer.cx.meta.title.clone();
            let holder = Paragraph { style: "Space", holds_drawings: true, ..Paragraph::default() };
            writer.paragraph(holder, 0.0, &drawings);
            let mut runs = String::new();
            runs.push_str(&raw_run(&Look::default(), "<w:tab/>"));
            runs.push_str(&writer.words(&title, &Look::default(), Role::Text));
            writer.paragraph(Paragraph { style: "Header", ..Paragraph::default() }, 0.0, &runs);
        })
    }

    /// The header of the first page, where that is a cover, and of slides: empty but for the band of a draft.
    pub fn first_header(&mut self) -> Furniture {
        self.apart("hdr", |writer| {
            let runs = writer.draft_band();
            writer.paragraph(Paragraph { style: "Header", holds_drawings: true, ..Paragraph::default() }, 0.0, &runs);
        })
    }

    /// The footer of all pages but the first.
    pub fn footer(&mut self) -> Furniture {
        self.apart("ftr", |writer| {
            let words = writer.furniture.clone();
            let line = writer.cx.meta.notice.clone();
            let look = Look { tabular: true, ..Look::default() };
            let mut runs = writer.words(&line, &Look::default(), Role::Text);
            runs.push_str(&raw_run(&Look::default(), "<w:tab/>"));
            runs.push_str(&writer.words(&format!("{} ", words.page), &look, Role::Text));
            runs.push_str(&field("PAGE", "2", &look));
            runs.push_str(&writer.words(&format!(" {} ", words.of), &look, Role::Text));
            runs.push_str(&field("NUMPAGES", &writer.pages.pages.len().to_string(), &look));
            writer.paragraph(Paragraph { style: "Footer", ..Paragraph::default() }, 0.0, &runs);
        })
    }

    /// The footer of the first page, where that is a cover, and of slides.
    pub fn first_footer(&mut self) -> Furniture {
        self.apart("ftr", |writer| writer.paragraph(Paragraph { style: "Footer", ..Paragraph::default() }, 0.0, ""))
    }

    /// A part of its own, with its own relationships.
    fn apart(&mut self, kind: &str, write: impl FnOnce(&mut Self)) -> Furniture {
        let outer = std::mem::take(&mut self.links);
        let inner = self.inside(write);
        let links = std::mem::replace(&mut self.links, outer);
        Furniture { xml: format!("{HEAD}<w:{kind} {}>{inner}</w:{kind}>", super::NAMESPACES), links }
    }

    /// A band across the page's top edge that says what the page is, three times over.
    fn draft_band(&mut self) -> String {
        if !self.cx.meta.draft {
            return String::new();
        }
        let colours = self.styles.colours;
        let ground = token(self.cx.brand, &self.cx.brand.draft.colour);
        let ink = match contrast(colours.ink, ground) >= contrast(colours.paper, ground) {
            true => colours.ink,
            false => colours.paper,
        };
        let (width, height) = (self.cx.page.size().0, 5.0 * self.styles.unit);
        let rect = Rect { x: 0.0, y: 0.0, width, height };
        let path = Path { segments: rectangle(rect, 0.0), fill: Some(ground), stroke: None };
        let frame = Frame { base: Base::Page, rect, id: self.id(), description: "", behind: true };
        let band = shapes(&frame, &[&path]);
        let word = self.furniture.draft.to_uppercase();
        let look = Look { made: true, bold: Some(true), tracking: 30, ..Look::default() }.coloured(ink);
        let runs = self.words(
            &format!("{word}\u{2003}\u{2003}\u{2003}{word}\u{2003}\u{2003}\u{2003}{word}"),
            &look,
            Role::Text,
        );
        let paragraph = Paragraph {
            style: "Small",
            align: Some(crate::document::model::Align::Centre),
            leading: Some(self.styles.small.size * 1.25),
            ..Paragraph::default()
        };
        let top = (height - self.styles.small.size * 1.25) / 2.0;
        let frame = Frame {
            base: Base::Page,
            rect: Rect { y: top, height: height - top, ..rect },
            id: self.id(),
            description: "",
            behind: false,
        };
        format!("{band}{}", text_box(&frame, &paragraph.with(&runs)))
    }
}

/// A field with the value that it has until somebody counts anew.
fn field(name: &str, value: &str, look: &Look) -> String {
    format!(
        "<w:fldSimple w:instr=\" {name} \">{}</w:fldSimple>",
        super::elements::run(value, &Look { made: true, ..look.clone() })
    )
}
