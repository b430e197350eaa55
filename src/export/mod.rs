//! In: pages or a document. Out: the bytes of a finished file; one folder per format.
pub mod attest;
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

/// Compares a finished file with what it was made as, whatever its format.
///
/// # Errors
/// Those of [`pdf::verify`] and [`docx::verify`].
pub fn verify(bytes: &[u8]) -> crate::diagnostic::Checked<verification::Verification> {
    match Format::of(bytes) {
        Format::Docx => docx::verify(bytes),
        Format::Pdf => pdf::verify(bytes),
    }
}

/// Reads back what a finished file records of its origin, whatever its format: files tell themselves apart by how they begin.
///
/// # Errors
/// Those of [`pdf::record_of`] and [`docx::record_of`].
pub fn record_of(bytes: &[u8]) -> crate::diagnostic::Checked<record::FileRecord> {
    match Format::of(bytes) {
        Format::Docx => docx::record_of(bytes),
        Format::Pdf => pdf::record_of(bytes),
    }
}
