//! In: figures and what they say. Out: cells side by side: a rule, the figure, the words below it.

use crate::document::model::{Stat, plain};
use crate::export::docx::elements::{Cell, Edge, Look, Paragraph};
use crate::export::docx::writer::{Area, Writer};
use crate::export::docx::xml::hex;
use crate::layout::fonts::Face as Role;

impl Writer<'_> {
    pub(super) fn stats(&mut self, stats: &[Stat], area: Area) {
        let unit = self.styles.unit;
        let (x, width) = self.span(area);
        let count = stats.len().max(1);
        let gutter = 6.0 * unit;
        let column = ((width - gutter * (count - 1) as f32) / count as f32).max(20.0);
        let size = self.figure_size(stats, column);
        let (mut widths, mut cells) = (Vec::new(), String::new());
        for (index, stat) in stats.iter().enumerate() {
            if index > 0 {
                widths.push(gutter);
                cells.push_str(&self.gutter(gutter));
            }
            let inner = self.inside(|writer| {
                writer.accent(column);
                let look = Look { colour: area.ink.words, ..Look::default() };
                let figure = if (size - writer.styles.figure.size).abs() < 0.1 {
                    look.clone()
                } else {
                    look.clone().sized(size)
                };
                let runs = writer.inlines(&stat.figure, &figure, Role::Display, area.ink);
                let leading = Some(writer.styles.figure.leading * size / writer.styles.figure.size);
                writer.paragraph(Paragraph { style: "StatFigure", leading, ..Paragraph::default() }, 0.0, &runs);
                let runs = writer.inlines(&stat.label, &look, Role::Text, area.ink);
                writer.paragraph(Paragraph { style: "StatLabel", ..Paragraph::default() }, unit, &runs);
            });
            let cell = Cell {
                width: column,
                top: Some(Edge { colour: self.styles.colours.line, width: 0.75 }),
                ..Cell::default()
            };
            widths.push(column);
            cells.push_str(&cell.with(&inner));
        }
        let xml = self.panel(x, &widths, &cells, false);
        self.table(&xml, 4.0 * unit);
        self.gap = 4.0 * unit;
    }

    /// A short bar in the accent at the top of a cell whose words have `room` pt: the ground of a line that is as low. A
    /// drawing in a line of its own height is clipped by some readers.
    pub(super) fn accent(&mut self, room: f32) {
        const HEIGHT: f32 = 2.0;
        let unit = self.styles.unit;
        let fill = hex(self.styles.colours.accent);
        let paragraph = Paragraph {
            style: "Space",
            leading: Some(HEIGHT),
            indent: Some((0.0, (room - 6.0 * unit).max(0.0), 0.0)),
            extra: format!("<w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"{fill}\"/>"),
            ..Paragraph::default()
        };
        self.paragraph(paragraph, 0.0, "");
        self.gap = 3.0 * unit - HEIGHT;
    }

    /// The figures of a row share one size: as large as the longest of them allows.
    pub(super) fn figure_size(&self, stats: &[Stat], column: f32) -> f32 {
        let style = &self.styles.figure;
        let font = self.names.advances(style.face, style.weight);
        let widest = stats.iter().map(|stat| font.width(&plain(&stat.figure))).fold(0.0, f32::max) * style.size;
        if widest > column { (style.size * column / widest * 0.97).max(self.styles.h2.size) } else { style.size }
    }
}
