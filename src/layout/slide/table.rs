//! In: a table. Out: its rows over the whole width, without cages, tall enough to be read from the back of the room.

use crate::document::model::{Align, Block, Inline, Table, plain};
use crate::layout::drawing::{Drawing, Owner};
use crate::layout::flow::share;
use crate::layout::page::{TagId, TagKind};
use crate::layout::slide::Slide;
use crate::layout::slide::body::Room;
use crate::layout::slide::rows::{Back, Row};
use crate::layout::text::{Shaped, Style};

/// A column's left edge and width, pt, and how its words are aligned.
type Column = (f32, f32, Align);

impl Slide<'_, '_> {
    /// Lays out a table. The first column is set strong; a column headed with the brand's own name stands on a plate.
    ///
    /// In a comparison, `own` is the column on the plate, and what a rival does best is set in the accent.
    pub(super) fn table(&mut self, table: &Table, block: &Block, room: Room, own: Option<usize>) -> Vec<Row> {
        self.look(room.size);
        let look = self.builder.look.clone();
        let node = self.builder.setter.tags.add(Some(room.parent), TagKind::Table);
        let body = Style { tabular: true, leading: room.size * 1.25, ..look.body.clone() };
        let strong = Style { weight: 700, colour: self.paint.title, ..body.clone() };
        let strong_colour = own.map(|_| self.paint.accent_words).or(body.strong_colour);
        let body = Style { strong_colour, ..body };
        let label = Style { tabular: true, ..look.label.clone() };
        let setter = &mut self.builder.setter;
        let ours = label.coloured(self.paint.title);
        let mut head: Vec<Shaped> = Vec::with_capacity(table.head.len());
        for (index, cell) in table.head.iter().enumerate() {
            let style = if own == Some(index) { &ours } else { &label };
            head.push(setter.shape(cell, style, &block.place));
        }
        let mut rows: Vec<Vec<Shaped>> = Vec::with_capacity(table.rows.len());
        for row in &table.rows {
            let styles = std::iter::once(&strong).chain(std::iter::repeat(&body));
            rows.push(row.iter().zip(styles).map(|(cell, style)| setter.shape(cell, style, &block.place)).collect());
        }
        let mut columns = columns(table, &head, &rows, room.width);
        let cx = self.builder.setter.cx;
        columns.iter_mut().for_each(|column| column.2 = cx.column_align(column.2));
        let plates = self.plates(table, &columns, own);

        let mut made = Vec::with_capacity(rows.len() + 1);
        if table.head.iter().any(|cell| !cell.is_empty()) {
            let group = self.builder.setter.tags.add(Some(node), TagKind::TableHead);
            let kinds = |_| TagKind::HeaderCell { row: false };
            let mut row = self.cells(&mut head, &columns, group, kinds, (6.0, 8.0), block);
            row.back.extend(plates.iter().copied());
            row.back.extend(own.and(plates.first()).and_then(|plate| self.bar_above(plate)));
            let (colour, width) = (self.paint.title, room.width);
            row.back.push(Back::Below { x: 0.0, width, colour, thickness: 1.5 });
            made.push(row);
        }
        let group = self.builder.setter.tags.add(Some(node), TagKind::TableBody);
        let heads_rows = table.head.first().is_some_and(Vec::is_empty);
        let count = rows.len();
        for (index, row) in rows.iter_mut().enumerate() {
            let kind = |at: usize| match at {
                0 if heads_rows => TagKind::HeaderCell { row: true },
                _ => TagKind::DataCell,
            };
            let padding = room.size * 0.36;
            let mut row = self.cells(row, &columns, group, kind, (padding, padding), block);
            row.most = room.size * 2.2;
            row.back.extend(plates.iter().copied());
            let last = index + 1 == count;
            let colour = if last { self.paint.quiet } else { self.paint.line };
            row.back.push(Back::Below { x: 0.0, width: room.width, colour, thickness: 0.75 });
            made.push(row);
        }
        made
    }

