//! Client files and `--set` words.

use std::path::Path;
use std::sync::Arc;

use collateral::diagnostic::{Checked, Problems, SourceFile};
use collateral::intake::client::Client;
use collateral::intake::{Rules, check_client};
use collateral::library::settings::Settings;
use collateral::library::template::Template;
use collateral::source;

use crate::measure::bounded;

fn file(path: &str, text: &str) -> Arc<SourceFile> {
    Arc::new(SourceFile { path: path.into(), text: text.into() })
}

fn sample<T: serde::de::DeserializeOwned + schemars::JsonSchema>(path: &str) -> T {
    let text = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).expect("the sample is there");
    source::read(&file(path, &text)).expect("the sample is sound")
}

fn check(text: &str, sets: &[String]) -> Checked<(Client, Problems)> {
    let template: Template = sample("templates/proposal/template.yaml");
    let settings: Settings = sample("templates/library.yaml");
    let others = || vec![sample("templates/renewal/template.yaml")];
    let rules = Rules { template: &template, settings: &settings, others: &others };
    check_client(file("client.yaml", text), Path::new("."), sets, &rules)
}

/// The codes of what is refused, each once, and what people are shown.
fn refused(what: &str, text: &str, sets: &[String]) -> (Vec<&'static str>, String) {
    let (problems, shown) = bounded(what, || {
        let problems = check(text, sets).expect_err(what);
        let shown = problems.to_terminal(false);
        let json = serde_json::to_string(&problems).expect("problems can be written");
        assert!(json.len() < 200_000, "{what}: {} bytes of JSON", json.len());
        (problems, shown)
    });
    assert!(shown.len() < 200_000, "{what}: {} bytes", shown.len());
    let mut codes: Vec<_> = problems.0.iter().map(|problem| problem.code).collect();
    codes.dedup();
    (codes, shown)
}

fn repeated(head: &str, count: usize, each: impl Fn(usize) -> String, tail: &str) -> String {
    format!("client: {{name: A}}\n{head}{}{tail}", (0..count).map(each).collect::<String>())
}

#[test]
fn many_faults_are_told_in_time_and_counted() {
    let (codes, shown) = refused("unknown keys", &repeated("", 1_900, |n| format!("key_number_{n}: 1\n"), ""), &[]);
    assert_eq!(codes, ["Y012"]);
    assert!(shown.contains("error[Y020]: … and 1800 more errors in `client.yaml`\n"));
    let answers = repeated("answers:\n", 2_000, |n| format!("  answer_number_{n}: 1\n"), "");
    let (codes, shown) = refused("unknown answers", &answers, &[]);
    assert_eq!(codes, ["C013"]);
    assert!(shown.contains("… and 1900 more errors in `client.yaml`"));
    let person = |n| format!("  {{sku: A, quantity: 1, wrong_{n}: 1}},\n");
    let lines = repeated("quote: {lines: [\n", 1_000, person, "]}\n");
    assert_eq!(refused("unknown keys of lines", &lines, &[]).0, ["Y012"]);
    let twice = repeated("", 100_000, |_| "a: 1\n".into(), "");
    assert_eq!(refused("one key many times", &twice, &[]).0, ["Y005"]);
    let anchors = repeated("case_studies: [", 80_000, |n| format!("&a{n} b, "), "]\n");
    assert_eq!(refused("anchors", &anchors, &[]).0, ["Y006"]);
}

#[test]
fn lists_and_groups_have_a_limit_that_no_client_meets() {
    for (what, head, tail) in [
        ("keys", "", ""),
        ("answers", "answers: {", "}"),
        ("pain points", "opportunity: {pain_points: [", "]}"),
        ("sections", "sections: {remove: [", "]}"),
    ] {
        let (colon, comma) = if what == "keys" { (": b", "\n") } else { ("", ", ") };
        let (codes, shown) = refused(what, &repeated(head, 40_000, |n| format!("a{n}{colon}{comma}"), tail), &[]);
        assert_eq!(codes, ["C030"], "{what}");
        assert!(shown.contains("40000 entries; 2000 are the most") || shown.contains("40001 entries"), "{shown}");
    }
}

#[test]
fn the_longest_lists_are_compared_in_time() {
    let ids = |from: usize| (from..from + 2_000).map(|n| format!("s{n}, ")).collect::<String>();
    let text = format!("client: {{name: A}}\nsections: {{remove: [{}], add: [{}]}}\n", ids(0), ids(1_000));
    assert_eq!(refused("sections", &text, &[]).0, ["C022"]);
}

#[test]
fn depth_has_a_limit() {
    for (what, text) in [
        ("brackets", format!("client: {}", "[".repeat(100_000))),
        ("braces", format!("{{\"client\": {}", "{\"a\":".repeat(50_000))),
        ("indents", (0..700).map(|n| format!("{}a:\n", "  ".repeat(n))).collect()),
        ("dashes", format!("client:\n  {}a", "- ".repeat(100_000))),
        ("question marks", format!("client:\n  {}a", "? ".repeat(100_000))),
    ] {
        let (codes, _) = refused(what, &text, &[]);
        assert_eq!(codes, ["Y010"], "{what}");
    }
}

#[test]
fn values_in_one_file_have_a_limit() {
    let text = repeated("case_studies: [", 400_000, |_| "1,".into(), "]");
    assert_eq!(refused("values", &text, &[]).0, ["Y011"]);
}

#[test]
fn set_words_have_a_limit() {
    let sets = |count: usize| (0..count).map(|n| format!("answers.a{n}=1")).collect::<Vec<_>>();
    assert_eq!(refused("1,000 words", "client: {name: A}\n", &sets(1_000)).0, ["C013"]);
    let (codes, shown) = refused("100,000 words", "client: {name: A}\n", &sets(100_000));
    assert_eq!(codes, ["C031"]);
    assert!(shown.contains("given 100000 times; 1000 are the most"), "{shown}");
}
