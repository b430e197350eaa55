//! In: what the file says of itself. Out: its information dictionary, viewer preferences and XMP packet.

use std::fmt::Write as _;

use lopdf::{Dictionary, Object, Stream, dictionary};

use super::About;
use super::strings::{ascii, text_string};
use crate::export::record::KEYS;

/// The namespace of the provenance.
pub const NAMESPACE: &str = "urn:collateral:provenance:1#";
/// The prefix that the provenance is written with.
pub const PREFIX: &str = "collateral";

/// The key of the short digests of the parts of the file, which only a PDF has.
pub const PARTS: &str = "partDigests";

/// The keyword of a draft, so that it can be found even where its pages are not looked at.
const DRAFT: &str = "DRAFT";

fn program() -> String {
    format!("collateral {}", env!("CARGO_PKG_VERSION"))
}

/// Makes the information dictionary, which older readers show instead of the XMP packet.
pub fn info(about: &About) -> Dictionary {
    let date = format!("D:{}000000Z", about.date.strftime("%Y%m%d"));
    let mut info = dictionary! {
        "Title" => text_string(&about.title),
        "Author" => text_string(&about.author),
        "Subject" => text_string(&about.subject),
        "Creator" => ascii(&program()),
        "Producer" => ascii(&program()),
        "CreationDate" => ascii(&date),
        "ModDate" => ascii(&date),
    };
    if about.draft {
        info.set("Keywords", ascii(DRAFT));
    }
    info
}

/// Asks the viewer to show the title instead of the file's name, and to turn pages the way the language is read.
pub fn viewer_preferences(about: &About) -> Object {
    let direction = if about.right_to_left { "R2L" } else { "L2R" };
    dictionary! { "DisplayDocTitle" => true, "Direction" => direction }.into()
}

/// Makes the metadata stream; it stays uncompressed (ISO 19005-2, 6.6.2.1).
///
/// The digests are zeros until the file is written; `parts` is the length of the digests of its parts.
pub fn metadata(about: &About, parts: usize) -> Stream {
    Stream::new(dictionary! { "Type" => "Metadata", "Subtype" => "XML" }, packet(about, parts).into_bytes())
        .with_compression(false)
}

fn packet(about: &About, parts: usize) -> String {
    let mut xmp = String::with_capacity(8192);
    xmp.push_str("<?xpacket begin=\"\u{FEFF}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n");
    xmp.push_str("<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n");
    xmp.push_str("<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n");
    standard(&mut xmp, about);
    provenance(&mut xmp, about, parts);
    extensions(&mut xmp);
    xmp.push_str("</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"w\"?>");
    xmp
}

fn standard(xmp: &mut String, about: &About) {
    let date = format!("{}T00:00:00Z", about.date.strftime("%Y-%m-%d"));
    xmp.push_str(
        "<rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" \
         xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\" xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\" \
         xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\" xmlns:pdfuaid=\"http://www.aiim.org/pdfua/ns/id/\">\n",
    );
    let alternative =
        |text: &str| format!("<rdf:Alt><rdf:li xml:lang=\"x-default\">{}</rdf:li></rdf:Alt>", escape(text));
    let sequence = |kind: &str, text: &str| format!("<rdf:{kind}><rdf:li>{}</rdf:li></rdf:{kind}>", escape(text));
    element(xmp, "dc:format", "application/pdf");
    element(xmp, "dc:title", &alternative(&about.title));
    element(xmp, "dc:creator", &sequence("Seq", &about.author));
    element(xmp, "dc:description", &alternative(&about.subject));
    element(xmp, "dc:language", &sequence("Bag", &about.language));
    element(xmp, "xmp:CreatorTool", &escape(&program()));
    element(xmp, "xmp:CreateDate", &date);
    element(xmp, "xmp:ModifyDate", &date);
    element(xmp, "xmp:MetadataDate", &date);
    element(xmp, "pdf:Producer", &escape(&program()));
    if about.draft {
        element(xmp, "pdf:Keywords", DRAFT);
    }
    element(xmp, "pdfaid:part", "2");
    element(xmp, "pdfaid:conformance", "A");
    element(xmp, "pdfuaid:part", "1");
    xmp.push_str("</rdf:Description>\n");
}

