//! In: a line to fill in. Out: its paragraph: the words that name it, which stay, then its value in a field.

use crate::document::marks::parts_of_field;
use crate::document::model::{Block, BlockKind, Field, plain};
use crate::export::docx::controls::{Control, Kind};
use crate::export::docx::elements::{Look, Paragraph};
use crate::export::docx::writer::{Area, Writer};
use crate::layout::fonts::Face as Role;

impl Writer<'_> {
    pub(super) fn line(&mut self, id: &str, label: &str, field: &Field, blocks: &[Block], area: Area) {
        let kind = match field {
            Field::Text => Kind::Text,
            Field::Date => Kind::Date,
            Field::Choice(choices) => Kind::Choice(choices),
        };
        let text = blocks.iter().find_map(|block| match &block.kind {
            BlockKind::Paragraph(text) => Some(text.as_slice()),
            _ => None,
        });
        let (head, value) = parts_of_field(text.unwrap_or_default());
        let look = Look { colour: area.ink.words, ..Look::default() };
        let head = self.inlines(head, &look, Role::Text, area.ink);
        let shown = self.field_run(&plain(value), &look);
        let tag = format!("editable:{id}");
        let control = self.control(&Control { kind, tag: &tag, title: label, shown: Some(&shown) });
        let unit = self.styles.unit;
        let body = self.styles.body.clone();
        self.unlocked(|writer| {
            writer.pass_side(&plain(text.unwrap_or_default()), &body, area.width, unit);
            let style = if area.page { "Body" } else { "Normal" };
            writer.paragraph(Paragraph { style, ..Paragraph::default() }, unit, &format!("{head}{control}"));
            writer.after(1.75 * unit);
        });
    }
}
