//! Whole sections in, filled text out.

/// Filled text with its value tokens decoded: `⟨value⟩`.
pub(super) fn decoded(text: &str) -> String {
    let mut out = String::new();
    for part in text.split_inclusive('\u{E001}') {
        match part.strip_suffix('\u{E001}').and_then(|part| part.rsplit_once('\u{E000}')) {
            Some((before, hex)) => {
                let byte = |at: usize| u8::from_str_radix(&hex[at..at + 2], 16).expect("hex");
                let bytes: Vec<u8> = (0..hex.len()).step_by(2).map(byte).collect();
                out.push_str(&format!("{before}⟨{}⟩", String::from_utf8(bytes).expect("UTF-8")));
            }
            None => out.push_str(part),
        }
    }
    out
}

mod blocks;
mod currencies;
mod faults;
mod limits;
mod parts;
mod property;
mod quote;
mod sample;
mod values;

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;

use super::content::Firm;
use super::{Content, FillCache, FillContext, FillInput, evaluate_when, fill_section, filled::Filled};
use crate::diagnostic::{Checked, Diagnostic, Problems, SourceFile};
use crate::intake::client::{Answer, Client, Opportunity, Organisation, Person, SectionChoice, Size};
use crate::library::block::Block;
use crate::library::brand::Legal;
use crate::library::days::UsageDays;
use crate::library::settings::Settings;
use crate::library::template::Template;
use crate::plan::quote::Quote;
use crate::source::{Spanned, read, read_part};

const SETTINGS: &str = "
name: Northline Fleet Care
locale: en-CA
currency: CAD
size_by: [vehicles]
segments:
  - {id: small, label: Small business, below: {vehicles: 25}}
  - {id: mid, label: Mid-market, below: {vehicles: 250}}
  - {id: enterprise, label: Enterprise}
stages:
  - {id: qualified_lead}
  - {id: proposal}
";

const TEMPLATE: &str = "
title: Fleet care proposal
kind: proposal
page: letter
version: 1.0.0
status: approved
languages: [en, fr]
owner: marketing@northline.example
fields:
  - {id: start_date, label: Start, type: date}
  - {id: note, label: Note, type: long_text}
  - {id: budget, label: Budget, type: money}
  - {id: fee, label: Fee, type: money, currency: CAD}
  - {id: rate, label: Rate, type: percent}
  - {id: litres, label: Litres, type: number}
  - {id: depots, label: Depots, type: list}
  - {id: urgent, label: Urgent, type: yes_no}
  - {id: programme, label: Programme, type: choice, options: [essential, managed]}
  - {id: yard, label: Yard, type: image}
variants:
  short: {segments: [small]}
  long: {segments: [mid, enterprise]}
sections:
  - {id: cover, file: cover.md}
  - {id: pricing, file: pricing.md}
";

/// A library of a few texts.
pub(super) struct Shop {
    settings: Settings,
    pub template: Template,
    blocks: Vec<Block>,
    texts: BTreeMap<String, Arc<SourceFile>>,
    legal: Legal,
    pub client: Client,
    pub sections: Vec<String>,
    pub quote: Option<Quote>,
    pub draft: bool,
    pub language: &'static str,
    pub locale: &'static str,
}

impl Content for Shop {
    fn text(&self, path: &str) -> Checked<Arc<SourceFile>> {
        self.texts.get(path).cloned().ok_or_else(|| Diagnostic::error("L036", format!("no `{path}`")).into())
    }
    fn blocks(&self) -> Checked<&[Block]> {
        Ok(&self.blocks)
    }
    fn settings(&self) -> &Settings {
        &self.settings
    }
    fn firm(&self) -> Firm<'_> {
        Firm { name: "Northline", legal: &self.legal }
    }
}

pub(super) fn source(path: &str, text: &str) -> Arc<SourceFile> {
    Arc::new(SourceFile { path: path.into(), text: text.into() })
}

pub(super) fn client() -> Client {
    Client {
        client: Organisation {
            name: "Harbour & Sons".into(),
            name_place: None,
            industry: Some("logistics".into()),
            country: Some("CA".into()),
            region: None,
            locale: None,
            size: Size { vehicles: Some(1250), employees: None, locations: Some(1), annual_revenue: None },
            logo: None,
        },
        contact: Person { name: Some("Mara Okafor".into()), title: Some("  ".into()), ..Person::default() },
        opportunity: Opportunity {
            competitors: vec!["in-house".into(), "dealer-service".into()],
            pain_points: vec!["downtime".into()],
            close_date: Some(jiff::civil::date(2027, 2, 1)),
            ..Opportunity::default()
        },
        rep: Person::default(),
        quote: None,
        answers: BTreeMap::from([
            ("start_date".into(), Answer::Date(jiff::civil::date(2027, 1, 15))),
            ("note".into(), Answer::Text("We came by.\n\n- *one*\n- two".into())),
            ("budget".into(), Answer::Decimal("12500.5".parse().expect("a decimal"))),
            ("rate".into(), Answer::Percent("0.05".parse().expect("a decimal"))),
            ("depots".into(), Answer::List(vec!["Hamilton".into(), "Ajax".into(), "Barrie".into()])),
            ("urgent".into(), Answer::YesNo(true)),
            ("programme".into(), Answer::Text("managed".into())),
            ("yard".into(), Answer::Image("yard.png".into())),
        ]),
        sections: SectionChoice::default(),
        case_studies: Vec::new(),
        language: None,
        digest: String::new(),
    }
}

