//! In: an SVG tree. Out: a form XObject of vectors in the document, one unit wide and high.

use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary};
use svg2pdf::usvg::Tree;

/// Adds a drawing to the document and gives the id of its form XObject.
///
/// Colours refer to `rgb_profile` instead of a profile of the drawing's own. `None` where the drawing cannot be turned
/// into PDF operators.
pub fn drawing(tree: &Tree, doc: &mut Document, rgb_profile: ObjectId) -> Option<ObjectId> {
    let options = svg2pdf::ConversionOptions { compress: false, embed_text: false, pdfa: true, ..Default::default() };
    let file = svg2pdf::to_pdf(tree, options, svg2pdf::PageOptions::default()).ok()?;
    let file = Document::load_mem(&file).ok()?;
    let (_, page_id) = file.get_pages().into_iter().next()?;
    let page = file.get_dictionary(page_id).ok()?;
    let form = Stream::new(form_dictionary(&file, page, tree), file.get_page_content(page_id));
    Some(Import { file: &file, doc, rgb_profile, imported: Vec::new() }.add(Object::Stream(form)))
}

fn form_dictionary(file: &Document, page: &Dictionary, tree: &Tree) -> Dictionary {
    let (width, height) = (tree.size().width(), tree.size().height());
    let mut form = dictionary! {
        "Type" => "XObject",
        "Subtype" => "Form",
        "BBox" => vec![0.into(), 0.into(), Object::Real(width), Object::Real(height)],
        "Matrix" => vec![Object::Real(1.0 / width), 0.into(), 0.into(), Object::Real(1.0 / height), 0.into(), 0.into()],
    };
    for key in ["Resources", "Group"] {
        if let Ok((_, value)) = page.get(key.as_bytes()).and_then(|value| file.dereference(value)) {
            form.set(key, value.clone());
        }
    }
    form
}

/// Copies objects from the drawing's file to the document, with all they refer to.
struct Import<'a> {
    file: &'a Document,
    doc: &'a mut Document,
    rgb_profile: ObjectId,
    /// Ids in the drawing's file and in the document.
    imported: Vec<(ObjectId, ObjectId)>,
}

impl Import<'_> {
    fn add(&mut self, mut object: Object) -> ObjectId {
        let id = self.doc.new_object_id();
        self.rewrite(&mut object);
        self.doc.objects.insert(id, object);
        id
    }

    fn rewrite(&mut self, object: &mut Object) {
        match object {
            Object::Reference(id) => *id = self.target(*id),
            Object::Array(items) => items.iter_mut().for_each(|item| self.rewrite(item)),
            Object::Dictionary(dictionary) => self.rewrite_entries(dictionary),
            Object::Stream(stream) => self.rewrite_entries(&mut stream.dict),
            _ => {}
        }
    }

    /// Sorts the entries too: the converter lists resources in no stable order.
    fn rewrite_entries(&mut self, dictionary: &mut Dictionary) {
        let mut entries: Vec<_> = std::mem::take(dictionary).into_iter().collect();
        entries.sort_by(|(one, _), (other, _)| one.cmp(other));
        for (key, mut value) in entries {
            self.rewrite(&mut value);
            dictionary.set(key, value);
        }
    }

    fn target(&mut self, id: ObjectId) -> ObjectId {
        if let Some((_, target)) = self.imported.iter().find(|(source, _)| *source == id) {
            return *target;
        }
        let Ok(object) = self.file.get_object(id) else { return self.doc.add_object(Object::Null) };
        if is_rgb_profile(object) {
            return self.rgb_profile;
        }
        let target = self.doc.new_object_id();
        // Known before its content is read, so that objects may refer to each other.
        self.imported.push((id, target));
        let mut object = object.clone();
        self.rewrite(&mut object);
        self.doc.objects.insert(target, object);
        target
    }
}

/// Only profiles have `N` without a `Type`: object streams have both.
fn is_rgb_profile(object: &Object) -> bool {
    object.as_stream().is_ok_and(|stream| {
        !stream.dict.has(b"Type") && stream.dict.get(b"N").and_then(Object::as_i64).is_ok_and(|n| n == 3)
    })
}
