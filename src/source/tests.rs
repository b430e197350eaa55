use super::*;
use crate::library::{block::BlockFront, brand::Brand, settings::Settings, template::Template};

fn file(text: &str) -> Arc<SourceFile> {
    Arc::new(SourceFile { path: "file.yaml".into(), text: text.into() })
}

fn nodes(text: &str) -> Checked<Node> {
    let file = file(text);
    parse(&file, 0..file.text.len())
}

/// Faults as `code line:column message | label | help`.
fn shown(problems: &Problems) -> Vec<String> {
    let line = |fault: &Diagnostic| {
        let place = fault.place.as_ref().map(Place::line_column);
        let place = place.map(|(line, column)| format!("{line}:{column} ")).unwrap_or_default();
        let extra = [&fault.label, &fault.help].into_iter().flatten().map(|text| format!(" | {text}"));
        format!("{} {place}{}{}", fault.code, fault.message, extra.collect::<String>())
    };
    problems.0.iter().map(line).collect()
}

fn faults<T: DeserializeOwned + JsonSchema + std::fmt::Debug>(text: &str) -> Vec<String> {
    shown(&read::<T>(&file(text)).expect_err("the text has faults"))
}

fn codes(text: &str) -> Vec<&'static str> {
    nodes(text).expect_err(text).0.iter().map(|fault| fault.code).collect()
}

const SETTINGS: &str = "\
name: Northline
locale: en-CA
currency: CAD
size_by: [vehicles, employees]
segments:
  - {id: small, label: Small, below: {vehicles: 25}}
  - {id: no, label: 007}
stages:
  - {id: ON, crm: [Proposal/Price Quote]}
";

#[test]
fn settings_keep_raw_text_and_places() {
    let settings: Settings = read(&file(SETTINGS)).unwrap();
    assert_eq!(settings.segments[1].id.value, "no");
    assert_eq!(settings.segments[1].label, "007");
    assert_eq!(settings.segments[0].below["vehicles"].value, 25);
    assert_eq!(settings.stages[0].id.value, "ON");
    assert_eq!(&SETTINGS[settings.stages[0].id.span.clone()], "ON");
    assert_eq!(&SETTINGS[settings.segments[0].below["vehicles"].span.clone()], "25");
}

#[test]
fn all_faults_come_at_once_with_fixes() {
    let text = "\
nmae: Northline
locale: [en-CA]
currency: CAD
size_by: vehicles
size_rule: highst
segments:
  - {id: small, label: Small, below: {vehicles: many}}
  - {id: mid, label: Mid, below: {vehicles: -1}, colour: red}
  - {label: Big, below: {vehicles: '250', employees: 1,000}}
stages:
";
    let found = faults::<Settings>(text);
    assert_eq!(
        found,
        [
            "Y012 1:1 there is no key `nmae` | did you mean `name`?",
            "Y014 2:9 expected text for `locale`, found a list | write text | put quotes around text that begins with `[` or `{`, or that holds `: `",
            "Y014 4:10 expected a list for `size_by`, found text | write a list | write a list: `[vehicles]`",
            "Y015 5:12 `highst` is not one of the words for `size_rule` | did you mean `highest`? | write `first_known`, `highest` or `lowest`",
            "Y014 7:49 expected a whole number for `vehicles`, found text | write a whole number",
            "Y016 8:45 `-1` is too small for `vehicles` | at least 0",
            "Y012 8:50 there is no key `colour` in `segments` | not known here | take it out",
            "Y013 9:6 `id` is missing in `segments` | this group needs `id:` | add `id:` here",
            "Y014 9:36 expected a whole number for `vehicles`, found text | write a whole number | take out the quotes",
            "Y014 9:59 `000` has no value | expected a whole number | a comma ends the value before it: write numbers without marks between their digits",
            "Y014 10:1 `stages` has no value | expected a list | write a value, or take the key out; the word `null` as text goes in quotes",
        ]
    );
}

