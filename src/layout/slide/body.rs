//! In: the blocks of a slide, the width and the size of running text. Out: [`Row`]s that can fill the slide.

use crate::diagnostic::Diagnostic;
use crate::document::marks::is_note;
use crate::document::model::{Block, BlockKind, Image, Inline, Tone};
use crate::layout::crop::shown;
use crate::layout::drawing::{Drawing, Owner};
use crate::layout::flow::{Area, Flow, join};
use crate::layout::page::{Rect, TagId, TagKind};
use crate::layout::slide::Slide;
use crate::layout::slide::rows::{Back, Panel, Row, height};
use crate::layout::slide::title::few_or_many;
use crate::layout::text::Style;

/// The room that blocks are set in.
#[derive(Debug, Clone, Copy)]
pub(super) struct Room {
    pub width: f32,
    /// Size of running text, pt.
    pub size: f32,
    /// The structure node that the blocks hang from.
    pub parent: TagId,
    /// True within a panel, where there is less of everything.
    pub panel: bool,
}

impl Slide<'_, '_> {
    /// Turns blocks into rows below each other.
    pub(super) fn rows(&mut self, blocks: &[Block], room: Room) -> Vec<Row> {
        let alone = blocks.iter().all(|block| matches!(block.kind, BlockKind::Paragraph(_)));
        let mut rows: Vec<Row> = Vec::new();
        for (index, block) in blocks.iter().enumerate() {
            let first = rows.is_empty();
            let before = if first { 0.0 } else { self.space_before(&blocks[index - 1], block, room) };
            let mut made = match &block.kind {
                BlockKind::Paragraph(text) if is_note(text) => vec![self.note(text, block, room)],
                BlockKind::Paragraph(text) => vec![self.paragraph(text, block, room, alone && !room.panel)],
                BlockKind::List { start, items } => self.list(*start, items, room),
                BlockKind::Table(table) => self.table(table, block, room, None),
                BlockKind::Comparison(table) => self.table(table, block, room, Some(1)),
                BlockKind::CaseStudy(study) => self.case_study(study, block, room),
                BlockKind::Stats(stats) if room.panel => self.stacked_stats(stats, block, room),
                BlockKind::Stats(stats) => vec![self.stats(stats, block, room, 0.5)],
                BlockKind::Timeline(moments) => self.timeline(moments, block, room),
                BlockKind::Steps { start, steps } => self.steps(*start, steps, block, room),
                BlockKind::Cards(cards) => self.cards(cards, room),
                BlockKind::Team(people) => self.team(people, room),
                BlockKind::Testimonial { by, role, blocks } => {
                    vec![self.testimonial(by, role.as_deref(), blocks, block, room)]
                }
                BlockKind::Callout { tone, title, blocks } => {
                    vec![self.callout(*tone, title.as_deref(), blocks, block, room)]
                }
                BlockKind::Columns(columns) => vec![self.columns(columns, room)],
                BlockKind::Figure(image) => self.figure(image, block, room).into_iter().collect(),
                BlockKind::Heading { .. } => vec![self.flowed(block, room)],
                BlockKind::Chart(chart) => vec![self.chart(chart, block, room)],
                BlockKind::Prices(prices) => self.pricing(prices, block, room),
                BlockKind::Toc => self.refuse("toc", block),
                BlockKind::Signature => self.refuse("signature", block),
                BlockKind::Acceptance => self.refuse("acceptance", block),
                BlockKind::PageBreak => self.refuse("page-break", block),
                BlockKind::Editable { blocks, .. } => self.rows(blocks, room),
            };
            if let Some(row) = made.first_mut() {
                row.before = before;
            }
            rows.append(&mut made);
        }
        rows
    }

    fn space_before(&self, previous: &Block, block: &Block, room: Room) -> f32 {
        let part = if room.panel { 0.7 } else { 1.0 };
        part * match (&previous.kind, &block.kind) {
            (BlockKind::Heading { .. }, _) => room.size * 0.4,
            (_, BlockKind::Paragraph(text)) if is_note(text) => room.size * 0.8,
            (BlockKind::Paragraph(_), BlockKind::Paragraph(_)) => room.size * 0.9,
            _ => room.size * 1.2,
        }
    }

    fn refuse(&mut self, name: &str, block: &Block) -> Vec<Row> {
        let problem = Diagnostic::error("X023", format!("a slide cannot hold `:::{name}`"))
            .at(block.place.clone())
            .help("take it out; each section of a deck is one slide");
        self.builder.setter.report(problem);
        Vec::new()
    }

