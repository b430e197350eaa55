//! In: the lines of a quote. Out: [`PriceTable`]s: what is included, and what may be.

use super::amounts::{Writer, detail, space};
use super::options::Options;
use crate::document::model::{Text, plain_words};
use crate::document::prices::{ColumnKind, PriceCell, PriceColumn, PriceEntry, PriceGroup, PriceRow, PriceTable};
use crate::plan::quote::{Billing, Line, Standing, figures};

/// In the order in which groups stand.
const BILLINGS: [Billing; 4] = [Billing::OneTime, Billing::Monthly, Billing::Annual, Billing::Usage];

/// The lines that are part of the sums.
pub(super) fn lines(writer: &Writer<'_>, options: &Options) -> Option<PriceTable> {
    let mut lines: Vec<&Line> = writer.priced.quote.lines.iter().filter(|line| line.counts()).collect();
    let billings: Vec<Billing> = BILLINGS.into_iter().filter(|b| lines.iter().any(|line| line.billing == *b)).collect();
    // A slide says the billing in a column, which takes fewer lines than heads between them.
    let groups = options.groups && !options.slide;
    if options.groups {
        lines.sort_by_key(|line| line.billing);
    }
    let columns = columns(writer, options, !groups && billings.len() > 1);
    let table = Table { writer, options, columns };
    let groups = if groups {
        let of = |billing: &Billing| -> Vec<&Line> {
            lines.iter().copied().filter(|line| line.billing == *billing).collect()
        };
        let several = billings.len() > 1;
        billings.iter().map(|billing| table.group(Some(*billing), &of(billing), several)).collect()
    } else {
        vec![table.group(None, &lines, false)]
    };
    (!lines.is_empty()).then_some(PriceTable { columns: table.columns, groups })
}

/// The lines that the client may add or choose instead, under their own title.
pub(super) fn options(writer: &Writer<'_>, options: &Options) -> Option<(Text, PriceTable)> {
    let lines: Vec<&Line> = writer.priced.quote.lines.iter().filter(|line| !line.counts()).collect();
    if lines.is_empty() || !options.optional {
        return None;
    }
    let table = Table { writer, options, columns: columns(writer, options, true) };
    let rows = lines.iter().map(|line| table.row(line)).collect();
    let groups = vec![PriceGroup { title: None, rows, subtotal: None }];
    Some((plain_words(&writer.words.options), PriceTable { columns: table.columns, groups }))
}

/// The columns that are asked for; else those that have something to say.
fn columns(writer: &Writer<'_>, options: &Options, billing: bool) -> Vec<PriceColumn> {
    let lines = &writer.priced.quote.lines;
    let discounts = || lines.iter().any(|line| !line.discount.is_zero() && (line.counts() || options.optional));
    let asked = options.columns.clone().unwrap_or_else(|| match (options.slide, options.list) {
        (true, _) | (_, false) => vec![ColumnKind::Quantity],
        _ if discounts() => vec![ColumnKind::Quantity, ColumnKind::UnitPrice, ColumnKind::Discount],
        _ => vec![ColumnKind::Quantity, ColumnKind::UnitPrice],
    });
    let (sku, others): (Vec<_>, Vec<_>) = asked.into_iter().partition(|kind| *kind == ColumnKind::Sku);
    let billing = billing.then_some(ColumnKind::Billing);
    let kinds = [ColumnKind::Item].into_iter().chain(sku).chain(billing).chain(others).chain([ColumnKind::Amount]);
    let words = writer.words;
    let head = |kind: ColumnKind| match kind {
        ColumnKind::Item => &words.item,
        ColumnKind::Sku => &words.sku,
        ColumnKind::Billing => &words.billing,
        ColumnKind::Quantity => &words.quantity,
        ColumnKind::UnitPrice => &words.unit_price,
        ColumnKind::Discount => &words.discount,
        ColumnKind::Amount => &words.amount,
    };
    kinds.map(|kind| PriceColumn { kind, head: plain_words(head(kind)) }).collect()
}