fn provenance(xmp: &mut String, about: &About, parts: usize) {
    let _ = writeln!(xmp, "<rdf:Description rdf:about=\"\" xmlns:{PREFIX}=\"{NAMESPACE}\">");
    for (name, value) in about.record.unsigned(about.seal_key.is_some()).pairs() {
        element(xmp, &format!("{PREFIX}:{name}"), &escape(&value));
    }
    element(xmp, &format!("{PREFIX}:{PARTS}"), &"0".repeat(parts));
    xmp.push_str("</rdf:Description>\n");
}

/// Describes the two schemas that PDF/A does not know (ISO 19005-2, 6.6.2.3.3).
fn extensions(xmp: &mut String) {
    xmp.push_str(
        "<rdf:Description rdf:about=\"\" xmlns:pdfaExtension=\"http://www.aiim.org/pdfa/ns/extension/\" \
         xmlns:pdfaSchema=\"http://www.aiim.org/pdfa/ns/schema#\" \
         xmlns:pdfaProperty=\"http://www.aiim.org/pdfa/ns/property#\">\n<pdfaExtension:schemas><rdf:Bag>\n",
    );
    schema(
        xmp,
        ("PDF/UA identification", "http://www.aiim.org/pdfua/ns/id/", "pdfuaid"),
        &[("part", "Integer", "Part of ISO 14289 that the file follows")],
    );
    let kind = |name: &str| if name == "draft" { "Boolean" } else { "Text" };
    let mut keys: Vec<_> = KEYS.iter().map(|key| (key.name, kind(key.name), key.meaning)).collect();
    keys.push((PARTS, kind(PARTS), "Digests that tell which part of the file was changed"));
    schema(xmp, ("Provenance", NAMESPACE, PREFIX), &keys);
    xmp.push_str("</rdf:Bag></pdfaExtension:schemas>\n</rdf:Description>\n");
}

fn schema(xmp: &mut String, (title, namespace, prefix): (&str, &str, &str), properties: &[(&str, &str, &str)]) {
    xmp.push_str("<rdf:li rdf:parseType=\"Resource\">\n");
    element(xmp, "pdfaSchema:schema", title);
    element(xmp, "pdfaSchema:namespaceURI", namespace);
    element(xmp, "pdfaSchema:prefix", prefix);
    xmp.push_str("<pdfaSchema:property><rdf:Seq>\n");
    for (name, kind, meaning) in properties {
        xmp.push_str("<rdf:li rdf:parseType=\"Resource\">");
        element(xmp, "pdfaProperty:name", name);
        element(xmp, "pdfaProperty:valueType", kind);
        element(xmp, "pdfaProperty:category", "internal");
        element(xmp, "pdfaProperty:description", meaning);
        xmp.push_str("</rdf:li>\n");
    }
    xmp.push_str("</rdf:Seq></pdfaSchema:property>\n</rdf:li>\n");
}

fn element(xmp: &mut String, name: &str, content: &str) {
    let _ = writeln!(xmp, "<{name}>{content}</{name}>");
}

/// Escapes text for XML 1.0; characters that XML cannot hold at all become U+FFFD.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\r' => escaped.push_str("&#13;"),
            '\n' => escaped.push_str("&#10;"),
            '\t' => escaped.push_str("&#9;"),
            '\0'..='\x1F' | '\u{FFFE}' | '\u{FFFF}' => escaped.push('\u{FFFD}'),
            _ => escaped.push(character),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_cannot_leave_its_element() {
        assert_eq!(escape("</a> & \"b\"\n\u{1}"), "&lt;/a&gt; &amp; &quot;b&quot;&#10;\u{FFFD}");
    }
}
