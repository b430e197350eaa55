//! Forged Word files, each of which must be told from what was made, and honest copies with the verdict that they deserve.

mod support;

use std::path::Path;

use collateral::export::seal::SealKey;
use collateral::export::verification::Verdict;
use collateral::export::{Format, docx};
use collateral::library::files::Source;
use collateral::library::{Library, Trust};
use collateral::pipeline::{Engine, Order, generate_as};
use support::word::{Parts, packed, packed_by, text, unpacked, verified, with};
use zip::CompressionMethod;

const BODY: &str = "word/document.xml";
const CUSTOM: &str = "docProps/custom.xml";
const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

/// A draft of the sample proposal with prices and places to sign.
fn made() -> Vec<u8> {
    made_by(None, &[])
}

fn made_by(seal_key: Option<SealKey>, sets: &[&str]) -> Vec<u8> {
    let date = jiff::civil::date(2026, 11, 23);
    let client = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/clients/harbour.yaml");
    let engine = Engine::new(Library::load(Source::Embedded, Trust::Locked).expect("the sample library is sound"));
    let order = Order {
        client_file: Some(client),
        sets: sets.iter().map(|set| (*set).to_owned()).collect(),
        seal_key,
        draft: true,
        ..Order::new("proposal", date)
    };
    let made = generate_as(&engine, &order, &[Format::Docx]).unwrap_or_else(|problems| panic!("{problems:?}"));
    made.bytes(Format::Docx).to_vec()
}

