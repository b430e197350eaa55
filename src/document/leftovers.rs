//! In: a [`Document`]. Out: problems for words that marketing cannot have meant to print: `{{`, `undefined`, `TODO` …
//!
//! Values are exempt: a client may be called `Null` or `{{Braces}}`.

use super::model::{Document, Inline, Text};
use super::source::within;
use super::walk::each_text;
use crate::diagnostic::{Diagnostic, Place, Problems};

/// Stands for a value, so that words on both sides of one do not join.
const GAP: char = '\u{FFFC}';

const MARKS: &[&str] = &["{{", "}}", "{%", "%}", "{#", "#}"];
const WORDS: &[&str] = &["undefined", "NaN", "null", "TODO", "TBD", "FIXME"];

/// Finds what a template left unfilled or unwritten, section by section.
pub fn leftovers(document: &Document) -> Problems {
    let mut problems = Vec::new();
    for section in &document.sections {
        for text in [&section.title, &section.notes].into_iter().flatten() {
            look(text, &section.place, &mut problems);
        }
        each_text(&section.blocks, &mut |text, place| look(text, place, &mut problems));
    }
    Problems(problems)
}

/// Finds leftovers in words that stand outside of sections: titles, page furniture.
pub fn leftovers_in(words: &str) -> Vec<Diagnostic> {
    found(words).into_iter().map(problem).collect()
}

/// Finds leftovers in one text, without places.
pub(super) fn in_text(text: &[Inline]) -> Vec<Diagnostic> {
    let mut words = String::new();
    let mut notes = Vec::new();
    flatten(text, &mut words, &mut notes);
    let mut problems: Vec<Diagnostic> = found(&words).into_iter().map(problem).collect();
    problems.extend(notes.into_iter().flat_map(in_text));
    problems
}

fn problem(found: &str) -> Diagnostic {
    let problem = Diagnostic::error("D090", format!("`{found}` would be printed"));
    match MARKS.contains(&found) {
        true => problem.help("mend the tag that was meant, or write the braces in other words"),
        false => problem.help("write what belongs here"),
    }
}

fn found(words: &str) -> Vec<&'static str> {
    let marks = MARKS.iter().filter(|mark| words.contains(**mark));
    let whole = WORDS.iter().filter(|word| stands(words, word));
    let lorem = words.to_lowercase().contains("lorem ipsum").then_some("lorem ipsum");
    marks.chain(whole).copied().chain(lorem).collect()
}

/// True where a word stands by itself; `null and void` is what lawyers write.
fn stands(words: &str, word: &str) -> bool {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    words.match_indices(word).any(|(at, _)| {
        let after = &words[at + word.len()..];
        let joined = words[..at].ends_with(is_word) || after.starts_with(is_word);
        let legal = word == "null" && after.trim_start().starts_with("and void");
        !joined && !legal
    })
}

fn look(text: &Text, place: &Place, problems: &mut Vec<Diagnostic>) {
    for problem in in_text(text) {
        let words = problem.message.split('`').nth(1).unwrap_or_default().to_owned();
        let problem = problem.at(within(place.clone(), &words));
        if !problems.contains(&problem) {
            problems.push(problem);
        }
    }
}

fn flatten<'a>(text: &'a [Inline], words: &mut String, notes: &mut Vec<&'a [Inline]>) {
    for inline in text {
        match inline {
            Inline::Text { text, value: false } => words.push_str(text),
            Inline::Strong(inner) | Inline::Emphasis(inner) | Inline::Link { text: inner, .. } => {
                flatten(inner, words, notes);
            }
            Inline::Footnote { text, .. } => {
                notes.push(text);
                words.push(GAP);
            }
            Inline::Text { .. } | Inline::Image(_) => words.push(GAP),
            Inline::Break => words.push(' '),
        }
    }
}
