//! Whole Word files: every block in both kinds of documents, both directions of writing, names, the lock, the same bytes.

use super::*;
use crate::document::model::*;
use crate::document::prices::*;
use crate::document::words;
use crate::export::record::FileRecord;
use crate::export::verification::Verdict;
use crate::layout::testing::{self, block, cards, paragraph, place, steps, team, text, timeline};
use crate::layout::{lay_out_section, paginate};

mod lock;

const HOSTILE: &str = "Müller & <Söhne> \"GmbH\" ]]> &amp; {{x}} 'q'";

fn about() -> About {
    About {
        title: format!("Proposal – {HOSTILE}"),
        author: "Northline".into(),
        subject: "Proposal".into(),
        language: "en-CA".into(),
        date: jiff::civil::date(2026, 11, 23),
        record: FileRecord {
            template: "proposal".into(),
            template_version: format!("1 {HOSTILE}\n\tso"),
            client_name_digest: "ab".into(),
            ..FileRecord::default()
        },
        seal_key: None,
        draft: false,
        right_to_left: false,
    }
}

fn heading(level: u8, words: &str) -> Block {
    block(BlockKind::Heading { level, text: text(words) })
}

fn section(id: &str, blocks: Vec<Block>) -> Section {
    Section { id: id.into(), layout: None, title: None, notes: None, blocks, place: place() }
}

fn table() -> Table {
    let strong = |words: &str| vec![Inline::Strong(text(words))];
    Table {
        columns: vec![Align::Start, Align::End],
        head: vec![text("What"), text("Amount")],
        rows: vec![vec![text("Vans"), text("1,250.00")], vec![strong("Total"), strong("1,250.00")]],
    }
}

fn chart() -> Chart {
    let number = |number: i64| Some(rust_decimal::Decimal::from(number));
    Chart {
        kind: ChartKind::Bar { stacked: false, direction: None },
        title: Some(text("Days lost")),
        unit: Some(text("days")),
        table: Table {
            columns: vec![Align::Start, Align::End, Align::End],
            head: vec![text(""), text("Today"), text("Proposed")],
            rows: vec![vec![text("Spring"), text("12"), text("6")], vec![text("Autumn"), text("8"), text("4")]],
        },
        values: vec![vec![number(12), number(6)], vec![number(8), number(4)]],
        source: Some(vec![Inline::Emphasis(text("Source: records."))]),
    }
}

fn comparison() -> Table {
    let strong = |words: &str| vec![Inline::Strong(text(words))];
    Table {
        columns: vec![Align::Start; 3],
        head: vec![text(""), text("Northline"), text("Own workshop")],
        rows: vec![vec![text("Where"), strong("Your yard"), text("Your bays")]],
    }
}

fn study(figures: bool) -> CaseStudy {
    let stat = |figure: &str| Stat { figure: text(figure), label: text("fewer") };
    CaseStudy {
        level: 2,
        head: text("A haulier"),
        summary: figures.then(|| text("It came to something.")),
        figures: if figures { vec![stat("45%"), stat("560 to 308")] } else { Vec::new() },
        blocks: vec![paragraph("What was done.")],
        quote: Some(Quote { by: text("Ann"), role: None, blocks: vec![paragraph("Indeed.")], place: place() }),
        place: place(),
    }
}

