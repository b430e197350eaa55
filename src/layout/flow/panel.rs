//! In: strips. Out: the same on a ground, which reads as one where a page's end tears it.

use crate::layout::drawing::Drawing;
use crate::layout::flow::Builder;
use crate::layout::motif;
use crate::layout::page::Rect;
use crate::layout::section::Strip;

impl Builder<'_> {
    /// Puts strips on a panel of the primary colour over all columns, with the motif in its corner where it is whole.
    pub(in crate::layout) fn dark_panel(&self, strips: Vec<Strip>, padding: f32) -> Vec<Strip> {
        let width = self.grid.width;
        let brand = self.setter.cx.brand;
        let count = self.setter.cx.meta.motif_count;
        let primary = self.look.colours.primary;
        let whole = strips.len() == 1;
        let draw = |drawing: &mut Drawing, ground: Rect| {
            if whole {
                drawing.fill_round(ground, brand.spacing.radius, primary);
                let corner = Rect { x: width * 0.82, width: width * 0.18, ..ground };
                motif::echo(drawing, brand, count, corner, primary);
            } else {
                drawing.fill(ground, primary);
            }
        };
        wide(on_ground(strips, (0.0, width), padding, &draw))
    }

    /// Puts strips on a panel of the tint over all columns.
    pub(in crate::layout) fn light_panel(&self, strips: Vec<Strip>, padding: f32) -> Vec<Strip> {
        let radius = if strips.len() == 1 { self.setter.cx.brand.spacing.radius } else { 0.0 };
        let tint = self.look.colours.tint;
        let draw = |drawing: &mut Drawing, ground: Rect| drawing.fill_round(ground, radius, tint);
        wide(on_ground(strips, (0.0, self.grid.width), padding, &draw))
    }
}

fn wide(mut strips: Vec<Strip>) -> Vec<Strip> {
    for strip in &mut strips {
        strip.wide = true;
    }
    strips
}

/// Puts strips on a ground from `x` over `width`; `draw` paints the ground of each. Strips touch.
pub(super) fn on_ground(
    strips: Vec<Strip>,
    (x, width): (f32, f32),
    padding: f32,
    draw: &dyn Fn(&mut Drawing, Rect),
) -> Vec<Strip> {
    let count = strips.len();
    let panel = |(index, mut strip): (usize, Strip)| {
        let above = if index == 0 { padding } else { strip.before };
        let below = if index + 1 == count { padding } else { 0.0 };
        let height = above + strip.height + below;
        let mut drawing = Drawing::default();
        draw(&mut drawing, Rect { x, y: 0.0, width, height });
        drawing.add(std::mem::take(&mut strip.drawing), 0.0, above);
        let marks = strip.marks.into_iter().map(|mark| mark.moved(above)).collect();
        let baseline = strip.baseline.map(|baseline| baseline + above);
        Strip { before: 0.0, height, baseline, drawing, marks, ..strip }
    };
    strips.into_iter().enumerate().map(panel).collect()
}