    /// Styles for running text of the room's size on the ground at hand.
    pub(super) fn look(&mut self, size: f32) {
        self.builder.look = self.paint.look(self.builder.setter.cx.brand, size);
        self.builder.look.body.strong_colour = self.strong_accent.then_some(self.paint.accent_words);
    }

    /// A block as proposals draw it.
    pub(super) fn flowed(&mut self, block: &Block, room: Room) -> Row {
        self.look(room.size);
        let mut flow = Flow::default();
        let area = Area { x: 0.0, width: room.width, page: false, parent: room.parent };
        self.builder.blocks(&mut flow, std::slice::from_ref(block), area);
        let strip = join(flow.finish());
        Row::plain(strip.drawing, strip.height, 0.0)
    }

    /// Words in a node of their own, broken at `width`, at the drawing's `x` and `y`; gives their bottom.
    pub(super) fn words(
        &mut self,
        drawing: &mut Drawing,
        text: &[Inline],
        style: &Style,
        block: &Block,
        (tag, rect): (TagId, Rect),
    ) -> f32 {
        let setter = &mut self.builder.setter;
        let lines = few_or_many(&mut setter.shape(text, style, &block.place), text, rect.width);
        let mut owner = Owner::of(tag).at(&block.place);
        drawing.lines(&mut setter.tags, &mut owner, &lines, rect.x, rect.y)
    }

    fn paragraph(&mut self, text: &[Inline], block: &Block, room: Room, alone: bool) -> Row {
        self.look(room.size);
        let mut style = self.builder.look.body.clone();
        if alone {
            // Larger where there is little to say; the smallest size is the same for all.
            let least = self.minimum();
            style = style.sized(style.size + (style.size - least) * 0.7);
        }
        // A line of more than some 75 letters is hard to follow.
        let width = room.width.min(style.size * 36.0);
        let tag = self.builder.setter.tags.add(Some(room.parent), TagKind::Paragraph);
        let mut drawing = Drawing::default();
        let rect = Rect { x: 0.0, y: 0.0, width, height: 0.0 };
        let bottom = self.words(&mut drawing, text, &style, block, (tag, rect));
        Row::plain(drawing, bottom, 0.0)
    }

    /// A source or a remark, small.
    fn note(&mut self, text: &[Inline], block: &Block, room: Room) -> Row {
        self.look(room.size);
        let style = self.builder.look.small.clone();
        let tag = self.builder.setter.tags.add(Some(room.parent), TagKind::Paragraph);
        let mut drawing = Drawing::default();
        let rect = Rect { x: 0.0, y: 0.0, width: room.width, height: 0.0 };
        let bottom = self.words(&mut drawing, text, &style, block, (tag, rect));
        Row::plain(drawing, bottom, 0.0)
    }

    fn callout(&mut self, tone: Tone, title: Option<&[Inline]>, blocks: &[Block], block: &Block, room: Room) -> Row {
        let parent = self.builder.setter.tags.add(Some(room.parent), TagKind::Group);
        let padding = if room.panel { 14.0 } else { 20.0 };
        let indent = padding + 6.0;
        let width = (room.width - indent - padding).max(40.0);
        let mut drawing = Drawing::default();
        let mut y = 0.0;
        self.look(room.size);
        let edge = match tone {
            Tone::Neutral => self.paint.title,
            Tone::Accent => self.paint.accent,
            Tone::Warning => self.paint.accent_words,
        };
        if let Some(title) = title {
            let tag = self.builder.setter.tags.add(Some(parent), TagKind::Paragraph);
            let style = self.builder.look.h3.clone();
            let rect = Rect { x: 0.0, y, width, height: 0.0 };
            y = self.words(&mut drawing, title, &style, block, (tag, rect)) + 6.0;
        }
        let inner = self.rows(blocks, Room { width, parent, panel: true, ..room });
        let rest = height(&inner);
        super::rows::place(&mut drawing, inner, Rect { x: 0.0, y, width, height: rest }, 0.0);
        drawing.shift(indent, padding * 0.8);
        let radius = self.builder.setter.cx.brand.spacing.radius;
        Row {
            height: y + rest + 1.6 * padding,
            most: 12.0,
            parts: vec![(drawing, 0.5)],
            back: vec![
                Back::Plate { x: 0.0, width: room.width, colour: self.paint.plate, radius },
                Back::Plate { x: 0.0, width: 5.0, colour: edge, radius: radius.min(2.0) },
            ],
            ..Row::default()
        }
    }

