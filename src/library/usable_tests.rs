use jiff::civil::date;

use super::*;
use crate::library::testing::Sample;

fn template(lines: &str) -> Template {
    let sample = Sample::new();
    sample.edit("templates/offer/template.yaml", "status: approved\n", lines);
    sample.draft().unwrap().template("offer").unwrap()
}

fn block_verdict(lines: &str, audience: Audience) -> Option<String> {
    let sample = Sample::new();
    sample.edit("templates/blocks/objections/price.md", "status: approved\n", lines);
    let library = sample.draft().unwrap();
    let problem = block_usable(&library.blocks().unwrap()[0], date(2026, 11, 23), audience).err()?;
    assert!(problem.place.is_some() && problem.help.is_some());
    Some(format!("{} {}", problem.code, problem.message))
}

#[test]
fn a_template_in_review_or_retired_is_refused_with_a_way_out() {
    let refusal = refuse_template(&template("status: in_review\n"), date(2026, 11, 23)).unwrap();
    assert_eq!(refusal.message, "the template `offer` is not approved yet");
    let help = refusal.help.unwrap();
    assert!(help.contains("marketing@acme.example") && help.contains("--draft"), "{help}");
    assert_eq!(refuse_template(&template("status: retired\n"), date(2026, 11, 23)).unwrap().code, "L051");
}

#[test]
fn both_ends_of_availability_are_days_of_use() {
    let template = template("status: approved\navailable: {from: 2026-01-01, until: 2027-06-30}\n");
    let code = |day| refuse_template(&template, day).map(|refusal| refusal.code);
    assert_eq!(code(date(2025, 12, 31)), Some("L052"));
    assert_eq!(code(date(2026, 1, 1)), None);
    assert_eq!(code(date(2027, 6, 30)), None);
    assert_eq!(code(date(2027, 7, 1)), Some("L053"));
}

#[test]
fn a_review_that_is_due_warns() {
    let template = template("status: approved\nreview_by: 2026-11-23\n");
    assert_eq!(template_review(&template, date(2026, 11, 23)), None);
    let warning = template_review(&template, date(2026, 11, 24)).unwrap();
    assert_eq!((warning.code, warning.severity), ("L056", crate::diagnostic::Severity::Warning));
}

#[test]
fn blocks_are_held_to_the_same() {
    let client = |lines| block_verdict(lines, Audience::Client);
    assert_eq!(client("status: approved\n"), None);
    assert_eq!(client("status: in_review\n").unwrap(), "L050 the block `objections/price` is not approved yet");
    assert_eq!(client("status: retired\n").unwrap(), "L051 the block `objections/price` is retired");
    let embargo = "status: approved\nannounce_on: 2026-11-24\n";
    assert_eq!(client(embargo).unwrap(), "L054 the block `objections/price` is under embargo until 2026-11-24");
    assert_eq!(client("status: approved\nannounce_on: 2026-11-23\n"), None);
    assert!(client("status: approved\navailable: {until: 2026-11-22}\n").unwrap().starts_with("L053"));
}

#[test]
fn internal_blocks_stay_inside() {
    let internal = "status: approved\naudience: internal\n";
    assert!(block_verdict(internal, Audience::Client).unwrap().starts_with("L055"));
    assert_eq!(block_verdict(internal, Audience::Internal), None);
}
