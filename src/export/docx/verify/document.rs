//! In: the parts of a package. Out: [`Reading`]: what a person reads and hears in the document, place by place.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use super::archive::Part;
use super::fields::Field;
use super::lists::Lists;
use super::looks::Styles;
use super::node::Element;
use super::package::Package;
use super::story::{Fault, Shared, Story, Target};
use crate::hexadecimal::hex;

/// Twentieths of a point that a page must have in each direction.
const SMALLEST_PAGE: i64 = 2000;

/// The settings that change no word. Everything else in `word/settings.xml` is a fault.
const SETTINGS: &[&str] = &[
    "w:zoom",
    "w:embedTrueTypeFonts",
    "w:saveSubsetFonts",
    "w:embedSystemFonts",
    "w:documentProtection",
    "w:defaultTabStop",
    "w:autoHyphenation",
    "w:characterSpacingControl",
    "w:footnotePr",
    "w:endnotePr",
    "w:compat",
    "w:themeFontLang",
    "w:clrSchemeMapping",
    "w:decimalSymbol",
    "w:listSeparator",
    "w:rsids",
    "w:proofState",
    "w:hideSpellingErrors",
    "w:hideGrammaticalErrors",
    "w:evenAndOddHeaders",
    "w:view",
    "w:doNotTrackMoves",
    "w:removePersonalInformation",
    "w:consecutiveHyphenLimit",
    "w:hyphenationZone",
    "w:doNotHyphenateCaps",
    "w:shapeDefaults",
    "w:hdrShapeDefaults",
    "w:stylePaneFormatFilter",
    "w15:chartTrackingRefBased",
    "w14:docId",
    "w15:docId",
    "w:updateFields",
];

/// Gives the digest of an embedded font by the name of its part, its bytes and the key that they are changed by.
pub type FontDigest<'f> = &'f dyn Fn(&str, &[u8], &str) -> Option<String>;

/// A place in the document with what is read there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Its name among the properties: `body`, `header`, `section.terms`.
    pub key: String,
    /// What a person calls it.
    pub name: String,
    pub digest: String,
}

/// What a person reads and hears in a document.
#[derive(Debug, Default)]
pub struct Reading {
    pub places: Vec<Place>,
    pub faults: Vec<(String, String)>,
    pub fields: Vec<Field>,
    /// Where drawings are, in EMU.
    pub positions: Vec<i64>,
    /// Vector pictures: the digest of the raster picture that they replace, and their own.
    pub vectors: Vec<(String, String)>,
    /// Embedded fonts that the words use: digests.
    pub fonts: Vec<String>,
    /// The name of the part with the custom properties.
    pub custom: Option<String>,
    /// Everything that is read, as text.
    pub text: String,
}

/// What surrounds the body.
struct Around<'p> {
    named: BTreeMap<&'static str, String>,
    targets: BTreeMap<String, Target>,
    settings: Option<Element<'p>>,
}

fn digest(text: &str) -> String {
    hex(&Sha256::digest(text.as_bytes()))
}

