//! In: a list. Out: paragraphs with Word's own bullets and numbers.

use crate::document::model::{Block, BlockKind, plain};
use crate::export::docx::elements::{Look, Paragraph};
use crate::export::docx::numbering;
use crate::export::docx::writer::{Area, Writer};
use crate::layout::fonts::Face as Role;

/// Deeper lists are set like the deepest.
const DEEPEST: u32 = 8;

impl Writer<'_> {
    pub(super) fn list(&mut self, start: Option<u32>, items: &[Vec<Block>], level: u32, area: Area) {
        let unit = self.styles.unit;
        let level = level.min(DEEPEST);
        let number = match start {
            Some(start) => {
                self.lists.push(start);
                numbering::FIRST_LIST + self.lists.len() as u32 - 1
            }
            None => numbering::BULLETS,
        };
        let style = if start.is_some() { "ListNumber" } else { "ListBullet" };
        let step = if start.is_some() { 4.5 * unit } else { 4.0 * unit };
        let x = if area.page { area.x } else { area.x.min(0.0) } + list_indent(level, unit);
        let loose = items.iter().any(|item| item.len() > 1 && !matches!(item[1].kind, BlockKind::List { .. }));
        for (index, item) in items.iter().enumerate() {
            let between = if index == 0 || loose { 1.5 * unit } else { unit };
            let mut blocks = item.as_slice();
            let first = match item.first().map(|block| &block.kind) {
                Some(BlockKind::Paragraph(text)) => {
                    blocks = &item[1..];
                    text.as_slice()
                }
                _ => &[],
            };
            let look = Look { colour: area.ink.words, ..Look::default() };
            let runs = self.inlines(first, &look, Role::Text, area.ink);
            let paragraph = Paragraph {
                style,
                indent: Some((x + step, 0.0, -step)),
                extra: numbering::reference(number, level),
                ..Paragraph::default()
            };
            if index > 0 {
                self.gap = 0.0;
            }
            let body = self.styles.body.clone();
            self.pass_side(&plain(first), &body, area.width - step, between);
            self.paragraph(paragraph, between, &runs);
            for block in blocks {
                match &block.kind {
                    BlockKind::List { start, items } => self.list(*start, items, level + 1, area),
                    BlockKind::Paragraph(text) => {
                        let runs = self.inlines(text, &look, Role::Text, area.ink);
                        let indent = Some((x + step, 0.0, 0.0));
                        self.paragraph(Paragraph { style: "Normal", indent, ..Paragraph::default() }, unit, &runs);
                    }
                    _ => {
                        let inside = Area { x: x + step, width: area.width - (x + step - area.x), page: false, ..area };
                        self.blocks(std::slice::from_ref(block), inside);
                    }
                }
            }
        }
        self.after(2.5 * unit);
    }
}

fn list_indent(level: u32, unit: f32) -> f32 {
    level as f32 * 4.25 * unit
}
