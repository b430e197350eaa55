//! In: a deck's section. Out: a [`LaidOutSection`] of one page, drawn for each ground that it may stand on.
//!
//! [`lay_out_slide`] picks the layout and draws it: [`content`] (also two-column, big-number and comparison), [`agenda`],
//! [`statement`] (a testimonial), [`cover`], [`divider`], [`closing`]. [`body`], [`list`], [`table`], [`stats`] and [`quote`] turn blocks into [`rows`] that fill the
//! slide; [`rhythm`] chooses among the grounds when the slides stand in order; [`refuse`] says what does not fit.
//!
//! | Code | Meaning |
//! |---|---|
//! | X020 | a slide holds more words than fit |
//! | X021 | a slide's title is too long |
//! | X022 | a cover or closing slide cannot hold its words, or the client's name on it |
//! | X023 | a slide cannot hold this directive |

mod agenda;
mod body;
mod cards;
mod case_study;
mod chart;
mod closing;
mod content;
mod cover;
mod divider;
mod fitting;
mod frame;
mod furniture;
mod list;
mod pricing;
mod quote;
mod refuse;
pub(super) mod rhythm;
mod rows;
mod sky;
mod statement;
mod stats;
mod steps;
mod table;
mod team;
#[cfg(test)]
mod tests;
mod timeline;
mod title;

use crate::diagnostic::Checked;
use crate::document::model::{BlockKind, Section, SectionLayout, plain};
use crate::layout::flow::Builder;
use crate::layout::look::Look;
use crate::layout::page::{TagId, TagKind};
use crate::layout::section::{FixedPage, LaidOutSection, Mark};
use crate::layout::slide::fitting::Found;
use crate::layout::slide::frame::{Frame, Ground, Paint};
pub(crate) use crate::layout::slide::refuse::longest;
pub(super) use crate::layout::slide::refuse::with_name;
use crate::layout::tags::Tags;
use crate::layout::text::Setter;
use crate::layout::{Context, title_of};

/// Draws one slide: one section is one page of the deck.
///
/// # Errors
/// X020–X023 for what does not fit, X002 for a character that no font has, and
/// what the assets say of missing images: all of them at once.
pub fn lay_out_slide(section: &Section, cx: &Context<'_>) -> Checked<LaidOutSection> {
    draw(section, cx, false)
}

/// Draws one slide; `trying` only asks whether its words fit.
fn draw(section: &Section, cx: &Context<'_>, trying: bool) -> Checked<LaidOutSection> {
    let frame = Frame::new(cx.page.size());
    let builder = Builder { setter: Setter::new(cx), look: Look::deck(cx.brand), grid: frame.grid(), quotes: 0 };
    let grounds = grounds(section);
    let paint = Paint::new(cx.brand, grounds[0]);
    let figure_most = cx.brand.typography.deck.figure;
    let mut slide = Slide {
        builder,
        frame,
        paint,
        root: TagId(0),
        section,
        trying,
        two_panels: false,
        figure_most,
        strong_accent: false,
        chart_extra: 0.0,
        found: Found::default(),
    };
    let mut tags = None;
    let mut pages = Vec::with_capacity(grounds.len());
    for ground in grounds {
        slide.paint = Paint::new(cx.brand, *ground);
        if tags.is_some() {
            slide.found.rewind();
        }
        slide.builder.setter.tags = Tags::new();
        slide.root = slide.builder.setter.tags.add(None, TagKind::Section);
        pages.push(slide.page());
        // The same words in the same order, whatever the colours.
        let drawn = std::mem::take(&mut slide.builder.setter.tags);
        tags.get_or_insert(drawn);
    }
    let (images, _) = slide.builder.setter.finish()?;
    let mut pages = pages.into_iter();
    let page = pages.next().map(|first| FixedPage { alternates: pages.collect(), ..first });
    Ok(LaidOutSection {
        id: section.id.clone(),
        title: title_of(section),
        numbered: false,
        whole: false,
        pages: page.into_iter().collect(),
        strips: Vec::new(),
        tags: tags.unwrap_or_default(),
        images,
    })
}

/// One slide under work.
struct Slide<'a, 's> {
    builder: Builder<'a>,
    frame: Frame,
    /// The colours of the ground at hand: the slide's or a panel's.
    paint: Paint,
    root: TagId,
    section: &'s Section,
    /// True where another name for the client is tried.
    trying: bool,
    /// True where the second of two columns stands on the contrary ground.
    two_panels: bool,
    /// The largest size of a figure, pt.
    figure_most: f32,
    /// True where strong words are set in the accent: the date of the next step.
    strong_accent: bool,
    /// Height that each chart gets beyond the least, pt.
    chart_extra: f32,
    found: Found,
}

impl Slide<'_, '_> {
    fn page(&mut self) -> FixedPage {
        let drawing = match self.section.layout {
            Some(SectionLayout::Cover) => self.cover(),
            Some(SectionLayout::Section) => self.divider(),
            Some(SectionLayout::Closing) => self.closing(),
            Some(SectionLayout::Agenda) => self.agenda(),
            Some(SectionLayout::Testimonial) => self.statement(),
            _ => self.content(),
        };
        let title = title_of(self.section).map(|title| plain(&title)).filter(|title| !title.trim().is_empty());
        let mut marks: Vec<Mark> = title.map(|title| Mark::Outline { level: 1, title, y: 0.0 }).into_iter().collect();
        marks.extend(self.number_mark());
        FixedPage { drawing, furniture: false, marks, shade: self.paint.on.shade(), alternates: Vec::new() }
    }
}

/// The grounds that a slide may stand on, the best first.
fn grounds(section: &Section) -> &'static [Ground] {
    let has = |is: fn(&BlockKind) -> bool| section.blocks.iter().any(|block| is(&block.kind));
    match section.layout {
        Some(SectionLayout::Cover | SectionLayout::Closing) => &[Ground::Primary],
        Some(SectionLayout::Section) => &[Ground::Primary, Ground::Tint],
        Some(SectionLayout::BigNumber | SectionLayout::Testimonial) => &[Ground::Primary, Ground::Tint, Ground::Paper],
        _ if has(|kind| {
            use BlockKind::{Stats, Steps, Testimonial, Timeline};
            matches!(kind, Testimonial { .. } | Stats(_) | Timeline(_) | Steps { .. })
        }) && !has(|kind| matches!(kind, BlockKind::Figure(_))) =>
        {
            &[Ground::Paper, Ground::Tint, Ground::Primary]
        }
        _ => &[Ground::Paper, Ground::Tint],
    }
}
