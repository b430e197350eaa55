//! In: bytes of an xlsx file. Out: a package with only the parts that prices need, within limits, so that the crate that
//! reads workbooks can be given it.
//!
//! That crate trusts what a file says: it reserves memory for as many strings as are stated, copies fonts and fills for
//! each format, and reads a part once for each sheet that names it. So every part is unpacked and counted here first,
//! styles are cut down to the formats of numbers, and the copy is read through a [`Meter`].

use std::cell::Cell;
use std::io::{self, Cursor, Read, Seek, SeekFrom, Write};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use super::{MOST_CELLS, too_large};
use crate::diagnostic::{Checked, Diagnostic};

/// Most bytes of all parts together, unpacked.
const MOST_UNPACKED: u64 = 32 * 1024 * 1024;
/// Most parts of a package: sheets, pictures, printer settings.
const MOST_PARTS: usize = 2_000;
/// Most bytes that may be read from the copy. Each sheet is read twice, once for its cells and once for merged areas.
const MOST_READ: u64 = 3 * MOST_UNPACKED;
/// Most formats of cells; spreadsheet programs write 64,000 at most.
const MOST_FORMATS: usize = 65_000;
/// Most characters of a number's format; spreadsheet programs take 255.
const LONGEST_FORMAT: usize = 1_024;

/// A package that was checked, uncompressed.
pub(super) struct Package(Vec<u8>);

/// Why a package is not read.
enum Fault {
    Broken(String),
    TooLarge,
}

impl<E: std::error::Error> From<E> for Fault {
    fn from(error: E) -> Self {
        Self::Broken(error.to_string())
    }
}

impl Package {
    /// Unpacks and counts every part.
    ///
    /// # Errors
    /// `I001` for what is no workbook or holds more than a price list can.
    pub fn check(name: &str, bytes: &[u8]) -> Checked<Self> {
        copy_parts(bytes).map(Self).map_err(|fault| match fault {
            Fault::TooLarge => too_large(name).into(),
            Fault::Broken(why) => Diagnostic::error("I001", format!("`{name}` is not an xlsx file: {}", shorten(&why)))
                .help("save it as “Excel Workbook (.xlsx)” or as “CSV UTF-8”")
                .into(),
        })
    }

    /// The package for a reader, which may read as many bytes of it as the budget has left.
    pub fn metered<'a>(&'a self, budget: &'a Budget) -> Meter<'a> {
        Meter { inner: Cursor::new(&self.0), budget }
    }
}

/// How many bytes may still be read.
pub(super) struct Budget(Cell<u64>);

impl Budget {
    pub fn new() -> Self {
        Self(Cell::new(MOST_READ))
    }

    /// True where all of it was used, so that what was read may be incomplete.
    pub fn is_spent(&self) -> bool {
        self.0.get() == 0
    }
}

/// What a crate says about a file may quote the file, at any length.
pub(super) fn shorten(text: &str) -> String {
    const MOST: usize = 160;
    if text.chars().count() <= MOST { text.to_string() } else { text.chars().take(MOST).chain(['…']).collect() }
}

fn copy_parts(bytes: &[u8]) -> Result<Vec<u8>, Fault> {
    let mut archive = ZipArchive::new(Cursor::new(bytes))?;
    if archive.len() > MOST_PARTS {
        return Err(Fault::TooLarge);
    }
    let mut copy = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let mut left = MOST_UNPACKED;
    let mut cells = 0;
    for index in 0..archive.len() {
        let mut part = archive.by_index(index)?;
        let name = part.name()?.into_owned();
        let mut content = Vec::new();
        // What a part says about its size need not be true.
        let size = part.by_ref().take(left + 1).read_to_end(&mut content)? as u64;
        left = left.checked_sub(size).ok_or(Fault::TooLarge)?;
        let lower = name.to_ascii_lowercase();
        // Pictures, macros and themes hold no prices.
        if !is_xml(&content) || lower.ends_with("theme1.xml") {
            continue;
        }
        let content = if lower.ends_with("styles.xml") {
            number_formats(&content)?
        } else {
            count(&content, &mut cells)?;
            without_stated_count(content)
        };
        copy.start_file(name, options)?;
        copy.write_all(&content)?;
    }
    Ok(copy.finish()?.into_inner())
}

fn is_xml(content: &[u8]) -> bool {
    let text = content.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(content);
    text.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'<')
}

