//! The authoring guide is true: each example parses and fills, each mistake gets the message that the guide shows, and
//! each picture stands above the text that made it.

mod support;

use std::fs;
use std::path::{Path, PathBuf};

use collateral::library::files::Source;
use collateral::library::{Library, Trust};
use collateral::pipeline::{Engine, Order, lay_out};
use support::workplace::copy;

/// One fenced example and what stands around it.
struct Example {
    /// The line of the guide that opens its fence.
    line: usize,
    /// The words after the fence: `markdown`, `markdown wrong` or `text`.
    kind: String,
    text: String,
    /// The gallery picture that stands right above it, as `page-callout`.
    picture: Option<String>,
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn guide() -> String {
    fs::read_to_string(root().join("docs/authoring.md")).expect("the guide can be read")
}

fn examples(guide: &str) -> Vec<Example> {
    let mut examples = Vec::new();
    let mut picture = None;
    let mut lines = guide.lines().enumerate();
    while let Some((number, line)) = lines.next() {
        if let Some(kind) = line.strip_prefix("~~~") {
            let body = lines.by_ref().map(|(_, line)| line).take_while(|line| *line != "~~~");
            let text: String = body.flat_map(|line| [line, "\n"]).collect();
            examples.push(Example { line: number + 1, kind: kind.to_string(), text, picture: picture.take() });
        } else if let Some((_, rest)) = line.split_once("](gallery/").filter(|_| line.starts_with("![")) {
            picture = rest.strip_suffix(".png)").map(String::from);
        } else if !line.is_empty() {
            picture = None;
        }
    }
    examples
}

/// The section that a gallery picture was made from.
fn section_of(picture: &str) -> Option<PathBuf> {
    let (template, id) = match picture.split_once('-')? {
        ("page", id) => ("pages", id),
        ("slide", id) => ("slides", id),
        _ => return None,
    };
    Some(root().join(format!("docs/gallery/library/templates/{template}/sections/{id}.md")))
}

/// The gallery's library with the sample brand, and a template `offer` for one section after another.
struct Desk {
    folder: tempfile::TempDir,
}

impl Desk {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        copy(&root().join("docs/gallery/library"), folder.path());
        copy(&root().join("brand"), &folder.path().join("brand"));
        copy(&folder.path().join("templates/pages/images"), &folder.path().join("templates/offer/images"));
        Self { folder }
    }

    /// Fills and lays out the text as the section `offer.md` of a proposal or a deck; the problems as people see them.
    fn check(&self, text: &str, deck: bool) -> Result<(), String> {
        let sections = self.folder.path().join("templates/offer/sections");
        fs::create_dir_all(&sections).expect("a folder can be made");
        let (kind, page) = if deck { ("deck", "\"16:9\"") } else { ("proposal", "letter") };
        let template = format!(
            "title: Offer\nkind: {kind}\npage: {page}\nversion: 1.0.0\nstatus: approved\nlanguages: [en]\nowner: marketing@northline.example\n\
             fields:\n  - {{id: start_date, label: Start, type: date, help: First day, example: 2027-01-15}}\n  - {{id: budget, label: Budget, type: money, help: A year, example: 25000}}\n  - {{id: share, label: Share, type: percent, help: At night, example: 40%}}\n\
             variants:\n  short: {{segments: []}}\n  long: {{segments: [all]}}\n\
             sections:\n  - {{id: offer, file: offer.md}}\n  - {{id: service-levels, file: service-levels.md}}\n"
        );
        let write = |path: PathBuf, text: &str| fs::write(path, text).expect("a file can be written");
        write(self.folder.path().join("templates/offer/template.yaml"), &template);
        write(sections.join("offer.md"), text);
        write(sections.join("service-levels.md"), "# Service levels\n\nIn writing.\n");
        let shown = |problems: collateral::diagnostic::Problems| problems.to_terminal(false);
        let library = Library::load(Source::Folder(self.folder.path().to_path_buf()), Trust::Draft).map_err(shown)?;
        let date = jiff::civil::date(2026, 11, 23);
        let order = Order {
            client_file: Some(root().join("docs/gallery/client.yaml")),
            sets: ["answers.budget=25000", "answers.share=40%"].map(String::from).to_vec(),
            ..Order::new("offer", date)
        };
        lay_out(&Engine::new(library), &order).map(|_| ()).map_err(shown)
    }
}

#[test]
fn every_example_of_the_guide_fills_and_every_mistake_gets_its_message() {
    let desk = Desk::new();
    let mut faults = Vec::new();
    let (mut right, mut wrong) = (0, 0);
    let examples = examples(&guide());
    let mut rest = examples.iter();
    while let Some(example) = rest.next() {
        let line = example.line;
        let deck = example.picture.as_deref().is_some_and(|picture| picture.starts_with("slide-"));
        match (example.kind.as_str(), desk.check(&example.text, deck)) {
            ("markdown", Ok(())) => right += 1,
            ("markdown", Err(problems)) => faults.push(format!("line {line} does not fill:\n{problems}")),
            ("markdown wrong", Ok(())) => faults.push(format!("line {line} is no mistake")),
            ("markdown wrong", Err(problems)) => {
                wrong += 1;
                match rest.next() {
                    Some(said) if said.kind == "text" && said.text.trim_end() == problems.trim_end() => {}
                    _ => faults.push(format!("line {line} says:\n{problems}")),
                }
            }
            (kind, _) => faults.push(format!("line {line} opens a fence `{kind}` that nothing checks")),
        }
    }
    assert!(faults.is_empty(), "docs/authoring.md:\n{}", faults.join("\n"));
    assert!(right > 40 && wrong > 8, "only {right} examples and {wrong} mistakes were found");
}

#[test]
fn every_picture_of_the_guide_stands_above_the_text_that_made_it() {
    let guide = guide();
    let mut faults = Vec::new();
    let mut shown = Vec::new();
    for example in examples(&guide) {
        let Some(picture) = example.picture else { continue };
        let made_from = section_of(&picture).and_then(|path| fs::read_to_string(path).ok());
        if !root().join(format!("docs/gallery/{picture}.png")).is_file() || made_from.as_ref() != Some(&example.text) {
            faults.push(format!("line {}: the text is not the one that made {picture}", example.line));
        }
        shown.push(picture);
    }
    // Each part of a page, and each layout of a slide.
    for entry in fs::read_dir(root().join("docs/gallery")).expect("the gallery is there").flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let Some(name) = name.strip_suffix(".png") else { continue };
        let wanted = name.starts_with("page-") || name.starts_with("slide-layout-");
        if wanted && !shown.iter().any(|picture| picture == name) {
            faults.push(format!("the guide does not show {name}"));
        }
    }
    assert!(faults.is_empty(), "{}; `bash docs/gallery/make.sh` puts the texts into the guide", faults.join("\n"));
}
