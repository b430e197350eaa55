//! In: what can be filled in, and what cannot. Out: content controls: fields for text, dates and a tick, regions that stay
//! as they are, and regions that the client or rep may change.

use super::around::locked_around;
use super::elements::{Look, Paragraph, run};
use super::runs::directions;
use super::writer::{SQUEEZE, Writer};
use super::xml::{allowed, escaped};
use crate::document::model::Block;
use crate::layout::fonts::Face as Role;

use super::writer::Area;

/// The fonts of boxes to tick; Word brings one, LibreOffice another.
pub const SYMBOLS: &str = "MS Gothic";
/// What the tags of locked parts begin with.
const REGION: &str = "brand:";
/// Word takes no longer tag.
const LONGEST_TAG: usize = 64;

/// What a field takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind<'a> {
    Text,
    Date,
    Checkbox,
    /// One of these.
    Choice(&'a [String]),
}

/// A field within a line.
#[derive(Debug, Clone, Copy)]
pub struct Control<'a> {
    pub kind: Kind<'a>,
    /// Letters, digits and hyphens.
    pub tag: &'a str,
    /// What it is called on the screen and by a screen reader.
    pub title: &'a str,
    /// The run that it shows; none for an empty field.
    pub shown: Option<&'a str>,
}

impl Writer<'_> {
    /// A field.
    pub fn control(&mut self, control: &Control<'_>) -> String {
        self.note_field();
        let tag = self.unused_tag(control.tag);
        let kind = match control.kind {
            Kind::Text => "<w:text/>".to_owned(),
            Kind::Date => format!(
                "<w:date><w:dateFormat w:val=\"yyyy-MM-dd\"/><w:lid w:val=\"{}\"/><w:storeMappedDataAs w:val=\"dateTime\"/><w:calendar w:val=\"gregorian\"/></w:date>",
                escaped(&self.cx.meta.locale)
            ),
            Kind::Checkbox => format!(
                "<w14:checkbox><w14:checked w14:val=\"0\"/><w14:checkedState w14:val=\"2612\" w14:font=\"{SYMBOLS}\"/>\
                 <w14:uncheckedState w14:val=\"2610\" w14:font=\"{SYMBOLS}\"/></w14:checkbox>"
            ),
            Kind::Choice(choices) => format!("<w:dropDownList>{}</w:dropDownList>", items(choices)),
        };
        let (shown, hint) = match (control.shown, control.kind) {
            (Some(run), _) => (run.to_owned(), ""),
            (None, Kind::Checkbox) => (
                run("\u{2610}", &Look { made: true, font: Some(SYMBOLS.into()), bold: Some(false), ..Look::default() }),
                "",
            ),
            (None, _) => (placeholder(), "<w:showingPlcHdr/>"),
        };
        format!(
            "<w:sdt><w:sdtPr>{}<w:lock w:val=\"sdtLocked\"/>{hint}{kind}</w:sdtPr><w:sdtContent>{shown}</w:sdtContent></w:sdt>",
            self.heading_of(control.title, &tag)
        )
    }

    /// Title, tag and id of a control.
    fn heading_of(&mut self, title: &str, tag: &str) -> String {
        let title: String = allowed(title).chars().map(|c| if c.is_control() { ' ' } else { c }).take(64).collect();
        format!(
            "<w:alias w:val=\"{}\"/><w:tag w:val=\"{}\"/><w:id w:val=\"{}\"/>",
            escaped(&title),
            escaped(tag),
            100_000 + self.id()
        )
    }

    /// A tag that no other control of the document has.
    fn unused_tag(&mut self, wanted: &str) -> String {
        let clean: String =
            wanted.chars().map(|c| if c.is_ascii_alphanumeric() || c == '-' || c == ':' { c } else { '-' }).collect();
        let base: String = clean.chars().take(LONGEST_TAG - 4).collect();
        let mut tag = base.clone();
        let mut times = 1;
        while self.tags.contains(&tag) {
            times += 1;
            tag = format!("{base}-{times}");
        }
        self.tags.push(tag.clone());
        tag
    }

    /// Begins a region that stays as it is. What is written until [`Writer::close_region`] belongs to it.
    pub fn open_region(&mut self, section: &str, title: &str) {
        self.close_region();
        self.region = Some((section.to_owned(), title.to_owned(), self.out.len()));
        // LibreOffice takes what stands first in a control for the control's own text and drops its look: so a paragraph
        // of no height comes first.
        // It takes the space before what follows: at the top of a page, readers drop what the first paragraph wants.
        let before = if self.beside.is_some() || self.page_break { 0.0 } else { self.gap * SQUEEZE };
        if self.page_break {
            self.beside = Some(0.0);
        }
        self.taken = before;
        let first = Paragraph {
            style: "Space",
            before: Some(before),
            keep_next: self.headed,
            page_break: std::mem::take(&mut self.page_break),
            ..Paragraph::default()
        };
        self.out.push_str(&first.with(""));
    }

    /// Ends the region under work; one in which nothing stands leaves no trace.
    pub fn close_region(&mut self) {
        let Some((section, title, start)) = self.region.take() else { return };
        if self.out[start..].matches("<w:p>").nth(1).is_none() && !self.out[start..].contains("<w:tbl>") {
            self.page_break |= self.out[start..].contains("<w:pageBreakBefore");
            self.out.truncate(start);
            self.taken = 0.0;
            return;
        }
        let (head, end) = self.lock(&section, &title);
        self.out.insert_str(start, &head);
        self.out.push_str(end);
    }

    /// What stands before and after content that stays as it is: whole paragraphs, or runs within one. A section may have
    /// several such parts; they are one region, which `verify` compares as a whole.
    fn lock(&mut self, section: &str, title: &str) -> (String, &'static str) {
        let parts = self.tags.iter().filter(|tag| region_of(tag) == Some(section)).count();
        let tag = format!("{REGION}{section}:{}", parts + 1);
        self.tags.push(tag.clone());
        let heading = self.heading_of(title, &tag);
        let head = format!("<w:sdt><w:sdtPr>{heading}<w:lock w:val=\"sdtContentLocked\"/></w:sdtPr><w:sdtContent>");
        (head, "</w:sdtContent></w:sdt>")
    }

    /// Writes a paragraph that must not stand within a control, because LibreOffice then makes no frame of it; its words
    /// are locked all the same.
    pub fn beside_region(&mut self, paragraph: &Paragraph, runs: &str) {
        let xml = paragraph.with(&self.marked(runs));
        self.unlocked(|writer| writer.out.push_str(&xml));
    }

    /// Writes what must not stand in a locked region: within one, nothing can be filled in. The words around what can be
    /// are locked by themselves, and belong to the region.
    pub fn unlocked(&mut self, write: impl FnOnce(&mut Self)) {
        let open = self.region.as_ref().map(|(section, title, _)| (section.clone(), title.clone()));
        self.close_region();
        let start = self.out.len();
        write(self);
        if let Some((section, title)) = open {
            let written = self.out.split_off(start);
            let locked = locked_around(&written, &mut |runs| {
                let (head, end) = self.lock(&section, &title);
                format!("{head}{runs}{end}")
            });
            self.out.push_str(&locked);
            self.open_region(&section, &title);
        }
    }

    /// The words of a field: Word takes one run there, whatever fonts and directions the words need.
    pub fn field_run(&mut self, words: &str, look: &Look) -> String {
        let pieces = self.names.pieces(words, Role::Text, look.bold == Some(true));
        let font = pieces.into_iter().find_map(|(_, face)| face).map(|face| face.name);
        let right_to_left = directions(words).first().is_some_and(|(_, right_to_left)| *right_to_left);
        run(words, &Look { font, right_to_left, ..look.clone() })
    }

    /// A region that the client or rep may change.
    pub fn editable(&mut self, id: &str, label: &str, blocks: &[Block], area: Area) {
        self.note_field();
        self.unlocked(|writer| {
            let start = writer.out.len();
            writer.blocks(blocks, area);
            if writer.out.len() == start {
                writer.space(writer.styles.body.leading, false);
            }
            let content = writer.out.split_off(start);
            let tag = writer.unused_tag(&format!("editable:{id}"));
            let heading = writer.heading_of(label, &tag);
            writer.out.push_str(&format!(
                "<w:sdt><w:sdtPr>{heading}<w:lock w:val=\"sdtLocked\"/></w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"
            ));
        });
    }
}

/// The section of a locked part by its tag.
pub fn region_of(tag: &str) -> Option<&str> {
    tag.strip_prefix(REGION)?.rsplit_once(':').map(|(section, _)| section)
}

/// The entries of a list to choose from; Word takes none twice.
fn items(choices: &[String]) -> String {
    let mut seen: Vec<String> = Vec::new();
    let mut items = String::new();
    for choice in choices.iter().map(|choice| escaped(choice).to_string()) {
        if !seen.contains(&choice) {
            items.push_str(&format!("<w:listItem w:displayText=\"{choice}\" w:value=\"{choice}\"/>"));
            seen.push(choice);
        }
    }
    items
}

/// What an empty field shows: room to click on, without a word.
fn placeholder() -> String {
    let look = Look { style: Some("PlaceholderText"), made: true, ..Look::default() };
    run("\u{2003}\u{2003}\u{2003}\u{2003}\u{2003}\u{2003}", &look)
}
