//! In: a path and how to make its value. Out: the value, made once however many threads ask at the same time.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use super::Shared;

/// Values by path; faults are kept too, so that a broken file is read once.
#[derive(Debug)]
pub(super) struct Cache<T>(Mutex<BTreeMap<String, Arc<OnceLock<Shared<T>>>>>);

impl<T> Default for Cache<T> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<T> Cache<T> {
    /// The value for a path, made on the first call. Only other askers for the same path wait.
    pub fn get(&self, path: &str, make: impl FnOnce() -> Shared<T>) -> Shared<T> {
        // A map that only grows is whole even after a thread died holding it.
        let mut map = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let slot = match map.get(path) {
            Some(slot) => Arc::clone(slot),
            None => Arc::clone(map.entry(path.to_string()).or_default()),
        };
        drop(map);
        slot.get_or_init(make).clone()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;
    use crate::diagnostic::Diagnostic;

    #[test]
    fn a_value_is_made_once_for_all_threads() {
        let cache = Cache::default();
        let made = AtomicUsize::new(0);
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    let value = cache.get("a", || Ok(Arc::new(made.fetch_add(1, Ordering::SeqCst))));
                    assert_eq!(*value.unwrap(), 0);
                });
            }
        });
        assert_eq!(made.load(Ordering::SeqCst), 1);
    }

    #[test]
    fn a_fault_is_found_once() {
        let cache: Cache<()> = Cache::default();
        let fault = || Err(Diagnostic::error("L063", "broken").into());
        assert!(cache.get("a", fault).is_err());
        assert!(cache.get("a", || unreachable!()).is_err());
    }
}
