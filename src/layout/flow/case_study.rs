//! In: a case study. Out: one strip that no page's end tears: whose it is and what came of it, the figures on a ground
//! at the side, what was done and the client's words beside them.

use crate::diagnostic::Place;
use crate::document::model::{Align, Block, BlockKind, CaseStudy, Quote, Stat, Text};
use crate::layout::drawing::{Drawing, Owner};
use crate::layout::flow::heading::outline;
use crate::layout::flow::{Area, Builder, Flow, join};
use crate::layout::page::{Rect, TagId, TagKind};
use crate::layout::section::Strip;
use crate::layout::text::Style;

/// More of a page than this is torn rather than moved to the next one whole.
const WHOLE: f32 = 0.8;
/// Where each of the figures side by side would have less width than this, they stand below each other, pt.
const NARROW: f32 = 110.0;
/// How much of the width the figures take: four of twelve columns.
const FIGURES: f32 = 4.0 / 12.0;

impl Builder<'_> {
    /// Lays out a case study over the width at hand.
    pub(super) fn case_study(&mut self, flow: &mut Flow, study: &CaseStudy, block: &Block, area: Area) {
        let unit = self.look.unit;
        let start = self.setter.tags.nodes.len();
        if area.page {
            let strip = self.whole_study(study, block, area);
            if strip.height <= self.grid.height * WHOLE {
                flow.settle();
                flow.push(strip, 6.0 * unit);
                flow.after(6.0 * unit);
                return;
            }
            self.setter.tags.nodes.truncate(start);
        }
        self.long_study(flow, study, block, area);
    }

    fn whole_study(&mut self, study: &CaseStudy, block: &Block, area: Area) -> Strip {
        let unit = self.look.unit;
        let span = (0.0, self.grid.width);
        let group = self.setter.tags.add(Some(area.parent), TagKind::Group);
        let mut top = Flow::default();
        self.study_head(&mut top, study, (span.0, span.1 * 0.86), group);
        let head = join(top.finish());
        let above = 3.0 * unit;
        let below = above + head.height + 3.0 * unit;
        let mut strip = Strip { wide: true, baseline: head.baseline.map(|at| at + above), ..Strip::default() };
        strip.drawing.rule(span.0, 0.0, span.1, 0.75, self.look.colours.line);
        strip.drawing.fill(Rect { x: span.0, y: -1.0, width: 12.0 * unit, height: 2.0 }, self.look.colours.accent);
        strip.marks.extend(head.marks.into_iter().map(|mark| mark.moved(above)));
        strip.drawing.add(head.drawing, 0.0, above);

        let padding = 4.0 * unit;
        let side = span.1 * FIGURES;
        let side_x = span.0;
        let figures = (!study.figures.is_empty())
            .then(|| self.stacked_figures(&study.figures, block, (side_x + padding, side - 2.0 * padding), group));
        // Where there are no figures, the words keep the text's columns.
        let gutter = 6.0 * unit;
        let (at, width) = match &figures {
            Some(_) => (side + gutter, span.1 - side - gutter),
            None => (span.1 - area.width, area.width),
        };
        let x = span.0 + at;
        let mut words = Flow::default();
        self.study_words(&mut words, study, Area { x, width, page: false, parent: group });
        let words = join(words.finish());
        let tall = words.height.max(figures.as_ref().map_or(0.0, |figures| figures.height + 2.0 * padding));
        if let Some(figures) = figures {
            let ground = Rect { x: side_x, y: below, width: side, height: tall };
            strip.drawing.fill_round(ground, self.setter.cx.brand.spacing.radius, self.look.colours.tint);
            strip.drawing.add(figures.drawing, 0.0, below + padding);
        }
        strip.drawing.add(words.drawing, 0.0, below);
        strip.marks.extend(words.marks.into_iter().map(|mark| mark.moved(below)));
        strip.height = below + tall;
        strip
    }

    /// Whose study it is, small, and what came of it, large.
    fn study_head(&mut self, flow: &mut Flow, study: &CaseStudy, (x, width): (f32, f32), parent: TagId) {
        let unit = self.look.unit;
        let tag = self.setter.tags.add(Some(parent), TagKind::Heading(study.level));
        let claim = self.look.h2.clone();
        let style = if study.summary.is_some() { self.look.label.clone() } else { claim.clone() };
        self.study_line(flow, &study.head, &style, (x, width), (tag, &study.place, 0.0));
        if let Some(first) = flow.strips.first_mut() {
            first.marks.extend(outline(study.level, &study.head));
        }
        flow.keep_next();
        if let Some(summary) = &study.summary {
            let tag = self.setter.tags.add(Some(parent), TagKind::Paragraph);
            let style = claim.sized(claim.size * 1.1);
            self.study_line(flow, summary, &style, (x, width), (tag, &study.place, unit));
            flow.keep_next();
        }
    }

    fn study_line(
        &mut self,
        flow: &mut Flow,
        text: &Text,
        style: &Style,
        (x, width): (f32, f32),
        (tag, place, before): (TagId, &Place, f32),
    ) {
        let lines = self.setter.shape(text, style, place).balanced(width, Align::Start);
        self.push_lines(flow, &lines, x, &mut Owner::of(tag).at(place), before);
    }

    /// Figures below each other with hairlines between them.
    fn stacked_figures(&mut self, figures: &[Stat], block: &Block, (x, inner): (f32, f32), parent: TagId) -> Strip {
        let unit = self.look.unit;
        let label = Style { colour: self.look.colours.ink, ..self.look.small.clone() };
        let group = self.setter.tags.add(Some(parent), TagKind::Group);
        let drawn = self.figures(figures, inner, self.look.h1.size, block);
        let mut drawing = Drawing::default();
        let mut y = 0.0;
        for (index, (stat, figure)) in figures.iter().zip(&drawn).enumerate() {
            if index > 0 {
                drawing.rule(x, y + 2.0 * unit, inner, 0.75, self.look.colours.line);
                y += 4.0 * unit;
            }
            let tag = self.setter.tags.add(Some(group), TagKind::Paragraph);
            y = drawing.lines(&mut self.setter.tags, &mut Owner::of(tag).at(&block.place), figure, x, y);
            let tag = self.setter.tags.add(Some(group), TagKind::Paragraph);
            let lines = self.setter.shape(&stat.label, &label, &block.place).lines(inner, Align::Start);
            y = drawing.lines(&mut self.setter.tags, &mut Owner::of(tag).at(&block.place), &lines, x, y);
        }
        Strip { height: y, drawing, ..Strip::default() }
    }

    /// What was done, then what the client says of it.
    fn study_words(&mut self, flow: &mut Flow, study: &CaseStudy, area: Area) {
        self.blocks(flow, &study.blocks, area);
        if let Some(quote) = &study.quote {
            self.blocks(flow, std::slice::from_ref(&said(quote)), area);
        }
    }

    /// The same below each other, for a column or for more than a page holds.
    fn long_study(&mut self, flow: &mut Flow, study: &CaseStudy, block: &Block, area: Area) {
        let unit = self.look.unit;
        let group = self.setter.tags.add(Some(area.parent), TagKind::Group);
        let area = Area { parent: group, page: false, ..area };
        let mut head = Flow::default();
        self.study_head(&mut head, study, (area.x, area.width), group);
        flow.settle();
        flow.append(head.finish(), 6.0 * unit);
        flow.keep_next();
        flow.after(2.0 * unit);
        let count = study.figures.len();
        if count > 0 && area.width / (count as f32) < NARROW {
            let figures = self.stacked_figures(&study.figures, block, (area.x, area.width), group);
            flow.push(figures, 2.0 * unit);
            flow.after(3.0 * unit);
        } else if count > 0 {
            self.stats(flow, &study.figures, block, area);
        }
        self.study_words(flow, study, area);
    }
}

/// The client's words as a block of their own.
pub(in crate::layout) fn said(quote: &Quote) -> Block {
    let Quote { by, role, blocks, place } = quote.clone();
    Block { kind: BlockKind::Testimonial { by, role, blocks }, place }
}
