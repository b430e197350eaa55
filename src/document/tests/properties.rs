//! What holds for any text at all.

use proptest::prelude::*;

use super::super::{leftovers, words};
use super::*;

/// A section that has a value in every place that takes one.
fn everywhere(value: &str) -> Vec<Filled> {
    let v = token(value);
    let text = format!(
        "# {v} a {v}\n\n{v}\n\n**{v}** and *a{v}b* \"{v}\". [{v}](https://x.example/?q={v}) {v}[^1]\n{v}\n- {v}\n- b {v}\n  1. {v}\n\n\
         | {v} | b |\n|---|---|\n| {v} | a {v} b |\n\n![{v} a](x.png)\n\n:::callout{{title=\"{v}\" tone=accent}}\n{v}\n:::\n\
         :::stats\n{v} | {v}\n:::\n::::columns\n:::column\n{v}\n:::\n:::column\n- {v}\n:::\n::::\n\
         :::testimonial{{by=\"{v}\" role={v}}}\n{v}\n:::\n\u{E002}0\u{E001}\n\n[^1]: {v}\n"
    );
    let mut whole = section(&text);
    whole.blocks = vec![block("x/y", &format!("## {v}\n\n{v}").replace("##", "###"))];
    whole.text = whole.text.replace("\u{E002}0\u{E001}", &format!("## {v}\n\u{E002}0\u{E001}"));
    whole.front.title = front(&whole, &v);
    whole.front.notes = front(&whole, &v);
    vec![whole]
}

/// The sketch of a document with every value written as `X`, after checking that each is `value` to the letter.
fn structure(value: &str) -> String {
    let mut document = parse(&everywhere(value));
    let mut change = |inline: &mut Inline| match inline {
        Inline::Text { text, value: true } => assert_eq!(std::mem::replace(text, "X".into()), value),
        Inline::Link { target, .. } => *target = LinkTarget::Section("link".into()),
        _ => {}
    };
    for section in &mut document.sections {
        for text in [&mut section.title, &mut section.notes].into_iter().flatten() {
            text.iter_mut().for_each(&mut change);
        }
        super::super::walk::each_inline_mut(&mut section.blocks, &mut change);
        for block in &mut section.blocks {
            if let BlockKind::Figure(image) = &mut block.kind {
                assert_eq!(std::mem::take(&mut image.alt), format!("{value} a"));
            }
        }
    }
    sketch(&document)
}

/// Pieces that the dialect gives a meaning to, to make arbitrary texts nasty.
fn nasty() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        ":::",
        "::::",
        "\n",
        "\n\n",
        "|",
        "callout",
        "columns",
        "column",
        "stats",
        "{",
        "}",
        "tone=accent",
        "\"",
        "=",
        " ",
        "    ",
        "# ",
        "- ",
        "1. ",
        "> ",
        "---",
        "|---|",
        "`",
        "```",
        "<b>",
        "<!--",
        "[",
        "]",
        "](",
        ")",
        "![",
        "[^1]",
        "[^1]: ",
        "]:",
        "*",
        "**",
        "_",
        "\\",
        "&#xE000;",
        "\u{E000}",
        "\u{E001}",
        "\u{E002}",
        "41",
        "\u{E000}41\u{E001}",
        "\u{E002}0\u{E001}",
        "\r",
        "\t",
        "\0",
        "é",
        "https://x",
        "#a",
        "a",
        "\u{200F}",
        "日",
    ]);
    prop_oneof![
        prop::collection::vec(pieces, 0..60).prop_map(|pieces| pieces.concat()),
        any::<String>(),
        "(:{3,5}[a-z]{0,8}(\\{[ -~]{0,12}\\})?\n|[a-z|*\\[\\]() -]{0,12}\n){0,20}",
    ]
}

/// Mark-up that a text can survive, without directives.
fn markdown_piece() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "",
        " ",
        "\n",
        "\n\n",
        "\n- ",
        "\n  ",
        "\n    ",
        "\n1. ",
        "\n\n| ",
        " | ",
        " |\n|---|---|\n| ",
        " |\n",
        "\n\n## ",
        " ## ",
        "**",
        "*",
        "_",
        "[",
        "](https://x.example/",
        ")",
        "](#intro)",
        "[^",
        "]",
        "[^1]",
        "\n\n[^1]: ",
        "\n[",
        "]: ",
        "]:\n",
        "<",
        ">",
        "<https://x.example/",
        "&",
        ";",
        "\\",
        "  \n",
        "\\\n",
        "(",
        "\"",
        " \"",
        "![",
        "](images/",
        "~~",
        "^",
        "$",
        "=",
        "==",
        "{",
        "}",
        "{#",
        "%",
        "\t",
        "\u{a0}",
        "\u{200b}",
        "\r",
    ])
}

