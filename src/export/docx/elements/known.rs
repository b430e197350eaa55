//! In: how something looks, in whole units, and how its XML is built from that. Out: the XML, built once on each thread.
//!
//! A document has thousands of runs and cells but few looks. What is built depends on the look alone, so nothing that is
//! kept can show in a file.

use std::cell::RefCell;
use std::collections::HashMap;
use std::hash::Hash;
use std::rc::Rc;

/// No document has as many looks; a process that lives long forgets them all at this number and does not grow.
const MOST: usize = 4096;

/// The XML of looks.
#[derive(Debug)]
pub struct Known<K>(RefCell<HashMap<K, Rc<str>>>);

impl<K> Default for Known<K> {
    fn default() -> Self {
        Self(RefCell::default())
    }
}

impl<K: Hash + Eq + Clone> Known<K> {
    /// The XML of a look; `build` must not ask for another of the same kind.
    pub fn of(&self, look: &K, build: impl FnOnce(&K) -> String) -> Rc<str> {
        let mut known = self.0.borrow_mut();
        if let Some(xml) = known.get(look) {
            return Rc::clone(xml);
        }
        if known.len() >= MOST {
            known.clear();
        }
        let xml: Rc<str> = build(look).into();
        known.insert(look.clone(), Rc::clone(&xml));
        xml
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_look_is_built_once_and_never_too_many_are_kept() {
        let known = Known::default();
        let mut built = 0;
        for look in [1, 2, 1, 2] {
            let xml = known.of(&look, |look| {
                built += 1;
                look.to_string()
            });
            assert_eq!(*xml, look.to_string());
        }
        assert_eq!(built, 2);
        for look in 0..3 * MOST {
            known.of(&look, ToString::to_string);
        }
        assert!(known.0.borrow().len() <= MOST);
    }
}