    /// Columns as equal panels; the heads stand on one line, so do the words below them.
    pub(super) fn columns(&mut self, columns: &[Vec<Block>], room: Room) -> Row {
        let count = columns.len().max(1) as f32;
        let gutter = if room.panel { 16.0 } else { 24.0 };
        let width = (room.width - gutter * (count - 1.0)) / count;
        let two = self.two_panels && columns.len() > 1 && !room.panel;
        let mut panels = Vec::new();
        for (index, blocks) in columns.iter().enumerate() {
            let parent = self.builder.setter.tags.add(Some(room.parent), TagKind::Group);
            let x = (width + gutter) * index as f32;
            let contrary = two && index % 2 == 1;
            let inside = Room { parent, ..room };
            let mut panel = self.panel(blocks, (x, width), inside, contrary);
            if !two && !room.panel {
                panel.edge = Some(self.paint.accent);
                panel.sinks = true;
            }
            panels.push(panel);
        }
        let tallest = panels.iter().map(|panel| panel.head_height).fold(0.0, f32::max);
        for panel in &mut panels {
            panel.head_height = tallest;
        }
        Row::panels(panels, 0.0, if room.panel { 0.0 } else { f32::MAX })
    }

    /// One panel: its first head large, the blocks below it.
    pub(super) fn panel(&mut self, blocks: &[Block], (x, width): (f32, f32), room: Room, contrary: bool) -> Panel {
        let brand = self.builder.setter.cx.brand;
        let outer = self.paint;
        let ground = if contrary { super::frame::Paint::new(brand, outer.on.contrary()).ground } else { outer.plate };
        if contrary {
            self.paint = super::frame::Paint::new(brand, outer.on.contrary());
        }
        let padding = if room.panel { 12.0 } else { 24.0 };
        let inner = (width - 2.0 * padding).max(40.0);
        let mut head = Drawing::default();
        let mut head_height = 0.0;
        let mut rest = blocks;
        if let Some((first, after)) = blocks.split_first()
            && let BlockKind::Heading { level, text } = &first.kind
        {
            self.look(room.size);
            let style = self.builder.look.h2.sized((room.size * 1.3).max(self.minimum()));
            let tag = self.builder.setter.tags.add(Some(room.parent), TagKind::Heading(*level));
            let rect = Rect { x: 0.0, y: 0.0, width: inner, height: 0.0 };
            head_height = self.words(&mut head, text, &style, first, (tag, rect)) + room.size * 0.8;
            rest = after;
        }
        let rows = self.rows(rest, Room { width: inner, panel: true, ..room });
        self.paint = outer;
        let radius = brand.spacing.radius;
        Panel { x, width, padding, ground: Some(ground), radius, head, head_height, rows, ..Panel::default() }
    }

    fn figure(&mut self, image: &Image, block: &Block, room: Room) -> Option<Row> {
        let (id, asset) = self.builder.setter.image(&image.path, Some(&image.place))?;
        // Smaller text leaves more room, and a smaller picture too.
        let part = room.size / self.builder.setter.cx.brand.typography.deck.body;
        let most = self.frame.height * 0.55 * part * if room.panel { 0.6 } else { 1.0 };
        let shown = shown(&asset, image.crop);
        let scale = (room.width / shown.width).min(most / shown.height);
        let rect = Rect { x: 0.0, y: 0.0, width: shown.width * scale, height: shown.height * scale };
        let kind = TagKind::Figure { alt: image.alt.clone(), rect: Some(rect) };
        let mut drawing = Drawing::default();
        if image.caption.is_empty() {
            let tag = self.builder.setter.tags.add(Some(room.parent), kind);
            drawing.image_part(id, shown.part, rect, Some(tag));
            return Some(Row::plain(drawing, rect.height, 0.0));
        }
        let group = self.builder.setter.tags.add(Some(room.parent), TagKind::Group);
        let tag = self.builder.setter.tags.add(Some(group), kind);
        drawing.image_part(id, shown.part, rect, Some(tag));
        let caption = self.builder.setter.tags.add(Some(group), TagKind::Caption);
        self.look(room.size);
        let style = self.builder.look.small.clone();
        let below = Rect { x: 0.0, y: rect.height + 8.0, width: room.width, height: 0.0 };
        let bottom = self.words(&mut drawing, &image.caption, &style, block, (caption, below));
        Some(Row::plain(drawing, bottom, 0.0))
    }

    /// No reading text on slides is smaller, pt.
    pub(super) fn minimum(&self) -> f32 {
        self.builder.setter.cx.brand.typography.deck.minimum
    }
}