#[test]
fn syntax_faults_have_codes_and_places() {
    assert_eq!(codes("a: 1\na: 2\nb: {c: 1, c: 2}\n"), ["Y005", "Y005"]);
    assert_eq!(codes("a: &x 1\nb: *x\n"), ["Y006", "Y006"]);
    assert_eq!(codes("a: *x\n"), ["Y006"]);
    assert_eq!(codes("a: !!str 1\nb: !mine {c: 1}\n"), ["Y007", "Y007"]);
    assert_eq!(codes("<<: {a: 1}\n"), ["Y008"]);
    assert_eq!(codes("a: 1\n---\nb: 2\n"), ["Y009"]);
    assert_eq!(codes("a:\n\t- 1\n"), ["Y004"]);
    assert_eq!(codes("? [a]\n: b\n"), ["Y018"]);
    assert_eq!(codes("a: b: c\n"), ["Y003"]);
    assert_eq!(codes("a: \"x\nb: y\n"), ["Y003"]);
    assert_eq!(codes("a: [1, 2\n"), ["Y003"]);
    assert_eq!(codes("a: \"\\q\"\n"), ["Y003"]);
    assert_eq!(codes("a: \0\n"), ["Y003"]);
}

#[test]
fn bombs_are_refused() {
    assert_eq!(codes(&format!("a: {}{}", "[".repeat(100), "]".repeat(100))), ["Y010"]);
    assert_eq!(codes(&"[".repeat(100_000)), ["Y010"]);
    let deep: String = (0..100).map(|depth| format!("{}a:\n", " ".repeat(depth))).collect();
    assert_eq!(codes(&deep), ["Y010"]);
    assert_eq!(codes(&format!("[{}]", "1,".repeat(200_001))), ["Y011"]);
    assert_eq!(codes(&"a: 1\n".repeat(100_000)).len(), 100);
}

#[test]
fn json_is_read_by_the_same_reader() {
    let text = "{\"name\": \"Caf\\u00e9 \\ud83d\\ude00 a\\/b \\\\ud83d\\\\ude00\", \"é\": [1, true, null, {\"x\": \"y\"}], \"z\": \"\\ud83d\\ude00\\ud83d\\ude00\"}";
    let root = nodes(text).unwrap();
    assert_eq!(root.get("name").and_then(Node::as_text), Some("Café 😀 a/b \\ud83d\\ude00"));
    assert_eq!(root.get("z").and_then(Node::as_text), Some("😀😀"));
    let list = root.get("é").unwrap();
    assert_eq!(&text[list.span.clone()], "[1, true, null, {\"x\": \"y\"}]");
    assert_eq!(&text[root.get("z").unwrap().span.clone()], "\"\\ud83d\\ude00\\ud83d\\ude00\"");
    assert_eq!(&text[root.span.clone()], text);
    assert_eq!(codes("{\"a\": \"\\ud83d\"}"), ["Y003"]);
    assert_eq!(codes("{\"a\": \"\\ude00\\ud83d\"}"), ["Y003"]);
}

#[test]
fn surrogate_words_outside_quotes_are_left_alone() {
    let root = nodes("{a: \\ud83d\\ude00, b: '\\ud83d\\ude00'} # \"\\ud83d\\ude00").unwrap();
    assert_eq!(root.get("a").and_then(Node::as_text), Some("\\ud83d\\ude00"));
    assert_eq!(root.get("b").and_then(Node::as_text), Some("\\ud83d\\ude00"));
}

#[test]
fn marks_and_line_ends_do_not_matter() {
    let plain: Settings = read(&file(SETTINGS)).unwrap();
    let crlf: Settings = read(&file(&SETTINGS.replace('\n', "\r\n"))).unwrap();
    let bom: Settings = read(&file(&format!("\u{FEFF}{SETTINGS}"))).unwrap();
    assert_eq!(plain.name, crlf.name);
    assert_eq!(bom.stages[0].id.span.start, plain.stages[0].id.span.start + 3);
    let marked = read_bytes("x", "\u{FEFF}name: é".as_bytes()).unwrap();
    assert_eq!(marked.text, "name: é");
}

#[test]
fn bytes_that_are_not_utf8_are_named() {
    let faults = read_bytes("x.yaml", b"a: 1\nb: \xe9t\xe9\n").unwrap_err();
    assert_eq!(shown(&faults), ["Y001 `x.yaml` is not UTF-8 text: byte 8 (line 2) is 0xe9 | save the file as UTF-8"]);
    assert_eq!(read_bytes("x", &vec![b' '; MAX_BYTES + 1]).unwrap_err().0[0].code, "Y002");
}

#[test]
fn front_matter_counts_from_the_start_of_the_file() {
    let text = "---\ntitle: É\nstatus: approved\nowner: x@y.example\nreview_by: 2027-02-30\n---\nBody: [";
    let file = file(text);
    let faults = read_part::<BlockFront>(&file, 4..text.rfind("---").unwrap()).unwrap_err();
    assert_eq!(
        shown(&faults),
        ["Y016 5:12 `2027-02-30` is not a day of the calendar | write the date as `YYYY-MM-DD`"]
    );
    assert_eq!(read_part::<BlockFront>(&file, 0..1_000_000).unwrap_err().0[0].code, "Y003");
}

