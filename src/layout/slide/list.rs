//! In: a list. Out: a row for each item: numerals or marks hanging at the side, hairlines between; items that open with
//! strong words become two columns.

use crate::document::model::{Block, BlockKind, Inline, SectionLayout};
use crate::layout::drawing::{Drawing, Owner};
use crate::layout::flow::{Area, Flow, join};
use crate::layout::motif;
use crate::layout::page::{Rect, TagId, TagKind};
use crate::layout::slide::Slide;
use crate::layout::slide::body::Room;
use crate::layout::slide::rows::{Back, Row};
use crate::layout::slide::title::few_or_many;
use crate::layout::text::Style;
use crate::library::brand::{Brand, Colour};

/// How the items of a list begin.
#[derive(Clone, Copy)]
enum Lead {
    /// A numeral.
    Number(u32),
    /// The brand's mark.
    Mark,
    /// Strong words in a column of their own, of this width, pt.
    Head(f32),
}

impl Slide<'_, '_> {
    /// Lays out a list; numbered where it has a `start`.
    pub(super) fn list(&mut self, start: Option<u32>, items: &[Vec<Block>], room: Room) -> Vec<Row> {
        self.look(room.size);
        let list = self.builder.setter.tags.add(Some(room.parent), TagKind::List { ordered: start.is_some() });
        let headed = start.is_none() && !room.panel && items.iter().all(|item| opens_with_strong(item));
        let count = items.len();
        let mut rows = Vec::with_capacity(count);
        for (index, item) in items.iter().enumerate() {
            let lead = match start {
                Some(start) => Lead::Number(start.saturating_add(u32::try_from(index).unwrap_or(u32::MAX))),
                None if headed => Lead::Head(room.width * 0.31),
                None => Lead::Mark,
            };
            let mut row = self.item(item, lead, Room { parent: list, ..room });
            let thickness = if index == 0 && !room.panel { 1.5 } else { 0.75 };
            let colour = if index == 0 && !room.panel { self.paint.title } else { self.paint.line };
            if index > 0 || !room.panel {
                row.back.push(Back::Above { x: 0.0, width: room.width, colour, thickness });
            }
            rows.push(row);
        }
        rows
    }

    fn item(&mut self, item: &[Block], lead: Lead, room: Room) -> Row {
        let tags = &mut self.builder.setter.tags;
        let node = tags.add(Some(room.parent), TagKind::ListItem);
        let label = match lead {
            Lead::Number(_) => Some(tags.generated(Some(node), TagKind::Label)),
            Lead::Mark | Lead::Head(_) => None,
        };
        let body = tags.add(Some(node), TagKind::ListBody);
        let padding = room.size * if room.panel { 0.4 } else { 0.55 };
        let style = self.builder.look.body.clone();
        let mut drawing = Drawing::default();
        let indent = match lead {
            Lead::Number(number) => self.numeral(&mut drawing, number, label, &style, room, padding),
            Lead::Mark => {
                let x_height = style.size * 0.26;
                let baseline = self.builder.setter.line("x", &style).baseline;
                let brand = self.builder.setter.cx.brand;
                mark(
                    &mut drawing,
                    brand,
                    (room.size * 0.75, padding + baseline - x_height),
                    room.size,
                    self.paint.accent,
                );
                room.size * 1.25
            }
            Lead::Head(_) => 0.0,
        };
        let inside = Room { parent: body, ..room };
        let bottom = match (lead, item.split_first()) {
            (Lead::Head(column), Some((first, rest))) => {
                let y = self.headed(&mut drawing, first, column, &style, inside, padding);
                self.rest(&mut drawing, rest, (column, y), inside)
            }
            _ => self.rest(&mut drawing, item, (indent, padding), inside),
        };
        let bottom = bottom.max(padding + style.leading);
        // The points of an agenda share the height of the slide, however few they are.
        let most = match (room.panel, self.section.layout) {
            (true, _) => room.size * 0.9,
            (false, Some(SectionLayout::Agenda)) => f32::MAX,
            (false, _) => room.size * 3.2,
        };
        Row { height: bottom + padding, most, parts: vec![(drawing, 0.5)], ..Row::default() }
    }

    /// Draws the numeral so that it stands on the first line; gives the words' indent.
    fn numeral(
        &mut self,
        drawing: &mut Drawing,
        number: u32,
        label: Option<TagId>,
        style: &Style,
        room: Room,
        padding: f32,
    ) -> f32 {
        let big = if room.panel { 1.1 } else { 1.5 };
        let style_of = Style { tabular: true, ..self.builder.look.number.sized(room.size * big) };
        let style_of = style_of.coloured(self.paint.accent_words);
        let baseline = padding + self.builder.setter.line("x", style).baseline;
        let lines = self.builder.setter.line(&number.to_string(), &style_of);
        if let (Some(line), Some(label)) = (lines.lines.first(), label) {
            let tags = &mut self.builder.setter.tags;
            drawing.line(tags, &mut Owner::of(label), &lines, line, 0.0, baseline);
        }
        (room.size * big * 1.7).max(lines.width + room.size * 0.6)
    }

