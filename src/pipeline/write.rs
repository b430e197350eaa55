//! In: a document on its pages. Out: [`Generated`]: its files, one for each format, each read back.

use super::{Engine, LaidOut, Order, lay_out, provenance};
use crate::diagnostic::{Checked, Diagnostic};
use crate::document::words;
use crate::export::file::file_stem;
use crate::export::pdf::{self, About};
use crate::export::provenance::Provenance;
use crate::export::record::FileRecord;
use crate::export::{self, Format, docx};
use crate::layout;

/// A finished document's files, and what they were made from.
#[derive(Debug)]
pub struct Generated {
    pub laid_out: LaidOut,
    /// In the order of the formats that were asked for.
    pub files: Vec<Made>,
    /// File name without folder and ending.
    pub stem: String,
    pub provenance: Provenance,
}

/// One file of a document.
#[derive(Debug)]
pub struct Made {
    pub format: Format,
    pub bytes: Vec<u8>,
}

impl Generated {
    /// The bytes of a format; none where it was not asked for.
    pub fn bytes(&self, format: Format) -> &[u8] {
        self.files.iter().find(|made| made.format == format).map_or(&[], |made| &made.bytes)
    }
}

/// Makes a document as a PDF: plans, fills, lays out, writes and reads back.
///
/// # Errors
/// Those of [`generate_as`].
pub fn generate(engine: &Engine, order: &Order) -> Checked<Generated> {
    generate_as(engine, order, &[Format::Pdf])
}

/// Makes a document in these formats, laid out once.
///
/// # Errors
/// Every problem found by the first step that found any; nothing is written to disk here.
pub fn generate_as(engine: &Engine, order: &Order, formats: &[Format]) -> Checked<Generated> {
    write(engine, order, lay_out(engine, order)?, formats)
}

/// Writes a document that is laid out.
///
/// # Errors
/// What the writer or the reader of a format finds.
pub fn write(engine: &Engine, order: &Order, laid_out: LaidOut, formats: &[Format]) -> Checked<Generated> {
    let provenance = provenance(engine, order, &laid_out);
    let about = about(engine, order, &laid_out, &provenance, formats);
    let mut files: Vec<Made> = Vec::with_capacity(formats.len());
    for format in formats {
        if files.iter().all(|made| made.format != *format) {
            files.push(Made { format: *format, bytes: file(engine, &laid_out, &about, *format)? });
        }
    }
    let stem = file_stem(&laid_out.client.client.name, &laid_out.template.id, order.date, order.draft);
    Ok(Generated { laid_out, files, stem, provenance })
}

/// One file of a document that is laid out, read back.
///
/// # Errors
/// What the writer or the reader of the format finds.
pub fn file_of(engine: &Engine, order: &Order, laid_out: &LaidOut, format: Format) -> Checked<Vec<u8>> {
    let provenance = provenance(engine, order, laid_out);
    file(engine, laid_out, &about(engine, order, laid_out, &provenance, &[format]), format)
}

/// What the files of a document say of themselves.
fn about(engine: &Engine, order: &Order, laid_out: &LaidOut, provenance: &Provenance, formats: &[Format]) -> About {
    let title = laid_out.template.title.of(&laid_out.plan.language).unwrap_or_default();
    About {
        title: format!("{title} – {}", laid_out.client.client.name),
        author: engine.library.brand.name.clone(),
        subject: title.to_string(),
        language: laid_out.plan.language.clone(),
        date: order.date,
        record: FileRecord::of(provenance, formats),
        seal_key: order.seal_key.clone(),
        draft: order.draft,
        right_to_left: laid_out.meta.right_to_left,
    }
}

fn file(engine: &Engine, laid_out: &LaidOut, about: &About, format: Format) -> Checked<Vec<u8>> {
    let bytes = match format {
        Format::Pdf => as_pdf(engine, laid_out, about)?,
        Format::Docx => as_docx(engine, laid_out, about)?,
    };
    if let Some(key) = &about.seal_key
        && !key.public().sealed(&export::record_of(&bytes)?)
    {
        return Err(Diagnostic::error("E077", "the finished file does not hold the seal that was asked for")
            .help("this is a fault of the program: report it with the template and client file")
            .into());
    }
    Ok(bytes)
}

fn as_pdf(engine: &Engine, laid_out: &LaidOut, about: &About) -> Checked<Vec<u8>> {
    let bytes = pdf::pdf_on(engine.threads, &laid_out.pages, about)?;
    pdf::read_back_on(engine.threads, &bytes, &laid_out.pages, &words(&laid_out.document))?;
    Ok(bytes)
}

fn as_docx(engine: &Engine, laid_out: &LaidOut, about: &About) -> Checked<Vec<u8>> {
    let context = layout::Context {
        brand: &engine.library.brand,
        assets: &engine.library,
        fonts: engine.fonts()?,
        kind: laid_out.document.kind,
        page: laid_out.template.page,
        meta: laid_out.meta.clone(),
    };
    let written = docx::docx(&laid_out.document, &laid_out.pages, &context, about, &engine.kit)?;
    docx::read_back(&written, &words(&laid_out.document))?;
    Ok(written.bytes)
}
