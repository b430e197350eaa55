//! In: the widget of a form field. Out: what was typed into it, and whether its appearance shows that and no more.
//!
//! Fields are made empty. A value that somebody typed later is no change as long as the page shows what the value says:
//! the appearance must be words in black, in a font of the form, inside the field.

use super::canon::{Canon, entries, string, text};
use crate::export::pdf::fields::FONT;
use crate::export::pdf::readback::Object;
use crate::export::pdf::readback::syntax::{Dict, Reader, Token};
use crate::export::verification::FilledField;

/// Entries of a widget that its value decides.
pub const DECIDED: [&str; 4] = ["V", "AS", "AP", "P"];
/// The state of a box without a tick.
const OFF: &[u8] = b"Off";
/// Smallest size of typed words, pt; smaller ones cannot be read.
const SMALLEST: f64 = 3.0;
/// How far an appearance may be larger or smaller than its field, pt.
const TOLERANCE: f64 = 1.0;
/// How far a number between words may move them, in thousandths of the size: less than the width of a digit.
const LARGEST_SHIFT: f64 = 250.0;

/// What a field holds.
pub enum State {
    /// As it was made.
    Empty,
    Filled(FilledField),
    /// Its appearance is not what its value says, or it holds what cannot be checked.
    Wrong {
        name: String,
        why: &'static str,
    },
}

/// Looks at a widget; `None` where it is damaged. `fonts` are those of the form.
pub fn state(canon: &Canon<'_>, dict: &Dict<'_>, fonts: &Dict<'_>) -> Option<State> {
    entries(dict)?;
    let name = match dict.get("T") {
        Some(name) => text(&string(&canon.file.resolve(name)?)?)?,
        None => String::new(),
    };
    let value = match dict.get("V") {
        Some(value) => canon.file.resolve(value)?,
        None => Object::Null,
    };
    let wrong = |why| Some(State::Wrong { name: name.clone(), why });
    if dict.is("FT", "Btn") {
        return match (value, dict.get("AS")) {
            (Object::Name(value), Some(Object::Name(shown))) if value == *shown && has_state(canon, dict, value) => {
                Some(if value == OFF {
                    State::Empty
                } else {
                    State::Filled(FilledField { name, value: String::from_utf8_lossy(value).into_owned() })
                })
            }
            _ => wrong("the box does not show its value"),
        };
    }
    if dict.is("FT", "Sig") {
        return match value {
            Object::Null if shows(canon, dict, fonts, "") == Some(true) => Some(State::Empty),
            Object::Null => wrong("it shows something, and holds no signature"),
            _ => wrong("it holds a signature, which this version cannot check"),
        };
    }
    let value = match &value {
        Object::Null => String::new(),
        value => match string(value).and_then(|bytes| text(&bytes)) {
            Some(value) => value,
            None => return wrong("its value is no text"),
        },
    };
    match shows(canon, dict, fonts, &value) {
        Some(true) if value.is_empty() => Some(State::Empty),
        Some(true) => Some(State::Filled(FilledField { name, value })),
        _ => wrong("it does not show its value"),
    }
}

/// True where the box has an appearance for the state; what it looks like is compared with the other entries.
fn has_state(canon: &Canon<'_>, dict: &Dict<'_>, state: &[u8]) -> bool {
    let appearance = dict.get("AP").and_then(|appearance| canon.file.resolve(appearance));
    let normal = appearance.as_ref().and_then(|appearance| canon.file.value(appearance.dict()?, "N"));
    normal.is_some_and(|normal| normal.dict().is_some_and(|states| states.0.iter().any(|(name, _)| *name == state)))
}

/// True where the normal appearance shows the words and nothing else; `None` where it is damaged.
fn shows(canon: &Canon<'_>, dict: &Dict<'_>, fonts: &Dict<'_>, value: &str) -> Option<bool> {
    let Object::Dict(appearance) = canon.file.value(dict, "AP")? else { return None };
    let [(b"N", Object::Ref(number))] = appearance.0.as_slice() else { return Some(false) };
    let (form, decoded) = canon.content(*number)?;
    entries(&form)?;
    let allowed = ["Type", "Subtype", "BBox", "Resources", "Length", "Filter", "FormType", "Name"];
    let known = form.0.iter().all(|(key, _)| allowed.iter().any(|allowed| allowed.as_bytes() == *key));
    if !known || !decoded.left.is_empty() {
        return Some(false);
    }
    let size = |dict: &Dict<'_>, key: &str| {
        let Object::Array(corners) = canon.file.value(dict, key)? else { return None };
        let numbers: Vec<f64> = corners.iter().map(Object::number).collect::<Option<_>>()?;
        let [x1, y1, x2, y2] = numbers.as_slice() else { return None };
        Some((*x1, *y1, x2 - x1, y2 - y1))
    };
    let (_, _, width, height) = size(dict, "Rect")?;
    let (x, y, own_width, own_height) = size(&form, "BBox")?;
    let same = |one: f64, other: f64| (one - other).abs() < TOLERANCE;
    if !same(x, 0.0) || !same(y, 0.0) || !same(width, own_width) || !same(height, own_height) {
        return Some(false);
    }
    let resources = match form.get("Resources") {
        Some(resources) => canon.file.resolve(resources)?,
        None => Object::Null,
    };
    let own = resources.dict().and_then(|resources| canon.file.value(resources, "Font"));
    let mut reading = Reading {
        canon,
        fonts,
        own: own.as_ref().and_then(Object::dict),
        size: (width, height),
        shown: Vec::new(),
        lines: 0,
    };
    let plain = reading.read(&decoded.content) == Some(true);
    let squeeze = |text: &str| text.split_whitespace().collect::<String>();
    Some(plain && squeeze(&windows_1252(&reading.shown)?) == squeeze(value))
}

