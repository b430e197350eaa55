//! In: people. Out: rows of panels of one height: initials in a disc, name and role on common lines, words below.

use crate::document::model::{Block, BlockKind, Person, plain};
use crate::layout::drawing::Drawing;
use crate::layout::flow::rows_of;
use crate::layout::page::{Rect, TagKind};
use crate::layout::slide::Slide;
use crate::layout::slide::body::Room;
use crate::layout::slide::cards::GUTTER;
use crate::layout::slide::rows::{Panel, Row};

impl Slide<'_, '_> {
    /// Lays out people as panels.
    pub(super) fn team(&mut self, people: &[Person], room: Room) -> Vec<Row> {
        let mut rows = Vec::new();
        let mut rest = people;
        for (index, count) in rows_of(people.len()).iter().enumerate() {
            let (row, after) = rest.split_at((*count).min(rest.len()));
            rest = after;
            let width = (room.width - GUTTER * (count - 1) as f32) / *count as f32;
            let mut panels = Vec::new();
            for (index, person) in row.iter().enumerate() {
                let x = (width + GUTTER) * index as f32;
                panels.push(self.person(person, (x, width), room));
            }
            let tallest = panels.iter().map(|panel| panel.head_height).fold(0.0, f32::max);
            for panel in &mut panels {
                panel.head_height = tallest;
            }
            rows.push(Row::panels(panels, if index == 0 { 0.0 } else { GUTTER }, f32::MAX));
        }
        rows
    }

    fn person(&mut self, person: &Person, (x, width): (f32, f32), room: Room) -> Panel {
        self.look(room.size);
        let padding = room.size * 0.9;
        let radius = room.size * 1.5;
        let inner = (width - 2.0 * padding).max(40.0);
        let parent = self.builder.setter.tags.add(Some(room.parent), TagKind::Group);
        let name = self.builder.look.h2.sized((room.size * 1.15).max(self.minimum()));
        let role = self.builder.look.body.sized((room.size * 0.85).max(self.minimum())).coloured(self.paint.quiet);
        let mut head = Drawing::default();
        let at = (radius, radius);
        self.builder.disc(&mut head, &plain(&person.name), at, radius, (self.paint.title, self.paint.ground));
        let mut y = 2.0 * radius + room.size * 0.6;
        let kinds = [(&person.name, name, TagKind::Heading(person.level)), (&person.role, role, TagKind::Paragraph)];
        for (text, style, kind) in kinds {
            let tag = self.builder.setter.tags.add(Some(parent), kind);
            let words = Block { kind: BlockKind::Paragraph(text.clone()), place: person.place.clone() };
            let rect = Rect { x: 0.0, y, width: inner, height: 0.0 };
            y = self.words(&mut head, text, &style, &words, (tag, rect));
        }
        let words = Room { width: inner, size: (room.size * 0.85).max(self.minimum()), parent, panel: true };
        let rows = self.rows(&person.blocks, words);
        let below = if rows.is_empty() { 0.0 } else { room.size * 0.5 };
        let radius = self.builder.setter.cx.brand.spacing.radius;
        let ground = Some(self.paint.plate);
        Panel { x, width, padding, ground, radius, head, head_height: y + below, rows, ..Panel::default() }
    }
}
