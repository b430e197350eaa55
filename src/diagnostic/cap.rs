//! In: any number of problems. Out: those that are shown, with a count of the rest; and whether a problem is a new one.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::hash::{DefaultHasher, Hash, Hasher};

use super::{Diagnostic, Problems, Severity};

/// Most errors, and most warnings, that are shown of one file; the rest is counted. Nobody reads more at once.
pub const MOST_OF_ONE_FILE: usize = 100;

/// Tells whether a problem was kept before, in constant time.
#[derive(Debug, Default)]
pub struct Seen {
    /// Where the kept problems with a hash are.
    by_hash: HashMap<u64, Vec<usize>>,
}

impl Seen {
    /// Knows the problems of a list.
    pub fn of(kept: &[Diagnostic]) -> Self {
        let mut seen = Self::default();
        for (at, problem) in kept.iter().enumerate() {
            seen.by_hash.entry(hash(problem)).or_default().push(at);
        }
        seen
    }

    /// True for a problem that is not among `kept`; the caller then adds it at the end of `kept`.
    pub fn is_new(&mut self, problem: &Diagnostic, kept: &[Diagnostic]) -> bool {
        let alike = self.by_hash.entry(hash(problem)).or_default();
        let new = alike.iter().all(|at| kept.get(*at) != Some(problem));
        if new {
            alike.push(kept.len());
        }
        new
    }
}

fn hash(problem: &Diagnostic) -> u64 {
    let mut hasher = DefaultHasher::new();
    problem.code.hash(&mut hasher);
    problem.message.hash(&mut hasher);
    problem.place.as_ref().map(|place| &place.span).hash(&mut hasher);
    hasher.finish()
}

impl Problems {
    /// The problems that people and programs are shown: of each file the first [`MOST_OF_ONE_FILE`] errors and as many
    /// warnings, then a line for each file that has more.
    pub(super) fn shown(&self) -> Vec<Cow<'_, Diagnostic>> {
        let mut shown = Vec::new();
        let mut counts: BTreeMap<(Option<&str>, Severity), usize> = BTreeMap::new();
        for problem in &self.0 {
            let file = problem.place.as_ref().map(|place| place.file.path.as_str());
            let count = counts.entry((file, problem.severity)).or_default();
            *count += 1;
            if *count <= MOST_OF_ONE_FILE {
                shown.push(Cow::Borrowed(problem));
            }
        }
        let more = counts.into_iter().filter(|(_, count)| *count > MOST_OF_ONE_FILE);
        shown.extend(more.map(|((file, severity), count)| Cow::Owned(rest(file, severity, count - MOST_OF_ONE_FILE))));
        shown
    }
}

fn rest(file: Option<&str>, severity: Severity, count: usize) -> Diagnostic {
    let of = file.map(|file| format!(" in `{file}`")).unwrap_or_default();
    match severity {
        Severity::Error => Diagnostic::error("Y020", format!("… and {count} more errors{of}")),
        Severity::Warning => Diagnostic::warning("Y020", format!("… and {count} more warnings{of}")),
    }
    .help("mend those above first; many may have one cause")
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::diagnostic::{Place, SourceFile};

    fn many(file: &Arc<SourceFile>, count: usize) -> Vec<Diagnostic> {
        let fault = |at: usize| {
            Diagnostic::error("Y012", format!("there is no key `{at}`")).at(Place { file: file.clone(), span: at..at })
        };
        (0..count).map(fault).collect()
    }

    fn file(path: &str) -> Arc<SourceFile> {
        Arc::new(SourceFile { path: path.into(), text: "a\n".repeat(1_000) })
    }

    #[test]
    fn each_file_is_capped_by_itself_with_a_count() {
        let mut problems = many(&file("a.yaml"), MOST_OF_ONE_FILE + 312);
        problems.extend(many(&file("b.yaml"), MOST_OF_ONE_FILE));
        problems.push(Diagnostic::warning("S001", "odd"));
        let problems = Problems(problems);
        let text = problems.to_terminal(false);
        assert_eq!(text.matches("Y012").count(), 2 * MOST_OF_ONE_FILE);
        assert_eq!(text.matches("error[Y020]: … and 312 more errors in `a.yaml`\n").count(), 1, "{text}");
        assert_eq!(text.matches("Y020").count(), 1);
        assert!(text.contains("odd"));
        let json = serde_json::to_value(&problems).unwrap();
        assert_eq!(json.as_array().unwrap().len(), 2 * MOST_OF_ONE_FILE + 2);
    }

    #[test]
    fn warnings_hide_no_error() {
        let mut problems: Vec<_> = (0..500).map(|n| Diagnostic::warning("S001", format!("odd {n}"))).collect();
        problems.push(Diagnostic::error("S002", "the one that counts"));
        let text = Problems(problems).to_terminal(false);
        assert!(text.contains("the one that counts") && text.contains("… and 400 more warnings\n"), "{text}");
    }

    #[test]
    fn what_was_said_is_not_said_again_however_many_there_are() {
        let file = file("a.yaml");
        let mut problems = Problems(many(&file, 40_000));
        let start = std::time::Instant::now();
        problems.extend_new(Problems(many(&file, 40_001)));
        assert_eq!(problems.0.len(), 40_001);
        // All pairs would be 1.6 billion comparisons.
        assert!(start.elapsed().as_secs() < 5, "{:?}", start.elapsed());
    }
}
