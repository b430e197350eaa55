//! In: the figures that prices open with. Out: a row with the first as large as fits.

use crate::document::model::{Align, Block, Text};
use crate::document::prices::Headline;
use crate::layout::drawing::{Drawing, Owner};
use crate::layout::page::TagKind;
use crate::layout::slide::Slide;
use crate::layout::slide::body::Room;
use crate::layout::slide::rows::Row;
use crate::layout::text::Style;

/// How far a figure reaches below its baseline over its size: some currencies have letters that do.
fn descent(figure: &Text) -> f32 {
    let hangs = |c: char| c.is_alphabetic() && !c.is_ascii();
    if crate::document::model::plain(figure).contains(hangs) { 0.34 } else { 0.0 }
}

/// Height of figures over their size.
const CAP: f32 = 0.73;
/// The figure of a slide that is made for prices is never smaller where it fits, pt.
const LEAST_FIGURE: f32 = 96.0;

impl Slide<'_, '_> {
    /// One figure, a smaller one beside it on the same baseline, what they are below them.
    pub(super) fn price_figures(&mut self, headline: &[Headline], block: &Block, room: Room) -> Row {
        let body = self.builder.setter.cx.brand.typography.deck.body;
        // Where there is much to say, the figure gives way last.
        let least = if room.size > self.minimum() + 0.5 { LEAST_FIGURE } else { LEAST_FIGURE * 0.6 };
        let most = if room.panel { room.size * 2.5 } else { (self.figure_most * room.size / body).max(least) };
        let share = if headline.len() > 1 { 0.66 } else { 1.0 };
        let zones = [(0.0, room.width * share, most), (room.width * 0.7, room.width * 0.3, most * 0.46)];
        let label = self.builder.look.body.coloured(self.paint.quiet);
        let group = self.builder.setter.tags.add(Some(room.parent), TagKind::Group);
        let mut drawing = Drawing::default();
        let baseline = {
            let first = headline.first().map(|figure| self.fitted(&figure.figure, most, zones[0].1, block));
            first.map_or(0.0, |style| style.size * CAP + room.size * 0.4)
        };
        let mut bottom = baseline;
        for (figure, (at, width, size)) in headline.iter().zip(zones) {
            let style = self.fitted(&figure.figure, size, width, block);
            let setter = &mut self.builder.setter;
            let tag = setter.tags.add(Some(group), TagKind::Paragraph);
            let lines = setter.shape(&figure.figure, &style, &block.place).lines(f32::MAX, Align::Start).flush();
            let left = at;
            let mut owner = Owner::of(tag).at(&block.place);
            drawing.lines(&mut setter.tags, &mut owner, &lines, left, baseline - lines.baseline);
            let top = baseline + (room.size * 0.6).max(descent(&figure.figure) * style.size);
            let (mut x, mut y) = (0.0, top);
            for words in &figure.label {
                let tag = setter.tags.add(Some(group), TagKind::Paragraph);
                let mut shaped = setter.shape(words, &label, &block.place);
                let lines = shaped.lines(width, Align::Start).flush();
                if x > 0.0 && x + lines.width > width {
                    (x, y) = (0.0, bottom);
                }
                let left = at + x;
                let mut owner = Owner::of(tag).at(&block.place);
                bottom = bottom.max(drawing.lines(&mut setter.tags, &mut owner, &lines, left, y));
                x += lines.width + label.size * 0.6;
            }
        }
        Row { height: bottom, most: room.size, parts: vec![(drawing, 0.5)], ..Row::default() }
    }

    /// The style in which a figure is as large as `most` or as its width allows.
    fn fitted(&mut self, figure: &Text, most: f32, width: f32, block: &Block) -> Style {
        let style = self.figure_style(most);
        let wide = self.builder.setter.shape(figure, &style, &block.place).widths().1;
        if wide > width { self.figure_style(most * width / wide * 0.99) } else { style }
    }
}
