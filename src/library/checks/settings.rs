//! In: [`Settings`] as read. Out: what is wrong between its lines.

use std::sync::Arc;

use icu_locale::Locale;

use super::Faults;
use crate::diagnostic::{Problems, SourceFile};
use crate::library::person_name::name_key;
use crate::library::settings::{MEASURES, Segment, Settings};
use crate::source::Spanned;

/// No person's name is longer, characters.
const LONGEST_NAME: usize = 100;

/// Checks locale, currency, measures, segments and stages.
pub(in crate::library) fn settings(file: &Arc<SourceFile>, settings: &Settings) -> Problems {
    let mut faults = Faults::of(file);
    if Locale::try_from_str(&settings.locale).is_err() {
        let message = format!("`{}` is not a locale", settings.locale.value);
        faults.add("L023", &settings.locale.span, message, "not BCP 47", "write language and country, such as `en-CA`");
    }
    if iso_currency::Currency::from_code(&settings.currency).is_none() {
        let message = format!("`{}` is not a currency", settings.currency.value);
        faults.add("L024", &settings.currency.span, message, "not ISO 4217", "write three capitals, such as `CAD`");
    }
    for measure in &settings.size_by {
        faults.known("L020", "measure of size", measure, &MEASURES);
    }
    if settings.size_by.is_empty() {
        let top = faults.top();
        let help = format!("name at least one of {}", super::listed(&MEASURES));
        faults.add("L020", &top, "`size_by` names no measure of a client's size", "in this file", help);
    }
    faults.ids("segment", settings.segments.iter().map(|segment| &segment.id));
    faults.ids("stage", settings.stages.iter().map(|stage| &stage.id));
    managers(&mut faults, &settings.managers);
    segments(&mut faults, &settings.segments);
    crm_names(&mut faults, settings);
    faults.problems
}

/// No manager is nameless or listed twice, however the name is typed.
fn managers(faults: &mut Faults, managers: &[Spanned<String>]) {
    let mut seen: Vec<String> = Vec::new();
    for manager in managers {
        let key = name_key(manager);
        if key.is_empty() || manager.chars().any(char::is_control) || manager.chars().count() > LONGEST_NAME {
            let help = format!("write a name in one line, at most {LONGEST_NAME} characters");
            faults.add("L070", &manager.span, "a manager's name cannot be printed", "not a name", help);
        } else if seen.contains(&key) {
            let message = format!("the manager `{}` is listed twice", manager.value);
            faults.add("L071", &manager.span, message, "the second time", "list each manager once");
        }
        seen.push(key);
    }
}

/// Each segment but the last is bounded, by the same measures, each bound above the one before.
fn segments(faults: &mut Faults, segments: &[Segment]) {
    let Some((last, bounded)) = segments.split_last() else {
        let top = faults.top();
        faults.add("L022", &top, "there are no segments", "in this file", "add at least one under `segments:`");
        return;
    };
    if !last.below.is_empty() {
        let message = format!("the last segment, `{}`, has a bound, so that larger clients are in none", last.id.value);
        faults.add("L022", &last.id.span, message, "the last one", "take its `below:` out, or add a segment after it");
    }
    for segment in bounded {
        if segment.below.is_empty() {
            let message =
                format!("the segment `{}` has no bound, so that those after it are never reached", segment.id.value);
            faults.add(
                "L022",
                &segment.id.span,
                message,
                "not the last one",
                "add `below:` with a bound for each measure",
            );
        }
        for (measure, bound) in &segment.below {
            if !MEASURES.contains(&measure.as_str()) {
                let message = format!("there is no measure of size called `{measure}`");
                let help = format!("there is {}", super::listed(&MEASURES));
                faults.add("L020", &bound.span, message, "the bound of an unknown measure", help);
            }
        }
    }
    for pair in bounded.windows(2) {
        let [smaller, larger] = pair else { continue };
        for (measure, bound) in &larger.below {
            match smaller.below.get(measure) {
                Some(before) if before.value >= bound.value => {
                    let message = format!(
                        "the bound of `{}` for {measure} ({}) is not above that of `{}` ({})",
                        larger.id.value, bound.value, smaller.id.value, before.value
                    );
                    faults.add("L022", &bound.span, message, "too small", "order the segments from small to large");
                }
                _ => {}
            }
        }
    }
    same_measures(faults, bounded);
}

/// A measure that one segment lacks would put its clients into the next one.
fn same_measures(faults: &mut Faults, bounded: &[Segment]) {
    for segment in bounded {
        let lacks = bounded
            .iter()
            .flat_map(|other| other.below.keys())
            .find(|measure| !segment.below.is_empty() && !segment.below.contains_key(*measure));
        if let Some(measure) = lacks {
            let message = format!("the segment `{}` has no bound for {measure}, but another has", segment.id.value);
            let help = format!("add {measure} to its `below:`");
            faults.add("L022", &segment.id.span, message, "incomplete", help);
        }
    }
}

/// One name of a CRM cannot mean two stages.
fn crm_names(faults: &mut Faults, settings: &Settings) {
    let mut seen: Vec<(String, &str)> = Vec::new();
    for stage in &settings.stages {
        for name in &stage.crm {
            let folded = name.to_lowercase();
            match seen.iter().find(|(known, other)| *known == folded && *other != stage.id.value) {
                Some((_, other)) => {
                    let message =
                        format!("the CRM's `{name}` stands for two stages, `{other}` and `{}`", stage.id.value);
                    faults.add("L021", &stage.id.span, message, "the second one", "keep it in one of them");
                }
                None => seen.push((folded, &stage.id.value)),
            }
        }
    }
}
