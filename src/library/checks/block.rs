//! In: a block's front matter as read. Out: what is wrong in it.

use std::sync::Arc;

use super::Faults;
use crate::diagnostic::{Problems, SourceFile};
use crate::library::block::BlockFront;
use crate::library::settings::Settings;

/// Checks segments, stages, languages and days, and what a competitor's block answers; `edition` is the folder's
/// language.
pub(in crate::library) fn block(
    file: &Arc<SourceFile>,
    (kind, edition): (&str, Option<&str>),
    front: &BlockFront,
    settings: &Settings,
) -> Problems {
    let mut faults = Faults::of(file);
    let segments: Vec<&str> = settings.segments.iter().map(|segment| segment.id.as_str()).collect();
    let stages: Vec<&str> = settings.stages.iter().map(|stage| stage.id.as_str()).collect();
    for segment in &front.segments {
        faults.known("L034", "segment", segment, &segments);
    }
    for stage in &front.stages {
        faults.known("L034", "stage", stage, &stages);
    }
    let top = front.status.span.clone();
    for language in &front.languages {
        faults.language(language, &top);
    }
    if let Some(language) = edition.filter(|_| !front.languages.is_empty()) {
        let message = format!("this block stands in the folder `{language}`, and says its languages again");
        faults.add("L041", &top, message, "in this front matter", "take `languages:` out");
    }
    faults.availability(front.available.as_ref(), &top);
    super::comparison::answers(&mut faults, kind, front);
    faults.problems
}
