//! In: nothing. Out: [`Step`] and [`Hook`]: the places where a test fails or stops a run.

use std::io;
use std::path::Path;

/// A step that changes the disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    Lease,
    Write,
    KeepOld,
    Record,
    Rename,
    PutBack,
    Remove,
}

/// Called before each step, with its path. Tests fail here, or stop as a process that is killed.
pub type Hook<'a> = &'a dyn Fn(Step, &Path) -> io::Result<()>;
