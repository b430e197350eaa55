//! Helpers for tests of this folder: sections as filling would make them.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::model::{Block, BlockKind, Document, Inline, Kind, LinkTarget};
use super::walk::{Part, parts};
use crate::diagnostic::{Diagnostic, SourceFile};
use crate::fill::filled::{Filled, FilledFront, FrontValue, TOKEN_CLOSE, VALUE_OPEN};

mod accepted;
mod properties;
mod refused;

/// A value as filling writes it.
pub(crate) fn token(value: &str) -> String {
    let hex: String = value.bytes().map(|byte| format!("{byte:02x}")).collect();
    format!("{VALUE_OPEN}{hex}{TOKEN_CLOSE}")
}

/// A file whose text is already filled, each line its own source.
fn filled(id: &str, path: &str, text: &str) -> Filled {
    let mut start = 0;
    let lines = text.split('\n').map(|line| {
        let span = start..start + line.len();
        start = span.end + 1;
        span
    });
    Filled {
        id: id.to_owned(),
        lines: lines.collect(),
        file: Arc::new(SourceFile { path: path.to_owned(), text: text.to_owned() }),
        front: FilledFront::default(),
        text: text.to_owned(),
        blocks: Vec::new(),
        case_studies: BTreeMap::new(),
        comparison: None,
        asked_has_section: false,
        locale: "en-CA".to_owned(),
    }
}

fn section(text: &str) -> Filled {
    filled("intro", "templates/proposal/sections/intro.md", text)
}

fn block(id: &str, text: &str) -> Filled {
    filled(id, &format!("templates/blocks/{id}.md"), text)
}

fn front(section: &Filled, text: &str) -> Option<FrontValue> {
    Some(FrontValue { text: text.to_owned(), place: section.place(0) })
}

fn parse(sections: &[Filled]) -> Document {
    super::parse(Kind::Proposal, sections, None).unwrap_or_else(|problems| panic!("{}", show(&problems.0)))
}

fn problems(sections: &[Filled]) -> Vec<Diagnostic> {
    super::parse(Kind::Proposal, sections, None).err().map(|problems| problems.0).unwrap_or_default()
}

/// Problems as lines: `code line `marked` message | label | help`.
fn show(problems: &[Diagnostic]) -> String {
    let shown = problems.iter().map(|problem| {
        let place = problem.place.as_ref().expect("every problem has a place");
        let line = place.file.text[..place.span.start].matches('\n').count() + 1;
        let marked = &place.file.text[place.span.clone()];
        let (label, help) = (problem.label.as_deref().unwrap_or("-"), problem.help.as_deref().unwrap_or("-"));
        format!("{} {line} `{marked}` {} | {label} | {help}", problem.code, problem.message)
    });
    shown.collect::<Vec<_>>().join("\n")
}

/// A document as lines of text: values in «», one block a line, inner blocks indented.
fn sketch(document: &Document) -> String {
    let mut out = String::new();
    for section in &document.sections {
        out.push_str(&format!("section {} {:?}\n", section.id, section.layout));
        for (name, text) in [("title", &section.title), ("notes", &section.notes)] {
            out.extend(text.iter().map(|text| format!("{name} {}\n", inline_sketch(text))));
        }
        sketch_blocks(&section.blocks, 0, &mut out);
    }
    out
}

fn sketch_blocks(blocks: &[Block], indent: usize, out: &mut String) {
    for block in blocks {
        let line = match &block.kind {
            BlockKind::Heading { level, .. } => format!("h{level}"),
            BlockKind::Paragraph(_) => "p".to_owned(),
            BlockKind::List { start: None, .. } => "list".to_owned(),
            BlockKind::List { start: Some(start), .. } => format!("list from {start}"),
            BlockKind::Columns(_) => "columns".to_owned(),
            BlockKind::Table(table) => format!("table {:?}", table.columns),
            BlockKind::Callout { tone, .. } => format!("callout {tone:?}"),
            BlockKind::Stats(_) => "stats".to_owned(),
            BlockKind::Timeline(_) => "timeline".to_owned(),
            BlockKind::Team(people) => format!("team h{}", people[0].level),
            BlockKind::Cards(cards) => format!("cards h{}", cards[0].level),
            BlockKind::Steps { start, .. } => format!("steps from {start}"),
            BlockKind::Chart(chart) => format!("chart {:?} {:?}", chart.kind, chart.values),
            BlockKind::Testimonial { .. } => "testimonial".to_owned(),
            BlockKind::Figure(image) => format!("figure {} ({})", image.path, image.alt),
            other => format!("{other:?}"),
        };
        out.push_str(&format!("{}{line}", "  ".repeat(indent)));
        let parts = parts(&block.kind);
        let texts = parts.iter().filter_map(|part| match part {
            Part::Text(text) => Some(format!(" {}", inline_sketch(text))),
            Part::Blocks(_) => None,
        });
        let separator = if matches!(
            block.kind,
            BlockKind::Table(_) | BlockKind::Stats(_) | BlockKind::Timeline(_) | BlockKind::Chart(_)
        ) {
            " |"
        } else {
            ""
        };
        out.push_str(&texts.collect::<Vec<_>>().join(separator));
        out.push('\n');
        for part in parts {
            if let Part::Blocks(blocks) = part {
                out.push_str(&format!("{}-\n", "  ".repeat(indent + 1)));
                sketch_blocks(blocks, indent + 1, out);
            }
        }
    }
}

fn inline_sketch(text: &[Inline]) -> String {
    let parts = text.iter().map(|inline| match inline {
        Inline::Text { text, value: false } => text.clone(),
        Inline::Text { text, value: true } => format!("«{text}»"),
        Inline::Strong(inner) => format!("<b {}>", inline_sketch(inner)),
        Inline::Emphasis(inner) => format!("<i {}>", inline_sketch(inner)),
        Inline::Link { target: LinkTarget::Uri(uri), text } => format!("<a {uri} {}>", inline_sketch(text)),
        Inline::Link { target: LinkTarget::Section(id), text } => format!("<a #{id} {}>", inline_sketch(text)),
        Inline::Image(image) => format!("<img {} ({})>", image.path, image.alt),
        Inline::Break => "<br>".to_owned(),
        Inline::Footnote { number, text } => format!("<note {number} {}>", inline_sketch(text)),
    });
    parts.collect()
}
