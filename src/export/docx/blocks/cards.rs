//! In: cards and people. Out: rows of cells: panels of one height, or people under hairlines with their initials.

use crate::document::model::{Card, Person, plain};
use crate::export::docx::drawing::{Base, Frame, shapes};
use crate::export::docx::elements::{self, Cell, Edge, Look, Paragraph};
use crate::export::docx::outlines;
use crate::export::docx::writer::{Area, Writer};
use crate::layout::alone;
use crate::layout::fonts::Face as Role;
use crate::layout::page::Rect;
use crate::layout::rows_of;
use crate::library::brand::Colour;

impl Writer<'_> {
    pub(super) fn cards(&mut self, cards: &[Card], area: Area) {
        let unit = self.styles.unit;
        let gutter = 4.0 * unit;
        let padding = 4.5 * unit;
        let (x, width) = self.span(area);
        let mut rest = cards;
        for count in rows_of(cards.len()) {
            let (row, after) = rest.split_at((*count).min(rest.len()));
            rest = after;
            let column = (width - gutter * (count - 1) as f32) / *count as f32;
            let (mut widths, mut cells) = (Vec::new(), String::new());
            for (index, card) in row.iter().enumerate() {
                if index > 0 {
                    widths.push(gutter);
                    cells.push_str(&self.gutter(gutter));
                }
                let inside = Area { x: 0.0, width: column - 2.0 * padding, page: false, ink: Default::default() };
                let inner = self.inside(|writer| {
                    let runs = writer.inlines(&card.head, &Look::default(), Role::Display, inside.ink);
                    writer.card_head(card.level, &runs);
                    writer.after(1.5 * unit);
                    writer.blocks(&card.blocks, inside);
                });
                let cell = Cell {
                    width: column,
                    fill: Some(self.styles.colours.tint),
                    padding: Some([padding, padding, padding, padding]),
                    ..Cell::default()
                };
                widths.push(column);
                cells.push_str(&cell.with(&inner));
            }
            let torn = row.iter().any(|card| super::panel::tall(&card.blocks));
            let xml = self.panel(x, &widths, &cells, torn);
            self.table(&xml, gutter);
            self.gap = 0.0;
        }
        self.after(5.0 * unit);
    }

    /// A head within a cell that has its level among the document's heads.
    fn card_head(&mut self, level: u8, runs: &str) {
        let extra = format!("<w:outlineLvl w:val=\"{}\"/>", level.saturating_sub(1).min(8));
        self.paragraph(Paragraph { style: "CardHead", extra, ..Paragraph::default() }, 0.0, runs);
    }

    pub(super) fn team(&mut self, people: &[Person], area: Area) {
        let unit = self.styles.unit;
        let gutter = 6.0 * unit;
        let (x, width) = self.span(area);
        let rows = rows_of(people.len());
        let columns = rows.iter().copied().max().unwrap_or(1);
        let column = (width - gutter * (columns - 1) as f32) / columns as f32;
        let mut rest = people;
        for count in rows {
            let (row, after) = rest.split_at((*count).min(rest.len()));
            rest = after;
            let (mut widths, mut cells) = (Vec::new(), String::new());
            for (index, person) in row.iter().enumerate() {
                if index > 0 {
                    widths.push(gutter);
                    cells.push_str(&self.gutter(gutter));
                }
                let inner = self.person(person, column, area);
                let cell = Cell {
                    width: column,
                    top: Some(Edge { colour: self.styles.colours.line, width: 0.75 }),
                    padding: Some([4.0 * unit, 0.0, 0.0, 0.0]),
                    ..Cell::default()
                };
                widths.push(column);
                cells.push_str(&cell.with(&inner));
            }
            let xml = elements::Table {
                style: "BrandPanel",
                indent: x,
                widths: &widths,
                description: None,
                right_to_left: self.mirrored(),
            }
            .with(&elements::row(&cells, false));
            self.table(&xml, 6.0 * unit);
            self.gap = 0.0;
        }
        self.after(5.0 * unit);
    }

    fn person(&mut self, person: &Person, width: f32, area: Area) -> String {
        let unit = self.styles.unit;
        let colours = self.styles.colours;
        self.inside(|writer| {
            let disc = writer.disc(&plain(&person.name), 5.5 * unit, (colours.primary, colours.paper));
            let leading = Some(11.0 * unit + 1.0);
            writer.paragraph(Paragraph { style: "Normal", leading, ..Paragraph::default() }, 0.0, &disc);
            let runs = writer.inlines(&person.name, &Look::default(), Role::Display, area.ink);
            writer.after(3.0 * unit);
            writer.card_head(person.level, &runs);
            let runs = writer.inlines(&person.role, &Look::default(), Role::Text, area.ink);
            writer.paragraph(Paragraph { style: "Small", ..Paragraph::default() }, 0.0, &runs);
            writer.after(1.5 * unit);
            writer.blocks(&person.blocks, Area { x: 0.0, width, page: false, ink: area.ink });
        })
    }

    /// Initials in a disc, within a line: decoration beside the name.
    pub(super) fn disc(&mut self, name: &str, radius: f32, colours: (Colour, Colour)) -> String {
        let drawn = match alone::disc(name, radius, colours, self.cx) {
            Ok(drawn) => drawn,
            Err(problems) => {
                self.problems.0.extend(problems.0);
                return String::new();
            }
        };
        let fonts: Vec<_> = self.cx.fonts.faces().cloned().collect();
        let paths: Vec<_> = drawn.items.iter().flat_map(|item| outlines::paths(item, &fonts)).collect();
        let rect = Rect { x: 0.0, y: 0.0, width: drawn.width, height: drawn.height };
        let frame = Frame { base: Base::Line, rect, id: self.id(), description: "", behind: false };
        shapes(&frame, &paths.iter().collect::<Vec<_>>())
    }
}
