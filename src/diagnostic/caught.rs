//! In: work of a crate that may panic on odd input. Out: its result, or nothing; the panic is not printed.

use std::cell::Cell;
use std::panic::{self, UnwindSafe};
use std::sync::Once;

thread_local! {
    /// True while this thread runs work whose panics are expected.
    static QUIET: Cell<bool> = const { Cell::new(false) };
}

/// Makes panics of quiet work silent. All other panics reach the hook that was set before.
fn install_hook() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let before = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            if !QUIET.get() {
                before(info);
            }
        }));
    });
}

/// Runs work and returns its result, or none where it panicked.
///
/// This is for crates that read foreign files, where a panic means that the file is broken. Work of this crate is not
/// to be run inside.
pub fn catch_panic<T>(work: impl FnOnce() -> T + UnwindSafe) -> Option<T> {
    install_hook();
    let outer = QUIET.replace(true);
    let result = panic::catch_unwind(work);
    QUIET.set(outer);
    result.ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_becomes_nothing_and_later_ones_are_heard_again() {
        assert_eq!(catch_panic(|| 1), Some(1));
        assert_eq!(catch_panic::<u8>(|| panic!("expected by this test")), None);
        assert!(!QUIET.get(), "panics of other work are printed");
        assert_eq!(catch_panic(|| catch_panic::<u8>(|| panic!("expected by this test"))), Some(None));
    }
}
