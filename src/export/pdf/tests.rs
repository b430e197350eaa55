//! In: hand-made pages. Out: what the written file says to a foreign reader (lopdf).

use std::time::Instant;

use super::sample::{self, Sample, about, large, run, small};
use super::*;
use crate::document::model::Align;
use crate::layout::fonts::Face;
use crate::layout::page::{
    FontId, FormField, FormFieldKind, ItemKind, LinkArea, LinkDestination, Rect, TagKind, TagNode,
};
use crate::layout::testing::{self, Kit};
use crate::layout::text::{Setter, Style};
use crate::library::assets::{Bytes, Font, ImageAsset};

fn file(pages: &Pages) -> Document {
    Document::load_mem(&pdf(pages, &about()).expect("a file")).expect("a document")
}

fn codes<T>(result: Checked<T>) -> Vec<&'static str> {
    result.err().map(|problems| problems.0.iter().map(|problem| problem.code).collect()).unwrap_or_default()
}

/// Keeps the sample files for tests/conformance/run.sh where it asks for them.
#[test]
fn sample_files_are_written() {
    for (name, pages) in [("small", small().0), ("large", large().0), ("long", long(12))] {
        let bytes = pdf(&pages, &about()).expect("a file");
        assert!(bytes.starts_with(b"%PDF-1.7\n"));
        if let Some(folder) = std::env::var_os("COLLATERAL_SAMPLES") {
            std::fs::write(std::path::Path::new(&folder).join(format!("{name}.pdf")), bytes).expect("written");
        }
    }
}

#[test]
fn same_pages_give_same_bytes_in_any_thread() {
    let bytes = pdf(&large().0, &about()).expect("a file");
    let others: Vec<_> = (0..4).map(|_| std::thread::spawn(|| pdf(&large().0, &about()).expect("a file"))).collect();
    for other in others {
        assert!(other.join().expect("a thread") == bytes);
    }
    let mut other = about();
    other.record.template = "long".to_owned();
    assert!(pdf(&large().0, &other).expect("a file") != bytes);
}

#[test]
fn the_identifier_follows_the_content() {
    let id = |about: &About| {
        let doc = Document::load_mem(&pdf(&small().0, about).expect("a file")).expect("a document");
        format!("{:?}", doc.trailer.get(b"ID").expect("an identifier"))
    };
    let mut other = about();
    other.title.push('!');
    assert_eq!(id(&about()), id(&about()));
    assert_ne!(id(&about()), id(&other));
    assert!(!id(&about()).contains("collateral"), "the placeholder is gone");
}

#[test]
fn only_fonts_and_images_that_are_shown_are_written() {
    let (mut pages, _) = small();
    pages.images.push(sample::png().into());
    let doc = file(&pages);
    let count =
        |key: &[u8]| doc.objects.values().filter(|object| object.as_dict().is_ok_and(|dict| dict.has(key))).count();
    assert_eq!(count(b"ToUnicode"), 2, "two of the four fonts");
    let images = doc.objects.values().filter_map(|object| object.as_stream().ok());
    assert_eq!(
        images.filter(|stream| stream.dict.get(b"Subtype").is_ok_and(|kind| *kind == "Image".into())).count(),
        0
    );
}

