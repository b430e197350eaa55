//! In: people. Out: rows of them under hairlines: initials in a disc, names and roles on common lines, words below.

use crate::document::model::{Align, Person, plain};
use crate::layout::drawing::{Drawing, Owner};
use crate::layout::flow::cards::rows_of;
use crate::layout::flow::{Area, Builder, Flow, height, join};
use crate::layout::page::TagKind;
use crate::layout::section::Strip;
use crate::layout::text::Style;

/// Name and role of a person, and the words below them.
struct Set {
    head: Vec<Strip>,
    words: Vec<Strip>,
}

impl Builder<'_> {
    /// Lays out people over the width at hand.
    pub(super) fn team(&mut self, flow: &mut Flow, people: &[Person], area: Area) {
        let unit = self.look.unit;
        let span = if area.page { (0.0, self.grid.width) } else { (area.x, area.width) };
        let rows = rows_of(people.len());
        // Where three share a row, initials stand above names; else beside them. All rows do the same.
        let above = rows.contains(&3);
        let mut rest = people;
        for count in rows {
            let (row, after) = rest.split_at((*count).min(rest.len()));
            rest = after;
            let start = self.setter.tags.nodes.len();
            let columns = if above { 3 } else { rows.iter().copied().max().unwrap_or(1) };
            match self.people_row(row, columns, span, above, area) {
                Some(strip) => flow.push(Strip { wide: area.page, ..strip }, 6.0 * unit),
                None => {
                    self.setter.tags.nodes.truncate(start);
                    for person in row {
                        let set = self.person(person, (area.x, area.width), area);
                        flow.append(set.head.into_iter().chain(set.words).collect(), 6.0 * unit);
                    }
                }
            }
        }
        flow.after(5.0 * unit);
    }

    /// People side by side; none where their words are too tall for it.
    fn people_row(
        &mut self,
        row: &[Person],
        columns: usize,
        span: (f32, f32),
        above: bool,
        area: Area,
    ) -> Option<Strip> {
        let unit = self.look.unit;
        let gutter = 6.0 * unit;
        let radius = 5.5 * unit;
        let column = (span.1 - gutter * columns.saturating_sub(1) as f32) / columns.max(1) as f32;
        let (indent, top) = if above { (0.0, 2.0 * radius + 3.0 * unit) } else { (2.0 * radius + 3.5 * unit, 0.0) };
        let width = column - indent;
        let mut sets = Vec::new();
        for (index, person) in row.iter().enumerate() {
            let x = span.0 + (column + gutter) * index as f32;
            sets.push((x, self.person(person, (x + indent, width.max(20.0)), area)));
        }
        let tall = |of: fn(&Set) -> &[Strip]| sets.iter().map(|(_, set)| height(of(set))).fold(0.0, f32::max);
        let (heads, words) = (tall(|set| &set.head), tall(|set| &set.words));
        let padding = 4.0 * unit;
        let head_at = padding + top + if above { 0.0 } else { (radius - heads / 2.0).max(0.0) };
        let words_at = head_at + heads + if words > 0.0 { 1.5 * unit } else { 0.0 };
        let whole = (words_at + words).max(padding + 2.0 * radius);
        if width < 40.0 || whole > self.grid.height * 0.7 {
            return None;
        }
        let colours = self.look.colours;
        let mut drawing = Drawing::default();
        let mut strip = Strip { height: whole, ..Strip::default() };
        for ((x, set), person) in sets.into_iter().zip(row) {
            drawing.rule(x, 0.0, column, 0.75, colours.line);
            let at = (x + radius, padding + radius);
            self.disc(&mut drawing, &plain(&person.name), at, radius, (colours.primary, colours.paper));
            for (strips, y) in [(set.head, head_at), (set.words, words_at)] {
                let joined = join(strips);
                drawing.add(joined.drawing, 0.0, y);
                strip.marks.extend(joined.marks.into_iter().map(|mark| mark.moved(y)));
            }
        }
        Some(Strip { drawing, ..strip })
    }

    fn person(&mut self, person: &Person, (x, width): (f32, f32), area: Area) -> Set {
        let parent = self.setter.tags.add(Some(area.parent), TagKind::Group);
        let (mut head, mut words) = (Flow::default(), Flow::default());
        let name = self.look.h2.clone();
        let role = Style { colour: self.look.colours.muted, ..self.look.small.clone() };
        let kinds = [(&person.name, name, TagKind::Heading(person.level)), (&person.role, role, TagKind::Paragraph)];
        for (text, style, kind) in kinds {
            let tag = self.setter.tags.add(Some(parent), kind);
            let lines = self.setter.shape(text, &style, &person.place).lines(width, Align::Start);
            head.keep_next();
            self.push_lines(&mut head, &lines, x, &mut Owner::of(tag).at(&person.place), 0.0);
        }
        self.blocks(&mut words, &person.blocks, Area { x, width, page: false, parent });
        let (mut head, words) = (head.finish(), words.finish());
        if let Some(first) = head.first_mut() {
            first.keep = false;
        }
        Set { head, words }
    }
}
