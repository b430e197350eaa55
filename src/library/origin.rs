//! In: the release that a document names, and a library. Out: [`Origin`]: whether the document was made from that
//! library, by the digests of the lock in force and of the locks of earlier releases.
//!
//! Earlier releases are looked for in the folder `releases` beside the library's own folder (where the library is itself
//! in a folder of that name, in that one), as `releases/<version>/brand/library.lock`.

use std::io;
use std::path::{Path, PathBuf};

use super::files::Source;
use super::load::read_lock;
use super::lock::{LOCK, Lock, Version};
use crate::diagnostic::{Checked, Diagnostic, plain};
use crate::source;

/// The folder of earlier releases.
const RELEASES: &str = "releases";
/// No lock is larger, bytes.
const LARGEST_LOCK: u64 = 4 * 1024 * 1024;

/// How the release that a document names relates to a library.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// The document names no release: it was made from a library without a lock, or is a draft.
    NoRelease,
    /// There is no library with a lock, so that nothing can be compared.
    NoLock,
    /// The release in force.
    Current,
    /// An earlier or later release of this library, whose lock is known; the library is at the version given.
    Known(Version),
    /// This library, or its release of that version, has another lock.
    Foreign,
    /// The lock of that release is not known; the library is at the version given.
    Unknown(Version),
}

impl Origin {
    /// As programs read it.
    pub fn word(&self) -> &'static str {
        match self {
            Self::NoRelease => "no release",
            Self::NoLock => "library without release",
            Self::Current => "this library",
            Self::Known(_) => "this library, another release",
            Self::Foreign => "not this library",
            Self::Unknown(_) => "not known",
        }
    }
}

/// Compares the release that a document names with a library.
///
/// # Errors
/// `L012` where a lock cannot be read as one, `S020` where the system refuses.
pub fn origin(source: &Source, release: Option<&str>, lock_digest: Option<&str>) -> Checked<Origin> {
    let (release, digest) = match (release, lock_digest) {
        (None, None) => return Ok(Origin::NoRelease),
        // One without the other was never written.
        (Some(_), None) | (None, Some(_)) => return Ok(Origin::Foreign),
        (Some(release), Some(digest)) => (release, digest),
    };
    let Some(lock) = lock_in_force(source)? else { return Ok(Origin::NoLock) };
    if lock.digest() == digest {
        return Ok(if lock.version.to_string() == release { Origin::Current } else { Origin::Foreign });
    }
    // The sample library is in force only where no library was found: it tells nothing of another one's documents.
    let Source::Folder(root) = source else { return Ok(Origin::NoLock) };
    // A version has digits and dots only, so that it can be the name of a folder.
    let Some(version) = Version::parse(release) else { return Ok(Origin::Foreign) };
    if version == lock.version {
        return Ok(Origin::Foreign);
    }
    let Some(folder) = releases(root) else { return Ok(Origin::Unknown(lock.version)) };
    match lock_at(&folder.join(version.to_string()).join(LOCK))? {
        None => Ok(Origin::Unknown(lock.version)),
        Some(known) if known.version == version && known.digest() == digest => Ok(Origin::Known(lock.version)),
        Some(_) => Ok(Origin::Foreign),
    }
}

fn lock_in_force(source: &Source) -> Checked<Option<Lock>> {
    match source {
        Source::Folder(root) => lock_at(&root.join(LOCK)),
        Source::Embedded => read_lock(&source.read()?),
    }
}

/// The folder of earlier releases, if the library has a folder above it.
fn releases(root: &Path) -> Option<PathBuf> {
    let root = std::path::absolute(root).ok()?;
    let above = root.parent()?;
    Some(if above.ends_with(RELEASES) { above.to_path_buf() } else { above.join(RELEASES) })
}

/// The lock in a file; none where there is no such file.
fn lock_at(path: &Path) -> Checked<Option<Lock>> {
    let shown = path.display().to_string();
    let refused = |why: &str| {
        Diagnostic::error("S020", format!("`{shown}` cannot be read: {why}"))
            .help("ask the owner of the library's folder for access, or check the connection to the drive")
    };
    let bytes = match source::read_file(path, LARGEST_LOCK) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) if error.kind() == io::ErrorKind::FileTooLarge => {
            return Err(refused("it is larger than any lock").into());
        }
        Err(error) => return Err(refused(&plain(&error)).into()),
    };
    Lock::parse(&source::read_bytes(&shown, &bytes)?.text).map(Some)
}

#[cfg(test)]
#[path = "origin_tests.rs"]
mod tests;
