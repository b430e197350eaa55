//! In: the blocks of a `:::cards` or `:::team`. Out: what stands under each `###`, or what is wrong with it.

use super::build::count;
use super::headings::is_blank;
use super::model::{Block, BlockKind, Card, Person, Text};
use super::sink::Sink;
use super::steps::{is_markdown, is_running};
use crate::diagnostic::{Diagnostic, Place};

/// A head and what stands below it.
struct Headed {
    head: Text,
    blocks: Vec<Block>,
    place: Place,
}

/// What a directive calls its parts and how many it takes.
struct Parts {
    directive: &'static str,
    one: &'static str,
    least: usize,
    most: usize,
    /// What to do about too few of them.
    too_few: &'static str,
}

const CARDS: Parts =
    Parts { directive: "cards", one: "card", least: 2, most: 6, too_few: "write one thing as `:::callout`" };

const TEAM: Parts =
    Parts { directive: "team", one: "person", least: 1, most: 6, too_few: "begin each person with `### Name`" };

/// Reads `### Head` and the paragraphs and lists below it, two to six times.
pub(super) fn cards(blocks: Vec<Block>, place: &Place, sink: &mut Sink) -> Option<BlockKind> {
    let cards = headed(blocks, &CARDS, place, sink)?;
    for card in &cards {
        bare(card, "this card has a head and nothing else", sink);
    }
    let card = |card: Headed| Card { level: 1, head: card.head, blocks: card.blocks, place: card.place };
    Some(BlockKind::Cards(cards.into_iter().map(card).collect()))
}

/// Reads `### Name`, the paragraph that is the role, and what follows, for one to six people.
pub(super) fn team(blocks: Vec<Block>, place: &Place, sink: &mut Sink) -> Option<BlockKind> {
    let people = headed(blocks, &TEAM, place, sink)?;
    let people = people.into_iter().filter_map(|part| person(part, sink)).collect();
    Some(BlockKind::Team(people))
}

fn person(mut part: Headed, sink: &mut Sink) -> Option<Person> {
    if !matches!(part.blocks.first(), Some(Block { kind: BlockKind::Paragraph(_), .. })) {
        if !is_blank(&part.head) {
            let problem = Diagnostic::error("D109", "this person has no role").at(part.place);
            sink.push(problem.help("write it as a line of its own below the name, then an empty line"));
        }
        return None;
    }
    let BlockKind::Paragraph(role) = part.blocks.remove(0).kind else { return None };
    Some(Person { level: 1, name: part.head, role, blocks: part.blocks, place: part.place })
}

fn headed(blocks: Vec<Block>, parts: &Parts, place: &Place, sink: &mut Sink) -> Option<Vec<Headed>> {
    let Parts { directive, one, least, most, too_few } = *parts;
    let mut found: Vec<Headed> = Vec::new();
    // What went wrong before is reported; nothing in it is no fault of its own.
    if blocks.is_empty() {
        return None;
    }
    for block in blocks.into_iter().filter(is_markdown) {
        let is_plain = is_running(&block);
        match (block.kind, found.last_mut()) {
            (BlockKind::Heading { level, text }, _) => {
                head(level, &text, &block.place, parts, sink);
                found.push(Headed { head: text, blocks: Vec::new(), place: block.place });
            }
            (_, None) => {
                let message = format!("this stands in `:::{directive}` before the first `###`");
                let help = format!("begin each {one} with `### Head`, or put it before the directive");
                sink.push(Diagnostic::error("D105", message).at(block.place).help(help));
            }
            (_, Some(_)) if !is_plain => {
                let problem = Diagnostic::error("D108", format!("a {one} holds paragraphs and lists only"));
                sink.push(problem.at(block.place).help("put it before or after the directive"));
            }
            (kind, Some(last)) => last.blocks.push(Block { kind, place: block.place }),
        }
    }
    if !(least..=most).contains(&found.len()) {
        let message = format!("`:::{directive}` has {}, it takes {least} to {most}", count(found.len(), one));
        let help = if found.len() < least { too_few } else { "keep the strongest, or set them as a table" };
        // A directive without a head was reported where its text begins.
        if !found.is_empty() {
            sink.push(Diagnostic::error("D106", message).at(place.clone()).help(help));
        }
        return None;
    }
    Some(found)
}

fn head(level: u8, text: &Text, place: &Place, parts: &Parts, sink: &mut Sink) {
    if is_blank(text) {
        let problem = Diagnostic::error("D036", "a heading is empty").at(place.clone());
        sink.push(problem.help("write its words, or remove the line"));
    } else if level != 3 {
        let message = format!("`{}` stands in `:::{}`", "#".repeat(usize::from(level)), parts.directive);
        let help = format!("write `###`: it begins a {}", parts.one);
        sink.push(Diagnostic::error("D105", message).at(place.clone()).help(help));
    }
}

/// Reports what has a head and nothing else.
fn bare(part: &Headed, message: &str, sink: &mut Sink) {
    if part.blocks.is_empty() && !is_blank(&part.head) {
        let problem = Diagnostic::error("D107", message).at(part.place.clone());
        sink.push(problem.help("write its text below the `###`"));
    }
}
