//! In: the bytes of a zip file. Out: its parts in order, read strictly: what the directory lists and what lies in the file
//! are the same, with nothing before, between or after.
//!
//! Programs differ in which of two entries of one name they show, and in whether they believe the directory or the entry.
//! A file that leaves such a choice is refused here.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::io::Read;

use flate2::Crc;
use flate2::read::DeflateDecoder;

/// The most parts of a package. A document with a picture on each of 500 pages has about a thousand.
const MOST_PARTS: usize = 4096;
/// The most bytes of all parts together, unpacked.
pub const MOST_BYTES: usize = 192 << 20;
/// The size of the end record without a comment.
const END_BYTES: usize = 22;
/// The size of an entry of the directory without its name.
const ENTRY_BYTES: usize = 46;
/// The size of a local header without its name.
const LOCAL_BYTES: usize = 30;
const STORED: u16 = 0;
const DEFLATED: u16 = 8;
/// Bits of an entry's flags that are accepted: levels of compression, a descriptor after the data, names in UTF-8.
const KNOWN_FLAGS: u16 = 0b0000_1000_0000_1110;
const DESCRIPTOR: u16 = 0b1000;

/// One part, unpacked.
#[derive(Debug, Clone)]
pub struct Part<'b> {
    pub name: Cow<'b, str>,
    pub bytes: Cow<'b, [u8]>,
    /// SHA-256 of the bytes, where it is known already.
    pub digest: Option<[u8; 32]>,
}

/// An entry of the directory.
struct Entry {
    name: String,
    flags: u16,
    method: u16,
    crc: u32,
    packed: usize,
    size: usize,
    at: usize,
}

/// Reads a zip file.
///
/// # Errors
/// What is wrong with it, in a few words.
pub fn parts(bytes: &[u8]) -> Result<Vec<Part<'static>>, String> {
    let (start, entries) = directory(bytes).ok_or("the directory of the package is damaged")??;
    distinct(&entries)?;
    let mut order: Vec<&Entry> = entries.iter().collect();
    order.sort_by_key(|entry| entry.at);
    let mut at = 0;
    for entry in order {
        if entry.at != at {
            return Err(format!("something lies in the package before `{}`", entry.name));
        }
        at = end_of(bytes, entry)?;
    }
    if at != start {
        return Err("something lies in the package before its directory".to_owned());
    }
    let mut left = MOST_BYTES;
    let mut parts = Vec::with_capacity(entries.len());
    for entry in &entries {
        // Some programs list folders, which hold nothing.
        if entry.name.ends_with('/') && entry.size == 0 {
            continue;
        }
        left = left.checked_sub(entry.size).ok_or("the parts of the package are too large")?;
        let bytes = unpacked(bytes, entry)?.into();
        parts.push(Part { name: entry.name.clone().into(), bytes, digest: None });
    }
    Ok(parts)
}

fn number16(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at + 2)?.try_into().ok()?))
}

fn number32(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}

fn size32(bytes: &[u8], at: usize) -> Option<usize> {
    usize::try_from(number32(bytes, at)?).ok()
}

/// Where the directory begins, and its entries. `None` where a number reaches outside of the file.
fn directory(bytes: &[u8]) -> Option<Result<(usize, Vec<Entry>), String>> {
    let end = bytes.len().checked_sub(END_BYTES)?;
    if bytes.get(end..end + 4)? != b"PK\x05\x06" {
        return Some(Err("something follows the package, or its end is cut off".to_owned()));
    }
    let (count, size, start) = (number16(bytes, end + 10)?, size32(bytes, end + 12)?, size32(bytes, end + 16)?);
    let count = usize::from(count);
    let whole = number16(bytes, end + 4)? == 0
        && number16(bytes, end + 6)? == 0
        && usize::from(number16(bytes, end + 8)?) == count
        && number16(bytes, end + 20)? == 0
        && start.checked_add(size)? == end;
    if !whole || count > MOST_PARTS {
        return Some(Err("the directory of the package is not as it must be".to_owned()));
    }
    let mut entries = Vec::with_capacity(count);
    let mut at = start;
    for _ in 0..count {
        if bytes.get(at..at + 4)? != b"PK\x01\x02" {
            return None;
        }
        let (name, extra, comment) = (number16(bytes, at + 28)?, number16(bytes, at + 30)?, number16(bytes, at + 32)?);
        let name_end = at + ENTRY_BYTES + usize::from(name);
        let name = String::from_utf8(bytes.get(at + ENTRY_BYTES..name_end)?.to_vec()).ok()?;
        entries.push(Entry {
            name,
            flags: number16(bytes, at + 8)?,
            method: number16(bytes, at + 10)?,
            crc: number32(bytes, at + 16)?,
            packed: size32(bytes, at + 20)?,
            size: size32(bytes, at + 24)?,
            at: size32(bytes, at + 42)?,
        });
        at = name_end + usize::from(extra) + usize::from(comment);
    }
    (at == end).then_some(Ok((start, entries)))
}