/// Reads an appearance: only words in black, one line below the other, inside the field.
struct Reading<'r> {
    canon: &'r Canon<'r>,
    fonts: &'r Dict<'r>,
    own: Option<&'r Dict<'r>>,
    size: (f64, f64),
    shown: Vec<u8>,
    lines: usize,
}

impl Reading<'_> {
    /// False for an operator that does more; `None` for content that is damaged.
    fn read(&mut self, content: &[u8]) -> Option<bool> {
        let mut reader = Reader::new(content, 0);
        let mut operands: Vec<Object<'_>> = Vec::new();
        while let Some(token) = reader.token()? {
            match token {
                Token::Operand(operand) => operands.push(operand),
                Token::Operator(operator) => {
                    if !self.operator(operator, &operands)? {
                        return Some(false);
                    }
                    operands.clear();
                }
            }
        }
        Some(operands.is_empty())
    }

    fn operator(&mut self, operator: &[u8], operands: &[Object<'_>]) -> Option<bool> {
        let numbers: Option<Vec<f64>> = operands.iter().map(Object::number).collect();
        let numbers = numbers.as_deref();
        let (width, height) = self.size;
        Some(match (operator, operands, numbers) {
            (b"q" | b"Q" | b"BT" | b"ET" | b"W" | b"n" | b"EMC", [], _) => true,
            (b"BMC", [Object::Name(b"Tx")], _) => true,
            (b"re", _, Some([x, y, w, h])) => *x < 4.0 && *y < 4.0 && *w > width / 2.0 && *h > height / 2.0,
            (b"g", _, Some([grey])) => *grey == 0.0,
            (b"rg", _, Some([red, green, blue])) => [red, green, blue].iter().all(|part| **part == 0.0),
            (b"Tf", [Object::Name(font), Object::Number(size)], _) => {
                (SMALLEST..=height).contains(size) && self.is_of_form(font)?
            }
            (b"Td", _, Some([x, y])) => {
                self.lines += 1;
                let first = (0.0..width / 2.0).contains(x) && (-TOLERANCE..height).contains(y);
                if self.lines == 1 { first } else { *x == 0.0 && *y < 0.0 && *y > -height }
            }
            (b"Tj", [words], _) => {
                self.shown.extend(string(words)?);
                self.lines > 0
            }
            (b"TJ", [Object::Array(items)], _) => {
                for item in items {
                    match item {
                        Object::Number(shift) if shift.abs() <= LARGEST_SHIFT => {}
                        Object::Hex(_) | Object::Literal(_) => self.shown.extend(string(item)?),
                        _ => return Some(false),
                    }
                }
                self.lines > 0
            }
            _ => false,
        })
    }

    /// True for the form's font of words, whose signs are those of WinAnsiEncoding.
    fn is_of_form(&self, name: &[u8]) -> Option<bool> {
        if name != FONT.as_bytes() {
            return Some(false);
        }
        let find = |fonts: &Dict<'_>| {
            entries(fonts)?;
            let font = fonts.0.iter().find(|(own, _)| *own == name)?;
            let mut bytes = Vec::new();
            self.canon.write(&font.1, &mut bytes)?;
            Some(bytes)
        };
        let of_form = find(self.fonts)?;
        let own = self.own.map(find);
        Some(own.is_none_or(|own| own.as_ref() == Some(&of_form)))
    }
}

/// Decodes WinAnsiEncoding, which the form's font has (ISO 32000-1, annex D.2).
fn windows_1252(bytes: &[u8]) -> Option<String> {
    const UPPER: [char; 32] = [
        '€', '•', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '•', 'Ž', '•', '•', '‘', '’', '“', '”', '•',
        '–', '—', '˜', '™', 'š', '›', 'œ', '•', 'ž', 'Ÿ',
    ];
    let character = |byte: &u8| match byte {
        0x80..=0x9F => UPPER[usize::from(byte - 0x80)],
        other => char::from(*other),
    };
    Some(bytes.iter().map(character).collect())
}
