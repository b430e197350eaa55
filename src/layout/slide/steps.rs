//! In: steps in order. Out: columns under large numerals where their words are short, else a row for each.

use crate::document::model::{Align, Block, BlockKind, Step, plain};
use crate::layout::drawing::{Drawing, Owner};
use crate::layout::page::{Rect, TagId, TagKind};
use crate::layout::slide::Slide;
use crate::layout::slide::body::Room;
use crate::layout::slide::rows::{Back, Row};
use crate::layout::slide::title::few_or_many;
use crate::layout::text::Style;

/// More steps than these stand below each other.
const MOST_ACROSS: usize = 4;
/// Words of more letters than these need a row of their own.
const LONGEST_ACROSS: usize = 150;
/// Space between columns, pt.
const GUTTER: f32 = 36.0;
/// Height of a numeral over its size.
const CAP: f32 = 0.73;

/// The structure nodes of a step.
struct Nodes {
    label: TagId,
    body: TagId,
}

impl Slide<'_, '_> {
    /// Lays out steps side by side or below each other.
    pub(super) fn steps(&mut self, start: u32, steps: &[Step], block: &Block, room: Room) -> Vec<Row> {
        let count = steps.len().max(1) as f32;
        let column = ((room.width - GUTTER * (count - 1.0)) / count).max(20.0);
        let list = self.builder.setter.tags.add(Some(room.parent), TagKind::List { ordered: true });
        let numbers = (u64::from(start)..).zip(steps);
        if steps.len() <= MOST_ACROSS && self.fit_across(steps, column, block, room) {
            return vec![self.steps_across(numbers, column, list, block, room)];
        }
        let rows = numbers.enumerate();
        rows.map(|(index, (number, step))| self.step_row(index, number, step, list, block, room)).collect()
    }

    fn fit_across(&mut self, steps: &[Step], column: f32, block: &Block, room: Room) -> bool {
        self.look(room.size);
        let (head, body) = (self.step_head(room), self.builder.look.body.clone());
        let setter = &mut self.builder.setter;
        steps.iter().all(|step| {
            let short = match step.blocks.as_slice() {
                [] => true,
                [Block { kind: BlockKind::Paragraph(text), .. }] => {
                    plain(text).chars().count() <= LONGEST_ACROSS
                        && setter.shape(text, &body, &block.place).widths().0 <= column
                }
                _ => false,
            };
            let mut head = setter.shape(&step.head, &head, &block.place);
            short && head.widths().0 <= column && head.lines(column, Align::Start).lines.len() <= 3
        })
    }

    fn step_head(&self, room: Room) -> Style {
        self.builder.look.h3.sized(room.size * 1.1)
    }

    fn step_nodes(&mut self, list: TagId) -> Nodes {
        let tags = &mut self.builder.setter.tags;
        let item = tags.add(Some(list), TagKind::ListItem);
        Nodes { label: tags.generated(Some(item), TagKind::Label), body: tags.add(Some(item), TagKind::ListBody) }
    }

    /// Numerals, heads and words each on one line.
    fn steps_across<'t>(
        &mut self,
        steps: impl Iterator<Item = (u64, &'t Step)>,
        column: f32,
        list: TagId,
        block: &Block,
        room: Room,
    ) -> Row {
        let big = room.size * 3.6;
        let line = big * CAP;
        let rule = line + room.size * 0.9;
        let top = rule + room.size * 0.7;
        let (mut drawing, mut words) = (Drawing::default(), Vec::new());
        let mut tall: f32 = 0.0;
        for (index, (number, step)) in steps.enumerate() {
            self.look(room.size);
            let x = (column + GUTTER) * index as f32;
            let nodes = self.step_nodes(list);
            let mut own = Drawing::default();
            self.numeral_at(&mut own, number, nodes.label, big, (0.0, column), line);
            own.rule(0.0, rule, column, 1.0, self.paint.line);
            let head = self.step_head(room);
            let tag = self.builder.setter.tags.add(Some(nodes.body), TagKind::Paragraph);
            let rect = Rect { x: 0.0, y: top, width: column, height: 0.0 };
            let end = self.words(&mut own, &step.head, &head, block, (tag, rect));
            tall = tall.max(end);
            words.push((x, own, &step.blocks, nodes.body));
        }
        let mut bottom = tall;
        for (x, mut own, blocks, parent) in words {
            if !blocks.is_empty() {
                let inside = Room { width: column, parent, ..room };
                let end = self.rest(&mut own, blocks, (0.0, tall + room.size * 0.3), inside);
                bottom = bottom.max(end);
            }
            drawing.add(own, x, 0.0);
        }
        Row { height: bottom, most: f32::MAX, parts: vec![(drawing, 0.4)], ..Row::default() }
    }

    /// Numeral, head and words from side to side on one baseline, a hairline above.
    fn step_row(&mut self, index: usize, number: u64, step: &Step, list: TagId, block: &Block, room: Room) -> Row {
        self.look(room.size);
        let nodes = self.step_nodes(list);
        let padding = room.size * 0.5;
        let big = room.size * 1.7;
        let (heads, words) = (room.size * 2.7, if step.blocks.is_empty() { room.width } else { room.width * 0.4 });
        let style = self.step_head(room);
        let body = self.builder.look.body.clone();
        let setter = &mut self.builder.setter;
        let width = words - heads - if step.blocks.is_empty() { 0.0 } else { room.size };
        let head = few_or_many(&mut setter.shape(&step.head, &style, &block.place), &step.head, width);
        let body_line = setter.line("x", &body).baseline;
        let line = padding + (big * CAP).max(head.baseline).max(body_line);
        let span = (0.0, room.width);
        let mut drawing = Drawing::default();
        self.numeral_at(&mut drawing, number, nodes.label, big, span, line);
        let setter = &mut self.builder.setter;
        let tag = setter.tags.add(Some(nodes.body), TagKind::Paragraph);
        let x = span.0 + heads;
        let mut owner = Owner::of(tag).at(&block.place);
        let mut bottom = drawing.lines(&mut setter.tags, &mut owner, &head, x, line - head.baseline);
        if !step.blocks.is_empty() {
            let width = (room.width - words).max(20.0);
            let x = span.0 + words;
            let mut own = Drawing::default();
            let inside = Room { width, parent: nodes.body, ..room };
            bottom = bottom.max(self.rest(&mut own, &step.blocks, (0.0, line - body_line), inside));
            drawing.add(own, x, 0.0);
        }
        let (colour, thickness) = if index == 0 { (self.paint.title, 1.5) } else { (self.paint.line, 0.75) };
        Row {
            height: bottom + padding,
            most: room.size * 3.2,
            parts: vec![(drawing, 0.5)],
            back: vec![Back::Above { x: 0.0, width: room.width, colour, thickness }],
            ..Row::default()
        }
    }

    /// Draws a numeral at the start of a span (left edge and width), its baseline at `y`.
    fn numeral_at(&mut self, drawing: &mut Drawing, number: u64, tag: TagId, size: f32, span: (f32, f32), y: f32) {
        let style = Style { tracking: -0.02 * size, ..self.builder.look.figure.sized(size) };
        let style = style.coloured(self.paint.figure);
        let setter = &mut self.builder.setter;
        let lines = setter.line(&number.to_string(), &style);
        if let Some(line) = lines.lines.first() {
            drawing.line(&mut setter.tags, &mut Owner::of(tag), &lines, line, span.0, y);
        }
    }
}