#[test]
fn fields_are_listed_in_the_form_and_hang_in_the_structure() {
    let (mut pages, _) = small();
    assert!(!file(&pages).catalog().expect("a catalog").has(b"AcroForm"), "no fields, no form");
    let kinds = [FormFieldKind::Text, FormFieldKind::Signature, FormFieldKind::Checkbox];
    for (index, kind) in kinds.into_iter().enumerate() {
        pages.tags.push(TagNode { kind: TagKind::Form, parent: Some(TagId(0)), generated: true });
        let tag = TagId(pages.tags.len() - 1);
        let rect = Rect { x: 72.0, y: 600.0 + 30.0 * index as f32, width: 200.0, height: 20.0 };
        let (name, label) = (format!("field-{index}"), "Müller & Söhne: Name".to_owned());
        pages.pages[0].fields.push(FormField { rect, kind, name, label, tag });
    }
    let doc = file(&pages);
    let form = doc.catalog().and_then(|catalog| catalog.get(b"AcroForm")).and_then(Object::as_dict).expect("a form");
    assert_eq!(form.get(b"SigFlags").and_then(Object::as_i64).ok(), Some(1));
    assert!(!form.has(b"NeedAppearances"), "the reader is not asked to draw (ISO 19005-2, 6.4.1)");
    let fields = form.get(b"Fields").and_then(Object::as_array).expect("fields");
    let widgets: Vec<_> =
        fields.iter().map(|id| doc.get_dictionary(id.as_reference().expect("an id")).expect("a field")).collect();
    let types: Vec<_> =
        widgets.iter().map(|field| field.get(b"FT").and_then(Object::as_name).expect("a type")).collect();
    assert_eq!(types, [b"Tx".as_slice(), b"Sig", b"Btn"]);
    for (index, widget) in widgets.iter().enumerate() {
        assert!(widget.has(b"AP") && widget.has(b"StructParent") && widget.has(b"TU"), "field {index}");
    }
    let forms = doc.objects.values().filter_map(|object| object.as_dict().ok());
    let forms = forms.filter(|dict| dict.get(b"S").and_then(Object::as_name).is_ok_and(|name| name == b"Form"));
    assert_eq!(forms.count(), 3);
    pages.pages[0].fields[0].rect.x = f32::NAN;
    assert_eq!(codes(pdf(&pages, &about())), ["E003"]);
}

#[test]
fn the_draft_mark_stands_in_the_metadata_too() {
    let mut about = about();
    about.draft = true;
    let bytes = pdf(&small().0, &about).expect("a file");
    let xmp = String::from_utf8_lossy(&bytes);
    assert!(xmp.contains("<pdf:Keywords>DRAFT</pdf:Keywords>"));
}

#[test]
fn nodes_without_content_are_left_out() {
    let (mut pages, words) = small();
    let plain = pdf(&pages, &about()).expect("a file");
    for kind in [TagKind::Section, TagKind::Paragraph, TagKind::Table, TagKind::List { ordered: true }] {
        let node = |parent| crate::layout::page::TagNode { kind: kind.clone(), parent: Some(parent), generated: false };
        pages.tags.push(node(TagId(0)));
        let parent = TagId(pages.tags.len() - 1);
        pages.tags.push(node(parent));
    }
    let bytes = pdf(&pages, &about()).expect("a file");
    assert!(bytes == plain);
    assert_eq!(codes(read_back(&bytes, &pages, words)), [""; 0]);
}

#[test]
fn a_paragraph_may_go_over_pages() {
    let mut sample = Sample::new();
    let pages = [sample.page(), sample.page()];
    let paragraph = sample.tag(TagKind::Paragraph, TagId(0));
    sample.text(pages[0], Some(paragraph), (72.0, 100.0), 0, "One line here,");
    sample.text(pages[0], None, (72.0, 780.0), 0, "Footer");
    sample.text(pages[0], Some(paragraph), (72.0, 120.0), 0, "another,");
    sample.text(pages[1], Some(paragraph), (72.0, 100.0), 0, "one there.");
    let bytes = pdf(&sample.pages, &about()).expect("a file");
    assert_eq!(codes(read_back(&bytes, &sample.pages, "One line here, another, one there.")), [""; 0]);
}

#[test]
fn links_over_two_lines_share_one_node() {
    let (mut pages, words) = large();
    let link = pages.pages[1].links[0].clone();
    let area = LinkArea { rect: Rect { y: 300.0, ..link.rect }, ..link };
    pages.pages[1].links.push(area);
    let bytes = pdf(&pages, &about()).expect("a file");
    assert_eq!(codes(read_back(&bytes, &pages, &words)), [""; 0]);
}

