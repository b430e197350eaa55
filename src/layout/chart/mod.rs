//! In: a [`Chart`] and the room for it. Out: a [`Drawing`]: title, plot and source, with the structure that says the same
//! in words.
//!
//! [`draw`] sets what is around the plot and picks who draws it: [`bar`] (also [`waterfall`]), [`mod@line`], [`donut`].
//! They work on a [`canvas`], which keeps words from covering each other; [`scale`] and [`labels`] know numbers and places.

mod bar;
mod bars;
mod canvas;
mod donut;
mod ink;
mod labels;
mod line;
mod scale;
#[cfg(test)]
mod tests;
mod waterfall;
mod words;

use crate::diagnostic::Place;
use crate::document::marks::has_strong;
use crate::document::model::{Align, Chart, ChartKind, Inline};
use crate::layout::chart::canvas::Canvas;
use crate::layout::chart::ink::Ink;
use crate::layout::drawing::{Drawing, Owner};
use crate::layout::look::Look;
use crate::layout::page::{Rect, TagId, TagKind};
use crate::layout::text::{Setter, Style};

/// No plot is less tall, pt: shorter ones say nothing.
const LEAST_PLOT: f32 = 72.0;

/// True for a row whose label has strong words: it draws the eye.
fn draws_the_eye(cells: &[Vec<Inline>]) -> bool {
    cells.first().is_some_and(|label| has_strong(label))
}

/// The chart in words.
pub(super) fn alt(chart: &Chart, cx: &crate::layout::Context<'_>) -> String {
    words::alt(chart, &cx.meta.locale)
}

/// Draws a chart `width` pt wide and, where its kind can fill it, `height` pt tall; gives its height, which is less where
/// it needs less, and more only where its words alone take more.
pub(super) fn draw(
    setter: &mut Setter<'_>,
    look: &Look,
    (chart, place): (&Chart, &Place),
    (width, height): (f32, f32),
    parent: TagId,
) -> (Drawing, f32) {
    let ink = Ink::new(look);
    let group = setter.tags.add(Some(parent), TagKind::Group);
    let alt = words::alt(chart, &setter.cx.meta.locale);
    // Its place is known once the page is.
    let frame = Some(Rect { x: 0.0, y: 0.0, width: 0.0, height: 0.0 });
    let figure = setter.tags.add(Some(group), TagKind::Figure { alt, rect: frame });
    let table = setter.tags.add(Some(group), TagKind::Table);
    let mut drawing = Drawing::default();

    let mut top = 0.0;
    if chart.title.is_some() || chart.unit.is_some() {
        let caption = setter.tags.add(Some(table), TagKind::Caption);
        let unit = Style { colour: ink.colours.muted, ..ink.label.clone() };
        for (text, style) in [(&chart.title, &ink.title), (&chart.unit, &unit)] {
            let Some(text) = text else { continue };
            let lines = setter.shape(text, style, place).lines(width, Align::Start);
            // Two paragraphs, so that the last word of the one is not read with the first of the other.
            let mut owner = Owner::of(setter.tags.add(Some(caption), TagKind::Paragraph)).at(place);
            top = drawing.lines(&mut setter.tags, &mut owner, &lines, 0.0, top);
        }
        top += ink.label.size;
    }
    let note = chart.source.as_ref().map(|text| source(setter, &ink, text, place, width));
    let below = note.as_ref().map_or(0.0, |(_, height)| height + ink.label.size * 0.7);

    let room = (width, (height - top - below).max(LEAST_PLOT));
    let mut canvas = Canvas::new(setter, ink.clone(), (chart, place), room, (figure, table));
    let plot = match chart.kind {
        ChartKind::Bar { .. } => bar::plot(&mut canvas),
        ChartKind::Waterfall => waterfall::plot(&mut canvas),
        ChartKind::Line => line::plot(&mut canvas),
        ChartKind::Donut => donut::plot(&mut canvas),
    };
    drawing.add(canvas.finish(), 0.0, top);
    let mut bottom = top + plot;
    if let Some((lines, height)) = note {
        let tag = setter.tags.add(Some(group), TagKind::Paragraph);
        bottom += ink.label.size * 0.7;
        drawing.lines(&mut setter.tags, &mut Owner::of(tag).at(place), &lines, 0.0, bottom);
        bottom += height;
    }
    (drawing, bottom)
}

fn source(
    setter: &mut Setter<'_>,
    ink: &Ink,
    text: &[Inline],
    place: &Place,
    width: f32,
) -> (crate::layout::lines::Lines, f32) {
    let lines = setter.shape(text, &ink.note, place).lines(width, Align::Start);
    let height = lines.height();
    (lines, height)
}
