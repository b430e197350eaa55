//! In: what the body needs besides itself. Out: every other part of the package: styles, settings, fonts, headers,
//! footnotes, properties.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::package::{HEAD, Package, Relationships};
use super::reader::Read;
use super::verify::CUSTOM;
use super::writer::Writer;
use super::xml::escaped;
use super::{NAMESPACES, furniture::Furniture, numbering, properties, reader, styles, theme, verify};
use crate::diagnostic::{Checked, Diagnostic, Problems};
use crate::document::model::{Document, Kind, SectionLayout};
use crate::export::record::FileRecord;
use crate::export::seal::SealKey;
use crate::format::Locale;

const MAIN: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";
const W: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";
const R: &str = "xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";

/// Headers and footers, and how sections refer to them.
pub struct Furnished {
    parts: Vec<(&'static str, &'static str, Furniture)>,
    references: String,
    first_differs: bool,
    footnotes: Relationships,
}

impl Furnished {
    /// Writes headers and footers: of slides they are empty, of a proposal with a cover the first page's are.
    pub fn new(writer: &mut Writer<'_>, document: &Document) -> Self {
        let covered = document.sections.first().is_some_and(|section| section.layout == Some(SectionLayout::Cover));
        let deck = document.kind == Kind::Deck;
        let mut parts = Vec::new();
        if deck {
            parts.push(("header1", "default", writer.first_header()));
            parts.push(("footer1", "default", writer.first_footer()));
        } else {
            parts.push(("header1", "default", writer.header()));
            parts.push(("footer1", "default", writer.footer()));
            if covered {
                parts.push(("header2", "first", writer.first_header()));
                parts.push(("footer2", "first", writer.first_footer()));
            }
        }
        let mut references = String::new();
        for (name, when, _) in &parts {
            let kind = &name[..6];
            let id = writer.links.inside(kind, &format!("{name}.xml"));
            references.push_str(&format!("<w:{kind}Reference w:type=\"{when}\" r:id=\"{id}\"/>"));
        }
        Self { parts, references, first_differs: covered && !deck, footnotes: Relationships::default() }
    }

    /// The properties of a section around its page's size and margins.
    pub fn section(&self, inner: &str) -> String {
        let first = if self.first_differs { "<w:titlePg/>" } else { "" };
        format!("<w:sectPr>{}<w:type w:val=\"nextPage\"/>{inner}{first}</w:sectPr>", self.references)
    }
}

/// Adds every part; gives what the body says, read again.
///
/// # Errors
/// What is wrong with a font; E033 for a body that cannot be read again; E060 and E061, see [`stamp`].
pub fn add_all(
    package: &mut Package,
    writer: &mut Writer<'_>,
    links: &mut Relationships,
    mut furniture: Furnished,
    body: &str,
) -> Checked<Read> {
    furniture.footnotes = std::mem::take(&mut writer.note_links);
    for (kind, file) in [
        ("styles", "styles.xml"),
        ("settings", "settings.xml"),
        ("numbering", "numbering.xml"),
        ("footnotes", "footnotes.xml"),
        ("theme", "theme/theme1.xml"),
        ("fontTable", "fontTable.xml"),
    ] {
        links.inside(kind, file);
    }
    let part = |kind: &str| -> &'static str {
        match kind {
            "document" => "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
            "styles" => "application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml",
            "settings" => "application/vnd.openxmlformats-officedocument.wordprocessingml.settings+xml",
            "numbering" => "application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml",
            "footnotes" => "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml",
            "header" => "application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml",
            "footer" => "application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml",
            _ => "application/vnd.openxmlformats-officedocument.wordprocessingml.fontTable+xml",
        }
    };
    debug_assert!(part("document").starts_with(MAIN));
    add_package(package);
    package.text("word/document.xml", part("document"), body.to_owned());
    package.relationships("word/document.xml", links);
    let kit = writer.kit;
    let mut alike = |name: &str, kind: &'static str, text: String| -> Checked<()> {
        package.packed(kind, kit.text(name, text)?);
        Ok(())
    };
    alike("word/styles.xml", part("styles"), styles::styles(writer))?;
    alike("word/settings.xml", part("settings"), settings(writer))?;
    alike("word/numbering.xml", part("numbering"), numbering::numbering(writer))?;
    alike("word/theme/theme1.xml", "application/vnd.openxmlformats-officedocument.theme+xml", theme::theme(writer))?;
    package.text("word/footnotes.xml", part("footnotes"), footnotes(writer));
    package.relationships("word/footnotes.xml", &furniture.footnotes);
    for (name, _, furniture) in furniture.parts {
        let file = format!("word/{name}.xml");
        package.text(&file, part(&name[..6]), furniture.xml);
        package.relationships(&file, &furniture.links);
    }
    add_fonts(package, writer, part("fontTable"))?;
    for media in &writer.media {
        package.shared(media);
    }
    let broken = || {
        Diagnostic::error("E033", "the Word file cannot be written: its body is not as expected")
            .help("this is a fault in collateral; please report it with the template and the client file")
    };
    let read = reader::read(body).ok_or_else(broken)?;
    add_properties(package, writer);
    stamp(package, &writer.about.record, writer.about.seal_key.as_ref())?;
    Ok(read)
}

