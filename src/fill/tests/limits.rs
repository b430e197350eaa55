//! What is not given, what is taken, and what grows too large.

use super::*;

#[test]
fn what_is_not_given_is_never_left_blank() {
    for (text, path) in [
        ("For {{ rep.name }}", "rep.name"),
        ("For {{ contact.title }}", "contact.title"),
        ("{{ client.size.employees | times(by=3.1) | round | number }}", "client.size.employees"),
        ("{{ client.size.vehicles | times(by=client.size.employees) | number }}", "client.size.employees"),
        ("{{ opportunity.objections | list }}", "opportunity.objections"),
        ("{{ document.number }}", "document.number"),
        ("{{ rep.name | default(value=rep.email) }}", "rep.name"),
        ("{% set who = rep.name %}{{ who }}", "rep.name"),
        ("{{ [client.name, rep.name] | list }}", "rep.name"),
        ("---\ntitle: \"{{ rep.name }}\"\n---\nx", "rep.name"),
    ] {
        let expected = format!("T011 `{path}` is not given: nothing to print | {path} | not given");
        assert_eq!(faults(text), expected, "{text}");
    }
}

#[test]
fn a_value_that_is_not_given_says_how_to_give_it() {
    let help = |text: &str| Shop::new().fill(text).expect_err("not given").0[0].help.clone().unwrap_or_default();
    assert_eq!(
        help("{{ rep.name }}"),
        "give it in the client file or with `--set rep.name=\"…\"`; or marketing puts `{% if rep.name %}…{% endif %}` round it in the section"
    );
    assert_eq!(help("{{ document.number }}"), "put `{% if document.number %}…{% endif %}` round it in the section");
}

#[test]
fn all_problems_come_at_once() {
    let text =
        "{{ client.nmae }}\n{% include \"x\" %}\n{{ client.name | upper }}\n{{ answers.budget * 2 }}\n{{ clinet }}\n";
    let codes: Vec<&str> = Shop::new().fill(text).expect_err("faults").0.iter().map(|problem| problem.code).collect();
    assert_eq!(codes, ["T004", "T010", "T003", "T005", "T003"]);
    let unset =
        Shop::new().fill("{{ rep.name }} {{ rep.email }} {% for d in answers.depots %}{{ rep.phone }}{% endfor %}");
    assert_eq!(unset.expect_err("not given").0.len(), 3);
}

#[test]
fn names_cannot_be_taken_twice() {
    for (text, name) in [
        ("{% set client = 1 %}", "client"),
        ("{% for rep in answers.depots %}{% endfor %}", "rep"),
        ("{% set loop = 1 %}", "loop"),
        ("{% set a = 1 %}{% for a in answers.depots %}{% endfor %}", "a"),
    ] {
        let expected = format!("T023 the name `{name}` is taken | {name} | choose another name");
        assert_eq!(faults(text), expected, "{text}");
    }
}

#[test]
fn nothing_grows_without_end() {
    let deep = format!("{}x{}", "{% if client.name %}".repeat(100_000), "{% endif %}".repeat(100_000));
    assert!(faults(&deep).starts_with("T018 tags stand more than 12 deep"));
    let brackets = format!("{{{{ {}1{} }}}}", "(".repeat(100_000), ")".repeat(100_000));
    assert!(faults(&brackets).starts_with("T018 an expression has too many brackets"));
    let nots = format!("{{% if {}client.name %}}{{% endif %}}", "not ".repeat(100_000));
    assert!(faults(&nots).starts_with("T001 `not` stands twice"));
    let long = format!("{{% if client.name{} %}}{{% endif %}}", " or client.name".repeat(100_000));
    assert!(faults(&long).starts_with("T018 an expression is too long"));
    let filters = format!("{{{{ 1{} }}}}", " | round".repeat(100_000));
    assert!(faults(&filters).starts_with("T018 an expression is too long"));
    let loops = "{% for a in [1] %}{% for b in [1] %}{% for c in [1] %}{% endfor %}{% endfor %}{% endfor %}";
    assert!(faults(loops).starts_with("T018 more than two loops stand in each other"));
    assert!(faults("{% for i in range(end=1001) %}x{% endfor %}").starts_with("T018 `range` counts 1001 numbers"));
    assert!(faults("{% for i in range(end=9000000000000000000) %}x{% endfor %}").starts_with("T018 `range` counts"));
    let rounds = "{% for a in range(end=1000) %}{% for b in range(end=1000) %}x{% endfor %}{% endfor %}";
    assert!(faults(rounds).starts_with("T018 the loops go round more than 10000 times"));
    let output = format!("{{% for a in range(end=1000) %}}{}{{% endfor %}}", "x".repeat(5_000));
    assert!(faults(&output).starts_with("T018 the filled text is longer than"));
}

