//! Whatever a client is called, it is data.

use proptest::prelude::*;

use super::*;

/// The exact texts of the value tokens, and the text around them.
fn parts(text: &str) -> (Vec<String>, String) {
    let (mut values, mut around) = (Vec::new(), String::new());
    let mut rest = text;
    while let Some((before, token)) = rest.split_once('\u{E000}') {
        let (hex, after) = token.split_once('\u{E001}').expect("a closed token");
        let byte = |at: usize| u8::from_str_radix(&hex[at..at + 2], 16).expect("hex");
        values.push(String::from_utf8((0..hex.len()).step_by(2).map(byte).collect()).expect("UTF-8"));
        around.push_str(before);
        around.push('·');
        rest = after;
    }
    (values, around + rest)
}

const TEXT: &str = "# For {{ client.name }}\n\n\
    {% if client.name %}\n| {{ client.name }} |\n{% endif %}\n\
    {% if client.name == contact.name %}same{% endif %} [x](#{{ client.name }})\n\
    {{ [client.name, client.name] | list }}\n\
    {% for d in answers.depots %}\n- {{ d }}\n{% endfor %}\n\
    {% set kept = client.name | default(value=\"x\") %}\n{{ kept if kept else \"y\" }}\n";

fn check(name: &str) {
    let mut shop = Shop::new();
    shop.client.client.name = name.into();
    shop.client.contact.name = Some(name.into());
    shop.client.answers.insert("depots".into(), Answer::List(vec![name.into()]));
    let filled = shop.fill(TEXT).map_err(|problems| told(&problems)).expect("a section");
    let (values, around) = parts(&filled.text);
    let joined = format!("{name} and {name}");
    assert_eq!(values, [name, name, name, &joined, name, name]);
    assert_eq!(around, "# For ·\n\n| · |\nsame [x](#·)\n·\n- ·\n·\n");
    assert_eq!(filled.lines.len(), filled.text.lines().count());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_name_is_printed_as_it_is(name in "\\PC{0,40}[^\\s\\p{C}]\\PC{0,10}") {
        check(&name);
    }

    #[test]
    fn any_long_text_is_words(text in "[ -~\n\u{e9}\u{E000}-\u{E005}]{0,200}") {
        let mut shop = Shop::new();
        shop.client.answers.insert("note".into(), Answer::Text(text.clone()));
        let filled = shop.fill("{% if answers.note %}\n{{ answers.note }}\n{% endif %}\n").expect("a section");
        let (_, around) = parts(&filled.text);
        for line in around.lines() {
            let list = line.strip_prefix("- ").or_else(|| line.split_once(". ").map(|(_, rest)| rest)).unwrap_or(line);
            prop_assert!(list.is_empty() || list == "·", "{:?} gave {:?}", text, around);
        }
    }

    #[test]
    fn any_section_is_filled_or_refused(text in "([ -~\n]|\\{\\{|\\}\\}|\\{%|%\\}|if |endif|for |in |client\\.name|\\||number|\\(|\\)|\"){0,40}") {
        // Never a panic, and never a mark that is left over.
        if let Ok(filled) = Shop::new().fill(&text) {
            let marks = filled.text.contains(['\u{E003}', '\u{E004}']) || filled.text.contains("{{");
            prop_assert!(!marks);
            prop_assert_eq!(filled.text.lines().count(), filled.lines.len());
        }
    }

    #[test]
    fn text_without_tags_stays_as_it_is(text in "[a-zA-Z0-9 .,|*_#\n-]{0,200}") {
        prop_assume!(!text.starts_with("---"));
        let filled = Shop::new().fill(&text).expect("a section");
        prop_assert_eq!(&filled.text, &text);
        for (line, span) in filled.text.lines().zip(&filled.lines) {
            prop_assert_eq!(line, &text[span.clone()]);
        }
    }
}

#[test]
fn naughty_names_are_names() {
    for name in [
        "{{x}} **b** <b>",
        "{% if true %}",
        "{{ __tera_context }}",
        "[a](javascript:alert(1))",
        "`code` | table | --- ~~x~~",
        "a\nb\n\n# c",
        "\u{E000}41\u{E001}",
        "\u{E002}0\u{E001}",
        "\u{E003}1\u{E001}",
        "\u{E004}\u{E004} x",
        "'\"`\\",
        "NaN",
        "undefined",
        "مرحبا שלום",
        "👩‍👩‍👧‍👦 é e\u{301}",
        "true",
        "0",
        "-1",
        "=1+1",
        "../../etc/passwd",
        "}}",
        "\u{200b}",
    ] {
        check(name);
    }
}
