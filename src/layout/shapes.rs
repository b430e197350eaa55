//! In: everything that decides how a text is shaped. Out: the same text shaped earlier, where it is still known.
//!
//! Most words of a proposal are the same for every client, and head, foot and table cells repeat within a document.
//! What is kept is pure: a document comes out the same, byte for byte, with or without it.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use crate::layout::text::{ShapedText, Style};

/// Texts are kept in two generations of so many bytes of words each; a shaped byte takes about 200 bytes of memory.
const GENERATION: usize = 64 * 1024;

/// Everything besides the brand's fonts that decides how a text is shaped, in bytes that nothing else gives.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Key(Box<[u8]>);

/// Builds a [`Key`]. Every part has a known length, or its length before it.
pub(super) struct KeyBuilder(Vec<u8>);

impl KeyBuilder {
    pub fn new(text: &str, language: &str, right_to_left: bool) -> Self {
        let mut builder = Self(Vec::with_capacity(text.len() + language.len() + 96));
        builder.words(text);
        builder.words(language);
        builder.0.push(u8::from(right_to_left));
        builder
    }

    fn words(&mut self, words: &str) {
        self.number(words.len());
        self.0.extend_from_slice(words.as_bytes());
    }

    pub fn number(&mut self, number: usize) {
        self.0.extend_from_slice(&(number as u64).to_le_bytes());
    }

    pub fn flag(&mut self, flag: bool) {
        self.0.push(u8::from(flag));
    }

    pub fn style(&mut self, style: &Style) {
        let Style { face, size, leading, weight, strong, strong_colour, colour, link, tabular, tracking } = style;
        self.0.push(*face as u8);
        for length in [size, leading, tracking] {
            self.0.extend_from_slice(&length.to_bits().to_le_bytes());
        }
        for weight in [weight, strong] {
            self.0.extend_from_slice(&weight.to_le_bytes());
        }
        self.flag(strong_colour.is_some());
        for colour in [colour, link, &strong_colour.unwrap_or(*colour)] {
            self.0.extend_from_slice(&[colour.r, colour.g, colour.b]);
        }
        self.flag(*tabular);
    }

    pub fn finish(self) -> Key {
        Key(self.0.into())
    }
}

/// Shaped texts that threads share. What was not asked for while a whole generation came in is forgotten.
#[derive(Default)]
pub(super) struct Shapes(Mutex<Generations>);

#[derive(Default)]
struct Generations {
    young: HashMap<Key, Arc<ShapedText>>,
    old: HashMap<Key, Arc<ShapedText>>,
    /// Bytes of words of the young.
    size: usize,
}

impl Shapes {
    pub fn get(&self, key: &Key) -> Option<Arc<ShapedText>> {
        let mut generations = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = generations.young.get(key) {
            return Some(Arc::clone(known));
        }
        let (key, known) = generations.old.remove_entry(key)?;
        let forgotten = generations.put(key, Arc::clone(&known));
        drop(generations);
        drop(forgotten);
        Some(known)
    }

    pub fn put(&self, key: Key, shaped: &Arc<ShapedText>) {
        let forgotten = self.0.lock().unwrap_or_else(PoisonError::into_inner).put(key, Arc::clone(shaped));
        // Freed when the others can go on.
        drop(forgotten);
    }

    /// How many texts are kept, and how many bytes of words the young have.
    #[cfg(test)]
    pub fn kept(&self) -> (usize, usize) {
        let generations = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        (generations.young.len() + generations.old.len(), generations.size)
    }
}

impl Generations {
    /// Adds to the young; gives what is forgotten for it.
    fn put(&mut self, key: Key, shaped: Arc<ShapedText>) -> HashMap<Key, Arc<ShapedText>> {
        let size = key.0.len();
        let mut forgotten = HashMap::new();
        if self.size + size > GENERATION {
            forgotten = std::mem::replace(&mut self.old, std::mem::take(&mut self.young));
            self.size = 0;
        }
        // A text longer than a generation is not worth keeping.
        if size <= GENERATION && self.young.insert(key, shaped).is_none() {
            self.size += size;
        }
        forgotten
    }
}

#[cfg(test)]
#[path = "shapes_tests.rs"]
mod tests;