const FIELD_LINK: &str = "<w:p><w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText> HYPERLINK \"https://x.example\" </w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"separate\"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r></w:p><w:sectPr>";
const ADDED_BOX: &str = "<w:p><w:r><w:drawing><wp:inline><wp:extent cx=\"900000\" cy=\"900000\"/><wp:docPr id=\"9000\" name=\"x\"/><a:graphic><a:graphicData uri=\"http://schemas.microsoft.com/office/word/2010/wordprocessingShape\"><wps:wsp><wps:spPr/><wps:txbx><w:txbxContent><w:p><w:r><w:t>$1</w:t></w:r></w:p></w:txbxContent></wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p><w:sectPr>";
const NOTE: &str = "<w:footnote w:id=\"99\"><w:p><w:r><w:t>$1</w:t></w:r></w:p></w:footnote></w:footnotes>";

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
    (
        "another document",
        CUSTOM,
        "name=\"collateral.document\"><vt:lpwstr>",
        "name=\"collateral.document\"><vt:lpwstr>0",
    ),
    (
        "a release that it was not made from",
        CUSTOM,
        "name=\"collateral.release\"><vt:lpwstr>",
        "name=\"collateral.release\"><vt:lpwstr>9",
    ),
    (
        "a tab with a place of its own",
        BODY,
        "<w:t>",
        "<w:ptab w:relativeTo=\"margin\" w:alignment=\"right\" w:leader=\"none\"/><w:t>",
    ),
    ("a link in a field", BODY, "<w:sectPr>", FIELD_LINK),
    (
        "a link in a simple field",
        BODY,
        "<w:sectPr>",
        "<w:p><w:fldSimple w:instr=\" HYPERLINK &quot;https://x.example&quot; \"><w:r><w:t>1</w:t></w:r></w:fldSimple></w:p><w:sectPr>",
    ),
    ("words in the colour of the page", BODY, "<w:r><w:t>", "<w:r><w:rPr><w:color w:val=\"FFFFFF\"/></w:rPr><w:t>"),
    (
        "words in the colour of the theme's page",
        BODY,
        "<w:r><w:t>",
        "<w:r><w:rPr><w:color w:val=\"14211F\" w:themeColor=\"background1\"/></w:rPr><w:t>",
    ),
    ("words of one point", BODY, "<w:r><w:t>", "<w:r><w:rPr><w:sz w:val=\"2\"/></w:rPr><w:t>"),
    ("words of half a point", BODY, "<w:r><w:t>", "<w:r><w:rPr><w:sz w:val=\"1\"/><w:szCs w:val=\"40\"/></w:rPr><w:t>"),
    ("a size that is a fraction", BODY, "<w:r><w:t>", "<w:r><w:rPr><w:sz w:val=\"0.5\"/></w:rPr><w:t>"),
    ("a size with a unit", BODY, "<w:r><w:t>", "<w:r><w:rPr><w:sz w:val=\"1pt\"/></w:rPr><w:t>"),
    (
        "an indent with a unit",
        BODY,
        "<w:p><w:pPr><w:pStyle w:val=\"Small\" />",
        "<w:p><w:pPr><w:pStyle w:val=\"Small\" /><w:ind w:left=\"-5000pt\"/>",
    ),
    (
        "a value that comes from elsewhere",
        BODY,
        "<w:sdtPr>",
        "<w:sdtPr><w:dataBinding w:xpath=\"/x\" w:storeItemID=\"{D5CDD505-2E9C-101B-9397-08002B2CF9AE}\"/>",
    ),
    ("an added box", BODY, "<w:sectPr>", ADDED_BOX),
    (
        "a price in an old kind of box",
        BODY,
        "<w:sectPr>",
        "<w:p><w:r><w:pict><v:shape xmlns:v=\"urn:schemas-microsoft-com:vml\"><v:textbox><w:txbxContent><w:p><w:r><w:t>$1</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p><w:sectPr>",
    ),
    ("a note that nothing refers to", "word/footnotes.xml", "</w:footnotes>", NOTE),
    ("a note of a separator with words", "word/footnotes.xml", "<w:separator/>", "<w:separator/><w:t>$1</w:t>"),
    ("a comment that is referred to", BODY, "<w:t>", "<w:commentReference w:id=\"0\"/><w:t>"),
    ("the range of a comment", BODY, "<w:bookmarkStart ", "<w:commentRangeStart w:id=\"0\"/><w:bookmarkStart "),
    ("a field without an end", BODY, "<w:r><w:t>", "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:t>"),
    ("another encoding", BODY, "encoding=\"UTF-8\"", "encoding=\"UTF-7\""),
    (
        "a font with another name",
        "word/fontTable.xml",
        "<w:font w:name=\"Lato\">",
        "<w:font w:name=\"Lato\"><w:altName w:val=\"Wingdings\"/>",
    ),
    (
        "a pattern over words",
        BODY,
        "<w:r><w:t>",
        "<w:r><w:rPr><w:shd w:val=\"solid\" w:color=\"14211F\" w:fill=\"auto\"/></w:rPr><w:t>",
    ),
    ("words of two points", BODY, "<w:r><w:t>", "<w:r><w:rPr><w:sz w:val=\"4\"/></w:rPr><w:t>"),
    ("words that are raised", BODY, "<w:r><w:t>", "<w:r><w:rPr><w:position w:val=\"60\"/></w:rPr><w:t>"),
    ("a drawing with a second place", BODY, "simplePos=\"0\"", "simplePos=\"1\""),
    (
        "a property that was not recorded",
        CUSTOM,
        "</Properties>",
        "<property fmtid=\"{D5CDD505-2E9C-101B-9397-08002B2CF9AE}\" pid=\"99\" name=\"Price\"><vt:lpwstr>1</vt:lpwstr></property></Properties>",
    ),
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
fn words_in_a_choice_that_claims_to_show_its_hint_are_a_change() {
    let hinted = with(&unpacked(&made()), BODY, "<w:dropDownList>", "<w:showingPlcHdr/><w:dropDownList>");
    let forged =
        with(&hinted, BODY, "<w:t>by e-mail</w:t></w:r></w:sdtContent>", "<w:t>for $1</w:t></w:r></w:sdtContent>");
    assert_eq!(verified(&packed(&forged)).verdict, Verdict::Changed);
}

/// Where the element of this number and name begins and first ends.
fn element(body: &str, name: &str, at: usize) -> (usize, usize) {
    let start = body.match_indices(&format!("<{name}>")).nth(at).expect("an element").0;
    let end = format!("</{name}>");
    (start, start + body[start..].find(&end).expect("its end") + end.len())
}

/// The body with two stretches of it in each other's place.
fn swap(body: &str, (start, end): (usize, usize), (next, last): (usize, usize)) -> String {
    format!("{}{}{}{}{}", &body[..start], &body[next..last], &body[end..next], &body[start..end], &body[last..])
}

#[test]
fn words_that_change_places_are_a_change() {
    let parts = unpacked(&made());
    let body = text(&parts, BODY);
    let (first, second) = (element(&body, "w:tr", 2), element(&body, "w:tr", 3));
    let (start, end) = first;
    let without = format!("{}{}", &body[..start], &body[end..]);
    let twice = format!("{}{}{}", &body[..end], &body[start..end], &body[end..]);
    let swapped = swap(&body, first, second);
    for (what, other) in
        [("a row is gone", without), ("a row is there twice", twice), ("two rows are swapped", swapped)]
    {
        let found = verified(&packed(&with(&parts, BODY, &body, &other)));
        assert_eq!(found.verdict, Verdict::Changed, "{what}");
    }
}

