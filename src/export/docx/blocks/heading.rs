//! In: headings. Out: paragraphs in the heading styles: the section's title with its number and rule, heads beside the
//! text (frames) or above it.

use crate::document::model::{Block, BlockKind, Inline, plain};
use crate::export::docx::elements::{Look, Paragraph};
use crate::export::docx::numbering;
use crate::export::docx::writer::{Area, Writer};
use crate::export::docx::xml::twips;
use crate::layout::fonts::Face as Role;
use crate::layout::reach::{Reach, reach};
use crate::layout::text::Style;

impl Writer<'_> {
    pub(super) fn heading(&mut self, level: u8, text: &[Inline], next: Option<&Block>, area: Area) {
        if level == 1 && area.page {
            return self.title(text, area);
        }
        let unit = self.styles.unit;
        let over_wide = area.page && next.is_some_and(|next| reach(next, &self.styles, &self.grid) == Reach::Page);
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
            return self.side_head(text, &runs, above, next);
        }
        if area.page && level <= 2 {
            self.settle();
        }
        let x = if area.page && !(over_wide && level == 2) { area.x } else { 0.0 };
        let indent = area.page.then_some((x, 0.0, 0.0));
        self.paragraph(Paragraph { style, indent, ..Paragraph::default() }, above, &runs);
        self.headed = true;
        self.after(below);
    }

    /// A head in columns 1 to 3, on the first line of what follows: a frame that nothing flows around.
    fn side_head(&mut self, text: &[Inline], runs: &str, above: f32, next: Option<&Block>) {
        // The space above stands above what follows: a frame has none that others respect.
        let unit = self.styles.unit;
        self.gap += std::mem::take(&mut self.side).max(0.0);
        let gap = self.space_before(above);
        self.space((gap - unit).max(1.0), true);
        self.beside = Some(unit);
        let style = self.styles.h2.clone();
        let width = self.balanced(text, &style, self.grid.side_width);
        // On the baseline of the text, which has a little space above it.
        let inside = match next.map(|next| &next.kind) {
            Some(BlockKind::Callout { .. }) => 3.5 * unit,
            Some(BlockKind::Toc) => 0.25 * unit,
            _ => 0.0,
        };
        let down = (unit + inside + 0.8 * (self.styles.body.leading - style.leading)).max(0.05);
        let extra = format!(
            "<w:framePr w:w=\"{}\" w:wrap=\"around\" w:vAnchor=\"text\" w:hAnchor=\"margin\" w:x=\"1\" w:y=\"{}\"/>",
            twips(width),
            twips(down).max(1),
        );
        let count = (self.names.advances(style.face, style.weight).width(&plain(text)) * style.size / width).ceil();
        self.side = down + count.max(1.0) * style.leading;
        let right_to_left = self.mirrored();
        let head = Paragraph { style: "SideHead", before: Some(0.0), extra, right_to_left, ..Paragraph::default() };
        self.beside_region(&head, runs);
        self.headed = true;
    }

    /// The style of a section's title: as large as fits three lines, down to seven tenths, as layout sets it.
    fn fitted(&self, text: &[Inline], width: f32) -> Style {
        let style = self.styles.h1.clone();
        let font = self.names.advances(style.face, style.weight);
        let plain = plain(text);
        let mut size = style.size;
        loop {
            let words: Vec<f32> = plain.split_whitespace().map(|word| font.width(word) * size).collect();
            let least = style.size * 0.7;
            if size <= least || lines(&words, font.width(" ") * size, width) <= 3 {
                return style.sized(size);
            }
            size = (size * 0.94).max(least);
        }
    }

    /// The narrowest width in which words take no more lines than in `most` pt, so that none is left alone.
    fn balanced(&self, text: &[Inline], style: &Style, most: f32) -> f32 {
        let font = self.names.advances(style.face, style.weight);
        let plain = plain(text);
        let words: Vec<f32> = plain.split_whitespace().map(|word| font.width(word) * style.size).collect();
        let space = font.width(" ") * style.size;
        let count = lines(&words, space, most);
        if count == usize::MAX {
            return most;
        }
        let mut width = most;
        while width > 8.0 && lines(&words, space, width - 1.0) == count {
            width -= 1.0;
        }
        // Readers kern, which makes words narrower than they are measured here.
        (width + 0.5).min(most)
    }

    /// The section's title: a rule over all columns, the number at its start, the title beside it.
    fn title(&mut self, text: &[Inline], area: Area) {
        let unit = self.styles.unit;
        let style = self.fitted(text, area.width);
        let smaller = style.size < self.styles.h1.size;
        let look = if smaller { Look::default().sized(style.size) } else { Look::default() };
        let runs = self.inlines(text, &look, Role::Display, area.ink);
        let extra = if self.numbers_sections() { numbering::reference(numbering::SECTIONS, 0) } else { String::new() };
        let numbered = !extra.is_empty();
        let right = area.width - self.balanced(text, &style, area.width);
        let indent = if numbered { (area.x, right, -area.x) } else { (area.x, right, 0.0) };
        self.settle();
        // The rule runs over all columns, the title over fewer: so it stands in a paragraph of its own.
        self.paragraph(Paragraph { style: "SectionRule", ..Paragraph::default() }, 10.0 * unit, "");
        let leading = smaller.then_some(style.leading);
        let paragraph = Paragraph { style: "Heading1", indent: Some(indent), leading, extra, ..Paragraph::default() };
        self.paragraph(paragraph, 4.0 * unit, &runs);
        self.headed = true;
        self.after(3.0 * unit);
    }
}

/// How many lines words take in a width; a word that is wider takes one for itself.
fn lines(words: &[f32], space: f32, width: f32) -> usize {
    let mut count = 1;
    let mut at = 0.0;
    for word in words {
        let next = if at > 0.0 { at + space + word } else { *word };
        if at > 0.0 && next > width {
            count += 1;
            at = *word;
        } else {
            at = next;
        }
        // A word that is broken is never balanced further.
        if *word > width {
            return usize::MAX;
        }
    }
    count
}

#[cfg(test)]
mod tests {
    use super::lines;

    #[test]
    fn words_are_counted_into_lines() {
        assert_eq!(lines(&[10.0, 10.0, 10.0], 2.0, 22.0), 2);
        assert_eq!(lines(&[10.0, 10.0], 2.0, 21.9), 2);
        assert_eq!(lines(&[30.0], 2.0, 20.0), usize::MAX);
    }
}
