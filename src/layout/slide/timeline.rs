//! In: moments in order. Out: one row with a line across the slide, or, where their words are long, a row for each on a
//! line down it.

use crate::document::model::{Align, Block, Moment, Text};
use crate::layout::drawing::{Drawing, Owner};
use crate::layout::lines::Lines;
use crate::layout::page::{TagId, TagKind};
use crate::layout::slide::Slide;
use crate::layout::slide::body::Room;
use crate::layout::slide::content::STEP;
use crate::layout::slide::rows::{Back, Row};
use crate::layout::text::Style;

/// More moments than these stand below each other.
const MOST_ACROSS: usize = 6;
/// Space between the columns of moments, pt.
const GUTTER: f32 = 24.0;

/// The styles of a moment's words.
struct Styles {
    when: Style,
    what: Style,
    text: Style,
}

/// The words of a moment, broken at its column's width.
struct Set {
    when: Lines,
    what: Lines,
    text: Option<Lines>,
}

impl Set {
    fn is_short(&self) -> bool {
        let whole =
            |lines: &Lines, most: usize| lines.lines.len() <= most && !lines.lines.iter().any(|line| line.broke_a_word);
        whole(&self.when, 2) && whole(&self.what, 3) && self.text.as_ref().is_none_or(|lines| whole(lines, 6))
    }
}

impl Slide<'_, '_> {
    /// Lays out moments across the slide in the largest size that keeps their words short, else down it.
    pub(super) fn timeline(&mut self, moments: &[Moment], block: &Block, room: Room) -> Vec<Row> {
        let count = moments.len().max(1) as f32;
        let column = ((room.width - GUTTER * (count - 1.0)) / count).max(20.0);
        let list = self.builder.setter.tags.add(Some(room.parent), TagKind::List { ordered: true });
        let least = self.minimum();
        let mut size = room.size;
        while moments.len() <= MOST_ACROSS {
            let sets = self.set_moments(moments, column, size, block);
            if sets.iter().all(Set::is_short) {
                return vec![self.across(&sets, column, list, block, Room { size, ..room })];
            }
            if size <= least {
                break;
            }
            size = (size * STEP).max(least);
        }
        let last = moments.len().saturating_sub(1);
        let rows = moments.iter().enumerate();
        rows.map(|(index, moment)| self.down(moment, (index == 0, index == last), list, block, room)).collect()
    }

    fn moment_styles(&mut self, size: f32) -> Styles {
        self.look(size);
        let look = &self.builder.look;
        let text = (size * 0.85).max(self.minimum());
        Styles {
            when: look.h2.sized(size * 1.1).coloured(self.paint.accent_words),
            what: look.h3.sized(size),
            text: look.body.sized(text),
        }
    }

    fn set_moments(&mut self, moments: &[Moment], column: f32, size: f32, block: &Block) -> Vec<Set> {
        let styles = self.moment_styles(size);
        let setter = &mut self.builder.setter;
        let mut set = |text: &Text, style: &Style| setter.shape(text, style, &block.place).lines(column, Align::Start);
        moments
            .iter()
            .map(|moment| Set {
                when: set(&moment.when, &styles.when),
                what: set(&moment.what, &styles.what),
                text: moment.text.as_ref().map(|text| set(text, &styles.text)),
            })
            .collect()
    }

