//! In: pages or a document. Out: the bytes of a finished file; one folder per format.
pub mod docx;
pub mod file;
mod format;
pub mod pdf;
pub mod provenance;
mod raster;
pub mod record;
pub mod seal;
pub mod sidecar;
pub mod svg;
pub mod verification;

pub use format::Format;

/// Reads back what a finished file records of its origin, whatever its format: files tell themselves apart by how they begin.
///
/// # Errors
/// Those of [`pdf::record_of`] and [`docx::record_of`].
pub fn record_of(bytes: &[u8]) -> crate::diagnostic::Checked<record::FileRecord> {
    if bytes.starts_with(b"PK") { docx::record_of(bytes) } else { pdf::record_of(bytes) }
}
