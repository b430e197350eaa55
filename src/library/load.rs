//! In: a [`Source`]. Out: the [`Library`], its lock verified, its brand and settings read and checked.

use std::sync::{Arc, OnceLock};

use super::assets::{Font, ImageAsset};
use super::cache::Cache;
use super::files::{BRAND, Files, SETTINGS, Source};
use super::lock::{LOCK, Lock};
use super::{Library, checks};
use crate::diagnostic::{Checked, Diagnostic, Problems, SourceFile};
use crate::source;

/// What a library must prove.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trust {
    /// Every file must be as it was published.
    Locked,
    /// Unpublished changes may be rendered, marked DRAFT.
    Draft,
}

impl Library {
    /// Reads a library. What only some documents need (templates, blocks, fonts, images) is read when they ask for it.
    ///
    /// The copy inside the program cannot be changed, so its lock is read but not verified.
    ///
    /// # Errors
    /// `L002`–`L006`, `S020`, `S021` from reading; `L011`–`L015` where files are not as published and `trust` is
    /// [`Trust::Locked`]; `Y…`, `L02…`, `B…` where the settings or the brand are wrong.
    pub fn load(source: Source, trust: Trust) -> Checked<Self> {
        let files = source.read()?;
        let lock = match (trust, &source) {
            // A draft is not of the release, whatever its lock says.
            (Trust::Draft, Source::Folder(_)) => None,
            (Trust::Locked, Source::Folder(_)) => {
                let lock = read_lock(&files)?.ok_or_else(no_lock)?;
                lock.verify(&files)?;
                Some(lock)
            }
            (_, Source::Embedded) => read_lock(&files)?,
        };
        Self::of_files(files, lock)
    }

    /// Makes a library of files that were read, without asking for a lock.
    ///
    /// # Errors
    /// `Y…`, `L02…`, `B…` where the settings or the brand are wrong.
    pub fn of_files(files: Files, lock: Option<Lock>) -> Checked<Self> {
        let texts: Cache<SourceFile> = Cache::default();
        let text = |path: &str| {
            let bytes = files.get(path).ok_or_else(|| {
                Diagnostic::error("L001", format!("the library has no `{path}`"))
                    .help("put it back as it was published")
            })?;
            texts.get(path, || source::read_text(path, bytes.as_ref()))
        };
        let mut problems = Problems::default();
        let settings_file = problems.take(text(SETTINGS));
        let brand_file = problems.take(text(BRAND));
        let settings = settings_file.as_ref().and_then(|file| problems.take(source::read(file)));
        let brand = brand_file.as_ref().and_then(|file| problems.take(source::read(file)));
        if let (Some(file), Some(settings)) = (&settings_file, &settings) {
            problems.extend(checks::settings(file, settings));
        }
        if let (Some(file), Some(brand)) = (&brand_file, &brand) {
            problems.extend(checks::brand(file, brand, &files));
        }
        match (settings, brand) {
            (Some(settings), Some(brand)) if !problems.has_errors() => Ok(Self {
                files,
                settings,
                brand,
                lock,
                texts,
                fonts: Cache::<Font>::default(),
                images: Cache::<ImageAsset>::default(),
                blocks: OnceLock::new(),
                price_book: OnceLock::new(),
            }),
            _ => Err(problems),
        }
    }
}

/// The lock among these files, if there is one.
pub(super) fn read_lock(files: &Files) -> Checked<Option<Lock>> {
    let Some(bytes) = files.get(LOCK) else { return Ok(None) };
    let file: Arc<SourceFile> = source::read_bytes(LOCK, bytes.as_ref())?;
    Lock::parse(&file.text).map(Some)
}

fn no_lock() -> Diagnostic {
    Diagnostic::error("L011", "the library was never published: it has no lock").help(
        "marketing publishes it with `collateral publish`; until then, `--draft` makes documents marked DRAFT on every page",
    )
}

#[cfg(test)]
#[path = "load_tests.rs"]
mod tests;
