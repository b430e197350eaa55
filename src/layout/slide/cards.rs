//! In: cards. Out: rows of two or three panels of one height that fill the slide.

use crate::document::model::{Block, BlockKind, Card};
use crate::layout::flow::rows_of;
use crate::layout::page::TagKind;
use crate::layout::slide::Slide;
use crate::layout::slide::body::Room;
use crate::layout::slide::rows::Row;

/// Space between cards, pt.
pub(super) const GUTTER: f32 = 20.0;

impl Slide<'_, '_> {
    /// Lays out cards; the heads of a row stand on one line, so do the words below them.
    pub(super) fn cards(&mut self, cards: &[Card], room: Room) -> Vec<Row> {
        let mut rows = Vec::new();
        let mut rest = cards;
        for (index, count) in rows_of(cards.len()).iter().enumerate() {
            let (row, after) = rest.split_at((*count).min(rest.len()));
            rest = after;
            let width = (room.width - GUTTER * (count - 1) as f32) / *count as f32;
            let mut panels = Vec::new();
            for (index, card) in row.iter().enumerate() {
                let x = (width + GUTTER) * index as f32;
                let parent = self.builder.setter.tags.add(Some(room.parent), TagKind::Group);
                let head = BlockKind::Heading { level: card.level, text: card.head.clone() };
                let mut blocks = vec![Block { kind: head, place: card.place.clone() }];
                blocks.extend(card.blocks.iter().cloned());
                let mut panel = self.panel(&blocks, (x, width), Room { parent, ..room }, false);
                panel.sinks = cards.len() < 4;
                panels.push(panel);
            }
            let tallest = panels.iter().map(|panel| panel.head_height).fold(0.0, f32::max);
            for panel in &mut panels {
                panel.head_height = tallest;
            }
            rows.push(Row::panels(panels, if index == 0 { 0.0 } else { GUTTER }, f32::MAX));
        }
        rows
    }
}
