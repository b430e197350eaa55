//! The sections of the sample library, as their authors wrote them.

use std::path::{Path, PathBuf};

use super::*;

/// The sample library's texts, read from disk.
struct Sample {
    root: PathBuf,
    settings: Settings,
    blocks: Vec<Block>,
}

impl Content for Sample {
    fn text(&self, path: &str) -> Checked<Arc<SourceFile>> {
        let text = std::fs::read_to_string(self.root.join(path)).expect("a file of the sample library");
        Ok(source(path, &text))
    }
    fn blocks(&self) -> Checked<&[Block]> {
        Ok(&self.blocks)
    }
    fn settings(&self) -> &Settings {
        &self.settings
    }
    fn brand_name(&self) -> &str {
        "Northline Fleet Care"
    }
}

fn paths(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> =
        std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    paths
}

impl Sample {
    fn new() -> Self {
        let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
        let settings = std::fs::read_to_string(root.join("templates/library.yaml")).expect("library.yaml");
        let mut blocks = Vec::new();
        for path in paths(&root.join("templates/blocks")).iter().flat_map(|kind| paths(kind)) {
            let text = std::fs::read_to_string(&path).expect("a block");
            let end = text[4..].find("\n---\n").expect("front matter") + 4;
            let file = source(path.strip_prefix(&root).expect("inside").to_str().expect("UTF-8"), &text);
            let front = read_part(&file, 4..end + 1).expect("front matter");
            let id = file.path.trim_start_matches("templates/blocks/").trim_end_matches(".md").to_string();
            let kind = id.split('/').next().unwrap_or_default().into();
            blocks.push(Block { kind, id, front, file, body: end + 5 });
        }
        Self { root, settings: read(&source("library.yaml", &settings)).expect("settings"), blocks }
    }

    fn template(&self, id: &str) -> Template {
        let file = self.text(&format!("templates/{id}/template.yaml")).expect("a template");
        let mut template: Template = read(&file).expect("a template");
        template.id = id.into();
        template
    }
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
    sample: &'a Sample,
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
        date: Date::constant(2026, 11, 23),
        number: None,
        segment,
        variant,
        language: "en",
        locale: "en-CA",
        sections: Some(template.sections.iter().map(|section| section.id.value.clone()).collect()),
        draft: false,
    }
}

#[test]
fn every_section_fills_for_the_fullest_and_the_barest_client() {
    let sample = Sample::new();
    let cache = FillCache::default();
    for template in ["proposal", "pitch-deck"].map(|id| sample.template(id)) {
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
    let sample = Sample::new();
    let template = sample.template("proposal");
    let client = client();
    let texts: BTreeMap<String, Arc<SourceFile>> = template
        .sections
        .iter()
        .map(|section| format!("templates/proposal/sections/{}", section.file.value))
        .map(|path| (path.clone(), sample.text(&path).expect("a section")))
        .collect();
    struct Read<'a>(&'a Sample, BTreeMap<String, Arc<SourceFile>>);
    impl Content for Read<'_> {
        fn text(&self, path: &str) -> Checked<Arc<SourceFile>> {
            Ok(Arc::clone(&self.1[path]))
        }
        fn blocks(&self) -> Checked<&[Block]> {
            self.0.blocks()
        }
        fn settings(&self) -> &Settings {
            self.0.settings()
        }
        fn brand_name(&self) -> &str {
            "Northline Fleet Care"
        }
    }
    let read = Read(&sample, texts);
    let cache = FillCache::default();
    for round in 0..5 {
        let started = std::time::Instant::now();
        let mut input = input(&sample, &cache, &template, &client, "enterprise", "long");
        input.content = &read;
        let context = FillContext::new(input);
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