fn prices() -> Prices {
    let figure = |words: &str| PriceEntry { fraction: ".00".into(), ..PriceEntry::words(text(words)) };
    let column = |kind, head: &str| PriceColumn { kind, head: text(head) };
    let row = |item: &str, amount: &str| PriceRow {
        cells: vec![
            vec![PriceEntry::words(text(item)), PriceEntry { detail: true, ..PriceEntry::words(text("a remark")) }],
            vec![figure("85")],
            vec![figure(amount)],
        ],
        carried: Some(figure("1.00")),
    };
    let table = PriceTable {
        columns: vec![
            column(ColumnKind::Item, "Item"),
            column(ColumnKind::Quantity, "Quantity"),
            column(ColumnKind::Amount, "Amount"),
        ],
        groups: vec![PriceGroup {
            title: Some(text("Every month")),
            rows: vec![row("Care", "$7,650.00"), row("Parts", "$1,000.00")],
            subtotal: Some((text("A month"), figure("$8,650.00"))),
        }],
    };
    let total =
        |label: &str, total| TotalRow { label: text(label), cells: vec![vec![figure("$8,650.00")], vec![]], total };
    Prices {
        headline: vec![
            Headline { figure: text("$8,650"), label: vec![text("a month"), text("before tax")] },
            Headline { figure: text("$102"), label: vec![text("a vehicle")] },
        ],
        lines: Some(table.clone()),
        totals: Some(Totals {
            heads: vec![text(""), text("A month"), text("Once")],
            rows: vec![total("Tax", false), total("To pay", true)],
        }),
        facts: vec![
            Fact { label: text("Contract value"), value: text("$103,800.00") },
            Fact { label: text("Valid until"), value: text("January 31, 2027") },
        ],
        options: Some((text("Options"), table)),
        note: vec![text("As agreed."), text("And more.")],
        carrying: Carrying { forward: "Carried".into(), brought: "Brought".into() },
    }
}

fn note(number: u32) -> Inline {
    Inline::Footnote { number, text: text("A remark below.") }
}

/// Every kind of block.
fn everything() -> Vec<Block> {
    let link = Inline::Link { target: LinkTarget::Uri("https://a.example/?x=1&y=2".into()), text: text("a link") };
    let inner = Inline::Link { target: LinkTarget::Section("second".into()), text: text("another") };
    let mut rich = text("Words with ");
    rich.extend([link, inner, note(1), Inline::Break, Inline::Strong(text("strong")), Inline::Emphasis(text("soft"))]);
    let image = Image {
        path: "templates/a/images/van.svg".into(),
        alt: "A van <parked>".into(),
        caption: text("The van."),
        crop: Some(Crop { ratio: (16, 9), focus: Focus::Top }),
        place: place(),
    };
    let list = |start| {
        let inner = block(BlockKind::List { start: None, items: vec![vec![paragraph("inner")]] });
        block(BlockKind::List { start, items: vec![vec![paragraph("one")], vec![paragraph("two"), inner]] })
    };
    let stat = |figure: &str| Stat { figure: text(figure), label: text("fewer stops") };
    vec![
        heading(1, "A claim with a figure"),
        block(BlockKind::Toc),
        block(BlockKind::Paragraph(rich)),
        heading(2, "Beside"),
        paragraph(HOSTILE),
        list(None),
        list(Some(3)),
        heading(3, "Above"),
        block(BlockKind::Table(table())),
        block(BlockKind::Paragraph(vec![Inline::Emphasis(text("A note."))])),
        block(BlockKind::Figure(image)),
        block(BlockKind::Callout {
            tone: Tone::Accent,
            title: Some(text("Mind")),
            blocks: vec![paragraph("the step"), list(None)],
        }),
        block(BlockKind::Columns(vec![vec![paragraph("left")], vec![heading(3, "Right"), paragraph("right")]])),
        block(BlockKind::Stats(vec![stat("42%"), stat("1,000,000,000 or more")])),
        timeline(3, "first weeks"),
        timeline(7, "later weeks"),
        steps(2, "a step"),
        cards(4, "a card"),
        team(3, "a person"),
        block(BlockKind::Testimonial {
            by: text("Dale"),
            role: Some(text("Manager")),
            blocks: vec![paragraph("It works.")],
        }),
        block(BlockKind::Chart(chart())),
        block(BlockKind::Comparison(comparison())),
        block(BlockKind::CaseStudy(study(true))),
        block(BlockKind::CaseStudy(study(false))),
        block(BlockKind::Prices(Box::new(prices()))),
        block(BlockKind::PageBreak),
        block(BlockKind::Editable {
            id: "scope".into(),
            label: "Scope <of> work".into(),
            field: None,
            blocks: vec![paragraph("May be changed.")],
        }),
        field("bills", Field::Choice(vec![HOSTILE.into(), "by post".into()]), HOSTILE),
        field("order", Field::Text, HOSTILE),
        field("start", Field::Date, "March 1, 2027"),
        block(BlockKind::Signature),
        block(BlockKind::Acceptance),
    ]
}

