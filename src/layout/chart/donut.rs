//! In: parts of a whole. Out: a ring from the top clockwise, each part named beside it by a thin leader.

use std::f32::consts::{FRAC_PI_2, TAU};

use crate::document::model::Align;
use crate::layout::chart::canvas::Canvas;
use crate::layout::chart::labels::apart;
use crate::layout::chart::scale::measure;
use crate::layout::lines::Lines;
use crate::layout::page::Segment;
use crate::library::brand::Colour;

/// The hole over the ring.
const HOLE: f32 = 0.62;

/// One part: its row, and where it begins and ends, in turns from the top.
struct Part {
    row: usize,
    from: f32,
    to: f32,
    colour: Colour,
}

impl Part {
    fn middle(&self) -> f32 {
        (self.from + self.to) / 2.0
    }
}

/// A part's words: its label, and its number below it.
struct Words {
    label: Lines,
    number: Lines,
    right: bool,
}

impl Words {
    fn height(&self) -> f32 {
        self.label.height() + self.number.height()
    }
}

/// Draws the plot; gives its height.
pub(super) fn plot(canvas: &mut Canvas<'_, '_>) -> f32 {
    let em = canvas.ink.label.size;
    let parts = parts(canvas);
    // A third of the width is the ring's, the others are for words.
    let radius = (canvas.height / 2.0 - em * 0.5).min(canvas.width * 0.19).max(8.0);
    let edge = radius + em * 2.2;
    let mut sides = [Vec::new(), Vec::new()];
    for part in &parts {
        let right = part.middle() < 0.5;
        let words = words(canvas, part, (canvas.width / 2.0 - edge).max(1.0), right);
        sides[usize::from(right)].push((part, words));
    }
    let needed = |side: &Vec<(&Part, Words)>| side.iter().map(|(_, words)| words.height() + em * 0.3).sum::<f32>();
    let tallest = sides.iter().map(needed).fold(0.0, f32::max);
    let height = canvas.height.max(tallest.min(canvas.width));
    canvas.height = height;
    let (x, y) = (canvas.width / 2.0, height / 2.0);
    for part in &parts {
        canvas.fill(ring((x, y), radius, (part.from, part.to)), part.colour);
    }
    if parts.iter().filter(|part| part.to > part.from).count() > 1 {
        for part in parts.iter().filter(|part| part.to > part.from) {
            let at = |r: f32| on_circle((x, y), r, part.from);
            canvas.rule(at(radius * HOLE - 0.5), at(radius + 0.5), canvas.ink.colours.paper, 1.25);
        }
    }
    for shown in sides {
        name(canvas, shown, ((x, y), radius, height));
    }
    height
}

/// The parts; where a label is strong its part draws the eye and the others stand back.
fn parts(canvas: &Canvas<'_, '_>) -> Vec<Part> {
    let numbers: Vec<f64> = canvas.chart.values.iter().map(|row| value(row)).collect();
    // Divided first, so that no sum of very great numbers leaves the range.
    let most = numbers.iter().copied().fold(0.0, f64::max);
    let part = |value: f64| if most > 0.0 { value / most } else { 0.0 };
    let whole: f64 = numbers.iter().map(|value| part(*value)).sum();
    let strong: Vec<bool> = canvas.chart.table.rows.iter().map(|cells| super::draws_the_eye(cells)).collect();
    let count = numbers.len();
    let mut ramp = canvas.ink.ramp(count);
    ramp.reverse();
    let mut parts = Vec::with_capacity(count);
    let mut sum = 0.0;
    for (row, number) in numbers.iter().enumerate() {
        let from = if whole > 0.0 { (sum / whole) as f32 } else { 0.0 };
        sum += part(*number);
        let to = if whole > 0.0 { (sum / whole) as f32 } else { 0.0 };
        let colour = match strong.get(row) {
            Some(true) => canvas.ink.colours.accent,
            _ => ramp.get(row).copied().unwrap_or(canvas.ink.grey),
        };
        parts.push(Part { row, from, to, colour });
    }
    parts
}

fn value(row: &[Option<rust_decimal::Decimal>]) -> f64 {
    row.first().copied().flatten().map_or(0.0, measure).max(0.0)
}

fn on_circle((x, y): (f32, f32), radius: f32, turn: f32) -> (f32, f32) {
    let angle = turn * TAU - FRAC_PI_2;
    (x + radius * angle.cos(), y + radius * angle.sin())
}

