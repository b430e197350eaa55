//! In: [`Totals`] and [`Fact`]s. Out: strips that are never torn; what is paid stands out by size and space.

use super::Around;
use crate::diagnostic::Diagnostic;
use crate::document::model::{Align, Text};
use crate::document::prices::{Fact, PriceEntry, Totals};
use crate::layout::drawing::{Drawing, Owner};
use crate::layout::flow::{Builder, join};
use crate::layout::page::TagKind;
use crate::layout::prices::{Columns, Holds, NAMES, RowOwner, RowStyle, Sheet, longest};
use crate::layout::section::Strip;
use crate::layout::text::Style;

impl Builder<'_> {
    /// Lays out the sums, each billing in a column.
    pub(super) fn totals(&mut self, totals: &Totals, around: Around<'_>) -> Strip {
        let label = self.look.label.clone();
        let usual = self.row_style();
        let small = RowStyle { main: self.look.small.coloured(self.look.colours.ink), ..usual.clone() };
        let small = RowStyle { figures: Style { tabular: true, ..small.main.clone() }, ..small };
        let labels: Vec<[PriceEntry; 1]> =
            totals.rows.iter().map(|row| [PriceEntry::words(row.label.clone())]).collect();
        let rows: Vec<Vec<&[PriceEntry]>> = totals
            .rows
            .iter()
            .zip(&labels)
            .map(|(row, label)| [label.as_slice()].into_iter().chain(row.cells.iter().map(Vec::as_slice)).collect())
            .collect();
        // As large as fits: many billings with long sums take smaller figures.
        let mut found = None;
        let wide = 5.0 * self.look.unit;
        let names = longest(&mut self.setter, &labels, &usual.main, around.block);
        for (size, plain, gutter) in [
            (1.75, &usual, wide),
            (1.5, &usual, wide),
            (1.3, &usual, wide),
            (1.1, &usual, wide),
            (1.0, &small, wide),
            (0.9, &small, wide * 0.4),
        ] {
            let large = self.total_style(self.look.body.size * size);
            let span = Self::totals_span(around, totals.heads.len());
            // Labels stay whole, unless all else fails.
            let names = if gutter < wide { span.1 * NAMES } else { names };
            let sheet = Sheet {
                names,
                holds: std::iter::once(Holds::Words)
                    .chain(std::iter::repeat(Holds::Amounts))
                    .take(totals.heads.len())
                    .collect(),
                heads: totals.heads.iter().collect(),
                head_style: &label,
                rows: totals
                    .rows
                    .iter()
                    .zip(&rows)
                    .map(|(row, cells)| (cells.clone(), if row.total { &large } else { plain }))
                    .collect(),
            };
            if let Some(columns) = sheet.columns(&mut self.setter, span, gutter, around.block) {
                found = Some((columns, (plain, large), span));
                break;
            }
        }
        let Some((columns, (plain, large), span)) = found else {
            let problem = Diagnostic::error("X007", "the totals are too wide for this page");
            self.setter.report(problem.at(around.block.place.clone()).help("make two quotes of it"));
            return Strip::default();
        };
        self.draw_totals(totals, (&rows, &columns), (plain, &large), span, around)
    }

    fn draw_totals(
        &mut self,
        totals: &Totals,
        (rows, columns): (&[Vec<&[PriceEntry]>], &Columns),
        (plain, large): (&RowStyle, &RowStyle),
        span: (f32, f32),
        around: Around<'_>,
    ) -> Strip {
        let unit = self.look.unit;
        let colours = self.look.colours;
        let rule = self.setter.cx.brand.tables.rule;
        let node = self.setter.tags.add(Some(around.parent), TagKind::Table);
        let group = self.setter.tags.add(Some(node), TagKind::TableHead);
        let row = self.setter.tags.add(Some(group), TagKind::Row);
        let heads: Vec<&Text> = totals.heads.iter().collect();
        let label = self.look.label.clone();
        let owner = RowOwner { row, block: around.block };
        let (drawing, tall) = columns.heads(&mut self.setter, &heads, &label, owner);
        let mut strips = vec![Strip { height: tall + unit, drawing, ..Strip::default() }];
        let body = self.setter.tags.add(Some(node), TagKind::TableBody);
        for (index, (row, cells)) in totals.rows.iter().zip(rows).enumerate() {
            let tag = self.setter.tags.add(Some(body), TagKind::Row);
            let owner = RowOwner { row: tag, block: around.block };
            let style = if row.total { large } else { plain };
            let (words, tall) = columns.row(&mut self.setter, cells, style, owner);
            let mut drawing = Drawing::default();
            let (above, below) = if row.total { (2.5 * unit, 1.5 * unit) } else { (unit, unit) };
            let colour = if row.total { colours.primary } else { colours.line };
            if row.total || index > 0 {
                drawing.rule(span.0, 0.0, span.1, if row.total { 0.75 } else { rule }, colour);
            }
            drawing.add(words, 0.0, above);
            strips.push(Strip { height: above + tall + below, drawing, ..Strip::default() });
        }
        join(strips)
    }

    /// One or two billings stand under the right half of the lines, near their labels.
    fn totals_span(around: Around<'_>, columns: usize) -> (f32, f32) {
        let (x, width) = around.span;
        let start = match columns {
            0..=2 => width * 0.5,
            3 => width * 0.34,
            _ => 0.0,
        };
        (x + start, width - start)
    }

    fn total_style(&self, size: f32) -> RowStyle {
        let figures = Style { tabular: true, tracking: 0.0, ..self.look.figure.sized(size) };
        let main = self.look.h3.coloured(self.look.colours.primary);
        RowStyle { main, figures, detail: self.look.small.clone() }
    }

    /// Lays out what there is to know side by side, labels over values.
    pub(super) fn facts(&mut self, facts: &[Fact], around: Around<'_>) -> Strip {
        let unit = self.look.unit;
        let gutter = 4.0 * unit;
        let column = |count: usize| (around.span.1 - gutter * (count - 1) as f32) / count as f32;
        let label = self.look.small.clone();
        let value = Style { colour: self.look.colours.primary, tabular: true, ..self.look.h3.clone() };
        let texts = facts.iter().flat_map(|fact| [(&fact.label, &label), (&fact.value, &value)]);
        let widths = texts.map(|(text, style)| self.setter.shape(text, style, &around.block.place).widths().1);
        let widest = widths.fold(0.0, f32::max);
        // One row where it fits, else two of one length.
        let rows = [facts.len(), facts.len().div_ceil(2), 2];
        let count = rows.into_iter().find(|count| (1..=5).contains(count) && widest <= column(*count)).unwrap_or(1);
        let column = column(count);
        let mut strips: Vec<Strip> = Vec::new();
        for (row, facts) in facts.chunks(count).enumerate() {
            let mut drawing = Drawing::default();
            drawing.rule(around.span.0, 0.0, around.span.1, self.setter.cx.brand.tables.rule, self.look.colours.line);
            let heads: Vec<_> = facts
                .iter()
                .map(|fact| self.setter.shape(&fact.label, &label, &around.block.place).lines(column, Align::Start))
                .collect();
            let tall = heads.iter().map(crate::layout::lines::Lines::height).fold(0.0, f32::max);
            let mut bottom: f32 = 0.0;
            for (index, (fact, head)) in facts.iter().zip(&heads).enumerate() {
                let left = around.span.0 + (column + gutter) * index as f32;
                let tag = self.setter.tags.add(Some(around.parent), TagKind::Paragraph);
                let mut owner = Owner::of(tag).at(&around.block.place);
                drawing.lines(&mut self.setter.tags, &mut owner, head, left, 2.5 * unit);
                let tag = self.setter.tags.add(Some(around.parent), TagKind::Paragraph);
                let mut owner = Owner::of(tag).at(&around.block.place);
                let lines = self.setter.shape(&fact.value, &value, &around.block.place).lines(column, Align::Start);
                let end = drawing.lines(&mut self.setter.tags, &mut owner, &lines, left, 2.5 * unit + tall);
                bottom = bottom.max(end);
            }
            let before = if row == 0 { 0.0 } else { 3.0 * unit };
            strips.push(Strip { before, height: bottom, drawing, ..Strip::default() });
        }
        join(strips)
    }
}
