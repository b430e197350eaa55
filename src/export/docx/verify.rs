//! In: the bytes of any file. Out: the [`FileRecord`] that this program wrote into it, and whether each locked region still
//! says what was generated.
//!
//! | Code | Meaning |
//! |---|---|
//! | E050 | the file is not a Word file that can be read |
//! | E051 | the Word file says nothing of its provenance |
//! | E052 | the provenance is damaged |
//! | E053 | a locked section does not say what was generated (reported by `verify`) |

use std::collections::BTreeMap;

use quick_xml::Reader;
use quick_xml::events::Event;

use super::properties::{PREFIX, REGION};
use super::reader::{self, File};
use crate::diagnostic::{Checked, Diagnostic};
use crate::export::record::FileRecord;

/// A locked region, as it is found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Region {
    /// The section that it holds.
    pub section: String,
    pub state: State,
}

/// What became of a locked region.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    AsGenerated,
    Changed,
    /// Its content controls are gone or were unlocked.
    Gone,
}

impl State {
    /// One word for it.
    pub fn name(self) -> &'static str {
        match self {
            Self::AsGenerated => "as generated",
            Self::Changed => "changed",
            Self::Gone => "gone",
        }
    }
}

/// What a Word file says of itself, and whether it is true.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkup {
    pub record: FileRecord,
    pub regions: Vec<Region>,
}

impl Checkup {
    /// The regions that no longer say what was generated.
    pub fn changed(&self) -> impl Iterator<Item = &Region> {
        self.regions.iter().filter(|region| region.state != State::AsGenerated)
    }
}

/// Reads back what a Word file was made from.
///
/// # Errors
/// `E050`–`E052`, see the table above.
pub fn record_of(bytes: &[u8]) -> Checked<FileRecord> {
    let mut file = open(bytes)?;
    let properties = properties(&mut file)?;
    let ours = properties.iter().filter(|(name, _)| !name.starts_with(REGION));
    let pairs: Vec<(&str, String)> =
        ours.filter_map(|(name, value)| Some((name.strip_prefix(PREFIX)?, value.clone()))).collect();
    if pairs.is_empty() {
        return Err(absent().into());
    }
    FileRecord::from_pairs(pairs)
        .map_err(|key| damaged(&format!("`{key}` is missing, stands there twice or cannot be")).into())
}

/// Reads the provenance and compares each locked region with what was generated.
///
/// # Errors
/// Those of [`record_of`].
pub fn checkup(bytes: &[u8]) -> Checked<Checkup> {
    let record = record_of(bytes)?;
    let mut file = open(bytes)?;
    let wanted = properties(&mut file)?;
    let wanted =
        wanted.iter().filter_map(|(name, digest)| Some((name.strip_prefix(REGION)?.to_owned(), digest.clone())));
    let wanted: Vec<(String, String)> = wanted.collect();
    let links = file.text("word/_rels/document.xml.rels").as_deref().and_then(reader::relationships);
    let links: BTreeMap<String, String> = links.unwrap_or_default().into_iter().collect();
    let body = file.text("word/document.xml").ok_or_else(unreadable)?;
    let read = reader::read(&body, &|id| Some(links.get(id).cloned().unwrap_or_default())).ok_or_else(unreadable)?;
    let found = reader::locked(&read.regions);
    let state = |(section, digest): &(String, String)| {
        let state = match found.iter().find(|(other, _)| other == section) {
            Some((_, found)) if found == digest => State::AsGenerated,
            Some(_) => State::Changed,
            None => State::Gone,
        };
        Region { section: section.clone(), state }
    };
    Ok(Checkup { record, regions: wanted.iter().map(state).collect() })
}

fn open(bytes: &[u8]) -> Checked<File<'_>> {
    let file = File::open(bytes).ok_or_else(unreadable)?;
    if !file.names().contains("word/document.xml") {
        return Err(unreadable().into());
    }
    Ok(file)
}

fn unreadable() -> Diagnostic {
    Diagnostic::error("E050", "the file is not a Word file that can be read")
        .help("name a .docx as collateral has written it")
}

fn absent() -> Diagnostic {
    Diagnostic::error("E051", "the Word file does not say what it was made from")
        .help("name a file as collateral has written it; some programs drop this when they save")
}

fn damaged(what: &str) -> Diagnostic {
    Diagnostic::error("E052", format!("what the Word file says of its origin is damaged: {what}"))
        .help("ask for the file as it was sent, or make it again from the client file")
}

/// The custom properties: names and values.
fn properties(file: &mut File<'_>) -> Checked<Vec<(String, String)>> {
    let part = file.text("docProps/custom.xml").ok_or_else(absent)?;
    read_properties(&part).ok_or_else(|| damaged("it is not written as collateral writes it").into())
}

fn read_properties(xml: &str) -> Option<Vec<(String, String)>> {
    let mut found: Vec<(String, String)> = Vec::new();
    let mut xml_reader = Reader::from_str(xml);
    let mut inside = false;
    loop {
        match xml_reader.read_event().ok()? {
            Event::Start(start) if start.local_name().into_inner() == b"property" => {
                let name = reader::unescaped(&start.try_get_attribute("name").ok()??.value)?;
                found.push((name, String::new()));
                inside = true;
            }
            Event::End(end) if end.local_name().into_inner() == b"property" => inside = false,
            Event::Text(text) if inside => {
                let text = text.decode().ok()?;
                found.last_mut()?.1.push_str(&text);
            }
            Event::GeneralRef(name) if inside => found.last_mut()?.1.push(reader::referred(&name)?),
            Event::Eof => return Some(found),
            _ => {}
        }
    }
}
