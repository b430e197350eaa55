//! In: a [`PriceTable`]. Out: a strip for each row; its head is repeated on each page, with what is brought forward, and
//! what is carried forward stands at the page's foot.

use std::sync::Arc;

use super::Around;
use crate::diagnostic::Diagnostic;
use crate::document::model::{Align, Text};
use crate::document::prices::{Carrying, ColumnKind, PriceEntry, PriceGroup, PriceTable};
use crate::layout::drawing::{Drawing, Owner};
use crate::layout::flow::Builder;
use crate::layout::page::{TagId, TagKind};
use crate::layout::prices::{Columns, Holds, NAMES, RowOwner, RowStyle, Sheet, cells};
use crate::layout::section::{Head, Strip};
use crate::layout::text::Style;

/// What the rows of one table share.
struct Making<'a> {
    table: &'a PriceTable,
    carrying: &'a Carrying,
    columns: Columns,
    style: RowStyle,
    around: Around<'a>,
    /// The body of the table in the structure.
    body: TagId,
    /// The heads of the columns, to be repeated.
    head: Head,
}

impl Builder<'_> {
    /// Lays out lines and their sums.
    pub(super) fn price_lines(&mut self, table: &PriceTable, carrying: &Carrying, around: Around<'_>) -> Vec<Strip> {
        let style = self.row_style();
        let label = self.look.label.clone();
        let heads: Vec<&Text> = table.columns.iter().map(|column| &column.head).collect();
        let bold = strong(&style);
        let last = table.columns.len().saturating_sub(1);
        let alone = |sum| (std::iter::repeat_n(&[] as &[_], last).chain([std::slice::from_ref(sum)]).collect(), &bold);
        let rows = table.groups.iter().flat_map(|group| &group.rows);
        let carried = rows.clone().filter_map(|row| row.carried.as_ref());
        let sums = table.groups.iter().filter_map(|group| group.subtotal.as_ref()).map(|(_, sum)| sum).chain(carried);
        let sheet = Sheet {
            holds: table.columns.iter().map(|column| holds(column.kind)).collect(),
            heads: heads.clone(),
            head_style: &label,
            rows: rows.clone().map(|row| (cells(&row.cells), &style)).chain(sums.map(alone)).collect(),
            names: around.span.1 * NAMES,
        };
        let Some(columns) = sheet.columns(&mut self.setter, around.span, 4.0 * self.look.unit, around.block) else {
            let message = format!("the prices have {} columns, which do not fit on this page", heads.len());
            let problem = Diagnostic::error("X007", message).at(around.block.place.clone());
            self.setter.report(problem.help("name fewer in `columns`, such as `columns=\"quantity\"`"));
            return Vec::new();
        };
        let node = self.setter.tags.add(Some(around.parent), TagKind::Table);
        let group = self.setter.tags.add(Some(node), TagKind::TableHead);
        let row = self.setter.tags.add(Some(group), TagKind::Row);
        let owner = RowOwner { row, block: around.block };
        let (mut drawing, tall) = columns.heads(&mut self.setter, &heads, &label, owner);
        let height = tall + self.setter.cx.brand.tables.cell_padding * 0.8;
        drawing.rule(around.span.0, height, around.span.1, 1.0, self.look.colours.primary);
        let head = Head { drawing: drawing.as_artifact(), height };
        let mut strips = vec![Strip { height, need: 60.0, drawing, ..Strip::default() }];
        let body = self.setter.tags.add(Some(node), TagKind::TableBody);
        let making = Making { table, carrying, columns, style, around, body, head };
        for (index, group) in table.groups.iter().enumerate() {
            let mut made = self.price_group(&making, group, index + 1 == table.groups.len());
            if let Some(first) = made.first_mut() {
                first.keep |= index == 0;
                first.before = if index == 0 { 0.0 } else { 3.0 * self.look.unit };
            }
            strips.extend(made);
        }
        strips
    }

    fn price_group(&mut self, making: &Making<'_>, group: &PriceGroup, last_group: bool) -> Vec<Strip> {
        let padding = self.setter.cx.brand.tables.cell_padding * 0.85;
        let colours = self.look.colours;
        let (x, width) = making.around.span;
        let plain = Arc::new(making.head.clone());
        let mut strips = Vec::new();
        if let Some(title) = &group.title {
            strips.push(Strip { head: Some(Arc::clone(&plain)), ..self.group_title(making, title) });
        }
        let count = group.rows.len();
        for (index, row) in group.rows.iter().enumerate() {
            let tag = self.setter.tags.add(Some(making.body), TagKind::Row);
            let owner = RowOwner { row: tag, block: making.around.block };
            let (mut drawing, tall) = making.columns.row(&mut self.setter, &cells(&row.cells), &making.style, owner);
            drawing.shift(0.0, padding);
            let height = tall + 2.0 * padding;
            let last = index + 1 == count;
            let ends = last && last_group && group.subtotal.is_none();
            let colour = if ends { colours.muted } else { colours.line };
            drawing.rule(x, height, width, self.setter.cx.brand.tables.rule, colour);
            let before = index.checked_sub(1).and_then(|before| group.rows.get(before));
            let brought = before.and_then(|row| row.carried.as_ref());
            let head = brought.map(|sum| self.brought(making, group, sum)).map_or_else(|| Arc::clone(&plain), Arc::new);
            let foot = row.carried.as_ref().map(|sum| Arc::new(self.forward(making, sum)));
            let need = foot.as_ref().map_or(0.0, |foot| foot.height);
            strips.push(Strip { height, need, drawing, head: Some(head), foot, ..Strip::default() });
        }
        if let Some((label, sum)) = &group.subtotal {
            let tag = self.setter.tags.add(Some(making.body), TagKind::Row);
            let owner = RowOwner { row: tag, block: making.around.block };
            let label = [PriceEntry::words(label.clone())];
            let sum = std::slice::from_ref(sum);
            let between = making.table.columns.len().saturating_sub(2);
            let mut row: Vec<&[_]> = vec![&label];
            row.extend(std::iter::repeat_n(&[] as &[_], between));
            row.push(sum);
            let (mut drawing, tall) = making.columns.row(&mut self.setter, &row, &strong(&making.style), owner);
            drawing.shift(0.0, padding);
            let height = tall + 2.0 * padding;
            strips.push(Strip { height, drawing, head: Some(plain), ..Strip::default() });
        }
        keep_together(&mut strips);
        strips
    }

    /// The billing above its lines: a row of the table, so that a reader knows where it begins.
    fn group_title(&mut self, making: &Making<'_>, title: &Text) -> Strip {
        let unit = self.look.unit;
        let row = self.setter.tags.add(Some(making.body), TagKind::Row);
        let style = self.group_style();
        let around = making.around;
        let mut drawing = Drawing::default();
        let mut bottom = 0.0;
        for index in 0..making.table.columns.len() {
            let kind = if index == 0 { TagKind::HeaderCell { row: true } } else { TagKind::DataCell };
            let tag = self.setter.tags.add(Some(row), kind);
            if index == 0 {
                let mut shaped = self.setter.shape(title, &style, &around.block.place);
                let lines = shaped.lines(around.span.1, Align::Start).flush();
                let left = around.span.0;
                let mut owner = Owner::of(tag).at(&around.block.place);
                bottom = drawing.lines(&mut self.setter.tags, &mut owner, &lines, left, 2.5 * unit);
            }
        }
        let height = bottom + unit;
        drawing.rule(around.span.0, height, around.span.1, self.setter.cx.brand.tables.rule, self.look.colours.line);
        Strip { height, need: 40.0, drawing, ..Strip::default() }
    }

    fn group_style(&self) -> Style {
        self.look.h3.coloured(self.look.colours.primary)
    }

    /// The head of a page on which lines go on.
    fn brought(&mut self, making: &Making<'_>, group: &PriceGroup, sum: &PriceEntry) -> Head {
        let style = RowStyle { main: self.group_style(), ..strong(&making.style) };
        let words = (group.title.as_ref(), making.carrying.brought.as_str());
        self.carried(making, words, sum, &style, true)
    }

    /// The foot of a page on which lines do not end.
    fn forward(&mut self, making: &Making<'_>, sum: &PriceEntry) -> Head {
        let words = (None, making.carrying.forward.as_str());
        self.carried(making, words, sum, &strong(&making.style), false)
    }

    fn carried(
        &mut self,
        making: &Making<'_>,
        words: (Option<&Text>, &str),
        sum: &PriceEntry,
        style: &RowStyle,
        head: bool,
    ) -> Head {
        let padding = self.setter.cx.brand.tables.cell_padding * 0.85;
        let (x, width) = making.around.span;
        let (row, tall) = making.columns.carried(&mut self.setter, words, sum, style, making.around.block);
        let mut drawing = Drawing::default();
        let mut top = padding;
        if head {
            drawing.add(making.head.drawing.clone(), 0.0, 0.0);
            top += making.head.height;
        }
        drawing.add(row.as_artifact(), 0.0, top);
        let height = top + tall + padding;
        if head {
            drawing.rule(x, height, width, self.setter.cx.brand.tables.rule, self.look.colours.line);
        }
        Head { drawing, height }
    }
}

/// Of a group, so much at least stands on either side of a page's end, pt.
const LEAST: f32 = 70.0;

/// Lets a page end within a group only where enough of it stands before and after.
fn keep_together(strips: &mut [Strip]) {
    let mut after: f32 = strips.iter().map(|strip| strip.height).sum();
    let mut before = 0.0;
    let last = strips.len().saturating_sub(1);
    for (index, strip) in strips.iter_mut().enumerate() {
        strip.keep = index > 0 && (before < LEAST || after < LEAST || index == last);
        before += strip.height;
        after -= strip.height;
    }
}

fn strong(style: &RowStyle) -> RowStyle {
    let bold = |style: &Style| Style { weight: 700, ..style.clone() };
    RowStyle { main: bold(&style.main), figures: bold(&style.figures), detail: style.detail.clone() }
}

pub(in crate::layout) fn holds(kind: ColumnKind) -> Holds {
    match kind {
        ColumnKind::Quantity => Holds::Quantities,
        kind if kind.is_words() => Holds::Words,
        _ => Holds::Amounts,
    }
}
