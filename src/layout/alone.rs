//! In: a chart or a person's name. Out: [`Alone`]: its drawing by itself, for formats in which the words around it flow.

use crate::diagnostic::{Checked, Place};
use crate::document::model::{Chart, ChartKind};
use crate::layout::flow::Builder;
use crate::layout::page::{Item, TagId, TagKind, TagNode};
use crate::layout::{Context, chart as charts};
use crate::library::brand::Colour;

/// A drawing by itself: positions count from its top left corner, fonts are those of [`Context::fonts`].
#[derive(Debug)]
pub struct Alone {
    pub items: Vec<Item>,
    /// Node 0 is its root.
    pub tags: Vec<TagNode>,
    pub width: f32,
    pub height: f32,
}

/// Draws a chart over `width` pt, as the flow of a proposal does, without its title, unit and source: they are words
/// around it. What its shapes say in words is said with them.
///
/// # Errors
/// X002 for a character that no font has.
pub fn chart(chart: &Chart, place: &Place, width: f32, cx: &Context<'_>) -> Checked<Alone> {
    let mut builder = Builder::new(cx);
    let root = builder.setter.tags.add(None, TagKind::Group);
    let part = if chart.kind == ChartKind::Donut { 0.44 } else { 0.62 };
    let room = (width, (width * part).min(builder.grid.height * 0.38));
    let look = builder.look.clone();
    let alt = charts::alt(chart, cx);
    let bare = Chart { title: None, unit: None, source: None, ..chart.clone() };
    let (mut drawing, height) = charts::draw(&mut builder.setter, &look, (&bare, place), room, root);
    if cx.meta.right_to_left {
        crate::layout::mirror::mirror_items(&mut drawing.items, width);
    }
    let (_, mut tags) = builder.setter.finish()?;
    let figure = tags.nodes.iter_mut().find_map(|node| match &mut node.kind {
        TagKind::Figure { alt, .. } => Some(alt),
        _ => None,
    });
    if let Some(words) = figure {
        *words = alt;
    }
    Ok(Alone { items: drawing.items, tags: tags.nodes, width, height })
}

/// Draws the initials of a name in a disc of `radius` pt, in the colours of disc and letters.
///
/// # Errors
/// X002 for a character that no font has.
pub fn disc(name: &str, radius: f32, colours: (Colour, Colour), cx: &Context<'_>) -> Checked<Alone> {
    let mut builder = Builder::new(cx);
    let mut drawing = crate::layout::drawing::Drawing::default();
    builder.disc(&mut drawing, name, (radius, radius), radius, colours);
    let (_, tags) = builder.setter.finish()?;
    debug_assert!(drawing.items.iter().all(|item| item.tag.is_none_or(|TagId(id)| id < tags.nodes.len())));
    Ok(Alone { items: drawing.items, tags: tags.nodes, width: 2.0 * radius, height: 2.0 * radius })
}
