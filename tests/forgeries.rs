//! Forged Word files, each of which must be told from what was made, and honest copies with the verdict that they deserve.

mod support;

use std::path::Path;

use collateral::export::verification::Verdict;
use collateral::export::{Format, docx};
use collateral::library::files::Source;
use collateral::library::{Library, Trust};
use collateral::pipeline::{Engine, Order, generate_as};
use collateral::plan::Wishes;
use support::word::{packed, packed_by, text, unpacked, verified, with};
use zip::CompressionMethod;

const BODY: &str = "word/document.xml";
const CUSTOM: &str = "docProps/custom.xml";
const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

/// A draft of the sample proposal with prices and places to sign.
fn made() -> Vec<u8> {
    let date = jiff::civil::date(2026, 11, 23);
    let client = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/clients/harbour.yaml");
    let engine = Engine::new(Library::load(Source::Embedded, Trust::Locked).expect("the sample library is sound"));
    let order = Order {
        template: "proposal".into(),
        client_file: Some(client),
        sets: Vec::new(),
        wishes: Wishes::default(),
        date,
        today: date,
        approved_by: None,
        previous: None,
        seal_key: None,
        draft: true,
    };
    let made = generate_as(&engine, &order, &[Format::Docx]).unwrap_or_else(|problems| panic!("{problems:?}"));
    made.bytes(Format::Docx).to_vec()
}

/// Forgeries that replace text of one part: what they are, the part, what is replaced, and by what.
const REPLACED: &[(&str, &str, &str, &str)] = &[
    ("a digit in the body", BODY, "$224,400", "$204,400"),
    ("a price in the header", "word/header1.xml", "Fleet care proposal", "Fleet care proposal at $100"),
    ("words in the footer", "word/footer1.xml", "Confidential", "Binding"),
    ("the record is no draft", CUSTOM, "<vt:lpwstr>True<", "<vt:lpwstr>False<"),
    ("the record is of another template", CUSTOM, "<vt:lpwstr>proposal<", "<vt:lpwstr>renewal<"),
    ("another title", "docProps/core.xml", "Harbour", "Harbor"),
    ("a keyword", "docProps/core.xml", "<dc:title>", "<cp:keywords>signed</cp:keywords><dc:title>"),
    ("an insertion", BODY, "<w:sectPr>", "<w:p><w:ins w:id=\"1\"><w:r><w:t>1</w:t></w:r></w:ins></w:p><w:sectPr>"),
    (
        "a deletion",
        BODY,
        "<w:sectPr>",
        "<w:p><w:del w:id=\"1\"><w:r><w:delText>1</w:delText></w:r></w:del></w:p><w:sectPr>",
    ),
    ("a chunk of another format", BODY, "<w:sectPr>", "<w:altChunk r:id=\"rId1\"/><w:sectPr>"),
    (
        "an alternative",
        BODY,
        "<w:sectPr>",
        "<w:p><w:r><mc:AlternateContent><mc:Choice Requires=\"wps\"/><mc:Fallback><w:t>$1</w:t></mc:Fallback></mc:AlternateContent></w:r></w:p><w:sectPr>",
    ),
    ("a second body", BODY, "</w:body>", "</w:body><w:body><w:p><w:r><w:t>$1</w:t></w:r></w:p></w:body>"),
    ("hidden words", BODY, "<w:t>", "<w:rPr><w:vanish/></w:rPr><w:t>"),
    ("a style that hides", "word/styles.xml", "<w:rPrDefault><w:rPr>", "<w:rPrDefault><w:rPr><w:vanish/>"),
    ("a style in white", "word/styles.xml", "<w:color w:val=\"14211F\"/>", "<w:color w:val=\"FFFFFF\"/>"),
    ("words too small to read", "word/styles.xml", "<w:sz w:val=\"", "<w:sz w:val=\"1\"/><w:szCs w:val=\""),
    ("other marks of a list", "word/numbering.xml", "w:lvlText w:val=\"%1\"", "w:lvlText w:val=\"9%1\""),
    ("a list that begins later", "word/numbering.xml", "<w:start w:val=\"1\"/>", "<w:start w:val=\"7\"/>"),
    (
        "a field with words",
        BODY,
        "<w:sectPr>",
        "<w:p><w:fldSimple w:instr=\" QUOTE 1 \"><w:r><w:t>1</w:t></w:r></w:fldSimple></w:p><w:sectPr>",
    ),
    ("a field with another file", BODY, "TOC \\o", "INCLUDETEXT \\o"),
    ("a field with the day", "word/footer1.xml", " PAGE ", " DATE "),
    ("a page that is none", "word/footer1.xml", "<w:t>2</w:t>", "<w:t>2 for $1</w:t>"),
    ("another link", "word/_rels/document.xml.rels", "tel:4165550142", "tel:4165550143"),
    ("another alternative text", BODY, "descr=\"Northline", "descr=\"Southline"),
    ("a foreign element", BODY, "<w:sectPr>", "<x:p xmlns:x=\"urn:x\">$1</x:p><w:sectPr>"),
    ("text outside of a run", BODY, "<w:sectPr>", "<w:p>$1</w:p><w:sectPr>"),
    ("a symbol", BODY, "<w:t>", "<w:sym w:font=\"Wingdings\" w:char=\"F031\"/><w:t>"),
    ("another direction", BODY, "<w:t>", "<w:t>\u{202e}"),
    (
        "a choice that was not offered",
        BODY,
        "<w:t>by e-mail</w:t></w:r></w:sdtContent>",
        "<w:t>by nobody</w:t></w:r></w:sdtContent>",
    ),
    ("a locked region that can be filled in", BODY, "w:val=\"brand:summary:1\"/>", "w:val=\"editable:summary\"/>"),
    ("another main part", "[Content_Types].xml", "document.main+xml", "template.main+xml"),
    (
        "a relationship to another part",
        "word/_rels/document.xml.rels",
        "Target=\"header1.xml\"",
        "Target=\"header2.xml\"",
    ),
    (
        "a template that is attached",
        "word/settings.xml",
        "<w:zoom",
        "<w:attachedTemplate r:id=\"rId1\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"/><w:zoom",
    ),
    ("a box that is elsewhere", BODY, "<wp:posOffset>711200<", "<wp:posOffset>9711200<"),
    ("a row that is struck out", BODY, "<w:t>", "<w:rPr><w:strike/></w:rPr><w:t>"),
];