/// A line to fill in, named in strong words.
fn field(id: &str, field: Field, value: &str) -> Block {
    let head = vec![Inline::Strong(text("Named:")), Inline::Text { text: " ".into(), value: false }];
    let blocks = vec![block(BlockKind::Paragraph([head, text(value)].concat()))];
    block(BlockKind::Editable { id: id.into(), label: HOSTILE.into(), field: Some(field), blocks })
}

fn cover() -> Section {
    let blocks = vec![heading(1, "The cover"), paragraph("And what it says."), paragraph("More.")];
    Section { layout: Some(SectionLayout::Cover), ..section("cover", blocks) }
}

fn proposal() -> Document {
    let second = vec![heading(1, "Second"), paragraph("Last words."), block(BlockKind::Paragraph(vec![note(1)]))];
    let closing = Section { layout: Some(SectionLayout::Closing), ..section("end", vec![heading(1, "The end")]) };
    let sections = vec![cover(), section("first", everything()), section("second", second), closing];
    Document { kind: Kind::Proposal, sections }
}

fn deck() -> Document {
    let slide = |id: &str, layout, blocks| Section { layout, ..section(id, blocks) };
    let stats = block(BlockKind::Stats(vec![Stat { figure: text("42%"), label: text("fewer stops") }]));
    let sections = vec![
        slide("cover", Some(SectionLayout::Cover), vec![heading(1, "The cover"), paragraph(HOSTILE)]),
        slide("number", Some(SectionLayout::BigNumber), vec![heading(1, "A number"), stats]),
        slide("table", None, vec![heading(1, "A table"), block(BlockKind::Table(table()))]),
        slide("chart", None, vec![heading(1, "A chart"), block(BlockKind::Chart(chart()))]),
        slide(
            "list",
            None,
            vec![heading(1, "A list"), block(BlockKind::List { start: None, items: vec![vec![paragraph("one")]] })],
        ),
    ];
    Document { kind: Kind::Deck, sections }
}

/// Lays a document out and writes it.
fn written(document: &Document, cx: &Context<'_>, kit: &Kit) -> Vec<u8> {
    whole(document, cx, kit).bytes
}

fn whole(document: &Document, cx: &Context<'_>, kit: &Kit) -> Written {
    let cx = Context { kind: document.kind, ..cx.clone() };
    let cx = match document.kind {
        Kind::Proposal => cx,
        Kind::Deck => Context { page: crate::library::template::PageFormat::Wide, ..cx },
    };
    let lay_out = |section| lay_out_section(section, &cx).unwrap_or_else(|found| panic!("{found:?}"));
    let laid: Vec<_> = document.sections.iter().map(lay_out).collect();
    let pages = paginate(&laid.iter().collect::<Vec<_>>(), &cx).expect("it can be paginated");
    docx(document, &pages, &cx, &about(), kit).unwrap_or_else(|found| panic!("{found:?}"))
}

fn part(bytes: &[u8], name: &str) -> String {
    reader::File::open(bytes).and_then(|mut file| file.text(name)).unwrap_or_else(|| panic!("{name}"))
}

/// The file with other text in place of some of a part; every part in its order.
fn changed(bytes: &[u8], name: &str, from: &str, to: &str) -> Vec<u8> {
    use std::io::{Cursor, Read, Write};
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("a package");
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).expect("a part");
        let own = part.name().expect("a name").into_owned();
        let mut content = Vec::new();
        part.read_to_end(&mut content).expect("it can be unpacked");
        if own == name {
            content = String::from_utf8(content).expect("text").replacen(from, to, 1).into_bytes();
        }
        zip.start_file(own, zip::write::SimpleFileOptions::default()).expect("a part");
        zip.write_all(&content).expect("it can be packed");
    }
    zip.finish().expect("a package").into_inner()
}

