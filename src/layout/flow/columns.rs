//! In: two or three columns of blocks. Out: strips in which they stand side by side, torn only where no line of any
//! column is cut.

use crate::document::model::Block;
use crate::layout::drawing::Drawing;
use crate::layout::flow::{Area, Builder, Flow, height};
use crate::layout::page::TagKind;
use crate::layout::section::Strip;

impl Builder<'_> {
    /// Lays out columns of equal width over the width at hand.
    pub(super) fn columns(&mut self, flow: &mut Flow, columns: &[Vec<Block>], area: Area) {
        let unit = self.look.unit;
        let count = columns.len().max(1);
        let (x, width) = if area.page { (0.0, self.grid.width) } else { (area.x, area.width) };
        let gutter = if area.page { 6.0 * unit } else { 4.0 * unit };
        let column = (width - gutter * (count - 1) as f32) / count as f32;
        let mut flows = Vec::new();
        for (index, blocks) in columns.iter().enumerate() {
            let parent = self.setter.tags.add(Some(area.parent), TagKind::Group);
            let left = x + (column + gutter) * index as f32;
            let mut inner = Flow::default();
            self.blocks(&mut inner, blocks, Area { x: left, width: column, page: false, parent });
            flows.push(inner.strips);
        }
        if flows.iter().all(Vec::is_empty) {
            return;
        }
        let limit = self.grid.height * 0.5;
        let rule = area.page.then_some((x, column, gutter));
        let mut strips = if flows.iter().map(|strips| height(strips)).fold(0.0, f32::max) <= limit {
            vec![side_by_side(flows)]
        } else {
            beside(flows, self.grid.height * 0.8)
        };
        if let (Some((x, column, gutter)), Some(first)) = (rule, strips.first_mut()) {
            let mut drawing = Drawing::default();
            for index in 0..count {
                let left = x + (column + gutter) * index as f32;
                drawing.rule(left, 0.0, column, 0.75, self.look.colours.line);
            }
            let top = 3.0 * unit;
            drawing.add(std::mem::take(&mut first.drawing), 0.0, top);
            first.drawing = drawing;
            first.height += top;
            first.baseline = first.baseline.map(|baseline| baseline + top);
        }
        for strip in &mut strips {
            strip.wide |= area.page;
        }
        flow.append(strips, 3.0 * unit);
        flow.after(4.0 * unit);
    }
}

/// Columns in one strip, never torn.
pub(super) fn side_by_side(columns: Vec<Vec<Strip>>) -> Strip {
    let mut whole = Strip::default();
    for strips in columns {
        let joined = super::join(strips);
        whole.height = whole.height.max(joined.height);
        whole.baseline = whole.baseline.or(joined.baseline);
        whole.drawing.add(joined.drawing, 0.0, 0.0);
        whole.marks.extend(joined.marks);
    }
    whole
}

/// Columns side by side in as many strips as can be torn apart without cutting a line. Where the columns allow no tear
/// for a whole page of `limit` pt, they are set below each other instead.
pub(super) fn beside(columns: Vec<Vec<Strip>>, limit: f32) -> Vec<Strip> {
    let tears = common_tears(&columns);
    if tears.windows(2).any(|pair| pair[1] - pair[0] > limit) {
        return columns.into_iter().flatten().collect();
    }
    let mut strips: Vec<Strip> =
        tears.windows(2).map(|pair| Strip { height: pair[1] - pair[0], ..Strip::default() }).collect();
    for column in columns {
        let mut y = 0.0;
        for (index, strip) in column.into_iter().enumerate() {
            y += if index > 0 { strip.before } else { 0.0 };
            let at = tears.partition_point(|tear| *tear <= y + 0.01).saturating_sub(1).min(strips.len().max(1) - 1);
            let Some(target) = strips.get_mut(at) else { continue };
            let offset = y - tears[at];
            target.keep |= strip.keep && offset < 0.01 && at > 0;
            target.marks.extend(strip.marks.into_iter().map(|mark| mark.moved(offset)));
            target.drawing.add(strip.drawing, 0.0, offset);
            y += strip.height;
        }
    }
    strips
}

/// Heights at which no column has a strip under way, from 0 to the end.
fn common_tears(columns: &[Vec<Strip>]) -> Vec<f32> {
    let spans: Vec<(f32, f32)> = columns.iter().flat_map(|strips| spans(strips)).collect();
    let end = spans.iter().map(|span| span.1).fold(0.0, f32::max);
    let mut tears: Vec<f32> = spans
        .iter()
        .map(|span| span.0)
        .filter(|y| !spans.iter().any(|(top, bottom)| *top < y - 0.01 && *bottom > y + 0.01))
        .chain([0.0, end])
        .collect();
    tears.sort_by(f32::total_cmp);
    tears.dedup_by(|a, b| (*a - *b).abs() < 0.02);
    tears
}

fn spans(strips: &[Strip]) -> Vec<(f32, f32)> {
    let mut y = 0.0;
    let mut spans = Vec::with_capacity(strips.len());
    for (index, strip) in strips.iter().enumerate() {
        y += if index > 0 { strip.before } else { 0.0 };
        spans.push((y, y + strip.height));
        y += strip.height;
    }
    spans
}
