use super::*;
use crate::library::testing::{Sample, faults};

#[test]
fn the_sample_library_is_sound_and_needs_no_lock() {
    let library = Library::load(Source::Embedded, Trust::Locked).unwrap();
    assert_eq!(library.brand.name, "Northline Fleet Care");
    assert_eq!(library.settings.segments.len(), 3);
    for id in library.template_ids() {
        library.template(&id).unwrap();
    }
    assert!(!library.blocks().unwrap().is_empty());
}

#[test]
fn a_library_is_shared_between_threads() {
    fn is_sync<T: Sync + Send>() {}
    is_sync::<Library>();
    let library = Sample::new().draft().unwrap();
    let fonts: Vec<_> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..4).map(|_| scope.spawn(|| library.font("brand/fonts/bold.ttf").unwrap())).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    assert!(fonts.iter().all(|font| Arc::ptr_eq(font, &fonts[0])));
}

#[test]
fn without_a_lock_only_a_draft_goes_on() {
    let sample = Sample::new();
    assert_eq!(faults(sample.locked()), ["L011 the library was never published: it has no lock"]);
    sample.draft().unwrap();
}

#[test]
fn a_draft_does_not_look_at_the_lock() {
    let sample = Sample::published();
    sample.edit("templates/library.yaml", "Acme", "Other");
    sample.write(LOCK, "damaged");
    assert_eq!(sample.draft().unwrap().settings.name, "Other");
    assert_eq!(faults(sample.locked()), ["L012 the library's lock cannot be read"]);
}

#[test]
fn faults_of_both_files_come_together() {
    let sample = Sample::new();
    sample.edit("templates/library.yaml", "name: Acme", "nmae: Acme");
    sample.edit("brand/brand.yaml", "name: Acme", "nmae: Acme");
    let problems = sample.draft().unwrap_err();
    let mut files: Vec<&str> = problems.0.iter().map(|p| p.place.as_ref().unwrap().file.path.as_str()).collect();
    files.dedup();
    assert_eq!(files, [SETTINGS, BRAND]);
}

/// The faults after one change of the settings.
fn settings(from: &str, to: &str) -> Vec<String> {
    let sample = Sample::new();
    sample.edit("templates/library.yaml", from, to);
    faults(sample.draft())
}

#[test]
fn locale_and_currency_exist() {
    assert_eq!(settings("en-CA", "english_canada"), ["L023 `english_canada` is not a locale"]);
    assert_eq!(settings("CAD", "CA$"), ["L024 `CA$` is not a currency"]);
    assert_eq!(settings("CAD", "cad"), ["L024 `cad` is not a currency"]);
}

#[test]
fn managers_have_names_and_each_is_listed_once() {
    let managers = |list: &str| settings("size_by:", &format!("managers: {list}\nsize_by:"));
    for nameless in ["\"\"", "\"  \"", "\"\\u200B\"", "\"Kim\\nLee\""] {
        assert_eq!(managers(&format!("[{nameless}]")), ["L070 a manager's name cannot be printed"], "{nameless}");
    }
    for twice in ["Kim Lee", "kim  LEE", "\"Kim\\u00A0Lee\"", "Ｋｉｍ Ｌｅｅ"] {
        let found = managers(&format!("[Kim Lee, {twice}]"));
        assert!(found.len() == 1 && found[0].starts_with("L071 the manager `"), "{twice}: {found:?}");
    }
}

#[test]
fn measures_are_known() {
    assert_eq!(settings("[vehicles]", "[vehicels]"), ["L020 there is no measure of size called `vehicels`"]);
    assert_eq!(settings("[vehicles]", "[]"), ["L020 `size_by` names no measure of a client's size"]);
    assert_eq!(settings("{vehicles: 25}", "{vans: 25}"), ["L020 there is no measure of size called `vans`"]);
}

#[test]
fn segments_grow_and_only_the_last_is_open() {
    let small = "  - {id: small, label: Small, below: {vehicles: 25}}\n";
    assert_eq!(
        settings(small, "  - {id: small, label: Small}\n"),
        ["L022 the segment `small` has no bound, so that those after it are never reached"]
    );
    assert_eq!(
        settings("label: Large", "label: Large, below: {vehicles: 100}"),
        ["L022 the last segment, `large`, has a bound, so that larger clients are in none"]
    );
    assert_eq!(
        settings(small, &format!("{small}  - {{id: mid, label: Mid, below: {{vehicles: 25, employees: 9}}}}\n")),
        [
            "L022 the bound of `mid` for vehicles (25) is not above that of `small` (25)",
            "L022 the segment `small` has no bound for employees, but another has",
        ]
    );
    assert_eq!(settings("id: large", "id: small"), ["L021 two segments are called `small`"]);
    assert_eq!(settings("id: large", "id: Large One"), ["L033 `Large One` cannot be the id of a segment"]);
}

#[test]
fn stages_are_told_apart() {
    assert_eq!(settings("id: proposal", "id: lead"), ["L021 two stages are called `lead`"]);
    assert_eq!(
        settings("{id: proposal}", "{id: proposal, crm: [qualification]}"),
        ["L021 the CRM's `qualification` stands for two stages, `lead` and `proposal`"]
    );
}

/// The faults after one change of the brand.
fn brand(from: &str, to: &str) -> Vec<String> {
    let sample = Sample::new();
    sample.edit("brand/brand.yaml", from, to);
    faults(sample.draft())
}

#[test]
fn the_palette_has_what_the_layout_needs() {
    assert_eq!(brand("muted:", "quiet:"), ["B001 the palette has no `muted`"]);
    assert_eq!(brand("{text: ink,", "{text: inc,"), ["B002 there is no colour in the palette called `inc`"]);
    assert_eq!(
        brand("legal:", "motif: {colour: acent}\ndraft: {colour: red}\nlegal:"),
        ["B002 the palette has no `acent`, which `motif` names", "B002 the palette has no `red`, which `draft` names"]
    );
    assert_eq!(
        brand("legal:", "motif: {counts: vans}\nlegal:"),
        ["B013 the motif counts `vans`, which is no measure of size"]
    );
}

