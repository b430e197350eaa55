//! Blocks in sections.

use super::*;

fn shop() -> Shop {
    Shop::new()
        .block(
            "pain-points/downtime",
            "weight: 5\nanswers: downtime\nindustries: [logistics]\n",
            "### Stops\n\nFor {{ client.name }}.\n",
        )
        .block("pain-points/winter", "weight: 90\nindustries: [logistics]\nsegments: [mid]\n", "### Winter\n")
        .block("pain-points/costs", "weight: 50\nsegments: [mid]\n", "### Costs\n")
        .block("pain-points/safety", "weight: 50\nsegments: [mid]\n", "### Safety\n")
        .block("case-studies/bakery", "segments: [small]\n", "### Bakery\n")
        .block("case-studies/haulier", "weight: 9\nsegments: [mid]\n", "### Haulier\n")
        .block("case-studies/secret", "announce_on: 2027-01-01\nweight: 100\n", "### Secret\n")
        .block("case-studies/old", "available: {until: 2026-01-01}\nweight: 100\n", "### Old\n")
        .block("case-studies/inside", "audience: internal\nweight: 100\n", "### Inside\n")
        .block("case-studies/french", "languages: [fr]\nweight: 100\n", "### Bonjour\n")
        .block("competitors/dealer-service", "", "### Dealers\n")
        .block("competitors/in-house", "", "### Own shop\n")
        .block("competitors/national-chain", "weight: 100\n", "### Chains\n")
        .block("products/broken", "", "### Broken\n\n{{ client.nmae }} {{ block(id=\"products/broken\") }}\n")
        .block("products/unset", "", "For {{ rep.name }}\n")
}

fn ids(call: &str) -> Vec<String> {
    let text = format!("{{% for b in {call} %}}\n{{{{ block(id=b) }}}}\n{{% endfor %}}\n");
    let filled = shop().fill(&text).map_err(|problems| told(&problems)).expect("a section");
    filled.blocks.into_iter().map(|block| block.id).collect()
}

#[test]
fn a_block_is_filled_by_itself() {
    let filled = shop().fill("# A\n\n  {{ block(id=\"pain-points/downtime\") }}\n\nB.\n").expect("a section");
    assert_eq!(filled.text, "# A\n\n\u{E002}0\u{E001}\n\nB.\n");
    let [block] = &filled.blocks[..] else { panic!("one block") };
    assert_eq!(block.id, "pain-points/downtime");
    assert_eq!(decoded(&block.text), "### Stops\n\nFor ⟨Harbour & Sons⟩.\n");
    assert_eq!(block.place(0).file.path, "templates/blocks/pain-points/downtime.md");
    assert_eq!(&block.file.text[block.lines[2].clone()], "For {{ client.name }}.");
}

#[test]
fn the_best_blocks_come_first() {
    assert_eq!(
        ids("blocks(kind=\"pain-points\", industry=client.industry)"),
        ["pain-points/downtime", "pain-points/winter", "pain-points/costs", "pain-points/safety"]
    );
    assert_eq!(ids("blocks(kind=\"pain-points\", limit=1)"), ["pain-points/downtime"]);
    // Named by the client file, in its order; then the rest.
    assert_eq!(
        ids("blocks(kind=\"competitors\")"),
        ["competitors/in-house", "competitors/dealer-service", "competitors/national-chain"]
    );
    // An industry that is not given matches nothing.
    assert_eq!(
        ids("blocks(kind=\"case-studies\", industry=client.region)"),
        ["case-studies/haulier", "case-studies/bakery"]
    );
    assert_eq!(ids("blocks(kind=\"case-studies\", segment=\"small\", limit=1)"), ["case-studies/bakery"]);
}

#[test]
fn a_client_file_picks_its_case_studies() {
    let text = "{% for b in blocks(kind=\"case-studies\") %}\n{{ block(id=b) }}\n{% endfor %}\n";
    let pick = |pick: &str| {
        let mut shop = shop();
        shop.client.case_studies = vec![pick.into()];
        shop.fill(text).map(|filled| filled.blocks[0].id.clone()).map_err(|problems| told(&problems))
    };
    assert_eq!(pick("bakery"), Ok("case-studies/bakery".into()));
    assert!(pick("bakrey").expect_err("unknown").starts_with("T014 the client file picks the case study `bakrey`"));
    assert!(pick("secret").expect_err("embargo").contains("case-studies/secret"));
}

