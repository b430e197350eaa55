//! In: the price book that is there, and what the person asked for. Out: the head of the new one: version, days,
//! rounding, how long quotes hold, discounts and taxes, which no spreadsheet holds.

use std::sync::Arc;

use jiff::civil::Date;

use super::write::scalar;
use crate::diagnostic::{Checked, Diagnostic, Place, Problems, SourceFile};
use crate::source::{self, Node};

/// What the person says about the new book.
#[derive(Debug, Default, Clone)]
pub struct Head {
    pub version: Option<String>,
    pub from: Option<Date>,
    pub until: Option<Date>,
}

/// The text above the items, in two parts: before and after the currencies.
#[derive(Debug)]
pub struct Kept {
    pub before: String,
    pub after: String,
    /// The keys that were taken from the book that is there.
    pub keys: Vec<&'static str>,
    pub had_rounding: bool,
}

/// Keys that come before the currencies, and those after.
const BEFORE: [&str; 2] = ["version", "valid"];
const AFTER: [&str; 5] = ["rounding", "quotes", "discounts", "tax_classes", "taxes"];
/// How a book rounds that was never told.
const ROUNDING: &str = "rounding: {mode: half_up, per: line}\n";

/// Settles the head. Parts are kept letter by letter, with the comments above them.
///
/// # Errors
/// `Y…` where the book that is there is no YAML, `I013` where it is not written line by line, `I014` where nothing says
/// what the new book is called or when it is valid.
pub(super) fn settle(head: &Head, there: Option<&Arc<SourceFile>>) -> Checked<Kept> {
    let node = there.map(|file| source::parse(file, 0..file.text.len())).transpose()?;
    let old = there.zip(node.as_ref());
    if let Some((file, node)) = old {
        by_lines(file, node)?;
    }
    let mut kept = Kept { before: String::new(), after: String::new(), keys: Vec::new(), had_rounding: false };
    let mut problems = Problems::default();
    for key in BEFORE {
        let asked = match key {
            "version" => head.version.as_ref().map(|version| format!("version: {}\n", scalar(version))),
            _ => days(head, old.map(|(_, node)| node)),
        };
        match asked.or_else(|| old.and_then(|(file, node)| kept_part(file, node, key)).inspect(|_| kept.keys.push(key)))
        {
            Some(part) => kept.before += &part,
            None => problems.push(nothing_says(key)),
        }
    }
    for key in AFTER {
        let part = old.and_then(|(file, node)| kept_part(file, node, key));
        if let Some(part) = part {
            kept.after += &format!("\n{part}");
            kept.keys.push(key);
        } else if key == "rounding" {
            kept.after += &format!("\n{ROUNDING}");
        }
    }
    kept.had_rounding = kept.keys.contains(&"rounding");
    if problems.has_errors() { Err(problems) } else { Ok(kept) }
}

fn nothing_says(key: &str) -> Diagnostic {
    if key == "version" {
        Diagnostic::error("I014", "nothing says what the new price book is called")
            .help("name it, such as `--book 2027.1`")
    } else {
        Diagnostic::error("I014", "nothing says when the new prices are valid")
            .help("add both days, such as `--from 2027-01-01 --until 2027-12-31`")
    }
}

/// The days that were asked for; one of them may be that of the book that is there.
fn days(head: &Head, node: Option<&Node>) -> Option<String> {
    if head.from.is_none() && head.until.is_none() {
        return None;
    }
    let old = |key: &str| Some(node?.get("valid")?.get(key)?.as_text()?.to_string());
    let from = head.from.map(|day| day.to_string()).or_else(|| old("from"))?;
    let until = head.until.map(|day| day.to_string()).or_else(|| old("until"))?;
    Some(format!("valid: {{from: {}, until: {}}}\n", scalar_day(&from), scalar_day(&until)))
}

fn scalar_day(day: &str) -> String {
    if source::date(day).is_some() { day.to_string() } else { scalar(day) }
}

/// A book in braces has no lines that could be kept.
fn by_lines(file: &Arc<SourceFile>, node: &Node) -> Checked<()> {
    let at_line = |start: usize| start == 0 || file.text.as_bytes().get(start - 1) == Some(&b'\n');
    let Some((key, _)) = node.entries().iter().find(|(key, _)| !at_line(key.span.start)) else { return Ok(()) };
    let place = Place { file: Arc::clone(file), span: key.span.clone() };
    Err(Diagnostic::error("I013", "the price book that is there is not written with a key on each line")
        .at(place)
        .label("within a line")
        .help("write it line by line, so that its taxes and limits can be kept, or move it out of the library")
        .into())
}

/// The lines of one key, with the comments above it, without empty lines at the end.
fn kept_part(file: &SourceFile, node: &Node, key: &str) -> Option<String> {
    let index = node.entries().iter().position(|(known, _)| known.value == key)?;
    let start = with_comments(&file.text, node.entries().get(index)?.0.span.start);
    let end =
        node.entries().get(index + 1).map_or(file.text.len(), |(next, _)| with_comments(&file.text, next.span.start));
    Some(format!("{}\n", file.text.get(start..end)?.trim_end()))
}

/// Where the comments begin that stand right above a line.
fn with_comments(text: &str, start: usize) -> usize {
    let mut at = start;
    while let Some(line) = text.get(..at).and_then(|before| before.split_inclusive('\n').next_back()) {
        if !line.starts_with('#') {
            break;
        }
        at -= line.len();
    }
    at
}
