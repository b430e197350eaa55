//! In: figures and what they say. Out: cells side by side: a rule, the figure, the words below it.

use crate::document::model::{Stat, plain};
use crate::export::docx::drawing::{Base, Frame, shapes};
use crate::export::docx::elements::{Cell, Edge, Look, Paragraph};
use crate::export::docx::writer::{Area, Writer};
use crate::layout::drawing::rectangle;
use crate::layout::fonts::Face as Role;
use crate::layout::page::{Path, Rect};

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
                writer.accent();
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

    /// A short bar in the accent at the top of a cell.
    pub(super) fn accent(&mut self) {
        let unit = self.styles.unit;
        let rect = Rect { x: 0.0, y: 0.0, width: 6.0 * unit, height: 2.0 };
        let path = Path { segments: rectangle(rect, 0.0), fill: Some(self.styles.colours.accent), stroke: None };
        let frame = Frame { base: Base::Line, rect, id: self.id(), description: "", behind: false };
        let bar = shapes(&frame, &[&path]);
        self.paragraph(Paragraph { style: "Space", leading: Some(2.0), ..Paragraph::default() }, 0.0, &bar);
        self.gap = 3.0 * unit - 2.0;
    }

    /// The figures of a row share one size: as large as the longest of them allows.
    pub(super) fn figure_size(&self, stats: &[Stat], column: f32) -> f32 {
        let style = &self.styles.figure;
        let font = self.names.advances(style.face, style.weight);
        let widest = stats.iter().map(|stat| font.width(&plain(&stat.figure))).fold(0.0, f32::max) * style.size;
        if widest > column { (style.size * column / widest * 0.97).max(self.styles.h2.size) } else { style.size }
    }
}
