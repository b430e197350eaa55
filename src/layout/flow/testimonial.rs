//! In: a client's words. Out: a large quote with an accent mark at its side and its speaker below.

use crate::document::model::{Align, Block, BlockKind, Inline};
use crate::layout::drawing::{Drawing, Owner};
use crate::layout::flow::{Area, Builder, Flow, join};
use crate::layout::page::{Path, Rect, Segment, TagKind};
use crate::layout::section::Strip;
use crate::layout::text::Style;
use crate::library::brand::Colour;

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
        // On the page the words stand in the text's columns of a panel over all of them, dark and light in turn.
        let dark = area.page && self.quotes.is_multiple_of(2);
        self.quotes += usize::from(area.page);
        let look = if dark { self.look.on_primary() } else { self.look.clone() };
        let indent = if area.page { 0.0 } else { 5.0 * unit };
        let right = if area.page { 6.0 * unit } else { 0.0 };
        let inside = Area { x: area.x + indent, width: area.width - indent - right, page: false, parent };
        let mut inner = Flow::default();
        for said in blocks {
            match &said.kind {
                BlockKind::Paragraph(text) => {
                    let tag = self.setter.tags.add(Some(parent), TagKind::Paragraph);
                    let style = look.quote.clone();
                    let lines = self.setter.shape(text, &style, &said.place).lines(inside.width, Align::Start);
                    let mut owner = Owner::of(tag).at(&said.place);
                    self.push_lines(&mut inner, &lines, inside.x, &mut owner, 2.0 * unit);
                }
                _ => self.blocks(&mut inner, std::slice::from_ref(said), inside),
            }
        }
        inner.after(2.0 * unit);
        inner.keep_next();
        let small = look.small.clone();
        let colour = if dark { look.colours.accent } else { look.colours.ink };
        let name = Style { weight: 700, colour, ..small.clone() };
        for (words, style) in [(Some(by), name), (role, small)] {
            let Some(words) = words.filter(|words| !words.is_empty()) else { continue };
            let tag = self.setter.tags.add(Some(parent), TagKind::Paragraph);
            let lines = self.setter.shape(words, &style, &block.place).lines(inside.width, Align::Start);
            self.push_lines(&mut inner, &lines, inside.x, &mut Owner::of(tag).at(&block.place), 0.0);
            inner.keep_next();
        }
        let mut strips = inner.strips;
        if strips.is_empty() {
            return;
        }
        if super::height(&strips) <= self.grid.height * 0.6 {
            strips = vec![join(strips)];
        }
        if area.page {
            strips = if dark { self.dark_panel(strips, 5.0 * unit) } else { self.light_panel(strips, 5.0 * unit) };
            self.quote_mark(&mut strips);
        } else {
            self.bar(&mut strips, area.x);
        }
        flow.append(strips, 5.0 * unit);
        flow.after(5.0 * unit);
    }

    /// An accent bar at the side of the words.
    fn bar(&self, strips: &mut [Strip], x: f32) {
        for (index, strip) in strips.iter_mut().enumerate() {
            let above = if index > 0 { strip.before } else { 0.0 };
            let bar = Rect { x, y: -above, width: 0.75 * self.look.unit, height: strip.height + above };
            let mut drawing = Drawing::default();
            drawing.fill(bar, self.look.colours.accent);
            drawing.add(std::mem::take(&mut strip.drawing), 0.0, 0.0);
            strip.drawing = drawing;
        }
    }

    /// A large quotation mark in the side columns: drawn, not set, so that nobody reads it.
    fn quote_mark(&self, strips: &mut [Strip]) {
        let unit = self.look.unit;
        let Some(first) = strips.first_mut() else { return };
        for x in [6.0 * unit, 13.0 * unit] {
            first.drawing.path(quote_stroke(x, 5.5 * unit, 5.5 * unit, self.look.colours.accent));
        }
    }
}

/// One half of a quotation mark: a slanted bar, as the brand's lines are.
fn quote_stroke(x: f32, y: f32, size: f32, colour: Colour) -> Path {
    let segments = vec![
        Segment::MoveTo(x + size * 0.45, y),
        Segment::LineTo(x + size, y),
        Segment::LineTo(x + size * 0.55, y + size * 1.15),
        Segment::LineTo(x, y + size * 1.15),
        Segment::Close,
    ];
    Path { segments, fill: Some(colour), stroke: None }
}
