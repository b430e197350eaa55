//! What sections print.

use super::*;

#[test]
fn values_are_tokens_and_text_is_text() {
    assert_eq!(shown("For **{{ client.name }}**, with care.\n"), "For **⟨Harbour & Sons⟩**, with care.\n");
    assert_eq!(shown("a { b } c {d}"), "a { b } c {d}");
    assert_eq!(shown("50% of {# not printed #}it"), "50% of it");
    assert_eq!(shown(""), "");
    assert_eq!(shown("no end of line"), "no end of line");
}

#[test]
fn filters_print_by_locale() {
    for (text, expected) in [
        ("{{ client.size.vehicles }}", "⟨1,250⟩"),
        ("{{ client.size.vehicles | number }}", "⟨1,250⟩"),
        ("{{ client.size.vehicles | number(digits=1) }}", "⟨1,250.0⟩"),
        ("{{ amount(of=client.size.vehicles, currency=\"CAD\") | money }}", "⟨$1,250.00⟩"),
        ("{{ amount(of=client.size.vehicles, currency=\"CAD\") | money(digits=0) }}", "⟨$1,250⟩"),
        ("{{ answers.budget }}", "⟨$12,500.50⟩"),
        ("{{ answers.budget | number }}", "⟨12,500.5⟩"),
        ("{{ answers.budget | times(by=2) }}", "⟨$25,001.00⟩"),
        ("{{ answers.rate }}", "⟨5%⟩"),
        ("{{ answers.rate | percent(digits=1) }}", "⟨5.0%⟩"),
        ("{{ answers.rate | times(by=200) }}", "⟨10⟩"),
        ("{{ answers.budget | times(by=answers.rate) | money }}", "⟨$625.03⟩"),
        ("{{ answers.start_date }}", "⟨January 15, 2027⟩"),
        ("{{ answers.start_date | date }}", "⟨January 15, 2027⟩"),
        ("{{ answers.start_date | date(style=\"short\") }}", "⟨Jan 15, 2027⟩"),
        ("{{ document.date }}", "⟨November 23, 2026⟩"),
        ("{{ client.size.vehicles | plural(one=\"van\", other=\"vans\") }}", "⟨vans⟩"),
        ("{{ client.size.locations | plural(one=\"yard\", other=\"yards\") }}", "⟨yard⟩"),
        ("{{ answers.depots | list }}", "⟨Hamilton, Ajax and Barrie⟩"),
        ("{{ answers.depots | list(type=\"or\") }}", "⟨Hamilton, Ajax or Barrie⟩"),
        ("{{ [client.name, \"you\"] | list }}", "⟨Harbour & Sons and you⟩"),
        ("{{ segment.label }} {{ variant.id }} {{ template.title }}", "⟨Mid-market⟩ ⟨long⟩ ⟨Fleet care proposal⟩"),
        ("{{ brand.name }} {{ document.language }}", "⟨Northline⟩ ⟨en⟩"),
        ("{{ brand.company }} {{ brand.phone }}", "⟨Northline Ltd.⟩ ⟨+1 905 555 0142⟩"),
        ("{% if brand.website %}on the web{% else %}by telephone{% endif %}", "by telephone"),
        ("![The yard]({{ answers.yard }})", "![The yard](⟨yard.png⟩)"),
    ] {
        assert_eq!(shown(text), expected, "{text}");
    }
}

