//! What several test files share.
#![allow(dead_code, reason = "each test file uses its own part")]

pub mod covering;
pub mod sound;
pub mod word;
pub mod workplace;

use std::path::Path;

/// Ids of the naughty names that are refused, and must be: no face for the script, no name at all, hidden controls.
pub const REFUSED: [&str; 6] = ["cjk", "emoji", "control", "bidi-override", "blank", "empty"];

/// Id and name of each item in `fixtures/naughty-clients.yaml`, read by a few lines of our own so that the reader under
/// test does not judge itself.
pub fn naughty_names() -> Vec<(String, String)> {
    let text = include_str!("../fixtures/naughty-clients.yaml");
    let names: Vec<(String, String)> = text
        .lines()
        .filter_map(|line| line.strip_prefix("- {id: ")?.strip_suffix('}')?.split_once(", name: "))
        .map(|(id, name)| (id.to_string(), unquote(name)))
        .collect();
    assert_eq!(names.len(), 25, "every name of the fixture is read");
    names
}

fn unquote(name: &str) -> String {
    let inner = name.trim().trim_start_matches('"');
    let inner = inner.strip_suffix('"').unwrap_or(inner);
    let mut out = String::new();
    let mut chars = inner.chars();
    while let Some(c) = chars.next() {
        if c != '\\' {
            out.push(c);
            continue;
        }
        match chars.next() {
            Some('u') => {
                let code: String = chars.by_ref().take(4).collect();
                let number = u32::from_str_radix(&code, 16).expect("the fixture has four digits");
                out.push(char::from_u32(number).expect("the fixture names characters"));
            }
            Some(other) => out.push(other),
            None => {}
        }
    }
    out
}

/// Text without white space: line breaks on the page are no part of a name.
pub fn squeeze(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// A file's path within its library, with `/`.
pub fn library_path(library: &Path, file: &Path) -> String {
    let path = file.strip_prefix(library).expect("the file lies in the library");
    path.components().map(|c| c.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}
