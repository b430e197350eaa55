//! In: the client and the document's number. Out: a panel with the client's yes: a box to tick, then its signature.

use crate::document::model::Align;
use crate::layout::drawing::{Drawing, Owner};
use crate::layout::flow::{Area, Builder, Flow};
use crate::layout::page::{FormFieldKind, Path, Rect, Stroke, TagKind};
use crate::layout::section::Strip;
use crate::layout::text::Style;

impl Builder<'_> {
    /// Lays out the acceptance: who accepts which document at the left, the box and the lines to sign on at the right.
    pub(super) fn acceptance(&mut self, flow: &mut Flow, area: Area) {
        let unit = self.look.unit;
        let padding = 5.0 * unit;
        let parent = self.setter.tags.generated(Some(area.parent), TagKind::Group);
        let inside = Area { parent, ..area };
        let mut drawing = Drawing::default();
        let side = self.accepts(&mut drawing, inside, padding);
        let (x, width) = (area.x, area.width - padding);
        let words = crate::layout::words(self.setter.cx);
        let client = self.setter.cx.meta.client_name.clone();
        // The box is as tall as the sentence's capitals are large, so that both are one thing.
        let edge = 3.0 * unit;
        let style = Style { weight: 700, ..self.look.body.clone() };
        let indent = edge + 2.0 * unit;
        let lines = self.setter.shape_str(&words.accepted, &style).lines(width - indent, Align::Start);
        let middle = lines.baseline - lines.ascent * 0.33;
        let tick = Rect { x, y: middle - edge / 2.0, width: edge, height: edge };
        let segments = crate::layout::drawing::rectangle(tick, 1.0);
        let stroke = Some(Stroke { colour: self.look.colours.primary, width: 1.0 });
        drawing.path(Path { segments, fill: Some(self.look.colours.paper), stroke });
        let label = format!("{client}: {}", words.accepted);
        self.field(&mut drawing, (tick, FormFieldKind::Checkbox), "client-accepted".into(), label, parent);
        let tag = self.setter.tags.generated(Some(parent), TagKind::Paragraph);
        let y = drawing.lines(&mut self.setter.tags, &mut Owner::of(tag), &lines, x + indent, 0.0);
        let bottom = self.places(&mut drawing, (&client, "acceptance"), (x, y, width), inside).max(side);
        // Nobody signs on a page without a word of what is signed.
        let strip = Strip { height: bottom, keep: true, drawing, ..Strip::default() };
        let strips = if area.page { self.light_panel(vec![strip], padding) } else { vec![strip] };
        for strip in strips {
            flow.push(Strip { keep: true, ..strip }, 6.0 * unit);
        }
        flow.after(4.0 * unit);
    }

    /// The client's name and the document's number in the side columns; gives their bottom. Within a column there are
    /// none.
    fn accepts(&mut self, drawing: &mut Drawing, area: Area, padding: f32) -> f32 {
        if !area.page {
            return 0.0;
        }
        let meta = self.setter.cx.meta.clone();
        let (name, small) = (self.look.h3.clone(), self.look.small.clone());
        let width = (area.x - padding - self.grid.gutter).max(40.0);
        let mut y = 0.0;
        for (words, style) in [(&meta.client_name, &name), (&meta.number, &small), (&meta.date, &small)] {
            if words.trim().is_empty() {
                continue;
            }
            let tag = self.setter.tags.generated(Some(area.parent), TagKind::Paragraph);
            let lines = self.setter.shape_str(words, style).lines(width, Align::Start);
            y = drawing.lines(&mut self.setter.tags, &mut Owner::of(tag), &lines, padding, y);
        }
        y
    }
}
