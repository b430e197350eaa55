//! In: the paragraphs and tables of a body, header, footer or note. Out: what a person reads and hears there, as text that
//! does not depend on how the file is written. Everything that is not known is a fault.

mod tables;

use std::collections::BTreeMap;
use std::rc::Rc;

use super::drawing;
use super::fields::{self, Control, Field};
use super::lists::Lists;
use super::looks::{Flow, Look, Styles};
use super::node::{Child, Element};

/// Fields within each other: the contents, a page in it, and one more.
const DEEPEST_FIELD: usize = 4;
/// Digits of a page number.
const LONGEST_PAGE: usize = 4;

/// What is wrong, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The section's id; none before the first.
    pub section: Option<String>,
    pub what: String,
}

/// What a relationship leads to.
#[derive(Debug, Clone)]
pub enum Target {
    /// Outside of the file.
    Outside(String),
    /// A picture, by the digest of its bytes.
    Picture(String),
    /// Another part.
    Part(String),
}

/// What all stories of a document share.
pub struct Shared<'d> {
    pub styles: &'d Styles,
    pub lists: Lists,
    pub notes: BTreeMap<String, &'d Element<'d>>,
    /// The ids of the notes that have been read, in order.
    pub read_notes: Vec<String>,
    pub note_targets: &'d BTreeMap<String, Target>,
}

/// A field under way.
#[derive(Debug, Default)]
struct Computed {
    instruction: String,
    shown: bool,
    /// What the field itself says in the text; none where its value is read like other words.
    counted: bool,
    value: String,
}

/// One story as it is read.
pub struct Story<'s, 'd> {
    pub shared: &'s mut Shared<'d>,
    targets: &'s BTreeMap<String, Target>,
    /// What is read.
    pub text: String,
    /// Sections by id, and where they begin in the text.
    pub sections: Vec<(String, usize)>,
    pub fields: Vec<Field>,
    pub faults: Vec<Fault>,
    /// Where drawings are, in EMU: four numbers for each.
    pub places: Vec<i64>,
    /// Vector pictures: the digest of the raster picture that they replace, and their own.
    pub vectors: Vec<(String, String)>,
    /// Drawings of the paragraph under way.
    pub(super) drawn: String,
    line: Line,
    computed: Vec<Computed>,
    section: Option<String>,
    /// The deepest part of a fillable region under way: its words are not those of the document.
    filled: usize,
    value: String,
    in_note: bool,
}

/// The words of a paragraph under way.
#[derive(Debug, Default, Clone)]
struct Line {
    words: String,
    mark: Option<Rc<str>>,
    flow: Flow,
    blank: bool,
}

impl<'s, 'd> Story<'s, 'd> {
    /// A story that has not been read.
    pub fn new(shared: &'s mut Shared<'d>, targets: &'s BTreeMap<String, Target>) -> Self {
        Self {
            shared,
            targets,
            text: String::new(),
            sections: Vec::new(),
            fields: Vec::new(),
            faults: Vec::new(),
            places: Vec::new(),
            vectors: Vec::new(),
            drawn: String::new(),
            line: Line::default(),
            computed: Vec::new(),
            section: None,
            filled: 0,
            value: String::new(),
            in_note: false,
        }
    }

    /// Notes something that is not known or not allowed.
    pub fn fault(&mut self, what: impl Into<String>) {
        let section = self.section.clone();
        self.faults.push(Fault { section, what: what.into() });
    }

    fn note(&mut self, faults: Vec<String>) {
        faults.into_iter().for_each(|what| self.fault(what));
    }

    /// Notes a field that has no end: what follows it is not shown.
    pub fn end(&mut self) {
        if !self.computed.is_empty() {
            self.fault("holds a field without an end");
        }
    }

    fn unknown(&mut self, element: &Element<'_>) {
        self.fault(format!("holds `{}`", element.name));
    }

    pub(super) fn target(&self, id: &str) -> Option<&Target> {
        let targets = if self.in_note { self.shared.note_targets } else { self.targets };
        targets.get(id)
    }

    /// Reads paragraphs, tables and controls.
    pub fn blocks(&mut self, holder: &Element<'_>) {
        for child in &holder.children {
            let Child::Element(element) = child else {
                self.stray(child);
                continue;
            };
            match element.name.as_ref() {
                "w:p" => self.paragraph(element),
                "w:tbl" => self.table(element),
                "w:sdt" => self.control(element, false),
                "w:bookmarkStart" => self.bookmark(element),
                "w:sectPr" if holder.name == "w:body" => {}
                "w:bookmarkEnd" | "w:proofErr" | "w:tcPr" => {}
                _ => self.unknown(element),
            }
        }
    }