impl Shop {
    pub fn new() -> Self {
        let mut template: Template = read(&source("template.yaml", TEMPLATE)).expect("a template");
        template.id = "proposal".into();
        Self {
            settings: read(&source("library.yaml", SETTINGS)).expect("settings"),
            template,
            blocks: Vec::new(),
            texts: BTreeMap::new(),
            legal: read(&source("legal.yaml", "company: Northline Ltd.\nphone: +1 905 555 0142\n")).expect("legal"),
            client: client(),
            sections: vec!["cover".into()],
            quote: None,
            draft: false,
            language: "en",
            locale: "en-CA",
        }
    }

    pub fn with(mut self, path: &str, text: &str) -> Self {
        self.texts.insert(path.into(), source(path, text));
        self
    }

    /// Adds a block: front matter's lines, then Markdown.
    pub fn block(mut self, id: &str, front: &str, text: &str) -> Self {
        let head = format!("---\ntitle: T\nowner: marketing\nstatus: approved\n{front}---\n");
        let file = source(&format!("templates/blocks/{id}.md"), &format!("{head}{text}"));
        let front = read_part(&file, 4..head.len() - 4).expect("front matter");
        let kind = id.split('/').next().unwrap_or_default().into();
        self.blocks.push(Block { kind, id: id.into(), front, file, body: head.len() });
        self
    }

    /// Adds the French edition of a block.
    pub fn in_french(mut self, id: &str, text: &str) -> Self {
        self = self.block(id, "languages: [fr]\n", text);
        let (kind, name) = id.split_once('/').expect("kind and name");
        if let Some(block) = self.blocks.last_mut() {
            block.file = source(&format!("templates/blocks/{kind}/fr/{name}.md"), &block.file.text);
        }
        self
    }

    pub fn input<'a>(&'a self, cache: &'a FillCache) -> FillInput<'a> {
        FillInput {
            content: self,
            cache,
            template: &self.template,
            client: &self.client,
            days: UsageDays::on(Date::constant(2026, 11, 23)),
            number: None,
            segment: "mid",
            variant: "long",
            language: self.language,
            locale: self.locale,
            sections: Some(self.sections.clone()),
            quote: self.quote.as_ref(),
            draft: self.draft,
        }
    }

    pub fn fill_path(&self, path: &str) -> Checked<Filled> {
        let cache = FillCache::default();
        fill_section(&FillContext::new(self.input(&cache)), "cover", path)
    }

    /// Fills one text.
    pub fn fill(self, text: &str) -> Checked<Filled> {
        self.with("s.md", text).fill_path("s.md")
    }

    pub fn when(&self, text: &str) -> Checked<bool> {
        let yaml = source("template.yaml", &format!("when: \"{}\"", text.replace('"', "\\\"")));
        let cache = FillCache::default();
        let mut input = self.input(&cache);
        input.sections = None;
        let expr = Spanned { value: text.to_string(), span: 6..yaml.text.len() };
        evaluate_when(&FillContext::new(input), &expr, &yaml)
    }
}

/// The decoded text of a section that must be fillable.
pub(super) fn shown(text: &str) -> String {
    match Shop::new().fill(text) {
        Ok(filled) => decoded(&filled.text),
        Err(problems) => panic!("{text}\n{}", told(&problems)),
    }
}

/// Problems as lines: `code message | marked text | label`.
pub(super) fn told(problems: &Problems) -> String {
    let line = |problem: &Diagnostic| {
        let marked = problem.place.as_ref().map_or("", |place| &place.file.text[place.span.clone()]);
        let label = problem.label.as_deref().unwrap_or_default();
        format!("{} {} | {marked} | {label}", problem.code, problem.message)
    };
    problems.0.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// What is wrong with a section.
pub(super) fn faults(text: &str) -> String {
    match Shop::new().fill(text) {
        Ok(filled) => panic!("{text:.200}\nwas filled: {:.200}", decoded(&filled.text)),
        Err(problems) => told(&problems),
    }
}
