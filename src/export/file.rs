//! In: a finished document's files and whose they are. Out: the names they are written under.

use std::io;
use std::path::{Path, PathBuf};

use jiff::civil::Date;
use unicode_normalization::UnicodeNormalization;
use unicode_properties::{GeneralCategoryGroup, UnicodeGeneralCategory};

use super::provenance::SIDECAR;
use crate::diagnostic::{Checked, Diagnostic, plain};
use crate::disk::{self, Failure, Target};

/// Longest client part of a file name, bytes: with template, date and number it stays within the 255 bytes that file
/// systems allow.
const NAME_BYTES: usize = 120;

/// Whether a file that already stands at a name is this client's own.
pub type IsOwn<'a> = &'a dyn Fn(&[u8]) -> bool;

/// The file name without folder or ending: `Harbour-Sons-Logistics_proposal_2026-11-23`, with `_DRAFT` for drafts.
///
/// Letters, digits and marks of every script are kept, all else becomes `-`: safe on Linux, macOS and Windows (no
/// separators, reserved names, trailing dots).
pub fn file_stem(client: &str, template: &str, date: Date, draft: bool) -> String {
    let mut name = String::new();
    for c in client.nfc() {
        let keep = match c.general_category_group() {
            GeneralCategoryGroup::Letter | GeneralCategoryGroup::Number => true,
            // A mark needs its letter.
            GeneralCategoryGroup::Mark => !name.is_empty() && !name.ends_with('-'),
            _ => false,
        };
        if keep {
            if name.len() + c.len_utf8() > NAME_BYTES {
                break;
            }
            name.push(c);
        } else if !name.is_empty() && !name.ends_with('-') && c != '\'' && c != '\u{2019}' {
            name.push('-');
        }
    }
    let name = name.trim_end_matches('-');
    let name = if name.is_empty() { "client" } else { name };
    let mark = if draft { "_DRAFT" } else { "" };
    format!("{name}_{template}_{date}{mark}")
}

/// The endings of files that may belong to one document, beside those that are being written. A file with one of them
/// that is another client's keeps its name from being used for this client's other formats.
const SISTERS: [&str; 3] = ["pdf", "docx", SIDECAR];

/// Writes one file below `folder`. The same client's document replaces its own; where another's has the name, `-2`, `-3`
/// … is added.
///
/// # Errors
/// As of [`write_all`].
pub fn write(folder: &Path, stem: &str, ending: &str, bytes: &[u8], is_own: IsOwn<'_>) -> Checked<PathBuf> {
    let paths = write_all(folder, stem, &[(ending, bytes)], is_own)?;
    Ok(paths.into_iter().next().unwrap_or_default())
}

/// Writes the files of one document, each an ending without its dot and bytes, all under one stem and number. All get
/// their names, or none: see [`disk`]. `is_own` is asked about every file that has one of the names, those of sister
/// formats that are not written now included.
///
/// # Errors
/// `S…` where the folder cannot be made or written, the disk is full, or a file cannot be replaced.
pub fn write_all(folder: &Path, stem: &str, files: &[(&str, &[u8])], is_own: IsOwn<'_>) -> Checked<Vec<PathBuf>> {
    let endings: Vec<&str> = files.iter().map(|(ending, _)| *ending).collect();
    let contents: Vec<&[u8]> = files.iter().map(|(_, bytes)| *bytes).collect();
    let choose = || {
        let mut number = 1_u64;
        loop {
            let stem = if number == 1 { stem.to_owned() } else { format!("{stem}-{number}") };
            if let Some(targets) = targets(folder, &stem, &endings, is_own)? {
                return Ok(targets);
            }
            number += 1;
        }
    };
    Ok(disk::write_set(folder, &contents, &choose)?)
}

/// The files under this stem; none where another client's has it.
fn targets(folder: &Path, stem: &str, endings: &[&str], is_own: IsOwn<'_>) -> Result<Option<Vec<Target>>, Failure> {
    let mut targets = Vec::with_capacity(endings.len());
    for ending in endings {
        let name = format!("{stem}.{ending}");
        match there(&folder.join(&name), is_own)? {
            There::Nothing => targets.push(Target::free(name)),
            There::Own(bytes) => targets.push(Target::replacing(name, &bytes)),
            There::Foreign => return Ok(None),
        }
    }
    let sisters = SISTERS.iter().filter(|_| endings.iter().any(|ending| SISTERS.contains(ending)));
    for sister in sisters.filter(|sister| !endings.contains(sister)) {
        if let There::Foreign = there(&folder.join(format!("{stem}.{sister}")), is_own)? {
            return Ok(None);
        }
    }
    Ok(Some(targets))
}

