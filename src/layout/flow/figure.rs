//! In: an image alone in its paragraph. Out: a strip as wide as the text, at most two fifths of the page tall, with the
//! caption below it.

use crate::document::model::{Align, Image};
use crate::layout::crop::shown;
use crate::layout::drawing::{Drawing, Owner};
use crate::layout::flow::{Area, Builder, Flow};
use crate::layout::page::{Rect, TagKind};
use crate::layout::section::Strip;

impl Builder<'_> {
    /// Lays out an image; its `alt` becomes the figure's words for a screen reader.
    pub(super) fn figure(&mut self, flow: &mut Flow, image: &Image, area: Area) {
        let unit = self.look.unit;
        let Some((id, asset)) = self.setter.image(&image.path, Some(&image.place)) else { return };
        let (x, width) = if area.page { (0.0, self.grid.width) } else { (area.x, area.width) };
        let most = self.grid.height * 0.4;
        let shown = shown(&asset, image.crop);
        let scale = (width / shown.width).min(most / shown.height);
        let rect = Rect { x, y: 0.0, width: shown.width * scale, height: shown.height * scale };
        let kind = TagKind::Figure { alt: image.alt.clone(), rect: Some(rect) };
        let mut drawing = Drawing::default();
        let mut height = rect.height;
        if image.caption.is_empty() {
            let tag = self.setter.tags.add(Some(area.parent), kind);
            drawing.image_part(id, shown.part, rect, Some(tag));
        } else {
            let group = self.setter.tags.add(Some(area.parent), TagKind::Group);
            let tag = self.setter.tags.add(Some(group), kind);
            drawing.image_part(id, shown.part, rect, Some(tag));
            let caption = self.setter.tags.add(Some(group), TagKind::Caption);
            let style = self.look.small.clone();
            let lines = self.setter.shape(&image.caption, &style, &image.place).lines(area.width, Align::Start);
            let mut owner = Owner::of(caption).at(&image.place);
            height = drawing.lines(&mut self.setter.tags, &mut owner, &lines, x, height + 2.0 * unit);
        }
        flow.push(Strip { height, wide: area.page, drawing, ..Strip::default() }, 4.0 * unit);
        flow.after(4.0 * unit);
    }
}
