//! In: a bar chart. Out: its bars grouped or stacked, and which way they run.

use crate::document::model::{Align, ChartKind, Direction, Inline};
use crate::layout::chart::bars::{Bar, Bars};
use crate::layout::chart::canvas::Canvas;
use crate::layout::chart::labels::is_cramped;
use crate::layout::chart::scale::measure;
use crate::layout::chart::words;
use crate::library::brand::Colour;

mod across;
mod names;
mod upright;

pub(super) use upright::{axis_words, grid, thinned};

/// Bars of more rows than these stand upright unless the author says otherwise: so many lines of labels are a table.
const MOST_ACROSS: usize = 14;

/// Draws the plot; gives its height.
pub(super) fn plot(canvas: &mut Canvas<'_, '_>) -> f32 {
    let ChartKind::Bar { stacked, direction } = canvas.chart.kind else { return 0.0 };
    let bars = if stacked { on_each_other(canvas) } else { side_by_side(canvas) };
    let direction = direction.unwrap_or_else(|| choose(canvas, &bars));
    run(canvas, &bars, direction)
}

/// Draws bars in a direction; gives the height that they take.
pub(super) fn run(canvas: &mut Canvas<'_, '_>, bars: &Bars, direction: Direction) -> f32 {
    match direction {
        Direction::Vertical => upright::plot(canvas, bars),
        Direction::Horizontal => across::plot(canvas, bars),
    }
}

/// Long labels are read beside bars that run across; one row alone would be a tower.
pub(super) fn choose(canvas: &mut Canvas<'_, '_>, bars: &Bars) -> Direction {
    if bars.rows > MOST_ACROSS {
        return Direction::Vertical;
    }
    let style = canvas.ink.label.clone();
    let pitch = canvas.width / bars.rows.max(1) as f32 - style.size * 0.7;
    let mut cramped = |row: usize| {
        let lines = canvas.lines((row, 0), &style, pitch.max(1.0), Align::Centre);
        is_cramped(&lines, 2)
    };
    if bars.rows == 1 || (1..=bars.rows).any(&mut cramped) { Direction::Horizontal } else { Direction::Vertical }
}

fn side_by_side(canvas: &Canvas<'_, '_>) -> Bars {
    let (rows, series) = canvas.counts();
    let colours = canvas.ink.series(series);
    let mut bars = Bars { rows, slots: series, ..Bars::default() };
    for (row, values) in canvas.chart.values.iter().enumerate() {
        for (slot, value) in values.iter().enumerate() {
            let colour = match series {
                1 => alone(canvas, row),
                _ => colours.get(slot).copied().unwrap_or(canvas.ink.grey),
            };
            let to = value.map_or(0.0, measure);
            bars.bars.push(Bar { row, column: slot + 1, slot, from: 0.0, to, colour });
        }
    }
    if series > 1 {
        bars.names = colours.into_iter().enumerate().map(|(slot, colour)| (slot + 1, colour)).collect();
    }
    let locale = &canvas.setter.cx.meta.locale;
    bars.remarks = (0..rows).map(|row| words::difference(canvas.chart, row, locale)).collect();
    bars
}

/// The colour of a row where there is one series: rows with a strong label draw the eye, if there are any.
fn alone(canvas: &Canvas<'_, '_>, row: usize) -> Colour {
    let strong = |cells: &Vec<Vec<Inline>>| super::draws_the_eye(cells);
    let rows = &canvas.chart.table.rows;
    match (rows.iter().any(strong), rows.get(row).is_some_and(strong)) {
        (true, true) => canvas.ink.colours.accent,
        (true, false) => canvas.ink.grey,
        (false, _) => canvas.ink.colours.primary,
    }
}

fn on_each_other(canvas: &Canvas<'_, '_>) -> Bars {
    let (rows, series) = canvas.counts();
    let colours = canvas.ink.series(series);
    let mut bars = Bars { rows, slots: 1, stacked: true, ..Bars::default() };
    for (row, values) in canvas.chart.values.iter().enumerate() {
        let (mut above, mut below) = (0.0, 0.0);
        for (index, value) in values.iter().enumerate() {
            let value = value.map_or(0.0, measure);
            let pile = if value < 0.0 { &mut below } else { &mut above };
            let (from, to) = (*pile, *pile + value);
            *pile = to;
            let colour = colours.get(index).copied().unwrap_or(canvas.ink.grey);
            bars.bars.push(Bar { row, column: index + 1, slot: 0, from, to, colour });
        }
    }
    if series > 1 {
        bars.names = colours.into_iter().enumerate().map(|(index, colour)| (index + 1, colour)).collect();
    }
    bars
}
