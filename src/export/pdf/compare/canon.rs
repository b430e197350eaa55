//! In: objects of a file. Out: their canonical bytes: the same for two files that store the same objects differently.
//!
//! References are followed, keys are sorted, strings and names are decoded, numbers are those of 32 bits that every
//! program keeps, and a stream is the digest of its decoded content. Objects that lead in circles (pages, annotations,
//! nodes of the structure, bookmarks) have *anchors*: where another object refers to one, its position is written in
//! place of its content.

use std::collections::HashMap;
use std::num::NonZero;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use sha2::{Digest, Sha256};

use super::lexer;
use crate::export::pdf::readback::syntax::Dict;
use crate::export::pdf::readback::{File, Object};
use crate::library::parallel;

/// A digest of canonical bytes.
pub type Hash = [u8; 32];

/// How deep objects may nest, references followed.
const DEEPEST: usize = 48;
/// Canonical bytes of all objects of a file; reading an object counts too.
const MOST_WRITTEN: usize = 32 << 20;
/// What following a reference counts as, in canonical bytes; and how many bytes that are read count as one.
const REFERENCE: usize = 16;
const READ: usize = 4;
/// The largest content that is read token by token, in bytes; ours have less than one megabyte.
pub const LARGEST_DRAWN: usize = 16 << 20;
/// Decoded bytes of all streams of a file.
const MOST_DECODED: usize = 192 << 20;

/// What an object is that others may refer to in a circle.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Page = 1,
    Annotation,
    Node,
    Bookmark,
}

/// Writes canonical bytes.
pub struct Canon<'f> {
    pub file: &'f File<'f>,
    pub anchors: HashMap<u32, (Kind, usize)>,
    streams: Mutex<HashMap<u32, Hash>>,
    written: AtomicUsize,
    decoded: AtomicUsize,
}

impl<'f> Canon<'f> {
    pub fn new(file: &'f File<'f>) -> Self {
        Self {
            file,
            anchors: HashMap::new(),
            streams: Mutex::default(),
            written: AtomicUsize::new(0),
            decoded: AtomicUsize::new(0),
        }
    }

    /// Gives an object an anchor; `None` where it has one already.
    pub fn anchor(&mut self, number: u32, kind: Kind, index: usize) -> Option<()> {
        self.anchors.insert(number, (kind, index)).is_none().then_some(())
    }

    /// Appends the canonical bytes of an object; `None` where it is damaged, too deep or too large.
    pub fn write(&self, object: &Object<'_>, out: &mut Vec<u8>) -> Option<()> {
        self.nested(object, out, 0)
    }

    /// Appends the canonical bytes of a dictionary without some of its keys.
    pub fn write_dict(&self, dict: &Dict<'_>, skipped: &[&str], out: &mut Vec<u8>) -> Option<()> {
        self.dict(dict, skipped, out, 0)
    }

    fn nested(&self, object: &Object<'_>, out: &mut Vec<u8>, depth: usize) -> Option<()> {
        let before = out.len();
        if depth > DEEPEST {
            return None;
        }
        match object {
            Object::Null => out.push(b'n'),
            Object::Bool(value) => out.push(if *value { b't' } else { b'f' }),
            Object::Number(number) => append_number(*number, out),
            Object::Name(name) => append_bytes(b'/', &lexer::name(name), out),
            Object::Hex(_) | Object::Literal(_) => append_text(&string(object)?, out),
            Object::Array(items) => {
                out.push(b'[');
                for item in items {
                    self.nested(item, out, depth + 1)?;
                }
                out.push(b']');
            }
            Object::Dict(dict) => return self.dict(dict, &[], out, depth + 1),
            Object::Ref(number) => return self.reference(*number, out, depth),
        }
        self.count(out.len() - before)
    }

    /// Follows a reference, and counts that.
    pub fn entry(&self, number: u32) -> Option<(Object<'f>, bool)> {
        let (object, stream, length) = self.file.entry(number)?;
        self.count(REFERENCE + length / READ)?;
        Some((object, stream))
    }

