//! In: what layout has drawn. Out: outlines: shapes as they are, glyphs of decoration as their shapes.

use std::sync::Arc;

use skrifa::instance::{LocationRef, Size};
use skrifa::outline::{DrawSettings, OutlinePen};
use skrifa::{FontRef, GlyphId, MetadataProvider};

use crate::layout::page::{GlyphRun, Item, ItemKind, Path, Segment};
use crate::library::assets::Font;

/// The outlines of an item; none for pictures.
pub fn paths(item: &Item, fonts: &[Arc<Font>]) -> Vec<Path> {
    match &item.kind {
        ItemKind::Path(path) => vec![path.clone()],
        ItemKind::Glyphs(run) => glyphs(run, fonts).into_iter().collect(),
        ItemKind::Image { .. } => Vec::new(),
    }
}

/// All glyphs of a run as one outline.
fn glyphs(run: &GlyphRun, fonts: &[Arc<Font>]) -> Option<Path> {
    let font = FontRef::new(fonts.get(run.font.0)?.bytes.as_ref()).ok()?;
    let glyphs = font.outline_glyphs();
    let mut pen = Pen { x: run.x, y: run.y, at: (0.0, 0.0), segments: Vec::new() };
    for glyph in &run.glyphs {
        let along = pen.x;
        (pen.x, pen.y) = (along + glyph.dx, run.y + glyph.dy);
        if let Some(outline) = glyphs.get(GlyphId::from(glyph.id)) {
            let settings = DrawSettings::unhinted(Size::new(run.size), LocationRef::default());
            outline.draw(settings, &mut pen).ok()?;
        }
        pen.x = along + glyph.advance;
    }
    (!pen.segments.is_empty()).then_some(Path { segments: pen.segments, fill: Some(run.colour), stroke: None })
}

/// Turns outlines of a font, whose y grows upwards, into those of a page.
struct Pen {
    x: f32,
    y: f32,
    at: (f32, f32),
    segments: Vec<Segment>,
}

impl Pen {
    fn place(&self, x: f32, y: f32) -> (f32, f32) {
        (self.x + x, self.y - y)
    }
}

impl OutlinePen for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        self.at = (x, y);
        let (x, y) = self.place(x, y);
        self.segments.push(Segment::MoveTo(x, y));
    }
    fn line_to(&mut self, x: f32, y: f32) {
        self.at = (x, y);
        let (x, y) = self.place(x, y);
        self.segments.push(Segment::LineTo(x, y));
    }
    fn quad_to(&mut self, cx: f32, cy: f32, x: f32, y: f32) {
        let (from, third) = (self.at, |a: f32, b: f32| a + (b - a) * 2.0 / 3.0);
        self.curve_to(third(from.0, cx), third(from.1, cy), third(x, cx), third(y, cy), x, y);
    }
    fn curve_to(&mut self, ax: f32, ay: f32, bx: f32, by: f32, x: f32, y: f32) {
        self.at = (x, y);
        let ((ax, ay), (bx, by), (x, y)) = (self.place(ax, ay), self.place(bx, by), self.place(x, y));
        self.segments.push(Segment::CurveTo(ax, ay, bx, by, x, y));
    }
    fn close(&mut self) {
        // A contour of one point draws nothing when it is filled, and LibreOffice does not keep it.
        if matches!(self.segments.last(), Some(Segment::MoveTo(..))) {
            self.segments.pop();
        } else {
            self.segments.push(Segment::Close);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contours_of_one_point_are_left_out() {
        let mut pen = Pen { x: 0.0, y: 0.0, at: (0.0, 0.0), segments: Vec::new() };
        pen.move_to(1.0, 1.0);
        pen.close();
        assert!(pen.segments.is_empty());
        pen.move_to(1.0, 1.0);
        pen.line_to(2.0, 1.0);
        pen.close();
        pen.move_to(3.0, 1.0);
        pen.close();
        assert_eq!(pen.segments.len(), 3, "{:?}", pen.segments);
    }
}