struct Table<'a> {
    writer: &'a Writer<'a>,
    options: &'a Options,
    columns: Vec<PriceColumn>,
}

impl Table<'_> {
    /// The lines of one billing, or all; sums are carried where all lines are of one billing.
    fn group(&self, billing: Option<Billing>, lines: &[&Line], several: bool) -> PriceGroup {
        let one = lines.iter().all(|line| Some(line.billing) == lines.first().map(|first| first.billing));
        let mut rows: Vec<PriceRow> = lines.iter().map(|line| self.row(line)).collect();
        if one {
            let sums = figures::running(lines.iter().copied());
            let last = rows.len().saturating_sub(1);
            for (row, sum) in rows.iter_mut().zip(sums).take(last) {
                row.carried = sum.map(|sum| self.writer.money(sum));
            }
        }
        let period = billing.and_then(|billing| self.writer.priced.quote.period(billing));
        // With one billing, and with one line, the totals say the same.
        let sum = period.filter(|_| several && lines.len() > 1).and_then(|period| period.subtotal());
        let subtotal = sum.map(|sum| (plain_words(&self.writer.words.subtotal), self.writer.money(sum)));
        PriceGroup { title: billing.map(|billing| self.writer.billing(billing)), rows, subtotal }
    }

    fn row(&self, line: &Line) -> PriceRow {
        let cells = self.columns.iter().map(|column| self.cell(column.kind, line)).collect();
        PriceRow { cells, carried: None }
    }

    fn cell(&self, kind: ColumnKind, line: &Line) -> PriceCell {
        let writer = self.writer;
        match kind {
            ColumnKind::Item => self.item(line),
            ColumnKind::Sku => vec![PriceEntry::words(plain_words(&line.sku))],
            ColumnKind::Billing => vec![PriceEntry::words(writer.billing(line.billing))],
            ColumnKind::Quantity => vec![writer.quantity(line)],
            ColumnKind::UnitPrice => match line.prices.as_slice() {
                [price] => vec![writer.unit_price(price)],
                tiers => tiers.iter().map(|price| writer.tier(price)).collect(),
            },
            ColumnKind::Discount if line.discount.is_zero() => Vec::new(),
            ColumnKind::Discount => vec![writer.money(-line.discount)],
            ColumnKind::Amount => vec![writer.money(line.net)],
        }
    }

    /// The name, what it is, what the rep says of it, and how it stands among others.
    fn item(&self, line: &Line) -> PriceCell {
        let mut cell = vec![PriceEntry::words(plain_words(&line.name))];
        let description = line.description.as_deref().filter(|words| !self.options.slide && !words.trim().is_empty());
        cell.extend(description.map(|words| detail(plain_words(words.trim()))));
        cell.extend(line.note.iter().flat_map(|note| self.writer.note(note, space())).map(detail));
        cell.extend(self.standing(line).map(detail));
        cell
    }

    fn standing(&self, line: &Line) -> Option<Text> {
        let words = self.writer.words;
        match &line.standing {
            Standing::Included => None,
            Standing::Optional => Some(plain_words(&words.optional)),
            Standing::Alternative { group, chosen: true } => {
                let others = self.writer.priced.quote.lines.iter().any(|other| {
                    matches!(&other.standing, Standing::Alternative { group: same, chosen: false } if same == group)
                });
                (others && self.options.optional).then(|| plain_words(&words.chosen))
            }
            Standing::Alternative { group, chosen: false } => {
                let chosen = self.writer.priced.quote.lines.iter().find(|other| {
                    matches!(&other.standing, Standing::Alternative { group: same, chosen: true } if same == group)
                });
                let name = chosen.map_or(group.as_str(), |line| line.name.as_str());
                Some(plain_words(&format!("{} {name}", words.alternative_to)))
            }
        }
    }
}
