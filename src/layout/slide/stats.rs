//! In: figures and what they say. Out: rows with the figures as large as fit, all of a row in one size on one baseline.

use crate::document::model::{Align, Block, Inline, Stat, Text, plain};
use crate::layout::drawing::{Drawing, Owner};
use crate::layout::page::{Rect, TagId, TagKind};
use crate::layout::slide::Slide;
use crate::layout::slide::body::Room;
use crate::layout::slide::rows::{Back, Row};
use crate::layout::slide::title::few_or_many;
use crate::layout::text::Style;

/// Height of figures over their size.
const CAP: f32 = 0.73;
/// Size of a unit (`months`) over that of its number.
const UNIT: f32 = 0.34;
/// The smallest size of a figure, pt.
const FLOOR: f32 = 30.0;

/// A figure in two parts: the number and, smaller, the words after it.
struct Figure {
    number: Text,
    unit: Text,
    /// Widths at a size of 1 pt.
    widths: (f32, f32),
}

impl Figure {
    /// Its width where the number is set at `size` pt.
    fn width(&self, size: f32) -> f32 {
        let unit = if self.unit.is_empty() { 0.0 } else { self.widths.1 * unit_size(size) + unit_gap(size) };
        self.widths.0 * size + unit
    }
}

fn unit_size(size: f32) -> f32 {
    (size * UNIT).max(20.0).min(size)
}

/// Space between a number and its unit, pt.
fn unit_gap(size: f32) -> f32 {
    (size * 0.09).max(7.0)
}

impl Slide<'_, '_> {
    /// Figures side by side, hairlines between; `anchor` says where they stand in a taller row.
    pub(super) fn stats(&mut self, stats: &[Stat], block: &Block, room: Room, anchor: f32) -> Row {
        self.look(room.size);
        let gutter = 48.0;
        let figures: Vec<Figure> = stats.iter().map(|stat| self.measure(stat, block)).collect();
        let (size, columns) = shared(&figures, self.figure_most, room.width, gutter);
        let label = self.builder.look.body.clone();
        let group = self.builder.setter.tags.add(Some(room.parent), TagKind::Group);
        let mut drawing = Drawing::default();
        let mut back = Vec::new();
        let mut bottom: f32 = 0.0;
        let mut lift: f32 = 0.0;
        for (figure, column) in figures.iter().zip(&columns) {
            lift = lift.max(self.wrapped(figure, size, *column, block));
        }
        let mut x = 0.0;
        for (index, ((stat, figure), column)) in stats.iter().zip(&figures).zip(columns).enumerate() {
            if index > 0 {
                back.push(Back::Side { x: x - gutter / 2.0, colour: self.paint.line, thickness: 0.75 });
            }
            let tag = self.builder.setter.tags.add(Some(group), TagKind::Paragraph);
            let baseline = lift + size * CAP;
            self.draw_figure(&mut drawing, figure, size, (x, baseline, column), tag, block);
            let tag = self.builder.setter.tags.add(Some(group), TagKind::Paragraph);
            let top = baseline + (size * 0.16).clamp(10.0, 22.0);
            let rect = Rect { x, y: top, width: column.min(label.size * 18.0), height: 0.0 };
            bottom = bottom.max(self.words(&mut drawing, &stat.label, &label, block, (tag, rect)));
            x += column + gutter;
        }
        Row { height: bottom, most: f32::MAX, parts: vec![(drawing, anchor)], back, ..Row::default() }
    }

    /// Figures below each other, for a panel.
    pub(super) fn stacked_stats(&mut self, stats: &[Stat], block: &Block, room: Room) -> Vec<Row> {
        self.look(room.size);
        let figures: Vec<Figure> = stats.iter().map(|stat| self.measure(stat, block)).collect();
        let most = if stats.len() < 3 { 3.4 } else { 2.3 };
        let size = fitting(&figures, room.size * most, room.width);
        let group = self.builder.setter.tags.add(Some(room.parent), TagKind::Group);
        let label = Style { leading: room.size * 1.22, ..self.builder.look.body.clone() };
        let mut rows = Vec::new();
        for (index, (stat, figure)) in stats.iter().zip(&figures).enumerate() {
            let mut drawing = Drawing::default();
            let padding = if index == 0 { 0.0 } else { room.size * 0.55 };
            let baseline = padding + self.wrapped(figure, size, room.width, block) + size * CAP;
            let tag = self.builder.setter.tags.add(Some(group), TagKind::Paragraph);
            self.draw_figure(&mut drawing, figure, size, (0.0, baseline, room.width), tag, block);
            let tag = self.builder.setter.tags.add(Some(group), TagKind::Paragraph);
            let rect = Rect { x: 0.0, y: baseline + room.size * 0.3, width: room.width, height: 0.0 };
            let bottom = self.words(&mut drawing, &stat.label, &label, block, (tag, rect));
            let below = if index + 1 == stats.len() { 0.0 } else { room.size * 0.55 };
            let mut row = Row { height: bottom + below, most: f32::MAX, ..Row::default() };
            row.parts.push((drawing, 0.5));
            if index > 0 {
                let (colour, width) = (self.paint.line, room.width);
                row.back.push(Back::Above { x: 0.0, width, colour, thickness: 0.75 });
            }
            rows.push(row);
        }
        rows
    }

