//! In: the fonts that a page names. Out: [`FontText`]: what each code says and how far it moves the pen.

use super::file::File;
use super::syntax::{Dict, Object, Reader, Token, utf16};

/// Enough of a font program to see that it is one.
const HEAD: u64 = 12;
/// Fonts of ours map no more than this.
const LARGEST_MAP: u64 = 4 << 20;

/// How to read the strings of one font.
pub struct FontText {
    pub name: String,
    /// True where a TrueType program stands in the file.
    pub embedded: bool,
    glyphs: Vec<Option<Glyph>>,
}

/// What a code stands for.
pub struct Glyph {
    pub text: String,
    /// True where nothing is to be seen.
    pub blank: bool,
    /// 1/1000 em.
    pub width: f64,
}

impl FontText {
    /// Gives what a code stands for, if the file says it.
    pub fn glyph(&self, code: u16) -> Option<&Glyph> {
        self.glyphs.get(usize::from(code))?.as_ref()
    }

    /// Reads a composite font; `None` where it is not built as expected.
    pub fn read(file: &File<'_>, font: &Dict<'_>) -> Option<Self> {
        let descendants = file.value(font, "DescendantFonts")?;
        let descendant = file.resolve(descendants.array()?.first()?)?;
        let descendant = descendant.dict()?;
        let descriptor = file.value(descendant, "FontDescriptor")?;
        let Some(Object::Name(name)) = font.get("BaseFont") else { return None };
        let program = descriptor.dict()?.get("FontFile2").and_then(Object::reference);
        let head = program.and_then(|program| file.stream(program, HEAD)).map(|(_, head)| head);
        let map = file.stream(font.get("ToUnicode")?.reference()?, LARGEST_MAP)?.1;
        Some(Self {
            name: String::from_utf8_lossy(name).into_owned(),
            embedded: head.is_some_and(|head| head.len() as u64 == HEAD && head.starts_with(&[0, 1, 0, 0])),
            glyphs: glyphs(to_unicode(&map)?, &widths(&file.value(descendant, "W")?)?),
        })
    }
}

fn glyphs(texts: Vec<Option<String>>, widths: &[f64]) -> Vec<Option<Glyph>> {
    let glyph = |(code, text): (usize, Option<String>)| {
        let width = widths.get(code).copied().unwrap_or(1000.0);
        text.map(|text| Glyph { blank: text.trim().is_empty(), text, width })
    };
    texts.into_iter().enumerate().map(glyph).collect()
}

/// Reads the pairs of a ToUnicode map.
fn to_unicode(map: &[u8]) -> Option<Vec<Option<String>>> {
    let mut reader = Reader::new(map, 0);
    let mut texts = Vec::new();
    let mut operands = Vec::new();
    // The map is PostScript: `{`, `}` and the like do not occur in ours.
    while let Some(token) = reader.token()? {
        match token {
            Token::Operand(operand) => operands.push(operand),
            Token::Operator(b"endbfchar") => {
                for pair in operands.chunks_exact(2) {
                    let [Object::Hex(code), Object::Hex(text)] = pair else { return None };
                    let code = usize::from(super::syntax::units(code)?.next()?);
                    if texts.len() <= code {
                        texts.resize(code + 1, None);
                    }
                    texts[code] = Some(utf16(text)?);
                }
            }
            Token::Operator(b"endbfrange") => return None,
            Token::Operator(_) => operands.clear(),
        }
    }
    Some(texts)
}

/// Reads widths written as a first code and a list (ISO 32000-1, 9.7.4.3).
fn widths(array: &Object<'_>) -> Option<Vec<f64>> {
    let mut widths = Vec::new();
    for group in array.array()?.chunks(2) {
        let [first, Object::Array(list)] = group else { return None };
        let first = first.index().filter(|first| *first <= usize::from(u16::MAX))?;
        widths.resize(widths.len().max(first), 1000.0);
        widths.truncate(first);
        for width in list {
            widths.push(width.number()?);
        }
    }
    Some(widths)
}