/// What has a name.
enum There {
    Nothing,
    /// A file of the same client, with its bytes.
    Own(Vec<u8>),
    Foreign,
}

fn there(path: &Path, is_own: IsOwn<'_>) -> Result<There, Failure> {
    match read_document(path) {
        Ok(Some(bytes)) if is_own(&bytes) => Ok(There::Own(bytes)),
        Ok(_) => Ok(There::Foreign),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(There::Nothing),
        Err(error) => Err(Failure::refused(path, error)),
    }
}

/// Documents of ours are smaller; what is larger was made by somebody else.
pub const LARGEST_DOCUMENT: u64 = 256 << 20;

/// The bytes of what stands at a path; none for what cannot be a document: folders, pipes, files too large.
///
/// # Errors
/// Where it is not there or may not be read.
pub fn read_document(path: &Path) -> io::Result<Option<Vec<u8>>> {
    match crate::source::read_file(path, LARGEST_DOCUMENT) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if matches!(error.kind(), io::ErrorKind::FileTooLarge | io::ErrorKind::Other) => Ok(None),
        Err(error) => Err(error),
    }
}

/// The bytes of a document that somebody named; `help` says what to check where it cannot be read.
///
/// # Errors
/// `S007`.
pub fn open_document(path: &Path, help: &str) -> Checked<Vec<u8>> {
    let cannot =
        |why: &str| Diagnostic::error("S007", format!("`{}` cannot be read: {why}", path.display())).help(help);
    let bytes = read_document(path).map_err(|error| cannot(&plain(&error)))?;
    Ok(bytes.ok_or_else(|| cannot("it is not a file, or larger than any document"))?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stem(client: &str) -> String {
        file_stem(client, "proposal", jiff::civil::date(2026, 11, 23), false)
    }

    #[test]
    fn names_are_safe_everywhere() {
        assert_eq!(stem("Harbour & Sons Logistics"), "Harbour-Sons-Logistics_proposal_2026-11-23");
        assert_eq!(stem("../../etc/passwd"), "etc-passwd_proposal_2026-11-23");
        assert_eq!(stem("CON"), "CON_proposal_2026-11-23");
        assert_eq!(stem("A/B\\C:D*E?F\"G<H>I|J"), "A-B-C-D-E-F-G-H-I-J_proposal_2026-11-23");
        assert_eq!(stem("日京運輸"), "日京運輸_proposal_2026-11-23");
        assert_eq!(stem("..."), "client_proposal_2026-11-23");
        assert_eq!(stem("Golden Crust's"), "Golden-Crusts_proposal_2026-11-23");
        assert_eq!(stem("Cafe\u{301}"), "Café_proposal_2026-11-23");
        assert!(stem(&"é".repeat(500)).len() < 160);
    }

    #[test]
    fn own_documents_are_replaced_and_others_kept() {
        let folder = tempfile::tempdir().unwrap();
        let first = write(folder.path(), "a", "pdf", b"one", &|_| false).unwrap();
        let again = write(folder.path(), "a", "pdf", b"one again", &|there| there == b"one").unwrap();
        let other = write(folder.path(), "a", "pdf", b"two", &|there| there == b"two").unwrap();
        assert_eq!(first, again);
        assert_eq!(other, folder.path().join("a-2.pdf"));
        assert_eq!(std::fs::read(first).unwrap(), b"one again");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 2);
    }

    #[test]
    fn sister_files_share_a_number() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("a.docx"), b"another's").unwrap();
        let files: [(&str, &[u8]); 2] = [("pdf", b"one"), ("docx", b"two")];
        let paths = write_all(folder.path(), "a", &files, &|there| there == b"one").unwrap();
        assert_eq!(paths, [folder.path().join("a-2.pdf"), folder.path().join("a-2.docx")]);
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 3);
    }

    #[test]
    fn formats_of_two_clients_never_share_a_name() {
        let folder = tempfile::tempdir().unwrap();
        write(folder.path(), "a", "docx", b"one", &|there| there == b"one").unwrap();
        let other = write(folder.path(), "a", "pdf", b"two", &|there| there == b"two").unwrap();
        assert_eq!(other, folder.path().join("a-2.pdf"));
        let page = write(folder.path(), "a", "html", b"page", &|_| false).unwrap();
        assert_eq!(page, folder.path().join("a.html"));
    }

    #[test]
    fn a_folder_that_is_a_file_is_refused_and_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("file");
        std::fs::write(&file, b"mine").unwrap();
        let problems = write(&file, "a", "pdf", b"one", &|_| true).unwrap_err();
        assert_eq!(problems.0[0].code, "S001");
        assert_eq!(std::fs::read(&file).unwrap(), b"mine");
    }
}