#[test]
fn the_largest_expressions_that_are_read_pass_through_tera() {
    let brackets = format!("{{{{ {}1{} | number }}}}", "(".repeat(4), ")".repeat(4));
    assert_eq!(shown(&brackets), "⟨1⟩");
    let nested = "{% if not (client.name and not (rep.name or not (contact.name and client.size.vehicles | times(by=(2 | plus(by=1))) > 3))) %}x{% endif %}";
    shown(nested);
    let long = format!("{{% if client.name{} %}}x{{% endif %}}", " and client.name".repeat(40));
    assert_eq!(shown(&long), "x");
    let depth = format!("{}x{}", "{% if client.name %}".repeat(12), "{% endif %}".repeat(12));
    assert_eq!(shown(&depth), "x");
}

#[test]
fn faults_in_conditions_of_the_template_are_marked() {
    let shop = Shop::new();
    for (condition, expected) in [
        ("client.nmae", "T003 clients have no field called `nmae` | nmae | did you mean `name`?"),
        (
            "{{ client.name }}",
            "T001 `{{` does not belong in a condition | {{ | write the condition alone, without tags",
        ),
        (
            "has_section",
            "T003 there is nothing called `has_section` | has_section | there are `client`, `contact`, `opportunity`, `rep`, `quote`, `answers`, `document`, `segment`, `variant`, `template` and `brand`",
        ),
        ("", "T001 the tag is empty | "),
    ] {
        let told = told(&shop.when(condition).expect_err("a fault"));
        assert!(told.starts_with(expected), "{condition}: {told}");
    }
    let told = told(&shop.when("has_section(\"cover\")").expect_err("a fault"));
    assert!(told.starts_with("T017 `has_section` is not available in `when`"), "{told}");
}

/// Tera reads each `elif` one call deeper than the one before.
#[test]
fn no_row_of_elif_can_exhaust_the_stack() {
    let row = |count: usize| {
        format!("{{% if client.name == \"a\" %}}a{}{{% endif %}}", "{% elif client.name == \"b\" %}b".repeat(count))
    };
    shown(&row(100));
    for count in [101, 3_655, 9_000] {
        let told = faults(&row(count));
        assert!(told.starts_with("T040 more than 100 `elif` are open here"), "{count}: {told}");
    }
    // Rows in each other count together: the last branch of each holds the next.
    let nested = |rows: usize| {
        (0..rows).fold("x".to_owned(), |inside, _| row(8).replace("b{% endif", &format!("{inside}{{% endif")))
    };
    shown(&nested(12));
    let eleven = (0..10).fold("x".to_owned(), |inside, _| row(11).replace("b{% endif", &format!("{inside}{{% endif")));
    assert!(faults(&eleven).starts_with("T040"), "{}", faults(&eleven));
}

#[test]
fn tags_of_one_file_have_a_limit() {
    let text = "{% if client.name %}x{% endif %}\n";
    let start = std::time::Instant::now();
    shown(&text.repeat(5_000));
    let told = faults(&text.repeat(50_000));
    assert!(told.contains("T041 a file holds more than 10000 tags and values"), "{}", &told[..500.min(told.len())]);
    assert!(start.elapsed().as_secs() < 20, "{:?}", start.elapsed());
}
