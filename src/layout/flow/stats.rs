//! In: figures and what they say. Out: one strip: big figures on one baseline, a hairline above, the words below.

use crate::document::model::{Align, Block, Stat, plain};
use crate::layout::drawing::{Drawing, Owner};
use crate::layout::flow::{Area, Builder, Flow};
use crate::layout::lines::Lines;
use crate::layout::page::{Rect, TagKind};
use crate::layout::section::Strip;

impl Builder<'_> {
    /// Lays out figures side by side, all as large as the longest of them allows.
    pub(super) fn stats(&mut self, flow: &mut Flow, stats: &[Stat], block: &Block, area: Area) {
        let unit = self.look.unit;
        let (x, width) = if area.page { (0.0, self.grid.width) } else { (area.x, area.width) };
        let count = stats.len().max(1);
        let gutter = 6.0 * unit;
        let column = ((width - gutter * (count - 1) as f32) / count as f32).max(20.0);
        let figures = self.figures(stats, column, self.look.figure.size, block);
        if figures.iter().any(|lines| lines.lines.len() > 3) || stats.iter().any(|stat| plain(&stat.label).len() > 400)
        {
            return self.stacked_stats(flow, stats, block, area);
        }
        let label = crate::layout::text::Style { colour: self.look.colours.ink, ..self.look.small.clone() };
        let group = self.setter.tags.add(Some(area.parent), TagKind::Group);
        let mut drawing = Drawing::default();
        let top = 3.0 * unit;
        let tall = figures.iter().map(Lines::height).fold(0.0, f32::max);
        let mut bottom: f32 = 0.0;
        for (index, (stat, figure)) in stats.iter().zip(&figures).enumerate() {
            let left = x + (column + gutter) * index as f32;
            drawing.rule(left, 0.0, column, 0.75, self.look.colours.line);
            drawing.fill(Rect { x: left, y: -1.0, width: 6.0 * unit, height: 2.0 }, self.look.colours.accent);
            let tag = self.setter.tags.add(Some(group), TagKind::Paragraph);
            let mut owner = Owner::of(tag).at(&block.place);
            drawing.lines(&mut self.setter.tags, &mut owner, figure, left, top + tall - figure.height());
            let tag = self.setter.tags.add(Some(group), TagKind::Paragraph);
            let mut owner = Owner::of(tag).at(&block.place);
            let lines = self.setter.shape(&stat.label, &label, &block.place).balanced(column, Align::Start);
            let end = drawing.lines(&mut self.setter.tags, &mut owner, &lines, left, top + tall + unit);
            bottom = bottom.max(end);
        }
        let strip = Strip { height: bottom, wide: area.page, drawing, ..Strip::default() };
        flow.push(strip, 4.0 * unit);
        flow.after(4.0 * unit);
    }

    /// Figures that are really sentences stand below each other, where a page may tear them.
    fn stacked_stats(&mut self, flow: &mut Flow, stats: &[Stat], block: &Block, area: Area) {
        let unit = self.look.unit;
        let (figure, label) = (self.look.h2.clone(), self.look.small.clone());
        let group = self.setter.tags.add(Some(area.parent), TagKind::Group);
        for stat in stats {
            for (words, style, before) in [(&stat.figure, &figure, 3.0 * unit), (&stat.label, &label, unit)] {
                let tag = self.setter.tags.add(Some(group), TagKind::Paragraph);
                let lines = self.setter.shape(words, style, &block.place).lines(area.width, Align::Start);
                self.push_lines(flow, &lines, area.x, &mut Owner::of(tag).at(&block.place), before);
            }
        }
        flow.after(4.0 * unit);
    }

    /// The figures of a row share one size, `most` pt where all of them fit the column.
    pub(super) fn figures(&mut self, stats: &[Stat], column: f32, most: f32, block: &Block) -> Vec<Lines> {
        let style = self.look.figure.sized(most);
        let minimum = self.look.h2.size;
        let mut widest: f32 = 0.0;
        for stat in stats {
            widest = widest.max(self.setter.shape(&stat.figure, &style, &block.place).widths().1);
        }
        let size = if widest > column { (style.size * column / widest * 0.98).max(minimum) } else { style.size };
        let style = style.sized(size);
        stats
            .iter()
            .map(|stat| self.setter.shape(&stat.figure, &style, &block.place).lines(column, Align::Start))
            .collect()
    }
}
