//! In: the client's size and a page. Out: the signature drawing: lines, rings or dots, one for each vehicle.

mod strands;

use self::strands::strands;
use crate::layout::drawing::{Drawing, QUARTER};
use crate::layout::look::{mix, token};
use crate::layout::page::{Path, Rect, Segment, Stroke};
use crate::library::brand::{Brand, Colour, MotifKind};

/// A quiet echo of the motif in the corner of a panel: the same lines, fewer and finer.
pub(super) fn echo(drawing: &mut Drawing, brand: &Brand, count: Option<u64>, area: Rect, ground: Colour) {
    let colour = mix(ground, token(brand, &brand.motif.colour), 0.30);
    let few = count.map(|count| count.min(24));
    for strand in strands(brand.motif.kind, few, area) {
        drawing.path(strand.path(colour, 0.6));
    }
}

/// Draws the motif over `area` (page coordinates, its right and top edge on the page's): lines fall from the top edge
/// and bend together to leave at the right; rings and dots gather in the corner.
pub(super) fn lines(drawing: &mut Drawing, brand: &Brand, count: Option<u64>, area: Rect, ground: Colour) {
    let accent = token(brand, &brand.motif.colour);
    let quiet = mix(ground, accent, 0.34);
    let heavy = if brand.motif.kind == MotifKind::Bands { 2.5 } else { 1.0 };
    for strand in strands(brand.motif.kind, count, area) {
        let colour = if strand.strong { accent } else { quiet };
        let width = strand.width * heavy;
        drawing.path(strand.path(colour, width));
    }
}

/// The motif in small, before a title or an item of a list: it begins at the left of `area` and points to the right.
pub(super) fn mark(drawing: &mut Drawing, brand: &Brand, area: Rect, colour: Colour, width: f32) {
    let middle = area.y + area.height / 2.0;
    let stroke = |segments| Path { segments, fill: None, stroke: Some(Stroke { colour, width }) };
    match brand.motif.kind {
        MotifKind::AlignmentLines | MotifKind::Bands => {
            for at in [-1.0, 0.0, 1.0] {
                let (from, to) = (middle + at * area.height / 2.0, middle + at * area.height * 0.05);
                let right = area.x + area.width;
                drawing.path(stroke(vec![Segment::MoveTo(area.x, from), Segment::LineTo(right, to)]));
            }
        }
        MotifKind::Arcs => {
            // Small rings would run into one another.
            let parts: &[f32] = if area.height < 16.0 { &[0.45, 1.0] } else { &[0.3, 0.65, 1.0] };
            for part in parts {
                let (rx, ry) = (area.width * part * 0.75, area.height * part / 2.0);
                let (x, right) = (area.x, area.x + rx);
                drawing.path(stroke(vec![
                    Segment::MoveTo(x, middle - ry),
                    Segment::CurveTo(x + rx * QUARTER, middle - ry, right, middle - ry * QUARTER, right, middle),
                    Segment::CurveTo(right, middle + ry * QUARTER, x + rx * QUARTER, middle + ry, x, middle + ry),
                ]));
            }
        }
        MotifKind::Dots => {
            for (at, part) in [(0.12, 0.45), (0.45, 0.7), (0.82, 1.0)] {
                drawing.circle(area.x + area.width * at, middle, area.height * 0.22 * part, colour);
            }
        }
        MotifKind::None => drawing.rule(area.x, middle, area.width * 0.6, width, colour),
    }
}
