//! In: the client's size and a page. Out: the signature drawing: lines that run together, one for each vehicle.

use crate::layout::drawing::Drawing;
use crate::layout::look::{mix, token};
use crate::layout::page::{Path, Rect, Segment, Stroke};
use crate::library::brand::{Brand, Colour, MotifKind};

/// Above this many, a line stands for ten.
const BANDED: u64 = 100;
/// More lines than these would run into a solid.
const MOST: u64 = 160;

/// One line of the motif.
struct Strand {
    segments: Vec<Segment>,
    width: f32,
    strong: bool,
}

/// A quiet echo of the motif in the corner of a panel: the same lines, fewer and finer.
pub(super) fn echo(drawing: &mut Drawing, brand: &Brand, count: Option<u64>, area: Rect, ground: Colour) {
    if brand.motif.kind == MotifKind::None {
        return;
    }
    let colour = mix(ground, token(brand, &brand.motif.colour), 0.30);
    let few = count.map(|count| count.min(24));
    for strand in strands(few, area) {
        drawing.path(Path { segments: strand.segments, fill: None, stroke: Some(Stroke { colour, width: 0.6 }) });
    }
}

/// Draws the motif over `area` (page coordinates, its right and top edge on the page's): lines fall from the top edge
/// and bend together to leave at the right.
pub(super) fn lines(drawing: &mut Drawing, brand: &Brand, count: Option<u64>, area: Rect, ground: Colour) {
    let accent = token(brand, &brand.motif.colour);
    let quiet = mix(ground, accent, 0.34);
    match brand.motif.kind {
        MotifKind::None => {}
        MotifKind::AlignmentLines | MotifKind::Bands => {
            let solid = brand.motif.kind == MotifKind::Bands;
            for strand in strands(count, area) {
                let colour = if strand.strong { accent } else { quiet };
                let width = if solid { strand.width * 2.5 } else { strand.width };
                let stroke = Some(Stroke { colour, width });
                drawing.path(Path { segments: strand.segments, fill: None, stroke });
            }
        }
    }
}

fn strands(count: Option<u64>, area: Rect) -> Vec<Strand> {
    // Without a known size the drawing still has the brand's hand: a dozen lines.
    let vehicles = count.unwrap_or(12).max(1);
    let tens = vehicles > BANDED;
    let number = if tens { vehicles.div_ceil(10) } else { vehicles }.clamp(1, MOST);
    let mut chance = Chance(vehicles.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
    let width = match number {
        1..=6 => 2.2,
        7..=16 => 1.6,
        17..=40 => 1.0,
        41..=90 => 0.7,
        _ => 0.5,
    };
    let right = area.x + area.width;
    let n = number as f32;
    // How wide the lines stand at the top, and how tightly they leave.
    let spread = area.width * (0.62 + 0.3 * (n / MOST as f32).min(1.0)) * (0.85 + 0.15 * chance.next());
    let gap = (area.height * 0.26 / n).clamp(width * 1.6, 9.0);
    let leave = area.y + area.height * (0.60 + 0.12 * chance.next());
    let bend = 0.42 + 0.22 * chance.next();
    let sweep = 0.30 + 0.25 * chance.next();
    let phase = (chance.next() * 10.0) as u64 % 10;
    (0..number)
        .map(|index| {
            let at = if number == 1 { 0.5 } else { index as f32 / (n - 1.0) };
            // Lines stand closer towards the right, like lanes seen from the side.
            let x = right - spread + spread * 0.96 * at.powf(0.86);
            let y = (leave + gap * (n - 1.0) * (0.5 - at)).clamp(area.y, area.y + area.height);
            let strong = if tens || number > 20 { index % 10 == phase } else { index % 4 == phase % 4 };
            Strand {
                segments: vec![
                    Segment::MoveTo(x, area.y),
                    Segment::CurveTo(
                        x,
                        area.y + (y - area.y) * bend,
                        x + (right - x) * (1.0 - sweep) * 0.5,
                        y,
                        right,
                        y,
                    ),
                ],
                width: if strong { width * 1.5 } else { width },
                strong,
            }
        })
        .collect()
}

/// Numbers from 0 to 1 that are the same for the same client on every machine (xorshift64*).
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> f32 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 40) as f32 / (1u64 << 24) as f32
    }
}