#[test]
fn every_forgery_of_one_part_is_a_change() {
    let parts = unpacked(&made());
    let mut unseen = Vec::new();
    for (what, name, from, to) in REPLACED {
        let found = verified(&packed(&with(&parts, name, from, to)));
        if found.verdict != Verdict::Changed || found.changes.is_empty() {
            unseen.push(what);
        }
    }
    assert!(unseen.is_empty(), "not seen: {unseen:?}");
}

#[test]
fn words_that_change_places_are_a_change() {
    let parts = unpacked(&made());
    let body = text(&parts, BODY);
    let row = |at: usize| -> (usize, usize) {
        let start = body.match_indices("<w:tr>").nth(at).expect("a row").0;
        (start, start + body[start..].find("</w:tr>").expect("its end") + "</w:tr>".len())
    };
    let ((start, end), (next, last)) = (row(2), row(3));
    let without = format!("{}{}", &body[..start], &body[end..]);
    let twice = format!("{}{}{}", &body[..end], &body[start..end], &body[end..]);
    let swapped =
        format!("{}{}{}{}{}", &body[..start], &body[next..last], &body[end..next], &body[start..end], &body[last..]);
    for (what, other) in
        [("a row is gone", without), ("a row is there twice", twice), ("two rows are swapped", swapped)]
    {
        let found = verified(&packed(&with(&parts, BODY, &body, &other)));
        assert_eq!(found.verdict, Verdict::Changed, "{what}");
    }
}

#[test]
fn forged_packages_are_a_change() {
    let bytes = made();
    let parts = unpacked(&bytes);
    let mut stray = parts.clone();
    stray.push(("word/comments.xml".into(), format!("<w:comments xmlns:w=\"{W}\"/>").into_bytes()));
    let mut picture = parts.clone();
    let png = picture.iter_mut().find(|(name, _)| name.ends_with(".png")).expect("a picture");
    png.1.push(0);
    for (what, parts) in [("a part that nothing leads to", stray), ("another picture", picture)] {
        assert_eq!(verified(&packed(&parts)).verdict, Verdict::Changed, "{what}");
    }
    let longer = [bytes.as_slice(), b"more"].concat();
    let before = [b"more".as_slice(), &bytes].concat();
    let mut local = bytes.clone();
    local[30] ^= 1;
    for (what, bytes) in [("bytes at the end", longer), ("bytes before", before), ("another local header", local)] {
        assert!(docx::verify(&bytes).map_or(true, |found| found.verdict == Verdict::Changed), "{what}");
    }
}

#[test]
fn honest_copies_have_the_verdict_that_they_deserve() {
    let bytes = made();
    assert_eq!(verified(&bytes).verdict, Verdict::AsMade);
    let mut parts = unpacked(&bytes);
    assert_eq!(verified(&packed_by(&parts, CompressionMethod::Deflated)).verdict, Verdict::AsMade, "packed anew");
    let settings = with(&parts, "word/settings.xml", "w:enforcement=\"1\"", "w:enforcement=\"0\"");
    assert_eq!(verified(&packed(&settings)).verdict, Verdict::Resaved, "unlocked");
    let chosen =
        with(&parts, BODY, "<w:t>by e-mail</w:t></w:r></w:sdtContent>", "<w:t>by mail</w:t></w:r></w:sdtContent>");
    let found = verified(&packed(&chosen));
    assert_eq!((found.verdict, found.fields.len()), (Verdict::Resaved, 1), "{:?}", found.changes);
    assert_eq!(found.fields[0].value, "by mail");
    parts.reverse();
    let found = verified(&packed(&parts));
    assert_eq!(found.verdict, Verdict::Resaved, "{:?}", found.changes);
}