#[test]
fn sums_are_exact() {
    for (text, expected) in [
        ("{{ client.size.vehicles | times(by=2.4) | round | number }}", "⟨3,000⟩"),
        ("{{ client.size.vehicles | times(by=3.1) | divided_by(by=300) | round | number }}", "⟨13⟩"),
        ("{{ client.size.vehicles | minus(by=0.1) | plus(by=0.2) | number }}", "⟨1,250.1⟩"),
        ("{{ 0.1 | plus(by=0.2) }}", "⟨0.3⟩"),
        ("{{ 2.5 | round }} {{ -2.5 | round }} {{ 2.345 | round(digits=2) }}", "⟨3⟩ ⟨-3⟩ ⟨2.35⟩"),
        ("{{ 10 | divided_by(by=4) }}", "⟨2.5⟩"),
        ("{{ 10 | divided_by(by=3) }}", "⟨3.33⟩"),
        ("{{ 10 | divided_by(by=3) | number }}", "⟨3.33⟩"),
        ("{{ 10 | divided_by(by=3) | number(digits=4) }}", "⟨3.3333⟩"),
        ("{{ 9007199254740993 | plus(by=0.01) }}", "⟨9,007,199,254,740,993.01⟩"),
        ("{{ client.size.vehicles | times(by=1) | plural(one=\"a\", other=\"b\") }}", "⟨b⟩"),
        ("{{ 1.0 | plural(one=\"van\", other=\"vans\") }}", "⟨van⟩"),
    ] {
        assert_eq!(shown(text), expected, "{text}");
    }
}

#[test]
fn conditions_ask_what_is_given() {
    for (condition, holds) in [
        ("client.name", true),
        ("contact.name and not contact.email", true),
        ("contact.title", false),
        ("contact.title is defined", false),
        ("contact.email is undefined", true),
        ("contact.name is not defined", false),
        ("answers.urgent", true),
        ("answers.urgent == true", true),
        ("opportunity.competitors", true),
        ("opportunity.objections", false),
        ("opportunity.objections is defined", false),
        ("\"in-house\" in opportunity.competitors", true),
        ("\"cheaper\" not in opportunity.competitors", true),
        ("client.industry in [\"logistics\", \"haulage\"]", true),
        ("client.size.vehicles > 50 and client.size.vehicles <= 1250", true),
        ("client.size.vehicles > 1249.99", true),
        ("answers.budget >= 12500.50", true),
        ("variant.id == \"long\" and segment.id != \"small\"", true),
        ("client.region == \"ON\"", false),
        ("client.region != \"ON\"", true),
        ("client.size.employees or client.size.vehicles", true),
        ("not (client.name and rep.name)", true),
        ("0", false),
        ("has_section(\"cover\")", true),
        ("has_section(id=\"pricing\")", false),
    ] {
        let expected = if holds { "yes" } else { "no" };
        assert_eq!(shown(&format!("{{% if {condition} %}}yes{{% else %}}no{{% endif %}}")), expected, "{condition}");
    }
}

#[test]
fn what_is_not_given_can_be_replaced() {
    for (text, expected) in [
        ("{{ contact.name | default(value=\"your team\") }}", "⟨Mara Okafor⟩"),
        ("{{ rep.name | default(value=\"your team\") }}", "⟨your team⟩"),
        ("{{ rep.name | default(value=contact.name) }}", "⟨Mara Okafor⟩"),
        ("{{ client.size.employees | default(value=\"many\") }}", "⟨many⟩"),
        ("{{ client.size.employees | times(by=2) | number | default(value=\"many\") }}", "⟨many⟩"),
        ("{{ rep.name if rep.name else \"us\" }}", "⟨us⟩"),
        ("{{ opportunity.objections | list | default(value=\"none\") }}", "⟨none⟩"),
        ("{% set who = rep.name | default(value=\"us\") %}{{ who }} and {{ who }}", "⟨us⟩ and ⟨us⟩"),
    ] {
        assert_eq!(shown(text), expected, "{text}");
    }
}

