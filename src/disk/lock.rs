//! In: a folder. Out: [`FolderLock`]: the right to choose names and rename files in it, held by one process at a time.
//!
//! The lock is the operating system's, on the file `.collateral-lock`. The system releases it when a process ends, however
//! it ends. The file holds the [`Journal`] of the set that is being renamed, so that whoever gets the lock next finds
//! what a process that died has left undone. It is removed when the lock is released.
//!
//! On a file system without locks the file `.collateral-busy` is created instead, which only one process can do. It stays
//! where a process dies, and the error then names it.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read, Seek, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::Failure;
use super::journal::Journal;
use super::step::Hook;

/// The file that is locked; it holds the journal.
pub const LOCK: &str = ".collateral-lock";
/// The file that replaces the lock on file systems without locks.
const BUSY: &str = ".collateral-busy";

/// How long to wait for another process. It holds the lock while it renames files, which takes milliseconds; a slow
/// network drive may need seconds.
const LONGEST_WAIT: Duration = Duration::from_secs(30);
/// How often to try: short enough not to be felt.
const PAUSE: Duration = Duration::from_millis(3);
/// No journal is larger, bytes: a set has few files.
const LARGEST_JOURNAL: u64 = 1 << 20;

type TryLock = fn(&File) -> Result<(), TryLockError>;

/// The right to rename files in a folder.
#[derive(Debug)]
pub struct FolderLock {
    path: PathBuf,
    /// None only while the lock is being released.
    file: Option<File>,
    /// Whether the journal can be written: another user's file may be read-only.
    writable: bool,
    /// Stands for the lock where the file system has none.
    busy: Option<PathBuf>,
    /// Whether the file holds a journal that is still needed.
    recorded: bool,
}

impl FolderLock {
    /// Waits for the lock of a folder, and completes or undoes what a process that died has left.
    pub fn take(folder: &Path, hook: Hook<'_>) -> Result<Self, Failure> {
        Self::take_with(folder, LONGEST_WAIT, File::try_lock, hook)
    }

    fn take_with(folder: &Path, longest: Duration, try_lock: TryLock, hook: Hook<'_>) -> Result<Self, Failure> {
        let path = folder.join(LOCK);
        let end = Instant::now() + longest;
        loop {
            let held_by = match attempt(&path, try_lock) {
                Ok(Attempt::Held(mut lock)) => {
                    lock.settle(folder, hook)?;
                    if lock.writable {
                        return Ok(lock);
                    }
                    // Another user's file, which can be read but not written: it is removed here and made anew.
                    drop(lock);
                    path.clone()
                }
                Ok(Attempt::Later { held_by }) => held_by,
                Err(error) if is_passing(&error) && Instant::now() < end => path.clone(),
                Err(error) => return Err(Failure::refused(folder, error)),
            };
            if Instant::now() >= end {
                return Err(Failure::Busy { lock: held_by });
            }
            std::thread::sleep(PAUSE);
        }
    }

    /// Deals with the journal of a process that died while it held the lock.
    fn settle(&mut self, folder: &Path, hook: Hook<'_>) -> Result<(), Failure> {
        let mut bytes = Vec::new();
        if let Some(file) = &self.file {
            let read = file.take(LARGEST_JOURNAL).read_to_end(&mut bytes);
            read.map_err(|error| Failure::refused(&self.path, error))?;
        }
        // The file must stay if this fails, whatever the way.
        self.recorded = true;
        let settled = Journal::read(&bytes)
            .map_err(|error| (self.path.clone(), error))
            .and_then(|journal| journal.map_or(Ok(()), |journal| journal.settle(folder, hook)));
        if let Err((path, error)) = settled {
            return Err(Failure::Unfinished { lock: self.path.clone(), path, error });
        }
        // A journal that was dealt with must not be acted on again after other files have got these names.
        if let Some(file) = self.file.as_ref().filter(|_| self.writable && !bytes.is_empty()) {
            file.set_len(0).map_err(|error| Failure::refused(&self.path, error))?;
        }
        self.recorded = false;
        Ok(())
    }

    /// Writes the journal to disk; from now on the next holder of the lock would act on it.
    pub fn record(&mut self, journal: &Journal) -> io::Result<()> {
        let Some(file) = &mut self.file else { return Ok(()) };
        self.recorded = true;
        let text = journal.to_text();
        let written = file
            .set_len(0)
            .and_then(|()| file.rewind())
            .and_then(|()| file.write_all(text.as_bytes()))
            .and_then(|()| file.sync_all());
        if written.is_err() {
            // A part of a journal counts as none.
            self.recorded = false;
        }
        written
    }

    /// Says that the journal is done with: the file is removed with the lock.
    pub fn clear(&mut self) {
        self.recorded = false;
    }
}

impl Drop for FolderLock {
    /// What cannot be removed here is harmless: an empty lock file is locked again, and a journal that is done with is
    /// found to be done.
    fn drop(&mut self) {
        if !self.recorded {
            if cfg!(windows) {
                // A file that others may not open cannot be removed while it is open. If another process opens it in
                // between, removing it fails, and that process removes it.
                self.file = None;
            }
            let _ = fs::remove_file(&self.path);
        }
        self.file = None;
        if let Some(busy) = &self.busy {
            let _ = fs::remove_file(busy);
        }
    }
}

