//! In: what stands in `:::chart{…}`. Out: a [`Chart`] whose every number was read for certain, or what is wrong with it.

use rust_decimal::Decimal;

use super::directives::Node;
use super::headings::is_blank;
use super::model::{Block, BlockKind, Chart, ChartKind, Direction, Table, Text, plain};
use super::sink::Sink;
use super::source::Source;
use super::tables::bars;
use crate::diagnostic::{Diagnostic, Place};
use crate::document::marks::{is_note, is_strong};
use crate::format::{Locale, Reading};

/// More cannot be told apart.
const MOST_SERIES: usize = 8;
/// More are thinner than a hairline.
const MOST_ROWS: usize = 200;

/// Reads a chart from the blocks between its fences; `words` are its title and unit.
pub(super) fn read(
    node: &Node,
    blocks: Vec<Block>,
    words: (Option<Text>, Option<Text>),
    source: &Source,
    sink: &mut Sink,
) -> Option<Chart> {
    let kind = kind(node, source, sink)?;
    if blocks.is_empty() {
        // What was there instead is reported already.
        return None;
    }
    let mut blocks = blocks.into_iter();
    let (table, place) = match blocks.next() {
        Some(Block { kind: BlockKind::Table(table), place }) => (table, place),
        Some(other) => return surplus(&other.place, sink),
        None => return None,
    };
    let note = match blocks.next() {
        None => None,
        Some(Block { kind: BlockKind::Paragraph(text), .. }) if is_note(&text) => Some(text),
        Some(other) => return surplus(&other.place, sink),
    };
    if let Some(other) = blocks.next() {
        return surplus(&other.place, sink);
    }
    let known = sink.problems.len();
    let head = head(node, source);
    let place = head.map_or(place, |head| source.place(head));
    shape(kind, &table, &place, sink);
    let mut reader = Reader { kind, table: &table, place: &place, head, source, sink };
    let values = reader.values();
    if reader.sink.problems.len() > known {
        return None;
    }
    reader.sums(&values);
    (reader.sink.problems.len() == known).then_some(())?;
    let (title, unit) = words;
    Some(Chart { kind, title, unit, table, values, source: note })
}

fn kind(node: &Node, source: &Source, sink: &mut Sink) -> Option<ChartKind> {
    let attribute = |name| node.attributes.get(name);
    let kind = match attribute("type")? {
        "bar" => {
            let direction = match attribute("direction") {
                Some("vertical") => Some(Direction::Vertical),
                Some("horizontal") => Some(Direction::Horizontal),
                _ => None,
            };
            return Some(ChartKind::Bar { stacked: attribute("mode") == Some("stacked"), direction });
        }
        "line" => ChartKind::Line,
        "donut" => ChartKind::Donut,
        "waterfall" => ChartKind::Waterfall,
        _ => return None,
    };
    for name in ["mode", "direction"].into_iter().filter(|name| attribute(name).is_some()) {
        let problem = Diagnostic::error("D054", format!("`{name}` is for charts of bars"));
        sink.push(problem.at(source.place_of(node.line, name)).help("take it out, or write `type=bar`"));
    }
    Some(kind)
}

/// The line on which a table between the fences begins.
fn head(node: &Node, source: &Source) -> Option<usize> {
    node.inside.clone().find(|line| bars(source.text(*line)).next().is_some())
}

fn surplus(place: &Place, sink: &mut Sink) -> Option<Chart> {
    let problem = Diagnostic::error("D055", "a chart holds one table and nothing else but its source");
    sink.push(
        problem.at(place.clone()).help("put it after the chart; a source is one paragraph written `*Source: …*`"),
    );
    None
}

/// Checks that the table has the columns that its kind of chart draws.
fn shape(kind: ChartKind, table: &Table, place: &Place, sink: &mut Sink) {
    let series = table.columns.len().saturating_sub(1);
    let single = match kind {
        ChartKind::Donut => Some("a donut"),
        ChartKind::Waterfall => Some("a waterfall"),
        ChartKind::Bar { .. } | ChartKind::Line => None,
    };
    let mut report = |what: String, help: &str| {
        sink.push(Diagnostic::error("D056", what).at(place.clone()).help(help));
    };
    match (single, series) {
        (_, 0) => report("the chart's table has no column of numbers".into(), "add one beside the labels"),
        (Some(name), 2..) => report(
            format!("{name} shows one column of numbers, the table has {series}"),
            "keep one, or write `type=bar`",
        ),
        (None, series) if series > MOST_SERIES => report(
            format!("the chart has {series} series, {MOST_SERIES} are the most that can be told apart"),
            "keep those that carry the claim, or write a table",
        ),
        _ => {}
    }
    if series > 1 && table.head.iter().skip(1).any(|cell| is_blank(cell)) {
        report("a series of the chart has no name".into(), "name it in the table's head");
    }
    if table.rows.iter().any(|row| row.first().is_none_or(|label| is_blank(label))) {
        report("a row of the chart has no label".into(), "write it in the first column");
    }
    if table.rows.len() > MOST_ROWS {
        let what = format!("the chart has {} rows, {MOST_ROWS} are the most that can be drawn", table.rows.len());
        report(what, "show months instead of days, or the largest only");
    }
}

struct Reader<'r, 'f> {
    kind: ChartKind,
    table: &'r Table,
    place: &'r Place,
    /// The line of the table's head, where the table stands in this file.
    head: Option<usize>,
    source: &'r Source<'f>,
    sink: &'r mut Sink,
}

