//! In: what went wrong while files were written. Out: the problem in words, with its code.

use std::io;
use std::path::{Path, PathBuf};

use crate::diagnostic::{Diagnostic, Problems, plain};

/// Why files were not written.
#[derive(Debug)]
pub enum Failure {
    /// The system refused something at this path.
    Refused { path: PathBuf, error: io::Error },
    /// A file with this name exists and may not be replaced.
    Taken { path: PathBuf },
    /// The file on disk holds other bytes than were written.
    NotReadBack { path: PathBuf },
    /// One file could not get its name; the others are as they were before.
    NotReplaced { path: PathBuf, others: Vec<PathBuf>, error: io::Error },
    /// One file could not get its name, and these others could not be put back: they are new.
    Mixed { path: PathBuf, new: Vec<PathBuf>, error: io::Error },
    /// Another process holds the folder.
    Busy { lock: PathBuf },
    /// An earlier run died while it renamed files, and they can be neither completed nor put back.
    Unfinished { lock: PathBuf, path: PathBuf, error: io::Error },
}

impl Failure {
    /// The system refused something at this path.
    pub fn refused(path: &Path, error: io::Error) -> Self {
        Self::Refused { path: path.to_path_buf(), error }
    }

    /// The failure as a problem that a person can act on.
    pub fn problem(&self) -> Diagnostic {
        match self {
            Self::Refused { path, error } => refused(path, error),
            Self::Taken { path } => Diagnostic::error("S034", format!("`{}` exists already", path.display()))
                .help("choose another name"),
            Self::NotReadBack { path } => Diagnostic::error(
                "S030",
                format!("`{}` holds other bytes than were written to it", path.display()),
            )
            .help("the disk or the connection to it is faulty: choose another folder"),
            Self::NotReplaced { path, others, error } => {
                let kept = if others.is_empty() {
                    "it is as it was before".to_string()
                } else {
                    format!("it and {} are as they were before", list(others))
                };
                Diagnostic::error("S031", format!("`{}` could not be replaced: {}; {kept}", path.display(), plain(error)))
                    .help("close the file if it is open in another program, check that you may write it, and try again")
            }
            Self::Mixed { path, new, error } => Diagnostic::error(
                "S032",
                format!(
                    "{} {} new, but `{}` could not be replaced: {}",
                    list(new),
                    if new.len() == 1 { "is" } else { "are" },
                    path.display(),
                    plain(error)
                ),
            )
            .help("do not send these files; close them in other programs, then run the same command again"),
            Self::Busy { lock } => {
                Diagnostic::error("S033", format!("another process is writing to the folder of `{}`", lock.display()))
                    .help("wait until it is done; if none is running, delete that file")
            }
            Self::Unfinished { lock, path, error } => Diagnostic::error(
                "S035",
                format!(
                    "an earlier run was stopped while it replaced files, and `{}` can be neither completed nor put back: {}",
                    path.display(),
                    plain(error)
                ),
            )
            .help(format!(
                "close the file in other programs and try again; else delete `{}` and make that document again",
                lock.display()
            )),
        }
    }
}

impl From<Failure> for Problems {
    fn from(failure: Failure) -> Self {
        failure.problem().into()
    }
}

fn list(paths: &[PathBuf]) -> String {
    paths.iter().map(|path| format!("`{}`", path.display())).collect::<Vec<_>>().join(" and ")
}

fn refused(path: &Path, error: &io::Error) -> Diagnostic {
    let shown = path.display();
    match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge => {
            Diagnostic::error("S002", format!("`{shown}` has no room for the file: {}", plain(error)))
                .help("make room or raise the limit, or choose another folder with `-o`")
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
}
