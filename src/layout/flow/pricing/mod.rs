//! In: [`Prices`]. Out: strips over all columns: one figure, the lines grouped by billing, the totals, what stands below
//! them, options and the note.
//!
//! [`lines`] sets the tables, which go on over pages with sums carried; [`totals`] what is never torn.

mod lines;
mod totals;

pub(in crate::layout) use lines::holds;

use crate::document::model::{Align, Block, Text};
use crate::document::prices::{Headline, Prices};
use crate::layout::drawing::{Drawing, Owner};
use crate::layout::flow::{Area, Builder, Flow};
use crate::layout::lines::Lines;
use crate::layout::page::{Rect, TagId, TagKind};
use crate::layout::prices::RowStyle;
use crate::layout::section::Strip;
use crate::layout::text::Style;

impl Builder<'_> {
    /// Lays out a priced quote.
    pub(super) fn pricing(&mut self, flow: &mut Flow, prices: &Prices, block: &Block, area: Area) {
        let unit = self.look.unit;
        let span = if area.page { (0.0, self.grid.width) } else { (area.x, area.width) };
        let around = Around { block, parent: area.parent, span };
        let mut strips: Vec<(Vec<Strip>, f32)> = Vec::new();
        if !prices.headline.is_empty() {
            strips.push((vec![self.headline(&prices.headline, around)], 4.0 * unit));
        }
        if let Some(table) = &prices.lines {
            strips.push((self.price_lines(table, &prices.carrying, around), 6.0 * unit));
        }
        if let Some(totals) = &prices.totals {
            strips.push((vec![self.totals(totals, around)], 6.0 * unit));
        }
        if !prices.facts.is_empty() {
            // The value of the contract is read with the totals.
            let strip = Strip { keep: prices.totals.is_some(), ..self.facts(&prices.facts, around) };
            strips.push((vec![strip], 7.0 * unit));
        }
        if let Some((title, table)) = &prices.options {
            let style = self.look.h2.clone();
            strips.push((vec![Strip { need: 80.0, ..self.price_words(title, &style, span.1, around) }], 9.0 * unit));
            let mut made = self.price_lines(table, &prices.carrying, around);
            if let Some(first) = made.first_mut() {
                first.keep = true;
            }
            strips.push((made, 3.0 * unit));
        }
        for (index, paragraph) in prices.note.iter().enumerate() {
            let style = self.look.body.clone();
            let strip = self.price_words(paragraph, &style, self.grid.text_width.min(span.1), around);
            strips.push((vec![strip], if index == 0 { 7.0 * unit } else { 2.0 * unit }));
        }
        for (mut made, before) in strips {
            for strip in &mut made {
                strip.wide = area.page;
            }
            flow.append(made, before);
        }
        flow.after(6.0 * unit);
    }

    /// One figure, and a smaller one beside it on the same baseline.
    fn headline(&mut self, headline: &[Headline], around: Around<'_>) -> Strip {
        let unit = self.look.unit;
        let (_, width) = around.span;
        let big = self.look.figure.sized(self.look.figure.size * 1.5);
        let sizes = [
            (0.0, width * if headline.len() > 1 { 0.6 } else { 1.0 }, big.size),
            (0.66, width * 0.34, big.size * 0.55),
        ];
        let group = self.setter.tags.add(Some(around.parent), TagKind::Group);
        let mut set: Vec<(f32, f32, Lines)> = Vec::new();
        for (figure, (at, room, size)) in headline.iter().zip(sizes) {
            let lines = self.one_line(&figure.figure, &big.sized(size), room, around.block);
            set.push((at * width, room, lines));
        }
        let baseline = set.iter().map(|(.., lines)| lines.baseline).fold(0.0, f32::max) + 2.0 * unit;
        let mut drawing = Drawing::default();
        let accent = 9.0 * unit;
        let left = around.span.0;
        drawing.fill(Rect { x: left, y: 0.0, width: accent, height: 2.0 }, self.look.colours.accent);
        let mut bottom: f32 = 0.0;
        for (figure, (at, room, lines)) in headline.iter().zip(set) {
            let tag = self.setter.tags.add(Some(group), TagKind::Paragraph);
            let left = around.span.0 + at;
            let mut owner = Owner::of(tag).at(&around.block.place);
            drawing.lines(&mut self.setter.tags, &mut owner, &lines, left, baseline - lines.baseline);
            let mut y = baseline + 2.5 * unit;
            for label in &figure.label {
                let style = self.look.body.coloured(self.look.colours.muted);
                let tag = self.setter.tags.add(Some(group), TagKind::Paragraph);
                let lines = self.setter.shape(label, &style, &around.block.place).lines(room, Align::Start);
                let left = around.span.0 + at;
                let mut owner = Owner::of(tag).at(&around.block.place);
                y = drawing.lines(&mut self.setter.tags, &mut owner, &lines, left, y);
            }
            bottom = bottom.max(y);
        }
        Strip { height: bottom, need: 60.0, drawing, ..Strip::default() }
    }

    /// A figure in one line, smaller where it must be.
    fn one_line(&mut self, figure: &Text, style: &Style, room: f32, block: &Block) -> Lines {
        let width = self.setter.shape(figure, style, &block.place).widths().1;
        let size = if width > room { style.size * room / width * 0.99 } else { style.size };
        let style = style.sized(size);
        self.setter.shape(figure, &style, &block.place).lines(f32::MAX, Align::Start).flush()
    }

    /// Words in a strip.
    fn price_words(&mut self, words: &Text, style: &Style, width: f32, around: Around<'_>) -> Strip {
        let tag = self.setter.tags.add(Some(around.parent), TagKind::Paragraph);
        let lines = self.setter.shape(words, style, &around.block.place).lines(width, Align::Start);
        let left = around.span.0;
        let mut drawing = Drawing::default();
        let mut owner = Owner::of(tag).at(&around.block.place);
        let height = drawing.lines(&mut self.setter.tags, &mut owner, &lines, left, 0.0);
        Strip { height, drawing, ..Strip::default() }
    }

    /// How lines are set.
    fn row_style(&self) -> RowStyle {
        let body = self.look.body.sized(self.look.body.size - 0.5).led(1.32);
        let figures = Style { tabular: true, ..body.clone() };
        RowStyle { main: Style { strong: 700, ..body }, figures, detail: self.look.small.led(1.32) }
    }
}

/// Where prices stand.
#[derive(Clone, Copy)]
struct Around<'a> {
    block: &'a Block,
    parent: TagId,
    /// Left edge and width of all columns, pt.
    span: (f32, f32),
}