#[test]
fn loops_know_where_they_are() {
    assert_eq!(
        shown("{% for d in answers.depots %}{{ loop.index }} {{ d }}{% if not loop.last %}, {% endif %}{% endfor %}"),
        "⟨1⟩ ⟨Hamilton⟩, ⟨2⟩ ⟨Ajax⟩, ⟨3⟩ ⟨Barrie⟩"
    );
    assert_eq!(shown("{% for o in opportunity.objections %}x{% else %}none{% endfor %}"), "none");
    assert_eq!(shown("{% for i in range(end=3) %}{{ i }}{% endfor %}"), "⟨0⟩⟨1⟩⟨2⟩");
    assert_eq!(shown("{% for i in range(start=2, end=9, step_by=3) %}{{ i }}{% endfor %}"), "⟨2⟩⟨5⟩⟨8⟩");
    assert_eq!(shown("{% for i in range(start=5, end=2) %}{{ i }}{% else %}-{% endfor %}"), "-");
    // A name may be used again after its loop, and may be a word of Tera's own.
    assert_eq!(
        shown("{% for self in [1] %}{{ self }}{% endfor %}{% for self in [2] %}{{ self }}{% endfor %}"),
        "⟨1⟩⟨2⟩"
    );
}

#[test]
fn tags_on_their_own_lines_leave_nothing() {
    let table = "| a |\n| - |\n{% for d in answers.depots %}\n| {{ d }} |\n{% endfor %}\n  {% if rep.name %}\n| no |\n  {% endif %}\n| z |\n";
    assert_eq!(shown(table), "| a |\n| - |\n| ⟨Hamilton⟩ |\n| ⟨Ajax⟩ |\n| ⟨Barrie⟩ |\n| z |\n");
    assert_eq!(shown("- a\n{% if rep.name %}- b{% endif %}\n- c\n"), "- a\n- c\n");
    assert_eq!(shown("- a\n{# a note #}\n- c\n"), "- a\n- c\n");
    assert_eq!(shown("{% if client.name %}\n\nText.\n\n{% endif %}\nEnd.\n"), "\nText.\n\nEnd.\n");
    assert_eq!(shown("a\n{%- if client.name -%}\n b\n{%- endif %}\nc\n"), "ab\nc\n");
}

#[test]
fn tags_that_leave_nothing_do_not_indent_their_line() {
    let gone = "{% if rep.name %}C{% endif %}";
    let row = [gone; 4].join(" ");
    assert_eq!(shown(&format!("{row} Hello.\n")), "Hello.\n");
    assert_eq!(shown(&format!("a\n{row} {{{{ client.name }}}}.\n")), "a\n⟨Harbour & Sons⟩.\n");
    // The indent of the line's own stays, and so does one that was written right before its words.
    assert_eq!(shown(&format!("- a\n\n  {row} Hello.\n")), "- a\n\n  Hello.\n");
    assert_eq!(shown(&format!("  - a {row} b\n")), "  - a     b\n");
    let nested = "- a\n{% for d in answers.depots %}  - {{ d }}\n{% endfor %}";
    assert_eq!(shown(nested), "- a\n  - ⟨Hamilton⟩\n  - ⟨Ajax⟩\n  - ⟨Barrie⟩\n");
    let nested = "- a\n  {% for d in answers.depots %}- {{ d }}\n  {% endfor %}";
    assert_eq!(shown(nested), "- a\n  - ⟨Hamilton⟩\n  - ⟨Ajax⟩\n  - ⟨Barrie⟩\n");
    assert_eq!(shown("- a\n{% if client.name %}  {{ client.name }}{% endif %}\n"), "- a\n  ⟨Harbour & Sons⟩\n");
}

#[test]
fn lines_lead_back_to_their_source() {
    let text = "---\nlayout: cover\n---\n# A\n{% if client.name %}\n{% for d in answers.depots %}\n- {{ d }}\n{% endfor %}\n{% endif %}\nEnd é.\n";
    let filled = Shop::new().fill(text).expect("a section");
    let words: Vec<&str> = filled.lines.iter().map(|line| &text[line.clone()]).collect();
    assert_eq!(words, ["# A", "- {{ d }}", "- {{ d }}", "- {{ d }}", "End é."]);
    assert_eq!(filled.text.lines().count(), filled.lines.len());
}

