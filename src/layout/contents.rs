//! In: the sections that stayed. Out: the strips of the contents: number, title, page, a hairline between; all of it a
//! link.

use std::sync::Arc;

use crate::document::model::{Align, LinkTarget, plain};
use crate::layout::drawing::{Drawing, Owner, PendingLink};
use crate::layout::look::Look;
use crate::layout::page::{Rect, TagId, TagKind};
use crate::layout::section::{LaidOutSection, Mark, Strip};
use crate::layout::text::{Setter, Style};

/// Where the contents stand: from the text area's left edge, pt.
#[derive(Clone, Copy)]
pub(super) struct Frame {
    pub x: f32,
    pub width: f32,
    /// The `Contents` node.
    pub tag: TagId,
}

/// One strip for each numbered section; page numbers are marks, filled in when pages are known.
pub(super) fn strips(setter: &mut Setter<'_>, look: &Look, sections: &[&LaidOutSection], frame: Frame) -> Vec<Strip> {
    let numbered: Vec<(usize, &LaidOutSection)> =
        sections.iter().copied().enumerate().filter(|(_, section)| section.numbered).collect();
    let count = numbered.len();
    let mut strips: Vec<Strip> = Vec::with_capacity(count);
    for (number, (index, section)) in numbered.into_iter().enumerate() {
        let mut strip = entry(setter, look, section, (index, number + 1), frame);
        strip.keep = number == 1 || (number > 0 && number + 1 == count);
        strips.push(strip);
    }
    strips
}

/// From the top of the contents to their first baseline, pt.
pub(super) fn first_baseline(setter: &mut Setter<'_>, look: &Look) -> f32 {
    1.25 * look.unit + setter.line("1", &entry_style(look)).baseline
}

fn entry_style(look: &Look) -> Style {
    Style { tabular: true, ..look.body.led(1.3) }
}

fn entry(
    setter: &mut Setter<'_>,
    look: &Look,
    section: &LaidOutSection,
    (index, number): (usize, usize),
    frame: Frame,
) -> Strip {
    let unit = look.unit;
    let item = setter.tags.generated(Some(frame.tag), TagKind::ContentsItem);
    let tag = setter.tags.generated(Some(item), TagKind::Link);
    let title = section.title.as_deref().map(plain).unwrap_or_default();
    let body = entry_style(look);
    let figures = Style { weight: 700, colour: look.colours.muted, ..body.clone() };
    let (left, right) = (7.0 * unit, 9.0 * unit);
    let mut lines = setter.shape_str(&title, &body).balanced(frame.width - left - right, Align::Start);
    // A title of a page's length is not repeated whole.
    Arc::make_mut(&mut lines.lines).truncate(4);
    let top = 1.25 * unit;
    let baseline = top + lines.baseline;
    let mut drawing = Drawing::default();
    let mut owner = Owner::of(tag);
    let label = setter.line(&number.to_string(), &figures);
    if let Some(line) = label.lines.first() {
        drawing.line(&mut setter.tags, &mut owner, &label, line, frame.x, baseline);
    }
    let bottom = drawing.lines(&mut setter.tags, &mut owner, &lines, frame.x + left, top) + 1.25 * unit;
    drawing.rule(frame.x, bottom, frame.width, 0.5, look.colours.line);
    drawing.links.push(PendingLink {
        rect: Rect { x: frame.x, y: 0.0, width: frame.width, height: bottom },
        target: LinkTarget::Section(section.id.clone()),
        tag,
        contents: title,
        place: None,
    });
    let style = Box::new(figures);
    let mark = Mark::PageOf { section: index, right: frame.x + frame.width, y: baseline, style, tag };
    Strip { height: bottom, baseline: Some(baseline), drawing, marks: vec![mark], ..Strip::default() }
}
