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
    let problem = block_usable(&library.blocks().unwrap()[0], UsageDays::on(date(2026, 11, 23)), audience).err()?;
    assert!(problem.place.is_some() && problem.help.is_some());
    Some(format!("{} {}", problem.code, problem.message))
}

#[test]
fn a_template_in_review_or_retired_is_refused_with_a_way_out() {
    let refusal = refuse_template(&template("status: in_review\n"), UsageDays::on(date(2026, 11, 23))).unwrap();
    assert_eq!(refusal.message, "the template `offer` is not approved yet");
    let help = refusal.help.unwrap();
    assert!(help.contains("marketing@acme.example") && help.contains("--draft"), "{help}");
    assert_eq!(
        refuse_template(&template("status: retired\n"), UsageDays::on(date(2026, 11, 23))).unwrap().code,
        "L051"
    );
}

#[test]
fn both_ends_of_availability_are_days_of_use() {
    let template = template("status: approved\navailable: {from: 2026-01-01, until: 2027-06-30}\n");
    let code = |day| refuse_template(&template, UsageDays::on(day)).map(|refusal| refusal.code);
    assert_eq!(code(date(2025, 12, 31)), Some("L052"));
    assert_eq!(code(date(2026, 1, 1)), None);
    assert_eq!(code(date(2027, 6, 30)), None);
    assert_eq!(code(date(2027, 7, 1)), Some("L053"));
}

/// What may be used on one day alone may not be used in a document of one day made on another.
#[test]
fn content_is_used_only_where_both_days_allow_it() {
    let limits = ["available: {from: 2026-06-01, until: 2026-06-30}\n", "announce_on: 2026-06-01\n"];
    let days = [date(2026, 5, 31), date(2026, 6, 1), date(2026, 6, 30), date(2026, 7, 1)];
    for limit in limits {
        let sample = Sample::new();
        sample.edit(
            "templates/blocks/objections/price.md",
            "status: approved\n",
            &format!("status: approved\n{limit}"),
        );
        let library = sample.draft().unwrap();
        let block = &library.blocks().unwrap()[0];
        let allows = |days| block_usable(block, days, Audience::Client).is_ok();
        let template = template(&format!("status: approved\n{}", limit.replace("announce_on: 2026-06-01\n", "")));
        let template_allows = |days| refuse_template(&template, days).is_none();
        for (document, today) in days.into_iter().flat_map(|first| days.map(|second| (first, second))) {
            let (both, first, second) = (UsageDays { document, today }, UsageDays::on(document), UsageDays::on(today));
            assert_eq!(allows(both), allows(first) && allows(second), "{limit}{both:?}");
            let expected = template_allows(first) && template_allows(second);
            assert_eq!(template_allows(both), expected, "{limit}{both:?}");
        }
    }
}

#[test]
fn a_review_that_is_due_warns() {
    let template = template("status: approved\nreview_by: 2026-11-23\n");
    assert_eq!(template_review(&template, UsageDays::on(date(2026, 11, 23))), None);
    let warning = template_review(&template, UsageDays::on(date(2026, 11, 24))).unwrap();
    assert_eq!((warning.code, warning.severity), ("L056", crate::diagnostic::Severity::Warning));
}

#[test]
fn blocks_are_held_to_the_same() {
    let client = |lines| block_verdict(lines, Audience::Client);
    assert_eq!(client("status: approved\n"), None);
    assert_eq!(client("status: in_review\n").unwrap(), "L050 the block `objections/price` is not approved yet");
    assert_eq!(client("status: retired\n").unwrap(), "L051 the block `objections/price` is retired");
    let embargo = "status: approved\nannounce_on: 2026-11-24\n";
    assert_eq!(
        client(embargo).unwrap(),
        "L054 the block `objections/price` is under embargo until 2026-11-24, and the document is of 2026-11-23"
    );
    assert_eq!(client("status: approved\nannounce_on: 2026-11-23\n"), None);
    assert!(client("status: approved\navailable: {until: 2026-11-22}\n").unwrap().starts_with("L053"));
}

#[test]
fn internal_blocks_stay_inside() {
    let internal = "status: approved\naudience: internal\n";
    assert!(block_verdict(internal, Audience::Client).unwrap().starts_with("L055"));
    assert_eq!(block_verdict(internal, Audience::Internal), None);
}