#[test]
fn raised_glyphs_and_offsets_keep_the_text() {
    let mut sample = Sample::new();
    let page = sample.page();
    let tag = sample.tag(TagKind::Paragraph, TagId(0));
    let mut text = run(0, 10.0, (72.0, 100.0), "H2O & CO2");
    (text.glyphs[1].dy, text.glyphs[8].dy, text.glyphs[4].dx) = (2.0, 2.0, -0.75);
    sample.item(page, Some(tag), ItemKind::Glyphs(text));
    let bytes = pdf(&sample.pages, &about()).expect("a file");
    assert_eq!(codes(read_back(&bytes, &sample.pages, "H2O & CO2")), [""; 0]);
    let doc = Document::load_mem(&bytes).expect("a document");
    let content = String::from_utf8(doc.get_page_content(doc.get_pages()[&1])).expect("ASCII");
    assert!(content.contains("-2 Ts") && content.contains("75<"), "{content}");
}

#[test]
fn a_broken_font_is_named() {
    let (mut pages, _) = small();
    let font = Font { path: "brand/fonts/broken.ttf".into(), bytes: Bytes::Embedded(b"no font"), ..face() };
    pages.fonts[0] = font.into();
    let problems = pdf(&pages, &about()).expect_err("no file");
    assert_eq!(problems.0[0].code, "E001");
    assert!(problems.0[0].message.contains("`brand/fonts/broken.ttf`"));
}

fn face() -> Font {
    Font { path: String::new(), family: "Broken".into(), weight: 400, italic: false, bytes: Bytes::Embedded(b"") }
}

#[test]
fn contradictions_are_refused_instead_of_written() {
    type Change = fn(&mut Pages);
    let changes: [Change; 10] = [
        |pages| pages.pages.clear(),
        |pages| pages.tags.clear(),
        |pages| pages.tags[1].parent = Some(TagId(9)),
        |pages| (pages.tags[1].parent, pages.tags[2].parent) = (Some(TagId(2)), Some(TagId(1))),
        |pages| pages.pages[0].items[0].tag = Some(TagId(99)),
        |pages| pages.pages[0].width = f32::INFINITY,
        |pages| text(pages).font = FontId(99),
        |pages| text(pages).x = f32::NAN,
        |pages| text(pages).glyphs[0].text = 3..99,
        |pages| {
            let (rect, target) =
                (Rect { x: 0.0, y: 0.0, width: 1.0, height: 1.0 }, LinkDestination::Page { page: 7, y: 0.0 });
            pages.pages[0].links.push(LinkArea { rect, target, tag: TagId(0), contents: String::new() });
        },
    ];
    for (index, change) in changes.iter().enumerate() {
        let (mut pages, _) = small();
        change(&mut pages);
        assert_eq!(codes(pdf(&pages, &about())), ["E003"], "{index}");
    }
}

fn text(pages: &mut Pages) -> &mut crate::layout::page::GlyphRun {
    match &mut pages.pages[0].items[0].kind {
        ItemKind::Glyphs(run) => run,
        _ => panic!("text"),
    }
}

/// As many pages of running text, with rules, a logo and links, as a long proposal has.
fn long(count: usize) -> Pages {
    const WORDS: &str = "Vans on the road earn money; vans in the shop cost it twice over, and “Émile” knows why — ";
    let mut sample = Sample::new();
    let logo: std::sync::Arc<ImageAsset> = sample::svg().into();
    sample.pages.images.push(logo);
    for number in 0..count {
        let page = sample.page();
        let rect = Rect { x: 500.0, y: 20.0, width: 60.0, height: 20.0 };
        sample.item(page, None, ItemKind::Image { image: crate::layout::page::ImageId(0), rect, part: None });
        let section = sample.tag(TagKind::Section, TagId(0));
        sample.line(page, TagKind::Heading(1), section, 72.0, &format!("Part {number}"));
        for paragraph in 0..9 {
            let tag = sample.tag(TagKind::Paragraph, section);
            for line in 0..5 {
                let y = 100.0 + 70.0 * paragraph as f32 + 14.0 * line as f32;
                let font = [0, 0, 0, 3, 0][(line + paragraph) % 5];
                sample.text(page, Some(tag), (72.0, y), font, WORDS);
            }
            sample.rectangle(
                page,
                None,
                Rect { x: 60.0, y: 100.0 + 70.0 * paragraph as f32, width: 2.0, height: 60.0 },
            );
        }
        sample.text(page, None, (72.0, 770.0), 1, "Northline Fleet Care");
    }
    sample.pages
}

