//! In: the bytes of a finished PDF whose digests and seal are zeros. Out: the same bytes with digests and seal in place.
//!
//! | Code | Meaning |
//! |---|---|
//! | E023 | the finished file cannot be digested |

use std::num::NonZero;

use sha2::{Digest, Sha256};

use super::About;
use super::compare::Parts;
use super::metadata::PARTS;
use super::packet;
use super::readback::File;
use crate::diagnostic::{Checked, Diagnostic};
use crate::export::record::{CONTENT_DIGEST, FILE_DIGEST, FileRecord, SEAL, STAMPED};
use crate::hexadecimal::hex;

/// Calculates the digests of a file and its seal, and puts them into its XMP packet.
///
/// # Errors
/// `E023`: the file is not as this program writes it.
pub fn stamp(threads: NonZero<usize>, mut bytes: Vec<u8>, about: &About) -> Checked<Vec<u8>> {
    let broken = |why: &str| {
        Diagnostic::error("E023", format!("the digests of the finished PDF cannot be calculated: {why}"))
            .help("this is a fault in collateral; please report it with the template and the client file")
    };
    let (parts, places) = read(threads, &bytes).ok_or_else(|| broken("it cannot be read back"))?;
    if let Some(fault) = parts.faults.first() {
        return Err(broken(&format!("{}: {}", fault.place, fault.what)).into());
    }
    let unsigned = about.record.unsigned(about.seal_key.is_some());
    let misplaced = || broken("a digest has no place");
    put(&mut bytes, &places, PARTS, &parts.short()).ok_or_else(misplaced)?;
    let content_digest = parts.content_digest();
    let file_digest = hex(&Sha256::digest(&bytes));
    put(&mut bytes, &places, CONTENT_DIGEST, &content_digest).ok_or_else(misplaced)?;
    put(&mut bytes, &places, FILE_DIGEST, &file_digest).ok_or_else(misplaced)?;
    if let Some(key) = &about.seal_key {
        let record = FileRecord { content_digest, file_digest, ..unsigned };
        put(&mut bytes, &places, SEAL, &key.sign(&record)).ok_or_else(misplaced)?;
    }
    Ok(bytes)
}

/// Puts a value in its place; `None` where there is no place of its length.
fn put(bytes: &mut [u8], places: &[Place], name: &str, value: &str) -> Option<()> {
    let place = places.iter().find(|place| place.name == name && place.length == value.len())?;
    bytes.get_mut(place.start..place.start + place.length)?.copy_from_slice(value.as_bytes());
    Some(())
}

/// Where the value of a key is in a file.
struct Place {
    name: String,
    start: usize,
    length: usize,
}

fn read(threads: NonZero<usize>, bytes: &[u8]) -> Option<(Parts, Vec<Place>)> {
    let file = File::open(bytes)?;
    let text = packet::packet(&file)?;
    let pairs = packet::pairs(&text).ok()?;
    let parts = Parts::read(threads, &file, &packet::comparable(&text, &pairs))?;
    Some((parts, places(&file, bytes)?))
}

fn places(file: &File<'_>, bytes: &[u8]) -> Option<Vec<Place>> {
    let range = packet::place(file, bytes)?;
    let text = std::str::from_utf8(bytes.get(range.clone())?).ok()?;
    let pairs = packet::pairs(text).ok()?;
    let place = |pair: &packet::Pair<'_>| Place {
        name: pair.name.to_owned(),
        start: range.start + pair.place.start,
        length: pair.place.len(),
    };
    Some(pairs.iter().map(place).collect())
}

/// The file digest in hex: SHA-256 over all bytes with the values of both digests and the seal as zeros. `None` where
/// the packet is not stored as this program stores it.
pub fn file_digest(file: &File<'_>, bytes: &[u8]) -> Option<String> {
    let mut bytes_of_made = bytes.to_vec();
    for place in places(file, bytes)? {
        let Some((_, zeros)) = STAMPED.iter().find(|(name, _)| *name == place.name) else { continue };
        if place.length != zeros.len() {
            return None;
        }
        bytes_of_made.get_mut(place.start..place.start + place.length)?.copy_from_slice(zeros.as_bytes());
    }
    Some(hex(&Sha256::digest(&bytes_of_made)))
}