#[test]
fn unknown_blocks_are_found_before_anything_is_filled() {
    let told = |text: &str| told(&shop().fill(text).expect_err("a fault"));
    assert_eq!(
        told("{{ block(id=\"pain-points/dwontime\") }}"),
        "T014 the library has no block called `pain-points/dwontime` | \"pain-points/dwontime\" | did you mean `pain-points/downtime`?"
    );
    assert_eq!(
        told("{% if rep.name %}\n{{ block(id=\"downtime\") }}\n{% endif %}"),
        "T014 the library has no block called `downtime` | \"downtime\" | did you mean `pain-points/downtime`?"
    );
    assert_eq!(
        told("{% for b in blocks(kind=\"pain-point\") %}{% endfor %}"),
        "T014 the library has no blocks of the kind `pain-point` | \"pain-point\" | did you mean `pain-points`?"
    );
    assert_eq!(
        told("{% for b in [\"x/y\"] %}\n{{ block(id=b) }}\n{% endfor %}"),
        "T014 the library has no block called `x/y` | b | not in templates/blocks"
    );
}

#[test]
fn blocks_that_may_not_be_used_are_refused_by_name() {
    for id in ["secret", "old", "inside", "french"] {
        let text = format!("{{{{ block(id=\"case-studies/{id}\") }}}}");
        let problems = shop().fill(&text).expect_err("not usable");
        assert!(problems.0[0].message.starts_with(&format!("the block `case-studies/{id}`")), "{}", told(&problems));
        assert!(Shop { draft: true, ..shop() }.fill(&text).is_ok());
    }
}

#[test]
fn a_block_stands_alone_and_calls_no_other() {
    let told = |text: &str| told(&shop().fill(text).expect_err("a fault"));
    assert!(told("See {{ block(id=\"competitors/in-house\") }}").starts_with("T016 a block stands alone on its line"));
    assert!(told("{{ block(id=\"competitors/in-house\") | number }}").starts_with("T016 `block` stands alone"));
    assert!(told("{% if block(id=\"competitors/in-house\") %}{% endif %}").starts_with("T016 `block` stands alone"));
    assert!(told("{{ blocks(kind=\"competitors\") }}").starts_with("T009 `blocks(kind=\"competitors\")` is a list"));
    let inline = "{% if client.name %}{{ block(id=\"competitors/in-house\") }}{% endif %}\n";
    assert_eq!(shop().fill(inline).expect("a section").text, "\u{E002}0\u{E001}\n");
}

#[test]
fn faults_of_a_block_name_its_own_file() {
    let problems =
        shop().fill("{{ block(id=\"products/broken\") }}\n{{ block(id=\"products/unset\") }}\n{{ rep.email }}\n");
    let problems = problems.expect_err("faults");
    let told: Vec<String> = problems
        .0
        .iter()
        .map(|problem| format!("{} {}", problem.code, problem.place.as_ref().expect("a place").file.path))
        .collect();
    assert_eq!(
        told,
        [
            "T011 s.md",
            "T003 templates/blocks/products/broken.md",
            "T016 templates/blocks/products/broken.md",
            "T011 templates/blocks/products/unset.md"
        ]
    );
}

#[test]
fn a_document_uses_the_edition_in_its_language() {
    let said = |language: &'static str, text: &str| {
        let mut shop = shop().in_french("pain-points/downtime", "### Arrêts\n");
        shop.language = language;
        let filled = shop.fill(text).map_err(|problems| told(&problems))?;
        Ok::<_, String>(decoded(&filled.blocks[0].text))
    };
    let best = "{% for b in blocks(kind=\"pain-points\", limit=1) %}\n{{ block(id=b) }}\n{% endfor %}\n";
    assert_eq!(said("en", best), Ok("### Stops\n\nFor ⟨Harbour & Sons⟩.\n".into()));
    assert_eq!(said("fr", best), Ok("### Arrêts\n".into()));
    let other = said("fr", "{{ block(id=\"pain-points/winter\") }}\n");
    assert!(other.expect_err("English only").contains("is not written in `fr`"));
}
