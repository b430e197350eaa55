//! In: the two parties. Out: places to sign on, and the client's yes: content controls that can be filled in while the rest
//! of the document is locked.

use crate::export::docx::controls::{Control, Kind};
use crate::export::docx::elements::{self, Cell, Edge, Look, Paragraph};
use crate::export::docx::writer::{Area, Writer};
use crate::layout::fonts::Face as Role;

impl Writer<'_> {
    pub(super) fn signature(&mut self, area: Area) {
        let unit = self.styles.unit;
        let (x, width) = self.span(area);
        let gutter = 8.0 * unit;
        let column = (width - gutter) / 2.0;
        let client = self.cx.meta.client_name.clone();
        let firm = self.cx.brand.legal.company.clone();
        let signed_for = self.furniture.signed_for.clone();
        let mut cells = String::new();
        for (index, (party, id)) in [(client, "client"), (firm, "firm")].into_iter().enumerate() {
            if index > 0 {
                cells.push_str(&self.gutter(gutter));
            }
            let inner = self.inside(|writer| {
                let runs = writer.made(&signed_for, &Look::default());
                let small = Paragraph { style: "Small", ..Paragraph::default() };
                writer.paragraph(small, 0.0, &runs);
                let runs = writer.made(&party, &Look::default());
                writer.paragraph(Paragraph { style: "Party", ..Paragraph::default() }, 0.0, &runs);
                writer.places(&party, id, column);
            });
            let cell = Cell {
                width: column,
                top: Some(Edge { colour: self.styles.colours.primary, width: 1.0 }),
                padding: Some([2.0 * unit, 0.0, 0.0, 0.0]),
                ..Cell::default()
            };
            cells.push_str(&cell.with(&inner));
        }
        let xml = self.panel(x, &[column, gutter, column], &cells, false);
        self.table(&xml, 6.0 * unit);
        self.gap = 4.0 * unit;
    }

    /// Lines to fill in, with their labels below: the signature has a line of its own, the others share one.
    fn places(&mut self, party: &str, id: &str, width: f32) {
        let unit = self.styles.unit;
        let words = self.furniture.clone();
        let gap = 3.0 * unit;
        let half = (width - gap) / 2.0;
        let rows = [
            (9.0 * unit, vec![(words.signature, width, "signature", Kind::Text)]),
            (7.0 * unit, vec![(words.name, half, "name", Kind::Text), (words.title, half, "title", Kind::Text)]),
            (7.0 * unit, vec![(words.date, half, "date", Kind::Date)]),
        ];
        for (room, places) in rows {
            let (mut lines, mut labels, mut widths) = (String::new(), String::new(), Vec::new());
            for (index, (label, width, what, kind)) in places.into_iter().enumerate() {
                if index > 0 {
                    lines.push_str(&self.gutter(gap));
                    labels.push_str(&self.gutter(gap));
                    widths.push(gap);
                }
                widths.push(width);
                let tag = format!("{id}-{what}");
                let title = format!("{party}: {label}");
                let field = self.inside(|writer| {
                    let runs = if writer.cx.meta.forms {
                        writer.control(&Control { kind, tag: &tag, title: &title, shown: None })
                    } else {
                        String::new()
                    };
                    writer.paragraph(Paragraph { style: "Normal", ..Paragraph::default() }, 0.0, &runs);
                });
                let above = (room - self.styles.body.leading).max(0.0);
                let cell = Cell {
                    width,
                    bottom: Some(Edge { colour: self.styles.colours.muted, width: 0.5 }),
                    padding: Some([above, 0.0, 0.0, 0.0]),
                    low: true,
                    ..Cell::default()
                };
                lines.push_str(&cell.with(&field));
                let said = self.inside(|writer| {
                    let runs = writer.made(&label, &Look::default());
                    writer.paragraph(Paragraph { style: "Small", ..Paragraph::default() }, 0.5 * unit, &runs);
                });
                labels.push_str(&Cell { width, ..Cell::default() }.with(&said));
            }
            let rows = format!("{}{}", elements::row(&lines, false), elements::row(&labels, false));
            let xml = elements::Table {
                style: "BrandPanel",
                indent: 0.0,
                widths: &widths,
                description: None,
                right_to_left: self.mirrored(),
            }
            .with(&rows);
            if self.out.ends_with("</w:tbl>") {
                self.space(1.0, true);
            }
            self.out.push_str(&xml);
        }
    }

    pub(super) fn acceptance(&mut self, area: Area) {
        let unit = self.styles.unit;
        let padding = 5.0 * unit;
        let (x, width) = self.span(area);
        let side = if area.page { area.x } else { 0.0 };
        let meta = self.cx.meta.clone();
        let tint = area.page.then_some(self.styles.colours.tint);
        let (mut cells, mut widths) = (String::new(), Vec::new());
        if area.page {
            let who = self.inside(|writer| {
                let lines = [(&meta.client_name, "CalloutHead"), (&meta.number, "Small"), (&meta.date, "Small")];
                for (words, style) in lines.into_iter().filter(|(words, _)| !words.trim().is_empty()) {
                    let role = if style == "CalloutHead" { Role::Display } else { Role::Text };
                    let runs = writer.words(words, &Look { made: true, ..Look::default() }, role);
                    writer.paragraph(Paragraph { style, ..Paragraph::default() }, 0.0, &runs);
                }
            });
            let cell = Cell {
                width: side,
                fill: tint,
                padding: Some([padding, self.grid.gutter, padding, padding]),
                ..Cell::default()
            };
            widths.push(side);
            cells.push_str(&cell.with(&who));
        }
        let accepted = self.furniture.accepted.clone();
        let right = if area.page { padding } else { 0.0 };
        let room = width - side - right;
        let inner = self.inside(|writer| {
            let title = format!("{}: {accepted}", meta.client_name);
            let tick = if meta.forms {
                writer.control(&Control { kind: Kind::Checkbox, tag: "client-accepted", title: &title, shown: None })
            } else {
                elements::run(
                    "\u{2610}",
                    &Look { made: true, font: Some(super::super::controls::SYMBOLS.into()), ..Look::default() },
                )
            };
            let words = writer.made(&format!(" {accepted}"), &Look::default());
            let paragraph = Paragraph { style: "Party", ..Paragraph::default() };
            writer.paragraph(paragraph, 0.0, &format!("{tick}{words}"));
            writer.places(&meta.client_name, "acceptance", room);
        });
        let cell =
            Cell { width: width - side, fill: tint, padding: Some([right, right, right, 0.0]), ..Cell::default() };
        widths.push(width - side);
        cells.push_str(&cell.with(&inner));
        let xml = self.panel(x, &widths, &cells, false);
        self.table(&xml, 6.0 * unit);
        self.gap = 4.0 * unit;
    }
}
