//! In: a section divider. Out: its slide: a huge title at the foot, a few words below it, the client's lines above.

use crate::document::model::BlockKind;
use crate::layout::drawing::{Drawing, Owner};
use crate::layout::page::{Rect, TagKind};
use crate::layout::slide::Slide;
use crate::layout::slide::body::Room;
use crate::layout::slide::content::SMALLEST_TITLE;
use crate::layout::slide::fitting::{Search, smaller};
use crate::layout::slide::rows;
use crate::layout::slide::title::TitleRoom;

impl Slide<'_, '_> {
    /// Draws the slide.
    pub(super) fn divider(&mut self) -> Drawing {
        let (title, blocks) = self.parts();
        let frame = self.frame;
        let mut drawing = Drawing::default();
        let sky = Rect { x: frame.width * 0.3, y: 0.0, width: frame.width * 0.7, height: frame.height * 0.66 };
        self.furniture(&mut drawing);
        let deck = &self.builder.setter.cx.brand.typography.deck;
        let (huge, smallest) = (deck.cover * 1.15, deck.minimum);
        let (width, limit) = (frame.span(10.0), frame.bottom - frame.top);
        let start = self.builder.setter.tags.nodes.len();
        let known = self.found.known(Search::Body);
        let (mut title_size, mut size) = (huge, known.unwrap_or(deck.body * 1.2));
        loop {
            self.builder.setter.tags.nodes.truncate(start);
            self.look(size);
            let mut words = Drawing::default();
            let mut y = 0.0;
            if let Some((block, BlockKind::Heading { text, .. })) = title.map(|block| (block, &block.kind)) {
                let style = self.builder.look.cover.sized(title_size);
                let tag = self.builder.setter.tags.add(Some(self.root), TagKind::Heading(1));
                let room = TitleRoom { width, most: 3, smallest: SMALLEST_TITLE };
                let lines = self.title_lines(text, &style, &block.place, room);
                let mut owner = Owner::of(tag).at(&block.place);
                y = words.lines(&mut self.builder.setter.tags, &mut owner, &lines, frame.margin, 0.0) + 20.0;
            }
            let room = Room { width: width.min(size * 32.0), size, parent: self.root, panel: true };
            let mut made = self.rows(blocks, room);
            made.extend(self.footnotes(room));
            let height = y + rows::height(&made);
            let last = title_size <= SMALLEST_TITLE && size <= smallest;
            if height <= limit || last {
                self.found.keep(Search::Body, size);
                if height > limit {
                    self.too_full(&self.section.blocks, height, limit);
                }
                let area = Rect { x: frame.margin, y, width: room.width, height: rows::height(&made) };
                rows::place(&mut words, made, area, 0.0);
                drawing.add(words, 0.0, (frame.bottom - 4.0 - height).max(frame.top));
                return self.under_sky(drawing, sky, 0.8);
            }
            title_size = smaller(title_size, height, limit, SMALLEST_TITLE);
            size = smaller(size, height, limit, smallest);
        }
    }
}
