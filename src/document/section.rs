//! In: [`Filled`] sections. Out: a [`Document`], or every problem of every section at once.

use std::collections::BTreeMap;

use super::build::{self, Whole};
use super::headings;
use super::layouts;
use super::markdown;
use super::model::{Block, BlockKind, Document, Inline, Kind, LinkTarget, Section, SectionLayout, Text};
use super::pricing::Priced;
use super::sink::Sink;
use super::source::{Source, trimmed, within};
use super::tokens::{Piece, push_text};
use super::vocabulary::TOP;
use super::walk::{each_block, each_inline, each_inline_mut, each_text};
use crate::diagnostic::{Checked, Diagnostic, Place, Problems, suggest};
use crate::fill::filled::{Filled, FrontValue};

/// Parses all sections of a document, numbers its footnotes and checks its links from section to section; `priced` is
/// what `:::pricing` shows.
///
/// # Errors
/// Every problem of every section, `D…`.
pub fn parse(kind: Kind, sections: &[Filled], priced: Option<Priced<'_>>) -> Checked<Document> {
    let mut problems = Vec::new();
    let mut read = Vec::with_capacity(sections.len());
    for filled in sections {
        let (section, mut found) = section(kind, filled, priced);
        read.push(section);
        problems.append(&mut found);
    }
    problems.extend(check_together(&read).0);
    if !problems.is_empty() {
        return Err(Problems(problems));
    }
    let mut document = Document { kind, sections: read };
    number_footnotes(&mut document);
    Ok(document)
}

/// Parses one section. Its footnotes count from 1; links to other sections are not checked.
///
/// # Errors
/// Every problem of the section, `D…`.
pub fn parse_section(kind: Kind, filled: &Filled, priced: Option<Priced<'_>>) -> Checked<Section> {
    let (section, problems) = section(kind, filled, priced);
    if problems.is_empty() { Ok(section) } else { Err(Problems(problems)) }
}

fn section(kind: Kind, filled: &Filled, priced: Option<Priced<'_>>) -> (Section, Vec<Diagnostic>) {
    let mut sink = Sink::default();
    let front = &filled.front;
    let layout = front.layout.as_ref().and_then(|front| layouts::read(front, kind, &mut sink));
    let title = front.title.as_ref().map(|front| title(filled, front, &mut sink));
    let notes = front.notes.as_ref().map(|front| notes(filled, front, &mut sink));
    let known = sink.problems.len();
    let mut blocks = build::file(filled, TOP, 0, Whole { kind, priced }, &mut sink);
    headings::settle(&mut blocks);
    check_regions(&blocks, &mut sink);
    let place = whole(filled);
    let has_title = headings::check(&blocks, &mut sink);
    if sink.problems.len() == known {
        if blocks.iter().all(|block| block.kind == BlockKind::PageBreak) {
            let problem = Diagnostic::error("D083", format!("section `{}` is empty", filled.id)).at(place.clone());
            let help = "write its text, or leave the section out with `when:` in template.yaml";
            sink.push(problem.help(help));
        } else if needs_more(layout, front.layout.is_some()) && blocks.iter().all(says_nothing) {
            let message = format!("section `{}` has a heading and nothing else", filled.id);
            let help = "write its text, leave it out with `when:` in template.yaml, or use layout `section`";
            sink.push(Diagnostic::error("D083", message).at(place.clone()).help(help));
        } else if !has_title && (kind == Kind::Deck || layout == Some(SectionLayout::Cover)) {
            let problem = Diagnostic::error("D085", format!("section `{}` has no title", filled.id)).at(place.clone());
            sink.push(problem.help("begin it with `# Title`"));
        }
        if let Some((layout, front)) = layout.zip(front.layout.as_ref()) {
            layouts::check(layout, &blocks, front, &mut sink);
        }
    }
    (Section { id: filled.id.clone(), layout, title, notes, blocks, place }, sink.problems)
}

/// True where a title alone is too little. `two-column` and `big-number` ask for what they show by themselves.
/// Nothing is asked where a word was `given` that is no layout: that is reported already.
fn needs_more(layout: Option<SectionLayout>, given: bool) -> bool {
    layout == Some(SectionLayout::Content) || layout.is_none() && !given
}

/// True for what announces or parts text and is none.
fn says_nothing(block: &Block) -> bool {
    matches!(block.kind, BlockKind::Heading { .. } | BlockKind::PageBreak)
}