    /// Times above the line, what happens below it, each row of words on one height.
    fn across(&mut self, sets: &[Set], column: f32, list: TagId, block: &Block, room: Room) -> Row {
        let tall = |of: fn(&Set) -> &Lines| sets.iter().map(|set| of(set).height()).fold(0.0, f32::max);
        let (when, what) = (tall(|set| &set.when), tall(|set| &set.what));
        let radius = room.size * 0.3;
        let line = when + room.size * 0.9;
        let top = line + room.size * 0.9;
        let mut drawing = Drawing::default();
        drawing.rule(0.0, line, room.width, 1.5, self.paint.line);
        let mut bottom: f32 = 0.0;
        for (index, set) in sets.iter().enumerate() {
            let x = (column + GUTTER) * index as f32;
            self.node(&mut drawing, (x + radius, line), radius, index + 1 == sets.len());
            let (label, body) = self.moment_tags(list);
            let tags = &mut self.builder.setter.tags;
            drawing.lines(tags, &mut Owner::of(label).at(&block.place), &set.when, x, when - set.when.height());
            let tag = tags.add(Some(body), TagKind::Paragraph);
            bottom = bottom.max(drawing.lines(tags, &mut Owner::of(tag).at(&block.place), &set.what, x, top));
            if let Some(text) = &set.text {
                let tag = tags.add(Some(body), TagKind::Paragraph);
                let y = top + what + room.size * 0.3;
                bottom = bottom.max(drawing.lines(tags, &mut Owner::of(tag).at(&block.place), text, x, y));
            }
        }
        Row { height: bottom, most: f32::MAX, parts: vec![(drawing, 0.4)], ..Row::default() }
    }

    /// The time at the left, its node on the line, what happens at the right, on one baseline.
    fn down(&mut self, moment: &Moment, (first, last): (bool, bool), list: TagId, block: &Block, room: Room) -> Row {
        let styles = self.moment_styles(room.size);
        let (times, rail) = (room.width * 0.2, room.width * 0.2 + room.size);
        let words = rail + room.size;
        let width = (room.width - words).max(20.0);
        let (label, body) = self.moment_tags(list);
        let setter = &mut self.builder.setter;
        let mut lines =
            |text: &Text, style: &Style, width: f32| setter.shape(text, style, &block.place).lines(width, Align::Start);
        let when = lines(&moment.when, &styles.when, times);
        let what = lines(&moment.what, &styles.what, width);
        let text = moment.text.as_ref().map(|text| lines(text, &styles.text, width));
        let baseline = when.baseline.max(what.baseline);
        let mut drawing = Drawing::default();
        let tags = &mut setter.tags;
        let mut owner = Owner::of(label).at(&block.place);
        let end = drawing.lines(tags, &mut owner, &when, 0.0, baseline - when.baseline);
        let tag = tags.add(Some(body), TagKind::Paragraph);
        let mut owner = Owner::of(tag).at(&block.place);
        let mut bottom = drawing.lines(tags, &mut owner, &what, words, baseline - what.baseline);
        if let Some(text) = &text {
            let tag = tags.add(Some(body), TagKind::Paragraph);
            bottom = drawing.lines(tags, &mut Owner::of(tag).at(&block.place), text, words, bottom);
        }
        let middle = baseline - room.size * 0.34;
        let mut dot = Drawing::default();
        self.node(&mut dot, (rail, middle), room.size * 0.26, last);
        dot.add(drawing, 0.0, 0.0);
        let from = if first { middle } else { 0.0 };
        let to = last.then_some(middle);
        let thread = Back::Thread { x: rail, from, to, colour: self.paint.line, thickness: 1.5 };
        let below = if last { 0.0 } else { room.size * 0.6 };
        Row {
            height: bottom.max(end) + below,
            most: if last { 0.0 } else { room.size * 3.2 },
            parts: vec![(dot, 0.0)],
            back: vec![thread],
            ..Row::default()
        }
    }

    fn moment_tags(&mut self, list: TagId) -> (TagId, TagId) {
        let tags = &mut self.builder.setter.tags;
        let item = tags.add(Some(list), TagKind::ListItem);
        (tags.add(Some(item), TagKind::Label), tags.add(Some(item), TagKind::ListBody))
    }

    /// A dot on the line; the last one, where all leads to, in the accent.
    fn node(&self, drawing: &mut Drawing, (x, y): (f32, f32), radius: f32, last: bool) {
        drawing.circle(x, y, radius * 1.6, self.paint.ground);
        drawing.circle(x, y, radius, if last { self.paint.accent } else { self.paint.title });
    }
}
