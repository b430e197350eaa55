//! In: which files are about to be renamed. Out: [`Journal`], kept on disk meanwhile, from which another process makes the
//! set whole: it completes the renames where every file is there and right, and else puts all back.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::PREFIX;
use super::step::{Hook, Step};
use crate::hexadecimal::hex;

/// The only format there is; a later program may write another.
const FORMAT: u32 = 1;

/// A set of files that is being renamed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Journal {
    format: u32,
    pub files: Vec<Entry>,
}

impl Default for Journal {
    fn default() -> Self {
        Self { format: FORMAT, files: Vec::new() }
    }
}

/// One file of the set. All names are of files in the folder itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// The final name.
    pub name: String,
    /// The temporary file with the new bytes.
    pub part: String,
    /// SHA-256 of the new bytes.
    pub sha256: String,
    /// The file that is replaced; none where the name was free.
    pub old: Option<Old>,
}

/// A file that is replaced.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Old {
    /// The temporary name that keeps its bytes.
    pub part: String,
    pub sha256: String,
}

/// A path and why the system refused it.
type Refusal = (PathBuf, io::Error);

impl Journal {
    pub fn new(files: Vec<Entry>) -> Self {
        Self { format: FORMAT, files }
    }

    pub fn to_text(&self) -> String {
        // Strings and numbers alone: there is nothing that JSON cannot hold.
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Reads a journal. A journal is complete on disk before the first file is renamed: one that is cut short, or is no
    /// JSON at all, is none.
    ///
    /// # Errors
    /// For JSON that is no journal of this program, such as a later version's.
    pub fn read(bytes: &[u8]) -> io::Result<Option<Self>> {
        let journal: Self = match serde_json::from_slice(bytes) {
            Ok(journal) => journal,
            Err(error) if error.is_data() => return Err(io::ErrorKind::InvalidData.into()),
            Err(_) => return Ok(None),
        };
        if journal.format != FORMAT || !journal.files.iter().all(Entry::is_sound) {
            return Err(io::ErrorKind::InvalidData.into());
        }
        Ok(Some(journal))
    }

    /// Completes the renames, or puts everything back; then removes the temporary files.
    pub fn settle(&self, folder: &Path, hook: Hook<'_>) -> Result<(), Refusal> {
        let forward = self.files.iter().map(|entry| entry.can_complete(folder)).collect::<Result<Vec<_>, _>>()?;
        let completed = forward.iter().all(|can| *can) && self.complete(folder, hook).is_ok();
        if !completed {
            self.put_back(folder, hook)?;
        }
        self.remove_temporaries(folder, hook);
        Ok(())
    }

    fn complete(&self, folder: &Path, hook: Hook<'_>) -> io::Result<()> {
        for entry in &self.files {
            if folder.join(&entry.part).exists() {
                entry.rename(folder, hook)?;
            }
        }
        sync_folder(folder)
    }

    /// Gives every file that is new its old bytes again, or removes it where there was none. What somebody has changed
    /// since is left alone.
    pub fn put_back(&self, folder: &Path, hook: Hook<'_>) -> Result<(), Refusal> {
        let mut refused = None;
        for entry in &self.files {
            if let Err(refusal) = entry.put_back(folder, hook) {
                refused.get_or_insert(refusal);
            }
        }
        if let Err(error) = sync_folder(folder) {
            refused.get_or_insert((folder.to_path_buf(), error));
        }
        refused.map_or(Ok(()), Err)
    }

    /// The files that hold their new bytes.
    pub fn new_files(&self, folder: &Path) -> Vec<PathBuf> {
        let is_new =
            |entry: &&Entry| digest_at(&folder.join(&entry.name)).is_ok_and(|it| it.as_ref() == Some(&entry.sha256));
        self.files.iter().filter(is_new).map(|entry| folder.join(&entry.name)).collect()
    }

    /// Removes the temporary files. What cannot be removed now is removed by a later run.
    pub fn remove_temporaries(&self, folder: &Path, hook: Hook<'_>) {
        for entry in &self.files {
            let old = entry.old.as_ref().map(|old| &old.part);
            for part in [Some(&entry.part), old].into_iter().flatten() {
                let path = folder.join(part);
                if hook(Step::Remove, &path).is_ok() {
                    let _ = fs::remove_file(path);
                }
            }
        }
    }
}

impl Entry {
    /// Gives the new file its final name.
    pub fn rename(&self, folder: &Path, hook: Hook<'_>) -> io::Result<()> {
        let (from, to) = (folder.join(&self.part), folder.join(&self.name));
        hook(Step::Rename, &to)?;
        if self.old.is_some() {
            return fs::rename(from, to);
        }
        // A file that another program has put there since is not replaced.
        let part = tempfile::TempPath::try_from_path(from)?;
        part.persist_noclobber(to).map_err(|refused| {
            // The temporary file is still needed; keeping it only forgets that it should be removed.
            let _ = refused.path.keep();
            refused.error
        })
    }

    fn put_back(&self, folder: &Path, hook: Hook<'_>) -> Result<(), Refusal> {
        let path = folder.join(&self.name);
        let refused = |error| (path.clone(), error);
        if digest_at(&path).map_err(refused)?.as_ref() != Some(&self.sha256) {
            return Ok(());
        }
        hook(Step::PutBack, &path).map_err(refused)?;
        match &self.old {
            Some(old) if old.sha256 == self.sha256 => Ok(()),
            Some(old) => fs::rename(folder.join(&old.part), &path).map_err(refused),
            None => fs::remove_file(&path).map_err(refused),
        }
    }

    /// Whether the file has its new bytes under its final name, or can get them.
    fn can_complete(&self, folder: &Path) -> Result<bool, Refusal> {
        let digest = |name: &str| digest_at(&folder.join(name)).map_err(|error| (folder.join(name), error));
        let (there, part) = (digest(&self.name)?, digest(&self.part)?);
        let old = self.old.as_ref().map(|old| &old.sha256);
        Ok(match part {
            Some(part) => part == self.sha256 && (there.as_ref() == old || there.as_ref() == Some(&self.sha256)),
            // The new file was renamed; somebody may have changed it since.
            None => there.is_some() && there.as_ref() != old || there.as_ref() == Some(&self.sha256),
        })
    }

    /// Whether all names are of files in the folder itself, and only temporary files are removed.
    fn is_sound(&self) -> bool {
        let plain = |name: &str| {
            let mut parts = Path::new(name).components();
            matches!((parts.next(), parts.next()), (Some(std::path::Component::Normal(_)), None))
        };
        let temporary = |name: &str| plain(name) && name.starts_with(PREFIX);
        plain(&self.name) && temporary(&self.part) && self.old.as_ref().is_none_or(|old| temporary(&old.part))
    }
}

/// SHA-256 of bytes, in hexadecimal.
pub fn digest(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// The digest of the file at a path; none where nothing is there. A folder has no digest that a file could have.
fn digest_at(path: &Path) -> io::Result<Option<String>> {
    match fs::symlink_metadata(path) {
        Ok(about) if !about.is_file() => Ok(Some(String::new())),
        Ok(_) => fs::read(path).map(|bytes| Some(digest(&bytes))),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// Flushes renames to disk, so that a power cut does not undo them.
#[cfg(unix)]
pub fn sync_folder(folder: &Path) -> io::Result<()> {
    fs::File::open(folder)?.sync_all()
}

/// Windows flushes a name with its file; folders cannot be opened for that there.
#[cfg(not(unix))]
pub fn sync_folder(_: &Path) -> io::Result<()> {
    Ok(())
}
