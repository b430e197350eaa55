//! In: series over the labels of rows. Out: a line for each, named at its end.

use crate::document::model::Align;
use crate::layout::chart::bar::{axis_words, grid, thinned};
use crate::layout::chart::bars::Key;
use crate::layout::chart::canvas::Canvas;
use crate::layout::chart::labels::{apart, is_cramped};
use crate::layout::chart::scale::{Scale, measure, ticks};
use crate::layout::drawing::rectangle;
use crate::layout::lines::Lines;
use crate::layout::page::{Rect, Segment};
use crate::library::brand::Colour;

/// A line of more points has no dots.
const MOST_DOTS: usize = 16;

/// Where points stand across the plot.
#[derive(Debug, Clone, Copy)]
struct Across {
    left: f32,
    right: f32,
    rows: usize,
}

impl Across {
    fn at(self, row: usize) -> f32 {
        match self.rows {
            0 | 1 => (self.left + self.right) / 2.0,
            rows => self.left + (self.right - self.left) * row as f32 / (rows - 1) as f32,
        }
    }
}

/// One series: its column, its points, and its colour.
struct Series {
    column: usize,
    points: Vec<Option<f64>>,
    colour: Colour,
}

impl Series {
    /// The last row that has a number.
    fn last(&self) -> Option<(usize, f64)> {
        self.points.iter().enumerate().rev().find_map(|(row, point)| Some((row, (*point)?)))
    }
}

/// What stands at the end of a line.
struct End {
    name: Option<Lines>,
    number: Lines,
}

/// Draws the plot over the whole height; gives it.
pub(super) fn plot(canvas: &mut Canvas<'_, '_>) -> f32 {
    let em = canvas.ink.label.size;
    let series = series(canvas);
    let (rows, count) = canvas.counts();
    let range = range(&series);
    let leading = canvas.ink.label.leading;

    let marks = ticks(range.0, range.1, ((canvas.height / (4.0 * em)) as usize).clamp(2, 6));
    let axis = axis_words(canvas, &marks);
    let left = axis.iter().map(|lines| lines.width).fold(0.0, f32::max) + em;
    let ends = ends(canvas, &series, count);
    let widest = ends.iter().map(|end| width(end, em)).fold(0.0, f32::max);
    // The names stand in a row above where they would leave no room for the lines, or do not stand under each other.
    let tall = ends.iter().map(height).sum::<f32>();
    let direct = widest <= canvas.width * 0.35 && tall <= canvas.height * 0.75;
    let pairs: Vec<(usize, Colour)> = series.iter().map(|series| (series.column, series.colour)).collect();
    let key = (!direct && count > 1).then(|| Key::new(canvas, &pairs));
    let top = key.as_ref().map_or(0.0, |key| key.height) + leading * 0.5;
    let across = Across {
        left: left.min(canvas.width * 0.4),
        right: canvas.width - if direct { widest + em * 0.8 } else { em * 0.8 },
        rows,
    };

    let labels = thinned(canvas, rows, |row| across.at(row));
    let below = labels.iter().flatten().map(Lines::height).fold(0.0, f32::max) + em * 0.8;
    // A key of many long names must leave room for the lines.
    canvas.height = canvas.height.max(top + below + 5.0 * em);
    let foot = canvas.height - below;
    let low = marks.first().map_or(range.0, |mark| measure(*mark).min(range.0));
    let high = marks.last().map_or(range.1, |mark| measure(*mark).max(range.1));
    let scale = Scale::new((low, high), (foot, top));

    let start = across.left - em * 0.4;
    grid(canvas, &axis, &marks, (start.max(0.0), across.right), scale);
    // Only zero is a base; where the plot begins higher, its foot is a figure like the others.
    if low <= 0.0 && high >= 0.0 {
        let y = scale.at(0.0);
        canvas.rule((start.max(0.0), y), (across.right, y), canvas.ink.colours.muted, 0.75);
    }
    if let Some(key) = key {
        key.draw(canvas);
    }
    for series in &series {
        draw(canvas, series, across, scale);
    }
    for (row, lines) in labels.iter().enumerate() {
        if let Some(lines) = lines {
            canvas.put((row + 1, 0), lines, across.at(row) - lines.width / 2.0, foot + em * 0.8);
        }
    }
    if direct {
        draw_ends(canvas, &series, &ends, (across, scale));
    }
    canvas.height
}

fn series(canvas: &Canvas<'_, '_>) -> Vec<Series> {
    let (_, count) = canvas.counts();
    let colours = canvas.ink.series(count);
    let points = |index: usize| {
        let row = |values: &Vec<Option<rust_decimal::Decimal>>| values.get(index).copied().flatten().map(measure);
        canvas.chart.values.iter().map(row).collect()
    };
    colours
        .into_iter()
        .enumerate()
        .map(|(index, colour)| Series { column: index + 1, points: points(index), colour })
        .collect()
}

