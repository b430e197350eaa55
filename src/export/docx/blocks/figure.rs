//! In: an image alone in its paragraph. Out: the picture with its alternative text, and its caption.

use crate::document::model::Image;
use crate::export::docx::drawing::Base;
use crate::export::docx::elements::{Look, Paragraph};
use crate::export::docx::writer::{Area, Place, Writer};
use crate::layout::fonts::Face as Role;
use crate::layout::page::Rect;

impl Writer<'_> {
    pub(super) fn figure(&mut self, image: &Image, area: Area) {
        let unit = self.styles.unit;
        let asset = match self.cx.assets.image(&image.path) {
            Ok(asset) => asset,
            Err(problems) => {
                self.problems.0.extend(problems.0);
                return;
            }
        };
        let (x, width) = self.span(area);
        let shown = crate::layout::crop::shown(&asset, image.crop);
        let scale = (width / shown.width).min(self.grid.height * 0.4 / shown.height);
        let rect = Rect { x: 0.0, y: 0.0, width: shown.width * scale, height: shown.height * scale };
        let place = Place { rect, part: shown.part, base: Base::Line };
        let run = self.image(&asset, place, &image.alt, false);
        let captioned = !image.caption.is_empty();
        let paragraph =
            Paragraph { style: "Picture", indent: Some((x, 0.0, 0.0)), keep_next: captioned, ..Paragraph::default() };
        self.paragraph(paragraph, 4.0 * unit, &run);
        if captioned {
            let runs = self.inlines(&image.caption, &Look::default(), Role::Text, area.ink);
            let indent = Some((x, (self.grid.width - x - area.width).max(0.0), 0.0));
            self.paragraph(Paragraph { style: "Caption", indent, ..Paragraph::default() }, 2.0 * unit, &runs);
        }
        self.after(4.0 * unit);
    }
}
