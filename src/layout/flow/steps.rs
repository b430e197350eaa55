//! In: steps in order. Out: a strip for each: a large numeral in the side columns, its head and words beside it on one
//! baseline, a hairline above.

use crate::document::model::{Align, Block, Step};
use crate::layout::drawing::{Drawing, Owner};
use crate::layout::flow::{Area, Builder, Flow, height, join};
use crate::layout::page::TagKind;
use crate::layout::section::Strip;

/// Height of a numeral over its size.
const CAP: f32 = 0.73;

impl Builder<'_> {
    /// Lays out steps below each other, none torn unless it fills most of a page.
    pub(super) fn steps(&mut self, flow: &mut Flow, start: u32, steps: &[Step], block: &Block, area: Area) {
        let unit = self.look.unit;
        let span = if area.page { (0.0, self.grid.width) } else { (area.x, area.width) };
        let words_at = if area.page { self.grid.text_x } else { 12.0 * unit };
        let width = (span.1 - words_at).max(20.0);
        let x = span.0 + words_at;
        let list = self.setter.tags.add(Some(area.parent), TagKind::List { ordered: true });
        for (index, step) in steps.iter().enumerate() {
            let item = self.setter.tags.add(Some(list), TagKind::ListItem);
            let label = self.setter.tags.generated(Some(item), TagKind::Label);
            let body = self.setter.tags.add(Some(item), TagKind::ListBody);
            let number = u64::from(start) + index as u64;
            let style = self.look.figure.clone();
            let numeral = self.setter.line(&number.to_string(), &style);
            let mut strips = self.step(step, Area { x, width, page: false, parent: body }, block);
            let Some(first) = strips.first_mut() else { continue };
            // The numeral stands on the head's line and is taller than it.
            let line = first.baseline.unwrap_or(style.size);
            let down = 3.5 * unit + (style.size * CAP - line).max(0.0);
            let mut drawing = Drawing::default();
            drawing.rule(span.0, 0.0, span.1, 0.75, self.look.colours.line);
            if let Some(words) = numeral.lines.first() {
                drawing.line(&mut self.setter.tags, &mut Owner::of(label), &numeral, words, span.0, line + down);
            }
            drawing.add(std::mem::take(&mut first.drawing), 0.0, down);
            *first = Strip { drawing, height: first.height + down, baseline: Some(line + down), ..first.clone() };
            // Two steps at least stand on either side of a page's end.
            first.keep = index == 1 || (index > 0 && index + 1 == steps.len());
            if let Some(end) = strips.last_mut() {
                end.height += 3.5 * unit;
            }
            for strip in &mut strips {
                strip.wide |= area.page;
            }
            flow.append(strips, if index == 0 { 4.0 * unit } else { 0.0 });
        }
        flow.after(3.0 * unit);
    }

    fn step(&mut self, step: &Step, area: Area, block: &Block) -> Vec<Strip> {
        let mut inner = Flow::default();
        let tag = self.setter.tags.add(Some(area.parent), TagKind::Paragraph);
        let style = self.look.h2.clone();
        let lines = self.setter.shape(&step.head, &style, &block.place).lines(area.width, Align::Start);
        self.push_lines(&mut inner, &lines, area.x, &mut Owner::of(tag).at(&block.place), 0.0);
        inner.keep_next();
        self.blocks(&mut inner, &step.blocks, area);
        let strips = inner.finish();
        if height(&strips) <= self.grid.height * 0.6 { vec![join(strips)] } else { strips }
    }
}
