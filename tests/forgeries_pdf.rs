//! A kit of forged PDFs: each is noticed, and the place is named. Honest copies get the verdict that they deserve.

use std::path::Path;
use std::sync::LazyLock;

use collateral::export::Format;
use collateral::export::pdf::verify;
use collateral::export::seal::SealKey;
use collateral::export::verification::{Verdict, Verification};
use collateral::library::files::Source;
use collateral::library::{Library, Trust};
use collateral::pipeline::{Engine, Order, generate_as};
use collateral::plan::Wishes;
use lopdf::{Dictionary, Document, Object, ObjectId, Stream, StringFormat, dictionary};

/// A proposal with prices and a form; the release and the draft mark are those that forgeries change.
static PROPOSAL: LazyLock<Vec<u8>> = LazyLock::new(|| made(false, Some(key())));
static DRAFT: LazyLock<Vec<u8>> = LazyLock::new(|| made(true, None));

fn key() -> SealKey {
    SealKey::from_seed([7; 32])
}

fn made(draft: bool, seal_key: Option<SealKey>) -> Vec<u8> {
    let engine = Engine::new(Library::load(Source::Embedded, Trust::Locked).expect("the sample library is sound"));
    let date = jiff::civil::date(2026, 11, 23);
    let order = Order {
        template: "proposal".into(),
        client_file: Some(Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/clients/harbour.yaml")),
        sets: Vec::new(),
        wishes: Wishes::default(),
        date,
        today: date,
        approved_by: None,
        previous: None,
        seal_key,
        draft,
    };
    let made = generate_as(&engine, &order, &[Format::Pdf]).expect("the sample is sound");
    made.files.into_iter().next().expect("a PDF").bytes
}

/// A forgery: its name, what is changed, and a word of the place that is named.
type Forgery = (&'static str, fn(&mut Document), &'static str);

const FORGERIES: &[Forgery] = &[
    ("an overlay", overlay, "page 3"),
    ("an overlay as another content stream", content_array, "page 3"),
    ("a figure in the content", figure, "page"),
    ("content moved by a matrix", moved, "page 4"),
    ("a removed page", removed_page, "pages"),
    ("two pages swapped", swapped_pages, "page 3"),
    ("a page twice", doubled_page, "pages"),
    ("an added page", added_page, "pages"),
    ("the code of words", to_unicode, "page 1"),
    ("the program of a font", font_program, "page 1"),
    ("the widths of a font", widths, "page 1"),
    ("a font in the place of another", swapped_fonts, "page 1"),
    (
        "words over the page",
        |doc| annotate(doc, dictionary! { "Subtype" => "FreeText", "Contents" => text("50%") }),
        "annotations",
    ),
    ("a stamp", |doc| annotate(doc, dictionary! { "Subtype" => "Stamp", "Name" => "Approved" }), "annotations"),
    ("a mark to redact", |doc| annotate(doc, dictionary! { "Subtype" => "Redact" }), "annotations"),
    ("a link over the page", link_over, "annotations"),
    ("a widget over the page", |doc| annotate(doc, dictionary! { "Subtype" => "Widget", "FT" => "Tx" }), "page 3"),
    ("another target of a link", link_target, "annotations"),
    ("a removed link", no_annotations, "annotations"),
    ("a drawing in the place of another", swapped_drawings, "page 1"),
    ("the matrix of a drawing", drawing_matrix, "page 1"),
    ("another description of a figure", alt, "tags"),
    ("other words to hear", actual_text, "tags"),
    ("another order to hear", reordered, "tags"),
    ("no tags", |doc| drop_key(doc, "StructTreeRoot"), "tags"),
    ("another label of a page", page_label, "settings"),
    ("another language", |doc| catalog(doc).set("Lang", text("fr")), "settings"),
    ("a page cut off", |doc| page(doc, 3).set("CropBox", numbers(&[0, 400, 612, 792])), "page 3"),
    ("a page of another size", |doc| page(doc, 3).set("MediaBox", numbers(&[0, 0, 612, 1792])), "page 3"),
    ("a turned page", |doc| page(doc, 3).set("Rotate", 180), "page 3"),
    ("a page of other units", |doc| page(doc, 3).set("UserUnit", 2), "page 3"),
    ("an action of a page", |doc| page(doc, 3).set("AA", dictionary! { "O" => script() }), "page 3"),
    ("a script", |doc| catalog(doc).set("OpenAction", script()), "OpenAction"),
    ("a named script", |doc| catalog(doc).set("Names", dictionary! { "JavaScript" => script() }), "Names"),
    ("an attachment", |doc| catalog(doc).set("AF", numbers(&[1])), "AF"),
    ("an action of the document", |doc| catalog(doc).set("AA", dictionary! { "WC" => script() }), "AA"),
    ("layers", |doc| catalog(doc).set("OCProperties", dictionary! { "OCGs" => numbers(&[]) }), "OCProperties"),
    ("a base for links", |doc| catalog(doc).set("URI", dictionary! { "Base" => text("https://evil.example") }), "URI"),
    ("a collection", |doc| catalog(doc).set("Collection", dictionary! { "View" => "T" }), "Collection"),
    ("a form that draws itself", |doc| form(doc).set("XFA", text("<xdp/>")), "form"),
    ("another font of the form", form_font, "form"),
    ("another title", |doc| info(doc).set("Title", text("Another title")), "metadata"),
    ("another author", |doc| info(doc).set("Author", text("Another firm")), "metadata"),
    ("another release", |doc| packet(doc, "collateral:release", "9.9.9"), "metadata"),
    ("another document", |doc| packet(doc, "collateral:document", &"4".repeat(64)), "metadata"),
    ("another bookmark", bookmark, "outline"),
    ("no outline", |doc| drop_key(doc, "Outlines"), "outline"),
    ("a value that is not shown", |doc| value(doc, "client-name", "Jane", "John"), "client-name"),
    ("words without a value", |doc| value(doc, "client-name", "", "John"), "client-name"),
    ("a value in another colour", |doc| appearance(doc, "BT /Helv 10 Tf 1 g 2 7 Td (Jane) Tj ET"), "client-name"),
    (
        "a value with a shape over it",
        |doc| appearance(doc, "BT /Helv 10 Tf 0 g 2 7 Td (Jane) Tj ET 0 0 99 20 re f"),
        "client-name",
    ),
    ("a value that cannot be seen", |doc| appearance(doc, "BT 3 Tr /Helv 10 Tf 2 7 Td (Jane) Tj ET"), "client-name"),
    ("a value in an unknown font", |doc| appearance(doc, "BT /F9 10 Tf 2 7 Td (Jane) Tj ET"), "client-name"),
    ("a value outside its field", |doc| appearance(doc, "BT /Helv 10 Tf 2 99 Td (Jane) Tj ET"), "client-name"),
    (
        "a value in another order",
        |doc| appearance(doc, "BT /Helv 10 Tf 2 7 Td [(J) -900 (a) 900 (ne)] TJ ET"),
        "client-name",
    ),
    (
        "a signature of somebody",
        |doc| field(doc, "client-signature").set("V", dictionary! { "Type" => "Sig" }),
        "client-signature",
    ),
    (
        "a field somewhere else",
        |doc| field(doc, "client-name").set("Rect", numbers(&[50, 600, 161, 622])),
        "annotations",
    ),
];

#[test]
fn the_original_is_as_made() {
    for bytes in [&PROPOSAL, &DRAFT] {
        let found = verify(bytes).expect("a record");
        assert_eq!((found.verdict, found.changes), (Verdict::AsMade, Vec::new()));
    }
}

#[test]
fn every_forgery_is_noticed_with_its_place() {
    let mut missed = Vec::new();
    for (name, forge, place) in FORGERIES {
        let found = forged(&PROPOSAL, *forge);
        let named = found.changes.iter().any(|change| change.place.contains(place) || change.what.contains(place));
        if found.verdict != Verdict::Changed || !named {
            missed.push(format!("{name}: {:?} {:?}", found.verdict, found.changes));
        }
    }
    assert!(missed.is_empty(), "{}", missed.join("\n"));
}

#[test]
fn a_draft_stays_a_draft() {
    for forge in [
        (|doc| drop(info(doc).remove(b"Keywords"))) as fn(&mut Document),
        |doc| packet(doc, "collateral:draft", "False"),
        |doc| packet(doc, "pdf:Keywords", "FINAL"),
        no_draft_mark,
    ] {
        assert_eq!(forged(&DRAFT, forge).verdict, Verdict::Changed);
    }
}

#[test]
fn an_honest_copy_is_recognised() {
    let found = forged(&PROPOSAL, |_| {});
    assert_eq!((found.verdict, found.changes), (Verdict::Resaved, Vec::new()));
    let found = forged(&PROPOSAL, Document::decompress);
    assert_eq!((found.verdict, found.changes), (Verdict::Resaved, Vec::new()));
    let found = forged(&PROPOSAL, |doc| info(doc).set("Producer", text("another program")));
    assert_eq!((found.verdict, found.changes), (Verdict::Resaved, Vec::new()));
}

#[test]
fn a_filled_field_is_listed_and_no_change() {
    let found = forged(&PROPOSAL, |doc| value(doc, "client-name", "Jane Doe", "Jane Doe"));
    assert_eq!((found.verdict, found.changes), (Verdict::Resaved, Vec::new()));
    let fields: Vec<_> = found.fields.iter().map(|field| (field.name.as_str(), field.value.as_str())).collect();
    assert_eq!(fields, [("client-name", "Jane Doe")]);
}

/// Appends an update in the old form: one object anew, and a table of it.
fn updated(number: u32, object: &str) -> Vec<u8> {
    let doc = Document::load_mem(&PROPOSAL).expect("a file");
    let reference = |key: &[u8]| doc.trailer.get(key).and_then(Object::as_reference).expect("a reference");
    let (root, info) = (reference(b"Root"), reference(b"Info"));
    let text = String::from_utf8_lossy(&PROPOSAL);
    let before: usize = text
        .rsplit("startxref")
        .next()
        .expect("a mark")
        .split_whitespace()
        .next()
        .expect("an offset")
        .parse()
        .expect("a number");
    let mut bytes = PROPOSAL.clone();
    let at = bytes.len() + 1;
    bytes.extend(format!("\n{number} 0 obj\n{object}\nendobj\n").bytes());
    let table = bytes.len();
    let trailer = format!("<</Size 99999/Prev {before}/Root {} 0 R/Info {} 0 R>>", root.0, info.0);
    bytes.extend(
        format!("xref\n{number} 1\n{at:010} 00000 n \ntrailer\n{trailer}\nstartxref\n{table}\n%%EOF\n").bytes(),
    );
    bytes
}

#[test]
fn an_update_is_never_as_made() {
    let doc = Document::load_mem(&PROPOSAL).expect("a file");
    let content = doc.get_page_contents(doc.get_pages()[&3])[0].0;
    let found = verify(&updated(content, "<</Length 6>>\nstream\n0 0 m \nendstream")).expect("a record");
    assert_eq!(found.verdict, Verdict::Changed);
    assert!(found.changes.iter().any(|change| change.place == "page 3"), "{:?}", found.changes);
    let unused = doc.max_id + 9;
    assert_eq!(verify(&updated(unused, "(nothing)")).expect("a record").verdict, Verdict::Resaved);
}

/// Whoever makes a file with digests of its own is found out by the seal alone.
#[test]
fn digests_made_anew_are_found_out_by_the_seal_alone() {
    let other = SealKey::from_seed([8; 32]);
    let forged = verify(&made(true, Some(other.clone()))).expect("a record");
    assert_eq!(forged.verdict, Verdict::AsMade);
    assert!(other.public().sealed(&forged.record));
    assert!(!key().public().sealed(&forged.record));
    let genuine = verify(&PROPOSAL).expect("a record");
    assert!(key().public().sealed(&genuine.record));
    let mut copied = forged.record.clone();
    copied.seal = genuine.record.seal;
    assert!(!key().public().sealed(&copied), "a seal of another file");
}

#[test]
fn a_stolen_digest_is_noticed() {
    for key in ["contentDigest", "fileDigest", "partDigests"] {
        let name = format!("<collateral:{key}>");
        let mut bytes = PROPOSAL.clone();
        let at = bytes.windows(name.len()).position(|window| window == name.as_bytes()).expect("the key") + name.len();
        bytes[at] = if bytes[at] == b'0' { b'1' } else { b'0' };
        let verdict = verify(&bytes).expect("a record").verdict;
        let wanted = if key == "fileDigest" { Verdict::Resaved } else { Verdict::Changed };
        assert_eq!(verdict, wanted, "{key}");
    }
}

/// Objects that lead in circles, that multiply, and streams that decode to more than any file holds.
#[test]
fn hostile_files_are_changed_soon() {
    let hostile: [fn(&mut Document); 4] = [
        |doc| {
            let id = doc.new_object_id();
            doc.objects.insert(id, dictionary! { "Self" => id }.into());
            page(doc, 3).set("PieceInfo", id);
        },
        |doc| {
            let mut inner = doc.add_object(numbers(&[1, 2, 3]));
            for _ in 0..30 {
                inner = doc.add_object(vec![Object::Reference(inner); 9]);
            }
            page(doc, 3).set("PieceInfo", inner);
        },
        |doc| {
            let mut inner = doc.add_object(numbers(&[]));
            for _ in 0..30 {
                inner = doc.add_object(vec![Object::Reference(inner); 9]);
            }
            node(doc, "Document").set("K", inner);
        },
        |doc| {
            let mut bomb = Stream::new(dictionary! { "Subtype" => "Image" }, vec![0; 70 << 20]);
            bomb.compress().expect("a stream");
            let id = doc.add_object(bomb);
            drawings(doc).set("I0", id);
        },
    ];
    for forge in hostile {
        let start = std::time::Instant::now();
        assert_eq!(forged(&PROPOSAL, forge).verdict, Verdict::Changed);
        assert!(start.elapsed().as_secs() < 30, "a debug build on a busy machine takes some seconds");
    }
}

#[test]
fn garbage_never_panics() {
    for step in 0..40 {
        let mut broken = PROPOSAL.clone();
        let at = step * 79_193 % broken.len();
        broken[at] = broken[at].wrapping_add(1 + step as u8);
        let _ = verify(&broken);
        let _ = verify(&broken[..at]);
        let _ = verify(&broken[at..]);
    }
}

fn forged(bytes: &[u8], forge: fn(&mut Document)) -> Verification {
    let mut doc = Document::load_mem(bytes).expect("a file");
    forge(&mut doc);
    let mut forged = Vec::new();
    doc.save_to(&mut forged).expect("a file");
    verify(&forged).expect("a record")
}

fn text(text: &str) -> Object {
    Object::String(text.as_bytes().to_vec(), StringFormat::Literal)
}

fn numbers(numbers: &[i64]) -> Object {
    numbers.iter().map(|number| Object::Integer(*number)).collect::<Vec<_>>().into()
}

fn script() -> Object {
    dictionary! { "S" => "JavaScript", "JS" => text("app.alert(1)") }.into()
}

fn root(doc: &Document, key: &[u8]) -> ObjectId {
    doc.trailer.get(key).and_then(Object::as_reference).expect("a reference")
}

fn catalog(doc: &mut Document) -> &mut Dictionary {
    let id = root(doc, b"Root");
    doc.get_dictionary_mut(id).expect("a catalog")
}

fn info(doc: &mut Document) -> &mut Dictionary {
    let id = root(doc, b"Info");
    doc.get_dictionary_mut(id).expect("information")
}

fn drop_key(doc: &mut Document, key: &str) {
    catalog(doc).remove(key.as_bytes()).expect("the key is there");
}

fn form(doc: &mut Document) -> &mut Dictionary {
    catalog(doc).get_mut(b"AcroForm").and_then(Object::as_dict_mut).expect("a form")
}

fn page_id(doc: &Document, number: u32) -> ObjectId {
    doc.get_pages()[&number]
}

fn page(doc: &mut Document, number: u32) -> &mut Dictionary {
    let id = page_id(doc, number);
    doc.get_dictionary_mut(id).expect("a page")
}

fn kids(doc: &mut Document) -> &mut Vec<Object> {
    let pages = catalog(doc).get(b"Pages").and_then(Object::as_reference).expect("pages");
    doc.get_dictionary_mut(pages).and_then(|pages| pages.get_mut(b"Kids")).and_then(Object::as_array_mut).expect("kids")
}

/// Changes the content of a page.
fn content(doc: &mut Document, number: u32, change: impl Fn(Vec<u8>) -> Vec<u8>) {
    let id = page_id(doc, number);
    let changed = change(doc.get_page_content(id));
    doc.change_page_content(id, changed).expect("a page");
}

fn overlay(doc: &mut Document) {
    content(doc, 3, |old| [old.as_slice(), b" q 1 g 100 100 200 20 re f Q"].concat());
}

fn content_array(doc: &mut Document) {
    let added = doc.add_object(Stream::new(dictionary! {}, b"1 g 100 100 200 20 re f".to_vec()));
    let page = page(doc, 3);
    let old = page.get(b"Contents").expect("content").clone();
    page.set("Contents", vec![old, added.into()]);
}

fn figure(doc: &mut Document) {
    content(doc, 2, |mut old| {
        let mark = old.windows(3).position(|window| window == b"TJ\n" || window == b" Tj" || window == b" TJ");
        let at = mark.expect("words") - 1;
        let digit = old[..at].iter().rposition(u8::is_ascii_hexdigit).expect("a glyph");
        old[digit] = if old[digit] == b'1' { b'2' } else { b'1' };
        old
    });
}

fn moved(doc: &mut Document) {
    content(doc, 4, |old| [b"1 0 0 1 0 20 cm ", old.as_slice()].concat());
}

fn removed_page(doc: &mut Document) {
    kids(doc).remove(4);
}

fn swapped_pages(doc: &mut Document) {
    kids(doc).swap(2, 3);
}

fn doubled_page(doc: &mut Document) {
    let third = kids(doc)[2].as_reference().expect("a page");
    let copy = doc.get_object(third).expect("a page").clone();
    let copy = doc.add_object(copy);
    kids(doc).insert(3, copy.into());
}

fn added_page(doc: &mut Document) {
    let added = doc.add_object(dictionary! { "Type" => "Page", "MediaBox" => numbers(&[0, 0, 612, 792]) });
    kids(doc).push(added.into());
}

/// The fonts that the pages share.
fn fonts(doc: &mut Document) -> ObjectId {
    let resources = page(doc, 1).get(b"Resources").and_then(Object::as_reference).expect("resources");
    doc.get_dictionary(resources).and_then(|all| all.get(b"Font")).and_then(Object::as_reference).expect("fonts")
}

fn first_font(doc: &mut Document) -> ObjectId {
    let fonts = fonts(doc);
    doc.get_dictionary(fonts).and_then(|fonts| fonts.get(b"F0")).and_then(Object::as_reference).expect("a font")
}

/// The font below the first one, which has the widths and leads to the program.
fn descendant(doc: &mut Document) -> &mut Dictionary {
    let font = first_font(doc);
    let direct = match doc.get_dictionary(font).and_then(|font| font.get(b"DescendantFonts")).expect("descendants") {
        Object::Reference(id) => Some(*id),
        _ => None,
    };
    let list = match direct {
        Some(id) => doc.get_object_mut(id),
        None => doc.get_dictionary_mut(font).and_then(|font| font.get_mut(b"DescendantFonts")),
    };
    let item = list.and_then(Object::as_array_mut).expect("descendants").first().expect("a font").clone();
    match item {
        Object::Reference(id) => doc.get_dictionary_mut(id).expect("a font"),
        _ => {
            let list = match direct {
                Some(id) => doc.get_object_mut(id),
                None => doc.get_dictionary_mut(font).and_then(|font| font.get_mut(b"DescendantFonts")),
            };
            list.and_then(Object::as_array_mut).expect("descendants")[0].as_dict_mut().expect("a font")
        }
    }
}

fn change_stream(doc: &mut Document, id: ObjectId, change: impl Fn(&mut Vec<u8>)) {
    let stream = doc.get_object_mut(id).and_then(Object::as_stream_mut).expect("a stream");
    let _ = stream.decompress();
    let mut content = stream.content.clone();
    change(&mut content);
    stream.set_content(content);
}

fn to_unicode(doc: &mut Document) {
    let font = first_font(doc);
    let map =
        doc.get_dictionary(font).and_then(|font| font.get(b"ToUnicode")).and_then(Object::as_reference).expect("a map");
    change_stream(doc, map, |content| {
        let at = content.windows(2).rposition(|two| two == b">\n" || two == b"> ").expect("a code") - 1;
        content[at] = if content[at] == b'1' { b'2' } else { b'1' };
    });
}

fn font_program(doc: &mut Document) {
    let descriptor = descendant(doc).get(b"FontDescriptor").expect("a descriptor").clone();
    let descriptor = match descriptor {
        Object::Reference(id) => doc.get_dictionary(id).expect("a descriptor").clone(),
        other => other.as_dict().expect("a descriptor").clone(),
    };
    let program = descriptor.get(b"FontFile2").and_then(Object::as_reference).expect("a program");
    change_stream(doc, program, |content| {
        let middle = content.len() / 2;
        content[middle] ^= 1;
    });
}

fn widths(doc: &mut Document) {
    descendant(doc).set("DW", 77);
}

fn swapped_fonts(doc: &mut Document) {
    let fonts = fonts(doc);
    let fonts = doc.get_dictionary_mut(fonts).expect("fonts");
    let (one, other) = (fonts.get(b"F0").expect("a font").clone(), fonts.get(b"F2").expect("a font").clone());
    fonts.set("F0", other);
    fonts.set("F2", one);
}

fn annotate(doc: &mut Document, mut annotation: Dictionary) {
    annotation.set("Type", "Annot");
    annotation.set("Rect", numbers(&[100, 100, 200, 120]));
    let added = doc.add_object(annotation);
    let mut all = annotations(doc, 3);
    all.push(added.into());
    page(doc, 3).set("Annots", all);
}

fn annotations(doc: &mut Document, number: u32) -> Vec<Object> {
    page(doc, number).get(b"Annots").and_then(Object::as_array).cloned().unwrap_or_default()
}

fn link_over(doc: &mut Document) {
    let action = dictionary! { "S" => "URI", "URI" => text("https://evil.example") };
    annotate(doc, dictionary! { "Subtype" => "Link", "A" => action });
}

/// The first annotation of a kind, with its page.
fn annotation(doc: &mut Document, kind: &str) -> (u32, ObjectId) {
    for number in 1..=doc.get_pages().len() as u32 {
        for item in annotations(doc, number) {
            let id = item.as_reference().expect("an object");
            if doc
                .get_dictionary(id)
                .is_ok_and(|dict| dict.get(b"Subtype").and_then(Object::as_name).ok() == Some(kind.as_bytes()))
            {
                return (number, id);
            }
        }
    }
    panic!("no annotation is a {kind}")
}

fn link_target(doc: &mut Document) {
    let (_, id) = annotation(doc, "Link");
    let other = page_id(doc, 9);
    let link = doc.get_dictionary_mut(id).expect("a link");
    let old = link.remove(b"Dest").or_else(|| link.remove(b"A"));
    assert!(old.is_some(), "a target");
    link.set("Dest", vec![other.into(), "Fit".into()]);
}

fn no_annotations(doc: &mut Document) {
    let (number, _) = annotation(doc, "Link");
    page(doc, number).remove(b"Annots");
}

fn drawings(doc: &mut Document) -> &mut Dictionary {
    let resources = page(doc, 1).get(b"Resources").and_then(Object::as_reference).expect("resources");
    let id = doc
        .get_dictionary(resources)
        .and_then(|all| all.get(b"XObject"))
        .and_then(Object::as_reference)
        .expect("drawings");
    doc.get_dictionary_mut(id).expect("drawings")
}

fn swapped_drawings(doc: &mut Document) {
    let drawings = drawings(doc);
    let (one, other) =
        (drawings.get(b"I0").expect("a drawing").clone(), drawings.get(b"I1").expect("a drawing").clone());
    drawings.set("I0", other);
    drawings.set("I1", one);
}

fn drawing_matrix(doc: &mut Document) {
    let id = drawings(doc).get(b"I0").and_then(Object::as_reference).expect("a drawing");
    let drawing = doc.get_object_mut(id).and_then(Object::as_stream_mut).expect("a drawing");
    drawing.dict.set("Matrix", vec![Object::Real(0.001), 0.into(), 0.into(), Object::Real(0.001), 0.into(), 0.into()]);
}

/// The first node of the structure that is of a kind.
fn node<'d>(doc: &'d mut Document, kind: &str) -> &'d mut Dictionary {
    let is_kind = |object: &Object| {
        object
            .as_dict()
            .is_ok_and(|dict| dict.has(b"P") && dict.get(b"S").and_then(Object::as_name).ok() == Some(kind.as_bytes()))
    };
    let id = *doc.objects.iter().find(|(_, object)| is_kind(object)).expect("a node").0;
    doc.get_dictionary_mut(id).expect("a node")
}

