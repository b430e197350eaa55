//! In: the parts of a document. Out: the package: content types, relationships, and one zip file of it all, the same
//! bytes for the same parts.

use std::io::{Cursor, Write};
use std::sync::Arc;

use sha2::{Digest, Sha256};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use super::verify;
use super::xml::escaped;
use crate::diagnostic::Diagnostic;

/// What stands first in every part.
pub const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
/// Levels of deflate. Higher ones than these take twice the time and more for a few percent.
const SMALL: i64 = 2;
const QUICK: i64 = 1;
const TYPES: &str = "[Content_Types].xml";
const RELATIONSHIPS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// A part that is compressed and digested already, so that many documents can share it: a zip file of its own.
#[derive(Debug)]
pub struct Packed {
    pub name: String,
    bytes: Vec<u8>,
    digest: [u8; 32],
    archive: Vec<u8>,
}

impl Packed {
    /// Compresses a part; `None` where it is larger than a zip file can hold.
    pub fn new(name: &str, bytes: &[u8]) -> Option<Self> {
        Self::with(name, bytes, options(SMALL))
    }

    /// Takes a part that is compressed in itself as it is; `None` where it is larger than a zip file can hold.
    pub fn stored(name: &str, bytes: &[u8]) -> Option<Self> {
        Self::with(name, bytes, SimpleFileOptions::default().compression_method(CompressionMethod::Stored))
    }

    fn with(name: &str, bytes: &[u8], options: SimpleFileOptions) -> Option<Self> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        zip.start_file(name, options).ok()?;
        zip.write_all(bytes).ok()?;
        let archive = zip.finish().ok()?.into_inner();
        Some(Self { name: name.to_owned(), bytes: bytes.to_vec(), digest: Sha256::digest(bytes).into(), archive })
    }
}

/// What is said of a file or a part that a zip file cannot hold.
pub fn too_large() -> Diagnostic {
    Diagnostic::error("E033", "the Word file cannot be written")
        .help("this is a fault in collateral; please report it with the template and the client file")
}

/// One part of the package; those whose endings say what they are have no type.
#[derive(Debug)]
struct Part {
    name: String,
    content_type: &'static str,
    content: Content,
}

#[derive(Debug)]
enum Content {
    Text(String),
    Packed(Arc<Packed>),
}

/// Relationships of one part, in the order of their ids.
#[derive(Debug, Default, Clone)]
pub struct Relationships {
    entries: Vec<(String, String, bool)>,
}

impl Relationships {
    /// The id of a target inside the package, added if it is new; `kind` is the last word of its type.
    pub fn inside(&mut self, kind: &str, target: &str) -> String {
        self.add(format!("{OFFICE}/{kind}"), target, false)
    }

    /// The id of a target of another family of types.
    pub fn typed(&mut self, kind: &str, target: &str) -> String {
        self.add(kind.to_owned(), target, false)
    }

    /// The id of a link that leaves the package.
    pub fn outside(&mut self, target: &str) -> String {
        self.add(format!("{OFFICE}/hyperlink"), target, true)
    }

    fn add(&mut self, kind: String, target: &str, external: bool) -> String {
        let entry = (kind, target.to_owned(), external);
        let known = self.entries.iter().position(|other| *other == entry);
        let index = known.unwrap_or_else(|| {
            self.entries.push(entry);
            self.entries.len() - 1
        });
        format!("rId{}", index + 1)
    }

    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The part that holds them.
    pub fn xml(&self) -> String {
        let mut xml = format!("{HEAD}<Relationships xmlns=\"{RELATIONSHIPS}\">");
        for (index, (kind, target, external)) in self.entries.iter().enumerate() {
            let mode = if *external { " TargetMode=\"External\"" } else { "" };
            xml.push_str(&format!(
                "<Relationship Id=\"rId{}\" Type=\"{kind}\" Target=\"{}\"{mode}/>",
                index + 1,
                escaped(target)
            ));
        }
        xml.push_str("</Relationships>");
        xml
    }
}

/// A package in the making.
#[derive(Debug, Default)]
pub struct Package {
    parts: Vec<Part>,
}

