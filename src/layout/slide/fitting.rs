//! In: what a try at a size needed. Out: the size of the next try; and, for later grounds, the sizes that were found.

use crate::layout::slide::content::STEP;

/// The searches for a size on one slide.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Search {
    Title,
    Body,
    Said,
    Figures,
}

/// Sizes found while the first ground was drawn; the words are the same on the others.
#[derive(Debug, Default)]
pub(super) struct Found {
    sizes: Vec<(Search, f32)>,
    again: bool,
}

impl Found {
    /// Begins another ground.
    pub fn rewind(&mut self) {
        self.again = true;
    }

    /// The size that was found on the ground before.
    pub fn known(&self, search: Search) -> Option<f32> {
        let found = || self.sizes.iter().rev().find(|(of, _)| *of == search).map(|(_, size)| *size);
        if self.again { found() } else { None }
    }

    /// Keeps the size that a search ended with; the last one counts.
    pub fn keep(&mut self, search: Search, size: f32) {
        if !self.again {
            self.sizes.push((search, size));
        }
    }
}

/// The next size to try when `size` needed `needed` pt of `limit`: text that is a tenth smaller takes a fifth less room.
pub(super) fn smaller(size: f32, needed: f32, limit: f32, least: f32) -> f32 {
    let part = (limit.max(1.0) / needed.max(1.0)).sqrt() * 1.02;
    (size * part.clamp(0.6, STEP)).max(least)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_size_is_smaller_and_never_under_the_least() {
        assert_eq!(smaller(20.0, 100.0, 99.0, 14.0), 20.0 * STEP);
        assert_eq!(smaller(20.0, 1000.0, 10.0, 14.0), 14.0);
    }

    #[test]
    fn sizes_are_known_on_the_second_ground() {
        let mut found = Found::default();
        found.keep(Search::Body, 20.0);
        found.keep(Search::Body, 17.0);
        assert_eq!(found.known(Search::Body), None);
        found.rewind();
        assert_eq!(found.known(Search::Body), Some(17.0));
        assert_eq!(found.known(Search::Title), None);
    }
}