    /// Text where there must be none.
    fn stray(&mut self, child: &Child<'_>) {
        if let Child::Text(text) = child
            && !text.trim().is_empty()
        {
            self.fault("holds text outside of a run");
        }
    }

    fn bookmark(&mut self, element: &Element<'_>) {
        let name = element.get("w:name").unwrap_or_default();
        let Some(id) = name.strip_prefix("_Toc").and_then(|rest| rest.split_once('_')).map(|(_, id)| id) else {
            return;
        };
        if self.filled == 0 && !self.in_note {
            self.section = Some(id.to_owned());
            self.sections.push((id.to_owned(), self.text.len()));
        }
    }

    /// Reads a paragraph.
    pub fn paragraph(&mut self, element: &Element<'_>) {
        let properties = element.child("w:pPr");
        let mut faults = Vec::new();
        let flow = self.shared.styles.flow(properties, &mut faults);
        if let Some(properties) = properties {
            self.paragraph_properties(properties, &mut faults);
        }
        self.note(faults);
        let outer = (
            std::mem::replace(&mut self.line, Line { flow: flow.clone(), ..Line::default() }),
            std::mem::take(&mut self.drawn),
        );
        self.inlines(element);
        let line = std::mem::replace(&mut self.line, outer.0);
        let drawn = std::mem::replace(&mut self.drawn, outer.1);
        self.end_paragraph(&flow, &line, &drawn);
    }

    fn paragraph_properties(&mut self, properties: &Element<'_>, faults: &mut Vec<String>) {
        let mark = properties.child("w:rPr");
        for element in mark.into_iter().flat_map(Element::elements) {
            if matches!(
                element.name.as_ref(),
                "w:ins" | "w:del" | "w:moveFrom" | "w:moveTo" | "w:rPrChange" | "w:specVanish"
            ) {
                faults.push(format!("holds `{}`", element.name));
            }
        }
        if self.filled > 0 && properties.child("w:framePr").is_some() {
            faults.push("holds a frame in a field".to_owned());
        }
    }

    fn end_paragraph(&mut self, flow: &Flow, line: &Line, drawn: &str) {
        let words = line.words.trim();
        if self.filled > 0 {
            if !self.value.is_empty() && !words.is_empty() {
                self.value.push('\n');
            }
            self.value.push_str(words);
        } else {
            let mark = match (&flow.list, words.is_empty()) {
                (Some((list, level)), _) => self.shared.lists.mark(list, *level).or_else(|| {
                    self.fault("holds a list whose marks are not known");
                    None
                }),
                (None, _) => None,
            };
            if !words.is_empty() {
                self.text.push_str(if flow.right_to_left { "P rtl " } else { "P " });
                if let Some(mark) = mark.filter(|mark| !mark.is_empty()) {
                    self.text.push_str(&format!("\u{1}{mark}\u{2} "));
                }
                self.text.push_str(words);
                self.text.push('\n');
            }
        }
        self.text.push_str(drawn);
    }

    /// Reads the content of a line.
    fn inlines(&mut self, holder: &Element<'_>) {
        for child in &holder.children {
            let Child::Element(element) = child else {
                self.stray(child);
                continue;
            };
            match element.name.as_ref() {
                "w:r" => self.run(element),
                "w:hyperlink" => self.link(element),
                "w:sdt" => self.control(element, true),
                "w:fldSimple" => self.simple_field(element),
                "w:bookmarkStart" => self.bookmark(element),
                "w:pPr" | "w:bookmarkEnd" | "w:proofErr" => {}
                _ => self.unknown(element),
            }
        }
    }

    fn link(&mut self, element: &Element<'_>) {
        let to = match (element.get("r:id"), element.get("w:anchor")) {
            (Some(id), None) => match self.target(id) {
                Some(Target::Outside(target)) => target.clone(),
                _ => {
                    self.fault("holds a link that leads nowhere");
                    String::new()
                }
            },
            (None, Some(anchor)) => format!("#{anchor}"),
            _ => {
                self.fault("holds a link with two targets or none");
                String::new()
            }
        };
        self.sign(&format!("\u{1}link {to}\u{2}"));
        self.inlines(element);
        self.sign("\u{1}/link\u{2}");
    }

