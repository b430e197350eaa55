//! In: the filled text of a section or block. Out: what makes it larger than a page-making program should read.

use super::source::trimmed;
use crate::diagnostic::Diagnostic;
use crate::fill::filled::Filled;

/// Longest filled text of one section or block, bytes. Values are in it as hexadecimal, twice as long as they are.
/// A page of prose has about 4,000.
const LONGEST: usize = 1024 * 1024;
/// Most lines of one section or block. Each may become a paragraph, which takes about 10 KB until it is on a page.
const MOST_LINES: usize = 5_000;
/// Longest line, bytes. The Markdown parser looks at some marks together with all others of their paragraph.
const LONGEST_LINE: usize = 64 * 1024;
/// Most marks of lists and quotes at the beginning of a line; pages show four levels.
const DEEPEST: usize = 16;
/// Most columns of a table. No page has room for more; the page itself says what fits (X007).
const MOST_COLUMNS: usize = 20;
/// Most cells of all tables of one section or block. Each takes about 4 KB until it is on a page.
const MOST_CELLS: usize = 20_000;

/// Says what is too large, if anything is.
pub(super) fn fault(filled: &Filled) -> Option<Diagnostic> {
    let split = "split it into several sections, or give its loops a limit";
    let id = &filled.id;
    if filled.text.len() > LONGEST {
        let message = format!("`{id}` is longer than {} KB when filled", LONGEST >> 10);
        return Some(Diagnostic::error("D130", message).at(trimmed(filled.place(0))).help(split));
    }
    if filled.text.split('\n').nth(MOST_LINES).is_some() {
        let message = format!("`{id}` has more than {MOST_LINES} lines when filled");
        return Some(Diagnostic::error("D130", message).at(trimmed(filled.place(MOST_LINES))).help(split));
    }
    let long = filled.text.split('\n').enumerate().find_map(|(at, line)| {
        let (message, help) = if line.len() > LONGEST_LINE {
            (format!("a line is longer than {} KB", LONGEST_LINE >> 10), "end it earlier; a line break is a space")
        } else if depth(line) > DEEPEST {
            (format!("a line begins with more than {DEEPEST} marks of lists or quotes"), "take marks out")
        } else {
            return None;
        };
        Some(Diagnostic::error("D131", message).at(trimmed(filled.place(at))).help(help))
    });
    long.or_else(|| table_fault(filled))
}

/// Counts the columns and cells of tables by their lines, before a parser builds them. Each line up to an empty one is
/// a row, however few cells it has: the parser adds those that are missing.
fn table_fault(filled: &Filled) -> Option<Diagnostic> {
    let (mut columns, mut cells) = (0, 0_usize);
    for (at, line) in filled.text.split('\n').enumerate() {
        let line = line.trim_start_matches([' ', '\t', '>']).trim_end();
        if line.is_empty() {
            columns = 0;
        } else if let Some(found) = delimited_columns(line) {
            columns = columns.max(found);
        }
        cells = cells.saturating_add(columns);
        let (code, message, help) = if columns > MOST_COLUMNS {
            let message = format!("the table has {columns} columns; {MOST_COLUMNS} are the most");
            ("D132", message, "take columns out, or make two tables of it")
        } else if cells > MOST_CELLS {
            let message = format!("the tables of `{}` have more than {MOST_CELLS} cells", filled.id);
            ("D133", message, "take rows out, or split it into several sections")
        } else {
            continue;
        };
        return Some(Diagnostic::error(code, message).at(trimmed(filled.place(at))).help(help));
    }
    None
}

/// How many columns the line below a table's head (`|---|:-:|`) describes; none for any other line.
fn delimited_columns(line: &str) -> Option<usize> {
    let is_rule =
        line.contains('-') && line.chars().all(|c| matches!(c, '|' | '-' | ':' | ' ' | '\t' | '\x0B' | '\x0C' | '\r'));
    let inner = line.strip_prefix('|').unwrap_or(line);
    let inner = inner.strip_suffix('|').unwrap_or(inner);
    (is_rule && line.contains(['|', ':'])).then(|| inner.split('|').count())
}

/// How many marks of lists (`-`, `*`, `+`, `1.`) and quotes (`>`) a line begins with.
fn depth(line: &str) -> usize {
    let mut rest = line.trim_start();
    let mut depth = 0;
    loop {
        let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let after = if let Some(after) = rest.strip_prefix('>') {
            after
        } else if let Some(after) = rest[digits..].strip_prefix(['.', ')', '-', '*', '+'])
            && after.starts_with([' ', '\t'])
        {
            after
        } else {
            return depth;
        };
        depth += 1;
        rest = after.trim_start();
    }
}
