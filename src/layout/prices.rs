//! In: the cells of a quote's tables, styles and a width. Out: [`Columns`] in which figures stand under each other on
//! their decimal mark, and drawn rows. Proposals and slides share it.

use crate::document::model::{Align, Block, Text};
use crate::document::prices::{PriceCell, PriceEntry};
use crate::layout::drawing::{Drawing, Owner};
use crate::layout::lines::Lines;
use crate::layout::page::{TagId, TagKind};
use crate::layout::setter::Setter;
use crate::layout::text::Style;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Holds {
    Words,
    Amounts,
    /// Figures with a unit, which may be many words.
    Quantities,
}

/// A column: where it starts, counted from the side on which lines begin, and how wide it is, pt.
#[derive(Debug, Clone)]
struct Column {
    at: f32,
    width: f32,
    holds: Holds,
    /// The longest part of a figure after its whole number, pt, for each size of figures.
    tails: Vec<(f32, f32)>,
}

/// The columns of a table of prices.
#[derive(Debug, Clone)]
pub(super) struct Columns {
    columns: Vec<Column>,
    /// Left edge and width of the whole table, pt.
    span: (f32, f32),
}

/// How rows are set.
#[derive(Debug, Clone)]
pub(super) struct RowStyle {
    pub main: Style,
    pub figures: Style,
    pub detail: Style,
}

/// What a row is tagged as, and where it stands in the source.
#[derive(Clone, Copy)]
pub(super) struct RowOwner<'a> {
    pub row: TagId,
    pub block: &'a Block,
}

/// A table to be measured: what each column holds and its head; the rows with their styles.
pub(super) struct Sheet<'a> {
    pub holds: Vec<Holds>,
    pub heads: Vec<&'a Text>,
    pub head_style: &'a Style,
    pub rows: Vec<(Vec<&'a [PriceEntry]>, &'a RowStyle)>,
    /// The least width of the first column, pt.
    pub names: f32,
}

/// Of the width, so much at least is left to the names of items.
pub(super) const NAMES: f32 = 0.15;

/// The width of the longest of these words in one line, pt.
pub(super) fn longest(setter: &mut Setter<'_>, words: &[[PriceEntry; 1]], style: &Style, block: &Block) -> f32 {
    let widths = words.iter().flatten().map(|entry| setter.shape(&entry.text, style, &block.place).widths().1);
    widths.fold(0.0, f32::max)
}

impl Sheet<'_> {
    /// Gives figures what they need and the first column the rest; `None` where that is too little.
    pub fn columns(&self, setter: &mut Setter<'_>, span: (f32, f32), gutter: f32, block: &Block) -> Option<Columns> {
        let mut columns: Vec<Column> = Vec::new();
        for (index, holds) in self.holds.iter().enumerate() {
            let mut column = Column { at: 0.0, width: 0.0, holds: *holds, tails: Vec::new() };
            if index > 0 {
                self.measure(setter, index, &mut column, span.1, block);
            }
            columns.push(column);
        }
        let gutters = gutter * columns.len().saturating_sub(1) as f32;
        let others: f32 = columns.iter().map(|column| column.width).sum();
        let names = span.1 - gutters - others;
        if names < self.names.max(1.0) {
            return None;
        }
        if let Some(first) = columns.first_mut() {
            first.width = names;
        }
        let mut at = 0.0;
        for column in &mut columns {
            column.at = at;
            at += column.width + gutter;
        }
        Some(Columns { columns, span })
    }

    fn measure(&self, setter: &mut Setter<'_>, index: usize, column: &mut Column, width: f32, block: &Block) {
        let (mut figures, mut words): (f32, f32) = (0.0, 0.0);
        let mut seen: Vec<(f32, f32, f32)> = Vec::new();
        for (cells, style) in &self.rows {
            for entry in cells.get(index).copied().unwrap_or_default() {
                let style = style.of(entry, column.holds);
                let (least, most) = setter.shape(&entry.text, style, &block.place).widths();
                if column.holds == Holds::Words {
                    words = words.max(most.min(width * 0.2)).max(least);
                } else {
                    let tail = tail(setter, entry, style);
                    column.keep_tail(style.size, tail);
                    seen.push((style.size, most, tail));
                }
            }
        }
        for (size, whole, tail) in seen {
            figures = figures.max(whole + column.tail(size) - tail);
        }
        if column.holds == Holds::Quantities {
            // A unit of many words does not take the room of the names.
            figures = figures.min(width * 0.22);
        }
        let head = self.heads.get(index).map(|head| setter.shape(head, self.head_style, &block.place).widths());
        let (least, most) = head.unwrap_or((0.0, 0.0));
        column.width = figures.max(words).max(least).max(most.min(width * 0.11));
    }
}

impl Column {
    /// The longest tail of figures of this size.
    fn tail(&self, size: f32) -> f32 {
        self.tails.iter().find(|(known, _)| *known == size).map_or(0.0, |(_, tail)| *tail)
    }

    fn keep_tail(&mut self, size: f32, tail: f32) {
        match self.tails.iter_mut().find(|(known, _)| *known == size) {
            Some((_, longest)) => *longest = longest.max(tail),
            None => self.tails.push((size, tail)),
        }
    }
}

impl RowStyle {
    fn of(&self, entry: &PriceEntry, holds: Holds) -> &Style {
        match (entry.detail, holds) {
            (true, _) => &self.detail,
            (false, Holds::Words) => &self.main,
            (false, _) => &self.figures,
        }
    }
}