    /// Reads a run.
    fn run(&mut self, element: &Element<'_>) {
        let mut faults = Vec::new();
        let flow = self.line.flow.clone();
        let look = self.shared.styles.look(&flow, element.child("w:rPr"), &mut faults);
        self.note(faults);
        for child in &element.children {
            match child {
                Child::Element(inner) => self.run_content(inner, &look),
                Child::Text(_) => self.stray(child),
            }
        }
    }

    fn run_content(&mut self, element: &Element<'_>, look: &Look) {
        match element.name.as_ref() {
            "w:t" => {
                if element.elements().next().is_some() {
                    self.fault("holds elements within words");
                }
                self.words(&element.text(), look);
            }
            "w:tab" => self.words("\t", look),
            "w:br" | "w:cr" => match element.get("w:type") {
                None | Some("textWrapping") => self.words("\n", look),
                Some("page" | "column") => {}
                Some(_) => self.unknown(element),
            },
            "w:noBreakHyphen" => self.words("\u{2011}", look),
            "w:softHyphen" => self.words("\u{ad}", look),
            "w:drawing" => drawing::drawing(self, element, look.hidden),
            "mc:AlternateContent" => self.alternative(element, look),
            "w:fldChar" => self.field_char(element),
            "w:instrText" => match self.computed.last_mut().filter(|field| !field.shown) {
                Some(field) => field.instruction.push_str(&element.text()),
                None => self.fault("holds the instruction of no field"),
            },
            "w:footnoteReference" => self.footnote(element),
            "w:footnoteRef" if self.in_note => {}
            "w:rPr" | "w:lastRenderedPageBreak" | "w:separator" | "w:continuationSeparator" => {}
            _ => self.unknown(element),
        }
    }

    /// Adds words that are read. Runs of white space are one space.
    fn words(&mut self, words: &str, look: &Look) {
        if self.computed.iter().any(|field| !field.shown) {
            self.fault("holds words within the instruction of a field");
        }
        if let Some(field) = self.computed.iter_mut().rev().find(|field| field.counted) {
            field.value.push_str(words);
            return;
        }
        let in_contents = self.computed.iter().any(|field| field.instruction.trim_start().starts_with("TOC"));
        let hidden = look.hidden || (look.web_hidden && !in_contents);
        for letter in words.chars() {
            if matches!(letter, ' ' | '\t' | '\n' | '\r') {
                if !self.line.blank && !self.line.words.is_empty() {
                    self.line.words.push(' ');
                }
                self.line.blank = true;
                continue;
            }
            // What is typed into a field may look as it likes.
            if self.filled == 0 && (self.line.mark.as_ref() != Some(&look.mark) || hidden) {
                self.line.words.push_str(&format!("\u{1}{}\u{2}", look.mark));
                self.line.mark = Some(Rc::clone(&look.mark));
            }
            if hidden {
                self.line.words.push_str("\u{1}hidden\u{2}");
            }
            self.line.words.push(letter);
            self.line.blank = false;
        }
    }

    /// Adds something that is no word.
    pub(super) fn sign(&mut self, sign: &str) {
        if self.filled == 0 {
            self.line.words.push_str(sign);
        }
    }

    fn simple_field(&mut self, element: &Element<'_>) {
        let instruction = element.get("w:instr").unwrap_or_default().to_owned();
        self.computed.push(Computed { instruction, ..Computed::default() });
        self.begin_value();
        self.inlines(element);
        self.end_field();
    }

    fn field_char(&mut self, element: &Element<'_>) {
        if element.elements().next().is_some() {
            self.fault("holds a form field of an old kind");
        }
        match element.get("w:fldCharType") {
            Some("begin") if self.computed.len() >= DEEPEST_FIELD => self.fault("holds fields within fields"),
            Some("begin") => self.computed.push(Computed::default()),
            Some("separate") if self.computed.last().is_some_and(|field| !field.shown) => self.begin_value(),
            Some("end") if !self.computed.is_empty() => self.end_field(),
            _ => self.fault("holds a field that is not whole"),
        }
    }

    fn begin_value(&mut self) {
        let Some(field) = self.computed.last_mut() else { return };
        field.shown = true;
        match fields::kind_of(&field.instruction) {
            Some((sign, counted)) => {
                field.counted = counted;
                self.sign(&format!("\u{1}{sign}\u{2}"));
            }
            None => {
                let what = format!("holds the field `{}`", field.instruction.trim());
                self.fault(what);
            }
        }
    }

    fn end_field(&mut self) {
        let Some(field) = self.computed.pop() else { return };
        if !field.shown {
            self.fault("holds a field without a value");
        }
        if field.counted
            && (!field.value.trim().chars().all(|c| c.is_numeric()) || field.value.trim().len() > LONGEST_PAGE)
        {
            self.fault(format!("says `{}` where a page is counted", field.value.trim()));
        }
        if !field.counted {
            self.sign("\u{1}/field\u{2}");
        }
    }

