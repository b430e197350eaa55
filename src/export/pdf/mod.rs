//! In: [`Pages`] and what the file says of itself. Out: the bytes of a PDF, tagged (PDF/UA-1) and archivable (PDF/A-2a).
//!
//! The steps: [`check`] → [`fonts`] → [`content`] → [`skeleton`] (printpdf) → links, [`structure`], [`metadata`] (lopdf)
//! → [`save`] → [`stamp`]. [`verify`](verify()) compares a file with what it was made as. Nothing outside this folder knows which crates write the file.
//!
//! | Code | Meaning |
//! |---|---|
//! | E001 | a font cannot be embedded |
//! | E002 | a drawing cannot be embedded |
//! | E003 | the pages contradict themselves |
//! | E004 | the file cannot be written |
//! | E023 | the digests of the finished file cannot be calculated |

mod check;
mod compare;
mod content;
mod drawing;
mod fields;
mod fonts;
mod icc;
mod image;
mod metadata;
mod navigate;
mod number;
mod packet;
#[cfg(test)]
mod pricing_tests;
mod readback;
#[cfg(test)]
mod sample;
mod save;
mod skeleton;
mod stamp;
mod strings;
mod structure;
#[cfg(test)]
mod tests;
mod text;
mod verify;

pub use self::readback::{difference, read_back, read_back_on, words_of};
pub use self::verify::{record_of, verify};
use std::num::NonZero;

use lopdf::{Document, Object, ObjectId, Stream, dictionary};

use self::content::Content;
use self::skeleton::Skeleton;
use self::structure::Marked;
use crate::diagnostic::{Checked, Diagnostic, Problems};
use crate::export::record::FileRecord;
use crate::export::seal::SealKey;
use crate::layout::page::{Pages, TagId};
use crate::library::assets::ImageData;
use crate::library::parallel;

/// What a file says of itself.
#[derive(Debug, Clone)]
pub struct About {
    pub title: String,
    /// The brand's name.
    pub author: String,
    pub subject: String,
    /// BCP 47.
    pub language: String,
    /// The document's date; it is also the time of creation, at midnight UTC.
    pub date: jiff::civil::Date,
    /// What the file records of its origin; its digests and seal are calculated when it is written.
    pub record: FileRecord,
    /// The key that seals the file, if it is sealed.
    pub seal_key: Option<SealKey>,
    pub draft: bool,
    pub right_to_left: bool,
}

/// Writes the pages as a PDF 1.7 file. Same input, same bytes.
///
/// # Errors
/// `E001`–`E004` and `E023`, see the table above.
pub fn pdf(pages: &Pages, about: &About) -> Checked<Vec<u8>> {
    pdf_on(NonZero::<usize>::MIN, pages, about)
}

/// The same, and the same bytes, on up to so many threads.
///
/// # Errors
/// Those of [`pdf`].
pub fn pdf_on(threads: NonZero<usize>, pages: &Pages, about: &About) -> Checked<Vec<u8>> {
    check::check(pages)?;
    let fonts = fonts::used_fonts(threads, pages)?;
    let contents = parallel::map_on(threads, &pages.pages, |page| content::content(page, &pages.tags, &fonts));
    let broken = || Diagnostic::error("E004", "the PDF cannot be written: its frame is not as expected");
    let mut skeleton = skeleton::skeleton(pages, &fonts).ok_or_else(broken)?;
    let profile = add_profile(&mut skeleton.doc);
    add_drawings(&mut skeleton, pages, profile)?;
    let sequences = add_contents(&mut skeleton, pages, contents).ok_or_else(broken)?;
    let mut annotations = Vec::new();
    let widgets = add_annotations(&mut skeleton, pages, &mut annotations);
    let marked = Marked { pages, page_ids: &skeleton.pages, sequences: &sequences, annotations: &annotations };
    let tree = structure::structure(&mut skeleton.doc, &marked);
    add_catalog(&mut skeleton, pages, about, tree, profile);
    if let (Some(form), Ok(catalog)) =
        (fields::form(pages, &widgets), skeleton.doc.get_dictionary_mut(skeleton.catalog))
    {
        catalog.set("AcroForm", form);
    }
    let bytes = save::save(threads, skeleton.doc)?;
    stamp::stamp(threads, bytes, about)
}

fn add_profile(doc: &mut Document) -> ObjectId {
    doc.add_object(Stream::new(dictionary! { "N" => 3 }, icc::SRGB.clone()))
}

