//! In: the XMP packet of a file. Out: the record's keys and values in it, and where each value is.

use std::ops::Range;

use super::metadata::{NAMESPACE, PARTS, PREFIX};
use super::readback::{File, Object};

/// Packets of ours hold a few kilobytes, and more for each page; in bytes.
const LARGEST_PACKET: u64 = 1 << 20;
/// Keys whose values are calculated from the rest of the file.
const CALCULATED: [&str; 3] = ["contentDigest", "fileDigest", "seal"];
/// Elements that a program writes about itself when it saves a file.
const OF_PROGRAM: [&str; 4] = ["xmp:CreatorTool", "xmp:ModifyDate", "xmp:MetadataDate", "pdf:Producer"];

/// Why a packet has no record that can be read.
#[derive(Debug, PartialEq, Eq)]
pub enum Unreadable {
    Absent,
    Damaged(&'static str),
}

/// A key of the record, as it is written.
#[derive(Debug, PartialEq, Eq)]
pub struct Pair<'p> {
    pub name: &'p str,
    /// Where its value is in the packet.
    pub place: Range<usize>,
    pub value: String,
}

/// Reads the packet of the whole file; a picture inside the file may have one of its own.
pub fn packet(file: &File<'_>) -> Option<String> {
    String::from_utf8(file.stream(number(file)?, LARGEST_PACKET)?.1).ok()
}

/// Where the packet is in the bytes of the file, if it is stored as it is.
pub fn place(file: &File<'_>, bytes: &[u8]) -> Option<Range<usize>> {
    let (dict, raw) = file.raw(number(file)?)?;
    if dict.get("Filter").is_some() {
        return None;
    }
    let start = file.offset(bytes, raw)?;
    Some(start..start.checked_add(raw.len())?)
}

fn number(file: &File<'_>) -> Option<u32> {
    file.catalog()?.dict()?.get("Metadata").and_then(Object::reference)
}

/// Reads the elements of our namespace: one after the other, each with nothing but text in it, as they are written.
pub fn pairs(packet: &str) -> Result<Vec<Pair<'_>>, Unreadable> {
    let start = format!("<rdf:Description rdf:about=\"\" xmlns:{PREFIX}=\"{NAMESPACE}\">");
    let found = packet.find(&start).ok_or(Unreadable::Absent)?;
    let mut at = found + start.len();
    let length = packet[at..].find("</rdf:Description>").ok_or(Unreadable::Damaged("it does not come to an end"))?;
    let end = at + length;
    let mut pairs = Vec::new();
    loop {
        at = end - packet[at..end].trim_start().len();
        if at == end {
            return Ok(pairs);
        }
        let damaged = Unreadable::Damaged("it is not written as collateral writes it");
        let (name, place) = element(packet, at, end).ok_or(damaged)?;
        let damaged = Unreadable::Damaged("it is not written as collateral writes it");
        let value = unescape(&packet[place.clone()]).ok_or(damaged)?;
        at = place.end + "</:>".len() + PREFIX.len() + name.len();
        pairs.push(Pair { name, place, value });
    }
}

/// Reads `<collateral:name>text</collateral:name>`: the name, and where the text is.
fn element(packet: &str, at: usize, end: usize) -> Option<(&str, Range<usize>)> {
    let text = &packet[at..end];
    let (name, _) = text.strip_prefix('<')?.strip_prefix(PREFIX)?.strip_prefix(':')?.split_once('>')?;
    if name.is_empty() || !name.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return None;
    }
    let start = at + "<:>".len() + PREFIX.len() + name.len();
    let length = packet[start..end].find('<')?;
    let rest = &packet[start + length..end];
    rest.strip_prefix("</")?.strip_prefix(PREFIX)?.strip_prefix(':')?.strip_prefix(name)?.strip_prefix('>')?;
    Some((name, start..start + length))
}

/// Undoes the escapes that the writer uses; `None` for any other.
fn unescape(text: &str) -> Option<String> {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        let (name, after) = after.split_once(';')?;
        plain.push_str(before);
        plain.push(match name {
            "amp" => '&',
            "lt" => '<',
            "gt" => '>',
            "quot" => '"',
            "#9" => '\t',
            "#10" => '\n',
            "#13" => '\r',
            _ => return None,
        });
        rest = after;
    }
    plain.push_str(rest);
    Some(plain)
}

/// The packet without the values that are calculated from the rest of the file, and without what a program that saves
/// the file writes about itself.
pub fn comparable(packet: &str, pairs: &[Pair<'_>]) -> String {
    let mut left_out: Vec<Range<usize>> = pairs
        .iter()
        .filter(|pair| CALCULATED.contains(&pair.name) || pair.name == PARTS)
        .map(|pair| pair.place.clone())
        .collect();
    // Text in a packet is escaped, so that it holds no element.
    for name in OF_PROGRAM {
        let (open, close) = (format!("<{name}>"), format!("</{name}>"));
        let Some(start) = packet.find(&open).map(|at| at + open.len()) else { continue };
        if let Some(length) = packet[start..].find('<').filter(|length| packet[start + length..].starts_with(&close)) {
            left_out.push(start..start + length);
        }
    }
    left_out.sort_by_key(|range| range.start);
    let mut rest = String::with_capacity(packet.len());
    let mut at = 0;
    for range in left_out {
        rest.push_str(packet.get(at..range.start).unwrap_or_default());
        at = range.end;
    }
    rest.push_str(&packet[at..]);
    // Programs add white space at the end for later edits.
    rest.trim_end().to_owned()
}