    fn footnote(&mut self, element: &Element<'_>) {
        let id = element.get("w:id").unwrap_or_default();
        // A note may be referred to more than once; its words are read at the first place.
        if let Some(at) = self.shared.read_notes.iter().position(|known| known == id) {
            self.sign(&format!("\u{1}note {at}\u{2}"));
            return;
        }
        let Some(note) = self.shared.notes.remove(id).filter(|_| !self.in_note) else {
            self.fault("refers to a footnote that is not there");
            return;
        };
        self.shared.read_notes.push(id.to_owned());
        let mut inner = Story::new(self.shared, self.targets);
        inner.in_note = true;
        inner.blocks(note);
        inner.end();
        let (text, faults) = (inner.text, inner.faults);
        let (places, vectors) = (inner.places, inner.vectors);
        faults.into_iter().for_each(|fault| self.fault(format!("in a footnote: {}", fault.what)));
        self.places.extend(places);
        self.vectors.extend(vectors);
        self.sign("\u{1}note\u{2}");
        self.drawn.push_str(&format!("note\n{text}/note\n"));
    }

    /// Reads what a program shows that knows shapes; what it shows otherwise must say the same.
    fn alternative(&mut self, element: &Element<'_>, look: &Look) {
        let choices: Vec<&Element<'_>> = element.elements().filter(|inner| inner.name == "mc:Choice").collect();
        let others = element.elements().filter(|inner| inner.name != "mc:Choice");
        let fallbacks: Vec<&Element<'_>> = others.collect();
        let known = |choice: &Element<'_>| matches!(choice.get("Requires"), Some("wps" | "wpg"));
        let ([choice], true) = (choices.as_slice(), fallbacks.len() <= 1) else {
            self.fault("offers several contents to choose from");
            return;
        };
        if !known(choice) || fallbacks.iter().any(|fallback| fallback.name != "mc:Fallback") {
            self.fault("offers several contents to choose from");
            return;
        }
        if let Some(fallback) = fallbacks.first() {
            let (mut shown, mut otherwise) = (String::new(), String::new());
            choice.add_words(&mut shown);
            fallback.add_words(&mut otherwise);
            let odd = fallback.any(&|inner| {
                matches!(
                    inner.name.as_ref(),
                    "v:textpath"
                        | "v:imagedata"
                        | "w:object"
                        | "w:drawing"
                        | "w:sym"
                        | "w:fldSimple"
                        | "w:ins"
                        | "w:del"
                ) || inner.get("string").is_some()
            });
            if shown != otherwise || odd {
                self.fault("shows one thing in some programs and another in others");
            }
        }
        for inner in choice.elements() {
            match inner.name.as_ref() {
                "w:drawing" => drawing::drawing(self, inner, look.hidden),
                _ => self.unknown(inner),
            }
        }
    }

    fn control(&mut self, element: &Element<'_>, inline: bool) {
        let mut faults = Vec::new();
        let control = fields::control(element.child("w:sdtPr"), &mut faults);
        self.note(faults);
        let Some(content) = element.child("w:sdtContent") else {
            self.fault("holds a control without content");
            return;
        };
        match control {
            Control::Plain => self.content(content, inline),
            Control::Field(field) if self.filled > 0 => {
                self.fault(format!("holds the field `{}` within another", field.name));
            }
            Control::Field(field) => self.field(field, content, inline),
        }
    }

    fn content(&mut self, content: &Element<'_>, inline: bool) {
        if inline { self.inlines(content) } else { self.blocks(content) }
    }

    fn field(&mut self, mut field: Field, content: &Element<'_>, inline: bool) {
        let sign = format!("\u{1}field {}\u{2}", field.sign());
        if inline {
            self.line.words.push_str(&sign);
        } else {
            self.text.push_str(&format!("{sign}\n"));
        }
        self.filled += 1;
        let value = std::mem::take(&mut self.value);
        let line = self.line.clone();
        self.line.words.clear();
        self.line.blank = false;
        self.content(content, inline);
        let typed = std::mem::replace(&mut self.line, line);
        let own = std::mem::replace(&mut self.value, value);
        self.filled -= 1;
        self.line.mark = None;
        field.value = if inline { typed.words.trim().to_owned() } else { own };
        if let Some(what) = field.refused() {
            self.fault(what);
        }
        self.fields.push(field);
    }
}
