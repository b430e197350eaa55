//! In: a slide's words and a corner of the page. Out: the slide with the client's motif in that corner, clear of the words.

use crate::layout::drawing::Drawing;
use crate::layout::look::mix;
use crate::layout::motif;
use crate::layout::page::{Item, ItemKind, Rect, Segment};
use crate::layout::slide::Slide;

/// Clear space between the motif and words, pt.
const CLEAR: f32 = 10.0;
/// How often the motif is drawn smaller before it is left out.
const TRIES: usize = 14;

impl Slide<'_, '_> {
    /// Draws ground, motif and words. The motif's right and top edge are the page's; it starts with the size of `area`
    /// and shrinks into its corner until it is clear of the words. `part` is how much of its colour it keeps.
    pub(super) fn under_sky(&self, words: Drawing, area: Rect, part: f32) -> Drawing {
        let mut drawing = Drawing::default();
        self.ground(&mut drawing);
        let boxes: Vec<Rect> = words.items.iter().filter_map(words_box).collect();
        let right = area.x + area.width;
        let mut area = area;
        for _ in 0..TRIES {
            let lines = self.motif(area, part);
            if !lines.items.iter().any(|item| touches(item, &boxes)) {
                drawing.add(lines, 0.0, 0.0);
                break;
            }
            area.width *= 0.92;
            area.height *= 0.94;
            area.x = right - area.width;
        }
        drawing.add(words, 0.0, 0.0);
        drawing
    }

    fn motif(&self, area: Rect, part: f32) -> Drawing {
        let cx = self.builder.setter.cx;
        let mut lines = Drawing::default();
        motif::lines(&mut lines, cx.brand, cx.meta.motif_count, area, self.paint.ground);
        for item in &mut lines.items {
            let ItemKind::Path(path) = &mut item.kind else { continue };
            let stroke = path.stroke.as_mut().map(|stroke| &mut stroke.colour);
            for colour in stroke.into_iter().chain(path.fill.as_mut()) {
                *colour = mix(self.paint.ground, *colour, part);
            }
        }
        lines
    }
}

/// The room that words or a picture take, with the clear space around them.
fn words_box(item: &Item) -> Option<Rect> {
    let rect = match &item.kind {
        ItemKind::Glyphs(run) => Rect { x: run.x, y: run.y - run.size * 0.8, width: run.advance(), height: run.size },
        ItemKind::Image { rect, .. } => *rect,
        ItemKind::Path(_) => return None,
    };
    let (width, height) = (rect.width + 2.0 * CLEAR, rect.height + 2.0 * CLEAR);
    Some(Rect { x: rect.x - CLEAR, y: rect.y - CLEAR, width, height })
}

/// True where a line of the motif runs through one of the boxes.
fn touches(item: &Item, boxes: &[Rect]) -> bool {
    let ItemKind::Path(path) = &item.kind else { return false };
    let within =
        |(x, y): (f32, f32)| boxes.iter().any(|b| x > b.x && x < b.x + b.width && y > b.y && y < b.y + b.height);
    let mut pen = (0.0, 0.0);
    for segment in &path.segments {
        let hit = match *segment {
            Segment::MoveTo(x, y) => {
                pen = (x, y);
                false
            }
            Segment::LineTo(x, y) => {
                let from = std::mem::replace(&mut pen, (x, y));
                samples().any(|t| within((from.0 + (x - from.0) * t, from.1 + (y - from.1) * t)))
            }
            Segment::CurveTo(ax, ay, bx, by, x, y) => {
                let from = std::mem::replace(&mut pen, (x, y));
                samples().any(|t| within((bezier(from.0, ax, bx, x, t), bezier(from.1, ay, by, y, t))))
            }
            Segment::Close => false,
        };
        if hit {
            return true;
        }
    }
    false
}

fn samples() -> impl Iterator<Item = f32> {
    (0..=48).map(|step| step as f32 / 48.0)
}

fn bezier(a: f32, b: f32, c: f32, d: f32, t: f32) -> f32 {
    let s = 1.0 - t;
    s * s * s * a + 3.0 * s * s * t * b + 3.0 * s * t * t * c + t * t * t * d
}
