//! In: cards. Out: rows of two or three panels of one height, their heads and their words on common lines.

use crate::document::model::{Align, Card};
use crate::layout::drawing::{Drawing, Owner};
use crate::layout::flow::panel::on_ground;
use crate::layout::flow::{Area, Builder, Flow, height, join};
use crate::layout::page::{Rect, TagKind};
use crate::layout::section::Strip;

/// How many stand in each row, so that every row is full.
pub(crate) fn rows_of(count: usize) -> &'static [usize] {
    match count {
        0 => &[],
        1 => &[1],
        2 => &[2],
        3 => &[3],
        4 => &[2, 2],
        5 => &[3, 2],
        _ => &[3, 3],
    }
}

/// Head and words of a card.
struct Set {
    head: Vec<Strip>,
    words: Vec<Strip>,
}

impl Builder<'_> {
    /// Lays out cards over the width at hand.
    pub(super) fn cards(&mut self, flow: &mut Flow, cards: &[Card], area: Area) {
        let gutter = 4.0 * self.look.unit;
        let span = if area.page { (0.0, self.grid.width) } else { (area.x, area.width) };
        let mut rest = cards;
        for count in rows_of(cards.len()) {
            let (row, after) = rest.split_at((*count).min(rest.len()));
            rest = after;
            let start = self.setter.tags.nodes.len();
            let strips = self.card_row(row, span, gutter, area).unwrap_or_else(|| {
                self.setter.tags.nodes.truncate(start);
                row.iter().flat_map(|card| self.long_card(card, span, gutter, area)).collect()
            });
            let wide = strips.into_iter().map(|strip| Strip { wide: area.page, ..strip }).collect();
            flow.append(wide, gutter);
        }
        flow.after(5.0 * self.look.unit);
    }

    /// A row of cards; none where they are too tall to stand side by side.
    fn card_row(&mut self, row: &[Card], span: (f32, f32), gutter: f32, area: Area) -> Option<Vec<Strip>> {
        let padding = 4.5 * self.look.unit;
        let count = row.len().max(1) as f32;
        let column = (span.1 - gutter * (count - 1.0)) / count;
        let inner = column - 2.0 * padding;
        let place = |index: usize| (column + gutter) * index as f32;
        let mut sets = Vec::new();
        for (index, card) in row.iter().enumerate() {
            let x = span.0 + place(index);
            sets.push((x, self.card(card, (x + padding, inner.max(20.0)), area)));
        }
        let tall = |of: fn(&Set) -> &[Strip]| sets.iter().map(|(_, set)| height(of(set))).fold(0.0, f32::max);
        let (heads, words) = (tall(|set| &set.head), tall(|set| &set.words));
        let whole = 2.0 * padding + heads + 1.5 * self.look.unit + words;
        if inner < 40.0 || whole > self.grid.height * 0.7 {
            return None;
        }
        let mut drawing = Drawing::default();
        let mut strip = Strip { height: whole, ..Strip::default() };
        for (x, set) in sets {
            let ground = Rect { x, y: 0.0, width: column, height: whole };
            drawing.fill_round(ground, self.setter.cx.brand.spacing.radius, self.look.colours.tint);
            for (strips, y) in [(set.head, padding), (set.words, padding + heads + 1.5 * self.look.unit)] {
                let joined = join(strips);
                drawing.add(joined.drawing, 0.0, y);
                strip.marks.extend(joined.marks.into_iter().map(|mark| mark.moved(y)));
            }
        }
        Some(vec![Strip { drawing, ..strip }])
    }

    /// A card over the whole width, which a page's end may tear.
    fn long_card(&mut self, card: &Card, span: (f32, f32), gutter: f32, area: Area) -> Vec<Strip> {
        let padding = 4.5 * self.look.unit;
        let set = self.card(card, (span.0 + padding, (span.1 - 2.0 * padding).max(20.0)), area);
        let mut strips = set.head;
        for (index, mut strip) in set.words.into_iter().enumerate() {
            strip.keep |= index == 0;
            strip.before += if index == 0 { 1.5 * self.look.unit } else { 0.0 };
            strips.push(strip);
        }
        let tint = self.look.colours.tint;
        let mut strips = on_ground(strips, span, padding, &|drawing: &mut Drawing, ground: Rect| {
            drawing.fill(ground, tint);
        });
        if let Some(first) = strips.first_mut() {
            first.before = gutter;
        }
        strips
    }

    fn card(&mut self, card: &Card, (x, width): (f32, f32), area: Area) -> Set {
        let parent = self.setter.tags.add(Some(area.parent), TagKind::Group);
        let tag = self.setter.tags.add(Some(parent), TagKind::Heading(card.level));
        let (mut head, mut words) = (Flow::default(), Flow::default());
        let style = self.look.h2.clone();
        let lines = self.setter.shape(&card.head, &style, &card.place).balanced(width, Align::Start);
        self.push_lines(&mut head, &lines, x, &mut Owner::of(tag).at(&card.place), 0.0);
        self.blocks(&mut words, &card.blocks, Area { x, width, page: false, parent });
        Set { head: head.finish(), words: words.finish() }
    }
}
