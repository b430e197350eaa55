//! In: the parts of a package. Out: [`Package`]: which part is what, by its relationships and types. Every part that nothing
//! leads to, and every relationship that is not known, is a fault.

use std::collections::{BTreeMap, BTreeSet};

use sha2::{Digest, Sha256};

use super::archive::Part;
use super::node::{self, Element};
use super::story::Target;
use crate::hexadecimal::hex;

const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";
const CORE: &str = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties";
/// The same as LibreOffice writes it.
const OTHER_CORE: &str = "http://schemas.openxmlformats.org/officedocument/2006/relationships/metadata/core-properties";
const WORD: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.";
const TYPES: &str = "[Content_Types].xml";
const ROOT: &str = "_rels/.rels";

/// The parts that a document may have besides its body, by the last word of their relationship's type, with the type of
/// their content and whether there may be several.
const PARTS: &[(&str, &str, bool)] = &[
    ("styles", "application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml", false),
    ("settings", "application/vnd.openxmlformats-officedocument.wordprocessingml.settings+xml", false),
    ("webSettings", "application/vnd.openxmlformats-officedocument.wordprocessingml.webSettings+xml", false),
    ("numbering", "application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml", false),
    ("footnotes", "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml", false),
    ("endnotes", "application/vnd.openxmlformats-officedocument.wordprocessingml.endnotes+xml", false),
    ("fontTable", "application/vnd.openxmlformats-officedocument.wordprocessingml.fontTable+xml", false),
    ("theme", "application/vnd.openxmlformats-officedocument.theme+xml", false),
    ("header", "application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml", true),
    ("footer", "application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml", true),
    ("image", "image/", true),
    ("font", "application/vnd.openxmlformats-officedocument.obfuscatedFont", true),
];

/// A package whose parts are told apart.
#[derive(Debug)]
pub struct Package<'p> {
    parts: BTreeMap<&'p str, &'p [u8]>,
    types: Types,
    reached: BTreeSet<String>,
    pub faults: Vec<String>,
}

#[derive(Debug, Default)]
struct Types {
    by_ending: BTreeMap<String, String>,
    by_name: BTreeMap<String, String>,
}

/// A relationship.
struct Relationship {
    id: String,
    kind: String,
    target: String,
    outside: bool,
}

