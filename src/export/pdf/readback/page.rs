//! In: the content stream of a page. Out: [`Shown`]: the text of each marked sequence, and where its ink is.

use super::fonts::FontText;
use super::syntax::{Dict, Object, Reader, Token, units, utf16};

/// How far beyond the page's edge rounding may put a point, pt.
const SLACK: f64 = 0.5;

/// What a page shows.
#[derive(Default)]
pub struct Shown {
    /// The text of each marked sequence by its MCID; `None` for sequences that are not there.
    pub sequences: Vec<Option<String>>,
    /// True where a sequence has ink: decoration alone leaves a page blank.
    pub ink: bool,
    pub faults: Vec<Fault>,
}

/// What is wrong with a page.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord, Clone, Copy)]
pub enum Fault {
    /// Ink beyond the edge of the page.
    Outside,
    /// A glyph that its font does not have.
    MissingGlyph,
}

/// Reads a content stream; `None` where it holds anything that this program does not write.
///
/// `area` is the page's MediaBox.
pub fn read(content: &[u8], area: [f64; 4], fonts: &[(&[u8], FontText)]) -> Option<Shown> {
    let mut page = Page::new(area, fonts);
    let mut reader = Reader::new(content, 0);
    let mut operands = Vec::with_capacity(8);
    while let Some(token) = reader.token()? {
        match token {
            Token::Operand(operand) => operands.push(operand),
            Token::Operator(operator) => {
                page.operator(operator, &operands)?;
                operands.clear();
            }
        }
    }
    page.shown.faults.sort();
    page.shown.faults.dedup();
    page.marks.is_empty().then_some(page.shown)
}

/// An open marked-content sequence.
enum Mark {
    Sequence,
    /// Replaces the text of the glyphs inside it.
    ActualText,
    /// Holds characters in reverse.
    Reversed(String),
    Other,
}

type Matrix = [f64; 6];
/// Left, bottom, right and top on the page.
type Span = [f64; 4];

/// What `q` keeps and `Q` brings back.
#[derive(Clone, Copy)]
struct State {
    matrix: Matrix,
    /// Nothing shows outside of it.
    clip: Option<Span>,
}

struct Page<'a> {
    area: [f64; 4],
    fonts: &'a [(&'a [u8], FontText)],
    state: State,
    saved: Vec<State>,
    /// A rectangle that has been outlined, and whether it is to clip what follows.
    outlined: Option<(Span, bool)>,
    marks: Vec<Mark>,
    /// The MCID of the sequence that is open.
    sequence: Option<usize>,
    replaced: bool,
    font: Option<&'a FontText>,
    size: f64,
    pen: (f64, f64),
    shown: Shown,
}

