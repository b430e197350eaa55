//! In: the text between a directive's braces. Out: its attributes, checked against the table, or what is wrong.

use super::sink::Sink;
use super::source::Source;
use super::tokens::{has_value, is_mark};
use super::vocabulary::either;
use super::vocabulary::{Attribute, Directive, Takes};
use crate::diagnostic::{Diagnostic, suggest};

/// The attributes of one directive, in the order written.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Attributes(Vec<(&'static str, String)>);

impl Attributes {
    /// The text of an attribute, with value tokens.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(given, _)| *given == name).map(|(_, text)| text.as_str())
    }
}

/// One `name=text` as written.
struct Pair<'a> {
    name: &'a str,
    text: String,
    /// The pair as it stands in the line, to mark it.
    written: &'a str,
}

/// Reads and checks the attributes of a directive.
pub(super) fn read(
    directive: &Directive,
    inside: Option<&str>,
    line: usize,
    source: &Source,
    sink: &mut Sink,
) -> Attributes {
    let mut attributes = Attributes::default();
    let mut given: Vec<&str> = Vec::new();
    for pair in split(directive.name, inside.unwrap_or_default(), line, source, sink) {
        if given.contains(&pair.name) {
            let message = format!("`{}` stands twice in one directive", pair.name);
            sink.push(Diagnostic::error("D019", message).at(source.place_of(line, pair.written)).help("keep one"));
            continue;
        }
        given.push(pair.name);
        match check(directive, &pair) {
            Ok(attribute) => attributes.0.push((attribute.name, pair.text)),
            Err(problem) => sink.push(problem.at(source.place_of(line, pair.written))),
        }
    }
    let missing = directive.attributes.iter().filter(|a| a.required && !given.contains(&a.name));
    for attribute in missing {
        let message = format!("`:::{}` needs `{}`", directive.name, attribute.name);
        let help = format!("write `:::{}{{{}}}`", directive.name, example(attribute));
        sink.push(Diagnostic::error("D020", message).at(source.place(line)).help(help));
    }
    attributes
}

fn check(directive: &Directive, pair: &Pair) -> Result<&'static Attribute, Diagnostic> {
    let Some(attribute) = directive.attributes.iter().find(|attribute| attribute.name == pair.name) else {
        return Err(unknown(directive, pair.name));
    };
    let wrong = |what: String| Diagnostic::error("D021", what).help(format!("write `{}`", example(attribute)));
    match &attribute.takes {
        Takes::Count(bounds) if !pair.text.parse().is_ok_and(|count: usize| bounds.contains(&count)) => {
            let message = match has_value(&pair.text) {
                true => format!("`{}` cannot come from a value", attribute.name),
                false => format!("`{}` cannot be `{}`", attribute.name, pair.text),
            };
            let help = format!("it is a number from {} to {}", bounds.start(), bounds.end());
            Err(Diagnostic::error("D021", message).help(help))
        }
        Takes::Ratio if ratio(&pair.text).is_none() => {
            let message = match has_value(&pair.text) {
                true => format!("`{}` cannot come from a value", attribute.name),
                false => format!("`{}` cannot be `{}`", attribute.name, pair.text),
            };
            let help = "it is width to height, such as `16:9`, at most four times as wide as high, or as high as wide";
            Err(Diagnostic::error("D021", message).help(help))
        }
        Takes::OneOf(words) if !words.contains(&pair.text.as_str()) => Err(no_such_word(attribute, &pair.text, words)),
        Takes::SomeOf(words) => match some_of(&pair.text).find(|word| !words.contains(word)) {
            Some(other) => Err(no_such_word(attribute, other, words)),
            None if some_of(&pair.text).next().is_none() => Err(wrong(format!("`{}` is empty", attribute.name))),
            None => Ok(attribute),
        },
        Takes::Id if has_value(&pair.text) => Err(wrong(format!("`{}` cannot come from a value", attribute.name))),
        Takes::Id | Takes::Block | Takes::Text if pair.text.trim().is_empty() => {
            Err(wrong(format!("`{}` is empty", attribute.name)))
        }
        _ => Ok(attribute),
    }
}

/// The words of an attribute that takes several: `sku quantity`, or `sku, quantity`.
pub(super) fn some_of(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| c == ',' || c.is_whitespace()).filter(|word| !word.is_empty())
}

/// Reads `16:9`; none where it is no shape that a picture has.
pub(super) fn ratio(text: &str) -> Option<(u16, u16)> {
    let (width, height) = text.split_once(':')?;
    let (width, height): (u16, u16) = (width.parse().ok()?, height.parse().ok()?);
    let fits = |long: u16, short: u16| short > 0 && u32::from(long) <= 4 * u32::from(short);
    (width <= 1000 && height <= 1000 && fits(width, height) && fits(height, width)).then_some((width, height))
}