fn add_drawings(skeleton: &mut Skeleton, pages: &Pages, profile: ObjectId) -> Checked<()> {
    let mut problems = Problems::default();
    for (index, (asset, shown)) in pages.images.iter().zip(image::shown(pages)).enumerate() {
        let ImageData::Svg(tree) = &asset.data else { continue };
        if !shown {
            continue;
        }
        match drawing::drawing(tree, &mut skeleton.doc, profile) {
            Some(form) => {
                if let Ok(images) = skeleton.doc.get_dictionary_mut(skeleton.images) {
                    images.set(format!("I{index}"), form);
                }
            }
            None => problems.0.push(
                Diagnostic::error("E002", format!("the drawing `{}` cannot be embedded", asset.path))
                    .help("save it as plain SVG: shapes and paths, with few nested groups"),
            ),
        }
    }
    if problems.0.is_empty() { Ok(()) } else { Err(problems) }
}

/// Gives each page its content and its key in the parent tree; returns the pages' marked sequences.
fn add_contents(skeleton: &mut Skeleton, pages: &Pages, contents: Vec<Content>) -> Option<Vec<Vec<TagId>>> {
    let mut sequences = Vec::with_capacity(contents.len());
    for (index, content) in contents.into_iter().enumerate() {
        let size = &pages.pages[index];
        let page = skeleton.doc.get_dictionary_mut(skeleton.pages[index]).ok()?;
        let stream = page.get(b"Contents").and_then(Object::as_reference).ok()?;
        page.set("MediaBox", vec![0.into(), 0.into(), Object::Real(size.width), Object::Real(size.height)]);
        page.set("StructParents", index as i64);
        page.set("Tabs", "S");
        for key in ["TrimBox", "CropBox", "Annots"] {
            page.remove(key.as_bytes());
        }
        skeleton.doc.objects.insert(stream, Stream::new(dictionary! {}, content.bytes).into());
        sequences.push(content.sequences);
    }
    Some(sequences)
}

/// Adds the annotations of links and fields, each with its page and node; gives the objects of the fields.
fn add_annotations(
    skeleton: &mut Skeleton,
    pages: &Pages,
    annotations: &mut Vec<(usize, TagId, ObjectId)>,
) -> Vec<ObjectId> {
    let mut widgets = Vec::new();
    for (index, page) in pages.pages.iter().enumerate() {
        let first = annotations.len();
        for link in &page.links {
            let key = skeleton.pages.len() + annotations.len();
            let object = navigate::link(&mut skeleton.doc, pages, &skeleton.pages, (index, link), key);
            annotations.push((index, link.tag, object));
        }
        for field in &page.fields {
            let key = skeleton.pages.len() + annotations.len();
            let object = fields::widget(&mut skeleton.doc, pages, &skeleton.pages, (index, field), key);
            annotations.push((index, field.tag, object));
            widgets.push(object);
        }
        let own: Vec<Object> = annotations[first..].iter().map(|(_, _, object)| (*object).into()).collect();
        if let (false, Ok(dict)) = (own.is_empty(), skeleton.doc.get_dictionary_mut(skeleton.pages[index])) {
            dict.set("Annots", own);
        }
    }
    widgets
}

fn add_catalog(skeleton: &mut Skeleton, pages: &Pages, about: &About, tree: ObjectId, profile: ObjectId) {
    let doc = &mut skeleton.doc;
    let outline = navigate::outline(doc, pages, &skeleton.pages);
    let metadata = doc.add_object(metadata::metadata(about, compare::short_length(pages.pages.len())));
    let intent = dictionary! {
        "Type" => "OutputIntent",
        "S" => "GTS_PDFA1",
        "OutputConditionIdentifier" => strings::ascii("sRGB"),
        "Info" => strings::ascii("sRGB"),
        "DestOutputProfile" => profile,
    };
    doc.objects.insert(skeleton.info, metadata::info(about).into());
    let tree_of_pages = doc.get_dictionary(skeleton.catalog).and_then(|old| old.get(b"Pages")).cloned();
    let mut catalog = dictionary! {
        "Type" => "Catalog",
        "Pages" => tree_of_pages.unwrap_or(Object::Null),
        "Lang" => strings::text_string(&about.language),
        "MarkInfo" => dictionary! { "Marked" => true },
        "StructTreeRoot" => tree,
        "ViewerPreferences" => metadata::viewer_preferences(about),
        "PageLabels" => navigate::page_labels(&pages.pages),
        "Metadata" => metadata,
        "OutputIntents" => vec![Object::from(intent)],
    };
    if let Some(outline) = outline {
        catalog.set("Outlines", outline);
    }
    doc.objects.insert(skeleton.catalog, catalog.into());
}