#[test]
fn contrast_is_held_to_wcag() {
    // The published ratios: black on white, and the grey that just misses AA.
    let hex = |text| crate::library::brand::Colour::from_hex(text).unwrap();
    assert!((crate::library::contrast(hex("#000000"), hex("#FFFFFF")) - 21.0).abs() < 1e-9);
    assert!((crate::library::contrast(hex("#777777"), hex("#FFFFFF")) - 4.48).abs() < 0.005);
    assert!((crate::library::contrast(hex("#FFFFFF"), hex("#767676")) - 4.54).abs() < 0.005);
    assert_eq!(
        brand("#55645F", "#777777"),
        ["B003 `muted` (#777777) on `paper` (#FFFFFF) has a contrast of 4.47:1; 4.5:1 is the least"]
    );
    assert_eq!(
        brand("{text: ink, on: paper}", "{text: accent, on: paper, large: true}"),
        ["B003 `accent` (#F4A024) on `paper` (#FFFFFF) has a contrast of 2.12:1; 3:1 is the least"]
    );
    // Listing a pair as large does not excuse it where the layout sets small text in it.
    let sample = Sample::new();
    sample.edit("brand/brand.yaml", "#55645F", "#777777");
    sample.edit("brand/brand.yaml", "{text: ink, on: paper}", "{text: muted, on: paper, large: true}");
    assert_eq!(faults(sample.draft()).len(), 1);
}

#[test]
fn files_that_the_brand_names_exist() {
    assert_eq!(brand("fonts/bold.ttf", "fonts/bodl.ttf"), ["B004 there is no `brand/fonts/bodl.ttf`"]);
    assert_eq!(brand("on_dark: logos/logo.svg", "on_dark: logo.svg"), ["B010 there is no `brand/logo.svg`"]);
    assert_eq!(brand("fonts/bold.ttf", "fonts/regular.ttf"), ["B012 `fonts/regular.ttf` is named twice"]);
    for path in ["../secret.ttf", "/etc/passwd", "fonts/../bold.ttf", "C:/x.ttf", "./bold.ttf", "fonts//bold.ttf"] {
        assert_eq!(brand("fonts/bold.ttf", path), [format!("L037 `{path}` is no path below `brand/`")]);
    }
    assert_eq!(
        brand("files: [{file: fonts/bold.ttf, weight: 700}]", "files: []"),
        ["B004 the family `Noto Sans Hebrew` has no files"]
    );
    assert_eq!(brand("weight: 700", "weight: 7"), ["B007 `Noto Sans Hebrew` has the weight 7"]);
}

#[test]
fn a_near_name_is_suggested() {
    let sample = Sample::new();
    sample.edit("brand/brand.yaml", "fonts/bold.ttf", "fonts/bodl.ttf");
    let problems = sample.draft().unwrap_err();
    assert_eq!(problems.0[0].label.as_deref(), Some("did you mean `fonts/bold.ttf`?"));
}

#[test]
fn scales_and_lengths_can_be_set() {
    assert_eq!(
        brand("body: 10, small: 9", "body: 8, small: 9"),
        ["B009 the type scale of a proposal cannot be: `small` (9 pt) is larger than `body` (8 pt)"]
    );
    assert_eq!(brand("leading: 1.3,", "leading: 13,").len(), 1);
    assert_eq!(brand("ratio: 1.25, leading: 1.3,", "ratio: 0, leading: 1.3,").len(), 1);
    assert_eq!(
        brand("minimum_width: 50", "minimum_width: 150"),
        ["B010 the logo is 100 pt wide and may not be narrower than 150"]
    );
    assert_eq!(brand("legal:", "spacing: {margin_mm: 200}\nlegal:"), ["B013 `margin_mm` is 200"]);
}

#[test]
fn measures_are_in_their_range() {
    // Letter paper is 612 pt wide; nothing here can be negative, endless or no number.
    let absurd = ["100000", "-1", "1e30", "-1e-30", ".nan", ".inf", "NaN"];
    let measures = [
        ("width: 100,", "width: {},"),
        ("minimum_width: 50,", "minimum_width: {},"),
        ("clear_space: 0.5,", "clear_space: {},"),
        ("legal:", "spacing: {unit: {}}\nlegal:"),
        ("legal:", "spacing: {margin_mm: {}}\nlegal:"),
        ("legal:", "spacing: {radius: {}}\nlegal:"),
        ("legal:", "tables: {rule: {}}\nlegal:"),
        ("legal:", "tables: {cell_padding: {}}\nlegal:"),
        ("ratio: 1.25,", "ratio: {},"),
        ("leading: 1.3,", "leading: {},"),
    ];
    for (from, to) in measures {
        for value in absurd {
            let said = brand(from, &to.replacen("{}", value, 1));
            assert!(!said.is_empty(), "{to} with {value} is accepted");
        }
    }
    for size in ["minimum", "small", "body", "title", "cover", "figure"] {
        for value in absurd {
            let sample = Sample::new();
            let text = std::fs::read_to_string(sample.root().join("brand/brand.yaml")).unwrap();
            let at = text.find(&format!("{size}: ")).expect("the scale has it");
            let end = at + text[at..].find([',', '}']).expect("it ends");
            sample.write("brand/brand.yaml", format!("{}{size}: {value}{}", &text[..at], &text[end..]));
            assert!(!faults(sample.draft()).is_empty(), "{size} with {value} is accepted");
        }
    }
}
