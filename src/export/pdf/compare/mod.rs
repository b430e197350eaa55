//! In: a PDF, opened. Out: [`Parts`]: a digest of each part of what a reader sees and hears, independent of how the file
//! is stored; what was typed into its fields; and what cannot have been made by this program.
//!
//! docs/pdf.md lists what is compared. Whatever is not known is part of a digest, and so a change.

mod canon;
mod lexer;
mod walk;
mod widgets;

use std::num::NonZero;

use sha2::{Digest, Sha256};

use self::canon::{Canon, Hash, digest, entries};
use self::walk::Page;
use super::readback::syntax::Dict;
use super::readback::{File, Object};
use crate::export::verification::{Change, FilledField};
use crate::hexadecimal::hex;
use crate::library::parallel;

/// The parts of a file that belong to no page, in the order of their digests.
const OF_DOCUMENT: [&str; 5] =
    ["the document's settings", "the document's outline", "the document's tags", "the form", "the metadata"];
/// The parts of each page: its content, its annotations.
const OF_PAGE: usize = 2;
/// Digits of a part's digest in the record: enough to tell where a file was changed. That it was changed is told by the
/// content digest.
const SHORT: usize = 8;
/// Characters of a name that are shown.
const NAME: usize = 60;
/// Added entries of the catalog that are named; a forged file may have thousands.
const MOST_NAMED: usize = 16;
/// What the catalog of a file may hold, apart from what has a part of its own or says nothing about the document.
const SETTINGS: [&str; 5] = ["MarkInfo", "Lang", "ViewerPreferences", "PageLabels", "OutputIntents"];
/// What the catalog holds that is compared elsewhere, or tells nothing.
const ELSEWHERE: [&str; 8] =
    ["Type", "Pages", "StructTreeRoot", "Outlines", "Metadata", "AcroForm", "Version", "Extensions"];
/// What a page holds that is compared elsewhere.
const NOT_OF_CONTENT: [&str; 5] = ["Type", "Parent", "Contents", "Resources", "Annots"];
/// Entries of the information dictionary that a program writes about itself.
const OF_PROGRAM: [&str; 5] = ["Producer", "Creator", "CreationDate", "ModDate", "Trapped"];

/// A file as its readers see it.
pub struct Parts {
    digests: Vec<Hash>,
    /// What cannot have been made by this program, or cannot be read.
    pub faults: Vec<Change>,
    pub fields: Vec<FilledField>,
}

impl Parts {
    /// Reads a file; on more than one thread only files that this program has just made. `packet` is its XMP packet
    /// without what differs between two programs; `None` where the pages cannot be found.
    pub fn read(threads: NonZero<usize>, file: &File<'_>, packet: &str) -> Option<Self> {
        let mut canon = Canon::new(file);
        let pages = walk::pages(file, &mut canon)?;
        let mut parts = Self { digests: Vec::new(), faults: Vec::new(), fields: Vec::new() };
        let Some(Object::Dict(catalog)) = file.catalog() else { return None };
        let nodes = catalog.get("StructTreeRoot").map(|root| walk::nodes(&mut canon, root));
        let marks = catalog.get("Outlines").map(|root| walk::bookmarks(&mut canon, root.reference()?));
        if threads.get() > 1 {
            let contents: Vec<u32> = pages.iter().filter_map(|page| page.dict.get("Contents")?.reference()).collect();
            canon.digest_streams(threads, &contents);
        }
        parts.add(OF_DOCUMENT[0], settings(&canon, &catalog));
        added_settings(&catalog, &mut parts.faults);
        parts.add(OF_DOCUMENT[1], listed(&canon, marks));
        parts.add(OF_DOCUMENT[2], listed(&canon, nodes));
        let form = catalog.get("AcroForm").and_then(|form| file.resolve(form));
        let form = form.as_ref().and_then(Object::dict);
        parts.add(OF_DOCUMENT[3], form_part(&canon, form));
        parts.add(OF_DOCUMENT[4], metadata(&canon, packet));
        parts.add_pages(threads, &canon, &pages, form);
        Some(parts)
    }

    fn add(&mut self, place: &str, hash: Option<Hash>) {
        if hash.is_none() {
            self.fault(place, "it cannot be read");
        }
        self.digests.push(hash.unwrap_or_default());
    }

