//! In: the template's sections and what is known of the client. Out: each section in or out, with its reason.

use super::{Outline, PlannedSection};
use crate::diagnostic::{Checked, Diagnostic, Place, Problems};
use crate::intake::client::Client;
use crate::library::days::UsageDays;
use crate::library::template::{Availability, RepMay, SectionEntry, Template};
use crate::source::Spanned;

const REMOVED: &str = "removed by the rep";

/// Decides every section of the template, in its order; collects all that is wrong.
pub(super) fn decide(
    template: &Template,
    client: &Client,
    outline: &Outline,
    days: UsageDays,
    when: &dyn Fn(&Spanned<String>) -> Checked<bool>,
    warnings: &mut Problems,
) -> Checked<Vec<PlannedSection>> {
    let mut problems = refused_choices(template, client);
    let mut sections = Vec::new();
    for entry in &template.sections {
        match decide_one(entry, client, outline, days, when, warnings) {
            Ok((included, reason)) => sections.push(PlannedSection {
                id: entry.id.value.clone(),
                path: section_path(template, &outline.language, entry),
                included,
                reason,
                drop: entry.drop,
            }),
            Err(more) => problems.0.extend(more.0),
        }
    }
    if !problems.0.is_empty() {
        return Err(problems);
    }
    warnings.0.extend(without_effect(client, &sections));
    Ok(sections)
}

/// What the rep added or removed that changes nothing, so that nobody looks for it in vain.
fn without_effect(client: &Client, sections: &[PlannedSection]) -> Vec<Diagnostic> {
    let choices = [(&client.sections.add, true, "adding"), (&client.sections.remove, false, "removing")];
    let mut found = Vec::new();
    for (chosen, wanted, doing) in choices {
        for (id, place) in chosen {
            let Some(section) = sections.iter().find(|section| section.id == *id) else { continue };
            let in_vain = if wanted { !section.included } else { section.reason != REMOVED };
            if in_vain {
                let message = format!("{doing} the section `{id}` changes nothing here: {}", section.reason);
                let warning = Diagnostic::warning("P014", message)
                    .help("`collateral explain` says why each section is in or out");
                found.push(match place {
                    Some(place) => warning.at(place.clone()),
                    None => warning,
                });
            }
        }
    }
    found
}

/// Where a section's file stands in the library: `sections/` holds the first language, `sections/<language>/` others.
pub fn section_path(template: &Template, language: &str, entry: &SectionEntry) -> String {
    let first = template.languages.first().is_none_or(|l| l.value == language);
    let folder = if first { String::new() } else { format!("{language}/") };
    format!("templates/{}/sections/{folder}{}", template.id, entry.file.value)
}

/// The first rule that keeps a section out decides; the order runs from what marketing fixed to what the rep chose.
fn decide_one(
    entry: &SectionEntry,
    client: &Client,
    outline: &Outline,
    days: UsageDays,
    when: &dyn Fn(&Spanned<String>) -> Checked<bool>,
    warnings: &mut Problems,
) -> Checked<(bool, String)> {
    let out = |reason: String| Ok((false, reason));
    if !entry.variants.is_empty() && !entry.variants.iter().any(|v| v.value == outline.variant) {
        return out(format!("not in the variant `{}`", outline.variant));
    }
    let stage = client.opportunity.stage.as_deref();
    if !entry.stages.is_empty() && !stage.is_some_and(|stage| entry.stages.iter().any(|s| s.value == stage)) {
        return out(match stage {
            Some(stage) => format!("not for the stage `{stage}`"),
            None => "only for certain stages, and the client file names none".to_string(),
        });
    }
    if let Some(available) = entry.available
        && let Some(reason) = outside(available, days)
    {
        if outside(available, UsageDays::on(days.document)).is_none() {
            warnings.push(left_out_today(&entry.id.value, &reason));
        }
        return out(reason);
    }
    let id = entry.id.value.as_str();
    let asked = |choices: &[(String, Option<Place>)]| choices.iter().any(|(choice, _)| choice == id);
    if asked(&client.sections.remove) {
        return out(REMOVED.to_string());
    }
    let added = asked(&client.sections.add);
    if entry.rep == RepMay::MayAdd && !added {
        return out("a rep may add it; none did".to_string());
    }
    match &entry.when {
        Some(condition) if !when(condition)? => out(format!("`{}` does not hold", condition.value)),
        Some(condition) => Ok((true, format!("`{}` holds", condition.value))),
        None if added => Ok((true, "added by the rep".to_string())),
        None if !entry.variants.is_empty() => Ok((true, format!("in the variant `{}`", outline.variant))),
        None => Ok((true, "always in".to_string())),
    }
}

/// Why a section may not be used on these days; none where it may.
fn outside(available: Availability, days: UsageDays) -> Option<String> {
    let early = available.from.and_then(|from| Some((format!("before {from}"), days.day_before(from)?)));
    let late = || available.until.and_then(|until| Some((format!("after {until}"), days.day_after(until)?)));
    let (when, day) = early.or_else(late)?;
    Some(format!("not available {when}, and {}", days.describe(day)))
}

/// A section that the document's date allows and the local day does not: without a word, nobody would miss it.
fn left_out_today(id: &str, reason: &str) -> Diagnostic {
    let message = format!("the section `{id}` is left out: {reason}");
    Diagnostic::warning("P021", message)
        .help("leave `--date` out, or make the document on a day on which it may be used")
}

/// Removals and additions that the template does not leave to reps.
fn refused_choices(template: &Template, client: &Client) -> Problems {
    let mut problems = Problems::default();
    let choices = [
        (&client.sections.remove, RepMay::MayRemove, "removed", "may_remove"),
        (&client.sections.add, RepMay::MayAdd, "added", "may_add"),
    ];
    for (chosen, needed, done, word) in choices {
        for (id, place) in chosen {
            let Some(entry) = template.sections.iter().find(|s| s.id.value == *id) else { continue };
            if entry.rep == needed {
                continue;
            }
            let error = Diagnostic::error("P007", format!("section `{id}` cannot be {done} by a rep")).help(format!(
                "take `{id}` out of `sections:`; {} can lift this with `rep: {word}` in template.yaml",
                template.owner
            ));
            problems.0.push(match place {
                Some(place) => error.at(place.clone()),
                None => error,
            });
        }
    }
    problems
}
