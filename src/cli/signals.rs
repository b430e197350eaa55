//! In: signals of the system that would end the program. Out: errors in their place.

/// Makes a write beyond the limit on file sizes (`ulimit -f`) an error like a full disk, where the signal that comes with
/// it would end the program without a word. A handler that does nothing is enough. Where it cannot be set the signal ends
/// the program, and no file has its name then either.
#[cfg(unix)]
pub(super) fn refuse_instead_of_ending() {
    use std::sync::{Arc, atomic::AtomicBool};
    let _ = signal_hook::flag::register(signal_hook::consts::SIGXFSZ, Arc::new(AtomicBool::new(false)));
}

/// Other systems have no such signal.
#[cfg(not(unix))]
pub(super) fn refuse_instead_of_ending() {}
