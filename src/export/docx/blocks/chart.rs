//! In: a chart. Out: its shapes as one vector picture with its data in words, and its words as text boxes over it.

use crate::diagnostic::Place;
use crate::document::model::Chart;
use crate::export::docx::drawing::Base;
use crate::export::docx::elements::{Look, Paragraph};
use crate::export::docx::sets::Drawn;
use crate::export::docx::writer::{Area, Writer};
use crate::layout::alone;
use crate::layout::fonts::Face as Role;

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
        let line = Drawn { base: Base::Line, origin: (0.0, 0.0), ..whole };
        let picture = self.figure_of(&line, (drawn.width, drawn.height));
        let words = self.boxes(&whole, None);
        let mut above = 4.0 * unit;
        for (text, style, role) in [(&chart.title, "CalloutHead", Role::Display), (&chart.unit, "Small", Role::Text)] {
            let Some(text) = text else { continue };
            let runs = self.inlines(text, &Look { colour: area.ink.words, ..Look::default() }, role, area.ink);
            let indent = Some((x, 0.0, 0.0));
            self.paragraph(Paragraph { style, indent, keep_next: true, ..Paragraph::default() }, above, &runs);
            above = 0.0;
        }
        let gap = if above > 0.0 { self.space_before(above) } else { 2.0 * unit };
        // What is anchored to a paragraph counts from its top, with the space above it in one program, without in another.
        self.space(gap, true);
        let keep_next = chart.source.is_some();
        let paragraph = Paragraph {
            style: "Picture",
            keep_next,
            indent: Some((x, 0.0, 0.0)),
            holds_drawings: true,
            ..Paragraph::default()
        };
        self.paragraph(paragraph, 0.0, &format!("{picture}{}", words.runs()));
        if let Some(text) = &chart.source {
            let runs = self.inlines(text, &Look { colour: area.ink.words, ..Look::default() }, Role::Text, area.ink);
            let indent = Some((x, 0.0, 0.0));
            self.paragraph(Paragraph { style: "Small", indent, ..Paragraph::default() }, unit, &runs);
        }
        self.after(5.0 * unit);
    }
}
