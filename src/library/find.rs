//! In: what the person named and the working folder. Out: the [`Source`] of the library.
//!
//! The sample library inside the program is used only where no library was meant. A folder at or above the working folder
//! means one where any of [`MARKS`] is in it, or where it has both folders and a template. A library that lacks a part,
//! or a place that cannot be looked into, is an error.

use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::files::{BRAND, SETTINGS, Source};
use super::lock::LOCK;
use crate::diagnostic::{Checked, Diagnostic, plain};

/// One of these is enough to mean a library. Other programs have folders called `brand` or `templates`, but not these.
const MARKS: [&str; 3] = [BRAND, SETTINGS, LOCK];

impl Source {
    /// Finds the library: the one that was named, else the one in `COLLATERAL_LIBRARY`, else the nearest folder from
    /// `cwd` upwards that is one, else the sample library inside the program.
    ///
    /// # Errors
    /// `L001` where a named folder is not a library, `L080` where a folder from `cwd` upwards is half of one, `L081`
    /// where a folder cannot be looked into: a library that was meant is never silently replaced by another.
    pub fn find(explicit: Option<&Path>, env: Option<OsString>, cwd: &Path) -> Checked<Self> {
        if let Some(folder) = explicit {
            return named(&cwd.join(folder), folder, "`--library`");
        }
        if let Some(folder) = env.filter(|value| !value.is_empty()) {
            let folder = PathBuf::from(folder);
            return named(&cwd.join(&folder), &folder, "`COLLATERAL_LIBRARY`");
        }
        for folder in cwd.ancestors() {
            let lacking = lacking(folder)?;
            if lacking.is_empty() {
                return Ok(Self::Folder(folder.to_path_buf()));
            }
            if let Some(mark) = mark(folder)? {
                return Err(half(folder, &mark, &lacking).into());
            }
        }
        Ok(Self::Embedded)
    }
}

fn named(folder: &Path, typed: &Path, by: &str) -> Checked<Source> {
    let lacking = lacking(folder)?;
    if lacking.is_empty() {
        return Ok(Source::Folder(folder.to_path_buf()));
    }
    let lacks =
        if folder.is_dir() { format!("it has {}", lacking.join(" and ")) } else { "there is no such folder".into() };
    Err(Diagnostic::error("L001", format!("{by} names `{}`, which is not a library: {lacks}", typed.display()))
        .help(format!("name the folder that holds `{BRAND}` and `{SETTINGS}`"))
        .into())
}

fn half(folder: &Path, mark: &str, lacking: &[String]) -> Diagnostic {
    let lacks = lacking.join(" and ");
    Diagnostic::error("L080", format!("`{}` is half a library: it has `{mark}`, but {lacks}", folder.display()))
        .help("put back what is missing, or name another library with `--library DIR`")
}

/// Which of the two files that make a library are not in this folder: ``no `brand/brand.yaml` ``.
fn lacking(folder: &Path) -> Result<Vec<String>, Diagnostic> {
    let mut lacking = Vec::new();
    for name in [BRAND, SETTINGS] {
        match presence(&folder.join(name))? {
            Presence::File => {}
            Presence::Absent => lacking.push(format!("no `{name}`")),
            Presence::Other => lacking.push(format!("a `{name}` that is not a file")),
        }
    }
    Ok(lacking)
}

/// What shows that a folder is meant to be a library.
fn mark(folder: &Path) -> Result<Option<String>, Diagnostic> {
    for name in MARKS {
        if presence(&folder.join(name))? != Presence::Absent {
            return Ok(Some(name.to_string()));
        }
    }
    let templates = folder.join("templates");
    if !folder.join("brand").is_dir() || !templates.is_dir() {
        return Ok(None);
    }
    let unreadable = |error: io::Error| unreadable(&templates, &error);
    for entry in fs::read_dir(&templates).map_err(unreadable)? {
        let entry = entry.map_err(unreadable)?;
        if presence(&entry.path().join("template.yaml"))? == Presence::File {
            return Ok(Some(format!("templates/{}/template.yaml", entry.file_name().to_string_lossy())));
        }
    }
    Ok(None)
}

/// What has a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Presence {
    Absent,
    File,
    /// A folder, a pipe, a link that leads nowhere.
    Other,
}

fn presence(path: &Path) -> Result<Presence, Diagnostic> {
    match fs::metadata(path) {
        Ok(about) if about.is_file() => Ok(Presence::File),
        Ok(_) => Ok(Presence::Other),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            Ok(if fs::symlink_metadata(path).is_ok() { Presence::Other } else { Presence::Absent })
        }
        Err(error) if error.kind() == io::ErrorKind::NotADirectory => Ok(Presence::Absent),
        Err(error) => Err(unreadable(path, &error)),
    }
}

fn unreadable(path: &Path, error: &io::Error) -> Diagnostic {
    Diagnostic::error("L081", format!("`{}` cannot be looked into for a library: {}", path.display(), plain(error)))
        .help("ask its owner for access, or name another library with `--library DIR`")
}

#[cfg(test)]
#[path = "find_tests.rs"]
mod tests;