fn no_such_word(attribute: &Attribute, word: &str, words: &[&'static str]) -> Diagnostic {
    let message = match has_value(word) {
        true => format!("`{}` cannot come from a value", attribute.name),
        false => format!("`{}` cannot be `{word}`", attribute.name),
    };
    let some = if matches!(attribute.takes, Takes::SomeOf(_)) { "any of " } else { "" };
    let help = format!("it is {some}{}", either(words.iter().copied()));
    let problem = Diagnostic::error("D021", message).help(help);
    match suggest(word, words.iter().copied()) {
        Some(word) => problem.label(format!("did you mean `{word}`?")),
        None => problem,
    }
}

fn unknown(directive: &Directive, name: &str) -> Diagnostic {
    let problem = Diagnostic::error("D018", format!("`:::{}` has no attribute `{name}`", directive.name));
    let known = || directive.attributes.iter().map(|attribute| attribute.name);
    let problem = match suggest(name, known()) {
        Some(meant) => problem.label(format!("did you mean `{meant}`?")),
        None => problem,
    };
    match directive.attributes.is_empty() {
        true => problem.help("it takes none"),
        false => problem.help(format!("it takes {}", either(known()))),
    }
}

fn example(attribute: &Attribute) -> String {
    match &attribute.takes {
        Takes::Text => format!("{}=\"…\"", attribute.name),
        Takes::OneOf(words) => format!("{}={}", attribute.name, words.first().unwrap_or(&"…")),
        Takes::Id | Takes::Block => format!("{}=…", attribute.name),
        Takes::Ratio => format!("{}=16:9", attribute.name),
        Takes::Count(bounds) => format!("{}={}", attribute.name, bounds.end()),
        Takes::SomeOf(words) => format!("{}=\"{}\"", attribute.name, words.get(..2).unwrap_or(words).join(" ")),
    }
}

/// Splits `a=b c="d e"` into pairs and reports what is neither.
fn split<'a>(directive: &str, inside: &'a str, line: usize, source: &Source, sink: &mut Sink) -> Vec<Pair<'a>> {
    let mut pairs = Vec::new();
    let mut rest = inside.trim_start();
    while !rest.is_empty() {
        match next_pair(rest) {
            Ok((pair, after)) => {
                pairs.push(pair);
                rest = after.trim_start();
            }
            Err((what, help)) => {
                let message = format!("{what} in `:::{directive}{{…}}`");
                sink.push(Diagnostic::error("D017", message).at(source.place_of(line, rest.trim_end())).help(help));
                break;
            }
        }
    }
    pairs
}

type Malformed = (&'static str, &'static str);

fn next_pair(rest: &str) -> Result<(Pair<'_>, &str), Malformed> {
    let form = "write attributes as `name=word` or `name=\"some text\"`, with spaces between them";
    let end = rest.find(|c: char| !(c.is_alphanumeric() || c == '-' || c == '_')).unwrap_or(rest.len());
    let after = rest[end..].strip_prefix('=').ok_or(("something that is no attribute", form))?;
    if end == 0 {
        return Err(("an attribute without a name", form));
    }
    let (text, length) = read_value(after).ok_or_else(|| match after.chars().next() {
        Some('“' | '”' | '„' | '«' | '\'' | '‘' | '’') => {
            ("other quotation marks", "use straight ones: \"…\"")
        }
        Some('"') => ("a quotation mark that is never closed", "end the text with \""),
        _ => ("an attribute without a value", form),
    })?;
    let whole = end + 1 + length;
    let beyond = &rest[whole..];
    if !beyond.is_empty() && !beyond.starts_with(char::is_whitespace) {
        return Err(("something that is no attribute", form));
    }
    Ok((Pair { name: &rest[..end], text, written: &rest[..whole] }, beyond))
}

/// Reads a word, a value or a quoted text, and how many bytes it takes.
fn read_value(text: &str) -> Option<(String, usize)> {
    let Some(quoted) = text.strip_prefix('"') else {
        let word = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '/' | ':') || is_mark(c);
        let end = text.find(|c| !word(c)).unwrap_or(text.len());
        return (end > 0).then(|| (text[..end].to_owned(), end));
    };
    let mut value = String::new();
    let mut chars = quoted.char_indices();
    while let Some((at, c)) = chars.next() {
        match c {
            '"' => return Some((value, at + 2)),
            // Only the quotation mark is escaped here; any other backslash is Markdown's.
            '\\' if quoted[at + 1..].starts_with('"') => {
                chars.next();
                value.push('"');
            }
            _ => value.push(c),
        }
    }
    None
}
