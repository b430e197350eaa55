//! In: known measures of a client's size. Out: the segment, with the reason.

use crate::diagnostic::{Checked, Diagnostic, suggest};
use crate::intake::client::Client;
use crate::library::settings::{Settings, SizeRule};

/// Settles the segment: the one asked for, else by `size_by` and `size_rule`.
pub(super) fn settle(
    settings: &Settings,
    client: &Client,
    wish: Option<&str>,
    reasons: &mut Vec<String>,
) -> Checked<String> {
    match wish {
        Some(wish) => asked_for(settings, wish, reasons),
        None => by_size(settings, client, reasons).ok_or_else(|| no_size(settings).into()),
    }
}

/// The segment that the known measures settle, with its reason; none where no measure is known.
pub(super) fn by_size(settings: &Settings, client: &Client, reasons: &mut Vec<String>) -> Option<String> {
    let known: Vec<(&str, u64, usize)> = settings
        .size_by
        .iter()
        .filter_map(|m| client.client.size.measure(m).map(|n| (m.value.as_str(), n, segment_of(settings, m, n))))
        .collect();
    let chosen = match settings.size_rule {
        SizeRule::FirstKnown => known.first(),
        // The first of equals is kept, so that the most trusted measure gives the reason.
        SizeRule::Highest => known.iter().rev().max_by_key(|(_, _, segment)| *segment),
        SizeRule::Lowest => known.iter().min_by_key(|(_, _, segment)| *segment),
    };
    let (measure, count, index) = chosen?;
    let segment = &settings.segments[*index];
    let rule = match settings.size_rule {
        SizeRule::FirstKnown => "the most trusted measure known",
        SizeRule::Highest => "the highest of the measures known",
        SizeRule::Lowest => "the lowest of the measures known",
    };
    let bound = match segment.below.get(*measure) {
        Some(bound) => format!("below {}", bound.value),
        None => "at or above every bound".to_string(),
    };
    reasons.push(format!("Segment `{}`: {measure} {count} is {bound}; it is {rule}.", segment.id.value));
    Some(segment.id.value.clone())
}

fn asked_for(settings: &Settings, wish: &str, reasons: &mut Vec<String>) -> Checked<String> {
    let ids: Vec<&str> = settings.segments.iter().map(|s| s.id.value.as_str()).collect();
    if ids.contains(&wish) {
        reasons.push(format!("Segment `{wish}`, asked for."));
        return Ok(wish.to_string());
    }
    let error = Diagnostic::error("P001", format!("there is no segment `{wish}`"));
    Err(match suggest(wish, ids.iter().copied()) {
        Some(near) => error.help(format!("did you mean `{near}`?")),
        None => error.help(format!("the library has {}", ids.join(", "))),
    }
    .into())
}

/// The index of the first segment whose bound for the measure is above the count; else the last.
fn segment_of(settings: &Settings, measure: &str, count: u64) -> usize {
    settings
        .segments
        .iter()
        .position(|s| s.below.get(measure).is_some_and(|bound| count < bound.value))
        .unwrap_or(settings.segments.len().saturating_sub(1))
}

fn no_size(settings: &Settings) -> Diagnostic {
    let measures: Vec<String> = settings.size_by.iter().map(|m| format!("`client.size.{}`", m.value)).collect();
    let ids: Vec<&str> = settings.segments.iter().map(|s| s.id.value.as_str()).collect();
    Diagnostic::error("P006", "no size of this client is known, so the length of the document cannot be settled")
        .help(format!("give {}, or choose with `--segment {}`", measures.join(" or "), ids.join("|")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::intake::client::Size;

    fn settings(rule: &str) -> Settings {
        serde_json_settings(rule)
    }

    fn serde_json_settings(rule: &str) -> Settings {
        let text = format!(
            "name: N\nlocale: en-CA\ncurrency: CAD\nsize_by: [vehicles, employees]\nsize_rule: {rule}\nsegments:\n  \
             - {{id: small, label: S, below: {{vehicles: 25, employees: 100}}}}\n  \
             - {{id: mid, label: M, below: {{vehicles: 250, employees: 1000}}}}\n  - {{id: large, label: L}}\n"
        );
        let file = std::sync::Arc::new(crate::diagnostic::SourceFile { path: "library.yaml".into(), text });
        crate::source::read(&file).expect("the settings are well formed")
    }

    fn settle_size(rule: &str, vehicles: Option<u64>, employees: Option<u64>) -> Result<String, String> {
        let mut client = Client::named("A");
        client.client.size = Size { vehicles, employees, ..Size::default() };
        settle(&settings(rule), &client, None, &mut Vec::new()).map_err(|p| p.0[0].code.to_string())
    }

    #[test]
    fn the_first_known_measure_decides() {
        assert_eq!(settle_size("first_known", Some(24), Some(5000)).as_deref(), Ok("small"));
        assert_eq!(settle_size("first_known", Some(25), None).as_deref(), Ok("mid"));
        assert_eq!(settle_size("first_known", None, Some(1000)).as_deref(), Ok("large"));
    }

    #[test]
    fn the_highest_or_lowest_decides_where_the_library_says_so() {
        assert_eq!(settle_size("highest", Some(4), Some(500)).as_deref(), Ok("mid"));
        assert_eq!(settle_size("lowest", Some(400), Some(500)).as_deref(), Ok("mid"));
    }

    #[test]
    fn no_size_asks_for_one() {
        assert_eq!(settle_size("first_known", None, None), Err("P006".into()));
    }

    #[test]
    fn a_wish_is_taken_and_a_wrong_one_is_refused() {
        let client = Client::named("A");
        let mut reasons = Vec::new();
        let settled = settle(&settings("lowest"), &client, Some("mid"), &mut reasons);
        assert_eq!(settled.as_deref(), Ok("mid"));
        assert_eq!(reasons, ["Segment `mid`, asked for."]);
        let refused = settle(&settings("lowest"), &client, Some("midd"), &mut reasons).unwrap_err();
        assert_eq!(refused.0[0].help.as_deref(), Some("did you mean `mid`?"));
    }
}
