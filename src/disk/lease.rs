//! In: a folder. Out: [`Lease`]: names for the temporary files of one run, and proof that the run lives.
//!
//! A run creates `.collateral-ID.run`, locks it, and begins all its temporary names with `.collateral-ID-`. The lock ends
//! with the process. Where another run can lock the file, its owner is dead, and the temporary files of that run are
//! removed. Where the file system has no locks, or a temporary file has no lease, only its age can tell: it is removed
//! after [`OLD`].

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::PREFIX;
use super::lock::FolderLock;
use super::step::{Hook, Step};

/// The ending of a lease.
const LEASE: &str = ".run";
/// No run takes longer; clocks of a server may be hours off.
const OLD: Duration = Duration::from_secs(24 * 60 * 60);

/// The right to temporary names in a folder, for as long as this value lives.
#[derive(Debug)]
pub struct Lease {
    path: PathBuf,
    /// How the names of this run's temporary files begin.
    prefix: String,
    /// Holds the lock.
    _file: File,
}

impl Lease {
    /// Makes a lease. The folder's lock is held meanwhile, so that nobody sees the lease before it is locked.
    pub fn new(folder: &Path, _: &FolderLock, hook: Hook<'_>) -> io::Result<Self> {
        hook(Step::Lease, folder)?;
        let mut builder = tempfile::Builder::new();
        builder.prefix(PREFIX).suffix(LEASE);
        // Other users of a shared folder must be able to see that its owner is dead.
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
        let (file, path) = builder.tempfile_in(folder)?.keep().map_err(|refused| refused.error)?;
        // Where there are no locks, those who look for the dead cannot lock either, and go by age.
        let _ = file.try_lock();
        let id = path.file_stem().and_then(OsStr::to_str).ok_or(io::ErrorKind::InvalidFilename)?;
        let prefix = format!("{id}-");
        Ok(Self { path, prefix, _file: file })
    }

    /// The name of a temporary file of this run.
    pub fn name(&self, number: usize, ending: &str) -> String {
        format!("{}{number}.{ending}", self.prefix)
    }

    /// Ends the lease, after its temporary files were removed. A lease that cannot be removed is that of a dead process
    /// as soon as this one ends.
    pub fn end(self, hook: Hook<'_>) {
        if hook(Step::Remove, &self.path).is_ok() {
            let _ = fs::remove_file(&self.path);
        }
    }
}

/// Removes the temporary files of dead processes; the folder's lock is held meanwhile. What cannot be removed is left for
/// another run.
///
/// # Errors
/// Where the folder cannot be listed.
pub fn sweep(folder: &Path, _: &FolderLock) -> io::Result<()> {
    let mut leases = BTreeMap::new();
    let mut temporaries = Vec::new();
    for entry in fs::read_dir(folder)? {
        let name = entry?.file_name();
        let Some(rest) = name.to_str().and_then(|name| name.strip_prefix(PREFIX)) else { continue };
        if let Some(id) = rest.strip_suffix(LEASE) {
            leases.insert(id.to_string(), is_dead(&folder.join(&name)));
        } else if rest.ends_with(".part") || rest.ends_with(".old") {
            let id = rest.split(['-', '.']).next().unwrap_or_default();
            temporaries.push((id.to_string(), folder.join(&name)));
        }
    }
    for (id, path) in temporaries {
        if leases.get(&id).copied().unwrap_or_else(|| is_old(&path)) {
            let _ = fs::remove_file(path);
        }
    }
    for (id, dead) in leases {
        if dead {
            let _ = fs::remove_file(folder.join(format!("{PREFIX}{id}{LEASE}")));
        }
    }
    Ok(())
}

fn is_dead(lease: &Path) -> bool {
    let file = OpenOptions::new().read(true).write(true).open(lease).or_else(|_| File::open(lease));
    match file.map(|file| file.try_lock()) {
        Ok(Ok(())) => true,
        Ok(Err(TryLockError::WouldBlock)) => false,
        Ok(Err(TryLockError::Error(_))) | Err(_) => is_old(lease),
    }
}

fn is_old(path: &Path) -> bool {
    let age = fs::symlink_metadata(path).and_then(|about| about.modified()).map(|time| time.elapsed());
    matches!(age, Ok(Ok(age)) if age > OLD)
}

#[cfg(test)]
mod tests {
    use std::time::SystemTime;

    use super::*;

    fn left(folder: &Path) -> Vec<String> {
        let mut names: Vec<String> =
            fs::read_dir(folder).unwrap().map(|it| it.unwrap().file_name().into_string().unwrap()).collect();
        names.retain(|name| name != super::super::lock::LOCK);
        names.sort();
        names
    }

    #[test]
    fn the_dead_are_swept_and_the_living_are_not() {
        let folder = tempfile::tempdir().unwrap();
        let lock = FolderLock::take(folder.path(), &|_, _| Ok(())).unwrap();
        let living = Lease::new(folder.path(), &lock, &|_, _| Ok(())).unwrap();
        let dead = Lease::new(folder.path(), &lock, &|_, _| Ok(())).unwrap();
        for lease in [&living, &dead] {
            fs::write(folder.path().join(lease.name(0, "part")), "x").unwrap();
            fs::write(folder.path().join(lease.name(1, "old")), "x").unwrap();
        }
        fs::write(folder.path().join("document.part"), "mine").unwrap();
        let (kept, prefix) = (living.name(0, "part"), dead.prefix.clone());
        drop(dead);
        sweep(folder.path(), &lock).unwrap();
        let left = left(folder.path());
        assert_eq!(left.len(), 4, "{left:?}");
        assert!(left.contains(&kept) && left.contains(&"document.part".to_string()), "{left:?}");
        assert!(left.iter().all(|name| !name.starts_with(&prefix)), "{left:?}");
    }

    #[test]
    fn without_a_lease_only_age_tells() {
        let folder = tempfile::tempdir().unwrap();
        let lock = FolderLock::take(folder.path(), &|_, _| Ok(())).unwrap();
        for (name, hours) in [(".collateral-young.part", 23), (".collateral-old.part", 25)] {
            let file = File::create(folder.path().join(name)).unwrap();
            file.set_modified(SystemTime::now() - Duration::from_secs(hours * 60 * 60)).unwrap();
        }
        sweep(folder.path(), &lock).unwrap();
        assert_eq!(left(folder.path()), [".collateral-young.part"]);
    }
}
