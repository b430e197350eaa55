//! In: a priced quote. Out: one figure, the lines grouped by billing, the totals, what stands below them, options and the
//! note: tables whose every word and figure is the document's own.

use crate::document::model::{Align, Text, plain};
use crate::document::prices::{Fact, Headline, PriceEntry, PriceTable, Prices, Totals};
use crate::export::docx::elements::{self, Cell, Edge, Look, Paragraph};
use crate::export::docx::writer::{Area, Writer};
use crate::export::docx::xml::half_points;
use crate::layout::fonts::Face as Role;

/// What the rows of one table share.
struct Sheet<'a> {
    widths: &'a [f32],
    aligns: &'a [Align],
    gutter: f32,
}

impl Writer<'_> {
    pub(super) fn pricing(&mut self, prices: &Prices, area: Area) {
        let unit = self.styles.unit;
        let span = self.span(area);
        if !prices.headline.is_empty() {
            self.headline(&prices.headline, span);
        }
        if let Some(table) = &prices.lines {
            self.price_lines(table, span, 6.0 * unit);
        }
        if let Some(totals) = &prices.totals {
            self.totals(totals, span);
        }
        if !prices.facts.is_empty() {
            self.facts(&prices.facts, span);
        }
        if let Some((title, table)) = &prices.options {
            let runs = self.inlines(title, &Look::default(), Role::Display, area.ink);
            let paragraph = Paragraph {
                style: "CardHead",
                indent: Some((span.0, 0.0, 0.0)),
                keep_next: true,
                ..Paragraph::default()
            };
            self.paragraph(paragraph, 9.0 * unit, &runs);
            self.headed = true;
            self.price_lines(table, span, 3.0 * unit);
        }
        for (index, words) in prices.note.iter().enumerate() {
            let runs = self.inlines(words, &Look::default(), Role::Text, area.ink);
            let right = (span.1 - self.grid.text_width).max(0.0);
            let indent = Some((span.0, right, 0.0));
            let before = if index == 0 { 7.0 * unit } else { 2.0 * unit };
            self.paragraph(Paragraph { style: "Normal", indent, ..Paragraph::default() }, before, &runs);
        }
        self.after(6.0 * unit);
    }

    /// One figure, and a smaller one beside it.
    fn headline(&mut self, headline: &[Headline], (x, width): (f32, f32)) {
        let unit = self.styles.unit;
        let style = self.styles.figure.clone();
        let parts: &[(f32, f32)] = if headline.len() > 1 { &[(0.66, 1.5), (0.34, 0.825)] } else { &[(1.0, 1.5)] };
        let (mut widths, mut cells) = (Vec::new(), String::new());
        for (index, (figure, (part, times))) in headline.iter().zip(parts).enumerate() {
            let room = width * part;
            let font = self.names.advances(style.face, style.weight);
            let wide = font.width(&plain(&figure.figure));
            let size = (style.size * times).min(room * 0.96 / wide.max(0.1));
            // Both figures stand on one line, the smaller one's box as tall as the larger one's.
            let leading = style.size * 1.5 * 1.15;
            let inner = self.inside(|writer| {
                if index == 0 {
                    writer.accent(room);
                }
                let runs =
                    writer.inlines(&figure.figure, &Look::default().sized(size), Role::Display, Default::default());
                let figure_style = Paragraph { style: "StatFigure", leading: Some(leading), ..Paragraph::default() };
                writer.paragraph(figure_style, if index == 0 { 0.0 } else { 2.0 + 2.0 * unit }, &runs);
                let quiet = Look::default().coloured(writer.styles.colours.muted);
                for label in &figure.label {
                    let runs = writer.inlines(label, &quiet, Role::Text, Default::default());
                    writer.paragraph(Paragraph { style: "Normal", ..Paragraph::default() }, 0.0, &runs);
                }
            });
            widths.push(room);
            cells.push_str(&Cell { width: room, ..Cell::default() }.with(&inner));
        }
        let xml = self.panel(x, &widths, &cells, false);
        self.table(&xml, 4.0 * unit);
        self.gap = 6.0 * unit;
    }

    /// Lines and their sums.
    fn price_lines(&mut self, table: &PriceTable, (x, width): (f32, f32), before: f32) {
        let unit = self.styles.unit;
        let colours = self.styles.colours;
        let rule = self.cx.brand.tables.rule;
        let gutter = 4.0 * unit;
        let aligns: Vec<Align> =
            table.columns.iter().map(|c| if c.kind.is_words() { Align::Start } else { Align::End }).collect();
        let widths = self.price_widths(table, &aligns, width, gutter);
        let sheet = Sheet { widths: &widths, aligns: &aligns, gutter };
        let heads: Vec<&Text> = table.columns.iter().map(|column| &column.head).collect();
        let mut rows = self.price_heads(&heads, &sheet);
        let line = Edge { colour: colours.line, width: rule };
        for (index, group) in table.groups.iter().enumerate() {
            if let Some(title) = &group.title {
                let runs = self.inlines(title, &Look::default(), Role::Display, Default::default());
                let head = Paragraph {
                    style: "CalloutHead",
                    keep_next: true,
                    right_to_left: self.mirrored(),
                    ..Paragraph::default()
                };
                let cell = Cell {
                    width,
                    span: widths.len(),
                    bottom: Some(line),
                    padding: Some([if index == 0 { 2.5 * unit } else { 5.5 * unit }, 0.0, unit, 0.0]),
                    ..Cell::default()
                };
                rows.push_str(&elements::row(&cell.with(&head.with(&runs)), false));
            }
            let count = group.rows.len();
            for (at, row) in group.rows.iter().enumerate() {
                let ends = at + 1 == count && index + 1 == table.groups.len() && group.subtotal.is_none();
                let bottom = Edge { colour: if ends { colours.muted } else { colours.line }, width: rule };
                // A group may stand on the next page, but no part of one alone.
                let followed = at + 1 < count || group.subtotal.is_some();
                let keep = followed && (at == 0 || at + 2 >= count);
                rows.push_str(&self.price_row(&row.cells, &sheet, bottom, keep));
            }
            if let Some((label, sum)) = &group.subtotal {
                rows.push_str(&self.subtotal(label, sum, &sheet));
            }
        }
        let description: Vec<String> = heads.iter().map(|head| plain(head)).filter(|head| !head.is_empty()).collect();
        let xml = elements::Table {
            style: "BrandTable",
            indent: x,
            widths: &widths,
            description: Some(&description.join(", ")),
            right_to_left: self.mirrored(),
        }
        .with(&rows);
        self.table(&xml, before);
        self.gap = 4.0 * unit;
    }

    /// What each column gets of the width, the gutters after all but the last included.
    fn price_widths(&self, table: &PriceTable, aligns: &[Align], width: f32, gutter: f32) -> Vec<f32> {
        let rows = table.groups.iter().flat_map(|group| &group.rows);
        let mut wants: Vec<(f32, f32)> =
            table.columns.iter().map(|column| self.want(&column.head, self.styles.label.size, true)).collect();
        let join = |want: &mut (f32, f32), own: (f32, f32)| *want = (want.0.max(own.0), want.1.max(own.1));
        for row in rows {
            for (want, cell) in wants.iter_mut().zip(&row.cells) {
                for entry in cell {
                    join(want, self.want(&entry.text, self.price_size(entry), true));
                }
            }
        }
        for (_, sum) in table.groups.iter().filter_map(|group| group.subtotal.as_ref()) {
            if let Some(want) = wants.last_mut() {
                join(want, self.want(&sum.text, self.price_size(sum), true));
            }
        }
        // A figure is never broken.
        for (want, align) in wants.iter_mut().zip(aligns) {
            if *align == Align::End {
                want.0 = want.1;
            }
        }
        let count = wants.len().max(1);
        let mut widths = crate::layout::share(&wants, aligns, (width - gutter * (count - 1) as f32).max(0.0));
        widths.iter_mut().take(count - 1).for_each(|width| *width += gutter);
        widths
    }

    /// The width of the longest word and of all words, pt.
    fn want(&self, words: &Text, size: f32, bold: bool) -> (f32, f32) {
        let font = self.names.advances(Role::Text, if bold { 700 } else { 400 });
        let size = half_points(size) as f32 / 2.0;
        let words = plain(words);
        let longest = words.split_whitespace().map(|word| font.width(word)).fold(0.0, f32::max);
        (longest * size + 0.5, font.width(&words) * size + 0.75)
    }

    fn price_size(&self, entry: &PriceEntry) -> f32 {
        if entry.detail { self.styles.small.size } else { self.styles.body.size - 0.5 }
    }

    fn price_heads(&mut self, heads: &[&Text], sheet: &Sheet<'_>) -> String {
        let padding = self.cx.brand.tables.cell_padding * 0.8;
        let bottom = Some(Edge { colour: self.styles.colours.primary, width: 1.0 });
        let mut cells = String::new();
        for (index, head) in heads.iter().enumerate() {
            let runs = self.inlines(head, &Look::default(), Role::Text, Default::default());
            let inner = self.price_paragraph("TableHead", sheet.aligns.get(index), false, &runs);
            cells.push_str(
                &sheet.cell(index, 1, Cell { bottom, low: true, ..Cell::default() }, [0.0, padding]).with(&inner),
            );
        }
        elements::row(&cells, true)
    }

    fn price_row(&mut self, row: &[Vec<PriceEntry>], sheet: &Sheet<'_>, bottom: Edge, keep: bool) -> String {
        let padding = self.cx.brand.tables.cell_padding * 0.85;
        let mut cells = String::new();
        for (index, entries) in row.iter().enumerate() {
            let inner = self.entries_of(entries, sheet.aligns.get(index), keep, None);
            let cell = sheet.cell(index, 1, Cell { bottom: Some(bottom), ..Cell::default() }, [padding, padding]);
            cells.push_str(&cell.with(&inner));
        }
        elements::row(&cells, false)
    }

    fn subtotal(&mut self, label: &Text, sum: &PriceEntry, sheet: &Sheet<'_>) -> String {
        let padding = self.cx.brand.tables.cell_padding * 0.85;
        let bold = Look { bold: Some(true), ..Look::default() };
        let runs = self.inlines(label, &bold, Role::Text, Default::default());
        let words = self.price_paragraph("TableText", None, false, &runs);
        let figure = self.entries_of(std::slice::from_ref(sum), Some(&Align::End), false, Some(&bold));
        let last = sheet.widths.len().saturating_sub(1);
        let (first, end) = (
            sheet.cell(0, last.max(1), Cell::default(), [padding, padding]),
            sheet.cell(last, 1, Cell::default(), [padding, padding]),
        );
        elements::row(&format!("{}{}", first.with(&words), end.with(&figure)), false)
    }

    /// The entries of a cell below each other.
    fn entries_of(&mut self, entries: &[PriceEntry], align: Option<&Align>, keep: bool, look: Option<&Look>) -> String {
        let mut inner = String::new();
        for entry in entries {
            let size = self.price_size(entry);
            let look = match look {
                Some(look) => look.clone(),
                None if entry.detail => Look::default(),
                None => Look::default().sized(size),
            };
            let runs = self.inlines(&entry.text, &look, Role::Text, Default::default());
            let style = if entry.detail { "Small" } else { "TableText" };
            inner.push_str(&self.price_paragraph(style, align, keep, &runs));
        }
        if inner.is_empty() {
            inner = self.price_paragraph("TableText", align, keep, "");
        }
        inner
    }

    fn price_paragraph(&self, style: &'static str, align: Option<&Align>, keep_next: bool, runs: &str) -> String {
        let align = align.copied().filter(|align| *align != Align::Start);
        Paragraph { style, align, keep_next, right_to_left: self.mirrored(), ..Paragraph::default() }.with(runs)
    }

    /// The sums, each billing in a column; what is paid stands out by size and space.
    fn totals(&mut self, totals: &Totals, (x, width): (f32, f32)) {
        let unit = self.styles.unit;
        let colours = self.styles.colours;
        let rule = self.cx.brand.tables.rule;
        let count = totals.heads.len().max(1);
        let part = match count {
            0..=2 => 0.5,
            3 => 0.66,
            _ => 1.0,
        };
        let (x, width) = (x + width * (1.0 - part), width * part);
        let aligns: Vec<Align> = (0..count).map(|index| if index == 0 { Align::Start } else { Align::End }).collect();
        let gutter = 5.0 * unit;
        let mut large = self.styles.body.size * 1.75;
        let widths = loop {
            let widths = self.total_widths(totals, large, gutter);
            if widths.iter().sum::<f32>() <= width || large <= self.styles.body.size {
                break widths;
            }
            large *= 0.9;
        };
        // What is left over stands between the labels and the sums.
        let spare = width - widths.iter().sum::<f32>();
        let squeeze = if spare < 0.0 { width / widths.iter().sum::<f32>() } else { 1.0 };
        let widths: Vec<f32> = widths
            .iter()
            .enumerate()
            .map(|(index, own)| own * squeeze + if index == 0 { spare.max(0.0) } else { 0.0 })
            .collect();
        let sheet = Sheet { widths: &widths, aligns: &aligns, gutter };
        let heads: Vec<&Text> = totals.heads.iter().collect();
        let mut rows = String::new();
        let mut cells = String::new();
        for (index, head) in heads.iter().enumerate() {
            let runs = self.inlines(head, &Look::default(), Role::Text, Default::default());
            let inner = self.price_paragraph("TableHead", aligns.get(index), true, &runs);
            cells.push_str(&sheet.cell(index, 1, Cell::default(), [0.0, unit]).with(&inner));
        }
        rows.push_str(&elements::row(&cells, false));
        let last = totals.rows.len();
        for (at, row) in totals.rows.iter().enumerate() {
            let edge = match row.total {
                true => Edge { colour: colours.primary, width: 0.75 },
                false => Edge { colour: colours.line, width: rule },
            };
            let (above, below) = if row.total { (2.5 * unit, 1.5 * unit) } else { (unit, unit) };
            let cell = |index| {
                let top = (row.total || at > 0).then_some(edge);
                sheet.cell(index, 1, Cell { top, low: true, ..Cell::default() }, [above, below])
            };
            let keep = at + 1 < last;
            let runs = self.inlines(
                &row.label,
                &Look::default(),
                if row.total { Role::Display } else { Role::Text },
                Default::default(),
            );
            let style = if row.total { "CalloutHead" } else { "TableText" };
            let mut cells = cell(0).with(&self.price_paragraph(style, None, keep, &runs));
            for (index, entries) in row.cells.iter().enumerate() {
                let inner = if row.total {
                    self.total_figure(entries, large, keep)
                } else {
                    self.entries_of(entries, Some(&Align::End), keep, None)
                };
                cells.push_str(&cell(index + 1).with(&inner));
            }
            rows.push_str(&elements::row(&cells, false));
        }
        let xml = elements::Table {
            style: "BrandTable",
            indent: x,
            widths: &widths,
            description: None,
            right_to_left: self.mirrored(),
        }
        .with(&rows);
        self.table(&xml, 6.0 * unit);
        self.gap = 4.0 * unit;
    }

    fn total_widths(&self, totals: &Totals, large: f32, gutter: f32) -> Vec<f32> {
        let figure = self.names.advances(self.styles.figure.face, self.styles.figure.weight);
        let display = self.names.advances(self.styles.h3.face, self.styles.h3.weight);
        let label = |row: &crate::document::prices::TotalRow| match row.total {
            true => display.width(&plain(&row.label)) * self.styles.h3.size + 1.0,
            false => self.want(&row.label, self.styles.body.size, true).1,
        };
        let first = totals.rows.iter().map(label).fold(0.0, f32::max) + gutter;
        let mut widths = vec![first];
        for column in 1..totals.heads.len() {
            let head = totals.heads.get(column).map_or(0.0, |head| self.want(head, self.styles.label.size, true).1);
            let cell = |row: &crate::document::prices::TotalRow| -> f32 {
                let entries = row.cells.get(column - 1).into_iter().flatten();
                let wide = |entry: &PriceEntry| match row.total {
                    true => figure.width(&plain(&entry.text)) * large * 1.02 + 1.0,
                    false => self.want(&entry.text, self.price_size(entry), true).1,
                };
                entries.map(wide).fold(0.0, f32::max)
            };
            let own = totals.rows.iter().map(cell).fold(head, f32::max);
            widths.push(own + if column + 1 < totals.heads.len() { gutter } else { 0.0 });
        }
        widths
    }

    fn total_figure(&mut self, entries: &[PriceEntry], large: f32, keep_next: bool) -> String {
        let mut inner = String::new();
        for entry in entries {
            let look = if entry.detail { Look::default() } else { Look::default().sized(large) };
            let role = if entry.detail { Role::Text } else { Role::Display };
            let runs = self.inlines(&entry.text, &look, role, Default::default());
            let style = if entry.detail { "Small" } else { "StatFigure" };
            let leading = (!entry.detail).then_some(large * 1.1);
            let align = Some(Align::End);
            let right_to_left = self.mirrored();
            inner.push_str(
                &Paragraph { style, align, keep_next, leading, right_to_left, ..Paragraph::default() }.with(&runs),
            );
        }
        if inner.is_empty() { self.price_paragraph("TableText", None, keep_next, "") } else { inner }
    }

    /// What there is to know side by side, labels over values.
    fn facts(&mut self, facts: &[Fact], (x, width): (f32, f32)) {
        let unit = self.styles.unit;
        let gutter = 4.0 * unit;
        let label = self.styles.small.size;
        let font = self.names.advances(self.styles.h3.face, self.styles.h3.weight);
        let wide = |fact: &Fact| {
            self.want(&fact.label, label, false).1.max(font.width(&plain(&fact.value)) * self.styles.h3.size + 1.0)
        };
        let widest = facts.iter().map(wide).fold(0.0, f32::max);
        let column = |count: usize| (width - gutter * (count - 1) as f32) / count as f32;
        let counts = [facts.len(), facts.len().div_ceil(2), 2];
        let count = counts.into_iter().find(|count| (1..=5).contains(count) && widest <= column(*count)).unwrap_or(1);
        let column = column(count);
        for (row, facts) in facts.chunks(count).enumerate() {
            let (mut widths, mut cells) = (Vec::new(), String::new());
            for (index, fact) in facts.iter().enumerate() {
                if index > 0 {
                    widths.push(gutter);
                    cells.push_str(&self.gutter(gutter));
                }
                let inner = self.inside(|writer| {
                    let runs = writer.inlines(&fact.label, &Look::default(), Role::Text, Default::default());
                    writer.paragraph(Paragraph { style: "Small", ..Paragraph::default() }, 0.0, &runs);
                    let look = Look::default().coloured(writer.styles.colours.primary);
                    let runs = writer.inlines(&fact.value, &look, Role::Display, Default::default());
                    writer.paragraph(Paragraph { style: "CalloutHead", ..Paragraph::default() }, 0.0, &runs);
                });
                let top = Some(Edge { colour: self.styles.colours.line, width: self.cx.brand.tables.rule });
                let cell = Cell { width: column, top, padding: Some([2.5 * unit, 0.0, 0.0, 0.0]), ..Cell::default() };
                widths.push(column);
                cells.push_str(&cell.with(&inner));
            }
            let xml = self.panel(x, &widths, &cells, false);
            self.table(&xml, if row == 0 { 7.0 * unit } else { 3.0 * unit });
            self.gap = 0.0;
        }
    }
}

impl Sheet<'_> {
    /// A cell over `span` columns, with the gutter after all but the last.
    fn cell(&self, index: usize, span: usize, cell: Cell, [above, below]: [f32; 2]) -> Cell {
        let width = self.widths.iter().skip(index).take(span).sum();
        let room = if index + span < self.widths.len() { self.gutter } else { 0.0 };
        Cell { width, span, padding: Some([above, room, below, 0.0]), ..cell }
    }
}
