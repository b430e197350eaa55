//! In: a content, two-column or big-number section. Out: its slide: the claim at the top, the body down to the lower
//! edge, in the largest size that fits.

use crate::document::marks::is_note;
use crate::document::model::{Align, Block, BlockKind, Inline, SectionLayout};
use crate::document::{each_inline, each_text};
use crate::layout::drawing::{Drawing, Owner};
use crate::layout::motif;
use crate::layout::page::{Rect, TagKind};
use crate::layout::slide::Slide;
use crate::layout::slide::body::Room;
use crate::layout::slide::fitting::{Search, smaller};
use crate::layout::slide::frame::Ground;
use crate::layout::slide::rows::{self, Row};
use crate::layout::slide::title::TitleRoom;
use crate::layout::text::{Style, superscript};

/// Titles are never set smaller on a slide, pt.
pub(super) const SMALLEST_TITLE: f32 = 24.0;
/// A claim reads best on two lines; a long client name may push it to so many in the smallest size.
pub(super) const MOST_TITLE_LINES: usize = 4;
/// Between two tries, text becomes so much smaller.
pub(super) const STEP: f32 = 0.96;

impl<'s> Slide<'_, 's> {
    /// Draws the slide.
    pub(super) fn content(&mut self) -> Drawing {
        let (title, blocks) = self.parts();
        let layout = self.section.layout;
        self.two_panels = layout == Some(SectionLayout::TwoColumn);
        let big = layout == Some(SectionLayout::BigNumber);
        let deck = &self.builder.setter.cx.brand.typography.deck;
        let one = matches!(blocks.first().map(|b| &b.kind), Some(BlockKind::Stats(stats)) if stats.len() == 1);
        self.figure_most = match (big, one) {
            (true, true) => (deck.figure * 5.0 / 3.0).max(96.0),
            (true, false) => deck.figure.max(96.0),
            _ if layout == Some(SectionLayout::Pricing) => deck.figure.max(96.0),
            _ => deck.figure * 0.9,
        };
        let mut drawing = Drawing::default();
        if !big {
            self.ground(&mut drawing);
        }
        self.furniture(&mut drawing);
        let top = match title {
            Some(block) => self.title(&mut drawing, block) + 30.0,
            None => self.frame.top,
        };
        let area = Rect { x: self.frame.margin, y: top, width: self.frame.inner(), height: self.frame.bottom - top };
        self.body(&mut drawing, blocks, area);
        if !big {
            return drawing;
        }
        let (width, height) = (self.frame.width, self.frame.height);
        self.under_sky(drawing, Rect { x: width * 0.5, y: 0.0, width: width * 0.5, height: height * 0.62 }, 0.5)
    }

    /// Fills the page with its ground.
    pub(super) fn ground(&self, drawing: &mut Drawing) {
        let page = Rect { x: 0.0, y: 0.0, width: self.frame.width, height: self.frame.height };
        // White paper needs no ink.
        if self.paint.on != Ground::Paper || self.paint.ground != WHITE {
            drawing.fill(page, self.paint.ground);
        }
    }

    /// The claim, with the brand's lines running in from the page's edge; gives its bottom.
    fn title(&mut self, drawing: &mut Drawing, block: &Block) -> f32 {
        let BlockKind::Heading { text, .. } = &block.kind else { return self.frame.top };
        self.look(self.builder.setter.cx.brand.typography.deck.body);
        let style = self.builder.look.h1.clone();
        // Beside a figure that fills the slide, the claim leaves the sky to the client's lines.
        let big = self.section.layout == Some(SectionLayout::BigNumber);
        let (width, most) = if big { (self.frame.span(8.0), 3) } else { (self.frame.inner(), 2) };
        let tag = self.builder.setter.tags.add(Some(self.root), TagKind::Heading(1));
        let room = TitleRoom { width, most, smallest: SMALLEST_TITLE };
        let mut lines = self.title_lines(text, &style, &block.place, room);
        if big && lines.lines.len() > MOST_TITLE_LINES {
            let room = TitleRoom { width: self.frame.inner(), ..room };
            lines = self.title_lines(text, &style, &block.place, room);
        }
        if lines.lines.len() > MOST_TITLE_LINES {
            self.title_too_long(text, &style, block, self.frame.inner());
        }
        let (top, margin) = (self.frame.top, self.frame.margin);
        let middle = top + lines.baseline - lines.ascent * 0.3;
        let edge = Rect { x: 0.0, y: middle - lines.leading * 0.3, width: margin * 0.66, height: lines.leading * 0.6 };
        motif::mark(drawing, self.builder.setter.cx.brand, edge, self.paint.accent, 2.0);
        let mut owner = Owner::of(tag).at(&block.place);
        drawing.lines(&mut self.builder.setter.tags, &mut owner, &lines, margin, top)
    }

    /// Fills `area` with the blocks in the largest size that fits.
    pub(super) fn body(&mut self, drawing: &mut Drawing, blocks: &[Block], area: Rect) {
        let deck = &self.builder.setter.cx.brand.typography.deck;
        let (body, smallest) = (deck.body, deck.minimum);
        let known = self.found.known(Search::Body);
        let mut size = known.unwrap_or((body * 1.2).max(smallest));
        for block in blocks.iter().filter(|_| known.is_none()) {
            match &block.kind {
                BlockKind::Table(table) | BlockKind::Comparison(table) => {
                    size = size.min(self.table_size(table, block, area.width, body)).max(smallest);
                }
                // Two tables side by side are narrow.
                BlockKind::Prices(_) => size = size.min(body * 0.9).max(smallest),
                _ => {}
            }
        }
        let start = self.builder.setter.tags.nodes.len();
        loop {
            self.builder.setter.tags.nodes.truncate(start);
            let room = Room { width: area.width, size, parent: self.root, panel: false };
            let made = self.arrange(blocks, room, area.height);
            let needed = rows::height(&made);
            if needed <= area.height || size <= smallest {
                if needed > area.height {
                    self.too_full(blocks, needed, area.height);
                }
                self.found.keep(Search::Body, size);
                rows::place(drawing, made, area, 0.0);
                return;
            }
            size = smaller(size, needed, area.height, smallest);
        }
    }

    /// Chooses how the blocks stand by what they are.
    fn arrange(&mut self, blocks: &[Block], room: Room, limit: f32) -> Vec<Row> {
        let big = self.section.layout == Some(SectionLayout::BigNumber);
        let mut made = match blocks {
            [first, second, rest @ ..] if is_proof(first, second) && !big && rest.iter().all(is_remark) => {
                let said_first = matches!(first.kind, BlockKind::Testimonial { .. });
                let (said, figures) = if said_first { (first, second) } else { (second, first) };
                // What follows is a line or two; the zones share what it leaves.
                let below = self.measured(rest, room);
                let mut made = vec![self.proof(said, figures, room, said_first, limit - below)];
                made.extend(self.after(rest, room));
                made
            }
            [first, rest @ ..] if big => match &first.kind {
                BlockKind::Stats(stats) => {
                    let mut row = match stats.as_slice() {
                        [stat] => self.hero(stat, first, room),
                        _ => self.stats(stats, first, room, 0.8),
                    };
                    row.most = f32::MAX;
                    let mut made = vec![row];
                    made.extend(self.after(rest, room));
                    made
                }
                _ => self.rows(blocks, room),
            },
            _ => {
                let below = self.measured(&[], room);
                self.rows_with_charts(blocks, room, limit - below)
            }
        };
        made.extend(self.footnotes(room));
        made
    }

    /// What the blocks below the others and the footnotes of all take, pt.
    fn measured(&mut self, rest: &[Block], room: Room) -> f32 {
        let start = self.builder.setter.tags.nodes.len();
        let mut made = self.after(rest, room);
        made.extend(self.footnotes(room));
        self.builder.setter.tags.nodes.truncate(start);
        rows::height(&made) + made.first().map_or(0.0, |row| row.before)
    }

    fn after(&mut self, blocks: &[Block], room: Room) -> Vec<Row> {
        let mut rows = self.rows(blocks, room);
        if let Some(first) = rows.first_mut() {
            first.before = room.size;
        }
        rows
    }

    /// The texts of the slide's footnotes, once each, in the order of their numbers.
    pub(super) fn footnotes(&mut self, room: Room) -> Vec<Row> {
        let mut notes: Vec<(u32, Vec<Inline>, &Block)> = Vec::new();
        for block in &self.section.blocks {
            each_text(std::slice::from_ref(block), &mut |text, _| {
                each_inline(text, &mut |inline| {
                    if let Inline::Footnote { number, text } = inline {
                        notes.push((*number, text.clone(), block));
                    }
                });
            });
        }
        notes.sort_by_key(|(number, ..)| *number);
        notes.dedup_by_key(|(number, ..)| *number);
        self.look(room.size);
        let style = self.builder.look.small.clone();
        let mut rows = Vec::with_capacity(notes.len());
        for (index, (number, text, block)) in notes.iter().enumerate() {
            let mut row = self.footnote(*number, text, block, &style, room);
            row.before = if index == 0 { room.size * 0.8 } else { 2.0 };
            rows.push(row);
        }
        rows
    }

    fn footnote(&mut self, number: u32, text: &[Inline], block: &Block, style: &Style, room: Room) -> Row {
        let setter = &mut self.builder.setter;
        let tag = setter.tags.add(Some(room.parent), TagKind::Note);
        let label = setter.tags.generated(Some(tag), TagKind::Label);
        let mut drawing = Drawing::default();
        let mark = setter.line(&superscript(number), style);
        drawing.lines(&mut setter.tags, &mut Owner::of(label), &mark, 0.0, 0.0);
        let indent = mark.width + 4.0;
        let lines = setter.shape(text, style, &block.place).lines(room.width - indent, Align::Start);
        let mut owner = Owner::of(tag).at(&block.place);
        let bottom = drawing.lines(&mut setter.tags, &mut owner, &lines, indent, 0.0);
        Row::plain(drawing, bottom, 0.0)
    }

    /// The title, where the slide opens with one, and the other blocks.
    pub(super) fn parts(&self) -> (Option<&'s Block>, &'s [Block]) {
        match self.section.blocks.split_first() {
            Some((title, rest)) if matches!(title.kind, BlockKind::Heading { level: 1, .. }) => (Some(title), rest),
            _ => (None, &self.section.blocks),
        }
    }
}

const WHITE: crate::library::brand::Colour = crate::library::brand::Colour { r: 255, g: 255, b: 255 };

fn is_proof(first: &Block, second: &Block) -> bool {
    matches!(
        (&first.kind, &second.kind),
        (BlockKind::Testimonial { .. }, BlockKind::Stats(_)) | (BlockKind::Stats(_), BlockKind::Testimonial { .. })
    )
}

fn is_remark(block: &Block) -> bool {
    matches!(&block.kind, BlockKind::Paragraph(text) if is_note(text))
}
