//! In: a file and the formats that were made together. Out: whether the files of the other formats, beside it under the
//! same name, are of the same document.

use std::io;
use std::path::{Path, PathBuf};

use crate::export::file::read_document;
use crate::export::record::FileRecord;
use crate::export::{self, Format};

/// A file of the same document in another format.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sister {
    pub path: PathBuf,
    pub format: Format,
    pub state: SisterState,
}

/// What is known of a sister.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SisterState {
    /// Its record names the same document.
    Same,
    /// It is not beside the file.
    Missing,
    /// Its record names another document.
    Other,
    /// It is there, and its record cannot be read.
    Unreadable,
}

impl Sister {
    /// What people read of it.
    pub fn describe(&self) -> String {
        let name = self.path.file_name().unwrap_or_default().to_string_lossy();
        let what = match self.state {
            SisterState::Same => "beside it is of the same document",
            SisterState::Missing => "was made together with it and is not beside it",
            SisterState::Other => "beside it is of another document",
            SisterState::Unreadable => "beside it cannot be read as a file of the same document",
        };
        format!("`{name}` {what}")
    }
}

impl SisterState {
    /// As programs read it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Same => "same document",
            Self::Missing => "missing",
            Self::Other => "another document",
            Self::Unreadable => "unreadable",
        }
    }
}

/// Looks for the other formats of a document beside one of its files. The record may hold any text: only formats of
/// this program are looked for.
pub(super) fn beside(file: &Path, record: &FileRecord, own: Format) -> Vec<Sister> {
    Format::ALL
        .into_iter()
        .filter(|format| *format != own && record.has_format(*format))
        .map(|format| {
            let path = file.with_extension(format.ending());
            Sister { state: state(&path, record), path, format }
        })
        .collect()
}

fn state(path: &Path, record: &FileRecord) -> SisterState {
    match read_document(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => SisterState::Missing,
        Ok(Some(bytes)) => match export::record_of(&bytes) {
            Ok(other) if other.document == record.document => SisterState::Same,
            Ok(_) => SisterState::Other,
            Err(_) => SisterState::Unreadable,
        },
        Ok(None) | Err(_) => SisterState::Unreadable,
    }
}
