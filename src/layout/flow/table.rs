//! In: a table. Out: a strip for each row, hairlines between them, the head ready to be repeated on each page.

use std::sync::Arc;

use crate::diagnostic::Diagnostic;
use crate::document::marks::is_total;
use crate::document::model::{Align, Block, Table, Text};
use crate::layout::drawing::{Drawing, Owner};
use crate::layout::flow::columns::beside;
use crate::layout::flow::{Area, Builder, Flow, height, join};
use crate::layout::lines::Lines;
use crate::layout::page::{Rect, TagId, TagKind};
use crate::layout::reach::needs_all_columns;
use crate::layout::section::{Head, Strip};
use crate::layout::text::{Shaped, Style};

/// How a table looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Dress {
    Plain,
    /// Our own answers, in the second column, set off from those of others.
    Compared,
}

/// A table's columns: where each one starts and how wide its words may run, pt.
struct Cells {
    columns: Vec<(f32, f32, Align)>,
    x: f32,
    width: f32,
    padding: f32,
    gutter: f32,
    /// What each column cannot be narrower than: its figures, or a letter of its words, pt.
    least: Vec<f32>,
    /// Left edge and width of the ground of a column that is set off, pt.
    plate: Option<(f32, f32)>,
}

impl Builder<'_> {
    /// Lays out a table without cages, over the text's columns or, where it needs them, over all.
    pub(super) fn table(&mut self, flow: &mut Flow, table: &Table, block: &Block, area: Area, dress: Dress) {
        let unit = self.look.unit;
        let node = self.setter.tags.add(Some(area.parent), TagKind::Table);
        let body = Style { tabular: true, ..self.look.body.sized(self.look.body.size - 0.75).led(1.3) };
        let label = Style { tabular: true, ..self.look.label.clone() };
        let own = label.coloured(self.look.colours.primary);
        let question = Style { weight: 700, ..body.clone() };
        // The eye goes to what a rival does best, too.
        let rival = Style { strong_colour: Some(self.look.colours.accent_ink), ..body.clone() };
        let mut head: Vec<Shaped> = Vec::with_capacity(table.head.len());
        for (index, cell) in table.head.iter().enumerate() {
            let style = if dress == Dress::Compared && index == 1 { &own } else { &label };
            head.push(self.setter.shape(cell, style, &block.place));
        }
        let mut rows: Vec<Vec<Shaped>> = Vec::with_capacity(table.rows.len());
        for row in &table.rows {
            let style = |index: usize| match dress {
                Dress::Compared if index == 0 => &question,
                Dress::Compared if index > 1 => &rival,
                _ => &body,
            };
            let shape = |(index, cell): (usize, &Text)| self.setter.shape(cell, style(index), &block.place);
            rows.push(row.iter().enumerate().map(shape).collect());
        }
        let cells = match dress {
            Dress::Plain => self.cells(table, &head, &rows, area),
            Dress::Compared => self.compared_cells(table, &rows, area),
        };
        if let Some(most) = too_many(&cells, body.size) {
            let message = format!("the table has {} columns; {most} fit on this page", table.columns.len());
            let problem = Diagnostic::error("X007", message).at(block.place.clone());
            return self.setter.report(problem.help("take columns out, or make two tables of it"));
        }
        let wide = area.page && cells.x < area.x - 0.1;

        let mut strips = Vec::new();
        let has_head = table.head.iter().any(|cell| !cell.is_empty());
        let mut repeated = None;
        if has_head {
            let tag = self.setter.tags.add(Some(node), TagKind::TableHead);
            if head.iter_mut().zip(&cells.columns).any(|(cell, column)| cell.lines(column.1, column.2).lines.len() > 8)
            {
                strips.extend(self.body_row(&mut head, &cells, tag, false, false, false, block));
            } else {
                let strip = self.head_row(&mut head, &cells, tag, block);
                repeated = Some(Arc::new(Head { drawing: strip.drawing.as_artifact(), height: strip.height }));
                strips.push(strip);
            }
        }
        let tag = self.setter.tags.add(Some(node), TagKind::TableBody);
        let heads_rows = table.head.first().is_some_and(Vec::is_empty);
        let count = rows.len();
        for (index, row) in rows.iter_mut().enumerate() {
            let total =
                dress == Dress::Plain && table.rows.get(index).is_some_and(|cells| is_total(cells)) && index > 0;
            let mut parts = self.body_row(row, &cells, tag, heads_rows, total, index + 1 == count, block);
            for strip in &mut parts {
                strip.head.clone_from(&repeated);
            }
            if let Some(first) = parts.first_mut() {
                // Three rows at least stand on either side of a page's end; a small table is not torn.
                first.keep = (index == 0 && has_head) || (index > 0 && (count < 6 || index < 3 || index + 3 > count));
            }
            strips.extend(parts);
        }
        for strip in &mut strips {
            strip.wide |= wide;
        }
        flow.append(strips, 3.0 * unit);
        flow.after(4.0 * unit);
    }

    /// Shares the width among the columns by what stands in them.
    fn cells(&self, table: &Table, head: &[Shaped], rows: &[Vec<Shaped>], area: Area) -> Cells {
        let unit = self.look.unit;
        let gutter = 4.0 * unit;
        let count = table.columns.len().max(1);
        let mut wants: Vec<(f32, f32)> = vec![(0.0, 0.0); count];
        for row in std::iter::once(head).chain(rows.iter().map(Vec::as_slice)) {
            for (want, cell) in wants.iter_mut().zip(row) {
                let (min, max) = cell.widths();
                *want = (want.0.max(min.min(max)), want.1.max(max));
            }
        }
        let wide = area.page && needs_all_columns(table, &self.look, &self.grid);
        let (x, width) = if wide { (0.0, self.grid.width) } else { (area.x, area.width) };
        let widths = share(&wants, &table.columns, (width - gutter * (count - 1) as f32).max(0.0));
        let mut left = x;
        let mut columns = Vec::with_capacity(count);
        for (width, align) in widths.iter().zip(table.columns.iter().chain(std::iter::repeat(&Align::Start))) {
            columns.push((left, *width, self.setter.cx.column_align(*align)));
            left += width + gutter;
        }
        // Figures are read whole; words may be broken, down to a letter.
        let whole = |index: usize| table.columns.get(index) == Some(&Align::End);
        let figures = |index: usize| rows.iter().filter_map(|row| Some(row.get(index)?.widths().0)).fold(0.0, f32::max);
        let letter = self.look.body.size;
        let least = |(index, want): (usize, &(f32, f32))| {
            want.1.min(letter).max(if whole(index) { figures(index) } else { 0.0 })
        };
        let least = wants.iter().enumerate().map(least).collect();
        let padding = self.setter.cx.brand.tables.cell_padding;
        Cells { columns, x, width, padding, gutter, least, plate: None }
    }

    /// Columns of a comparison: questions as wide as they want within bounds, all answers equally wide.
    fn compared_cells(&self, table: &Table, rows: &[Vec<Shaped>], area: Area) -> Cells {
        let gutter = 4.0 * self.look.unit;
        let (x, width) = if area.page { (0.0, self.grid.width) } else { (area.x, area.width) };
        let want = |index: usize| rows.iter().filter_map(|row| Some(row.get(index)?.widths().1)).fold(0.0, f32::max);
        let wants: Vec<f32> = (0..table.columns.len()).map(want).collect();
        let first = wants.first().map_or(0.0, |want| want + gutter * 0.5).clamp(width * 0.16, width * 0.26);
        let others = table.columns.len().saturating_sub(1).max(1) as f32;
        let each = ((width - first) / others - gutter).max(0.0);
        let at = |index: usize| first + gutter + (each + gutter) * index as f32;
        let mut columns = vec![(x, first, Align::Start)];
        columns.extend((1..table.columns.len()).map(|index| (x + at(index - 1), each, Align::Start)));
        // The ground reaches into the space between columns, a little more towards the questions.
        let (before, after) = (gutter * 0.75, gutter * 0.5);
        let ground = each + before + after;
        let plate = (columns.len() > 1).then(|| (x + at(0) - before, ground));
        let letter = self.look.body.size;
        let least = wants.iter().map(|want| want.min(letter)).collect();
        Cells { columns, x, width, padding: self.setter.cx.brand.tables.cell_padding, gutter, least, plate }
    }

    fn head_row(&mut self, head: &mut [Shaped], cells: &Cells, parent: TagId, block: &Block) -> Strip {
        let row = self.setter.tags.add(Some(parent), TagKind::Row);
        let set: Vec<Lines> =
            head.iter_mut().zip(&cells.columns).map(|(cell, (_, width, align))| cell.lines(*width, *align)).collect();
        let tall = set.iter().map(Lines::height).fold(0.0, f32::max);
        let top = if cells.plate.is_some() { 2.0 * self.look.unit } else { 0.0 };
        let height = top + tall + cells.padding * 0.8;
        let mut drawing = Drawing::default();
        if let Some((x, width)) = cells.plate {
            drawing.fill(Rect { x, y: 0.0, width, height }, self.look.colours.tint);
            drawing.fill(Rect { x, y: 0.0, width, height: 2.5 }, self.look.colours.accent);
        }
        for (lines, (left, ..)) in set.iter().zip(&cells.columns) {
            let tag = self.setter.tags.add(Some(row), TagKind::HeaderCell { row: false });
            let mut owner = Owner::of(tag).at(&block.place);
            // Heads of one and of two lines stand on one foot.
            drawing.lines(&mut self.setter.tags, &mut owner, lines, *left, top + tall - lines.height());
        }
        drawing.rule(cells.x, height, cells.width, 1.0, self.look.colours.primary);
        Strip { height, need: 40.0, drawing, ..Strip::default() }
    }

    #[expect(clippy::too_many_arguments, reason = "one call, and each says another thing of the row")]
    fn body_row(
        &mut self,
        row: &mut [Shaped],
        cells: &Cells,
        parent: TagId,
        heads_rows: bool,
        total: bool,
        last: bool,
        block: &Block,
    ) -> Vec<Strip> {
        let node = self.setter.tags.add(Some(parent), TagKind::Row);
        let padding = cells.padding * if total { 1.2 } else { 0.85 };
        let mut columns = Vec::new();
        for (index, (cell, (left, width, align))) in row.iter_mut().zip(&cells.columns).enumerate() {
            let head = heads_rows && index == 0;
            let kind = if head { TagKind::HeaderCell { row: true } } else { TagKind::DataCell };
            let tag = self.setter.tags.add(Some(node), kind);
            let lines = cell.lines(*width, *align);
            let mut inner = Flow::default();
            let mut owner = Owner::of(tag).at(&block.place);
            self.push_lines(&mut inner, &lines, *left, &mut owner, 0.0);
            columns.push(inner.strips);
        }
        let tall = columns.iter().map(|strips| height(strips)).fold(0.0, f32::max);
        // Room is left for the padding and for the head that is repeated.
        let mut strips = beside(columns, self.grid.height * 0.75);
        if tall + 2.0 * padding <= self.grid.height * 0.6 {
            strips = vec![join(strips)];
        }
        let colours = self.look.colours;
        if let Some(first) = strips.first_mut() {
            first.drawing.shift(0.0, padding);
            first.height += padding;
            if total {
                first.drawing.rule(cells.x, 0.0, cells.width, 0.75, colours.primary);
            }
        }
        if let Some(end) = strips.last_mut() {
            end.height += padding;
        }
        if let Some((x, width)) = cells.plate {
            // The rule of the row above shows whole.
            let y = self.setter.cx.brand.tables.rule / 2.0;
            for strip in &mut strips {
                let mut drawing = Drawing::default();
                drawing.fill(Rect { x, y, width, height: strip.height - y }, colours.tint);
                drawing.add(std::mem::take(&mut strip.drawing), 0.0, 0.0);
                strip.drawing = drawing;
            }
        }
        if let Some(end) = strips.last_mut() {
            if !last {
                end.drawing.rule(cells.x, end.height, cells.width, self.setter.cx.brand.tables.rule, colours.line);
            } else {
                end.drawing.rule(cells.x, end.height, cells.width, 0.75, colours.muted);
            }
        }
        strips
    }
}