    fn count(&self, bytes: usize) -> Option<()> {
        (self.written.fetch_add(bytes, Ordering::Relaxed) < MOST_WRITTEN).then_some(())
    }

    fn reference(&self, number: u32, out: &mut Vec<u8>, depth: usize) -> Option<()> {
        self.count(REFERENCE)?;
        if let Some((kind, index)) = self.anchors.get(&number) {
            out.extend([b'@', *kind as u8]);
            out.extend((*index as u64).to_be_bytes());
            return Some(());
        }
        match self.file.entry(number) {
            // Other programs search the file for an object that is not at its place, and may find one.
            None if self.file.is_listed(number) => return None,
            // A reference to nothing is null (ISO 32000-1, 7.3.10).
            None => out.push(b'n'),
            Some((_, true, _)) => {
                out.push(b'S');
                out.extend(self.stream(number, depth + 1)?);
            }
            Some((object, false, length)) => {
                self.count(length / READ)?;
                self.nested(&object, out, depth + 1)?;
            }
        }
        Some(())
    }

    fn dict(&self, dict: &Dict<'_>, skipped: &[&str], out: &mut Vec<u8>, depth: usize) -> Option<()> {
        if depth > DEEPEST {
            return None;
        }
        self.count(2 + dict.0.len())?;
        out.push(b'<');
        for (key, value) in entries(dict)? {
            if skipped.iter().any(|skipped| skipped.as_bytes() == key) || *value == Object::Null {
                continue;
            }
            let start = out.len();
            append_bytes(b'/', key, out);
            let value_start = out.len();
            self.nested(value, out, depth + 1)?;
            // A key whose value is null is as good as absent.
            if out[value_start..] == *b"n" {
                out.truncate(start);
            }
        }
        out.push(b'>');
        Some(())
    }

    /// The digest of a stream: its dictionary and its decoded content.
    pub fn stream(&self, number: u32, depth: usize) -> Option<Hash> {
        let known = || self.streams.lock().ok()?.get(&number).copied();
        if let Some(hash) = known() {
            return Some(hash);
        }
        let (dict, content) = self.content(number)?;
        let mut bytes = Vec::new();
        self.dict(&dict, &["Length", "Filter", "DecodeParms", "DL"], &mut bytes, depth + 1)?;
        if !content.left.is_empty() {
            for filter in &content.left {
                append_bytes(b'/', filter, &mut bytes);
            }
            self.nested(dict.get("DecodeParms").unwrap_or(&Object::Null), &mut bytes, depth + 1)?;
        }
        let drawn = dict.is("Subtype", "Form") || dict.get("PatternType") == Some(&Object::Number(1.0));
        if drawn && content.left.is_empty() {
            let start = bytes.len();
            if content.content.len() > LARGEST_DRAWN {
                return None;
            }
            lexer::append_tokens(&content.content, &mut bytes)?;
            self.count(bytes.len() - start)?;
        } else {
            bytes.extend(Sha256::digest(&content.content));
        }
        let hash = digest(&bytes);
        self.streams.lock().ok()?.insert(number, hash);
        Some(hash)
    }

    /// Calculates the digests of the file's streams side by side, but not those of `skipped`, which need none. Only for
    /// files whose streams are all in use.
    pub fn digest_streams(&self, threads: NonZero<usize>, skipped: &[u32]) {
        const OF_FILE: [&str; 3] = ["XRef", "ObjStm", "Metadata"];
        let is_wanted = |number: &u32| match self.file.entry(*number) {
            Some((Object::Dict(dict), true, _)) => {
                !skipped.contains(number) && !OF_FILE.iter().any(|kind| dict.is("Type", kind))
            }
            _ => false,
        };
        let numbers: Vec<u32> = self.file.numbers().filter(is_wanted).collect();
        // A stream that cannot be read is found where it is used.
        parallel::map_on(threads, &numbers, |number| self.stream(*number, 0));
    }

