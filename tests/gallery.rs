//! The gallery shows every directive and every layout there is: a new one cannot be forgotten.

use std::fs;
use std::path::{Path, PathBuf};

use collateral::document::model::Kind;
use collateral::document::{attribute_words, directive_names, layout_names};

/// What a slide cannot hold.
const NOT_ON_SLIDES: [&str; 4] = ["toc", "signature", "acceptance", "page-break"];
/// No picture is larger, bytes: the gallery is read over slow lines, too.
const MOST: u64 = 40_000;

fn gallery() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/gallery")
}

/// A section of the gallery's library, with its picture.
struct Part {
    id: String,
    text: String,
    picture: PathBuf,
}

fn parts(template: &str, kind: &str) -> Vec<Part> {
    let folder = gallery().join("library/templates").join(template).join("sections");
    let mut parts: Vec<Part> = fs::read_dir(folder)
        .expect("the gallery has its sections")
        .flatten()
        .map(|entry| {
            let id = entry.path().file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
            let picture = gallery().join(format!("{kind}-{id}.png"));
            Part { text: fs::read_to_string(entry.path()).expect("a section can be read"), picture, id }
        })
        .collect();
    parts.sort_by(|a, b| a.id.cmp(&b.id));
    parts
}

fn shown(parts: &[Part], what: impl Fn(&str) -> bool) -> bool {
    parts.iter().any(|part| part.picture.is_file() && part.text.lines().any(&what))
}

#[test]
fn every_directive_and_layout_has_its_picture() {
    let (pages, slides) = (parts("pages", "page"), parts("slides", "slide"));
    let mut missing = Vec::new();
    for name in directive_names() {
        let begins = |line: &str| {
            let rest = line.trim_start_matches(':');
            line.len() - rest.len() >= 3
                && rest
                    .strip_prefix(name)
                    .is_some_and(|rest| !rest.starts_with(|c: char| c == '-' || c.is_alphanumeric()))
        };
        if !shown(&pages, begins) {
            missing.push(format!("`:::{name}` in pages/"));
        }
        if !NOT_ON_SLIDES.contains(&name) && !shown(&slides, begins) {
            missing.push(format!("`:::{name}` in slides/"));
        }
    }
    for (directive, attribute) in [("chart", "type"), ("callout", "tone")] {
        for word in attribute_words(directive, attribute) {
            let says = |line: &str| {
                line.starts_with(&format!(":::{directive}{{")) && line.contains(&format!("{attribute}={word}"))
            };
            if !shown(&pages, says) {
                missing.push(format!("`:::{directive}{{{attribute}={word}}}` in pages/"));
            }
        }
    }
    for (kind, parts, folder) in [(Kind::Proposal, &pages, "pages"), (Kind::Deck, &slides, "slides")] {
        for layout in layout_names(kind) {
            if !shown(parts, |line| line == format!("layout: {layout}")) {
                missing.push(format!("layout `{layout}` in {folder}/"));
            }
        }
    }
    assert!(
        missing.is_empty(),
        "without a picture in docs/gallery: {}; add a section to docs/gallery/library and run `bash docs/gallery/make.sh`",
        missing.join(", ")
    );
}

#[test]
fn every_picture_is_small_listed_and_of_a_section() {
    let mut faults = Vec::new();
    let index = fs::read_to_string(gallery().join("README.md")).expect("the gallery has an index");
    let mut pictures = Vec::new();
    for (template, kind) in [("pages", "page"), ("slides", "slide")] {
        let listed = fs::read_to_string(gallery().join(format!("library/templates/{template}/template.yaml")))
            .expect("it is there");
        for part in parts(template, kind) {
            if !listed.contains(&format!("  - {{id: {0}, file: {0}.md, rep: may_add}}\n", part.id)) {
                faults.push(format!("{template}/template.yaml does not list `{}`", part.id));
            }
            // The index shows the text as it is.
            if !index.contains(&format!("({kind}-{}.png)\n\n~~~markdown\n{}~~~\n", part.id, part.text)) {
                faults.push(format!("the index does not show {kind}-{} as it is", part.id));
            }
            pictures.push(part.picture);
        }
    }
    for entry in fs::read_dir(gallery()).expect("the gallery is there").flatten() {
        let path = entry.path();
        if path.extension().is_none_or(|end| end != "png") {
            continue;
        }
        if !pictures.contains(&path) {
            faults.push(format!("{} shows no section", path.display()));
        }
        let size = entry.metadata().map_or(u64::MAX, |about| about.len());
        if size > MOST {
            faults.push(format!("{} has {size} bytes, more than {MOST}", path.display()));
        }
    }
    assert!(faults.is_empty(), "{}; run `bash docs/gallery/make.sh`", faults.join("\n"));
}