/// Every text of the body, as the places where it begins and ends.
fn texts(body: &str) -> Vec<(usize, usize)> {
    let begins = body.match_indices("<w:t>").map(|(at, tag)| at + tag.len());
    begins.map(|start| (start, start + body[start..].find("</w:t>").expect("its end"))).collect()
}

#[test]
fn figures_that_change_cells_are_a_change() {
    let parts = unpacked(&made());
    let body = text(&parts, BODY);
    let cell = |at: usize| element(&body, "w:tc", at);
    let in_tables = |(start, _): &(usize, usize)| body[..*start].rfind("<w:tc>") > body[..*start].rfind("</w:tc>");
    let digit = |(start, end): &(usize, usize)| body[*start..*end].ends_with(|c: char| c.is_ascii_digit());
    let figures: Vec<(usize, usize)> = texts(&body).into_iter().filter(in_tables).filter(digit).collect();
    let (from, to) = (figures[0], figures[1]);
    let last = &body[from.1 - 1..from.1];
    let moved = format!("{}{}{last}{}", &body[..from.1 - 1], &body[from.1..to.0], &body[to.0..]);
    let mut forged = vec![("a digit is in the next cell", moved)];
    // Those that hold a table of their own are longer than their first end.
    let plain = |at: &usize| !body[cell(*at).0 + 6..cell(*at).1].contains("<w:tc>");
    let cells: Vec<(usize, usize)> = (0..body.matches("<w:tc>").count()).filter(plain).map(cell).collect();
    let pair = cells.windows(2).find(|pair| {
        body[pair[0].0..pair[0].1] != body[pair[1].0..pair[1].1]
            && pair.iter().all(|cell| body[cell.0..cell.1].contains("<w:t>"))
    });
    let pair = pair.expect("two cells with words");
    forged.push(("two cells are swapped", swap(&body, pair[0], pair[1])));
    for (what, other) in forged {
        assert_eq!(verified(&packed(&with(&parts, BODY, &body, &other))).verdict, Verdict::Changed, "{what}");
    }
}

#[test]
fn sections_that_change_places_are_a_change() {
    let parts = unpacked(&made());
    let body = text(&parts, BODY);
    let start = |tag: &str| {
        let at = body.find(&format!("w:val=\"brand:{tag}:1\"")).unwrap_or_else(|| panic!("no region {tag}"));
        body[..at].rfind("<w:sdt>").expect("the region's start")
    };
    // A region holds no other: what can be filled in is beside it.
    let end = |start: usize| start + body[start..].find("</w:sdt>").expect("the region's end") + "</w:sdt>".len();
    let region = |tag: &str| (start(tag), end(start(tag)));
    let swapped = swap(&body, region("downtime"), region("what-we-heard"));
    assert_eq!(verified(&packed(&with(&parts, BODY, &body, &swapped))).verdict, Verdict::Changed);
}

/// Adds a part with its relationship from `from` and its type.
fn with_part(parts: &Parts, from: &str, kind: &str, name: &str, content_type: &str, content: &str) -> Parts {
    let link = format!(
        "<Relationship Id=\"rIdForged\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}\" Target=\"{}\"/></Relationships>",
        name.trim_start_matches("word/")
    );
    let mut parts = with(parts, from, "</Relationships>", &link);
    parts = with(
        &parts,
        "[Content_Types].xml",
        "</Types>",
        &format!("<Override PartName=\"/{name}\" ContentType=\"{content_type}\"/></Types>"),
    );
    parts.push((name.to_owned(), content.as_bytes().to_vec()));
    parts
}

