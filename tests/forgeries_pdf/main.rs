//! A kit of forged PDFs: each is noticed, and the place is named. Honest copies get the verdict that they deserve.

mod forge;

use std::path::Path;
use std::sync::LazyLock;

use collateral::export::Format;
use collateral::export::pdf::verify;
use collateral::export::seal::SealKey;
use collateral::export::verification::{Verdict, Verification};
use collateral::library::files::Source;
use collateral::library::{Library, Trust};
use collateral::pipeline::{Engine, Order, generate_as};
use forge::*;
use lopdf::{Document, Object, Stream, dictionary};

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
        client_file: Some(Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/clients/harbour.yaml")),
        seal_key,
        draft,
        ..Order::new("proposal", date)
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

/// A program that repairs files finds an object that is not at its place; one that does not takes it for nothing.
#[test]
fn an_object_that_is_not_at_its_place_is_a_change() {
    let mut doc = Document::load_mem(&PROPOSAL).expect("our own file");
    let unit = doc.add_object(Object::Integer(50));
    page(&mut doc, 1).set("UserUnit", unit);
    doc.reference_table.cross_reference_type = lopdf::xref::XrefType::CrossReferenceTable;
    let mut bytes = Vec::new();
    doc.save_to(&mut bytes).expect("memory can be written");
    assert_eq!(verify(&bytes).expect("a PDF").verdict, Verdict::Changed, "the object at its place");
    let trailer = bytes.windows(7).rposition(|window| window == b"trailer").expect("a classic trailer");
    let written = format!("\n{} 0 obj", unit.0);
    let object = bytes[..trailer].windows(written.len()).position(|window| window == written.as_bytes());
    let at = object.expect("the object") + 1;
    let entry = format!("{at:010} 00000 n");
    let place = bytes.windows(entry.len()).rposition(|window| window == entry.as_bytes()).expect("its entry");
    bytes[place..place + 10].copy_from_slice(b"0000000001");
    let found = verify(&bytes).expect("a PDF");
    assert_eq!(found.verdict, Verdict::Changed, "the object elsewhere");
}
