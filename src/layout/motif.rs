//! In: the client's size and a page. Out: the signature drawing: lines that run together, one for each vehicle.

use crate::layout::drawing::{Drawing, QUARTER, rectangle};
use crate::layout::look::{mix, token};
use crate::layout::page::{Path, Rect, Segment, Stroke};
use crate::library::brand::{Brand, Colour, MotifKind};

/// Above this many, a line stands for ten.
const BANDED: u64 = 100;
/// More lines than these would run into a solid.
const MOST: u64 = 160;

/// One line or dot of the motif.
struct Strand {
    segments: Vec<Segment>,
    width: f32,
    strong: bool,
    /// True for a shape that is filled.
    solid: bool,
}

impl Strand {
    fn path(self, colour: Colour, width: f32) -> Path {
        let stroke = (!self.solid).then_some(Stroke { colour, width });
        Path { segments: self.segments, fill: self.solid.then_some(colour), stroke }
    }
}

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
            for part in [0.3, 0.65, 1.0] {
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

fn strands(kind: MotifKind, count: Option<u64>, area: Rect) -> Vec<Strand> {
    // Without a known size the drawing still has the brand's hand: a dozen lines.
    let vehicles = count.unwrap_or(12).max(1);
    let tens = vehicles > BANDED;
    let number = if tens { vehicles.div_ceil(10) } else { vehicles }.clamp(1, MOST);
    let mut chance = Chance(vehicles.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
    match kind {
        MotifKind::None => Vec::new(),
        MotifKind::AlignmentLines | MotifKind::Bands => falling(number, tens, area, &mut chance),
        MotifKind::Arcs => arcs(number, area, &mut chance),
        MotifKind::Dots => dots(number, area, &mut chance),
    }
}

/// How heavy each of so many lines is, pt.
fn weight(number: u64) -> f32 {
    match number {
        1..=6 => 2.2,
        7..=16 => 1.6,
        17..=40 => 1.0,
        41..=90 => 0.7,
        _ => 0.5,
    }
}

/// Rings around the corner, close at the outside and wide within, one in a few of them strong.
fn arcs(number: u64, area: Rect, chance: &mut Chance) -> Vec<Strand> {
    let (right, top) = (area.x + area.width, area.y);
    let inner = 0.16 + 0.14 * chance.next();
    let bend = 0.8 + 0.5 * chance.next();
    let every = if number > 20 { 10 } else { 4 };
    let phase = (chance.next() * every as f32) as u64 % every;
    let width = weight(number);
    (0..number)
        .map(|index| {
            let at = if number == 1 { 1.0 } else { index as f32 / (number - 1) as f32 };
            let part = inner + (1.0 - inner) * at.powf(bend);
            let (rx, ry) = (area.width * part, area.height * part);
            let strong = index % every == phase;
            let segments = vec![
                Segment::MoveTo(right - rx, top),
                Segment::CurveTo(right - rx, top + ry * QUARTER, right - rx * QUARTER, top + ry, right, top + ry),
            ];
            Strand { segments, width: if strong { width * 1.5 } else { width }, strong, solid: false }
        })
        .collect()
}

/// Dots in rows from the corner, smaller the further they stand from it.
fn dots(number: u64, area: Rect, chance: &mut Chance) -> Vec<Strand> {
    let n = number as f32;
    // A triangle of rows, the longest at the top: half of the area's cells.
    let pitch = (area.width * area.height * 0.5 / n).sqrt().min(area.height / 3.0);
    let rows = (area.height / pitch).floor().max(1.0);
    let every = if number > 20 { 7 } else { 3 };
    let phase = (chance.next() * every as f32) as u64 % every;
    let slope = area.width / rows * (0.85 + 0.3 * chance.next());
    let mut made = Vec::new();
    let (mut row, mut column) = (0.0_f32, 0.0_f32);
    for index in 0..number {
        let (x, y) = (area.x + area.width - pitch * (column + 0.5), area.y + pitch * (row + 0.5));
        let far = (pitch * column / area.width).min(1.0);
        let radius = pitch * (0.34 - 0.2 * far);
        let rect = Rect { x: x - radius, y: y - radius, width: 2.0 * radius, height: 2.0 * radius };
        let strong = (index + row as u64) % every == phase;
        made.push(Strand { segments: rectangle(rect, radius), width: 0.0, strong, solid: true });
        column += 1.0;
        if pitch * (column + 1.0) > area.width - slope * row {
            (row, column) = (row + 1.0, 0.0);
        }
        if row >= rows {
            break;
        }
    }
    made
}

/// Lines that fall from the top and leave together at the right.
fn falling(number: u64, tens: bool, area: Rect, chance: &mut Chance) -> Vec<Strand> {
    let width = weight(number);
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
                solid: false,
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
