//! In: the blocks of a section. Out: [`Strip`]s in order, with the space between them and the places where a page may
//! not begin.

mod acceptance;
mod callout;
mod cards;
mod case_study;
mod chart;
mod columns;
mod figure;
mod heading;
mod list;
mod notes;
mod panel;
mod paragraph;
mod pricing;
mod signature;
mod stats;
mod steps;
mod table;
mod team;
mod testimonial;
mod timeline;

pub(crate) use cards::rows_of;
pub(super) use case_study::said;
pub(super) use pricing::holds;
use table::Dress;
pub(crate) use table::share;

use crate::document::model::{Block, BlockKind};
use crate::layout::Context;
use crate::layout::drawing::Drawing;
use crate::layout::look::{Grid, Look};
use crate::layout::page::{TagId, TagKind};
use crate::layout::section::{Mark, Strip};
use crate::layout::text::Setter;

/// So many lines below a heading say too little to stand at the foot of a page without what they introduce.
const FEW_LINES: usize = 3;

/// True for a paragraph between a heading and a table, which goes on over pages and so needs room for its first rows only.
fn is_introduction(block: &Block, before: Option<&Block>, next: Option<&Block>) -> bool {
    let after_heading = before.is_some_and(|before| matches!(before.kind, BlockKind::Heading { .. }));
    let to_table = next.is_some_and(|next| matches!(next.kind, BlockKind::Table(_) | BlockKind::Comparison(_)));
    after_heading && to_table && matches!(block.kind, BlockKind::Paragraph(_))
}

/// Builds the flow of one section.
pub(super) struct Builder<'a> {
    pub setter: Setter<'a>,
    pub look: Look,
    pub grid: Grid,
    /// How many quotes the section has had: panels alternate between dark and light.
    pub quotes: usize,
}

/// Where blocks stand.
#[derive(Debug, Clone, Copy)]
pub(super) struct Area {
    /// From the text area's left edge, pt.
    pub x: f32,
    pub width: f32,
    /// True on the page itself, where wide blocks and side heads may use all twelve columns.
    pub page: bool,
    /// The structure node that the blocks hang from.
    pub parent: TagId,
}

/// Strips in order, and what is pending between them.
#[derive(Debug, Clone, Default)]
pub(super) struct Flow {
    pub strips: Vec<Strip>,
    /// Space wanted after the last strip, pt.
    gap: f32,
    /// How far a side head reaches below the last strip, pt.
    side: f32,
    /// A side head that waits for the text it stands beside.
    pending: Option<SideHead>,
    /// True where the next strip may not begin a page.
    glue: bool,
}

/// A heading in columns 1 to 3.
#[derive(Debug, Clone)]
pub(super) struct SideHead {
    pub drawing: Drawing,
    pub baseline: f32,
    pub height: f32,
    pub marks: Vec<Mark>,
}

impl Flow {
    /// Adds a strip at least `before` pt below the last one.
    pub fn push(&mut self, mut strip: Strip, before: f32) {
        if strip.page_break {
            self.release();
        }
        strip.before = if self.strips.is_empty() { 0.0 } else { before.max(self.gap) };
        strip.keep |= self.glue;
        self.glue = false;
        self.gap = 0.0;
        if let Some(head) = self.pending.take() {
            self.attach(&mut strip, head);
        } else if self.side > 0.0 {
            if strip.wide {
                strip.before = strip.before.max(self.side + 8.0);
                self.side = 0.0;
            } else {
                strip.keep = true;
                self.side -= strip.before + strip.height;
            }
        }
        self.strips.push(strip);
    }

    /// Puts a side head beside the strip, on its baseline; it may hang below it.
    fn attach(&mut self, strip: &mut Strip, head: SideHead) {
        let y = strip.baseline.map_or(0.0, |baseline| baseline - head.baseline);
        let mut drawing = head.drawing;
        drawing.shift(0.0, y);
        drawing.add(std::mem::take(&mut strip.drawing), 0.0, 0.0);
        strip.drawing = drawing;
        strip.marks.extend(head.marks);
        self.side = (y + head.height - strip.height).max(0.0);
    }

    /// Wants space after the last strip.
    pub fn after(&mut self, gap: f32) {
        self.gap = self.gap.max(gap);
    }

    /// Wants no more than `gap` after the last strip.
    pub fn draw_near(&mut self, gap: f32) {
        self.gap = self.gap.min(gap);
    }

    /// Forbids a page to begin with the next strip.
    pub fn keep_next(&mut self) {
        self.glue = true;
    }

    /// Lets a side head wait for the next strip.
    pub fn beside(&mut self, head: SideHead) {
        self.release();
        self.pending = Some(head);
    }

    /// Adds the strips of another flow as they are.
    pub fn append(&mut self, strips: Vec<Strip>, before: f32) {
        let mut before = before;
        for strip in strips {
            let within = strip.before;
            self.push(strip, if before > 0.0 { before } else { within });
            before = 0.0;
            // Later strips keep the space that they had among themselves.
        }
    }

    /// Makes room for a side head that reaches below the last strip.
    pub fn settle(&mut self) {
        if self.side > 0.0 {
            self.gap += self.side;
            self.side = 0.0;
        }
    }

