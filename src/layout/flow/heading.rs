//! In: headings. Out: strips that stay with what follows: the section's title with its number and rule, heads beside
//! the text or above it.

use crate::diagnostic::Place;
use crate::document::model::{Align, Block, Inline, plain};
use crate::layout::drawing::{Drawing, Owner};
use crate::layout::flow::{Area, Builder, Flow, SideHead};
use crate::layout::lines::Lines;
use crate::layout::page::{TagId, TagKind};
use crate::layout::reach::{Reach, reach};
use crate::layout::section::{Mark, Strip};

/// A section begins only where so much of it fits below its title, pt.
const ROOM_BELOW_TITLE: f32 = 72.0;
/// A head stands only where so much fits below it, pt.
const ROOM_BELOW_HEAD: f32 = 36.0;
/// A head of more lines than these is torn like a paragraph.
const MOST_LINES: usize = 8;

impl Builder<'_> {
    /// The section's title: a rule over all columns, the number at its start, the title beside it.
    pub(super) fn title(&mut self, flow: &mut Flow, text: &[Inline], place: &Place, area: Area) {
        let unit = self.look.unit;
        let tag = self.setter.tags.add(Some(area.parent), TagKind::Heading(1));
        let number = self.setter.tags.generated(Some(tag), TagKind::Span);
        let style = self.look.h1.clone();
        let lines = self.setter.fit(text, &style, place, area.width, 3, style.size * 0.7);
        if lines.lines.len() > MOST_LINES {
            return self.torn_head(flow, &lines, area.x, tag, place);
        }
        let mut drawing = Drawing::default();
        drawing.rule(0.0, 0.0, self.grid.width, 0.75, self.look.colours.primary);
        let top = 4.0 * unit;
        let bottom = drawing.lines(&mut self.setter.tags, &mut Owner::of(tag).at(place), &lines, area.x, top);
        let mut look = self.look.number.clone();
        look.size = style.size * 1.5;
        let number = Mark::Number { x: 0.0, y: top + lines.baseline, style: Box::new(look), tag: number };
        let strip = Strip {
            height: bottom,
            baseline: Some(top + lines.baseline),
            need: ROOM_BELOW_TITLE,
            wide: true,
            drawing,
            marks: vec![number],
            ..Strip::default()
        };
        flow.settle();
        flow.push(strip, 12.0 * unit);
        flow.keep_next();
        flow.after(3.0 * unit);
    }

    /// A head within a section: beside its text where the side columns are free, else above it.
    pub(super) fn heading(
        &mut self,
        flow: &mut Flow,
        level: u8,
        text: &[Inline],
        place: &Place,
        next: Option<&Block>,
        area: Area,
    ) {
        let tag = self.setter.tags.add(Some(area.parent), TagKind::Heading(level));
        let over_wide = area.page && next.is_some_and(|next| reach(next, &self.look, &self.grid) == Reach::Page);
        if area.page && level == 2 && !over_wide && next.is_some() {
            let lines =
                self.setter.shape(text, &self.look.h2.clone(), place).balanced(self.grid.side_width, Align::Start);
            if lines.lines.len() <= MOST_LINES {
                return self.side_head(flow, &lines, text, place, tag);
            }
        }
        let unit = self.look.unit;
        let style = if level <= 2 { self.look.h2.clone() } else { self.look.h3.clone() };
        let (x, width) = if over_wide && level == 2 { (0.0, self.grid.width) } else { (area.x, area.width) };
        let lines = self.setter.shape(text, &style, place).balanced(width, Align::Start);
        if lines.lines.len() > MOST_LINES {
            return self.torn_head(flow, &lines, x, tag, place);
        }
        let mut drawing = Drawing::default();
        let height = drawing.lines(&mut self.setter.tags, &mut Owner::of(tag).at(place), &lines, x, 0.0);
        let marks = if area.page { outline(level, text) } else { Vec::new() };
        let strip = Strip {
            height,
            baseline: Some(lines.baseline),
            need: ROOM_BELOW_HEAD,
            wide: over_wide && level == 2,
            drawing,
            marks,
            ..Strip::default()
        };
        let (above, below) = if level <= 2 { (6.0 * unit, 2.0 * unit) } else { (4.0 * unit, unit) };
        if area.page && level <= 2 {
            flow.settle();
        }
        flow.push(strip, above);
        flow.keep_next();
        flow.after(below);
    }

    fn side_head(&mut self, flow: &mut Flow, lines: &Lines, text: &[Inline], place: &Place, tag: TagId) {
        let unit = self.look.unit;
        let mut drawing = Drawing::default();
        let height = drawing.lines(&mut self.setter.tags, &mut Owner::of(tag).at(place), lines, 0.0, 0.0);
        flow.settle();
        flow.after(6.0 * unit);
        flow.beside(SideHead { drawing, baseline: lines.baseline, height, marks: outline(2, text) });
    }
}

impl Builder<'_> {
    /// A head of a page's length is set like a paragraph, which a page's end may tear.
    fn torn_head(&mut self, flow: &mut Flow, lines: &Lines, x: f32, tag: TagId, place: &Place) {
        flow.settle();
        self.push_lines(flow, lines, x, &mut Owner::of(tag).at(place), 6.0 * self.look.unit);
        flow.keep_next();
        flow.after(2.0 * self.look.unit);
    }
}

/// The entry of a head in the outline, which goes two levels deep.
pub(super) fn outline(level: u8, text: &[Inline]) -> Vec<Mark> {
    if level == 2 { vec![Mark::Outline { level, title: plain(text), y: 0.0 }] } else { Vec::new() }
}
