//! In: headings. Out: paragraphs in the heading styles: the section's title with its number and rule, heads beside the
//! text (frames) or above it.

use super::Reach;
use crate::document::model::{Block, Inline};
use crate::export::docx::elements::{Look, Paragraph};
use crate::export::docx::numbering;
use crate::export::docx::writer::{Area, Writer};
use crate::export::docx::xml::twips;
use crate::layout::fonts::Face as Role;

impl Writer<'_> {
    pub(super) fn heading(&mut self, level: u8, text: &[Inline], next: Option<&Block>, area: Area) {
        if level == 1 && area.page {
            return self.title(text, area);
        }
        let unit = self.styles.unit;
        let over_wide = area.page && next.is_some_and(|next| self.reach(next) == Reach::Page);
        let beside = area.page && level == 2 && !over_wide && next.is_some();
        let look = Look { colour: area.ink.words, ..Look::default() };
        let runs = self.inlines(text, &look, Role::Display, area.ink);
        let style = match level {
            1 => "Heading1",
            2 => "Heading2",
            _ => "Heading3",
        };
        let (above, below) = if level <= 2 { (6.0 * unit, 2.0 * unit) } else { (4.0 * unit, unit) };
        if beside {
            self.side_head(style, &runs, above);
            return;
        }
        let x = if area.page && !(over_wide && level == 2) { area.x } else { 0.0 };
        let indent = area.page.then_some((x, 0.0, 0.0));
        self.paragraph(Paragraph { style, indent, ..Paragraph::default() }, above, &runs);
        self.after(below);
    }

    /// A head in columns 1 to 3, on the first line of the text that follows.
    fn side_head(&mut self, style: &str, runs: &str, above: f32) {
        // The space above stands above the text: a frame has none that others respect.
        let gap = self.gap.max(above);
        self.gap = 0.0;
        self.space(gap, true);
        let extra = format!(
            "<w:framePr w:w=\"{}\" w:hSpace=\"{}\" w:wrap=\"around\" w:vAnchor=\"text\" w:hAnchor=\"margin\" w:x=\"1\" w:y=\"1\"/>",
            twips(self.grid.side_width),
            twips(self.grid.gutter),
        );
        self.paragraph(Paragraph { style, extra, ..Paragraph::default() }, 0.0, runs);
    }

    /// The section's title: a rule over all columns, the number at its start, the title beside it.
    fn title(&mut self, text: &[Inline], area: Area) {
        let unit = self.styles.unit;
        let runs = self.inlines(text, &Look::default(), Role::Display, area.ink);
        let extra = if self.numbers_sections() {
            numbering::reference(numbering::SECTIONS, 0)
        } else {
            String::new()
        };
        let numbered = !extra.is_empty();
        let indent = if numbered { (area.x, 0.0, -area.x) } else { (area.x, 0.0, 0.0) };
        let paragraph = Paragraph { style: "Heading1", indent: Some(indent), extra, ..Paragraph::default() };
        self.paragraph(paragraph, 12.0 * unit, &runs);
        self.after(3.0 * unit);
    }
}
