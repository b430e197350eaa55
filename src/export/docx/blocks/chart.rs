//! In: a chart. Out: its shapes as one vector picture with its data in words, and its words as text boxes over it.

use crate::diagnostic::Place;
use crate::document::model::Chart;
use crate::export::docx::drawing::Base;
use crate::export::docx::elements::Paragraph;
use crate::export::docx::placed::Drawn;
use crate::export::docx::writer::{Area, Writer};
use crate::layout::alone;

impl Writer<'_> {
    pub(super) fn chart(&mut self, chart: &Chart, place: &Place, area: Area) {
        let unit = self.styles.unit;
        let (x, width) = self.span(area);
        let drawn = match alone::chart(chart, place, width, self.cx) {
            Ok(drawn) => drawn,
            Err(problems) => {
                self.problems.0.extend(problems.0);
                return;
            }
        };
        let fonts: Vec<_> = self.cx.fonts.faces().cloned().collect();
        let whole = Drawn {
            items: &drawn.items,
            tags: &drawn.tags,
            root: 0,
            fonts: &fonts,
            images: &[],
            links: &[],
            fields: &[],
            base: Base::Paragraph,
            origin: (x, 0.0),
        };
        let picture = self.figure_of(&whole, (drawn.width, drawn.height));
        let words = self.boxes(&whole, None);
        let gap = self.space_before(4.0 * unit);
        // What is anchored to a paragraph counts from its top, with the space above it in one program, without in another.
        self.space(gap, true);
        let paragraph = Paragraph { style: "Space", leading: Some(drawn.height), ..Paragraph::default() };
        self.paragraph(paragraph, 0.0, &format!("{picture}{}", words.runs()));
        self.after(5.0 * unit);
    }
}
