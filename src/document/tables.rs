//! In: comrak's table nodes and their lines. Out: a [`Table`] with no cell lost, or what is wrong with it.

use std::ops::Range;

use comrak::nodes::{Node, NodeValue, TableAlignment};

use super::headings::is_blank;
use super::markdown::Reader;
use super::model::{Align, Table, Text};
use crate::diagnostic::Diagnostic;

/// Reads a table; the parser drops surplus cells and adds missing ones without a word, so they are counted here.
pub(super) fn read(
    reader: &mut Reader,
    node: Node<'_>,
    alignments: &[TableAlignment],
    columns: usize,
) -> Option<Table> {
    let mut head = Vec::new();
    let mut rows = Vec::new();
    let known = reader.sink.problems.len();
    for row in node.children() {
        let cells: Vec<Text> = row.children().map(|cell| reader.inlines(cell)).collect();
        if matches!(row.data().value, NodeValue::TableRow(true)) {
            head = cells;
        } else {
            count(reader, row, columns);
            rows.push(cells);
        }
    }
    if rows.is_empty() {
        let problem = Diagnostic::error("D051", "a table has no rows");
        reader.problem(node, "", problem.help("write rows below the line of dashes, or leave the table out"));
        return None;
    }
    let mut all = head.iter().chain(rows.iter().flatten());
    if reader.sink.problems.len() == known && all.all(|cell| is_blank(cell)) {
        let problem = Diagnostic::error("D053", "all cells of this table are blank");
        reader.problem(node, "", problem.help("write its words, or leave the table out with `{% if … %}`"));
        return None;
    }
    let columns = alignments.iter().map(|alignment| match alignment {
        TableAlignment::None | TableAlignment::Left => Align::Start,
        TableAlignment::Center => Align::Centre,
        TableAlignment::Right => Align::End,
    });
    Some(Table { columns: columns.collect(), head, rows })
}

fn count(reader: &mut Reader, row: Node<'_>, columns: usize) {
    let line = reader.source.text(reader.line(row));
    let found = cells(line);
    if !has_bar(line) {
        let problem = Diagnostic::error("D050", "a line without `|` follows a table");
        reader.problem(row, "", problem.help("put an empty line after the table"));
    } else if found != columns {
        let noun = if found == 1 { "cell" } else { "cells" };
        let problem =
            Diagnostic::error("D050", format!("this row has {found} {noun}, its table has {columns} columns"));
        reader.problem(row, "", problem.help("write one cell for each column, and `\\|` for a bar within a cell"));
    }
}

/// Reports a paragraph that was meant as a table: at its lines of dashes, else at its first line with a bar in front.
pub(super) fn broken(reader: &mut Reader, lines: Range<usize>) {
    let rules: Vec<usize> = lines.clone().filter(|line| is_rule(reader.source.text(*line))).collect();
    for rule in &rules {
        let head = if *rule > lines.start { reader.source.text(rule - 1) } else { "" };
        let what = match has_bar(head) {
            true => {
                let dashes = cells(reader.source.text(*rule));
                format!("the line of dashes has {dashes} cells, the head above it has {}", cells(head))
            }
            false => "a line of dashes has no head above it".to_owned(),
        };
        report_broken(reader, *rule, what);
    }
    let row = lines.clone().find(|line| reader.source.text(*line).trim_start().starts_with('|'));
    if let (Some(row), true) = (row, rules.is_empty()) {
        report_broken(reader, row, "a line with `|` is part of no table".to_owned());
    }
}

fn report_broken(reader: &mut Reader, line: usize, what: String) {
    let help = "a table is a head, a line `| --- | --- |` with as many cells, and rows, with an empty line before it";
    reader.sink.push(Diagnostic::error("D052", what).at(reader.source.place(line)).help(help));
}

/// True for the line of dashes under a table's head.
fn is_rule(line: &str) -> bool {
    let dashes = |cell: &str| {
        let cell = cell.trim();
        let cell = cell.strip_prefix(':').unwrap_or(cell);
        let cell = cell.strip_suffix(':').unwrap_or(cell);
        !cell.is_empty() && cell.bytes().all(|b| b == b'-')
    };
    has_bar(line) && inner(line).split('|').all(dashes)
}

/// Counts the cells of a row as the parser would, had it not a fixed number of columns.
fn cells(line: &str) -> usize {
    bars(inner(line)).count() + 1
}

fn has_bar(line: &str) -> bool {
    bars(line).next().is_some()
}

/// A row without the bars at its ends.
fn inner(line: &str) -> &str {
    let line = line.trim();
    let line = line.strip_prefix('|').unwrap_or(line);
    match bars(line).last() {
        Some(last) if last + 1 == line.len() => &line[..last],
        _ => line,
    }
}

/// The bytes at which unescaped bars stand.
pub(super) fn bars(line: &str) -> impl Iterator<Item = usize> {
    let mut escaped = false;
    line.bytes().enumerate().filter_map(move |(at, byte)| {
        let bar = byte == b'|' && !escaped;
        escaped = byte == b'\\' && !escaped;
        bar.then_some(at)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_cells() {
        assert_eq!(cells("| a | b |"), 2);
        assert_eq!(cells("a | b"), 2);
        assert_eq!(cells("| a | |"), 2);
        assert_eq!(cells("| | |"), 2);
        assert_eq!(cells("| a"), 1);
        assert_eq!(cells(r"| a \| b | c \|"), 2);
        assert_eq!(cells(r"a \\| b"), 2);
        assert_eq!(cells("|"), 1);
    }

    #[test]
    fn knows_a_line_of_dashes() {
        assert!(is_rule("| --- | :-: |"));
        assert!(is_rule("---|---:"));
        assert!(!is_rule("---"));
        assert!(!is_rule("| a | --- |"));
        assert!(!is_rule("||"));
    }
}
