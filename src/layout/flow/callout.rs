//! In: a callout. Out: a tinted panel with an accent edge, kept whole unless it fills most of a page.

use crate::document::model::{Align, Block, Inline, Tone};
use crate::layout::drawing::{Drawing, Owner};
use crate::layout::flow::panel::on_ground;
use crate::layout::flow::{Area, Builder, Flow, height, join};
use crate::layout::page::{Rect, TagKind};
use crate::layout::section::Strip;
use crate::layout::text::Style;
use crate::library::brand::Colour;

impl Builder<'_> {
    /// Lays out a callout of the text's width.
    pub(super) fn callout(
        &mut self,
        flow: &mut Flow,
        tone: Tone,
        title: Option<&[Inline]>,
        blocks: &[Block],
        block: &Block,
        area: Area,
    ) {
        let unit = self.look.unit;
        let padding = 3.5 * unit;
        let parent = self.setter.tags.add(Some(area.parent), TagKind::Group);
        let inside = Area {
            x: area.x + padding + unit,
            width: (area.width - 2.0 * padding - unit).max(40.0),
            page: false,
            parent,
        };
        let mut inner = Flow::default();
        if let Some(title) = title {
            let tag = self.setter.tags.add(Some(parent), TagKind::Paragraph);
            let style = Style { colour: self.edge_ink(tone), ..self.look.h3.clone() };
            let lines = self.setter.shape(title, &style, &block.place).balanced(inside.width, Align::Start);
            let mut owner = Owner::of(tag).at(&block.place);
            self.push_lines(&mut inner, &lines, inside.x, &mut owner, 0.0);
            inner.keep_next();
            inner.after(unit);
        }
        self.blocks(&mut inner, blocks, inside);
        if inner.strips.is_empty() {
            return;
        }
        let whole = height(&inner.strips) + 2.0 * padding <= self.grid.height * 0.6;
        let strips = if whole { vec![join(inner.strips)] } else { inner.strips };
        flow.append(self.panel(strips, tone, area, padding), 3.0 * unit);
        flow.after(4.0 * unit);
    }

    /// Draws the ground and the edge; strips touch, so that a torn panel reads as one.
    fn panel(&self, strips: Vec<Strip>, tone: Tone, area: Area, padding: f32) -> Vec<Strip> {
        let radius = self.setter.cx.brand.spacing.radius;
        let whole = strips.len() == 1;
        let draw = |drawing: &mut Drawing, ground: Rect| {
            let edge = Rect { width: self.look.unit * 0.75, ..ground };
            let (round, sharp) = if whole { (radius, radius.min(1.5)) } else { (0.0, 0.0) };
            drawing.fill_round(ground, round, self.look.colours.tint);
            drawing.fill_round(edge, sharp, self.edge(tone));
        };
        on_ground(strips, (area.x, area.width), padding, &draw)
    }

    fn edge(&self, tone: Tone) -> Colour {
        match tone {
            Tone::Neutral => self.look.colours.primary,
            Tone::Accent => self.look.colours.accent,
            Tone::Warning => self.look.colours.accent_ink,
        }
    }

    fn edge_ink(&self, tone: Tone) -> Colour {
        match tone {
            Tone::Neutral | Tone::Accent => self.look.colours.primary,
            Tone::Warning => self.look.colours.accent_ink,
        }
    }
}
