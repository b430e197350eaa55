//! Directives that stand for content of the library.

use super::*;
use crate::fill::filled::Comparison;

const ASKED: &str = "compares: {\"Where\": \"Your yard\", \"When\": \"At night\", \"Who\": \"One team\"}\n";

fn shop() -> Shop {
    Shop::new()
        .block("case-studies/bakery", "summary: Fewer stops\n", "### Bakery\n\nFor {{ client.name }}.\n")
        .block("case-studies/haulier", "weight: 9\nanswers: trucks\n", "### Haulier\n")
        .block("case-studies/secret", "announce_on: 2027-01-01\n", "### Secret\n")
        .block("case-studies/broken", "", "### Broken\n\n{{ client.nmae }}\n")
        .block("case-studies/nested", "", "### Nested\n\n:::case-study{id=bakery}\n")
        .block("competitors/us", &format!("ours: yes\nweight: 99\n{ASKED}"), "We.\n")
        .block("competitors/in-house", "compares: {\"Who\": \"Yours\", \"Where\": \"Your bay\"}\nbest: [Who]\n", "A.\n")
        .block("competitors/dealer-service", "weight: 5\ncompares: {\"Where\": \"His bay\"}\n", "B.\n")
        .block("competitors/national-chain", "weight: 50\ncompares: {\"Where\": \"A bay\"}\n", "C.\n")
        .block("competitors/silent", "weight: 80\n", "D.\n")
}

fn studies(text: &str) -> Vec<(usize, String, Option<String>)> {
    let filled = shop().fill(text).map_err(|problems| told(&problems)).expect("a section");
    filled.case_studies.into_iter().map(|(line, study)| (line, study.block.id, study.summary)).collect()
}

#[test]
fn a_case_study_is_filled_by_itself() {
    let filled = shop().fill("# A\n\n:::case-study{id=bakery}\n").expect("a section");
    assert_eq!(filled.text, "# A\n\n:::case-study{id=bakery}\n");
    let study = &filled.case_studies[&2];
    assert_eq!((study.title.as_str(), study.summary.as_deref()), ("T", Some("Fewer stops")));
    assert_eq!(decoded(&study.block.text), "### Bakery\n\nFor ⟨Harbour & Sons⟩.\n");
    assert_eq!(study.block.place(0).file.path, "templates/blocks/case-studies/bakery.md");
}

#[test]
fn a_case_study_may_come_from_a_loop() {
    for id in ["{{ b }}", "\"{{ b }}\""] {
        let call = "blocks(kind=\"case-studies\", limit=2)";
        let text = format!("# A\n{{% for b in {call} %}}\n\n:::case-study{{id={id}}}\n{{% endfor %}}\n");
        let found: Vec<String> = studies(&text).into_iter().map(|(_, id, _)| id).collect();
        assert_eq!(found, ["case-studies/haulier", "case-studies/bakery"]);
    }
    assert_eq!(studies(":::case-study{id=\"case-studies/bakery\"}")[0].1, "case-studies/bakery");
    assert_eq!(studies(":::case-study{id=trucks}")[0].1, "case-studies/haulier");
}

#[test]
fn case_studies_are_refused_as_blocks_are() {
    let told = |text: &str| told(&shop().fill(text).expect_err("a fault"));
    assert_eq!(
        told("# A\n\n:::case-study{id=bakrey}\n"),
        "T014 the library has no case study called `bakrey` | bakrey | did you mean `bakery`?"
    );
    assert_eq!(
        told(":::case-study{id=\"{{ client.industry }}\"}\n").lines().next(),
        Some(
            "T014 the library has no case study called `logistics` | :::case-study{id=\"{{ client.industry }}\"} | there are `bakery`, `broken`, `haulier`, `nested` and `secret`"
        )
    );
    assert!(told(":::case-study{id=secret}\n").starts_with("L054 the block `case-studies/secret` is under embargo"));
    assert!(told(":::case-study{id=broken}\n").starts_with("T003 clients have no field called `nmae`"));
    assert_eq!(
        told(":::case-study{id=nested}\n"),
        "T016 a block cannot show other blocks | :::case-study{id=bakery} | write this in the section"
    );
    let draft = Shop { draft: true, ..shop() };
    assert!(draft.fill(":::case-study{id=secret}\n").is_ok());
}

#[test]
fn a_case_study_is_shown_in_the_documents_language() {
    let english = "languages: [en]\nsummary: Fewer stops\n";
    let french = "languages: [fr]\nsummary: Moins d'arrêts\n";
    let shop = |language| Shop { language, ..Shop::new() };
    let summary = |language| {
        let shop = shop(language).block("case-studies/bakery", english, "### Bakery\n\nA.\n");
        let shop = shop.block("case-studies/bakery", french, "### Boulangerie\n\nA.\n");
        let filled = shop.fill(":::case-study{id=bakery}\n").map_err(|found| told(&found)).expect("a section");
        filled.case_studies[&0].summary.clone().unwrap_or_default()
    };
    assert_eq!((summary("en").as_str(), summary("fr").as_str()), ("Fewer stops", "Moins d'arrêts"));
}

fn compared(shop: Shop) -> Comparison {
    shop.fill(":::comparison\n").map_err(|found| told(&found)).expect("filled").comparison.expect("a comparison")
}

/// Each column's answers: what is best has a star, what is not known a dash.
fn columns(comparison: &Comparison) -> Vec<String> {
    let cell = |answer: &Option<crate::fill::filled::Answer>| match answer {
        Some(answer) => format!("{}{}", answer.text, if answer.best { "*" } else { "" }),
        None => "-".to_owned(),
    };
    comparison.columns.iter().map(|column| column.answers.iter().map(cell).collect::<Vec<_>>().join("|")).collect()
}

#[test]
fn rivals_that_the_client_names_stand_beside_us() {
    let comparison = compared(shop());
    assert_eq!(comparison.questions, ["Where", "When", "Who"]);
    assert_eq!(columns(&comparison), ["Your yard|At night|One team", "Your bay|-|Yours*", "His bay|-|-"]);
}

#[test]
fn without_names_the_best_rivals_stand_beside_us() {
    for named in [vec![], vec!["somebody".to_owned()], vec!["silent".to_owned()]] {
        let mut shop = shop();
        shop.client.opportunity.competitors = named;
        let comparison = compared(shop);
        assert_eq!(columns(&comparison)[1..], ["A bay|-|-", "His bay|-|-", "Your bay|-|Yours*"]);
    }
}

#[test]
fn we_are_no_rival_of_ours() {
    let text = "{% for b in blocks(kind=\"competitors\") %}\n{{ b }}\n{% endfor %}\n";
    let listed = decoded(&shop().fill(text).expect("a section").text);
    assert!(!listed.contains("/us"), "{listed}");
    assert!(listed.contains("/silent"), "{listed}");
}

#[test]
fn a_comparison_with_nobody_is_refused() {
    let told = |shop: Shop| told(&shop.fill("# A\n\n:::comparison\n").expect_err("a fault"));
    let us = || Shop::new().block("competitors/us", &format!("ours: yes\n{ASKED}"), "");
    assert_eq!(told(us()), "T025 there is no rival to compare with in this document | :::comparison | ");
    assert_eq!(told(Shop::new()), "T025 no block of the kind `competitors` is us | :::comparison | ");
    let french = Shop { language: "fr", ..shop() };
    assert!(told(french).starts_with("T015 the block `competitors/us` is not written in `fr`"));
}