/// Run by hand: `cargo test --release --lib twelve_pages -- --ignored --nocapture`.
#[test]
#[ignore = "measures time"]
fn cost_of_twelve_pages() {
    let pages = long(12);
    let words: String = pages
        .pages
        .iter()
        .flat_map(|page| &page.items)
        .filter(|item| item.tag.is_some())
        .filter_map(|item| match &item.kind {
            ItemKind::Glyphs(run) => Some(run.text.as_str()),
            _ => None,
        })
        .collect();
    let (mut written, mut read) = (Vec::new(), Vec::new());
    let mut size = 0;
    for _ in 0..50 {
        let start = Instant::now();
        let bytes = pdf(&pages, &about()).expect("a file");
        written.push(start.elapsed());
        let start = Instant::now();
        assert_eq!(codes(read_back(&bytes, &pages, &words)), [""; 0]);
        read.push(start.elapsed());
        size = bytes.len();
    }
    written.sort();
    read.sort();
    println!("write {:?}, read back {:?}, {size} bytes, {} letters", written[25], read[25], words.len());
}

/// Sets words as layout does, and gives the codes of what is wrong with the file.
fn shaped(kit: &Kit, words: &str, right_to_left: bool) -> Vec<&'static str> {
    let mut cx = kit.context();
    cx.meta.right_to_left = right_to_left;
    let colour = sample::INK;
    let style = Style {
        face: Face::Text,
        size: 10.5,
        leading: 15.0,
        weight: 400,
        strong: 700,
        strong_colour: None,
        colour,
        link: colour,
        tabular: false,
        tracking: 0.0,
    };
    let mut setter = Setter::new(&cx);
    let lines = setter.shape(&testing::text(words), &style, &testing::place()).lines(200.0, Align::Start);
    setter.finish().expect("glyphs");
    let mut sample = Sample::new();
    sample.pages.fonts = kit.fonts.faces().cloned().collect();
    let page = sample.page();
    let tag = sample.tag(TagKind::Paragraph, TagId(0));
    for (number, line) in lines.lines.iter().enumerate() {
        for piece in &line.pieces {
            let mut run = piece.run.clone();
            (run.x, run.y) = (run.x + 100.0, 100.0 + 15.0 * number as f32);
            sample.item(page, Some(tag), ItemKind::Glyphs(run));
        }
    }
    codes(read_back(&pdf(&sample.pages, &about()).expect("a file"), &sample.pages, words))
}

#[test]
fn shaped_latin_text_comes_back() {
    let kit = Kit::new();
    for words in [
        "Office affairs: difficult fjord flow, Ærø",
        "AVATAR To. WAVE “Tyre”",
        "a\u{A0}b c d — e-f co\u{AD}operate\u{200B}now",
        "e\u{301}a\u{308}\u{323} n\u{303}",
        "nothing but words that go over the end of a line, and of another line after that",
    ] {
        assert_eq!(shaped(&kit, words, false), [""; 0], "{words}");
    }
}

#[test]
fn shaped_text_of_both_directions_comes_back() {
    let kit = Kit::new();
    for words in [
        "AVATAR To. WAVE “Tyre”",
        "שלום עולם",
        "For שלום עולם and more",
        "שָׁלוֹם, עוֹלָם!",
        "שלום 12 עולם",
        "שלום (Haifa) עולם",
        "مرحبا بالعالم",
        "لا إله",
        "مُحَمَّد",
        "For שלום and مرحبا 12 here",
        "مرحبا שלום",
        "السعر 1,200.50 دولار",
    ] {
        for right_to_left in [false, true] {
            assert_eq!(shaped(&kit, words, right_to_left), [""; 0], "{right_to_left} {words}");
        }
    }
}
