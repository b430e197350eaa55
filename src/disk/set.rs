//! In: the bytes of files that belong together, and who chooses their names. Out: all of them renamed, or none.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::journal::{Entry, Journal, Old, digest, sync_folder};
use super::lease::{Lease, sweep};
use super::lock::FolderLock;
use super::step::{Hook, Step};
use super::{Existing, Failure};

/// How often names are chosen again because another program took one of them in the meantime.
const MOST_TRIES: usize = 100;

/// The final name of one file, and what it replaces.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    name: String,
    /// SHA-256 of the file that is replaced; none where the name is free.
    old: Option<String>,
}

impl Target {
    /// A name that is free; where a file gets it in the meantime, names are chosen again.
    pub fn free(name: String) -> Self {
        Self { name, old: None }
    }

    /// A name whose file, with these bytes, is replaced.
    pub fn replacing(name: String, old: &[u8]) -> Self {
        Self { name, old: Some(digest(old)) }
    }

    /// This name, whatever its file holds.
    ///
    /// # Errors
    /// [`Failure::Taken`] where a file has the name and may not be replaced, or something that is no file.
    pub fn at(folder: &Path, name: &str, existing: Existing) -> Result<Self, Failure> {
        let path = folder.join(name);
        match fs::metadata(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Self::free(name.to_string())),
            Err(error) => Err(Failure::refused(&path, error)),
            Ok(about) if existing == Existing::Refuse || !about.is_file() => Err(Failure::Taken { path }),
            Ok(_) => {
                let old = fs::read(&path).map_err(|error| Failure::refused(&path, error))?;
                Ok(Self::replacing(name.to_string(), &old))
            }
        }
    }
}

/// Chooses a name for each file. The folder's lock is held meanwhile, so that no other run chooses or renames.
pub type Choose<'a> = &'a dyn Fn() -> Result<Vec<Target>, Failure>;

/// Writes files that belong together. `contents` and the chosen names are in the same order.
///
/// # Errors
/// Any [`Failure`]; the folder is as it was, unless it is [`Failure::Mixed`] or [`Failure::Unfinished`].
pub fn write_set(folder: &Path, contents: &[&[u8]], choose: Choose<'_>) -> Result<Vec<PathBuf>, Failure> {
    write_set_with(folder, contents, choose, &|_, _| Ok(()))
}

/// [`write_set`] with a hook.
pub fn write_set_with(
    folder: &Path,
    contents: &[&[u8]],
    choose: Choose<'_>,
    hook: Hook<'_>,
) -> Result<Vec<PathBuf>, Failure> {
    fs::create_dir_all(folder).map_err(|error| Failure::refused(folder, error))?;
    for _ in 1..MOST_TRIES {
        match Run::start(folder, hook)?.write(contents, choose) {
            // Another program took a name that was free: choose again.
            Err(Failure::NotReplaced { error, .. }) if error.kind() == io::ErrorKind::AlreadyExists => {}
            done => return done,
        }
    }
    Run::start(folder, hook)?.write(contents, choose)
}

/// One run of the program in one folder.
struct Run<'a> {
    folder: &'a Path,
    lease: Lease,
    hook: Hook<'a>,
}

impl<'a> Run<'a> {
    /// Makes room: what dead processes have left is completed, undone or removed.
    fn start(folder: &'a Path, hook: Hook<'a>) -> Result<Self, Failure> {
        let refused = |error| Failure::refused(folder, error);
        let lock = FolderLock::take(folder, hook)?;
        sweep(folder, &lock).map_err(refused)?;
        let lease = Lease::new(folder, &lock, hook).map_err(refused)?;
        Ok(Self { folder, lease, hook })
    }

    fn write(self, contents: &[&[u8]], choose: Choose<'_>) -> Result<Vec<PathBuf>, Failure> {
        let done = self.write_parts(contents).and_then(|()| self.rename_all(contents, choose));
        // A set that is mixed is completed from its temporary files.
        if !matches!(done, Err(Failure::Mixed { .. })) {
            for number in 0..contents.len() {
                for ending in ["part", "old"] {
                    let path = self.folder.join(self.lease.name(number, ending));
                    // Most are gone by now; what cannot be removed is removed by another run.
                    if path.exists() && (self.hook)(Step::Remove, &path).is_ok() {
                        let _ = fs::remove_file(path);
                    }
                }
            }
            self.lease.end(self.hook);
        }
        done
    }

