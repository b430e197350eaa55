//! In: upright bars and where they stand. Out: the names of their series beside or above them, where they fit.

use crate::document::model::Align;
use crate::layout::chart::bar::upright::{Across, rect_of};
use crate::layout::chart::bars::Bars;
use crate::layout::chart::canvas::Canvas;
use crate::layout::chart::labels::{apart, is_cramped};
use crate::layout::chart::scale::Scale;
use crate::layout::lines::Lines;
use crate::layout::page::Rect;

/// A series' name with its place.
pub(super) type Named = (usize, Lines, f32, f32);

/// Names above the bars of the first row; `None` where one would cover something or stand above a bar of another.
pub(super) fn above_first(
    canvas: &mut Canvas<'_, '_>,
    bars: &Bars,
    (at, scale): (Across, Scale),
    numbers: Option<&[Lines]>,
) -> Option<Vec<Named>> {
    let leading = canvas.ink.value.leading;
    let mut blocked: Vec<Rect> = Vec::new();
    for (index, bar) in bars.bars.iter().enumerate() {
        let rect = rect_of(bar, at, scale);
        blocked.push(rect);
        if let Some(lines) = numbers.and_then(|numbers| numbers.get(index)) {
            let x = rect.x + (rect.width - lines.width) / 2.0;
            let y = if bar.is_negative() { rect.y + rect.height } else { rect.y - leading };
            blocked.push(Rect { x, y, width: lines.width, height: leading });
        }
    }
    let mut named = Vec::with_capacity(bars.names.len());
    let last = bars.names.len().saturating_sub(1);
    for (column, colour) in &bars.names {
        let bar = bars.bars.iter().find(|bar| bar.row == 0 && bar.column == *column)?;
        if bar.is_negative() {
            return None;
        }
        let style = canvas.ink.named(&canvas.ink.label, *colour);
        let rect = rect_of(bar, at, scale);
        let foot = rect.y - if numbers.is_some() { leading } else { 0.0 };
        // In one line, else in two.
        let (lines, own) = [f32::MAX, rect.width * 1.7, rect.width * 1.15].into_iter().find_map(|width| {
            let lines = canvas.lines((0, *column), &style, width, Align::Centre);
            // Of two, each leans away from the other.
            let x = match (last, bar.slot) {
                (1, 0) if lines.width > rect.width => rect.x + rect.width - lines.width,
                (1, 1) if lines.width > rect.width => rect.x,
                _ => rect.x + (rect.width - lines.width) / 2.0,
            };
            let own = Rect { x, y: foot - lines.height(), width: lines.width, height: lines.height() };
            let free = x >= 0.0 && own.y >= -0.05 && !blocked.iter().any(|other| touches(other, &own));
            (free && !is_cramped(&lines, 2)).then_some((lines, own))
        })?;
        let (x, y) = (own.x, own.y);
        blocked.push(own);
        named.push((*column, lines, x, y));
    }
    Some(named)
}

/// True where two things are nearer than is read well.
fn touches(a: &Rect, b: &Rect) -> bool {
    let near = 2.0;
    a.x < b.x + b.width + near && b.x < a.x + a.width + near && a.y + 0.1 < b.y + b.height && b.y + 0.1 < a.y + a.height
}

/// The names of stacked series right of the last bar, and their width; `None` where that takes too much of the plot.
pub(super) fn beside(canvas: &mut Canvas<'_, '_>, bars: &Bars) -> Option<(Vec<Lines>, f32)> {
    if !bars.stacked || bars.names.len() < 2 {
        return None;
    }
    let most = canvas.width * 0.28;
    let mut names = Vec::with_capacity(bars.names.len());
    for (column, colour) in &bars.names {
        let style = canvas.ink.named(&canvas.ink.label, *colour);
        names.push(canvas.lines((0, *column), &style, most, Align::Start));
    }
    let width = names.iter().map(|lines| lines.width).fold(0.0, f32::max);
    let tall: f32 = names.iter().map(Lines::height).sum();
    let fit = tall <= canvas.height * 0.7 && !names.iter().any(|lines| is_cramped(lines, 2));
    fit.then_some((names, width))
}

pub(super) fn side_names(
    canvas: &mut Canvas<'_, '_>,
    bars: &Bars,
    names: Vec<Lines>,
    (x, scale): (f32, Scale),
    (top, bottom): (f32, f32),
) {
    let last = bars.rows.saturating_sub(1);
    let middle = |column: usize| {
        let bar = bars.bars.iter().find(|bar| bar.row == last && bar.column == column);
        bar.map_or(bottom, |bar| (scale.at(bar.from) + scale.at(bar.to)) / 2.0)
    };
    let wanted: Vec<(f32, f32)> =
        bars.names.iter().zip(&names).map(|((column, _), lines)| (middle(*column), lines.height())).collect();
    let Some(tops) =
        apart(&wanted, (top.min(bottom), bottom.max(top))).or_else(|| apart(&wanted, (0.0, canvas.height)))
    else {
        return;
    };
    for (((column, _), lines), y) in bars.names.iter().zip(&names).zip(tops) {
        canvas.put((0, *column), lines, x, y);
    }
}
