//! In: a chart. Out: what its shapes say, in words: the alternative text, and the difference of two numbers.

use rust_decimal::Decimal;

use crate::document::model::{Chart, Text, plain};
use crate::format::Locale;
use crate::layout::fonts::Fonts;

/// More rows than these are named by the first and the last; the table beside the figure has them all.
const MOST_ROWS: usize = 12;

/// The chart in the author's own words, so that it is in the document's language: title, unit, and each row with its
/// series.
pub(super) fn alt(chart: &Chart, locale: &str) -> String {
    let words = |text: &Text| plain(text).split_whitespace().collect::<Vec<_>>().join(" ");
    let heads: Vec<String> = [&chart.title, &chart.unit].into_iter().flatten().map(words).collect();
    let named = chart.table.columns.len() > 2;
    let row = |index: usize, cells: &Vec<Text>| {
        let label = cells.first().map(words).unwrap_or_default();
        let series = cells.iter().zip(&chart.table.head).skip(1).filter(|(cell, _)| !words(cell).is_empty());
        let numbers: Vec<String> = series
            .map(|(cell, name)| if named { format!("{} {}", words(name), words(cell)) } else { words(cell) })
            .collect();
        let change = difference(chart, index, locale).map(|words| format!(" ({words})")).unwrap_or_default();
        format!("{label}: {}{change}", numbers.join(", "))
    };
    let count = chart.table.rows.len();
    let shown = |index: usize| count <= MOST_ROWS || index == 0 || index + 1 == count;
    let rows: Vec<String> = chart
        .table
        .rows
        .iter()
        .enumerate()
        .filter(|(index, _)| shown(*index))
        .map(|(i, cells)| row(i, cells))
        .collect();
    let rows = rows.join(if count <= MOST_ROWS { "; " } else { " … " });
    if heads.is_empty() { rows } else { format!("{}. {rows}", heads.join(", ")) }
}

/// By how much the second of exactly two series differs from the first in a row: `−49%`. `None` where it would say
/// nothing or mislead: from zero or below it, to more than ten times as much, or between percentages, whose difference
/// is read as points.
pub(super) fn difference(chart: &Chart, row: usize, locale: &str) -> Option<String> {
    let grouped = matches!(chart.kind, crate::document::model::ChartKind::Bar { stacked: false, .. });
    let [Some(from), Some(to)] = chart.values.get(row)?.as_slice() else { return None };
    if !grouped || *from <= Decimal::ZERO || *to < Decimal::ZERO {
        return None;
    }
    let cells = chart.table.rows.get(row)?;
    if cells.iter().skip(1).any(|cell| plain(cell).contains(['%', '٪'])) {
        return None;
    }
    let part = to.checked_sub(*from)?.checked_div(*from)?;
    if part.abs() > Decimal::TEN || part.abs() < Decimal::new(5, 3) {
        return None;
    }
    let words = Locale::new(locale)?.percent(part.abs(), Some(0));
    Some(format!("{}{words}", if part.is_sign_negative() { '\u{2212}' } else { '+' }))
}

/// True where every number of the chart is a percentage, so that figures along its axis are ones, too.
pub(super) fn in_percent(chart: &Chart) -> bool {
    let mut numbers = chart.table.rows.iter().flat_map(|row| row.iter().skip(1)).map(|cell| plain(cell));
    let all = numbers.all(|words| words.trim().is_empty() || words.contains(['%', '٪']));
    all && chart.values.iter().flatten().any(Option::is_some)
}

/// With a hyphen where no font of the brand has a minus sign.
pub(super) fn shown(words: &str, fonts: &Fonts) -> String {
    if fonts.covers('\u{2212}') { words.to_owned() } else { words.replace('\u{2212}', "-") }
}