/// Puts the record with its digests and its seal into the file.
///
/// # Errors
/// E060 for each thing in the file that verification does not know; E061 where a digest has no place.
pub fn stamp(package: &mut Package, made_from: &FileRecord, seal_key: Option<&SealKey>) -> Checked<()> {
    // The name of a font's part is its digest.
    let font =
        |name: &str, _: &[u8], _: &str| Some(name.strip_prefix("word/fonts/")?.strip_suffix(".odttf")?.to_owned());
    let reading = verify::Reading::of(&package.parts(), &font);
    if !reading.faults.is_empty() {
        return Err(Problems(reading.faults.iter().map(|(place, what)| unknown(place, what)).collect()));
    }
    let marks = verify::stamp::properties(&reading);
    let mut record = made_from.unsigned(seal_key.is_some());
    package.replace(CUSTOM, properties::custom(&record, &marks));
    let file_digest = verify::stamp::file_digest(&package.parts(), CUSTOM, &record);
    let pairs = record.pairs();
    let all = pairs.iter().map(|(name, value)| (*name, value.as_str()));
    record.content_digest =
        verify::stamp::content_digest(all.chain(marks.iter().map(|(name, value)| (name.as_str(), value.as_str()))));
    record.file_digest = file_digest.ok_or_else(undigested)?;
    record.seal = seal_key.map(|key| key.sign(&record));
    package.replace(CUSTOM, properties::custom(&record, &marks));
    Ok(())
}

/// Says what verification could not read back.
fn unknown(place: &str, what: &str) -> Diagnostic {
    Diagnostic::error("E060", format!("the finished Word file could not be verified: {place} {what}"))
        .help("this is a fault in collateral; please report it with the template and the client file")
}

fn undigested() -> Diagnostic {
    Diagnostic::error("E061", "the digest of the finished Word file cannot be calculated")
        .help("this is a fault in collateral; please report it with the template and the client file")
}

fn add_package(package: &mut Package) {
    let mut root = Relationships::default();
    root.inside("officeDocument", "word/document.xml");
    root.typed(
        "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties",
        "docProps/core.xml",
    );
    root.inside("extended-properties", "docProps/app.xml");
    root.inside("custom-properties", CUSTOM);
    package.text("_rels/.rels", "", root.xml());
}

fn add_properties(package: &mut Package, writer: &Writer<'_>) {
    let company = &writer.cx.brand.legal.company;
    package.text(
        "docProps/core.xml",
        "application/vnd.openxmlformats-package.core-properties+xml",
        properties::core(writer.about),
    );
    package.text(
        "docProps/app.xml",
        "application/vnd.openxmlformats-officedocument.extended-properties+xml",
        properties::app(company, writer.pages.pages.len()),
    );
    package.text(CUSTOM, "application/vnd.openxmlformats-officedocument.custom-properties+xml", String::new());
}