/// The first line of a section's text, for messages about the section as a whole.
fn whole(filled: &Filled) -> Place {
    let first = filled.text.split('\n').position(|line| !line.trim().is_empty()).unwrap_or(0);
    trimmed(filled.place(first))
}

fn title(filled: &Filled, front: &FrontValue, sink: &mut Sink) -> Text {
    let line = front.text.split_whitespace().collect::<Vec<_>>().join(" ");
    let source = Source::of_front(filled, &line, &front.place, sink);
    let text = markdown::running_text(&source, source.text(0), 0, sink);
    if headings::is_blank(&text) {
        let problem = Diagnostic::error("D036", "the front matter's title is empty").at(front.place.clone());
        sink.push(problem.help("write it, or remove `title:`"));
    }
    text
}

/// Reads speaker notes as plain text: they are spoken, so they have no mark-up; lines stay lines.
fn notes(filled: &Filled, front: &FrontValue, sink: &mut Sink) -> Text {
    let source = Source::of_front(filled, front.text.trim(), &front.place, sink);
    let mut text = Text::new();
    for line in 0..source.lines.len() {
        if line > 0 {
            text.push(Inline::Break);
        }
        for piece in source.values.pieces(source.text(line)) {
            match piece {
                Piece::Words(words) => push_text(&mut text, words, false),
                Piece::Value(value) => push_text(&mut text, value, true),
            }
        }
    }
    text
}

/// Checks what can only be said of these sections together: that every `#section` link leads to one of them, and that
/// no two regions to edit have one id.
pub fn check_together(sections: &[Section]) -> Problems {
    let mut problems = check_links(sections);
    let mut seen: BTreeMap<&str, (usize, &Place)> = BTreeMap::new();
    for (index, section) in sections.iter().enumerate() {
        each_region(&section.blocks, &mut |id, place| match seen.get(id) {
            // Two in one section were reported with it.
            Some((first, _)) if *first == index => {}
            Some((_, first)) => problems.push(same_region(id, place, first)),
            None => drop(seen.insert(id, (index, place))),
        });
    }
    Problems(problems)
}

/// Reports regions to edit of one section that have one id.
fn check_regions(blocks: &[Block], sink: &mut Sink) {
    let mut seen: BTreeMap<&str, &Place> = BTreeMap::new();
    each_region(blocks, &mut |id, place| match seen.get(id) {
        Some(first) => sink.push(same_region(id, place, first)),
        None => drop(seen.insert(id, place)),
    });
}

/// Calls `look` for each region to edit: its id and place.
fn each_region<'a>(blocks: &'a [Block], look: &mut impl FnMut(&'a str, &'a Place)) {
    each_block(blocks, &mut |block| {
        if let BlockKind::Editable { id, .. } = &block.kind {
            look(id, &block.place);
        }
    });
}

fn same_region(id: &str, place: &Place, first: &Place) -> Diagnostic {
    let place = within(place.clone(), &format!("id={id}"));
    let problem = Diagnostic::error("D110", format!("two regions to edit are called `{id}`")).at(place);
    problem.help(format!("give this one another id; the first is in {}", first.file.path))
}

fn check_links(sections: &[Section]) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    for section in sections {
        each_text(&section.blocks, &mut |text, place| {
            each_inline(text, &mut |inline| match inline {
                Inline::Link { target: LinkTarget::Section(id), .. } if sections.iter().all(|s| s.id != *id) => {
                    problems.push(leads_nowhere(id, sections, place));
                }
                _ => {}
            });
        });
    }
    problems
}

fn leads_nowhere(id: &str, sections: &[Section], place: &Place) -> Diagnostic {
    let problem = Diagnostic::error("D072", format!("this document has no section `{id}` to point at"));
    let problem = match suggest(id, sections.iter().map(|section| section.id.as_str())) {
        Some(meant) => problem.label(format!("did you mean `#{meant}`?")),
        None => problem,
    };
    let help = format!("if it is in some documents only, write `{{% if has_section(\"{id}\") %}}` before the sentence");
    problem.at(within(place.clone(), &format!("#{id}"))).help(help)
}

/// Gives footnotes running numbers through the document; to be called again when a section was dropped.
pub fn number_footnotes(document: &mut Document) {
    let mut next = 1;
    for section in &mut document.sections {
        let mut numbers: BTreeMap<u32, u32> = BTreeMap::new();
        each_inline_mut(&mut section.blocks, &mut |inline| {
            if let Inline::Footnote { number, .. } = inline {
                *number = *numbers.entry(*number).or_insert_with(|| {
                    next += 1;
                    next - 1
                });
            }
        });
    }
}