proptest! {
    #[test]
    fn a_value_never_changes_the_structure(value in any::<String>().prop_filter("shows something", |v| !v.trim().is_empty())) {
        prop_assert_eq!(structure(&value), structure("Harbour"));
    }

    #[test]
    fn a_value_that_looks_like_mark_up_changes_nothing(value in nasty().prop_filter("shows something", |v| !v.trim().is_empty())) {
        prop_assert_eq!(structure(&value), structure("Harbour"));
    }

    #[test]
    fn any_text_is_parsed_or_refused(text in nasty(), deck in any::<bool>()) {
        let mut whole = section(&text);
        whole.blocks = vec![block("x/y", &text)];
        whole.front.layout = front(&whole, &text);
        whole.front.title = front(&whole, &text);
        whole.front.notes = front(&whole, &text);
        let kind = if deck { Kind::Deck } else { Kind::Proposal };
        match super::super::parse(kind, &[whole.clone()], None) {
            Ok(document) => {
                leftovers(&document);
            }
            Err(problems) => {
                prop_assert!(!problems.0.is_empty());
                show(&problems.0);
            }
        }
        whole.front = FilledFront::default();
        if let Err(problems) = super::super::parse(kind, &[whole], None) {
            show(&problems.0);
        }
    }

    #[test]
    fn nothing_vanishes_without_a_problem(pieces in prop::collection::vec(markdown_piece(), 0..12)) {
        let mut text = String::from("# t\n\n");
        for (index, piece) in pieces.iter().enumerate() {
            text.push_str(piece);
            text.push_str(&format!("w{index}x"));
        }
        if let Ok(document) = super::super::parse(Kind::Proposal, &[section(&text)], None) {
            let shown = sketch(&document);
            for index in 0..pieces.len() {
                let word = format!("w{index}x");
                prop_assert!(shown.contains(&word), "{} is lost from\n{}\n{}", word, text, shown);
            }
        }
    }

    #[test]
    fn no_word_is_lost(lines in prop::collection::vec("[a-z]{1,6}( [a-z]{1,6}){0,5}", 1..8), marks in prop::collection::vec(0..9usize, 8)) {
        let mut text = String::from("# t\n\n");
        let mut expected = String::from("t");
        for (line, mark) in lines.iter().zip(marks) {
            let (open, close) = [
                ("", "\n\n"), ("- ", "\n"), ("1. ", "\n\n"), ("**", "**\n\n"), ("\n:::callout\n", "\n:::\n"),
                ("\n:::stats\n1 | ", "\n:::\n"), ("\n\n| a |\n|---|\n| ", " |\n\n"), ("[", "](#intro)\n\n"), ("\n:::testimonial{by=b}\n", "\n:::\n"),
            ][mark];
            text.push_str(&format!("{open}{line}{close}"));
            let (before, after) = [("", ""), ("", ""), ("", ""), ("", ""), ("", ""), ("1", ""), ("a", ""), ("", ""), ("", "b")][mark];
            expected.push_str(&format!("{before}{}{after}", line.replace(' ', "")));
        }
        prop_assert_eq!(words(&parse(&[section(&text)])), expected);
    }

    #[test]
    fn well_nested_fences_are_read(depths in prop::collection::vec((3..6usize, 0..3usize), 1..6)) {
        let mut text = String::from("# t\n");
        for (colons, shape) in depths {
            let (outer, inner) = (":".repeat(colons + 1), ":".repeat(colons));
            text.push_str(&match shape {
                0 => format!("{inner}callout\na\n{inner}\n"),
                1 => format!("{outer}columns\n{inner}column\na\n{inner}\n{inner}column\nb\n{inner}\n{outer}\n"),
                _ => format!("{outer}:columns\n{outer}column\n{inner}stats\n1 | a\n{inner}\n{outer}\n{outer}column\nb\n{outer}\n{outer}:\n"),
            });
        }
        let found = problems(&[section(&text)]);
        prop_assert!(found.is_empty(), "{}\n{}", text, show(&found));
    }
}

#[test]
fn long_and_deep_texts_end() {
    for text in [
        "[".repeat(20_000),
        "*a ".repeat(20_000),
        "- ".repeat(5_000),
        "> ".repeat(5_000),
        ":".repeat(50_000),
        "![".repeat(10_000),
        ":::callout\n".repeat(5_000),
        "[^1]".repeat(5_000) + "\n\n[^1]: a",
        "]:".repeat(5_000),
        "a]:\n".repeat(3_000),
    ] {
        problems(&[section(&format!("# T\n\n{text}"))]);
    }
}
