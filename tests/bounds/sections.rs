//! Sections and blocks.

use std::collections::BTreeMap;
use std::sync::Arc;

use collateral::diagnostic::{Diagnostic, SourceFile};
use collateral::document::model::Kind;
use collateral::document::parse;
use collateral::fill::filled::{Filled, FilledFront};

use crate::measure::bounded;

fn section(text: &str) -> Filled {
    let mut start = 0;
    let lines = text.split('\n').map(|line| {
        let span = start..start + line.len();
        start = span.end + 1;
        span
    });
    Filled {
        id: "intro".into(),
        lines: lines.collect(),
        file: Arc::new(SourceFile { path: "templates/proposal/sections/intro.md".into(), text: text.into() }),
        front: FilledFront::default(),
        text: text.into(),
        blocks: Vec::new(),
        case_studies: BTreeMap::new(),
        comparison: None,
        asked_has_section: false,
        locale: "en-CA".into(),
    }
}

fn read(what: &str, text: &str) -> Vec<Diagnostic> {
    let section = section(text);
    bounded(what, || match parse(Kind::Proposal, std::slice::from_ref(&section), None) {
        Ok(_) => Vec::new(),
        Err(problems) => {
            assert!(problems.to_terminal(false).len() < 200_000, "{what}");
            problems.0
        }
    })
}

fn codes(what: &str, text: &str) -> Vec<&'static str> {
    let mut codes: Vec<_> = read(what, text).iter().map(|problem| problem.code).collect();
    codes.sort_unstable();
    codes.dedup();
    codes
}

fn lines(count: usize, each: impl Fn(usize) -> String) -> String {
    let lines: Vec<String> = (0..count).map(each).collect();
    lines.join("\n")
}

#[test]
fn a_long_honest_section_is_read() {
    let text =
        lines(800, |n| format!("## Part {n}\n\n{}\n\n- one **two** [three](https://x.example)\n", "word ".repeat(80)));
    assert_eq!(codes("800 parts", &format!("# T\n\n{text}")), [""; 0]);
    let table = lines(2_000, |n| format!("| {n} | a | b | c | d |"));
    assert_eq!(codes("a table", &format!("# T\n\n| a | b | c | d | e |\n|---|---|---|---|---|\n{table}")), [""; 0]);
    let notes = lines(1_000, |n| format!("Text[^n{n}].\n\n[^n{n}]: Note {n}.\n"));
    assert_eq!(codes("notes", &format!("# T\n\n{notes}")), [""; 0]);
}

#[test]
fn bytes_and_lines_have_a_limit() {
    let problems = read("400,000 paragraphs", &"a\n\n".repeat(400_000));
    assert_eq!(problems[0].code, "D130");
    assert!(problems[0].help.is_some() && problems[0].place.is_some());
    assert_eq!(codes("6,000 lines", &"a\n".repeat(6_000)), ["D130"]);
    assert_eq!(codes("a long line", &"word ".repeat(20_000)), ["D131"]);
    assert_eq!(codes("deep quotes", &format!("{}a", "> ".repeat(10_000))), ["D131"]);
    assert_eq!(codes("deep lists", &format!("{}a", "- ".repeat(10_000))), ["D131"]);
    assert_eq!(codes("deep numbers", &format!("{}a", "1. ".repeat(10_000))), ["D131"]);
}

#[test]
fn definitions_and_faults_are_told_in_time() {
    assert_eq!(codes("definitions", &lines(4_900, |n| format!("[label{n}]: https://x.example/{n}"))), ["D041"]);
    assert_eq!(codes("brackets", &lines(10, |_| "]:".repeat(30_000))), [""; 0]);
    assert_eq!(codes("notes without marks", &lines(4_900, |n| format!("[^n{n}]: a"))), ["D042"]);
    assert_eq!(codes("HTML", &lines(2_400, |n| format!("<b>{n}</b>\n"))), ["D030"]);
    let directives = lines(1_200, |n| format!(":::stats\n{n} | label {n}\n:::\n"));
    let notes = lines(30, |n| format!("a[^n{n}]\n\n[^n{n}]: b\n"));
    assert_eq!(codes("directives beside notes", &format!("# T\n\n{directives}\n\n{notes}")), [""; 0]);
}

#[test]
fn tables_have_a_limit() {
    let table = |columns: usize, rows: usize, row: &str, start: &str| {
        let head = format!("{start}{}|\n{start}{}|\n", "| a ".repeat(columns), "|---".repeat(columns));
        format!("# T\n\n{head}{}", format!("{start}{row}\n").repeat(rows))
    };
    let full = |columns: usize| format!("{}|", "| a ".repeat(columns));
    assert_eq!(codes("wide", &table(120, 2_000, &full(120), "")), ["D132"]);
    assert_eq!(codes("wide and empty", &table(20_000 / 5, 4_000, "|", "")), ["D132"]);
    assert_eq!(codes("wide in a quote", &table(120, 400, &full(120), "> ")), ["D132"]);
    assert_eq!(codes("21 columns", &table(21, 1, &full(21), "")), ["D132"]);
    assert_eq!(codes("20 columns", &table(20, 900, &full(20), "")), [""; 0]);
    assert_eq!(codes("many cells", &table(20, 4_800, &full(20), "")), ["D133"]);
    assert_eq!(codes("many empty cells", &table(20, 4_800, "|", "")), ["D133"]);
    let several = lines(20, |_| format!("{}\n", table(20, 100, &full(20), "").trim_start_matches("# T\n")));
    assert_eq!(codes("cells of several tables", &several), ["D133"]);
}

/// Patterns that are slow in some readers of Markdown; whatever their problems are, they are found in time.
#[test]
fn no_pattern_of_marks_is_slow() {
    let long = 60_000;
    for pattern in [
        "*a ", "**a", "_a__", "*a**", "a*", "[", "](", "[a](", "![", "[[a]", "`a``", "<", "<a ", "<!--", "&#", "\\",
        "|", "~~a", "==a", "[^", "[^a]", "a@", "http://", "<http://", "![a][", "\"", "'",
    ] {
        read(pattern, &pattern.repeat(long / pattern.len()));
        let lines = vec![pattern.repeat(20).trim().to_owned(); 3_000].join("\n");
        read(&format!("lines of {pattern}"), &lines);
    }
    let ticks = lines(300, |n| "`".repeat(n + 1));
    read("rising ticks", &ticks);
    let rising = lines(1_000, |n| format!("{}- a", "  ".repeat(n)));
    read("rising lists", &rising);
    let deep = lines(4_000, |n| format!("{}> a", "> ".repeat(n % 15)));
    read("quotes", &deep);
    read("directives", &lines(2_000, |n| format!("{}callout", ":".repeat(3 + n))));
    let columns = "| a ".repeat(2_000);
    read("columns", &format!("{columns}|\n{}|\n{}", "|---".repeat(2_000), format!("{columns}|\n").repeat(100)));
    read("a wide table without cells", &format!("{columns}|\n{}|\n{}", "|---".repeat(2_000), "|\n".repeat(4_000)));
}