#[test]
fn long_text_gives_each_of_its_lines_the_line_that_printed_it() {
    let text = "Before.\n\n{{ answers.note }}\n\nAfter.\n";
    let filled = Shop::new().fill(text).expect("a section");
    assert_eq!(decoded(&filled.text), "Before.\n\n⟨We came by.⟩\n\n- ⟨*one*⟩\n- ⟨two⟩\n\nAfter.\n");
    let words: Vec<&str> = filled.lines.iter().map(|line| &text[line.clone()]).collect();
    let note = "{{ answers.note }}";
    assert_eq!(words, ["Before.", "", note, note, note, note, "", "After."]);
}

#[test]
fn front_matter_is_filled_too() {
    let text = "---\nlayout: cover\ntitle: \"For {{ client.name }}\"\nnotes: |\n  Ask {{ contact.name }}.\n  Then {listen}.\n---\n# A\n";
    let filled = Shop::new().fill(text).expect("a section");
    assert_eq!(filled.front.layout.expect("a layout").text, "cover");
    assert_eq!(decoded(&filled.front.title.expect("a title").text), "For ⟨Harbour & Sons⟩");
    assert_eq!(decoded(&filled.front.notes.expect("notes").text), "Ask ⟨Mara Okafor⟩.\nThen {listen}.\n");
    assert_eq!(filled.text, "# A\n");
    assert!(Shop::new().fill("----\nnot front matter\n").is_ok());
}

#[test]
fn a_section_remembers_that_it_asked_for_another() {
    let asks = Shop::new().fill("{% if has_section(\"pricing\") %}See [prices](#pricing).{% endif %}\n");
    let asks = asks.expect("a section");
    assert!(asks.asked_has_section);
    assert_eq!(asks.text, "");
    assert!(
        !Shop::new()
            .fill("{% if rep.name and has_section(\"pricing\") %}x{% endif %}")
            .expect("a section")
            .asked_has_section
    );
}

#[test]
fn other_locales_print_their_own_way() {
    let shop = Shop { locale: "fr-CA", language: "fr", ..Shop::new() };
    let text = "{{ amount(of=client.size.vehicles, currency=\"CAD\") | money }} le {{ document.date | date }}: {{ answers.depots | list }}";
    let filled = shop.fill(text).expect("a section");
    let plain = decoded(&filled.text).replace(['\u{a0}', '\u{202f}'], " ");
    assert_eq!(plain, "⟨1 250,00 $⟩ le ⟨23 novembre 2026⟩: ⟨Hamilton, Ajax et Barrie⟩");
}

#[test]
fn conditions_of_the_template_need_no_plan() {
    let shop = Shop::new();
    for (condition, holds) in [
        ("opportunity.competitors", true),
        ("opportunity.objections", false),
        ("client.size.vehicles > 50", true),
        // Not known, so not known to be more.
        ("client.size.employees > 50", false),
        ("answers.start_date", true),
        ("client.industry == \"logistics\"", true),
        ("variant.id in [\"long\"]", true),
    ] {
        assert_eq!(shop.when(condition).map_err(|problems| told(&problems)), Ok(holds), "{condition}");
    }
}

#[test]
fn a_draft_shows_what_is_not_given() {
    let shop = Shop { draft: true, ..Shop::new() }
        .with("s.md", "For {{ rep.name }}, {{ client.size.employees | times(by=2) | number }}.");
    let cache = FillCache::default();
    let context = FillContext::new(shop.input(&cache));
    let filled = fill_section(&context, "cover", "s.md").expect("a draft");
    assert_eq!(decoded(&filled.text), "For ⟨[rep.name]⟩, ⟨[client.size.employees]⟩.");
    let warnings = told(&Problems(context.take_warnings()));
    assert_eq!(
        warnings,
        "T011 `rep.name` is not given: nothing to print | rep.name | not given\n\
         T011 `client.size.employees` is not given: nothing to print | client.size.employees | not given"
    );
    assert!(context.take_warnings().is_empty());
}