#[test]
fn parts_that_are_added_with_their_relationships_are_a_change() {
    const LINKS: &str = "word/_rels/document.xml.rels";
    let word = |kind: &str| format!("application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}+xml");
    let parts = unpacked(&made());
    let paragraph = "<w:p><w:r><w:t>$1</w:t></w:r></w:p>";
    let part = |root: &str, inner: &str| format!("<w:{root} xmlns:w=\"{W}\">{inner}</w:{root}>");
    let header = with_part(&parts, LINKS, "header", "word/header9.xml", &word("header"), &part("hdr", paragraph));
    let id = text(&parts, BODY)
        .split("w:type=\"first\" r:id=\"")
        .nth(1)
        .and_then(|rest| rest.split('"').next())
        .expect("a first header")
        .to_owned();
    let first = with(&header, BODY, &format!("w:type=\"first\" r:id=\"{id}\""), "w:type=\"first\" r:id=\"rIdForged\"");
    let note = part("endnotes", &format!("<w:endnote w:id=\"1\">{paragraph}</w:endnote>"));
    let endnotes = with_part(&parts, LINKS, "endnotes", "word/endnotes.xml", &word("endnotes"), &note);
    let referred = with(&endnotes, BODY, "<w:t>", "<w:endnoteReference w:id=\"1\"/><w:t>");
    let comment = part("comments", &format!("<w:comment w:id=\"0\" w:author=\"x\">{paragraph}</w:comment>"));
    let comments = with_part(&parts, LINKS, "comments", "word/comments.xml", &word("comments"), &comment);
    let commented = with(&comments, BODY, "<w:t>", "<w:commentReference w:id=\"0\"/><w:t>");
    let glossary = part("glossaryDocument", "<w:docParts/>");
    let glossary = with_part(
        &parts,
        LINKS,
        "glossaryDocument",
        "word/glossary/document.xml",
        &word("document.glossary"),
        &glossary,
    );
    let data = with_part(&parts, LINKS, "customXml", "word/item1.xml", "application/xml", "<x>$1</x>");
    let noted = with(
        &with(&parts, "word/footnotes.xml", "</w:footnotes>", NOTE),
        BODY,
        "<w:t>",
        "<w:footnoteReference w:id=\"99\"/><w:t>",
    );
    let unmarked = with(&parts, CUSTOM, "<vt:lpwstr>True<", "<vt:lpwstr>False<");
    let unmarked = ["word/header1.xml", "word/header2.xml"].iter().fold(unmarked, |parts, name| {
        let header = text(&parts, name);
        let (start, _) =
            header.match_indices('>').find(|(at, _)| header[at + 1..].starts_with("DRAFT")).expect("the mark");
        let length = header[start..].find('<').expect("the end of the mark");
        with(&parts, name, &header[start..start + length], ">")
    });
    for (what, parts) in [
        ("another header of the first page", first),
        ("an endnote with words", endnotes),
        ("an endnote that is referred to", referred),
        ("comments", comments),
        ("comments with their references", commented),
        ("a part with building blocks", glossary),
        ("data that controls are bound to", data),
        ("a price in a footnote", noted),
        ("the draft mark is gone from the pages and the record", unmarked),
    ] {
        let found = verified(&packed(&parts));
        assert_eq!(found.verdict, Verdict::Changed, "{what}");
        assert!(!found.changes.is_empty(), "{what}");
    }
}

/// What a forger who calculates every digest anew cannot do: take over the seal of another file.
#[test]
fn digests_that_were_calculated_anew_are_caught_by_the_seal() {
    let (firm, forger) = (SealKey::from_seed([1; 32]), SealKey::from_seed([2; 32]));
    let genuine = verified(&made_by(Some(firm.clone()), &[])).record;
    let bytes = made_by(Some(forger.clone()), &["client.name=Another Client"]);
    let own = verified(&bytes);
    assert_eq!(own.verdict, Verdict::AsMade, "the digests of a file that was made anew fit");
    assert!(firm.public().sealed(&genuine) && forger.public().sealed(&own.record));
    assert!(!firm.public().sealed(&own.record), "another key's seal is none of the firm's");
    let (old, new) = (own.record.seal.expect("a seal"), genuine.seal.expect("a seal"));
    let found = verified(&packed(&with(&unpacked(&bytes), CUSTOM, &old, &new)));
    assert!(!firm.public().sealed(&found.record), "the firm's seal of another file proves nothing here");
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
    // The name is put in afterwards: the writer of packages refuses to write it twice.
    for name in [b"word/document.xml", b"word/DOCUMENT.xml"] {
        let mut twin = parts.clone();
        twin.push(("word/documentz.xm".into(), text(&parts, BODY).replace("$224,400", "$1").into_bytes()));
        let mut twin = packed(&twin);
        let starts: Vec<usize> = (0..twin.len()).filter(|at| twin[*at..].starts_with(b"word/documentz.xm")).collect();
        assert_eq!(starts.len(), 2, "the local header and the directory");
        starts.into_iter().for_each(|at| twin[at..at + name.len()].copy_from_slice(name));
        let found = verified(&twin);
        assert_eq!(found.verdict, Verdict::Changed, "a part that is there twice");
        assert!(found.changes[0].what.contains("twice"), "{:?}", found.changes);
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
