//! In: a client's words. Out: a large quote with an accent mark at its side and its speaker below.

use crate::document::model::{Align, Block, BlockKind, Inline};
use crate::layout::drawing::{Drawing, Owner};
use crate::layout::flow::{Area, Builder, Flow, join};
use crate::layout::page::{Rect, TagKind};
use crate::layout::text::Style;

impl Builder<'_> {
    /// Lays out the words in the display face, then who said them.
    pub(super) fn testimonial(
        &mut self,
        flow: &mut Flow,
        by: &[Inline],
        role: Option<&[Inline]>,
        blocks: &[Block],
        block: &Block,
        area: Area,
    ) {
        let unit = self.look.unit;
        let parent = self.setter.tags.add(Some(area.parent), TagKind::Quote);
        let indent = 5.0 * unit;
        let inside = Area { x: area.x + indent, width: area.width - indent, page: false, parent };
        let mut inner = Flow::default();
        for said in blocks {
            match &said.kind {
                BlockKind::Paragraph(text) => {
                    let tag = self.setter.tags.add(Some(parent), TagKind::Paragraph);
                    let style = self.look.quote.clone();
                    let lines = self.setter.shape(text, &style, &said.place).lines(inside.width, Align::Start);
                    let mut owner = Owner::of(tag).at(&said.place);
                    self.push_lines(&mut inner, &lines, inside.x, &mut owner, 2.0 * unit);
                }
                _ => self.blocks(&mut inner, std::slice::from_ref(said), inside),
            }
        }
        inner.after(2.0 * unit);
        inner.keep_next();
        let name = Style { weight: 700, colour: self.look.colours.ink, ..self.look.small.clone() };
        let small = self.look.small.clone();
        for (words, style) in [(Some(by), name), (role, small)] {
            let Some(words) = words.filter(|words| !words.is_empty()) else { continue };
            let tag = self.setter.tags.add(Some(parent), TagKind::Paragraph);
            let lines = self.setter.shape(words, &style, &block.place).lines(inside.width, Align::Start);
            self.push_lines(&mut inner, &lines, inside.x, &mut Owner::of(tag).at(&block.place), 0.0);
            inner.keep_next();
        }
        let mut strips = inner.strips;
        if super::height(&strips) <= self.grid.height * 0.6 {
            strips = vec![join(strips)];
        }
        for strip in &mut strips {
            let mut drawing = Drawing::default();
            let above = if strip.keep { strip.before } else { 0.0 };
            let bar = Rect { x: area.x, y: -above, width: 0.75 * unit, height: strip.height + above };
            drawing.fill(bar, self.look.colours.accent);
            drawing.add(std::mem::take(&mut strip.drawing), 0.0, 0.0);
            strip.drawing = drawing;
        }
        flow.append(strips, 5.0 * unit);
        flow.after(5.0 * unit);
    }
}