#[test]
fn every_block_is_written_in_reading_order() {
    let fonts = testing::Kit::new();
    for document in [proposal(), deck()] {
        for right_to_left in [false, true] {
            let mut cx = fonts.context();
            cx.meta.right_to_left = right_to_left;
            cx.meta.forms = true;
            cx.meta.client_name = HOSTILE.into();
            cx.meta.rep_name = Some("Samuel Osei".into());
            let written = whole(&document, &cx, &Kit::default());
            read_back(&written, &words(&document)).unwrap_or_else(|found| panic!("{found:?}"));
            let bytes = written.bytes;
            let body = part(&bytes, "word/document.xml");
            assert_eq!(body.contains("<w:bidi"), right_to_left);
            assert_eq!(words_of(&bytes), Ok(words(&document)));
        }
    }
}

#[test]
fn the_same_document_has_the_same_bytes_whatever_was_written_before() {
    let fonts = testing::Kit::new();
    let cx = fonts.context();
    let alone = written(&proposal(), &cx, &Kit::default());
    let kit = Kit::default();
    let _ = written(&deck(), &cx, &kit);
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..3).map(|_| scope.spawn(|| written(&proposal(), &cx, &kit))).collect();
        for thread in threads {
            assert!(thread.join().expect("no panic") == alone);
        }
    });
}

#[test]
fn a_file_is_as_made_and_its_record_comes_back() {
    let fonts = testing::Kit::new();
    for (document, forms) in [(proposal(), false), (proposal(), true), (deck(), false)] {
        let mut cx = fonts.context();
        cx.meta.forms = forms;
        let found = verify(&written(&document, &cx, &Kit::default())).expect("our own file");
        assert_eq!(found.verdict, Verdict::AsMade, "{:?}", found.changes);
        let without = |record: &FileRecord| record.unsigned(false);
        assert_eq!(without(&found.record), without(&about().record));
    }
}

#[test]
fn changes_are_named_by_their_sections_and_fields_are_not_minded() {
    let fonts = testing::Kit::new();
    let bytes = written(&proposal(), &fonts.context(), &Kit::default());
    let places = |from: &str, to: &str| -> Vec<String> {
        let file = changed(&bytes, "word/document.xml", from, to);
        verify(&file).expect("still ours").changes.into_iter().map(|change| change.place).collect()
    };
    assert_eq!(places("Last words.", "First words."), ["section second"]);
    assert_eq!(places("1,250.00", "1,200.00"), ["section first"]);
    assert_eq!(places("May be changed.", "Was changed."), Vec::<String>::new());
    // A lock that is lifted changes no words; the file is no longer as made.
    let unlocked = changed(&bytes, "word/document.xml", "<w:lock w:val=\"sdtContentLocked\"/>", "");
    assert_eq!(verify(&unlocked).expect("still ours").verdict, Verdict::Resaved);
}

#[test]
fn what_can_be_filled_in_stands_in_no_locked_region() {
    let fonts = testing::Kit::new();
    let mut cx = fonts.context();
    cx.meta.forms = true;
    let bytes = written(&proposal(), &cx, &Kit::default());
    let body = part(&bytes, "word/document.xml");
    let mut open: Vec<bool> = Vec::new();
    let (mut fields, mut rest) = (0, body.as_str());
    while let Some(at) = rest.find("<w:sdt>").into_iter().chain(rest.find("</w:sdt>")).min() {
        rest = &rest[at..];
        if let Some(after) = rest.strip_prefix("</w:sdt>") {
            open.pop();
            rest = after;
            continue;
        }
        let head = rest.split("<w:sdtContent>").next().unwrap_or_default();
        let locked = head.contains("sdtContentLocked");
        if !locked {
            fields += 1;
            assert!(!open.contains(&true), "{head}");
        }
        open.push(locked);
        rest = &rest["<w:sdt>".len()..];
    }
    assert_eq!(
        fields, 17,
        "one region to edit, three lines to fill in, four places of each party, and five of the acceptance"
    );
    assert!(part(&bytes, "word/settings.xml").contains("w:edit=\"forms\" w:enforcement=\"1\""));
}

