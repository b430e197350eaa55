//! Single changes to a PDF, as a forger makes them.

use lopdf::{Dictionary, Document, Object, ObjectId, Stream, StringFormat, dictionary};

pub fn text(text: &str) -> Object {
    Object::String(text.as_bytes().to_vec(), StringFormat::Literal)
}

pub fn numbers(numbers: &[i64]) -> Object {
    numbers.iter().map(|number| Object::Integer(*number)).collect::<Vec<_>>().into()
}

pub fn script() -> Object {
    dictionary! { "S" => "JavaScript", "JS" => text("app.alert(1)") }.into()
}

pub fn root(doc: &Document, key: &[u8]) -> ObjectId {
    doc.trailer.get(key).and_then(Object::as_reference).expect("a reference")
}

pub fn catalog(doc: &mut Document) -> &mut Dictionary {
    let id = root(doc, b"Root");
    doc.get_dictionary_mut(id).expect("a catalog")
}

pub fn info(doc: &mut Document) -> &mut Dictionary {
    let id = root(doc, b"Info");
    doc.get_dictionary_mut(id).expect("information")
}

pub fn drop_key(doc: &mut Document, key: &str) {
    catalog(doc).remove(key.as_bytes()).expect("the key is there");
}

pub fn form(doc: &mut Document) -> &mut Dictionary {
    catalog(doc).get_mut(b"AcroForm").and_then(Object::as_dict_mut).expect("a form")
}

pub fn page_id(doc: &Document, number: u32) -> ObjectId {
    doc.get_pages()[&number]
}

pub fn page(doc: &mut Document, number: u32) -> &mut Dictionary {
    let id = page_id(doc, number);
    doc.get_dictionary_mut(id).expect("a page")
}

pub fn kids(doc: &mut Document) -> &mut Vec<Object> {
    let pages = catalog(doc).get(b"Pages").and_then(Object::as_reference).expect("pages");
    doc.get_dictionary_mut(pages).and_then(|pages| pages.get_mut(b"Kids")).and_then(Object::as_array_mut).expect("kids")
}

/// Changes the content of a page.
pub fn content(doc: &mut Document, number: u32, change: impl Fn(Vec<u8>) -> Vec<u8>) {
    let id = page_id(doc, number);
    let changed = change(doc.get_page_content(id));
    doc.change_page_content(id, changed).expect("a page");
}

pub fn overlay(doc: &mut Document) {
    content(doc, 3, |old| [old.as_slice(), b" q 1 g 100 100 200 20 re f Q"].concat());
}

pub fn content_array(doc: &mut Document) {
    let added = doc.add_object(Stream::new(dictionary! {}, b"1 g 100 100 200 20 re f".to_vec()));
    let page = page(doc, 3);
    let old = page.get(b"Contents").expect("content").clone();
    page.set("Contents", vec![old, added.into()]);
}

pub fn figure(doc: &mut Document) {
    content(doc, 2, |mut old| {
        let mark = old.windows(3).position(|window| window == b"TJ\n" || window == b" Tj" || window == b" TJ");
        let at = mark.expect("words") - 1;
        let digit = old[..at].iter().rposition(u8::is_ascii_hexdigit).expect("a glyph");
        old[digit] = if old[digit] == b'1' { b'2' } else { b'1' };
        old
    });
}

pub fn moved(doc: &mut Document) {
    content(doc, 4, |old| [b"1 0 0 1 0 20 cm ", old.as_slice()].concat());
}

pub fn removed_page(doc: &mut Document) {
    kids(doc).remove(4);
}

pub fn swapped_pages(doc: &mut Document) {
    kids(doc).swap(2, 3);
}

pub fn doubled_page(doc: &mut Document) {
    let third = kids(doc)[2].as_reference().expect("a page");
    let copy = doc.get_object(third).expect("a page").clone();
    let copy = doc.add_object(copy);
    kids(doc).insert(3, copy.into());
}

pub fn added_page(doc: &mut Document) {
    let added = doc.add_object(dictionary! { "Type" => "Page", "MediaBox" => numbers(&[0, 0, 612, 792]) });
    kids(doc).push(added.into());
}

/// The fonts that the pages share.
pub fn fonts(doc: &mut Document) -> ObjectId {
    let resources = page(doc, 1).get(b"Resources").and_then(Object::as_reference).expect("resources");
    doc.get_dictionary(resources).and_then(|all| all.get(b"Font")).and_then(Object::as_reference).expect("fonts")
}

