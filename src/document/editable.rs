//! In: an `:::editable` directive and its blocks. Out: a region to edit: any text, or one line to fill in.

use super::build::{count, empty};
use super::directives::Node;
use super::headings::{self, is_blank};
use super::leftovers;
use super::markdown;
use super::marks::parts_of_field;
use super::model::{Block, BlockKind, Field, Inline, Text, plain, plain_words};
use super::sink::Sink;
use super::source::Source;
use super::tables::bars;
use super::vocabulary::either;
use crate::diagnostic::{Diagnostic, Place, suggest};

/// One is no choice, and more than these nobody reads.
const CHOICES: std::ops::RangeInclusive<usize> = 2..=20;
/// A choice is one line, in letters.
const LONGEST_CHOICE: usize = 80;

/// Reads a region; its label is for those who edit it, so it has neither mark-up nor leftovers.
pub(super) fn read(mut blocks: Vec<Block>, node: &Node, source: &Source, sink: &mut Sink) -> Option<BlockKind> {
    headings::refuse(&blocks, "editable", sink);
    let label = words(node.attributes.get("label")?, node, source, sink);
    let kind = node.attributes.get("type");
    let choices = node.attributes.get("choices").map(|text| choices(text, node, source, sink));
    if let Some(kind) = kind.filter(|_| choices.is_some()) {
        let message = format!("`type={kind}` and `choices` contradict each other");
        let problem = Diagnostic::error("D113", message).at(source.place_of(node.line, &format!("type={kind}")));
        sink.push(problem.help("keep `choices` for a list to choose from, or `type` for words of one's own"));
        return None;
    }
    let field = match (kind, choices) {
        (_, Some(choices)) => Some(Field::Choice(choices?)),
        (Some("date"), None) => Some(Field::Date),
        (Some(_), None) => Some(Field::Text),
        (None, None) => None,
    };
    if let Some(field) = &field {
        let place = source.place(node.line);
        let text = line(&blocks, field, &place, sink)?;
        let place = blocks.first().map_or(place, |block| block.place.clone());
        blocks = vec![Block { kind: BlockKind::Paragraph(text), place }];
    } else if blocks.is_empty() {
        empty("editable", node, source, sink);
    }
    let id = node.attributes.get("id")?.to_owned();
    Some(BlockKind::Editable { id, label, field, blocks })
}

