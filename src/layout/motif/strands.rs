//! In: the motif's kind, the client's size and an area. Out: its lines, rings or dots, one for each vehicle; the same for
//! the same client.

use crate::layout::drawing::{QUARTER, rectangle};
use crate::layout::page::{Path, Rect, Segment, Stroke};
use crate::library::brand::{Colour, MotifKind};

/// Above this many, a line stands for ten.
const BANDED: u64 = 100;
/// More lines than these would run into a solid.
const MOST: u64 = 160;

/// One line or dot of the motif.
pub(super) struct Strand {
    segments: Vec<Segment>,
    /// pt.
    pub width: f32,
    pub strong: bool,
    /// True for a shape that is filled.
    solid: bool,
}

impl Strand {
    pub fn path(self, colour: Colour, width: f32) -> Path {
        let stroke = (!self.solid).then_some(Stroke { colour, width });
        Path { segments: self.segments, fill: self.solid.then_some(colour), stroke }
    }
}

/// The lines, rings or dots of a client of this size over `area`.
pub(super) fn strands(kind: MotifKind, count: Option<u64>, area: Rect) -> Vec<Strand> {
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
    let every = if number > 20 { 7 } else { 3 };
    let phase = (chance.next() * every as f32) as u64 % every;
    let slope = 0.85 + 0.3 * chance.next();
    let (pitch, places) = corner(number, area, slope);
    let dot = |(index, (row, column)): (u64, (f32, f32))| {
        let (x, y) = (area.x + area.width - pitch * (column + 0.5), area.y + pitch * (row + 0.5));
        let far = (pitch * column / area.width).min(1.0);
        let radius = pitch * (0.34 - 0.2 * far);
        let rect = Rect { x: x - radius, y: y - radius, width: 2.0 * radius, height: 2.0 * radius };
        let strong = (index + row as u64) % every == phase;
        Strand { segments: rectangle(rect, radius), width: 0.0, strong, solid: true }
    };
    (0..number).zip(places).map(dot).collect()
}

/// The rows and columns of so many dots in a triangle of rows, the longest at the top, and their distance, pt: about half
/// of the area, and as much closer as it takes for all to have room.
fn corner(number: u64, area: Rect, slope: f32) -> (f32, Vec<(f32, f32)>) {
    let mut pitch = (area.width * area.height * 0.5 / number as f32).sqrt().min(area.height / 3.0);
    loop {
        let rows = (area.height / pitch).floor().max(1.0);
        let fit = |row: f32| ((area.width * (1.0 - slope * row / rows) / pitch).floor()).max(1.0);
        let places = (0..rows as u64).flat_map(|row| {
            let row = row as f32;
            (0..fit(row) as u64).map(move |column| (row, column as f32))
        });
        let places: Vec<_> = places.take(number as usize).collect();
        if places.len() as u64 == number || pitch < 0.5 {
            return (pitch, places);
        }
        pitch *= 0.96;
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_vehicle_has_its_line_ring_or_dot_within_the_area() {
        let area = Rect { x: 100.0, y: 0.0, width: 300.0, height: 180.0 };
        let kinds = [MotifKind::AlignmentLines, MotifKind::Bands, MotifKind::Arcs, MotifKind::Dots];
        for (kind, count) in kinds.into_iter().flat_map(|kind| (1..=200).map(move |count| (kind, count))) {
            let strands = strands(kind, Some(count), area);
            let said = if count > BANDED { count.div_ceil(10) } else { count };
            assert_eq!(strands.len() as u64, said, "{kind:?} {count}");
            let points = strands.iter().flat_map(|strand| &strand.segments).filter_map(|segment| match *segment {
                Segment::MoveTo(x, y) | Segment::LineTo(x, y) | Segment::CurveTo(.., x, y) => Some((x, y)),
                Segment::Close => None,
            });
            for (x, y) in points {
                assert!((99.9..=400.1).contains(&x) && (-0.1..=180.1).contains(&y), "{kind:?} {count} {x} {y}");
            }
        }
        assert!(strands(MotifKind::None, Some(4), area).is_empty());
    }
}