fn alt(doc: &mut Document) {
    node(doc, "Figure").set("Alt", text("Another picture"));
}

fn actual_text(doc: &mut Document) {
    node(doc, "H1").set("ActualText", text("Other words"));
}

fn reordered(doc: &mut Document) {
    node(doc, "Document").get_mut(b"K").and_then(Object::as_array_mut).expect("kids").reverse();
}

fn page_label(doc: &mut Document) {
    let labels = dictionary! { "Nums" => vec![0.into(), dictionary! { "S" => "R" }.into()] };
    catalog(doc).set("PageLabels", labels);
}

fn form_font(doc: &mut Document) {
    let resources = form(doc).get_mut(b"DR").and_then(Object::as_dict_mut).expect("resources");
    let fonts = resources.get_mut(b"Font").and_then(Object::as_dict_mut).expect("fonts");
    fonts.get_mut(b"Helv").and_then(Object::as_dict_mut).expect("a font").set("BaseFont", "ZapfDingbats");
}

/// Changes the first value of an element in the packet.
fn packet(doc: &mut Document, name: &str, value: &str) {
    let id = catalog(doc).get(b"Metadata").and_then(Object::as_reference).expect("metadata");
    change_stream(doc, id, |content| {
        let text = String::from_utf8(content.clone()).expect("text");
        let (before, rest) = text.split_once(&format!("<{name}>")).expect("the element");
        let (_, after) = rest.split_once('<').expect("its end");
        *content = format!("{before}<{name}>{value}<{after}").into_bytes();
    });
}