/// No two names that any system takes for the same, and none that leads out of the package.
fn distinct(entries: &[Entry]) -> Result<(), String> {
    let mut seen = BTreeSet::new();
    for Entry { name, .. } in entries {
        let odd = name.is_empty()
            || name.starts_with('/')
            || name.contains(['\\', '\0', ':', '%'])
            || name.split('/').any(|step| step == ".." || step == ".");
        if odd {
            return Err(format!("`{name}` is no name of a part"));
        }
        if !seen.insert(name.to_lowercase()) {
            return Err(format!("the part `{name}` is there twice"));
        }
    }
    Ok(())
}

/// Where an entry's data begins.
fn data_of(bytes: &[u8], entry: &Entry) -> Option<usize> {
    let (name, extra) = (number16(bytes, entry.at + 26)?, number16(bytes, entry.at + 28)?);
    entry.at.checked_add(LOCAL_BYTES + usize::from(name) + usize::from(extra))
}

/// Compares an entry's local header with the directory; gives where the entry ends.
fn end_of(bytes: &[u8], entry: &Entry) -> Result<usize, String> {
    let differs = || format!("the part `{}` is not what the directory of the package says", entry.name);
    let read = || -> Option<usize> {
        let at = entry.at;
        let name = bytes.get(at + LOCAL_BYTES..at + LOCAL_BYTES + entry.name.len())?;
        let same = bytes.get(at..at + 4)? == b"PK\x03\x04"
            && number16(bytes, at + 6)? == entry.flags
            && number16(bytes, at + 8)? == entry.method
            && usize::from(number16(bytes, at + 26)?) == entry.name.len()
            && name == entry.name.as_bytes()
            && entry.flags & !KNOWN_FLAGS == 0;
        let local = (number32(bytes, at + 14)?, size32(bytes, at + 18)?, size32(bytes, at + 22)?);
        let described = entry.flags & DESCRIPTOR != 0;
        let sizes = local == (entry.crc, entry.packed, entry.size) || (described && local == (0, 0, 0));
        let end = data_of(bytes, entry)?.checked_add(entry.packed)?;
        bytes.get(..end)?;
        if !same || !sizes {
            return None;
        }
        if !described {
            return Some(end);
        }
        let after = if bytes.get(end..end + 4)? == b"PK\x07\x08" { end + 4 } else { end };
        let said = (number32(bytes, after)?, size32(bytes, after + 4)?, size32(bytes, after + 8)?);
        (said == (entry.crc, entry.packed, entry.size)).then_some(after + 12)
    };
    read().ok_or_else(differs)
}

fn unpacked(bytes: &[u8], entry: &Entry) -> Result<Vec<u8>, String> {
    let damaged = || format!("the part `{}` cannot be unpacked", entry.name);
    let start = data_of(bytes, entry).ok_or_else(damaged)?;
    let data = bytes.get(start..start + entry.packed).ok_or_else(damaged)?;
    let unpacked = match entry.method {
        STORED => data.to_vec(),
        DEFLATED => {
            let mut unpacked = Vec::new();
            let limit = entry.size as u64 + 1;
            let mut decoder = DeflateDecoder::new(data);
            decoder.by_ref().take(limit).read_to_end(&mut unpacked).map_err(|_| damaged())?;
            if decoder.total_in() != data.len() as u64 {
                return Err(damaged());
            }
            unpacked
        }
        _ => return Err(damaged()),
    };
    let mut crc = Crc::new();
    crc.update(&unpacked);
    if unpacked.len() != entry.size || crc.sum() != entry.crc {
        return Err(damaged());
    }
    Ok(unpacked)
}
