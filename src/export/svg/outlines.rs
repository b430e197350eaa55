//! In: glyphs of fonts. Out: their outlines, each once, with the name by which drawings point at it.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use skrifa::instance::{LocationRef, Size};
use skrifa::outline::{DrawSettings, OutlinePen};
use skrifa::{FontRef, GlyphId, MetadataProvider};

use crate::library::assets::Font;

/// Outlines in units of their fonts, y upwards.
#[derive(Debug, Default)]
pub struct Outlines {
    /// Paths of the font files with their units to an em, in the order met.
    fonts: Vec<(String, f32)>,
    /// Empty for glyphs that show nothing.
    paths: BTreeMap<(usize, u16), String>,
}

impl Outlines {
    /// Gives a font's units to an em; `None` for what is no font.
    pub fn units(&mut self, font: &Font) -> Option<f32> {
        self.index(font).map(|index| self.fonts[index].1)
    }

    /// Adds a glyph's outline if it is not there yet; gives its name. `None` where there is nothing to draw.
    pub fn add(&mut self, font: &Font, glyph: u16) -> Option<String> {
        let index = self.index(font)?;
        let path = self.paths.entry((index, glyph)).or_insert_with(|| outline(font, glyph).unwrap_or_default());
        (!path.is_empty()).then(|| name(index, glyph))
    }

    fn index(&mut self, font: &Font) -> Option<usize> {
        if let Some(index) = self.fonts.iter().position(|(path, _)| *path == font.path) {
            return Some(index);
        }
        let read = FontRef::new(font.bytes.as_ref()).ok()?;
        let units = read.metrics(Size::unscaled(), LocationRef::default()).units_per_em.max(1);
        self.fonts.push((font.path.clone(), f32::from(units)));
        Some(self.fonts.len() - 1)
    }

    /// All outlines as one drawing without a size, to stand once in a page.
    pub fn definitions(&self) -> String {
        let mut svg = String::from("<svg width=\"0\" height=\"0\" aria-hidden=\"true\"><defs>");
        for ((font, glyph), path) in self.paths.iter().filter(|(_, path)| !path.is_empty()) {
            let _ = write!(svg, "<path id=\"{}\" d=\"{path}\"/>", name(*font, *glyph));
        }
        svg.push_str("</defs></svg>");
        svg
    }
}

fn name(font: usize, glyph: u16) -> String {
    format!("f{font}g{glyph}")
}

fn outline(font: &Font, glyph: u16) -> Option<String> {
    let read = FontRef::new(font.bytes.as_ref()).ok()?;
    let outline = read.outline_glyphs().get(GlyphId::from(glyph))?;
    let mut pen = Pen(String::new());
    outline.draw(DrawSettings::unhinted(Size::unscaled(), LocationRef::default()), &mut pen).ok()?;
    Some(pen.0)
}

struct Pen(String);

impl OutlinePen for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        let _ = write!(self.0, "M{x} {y}");
    }
    fn line_to(&mut self, x: f32, y: f32) {
        let _ = write!(self.0, "L{x} {y}");
    }
    fn quad_to(&mut self, cx: f32, cy: f32, x: f32, y: f32) {
        let _ = write!(self.0, "Q{cx} {cy} {x} {y}");
    }
    fn curve_to(&mut self, ax: f32, ay: f32, bx: f32, by: f32, x: f32, y: f32) {
        let _ = write!(self.0, "C{ax} {ay} {bx} {by} {x} {y}");
    }
    fn close(&mut self) {
        self.0.push('Z');
    }
}