    fn fault(&mut self, place: &str, what: &str) {
        self.faults.push(Change { place: place.to_owned(), what: what.to_owned() });
    }

    fn add_pages(&mut self, threads: NonZero<usize>, canon: &Canon<'_>, pages: &[Page<'_>], form: Option<&Dict<'_>>) {
        let contents = parallel::map_on(threads, pages, |page| content(canon, page));
        let fonts = form.and_then(|form| {
            let resources = canon.file.value(form, "DR")?;
            match canon.file.value(resources.dict()?, "Font")? {
                Object::Dict(fonts) => Some(fonts),
                _ => None,
            }
        });
        let fonts = fonts.unwrap_or_default();
        for (index, (page, content)) in pages.iter().zip(contents).enumerate() {
            let number = index + 1;
            self.add(&format!("page {number}"), content);
            let annotations = self.annotations(canon, page, number, &fonts);
            self.add(&annotations_of(number), annotations);
        }
    }

    fn annotations(&mut self, canon: &Canon<'_>, page: &Page<'_>, number: usize, fonts: &Dict<'_>) -> Option<Hash> {
        let mut bytes = Vec::new();
        for annotation in &page.annotations {
            let object = canon.file.resolve(annotation)?;
            let dict = object.dict()?;
            if !dict.is("Subtype", "Widget") {
                canon.write_dict(dict, &["P"], &mut bytes)?;
                continue;
            }
            match widgets::state(canon, dict, fonts)? {
                widgets::State::Empty => {}
                widgets::State::Filled(field) => self.fields.push(field),
                widgets::State::Wrong { name, why } => {
                    let name: String = name.chars().filter(|character| !character.is_control()).take(NAME).collect();
                    self.fault(&format!("the field `{name}` on page {number}"), why);
                }
            }
            canon.write_dict(dict, &widgets::DECIDED, &mut bytes)?;
            if dict.is("FT", "Btn") {
                canon.write(dict.get("AP")?, &mut bytes)?;
            }
        }
        Some(digest(&bytes))
    }

    /// The content digest in hex.
    pub fn content_digest(&self) -> String {
        let mut all = Sha256::new();
        all.update(b"collateral-pdf-content-v1");
        all.update((self.digests.len() as u64).to_be_bytes());
        self.digests.iter().for_each(|hash| all.update(hash));
        hex(&all.finalize())
    }

    /// The short digests of all parts, one after the other.
    pub fn short(&self) -> String {
        self.digests.iter().map(|hash| hex(&hash[..SHORT / 2])).collect()
    }

    /// Names the parts that differ from those of the short digests that the file was made with.
    pub fn differences(&self, made: &str) -> Vec<Change> {
        let own = self.short();
        let change = |place: String, what: &str| Change { place, what: what.to_owned() };
        let pieces = |text: &str| -> Vec<String> {
            let digits = text.as_bytes().chunks(SHORT);
            digits.map(|digits| String::from_utf8_lossy(digits).into_owned()).collect()
        };
        let (own, made) = (pieces(&own), pieces(made));
        let page_count = |pieces: &[String]| pieces.len().saturating_sub(OF_DOCUMENT.len()) / OF_PAGE;
        let mut changes = Vec::new();
        if page_count(&own) != page_count(&made) {
            let what = format!("it has {} pages and was made with {}", page_count(&own), page_count(&made));
            changes.push(change("the document".to_owned(), &what));
        }
        for (index, (own, made)) in own.iter().zip(&made).enumerate() {
            if own != made {
                changes.push(change(place(index), "it is not as it was made"));
            }
        }
        changes
    }
}

/// Digits of the short digests of a file with this number of pages.
pub fn short_length(pages: usize) -> usize {
    (OF_DOCUMENT.len() + OF_PAGE * pages) * SHORT
}

/// The place of a part by the position of its digest.
fn place(index: usize) -> String {
    match index.checked_sub(OF_DOCUMENT.len()) {
        None => OF_DOCUMENT[index].to_owned(),
        Some(of_page) if of_page % OF_PAGE == 0 => format!("page {}", of_page / OF_PAGE + 1),
        Some(of_page) => annotations_of(of_page / OF_PAGE + 1),
    }
}

fn annotations_of(page: usize) -> String {
    format!("the annotations of page {page}")
}

