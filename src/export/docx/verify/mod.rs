//! In: the bytes of any file. Out: the [`FileRecord`] that this program wrote into it, and its [`Verification`]: whether it
//! is as made, saved by another program, or changed.
//!
//! [`archive`] reads the package strictly, [`package`] tells its parts apart, [`document`] and [`story`] read what a person
//! reads and hears, [`stamp`] makes the digests of both.
//!
//! | Code | Meaning |
//! |---|---|
//! | E050 | the file is not a Word file that can be read |
//! | E051 | the Word file says nothing of its provenance |
//! | E052 | the provenance is damaged |

mod archive;
mod document;
mod drawing;
mod fields;
mod lists;
mod looks;
mod node;
mod package;
pub mod stamp;
mod story;

pub use self::archive::Part;
pub use self::document::Reading;

use std::collections::BTreeMap;

use quick_xml::Reader;
use quick_xml::events::Event;

use super::properties::PREFIX;
use super::reader::{self, File};
use crate::diagnostic::{Checked, Diagnostic};
use crate::export::record::FileRecord;
use crate::export::verification::{Change, FilledField, Verdict, Verification};

/// Compares a Word file with what it was made as.
///
/// # Errors
/// Those of [`record_of`].
pub fn verify(bytes: &[u8]) -> Checked<Verification> {
    let parts = match archive::parts(bytes) {
        Ok(parts) => parts,
        Err(what) => {
            let record = record_of(bytes)?;
            let changes = vec![Change { place: "the package".to_owned(), what }];
            return Ok(Verification { record, verdict: Verdict::Changed, changes, fields: Vec::new() });
        }
    };
    let found = parts.iter().find(|part| part.name == CUSTOM).map(|part| part.bytes.as_ref()).ok_or_else(absent)?;
    let found = std::str::from_utf8(found).ok().and_then(read_properties);
    let found = found.ok_or_else(|| damaged("it is not written as collateral writes it"))?;
    let record = record_among(&found)?;
    let ours = found.iter().filter_map(|(name, value)| Some((name.strip_prefix(PREFIX)?, value.as_str())));
    let is_whole = stamp::content_digest(ours.clone()) == record.content_digest;
    if is_whole && stamp::file_digest(&parts, CUSTOM, &record).as_ref() == Some(&record.file_digest) {
        return Ok(Verification { record, verdict: Verdict::AsMade, changes: Vec::new(), fields: Vec::new() });
    }
    let properties: BTreeMap<String, String> =
        ours.clone().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    let reading = Reading::of(&parts, &|_, bytes, key| document::font_digest(bytes, key));
    let mut changes = stamp::differences(&reading, &properties);
    if !is_whole || properties.len() != ours.count() {
        let what = "does not say what was recorded when the file was made".to_owned();
        changes.insert(0, Change { place: "the record of the file".to_owned(), what });
    }
    if reading.custom.as_deref() != Some(CUSTOM) {
        let what = "is not among the document's properties".to_owned();
        changes.insert(0, Change { place: "the record of the file".to_owned(), what });
    }
    if let Some((name, _)) = found.iter().find(|(name, _)| !name.starts_with(PREFIX)) {
        let what = format!("hold `{name}`, which was not recorded");
        changes.push(Change { place: "the document's properties".to_owned(), what });
    }
    let fields = stamp::filled(&reading, &properties).into_iter().filter_map(|at| reading.fields.get(at));
    let fields = fields.map(|field| FilledField { name: field.name.clone(), value: field.value.clone() }).collect();
    let verdict = if changes.is_empty() { Verdict::Resaved } else { Verdict::Changed };
    Ok(Verification { record, verdict, changes, fields })
}

/// The part with the file's record.
pub const CUSTOM: &str = "docProps/custom.xml";

/// Reads back what a Word file was made from.
///
/// # Errors
/// `E050`–`E052`, see the table above.
pub fn record_of(bytes: &[u8]) -> Checked<FileRecord> {
    let mut file = open(bytes)?;
    record_among(&properties(&mut file)?)
}

fn record_among(properties: &[(String, String)]) -> Checked<FileRecord> {
    let pairs: Vec<(&str, String)> =
        properties.iter().filter_map(|(name, value)| Some((name.strip_prefix(PREFIX)?, value.clone()))).collect();
    if pairs.is_empty() {
        return Err(absent().into());
    }
    FileRecord::from_pairs(pairs)
        .map_err(|key| damaged(&format!("`{key}` is missing, stands there twice or cannot be")).into())
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
    let part = file.text(CUSTOM).ok_or_else(absent)?;
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
