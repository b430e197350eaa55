//! In: a list. Out: the strips of its items, each with its label hanging at the first line's start.

use crate::document::model::{Block, BlockKind};
use crate::layout::drawing::{Drawing, Owner};
use crate::layout::flow::{Area, Builder, Flow};
use crate::layout::page::{Rect, TagId, TagKind};
use crate::layout::section::Strip;
use crate::layout::text::Style;

impl Builder<'_> {
    /// Lays out a list; numbered where it has a `start`.
    pub(super) fn list(
        &mut self,
        flow: &mut Flow,
        start: Option<u32>,
        items: &[Vec<Block>],
        block: &Block,
        area: Area,
    ) {
        let unit = self.look.unit;
        let list = self.setter.tags.add(Some(area.parent), TagKind::List { ordered: start.is_some() });
        let widest = start.map(|start| format!("{}.", u64::from(start) + items.len() as u64));
        let style = self.label_style();
        let indent = match &widest {
            Some(label) => (self.setter.line(label, &style).width + 1.5 * unit).max(4.5 * unit),
            None => 4.0 * unit,
        }
        .min(area.width / 3.0);
        let loose = items.iter().any(|item| item.len() > 1 && !matches!(item[1].kind, BlockKind::List { .. }));
        for (index, item) in items.iter().enumerate() {
            let node = self.setter.tags.add(Some(list), TagKind::ListItem);
            let label = self.setter.tags.generated(Some(node), TagKind::Label);
            let body = self.setter.tags.add(Some(node), TagKind::ListBody);
            let mut inner = Flow::default();
            let inside = Area { x: area.x + indent, width: area.width - indent, page: false, parent: body };
            self.blocks(&mut inner, item, inside);
            if inner.strips.is_empty() {
                inner.strips.push(Strip { height: self.look.body.leading, ..Strip::default() });
            }
            let number = start.map(|start| u64::from(start) + index as u64);
            if let Some(first) = inner.strips.first_mut() {
                self.label(first, number, label, area.x, &style);
            }
            flow.append(inner.strips, if index == 0 || loose { 1.5 * unit } else { unit });
        }
        let _ = block;
        flow.after(2.5 * unit);
    }

    fn label_style(&self) -> Style {
        Style { weight: 700, tabular: true, colour: self.look.colours.accent_ink, ..self.look.body.clone() }
    }

    /// Draws the number or the bullet before the item's words.
    fn label(&mut self, strip: &mut Strip, number: Option<u64>, tag: TagId, x: f32, style: &Style) {
        let baseline = strip.baseline.unwrap_or(style.size);
        let mut drawing = Drawing::default();
        match number {
            Some(number) => {
                let lines = self.setter.line(&format!("{number}."), style);
                if let Some(line) = lines.lines.first() {
                    drawing.line(&mut self.setter.tags, &mut Owner::of(tag), &lines, line, x, baseline);
                }
            }
            None => {
                // A short dash in the accent, on the height of a small letter's middle.
                let y = baseline - style.size * 0.27;
                drawing.fill(Rect { x, y: y - 0.7, width: 6.0, height: 1.4 }, self.look.colours.accent);
            }
        }
        drawing.add(std::mem::take(&mut strip.drawing), 0.0, 0.0);
        strip.drawing = drawing;
    }
}