pub fn first_font(doc: &mut Document) -> ObjectId {
    let fonts = fonts(doc);
    doc.get_dictionary(fonts).and_then(|fonts| fonts.get(b"F0")).and_then(Object::as_reference).expect("a font")
}

/// The font below the first one, which has the widths and leads to the program.
pub fn descendant(doc: &mut Document) -> &mut Dictionary {
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

pub fn change_stream(doc: &mut Document, id: ObjectId, change: impl Fn(&mut Vec<u8>)) {
    let stream = doc.get_object_mut(id).and_then(Object::as_stream_mut).expect("a stream");
    let _ = stream.decompress();
    let mut content = stream.content.clone();
    change(&mut content);
    stream.set_content(content);
}

pub fn to_unicode(doc: &mut Document) {
    let font = first_font(doc);
    let map =
        doc.get_dictionary(font).and_then(|font| font.get(b"ToUnicode")).and_then(Object::as_reference).expect("a map");
    change_stream(doc, map, |content| {
        let at = content.windows(2).rposition(|two| two == b">\n" || two == b"> ").expect("a code") - 1;
        content[at] = if content[at] == b'1' { b'2' } else { b'1' };
    });
}

pub fn font_program(doc: &mut Document) {
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

pub fn widths(doc: &mut Document) {
    descendant(doc).set("DW", 77);
}

pub fn swapped_fonts(doc: &mut Document) {
    let fonts = fonts(doc);
    let fonts = doc.get_dictionary_mut(fonts).expect("fonts");
    let (one, other) = (fonts.get(b"F0").expect("a font").clone(), fonts.get(b"F2").expect("a font").clone());
    fonts.set("F0", other);
    fonts.set("F2", one);
}

pub fn annotate(doc: &mut Document, mut annotation: Dictionary) {
    annotation.set("Type", "Annot");
    annotation.set("Rect", numbers(&[100, 100, 200, 120]));
    let added = doc.add_object(annotation);
    let mut all = annotations(doc, 3);
    all.push(added.into());
    page(doc, 3).set("Annots", all);
}

pub fn annotations(doc: &mut Document, number: u32) -> Vec<Object> {
    page(doc, number).get(b"Annots").and_then(Object::as_array).cloned().unwrap_or_default()
}

pub fn link_over(doc: &mut Document) {
    let action = dictionary! { "S" => "URI", "URI" => text("https://evil.example") };
    annotate(doc, dictionary! { "Subtype" => "Link", "A" => action });
}

/// The first annotation of a kind, with its page.
pub fn annotation(doc: &mut Document, kind: &str) -> (u32, ObjectId) {
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

pub fn link_target(doc: &mut Document) {
    let (_, id) = annotation(doc, "Link");
    let other = page_id(doc, 9);
    let link = doc.get_dictionary_mut(id).expect("a link");
    let old = link.remove(b"Dest").or_else(|| link.remove(b"A"));
    assert!(old.is_some(), "a target");
    link.set("Dest", vec![other.into(), "Fit".into()]);
}

pub fn no_annotations(doc: &mut Document) {
    let (number, _) = annotation(doc, "Link");
    page(doc, number).remove(b"Annots");
}

pub fn drawings(doc: &mut Document) -> &mut Dictionary {
    let resources = page(doc, 1).get(b"Resources").and_then(Object::as_reference).expect("resources");
    let id = doc
        .get_dictionary(resources)
        .and_then(|all| all.get(b"XObject"))
        .and_then(Object::as_reference)
        .expect("drawings");
    doc.get_dictionary_mut(id).expect("drawings")
}

pub fn swapped_drawings(doc: &mut Document) {
    let drawings = drawings(doc);
    let (one, other) =
        (drawings.get(b"I0").expect("a drawing").clone(), drawings.get(b"I1").expect("a drawing").clone());
    drawings.set("I0", other);
    drawings.set("I1", one);
}

pub fn drawing_matrix(doc: &mut Document) {
    let id = drawings(doc).get(b"I0").and_then(Object::as_reference).expect("a drawing");
    let drawing = doc.get_object_mut(id).and_then(Object::as_stream_mut).expect("a drawing");
    drawing.dict.set("Matrix", vec![Object::Real(0.001), 0.into(), 0.into(), Object::Real(0.001), 0.into(), 0.into()]);
}

/// The first node of the structure that is of a kind.
pub fn node<'d>(doc: &'d mut Document, kind: &str) -> &'d mut Dictionary {
    let is_kind = |object: &Object| {
        object
            .as_dict()
            .is_ok_and(|dict| dict.has(b"P") && dict.get(b"S").and_then(Object::as_name).ok() == Some(kind.as_bytes()))
    };
    let id = *doc.objects.iter().find(|(_, object)| is_kind(object)).expect("a node").0;
    doc.get_dictionary_mut(id).expect("a node")
}

pub fn alt(doc: &mut Document) {
    node(doc, "Figure").set("Alt", text("Another picture"));
}

pub fn actual_text(doc: &mut Document) {
    node(doc, "H1").set("ActualText", text("Other words"));
}

pub fn reordered(doc: &mut Document) {
    node(doc, "Document").get_mut(b"K").and_then(Object::as_array_mut).expect("kids").reverse();
}

pub fn page_label(doc: &mut Document) {
    let labels = dictionary! { "Nums" => vec![0.into(), dictionary! { "S" => "R" }.into()] };
    catalog(doc).set("PageLabels", labels);
}

pub fn form_font(doc: &mut Document) {
    let resources = form(doc).get_mut(b"DR").and_then(Object::as_dict_mut).expect("resources");
    let fonts = resources.get_mut(b"Font").and_then(Object::as_dict_mut).expect("fonts");
    fonts.get_mut(b"Helv").and_then(Object::as_dict_mut).expect("a font").set("BaseFont", "ZapfDingbats");
}

/// Changes the first value of an element in the packet.
pub fn packet(doc: &mut Document, name: &str, value: &str) {
    let id = catalog(doc).get(b"Metadata").and_then(Object::as_reference).expect("metadata");
    change_stream(doc, id, |content| {
        let text = String::from_utf8(content.clone()).expect("text");
        let (before, rest) = text.split_once(&format!("<{name}>")).expect("the element");
        let (_, after) = rest.split_once('<').expect("its end");
        *content = format!("{before}<{name}>{value}<{after}").into_bytes();
    });
}

pub fn bookmark(doc: &mut Document) {
    let outline = catalog(doc).get(b"Outlines").and_then(Object::as_reference).expect("an outline");
    let first =
        doc.get_dictionary(outline).and_then(|all| all.get(b"First")).and_then(Object::as_reference).expect("one");
    doc.get_dictionary_mut(first).expect("a bookmark").set("Title", text("Another"));
}

pub fn field_id(doc: &mut Document, name: &str) -> ObjectId {
    let fields = form(doc).get(b"Fields").and_then(Object::as_array).expect("fields").clone();
    let ids = fields.iter().map(|field| field.as_reference().expect("an object"));
    let is_named = |id: &ObjectId| {
        doc.get_dictionary(*id)
            .is_ok_and(|field| field.get(b"T").and_then(Object::as_str).ok() == Some(name.as_bytes()))
    };
    ids.into_iter().find(is_named).expect("a field")
}

pub fn field<'d>(doc: &'d mut Document, name: &str) -> &'d mut Dictionary {
    let id = field_id(doc, name);
    doc.get_dictionary_mut(id).expect("a field")
}