    /// Writes the new bytes to temporary files, flushes them, and reads them back.
    fn write_parts(&self, contents: &[&[u8]]) -> Result<(), Failure> {
        let paths: Vec<PathBuf> =
            (0..contents.len()).map(|number| self.folder.join(self.lease.name(number, "part"))).collect();
        for (path, bytes) in paths.iter().zip(contents) {
            self.write_part(path, bytes).map_err(|error| Failure::refused(self.folder, error))?;
        }
        for (path, bytes) in paths.iter().zip(contents) {
            let there = fs::read(path).map_err(|error| Failure::refused(path, error))?;
            if there != *bytes {
                return Err(Failure::NotReadBack { path: path.clone() });
            }
        }
        Ok(())
    }

    fn write_part(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        (self.hook)(Step::Write, path)?;
        let mut file = OpenOptions::new().write(true).create_new(true).open(path)?;
        file.write_all(bytes)?;
        file.sync_all()
    }

    /// Chooses the names and renames, under the folder's lock.
    fn rename_all(&self, contents: &[&[u8]], choose: Choose<'_>) -> Result<Vec<PathBuf>, Failure> {
        let mut lock = FolderLock::take(self.folder, self.hook)?;
        let targets = choose()?;
        let journal = self.journal(targets, contents);
        if journal.files.len() > 1 {
            // One file alone is renamed in one step, and needs no journal.
            self.keep_old(&journal)?;
            (self.hook)(Step::Record, self.folder)
                .and_then(|()| lock.record(&journal))
                .and_then(|()| sync_folder(self.folder))
                .map_err(|error| {
                    lock.clear();
                    Failure::refused(self.folder, error)
                })?;
        }
        for (at, entry) in journal.files.iter().enumerate() {
            if let Err(error) = entry.rename(self.folder, self.hook) {
                return Err(self.undo(&mut lock, &journal, at, error));
            }
        }
        if let Err(error) = sync_folder(self.folder) {
            // One file alone has its name by now, and nothing is kept of the old one.
            return Err(match journal.files.len() {
                1 => Failure::refused(self.folder, error),
                count => self.undo(&mut lock, &journal, count - 1, error),
            });
        }
        journal.remove_temporaries(self.folder, self.hook);
        lock.clear();
        Ok(journal.files.iter().map(|entry| self.folder.join(&entry.name)).collect())
    }

    fn journal(&self, targets: Vec<Target>, contents: &[&[u8]]) -> Journal {
        let entry = |(number, (target, bytes)): (usize, (Target, &&[u8]))| Entry {
            name: target.name,
            part: self.lease.name(number, "part"),
            sha256: digest(bytes),
            old: target.old.map(|sha256| Old { part: self.lease.name(number, "old"), sha256 }),
        };
        Journal::new(targets.into_iter().zip(contents).enumerate().map(entry).collect())
    }

    /// Keeps the bytes of the files that are replaced under temporary names.
    fn keep_old(&self, journal: &Journal) -> Result<(), Failure> {
        for entry in &journal.files {
            let Some(old) = &entry.old else { continue };
            let (from, to) = (self.folder.join(&entry.name), self.folder.join(&old.part));
            (self.hook)(Step::KeepOld, &to)
                .and_then(|()| keep(&from, &to))
                .map_err(|error| Failure::refused(&from, error))?;
        }
        Ok(())
    }

    /// Puts back what was renamed before the file `at` could not be.
    fn undo(&self, lock: &mut FolderLock, journal: &Journal, at: usize, error: io::Error) -> Failure {
        let path_of = |entry: &Entry| self.folder.join(&entry.name);
        let path = path_of(&journal.files[at]);
        if journal.files.len() == 1 || journal.put_back(self.folder, self.hook).is_ok() {
            lock.clear();
            let others = journal.files.iter().map(path_of).filter(|other| *other != path).collect();
            return Failure::NotReplaced { path, others, error };
        }
        Failure::Mixed { path, new: journal.new_files(self.folder), error }
    }
}

/// A second name for a file; a copy where the file system has no second names, or does not allow one for this file.
fn keep(from: &Path, to: &Path) -> io::Result<()> {
    if fs::hard_link(from, to).is_ok() {
        return Ok(());
    }
    fs::copy(from, to)?;
    File::options().write(true).open(to).or_else(|_| File::open(to))?.sync_all()
}
