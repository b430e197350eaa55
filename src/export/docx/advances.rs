//! In: a font. Out: [`Advances`]: how wide its letters are.

use std::sync::Arc;

use skrifa::instance::{LocationRef, Size};
use skrifa::{FontRef, MetadataProvider};

use crate::library::assets::Font;

/// Letters below this are measured once: those of European languages.
const MEASURED: u32 = 0x180;
/// What a letter is taken for that a font does not have, ems.
const UNKNOWN: f32 = 0.5;

/// How wide the letters of a font are at 1 pt, without kerning.
#[derive(Debug)]
pub struct Advances {
    font: Arc<Font>,
    measured: Vec<f32>,
}

impl Advances {
    /// Measures a font.
    pub fn new(font: &Arc<Font>) -> Self {
        let measured = letters(font, (0..MEASURED).map(|c| char::from_u32(c).unwrap_or_default()));
        Self { font: Arc::clone(font), measured }
    }

    /// How wide words are at 1 pt.
    pub fn width(&self, words: &str) -> f32 {
        words.chars().map(|c| self.of(c)).sum()
    }

    fn of(&self, letter: char) -> f32 {
        let known = usize::try_from(u32::from(letter)).ok().and_then(|at| self.measured.get(at)).copied();
        known.unwrap_or_else(|| letters(&self.font, std::iter::once(letter)).into_iter().sum())
    }
}

fn letters(font: &Font, letters: impl Iterator<Item = char>) -> Vec<f32> {
    let Ok(read) = FontRef::new(font.bytes.as_ref()) else { return letters.map(|_| UNKNOWN).collect() };
    let (charmap, metrics) = (read.charmap(), read.glyph_metrics(Size::new(1.0), LocationRef::default()));
    letters.map(|c| charmap.map(c).and_then(|glyph| metrics.advance_width(glyph)).unwrap_or(UNKNOWN)).collect()
}

/// True where the font has a glyph for each of the characters.
pub fn covers(font: &Font, words: &str) -> bool {
    FontRef::new(font.bytes.as_ref()).is_ok_and(|read| {
        let charmap = read.charmap();
        words.chars().all(|c| charmap.map(c).is_some_and(|glyph| glyph.to_u32() != 0))
    })
}