/// Plain words of an attribute; what a template left unwritten in them is reported.
fn words(text: &str, node: &Node, source: &Source, sink: &mut Sink) -> String {
    let text = markdown::running_text(source, text, node.line, sink);
    for problem in leftovers::in_text(&text) {
        sink.push(problem.at(source.place(node.line)));
    }
    plain(&text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Reads `January | March | June`; none where no list can be made of it.
fn choices(text: &str, node: &Node, source: &Source, sink: &mut Sink) -> Option<Vec<String>> {
    let place = source.place_of(node.line, &format!("choices=\"{text}\""));
    let known = sink.problems.len();
    let report = |sink: &mut Sink, message: String, help: &str| {
        sink.push(Diagnostic::error("D112", message).at(place.clone()).help(help));
    };
    let ends: Vec<usize> = bars(text).chain([text.len()]).collect();
    let mut choices: Vec<String> = Vec::with_capacity(ends.len());
    let mut start = 0;
    for end in ends {
        let choice = words(&text[start..end], node, source, sink);
        start = end + 1;
        let letters = choice.chars().count();
        if choice.is_empty() {
            report(sink, format!("choice {} is empty", choices.len() + 1), "write it, or take its `|` out");
        } else if choices.iter().any(|other| alike(other, &choice)) {
            report(sink, format!("the choice `{choice}` stands twice"), "keep one");
        } else if letters > LONGEST_CHOICE {
            let message = format!("a choice has {letters} letters, it has {LONGEST_CHOICE} at most: `{choice}`");
            report(sink, message, "say it shorter, and explain it in the text before");
        }
        choices.push(choice);
    }
    if !CHOICES.contains(&choices.len()) {
        let message = format!("`choices` has {}, it takes 2 to 20", count(choices.len(), "choice"));
        let help = if choices.len() < 2 {
            "put `|` between choices: `choices=\"January | March\"`; for words of one's own write `type=text`"
        } else {
            "keep those that are asked for, or let the words be written with `type=text`"
        };
        report(sink, message, help);
    }
    (sink.problems.len() == known).then_some(choices)
}

/// True for choices that a reader of a list cannot tell apart.
fn alike(one: &str, other: &str) -> bool {
    one == other || one.to_lowercase() == other.to_lowercase()
}

/// The line of a field: the strong words that name it, if any, then its value.
fn line(blocks: &[Block], field: &Field, place: &Place, sink: &mut Sink) -> Option<Text> {
    let known = sink.problems.len();
    let text = match blocks {
        [] => Text::new(),
        [Block { kind: BlockKind::Paragraph(text), .. }] => with_head_apart(text),
        [block, others @ ..] => {
            let second = others.first().filter(|_| matches!(block.kind, BlockKind::Paragraph(_))).unwrap_or(block);
            let problem = Diagnostic::error("D114", "a line to fill in is one paragraph").at(second.place.clone());
            let help = "put this before or after the directive; for text of any length leave `type` and `choices` out";
            sink.push(problem.help(help));
            return None;
        }
    };
    let place = blocks.first().map_or(place, |block| &block.place);
    let (head, value) = parts_of_field(&text);
    if !value.iter().all(|inline| matches!(inline, Inline::Text { .. })) {
        let problem = Diagnostic::error("D114", "a value to fill in is plain words").at(place.clone());
        sink.push(
            problem.help("take marks, links and notes out; only words that name the field are strong, before it"),
        );
        return None;
    }
    let Field::Choice(choices) = field else {
        if is_blank(value) {
            let problem = Diagnostic::error("D114", "a line to fill in has no value").at(place.clone());
            sink.push(problem.help("write what holds until somebody changes it, as in `**Start:** March 2027`"));
        }
        return (sink.problems.len() == known).then_some(text);
    };
    let words = plain(value).split_whitespace().collect::<Vec<_>>().join(" ");
    match (choices.first(), words.is_empty()) {
        (Some(first), true) => Some(with_value(head, first)),
        _ if choices.contains(&words) => Some(text),
        _ => {
            sink.push(not_among(&words, choices).at(place.clone()));
            None
        }
    }
}

fn not_among(words: &str, choices: &[String]) -> Diagnostic {
    let problem = Diagnostic::error("D115", format!("`{words}` is not among the choices"));
    let known = || choices.iter().map(String::as_str);
    match suggest(words, known()) {
        Some(meant) => problem.label(format!("did you mean `{meant}`?")).help("write it as in `choices`"),
        None => problem.help(format!("write {}, or add it to `choices`", either(known()))),
    }
}

/// The same text with the colon and space after its strong head in a part of their own.
fn with_head_apart(text: &[Inline]) -> Text {
    let mut text = text.to_vec();
    if let [Inline::Strong(_), Inline::Text { text: words, value: false }, ..] = text.as_mut_slice() {
        let after = words.trim_start_matches([':', '：', ' ', '\u{A0}']).to_owned();
        let between = words[..words.len() - after.len()].to_owned();
        if !between.is_empty() && !after.is_empty() {
            *words = between;
            text.insert(2, Inline::Text { text: after, value: false });
        }
    }
    text
}

/// A head with a value after it.
fn with_value(head: &[Inline], value: &str) -> Text {
    let mut text = head.to_vec();
    let said = plain(head);
    if !said.is_empty() && !said.ends_with(['：', ' ', '\u{A0}']) {
        text.extend(plain_words(" "));
    }
    text.extend(plain_words(value));
    text
}