/// One try to get a lock.
enum Attempt {
    Held(FolderLock),
    /// Another process holds this file, or has just removed it.
    Later {
        held_by: PathBuf,
    },
}

fn attempt(path: &Path, try_lock: TryLock) -> io::Result<Attempt> {
    let later = |held_by: &Path| Ok(Attempt::Later { held_by: held_by.to_path_buf() });
    let (file, writable) = open(path)?;
    let busy = match try_lock(&file) {
        Ok(()) => None,
        Err(TryLockError::WouldBlock) => return later(path),
        Err(TryLockError::Error(_)) => {
            let busy = path.with_file_name(BUSY);
            match OpenOptions::new().write(true).create_new(true).open(&busy) {
                Ok(_) => Some(busy),
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => return later(&busy),
                Err(error) => return Err(error),
            }
        }
    };
    // A lock on a file that another process has removed is worth nothing; the file at that path is then not ours to remove.
    let mut lock = FolderLock { path: path.to_path_buf(), file: Some(file), writable, busy, recorded: true };
    if !lock.file.as_ref().is_some_and(|file| is_at(file, path)) {
        return later(path);
    }
    lock.recorded = false;
    Ok(Attempt::Held(lock))
}

/// Opens the lock file, and says whether it can be written.
#[cfg(unix)]
fn open(path: &Path) -> io::Result<(File, bool)> {
    match OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path) {
        Ok(file) => Ok((file, true)),
        Err(error) if error.kind() == io::ErrorKind::PermissionDenied => {
            File::open(path).map(|file| (file, false)).map_err(|_| error)
        }
        Err(error) => Err(error),
    }
}

/// Opens the lock file for this process alone.
#[cfg(not(unix))]
fn open(path: &Path) -> io::Result<(File, bool)> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(windows)]
    std::os::windows::fs::OpenOptionsExt::share_mode(&mut options, 0);
    options.open(path).map(|file| (file, true))
}

/// Whether an open file is the one at this path, and no link to it.
#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let id = |about: fs::Metadata| (about.dev(), about.ino());
    match (file.metadata(), fs::symlink_metadata(path)) {
        (Ok(open), Ok(there)) => id(open) == id(there),
        _ => false,
    }
}

/// A file that others may not open cannot have been replaced.
#[cfg(not(unix))]
fn is_at(_: &File, _: &Path) -> bool {
    true
}

/// Whether an error means that another process has the file open, or is removing it.
fn is_passing(error: &io::Error) -> bool {
    /// ERROR_ACCESS_DENIED (a file that is being removed), ERROR_SHARING_VIOLATION, ERROR_LOCK_VIOLATION.
    const PASSING: [i32; 3] = [5, 32, 33];
    cfg!(windows) && error.raw_os_error().is_some_and(|code| PASSING.contains(&code))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHORT: Duration = Duration::from_millis(20);

    fn unsupported(_: &File) -> Result<(), TryLockError> {
        Err(TryLockError::Error(io::ErrorKind::Unsupported.into()))
    }

    fn take(folder: &Path, try_lock: TryLock) -> Result<FolderLock, Failure> {
        FolderLock::take_with(folder, SHORT, try_lock, &|_, _| Ok(()))
    }

    #[test]
    fn one_holder_at_a_time_with_and_without_locks_of_the_system() {
        for try_lock in [File::try_lock as TryLock, unsupported] {
            let folder = tempfile::tempdir().unwrap();
            let first = take(folder.path(), try_lock).unwrap();
            assert!(matches!(take(folder.path(), try_lock), Err(Failure::Busy { .. })));
            drop(first);
            drop(take(folder.path(), try_lock).unwrap());
            assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
        }
    }

    #[test]
    fn a_holder_that_died_is_no_obstacle_and_without_locks_it_is_named() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join(LOCK), "").unwrap();
        drop(take(folder.path(), File::try_lock).unwrap());
        fs::write(folder.path().join(BUSY), "").unwrap();
        match take(folder.path(), unsupported) {
            Err(Failure::Busy { lock }) => assert_eq!(lock, folder.path().join(BUSY)),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_journal_that_is_still_needed_stays() {
        let folder = tempfile::tempdir().unwrap();
        let mut lock = take(folder.path(), File::try_lock).unwrap();
        lock.record(&Journal::default()).unwrap();
        drop(lock);
        assert!(folder.path().join(LOCK).exists());
    }

    #[cfg(unix)]
    #[test]
    fn a_link_is_not_followed() {
        let folder = tempfile::tempdir().unwrap();
        let outside = tempfile::NamedTempFile::new().unwrap();
        fs::write(outside.path(), "mine").unwrap();
        std::os::unix::fs::symlink(outside.path(), folder.path().join(LOCK)).unwrap();
        assert!(matches!(take(folder.path(), File::try_lock), Err(Failure::Busy { .. })));
        assert_eq!(fs::read(outside.path()).unwrap(), b"mine");
    }
}
