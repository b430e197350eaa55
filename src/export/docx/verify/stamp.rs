//! In: the parts of a package. Out: its digests, and the properties that they rest on: the digest of each place, where
//! drawings are, which fonts and vector pictures belong to it. Writing and verifying use the same functions.

use std::borrow::Cow;
use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use super::archive::Part;
use super::document::Reading;
use crate::export::docx::properties::PREFIX;
use crate::export::record::{FileRecord, SEAL, STAMPED};
use crate::export::verification::Change;
use crate::hexadecimal::hex;

/// The first line of what is digested.
const FILE: &str = "collateral-word-file-v1\n";
const CONTENT: &str = "collateral-word-content-v1\n";
/// What the names of the properties begin with, after [`PREFIX`].
const PLACE: &str = "place.";
const POSITIONS: &str = "positions.";
const FONTS: &str = "fonts.";
const VECTORS: &str = "vectors.";
const FIELDS: &str = "fields.";
/// Word shows no more letters of a property.
const LONGEST: usize = 250;
/// EMU in a point: positions are kept in points.
const POINT: i64 = 12_700;
/// Points that a drawing may be elsewhere: programs count in other units.
const TOLERANCE: i64 = 1;

/// The properties that describe what is read, as names without [`PREFIX`] and values, in order.
pub fn properties(reading: &Reading) -> Vec<(String, String)> {
    let mut properties: Vec<(String, String)> = Vec::new();
    let places = reading.places.iter().map(|place| (format!("{PLACE}{}", place.key), place.digest.clone()));
    properties.extend(places);
    let positions = reading.positions.iter().map(|emu| points(*emu).to_string());
    properties.extend(chunks(POSITIONS, positions));
    let mut fonts = reading.fonts.clone();
    fonts.sort();
    fonts.dedup();
    properties.extend(chunks(FONTS, fonts.into_iter()));
    let mut vectors: Vec<String> =
        reading.vectors.iter().map(|(raster, vector)| format!("{raster}:{vector}")).collect();
    vectors.sort();
    vectors.dedup();
    properties.extend(chunks(VECTORS, vectors.into_iter()));
    let fields = reading.fields.iter().map(|field| value_digest(&field.value));
    properties.extend(chunks(FIELDS, fields));
    properties
}

fn points(emu: i64) -> i64 {
    (emu + POINT / 2).div_euclid(POINT)
}

fn value_digest(value: &str) -> String {
    hex(&Sha256::digest(value.as_bytes())[..8])
}

/// Values with a space between, cut into properties that are numbered.
fn chunks(name: &str, values: impl Iterator<Item = String>) -> Vec<(String, String)> {
    let mut chunks: Vec<(String, String)> = Vec::new();
    for value in values {
        match chunks.last_mut() {
            Some((_, chunk)) if chunk.len() + 1 + value.len() <= LONGEST => {
                chunk.push(' ');
                chunk.push_str(&value);
            }
            _ => chunks.push((format!("{name}{}", chunks.len() + 1), value)),
        }
    }
    chunks
}

/// The values that [`chunks`] has cut.
fn joined<'p>(properties: &'p BTreeMap<String, String>, name: &str) -> Vec<&'p str> {
    let chunk = |number: usize| properties.get(&format!("{name}{number}"));
    (1..).map_while(chunk).flat_map(|chunk| chunk.split(' ')).collect()
}

/// The content digest: over every property of this program but the values of [`STAMPED`].
pub fn content_digest<'p>(properties: impl IntoIterator<Item = (&'p str, &'p str)>) -> String {
    let sorted: BTreeMap<&str, &str> =
        properties.into_iter().filter(|(name, _)| STAMPED.iter().all(|(value, _)| value != name)).collect();
    let mut digest = Sha256::new();
    digest.update(CONTENT);
    for (name, value) in sorted {
        for text in [name, value] {
            digest.update((text.len() as u64).to_le_bytes());
            digest.update(text);
        }
    }
    hex(&digest.finalize())
}

