//! In: problems and footnotes as they are met. Out: all problems at once, and the footnotes' numbers.

use std::collections::BTreeMap;

use super::model::Text;
use crate::diagnostic::{Diagnostic, Seen};

/// What one section and the blocks spliced into it share while they are read.
#[derive(Debug, Default)]
pub(super) struct Sink {
    pub problems: Vec<Diagnostic>,
    seen: Seen,
    /// Files opened so far, which tells two blocks' footnotes of one name apart.
    files: usize,
    /// Number and text of each footnote used so far, by file and name.
    pub footnotes: BTreeMap<(usize, String), (u32, Text)>,
}

impl Sink {
    /// Keeps a problem; one that stands twice at one place is kept once.
    pub fn push(&mut self, problem: Diagnostic) {
        if self.seen.is_new(&problem, &self.problems) {
            self.problems.push(problem);
        }
    }

    /// Gives the next file its number.
    pub fn next_file(&mut self) -> usize {
        self.files += 1;
        self.files
    }
}