fn bookmark(doc: &mut Document) {
    let outline = catalog(doc).get(b"Outlines").and_then(Object::as_reference).expect("an outline");
    let first =
        doc.get_dictionary(outline).and_then(|all| all.get(b"First")).and_then(Object::as_reference).expect("one");
    doc.get_dictionary_mut(first).expect("a bookmark").set("Title", text("Another"));
}

fn field_id(doc: &mut Document, name: &str) -> ObjectId {
    let fields = form(doc).get(b"Fields").and_then(Object::as_array).expect("fields").clone();
    let ids = fields.iter().map(|field| field.as_reference().expect("an object"));
    let is_named = |id: &ObjectId| {
        doc.get_dictionary(*id)
            .is_ok_and(|field| field.get(b"T").and_then(Object::as_str).ok() == Some(name.as_bytes()))
    };
    ids.into_iter().find(is_named).expect("a field")
}

fn field<'d>(doc: &'d mut Document, name: &str) -> &'d mut Dictionary {
    let id = field_id(doc, name);
    doc.get_dictionary_mut(id).expect("a field")
}

/// Gives a field a value, and an appearance that shows other words.
fn value(doc: &mut Document, name: &str, value: &str, shown: &str) {
    if !value.is_empty() {
        field(doc, name).set("V", text(value));
    }
    draw(doc, name, &format!("/Tx BMC q BT /Helv 10 Tf 0 g 2 7 Td ({shown}) Tj ET Q EMC"));
}

fn appearance(doc: &mut Document, content: &str) {
    field(doc, "client-name").set("V", text("Jane"));
    draw(doc, "client-name", content);
}

fn draw(doc: &mut Document, name: &str, content: &str) {
    let states = field(doc, name).get(b"AP").and_then(Object::as_dict).expect("an appearance").clone();
    let id = states.get(b"N").and_then(Object::as_reference).expect("an appearance");
    let stream = doc.get_object_mut(id).and_then(Object::as_stream_mut).expect("a stream");
    stream.dict.remove(b"Filter");
    stream.set_content(content.as_bytes().to_vec());
}

/// Takes the last words of the page away, which are those of the mark or of the foot: either is a change.
fn no_draft_mark(doc: &mut Document) {
    content(doc, 1, |old| {
        let at = old.windows(2).rposition(|two| two == b"BT").expect("words");
        old[..at].to_vec()
    });
}