/// How many columns fit, where these are too narrow for a figure or for a letter (`letter` pt at its broadest).
fn too_many(cells: &Cells, letter: f32) -> Option<usize> {
    let narrow = |(column, least): (&(f32, f32, Align), &f32)| column.1 + 0.1 < *least;
    let last = cells.columns.last().map_or(0.0, |column| column.0 + column.1);
    if !cells.columns.iter().zip(&cells.least).any(narrow) && last <= cells.x + cells.width + 0.5 {
        return None;
    }
    let mean = cells.least.iter().sum::<f32>() / cells.least.len().max(1) as f32;
    let fit = ((cells.width + cells.gutter) / (mean.max(letter) + cells.gutter)).max(1.0) as usize;
    Some(fit.min(cells.columns.len().saturating_sub(1)).max(1))
}

/// Gives each column what its words want; where that is too much, no less than its longest word.
pub(crate) fn share(wants: &[(f32, f32)], aligns: &[Align], width: f32) -> Vec<f32> {
    let most: f32 = wants.iter().map(|want| want.1).sum();
    let least: f32 = wants.iter().map(|want| want.0).sum();
    if most <= width {
        // What is left over goes to columns of words, so that figures stay near what they belong to.
        let grows = |index: usize| aligns.get(index).is_none_or(|align| *align == Align::Start);
        let growing: f32 = wants.iter().enumerate().filter(|(i, _)| grows(*i)).map(|(_, want)| want.1).sum();
        let spare = width - most;
        if growing <= 0.0 {
            return wants.iter().map(|want| want.1 + spare / wants.len() as f32).collect();
        }
        return wants
            .iter()
            .enumerate()
            .map(|(i, want)| if grows(i) { want.1 + spare * want.1 / growing } else { want.1 })
            .collect();
    }
    if least >= width {
        // Words must be broken: no column is squeezed below half of an equal share, unless it wants no more.
        // Figures are not broken where words can be instead.
        let half = |want: &(f32, f32)| want.1.min(width / (2.0 * wants.len() as f32));
        let is_figures = |index: usize| aligns.get(index) == Some(&Align::End);
        let whole =
            |index: usize, want: &(f32, f32)| if is_figures(index) { want.0.max(half(want)) } else { half(want) };
        let fits = wants.iter().enumerate().map(|(index, want)| whole(index, want)).sum::<f32>() <= width;
        let floors: Vec<f32> = match fits {
            true => wants.iter().enumerate().map(|(index, want)| whole(index, want)).collect(),
            false => wants.iter().map(half).collect(),
        };
        let above: f32 = wants.iter().zip(&floors).map(|(want, floor)| (want.0 - floor).max(0.0)).sum();
        let part = (width - floors.iter().sum::<f32>()).max(0.0) / above.max(1.0);
        return wants.iter().zip(&floors).map(|(want, floor)| floor + (want.0 - floor).max(0.0) * part).collect();
    }
    // Long texts give most: each column gets its longest word and a share by the root of what else it wants.
    let spare = width - least;
    let pull = |want: &(f32, f32)| (want.1 - want.0).max(0.0);
    let mut widths: Vec<f32> = wants.iter().map(|want| want.0).collect();
    let mut left = spare;
    let mut open: Vec<usize> = (0..wants.len()).filter(|i| pull(&wants[*i]) > 0.0).collect();
    while left > 0.5 && !open.is_empty() {
        let all: f32 = open.iter().map(|i| pull(&wants[*i]).sqrt()).sum();
        let round = left;
        for index in &open {
            let given = (round * pull(&wants[*index]).sqrt() / all).min(wants[*index].1 - widths[*index]);
            widths[*index] += given;
            left -= given;
        }
        open.retain(|index| wants[*index].1 - widths[*index] > 0.5);
    }
    widths
}
