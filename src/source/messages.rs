//! In: what the YAML scanner says went wrong. Out: the same in a person's words, with the one likely fix.

use std::ops::Range;

pub(super) struct Fault {
    pub(super) code: &'static str,
    pub(super) message: String,
    pub(super) span: Range<usize>,
    pub(super) label: String,
    pub(super) help: String,
}

/// Words of the scanner (any one of the first list), then: code, message, label, help.
type Entry = (&'static [&'static str], &'static str, &'static str, &'static str, &'static str);

/// In order: the first entry with words that occur in the scanner's message wins.
const TABLE: &[Entry] = &[
    (
        &["a tab", "tabs ", "tab cannot"],
        "Y004",
        "a tab stands where only spaces may",
        "a tab is here",
        "indent with spaces, two for each level",
    ),
    (
        &["unknown anchor", "anchor"],
        "Y006",
        "an anchor (`&`) or alias (`*`) is used here",
        "anchors and aliases are not used here",
        "put quotes around text that begins with `&` or `*`",
    ),
    (
        &["scanning a tag", "parsing a tag", "global tag", "verbatim tag", "handle wasn't declared", "scanning TAG"],
        "Y007",
        "a tag (`!`) is used here",
        "tags are not used here",
        "put quotes around text that begins with `!`",
    ),
    (&["directive"], "Y003", "a line begins with `%`", "directives are not used here", "put quotes around the text"),
    (&["unprintable"], "Y003", "the file holds a NUL character", "here", "save the file again as plain UTF-8 text"),
    (&["byte order mark"], "Y003", "a byte order mark stands inside the file", "here", "delete this character"),
    (&["recursion limit"], "Y010", "lists and groups are nested too deep", "too deep", "use fewer levels"),
    (
        &["mapping values are not allowed", "illegal placement of ':'", "trailing content after double-quoted"],
        "Y003",
        "this line cannot be read as `key: value`",
        "not expected here",
        "put quotes around a value that holds `: ` or that has words after its closing quote; check the spaces before the key",
    ),
    (
        &["simple key expect", "could not find expected ':'"],
        "Y003",
        "a line has no `:` after its key",
        "expected `key: value` here or just above",
        "write `key: value`, with a space after the colon",
    ),
    (
        &["unexpected end of stream", "unexpected eof", "indentation in quoted", "unexpected document indicator"],
        "Y003",
        "a quote is opened and never closed",
        "opened here",
        "close the quote; inside \"…\" write \\\" for a quote",
    ),
    (
        &["unknown escape character", "hexadecimal number", "invalid Unicode character"],
        "Y003",
        "a `\\` in this quoted text begins no known escape",
        "in this text",
        "write `\\\\` for a backslash, or use single quotes",
    ),
    (
        &["expected ',' or '}'", "expected ',' or ']'", "misplaced bracket", "expected node content"],
        "Y003",
        "a bracket is not closed, or a comma or value is missing",
        "expected `,` or a closing bracket before this",
        "close each `[` and `{`; put quotes around text that holds `,` or brackets",
    ),
    (
        &["block scalar"],
        "Y003",
        "the text below `|` or `>` is not indented evenly",
        "here",
        "indent every line of the text by the same number of spaces",
    ),
    (&["unexpected character"], "Y003", "text cannot begin with this character", "here", "put quotes around the text"),
    (
        &["comments must be separated", "comment intercepting"],
        "Y003",
        "a comment stands inside a value",
        "here",
        "put a space before `#`, or quotes around text that holds `#`",
    ),
    (
        &[
            "indentation",
            "expected key",
            "expected '-'",
            "expected <document",
            "block sequence entries",
            "mapping keys are not allowed",
        ],
        "Y003",
        "this line does not fit the lines around it",
        "not expected here",
        "give keys of one group the same number of spaces, and put quotes around text that begins with `[`, `{`, `-` or `?`",
    ),
];

/// Explains a scanner error at a byte offset of the text.
pub(super) fn explain(info: &str, text: &str, at: usize) -> Fault {
    let at = at.min(text.len());
    let entry = TABLE.iter().find(|(words, ..)| words.iter().any(|word| info.contains(word)));
    let (code, message, label, help) = match entry {
        Some((_, code, message, label, help)) => (*code, *message, *label, *help),
        None => ("Y003", "the file cannot be read here", info, "put quotes around text with special characters"),
    };
    // The end of the file has nothing to mark: point at the last character that was written.
    let written = text.trim_end().len();
    let start = if at >= written { text[..written].char_indices().last().map_or(0, |(i, _)| i) } else { at };
    let end = start + text[start..].chars().next().map_or(0, char::len_utf8);
    Fault { code, message: message.to_owned(), span: start..end, label: label.to_owned(), help: help.to_owned() }
}
