//! In: an agenda. Out: its slide: the claim on a card in the brand's colour, the points beside it, numbered large.

use crate::document::model::{Block, BlockKind};
use crate::layout::drawing::{Drawing, Owner};
use crate::layout::motif;
use crate::layout::page::{Rect, TagKind};
use crate::layout::slide::Slide;
use crate::layout::slide::content::{MOST_TITLE_LINES, SMALLEST_TITLE};
use crate::layout::slide::frame::Paint;
use crate::layout::slide::title::TitleRoom;

/// Columns of the card.
const CARD: f32 = 4.0;
/// Within the card, pt.
const PADDING: f32 = 28.0;
/// Between card and points, pt.
const GAP: f32 = 40.0;
/// So many short lines fit on the card at the smallest size; a longer claim stands above the points.
const MOST_CARD_LINES: usize = 8;

impl Slide<'_, '_> {
    /// Draws the slide.
    pub(super) fn agenda(&mut self) -> Drawing {
        let (title, blocks) = self.parts();
        let (frame, mut drawing) = (self.frame, Drawing::default());
        self.ground(&mut drawing);
        self.furniture(&mut drawing);
        let card = Rect { x: frame.margin, y: frame.top, width: frame.span(CARD), height: frame.bottom - frame.top };
        if let Some(title) = title
            && !self.claim_card(&mut drawing, title, card)
        {
            return self.content();
        }
        let left = card.x + card.width + GAP;
        let area = Rect { x: left, width: frame.margin + frame.inner() - left, ..card };
        self.body(&mut drawing, blocks, area);
        drawing
    }

    /// The claim on its card, the client's lines in the corner where they are clear of it; false where it does not fit.
    fn claim_card(&mut self, drawing: &mut Drawing, title: &Block, card: Rect) -> bool {
        let BlockKind::Heading { text, .. } = &title.kind else { return false };
        let brand = self.builder.setter.cx.brand;
        let outer = self.paint;
        self.paint = Paint::new(brand, outer.on.contrary());
        self.look(brand.typography.deck.body);
        let (ground, style) = (self.paint.ground, self.builder.look.h1.clone());
        self.paint = outer;
        let width = card.width - 2.0 * PADDING;
        let room = TitleRoom { width, most: MOST_TITLE_LINES, smallest: SMALLEST_TITLE };
        let lines = self.title_lines(text, &style, &title.place, room);
        if lines.lines.len() > MOST_CARD_LINES || lines.lines.iter().any(|line| line.broke_a_word) {
            return false;
        }
        drawing.fill_round(card, brand.spacing.radius, ground);
        let echo = Rect { x: card.x + card.width * 0.3, width: card.width * 0.7, height: card.height * 0.45, ..card };
        let top = card.y + card.height - PADDING - lines.height();
        if top > echo.y + echo.height {
            motif::echo(drawing, brand, self.builder.setter.cx.meta.motif_count, echo, ground);
        }
        let tag = self.builder.setter.tags.add(Some(self.root), TagKind::Heading(1));
        let mut owner = Owner::of(tag).at(&title.place);
        drawing.lines(&mut self.builder.setter.tags, &mut owner, &lines, card.x + PADDING, top);
        true
    }
}
