//! The sections of the sample library, as their authors wrote them.

use super::*;
use crate::library::Library;
use crate::library::Trust;
use crate::library::days::UsageDays;
use crate::library::files::Source;

fn library() -> Library {
    let root = env!("CARGO_MANIFEST_DIR").into();
    Library::load(Source::Folder(root), Trust::Draft).map_err(|problems| told(&problems)).expect("the sample library")
}

fn clients() -> Vec<Client> {
    let whole = client();
    let mut least = client();
    least.client = Organisation { industry: None, country: None, size: Size::default(), ..least.client };
    least.contact = Person::default();
    least.opportunity = Opportunity::default();
    least.answers.clear();
    vec![whole, least]
}

fn input<'a>(
    sample: &'a Library,
    cache: &'a FillCache,
    template: &'a Template,
    client: &'a Client,
    segment: &'a str,
    variant: &'a str,
) -> FillInput<'a> {
    FillInput {
        content: sample,
        cache,
        template,
        client,
        days: UsageDays::on(Date::constant(2026, 11, 23)),
        number: None,
        segment,
        variant,
        language: "en",
        locale: "en-CA",
        sections: Some(template.sections.iter().map(|section| section.id.value.clone()).collect()),
        quote: None,
        draft: false,
    }
}

#[test]
fn every_section_fills_for_the_fullest_and_the_barest_client() {
    let sample = library();
    let cache = FillCache::default();
    for template in ["proposal", "pitch-deck"].map(|id| sample.template(id).expect("a template")) {
        let yaml = sample.text(&format!("templates/{}/template.yaml", template.id)).expect("a template");
        for (segment, variant) in [("small", "short"), ("mid", "standard"), ("enterprise", "long")] {
            for client in clients() {
                let context = FillContext::new(input(&sample, &cache, &template, &client, segment, variant));
                for section in &template.sections {
                    let variants = &section.variants;
                    let when = section.when.as_ref();
                    let holds = when.map(|when| evaluate_when(&context, when, &yaml).expect("a condition"));
                    let planned = variants.is_empty() || variants.iter().any(|listed| listed.value == variant);
                    if !planned || holds == Some(false) {
                        continue;
                    }
                    let path = format!("templates/{}/sections/{}", template.id, section.file.value);
                    let filled = fill_section(&context, &section.id, &path);
                    let filled = filled.map_err(|problems| panic!("{path}\n{}", told(&problems))).expect("filled");
                    assert!(filled.text.contains("# "), "{path} has a title");
                    assert_eq!(filled.text.lines().count(), filled.lines.len(), "{path}");
                }
            }
        }
    }
}

/// Run by hand with `--ignored --nocapture`, in release.
#[test]
#[ignore = "a measurement"]
fn how_long_a_long_proposal_takes() {
    let sample = library();
    let template = sample.template("proposal").expect("a template");
    let client = client();
    // Reading files is the library's part.
    sample.blocks().expect("blocks");
    sample.files.keys().filter(|path| path.ends_with(".md")).for_each(|path| drop(sample.text(path)));
    let cache = FillCache::default();
    for round in 0..5 {
        let started = std::time::Instant::now();
        let context = FillContext::new(input(&sample, &cache, &template, &client, "enterprise", "long"));
        let (mut sections, mut blocks) = (0, 0);
        for section in &template.sections {
            if section.variants.iter().any(|variant| variant.value == "long") {
                let path = format!("templates/proposal/sections/{}", section.file.value);
                blocks += fill_section(&context, &section.id, &path).expect("filled").blocks.len();
                sections += 1;
            }
        }
        println!("round {round}: {sections} sections, {blocks} blocks in {:?}", started.elapsed());
    }
}
