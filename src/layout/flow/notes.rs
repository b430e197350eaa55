//! In: the footnotes of a section. Out: strips at its end: a short rule, then each note small with its number.

use crate::document::model::Align;
use crate::layout::drawing::{Drawing, Owner};
use crate::layout::flow::{Area, Builder, Flow};
use crate::layout::page::TagKind;
use crate::layout::text::superscript;

impl Builder<'_> {
    /// Lays out the notes that the section's texts pointed at.
    pub(in crate::layout) fn notes(&mut self, flow: &mut Flow, area: Area) {
        let unit = self.look.unit;
        let style = self.look.small.clone();
        let indent = 3.0 * unit;
        for (index, note) in self.setter.take_notes().into_iter().enumerate() {
            let tag = self.setter.tags.add(Some(area.parent), TagKind::Note);
            let label = self.setter.tags.generated(Some(tag), TagKind::Label);
            let mut shaped = self.setter.shape(&note.text, &style, &note.place);
            let lines = shaped.lines(area.width - indent, Align::Start);
            let mut inner = Flow::default();
            let mut owner = Owner::of(tag).at(&note.place);
            let mark = self.setter.line(&superscript(note.number), &style);
            self.push_lines(&mut inner, &lines, area.x + indent, &mut owner, 0.0);
            let Some(first) = inner.strips.first_mut() else { continue };
            let mut drawing = Drawing::default();
            let top = if index == 0 { 2.0 * unit } else { 0.0 };
            if index == 0 {
                drawing.rule(area.x, 0.0, 10.0 * unit, 0.5, self.look.colours.muted);
            }
            drawing.lines(&mut self.setter.tags, &mut Owner::of(label), &mark, area.x, top);
            drawing.add(std::mem::take(&mut first.drawing), 0.0, top);
            first.drawing = drawing;
            first.height += top;
            flow.append(inner.strips, if index == 0 { 4.0 * unit } else { 0.5 * unit });
        }
    }
}
