//! In: a table. Out: a table without cages: light rules, numbers at their columns' ends, the head repeated on each page,
//! no row torn.

use crate::document::marks::{has_strong, is_note, is_total};
use crate::document::model::{Align, Block, BlockKind, Inline, Table, plain};
use crate::export::docx::elements::{self, Cell, Edge, Look, Paragraph};
use crate::export::docx::writer::{Area, Writer};
use crate::export::docx::xml::half_points;
use crate::layout::fonts::Face as Role;
use crate::layout::reach::needs_all_columns;

impl Writer<'_> {
    pub(super) fn data_table(&mut self, table: &Table, next: Option<&Block>, area: Area) {
        let unit = self.styles.unit;
        let gutter = 4.0 * unit;
        let wide = area.page && needs_all_columns(table, &self.styles, &self.grid);
        let (x, width) = if wide { (0.0, self.grid.width) } else { (area.x, area.width) };
        if wide {
            self.settle();
        }
        // A table is taller than a head beside it.
        self.side = 0.0;
        let count = table.columns.len().max(1);
        let wants = self.wants(table);
        let mut widths = crate::layout::share(&wants, &table.columns, (width - gutter * (count - 1) as f32).max(0.0));
        for width in widths.iter_mut().take(count - 1) {
            *width += gutter;
        }
        let has_head = table.head.iter().any(|cell| !cell.is_empty());
        let mut rows = String::new();
        if has_head {
            rows.push_str(&self.head_row(table, &widths, gutter, area));
        }
        // A source below stays with the table.
        let noted = next.is_some_and(|next| matches!(&next.kind, BlockKind::Paragraph(text) if is_note(text)));
        let count = table.rows.len();
        for (index, row) in table.rows.iter().enumerate() {
            let total = index > 0 && is_total(row);
            let near = count < 6 || index < 2 || index + 3 >= count;
            let keep = (near && index + 1 < count) || (noted && index + 1 == count);
            rows.push_str(&self.body_row(row, table, &widths, gutter, (total, index + 1 == count, keep), area));
        }
        let head = plain_head(table);
        let xml = elements::Table {
            style: "BrandTable",
            indent: x,
            widths: &widths,
            description: (!head.is_empty()).then_some(head.as_str()),
            right_to_left: self.mirrored(),
        }
        .with(&rows);
        self.table(&xml, 3.0 * unit);
        self.gap = 4.0 * unit;
    }

    /// Us against rivals: our own answers, in the second column, on a ground.
    pub(super) fn comparison(&mut self, table: &Table, area: Area) {
        let unit = self.styles.unit;
        let colours = self.styles.colours;
        let (x, width) = self.span(area);
        let gutter = 4.0 * unit;
        let padding = self.cx.brand.tables.cell_padding * 0.85;
        let wants = self.wants(table);
        let first = wants.first().map_or(0.0, |want| want.1 + gutter * 0.5).clamp(width * 0.16, width * 0.26);
        let others = table.columns.len().saturating_sub(1).max(1);
        let mut widths = vec![first];
        widths.extend(std::iter::repeat_n((width - first) / others as f32, others));
        widths.truncate(table.columns.len().max(1));
        let mut rows = String::new();
        let count = table.rows.len();
        for (index, row) in std::iter::once(&table.head).chain(&table.rows).enumerate() {
            let head = index == 0;
            let bottom = match (head, index == count) {
                (true, _) => Edge { colour: colours.primary, width: 1.0 },
                (_, true) => Edge { colour: colours.muted, width: 0.75 },
                _ => Edge { colour: colours.line, width: self.cx.brand.tables.rule },
            };
            let mut cells = String::new();
            for (column, (text, width)) in row.iter().zip(&widths).enumerate() {
                let own = column == 1;
                let mut look = Look { colour: area.ink.words, ..Look::default() };
                if head && own {
                    look.colour = Some(colours.primary);
                } else if !head && column == 0 {
                    look.bold = Some(true);
                }
                // The eye goes to what a rival does best, too.
                let best = !head && column > 1 && has_strong(text);
                look.colour = if best { Some(colours.accent_ink) } else { look.colour };
                let runs = self.inlines(text, &look, Role::Text, area.ink);
                let style = if head { "TableHead" } else { "TableText" };
                let inner = self.cell_paragraph(style, None, index < count, &runs);
                let side = if column == 0 { 0.0 } else { gutter * 0.75 };
                let room = if column + 1 < widths.len() { gutter * 0.5 } else { 0.0 };
                let above = if head { 2.0 * unit } else { padding };
                let cell = Cell {
                    width: *width,
                    fill: own.then_some(colours.tint),
                    top: (own && head).then_some(Edge { colour: colours.accent, width: 2.5 }),
                    bottom: Some(bottom),
                    padding: Some([above, room, padding, side]),
                    low: head,
                    ..Cell::default()
                };
                cells.push_str(&cell.with(&inner));
            }
            rows.push_str(&elements::row(&cells, head));
        }
        let head = plain_head(table);
        let xml = elements::Table {
            style: "BrandTable",
            indent: x,
            widths: &widths,
            description: (!head.is_empty()).then_some(head.as_str()),
            right_to_left: self.mirrored(),
        }
        .with(&rows);
        self.table(&xml, 3.0 * unit);
        self.gap = 4.0 * unit;
    }

    /// The least and the most width of each column, pt.
    fn wants(&self, table: &Table) -> Vec<(f32, f32)> {
        // Word knows half-points only.
        let whole = |size: f32| half_points(size) as f32 / 2.0;
        let body = whole(self.styles.body.size - 0.75);
        let label = whole(self.styles.label.size);
        let (regular, bold) = (self.names.advances(Role::Text, 400), self.names.advances(Role::Text, 700));
        let mut wants = vec![(0.0_f32, 0.0_f32); table.columns.len().max(1)];
        let rows = table.rows.iter().map(|row| (row, body, &regular));
        for (row, size, font) in rows.chain([(&table.head, label, &bold)]) {
            for (want, cell) in wants.iter_mut().zip(row) {
                let strong = has_strong(cell);
                let font = if strong { &bold } else { font };
                let words = plain(cell);
                let longest = words.split_whitespace().map(|word| font.width(word)).fold(0.0, f32::max) * size;
                // Readers differ by a hair; a line that just fits must not break.
                let most = font.width(&words) * size + 0.75;
                *want = (want.0.max(longest + 0.5), want.1.max(most));
            }
        }
        wants
    }

    fn head_row(&mut self, table: &Table, widths: &[f32], gutter: f32, area: Area) -> String {
        let padding = self.cx.brand.tables.cell_padding;
        let bottom = Some(Edge { colour: self.styles.colours.primary, width: 1.0 });
        let mut cells = String::new();
        for (index, (text, width)) in table.head.iter().zip(widths).enumerate() {
            let look = Look { colour: area.ink.words, ..Look::default() };
            let runs = self.inlines(text, &look, Role::Text, area.ink);
            let inner = self.cell_paragraph("TableHead", table.columns.get(index), true, &runs);
            let room = if index + 1 < widths.len() { gutter } else { 0.0 };
            let cell = Cell {
                width: *width,
                bottom,
                padding: Some([0.0, room, padding * 0.8, 0.0]),
                low: true,
                ..Cell::default()
            };
            cells.push_str(&cell.with(&inner));
        }
        elements::row(&cells, true)
    }

    fn body_row(
        &mut self,
        row: &[Vec<Inline>],
        table: &Table,
        widths: &[f32],
        gutter: f32,
        (total, last, keep): (bool, bool, bool),
        area: Area,
    ) -> String {
        let colours = self.styles.colours;
        let padding = self.cx.brand.tables.cell_padding * if total { 1.2 } else { 0.85 };
        let bottom = match last {
            true => Edge { colour: colours.muted, width: 0.75 },
            false => Edge { colour: colours.line, width: self.cx.brand.tables.rule },
        };
        let top = total.then_some(Edge { colour: colours.primary, width: 0.75 });
        let mut cells = String::new();
        for (index, (text, width)) in row.iter().zip(widths).enumerate() {
            let look = Look { colour: area.ink.words, ..Look::default() };
            let runs = self.inlines(text, &look, Role::Text, area.ink);
            let inner = self.cell_paragraph("TableText", table.columns.get(index), keep, &runs);
            let room = if index + 1 < widths.len() { gutter } else { 0.0 };
            let cell = Cell {
                width: *width,
                top,
                bottom: Some(bottom),
                padding: Some([padding, room, padding, 0.0]),
                ..Cell::default()
            };
            cells.push_str(&cell.with(&inner));
        }
        elements::row(&cells, false)
    }

    fn cell_paragraph(&self, style: &'static str, align: Option<&Align>, keep_next: bool, runs: &str) -> String {
        let align = align.copied().filter(|align| *align != Align::Start);
        Paragraph { style, align, keep_next, right_to_left: self.mirrored(), ..Paragraph::default() }.with(runs)
    }
}

/// The heads of a table in a row, for those who hear it.
fn plain_head(table: &Table) -> String {
    let heads: Vec<String> = table.head.iter().map(|cell| plain(cell)).filter(|head| !head.trim().is_empty()).collect();
    heads.join(", ")
}
