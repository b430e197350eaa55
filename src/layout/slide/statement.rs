//! In: a client's words as a slide of their own. Out: that slide: what they show in a small line, the words large.

use crate::document::model::BlockKind;
use crate::layout::drawing::{Drawing, Owner};
use crate::layout::page::{Rect, TagKind};
use crate::layout::slide::Slide;
use crate::layout::slide::content::{MOST_TITLE_LINES, SMALLEST_TITLE};
use crate::layout::slide::title::TitleRoom;

impl Slide<'_, '_> {
    /// Draws the slide.
    pub(super) fn statement(&mut self) -> Drawing {
        let (title, blocks) = self.parts();
        let (frame, mut drawing) = (self.frame, Drawing::default());
        self.furniture(&mut drawing);
        let mut top = frame.top;
        if let Some((block, BlockKind::Heading { text, .. })) = title.map(|block| (block, &block.kind)) {
            self.look(self.builder.setter.cx.brand.typography.deck.body);
            // The words are the slide; what they show stands back.
            let style = self.builder.look.h1.sized(SMALLEST_TITLE).coloured(self.paint.accent_words);
            let room = TitleRoom { width: frame.span(9.0), most: 2, smallest: SMALLEST_TITLE };
            let mut lines = self.title_lines(text, &style, &block.place, room);
            if lines.lines.len() > MOST_TITLE_LINES {
                lines = self.title_lines(text, &style, &block.place, TitleRoom { width: frame.inner(), ..room });
            }
            if lines.lines.len() > MOST_TITLE_LINES {
                self.title_too_long(text, &style, block, frame.inner());
            }
            let tag = self.builder.setter.tags.add(Some(self.root), TagKind::Heading(1));
            let mut owner = Owner::of(tag).at(&block.place);
            top = drawing.lines(&mut self.builder.setter.tags, &mut owner, &lines, frame.margin, top) + 32.0;
        }
        let area = Rect { x: frame.margin, y: top, width: frame.inner(), height: frame.bottom - top };
        self.body(&mut drawing, blocks, area);
        let sky = Rect { x: frame.width * 0.6, y: 0.0, width: frame.width * 0.4, height: frame.height * 0.4 };
        self.under_sky(drawing, sky, 0.5)
    }
}
