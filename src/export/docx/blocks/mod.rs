//! In: the blocks of a section. Out: paragraphs and tables in the document's body, as layout would set them.

mod agreement;
mod cards;
mod case_study;
mod chart;
mod contents;
mod field;
mod figure;
mod heading;
mod list;
mod panel;
mod pricing;
mod rep;
mod stats;
mod steps;
mod table;
mod timeline;

pub use contents::Entry;

use super::elements::{Look, Paragraph};
use super::writer::{Area, Writer};
use crate::document::marks::is_note;
use crate::document::model::{Block, BlockKind, Inline, Section, SectionLayout, plain};
use crate::layout::fonts::Face as Role;
use crate::layout::reach::{Reach, reach};

impl Writer<'_> {
    /// Writes the blocks of a section that flows.
    pub fn section(&mut self, section: &Section, blocks: &[Block]) {
        let area =
            Area { x: self.grid.text_x, width: self.grid.text_width, page: true, ink: super::writer::Ink::default() };
        if section.layout != Some(SectionLayout::Closing) {
            return self.blocks(blocks, area);
        }
        // The next step first, then whom to call, then what is signed.
        let first_head = |block: &Block| {
            matches!(block.kind, BlockKind::Heading { level, .. } if level > 1) || block.kind == BlockKind::Signature
        };
        let at = blocks.iter().position(first_head).unwrap_or(blocks.len());
        self.blocks(&blocks[..at], area);
        self.rep_card();
        self.blocks(&blocks[at..], area);
    }

    /// Writes blocks below each other.
    pub fn blocks(&mut self, blocks: &[Block], area: Area) {
        for (index, block) in blocks.iter().enumerate() {
            let before = index.checked_sub(1).and_then(|index| blocks.get(index));
            self.block(block, before, blocks.get(index + 1), area);
        }
    }

    fn block(&mut self, block: &Block, before: Option<&Block>, next: Option<&Block>, area: Area) {
        match &block.kind {
            BlockKind::Heading { level, text } => self.heading(*level, text, next, area),
            BlockKind::Paragraph(text) => self.text(text, before, next, area),
            BlockKind::List { start, items } => self.list(*start, items, 0, area),
            BlockKind::Table(table) => self.data_table(table, next, area),
            BlockKind::Figure(image) => self.figure(image, area),
            BlockKind::Callout { tone, title, blocks } => self.callout(*tone, title.as_deref(), blocks, area),
            BlockKind::Columns(columns) => self.columns(columns, area),
            BlockKind::Stats(stats) => self.stats(stats, area),
            BlockKind::Timeline(moments) => self.timeline(moments, area),
            BlockKind::Steps { start, steps } => self.steps(*start, steps, area),
            BlockKind::Cards(cards) => self.cards(cards, area),
            BlockKind::Team(people) => self.team(people, area),
            BlockKind::Testimonial { by, role, blocks } => self.testimonial(by, role.as_deref(), blocks, area),
            BlockKind::Chart(chart) => self.chart(chart, &block.place, area),
            BlockKind::Toc => self.contents(area),
            BlockKind::Signature => self.signature(area),
            BlockKind::Acceptance => self.acceptance(area),
            BlockKind::PageBreak => self.page_break = true,
            BlockKind::Editable { id, label, field: Some(field), blocks } => self.line(id, label, field, blocks, area),
            BlockKind::Editable { id, label, field: None, blocks } => self.editable(id, label, blocks, area),
            BlockKind::Prices(prices) => self.pricing(prices, area),
            BlockKind::CaseStudy(study) => self.case_study(study, area),
            BlockKind::Comparison(table) => self.comparison(table, area),
        }
    }

    /// A paragraph; a note under a table or figures stays with them and is set small.
    fn text(&mut self, text: &[Inline], before: Option<&Block>, next: Option<&Block>, area: Area) {
        let unit = self.styles.unit;
        let note = is_note(text);
        let above = before.map_or(Reach::Text, |block| reach(block, &self.styles, &self.grid));
        if note && above != Reach::Text {
            self.draw_near(2.0 * unit);
        }
        let under_wide = note && area.page && above == Reach::Page;
        let style = match (note, area.page) {
            (true, _) => "Small",
            (false, true) => "Body",
            (false, false) => "Normal",
        };
        let indent = (style == "Small" && area.page && !under_wide).then_some((area.x, 0.0, 0.0));
        // What a colon announces stays with it.
        let announces = plain(text).trim_end().ends_with(':')
            && next.is_some_and(|next| !matches!(next.kind, BlockKind::Heading { .. } | BlockKind::PageBreak));
        let look = Look { colour: area.ink.words, ..Look::default() };
        let runs = self.inlines(text, &look, Role::Text, area.ink);
        let body = self.styles.body.clone();
        self.pass_side(&plain(text), &body, area.width, unit);
        let paragraph = Paragraph { style, indent, keep_next: announces, ..Paragraph::default() };
        self.paragraph(paragraph, unit, &runs);
        self.after(1.75 * unit);
    }

    /// Where a wide block stands: all columns on the page, else the width at hand.
    fn span(&mut self, area: Area) -> (f32, f32) {
        if area.page {
            self.settle();
        }
        if area.page { (0.0, self.grid.width) } else { (area.x, area.width) }
    }
}
