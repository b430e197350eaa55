//! In: the blocks of the kind `competitors`. Out: what is wrong with the comparison that they make together.

use std::collections::BTreeMap;
use std::ops::Range;

use super::Faults;
use crate::diagnostic::Problems;
use crate::library::block::{Block, BlockFront};
use crate::library::settings::Settings;
use crate::library::template::Status;
use crate::source::Spanned;

/// The kind of block that `:::comparison` sets side by side.
const KIND: &str = "competitors";

/// What a cell of the table can hold, in characters, and the rows that a page can.
const LONGEST_TITLE: usize = 32;
const LONGEST_QUESTION: usize = 48;
const LONGEST_ANSWER: usize = 64;
const MOST_QUESTIONS: usize = 12;

/// Checks what one block answers.
pub(super) fn answers(faults: &mut Faults, kind: &str, front: &BlockFront) {
    let given = front.comparing();
    let top = front.status.span.clone();
    let span = given.first().map(|(question, _)| &question.span).or(front.best.first().map(|best| &best.span));
    if kind != KIND {
        if span.is_some() || front.is_ours() {
            let message = format!("`compares`, `best` and `ours` are for blocks of the kind `{KIND}`");
            let help = format!("take them out, or move the file to `templates/blocks/{KIND}/`");
            faults.add("L042", span.unwrap_or(&top), message, format!("this is one of `{kind}`"), help);
        }
        return;
    }
    if given.is_empty() && !front.is_ours() && front.best.is_empty() {
        return;
    }
    length(faults, "a competitor's title", &front.title, LONGEST_TITLE);
    for (question, answer) in given {
        length(faults, "a question", question, LONGEST_QUESTION);
        length(faults, "an answer", answer, LONGEST_ANSWER);
    }
    if let Some((question, _)) = given.get(MOST_QUESTIONS) {
        let message = format!("{} questions are asked; {MOST_QUESTIONS} fit a table", given.len());
        faults.add("L045", &question.span, message, "one too many", "keep those by which clients decide");
    }
    let questions: Vec<&str> = given.iter().map(|(question, _)| question.value.as_str()).collect();
    for best in &front.best {
        faults.known("L043", "question answered here", best, &questions);
    }
    if front.is_ours() && !front.best.is_empty() {
        let label = "our own column is set off already";
        faults.add("L044", &front.best[0].span, "the block that is us has `best`", label, "take `best` out");
    }
    if front.is_ours() && given.is_empty() {
        let label = "nothing to compare";
        let help = "write `compares:` with each question and our answer";
        faults.add("L044", &top, "the block that is us answers no question", label, help);
    }
}

fn length(faults: &mut Faults, what: &str, text: &Spanned<String>, most: usize) {
    let count = text.chars().count();
    if text.trim().is_empty() {
        faults.add("L045", &text.span, format!("{what} is empty"), "nothing here", "write it, or take the line out");
    } else if count > most {
        let message = format!("{what} has {count} characters; {most} fit a cell of the comparison");
        faults.add(
            "L045",
            &text.span,
            message,
            "too long",
            "say it in fewer words; the block's text has room for more",
        );
    }
}

/// Checks that one block of each language is us, and that all others answer its questions.
pub(in crate::library) fn comparison(blocks: &[Block], settings: &Settings) -> Problems {
    let mut problems = Problems::default();
    let mut by_language: BTreeMap<&str, Vec<&Block>> = BTreeMap::new();
    // Without a language a block is in the library's own.
    let own = settings.locale.split('-').next().unwrap_or_default();
    for block in blocks.iter().filter(|block| block.kind == KIND && block.front.status.value != Status::Retired) {
        let written: Vec<&str> = block.front.languages.iter().map(String::as_str).collect();
        for language in if written.is_empty() { vec![own] } else { written } {
            by_language.entry(language).or_default().push(block);
        }
    }
    for (language, blocks) in by_language {
        problems.extend_new(of_language(language, &blocks));
    }
    problems
}

fn of_language(language: &str, blocks: &[&Block]) -> Problems {
    let mut problems = Problems::default();
    let mut ours = blocks.iter().filter(|block| block.front.is_ours());
    let rivals = || blocks.iter().filter(|block| !block.front.is_ours() && !block.front.comparing().is_empty());
    let Some(us) = ours.next() else {
        if let Some(rival) = rivals().next() {
            let message = format!("no block of `{KIND}` in `{language}` is us, so nothing can be compared with it");
            let help = format!("add one with `ours: yes` and `compares:` to `templates/blocks/{KIND}/`");
            report(&mut problems, rival, &question(rival), ("L044", message, "compared with nobody"), &help);
        }
        return problems;
    };
    for second in ours {
        let message = format!("`{}` and `{}` both say `ours: yes` in `{language}`", us.id, second.id);
        let help = "keep one of them, or give them different `languages`";
        report(&mut problems, second, &second.front.status.span, ("L044", message, "the second one"), help);
    }
    let asked: Vec<&str> = us.front.comparing().iter().map(|(question, _)| question.value.as_str()).collect();
    for rival in rivals() {
        let mut faults = Faults::of(&rival.file);
        for (question, _) in rival.front.comparing() {
            faults.known("L043", &format!("question of `{}`", us.id), question, &asked);
        }
        problems.extend(faults.problems);
    }
    problems
}

/// Where a block's first question stands.
fn question(block: &Block) -> Range<usize> {
    let first = block.front.comparing().first();
    first.map_or(block.front.status.span.clone(), |(question, _)| question.span.clone())
}

fn report(
    problems: &mut Problems,
    block: &Block,
    span: &Range<usize>,
    (code, message, label): (&'static str, String, &str),
    help: &str,
) {
    let mut faults = Faults::of(&block.file);
    faults.add(code, span, message, label, help);
    problems.extend(faults.problems);
}