impl<'a> Page<'a> {
    fn new(area: [f64; 4], fonts: &'a [(&'a [u8], FontText)]) -> Self {
        Self {
            area,
            fonts,
            state: State { matrix: [1.0, 0.0, 0.0, 1.0, 0.0, 0.0], clip: None },
            saved: Vec::new(),
            outlined: None,
            marks: Vec::new(),
            sequence: None,
            replaced: false,
            font: None,
            size: 0.0,
            pen: (0.0, 0.0),
            shown: Shown::default(),
        }
    }

    fn operator(&mut self, operator: &[u8], operands: &[Object<'_>]) -> Option<()> {
        match operator {
            b"TJ" => self.show(operands.first()?.array()?)?,
            b"Tm" => {
                let [a, b, c, d, x, y] = numbers(operands)?;
                if [a, b, c, d] != [1.0, 0.0, 0.0, 1.0] {
                    return None;
                }
                self.pen = (x, y);
            }
            b"Tf" => {
                let [Object::Name(name), size] = operands else { return None };
                self.font = Some(&self.fonts.iter().find(|(known, _)| known == name)?.1);
                self.size = size.number()?;
            }
            b"m" | b"l" => self.points(&numbers::<2>(operands)?),
            b"c" => self.points(&numbers::<6>(operands)?),
            b"f" | b"S" | b"B" => self.mark_ink(),
            b"Do" => {
                self.image();
                self.mark_ink();
            }
            b"re" => {
                let [x, y, width, height] = numbers(operands)?;
                self.outlined = Some((self.span([x, y, x + width, y + height]), false));
            }
            b"W" => self.outlined = Some((self.outlined?.0, true)),
            b"n" => match self.outlined.take()? {
                (span, true) => self.state.clip = Some(self.state.clip.map_or(span, |clip| common(clip, span))),
                _ => return None,
            },
            b"q" => self.saved.push(self.state),
            b"Q" => self.state = self.saved.pop()?,
            b"cm" => self.state.matrix = multiply(numbers(operands)?, self.state.matrix),
            b"BDC" => self.begin(operands.first()?, operands.get(1)?.dict()?)?,
            b"BMC" => self.begin(operands.first()?, &Dict::default())?,
            b"EMC" => self.end()?,
            b"BT" | b"ET" | b"Ts" | b"rg" | b"RG" | b"w" | b"h" => {}
            _ => return None,
        }
        Some(())
    }

    fn begin(&mut self, tag: &Object<'_>, properties: &Dict<'_>) -> Option<()> {
        let mark = if let Some(id) = properties.get("MCID") {
            let id = id.index().filter(|id| *id < 1 << 20 && self.sequence.is_none())?;
            self.shown.sequences.resize(self.shown.sequences.len().max(id + 1), None);
            // A number that comes twice would hide the first text.
            if self.shown.sequences[id].replace(String::new()).is_some() {
                return None;
            }
            self.sequence = Some(id);
            Mark::Sequence
        } else if let Some(text) = properties.get("ActualText") {
            let Object::Hex(text) = text else { return None };
            self.say(&utf16(text.strip_prefix(b"FEFF")?)?);
            self.replaced = true;
            Mark::ActualText
        } else if *tag == Object::Name(b"ReversedChars") {
            Mark::Reversed(String::new())
        } else {
            Mark::Other
        };
        self.marks.push(mark);
        Some(())
    }

    fn end(&mut self) -> Option<()> {
        match self.marks.pop()? {
            Mark::Sequence => self.sequence = None,
            Mark::ActualText => self.replaced = false,
            Mark::Reversed(text) => self.say(&text.chars().rev().collect::<String>()),
            Mark::Other => {}
        }
        Some(())
    }

    /// Adds text to the open sequence; text of artifacts belongs to nobody.
    fn say(&mut self, text: &str) {
        if text.is_empty() {
            return;
        }
        if let Some(Mark::Reversed(reversed)) = self.marks.last_mut() {
            reversed.push_str(text);
        } else if let Some(words) = self.sequence.and_then(|id| self.shown.sequences.get_mut(id)?.as_mut()) {
            words.push_str(text);
        }
    }

    fn show(&mut self, items: &[Object<'_>]) -> Option<()> {
        let font = self.font?;
        let mut said = String::new();
        // The origins of all glyphs that show lie between these two.
        let mut reach: Option<(f64, f64)> = None;
        for item in items {
            let codes = match item {
                Object::Number(kern) => {
                    self.pen.0 -= kern * self.size / 1000.0;
                    continue;
                }
                Object::Hex(codes) => units(codes)?,
                _ => return None,
            };
            for code in codes {
                if code == 0 {
                    self.shown.faults.push(Fault::MissingGlyph);
                    continue;
                }
                let glyph = font.glyph(code)?;
                if !glyph.blank {
                    let (left, right) = reach.unwrap_or((self.pen.0, self.pen.0));
                    reach = Some((left.min(self.pen.0), right.max(self.pen.0)));
                }
                if !self.replaced {
                    said.push_str(&glyph.text);
                }
                self.pen.0 += glyph.width * self.size / 1000.0;
            }
        }
        self.say(&said);
        if let Some((left, right)) = reach {
            self.points(&[left, self.pen.1, right, self.pen.1]);
            self.mark_ink();
        }
        Some(())
    }

    fn mark_ink(&mut self) {
        self.shown.ink |= self.sequence.is_some();
    }

    /// Notes where what shows of an image lies outside the page: of one that is cut, what its frame lets through.
    fn image(&mut self) {
        let Some(clip) = self.state.clip else {
            return self.points(&[0.0, 0.0, 1.0, 0.0, 0.0, 1.0, 1.0, 1.0]);
        };
        let [left, bottom, right, top] = common(self.span([0.0, 0.0, 1.0, 1.0]), clip);
        let whole = std::mem::replace(&mut self.state.matrix, [1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);
        if left < right && bottom < top {
            self.points(&[left, bottom, right, top]);
        }
        self.state.matrix = whole;
    }

    /// The edges on the page of a rectangle.
    fn span(&self, [left, bottom, right, top]: Span) -> Span {
        let [a, b, c, d, e, f] = self.state.matrix;
        let corners = [(left, bottom), (right, bottom), (left, top), (right, top)];
        let placed = corners.map(|(x, y)| (a * x + c * y + e, b * x + d * y + f));
        placed.iter().fold([f64::MAX, f64::MAX, f64::MIN, f64::MIN], |span, (x, y)| {
            [span[0].min(*x), span[1].min(*y), span[2].max(*x), span[3].max(*y)]
        })
    }

    /// Notes where any of the points lies outside the page.
    fn points(&mut self, coordinates: &[f64]) {
        let [a, b, c, d, e, f] = self.state.matrix;
        let [left, bottom, right, top] = self.area;
        let outside = coordinates.chunks_exact(2).any(|point| {
            let (x, y) = (a * point[0] + c * point[1] + e, b * point[0] + d * point[1] + f);
            let inside = (left - SLACK..=right + SLACK).contains(&x) && (bottom - SLACK..=top + SLACK).contains(&y);
            !inside
        });
        if outside && self.shown.faults.last() != Some(&Fault::Outside) {
            self.shown.faults.push(Fault::Outside);
        }
    }
}

/// What two rectangles share.
fn common(one: Span, other: Span) -> Span {
    [one[0].max(other[0]), one[1].max(other[1]), one[2].min(other[2]), one[3].min(other[3])]
}

fn numbers<const N: usize>(operands: &[Object<'_>]) -> Option<[f64; N]> {
    let mut numbers = [0.0; N];
    if operands.len() != N {
        return None;
    }
    for (number, operand) in numbers.iter_mut().zip(operands) {
        *number = operand.number()?;
    }
    Some(numbers)
}

fn multiply(one: Matrix, other: Matrix) -> Matrix {
    let [a, b, c, d, e, f] = one;
    let [g, h, i, j, k, l] = other;
    [a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + l]
}
