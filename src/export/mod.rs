//! In: pages or a document. Out: the bytes of a finished file; one folder per format.
pub mod docx;
pub mod file;
mod format;
pub mod pdf;
pub mod provenance;
mod raster;
pub mod svg;
pub mod verification;

pub use format::Format;

/// Reads back what a finished document was made from, whatever its format: files tell themselves apart by how they begin.
///
/// # Errors
/// Those of [`pdf::provenance_of`] and [`docx::provenance_of`].
pub fn provenance_of(bytes: &[u8]) -> crate::diagnostic::Checked<provenance::Provenance> {
    if bytes.starts_with(b"PK") { docx::provenance_of(bytes) } else { pdf::provenance_of(bytes) }
}
