//! In: problems of content. Out: a refusal, or warnings where a draft was asked for.

use crate::diagnostic::{Checked, Problems, Severity};

/// Refuses where there are errors; for a draft they become warnings, since every page of it says DRAFT.
pub(super) fn let_through(found: Problems, draft: bool, warnings: &mut Problems) -> Checked<()> {
    if !draft && found.0.iter().any(|problem| problem.severity == Severity::Error) {
        return Err(found);
    }
    warnings.0.extend(found.0.into_iter().map(|mut problem| {
        problem.severity = Severity::Warning;
        problem
    }));
    Ok(())
}
