//! In: the rep. Out: a dark card with initials, name, telephone and e-mail.

use crate::document::model::LinkTarget;
use crate::export::docx::elements::{Cell, Look, Paragraph};
use crate::export::docx::writer::Writer;
use crate::layout::fonts::Face as Role;
use crate::layout::look::mix;
use crate::source::contact;

impl Writer<'_> {
    pub(super) fn rep_card(&mut self) {
        let meta = self.cx.meta.clone();
        let Some(name) = meta.rep_name else { return };
        let unit = self.styles.unit;
        let colours = self.styles.colours;
        let (side, width) = (self.grid.text_x, self.grid.width);
        let firm = self.cx.brand.legal.company.clone();
        let quiet = Look { made: true, ..Look::default() }.coloured(mix(colours.paper, colours.primary, 0.15));
        let link = Look { made: true, bold: Some(true), ..Look::default() }.coloured(colours.accent);
        let mark = self.inside(|writer| {
            let disc = writer.disc(&name, 7.0 * unit, (colours.accent, colours.primary));
            let leading = Some(14.0 * unit + 1.0);
            writer.paragraph(Paragraph { style: "Normal", leading, ..Paragraph::default() }, 0.0, &disc);
        });
        let words = self.inside(|writer| {
            let strong = Look { made: true, ..Look::default() }.coloured(colours.paper);
            let runs = writer.words(&name, &strong, Role::Display);
            writer.paragraph(Paragraph { style: "CardHead", ..Paragraph::default() }, 0.0, &runs);
            for line in meta.rep_title.iter().chain([&firm]) {
                let runs = writer.words(line, &quiet, Role::Text);
                writer.paragraph(Paragraph { style: "Small", ..Paragraph::default() }, 0.0, &runs);
            }
            let phone = meta.rep_phone.map(|phone| (phone.clone(), contact::phone_link(&phone)));
            let mail = meta.rep_email.map(|mail| (mail.clone(), contact::mail_link(&mail)));
            for (words, uri) in phone.into_iter().chain(mail) {
                let runs = writer.words(&words, &link, Role::Text);
                let runs = match uri {
                    Some(uri) => writer.link(&LinkTarget::Uri(uri), "", &runs),
                    None => runs,
                };
                writer.paragraph(Paragraph { style: "Normal", ..Paragraph::default() }, 0.0, &runs);
            }
        });
        let around = 5.0 * unit;
        let cell = |width: f32, before: f32, middle: bool| Cell {
            width,
            fill: Some(colours.primary),
            padding: Some([around, 0.0, around, before]),
            middle,
            ..Cell::default()
        };
        let cells =
            format!("{}{}", cell(side, 6.0 * unit, true).with(&mark), cell(width - side, 0.0, true).with(&words));
        let xml = self.panel(0.0, &[side, width - side], &cells, false);
        self.table(&xml, 5.0 * unit);
        self.gap = 5.0 * unit;
    }
}
