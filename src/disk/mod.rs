//! In: files that belong together, as bytes. Out: all of them under their final names, or none.
//!
//! Every file that the program writes goes through here, with these guarantees:
//!
//! - The bytes are written to temporary files in the same folder, flushed, and read back before any file gets its name.
//! - Where one file cannot be replaced, the others are put back, and the error says so.
//! - Where the process dies in between, the next run in that folder makes the set whole: see [`journal`].
//! - Two processes never choose names or rename in one folder at the same time: see [`lock`].
//! - Temporary files of a process that died are removed by the next run in that folder; those of a process that lives
//!   are never touched: see [`lease`].
//!
//! All temporary names begin with [`PREFIX`].

mod failure;
mod journal;
mod lease;
mod lock;
mod set;
mod step;

use std::path::{Path, PathBuf};

pub use failure::Failure;
pub use set::{Target, write_set};

/// How the names of all temporary files begin. Readers of a folder leave such files out.
pub const PREFIX: &str = ".collateral-";

/// What to do where a file of that name exists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Existing {
    Replace,
    /// Fail with [`Failure::Taken`].
    Refuse,
}

/// Writes one file; its folder is made where it is missing.
///
/// # Errors
/// Any [`Failure`]; the file is as it was then.
pub fn write_file(path: &Path, bytes: &[u8], existing: Existing) -> Result<(), Failure> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let Some(name) = path.file_name().and_then(|name| name.to_str()) else {
        return Err(Failure::refused(path, std::io::ErrorKind::InvalidFilename.into()));
    };
    write_files(folder, &[(name, bytes)], existing).map(|_| ())
}

/// Writes several files under fixed names, all or none.
///
/// # Errors
/// Any [`Failure`]; all files are as they were, unless it is [`Failure::Mixed`].
pub fn write_files(folder: &Path, files: &[(&str, &[u8])], existing: Existing) -> Result<Vec<PathBuf>, Failure> {
    let contents: Vec<&[u8]> = files.iter().map(|(_, bytes)| *bytes).collect();
    write_set(folder, &contents, &|| {
        files.iter().map(|(name, _)| Target::at(folder, name, existing)).collect::<Result<_, _>>()
    })
}

#[cfg(test)]
mod tests;