/// Counts cells, over all parts, and refuses a number of strings for which no price list has room.
fn count(content: &[u8], cells: &mut usize) -> Result<(), Fault> {
    let mut reader = Reader::from_reader(content);
    loop {
        match reader.read_event()? {
            Event::Start(element) | Event::Empty(element) => match element.local_name().as_ref() {
                b"c" | b"si" | b"mergeCell" | b"sheet" | b"Relationship" => *cells += 1,
                b"sst" => check_stated(&element)?,
                _ => {}
            },
            Event::Eof => return Ok(()),
            _ => {}
        }
        if *cells > MOST_CELLS {
            return Err(Fault::TooLarge);
        }
    }
}

/// The number of strings that a part says it has: memory is reserved by it.
fn check_stated(element: &BytesStart) -> Result<(), Fault> {
    let Some(stated) = attribute(element, "uniqueCount")? else { return Ok(()) };
    let count: u64 =
        stated.parse().map_err(|_| Fault::Broken(format!("`{}` is no number of strings", shorten(&stated))))?;
    if count > MOST_CELLS as u64 { Err(Fault::TooLarge) } else { Ok(()) }
}

/// Takes the stated number of strings away from a reader, however it is written. The strings themselves stay.
fn without_stated_count(mut content: Vec<u8>) -> Vec<u8> {
    const STATED: &[u8] = b"uniqueCount";
    let head = content.windows(3).position(|bytes| bytes == b"<si").unwrap_or(content.len());
    while let Some(at) = content[..head].windows(STATED.len()).position(|bytes| bytes == STATED) {
        content[at] = b'U';
    }
    content
}

fn attribute(element: &BytesStart, name: &str) -> Result<Option<String>, Fault> {
    Ok(element.try_get_attribute(name)?.map(|attribute| String::from_utf8_lossy(&attribute.value).into_owned()))
}

/// The styles of a workbook without fonts, fills and borders: which format each kind of cell shows its number in.
fn number_formats(content: &[u8]) -> Result<Vec<u8>, Fault> {
    let mut reader = Reader::from_reader(content);
    let (mut formats, mut kinds) = (String::new(), String::new());
    let (mut in_kinds, mut seen) = (false, 0);
    loop {
        match reader.read_event()? {
            Event::Start(element) | Event::Empty(element) => match element.local_name().as_ref() {
                b"cellXfs" => in_kinds = true,
                b"numFmt" => formats.push_str(&copied(&element, "numFmt", &["numFmtId", "formatCode"])?),
                b"xf" if in_kinds => kinds.push_str(&copied(&element, "xf", &["numFmtId"])?),
                _ => continue,
            },
            Event::End(element) if element.local_name().as_ref() == b"cellXfs" => in_kinds = false,
            Event::Eof => break,
            _ => continue,
        }
        seen += 1;
        if seen > MOST_FORMATS {
            return Err(Fault::TooLarge);
        }
    }
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    Ok(format!("<styleSheet xmlns=\"{main}\"><numFmts>{formats}</numFmts><cellXfs>{kinds}</cellXfs></styleSheet>")
        .into_bytes())
}

/// An empty element with some of the attributes of another, their values escaped as they were.
fn copied(element: &BytesStart, name: &str, wanted: &[&str]) -> Result<String, Fault> {
    let mut text = format!("<{name}");
    for key in wanted {
        let Some(value) = attribute(element, key)? else { continue };
        if value.len() > LONGEST_FORMAT {
            return Err(Fault::Broken("the format of a number is too long".into()));
        }
        text.push_str(&format!(" {key}=\"{}\"", value.replace('"', "&quot;")));
    }
    text.push_str("/>");
    Ok(text)
}

/// Bytes for a reader, up to a number: a part that many sheets name would be read for each of them.
pub(super) struct Meter<'a> {
    inner: Cursor<&'a Vec<u8>>,
    budget: &'a Budget,
}

impl Read for Meter<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let left = self.budget.0.get();
        if left == 0 {
            return Err(io::Error::other("the workbook is too large"));
        }
        let most = usize::try_from(left).unwrap_or(usize::MAX).min(buffer.len());
        let read = self.inner.read(&mut buffer[..most])?;
        self.budget.0.set(left - read as u64);
        Ok(read)
    }
}

impl Seek for Meter<'_> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.inner.seek(to)
    }
}
