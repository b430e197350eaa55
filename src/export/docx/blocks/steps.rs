//! In: steps in order. Out: a row for each: a large numeral, its head and words beside it, a hairline above.

use crate::document::model::Step;
use crate::export::docx::elements::{self, Cell, Edge, Look, Paragraph};
use crate::export::docx::writer::{Area, Writer};
use crate::layout::fonts::Face as Role;

impl Writer<'_> {
    pub(super) fn steps(&mut self, start: u32, steps: &[Step], area: Area) {
        let unit = self.styles.unit;
        let (x, width) = self.span(area);
        let side = if area.page { self.grid.text_x } else { 12.0 * unit };
        let top = Some(Edge { colour: self.styles.colours.line, width: 0.75 });
        let mut rows = String::new();
        for (index, step) in steps.iter().enumerate() {
            let number = (u64::from(start) + index as u64).to_string();
            let numeral = self.inside(|writer| {
                let look = Look { colour: area.ink.words, made: true, ..Look::default() };
                let runs = writer.words(&number, &look, Role::Display);
                writer.paragraph(Paragraph { style: "StepNumber", ..Paragraph::default() }, 0.0, &runs);
            });
            let words = self.inside(|writer| {
                let look = Look { colour: area.ink.words, ..Look::default() };
                let runs = writer.inlines(&step.head, &look, Role::Display, area.ink);
                writer.paragraph(Paragraph { style: "CardHead", ..Paragraph::default() }, 0.0, &runs);
                let inside = Area { x: 0.0, width: width - side, page: false, ink: area.ink };
                writer.blocks(&step.blocks, inside);
            });
            let cell = |width: f32, above: f32| Cell {
                width,
                top,
                padding: Some([above, 0.0, 3.5 * unit, 0.0]),
                ..Cell::default()
            };
            let drop = (self.styles.figure.size - self.styles.h2.leading).max(0.0) * 0.75;
            let cells = format!(
                "{}{}",
                cell(side, 3.0 * unit).with(&numeral),
                cell(width - side, 3.0 * unit + drop).with(&words)
            );
            let torn = super::panel::tall(&step.blocks);
            rows.push_str(&if torn { elements::torn_row(&cells) } else { elements::row(&cells, false) });
        }
        let xml = elements::Table {
            style: "BrandPanel",
            indent: x,
            widths: &[side, width - side],
            description: None,
            right_to_left: self.mirrored(),
        }
        .with(&rows);
        self.table(&xml, 4.0 * unit);
        self.gap = 3.0 * unit;
    }
}
