//! In: moments in order. Out: cells side by side under a line where their words are short, else rows with the times in the
//! side columns.

use crate::document::model::{Moment, plain};
use crate::export::docx::advances::Advances;
use crate::export::docx::elements::{self, Cell, Edge, Look, Paragraph};
use crate::export::docx::writer::{Area, Writer};
use crate::layout::fonts::Face as Role;

/// More moments than these stand below each other.
const MOST_ACROSS: usize = 5;

impl Writer<'_> {
    pub(super) fn timeline(&mut self, moments: &[Moment], area: Area) {
        let unit = self.styles.unit;
        let (x, width) = self.span(area);
        let gutter = 5.0 * unit;
        let column = (width - gutter * moments.len().saturating_sub(1) as f32) / moments.len().max(1) as f32;
        let across = moments.len() <= MOST_ACROSS && moments.iter().all(|moment| self.is_short(moment, column));
        let xml =
            if across { self.across(moments, (x, column, gutter), area) } else { self.down(moments, (x, width), area) };
        self.table(&xml, 4.0 * unit);
        self.gap = 5.0 * unit;
    }

    /// True where the words stand in a column: when and what in two lines, the text in six.
    fn is_short(&self, moment: &Moment, column: f32) -> bool {
        let (head, small) = (&self.styles.h3, &self.styles.small);
        let (display, text) = (self.names.advances(Role::Display, head.weight), self.names.advances(Role::Text, 400));
        let fits = |words: &str, font: &Advances, size: f32, lines: f32| {
            let longest = words.split_whitespace().map(|word| font.width(word)).fold(0.0, f32::max) * size;
            longest <= column && font.width(words) * size <= column * lines * 0.85
        };
        fits(&plain(&moment.when), &display, head.size, 2.0)
            && fits(&plain(&moment.what), &display, head.size, 2.0)
            && moment.text.as_ref().is_none_or(|words| fits(&plain(words), &text, small.size, 6.0))
    }

    fn across(&mut self, moments: &[Moment], (x, column, gutter): (f32, f32, f32), area: Area) -> String {
        let unit = self.styles.unit;
        let colours = self.styles.colours;
        let (mut widths, mut cells) = (Vec::new(), String::new());
        for (index, moment) in moments.iter().enumerate() {
            let last = index + 1 == moments.len();
            let room = if last { 0.0 } else { gutter };
            let inner = self.inside(|writer| {
                let look = Look { colour: area.ink.words, ..Look::default() };
                // The line that all moments stand on is the lower border of the time.
                let colour = super::super::xml::hex(if last { colours.accent } else { colours.primary });
                let extra = format!(
                    "<w:pBdr><w:bottom w:val=\"single\" w:sz=\"12\" w:space=\"6\" w:color=\"{colour}\"/></w:pBdr>"
                );
                let runs = writer.inlines(&moment.when, &look, Role::Display, area.ink);
                writer.paragraph(Paragraph { style: "When", extra, ..Paragraph::default() }, 0.0, &runs);
                let runs = writer.inlines(&moment.what, &look, Role::Display, area.ink);
                let paragraph = Paragraph { style: "CalloutHead", ..Paragraph::default() };
                writer.paragraph(paragraph, 3.5 * unit, &runs);
                if let Some(text) = &moment.text {
                    let runs = writer.inlines(text, &look, Role::Text, area.ink);
                    writer.paragraph(Paragraph { style: "StatLabel", ..Paragraph::default() }, 0.5 * unit, &runs);
                }
            });
            let cell = Cell { width: column + room, padding: Some([0.0, room, 0.0, 0.0]), ..Cell::default() };
            widths.push(column + room);
            cells.push_str(&cell.with(&inner));
        }
        self.panel(x, &widths, &cells, false)
    }

    fn down(&mut self, moments: &[Moment], (x, width): (f32, f32), area: Area) -> String {
        let unit = self.styles.unit;
        let colours = self.styles.colours;
        let side = if area.page { self.grid.text_x - self.grid.gutter } else { (width * 0.3).min(96.0) };
        let pad = self.grid.gutter;
        let mut rows = String::new();
        for (index, moment) in moments.iter().enumerate() {
            let last = index + 1 == moments.len();
            let look = Look { colour: area.ink.words, ..Look::default() };
            let when = self.inside(|writer| {
                let runs = writer.inlines(&moment.when, &look, Role::Display, area.ink);
                writer.paragraph(Paragraph { style: "When", ..Paragraph::default() }, 0.0, &runs);
            });
            let words = self.inside(|writer| {
                let runs = writer.inlines(&moment.what, &look, Role::Display, area.ink);
                writer.paragraph(Paragraph { style: "CalloutHead", ..Paragraph::default() }, 0.0, &runs);
                if let Some(text) = &moment.text {
                    let runs = writer.inlines(text, &look, Role::Text, area.ink);
                    writer.paragraph(Paragraph { style: "Normal", ..Paragraph::default() }, 0.0, &runs);
                }
            });
            let below = if last { 0.0 } else { 4.0 * unit };
            let time = Cell { width: side, padding: Some([0.0, unit, below, 0.0]), ..Cell::default() };
            let colour = if last { colours.accent } else { colours.line };
            let body = Cell {
                width: width - side,
                start: Some(Edge { colour, width: 1.5 }),
                padding: Some([0.0, 0.0, below, pad]),
                ..Cell::default()
            };
            rows.push_str(&elements::row(&format!("{}{}", time.with(&when), body.with(&words)), false));
        }
        elements::Table {
            style: "BrandPanel",
            indent: x,
            widths: &[side, width - side],
            description: None,
            right_to_left: self.mirrored(),
        }
        .with(&rows)
    }
}