impl<'p> Package<'p> {
    /// Takes the parts of an archive.
    pub fn new(parts: &'p [Part<'p>]) -> Self {
        let by_name = parts.iter().map(|part| (part.name.as_ref(), part.bytes.as_ref())).collect();
        let mut package =
            Self { parts: by_name, types: Types::default(), reached: BTreeSet::new(), faults: Vec::new() };
        package.read_types();
        package
    }

    /// The bytes of a part.
    pub fn bytes(&self, name: &str) -> Option<&'p [u8]> {
        self.parts.get(name).copied()
    }

    /// The XML of a part; a fault where it cannot be read.
    pub fn xml(&mut self, name: &str) -> Option<Element<'p>> {
        let read = self.bytes(name).and_then(node::read);
        if read.is_none() {
            self.faults.push(format!("the part `{name}` cannot be read"));
        }
        read
    }

    fn read_types(&mut self) {
        self.reached.insert(TYPES.to_owned());
        let Some(root) = self.xml(TYPES) else { return };
        for element in root.elements() {
            let kind = element.get("ContentType").unwrap_or_default().to_owned();
            let before = match (element.name.as_ref(), element.get("Extension"), element.get("PartName")) {
                ("ct:Default", Some(ending), None) => self.types.by_ending.insert(ending.to_lowercase(), kind),
                ("ct:Override", None, Some(name)) => {
                    self.types.by_name.insert(name.trim_start_matches('/').to_lowercase(), kind)
                }
                _ => Some(String::new()),
            };
            if before.is_some() {
                self.faults.push(format!("the part `{TYPES}` says something twice, or something that is not known"));
            }
        }
    }

    fn kind(&self, name: &str) -> &str {
        let lower = name.to_lowercase();
        let ending = lower.rsplit_once('.').map_or("", |(_, ending)| ending);
        let kind = self.types.by_name.get(&lower).or_else(|| self.types.by_ending.get(ending));
        kind.map_or("", String::as_str)
    }

    fn relationships(&mut self, of: &str) -> Vec<Relationship> {
        let name = match of.rsplit_once('/') {
            _ if of.is_empty() => ROOT.to_owned(),
            Some((folder, file)) => format!("{folder}/_rels/{file}.rels"),
            None => format!("_rels/{of}.rels"),
        };
        if self.bytes(&name).is_none() {
            return Vec::new();
        }
        self.reached.insert(name.clone());
        let Some(root) = self.xml(&name) else { return Vec::new() };
        let folder = of.rsplit_once('/').map_or("", |(folder, _)| folder);
        let mut found: Vec<Relationship> = Vec::new();
        let mut ids = BTreeSet::new();
        for element in root.elements() {
            let value = |name: &str| element.get(name).unwrap_or_default().to_owned();
            let outside = element.get("TargetMode") == Some("External");
            let target = value("Target");
            let target = if outside { Some(target) } else { resolved(folder, &target) };
            match target {
                Some(target) if element.name == "rel:Relationship" && ids.insert(value("Id")) => {
                    found.push(Relationship { id: value("Id"), kind: value("Type"), target, outside });
                }
                _ => {
                    self.faults.push(format!("the part `{name}` holds a relationship twice, or one that is not known"))
                }
            }
        }
        found
    }

    /// Marks a part as reached; a fault where its type is not the one that it must have.
    fn reach(&mut self, name: &str, kind: &str) {
        let found = self.kind(name);
        let fits = if kind.ends_with('/') { found.starts_with(kind) } else { found == kind };
        if !fits || self.bytes(name).is_none() {
            self.faults.push(format!("the part `{name}` is not of the type that it must have"));
        }
        self.reached.insert(name.to_owned());
    }

    /// The body and the properties, by the relationships of the package.
    pub fn roots(&mut self) -> Roots {
        let mut roots = Roots::default();
        for Relationship { kind, target, outside, .. } in self.relationships("") {
            let (place, wanted) = match kind.strip_prefix(OFFICE) {
                Some("officeDocument") => (&mut roots.body, format!("{WORD}document.main+xml")),
                Some("extended-properties") => (
                    &mut roots.extended,
                    "application/vnd.openxmlformats-officedocument.extended-properties+xml".to_owned(),
                ),
                Some("custom-properties") => (
                    &mut roots.custom,
                    "application/vnd.openxmlformats-officedocument.custom-properties+xml".to_owned(),
                ),
                _ if kind == CORE || kind == OTHER_CORE => {
                    (&mut roots.core, "application/vnd.openxmlformats-package.core-properties+xml".to_owned())
                }
                _ => {
                    self.faults.push(format!("the package holds a part that is not known: `{target}`"));
                    continue;
                }
            };
            if outside || place.replace(target.clone()).is_some() {
                self.faults.push(format!("the package names `{target}` where it has a part already"));
            }
            self.reach(&target, &wanted);
        }
        roots
    }

    /// What the relationships of a part lead to, and the parts that it has by kind. Only those of a body lead to parts other
    /// than pictures.
    pub fn targets(&mut self, of: &str, is_body: bool) -> (BTreeMap<String, Target>, BTreeMap<&'static str, String>) {
        let mut targets = BTreeMap::new();
        let mut named = BTreeMap::new();
        for Relationship { id, kind, target, outside } in self.relationships(of) {
            let kind = kind.strip_prefix(OFFICE).unwrap_or_default().to_owned();
            if outside {
                if kind == "hyperlink" {
                    targets.insert(id, Target::Outside(target));
                } else {
                    self.faults.push(format!("the part `{of}` leads to `{target}` outside of the file"));
                }
                continue;
            }
            let known = PARTS.iter().find(|(name, ..)| *name == kind);
            let Some((kind, wanted, several)) =
                known.filter(|(name, ..)| is_body || *name == "image" || *name == "font")
            else {
                self.faults.push(format!("the part `{of}` leads to `{target}`, which is not known"));
                continue;
            };
            self.reach(&target, wanted);
            if *kind == "image" {
                let digest = Sha256::digest(self.bytes(&target).unwrap_or_default());
                targets.insert(id, Target::Picture(hex(&digest[..16])));
            } else {
                targets.insert(id, Target::Part(target.clone()));
            }
            if !several && named.insert(*kind, target).is_some() {
                self.faults.push(format!("the part `{of}` has two parts of the kind `{kind}`"));
            }
        }
        (targets, named)
    }

    /// Notes each part that nothing leads to.
    pub fn find_strays(&mut self) {
        let strays = self.parts.keys().filter(|name| !self.reached.contains(**name));
        let strays: Vec<String> = strays.map(|name| format!("nothing leads to the part `{name}`")).collect();
        self.faults.extend(strays);
    }
}

/// The parts that the package itself names.
#[derive(Debug, Default)]
pub struct Roots {
    pub body: Option<String>,
    pub core: Option<String>,
    pub extended: Option<String>,
    pub custom: Option<String>,
}

/// The name of a part from where it is named.
fn resolved(folder: &str, target: &str) -> Option<String> {
    let mut steps: Vec<&str> = match target.starts_with('/') {
        true => Vec::new(),
        false => folder.split('/').filter(|step| !step.is_empty()).collect(),
    };
    for step in target.split('/').filter(|step| !step.is_empty()) {
        match step {
            "." => {}
            ".." => {
                steps.pop()?;
            }
            step => steps.push(step),
        }
    }
    Some(steps.join("/"))
}
