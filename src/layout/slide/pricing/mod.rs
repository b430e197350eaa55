//! In: [`Prices`]. Out: rows of a slide: one figure as large as fits, the lines and, beside them, the sums.
//!
//! [`figures`] draws what the prices open with, [`tables`] the lines and sums.

mod figures;
mod tables;

use crate::diagnostic::Diagnostic;
use crate::document::model::{Block, Text};
use crate::document::prices::Prices;
use crate::layout::drawing::Drawing;
use crate::layout::page::{Rect, TagKind};
use crate::layout::slide::Slide;
use crate::layout::slide::body::Room;
use crate::layout::slide::rows::{Panel, Row};
use crate::layout::text::Style;

/// Space between the two, pt.
const GUTTER: f32 = 48.0;

/// How tables must be set to be taken; in all but the last, no word of an item is broken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sums {
    /// What is paid stands out by its size, and labels are whole.
    Large,
    /// Labels are whole.
    Whole,
    Any,
}

impl Slide<'_, '_> {
    /// Lays out a priced quote.
    pub(in crate::layout::slide) fn pricing(&mut self, prices: &Prices, block: &Block, room: Room) -> Vec<Row> {
        self.look(room.size);
        let mut rows = Vec::new();
        if !prices.headline.is_empty() {
            rows.push(self.price_figures(&prices.headline, block, room));
        }
        let start = self.builder.setter.tags.nodes.len();
        let beside =
            if prices.lines.is_some() && prices.totals.is_some() { self.beside(prices, block, room) } else { None };
        let body = match beside {
            Some(row) => vec![row],
            None => {
                self.builder.setter.tags.nodes.truncate(start);
                self.below(prices, block, room)
            }
        };
        for (index, mut row) in body.into_iter().enumerate() {
            if index == 0 && !rows.is_empty() {
                row.before = room.size * 1.2;
            }
            rows.push(row);
        }
        for note in &prices.note {
            let style = self.builder.look.small.clone();
            rows.push(self.price_words(note, &style, block, room));
        }
        rows
    }

    /// Lines at one side, sums at the other; `None` where they have no room.
    fn beside(&mut self, prices: &Prices, block: &Block, room: Room) -> Option<Row> {
        let start = self.builder.setter.tags.nodes.len();
        // The lines get most, as long as the sums are large and their labels whole.
        let tries = [
            (0.64, Sums::Large),
            (0.56, Sums::Large),
            (0.52, Sums::Large),
            (0.56, Sums::Whole),
            (0.5, Sums::Whole),
            (0.56, Sums::Any),
            (0.5, Sums::Any),
        ];
        tries.into_iter().find_map(|(share, sums)| {
            self.builder.setter.tags.nodes.truncate(start);
            self.shared(prices, block, room, (share, sums))
        })
    }

    fn shared(&mut self, prices: &Prices, block: &Block, room: Room, (share, least): (f32, Sums)) -> Option<Row> {
        let width = room.width - GUTTER;
        let (wide, narrow) = (width * share, width * (1.0 - share));
        let mut lines = self.price_table(prices.lines.as_ref()?, block, Room { width: wide, ..room }, least)?;
        let mut sums = self.price_totals(prices.totals.as_ref()?, block, Room { width: narrow, ..room }, least)?;
        sums.extend(self.price_facts(&prices.facts, block, Room { width: narrow, ..room }));
        lines.extend(self.price_options(prices, block, Room { width: wide, ..room })?);
        let panel = |at: f32, width: f32, rows| Panel { x: at, width, rows, ..Panel::default() };
        Some(Row::panels(vec![panel(0.0, wide, lines), panel(wide + GUTTER, narrow, sums)], room.size, f32::MAX))
    }

    /// Everything over the whole width.
    fn below(&mut self, prices: &Prices, block: &Block, room: Room) -> Vec<Row> {
        let lines =
            prices.lines.as_ref().map_or(Some(Vec::new()), |table| self.price_table(table, block, room, Sums::Any));
        let totals =
            prices.totals.as_ref().map_or(Some(Vec::new()), |totals| self.price_totals(totals, block, room, Sums::Any));
        let facts = self.price_facts(&prices.facts, block, room);
        let options = self.price_options(prices, block, room);
        let (Some(mut rows), Some(totals), Some(options)) = (lines, totals, options) else {
            let message = format!("the prices on slide `{}` have more columns than fit", self.section.id);
            let problem = Diagnostic::error("X007", message).at(block.place.clone());
            self.builder.setter.report(problem.help("name fewer in `columns`, such as `columns=none`"));
            return Vec::new();
        };
        for part in [totals, facts, options] {
            let first = rows.len();
            rows.extend(part);
            if let Some(row) = rows.get_mut(first).filter(|_| first > 0) {
                row.before = room.size;
            }
        }
        rows
    }

    fn price_words(&mut self, words: &Text, style: &Style, block: &Block, room: Room) -> Row {
        let tag = self.builder.setter.tags.add(Some(room.parent), TagKind::Paragraph);
        let mut drawing = Drawing::default();
        let rect = Rect { x: 0.0, y: 0.0, width: room.width, height: 0.0 };
        let bottom = self.words(&mut drawing, words, style, block, (tag, rect));
        Row::plain(drawing, bottom, room.size * 0.7)
    }
}
