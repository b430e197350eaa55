//! In: lines, sums and facts of a quote. Out: rows of a slide, with rules between them.

use super::Sums;
use crate::document::model::{Align, Block, Text};
use crate::document::prices::{Fact, PriceEntry, PriceTable, Prices, TotalRow, Totals};
use crate::layout::drawing::{Drawing, Owner};
use crate::layout::flow::holds;
use crate::layout::page::{TagId, TagKind};
use crate::layout::prices::{Columns, Holds, NAMES, RowOwner, RowStyle, Sheet, cells, longest};
use crate::layout::slide::Slide;
use crate::layout::slide::body::Room;
use crate::layout::slide::rows::{Back, Row};
use crate::layout::text::Style;

impl Slide<'_, '_> {
    fn price_style(&self, room: Room) -> RowStyle {
        let look = &self.builder.look;
        let body = Style { leading: room.size * 1.25, ..look.body.clone() };
        RowStyle { main: body.clone(), figures: Style { tabular: true, ..body }, detail: look.small.led(1.25) }
    }

    pub(super) fn price_table(
        &mut self,
        table: &PriceTable,
        block: &Block,
        room: Room,
        least: Sums,
    ) -> Option<Vec<Row>> {
        let style = self.price_style(room);
        let label = self.builder.look.label.clone();
        let heads: Vec<&Text> = table.columns.iter().map(|column| &column.head).collect();
        let lines = || table.groups.iter().flat_map(|group| &group.rows);
        let names = lines().filter_map(|row| row.cells.first()?.first());
        let setter = &mut self.builder.setter;
        let words = names.map(|name| setter.shape(&name.text, &style.main, &block.place).widths().0);
        let word = words.fold(0.0, f32::max);
        let sheet = Sheet {
            holds: table.columns.iter().map(|column| holds(column.kind)).collect(),
            heads: heads.clone(),
            head_style: &label,
            rows: lines().map(|row| (cells(&row.cells), &style)).collect(),
            names: if least == Sums::Any { room.width * NAMES } else { word },
        };
        let columns = sheet.columns(&mut self.builder.setter, (0.0, room.width), room.size, block)?;
        let (head, body) = self.price_head(&columns, &heads, &label, block, room);
        let mut rows = vec![head];
        let count = lines().count();
        for (index, row) in lines().enumerate() {
            let colour = if index + 1 == count { self.paint.quiet } else { self.paint.line };
            rows.push(self.price_row(&columns, &cells(&row.cells), &style, (body, block), room, colour));
        }
        Some(rows)
    }

    fn price_head(
        &mut self,
        columns: &Columns,
        heads: &[&Text],
        style: &Style,
        block: &Block,
        room: Room,
    ) -> (Row, TagId) {
        let setter = &mut self.builder.setter;
        let node = setter.tags.add(Some(room.parent), TagKind::Table);
        let group = setter.tags.add(Some(node), TagKind::TableHead);
        let row = setter.tags.add(Some(group), TagKind::Row);
        let (drawing, tall) = columns.heads(setter, heads, style, RowOwner { row, block });
        let body = setter.tags.add(Some(node), TagKind::TableBody);
        let back = Back::Below { x: 0.0, width: room.width, colour: self.paint.title, thickness: 1.5 };
        let head = Row { height: tall + 6.0, parts: vec![(drawing, 0.5)], back: vec![back], ..Row::default() };
        (head, body)
    }

    fn price_row(
        &mut self,
        columns: &Columns,
        cells: &[&[PriceEntry]],
        style: &RowStyle,
        (body, block): (TagId, &Block),
        room: Room,
        colour: crate::library::brand::Colour,
    ) -> Row {
        let setter = &mut self.builder.setter;
        let row = setter.tags.add(Some(body), TagKind::Row);
        let (mut drawing, tall) = columns.row(setter, cells, style, RowOwner { row, block });
        let padding = room.size * 0.28;
        drawing.shift(0.0, padding);
        let back = Back::Below { x: 0.0, width: room.width, colour, thickness: 0.75 };
        Row {
            height: tall + 2.0 * padding,
            most: room.size * 1.2,
            parts: vec![(drawing, 0.5)],
            back: vec![back],
            ..Row::default()
        }
    }