    /// The size at which a table reads best, pt: large, but where a little less keeps every cell on one line, that.
    pub(super) fn table_size(&mut self, table: &Table, block: &Block, width: f32, body: f32) -> f32 {
        self.look(body);
        let style = self.builder.look.body.clone();
        let strong = Style { weight: 700, ..style.clone() };
        let mut wants = vec![0.0_f32; table.columns.len()];
        for row in &table.rows {
            let styles = std::iter::once(&strong).chain(std::iter::repeat(&style));
            for ((cell, style), want) in row.iter().zip(styles).zip(&mut wants) {
                *want = want.max(self.builder.setter.shape(cell, style, &block.place).widths().1);
            }
        }
        let room = width - GUTTER * wants.len().saturating_sub(1) as f32;
        let whole = body * room / wants.iter().sum::<f32>().max(1.0);
        let large = body * 1.1;
        if whole >= body * 0.84 { whole.min(large) } else { large }
    }

    /// The ground of the columns headed with the brand's name.
    fn plates(&self, table: &Table, columns: &[Column], own: Option<usize>) -> Vec<Back> {
        let brand = self.builder.setter.cx.brand;
        let named = |cell: &[Inline]| plain(cell).trim() == brand.name || plain(cell).trim() == brand.legal.company;
        let first_word = brand.name.split_whitespace().next().unwrap_or_default();
        let plate = |(index, (x, width, _)): (usize, &Column)| {
            let cell = table.head.get(index)?;
            let ours = match own {
                Some(own) => own == index,
                None => named(cell) || plain(cell).trim() == first_word,
            };
            let (x, width) = (x - GUTTER / 2.0, width + GUTTER);
            ours.then_some(Back::Plate { x, width, colour: self.paint.plate, radius: 0.0 })
        };
        if columns.len() < 3 {
            return Vec::new();
        }
        columns.iter().enumerate().filter_map(plate).collect()
    }

    /// The bar that our own column carries.
    fn bar_above(&self, plate: &Back) -> Option<Back> {
        let Back::Plate { x, width, .. } = *plate else { return None };
        Some(Back::Above { x, width, colour: self.paint.accent, thickness: 4.0 })
    }

    fn cells(
        &mut self,
        cells: &mut [Shaped],
        columns: &[Column],
        group: TagId,
        kind: impl Fn(usize) -> TagKind,
        (above, below): (f32, f32),
        block: &Block,
    ) -> Row {
        let setter = &mut self.builder.setter;
        let row = setter.tags.add(Some(group), TagKind::Row);
        let set: Vec<_> =
            cells.iter_mut().zip(columns).map(|(cell, (_, width, align))| cell.lines(*width, *align)).collect();
        let tall = set.iter().map(crate::layout::lines::Lines::height).fold(0.0, f32::max);
        let mut drawing = Drawing::default();
        for (index, (lines, (x, ..))) in set.iter().zip(columns).enumerate() {
            let tag = setter.tags.add(Some(row), kind(index));
            let mut owner = Owner::of(tag).at(&block.place);
            drawing.lines(&mut setter.tags, &mut owner, lines, *x, above);
        }
        Row { height: above + tall + below, parts: vec![(drawing, 0.5)], ..Row::default() }
    }
}

/// Space between columns, pt.
const GUTTER: f32 = 28.0;

fn columns(table: &Table, head: &[Shaped], rows: &[Vec<Shaped>], width: f32) -> Vec<Column> {
    let count = table.columns.len().max(1);
    let mut wants: Vec<(f32, f32)> = vec![(0.0, 0.0); count];
    for row in std::iter::once(head).chain(rows.iter().map(Vec::as_slice)) {
        for (want, cell) in wants.iter_mut().zip(row) {
            let (min, max) = cell.widths();
            *want = (want.0.max(min.min(max)), want.1.max(max));
        }
    }
    let widths = share(&wants, &table.columns, (width - GUTTER * (count - 1) as f32).max(1.0));
    let mut x = 0.0;
    let mut columns = Vec::with_capacity(count);
    for (width, align) in widths.iter().zip(table.columns.iter().chain(std::iter::repeat(&Align::Start))) {
        columns.push((x, *width, *align));
        x += width + GUTTER;
    }
    columns
}