/// LibreOffice hides what is anchored beside hidden words: once, all labels of charts on slides.
#[test]
fn words_that_are_only_heard_stand_in_boxes() {
    let fonts = testing::Kit::new();
    let mut seasons = chart();
    seasons.table.head[0] = text("Season");
    let sections = vec![section("chart", vec![heading(1, "A chart"), block(BlockKind::Chart(seasons))])];
    for kind in [Kind::Proposal, Kind::Deck] {
        let document = Document { kind, sections: sections.clone() };
        let bytes = written(&document, &fonts.context(), &Kit::default());
        let body = part(&bytes, "word/document.xml");
        assert!(body.contains("<w:vanish"), "the head of the first column is read off the shapes");
        for after in body.split("<w:txbxContent>") {
            let outside = after.split("</w:txbxContent>").last().unwrap_or(after);
            assert!(!outside.contains("<w:vanish"), "{outside}");
        }
        assert_eq!(words_of(&bytes), Ok(words(&document)));
    }
}

#[test]
fn a_list_on_a_slide_is_a_list() {
    let fonts = testing::Kit::new();
    let items = ["one", "two", "three"].map(|words| vec![paragraph(words)]);
    let list = block(BlockKind::List { start: Some(1), items: items.into() });
    let sections = vec![section("list", vec![heading(1, "A list"), list])];
    let document = Document { kind: Kind::Deck, sections };
    let bytes = written(&document, &fonts.context(), &Kit::default());
    let body = part(&bytes, "word/document.xml");
    let boxes: Vec<&str> = body.split("<w:txbxContent>").skip(1).collect();
    let listed: Vec<&&str> = boxes.iter().filter(|inner| inner.contains("<w:numPr>")).collect();
    let [list] = listed.as_slice() else { panic!("{} boxes hold parts of the list", listed.len()) };
    let list = list.split("</w:txbxContent>").next().unwrap_or_default();
    assert_eq!(list.matches("<w:numPr>").count(), 3, "{list}");
    let at = |words: &str| list.find(&format!("<w:t>{words}</w:t>")).unwrap_or_else(|| panic!("{words}: {list}"));
    assert!(at("one") < at("two") && at("two") < at("three"));
    assert_eq!(words_of(&bytes), Ok(words(&document)));
}

#[test]
fn a_sections_bookmark_stands_around_its_title() {
    let fonts = testing::Kit::new();
    let body = part(&written(&proposal(), &fonts.context(), &Kit::default()), "word/document.xml");
    let (_, after) = body.split_once("w:name=\"_Toc0001_first\"/>").expect("the section's bookmark");
    let (marked, _) = after.split_once("<w:bookmarkEnd").expect("its end");
    assert!(marked.contains("<w:t"), "{marked}");
    assert_eq!(body.matches("<w:bookmarkStart").count(), body.matches("<w:bookmarkEnd").count());
}

#[test]
fn other_files_are_refused_with_a_reason() {
    let code = |bytes: &[u8]| record_of(bytes).expect_err("an error").0[0].code;
    let fonts = testing::Kit::new();
    let bytes = written(&deck(), &fonts.context(), &Kit::default());
    assert_eq!(code(b""), "E050");
    assert_eq!(code(b"%PDF-1.7"), "E050");
    assert_eq!(code(&changed(&bytes, "docProps/custom.xml", "collateral.", "other.")), "E052");
    assert_eq!(code(&changed(&bytes, "docProps/custom.xml", "<vt:lpwstr>", "<vt:lpwstr>&bad;")), "E052");
    for step in 0..60 {
        let mut broken = bytes.clone();
        let at = step * 7919 % broken.len();
        broken[at] = broken[at].wrapping_add(1 + (step % 250) as u8);
        let _ = verify(&broken);
        let _ = verify(&broken[..at]);
    }
}