    /// The dictionary and the decoded content of a stream, within what one file may decode to.
    pub fn content(&self, number: u32) -> Option<(Dict<'_>, crate::export::pdf::readback::filters::Decoded)> {
        if self.decoded.load(Ordering::Relaxed) > MOST_DECODED {
            return None;
        }
        let (dict, decoded) = self.file.decoded(number)?;
        self.decoded.fetch_add(decoded.content.len(), Ordering::Relaxed);
        Some((dict, decoded))
    }
}

/// SHA-256 of bytes.
pub fn digest(bytes: &[u8]) -> Hash {
    Sha256::digest(bytes).into()
}

/// The entries of a dictionary sorted by their keys; `None` where a key is present twice or hides behind an escape:
/// two programs would read two dictionaries.
pub fn entries<'d, 'a>(dict: &'d Dict<'a>) -> Option<Vec<(&'a [u8], &'d Object<'a>)>> {
    let mut entries: Vec<_> = dict.0.iter().map(|(key, value)| (*key, value)).collect();
    entries.sort_unstable_by_key(|(key, _)| *key);
    dict.is_unambiguous().then_some(entries)
}

/// The bytes of a string.
pub fn string(object: &Object<'_>) -> Option<Vec<u8>> {
    match object {
        Object::Hex(digits) => crate::export::pdf::readback::filters::hex(digits),
        Object::Literal(written) => Some(lexer::unescape(written)),
        _ => None,
    }
}

/// The text of a string (ISO 32000-1, 7.9.2.2): UTF-16 or UTF-8 with its mark, else PDFDocEncoding; `None` where it is
/// none of them.
pub fn text(bytes: &[u8]) -> Option<String> {
    if let Some(units) = bytes.strip_prefix(&[0xFE, 0xFF]) {
        let pairs = units.chunks_exact(2);
        if !pairs.remainder().is_empty() {
            return None;
        }
        let units = pairs.map(|pair| u16::from_be_bytes([pair[0], pair[1]]));
        return char::decode_utf16(units).collect::<Result<String, _>>().ok();
    }
    if let Some(utf8) = bytes.strip_prefix(&[0xEF, 0xBB, 0xBF]) {
        return String::from_utf8(utf8.to_vec()).ok();
    }
    bytes.iter().map(|byte| encoded(*byte)).collect()
}

/// A character of PDFDocEncoding (ISO 32000-1, annex D.2).
fn encoded(byte: u8) -> Option<char> {
    const ACCENTS: [char; 8] = ['˘', 'ˇ', 'ˆ', '˙', '˝', '˛', '˚', '˜'];
    const SIGNS: [char; 31] = [
        '•', '†', '‡', '…', '—', '–', 'ƒ', '⁄', '‹', '›', '−', '‰', '„', '“', '”', '‘', '’', '‚', '™', 'ﬁ', 'ﬂ', 'Ł',
        'Œ', 'Š', 'Ÿ', 'Ž', 'ı', 'ł', 'œ', 'š', 'ž',
    ];
    match byte {
        0x18..=0x1F => Some(ACCENTS[usize::from(byte - 0x18)]),
        0x80..=0x9E => Some(SIGNS[usize::from(byte - 0x80)]),
        0xA0 => Some('€'),
        0x7F | 0x9F | 0xAD => None,
        other => Some(char::from(other)),
    }
}

fn append_number(number: f64, out: &mut Vec<u8>) {
    const LARGEST_WHOLE: f64 = 9.0e15;
    if number.fract() == 0.0 && number.abs() < LARGEST_WHOLE {
        out.push(b'i');
        out.extend((number as i64).to_be_bytes());
    } else {
        // Programs keep 32 bits of a real number.
        out.push(b'r');
        out.extend((number as f32).to_bits().to_be_bytes());
    }
}

fn append_text(bytes: &[u8], out: &mut Vec<u8>) {
    match text(bytes) {
        Some(text) => append_bytes(b'(', text.as_bytes(), out),
        None => append_bytes(b'b', bytes, out),
    }
}

/// Appends a tag, a length and bytes.
pub fn append_bytes(tag: u8, bytes: &[u8], out: &mut Vec<u8>) {
    out.push(tag);
    out.extend_from_slice(&(bytes.len() as u64).to_be_bytes());
    out.extend_from_slice(bytes);
}
