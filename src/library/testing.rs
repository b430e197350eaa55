//! In: nothing. Out: a small, sound library in a temporary folder, for tests to break.

use std::fs;
use std::path::Path;

use super::files::{Files, Source};
use super::lock::Lock;
use super::{Library, Trust, publish};
use crate::diagnostic::{Checked, Problems};

/// A library on disk that goes when the test ends.
pub(crate) struct Sample {
    folder: tempfile::TempDir,
}

const SETTINGS: &str = "\
name: Acme
locale: en-CA
currency: CAD
size_by: [vehicles]
segments:
  - {id: small, label: Small, below: {vehicles: 25}}
  - {id: large, label: Large}
stages:
  - {id: lead, crm: [Qualification]}
  - {id: proposal}
";

const BRAND: &str = "\
name: Acme
palette: {ink: \"#111111\", paper: \"#FFFFFF\", tint: \"#F2F5F1\", primary: \"#0E3B3A\", accent: \"#F4A024\", muted: \"#55645F\", line: \"#D5DDD8\"}
pairs:
  - {text: ink, on: paper}
type:
  text: {name: Noto Sans Hebrew, files: [{file: fonts/regular.ttf, weight: 400}]}
  display: {name: Noto Sans Hebrew, files: [{file: fonts/bold.ttf, weight: 700}]}
  proposal: {body: 10, small: 9, minimum: 9, ratio: 1.25, leading: 1.4, title: 26, cover: 46, figure: 34}
  deck: {body: 20, small: 14, minimum: 14, ratio: 1.25, leading: 1.3, title: 36, cover: 56, figure: 120}
logo: {on_light: logos/logo.svg, on_dark: logos/logo.svg, width: 100, clear_space: 0.5, minimum_width: 50, alt: Acme}
furniture:
  confidentiality: Confidential
  words:
    en: {prepared_for: for, prepared_by: by, contents: c, page: p, of: of, draft: d, name: n, title: t, date: d, signature: s, signed_for: f, accepted: a}
    fr: {prepared_for: pour, prepared_by: par, contents: c, page: p, of: de, draft: d, name: n, title: t, date: d, signature: s, signed_for: f, accepted: a}
legal: {company: Acme Ltd.}
";

pub(crate) const LOGO: &str =
    r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"><path d="M0 0h40v20z" fill="#123456"/></svg>"##;

const TEMPLATE: &str = "\
title: Offer
kind: proposal
page: letter
version: 1.0.0
status: approved
languages: [en]
owner: marketing@acme.example
variants:
  short: {segments: [small], pages: {max: 5}}
  long: {segments: [large], pages: {min: 8, max: 20}}
sections:
  - {id: cover, file: cover.md}
  - {id: terms, file: terms.md, variants: [long]}
";

const BLOCK: &str = "\
---
title: Price
status: approved
owner: marketing@acme.example
---

### Worth it
";

impl Sample {
    pub fn new() -> Self {
        let sample = Self { folder: tempfile::tempdir().unwrap() };
        let fonts = Source::Embedded.read().unwrap();
        sample.write("brand/brand.yaml", BRAND);
        sample.write("brand/fonts/regular.ttf", fonts["brand/fonts/NotoSansHebrew-Regular.ttf"].as_ref());
        sample.write("brand/fonts/bold.ttf", fonts["brand/fonts/NotoSansHebrew-Bold.ttf"].as_ref());
        sample.write("brand/logos/logo.svg", LOGO);
        sample.write("templates/library.yaml", SETTINGS);
        sample.write("templates/offer/template.yaml", TEMPLATE);
        sample.write("templates/offer/sections/cover.md", "# Cover\n");
        sample.write("templates/offer/sections/terms.md", "# Terms\n");
        sample.write("templates/blocks/objections/price.md", BLOCK);
        sample
    }

    pub fn published() -> Self {
        let sample = Self::new();
        sample.publish(None).unwrap();
        sample
    }

    pub fn root(&self) -> &Path {
        self.folder.path()
    }

    pub fn write(&self, path: &str, bytes: impl AsRef<[u8]>) {
        let path = self.root().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    pub fn remove(&self, path: &str) {
        fs::remove_file(self.root().join(path)).unwrap();
    }

    /// Replaces words of a text file, which must be there.
    pub fn edit(&self, path: &str, from: &str, to: &str) {
        let text = fs::read_to_string(self.root().join(path)).unwrap();
        assert!(text.contains(from), "`{from}` is not in {path}");
        self.write(path, text.replace(from, to));
    }

    pub fn source(&self) -> Source {
        Source::Folder(self.root().to_path_buf())
    }

    pub fn read(&self) -> Checked<Files> {
        self.source().read()
    }

    pub fn draft(&self) -> Checked<Library> {
        Library::load(self.source(), Trust::Draft)
    }

    pub fn locked(&self) -> Checked<Library> {
        Library::load(self.source(), Trust::Locked)
    }

    pub fn publish(&self, version: Option<&str>) -> Checked<Lock> {
        publish::publish(self.root(), version, jiff::civil::date(2026, 11, 23), "A note", &|_| {
            crate::diagnostic::Problems::default()
        })
    }
}

/// `code message` of each problem.
pub(crate) fn said(problems: &Problems) -> Vec<String> {
    problems.0.iter().map(|problem| format!("{} {}", problem.code, problem.message)).collect()
}

/// The faults of a step that must fail; each has a fix, and a place on character boundaries where it has one.
pub(crate) fn faults<T: std::fmt::Debug>(checked: Checked<T>) -> Vec<String> {
    let problems = checked.expect_err("this must be refused");
    assert!(!problems.0.is_empty());
    for problem in &problems.0 {
        assert!(problem.help.is_some() || problem.label.is_some(), "no fix: {problem:?}");
        if let Some(place) = &problem.place {
            assert!(place.file.text.get(place.span.clone()).is_some(), "no such place: {problem:?}");
        }
    }
    said(&problems)
}