/// The file digest: over all parts in order, `custom` being the part with the properties. `None` where the values of
/// [`STAMPED`] are not each in their place.
pub fn file_digest(parts: &[Part<'_>], custom: &str, record: &FileRecord) -> Option<String> {
    let mut digest = Sha256::new();
    digest.update(FILE);
    let mut blanked = false;
    for part in parts {
        let (length, own) = if part.name == custom {
            blanked = true;
            let blank = blank(&part.bytes, record)?;
            (blank.len(), Sha256::digest(blank.as_bytes()).into())
        } else {
            (part.bytes.len(), part.digest.unwrap_or_else(|| Sha256::digest(&part.bytes).into()))
        };
        digest.update((part.name.len() as u64).to_le_bytes());
        digest.update(part.name.as_bytes());
        digest.update((length as u64).to_le_bytes());
        digest.update(own);
    }
    blanked.then(|| hex(&digest.finalize()))
}

/// The properties with zeros for the digests and the seal.
fn blank<'b>(custom: &'b [u8], record: &FileRecord) -> Option<Cow<'b, str>> {
    let mut text = Cow::Borrowed(std::str::from_utf8(custom).ok()?);
    for (name, zeros) in STAMPED {
        if name == SEAL && record.seal.is_none() {
            continue;
        }
        let head = format!("name=\"{PREFIX}{name}\"><vt:lpwstr>");
        let start = text.find(&head)? + head.len();
        let end = start + zeros.len();
        let value = text.get(start..end)?;
        let whole = !value.contains('<') && text.get(end..)?.starts_with("</vt:lpwstr>");
        if !whole || text.matches(&head).count() != 1 {
            return None;
        }
        text.to_mut().replace_range(start..end, zeros);
    }
    Some(text)
}

/// Compares what is read with what the properties say was made: every difference.
pub fn differences(reading: &Reading, properties: &BTreeMap<String, String>) -> Vec<Change> {
    let mut changes: Vec<Change> = Vec::new();
    let mut add = |place: &str, what: String| changes.push(Change { place: place.to_owned(), what });
    for (place, what) in &reading.faults {
        add(place, what.clone());
    }
    let made = |key: &str| properties.get(&format!("{PLACE}{key}"));
    let differs = |key: &str, digest: &str| made(key).is_none_or(|made| made != digest);
    let is_section = |key: &str| key.starts_with("section");
    let mut in_section = false;
    for place in reading.places.iter().filter(|place| is_section(&place.key) && differs(&place.key, &place.digest)) {
        in_section = true;
        add(&place.name, "does not say what was made".to_owned());
    }
    let gone = properties.keys().filter_map(|name| name.strip_prefix(PLACE));
    for key in gone.filter(|key| reading.places.iter().all(|place| place.key != *key)) {
        in_section |= is_section(key);
        add(&key.replace('.', " "), "is gone".to_owned());
    }
    // Sections are marked by bookmarks, which programs may move: alone they decide nothing.
    let body = reading.places.iter().any(|place| place.key == "body" && !differs("body", &place.digest));
    if body {
        changes.retain(|change| {
            !change.place.contains("section")
                || reading.faults.iter().any(|(place, what)| *place == change.place && *what == change.what)
        });
    }
    let mut add = |place: &str, what: String| changes.push(Change { place: place.to_owned(), what });
    for place in reading.places.iter().filter(|place| !is_section(&place.key) && differs(&place.key, &place.digest)) {
        if place.key != "body" || !in_section {
            add(&place.name, "does not say what was made".to_owned());
        }
    }
    if !positions_fit(reading, properties) {
        add("the drawings", "a box, picture or shape is not where it was made, or not as large".to_owned());
    }
    let fonts = joined(properties, FONTS);
    if reading.fonts.iter().any(|font| !fonts.contains(&font.as_str())) {
        add("the fonts", "a font is not the one that was embedded".to_owned());
    }
    let vectors = joined(properties, VECTORS);
    let known = |(raster, vector): &(String, String)| vectors.contains(&format!("{raster}:{vector}").as_str());
    if !reading.vectors.iter().all(known) {
        add("the pictures", "a vector picture is not the one that was made".to_owned());
    }
    changes
}

fn positions_fit(reading: &Reading, properties: &BTreeMap<String, String>) -> bool {
    let made = joined(properties, POSITIONS);
    made.len() == reading.positions.len()
        && made
            .iter()
            .zip(&reading.positions)
            .all(|(made, found)| made.parse::<i64>().is_ok_and(|made| (made - points(*found)).abs() <= TOLERANCE))
}

/// The numbers of the fields whose value is not the one that was made.
pub fn filled(reading: &Reading, properties: &BTreeMap<String, String>) -> Vec<usize> {
    let made = joined(properties, FIELDS);
    let fields = reading.fields.iter().enumerate();
    fields.filter(|(at, field)| made.get(*at) != Some(&value_digest(&field.value).as_str())).map(|(at, _)| at).collect()
}
