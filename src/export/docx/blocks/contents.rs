//! In: the sections and the pages they begin on. Out: the contents as one field whose entries are filled in, so that
//! nobody is asked anything when the file is opened.

use crate::document::model::plain;
use crate::export::docx::elements::{Look, Paragraph, raw_run};
use crate::export::docx::writer::{Area, Writer};
use crate::layout::fonts::Face as Role;

/// An entry of the contents.
#[derive(Debug, Clone)]
pub struct Entry {
    pub title: String,
    /// The bookmark of its heading.
    pub mark: String,
    /// 1 for the first.
    pub page: usize,
    /// 1 for the first.
    pub number: usize,
}

impl Writer<'_> {
    pub(super) fn contents(&mut self, area: Area) {
        let unit = self.styles.unit;
        self.side = 0.0;
        self.contents_area = Some(area);
        let entries = self.entries.clone();
        let quiet = Look { made: true, ..Look::default() }.coloured(self.styles.colours.muted);
        let figures = Look { bold: Some(true), tabular: true, ..quiet.clone() };
        let last = entries.len().saturating_sub(1);
        for (index, entry) in entries.iter().enumerate() {
            let mut runs = String::new();
            if index == 0 {
                runs.push_str(&field_start(" TOC \\o \"1-1\" \\h \\z \\u "));
            }
            let number = self.words(&entry.number.to_string(), &figures, Role::Text);
            let tab = raw_run(&Look { made: true, ..Look::default() }, "<w:tab/>");
            let title = self.words(&entry.title, &Look { made: true, ..Look::default() }, Role::Text);
            let page = self.words(&entry.page.to_string(), &figures, Role::Text);
            let number_of_page = format!(
                "{}{page}{}",
                field_start(&format!(" PAGEREF {} \\h ", entry.mark)),
                raw_run(&Look::default(), "<w:fldChar w:fldCharType=\"end\"/>")
            );
            runs.push_str(&format!(
                "<w:hyperlink w:anchor=\"{}\" w:history=\"1\">{number}{tab}{title}{tab}{number_of_page}</w:hyperlink>",
                entry.mark
            ));
            if index == last {
                runs.push_str(&raw_run(&Look::default(), "<w:fldChar w:fldCharType=\"end\"/>"));
            }
            let paragraph = Paragraph {
                style: "TOC1",
                keep_next: index == 0 || index + 2 == entries.len(),
                ..Paragraph::default()
            };
            self.paragraph(paragraph, if index == 0 { 1.25 * unit } else { 4.0 }, &runs);
        }
        self.after(4.0 * unit);
    }

    /// The title of a section as its entry says it.
    pub fn entry_title(section: &crate::document::model::Section) -> Option<String> {
        crate::layout::title_of(section).as_deref().map(plain)
    }
}

/// The runs that begin a field, up to its cached value.
fn field_start(instruction: &str) -> String {
    let look = Look::default();
    format!(
        "{}{}{}",
        raw_run(&look, "<w:fldChar w:fldCharType=\"begin\"/>"),
        raw_run(&look, &format!("<w:instrText xml:space=\"preserve\">{instruction}</w:instrText>")),
        raw_run(&look, "<w:fldChar w:fldCharType=\"separate\"/>")
    )
}
