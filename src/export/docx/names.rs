//! In: the brand's families and the fonts that layout has read. Out: which font file a style takes, and what Word calls it;
//! which of them a document must carry.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::advances::{self, Advances};
use super::fonts::Face;
use super::kit::Kit;
use super::subset;
use crate::diagnostic::Checked;
use crate::layout::fonts::{Face as Role, Fonts};
use crate::library::assets::Font;
use crate::library::brand::Brand;

/// A font file of the brand, with what is said of it.
#[derive(Debug, Clone)]
struct Known {
    font: Arc<Font>,
    advances: Arc<Advances>,
    face: Face,
    role: Part,
    weight: u16,
    italic: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Text,
    Display,
    Fallback,
}

/// The brand's fonts by name.
#[derive(Debug)]
pub struct Names {
    known: Vec<Known>,
    /// Indexes of those in use, and whether all of their glyphs are needed.
    used: BTreeSet<usize>,
    whole: BTreeSet<usize>,
}

impl Names {
    /// Reads the names of every font.
    ///
    /// # Errors
    /// Those of [`super::fonts::face`].
    pub fn new(brand: &Brand, fonts: &Fonts, kit: &Kit) -> Checked<Self> {
        let families = [(Part::Text, &brand.typography.text), (Part::Display, &brand.typography.display)];
        let fallback = brand.typography.fallback.values().map(|family| (Part::Fallback, family));
        let files = families
            .into_iter()
            .chain(fallback)
            .flat_map(|(role, family)| family.files.iter().map(move |file| (role, file.weight, file.italic)));
        let mut known = Vec::new();
        // `Fonts` keeps the files in the order of brand.yaml.
        for (font, (role, weight, italic)) in fonts.faces().zip(files) {
            let (advances, face) = (kit.advances(font), kit.face(font)?);
            known.push(Known { font: Arc::clone(font), advances, face, role, weight, italic });
        }
        Ok(Self { known, used: BTreeSet::new(), whole: BTreeSet::new() })
    }

    /// The font for a role, weight and slant: the nearest that there is.
    pub fn of(&mut self, role: Role, weight: u16, italic: bool) -> Face {
        let index = self.index(role, weight, italic);
        self.used.insert(index);
        self.known[index].face.clone()
    }

    /// How wide its letters are.
    pub fn advances(&self, role: Role, weight: u16) -> Arc<Advances> {
        Arc::clone(&self.known[self.index(role, weight, false)].advances)
    }

    fn index(&self, role: Role, weight: u16, italic: bool) -> usize {
        let part = if role == Role::Text { Part::Text } else { Part::Display };
        let distance =
            |known: &Known| (known.role != part, known.italic != italic, known.weight.abs_diff(weight), known.weight);
        // A brand has a file at least, or its fonts would not have been read.
        self.known.iter().enumerate().min_by_key(|(_, known)| distance(known)).map_or(0, |(index, _)| index)
    }

    /// The font that layout has used for words, by its file.
    pub fn by_file(&mut self, font: &Font, words: &str) -> Option<Face> {
        let index = self.known.iter().position(|known| known.font.path == font.path)?;
        self.mark(index, words);
        Some(self.known[index].face.clone())
    }

    fn mark(&mut self, index: usize, words: &str) {
        self.used.insert(index);
        if self.known[index].role == Part::Fallback || !words.chars().all(subset::keeps) {
            self.whole.insert(index);
        }
    }

    /// Cuts words where another font must take over; `None` is the font of the style itself.
    pub fn pieces<'t>(&mut self, words: &'t str, role: Role, bold: bool) -> Vec<(&'t str, Option<Face>)> {
        if words.bytes().all(|byte| byte < 0x80) {
            return vec![(words, None)];
        }
        let own = self.index(role, if bold { 700 } else { 400 }, false);
        let mut pieces: Vec<(&str, Option<usize>)> = Vec::new();
        for (at, c) in words.char_indices() {
            let letter = &words[at..at + c.len_utf8()];
            let neutral = !c.is_alphanumeric() && c.is_ascii();
            let font = match pieces.last() {
                // Spaces and marks stay with what they follow.
                Some((_, font)) if neutral || is_mark(c) => *font,
                _ => self.font_for(letter, own, bold),
            };
            match pieces.last_mut() {
                Some((piece, last)) if *last == font => {
                    let start = at - piece.len();
                    *piece = &words[start..at + c.len_utf8()];
                }
                _ => pieces.push((letter, font)),
            }
        }
        let mut found = Vec::with_capacity(pieces.len());
        for (piece, font) in pieces {
            self.mark(font.unwrap_or(own), piece);
            found.push((piece, font.map(|font| self.known[font].face.clone())));
        }
        found
    }

    /// Another font that has the letter, where the style's own has not.
    fn font_for(&self, letter: &str, own: usize, bold: bool) -> Option<usize> {
        if advances::covers(&self.known[own].font, letter) {
            return None;
        }
        let fits = |(_, known): &(usize, &Known)| !known.italic && advances::covers(&known.font, letter);
        let weight: u16 = if bold { 700 } else { 400 };
        let best = self.known.iter().enumerate().filter(fits);
        best.min_by_key(|(index, known)| (known.weight.abs_diff(weight), *index)).map(|(index, _)| index)
    }

    /// Those of the fonts that a document carries reduced, as far as can be known before it is written.
    pub fn among(&self, fonts: &[Arc<Font>]) -> Vec<Arc<Font>> {
        let own = |font: &&Arc<Font>| {
            self.known.iter().any(|known| known.role != Part::Fallback && known.font.path == font.path)
        };
        fonts.iter().filter(own).map(Arc::clone).collect()
    }

    /// The fonts that the document carries, each whole or reduced.
    pub fn carried(&self) -> impl Iterator<Item = (&Arc<Font>, bool)> {
        self.used.iter().map(|index| (&self.known[*index].font, self.whole.contains(index)))
    }
}

/// Marks that stand on the letter before them, and what joins letters.
fn is_mark(c: char) -> bool {
    use unicode_properties::{GeneralCategoryGroup, UnicodeGeneralCategory};
    c.general_category_group() == GeneralCategoryGroup::Mark || matches!(c, '\u{200c}' | '\u{200d}' | '\u{2060}')
}
