//! In: page sizes, subset fonts and images. Out: a lopdf document with pages, fonts and images, made by printpdf.
//!
//! printpdf writes the page tree, the fonts with their widths and ToUnicode, and the images. It would also write the
//! content streams, but with an object and a string for each glyph: 12 full pages (52,000 letters, text alone) take
//! 11.4 ms that way, of which 7.2 are printpdf's. `content` writes bytes straight away, and the same pages take 5.0 ms
//! with structure, links and metadata (release build, one core). printpdf only embeds fonts whose glyphs it has seen,
//! so the first page lists them; that list is then replaced by the real content.

use lopdf::{Document, Object, ObjectId};
use printpdf::{
    Codepoint, FontId, Op, PdfDocument, PdfFontHandle, PdfPage, PdfSaveOptions, Pt, Rect, TextItem, XObjectId,
};

use super::fonts::UsedFont;
use super::image;
use crate::layout::page::Pages;

/// A document whose pages are still empty.
pub struct Skeleton {
    pub doc: Document,
    pub catalog: ObjectId,
    pub info: ObjectId,
    pub pages: Vec<ObjectId>,
    /// The dictionary of images that all pages share.
    pub images: ObjectId,
}

/// Lets printpdf build everything but content, structure and metadata.
///
/// `None` where printpdf has built something else than it promises.
pub fn skeleton(pages: &Pages, fonts: &[Option<UsedFont>]) -> Option<Skeleton> {
    let mut source = PdfDocument::new("");
    for font in fonts.iter().flatten() {
        source.resources.fonts.map.insert(FontId(font.resource.clone()), font.program.clone());
    }
    for (index, (asset, shown)) in pages.images.iter().zip(image::shown(pages)).enumerate() {
        if let Some(raster) = shown.then(|| image::raster(asset)).flatten() {
            source.resources.xobjects.map.insert(XObjectId(format!("I{index}")), raster);
        }
    }
    source.pages = pages.pages.iter().map(|page| blank(page.width, page.height)).collect();
    source.pages.first_mut()?.ops = glyph_list(fonts);
    let options = PdfSaveOptions { optimize: false, subset_fonts: false, secure: true, image_optimization: None };
    open(printpdf::to_lopdf_doc(&source, &options, &mut Vec::new()))
}

fn blank(width: f32, height: f32) -> PdfPage {
    let area = Rect::from_wh(Pt(width), Pt(height));
    PdfPage { media_box: area.clone(), trim_box: area.clone(), crop_box: area, ops: Vec::new() }
}

fn glyph_list(fonts: &[Option<UsedFont>]) -> Vec<Op> {
    let mut ops = vec![Op::StartTextSection];
    for font in fonts.iter().flatten() {
        let id = FontId(font.resource.clone());
        ops.push(Op::SetFont { font: PdfFontHandle::External(id), size: Pt(1.0) });
        let glyphs = font.glyphs().map(|(id, text)| Codepoint::with_cid(id, 0.0, text.to_owned())).collect();
        ops.push(Op::ShowText { items: vec![TextItem::GlyphIds(glyphs)] });
    }
    ops.push(Op::EndTextSection);
    ops
}

fn open(doc: Document) -> Option<Skeleton> {
    let catalog = doc.trailer.get(b"Root").and_then(Object::as_reference).ok()?;
    let info = doc.trailer.get(b"Info").and_then(Object::as_reference).ok()?;
    let pages: Vec<ObjectId> = doc.get_pages().into_values().collect();
    let resources = doc.get_dictionary(*pages.first()?).ok()?.get(b"Resources").and_then(Object::as_reference).ok()?;
    let images = doc.get_dictionary(resources).ok()?.get(b"XObject").and_then(Object::as_reference).ok()?;
    Some(Skeleton { doc, catalog, info, pages, images })
}
