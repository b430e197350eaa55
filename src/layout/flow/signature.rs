//! In: the two parties. Out: one strip with a line each for signature, name, title and date.

use crate::document::model::Align;
use crate::layout::drawing::{Drawing, Owner};
use crate::layout::flow::{Area, Builder, Flow};
use crate::layout::page::{FormField, FormFieldKind, Rect, TagId, TagKind};
use crate::layout::section::Strip;
use crate::layout::text::Style;

impl Builder<'_> {
    /// Lays out the places for both signatures, side by side.
    pub(super) fn signature(&mut self, flow: &mut Flow, area: Area) {
        let unit = self.look.unit;
        let (x, width) = if area.page { (0.0, self.grid.width) } else { (area.x, area.width) };
        let gutter = 8.0 * unit;
        let column = (width - gutter) / 2.0;
        let client = self.setter.cx.meta.client_name.clone();
        let firm = self.setter.cx.brand.legal.company.clone();
        let mut drawing = Drawing::default();
        let mut bottom: f32 = 0.0;
        for (index, (party, id)) in [(client, "client"), (firm, "firm")].iter().enumerate() {
            let left = x + (column + gutter) * index as f32;
            bottom = bottom.max(self.party(&mut drawing, (party, id), (left, column), area));
        }
        // Nobody signs on a page without a word of what is signed.
        let strip = Strip { height: bottom, wide: area.page, keep: true, drawing, ..Strip::default() };
        flow.push(strip, 6.0 * unit);
        flow.after(4.0 * unit);
    }

    /// One party: its name, then empty lines, since who signs is for the party to say.
    fn party(&mut self, drawing: &mut Drawing, (party, id): (&str, &str), (x, width): (f32, f32), area: Area) -> f32 {
        let unit = self.look.unit;
        let words = crate::layout::words(self.setter.cx);
        let small = self.look.small.clone();
        let tag = self.setter.tags.generated(Some(area.parent), TagKind::Paragraph);
        drawing.rule(x, 0.0, width, 1.0, self.look.colours.primary);
        let lines = self.setter.line(&words.signed_for, &small);
        let y = drawing.lines(&mut self.setter.tags, &mut Owner::of(tag), &lines, x, 2.0 * unit);
        let strong = Style { weight: 700, ..self.look.body.clone() };
        let lines = self.setter.shape_str(party, &strong).lines(width, Align::Start);
        let y = drawing.lines(&mut self.setter.tags, &mut Owner::of(tag), &lines, x, y);
        self.places(drawing, (party, id), (x, y, width), area)
    }

    /// Lines to sign on, with their labels below and, where the document has forms, a field above each; gives the bottom.
    pub(super) fn places(
        &mut self,
        drawing: &mut Drawing,
        (party, id): (&str, &str),
        (x, top, width): (f32, f32, f32),
        area: Area,
    ) -> f32 {
        let unit = self.look.unit;
        let words = crate::layout::words(self.setter.cx);
        let small = self.look.small.clone();
        // The signature has a line of its own and the most room; the others share one.
        let gap = 3.0 * unit;
        let half = (width - gap) / 2.0;
        let rows = [
            (9.0 * unit, vec![(words.signature, width, "signature")]),
            (7.0 * unit, vec![(words.name, half, "name"), (words.title, half, "title")]),
            (7.0 * unit, vec![(words.date, half, "date")]),
        ];
        let mut y = top;
        for (room, places) in rows {
            let line = y + room;
            let mut left = x;
            for (label, width, what) in places {
                // Above its label stands the field, as high as the room above the line.
                let rect = Rect { x: left, y: line - room + unit, width, height: room - 1.5 * unit };
                let kind = if what == "signature" { FormFieldKind::Signature } else { FormFieldKind::Text };
                self.field(drawing, (rect, kind), format!("{id}-{what}"), format!("{party}: {label}"), area.parent);
                let tag = self.setter.tags.generated(Some(area.parent), TagKind::Paragraph);
                drawing.rule(left, line, width, 0.5, self.look.colours.muted);
                let lines = self.setter.line(&label, &small);
                y = drawing.lines(&mut self.setter.tags, &mut Owner::of(tag), &lines, left, line + 0.5 * unit);
                left += width + gap;
            }
        }
        y
    }

    /// Places a field where the document has forms.
    pub(super) fn field(
        &mut self,
        drawing: &mut Drawing,
        (rect, kind): (Rect, FormFieldKind),
        name: String,
        label: String,
        parent: TagId,
    ) {
        if self.setter.cx.meta.forms {
            let tag = self.setter.tags.generated(Some(parent), TagKind::Form);
            drawing.fields.push(FormField { rect, kind, name, label, tag });
        }
    }
}
