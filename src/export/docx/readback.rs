//! In: the bytes of a finished Word file and the words that it should hold. Out: nothing, or everything that is wrong with
//! it.
//!
//! | Code | Meaning |
//! |---|---|
//! | E040 | the words differ |
//! | E041 | the file cannot be read back, or lacks a part |
//! | E042 | a font is not embedded |

use std::collections::{BTreeMap, BTreeSet};

use super::reader::{self, File, Read};
use crate::diagnostic::{Checked, Diagnostic, Problems};
use crate::export::pdf::difference;

/// Fonts that every office program has a stand-in for: the boxes to tick.
const SYSTEM: [&str; 1] = [super::controls::SYMBOLS];

/// A finished file, and its body with what was read in it before it was packed.
#[derive(Debug, Clone)]
pub struct Written {
    pub bytes: Vec<u8>,
    pub(super) body: String,
    pub(super) read: Read,
}

/// Reads a finished file and compares it with the words of its document; white space does not count.
///
/// # Errors
/// `E040`–`E042`, see the table above: every problem found.
pub fn read_back(written: &Written, expected_words: &str) -> Checked<()> {
    let mut problems = Problems::default();
    if compare(written, expected_words, &mut problems).is_none() {
        problems.0.push(
            Diagnostic::error("E041", "the finished Word file cannot be read back")
                .help("this is a fault in collateral; please report it with the template and the client file"),
        );
    }
    if problems.0.is_empty() { Ok(()) } else { Err(problems) }
}

/// The words of a finished file that an author or the client's data said, in reading order, without white space.
///
/// # Errors
/// `E041` for a file that is not one of ours.
pub fn words_of(bytes: &[u8]) -> Checked<String> {
    let words = || {
        let mut file = File::open(bytes)?;
        let read = body(&mut file)?;
        with_notes(&mut file, &read)
    };
    words().ok_or_else(|| foreign().into())
}

/// Every word of a finished file's body, those that layout made included, without white space.
///
/// # Errors
/// `E041` for a file that is not one of ours.
pub fn all_words_of(bytes: &[u8]) -> Checked<String> {
    let words = File::open(bytes).and_then(|mut file| body(&mut file)).map(|read| read.all);
    words.ok_or_else(|| foreign().into())
}

/// Every word of each header and footer that says something, without white space, in the order of their parts.
///
/// # Errors
/// `E041` for a file that is not one of ours.
pub fn furniture_of(bytes: &[u8]) -> Checked<Vec<String>> {
    let words = || -> Option<Vec<String>> {
        let mut file = File::open(bytes)?;
        let parts = file.names().into_iter();
        let parts = parts.filter(|name| name.starts_with("word/header") || name.starts_with("word/footer"));
        let read = parts.map(|name| Some(reader::read(&file.text(&name)?)?.all));
        read.filter(|words| words.as_ref().is_none_or(|words| !words.is_empty())).collect()
    };
    words().ok_or_else(|| foreign().into())
}

/// The title among a finished file's properties.
///
/// # Errors
/// `E041` for a file that is not one of ours.
pub fn title_of(bytes: &[u8]) -> Checked<String> {
    let title = || {
        let core = File::open(bytes)?.text("docProps/core.xml")?;
        let (_, after) = core.split_once("<dc:title>")?;
        reader::unescaped(after.split_once("</dc:title>")?.0.as_bytes())
    };
    title().ok_or_else(|| foreign().into())
}

fn foreign() -> Diagnostic {
    Diagnostic::error("E041", "the Word file cannot be read back").help("name a Word file as collateral has written it")
}

fn body(file: &mut File<'_>) -> Option<Read> {
    reader::read(&file.text("word/document.xml")?)
}

/// Puts the words of footnotes where their sections end.
fn with_notes(file: &mut File<'_>, read: &Read) -> Option<String> {
    let notes: BTreeMap<u32, String> = reader::notes(&file.text("word/footnotes.xml")?)?.into_iter().collect();
    let mut words = String::with_capacity(read.words.len());
    let mut rest = read.words.as_str();
    while let Some((before, after)) = rest.split_once('\u{1}') {
        let (number, after) = after.split_once(';')?;
        words.push_str(before);
        words.push_str(notes.get(&number.parse().ok()?)?);
        rest = after;
    }
    words.push_str(rest);
    Some(words)
}

/// `None` where the file is not built as expected.
fn compare(written: &Written, expected: &str, problems: &mut Problems) -> Option<()> {
    let mut file = File::open(&written.bytes)?;
    let text = file.text("word/document.xml")?;
    // Where the body has come out of the package as it went in, it says what it said then.
    let again = if text == written.body { None } else { Some(reader::read(&text)?) };
    let read = again.as_ref().unwrap_or(&written.read);
    let words = with_notes(&mut file, read)?;
    if let Some((found, wanted)) = difference(&words, expected) {
        let message = format!("the finished Word file reads `{found}` where the document says `{wanted}`");
        problems.0.push(
            Diagnostic::error("E040", message)
                .help("this is a fault in collateral; please report it with the template and the client file"),
        );
    }
    parts_are_there(&mut file, read, problems)?;
    fonts_are_there(&mut file, read, problems)
}

/// Every relationship leads to something, and every reference to a relationship.
fn parts_are_there(file: &mut File<'_>, read: &Read, problems: &mut Problems) -> Option<()> {
    let names = file.names();
    let links = reader::relationships(&file.text("word/_rels/document.xml.rels")?)?;
    let ids: BTreeSet<&String> = links.iter().map(|(id, _)| id).collect();
    let lost = read.references.iter().find(|id| !ids.contains(id));
    let gone = links
        .iter()
        .map(|(_, target)| target)
        .find(|target| !target.contains(':') && !target.starts_with('#') && !names.contains(&format!("word/{target}")));
    if let Some(missing) = lost.or(gone) {
        problems.0.push(
            Diagnostic::error("E041", format!("the finished Word file lacks its part `{missing}`"))
                .help("this is a fault in collateral; please report it with the template and the client file"),
        );
    }
    Some(())
}

fn fonts_are_there(file: &mut File<'_>, read: &Read, problems: &mut Problems) -> Option<()> {
    let table = file.text("word/fontTable.xml")?;
    for font in read.fonts.iter().filter(|font| !SYSTEM.contains(&font.as_str())) {
        let entry = format!("<w:font w:name=\"{}\">", super::xml::escaped(font));
        let embedded = table
            .split_once(&entry)
            .is_some_and(|(_, after)| after.split("</w:font>").next().is_some_and(|entry| entry.contains("<w:embed")));
        if !embedded {
            problems.0.push(
                Diagnostic::error("E042", format!("the font `{font}` is not embedded in the finished Word file"))
                    .help("this is a fault in collateral; please report it with the template and the client file"),
            );
        }
    }
    Some(())
}