    /// One figure for itself, as large as a slide can hold it, its words beside it on its baseline or below it.
    pub(super) fn hero(&mut self, stat: &Stat, block: &Block, room: Room) -> Row {
        self.look(room.size);
        let figure = self.measure(stat, block);
        let most = self.figure_most;
        let group = self.builder.setter.tags.add(Some(room.parent), TagKind::Group);
        let tag = self.builder.setter.tags.add(Some(group), TagKind::Paragraph);
        let label_tag = self.builder.setter.tags.add(Some(group), TagKind::Paragraph);
        let style = self.builder.look.body.clone();
        let mut drawing = Drawing::default();

        let gap = 36.0;
        let beside = fitting_from(std::slice::from_ref(&figure), most, room.width * 0.56, 120.0);
        let at_side = figure.width(beside) <= room.width * 0.56;
        let size = if at_side { beside } else { fitting(std::slice::from_ref(&figure), most, room.width) };
        let lift = self.wrapped(&figure, size, room.width, block);
        let baseline = lift + size * CAP;
        self.draw_figure(&mut drawing, &figure, size, (0.0, baseline, room.width), tag, block);
        let left = if at_side { figure.width(size) + gap } else { 0.0 };
        let width = (room.width - left).min(style.size * 20.0);
        let setter = &mut self.builder.setter;
        let lines = few_or_many(&mut setter.shape(&stat.label, &style, &block.place), &stat.label, width);
        let mut owner = Owner::of(label_tag).at(&block.place);
        let last = lines.leading * (lines.lines.len().max(1) - 1) as f32 + lines.baseline;
        let mut height = baseline + size * 0.04;
        if at_side {
            // The last line stands on the figure's baseline; more lines than the figure is tall push it down.
            let top = baseline - last;
            let push = (-top).max(0.0);
            drawing.shift(0.0, push);
            drawing.lines(&mut setter.tags, &mut owner, &lines, left, top + push);
            height += push;
        } else {
            let top = baseline + (size * 0.16).max(12.0);
            height = drawing.lines(&mut setter.tags, &mut owner, &lines, left, top);
        }
        Row { height, parts: vec![(drawing, 0.82)], ..Row::default() }
    }

    pub(super) fn figure_style(&self, size: f32) -> Style {
        let style = &self.builder.look.figure;
        // Large letters stand closer.
        Style { tracking: -0.02 * size, tabular: false, colour: self.paint.figure, ..style.sized(size) }
    }

    fn unit_style(&self, size: f32) -> Style {
        Style { weight: 700, tracking: 0.0, ..self.figure_style(unit_size(size)) }
    }

    fn measure(&mut self, stat: &Stat, block: &Block) -> Figure {
        let (number, unit) = split_unit(&stat.figure);
        let style = self.figure_style(100.0);
        // The blank before a unit is read, not seen.
        let seen = self.builder.setter.shape(&number, &style, &block.place).lines(f32::MAX, Align::Start);
        let width = seen.width / 100.0;
        let style = Style { size: 100.0, ..self.unit_style(100.0) };
        let unit_width = if unit.is_empty() {
            0.0
        } else {
            self.builder.setter.shape(&unit, &style, &block.place).widths().1 / 100.0
        };
        Figure { number, unit, widths: (width, unit_width) }
    }

    /// How far the baseline moves down because the figure takes several lines, pt.
    fn wrapped(&mut self, figure: &Figure, size: f32, width: f32, block: &Block) -> f32 {
        if figure.width(size) <= width {
            return 0.0;
        }
        let style = self.figure_style(size);
        let whole = [figure.number.clone(), figure.unit.clone()].concat();
        let lines = self.builder.setter.shape(&whole, &style, &block.place).lines(width, Align::Start);
        (lines.lines.len().max(1) - 1) as f32 * lines.leading
    }