    /// The strong words at the left, what they open at the right, on one baseline.
    fn headed(
        &mut self,
        drawing: &mut Drawing,
        first: &Block,
        column: f32,
        style: &Style,
        room: Room,
        padding: f32,
    ) -> f32 {
        let BlockKind::Paragraph(text) = &first.kind else { return padding };
        let tag = self.builder.setter.tags.add(Some(room.parent), TagKind::Paragraph);
        let (head, words) = split_head(text);
        let head_style =
            Style { colour: self.paint.title, strong: 700, ..self.builder.look.h3.sized(room.size * 1.05) };
        let setter = &mut self.builder.setter;
        let mut owner = Owner::of(tag).at(&first.place);
        let head = few_or_many(&mut setter.shape(&head, &head_style, &first.place), &head, column - room.size);
        let words = few_or_many(&mut setter.shape(&words, style, &first.place), &words, room.width - column);
        let baseline = head.baseline.max(words.baseline);
        let top = padding + baseline - head.baseline;
        let end = drawing.lines(&mut setter.tags, &mut owner, &head, 0.0, top);
        let top = padding + baseline - words.baseline;
        // Links count from the text's start; those of the second part are not those of the first.
        let mut owner = Owner::of(tag).at(&first.place);
        drawing.lines(&mut setter.tags, &mut owner, &words, column, top).max(end)
    }

    /// The item's blocks at `x`, from `y` down; gives the bottom.
    pub(super) fn rest(&mut self, drawing: &mut Drawing, blocks: &[Block], (x, y): (f32, f32), room: Room) -> f32 {
        let (mut y, mut blocks) = (y, blocks);
        if let Some((first, BlockKind::Paragraph(text))) = blocks.first().map(|first| (first, &first.kind)) {
            self.look(room.size);
            let style = self.builder.look.body.clone();
            let tag = self.builder.setter.tags.add(Some(room.parent), TagKind::Paragraph);
            let rect = Rect { x, y, width: (room.width - x).max(20.0), height: 0.0 };
            y = self.words(drawing, text, &style, first, (tag, rect));
            blocks = &blocks[1..];
        }
        if blocks.is_empty() {
            return y;
        }
        self.look(room.size);
        let mut flow = Flow::default();
        let area = Area { x: 0.0, width: (room.width - x).max(20.0), page: false, parent: room.parent };
        self.builder.blocks(&mut flow, blocks, area);
        let strip = join(flow.finish());
        drawing.add(strip.drawing, x, y);
        y + strip.height
    }
}

fn opens_with_strong(item: &[Block]) -> bool {
    let Some(BlockKind::Paragraph(text)) = item.first().map(|block| &block.kind) else { return false };
    matches!(text.first(), Some(Inline::Strong(_))) && text.len() > 1
}

/// The opening strong words with the blank after them, and the rest.
fn split_head(text: &[Inline]) -> (Vec<Inline>, Vec<Inline>) {
    let mut head: Vec<Inline> = text.iter().take(1).cloned().collect();
    let mut rest: Vec<Inline> = text.iter().skip(1).cloned().collect();
    if let Some(Inline::Text { text, value }) = rest.first_mut() {
        let trimmed = text.trim_start();
        let blank = text[..text.len() - trimmed.len()].to_string();
        let trimmed = trimmed.to_string();
        if !blank.is_empty() {
            head.push(Inline::Text { text: blank, value: *value });
        }
        *text = trimmed;
    }
    (head, rest)
}

/// Draws the brand's mark in small, its right end at (`x`, `y`).
pub(super) fn mark(drawing: &mut Drawing, brand: &Brand, (x, y): (f32, f32), size: f32, colour: Colour) {
    let (length, spread) = (size * 0.72, size * 0.21);
    let area = Rect { x: x - length, y: y - spread, width: length, height: 2.0 * spread };
    motif::mark(drawing, brand, area, colour, (size * 0.075).clamp(1.2, 3.0));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::model::plain;
    use crate::layout::testing::text;

    #[test]
    fn the_head_keeps_the_blank_after_it() {
        let words = vec![Inline::Strong(text("Downtime:")), text(" worn parts").remove(0)];
        let (head, rest) = split_head(&words);
        assert_eq!((plain(&head).as_str(), plain(&rest).as_str()), ("Downtime: ", "worn parts"));
    }
}