fn settings(writer: &Writer<'_>) -> String {
    let locale = &writer.cx.meta.locale;
    let language = escaped(locale).into_owned();
    // Fifteen tenths show the mark that stands between the digits.
    let sample = Locale::new(locale).map(|locale| locale.number(Decimal::new(15, 1), Some(1)));
    let mark = sample.and_then(|sample| sample.chars().find(|c| matches!(c, '.' | ','))).unwrap_or('.');
    let separator = if mark == ',' { ';' } else { ',' };
    format!(
        "{HEAD}<w:settings {W}><w:zoom w:percent=\"100\"/><w:embedTrueTypeFonts/><w:saveSubsetFonts/>\
         <w:documentProtection w:edit=\"forms\" w:enforcement=\"1\"/><w:defaultTabStop w:val=\"720\"/>\
         <w:characterSpacingControl w:val=\"doNotCompress\"/><w:footnotePr><w:footnote w:id=\"-1\"/><w:footnote w:id=\"0\"/></w:footnotePr>\
         <w:compat><w:compatSetting w:name=\"compatibilityMode\" w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"15\"/></w:compat>\
         <w:themeFontLang w:val=\"{language}\"/>\
         <w:clrSchemeMapping w:bg1=\"light1\" w:t1=\"dark1\" w:bg2=\"light2\" w:t2=\"dark2\" w:accent1=\"accent1\" w:accent2=\"accent2\" \
         w:accent3=\"accent3\" w:accent4=\"accent4\" w:accent5=\"accent5\" w:accent6=\"accent6\" w:hyperlink=\"hyperlink\" w:followedHyperlink=\"followedHyperlink\"/>\
         <w:decimalSymbol w:val=\"{mark}\"/><w:listSeparator w:val=\"{separator}\"/></w:settings>"
    )
}

fn footnotes(writer: &mut Writer<'_>) -> String {
    let mut xml = format!(
        "{HEAD}<w:footnotes {NAMESPACES}>\
         <w:footnote w:type=\"separator\" w:id=\"-1\"><w:p><w:pPr><w:pStyle w:val=\"Small\"/></w:pPr><w:r><w:separator/></w:r></w:p></w:footnote>\
         <w:footnote w:type=\"continuationSeparator\" w:id=\"0\"><w:p><w:pPr><w:pStyle w:val=\"Small\"/></w:pPr><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>"
    );
    let mut notes = std::mem::take(&mut writer.notes);
    notes.sort_by_key(|note| note.number);
    for note in &notes {
        let bidi = if writer.mirrored() { "<w:bidi/>" } else { "" };
        xml.push_str(&format!(
            "<w:footnote w:id=\"{}\"><w:p><w:pPr><w:pStyle w:val=\"FootnoteText\"/>{bidi}</w:pPr>\
             <w:r><w:rPr><w:rStyle w:val=\"FootnoteReference\"/></w:rPr><w:footnoteRef/></w:r><w:r><w:tab/></w:r>{}</w:p></w:footnote>",
            note.number, note.xml
        ));
    }
    xml.push_str("</w:footnotes>");
    xml
}

/// The fonts that the document names, each with its file.
fn add_fonts(package: &mut Package, writer: &Writer<'_>, kind: &'static str) -> Checked<()> {
    let mut links = Relationships::default();
    let mut families: BTreeMap<String, BTreeMap<(bool, bool), String>> = BTreeMap::new();
    for (font, whole) in writer.names.carried() {
        let embedded = writer.kit.font(font, whole)?;
        package.shared(&embedded.part);
        let target = embedded.part.name.strip_prefix("word/").unwrap_or(&embedded.part.name);
        let id = links.inside("font", target);
        let face = &embedded.face;
        let slot = match (face.bold, face.italic) {
            (false, false) => "Regular",
            (true, false) => "Bold",
            (false, true) => "Italic",
            (true, true) => "BoldItalic",
        };
        families
            .entry(face.name.clone())
            .or_default()
            .insert((face.italic, face.bold), format!("<w:embed{slot} r:id=\"{id}\" w:fontKey=\"{}\"/>", embedded.key));
    }
    let mut xml = format!("{HEAD}<w:fonts {W} {R}>");
    for (name, files) in &families {
        let files: String = files.values().map(String::as_str).collect();
        xml.push_str(&format!(
            "<w:font w:name=\"{}\"><w:charset w:val=\"00\"/><w:family w:val=\"auto\"/><w:pitch w:val=\"variable\"/>{files}</w:font>",
            escaped(name)
        ));
    }
    xml.push_str("</w:fonts>");
    package.text("word/fontTable.xml", kind, xml);
    package.relationships("word/fontTable.xml", &links);
    Ok(())
}
