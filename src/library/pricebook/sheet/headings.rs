//! In: a sheet. Out: the row with its headings, and which column each of them heads.

use std::collections::BTreeMap;

use super::cells::{At, Sheet, Value};
use crate::diagnostic::{Checked, Diagnostic, Problems, suggest};

/// What a column holds. Words and prices may have several, by language or currency.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Column {
    Sku,
    Name(Option<String>),
    Description(Option<String>),
    Unit(Option<String>),
    Units(Option<String>),
    Billing,
    Fractional,
    Least,
    Most,
    FinePrices,
    Currency,
    Price(Option<String>),
    TierRule,
    TierFrom,
    TierTo,
    TaxClass,
    From,
    Until,
    Bundle,
    Requires,
    Excludes,
}

/// Where the columns are.
#[derive(Debug)]
pub struct Headings {
    pub row: u32,
    pub columns: BTreeMap<Column, u32>,
}

/// Headings that are the same for every language and currency.
const PLAIN: [(&str, Column); 21] = [
    ("sku", Column::Sku),
    ("name", Column::Name(None)),
    ("description", Column::Description(None)),
    ("unit", Column::Unit(None)),
    ("units", Column::Units(None)),
    ("billing", Column::Billing),
    ("fractional", Column::Fractional),
    ("min quantity", Column::Least),
    ("max quantity", Column::Most),
    ("fine prices", Column::FinePrices),
    ("currency", Column::Currency),
    ("price", Column::Price(None)),
    ("tier rule", Column::TierRule),
    ("tier from", Column::TierFrom),
    ("tier to", Column::TierTo),
    ("tax class", Column::TaxClass),
    ("valid from", Column::From),
    ("valid until", Column::Until),
    ("bundle", Column::Bundle),
    ("requires", Column::Requires),
    ("excludes", Column::Excludes),
];

/// How many rows may stand above the headings, for a title.
const ROWS_ABOVE: u32 = 20;

/// Small letters, single spaces.
fn plain(heading: &str) -> String {
    let words = heading.to_lowercase().replace(['_', '-'], " ");
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn column(heading: &str) -> Option<Column> {
    if let Some((what, of)) = heading.split_once(':') {
        let of = of.trim().to_string();
        let known = of.chars().all(|c| c.is_ascii_alphanumeric() || c == '-') && !of.is_empty();
        return match (known, plain(what).as_str()) {
            (true, "name") => Some(Column::Name(Some(of))),
            (true, "description") => Some(Column::Description(Some(of))),
            (true, "unit") => Some(Column::Unit(Some(of))),
            (true, "units") => Some(Column::Units(Some(of))),
            (true, "price") => Some(Column::Price(Some(of.to_uppercase()))),
            _ => None,
        };
    }
    let heading = plain(heading);
    PLAIN.iter().find(|(known, _)| *known == heading).map(|(_, column)| column.clone())
}

/// The row of the headings: the first of the top rows that has a cell `sku`.
fn heading_row(sheet: &Sheet) -> Option<u32> {
    let is_sku = |value: &Value| matches!(value, Value::Text(text) if plain(text) == "sku");
    sheet
        .cells
        .iter()
        .take_while(|(at, _)| at.0 <= ROWS_ABOVE)
        .find(|(_, cell)| is_sku(&cell.value))
        .map(|(at, _)| at.0)
}

/// True where the sheet has headings of prices.
pub(super) fn is_heading_row(sheet: &Sheet) -> bool {
    heading_row(sheet).is_some()
}

/// Finds the headings, in any order.
///
/// # Errors
/// `I002` for a heading that is missing, unknown or stands twice: a column that is not read could be the one that counts.
pub(super) fn find(name: &str, sheet: &Sheet) -> Checked<Headings> {
    let row = heading_row(sheet).ok_or_else(|| {
        Diagnostic::error("I002", format!("`{name}` has no heading `sku` in its first {} rows", ROWS_ABOVE + 1))
            .help("write the headings in one row: `sku`, `name`, `unit`, `billing`, `currency`, `price` …")
    })?;
    let mut problems = Problems::default();
    let mut columns: BTreeMap<Column, u32> = BTreeMap::new();
    for (at, cell) in sheet.cells.range((row, 0)..(row + 1, 0)) {
        let Value::Text(text) = &cell.value else {
            let what = format!("a heading is text, not {}", cell.value.describe());
            problems.push(sheet.fault("I002", *at, &what, "write the name of the column, or empty it"));
            continue;
        };
        if text.starts_with('#') {
            continue;
        }
        match column(text) {
            None => problems.push(unknown(sheet, *at, text)),
            Some(column) => {
                if let Some(before) = columns.insert(column, at.1) {
                    let what = format!("`{text}` stands here and in `{}`", sheet.called((row, before)));
                    problems.push(sheet.fault("I002", *at, &what, "keep one of the two columns"));
                }
            }
        }
    }
    missing(name, &columns, &mut problems);
    if problems.has_errors() { Err(problems) } else { Ok(Headings { row, columns }) }
}

fn unknown(sheet: &Sheet, at: At, text: &str) -> Diagnostic {
    let what = format!("there is no heading `{}`", super::cells::shortened(text));
    let known = PLAIN.iter().map(|(heading, _)| *heading);
    let help = match suggest(&plain(text), known) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "name it as docs/library.md lists them, or put `#` before it: such a column is not read".to_string(),
    };
    sheet.fault("I002", at, &what, &help)
}

fn missing(name: &str, columns: &BTreeMap<Column, u32>, problems: &mut Problems) {
    let any = |wanted: &dyn Fn(&Column) -> bool| columns.keys().any(wanted);
    let by_currency = any(&|column| matches!(column, Column::Price(Some(_))));
    let needed: [(&str, bool); 5] = [
        ("name", any(&|column| matches!(column, Column::Name(_)))),
        ("unit", any(&|column| matches!(column, Column::Unit(_)))),
        ("billing", any(&|column| *column == Column::Billing)),
        ("currency", by_currency || any(&|column| *column == Column::Currency)),
        ("price", by_currency || any(&|column| *column == Column::Price(None))),
    ];
    for (heading, _) in needed.iter().filter(|(_, there)| !there) {
        let message = format!("`{name}` has no heading `{heading}`");
        problems.push(Diagnostic::error("I002", message).help(format!("add a column headed `{heading}`")));
    }
    if by_currency && any(&|column| matches!(column, Column::Price(None) | Column::Currency)) {
        let message =
            format!("`{name}` gives prices in two ways: under `price` and under headings such as `price:CAD`");
        problems.push(
            Diagnostic::error("I002", message).help("keep `currency` and `price`, or a `price:` for each currency"),
        );
    }
    for (column, other) in [(Column::TierFrom, Column::TierRule), (Column::TierTo, Column::TierFrom)] {
        if columns.contains_key(&column) && !columns.contains_key(&other) {
            let called =
                |wanted: &Column| PLAIN.iter().find(|(_, column)| column == wanted).map_or("", |(name, _)| name);
            let message = format!("`{name}` has a heading `{}`, but none `{}`", called(&column), called(&other));
            problems.push(Diagnostic::error("I002", message).help("add the column"));
        }
    }
}