/// The outline of a part of the ring, an eighth of a turn at most in each curve.
fn ring(centre: (f32, f32), radius: f32, (from, to): (f32, f32)) -> Vec<Segment> {
    if to <= from {
        return Vec::new();
    }
    let steps = (((to - from) * 8.0).ceil() as usize).clamp(1, 8);
    let step = (to - from) / steps as f32;
    let start = on_circle(centre, radius, from);
    let mut segments = vec![Segment::MoveTo(start.0, start.1)];
    for index in 0..steps {
        let at = from + step * index as f32;
        segments.push(arc(centre, radius, at, at + step));
    }
    let inner = on_circle(centre, radius * HOLE, to);
    segments.push(Segment::LineTo(inner.0, inner.1));
    for index in 0..steps {
        let at = to - step * index as f32;
        segments.push(arc(centre, radius * HOLE, at, at - step));
    }
    segments.push(Segment::Close);
    segments
}

/// A curve along a circle (Bézier: 4/3 tan(a/4) of the radius).
fn arc(centre: (f32, f32), radius: f32, from: f32, to: f32) -> Segment {
    let pull = 4.0 / 3.0 * ((to - from) * TAU / 4.0).tan() * radius;
    let tangent = |turn: f32| {
        let angle = turn * TAU - FRAC_PI_2;
        (-angle.sin() * pull, angle.cos() * pull)
    };
    let (start, end) = (on_circle(centre, radius, from), on_circle(centre, radius, to));
    let (one, two) = (tangent(from), tangent(to));
    Segment::CurveTo(start.0 + one.0, start.1 + one.1, end.0 - two.0, end.1 - two.1, end.0, end.1)
}

/// Names the parts of one side; the smallest go without where not all fit.
fn name(canvas: &mut Canvas<'_, '_>, mut shown: Vec<(&Part, Words)>, ((x, y), radius, height): ((f32, f32), f32, f32)) {
    let em = canvas.ink.label.size;
    let edge = radius + em * 2.2;
    let level = |part: &Part| on_circle((x, y), radius, part.middle()).1;
    let tops = loop {
        let wanted: Vec<(f32, f32)> =
            shown.iter().map(|(part, words)| (level(part), words.height() + em * 0.3)).collect();
        if let Some(tops) = apart(&wanted, (0.0, height)) {
            break tops;
        }
        let smallest = shown
            .iter()
            .enumerate()
            .min_by(|(_, (a, _)), (_, (b, _))| (a.to - a.from).total_cmp(&(b.to - b.from)))
            .map(|(index, _)| index);
        let Some(index) = smallest else { return };
        shown.remove(index);
    };
    for ((part, words), top) in shown.iter().zip(tops) {
        let side = if words.right { 1.0 } else { -1.0 };
        let at = |lines: &Lines| if words.right { x + edge } else { x - edge - lines.width };
        let named = canvas.put((part.row + 1, 0), &words.label, at(&words.label), top);
        let number_top = top + words.label.height();
        canvas.put((part.row + 1, 1), &words.number, at(&words.number), number_top);
        if named {
            let level = top + words.label.leading * 0.5;
            let start = on_circle((x, y), radius + 1.5, part.middle());
            let bend = on_circle((x, y), radius + em * 0.8, part.middle());
            let end = x + side * (edge - em * 0.4);
            let segments = vec![
                Segment::MoveTo(start.0, start.1),
                Segment::LineTo(bend.0, bend.1),
                Segment::LineTo(x + side * (edge - em).max((bend.0 - x).abs()), level),
                Segment::LineTo(end, level),
            ];
            canvas.stroke(segments, canvas.ink.colours.muted, 0.5);
        }
    }
}

fn words(canvas: &mut Canvas<'_, '_>, part: &Part, width: f32, right: bool) -> Words {
    let label = canvas.ink.label.clone();
    let align = if right { Align::Start } else { Align::End };
    let label = canvas.lines((part.row + 1, 0), &label, width, align);
    let value = canvas.ink.value.clone();
    let number = canvas.lines((part.row + 1, 1), &value, width, align);
    Words { label, number, right }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_whole_ring_is_closed_and_round() {
        let segments = ring((50.0, 50.0), 40.0, (0.0, 1.0));
        assert_eq!(segments.first(), Some(&Segment::MoveTo(50.0, 10.0)));
        for segment in &segments {
            if let Segment::CurveTo(.., x, y) = *segment {
                let far = ((x - 50.0).powi(2) + (y - 50.0).powi(2)).sqrt();
                assert!((far - 40.0).abs() < 0.01 || (far - 40.0 * HOLE).abs() < 0.01, "{far}");
            }
        }
    }

    #[test]
    fn no_part_leaves_no_trace() {
        assert!(ring((0.0, 0.0), 10.0, (0.3, 0.3)).is_empty());
    }
}