#[test]
fn a_file_that_says_something_else_is_not_kept() {
    let fonts = testing::Kit::new();
    let written = whole(&proposal(), &fonts.context(), &Kit::default());
    let found = |bytes: &[u8]| {
        let written = Written { bytes: bytes.to_vec(), ..written.clone() };
        read_back(&written, &words(&proposal())).expect_err("an error").0
    };
    let (bytes, code) = (&written.bytes, |bytes: &[u8]| found(bytes)[0].code);
    assert_eq!(code(&changed(bytes, "word/document.xml", "Last words.", "Other words.")), "E040");
    assert_eq!(code(&changed(bytes, "word/_rels/document.xml.rels", "styles.xml", "style.xml")), "E041");
    let renamed = changed(bytes, "word/fontTable.xml", "<w:font w:name=\"Manrope\">", "<w:font w:name=\"M\">");
    assert!(found(&renamed).iter().any(|problem| problem.code == "E042"));
    assert_eq!(code(&bytes[..bytes.len() / 2]), "E041");
}

/// A package as small as one can be, around a body.
fn smallest(body: &str) -> Package {
    let mut package = Package::default();
    let mut links = package::Relationships::default();
    links.inside("officeDocument", "word/document.xml");
    links.inside("custom-properties", verify::CUSTOM);
    package.text("_rels/.rels", "", links.xml());
    let main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";
    package.text(
        "word/document.xml",
        main,
        format!("{HEAD}<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>"),
    );
    let custom = "application/vnd.openxmlformats-officedocument.custom-properties+xml";
    package.text(verify::CUSTOM, custom, String::new());
    package
}

#[test]
fn a_file_that_could_not_be_verified_is_not_made() {
    let record = about().record;
    let words = "<w:p><w:r><w:t>Words</w:t></w:r></w:p>";
    parts::stamp(&mut smallest(words), &record, None).expect("everything in it is known");
    let foreign =
        ["<w:altChunk r:id=\"rId1\"/>", "<x:p xmlns:x=\"urn:x\"/>", "<w:p><w:ins/></w:p>", "<w:p>bare</w:p>", "<w:p"];
    for foreign in foreign {
        let mut package = smallest(&format!("{words}{foreign}"));
        let problems = parts::stamp(&mut package, &record, None).expect_err(foreign).0;
        assert!(problems.iter().all(|problem| problem.code == "E060"), "{foreign}: {problems:?}");
        assert!(package.parts().iter().all(|part| part.name != verify::CUSTOM || part.bytes.is_empty()), "no digest");
    }
    let mut stray = smallest(words);
    stray.text("word/stray.xml", "", format!("{HEAD}<stray/>"));
    assert_eq!(parts::stamp(&mut stray, &record, None).expect_err("a stray part").0[0].code, "E060");
}

#[test]
fn a_digest_without_its_place_is_an_error() {
    parts::stamp(&mut smallest("<w:p/>"), &about().record, None).expect("each digest has its place");
    let record = about().record.unsigned(false);
    let parts = |custom: &str| {
        vec![verify::Part { name: verify::CUSTOM.into(), bytes: custom.as_bytes().to_vec().into(), digest: None }]
    };
    let whole = properties::custom(&record, &[]);
    let digest = |custom: &str| verify::stamp::file_digest(&parts(custom), verify::CUSTOM, &record);
    assert!(digest(&whole).is_some());
    let moved = whole.replace("collateral.fileDigest", "collateral.fileDigests");
    let doubled =
        whole.replace("</Properties>", &format!("{}</Properties>", &whole[whole.find("<property ").unwrap_or(0)..]));
    let short = whole.replacen("00</vt:lpwstr>", "</vt:lpwstr>", 1);
    for custom in ["", &moved, &doubled, &short] {
        assert_eq!(digest(custom), None, "{custom}");
    }
    assert_eq!(verify::stamp::file_digest(&parts(&whole), "other.xml", &record), None, "no part with the record");
}