fn settings(canon: &Canon<'_>, catalog: &Dict<'_>) -> Option<Hash> {
    let mut bytes = Vec::new();
    canon.write_dict(catalog, &ELSEWHERE, &mut bytes)?;
    Some(digest(&bytes))
}

/// Names the entries of the catalog that this program never writes: scripts, attachments, layers, actions.
fn added_settings(catalog: &Dict<'_>, faults: &mut Vec<Change>) {
    let is_known = |key: &[u8]| SETTINGS.iter().chain(&ELSEWHERE).any(|known| known.as_bytes() == key);
    for (key, value) in &catalog.0 {
        if !is_known(key) && *value != Object::Null && faults.len() < MOST_NAMED {
            let name: String = String::from_utf8_lossy(key).chars().filter(char::is_ascii_graphic).take(NAME).collect();
            let what = format!("`{name}` was added");
            faults.push(Change { place: OF_DOCUMENT[0].to_owned(), what });
        }
    }
}

/// The digest of objects in their order; `None` outside is a file without them, `None` inside one that is damaged.
fn listed(canon: &Canon<'_>, objects: Option<Option<Vec<u32>>>) -> Option<Hash> {
    let mut bytes = Vec::new();
    for number in objects.unwrap_or_else(|| Some(Vec::new()))? {
        canon.write_dict(canon.file.object(number)?.dict()?, &[], &mut bytes)?;
    }
    Some(digest(&bytes))
}

fn form_part(canon: &Canon<'_>, form: Option<&Dict<'_>>) -> Option<Hash> {
    let mut bytes = Vec::new();
    if let Some(form) = form {
        // A reader that is asked to draw values anew draws what the values say.
        canon.write_dict(form, &["NeedAppearances"], &mut bytes)?;
    }
    Some(digest(&bytes))
}

fn metadata(canon: &Canon<'_>, packet: &str) -> Option<Hash> {
    let mut bytes = Vec::new();
    canon::append_bytes(b'x', packet.as_bytes(), &mut bytes);
    if let Some(info) = canon.file.info() {
        canon.write_dict(info.dict()?, &OF_PROGRAM, &mut bytes)?;
    }
    Some(digest(&bytes))
}

/// The digest of what a page shows, without its annotations.
fn content(canon: &Canon<'_>, page: &Page<'_>) -> Option<Hash> {
    let mut bytes = Vec::new();
    let mut own = Dict(Vec::new());
    let shown = canon.file.value(&page.dict, "MediaBox")?;
    for (key, value) in entries(&page.dict)? {
        let is_usual = match key {
            b"CropBox" => canon.file.resolve(value)? == shown,
            b"Rotate" => canon.file.resolve(value)? == Object::Number(0.0),
            _ => false,
        };
        if !is_usual {
            own.0.push((key, value.clone()));
        }
    }
    canon.write_dict(&own, &NOT_OF_CONTENT, &mut bytes)?;
    bytes.extend(resources(canon, page.dict.get("Resources"))?);
    let mut tokens = Vec::new();
    if let Some(contents) = page.dict.get("Contents") {
        drawn(canon, contents, &mut tokens)?;
    }
    bytes.extend(digest(&tokens));
    Some(digest(&bytes))
}

fn resources(canon: &Canon<'_>, resources: Option<&Object<'_>>) -> Option<Hash> {
    let mut bytes = Vec::new();
    if let Some(resources) = resources {
        let resources = canon.file.resolve(resources)?;
        canon.write_dict(resources.dict()?, &["ProcSet"], &mut bytes)?;
    }
    Some(digest(&bytes))
}

/// Appends the tokens of a page's content, which is a stream or several that follow each other.
fn drawn(canon: &Canon<'_>, contents: &Object<'_>, tokens: &mut Vec<u8>) -> Option<()> {
    let streams = match contents {
        Object::Array(streams) => streams.clone(),
        Object::Ref(number) => match canon.entry(*number)? {
            (Object::Array(streams), _) => streams,
            _ => vec![contents.clone()],
        },
        _ => return None,
    };
    let mut content = Vec::new();
    for stream in &streams {
        let (_, decoded) = canon.content(stream.reference()?)?;
        if !decoded.left.is_empty() {
            return None;
        }
        content.extend_from_slice(&decoded.content);
        content.push(b'\n');
        if content.len() > canon::LARGEST_DRAWN {
            return None;
        }
    }
    lexer::append_tokens(&content, tokens)
}
