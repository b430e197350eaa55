//! In: a section's blocks. Out: problems with its headings: order, levels, emptiness.
//!
//! PDF/UA-1 (7.4.2) wants the levels of headings to begin with the first and to skip none.

use super::model::{Block, BlockKind, Inline, Text, plain};
use super::sink::Sink;
use crate::diagnostic::{Diagnostic, Place};

/// Levels of headings that the brand has a look for.
const DEEPEST: u8 = 3;

/// True for text that shows nothing.
pub(super) fn is_blank(text: &[Inline]) -> bool {
    let marks = |inline: &Inline| matches!(inline, Inline::Footnote { .. } | Inline::Image(_));
    !text.iter().any(marks) && plain(text).trim().is_empty()
}

/// Checks the headings of a section, with those of its blocks; true where it has a title.
pub(super) fn check(blocks: &[Block], sink: &mut Sink) -> bool {
    let mut headings = Vec::new();
    collect(blocks, &mut headings);
    let mut before = 0;
    for (level, text, place) in &headings {
        if let Some(problem) = fault(*level, before, text) {
            sink.push(problem.at((*place).clone()));
        }
        // The levels after a wrong heading are judged by what was meant: no error breeds another.
        before = (*level).clamp(1, DEEPEST);
    }
    !headings.is_empty()
}

/// Checks that a library block leaves the two upper levels to the section around it.
pub(super) fn check_block(blocks: &[Block], sink: &mut Sink) {
    let mut headings = Vec::new();
    collect(blocks, &mut headings);
    for (level, _, place) in headings.into_iter().filter(|(level, ..)| *level < DEEPEST) {
        let problem = Diagnostic::error("D035", format!("a block's heading begins with `{}`", hashes(level)));
        sink.push(problem.at(place.clone()).help("write `###`: a block stands under a section's `##`"));
    }
}

/// Refuses headings inside a directive that has a title of its own.
pub(super) fn refuse(blocks: &[Block], directive: &str, sink: &mut Sink) {
    let mut headings = Vec::new();
    collect(blocks, &mut headings);
    for (_, _, place) in headings {
        let problem = Diagnostic::error("D037", format!("a heading stands in `:::{directive}`"));
        let help = match directive {
            "callout" => "write it as `:::callout{title=\"…\"}`",
            _ => "write it before the directive",
        };
        sink.push(problem.at(place.clone()).help(help));
    }
}

/// Gives the heads of cards and case studies and the names of people their level: one below the last heading before
/// them.
pub(super) fn settle(blocks: &mut [Block]) {
    settle_after(blocks, &mut 0);
}

fn settle_after(blocks: &mut [Block], last: &mut u8) {
    for block in blocks {
        match &mut block.kind {
            BlockKind::Heading { level, .. } => *last = (*level).min(DEEPEST),
            BlockKind::Columns(columns) => columns.iter_mut().for_each(|column| settle_after(column, last)),
            BlockKind::CaseStudy(study) => study.level = *last + 1,
            BlockKind::Cards(cards) => cards.iter_mut().for_each(|card| card.level = *last + 1),
            BlockKind::Team(people) => people.iter_mut().for_each(|person| person.level = *last + 1),
            _ => {}
        }
    }
}

fn collect<'a>(blocks: &'a [Block], headings: &mut Vec<(u8, &'a Text, &'a Place)>) {
    for block in blocks {
        match &block.kind {
            BlockKind::Heading { level, text } => headings.push((*level, text, &block.place)),
            BlockKind::Columns(columns) => columns.iter().for_each(|column| collect(column, headings)),
            _ => {}
        }
    }
}

fn fault(level: u8, before: u8, text: &Text) -> Option<Diagnostic> {
    let written = hashes(level);
    if is_blank(text) {
        return Some(Diagnostic::error("D036", "a heading is empty").help("write its words, or remove the line"));
    }
    if level > DEEPEST {
        let problem = Diagnostic::error("D035", format!("`{written}` is one level more than headings have"));
        return Some(problem.help("use `###`, or **bold** words"));
    }
    if level == 1 && before > 0 {
        let problem = Diagnostic::error("D035", "a second title in one section");
        return Some(problem.help("write `##`, or make it a section of its own"));
    }
    if before == 0 && level > 1 {
        let problem = Diagnostic::error("D035", format!("`{written}` comes before the section's title"));
        return Some(problem.help("begin the section with `# Title`"));
    }
    if level > before + 1 {
        let problem = Diagnostic::error("D035", format!("`{written}` skips a level after `{}`", hashes(before)));
        return Some(problem.help(format!("write `{}`", hashes(before + 1))));
    }
    None
}

fn hashes(level: u8) -> String {
    "#".repeat(usize::from(level))
}
