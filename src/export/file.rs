//! In: a finished document's bytes and whose it is. Out: a file under its final name, whole or not at all.

use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use jiff::civil::Date;
use unicode_normalization::UnicodeNormalization;
use unicode_properties::{GeneralCategoryGroup, UnicodeGeneralCategory};

use crate::diagnostic::{Checked, Diagnostic, plain};

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

/// Writes `bytes` below `folder`: to a temporary file, flushed to disk, then renamed. The same client's document
/// replaces its own; where another's stands, `-2`, `-3` … is added.
///
/// # Errors
/// `S…` where the folder cannot be made or written, or the disk is full; nothing is left behind then.
pub fn write(folder: &Path, stem: &str, ending: &str, bytes: &[u8], is_own: IsOwn<'_>) -> Checked<PathBuf> {
    let paths = write_all(folder, stem, &[(ending, bytes)], is_own)?;
    Ok(paths.into_iter().next().unwrap_or_default())
}

/// Writes the files of one document (endings and bytes), all under the same name: where one of them would meet
/// another's, all take the next number. All are on disk before the first takes its name.
///
/// # Errors
/// As of [`write()`].
pub fn write_all(folder: &Path, stem: &str, files: &[(&str, &[u8])], is_own: IsOwn<'_>) -> Checked<Vec<PathBuf>> {
    std::fs::create_dir_all(folder).map_err(|e| refused(folder, &e))?;
    let mut waiting = Vec::with_capacity(files.len());
    for (ending, bytes) in files {
        waiting.push((*ending, temporary(folder, bytes)?));
    }
    let mut done = Vec::with_capacity(files.len());
    'numbers: for number in 1.. {
        let stem = if number == 1 { stem.to_owned() } else { format!("{stem}-{number}") };
        let path = |ending: &str| folder.join(format!("{stem}.{ending}"));
        let mut states = Vec::with_capacity(waiting.len());
        for (ending, _) in &waiting {
            let path = path(ending);
            match read_document(&path) {
                Ok(Some(there)) if is_own(&there) => states.push(true),
                Ok(_) => continue 'numbers,
                Err(e) if e.kind() == io::ErrorKind::NotFound => states.push(false),
                Err(e) => return Err(refused(&path, &e)),
            }
        }
        for own in states {
            let (ending, file) = waiting.remove(0);
            let path = path(ending);
            match if own { file.persist(&path) } else { file.persist_noclobber(&path) } {
                Ok(_) => done.push(path),
                // Somebody else took the name since we looked: look again at the next one.
                Err(e) if e.error.kind() == io::ErrorKind::AlreadyExists => {
                    waiting.insert(0, (ending, e.file));
                    continue 'numbers;
                }
                Err(e) => return Err(refused(&path, &e.error)),
            }
        }
        sync_folder(folder).map_err(|e| refused(folder, &e))?;
        return Ok(done);
    }
    unreachable!("an unbounded range does not end")
}

/// A file's bytes on disk, without their name yet.
fn temporary(folder: &Path, bytes: &[u8]) -> Checked<tempfile::NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".collateral-").suffix(".part");
    let mut temporary = readable(&mut builder).tempfile_in(folder).map_err(|e| refused(folder, &e))?;
    temporary.write_all(bytes).map_err(|e| refused(folder, &e))?;
    temporary.as_file().sync_all().map_err(|e| refused(folder, &e))?;
    Ok(temporary)
}

/// Documents of ours are smaller; what is larger was made by somebody else.
pub const LARGEST_DOCUMENT: u64 = 256 << 20;

/// The bytes of what stands at a path; none for what cannot be a document: folders, pipes, files too large.
///
/// # Errors
/// Where it is not there or may not be read.
pub fn read_document(path: &Path) -> io::Result<Option<Vec<u8>>> {
    let there = std::fs::metadata(path)?;
    if !there.is_file() || there.len() > LARGEST_DOCUMENT {
        return Ok(None);
    }
    std::fs::read(path).map(Some)
}

fn refused(path: &Path, error: &io::Error) -> crate::diagnostic::Problems {
    let shown = path.display();
    match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge => {
            Diagnostic::error("S002", format!("`{shown}` has no room for the document"))
                .help("make room, or choose another folder with `-o`")
        }
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
            Diagnostic::error("S001", format!("`{shown}` may not be written")).help("choose another folder with `-o`")
        }
        io::ErrorKind::NotADirectory | io::ErrorKind::AlreadyExists => {
            Diagnostic::error("S001", format!("`{shown}` is not a folder")).help("choose a folder with `-o`")
        }
        _ => Diagnostic::error("S003", format!("`{shown}` could not be written: {}", plain(error)))
            .help("try again, or choose another folder with `-o`"),
    }
    .into()
}

/// Temporary files are private to their owner; a finished document is as readable as the umask lets any new file be.
#[cfg(unix)]
fn readable<'a, 'b>(builder: &'a mut tempfile::Builder<'b, 'b>) -> &'a mut tempfile::Builder<'b, 'b> {
    use std::os::unix::fs::PermissionsExt;
    builder.permissions(std::fs::Permissions::from_mode(0o666))
}

#[cfg(not(unix))]
fn readable<'a, 'b>(builder: &'a mut tempfile::Builder<'b, 'b>) -> &'a mut tempfile::Builder<'b, 'b> {
    builder
}

/// Flushes the rename itself, so that a power cut does not undo it.
#[cfg(unix)]
fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

/// Windows flushes the directory entry with the file; folders cannot be opened for that there.
#[cfg(not(unix))]
fn sync_folder(_: &Path) -> io::Result<()> {
    Ok(())
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
    fn a_folder_that_is_a_file_is_refused_and_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("file");
        std::fs::write(&file, b"mine").unwrap();
        let problems = write(&file, "a", "pdf", b"one", &|_| true).unwrap_err();
        assert_eq!(problems.0[0].code, "S001");
        assert_eq!(std::fs::read(&file).unwrap(), b"mine");
    }
}