impl Reader<'_, '_> {
    /// Reads every cell beside the labels.
    fn values(&mut self) -> Vec<Vec<Option<Decimal>>> {
        let Some(locale) = Locale::new(&self.source.filled.locale).or_else(|| Locale::new("en")) else {
            return Vec::new();
        };
        // All numbers stand on one scale, so they count the same thing: the first cell says what.
        let mut unit: Option<((String, String), String)> = None;
        let mut values = Vec::with_capacity(self.table.rows.len());
        for (row, cells) in self.table.rows.iter().enumerate() {
            let mut read = Vec::with_capacity(cells.len());
            for (column, cell) in cells.iter().enumerate().skip(1) {
                let words = plain(cell);
                let words = words.trim();
                let reading = self.number(&locale, words, row, column);
                if let Some(reading) = &reading {
                    let (first, of) = unit.get_or_insert_with(|| (reading.unit.clone(), words.to_owned()));
                    if *first != reading.unit {
                        let what = format!("{} counts something else than `{of}`", self.cell(words, row, column));
                        let help = "write all cells alike; what they count can stand in `unit=\"…\"`";
                        self.report("D058", what, help, words, row);
                    }
                }
                read.push(reading.map(|reading| reading.value));
            }
            values.push(read);
        }
        values
    }

    /// Reads one cell; `None` is a gap, or what is reported here.
    fn number(&mut self, locale: &Locale, words: &str, row: usize, column: usize) -> Option<Reading> {
        if words.is_empty() {
            if self.kind != ChartKind::Line {
                let what = format!("{} is empty", self.cell(words, row, column));
                self.report("D057", what, "write its number; only lines may have gaps", words, row);
            }
            return None;
        }
        let Some(reading) = locale.read_number(words) else {
            let what = format!("{} is not a number in `{}`", self.cell(words, row, column), self.source.filled.locale);
            let example = locale.number(Decimal::new(12_345, 1), Some(1));
            self.report(
                "D057",
                what,
                &format!("write it like `{example}`, with the same unit in all cells"),
                words,
                row,
            );
            return None;
        };
        if self.kind == ChartKind::Donut && reading.value.is_sign_negative() {
            let what = format!("{} is negative, which no part of a donut can be", self.cell(words, row, column));
            self.report("D059", what, "write `type=bar`", words, row);
        }
        Some(reading)
    }

    /// Checks the sums that a donut or a waterfall claims.
    fn sums(&mut self, values: &[Vec<Option<Decimal>>]) {
        let column = || values.iter().map(|row| row.first().copied().flatten().unwrap_or_default());
        if self.kind == ChartKind::Donut && column().all(|value| value.is_zero()) {
            let problem = Diagnostic::error("D059", "the parts of this donut add up to zero").at(self.place.clone());
            self.sink.push(problem.help("leave the chart out for this client with `{% if … %}`"));
        }
        if self.kind != ChartKind::Waterfall {
            return;
        }
        let is_total = |row: &Vec<Text>| row.first().is_some_and(|label| is_strong(label));
        if !self.table.rows.iter().any(is_total) {
            let problem = Diagnostic::error("D059", "this waterfall has no total").at(self.place.clone());
            self.sink.push(problem.help("make the labels of its totals strong, such as `| **Today** | 120 |`"));
            return;
        }
        let (mut sum, mut steps, mut digits) = (Decimal::ZERO, 0u32, u32::MAX);
        for (row, value) in column().enumerate() {
            digits = digits.min(value.scale());
            steps += 1;
            let cells = self.table.rows.get(row).map(Vec::as_slice).unwrap_or_default();
            if !cells.first().is_some_and(|label| is_strong(label)) {
                sum = sum.checked_add(value).unwrap_or(Decimal::MAX);
                continue;
            }
            // Rounded figures may miss their sum by half of their last digit each; more than one digit reads as a fault.
            let slack = Decimal::new(5 * i64::from(steps).min(2), digits.min(27) + 1);
            let off = value.checked_sub(sum).unwrap_or(Decimal::MAX).abs();
            if row > 0 && off > slack {
                let words = cells.get(1).map(|cell| plain(cell)).unwrap_or_default();
                let locale = Locale::new(&self.source.filled.locale);
                let sum = locale.map_or(sum.to_string(), |locale| locale.number(sum, None));
                let what = format!("{} is a total, the steps before it make {sum}", self.cell(words.trim(), row, 1));
                self.report(
                    "D059",
                    what,
                    "mend the step or the total; only totals have a strong label",
                    words.trim(),
                    row,
                );
            }
            (sum, steps) = (value, 1);
        }
    }

    /// Names a cell by its words and where it stands in the table.
    fn cell(&self, words: &str, row: usize, column: usize) -> String {
        let text = |cell: Option<&Text>| cell.map(|cell| plain(cell).trim().to_owned()).unwrap_or_default();
        let label = text(self.table.rows.get(row).and_then(|row| row.first()));
        let name = text(self.table.head.get(column));
        let column = if name.is_empty() { format!("column {}", column + 1) } else { format!("column `{name}`") };
        let words = if words.is_empty() { "a cell".to_owned() } else { format!("`{words}`") };
        format!("{words} (row `{label}`, {column})")
    }

    fn report(&mut self, code: &'static str, what: String, help: &str, words: &str, row: usize) {
        let place = self.place_of(row, words);
        self.sink.push(Diagnostic::error(code, what).at(place).help(help));
    }

    /// The place of a cell: the words in its row, else the row, else the table where a library block holds it.
    fn place_of(&self, row: usize, words: &str) -> Place {
        match self.head {
            Some(head) => self.source.place_of(head + 2 + row, words),
            None => self.place.clone(),
        }
    }
}
