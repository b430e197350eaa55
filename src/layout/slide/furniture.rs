//! In: the brand. Out: what stands around a slide's content: logo, confidentiality line, the place of its number.

use crate::document::model::SectionLayout;
use crate::layout::drawing::{Drawing, Owner};
use crate::layout::page::{Rect, TagId, TagKind};
use crate::layout::section::{Mark, Shade};
use crate::layout::slide::Slide;
use crate::layout::text::Style;

/// Size of furniture, pt: it is not read from the back of the room.
const SIZE: f32 = 10.0;

impl Slide<'_, '_> {
    /// Draws logo and confidentiality line at the foot.
    pub(super) fn furniture(&mut self, drawing: &mut Drawing) {
        let middle = self.frame.height - 28.0;
        let width = self.logo_width(0.075);
        let logo = self.logo(drawing, (self.frame.margin, middle), width, None);
        let x = self.frame.margin + logo.map_or(0.0, |rect| rect.width + 20.0);
        let style = self.small_style();
        let words = self.builder.setter.cx.meta.notice.clone();
        let room = self.frame.width - self.frame.margin - 60.0 - x;
        let lines = crate::layout::furniture::shortened(&mut self.builder.setter, &words, &style, room);
        let top = middle - lines.leading / 2.0;
        drawing.lines(&mut self.builder.setter.tags, &mut Owner::artifact(), &lines, x, top);
    }

    fn small_style(&self) -> Style {
        Style { colour: self.paint.quiet, link: self.paint.quiet, ..self.builder.look.small.sized(SIZE) }
    }

    /// Where the slide's number stands, on slides that carry one.
    pub(super) fn number_mark(&mut self) -> Option<Mark> {
        if matches!(self.section.layout, Some(SectionLayout::Cover | SectionLayout::Closing)) {
            return None;
        }
        let style = Style { weight: 700, tabular: true, ..self.small_style() };
        let right = self.frame.width - self.frame.margin;
        let y = self.frame.height - 28.0 + SIZE * 0.36;
        Some(Mark::PageNumber { right, y, style: Box::new(style) })
    }

    /// The logo's width: a part of the slide's, never under the brand's minimum.
    pub(super) fn logo_width(&self, part: f32) -> f32 {
        let logo = &self.builder.setter.cx.brand.logo;
        (self.frame.width * part).max(logo.minimum_width).min(self.frame.inner() / 3.0)
    }

    /// Places the logo for this ground with its left end at `x` and its middle at `y`; decoration without a parent.
    pub(super) fn logo(
        &mut self,
        drawing: &mut Drawing,
        (x, y): (f32, f32),
        width: f32,
        parent: Option<TagId>,
    ) -> Option<Rect> {
        let logo = &self.builder.setter.cx.brand.logo;
        let dark = self.paint.on.shade() == Shade::Dark;
        let file = if dark { &logo.on_dark.value } else { &logo.on_light.value };
        let (path, alt) = (format!("brand/{file}"), logo.alt.clone());
        let (id, asset) = self.builder.setter.image(&path, None)?;
        let height = width * asset.height / asset.width.max(1.0);
        let rect = Rect { x, y: y - height / 2.0, width, height };
        let kind = TagKind::Figure { alt, rect: Some(rect) };
        let tag = parent.map(|parent| self.builder.setter.tags.generated(Some(parent), kind));
        drawing.image(id, rect, tag);
        Some(rect)
    }
}
