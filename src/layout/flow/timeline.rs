//! In: moments in order. Out: a line with a node for each: across the page where their words are short, else down it,
//! with the times in the side columns.

use crate::document::model::{Align, Block, Moment, Text};
use crate::layout::drawing::{Drawing, Owner};
use crate::layout::flow::columns::beside;
use crate::layout::flow::{Area, Builder, Flow, height, join};
use crate::layout::lines::Lines;
use crate::layout::page::{Rect, TagId, TagKind};
use crate::layout::section::Strip;
use crate::layout::text::Style;

/// More moments than these stand below each other.
const MOST_ACROSS: usize = 5;
/// Radius of a node, pt.
const NODE: f32 = 3.5;

/// The words of a moment, broken at its column's width.
struct Set {
    when: Lines,
    what: Lines,
    text: Option<Lines>,
}

impl Set {
    /// True where the words are short enough to stand in a column.
    fn is_short(&self) -> bool {
        let whole =
            |lines: &Lines, most: usize| lines.lines.len() <= most && !lines.lines.iter().any(|line| line.broke_a_word);
        whole(&self.when, 2) && whole(&self.what, 2) && self.text.as_ref().is_none_or(|lines| whole(lines, 6))
    }
}

impl Builder<'_> {
    /// Lays out moments along a line over the width at hand.
    pub(super) fn timeline(&mut self, flow: &mut Flow, moments: &[Moment], block: &Block, area: Area) {
        let unit = self.look.unit;
        let span = if area.page { (0.0, self.grid.width) } else { (area.x, area.width) };
        let gutter = 5.0 * unit;
        let column = (span.1 - gutter * moments.len().saturating_sub(1) as f32) / moments.len().max(1) as f32;
        let sets = (moments.len() <= MOST_ACROSS).then(|| self.set_moments(moments, column, block));
        let list = self.setter.tags.add(Some(area.parent), TagKind::List { ordered: true });
        let strips = match sets.filter(|sets| sets.iter().all(Set::is_short)) {
            Some(sets) => vec![self.across(&sets, span, column, list, block)],
            None => self.down(moments, span, list, block, area),
        };
        let wide = strips.into_iter().map(|strip| Strip { wide: area.page, ..strip }).collect();
        flow.append(wide, 4.0 * unit);
        flow.after(5.0 * unit);
    }

    fn when_style(&self) -> Style {
        self.look.h3.coloured(self.look.colours.accent_ink)
    }

    fn set_moments(&mut self, moments: &[Moment], column: f32, block: &Block) -> Vec<Set> {
        let (when, what) = (self.when_style(), self.look.h3.clone());
        let small = self.look.small.coloured(self.look.colours.ink);
        let mut set = |text: &Text, style: &Style| {
            self.setter.shape(text, style, &block.place).lines(column.max(20.0), Align::Start)
        };
        moments
            .iter()
            .map(|moment| Set {
                when: set(&moment.when, &when),
                what: set(&moment.what, &what),
                text: moment.text.as_ref().map(|text| set(text, &small)),
            })
            .collect()
    }

    /// One strip: times above the line, what happens below it, each row of words on one height.
    fn across(&mut self, sets: &[Set], span: (f32, f32), column: f32, list: TagId, block: &Block) -> Strip {
        let unit = self.look.unit;
        let gutter = 5.0 * unit;
        let tall = |of: fn(&Set) -> &Lines| sets.iter().map(|set| of(set).height()).fold(0.0, f32::max);
        let (when, what) = (tall(|set| &set.when), tall(|set| &set.what));
        let line = when + 2.5 * unit;
        let top = line + 2.5 * unit;
        let mut drawing = Drawing::default();
        drawing.rule(span.0, line, span.1, 1.0, self.look.colours.line);
        let mut bottom: f32 = 0.0;
        for (index, set) in sets.iter().enumerate() {
            let x = span.0 + (column + gutter) * index as f32;
            self.node(&mut drawing, x + NODE, line, index + 1 == sets.len());
            let (label, body) = self.moment_tags(list);
            let tags = &mut self.setter.tags;
            drawing.lines(tags, &mut Owner::of(label).at(&block.place), &set.when, x, when - set.when.height());
            let paragraph = tags.add(Some(body), TagKind::Paragraph);
            let end = drawing.lines(tags, &mut Owner::of(paragraph).at(&block.place), &set.what, x, top);
            bottom = bottom.max(end);
            if let Some(text) = &set.text {
                let paragraph = tags.add(Some(body), TagKind::Paragraph);
                let mut owner = Owner::of(paragraph).at(&block.place);
                bottom = bottom.max(drawing.lines(tags, &mut owner, text, x, top + what + 0.5 * unit));
            }
        }
        Strip { height: bottom, drawing, ..Strip::default() }
    }

    /// A strip for each moment, none torn unless it fills most of a page; strips touch, so that the line is whole.
    fn down(&mut self, moments: &[Moment], span: (f32, f32), list: TagId, block: &Block, area: Area) -> Vec<Strip> {
        let unit = self.look.unit;
        // On the page the words stand in the text's columns and the line a gutter before them.
        let words_at = if area.page { self.grid.text_x } else { 6.0 * unit };
        let rail_at = if area.page { words_at - self.grid.gutter } else { NODE };
        let rail = span.0 + rail_at;
        let width = (span.1 - words_at).max(20.0);
        let x = span.0 + words_at;
        let mut all = Vec::new();
        for (index, moment) in moments.iter().enumerate() {
            let last = index + 1 == moments.len();
            let mut strips = self.moment(moment, (span, x, width), list, block, area);
            if let Some(end) = strips.last_mut().filter(|_| !last) {
                end.height += 4.0 * unit;
            }
            let middle = strips.first().and_then(|strip| strip.baseline).unwrap_or(0.0) - self.look.h3.size * 0.34;
            for (part, strip) in strips.iter_mut().enumerate() {
                let top = if index == 0 && part == 0 { middle } else { 0.0 };
                let foot = if last { if part == 0 { middle } else { 0.0 } } else { strip.height };
                let mut drawing = Drawing::default();
                let thread = Rect { x: rail - 0.5, y: top, width: 1.0, height: (foot - top).max(0.0) };
                drawing.fill(thread, self.look.colours.line);
                if part == 0 {
                    self.node(&mut drawing, rail, middle, last);
                }
                drawing.add(std::mem::take(&mut strip.drawing), 0.0, 0.0);
                strip.drawing = drawing;
                strip.before = 0.0;
            }
            if let Some(first) = strips.first_mut() {
                // Two moments at least stand on either side of a page's end.
                first.keep = index == 1 || (last && index > 0);
            }
            all.extend(strips);
        }
        all
    }

    fn moment(
        &mut self,
        moment: &Moment,
        (span, x, width): ((f32, f32), f32, f32),
        list: TagId,
        block: &Block,
        area: Area,
    ) -> Vec<Strip> {
        let unit = self.look.unit;
        let (label, body) = self.moment_tags(list);
        let (when_style, what_style, text_style) = (self.when_style(), self.look.h3.clone(), self.look.body.clone());
        let side = (self.grid.side_width - 2.0 * unit).max(20.0);
        let (when_x, when_width) = if area.page { (span.0, side) } else { (x, width) };
        let (mut times, mut words) = (Flow::default(), Flow::default());
        let lines = self.setter.shape(&moment.when, &when_style, &block.place).lines(when_width, Align::Start);
        let into = if area.page { &mut times } else { &mut words };
        self.push_lines(into, &lines, when_x, &mut Owner::of(label).at(&block.place), 0.0);
        for (text, style) in [(Some(&moment.what), what_style), (moment.text.as_ref(), text_style)] {
            let Some(text) = text else { continue };
            let tag = self.setter.tags.add(Some(body), TagKind::Paragraph);
            let lines = self.setter.shape(text, &style, &block.place).lines(width, Align::Start);
            self.push_lines(&mut words, &lines, x, &mut Owner::of(tag).at(&block.place), 0.0);
        }
        let baseline = words.strips.first().and_then(|strip| strip.baseline);
        let tall = height(&times.strips).max(height(&words.strips));
        let mut strips = beside(vec![times.strips, words.strips], self.grid.height * 0.75);
        if tall <= self.grid.height * 0.6 {
            strips = vec![join(strips)];
        }
        if let Some(first) = strips.first_mut() {
            first.baseline = baseline;
        }
        strips
    }

    fn moment_tags(&mut self, list: TagId) -> (TagId, TagId) {
        let tags = &mut self.setter.tags;
        let item = tags.add(Some(list), TagKind::ListItem);
        (tags.add(Some(item), TagKind::Label), tags.add(Some(item), TagKind::ListBody))
    }

    /// A dot on the line; the last one, where all leads to, in the accent.
    fn node(&self, drawing: &mut Drawing, x: f32, y: f32, last: bool) {
        let colours = self.look.colours;
        drawing.circle(x, y, NODE + 2.0, colours.paper);
        drawing.circle(x, y, NODE, if last { colours.accent } else { colours.primary });
    }
}