impl Package {
    /// Adds a part of text.
    pub fn text(&mut self, name: &str, content_type: &'static str, text: String) {
        self.parts.push(Part { name: name.to_owned(), content_type, content: Content::Text(text) });
    }

    /// Adds a part of text that is compressed already.
    pub fn packed(&mut self, content_type: &'static str, part: Arc<Packed>) {
        self.parts.push(Part { name: part.name.clone(), content_type, content: Content::Packed(part) });
    }

    /// Adds the relationships of a part, if it has any.
    pub fn relationships(&mut self, of: &str, relationships: &Relationships) {
        if relationships.is_empty() {
            return;
        }
        let (folder, file) = of.rsplit_once('/').unwrap_or(("", of));
        let name = if folder.is_empty() { format!("_rels/{file}.rels") } else { format!("{folder}/_rels/{file}.rels") };
        self.text(&name, "", relationships.xml());
    }

    /// Adds a part that is compressed already, once.
    pub fn shared(&mut self, part: &Arc<Packed>) {
        if self.parts.iter().all(|other| other.name != part.name) {
            self.packed("", Arc::clone(part));
        }
    }

    /// The parts in the order in which they are written, the types of all before them.
    pub fn parts(&self) -> Vec<verify::Part<'_>> {
        let types = verify::Part { name: TYPES.into(), bytes: self.content_types().into_bytes().into(), digest: None };
        let parts = self.parts.iter().map(|part| match &part.content {
            Content::Text(text) => {
                verify::Part { name: part.name.as_str().into(), bytes: text.as_bytes().into(), digest: None }
            }
            Content::Packed(packed) => verify::Part {
                name: part.name.as_str().into(),
                bytes: packed.bytes.as_slice().into(),
                digest: Some(packed.digest),
            },
        });
        std::iter::once(types).chain(parts).collect()
    }

    /// Puts another text into a part that has been added.
    pub fn replace(&mut self, name: &str, text: String) {
        if let Some(part) = self.parts.iter_mut().find(|part| part.name == name) {
            part.content = Content::Text(text);
        }
    }

    /// The finished file; `None` where it is larger than a zip file can be.
    pub fn finish(self) -> Option<Vec<u8>> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::with_capacity(1 << 18)));
        let types = self.content_types();
        write(&mut zip, TYPES, &types)?;
        for part in &self.parts {
            match &part.content {
                Content::Text(text) => write(&mut zip, &part.name, text)?,
                Content::Packed(packed) => {
                    let mut archive = ZipArchive::new(Cursor::new(packed.archive.as_slice())).ok()?;
                    zip.raw_copy_file(archive.by_index_raw(0).ok()?).ok()?;
                }
            }
        }
        Some(zip.finish().ok()?.into_inner())
    }

    fn content_types(&self) -> String {
        let mut xml = format!("{HEAD}<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">");
        for (ending, kind) in [
            ("rels", "application/vnd.openxmlformats-package.relationships+xml"),
            ("xml", "application/xml"),
            ("png", "image/png"),
            ("jpeg", "image/jpeg"),
            ("svg", "image/svg+xml"),
            ("odttf", "application/vnd.openxmlformats-officedocument.obfuscatedFont"),
        ] {
            xml.push_str(&format!("<Default Extension=\"{ending}\" ContentType=\"{kind}\"/>"));
        }
        for Part { name, content_type, .. } in self.parts.iter().filter(|part| !part.content_type.is_empty()) {
            xml.push_str(&format!("<Override PartName=\"/{name}\" ContentType=\"{content_type}\"/>"));
        }
        xml.push_str("</Types>");
        xml
    }
}

fn options(level: i64) -> SimpleFileOptions {
    // Without the crate's `time` feature the date is always the first that zip knows.
    SimpleFileOptions::default().compression_method(CompressionMethod::Deflated).compression_level(Some(level))
}

fn write(zip: &mut ZipWriter<Cursor<Vec<u8>>>, name: &str, text: &str) -> Option<()> {
    // A document's own parts are written once and count little beside its fonts: quickly rather than small.
    zip.start_file(name, options(QUICK)).ok()?;
    zip.write_all(text.as_bytes()).ok()
}
