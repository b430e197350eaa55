//! In: the blocks of a `:::steps`. Out: its [`Step`]s, or what is wrong with them.

use super::build::count;
use super::headings::is_blank;
use super::model::{Block, BlockKind, Inline, Step, Text};
use super::sink::Sink;
use crate::diagnostic::{Diagnostic, Place};

/// One step is no way, and nobody keeps more than these in mind.
const STEPS: std::ops::RangeInclusive<usize> = 2..=7;

/// Reads one numbered list, each item with its head in bold words at its start.
pub(super) fn read(blocks: Vec<Block>, place: &Place, sink: &mut Sink) -> Option<BlockKind> {
    let mut list = None;
    for block in blocks.into_iter().filter(is_markdown) {
        let (message, help) = match block.kind {
            BlockKind::List { start: Some(start), items } if list.is_none() => {
                list = Some((start, items));
                continue;
            }
            BlockKind::List { start: Some(_), .. } => {
                ("a second list begins in `:::steps`", "number all steps in one way, as `1.`, `2.`, `3.`")
            }
            BlockKind::List { start: None, .. } => {
                ("the list in `:::steps` has no numbers", "begin each step with `1.` instead of a dash")
            }
            _ => (
                "this stands in `:::steps` but in no step",
                "put it before or after the directive, or indent it below its step",
            ),
        };
        sink.push(Diagnostic::error("D102", message).at(block.place).help(help));
    }
    let (start, items) = list?;
    if !STEPS.contains(&items.len()) {
        let message = format!("`:::steps` has {}, it takes 2 to 7", count(items.len(), "step"));
        let help = if items.len() < 2 { "say it in a paragraph" } else { "join small steps, or part them in two" };
        sink.push(Diagnostic::error("D104", message).at(place.clone()).help(help));
        return None;
    }
    let steps = items.into_iter().filter_map(|item| step(item, sink)).collect();
    Some(BlockKind::Steps { start, steps })
}

fn step(mut item: Vec<Block>, sink: &mut Sink) -> Option<Step> {
    // An empty item is reported as such.
    let place = item.first()?.place.clone();
    let head = match &item[0].kind {
        BlockKind::Paragraph(text) => split_head(text),
        _ => None,
    };
    let Some((head, rest)) = head else {
        let problem = Diagnostic::error("D103", "this step does not open with bold words");
        sink.push(problem.at(place).help("write `1. **What is done.** How it is done`"));
        return None;
    };
    for block in item.iter().filter(|block| !is_running(block)) {
        let problem = Diagnostic::error("D108", "a step holds paragraphs and lists only");
        sink.push(problem.at(block.place.clone()).help("put it before or after the directive"));
    }
    if is_blank(&rest) {
        item.remove(0);
    } else {
        item[0].kind = BlockKind::Paragraph(rest);
    }
    Some(Step { head, blocks: item })
}

/// False for directives, which are reported where they cannot stand.
pub(super) fn is_markdown(block: &Block) -> bool {
    use BlockKind::{Figure, Heading, List, Paragraph, Table};
    matches!(block.kind, Heading { .. } | Paragraph(_) | List { .. } | Table(_) | Figure(_))
}

/// True for what stands in a step, a card or a person's lines.
pub(super) fn is_running(block: &Block) -> bool {
    match &block.kind {
        BlockKind::Paragraph(_) => true,
        BlockKind::List { items, .. } => items.iter().flatten().all(is_running),
        _ => false,
    }
}

/// Parts a text after the bold words that it opens with, and the sign and footnotes right after them.
fn split_head(text: &[Inline]) -> Option<(Text, Text)> {
    let (Inline::Strong(head), after) = text.split_first()? else { return None };
    if is_blank(head) {
        return None;
    }
    let (mut head, mut rest) = (head.clone(), after.to_vec());
    while let Some(next) = rest.first_mut() {
        match next {
            Inline::Footnote { .. } => head.push(rest.remove(0)),
            Inline::Break => drop(rest.remove(0)),
            Inline::Text { text, value: false } => {
                let signs = text.len() - text.trim_start_matches([':', '.', ',', ';', '!', '?']).len();
                if signs > 0 {
                    head.push(Inline::Text { text: text[..signs].to_owned(), value: false });
                }
                *text = text[signs..].trim_start().to_owned();
                if !text.is_empty() {
                    break;
                }
                rest.remove(0);
            }
            _ => break,
        }
    }
    Some((head, rest))
}