/// The numbers that the plot shows: from zero where they are near enough to it that the change would look larger than it
/// is.
fn range(series: &[Series]) -> (f64, f64) {
    let all = || series.iter().flat_map(|series| series.points.iter().flatten().copied());
    let low = all().fold(f64::INFINITY, f64::min);
    let high = all().fold(f64::NEG_INFINITY, f64::max);
    if low > high {
        return (0.0, 0.0);
    }
    match (low, high) {
        (low, high) if low >= 0.0 && low < high * 0.6 => (0.0, high),
        (low, high) if high <= 0.0 && high > low * 0.6 => (low, 0.0),
        both => both,
    }
}

/// The name and the last number of each line.
fn ends(canvas: &mut Canvas<'_, '_>, series: &[Series], count: usize) -> Vec<End> {
    let most = canvas.width * 0.25;
    let mut ends = Vec::with_capacity(series.len());
    for series in series {
        let style = canvas.ink.named(&canvas.ink.label, series.colour);
        let name = (count > 1).then(|| canvas.lines((0, series.column), &style, most, Align::Start));
        let row = series.last().map_or(0, |(row, _)| row);
        let style = canvas.ink.value.clone();
        ends.push(End { name, number: canvas.line((row + 1, series.column), &style) });
    }
    ends
}

fn width(end: &End, em: f32) -> f32 {
    end.number.width + end.name.as_ref().map_or(0.0, |name| name.width + em * 0.5)
}

fn height(end: &End) -> f32 {
    end.number.height().max(end.name.as_ref().map_or(0.0, Lines::height))
}

/// A line for each stretch without a gap, and dots where there are few points or a point stands alone.
fn draw(canvas: &mut Canvas<'_, '_>, series: &Series, across: Across, scale: Scale) {
    let em = canvas.ink.label.size;
    let thick = (em * 0.2).max(1.5);
    let mut segments = Vec::new();
    let place = |row: usize, value: f64| (across.at(row), scale.at(value));
    for (row, point) in series.points.iter().enumerate() {
        let Some((x, y)) = point.map(|value| place(row, value)) else { continue };
        let joined = row.checked_sub(1).and_then(|before| series.points.get(before)).is_some_and(Option::is_some);
        segments.push(if joined { Segment::LineTo(x, y) } else { Segment::MoveTo(x, y) });
    }
    if segments.iter().any(|segment| matches!(segment, Segment::LineTo(..))) {
        canvas.stroke(segments, series.colour, thick);
    }
    let last = series.last().map(|(row, _)| row);
    for (row, point) in series.points.iter().enumerate() {
        let Some((x, y)) = point.map(|value| place(row, value)) else { continue };
        let beside =
            |other: Option<usize>| other.and_then(|other| series.points.get(other)).is_some_and(Option::is_some);
        let alone = !beside(row.checked_sub(1)) && !beside(row.checked_add(1));
        if series.points.len() <= MOST_DOTS || alone || Some(row) == last {
            let r = thick * if Some(row) == last { 1.7 } else { 1.2 };
            let rect = Rect { x: x - r, y: y - r, width: 2.0 * r, height: 2.0 * r };
            canvas.fill(rectangle(rect, r), series.colour);
        }
    }
}

/// Each number and name at the height where its line ends, as near as the others let them.
fn draw_ends(canvas: &mut Canvas<'_, '_>, series: &[Series], ends: &[End], (across, scale): (Across, Scale)) {
    let em = canvas.ink.label.size;
    let middle = |series: &Series| series.last().map_or(0.0, |(_, value)| scale.at(value));
    let wanted: Vec<(f32, f32)> = series.iter().zip(ends).map(|(series, end)| (middle(series), height(end))).collect();
    let Some(tops) = apart(&wanted, (0.0, canvas.height)) else { return };
    for ((series, end), top) in series.iter().zip(ends).zip(tops) {
        let row = series.last().map_or(0, |(row, _)| row);
        let x = if across.rows == 1 { across.at(0) } else { across.right } + em * 0.8;
        let tall = height(end);
        if let Some(name) = &end.name {
            let cramped = is_cramped(name, 4);
            let y = top + if cramped { 0.0 } else { (tall - name.height()) / 2.0 };
            canvas.put((0, series.column), name, x + end.number.width + em * 0.5, y);
        }
        canvas.put((row + 1, series.column), &end.number, x, top + (tall - end.number.height()) / 2.0);
    }
}
