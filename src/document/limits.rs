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
    filled.text.split('\n').enumerate().find_map(|(at, line)| {
        let (message, help) = if line.len() > LONGEST_LINE {
            (format!("a line is longer than {} KB", LONGEST_LINE >> 10), "end it earlier; a line break is a space")
        } else if depth(line) > DEEPEST {
            (format!("a line begins with more than {DEEPEST} marks of lists or quotes"), "take marks out")
        } else {
            return None;
        };
        Some(Diagnostic::error("D131", message).at(trimmed(filled.place(at))).help(help))
    })
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
