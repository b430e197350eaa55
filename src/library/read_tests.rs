use super::*;
use crate::library::testing::{Sample, faults};

const OFFER: &str = "templates/offer/template.yaml";

/// The faults after one change of the template.
fn template(from: &str, to: &str) -> Vec<String> {
    let sample = Sample::new();
    sample.edit(OFFER, from, to);
    faults(sample.draft().unwrap().template("offer"))
}

/// The faults of one field.
fn field(text: &str) -> Vec<String> {
    template("variants:\n", &format!("fields:\n  - {{{text}}}\nvariants:\n"))
}

#[test]
fn templates_are_listed_and_found() {
    let sample = Sample::new();
    sample.write("templates/blocks/template.yaml", "not one");
    sample.write("templates/offer/sections/template.yaml", "not one");
    let library = sample.draft().unwrap();
    assert_eq!(library.template_ids(), ["offer"]);
    let template = library.template("offer").unwrap();
    assert_eq!((template.id.as_str(), template.sections.len()), ("offer", 2));
}

#[test]
fn an_unknown_template_is_suggested() {
    let library = Sample::new().draft().unwrap();
    for (id, help) in [
        ("ofer", "did you mean `offer`?"),
        ("zzzzzz", "the library has `offer`"),
        ("../offer", "the library has `offer`"),
    ] {
        let problems = library.template(id).unwrap_err();
        assert_eq!((problems.0[0].code, problems.0[0].help.as_deref()), ("L030", Some(help)));
    }
}

#[test]
fn names_of_segments_stages_and_variants_are_known() {
    assert_eq!(template("[small]", "[smal]"), ["L034 there is no segment called `smal`"]);
    assert_eq!(template("[long]", "[lnog]"), ["L034 there is no variant called `lnog`"]);
    assert_eq!(template("owner:", "stages: [won]\nowner:"), ["L034 there is no stage called `won`"]);
    assert_eq!(template("file: cover.md", "file: cover.md, stages: [won]"), ["L034 there is no stage called `won`"]);
}

#[test]
fn a_template_has_variants_sections_and_languages() {
    let said = template("languages: [en]", "languages: []");
    assert_eq!(said, ["L032 the template has no language"]);
    let sample = Sample::new();
    let text = "title: T\nkind: deck\npage: a4\nversion: 1.0.0\nstatus: approved\nlanguages: [en]\nowner: o\nvariants: {}\nsections: []\n";
    sample.write(OFFER, text);
    let said = faults(sample.draft().unwrap().template("offer"));
    assert_eq!(said, ["L032 the template `offer` has no variants", "L032 the template `offer` has no sections"]);
    let sample = Sample::new();
    sample.edit(OFFER, "title: Offer", "title: {en: Offer, fr: Offre}");
    let offer = sample.draft().unwrap().template("offer").unwrap();
    assert_eq!((offer.title.of("en"), offer.title.of("fr-CA")), (Some("Offer"), Some("Offre")));
    assert_eq!(template("title: Offer", "title: {fr: Offre}"), ["L032 the template has no title in `en`"]);
    assert_eq!(template("title: Offer", "title: {en: Offer, french: Offre}"), ["L023 `french` is not a language"]);
}

#[test]
fn ids_are_told_apart() {
    assert_eq!(template("id: terms", "id: cover"), ["L021 two sections are called `cover`"]);
    assert_eq!(template("id: terms", "id: The Terms"), ["L033 `The Terms` cannot be the id of a section"]);
    let sample = Sample::new();
    let text = std::fs::read_to_string(sample.root().join(OFFER)).unwrap();
    sample.write("templates/Big Deal/template.yaml", text);
    sample.write("templates/Big Deal/sections/cover.md", "");
    sample.write("templates/Big Deal/sections/terms.md", "");
    let said = faults(sample.draft().unwrap().template("Big Deal"));
    assert_eq!(said, ["L033 `Big Deal` cannot be the id of a template"]);
}

#[test]
fn page_budgets_can_be_kept() {
    assert_eq!(
        template("min: 8, max: 20", "min: 21, max: 20"),
        ["L035 the variant `long` asks for at least 21 pages and at most 20"]
    );
    assert_eq!(template("max: 5", "max: 0"), ["L035 the variant `short` asks for at most no pages"]);
}

#[test]
fn every_section_stands_in_every_language() {
    let sample = Sample::new();
    sample.edit(OFFER, "[en]", "[en, fr]");
    sample.write("templates/offer/sections/fr/cover.md", "# Couverture\n");
    sample.remove("templates/offer/sections/terms.md");
    sample.write("templates/offer/sections/term.md", "# Terms\n");
    let problems = sample.draft().unwrap().template("offer").unwrap_err();
    let said: Vec<_> = problems.0.iter().map(|p| (p.message.as_str(), p.label.as_deref().unwrap())).collect();
    assert_eq!(
        said,
        [
            ("there is no `templates/offer/sections/terms.md`", "did you mean `term.md`?"),
            ("there is no `templates/offer/sections/fr/terms.md`", "missing in `fr`"),
        ]
    );
}

#[test]
fn languages_exist_and_the_brand_speaks_them() {
    assert_eq!(template("[en]", "[en, en]"), ["L021 `en` is listed twice"]);
    let said = template("[en]", "[en, de]");
    assert_eq!(said[0], "B011 the brand has no words in `de` for the page itself");
    assert!(template("[en]", "[en, english]").contains(&"L023 `english` is not a language".to_string()));
}

#[test]
fn section_paths_stay_inside() {
    for path in ["../cover.md", "/cover.md", "fr/../cover.md", "a\\b.md", "cover.txt", "C:cover.md", "./cover.md"] {
        assert_eq!(
            template("file: cover.md", &format!("file: '{path}'")),
            [format!("L037 `{path}` is no path of a section")]
        );
    }
}