    pub(super) fn price_totals(&mut self, totals: &Totals, block: &Block, room: Room, least: Sums) -> Option<Vec<Row>> {
        let plain = self.price_style(room);
        let label = self.builder.look.label.clone();
        let heads: Vec<&Text> = totals.heads.iter().collect();
        let labels: Vec<[PriceEntry; 1]> =
            totals.rows.iter().map(|row| [PriceEntry::words(row.label.clone())]).collect();
        let cells = |(row, label): (&'_ TotalRow, &'_ [PriceEntry; 1])| -> Vec<Vec<PriceEntry>> {
            [label.to_vec()].into_iter().chain(row.cells.iter().cloned()).collect()
        };
        let made: Vec<Vec<Vec<PriceEntry>>> = totals.rows.iter().zip(&labels).map(cells).collect();
        let rows: Vec<Vec<&[PriceEntry]>> = made.iter().map(|row| crate::layout::prices::cells(row)).collect();
        let names = longest(&mut self.builder.setter, &labels, &plain.main, block);
        let tries = [(1.5, names), (1.25, names), (1.0, names), (1.0, room.width * NAMES)];
        let tries = match least {
            Sums::Large => &tries[..2],
            Sums::Whole => &tries[..3],
            Sums::Any => &tries[..],
        };
        for (size, names) in tries.iter().copied() {
            let figures = self.builder.look.figure.sized(room.size * size);
            let figures = Style { tabular: true, tracking: 0.0, colour: self.paint.title, ..figures };
            let main = Style { weight: 700, colour: self.paint.title, ..plain.main.clone() };
            let large = RowStyle { main, figures, detail: plain.detail.clone() };
            let style = |row: &TotalRow| if row.total { &large } else { &plain };
            let sheet = Sheet {
                names,
                holds: std::iter::once(Holds::Words)
                    .chain(std::iter::repeat(Holds::Amounts))
                    .take(heads.len())
                    .collect(),
                heads: heads.clone(),
                head_style: &label,
                rows: totals.rows.iter().zip(&rows).map(|(row, cells)| (cells.clone(), style(row))).collect(),
            };
            let span = (0.0, room.width);
            let Some(columns) = sheet.columns(&mut self.builder.setter, span, room.size, block) else { continue };
            let (head, body) = self.price_head(&columns, &heads, &label, block, room);
            let mut drawn = vec![head];
            for (row, cells) in totals.rows.iter().zip(&rows) {
                let colour = if row.total { self.paint.quiet } else { self.paint.line };
                drawn.push(self.price_row(&columns, cells, style(row), (body, block), room, colour));
            }
            return Some(drawn);
        }
        None
    }

    /// Labels at one side, values at the other.
    pub(super) fn price_facts(&mut self, facts: &[Fact], block: &Block, room: Room) -> Vec<Row> {
        let style = self.builder.look.small.clone();
        let strong = Style { weight: 700, colour: self.paint.body, ..style.clone() };
        let mut rows = Vec::new();
        for (index, fact) in facts.iter().enumerate() {
            let setter = &mut self.builder.setter;
            let mut drawing = Drawing::default();
            let value = setter.shape(&fact.value, &strong, &block.place).lines(room.width * 0.6, Align::Start).flush();
            let width = room.width - value.width - room.size;
            let label = setter.shape(&fact.label, &style, &block.place).lines(width, Align::Start);
            let tag = setter.tags.add(Some(room.parent), TagKind::Paragraph);
            let left = 0.0;
            let mut owner = Owner::of(tag).at(&block.place);
            let bottom = drawing.lines(&mut setter.tags, &mut owner, &label, left, 0.0);
            let tag = setter.tags.add(Some(room.parent), TagKind::Paragraph);
            let left = room.width - value.width;
            let mut owner = Owner::of(tag).at(&block.place);
            let bottom = bottom.max(drawing.lines(&mut setter.tags, &mut owner, &value, left, 0.0));
            let before = if index == 0 { room.size * 0.6 } else { room.size * 0.15 };
            rows.push(Row::plain(drawing, bottom, before));
        }
        rows
    }

    /// The options under their title; `None` where they have no room.
    pub(super) fn price_options(&mut self, prices: &Prices, block: &Block, room: Room) -> Option<Vec<Row>> {
        let Some((title, table)) = &prices.options else { return Some(Vec::new()) };
        let style = Style { colour: self.paint.title, ..self.builder.look.label.clone() };
        let mut rows = vec![self.price_words(title, &style, block, room)];
        rows.extend(self.price_table(table, block, room, Sums::Any)?);
        Some(rows)
    }
}