impl Reading {
    /// Reads a package; `font` gives the digest of an embedded font.
    pub fn of(parts: &[Part<'_>], font: FontDigest<'_>) -> Self {
        let mut package = Package::new(parts);
        let mut reading = Self::default();
        let roots = package.roots();
        reading.custom.clone_from(&roots.custom);
        if let Some(core) = &roots.core {
            reading.properties(&mut package, core);
        }
        for name in [&roots.extended, &roots.custom].into_iter().flatten() {
            let _ = package.targets(name, false);
        }
        match &roots.body {
            Some(body) => reading.document(&mut package, body, font),
            None => package.faults.push("the package has no document".to_owned()),
        }
        package.find_strays();
        let faults = package.faults.drain(..).map(|what| ("the package".to_owned(), what));
        reading.faults.extend(faults);
        reading
    }

    fn fault(&mut self, place: &str, what: impl Into<String>) {
        self.faults.push((place.to_owned(), what.into()));
    }

    fn place(&mut self, key: &str, name: &str, text: &str) {
        self.text.push_str(&format!("== {key}\n{text}"));
        self.places.push(Place { key: key.to_owned(), name: name.to_owned(), digest: digest(text) });
    }

    fn properties(&mut self, package: &mut Package<'_>, name: &str) {
        let Some(root) = package.xml(name) else { return };
        let mut found: BTreeMap<&str, String> = BTreeMap::new();
        for element in root.elements() {
            let text = element.text().trim().to_owned();
            match element.name.as_ref() {
                "cp:lastModifiedBy" | "dcterms:modified" | "cp:revision" | "cp:lastPrinted" => {}
                _ if text.is_empty() && element.elements().next().is_none() => {}
                "dc:title" | "dc:subject" | "dc:creator" | "dc:language" | "dcterms:created" => {
                    if found.insert(element.name.as_ref(), text).is_some() {
                        self.fault("the document's properties", format!("hold `{}` twice", element.name));
                    }
                }
                other => self.fault("the document's properties", format!("hold `{other}`")),
            }
        }
        let text: String = found.iter().map(|(name, value)| format!("{name} {value}\n")).collect();
        self.place("properties", "the document's properties", &text);
    }

    fn document(&mut self, package: &mut Package<'_>, body: &str, font: FontDigest<'_>) {
        let (targets, named) = package.targets(body, true);
        let Some(root) = package.xml(body) else { return };
        let settings = named.get("settings").cloned().and_then(|name| {
            let _ = package.targets(&name, false);
            package.xml(&name)
        });
        let around = Around { named, targets, settings };
        self.settings(around.settings.as_ref());
        let mut faults = Vec::new();
        let part = |package: &mut Package<'_>, kind: &str| {
            around.named.get(kind).map(|name| {
                let targets = package.targets(name, false).0;
                (name.clone(), targets)
            })
        };
        let styles = part(package, "styles").and_then(|(name, _)| package.xml(&name));
        let styles = styles.map(|root| Styles::read(&root, &mut faults)).unwrap_or_default();
        let lists = part(package, "numbering").and_then(|(name, _)| package.xml(&name));
        let lists = lists.map(|root| Lists::read(&root, &mut faults)).unwrap_or_default();
        faults.drain(..).for_each(|what| self.fault("the styles or lists", what));
        for kind in ["theme", "webSettings"] {
            let _ = part(package, kind);
        }
        self.endnotes(part(package, "endnotes").and_then(|(name, _)| package.xml(&name)).as_ref());
        let notes = part(package, "footnotes");
        let note_targets = notes.as_ref().map(|(_, targets)| targets.clone()).unwrap_or_default();
        let notes = notes.and_then(|(name, _)| package.xml(&name));
        let mut shared = Shared {
            styles: &styles,
            lists,
            notes: self.notes(notes.as_ref()),
            read_notes: Vec::new(),
            note_targets: &note_targets,
        };
        self.body(package, &root, &around, &mut shared);
        let fonts = part(package, "fontTable");
        if let Some((name, targets)) = fonts {
            self.fonts(package, &name, &targets, font);
        }
    }

    fn settings(&mut self, settings: Option<&Element<'_>>) {
        for element in settings.into_iter().flat_map(Element::elements) {
            if !SETTINGS.contains(&element.name.as_ref()) {
                self.fault("the settings", format!("hold `{}`", element.name));
            }
            let odd = |inner: &Element<'_>| matches!(inner.name.as_ref(), "w:numFmt" | "w:numStart");
            if element.name == "w:footnotePr" && element.elements().any(|inner| odd(inner) && !is_plain(inner)) {
                self.fault("the settings", "change the marks of footnotes");
            }
        }
    }

    fn endnotes(&mut self, notes: Option<&Element<'_>>) {
        let mut words = String::new();
        if let Some(notes) = notes {
            notes.add_words(&mut words);
            if !words.is_empty() || notes.any(&|inner| inner.name == "w:drawing" || inner.name == "w:pict") {
                self.fault("the endnotes", "say something");
            }
        }
    }