    /// Draws a figure with its (last) baseline at `y`.
    fn draw_figure(
        &mut self,
        drawing: &mut Drawing,
        figure: &Figure,
        size: f32,
        (x, y, width): (f32, f32, f32),
        tag: TagId,
        block: &Block,
    ) {
        let (big, small) = (self.figure_style(size), self.unit_style(size));
        let setter = &mut self.builder.setter;
        let mut owner = Owner::of(tag).at(&block.place);
        if figure.width(size) > width {
            let whole = [figure.number.clone(), figure.unit.clone()].concat();
            let lines = setter.shape(&whole, &big, &block.place).lines(width, Align::Start);
            let top = y - lines.baseline - lines.leading * (lines.lines.len().max(1) - 1) as f32;
            drawing.lines(&mut setter.tags, &mut owner, &lines, x, top);
            return;
        }
        // Large digits have air at their left that would set them in from the words around them.
        let mut left = x - if size >= 64.0 { size * 0.04 } else { 0.0 };
        for (words, style) in [(&figure.number, &big), (&figure.unit, &small)] {
            if words.is_empty() {
                continue;
            }
            let lines = setter.shape(words, style, &block.place).lines(f32::MAX, Align::Start);
            if let Some(line) = lines.lines.first() {
                drawing.line(&mut setter.tags, &mut owner, &lines, line, left, y);
            }
            left += figure.widths.0 * size + unit_gap(size);
        }
    }
}

/// One size for figures side by side, and the width of each one's column: wide figures get more, none so little that
/// its words have no room.
fn shared(figures: &[Figure], most: f32, width: f32, gutter: f32) -> (f32, Vec<f32>) {
    let count = figures.len().max(1) as f32;
    let room = (width - gutter * (count - 1.0)).max(count);
    let least = room / count * 0.72;
    let mut size = most.max(FLOOR);
    loop {
        let wants: Vec<f32> = figures.iter().map(|figure| figure.width(size).max(least)).collect();
        let sum: f32 = wants.iter().sum();
        if sum <= room {
            // Equal columns look best where they do.
            let equal = room / count;
            if wants.iter().all(|want| *want <= equal) {
                return (size, vec![equal; figures.len()]);
            }
            let spare = (room - sum) / count;
            return (size, wants.iter().map(|want| want + spare).collect());
        }
        if size <= FLOOR {
            return (size, vec![room / count; figures.len()]);
        }
        size = (size * 0.97).max(FLOOR);
    }
}

/// The largest size at which all figures fit `column`, from `most` down to [`FLOOR`].
fn fitting(figures: &[Figure], most: f32, column: f32) -> f32 {
    fitting_from(figures, most, column, FLOOR)
}

fn fitting_from(figures: &[Figure], most: f32, column: f32, floor: f32) -> f32 {
    let mut size = most.max(floor);
    while size > floor && figures.iter().any(|figure| figure.width(size) > column) {
        size = (size * 0.97).max(floor);
    }
    size
}

/// Parts `12 months` into `12 ` and `months`; `29 → 15` and `$1,250` stay whole.
fn split_unit(figure: &[Inline]) -> (Text, Text) {
    let whole = || (figure.to_vec(), Vec::new());
    if !figure.iter().all(|inline| matches!(inline, Inline::Text { .. })) {
        return whole();
    }
    let words = plain(figure);
    let Some(at) = words.find(char::is_whitespace) else { return whole() };
    let (number, unit) = words.split_at(at);
    let is_unit = unit.chars().any(char::is_alphabetic) && !unit.chars().any(char::is_numeric);
    if !is_unit || !number.chars().any(char::is_numeric) {
        return whole();
    }
    // More blanks than one are room that somebody wants before the unit.
    let blank = unit.chars().next().map_or(0, char::len_utf8);
    split_at(figure, at + blank)
}

/// Parts a text of words at a byte.
fn split_at(text: &[Inline], at: usize) -> (Text, Text) {
    let (mut before, mut after) = (Text::new(), Text::new());
    let mut start = 0;
    for inline in text {
        let Inline::Text { text: words, value } = inline else { continue };
        let cut = at.saturating_sub(start).min(words.len());
        start += words.len();
        let (head, tail) = words.split_at_checked(cut).unwrap_or((words, ""));
        for (part, into) in [(head, &mut before), (tail, &mut after)] {
            if !part.is_empty() {
                into.push(Inline::Text { text: part.to_string(), value: *value });
            }
        }
    }
    (before, after)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::testing::text;

    #[test]
    fn a_unit_is_told_from_a_figure() {
        let parts = |words: &str| {
            let (number, unit) = split_unit(&text(words));
            (plain(&number), plain(&unit))
        };
        let pair = |a: &str, b: &str| (a.to_string(), b.to_string());
        assert_eq!(parts("12 months"), pair("12 ", "months"));
        assert_eq!(parts("12  months"), pair("12 ", " months"));
        assert_eq!(parts("$1.2 million"), pair("$1.2 ", "million"));
        assert_eq!(parts("29 → 15"), pair("29 → 15", ""));
        assert_eq!(parts("12 of 12"), pair("12 of 12", ""));
        assert_eq!(parts("97%"), pair("97%", ""));
        assert_eq!(parts("no surprises"), pair("no surprises", ""));
        assert_eq!(parts(""), pair("", ""));
    }
}
