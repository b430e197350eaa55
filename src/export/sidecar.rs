//! In: the path of a finished file and its record. Out: the provenance in the sidecar beside it, or why there is none.

use std::io;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::file::read_document;
use super::provenance::{Provenance, SIDECAR};
use super::record::FileRecord;
use crate::diagnostic::plain;
use crate::library::lock::hex;

/// Where the sidecar of a file is: `NAME.provenance.json` for `NAME.pdf`.
pub fn path_of(file: &Path) -> PathBuf {
    file.with_extension(SIDECAR)
}

/// Reads the sidecar of a file, and makes sure that it is this file's own.
///
/// # Errors
/// Why the provenance is not known, as the end of a sentence.
pub fn read(file: &Path, record: &FileRecord) -> Result<Provenance, String> {
    let path = path_of(file);
    let shown = path.display();
    let bytes = match read_document(&path) {
        Ok(Some(bytes)) => bytes,
        Ok(None) => return Err(format!("`{shown}` is not a file, or larger than any sidecar")),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return Err(format!("there is no `{shown}`"));
        }
        Err(error) => return Err(format!("`{shown}` cannot be read: {}", plain(&error))),
    };
    if hex(&Sha256::digest(&bytes)) != record.document {
        return Err(format!("`{shown}` is of another document, or was changed"));
    }
    Provenance::from_json(&bytes).ok_or_else(|| format!("`{shown}` was written by another version of collateral"))
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
        assert!(read(&file, &record).expect_err("no sidecar").contains("there is no `"));
        let beside = folder.path().join("Harbour-Sons_proposal_2026-11-23.provenance.json");
        std::fs::write(&beside, provenance.to_json()).expect("written");
        assert_eq!(read(&file, &record), Ok(provenance.clone()));
        std::fs::write(&beside, [provenance.to_json(), b" ".to_vec()].concat()).expect("written");
        assert!(read(&file, &record).expect_err("changed").contains("was changed"));
    }
}
