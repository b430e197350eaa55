//! In: a working copy of the library. Out: its lock, after everything in it was checked.

use std::path::Path;

use jiff::civil::Date;

use super::files::{Files, Source};
use super::load::read_lock;
use super::lock::{LOCK, Lock, Version};
use super::read::{brand_path, fonts_of};
use super::{Library, assets::ImageAsset};
use crate::diagnostic::{Checked, Diagnostic, Problems};
use crate::disk::{self, Existing};

/// Checks a whole library and writes `brand/library.lock`.
///
/// Without a `version`, the last release's is raised by one in its last number; the first release is 1.0.0. `note` is
/// one line on what changed; it may be empty. `content` checks what only later steps understand: the words of sections
/// and blocks. The lock is of the very bytes that were checked.
///
/// # Errors
/// Everything that is wrong anywhere in the library; `L016` for a version that is none or not above the last one;
/// `L017` for a note of several lines; `S022` where the lock cannot be written.
pub fn publish(
    root: &Path,
    version: Option<&str>,
    date: Date,
    note: &str,
    content: &dyn Fn(&Library) -> Problems,
) -> Checked<Lock> {
    let files = Source::Folder(root.to_path_buf()).read()?;
    let version = next_version(read_lock(&files)?.map(|lock| lock.version), version)?;
    let note = note.trim();
    if note.chars().any(char::is_control) {
        return Err(Diagnostic::error("L017", "the release's note has several lines, or control characters")
            .help("write one line; `templates/changes.yaml` has room for more")
            .into());
    }
    let library = Library::of_files(files, None)?;
    let mut problems = check_all(&library).err().unwrap_or_default();
    problems.extend(content(&library));
    if problems.has_errors() {
        return Err(problems);
    }
    let lock = Lock::of(&library.files, version, date, note);
    // A reader sees the old lock or the new one, never a part.
    disk::write_file(&root.join(LOCK), lock.to_text().as_bytes(), Existing::Replace).map_err(|failure| {
        Diagnostic::error("S022", format!("`{LOCK}` cannot be written: {}", failure.problem().message))
            .help("check that you may write there and that the disk has room")
    })?;
    Ok(lock)
}

fn next_version(last: Option<Version>, typed: Option<&str>) -> Result<Version, Diagnostic> {
    let Some(typed) = typed else { return Ok(last.map_or(Version(1, 0, 0), Version::raised)) };
    let version = Version::parse(typed).ok_or_else(|| {
        Diagnostic::error("L016", format!("`{typed}` is not a version"))
            .help("write three numbers, such as `1.4.0`, or leave it out")
    })?;
    match last {
        Some(last) if version <= last => {
            Err(Diagnostic::error("L016", format!("version {version} is not above the last release, {last}"))
                .help(format!("write {} or above, or leave it out", last.raised())))
        }
        _ => Ok(version),
    }
}

/// Reads everything that any document could need.
///
/// # Errors
/// Every fault of every file.
fn check_all(library: &Library) -> Checked<()> {
    let mut problems = Problems::default();
    for (_, entry) in fonts_of(&library.brand) {
        problems.take(library.font(&brand_path(&entry.file)));
    }
    for logo in [&library.brand.logo.on_light, &library.brand.logo.on_dark] {
        problems.take(library.image(&brand_path(logo)));
    }
    for id in library.template_ids() {
        problems.take(library.template(&id));
    }
    problems.take(library.blocks());
    problems.take(library.glossary());
    problems.take(library.price_book());
    check_files(library, &mut problems);
    problems.extend(folders_without_template(&library.files));
    if problems.has_errors() {
        problems.sort();
        // A file that two templates or lists name is reported once.
        problems.0.dedup();
        return Err(problems);
    }
    Ok(())
}

/// Texts are UTF-8, and images under `templates/` can be drawn, whether a section names them yet or not.
fn check_files(library: &Library, problems: &mut Problems) {
    for (path, bytes) in &library.files {
        let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending);
        match ending.to_ascii_lowercase().as_str() {
            "md" | "yaml" => {
                problems.take(library.text(path));
            }
            "svg" | "png" | "jpg" | "jpeg" if path.contains("/images/") => {
                problems.take(ImageAsset::read(path, bytes.clone()));
            }
            _ => {}
        }
    }
}

/// A folder whose `template.yaml` is missing or misnamed would silently not be offered.
fn folders_without_template(files: &Files) -> Vec<Diagnostic> {
    let mut folders: Vec<&str> = files
        .keys()
        .filter_map(|path| path.strip_prefix("templates/")?.split_once('/'))
        .map(|(folder, _)| folder)
        .filter(|folder| *folder != "blocks" && !files.contains_key(&format!("templates/{folder}/template.yaml")))
        .collect();
    folders.dedup();
    let problem = |folder| {
        Diagnostic::error("L031", format!("`templates/{folder}/` has no `template.yaml`"))
            .help("write it, or move the folder out of `templates/`")
    };
    folders.into_iter().map(problem).collect()
}

#[cfg(test)]
#[path = "publish_tests.rs"]
mod tests;
