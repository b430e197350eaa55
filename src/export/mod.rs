//! In: pages or a document. Out: the bytes of a finished file; one folder per format.
pub mod docx;
pub mod file;
mod format;
pub mod pdf;
pub mod provenance;
pub mod svg;

pub use format::Format;