    fn notes<'n>(&mut self, notes: Option<&'n Element<'n>>) -> BTreeMap<String, &'n Element<'n>> {
        let mut found = BTreeMap::new();
        for note in notes.into_iter().flat_map(Element::elements) {
            let id = note.get("w:id").unwrap_or_default().to_owned();
            let kind = note.get("w:type");
            let mut words = String::new();
            note.add_words(&mut words);
            let known = note.name == "w:footnote" && (kind.is_none_or(|kind| kind == "normal") || words.is_empty());
            if !known || found.insert(id, note).is_some() {
                self.fault("the footnotes", "hold what is no footnote, or one twice");
            }
        }
        found
    }

    fn body<'b>(
        &mut self,
        package: &mut Package<'_>,
        root: &'b Element<'b>,
        around: &'b Around<'_>,
        shared: &mut Shared<'b>,
    ) {
        let bodies: Vec<&Element<'_>> = root.elements().filter(|element| element.name == "w:body").collect();
        let others = root.elements().filter(|element| element.name != "w:body");
        others.for_each(|other| self.fault("the document", format!("holds `{}`", other.name)));
        if root.name != "w:document" || bodies.len() != 1 {
            self.fault("the document", "has no body, or several");
        }
        let Some(body) = bodies.first() else { return };
        let mut story = Story::new(shared, &around.targets);
        story.blocks(body);
        story.end();
        let sections = std::mem::take(&mut story.sections);
        let mut ends = Vec::new();
        add_ends(body, &mut ends);
        let text = self.take(story, "the body");
        let left = shared.notes.values().filter(|note| note.get("w:type").is_none_or(|kind| kind == "normal"));
        if left.count() > 0 {
            self.fault("the footnotes", "hold one that nothing refers to");
        }
        self.place("body", "the body", &text);
        self.sections(&sections, &text);
        self.furniture(package, &ends, around, shared);
    }

    /// Takes what a story has found besides its text.
    fn take(&mut self, story: Story<'_, '_>, name: &str) -> String {
        for Fault { section, what } in story.faults {
            let place = section.map_or_else(|| name.to_owned(), |section| format!("section {section}"));
            self.fault(&place, what);
        }
        self.positions.extend(story.places);
        self.vectors.extend(story.vectors);
        self.fields.extend(story.fields);
        story.text
    }

    /// The parts of the body by their sections, so that the place of a change can be named.
    fn sections(&mut self, sections: &[(String, usize)], text: &str) {
        let mut parts: Vec<(&str, Sha256)> = Vec::new();
        let first = sections.first().map_or(text.len(), |(_, start)| *start);
        let before = [("", 0, first)].into_iter();
        let ends = sections.iter().skip(1).map(|(_, start)| *start).chain([text.len()]);
        let rest = sections.iter().zip(ends).map(|((id, start), end)| (id.as_str(), *start, end));
        for (id, start, end) in before.chain(rest) {
            let at = parts.iter().position(|(known, _)| *known == id).unwrap_or_else(|| {
                parts.push((id, Sha256::new()));
                parts.len() - 1
            });
            parts[at].1.update(text.get(start..end).unwrap_or_default());
        }
        for (id, part) in parts {
            let (key, name) = match id {
                "" => ("section".to_owned(), "the first section".to_owned()),
                id => (format!("section.{id}"), format!("section {id}")),
            };
            self.places.push(Place { key, name, digest: hex(&part.finalize()) });
        }
    }

    /// Headers and footers, section by section, as far as pages show them.
    fn furniture<'b>(
        &mut self,
        package: &mut Package<'_>,
        ends: &[&Element<'_>],
        around: &Around<'_>,
        shared: &mut Shared<'b>,
    ) {
        let two_sided =
            around.settings.as_ref().and_then(|root| root.child("w:evenAndOddHeaders")).is_some_and(Element::is_on);
        let mut known: BTreeMap<String, String> = BTreeMap::new();
        for kind in ["header", "footer"] {
            let mut now: BTreeMap<String, String> = BTreeMap::new();
            let mut text = String::new();
            for (number, end) in ends.iter().enumerate() {
                let reference = format!("w:{kind}Reference");
                for element in end.elements().filter(|element| element.name == reference) {
                    let when = element.get("w:type").unwrap_or("default").to_owned();
                    match element.get("r:id").and_then(|id| around.targets.get(id)) {
                        Some(Target::Part(name)) => {
                            now.insert(when, name.clone());
                        }
                        _ => self.fault(&format!("the {kind}"), "is not there"),
                    }
                }
                let first = end.child("w:titlePg").is_some_and(Element::is_on);
                let shown = [("default", true), ("first", first), ("even", two_sided)];
                for (when, _) in shown.into_iter().filter(|(_, shown)| *shown) {
                    if let Some(name) = now.get(when).filter(|name| !known.contains_key(*name)) {
                        let words = self.apart(package, name, kind, shared);
                        known.insert(name.clone(), words);
                    }
                    let words = now.get(when).and_then(|name| known.get(name));
                    text.push_str(&format!("{number} {when}\n{}", words.map_or("", String::as_str)));
                }
            }
            self.place(kind, &format!("the {kind}"), &text);
        }
        ends.iter().for_each(|end| self.section_properties(end));
    }

    /// A header or footer.
    fn apart(&mut self, package: &mut Package<'_>, name: &str, kind: &str, shared: &mut Shared<'_>) -> String {
        let targets = package.targets(name, false).0;
        let Some(root) = package.xml(name) else { return String::new() };
        let place = format!("the {kind}");
        if root.name != if kind == "header" { "w:hdr" } else { "w:ftr" } {
            self.fault(&place, format!("is `{}`", root.name));
        }
        read_apart(self, &root, &targets, shared, &place)
    }

    fn section_properties(&mut self, end: &Element<'_>) {
        for element in end.elements() {
            let number = |name: &str| element.get(name).and_then(|size| size.parse::<i64>().ok()).unwrap_or(0);
            let known = match element.name.as_ref() {
                "w:headerReference" | "w:footerReference" | "w:type" | "w:pgMar" | "w:titlePg" | "w:cols"
                | "w:docGrid" | "w:formProt" | "w:textDirection" | "w:vAlign" | "w:bidi" | "w:rtlGutter"
                | "w:noEndnote" => true,
                "w:pgSz" => number("w:w").min(number("w:h")) > SMALLEST_PAGE,
                "w:pgNumType" => element.get("w:fmt").is_none_or(|format| format == "decimal"),
                "w:footnotePr" => element.elements().all(is_plain),
                _ => false,
            };
            if !known {
                self.fault("the pages", format!("hold `{}`", element.name));
            }
        }
    }

    fn fonts(
        &mut self,
        package: &mut Package<'_>,
        name: &str,
        targets: &BTreeMap<String, Target>,
        font: FontDigest<'_>,
    ) {
        let Some(root) = package.xml(name) else { return };
        let text = self.text.to_lowercase();
        for entry in root.elements() {
            let family = entry.get("w:name").unwrap_or_default();
            if entry.child("w:altName").is_some() {
                self.fault("the fonts", format!("give `{family}` another name"));
            }
            if family.is_empty() || !text.contains(&family.to_lowercase()) {
                continue;
            }
            for embedded in entry.elements().filter(|element| element.name.starts_with("w:embed")) {
                let part = match embedded.get("r:id").and_then(|id| targets.get(id)) {
                    Some(Target::Part(part)) => package.bytes(part).map(|bytes| (part, bytes)),
                    _ => None,
                };
                let key = embedded.get("w:fontKey").unwrap_or_default();
                match part.and_then(|(name, bytes)| font(name, bytes, key)) {
                    Some(digest) => self.fonts.push(digest),
                    None => self.fault("the fonts", format!("lack a file of `{family}`")),
                }
            }
        }
    }
}