    /// The strips; a side head that reaches below the last one makes it taller.
    pub fn finish(mut self) -> Vec<Strip> {
        self.release();
        let side = self.side;
        if let Some(last) = self.strips.last_mut() {
            last.height += side.max(0.0);
        }
        self.strips
    }

    /// Gives a side head with nothing to stand beside a strip of its own.
    fn release(&mut self) {
        if let Some(head) = self.pending.take() {
            let strip = Strip { height: head.height, drawing: head.drawing, marks: head.marks, ..Strip::default() };
            self.push(strip, 0.0);
        }
    }
}

/// Height of strips under each other, pt.
pub(super) fn height(strips: &[Strip]) -> f32 {
    strips.iter().enumerate().map(|(i, strip)| strip.height + if i > 0 { strip.before } else { 0.0 }).sum()
}

/// Joins strips into one that is never torn.
pub(super) fn join(strips: Vec<Strip>) -> Strip {
    let mut whole = Strip { baseline: strips.first().and_then(|strip| strip.baseline), ..Strip::default() };
    for (index, strip) in strips.into_iter().enumerate() {
        let top = whole.height + if index > 0 { strip.before } else { 0.0 };
        whole.drawing.add(strip.drawing, 0.0, top);
        whole.marks.extend(strip.marks.into_iter().map(|mark| mark.moved(top)));
        whole.height = top + strip.height;
    }
    whole
}

impl<'a> Builder<'a> {
    /// A builder for one section of a proposal.
    pub fn new(cx: &'a Context<'a>) -> Self {
        let grid = Grid::new(cx.brand, cx.page.size());
        Self { setter: Setter::new(cx), look: Look::proposal(cx.brand), grid, quotes: 0 }
    }

    /// Lays out blocks below each other.
    pub fn blocks(&mut self, flow: &mut Flow, blocks: &[Block], area: Area) {
        for (index, block) in blocks.iter().enumerate() {
            let before = index.checked_sub(1).and_then(|index| blocks.get(index));
            let next = blocks.get(index + 1);
            let known = flow.strips.len();
            self.block(flow, block, before, next, area);
            if area.page && flow.strips.len() - known <= FEW_LINES && is_introduction(block, before, next) {
                flow.keep_next();
            }
        }
    }

    fn block(&mut self, flow: &mut Flow, block: &Block, before: Option<&Block>, next: Option<&Block>, area: Area) {
        match &block.kind {
            BlockKind::Heading { level: 1, text } if area.page => self.title(flow, text, &block.place, area),
            BlockKind::Heading { level, text } => self.heading(flow, *level, text, &block.place, next, area),
            BlockKind::Paragraph(text) => self.paragraph(flow, text, block, before, next, area),
            BlockKind::List { start, items } => self.list(flow, *start, items, block, area),
            BlockKind::Table(table) => self.table(flow, table, block, area, Dress::Plain),
            BlockKind::Comparison(table) => self.table(flow, table, block, area, Dress::Compared),
            BlockKind::CaseStudy(study) => self.case_study(flow, study, block, area),
            BlockKind::Figure(image) => self.figure(flow, image, area),
            BlockKind::Callout { tone, title, blocks } => {
                self.callout(flow, *tone, title.as_deref(), blocks, block, area);
            }
            BlockKind::Columns(columns) => self.columns(flow, columns, area),
            BlockKind::Stats(stats) => self.stats(flow, stats, block, area),
            BlockKind::Timeline(moments) => self.timeline(flow, moments, block, area),
            BlockKind::Steps { start, steps } => self.steps(flow, *start, steps, block, area),
            BlockKind::Cards(cards) => self.cards(flow, cards, area),
            BlockKind::Team(people) => self.team(flow, people, area),
            BlockKind::Testimonial { by, role, blocks } => {
                self.testimonial(flow, by, role.as_deref(), blocks, block, area);
            }
            BlockKind::Chart(chart) => self.chart(flow, chart, block, area),
            BlockKind::Prices(prices) => self.pricing(flow, prices, block, area),
            BlockKind::Toc => self.contents(flow, area),
            BlockKind::Signature => self.signature(flow, area),
            BlockKind::Acceptance => self.acceptance(flow, area),
            BlockKind::PageBreak => {
                flow.settle();
                flow.push(Strip { page_break: true, ..Strip::default() }, 0.0);
            }
            BlockKind::Editable { blocks, .. } => self.blocks(flow, blocks, area),
        }
    }

    /// Leaves room for the contents, which are known once pages are.
    fn contents(&mut self, flow: &mut Flow, area: Area) {
        let tag = self.setter.tags.generated(Some(area.parent), TagKind::Contents);
        let mark = Mark::Contents { x: area.x, width: area.width, tag };
        let baseline = crate::layout::contents::first_baseline(&mut self.setter, &self.look);
        let strip = Strip { marks: vec![mark], baseline: Some(baseline), ..Strip::default() };
        flow.push(strip, 2.0 * self.look.unit);
        // The contents are taller than a head beside them.
        flow.side = 0.0;
        flow.after(4.0 * self.look.unit);
    }
}
