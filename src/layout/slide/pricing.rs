//! In: [`Prices`]. Out: rows of a slide: one figure as large as fits, the lines and, beside them, the sums.

use crate::diagnostic::Diagnostic;
use crate::document::model::{Align, Block, Text};
use crate::document::prices::{Fact, Headline, PriceEntry, PriceTable, Prices, TotalRow, Totals};
use crate::layout::drawing::{Drawing, Owner};
use crate::layout::flow::holds;
use crate::layout::page::{Rect, TagId, TagKind};
use crate::layout::prices::{Columns, Holds, RowOwner, RowStyle, Sheet, cells};
use crate::layout::slide::Slide;
use crate::layout::slide::body::Room;
use crate::layout::slide::rows::{Back, Panel, Row};
use crate::layout::text::Style;

/// Height of figures over their size.
const CAP: f32 = 0.73;
/// Of the width, so much is for the lines where the sums stand beside them.
const LINES: f32 = 0.56;
/// Space between the two, pt.
const GUTTER: f32 = 48.0;
/// The figure of a slide that is made for prices is never smaller where it fits, pt.
const LEAST_FIGURE: f32 = 96.0;

impl Slide<'_, '_> {
    /// Lays out a priced quote.
    pub(super) fn pricing(&mut self, prices: &Prices, block: &Block, room: Room) -> Vec<Row> {
        self.look(room.size);
        let mut rows = Vec::new();
        if !prices.headline.is_empty() {
            rows.push(self.price_figures(&prices.headline, block, room));
        }
        let start = self.builder.setter.tags.nodes.len();
        let beside =
            if prices.lines.is_some() && prices.totals.is_some() { self.beside(prices, block, room) } else { None };
        let body = match beside {
            Some(row) => vec![row],
            None => {
                self.builder.setter.tags.nodes.truncate(start);
                self.below(prices, block, room)
            }
        };
        for (index, mut row) in body.into_iter().enumerate() {
            if index == 0 && !rows.is_empty() {
                row.before = room.size;
            }
            rows.push(row);
        }
        for note in &prices.note {
            let style = self.builder.look.small.clone();
            rows.push(self.price_words(note, &style, block, room));
        }
        rows
    }

    /// Lines at one side, sums at the other; `None` where they have no room.
    fn beside(&mut self, prices: &Prices, block: &Block, room: Room) -> Option<Row> {
        let width = room.width - GUTTER;
        let (wide, narrow) = (width * LINES, width * (1.0 - LINES));
        let mut lines = self.price_table(prices.lines.as_ref()?, block, Room { width: wide, ..room })?;
        let mut sums = self.price_totals(prices.totals.as_ref()?, block, Room { width: narrow, ..room })?;
        sums.extend(self.price_facts(&prices.facts, block, Room { width: narrow, ..room }));
        lines.extend(self.price_options(prices, block, Room { width: wide, ..room })?);
        let cx = self.builder.setter.cx;
        let panel = |at: f32, width: f32, rows| Panel {
            x: cx.place_at((0.0, room.width), at, width),
            width,
            rows,
            ..Panel::default()
        };
        Some(Row::panels(vec![panel(0.0, wide, lines), panel(wide + GUTTER, narrow, sums)], room.size, f32::MAX))
    }

    /// Everything over the whole width.
    fn below(&mut self, prices: &Prices, block: &Block, room: Room) -> Vec<Row> {
        let lines = prices.lines.as_ref().map_or(Some(Vec::new()), |table| self.price_table(table, block, room));
        let totals = prices.totals.as_ref().map_or(Some(Vec::new()), |totals| self.price_totals(totals, block, room));
        let facts = self.price_facts(&prices.facts, block, room);
        let options = self.price_options(prices, block, room);
        let (Some(mut rows), Some(totals), Some(options)) = (lines, totals, options) else {
            let message = format!("the prices on slide `{}` have more columns than fit", self.section.id);
            let problem = Diagnostic::error("X007", message).at(block.place.clone());
            self.builder.setter.report(problem.help("name fewer in `columns`, such as `columns=none`"));
            return Vec::new();
        };
        for part in [totals, facts, options] {
            let first = rows.len();
            rows.extend(part);
            if let Some(row) = rows.get_mut(first).filter(|_| first > 0) {
                row.before = room.size;
            }
        }
        rows
    }

