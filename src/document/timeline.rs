//! In: the lines of a `:::timeline`. Out: [`Moment`]s in order, or what is wrong with each line.

use super::build::{count, empty};
use super::directives::Node;
use super::headings::is_blank;
use super::markdown;
use super::model::Moment;
use super::sink::Sink;
use super::source::Source;
use super::tables::bars;
use super::tokens::Line;
use crate::diagnostic::Diagnostic;

/// One moment is no line, and more than these are a table.
const MOMENTS: std::ops::RangeInclusive<usize> = 2..=8;

/// Reads `when | what | text`, one moment a line; the text may be left out.
pub(super) fn read(node: &Node, source: &Source, sink: &mut Sink) -> Option<Vec<Moment>> {
    let mut moments = Vec::new();
    let mut found = 0;
    for line in node.inside.clone() {
        if !matches!(source.lines.get(line), Some(Line::Text(text)) if text.trim().is_empty()) {
            found += 1;
            moments.extend(moment(line, source, sink));
        }
    }
    if found == 0 {
        empty("timeline", node, source, sink);
        return None;
    }
    if !MOMENTS.contains(&found) {
        let message = format!("`:::timeline` has {}, it takes 2 to 8", count(found, "line"));
        let help = if found < 2 { "say it in a sentence" } else { "join what belongs together, or set it as a table" };
        sink.push(Diagnostic::error("D101", message).at(source.place(node.line)).help(help));
        return None;
    }
    Some(moments)
}

fn moment(line: usize, source: &Source, sink: &mut Sink) -> Option<Moment> {
    let text = source.text(line);
    let mut parts = Vec::new();
    let mut start = 0;
    for bar in bars(text).chain([text.len()]) {
        parts.push(&text[start..bar]);
        start = bar + 1;
    }
    let read = match parts[..] {
        [when, what] => Ok((when, what, "")),
        [when, what, text] => Ok((when, what, text)),
        [_] => Err("this line has no `|` between when and what"),
        _ => Err("this line has more than two `|`"),
    };
    let read = read.and_then(|(when, what, text)| {
        let mut running = |words: &str| markdown::running_text(source, words, line, sink);
        let (when, what, text) = (running(when), running(what), running(text));
        match (is_blank(&when), is_blank(&what)) {
            (true, _) => Err("this line does not say when"),
            (_, true) => Err("this line does not say what happens"),
            _ => Ok(Moment { when, what, text: (!is_blank(&text)).then_some(text) }),
        }
    });
    read.map_err(|what| {
        let help = "write `Week 1 | Kick-off | what happens`, and `\\|` for a bar within the text";
        sink.push(Diagnostic::error("D100", what).at(source.place(line)).help(help));
    })
    .ok()
}
