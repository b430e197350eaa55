//! In: the fields of the pages. Out: their widget annotations, and the form that lists them (ISO 32000-1, 12.7).
//!
//! Each field has an appearance of its own, empty until somebody fills it in, because an archivable file may not ask
//! the reader to draw it (ISO 19005-2, 6.4.1). Words that are typed later are set in Helvetica, which every reader has;
//! from then on the file is no longer archivable, since no font of it is embedded.

use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary};

use super::strings::{ascii, text_string};
use super::structure::box_of;
use crate::layout::page::{FormField, FormFieldKind, Pages};

/// The name of the font in the form's resources, as readers expect it.
pub const FONT: &str = "Helv";
/// The font of signs, likewise.
const SIGNS: &str = "ZaDb";
/// States of a box to tick.
const OFF: &str = "Off";
const ON: &str = "Yes";
/// Largest size of words in a field, pt; a lower field has smaller words.
const LARGEST: f32 = 11.0;
/// The form has places for signatures (ISO 32000-1, table 219, bit 1).
const SIGNATURES: i64 = 1;

/// Adds the annotation of a field; `struct_parent` is its key in the parent tree.
pub fn widget(
    doc: &mut Document,
    pages: &Pages,
    ids: &[ObjectId],
    (page, field): (usize, &FormField),
    struct_parent: usize,
) -> ObjectId {
    let mut dict = dictionary! {
        "Type" => "Annot",
        "Subtype" => "Widget",
        "Rect" => box_of(field.rect, pages.pages[page].height),
        // Printed with the page (ISO 19005-2, 6.3.2).
        "F" => 4,
        "P" => ids[page],
        "T" => text_string(&field.name),
        "TU" => text_string(&field.label),
        "StructParent" => struct_parent as i64,
    };
    match field.kind {
        FormFieldKind::Text => {
            dict.set("FT", "Tx");
            dict.set("DA", ascii(&appearance_string(field)));
        }
        FormFieldKind::Signature => dict.set("FT", "Sig"),
        FormFieldKind::Checkbox => {
            dict.set("FT", "Btn");
            dict.set("V", OFF);
            dict.set("AS", OFF);
            // Readers that draw the tick anew take it from the font of signs: `4` is a tick there.
            dict.set("DA", ascii(&format!("/{SIGNS} 0 Tf 0 g")));
            dict.set("MK", dictionary! { "CA" => ascii("4") });
        }
    }
    let normal: Object = match field.kind {
        FormFieldKind::Checkbox => {
            let (off, on) =
                (doc.add_object(appearance(field, Vec::new())), doc.add_object(appearance(field, tick(field))));
            dictionary! { OFF => off, ON => on }.into()
        }
        FormFieldKind::Text | FormFieldKind::Signature => doc.add_object(appearance(field, Vec::new())).into(),
    };
    dict.set("AP", dictionary! { "N" => normal });
    doc.add_object(dict)
}

/// How typed words look: font, size in pt, black.
fn appearance_string(field: &FormField) -> String {
    let size = (field.rect.height * 0.7).clamp(4.0, LARGEST);
    format!("/{FONT} {size:.1} Tf 0 g")
}

/// A tick over the whole box, black.
fn tick(field: &FormField) -> Vec<u8> {
    let (width, height) = (field.rect.width, field.rect.height);
    let at = |x: f32, y: f32| format!("{:.2} {:.2}", width * x, height * y);
    let line = width.min(height) * 0.14;
    format!("q {line:.2} w 1 J 1 j {} m {} l {} l S Q", at(0.2, 0.5), at(0.42, 0.26), at(0.82, 0.78)).into_bytes()
}

fn appearance(field: &FormField, content: Vec<u8>) -> Stream {
    let corner = |length: f32| Object::Real((length * 100.0).round() / 100.0);
    let area = vec![0.into(), 0.into(), corner(field.rect.width), corner(field.rect.height)];
    let dict = dictionary! {
        "Type" => "XObject",
        "Subtype" => "Form",
        "BBox" => area,
        "Resources" => Dictionary::new(),
    };
    Stream::new(dict, content)
}

/// The form with all fields; `None` where there are none.
pub fn form(pages: &Pages, widgets: &[ObjectId]) -> Option<Object> {
    if widgets.is_empty() {
        return None;
    }
    let font = dictionary! {
        "Type" => "Font",
        "Subtype" => "Type1",
        "BaseFont" => "Helvetica",
        "Encoding" => "WinAnsiEncoding",
    };
    let signs = dictionary! { "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "ZapfDingbats" };
    let mut dict = dictionary! {
        "Fields" => widgets.iter().map(|id| Object::Reference(*id)).collect::<Vec<_>>(),
        "DR" => dictionary! { "Font" => dictionary! { FONT => font, SIGNS => signs } },
        "DA" => ascii(&format!("/{FONT} 0 Tf 0 g")),
    };
    let mut fields = pages.pages.iter().flat_map(|page| &page.fields);
    if fields.any(|field| field.kind == FormFieldKind::Signature) {
        dict.set("SigFlags", SIGNATURES);
    }
    Some(dict.into())
}
