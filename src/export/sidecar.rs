//! In: the path of a finished file and its record. Out: the provenance in the sidecar beside it, or why there is none.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::file::read_document;
use super::provenance::{Provenance, SIDECAR};
use super::record::FileRecord;
use crate::diagnostic::plain;
use crate::hexadecimal::hex;

/// Where the sidecar of a file is: `NAME.provenance.json` for `NAME.pdf`.
pub fn path_of(file: &Path) -> PathBuf {
    file.with_extension(SIDECAR)
}

/// Why the provenance of a file is not known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoSidecar {
    /// There is no sidecar beside the file.
    Missing(PathBuf),
    /// It is there and cannot be read, for the reason that follows.
    Unreadable(PathBuf, String),
    /// It is of another document, or was changed.
    Foreign(PathBuf),
    /// It is this file's own, in a form that this version does not read.
    OtherVersion(PathBuf),
}

/// The end of a sentence.
impl fmt::Display for NoSidecar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing(path) => write!(f, "there is no `{}`", path.display()),
            Self::Unreadable(path, why) => write!(f, "`{}` {why}", path.display()),
            Self::Foreign(path) => write!(f, "`{}` is of another document, or was changed", path.display()),
            Self::OtherVersion(path) => write!(f, "`{}` was written by another version of collateral", path.display()),
        }
    }
}

/// Reads the sidecar of a file, and makes sure that it is this file's own.
///
/// # Errors
/// Why the provenance is not known.
pub fn read(file: &Path, record: &FileRecord) -> Result<Provenance, NoSidecar> {
    let path = path_of(file);
    let bytes = match read_document(&path) {
        Ok(Some(bytes)) => bytes,
        Ok(None) => return Err(NoSidecar::Unreadable(path, "is not a file, or larger than any sidecar".into())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Err(NoSidecar::Missing(path)),
        Err(error) => return Err(NoSidecar::Unreadable(path, format!("cannot be read: {}", plain(&error)))),
    };
    if hex(&Sha256::digest(&bytes)) != record.document {
        return Err(NoSidecar::Foreign(path));
    }
    Provenance::from_json(&bytes).ok_or(NoSidecar::OtherVersion(path))
}

/// What to do where the sidecar of a file is missing or wrong.
pub fn help(file: &Path) -> String {
    let name = path_of(file);
    let name = name.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    format!("put `{name}`, as it was written beside the document, into the same folder")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sidecar_is_used_only_with_its_own_file() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("Harbour-Sons_proposal_2026-11-23.docx");
        let provenance = Provenance { template: "proposal".into(), ..Provenance::default() };
        let record = FileRecord { document: provenance.id(), ..FileRecord::default() };
        assert!(read(&file, &record).expect_err("no sidecar").to_string().contains("there is no `"));
        let beside = folder.path().join("Harbour-Sons_proposal_2026-11-23.provenance.json");
        std::fs::write(&beside, provenance.to_json()).expect("written");
        assert_eq!(read(&file, &record), Ok(provenance.clone()));
        std::fs::write(&beside, [provenance.to_json(), b" ".to_vec()].concat()).expect("written");
        assert!(read(&file, &record).expect_err("changed").to_string().contains("was changed"));
    }
}