/// The properties of the sections of pages, in order.
fn add_ends<'e>(element: &'e Element<'e>, ends: &mut Vec<&'e Element<'e>>) {
    for inner in element.elements() {
        match inner.name.as_ref() {
            "w:sectPr" => ends.push(inner),
            _ => add_ends(inner, ends),
        }
    }
}

fn read_apart(
    reading: &mut Reading,
    root: &Element<'_>,
    targets: &BTreeMap<String, Target>,
    shared: &mut Shared<'_>,
    place: &str,
) -> String {
    let mut story = Story::new(shared, targets);
    story.blocks(root);
    story.end();
    reading.take(story, place)
}

/// True for properties of footnotes that leave them as they are.
fn is_plain(element: &Element<'_>) -> bool {
    match element.name.as_ref() {
        "w:numFmt" => element.val() == Some("decimal"),
        "w:numStart" => element.val() == Some("1"),
        "w:numRestart" => element.val() == Some("continuous"),
        "w:footnote" | "w:pos" => true,
        _ => false,
    }
}

/// The digest of a font that is embedded: its first 32 bytes are changed by a key (ECMA-376, 17.8.1).
pub fn font_digest(bytes: &[u8], key: &str) -> Option<String> {
    let digits: String = key.chars().filter(char::is_ascii_hexdigit).collect();
    let mut mask = Vec::with_capacity(16);
    for at in (0..digits.len()).step_by(2) {
        mask.push(u8::from_str_radix(digits.get(at..at + 2)?, 16).ok()?);
    }
    mask.reverse();
    (mask.len() == 16).then_some(())?;
    let (head, rest) = bytes.split_at_checked(32)?;
    let head: Vec<u8> = head.iter().enumerate().map(|(at, byte)| byte ^ mask[at % 16]).collect();
    let mut digest = Sha256::new();
    digest.update(&head);
    digest.update(rest);
    Some(hex(&digest.finalize()[..16]))
}