#[test]
fn capitals_count() {
    let said = template("file: cover.md", "file: Cover.md");
    assert_eq!(said, ["L036 there is no `templates/offer/sections/Cover.md`"]);
}

#[test]
fn days_are_in_order() {
    let said = template("owner:", "available: {from: 2027-02-01, until: 2027-01-31}\nowner:");
    assert_eq!(said, ["L038 `from` (2027-02-01) is later than `until` (2027-01-31)"]);
    let same_day = "available: {from: 2027-02-01, until: 2027-02-01}\nowner:";
    let sample = Sample::new();
    sample.edit(OFFER, "owner:", same_day);
    sample.draft().unwrap().template("offer").unwrap();
}

#[test]
fn fields_can_be_answered() {
    let cases = [
        ("id: a-b, label: A, type: text", "L033 `a-b` cannot be the id of a field: sections would read `-` as minus"),
        ("id: a, label: A, type: choice", "L039 the field `a` has nothing to choose from"),
        ("id: a, label: A, type: choice, options: [x, x]", "L039 the field `a` offers `x` twice"),
        ("id: a, label: A, type: text, options: [x]", "L039 the field `a` has `options:`, but is no choice"),
        (
            "id: a, label: A, type: choice, options: [x], default: y",
            "L039 the default of the field `a` is no answer to it: `y` is none of `x`",
        ),
        (
            "id: a, label: A, type: date, default: tomorrow",
            "L039 the default of the field `a` is no answer to it: `tomorrow` is not a day such as `2027-01-15`",
        ),
        (
            "id: a, label: A, type: money, currency: CAD, default: '1,000'",
            "L039 the default of the field `a` is no answer to it: `1,000` is not a number such as `1250.50`",
        ),
        (
            "id: a, label: A, type: percent, default: 5",
            "L039 the default of the field `a` is no answer to it: `5` is not a percentage such as `5%`",
        ),
        (
            "id: a, label: A, type: number, min: 5, default: 4",
            "L039 the default of the field `a` is no answer to it: `4` is below `min`",
        ),
        (
            "id: a, label: A, type: number, max: 5, default: 5.01",
            "L039 the default of the field `a` is no answer to it: `5.01` is above `max`",
        ),
        ("id: a, label: A, type: number, min: 6, max: 5", "L039 `min` (6) of the field `a` is above its `max` (5)"),
        ("id: a, label: A, type: date, min: soon", "L039 `min` of the field `a` is not a day such as `2027-01-15`"),
        (
            "id: a, label: A, type: text, min: 5",
            "L039 the field `a` has a `min`, which only numbers and dates can have",
        ),
        (
            "id: a, label: A, type: number, max_length: 5",
            "L039 the field `a` has a `max_length`, which only text can have",
        ),
        (
            "id: a, label: A, type: text, max_length: 3, default: four",
            "L039 the default of the field `a` is no answer to it: `four` is longer than `max_length`",
        ),
        (
            "id: a, label: A, type: text, pattern: '['",
            "L039 the field `a` has the pattern `[`, which is no regular expression",
        ),
        (
            "id: a, label: A, type: text, pattern: 'a|b', default: ab",
            "L039 the default of the field `a` is no answer to it: `ab` does not fit `pattern`",
        ),
        (
            "id: a, label: A, type: yes_no, default: maybe",
            "L039 the default of the field `a` is no answer to it: `maybe` is not `yes` or `no`",
        ),
    ];
    for (text, expected) in cases {
        assert_eq!(field(text), [expected], "{text}");
    }
    let good = "fields:\n  - {id: a_b, label: A, type: percent, min: 0%, max: 10%, default: 2.5%}\n  - {id: c, label: C, type: yes_no, default: no}\nvariants:\n";
    let sample = Sample::new();
    sample.edit(OFFER, "variants:\n", good);
    sample.draft().unwrap().template("offer").unwrap();
}

#[test]
fn texts_are_utf8_and_shared() {
    let sample = Sample::new();
    sample.write("templates/offer/sections/terms.md", b"\xFF\xFE");
    let library = sample.draft().unwrap();
    let path = "templates/offer/sections/cover.md";
    assert!(Arc::ptr_eq(&library.text(path).unwrap(), &library.text(path).unwrap()));
    assert!(faults(library.text("templates/offer/sections/terms.md"))[0].starts_with("Y001"));
    let problems = library.text("templates/offer/sections/cver.md").unwrap_err();
    assert_eq!(problems.0[0].help.as_deref(), Some("did you mean `templates/offer/sections/cover.md`?"));
}

#[test]
fn fonts_are_those_of_the_brand() {
    let sample = Sample::new();
    sample.edit("brand/brand.yaml", "weight: 700", "weight: 400");
    let library = sample.draft().unwrap();
    assert_eq!(library.font("brand/fonts/regular.ttf").unwrap().weight, 400);
    assert_eq!(faults(library.font("brand/logos/logo.svg")), ["L036 `brand/logos/logo.svg` is no font of the brand"]);
    let problems = library.font("brand/fonts/bold.ttf").unwrap_err();
    let place = problems.0[0].place.as_ref().unwrap();
    assert_eq!(&place.file.text[place.span.clone()], "fonts/bold.ttf");
}

#[test]
fn images_are_shared() {
    let library = Sample::new().draft().unwrap();
    let logo = library.image("brand/logos/logo.svg").unwrap();
    assert!(Arc::ptr_eq(&logo, &library.image("brand/logos/logo.svg").unwrap()));
    assert_eq!(faults(library.image("brand/logos/none.svg")), ["L036 the library has no file `brand/logos/none.svg`"]);
}