/// How far a figure reaches beyond its whole number, pt. Where words run to the left, what follows a figure stands at its
/// left, and only its fraction at its right.
fn tail(setter: &mut Setter<'_>, entry: &PriceEntry, style: &Style) -> f32 {
    let right_to_left = setter.cx.meta.right_to_left;
    let mut words = entry.fraction.clone();
    if !right_to_left {
        words.push_str(&entry.after);
    }
    if words.trim().is_empty() { 0.0 } else { setter.line(&words, style).width }
}

impl Columns {
    /// Left edge and width of a column.
    fn frame(&self, column: &Column) -> (f32, f32) {
        (self.span.0 + column.at, column.width)
    }

    /// Draws heads on one foot; gives their height.
    pub fn heads(
        &self,
        setter: &mut Setter<'_>,
        heads: &[&Text],
        style: &Style,
        owner: RowOwner<'_>,
    ) -> (Drawing, f32) {
        let set: Vec<Lines> = heads
            .iter()
            .zip(&self.columns)
            .map(|(head, column)| {
                let align = align(setter, column.holds);
                setter.shape(head, style, &owner.block.place).lines(column.width, align)
            })
            .collect();
        let tall = set.iter().map(Lines::height).fold(0.0, f32::max);
        let mut drawing = Drawing::default();
        for (lines, column) in set.iter().zip(&self.columns) {
            let tag = setter.tags.add(Some(owner.row), TagKind::HeaderCell { row: false });
            let mut words = Owner::of(tag).at(&owner.block.place);
            let (left, _) = self.frame(column);
            drawing.lines(&mut setter.tags, &mut words, lines, left, tall - lines.height());
        }
        (drawing, tall)
    }

    /// Draws a row of cells, the first of which heads it; gives its height.
    pub fn row(
        &self,
        setter: &mut Setter<'_>,
        cells: &[&[PriceEntry]],
        style: &RowStyle,
        owner: RowOwner<'_>,
    ) -> (Drawing, f32) {
        let mut set: Vec<Vec<(Lines, f32)>> = Vec::with_capacity(cells.len());
        for (cell, column) in cells.iter().zip(&self.columns) {
            let entry = |entry| self.set(setter, entry, style, column, owner.block);
            set.push(cell.iter().map(entry).collect());
        }
        // First lines stand on one baseline, whatever their size.
        let first = |cell: &Vec<(Lines, f32)>| cell.first().map_or(0.0, |(lines, _)| lines.baseline);
        let baseline = set.iter().map(first).fold(0.0, f32::max);
        let mut drawing = Drawing::default();
        let mut tall: f32 = 0.0;
        for (index, cell) in set.iter().enumerate() {
            let kind = if index == 0 { TagKind::HeaderCell { row: true } } else { TagKind::DataCell };
            let tag = setter.tags.add(Some(owner.row), kind);
            let mut y = baseline - first(cell);
            for (number, (lines, left)) in cell.iter().enumerate() {
                let mut words = Owner::of(tag).at(&owner.block.place);
                y += if number > 0 && index == 0 { style.main.size * 0.15 } else { 0.0 };
                y = drawing.lines(&mut setter.tags, &mut words, lines, *left, y);
            }
            tall = tall.max(y);
        }
        (drawing, tall)
    }

    /// Draws, as decoration, a sum in the last column, its words before it, and a title where lines begin.
    pub fn carried(
        &self,
        setter: &mut Setter<'_>,
        (title, label): (Option<&Text>, &str),
        sum: &PriceEntry,
        style: &RowStyle,
        block: &Block,
    ) -> (Drawing, f32) {
        let mut drawing = Drawing::default();
        let mut artifact = Owner::artifact();
        let Some(last) = self.columns.last() else { return (drawing, 0.0) };
        let (amount, left) = self.set(setter, sum, style, last, block);
        drawing.lines(&mut setter.tags, &mut artifact, &amount, left, 0.0);
        let words = setter.line(label, &style.detail);
        let at = (last.at - style.main.size - words.width).max(0.0);
        let left = self.span.0 + at;
        drawing.lines(&mut setter.tags, &mut artifact, &words, left, amount.baseline - words.baseline);
        if let Some(title) = title {
            let lines = setter.shape(title, &style.main, &block.place).lines(f32::MAX, Align::Start).flush();
            let left = self.span.0;
            drawing.lines(&mut setter.tags, &mut artifact, &lines, left, amount.baseline - lines.baseline);
        }
        (drawing, amount.height().max(words.height()))
    }

    /// Breaks an entry and says where its lines begin.
    fn set(
        &self,
        setter: &mut Setter<'_>,
        entry: &PriceEntry,
        style: &RowStyle,
        column: &Column,
        block: &Block,
    ) -> (Lines, f32) {
        let style = style.of(entry, column.holds);
        let (left, width) = self.frame(column);
        let mut shaped = setter.shape(&entry.text, style, &block.place);
        if column.holds == Holds::Words {
            return (shaped.lines(width, Align::Start), left);
        }
        let room = (column.tail(style.size) - tail(setter, entry, style)).max(0.0);
        if column.holds == Holds::Quantities && shaped.widths().1 + room > width + 0.1 {
            let align = align(setter, column.holds);
            return (shaped.lines(width, align), left);
        }
        let lines = shaped.lines(f32::MAX, Align::Start).flush();
        // At the right in either direction: where words run to the left, that is where a column starts.
        let at = if setter.cx.meta.right_to_left { left + room } else { left + width - room - lines.width };
        (lines, at)
    }
}

/// Figures stand at the right, whichever way words run: so do the digits within them.
fn align(setter: &Setter<'_>, holds: Holds) -> Align {
    if holds == Holds::Words { Align::Start } else { setter.cx.column_align(Align::End) }
}

/// A row of cells by reference.
pub(super) fn cells(row: &[PriceCell]) -> Vec<&[PriceEntry]> {
    row.iter().map(Vec::as_slice).collect()
}
