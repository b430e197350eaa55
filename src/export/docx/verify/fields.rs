//! In: the properties of a content control, and the instructions of a field. Out: what can be filled in, and what a program
//! counts by itself.

use super::node::Element;
use crate::export::docx::controls::region_of;

/// The characters of a box to tick, clear and ticked.
const BOXES: [&str; 4] = ["\u{2610}", "\u{2612}", "\u{2611}", "\u{2713}"];

/// What a content control is.
#[derive(Debug)]
pub enum Control {
    /// Its content is read like any other.
    Plain,
    /// Its content can be filled in.
    Field(Field),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Any,
    Text,
    Date,
    Choice,
    Checkbox,
}

/// Something to fill in.
#[derive(Debug, Clone)]
pub struct Field {
    /// What it is called on the screen.
    pub name: String,
    kind: Kind,
    choices: Vec<String>,
    pub value: String,
}

impl Field {
    /// What the field is, without its value and its name, which LibreOffice drops.
    pub fn sign(&self) -> String {
        let kind = match self.kind {
            Kind::Any => "any",
            Kind::Text => "text",
            Kind::Date => "date",
            Kind::Choice => "choice",
            Kind::Checkbox => "box",
        };
        format!("{kind} {}", self.choices.join(" | "))
    }

    /// Why its value is none that it takes.
    pub fn refused(&self) -> Option<String> {
        let squeezed = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let value = squeezed(&self.value);
        match self.kind {
            Kind::Choice if !value.is_empty() && !self.choices.iter().any(|choice| squeezed(choice) == value) => {
                Some(format!("the field `{}` says what is none of its choices", self.name))
            }
            Kind::Checkbox if !BOXES.contains(&value.as_str()) => {
                Some(format!("the field `{}` says something beside its box", self.name))
            }
            _ => None,
        }
    }
}

/// Reads the properties of a control.
pub fn control(properties: Option<&Element<'_>>, faults: &mut Vec<String>) -> Control {
    let Some(properties) = properties else { return Control::Plain };
    let (mut kind, mut choices) = (None, Vec::new());
    let (mut name, mut tag) = (String::new(), String::new());
    for element in properties.elements() {
        let found = match element.name.as_ref() {
            "w:text" => Some(Kind::Text),
            "w:date" => Some(Kind::Date),
            "w14:checkbox" => Some(Kind::Checkbox),
            "w:dropDownList" => {
                for item in element.elements() {
                    let shown = item.get("w:displayText").or_else(|| item.get("w:value"));
                    choices.push(shown.unwrap_or_default().to_owned());
                }
                Some(Kind::Choice)
            }
            "w:alias" => {
                name = element.val().unwrap_or_default().to_owned();
                None
            }
            "w:tag" => {
                tag = element.val().unwrap_or_default().to_owned();
                None
            }
            // The hint of an empty field is white space: whatever else it shows is its value.
            "w:showingPlcHdr" | "w:id" | "w:lock" | "w:rPr" | "w:placeholder" | "w:temporary" | "w15:color"
            | "w15:appearance" | "w15:tabIndex" | "w:label" | "w:tabIndex" => None,
            // LibreOffice puts the contents into a control of their own.
            "w:docPartObj" if element.child("w:docPartGallery").and_then(Element::val) == Some("Table of Contents") => {
                None
            }
            other => {
                faults.push(format!("holds a control with `{other}`"));
                None
            }
        };
        if found.is_some() && kind.is_some() {
            faults.push("holds a control of two kinds".to_owned());
        }
        kind = kind.or(found);
    }
    // What a locked part holds is read as it is, whatever else the control declares.
    let kind = kind.or_else(|| tag.starts_with("editable:").then_some(Kind::Any));
    match kind.filter(|_| region_of(&tag).is_none()) {
        Some(kind) => Control::Field(Field { name, kind, choices, value: String::new() }),
        None => Control::Plain,
    }
}

/// What represents a field in the text, and whether its value is counted by the program that shows it. `None` for a field
/// that this program does not write.
pub fn kind_of(instruction: &str) -> Option<(String, bool)> {
    let mut words = instruction.split_whitespace();
    let name = words.next()?;
    let rest: Vec<&str> = words.collect();
    let known = |allowed: &[&str]| rest.iter().all(|word| allowed.contains(word));
    match name {
        "PAGE" | "NUMPAGES" if known(&["\\*", "MERGEFORMAT", "Arabic", "ARABIC"]) => Some((name.to_owned(), true)),
        "PAGEREF" => {
            let (target, switches) = rest.split_first()?;
            switches.iter().all(|switch| *switch == "\\h").then(|| (format!("PAGEREF {target}"), true))
        }
        "TOC" if known(&["\\o", "\"1-1\"", "\\h", "\\z", "\\u"]) => Some((name.to_owned(), false)),
        _ => None,
    }
}
