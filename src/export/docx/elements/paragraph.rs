//! In: how a paragraph looks besides its style. Out: its XML around its runs.

use std::rc::Rc;

use docx_rs::{AlignmentType, LineSpacing, LineSpacingType, ParagraphProperty, SpecialIndentType};

use super::known::Known;
use super::ordered;
use crate::document::model::Align;
use crate::export::docx::xml::twips;

/// No line above a paragraph, whatever its style has.
pub const BARE: &str = "<w:pBdr><w:top w:val=\"nil\"/></w:pBdr>";

/// How a paragraph looks besides its style.
#[derive(Debug, Clone, Default)]
pub struct Paragraph {
    pub style: &'static str,
    pub align: Option<Align>,
    /// pt: left (start), right (end), first line (negative hangs).
    pub indent: Option<(f32, f32, f32)>,
    /// pt.
    pub before: Option<f32>,
    pub after: Option<f32>,
    /// Distance of baselines, pt.
    pub leading: Option<f32>,
    pub keep_next: bool,
    pub keep_lines: bool,
    pub page_break: bool,
    pub right_to_left: bool,
    /// True for a paragraph that drawings hang on: their places count from the left in either direction.
    pub holds_drawings: bool,
    /// Other properties as XML: frames, borders, tabs, numbering, sections.
    pub extra: String,
}

/// The same in twentieths of a point.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Measured {
    style: &'static str,
    align: Option<Align>,
    indent: Option<[i32; 3]>,
    before: Option<u32>,
    after: Option<u32>,
    leading: Option<i32>,
    keep_next: bool,
    keep_lines: bool,
    page_break: bool,
    right_to_left: bool,
    extra: String,
}

thread_local! {
    static KNOWN: Known<Measured> = Known::default();
}

impl Paragraph {
    /// The whole paragraph around its runs.
    pub fn with(&self, runs: &str) -> String {
        ["<w:p>", &*self.properties(), runs, "</w:p>"].concat()
    }

    /// The properties of the paragraph.
    pub fn properties(&self) -> Rc<str> {
        KNOWN.with(|known| known.of(&self.measured(), Measured::properties))
    }

    fn measured(&self) -> Measured {
        let room = |pt: f32| twips(pt.max(0.0)).unsigned_abs();
        Measured {
            style: self.style,
            align: self.align,
            indent: self.indent.map(|(left, right, first)| [left, right, first].map(twips)),
            before: self.before.map(room),
            after: self.after.map(room),
            leading: self.leading.map(twips),
            keep_next: self.keep_next,
            keep_lines: self.keep_lines,
            page_break: self.page_break,
            right_to_left: self.right_to_left,
            extra: self.extra.clone(),
        }
    }
}

impl Measured {
    fn properties(&self) -> String {
        let mut property = ParagraphProperty::new();
        if !self.style.is_empty() {
            property = property.style(self.style);
        }
        if let Some(align) = self.align {
            property = property.align(match align {
                Align::Centre => AlignmentType::Center,
                // In right-to-left paragraphs, left means the start.
                Align::Start => AlignmentType::Left,
                Align::End => AlignmentType::Right,
            });
        }
        if let Some([left, right, first]) = self.indent {
            let special = match first {
                0 => None,
                first if first > 0 => Some(SpecialIndentType::FirstLine(first)),
                first => Some(SpecialIndentType::Hanging(-first)),
            };
            property = property.indent(Some(left), special, Some(right), None);
        }
        if self.before.is_some() || self.after.is_some() || self.leading.is_some() {
            property = property.line_spacing(self.spacing());
        }
        property.keep_next = self.keep_next.then_some(true);
        property.keep_lines = self.keep_lines.then_some(true);
        property.page_break_before = self.page_break.then_some(true);
        property.bidi = self.right_to_left.then_some(true);
        ordered(&property, &self.extra)
    }

    fn spacing(&self) -> LineSpacing {
        let mut spacing = LineSpacing::new();
        if let Some(before) = self.before {
            spacing = spacing.before(before);
        }
        if let Some(after) = self.after {
            spacing = spacing.after(after);
        }
        if let Some(leading) = self.leading {
            spacing = spacing.line_rule(LineSpacingType::Exact).line(leading);
        }
        spacing
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_paragraph_has_its_properties_in_order() {
        let paragraph = Paragraph {
            style: "Body",
            before: Some(4.0),
            keep_next: true,
            extra: "<w:pBdr/>".into(),
            ..Paragraph::default()
        };
        assert_eq!(
            paragraph.with(""),
            "<w:p><w:pPr><w:pStyle w:val=\"Body\" /><w:keepNext /><w:pBdr/><w:spacing w:before=\"80\" /></w:pPr></w:p>"
        );
    }
}
