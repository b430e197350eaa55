//! In: a paragraph. Out: a strip for each line, with no widow and no orphan.

use crate::document::marks::is_note;
use crate::document::model::{Align, Block, BlockKind, Inline};
use crate::layout::drawing::{Drawing, Owner};
use crate::layout::flow::{Area, Builder, Flow};
use crate::layout::lines::Lines;
use crate::layout::page::TagKind;
use crate::layout::reach::{Reach, reach};
use crate::layout::section::Strip;

impl Builder<'_> {
    /// Lays out a paragraph; a note under a table or figures stays with them and is set small.
    pub(super) fn paragraph(
        &mut self,
        flow: &mut Flow,
        text: &[Inline],
        block: &Block,
        before: Option<&Block>,
        next: Option<&Block>,
        area: Area,
    ) {
        let unit = self.look.unit;
        let note = is_note(text);
        let above = before.map_or(Reach::Text, |block| reach(block, &self.look, &self.grid));
        let under_wide = note && area.page && above == Reach::Page;
        let style = if note { self.look.small.clone() } else { self.look.body.clone() };
        let (x, width) = if under_wide { (0.0, self.grid.width) } else { (area.x, area.width) };
        let tag = self.setter.tags.add(Some(area.parent), TagKind::Paragraph);
        let mut owner = Owner::of(tag).at(&block.place);
        let lines = self.setter.shape(text, &style, &block.place).lines(width, Align::Start);
        if note && above != Reach::Text {
            // A source belongs to what it is the source of.
            flow.keep_next();
            flow.draw_near(2.0 * unit);
        }
        self.push_lines(flow, &lines, x, &mut owner, unit);
        flow.after(1.75 * unit);
        // What a colon announces stays with it.
        let announces = crate::document::model::plain(text).trim_end().ends_with(':');
        if announces && next.is_some_and(|next| !matches!(next.kind, BlockKind::Heading { .. } | BlockKind::PageBreak))
        {
            flow.keep_next();
        }
    }

    /// Adds each line as a strip. Of a paragraph torn by a page's end, two lines at least stand on either side.
    pub(super) fn push_lines(&mut self, flow: &mut Flow, lines: &Lines, x: f32, owner: &mut Owner, before: f32) {
        let count = lines.lines.len();
        for (index, line) in lines.lines.iter().enumerate() {
            let mut drawing = Drawing::default();
            drawing.line(&mut self.setter.tags, owner, lines, line, x, lines.baseline);
            let strip = Strip {
                height: lines.leading,
                baseline: Some(lines.baseline),
                keep: index > 0 && (count <= 3 || index == 1 || index == count - 1),
                drawing,
                ..Strip::default()
            };
            flow.push(strip, if index == 0 { before } else { 0.0 });
        }
    }
}