#[test]
fn an_empty_file_lacks_its_keys() {
    assert_eq!(
        faults::<Template>("# nothing\n")[0],
        "Y013 2:1 `title` is missing | this group needs `title:` | add `title:` here: What the document is called: plain, or by language."
    );
}

#[test]
fn templates_and_brands_are_read() {
    let text = "\
title: T
kind: deck
page: '16:9'
version: 1.4.0
status: approved
languages: [en]
owner: m@x.example
review_by: 2027-03-31
available: {from: 2026-01-01}
fields:
  - {id: start, label: Start, type: date, required: true, default: 2027-01-15, max_length: 10}
variants:
  z: {segments: [small], pages: {max: 5}}
  a: {segments: [mid]}
sections:
  - {id: cover, file: cover.md, drop: second, rep: may_remove, when: \"opportunity.competitors\"}
";
    let template: Template = read(&file(text)).unwrap();
    let names: Vec<_> =
        template.variants.0.iter().map(|(name, _)| (&name.value[..], &text[name.span.clone()])).collect();
    assert_eq!(names, [("z", "z"), ("a", "a")]);
    assert_eq!(template.fields[0].default.as_ref().unwrap().value, "2027-01-15");
    assert_eq!(template.variants.0[0].1.pages.unwrap().max, Some(5));
    let wrong =
        text.replace("required: true", "required: yes").replace("approved", "aproved").replace("max: 5", "max: 5.5");
    assert_eq!(
        faults::<Template>(&wrong),
        [
            "Y015 5:9 `aproved` is not one of the words for `status` | did you mean `approved`? | write `in_review`, `approved` or `retired`",
            "Y014 11:53 expected `true` or `false` for `required`, found text | write `true` or `false` | write `true`, without quotes",
            "Y014 13:39 expected a whole number for `max`, found a number | write a whole number | write a value of this kind, or take it out",
        ]
    );
    let brand = faults::<Brand>("name: N\npalette: {ink: '#12345', paper: \"#FFFFFF\"}\n");
    assert_eq!(
        brand[0],
        "Y013 1:1 `pairs` is missing | this group needs `pairs:` | add `pairs:` here: Pairs that text may use; each must reach WCAG AA."
    );
    assert_eq!(
        brand.last().unwrap(),
        "Y016 2:16 `#12345` is not a colour | write `\"#RRGGBB\"`, with six hexadecimal digits"
    );
}

proptest::proptest! {
    /// Whatever the bytes, reading ends in nodes or faults, and every place lies on characters of the file.
    #[test]
    fn nothing_makes_the_reader_panic(text in "([a-c]: |- |\\? |: |[\\[\\]{},&*!|>#%@`\"'~\\\\é🚚\u{FEFF}\r\n\t ]|---\n|\\.\\.\\.\n|\\\\ud83d\\\\ude00|  |\n){0,40}") {
        let file = file(&text);
        match parse(&file, 0..text.len()) {
            Ok(node) => on_characters(&text, &node),
            Err(problems) => {
                for fault in &problems.0 {
                    let place = fault.place.as_ref().expect("a place");
                    assert!(text.get(place.span.clone()).is_some(), "{fault:?}");
                }
                problems.to_terminal(true);
            }
        }
        let _ = read::<Template>(&file);
    }

    #[test]
    fn quoted_text_comes_back_as_it_was(words in proptest::collection::vec("\\PC{0,12}", 1..5)) {
        let json = serde_json::to_string(&words).unwrap();
        let root = nodes(&json).unwrap();
        let NodeKind::List(items) = root.kind else { panic!("a list") };
        let texts: Vec<_> = items.iter().map(|item| item.as_text().unwrap()).collect();
        assert_eq!(texts, words);
    }
}

fn on_characters(text: &str, node: &Node) {
    assert!(text.get(node.span.clone()).is_some(), "{node:?}");
    match &node.kind {
        NodeKind::Scalar { text: words, quoted: false } if !text[node.span.clone()].contains(['\n', '\r']) => {
            assert_eq!(&text[node.span.clone()], words);
        }
        NodeKind::List(items) => items.iter().for_each(|item| on_characters(text, item)),
        NodeKind::Map(entries) => {
            for (key, value) in entries {
                assert!(text.get(key.span.clone()).is_some(), "{key:?}");
                on_characters(text, value);
            }
        }
        _ => {}
    }
}