    /// One figure, a smaller one beside it on the same baseline, what they are below them.
    fn price_figures(&mut self, headline: &[Headline], block: &Block, room: Room) -> Row {
        let body = self.builder.setter.cx.brand.typography.deck.body;
        let most = if room.panel { room.size * 2.5 } else { (self.figure_most * room.size / body).max(LEAST_FIGURE) };
        let share = if headline.len() > 1 { 0.66 } else { 1.0 };
        let zones = [(0.0, room.width * share, most), (room.width * 0.7, room.width * 0.3, most * 0.46)];
        let label = self.builder.look.body.coloured(self.paint.quiet);
        let group = self.builder.setter.tags.add(Some(room.parent), TagKind::Group);
        let mut drawing = Drawing::default();
        let baseline = {
            let first = headline.first().map(|figure| self.fitted(&figure.figure, most, zones[0].1, block));
            first.map_or(0.0, |style| style.size * CAP)
        };
        let mut bottom = baseline;
        for (figure, (at, width, size)) in headline.iter().zip(zones) {
            let style = self.fitted(&figure.figure, size, width, block);
            let setter = &mut self.builder.setter;
            let tag = setter.tags.add(Some(group), TagKind::Paragraph);
            let lines = setter.shape(&figure.figure, &style, &block.place).lines(f32::MAX, Align::Start).flush();
            let left = setter.cx.place_at((0.0, room.width), at, lines.width);
            let mut owner = Owner::of(tag).at(&block.place);
            drawing.lines(&mut setter.tags, &mut owner, &lines, left, baseline - lines.baseline);
            let top = baseline + room.size * 0.6;
            let (mut x, mut y) = (0.0, top);
            for words in &figure.label {
                let tag = setter.tags.add(Some(group), TagKind::Paragraph);
                let mut shaped = setter.shape(words, &label, &block.place);
                let lines = shaped.lines(width, Align::Start).flush();
                if x > 0.0 && x + lines.width > width {
                    (x, y) = (0.0, bottom);
                }
                let left = setter.cx.place_at((0.0, room.width), at + x, lines.width);
                let mut owner = Owner::of(tag).at(&block.place);
                bottom = bottom.max(drawing.lines(&mut setter.tags, &mut owner, &lines, left, y));
                x += lines.width + label.size * 0.6;
            }
        }
        Row { height: bottom, most: room.size, parts: vec![(drawing, 0.5)], ..Row::default() }
    }

    /// The style in which a figure is as large as `most` or as its width allows.
    fn fitted(&mut self, figure: &Text, most: f32, width: f32, block: &Block) -> Style {
        let style = self.figure_style(most);
        let wide = self.builder.setter.shape(figure, &style, &block.place).widths().1;
        if wide > width { self.figure_style(most * width / wide * 0.99) } else { style }
    }

    fn price_style(&self, room: Room) -> RowStyle {
        let look = &self.builder.look;
        let body = Style { leading: room.size * 1.25, ..look.body.clone() };
        RowStyle { main: body.clone(), figures: Style { tabular: true, ..body }, detail: look.small.led(1.25) }
    }

    fn price_table(&mut self, table: &PriceTable, block: &Block, room: Room) -> Option<Vec<Row>> {
        let style = self.price_style(room);
        let label = self.builder.look.label.clone();
        let heads: Vec<&Text> = table.columns.iter().map(|column| &column.head).collect();
        let lines = || table.groups.iter().flat_map(|group| &group.rows);
        let sheet = Sheet {
            holds: table.columns.iter().map(|column| holds(column.kind)).collect(),
            heads: heads.clone(),
            head_style: &label,
            rows: lines().map(|row| (cells(&row.cells), &style)).collect(),
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

    fn price_totals(&mut self, totals: &Totals, block: &Block, room: Room) -> Option<Vec<Row>> {
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
        for size in [1.5, 1.25, 1.0] {
            let figures = self.builder.look.figure.sized(room.size * size);
            let figures = Style { tabular: true, tracking: 0.0, colour: self.paint.title, ..figures };
            let main = Style { weight: 700, colour: self.paint.title, ..plain.main.clone() };
            let large = RowStyle { main, figures, detail: plain.detail.clone() };
            let style = |row: &TotalRow| if row.total { &large } else { &plain };
            let sheet = Sheet {
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
    fn price_facts(&mut self, facts: &[Fact], block: &Block, room: Room) -> Vec<Row> {
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
            let left = setter.cx.place_at((0.0, room.width), 0.0, width);
            let mut owner = Owner::of(tag).at(&block.place);
            let bottom = drawing.lines(&mut setter.tags, &mut owner, &label, left, 0.0);
            let tag = setter.tags.add(Some(room.parent), TagKind::Paragraph);
            let left = setter.cx.place_at((0.0, room.width), room.width - value.width, value.width);
            let mut owner = Owner::of(tag).at(&block.place);
            let bottom = bottom.max(drawing.lines(&mut setter.tags, &mut owner, &value, left, 0.0));
            let before = if index == 0 { room.size * 0.6 } else { room.size * 0.15 };
            rows.push(Row::plain(drawing, bottom, before));
        }
        rows
    }

    /// The options under their title; `None` where they have no room.
    fn price_options(&mut self, prices: &Prices, block: &Block, room: Room) -> Option<Vec<Row>> {
        let Some((title, table)) = &prices.options else { return Some(Vec::new()) };
        let style = Style { colour: self.paint.title, ..self.builder.look.label.clone() };
        let mut rows = vec![self.price_words(title, &style, block, room)];
        rows.extend(self.price_table(table, block, room)?);
        Some(rows)
    }

    fn price_words(&mut self, words: &Text, style: &Style, block: &Block, room: Room) -> Row {
        let tag = self.builder.setter.tags.add(Some(room.parent), TagKind::Paragraph);
        let mut drawing = Drawing::default();
        let rect = Rect { x: 0.0, y: 0.0, width: room.width, height: 0.0 };
        let bottom = self.words(&mut drawing, words, style, block, (tag, rect));
        Row::plain(drawing, bottom, room.size * 0.7)
    }
}
