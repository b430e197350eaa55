//! In: a client's words, and the figures that stand beside them. Out: a row with a bar at its side; or one of two zones.

use crate::document::model::{Block, BlockKind, Inline, SectionLayout};
use crate::layout::drawing::Drawing;
use crate::layout::page::{Rect, TagKind};
use crate::layout::slide::Slide;
use crate::layout::slide::body::Room;
use crate::layout::slide::fitting::{Search, smaller};
use crate::layout::slide::rows::{Back, Panel, Row};
use crate::layout::text::Style;

impl Slide<'_, '_> {
    /// Large words in the display face, then who said them.
    pub(super) fn testimonial(
        &mut self,
        by: &[Inline],
        role: Option<&[Inline]>,
        blocks: &[Block],
        block: &Block,
        room: Room,
    ) -> Row {
        self.look(room.size);
        let parent = self.builder.setter.tags.add(Some(room.parent), TagKind::Quote);
        let look = self.builder.look.clone();
        let indent = 28.0;
        let width = room.width - indent;
        // On a slide of their own the words may be as large as a title.
        let alone = self.section.layout == Some(SectionLayout::Testimonial) && !room.panel;
        let quote = look.quote.sized(room.size * if alone { 2.0 } else { 1.5 });
        let mut drawing = Drawing::default();
        let mut y = 0.0;
        for said in blocks {
            match &said.kind {
                BlockKind::Paragraph(text) => {
                    let tag = self.builder.setter.tags.add(Some(parent), TagKind::Paragraph);
                    let rect = Rect { x: indent, y, width, height: 0.0 };
                    y = self.words(&mut drawing, text, &quote, said, (tag, rect)) + room.size * 0.5;
                }
                _ => {
                    let row = self.flowed(said, Room { width, parent, ..room });
                    for (part, _) in row.parts {
                        drawing.add(part, indent, y);
                    }
                    y += row.height + room.size * 0.5;
                }
            }
        }
        y += room.size * 0.5;
        let name = Style { weight: 700, ..look.body.sized((room.size * 0.95).max(self.minimum())) };
        let small = look.body.sized((room.size * 0.85).max(self.minimum())).coloured(self.paint.quiet);
        for (words, style) in [(Some(by), name), (role, small)] {
            let Some(words) = words.filter(|words| !words.is_empty()) else { continue };
            let tag = self.builder.setter.tags.add(Some(parent), TagKind::Paragraph);
            let rect = Rect { x: indent, y, width, height: 0.0 };
            y = self.words(&mut drawing, words, &style, block, (tag, rect));
        }
        let side = Back::Side { x: 2.5, colour: self.paint.accent, thickness: 5.0 };
        Row { height: y, most: f32::MAX, parts: vec![(drawing, 0.5)], back: vec![side], ..Row::default() }
    }

    /// A testimonial beside its figures, each as large as `limit` pt of height allow.
    pub(super) fn proof(&mut self, said: &Block, figures: &Block, room: Room, said_first: bool, limit: f32) -> Row {
        let gutter = 40.0;
        let left = (room.width - gutter) * 0.58;
        let right = room.width - gutter - left;
        let mut panels = Vec::new();
        for is_said in [said_first, !said_first] {
            let start = self.builder.setter.tags.nodes.len();
            let search = if is_said { Search::Said } else { Search::Figures };
            let mut room = Room { size: self.found.known(search).unwrap_or(room.size), ..room };
            let panel = loop {
                self.builder.setter.tags.nodes.truncate(start);
                let panel = if is_said {
                    let rows = self.rows(std::slice::from_ref(said), Room { width: left, ..room });
                    Panel { x: 0.0, width: left, rows, ..Panel::default() }
                } else {
                    self.panel(std::slice::from_ref(figures), (left + gutter, right), room, true)
                };
                if panel.height() <= limit || room.size <= self.minimum() {
                    break panel;
                }
                room.size = smaller(room.size, panel.height(), limit, self.minimum());
            };
            self.found.keep(search, room.size);
            panels.push(panel);
        }
        Row::panels(panels, 0.0, f32::MAX)
    }
}