/// Gives a field a value, and an appearance that shows other words.
pub fn value(doc: &mut Document, name: &str, value: &str, shown: &str) {
    if !value.is_empty() {
        field(doc, name).set("V", text(value));
    }
    draw(doc, name, &format!("/Tx BMC q BT /Helv 10 Tf 0 g 2 7 Td ({shown}) Tj ET Q EMC"));
}

pub fn appearance(doc: &mut Document, content: &str) {
    field(doc, "client-name").set("V", text("Jane"));
    draw(doc, "client-name", content);
}

pub fn draw(doc: &mut Document, name: &str, content: &str) {
    let states = field(doc, name).get(b"AP").and_then(Object::as_dict).expect("an appearance").clone();
    let id = states.get(b"N").and_then(Object::as_reference).expect("an appearance");
    let stream = doc.get_object_mut(id).and_then(Object::as_stream_mut).expect("a stream");
    stream.dict.remove(b"Filter");
    stream.set_content(content.as_bytes().to_vec());
}

/// Takes the last words of the page away, which are those of the mark or of the foot: either is a change.
pub fn no_draft_mark(doc: &mut Document) {
    content(doc, 1, |old| {
        let at = old.windows(2).rposition(|two| two == b"BT").expect("words");
        old[..at].to_vec()
    });
}
