//! In: steps and totals. Out: bars that float from one sum to the next.

use crate::document::marks::is_strong;
use crate::layout::chart::bar;
use crate::layout::chart::bars::{Bar, Bars};
use crate::layout::chart::canvas::Canvas;
use crate::layout::chart::scale::measure;

/// Draws the plot; gives its height.
pub(super) fn plot(canvas: &mut Canvas<'_, '_>) -> f32 {
    let bars = steps(canvas);
    let direction = bar::choose(canvas, &bars);
    bar::run(canvas, &bars, direction)
}

/// Totals stand on the base line: the first grey, as today, the last in the accent. Steps begin where the sum stands.
fn steps(canvas: &Canvas<'_, '_>) -> Bars {
    let rows = &canvas.chart.table.rows;
    let is_total = |row: usize| rows.get(row).and_then(|cells| cells.first()).is_some_and(|label| is_strong(label));
    let last = (0..rows.len()).rev().find(|row| is_total(*row));
    let mut bars = Bars { rows: rows.len(), slots: 1, joined: true, ..Bars::default() };
    let mut sum = 0.0;
    for (row, values) in canvas.chart.values.iter().enumerate() {
        let value = values.first().copied().flatten().map_or(0.0, measure);
        let total = is_total(row);
        let (from, to) = if total { (0.0, value) } else { (sum, sum + value) };
        let colour = match (total, Some(row) == last && row > 0) {
            (true, true) => canvas.ink.colours.accent,
            (true, false) => canvas.ink.grey,
            (false, _) => canvas.ink.colours.primary,
        };
        sum = to;
        bars.bars.push(Bar { row, column: 1, slot: 0, from, to, colour });
    }
    bars
}
