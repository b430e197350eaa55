//! In: a `:::comparison`, and what filling set side by side for it. Out: its table.

use super::directives::Node;
use super::model::{Align, BlockKind, Inline, Table, Text, plain_words};
use super::sink::Sink;
use super::source::Source;
use crate::diagnostic::Diagnostic;
use crate::fill::filled::{Answer, Compared};

/// Stands where marketing has no answer.
const NOT_KNOWN: &str = "–";

/// Builds the table: questions, our own answers, those of as many rivals as `limit` lets stand.
pub(super) fn read(node: &Node, source: &Source, sink: &mut Sink) -> Option<BlockKind> {
    let Some(comparison) = &source.filled.comparison else {
        sink.push(Diagnostic::error("D002", "this comparison was not filled").at(source.place(node.line)));
        return None;
    };
    let count = |name: &str| node.attributes.get(name).and_then(|count| count.parse().ok()).unwrap_or(usize::MAX);
    let columns: Vec<&Compared> = comparison.columns.iter().take(count("limit").saturating_add(1)).collect();
    let cell = |column: &Compared, row: usize| match column.answers.get(row) {
        Some(Some(Answer { text, best: true })) => vec![Inline::Strong(plain_words(text))],
        Some(Some(Answer { text, best: false })) => plain_words(text),
        _ => plain_words(NOT_KNOWN),
    };
    let rows = comparison.questions.iter().take(count("questions")).enumerate().map(|(row, question)| {
        std::iter::once(plain_words(question)).chain(columns.iter().map(|column| cell(column, row))).collect()
    });
    Some(BlockKind::Comparison(Table {
        columns: vec![Align::Start; columns.len() + 1],
        rows: rows.collect(),
        head: std::iter::once(Text::new()).chain(columns.iter().map(|column| plain_words(&column.title))).collect(),
    }))
}
