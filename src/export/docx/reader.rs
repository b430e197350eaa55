//! In: `word/document.xml`. Out: [`Read`]: its words, those that layout made set apart. It shares no code with the writer.

use std::collections::BTreeSet;
use std::io::{Cursor, Read as _};

use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event};
use zip::ZipArchive;

/// No part of ours is larger.
const LARGEST: u64 = 64 << 20;

/// A Word file that is open for reading.
pub struct File<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
}

impl<'a> File<'a> {
    /// Opens a package; `None` for what is none.
    pub fn open(bytes: &'a [u8]) -> Option<Self> {
        Some(Self { archive: ZipArchive::new(Cursor::new(bytes)).ok()? })
    }

    /// A part of text; `None` where it is not there, not text or too large.
    pub fn text(&mut self, name: &str) -> Option<String> {
        let part = self.archive.by_name(name).ok()?;
        // What a part says of its size is a hint and no more.
        let mut text = String::with_capacity(usize::try_from(part.size().min(LARGEST)).unwrap_or(0));
        part.take(LARGEST).read_to_string(&mut text).ok()?;
        Some(text)
    }

    /// The names of all parts.
    pub fn names(&self) -> BTreeSet<String> {
        self.archive.file_names().filter_map(Result::ok).map(std::borrow::Cow::into_owned).collect()
    }
}

/// What a body says.
#[derive(Debug, Clone, Default)]
pub struct Read {
    /// Every word, without white space.
    pub all: String,
    /// The words that an author or the client's data said, without white space. Footnotes stand at the ends of their
    /// sections as `\u{1}` and their number.
    pub words: String,
    /// Families that runs name.
    pub fonts: BTreeSet<String>,
    /// Ids of pictures and links.
    pub references: BTreeSet<String>,
}

#[derive(Default)]
struct Walk {
    read: Read,
    /// How many elements are under way.
    depth: usize,
    /// True within `w:t`, which holds words and nothing else.
    in_text: bool,
    /// For each run under way: whether its words are layout's own.
    runs: Vec<bool>,
    notes: BTreeSet<u32>,
    skip: usize,
}

/// The character that a reference stands for; `None` for one that XML itself does not know (XML 1.0, 4.6).
pub fn referred(name: &BytesRef<'_>) -> Option<char> {
    if let Some(letter) = name.resolve_char_ref().ok()? {
        return Some(letter);
    }
    match name.decode().ok()?.as_ref() {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => None,
    }
}

/// Reads a body. `None` for what is not well-formed.
pub fn read(xml: &str) -> Option<Read> {
    let mut reader = Reader::from_str(xml);
    let mut walk = Walk::default();
    loop {
        match reader.read_event().ok()? {
            Event::Start(start) => walk.start(&start, false)?,
            Event::Empty(start) => walk.start(&start, true)?,
            Event::End(end) => walk.end(end.name().into_inner())?,
            Event::Text(text) => walk.text(&text.decode().ok()?),
            Event::GeneralRef(name) => walk.text(referred(&name)?.encode_utf8(&mut [0; 4])),
            Event::CData(_) | Event::DocType(_) => return None,
            Event::Eof => break,
            Event::Decl(_) | Event::PI(_) | Event::Comment(_) => {}
        }
    }
    (walk.depth == 0).then_some(())?;
    walk.flush_notes();
    Some(walk.read)
}

impl Walk {
    fn start(&mut self, start: &BytesStart<'_>, empty: bool) -> Option<()> {
        let name = start.name().into_inner();
        // Nothing stands within `w:t`: words could hide there.
        (!self.in_text).then_some(())?;
        self.in_text = name == b"w:t" && !empty;
        if name == b"mc:Fallback" && !empty {
            self.skip += 1;
        }
        if self.skip == 0 {
            self.element(name, start)?;
        }
        if !empty {
            self.depth += 1;
        } else if self.skip == 0 && name == b"w:r" {
            self.runs.pop();
        }
        Some(())
    }

    fn element(&mut self, name: &[u8], start: &BytesStart<'_>) -> Option<()> {
        let value = |key: &str| -> Option<String> {
            let found = start.try_get_attribute(key).ok()??;
            unescaped(&found.value)
        };
        match name {
            b"w:r" => self.runs.push(false),
            b"w:noProof" => {
                if let Some(made) = self.runs.last_mut() {
                    *made = true;
                }
            }
            b"w:rFonts" => self.read.fonts.extend(value("w:ascii")),
            b"w:bookmarkStart" if value("w:name").is_some_and(|name| name.starts_with("_Toc")) => self.flush_notes(),
            b"w:footnoteReference" => {
                self.notes.insert(value("w:id")?.parse().ok()?);
            }
            b"w:hyperlink" => self.read.references.extend(value("r:id")),
            b"a:blip" | b"asvg:svgBlip" => self.read.references.extend(value("r:embed")),
            _ => {}
        }
        Some(())
    }

    fn end(&mut self, name: &[u8]) -> Option<()> {
        self.depth = self.depth.checked_sub(1)?;
        self.in_text = false;
        match name {
            b"mc:Fallback" => self.skip = self.skip.saturating_sub(1),
            _ if self.skip > 0 => {}
            b"w:r" => {
                self.runs.pop();
            }
            _ => {}
        }
        Some(())
    }

    fn text(&mut self, text: &str) {
        if self.skip > 0 || !self.in_text {
            return;
        }
        let own = !self.runs.last().copied().unwrap_or(false);
        for letters in text.split_whitespace() {
            self.read.all.push_str(letters);
            if own {
                self.read.words.push_str(letters);
            }
        }
    }

    fn flush_notes(&mut self) {
        for number in std::mem::take(&mut self.notes) {
            self.read.words.push_str(&format!("\u{1}{number};"));
        }
    }
}

/// The words of each footnote by number, without white space.
pub fn notes(xml: &str) -> Option<Vec<(u32, String)>> {
    let mut notes: Vec<(u32, String)> = Vec::new();
    for part in xml.split("<w:footnote ").skip(1) {
        let (head, body) = part.split_once('>')?;
        let id = head.split("w:id=\"").nth(1)?.split('"').next()?;
        let Ok(number) = id.parse() else { continue };
        let body = body.split("</w:footnote>").next()?;
        let read = read(&format!("<w:body>{body}</w:body>"))?;
        if number > 0 {
            notes.push((number, read.words));
        }
    }
    Some(notes)
}

/// The text of an attribute.
pub fn unescaped(value: &[u8]) -> Option<String> {
    Some(quick_xml::escape::unescape(std::str::from_utf8(value).ok()?).ok()?.into_owned())
}

/// The relationships of a part: id and target.
pub fn relationships(xml: &str) -> Option<Vec<(String, String)>> {
    let mut found = Vec::new();
    let mut reader = Reader::from_str(xml);
    loop {
        match reader.read_event().ok()? {
            Event::Start(start) | Event::Empty(start) if start.name().into_inner() == b"Relationship" => {
                let value = |key: &str| -> Option<String> { unescaped(&start.try_get_attribute(key).ok()??.value) };
                found.push((value("Id")?, value("Target")?));
            }
            Event::Eof => return Some(found),
            _ => {}
        }
    }
}
