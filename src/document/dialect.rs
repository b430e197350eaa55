//! In: nothing. Out: the names of what can be written, for guides, galleries and tests.

use super::layouts;
use super::model::Kind;
use super::vocabulary::{DIRECTIVES, Takes};

/// The names of the directives.
pub fn directive_names() -> Vec<&'static str> {
    DIRECTIVES.iter().map(|directive| directive.name).collect()
}

/// The words that an attribute of a directive takes; none where there is no such attribute or it takes any text.
pub fn attribute_words(directive: &str, attribute: &str) -> &'static [&'static str] {
    let found = super::vocabulary::find(directive);
    let attribute = found.and_then(|found| found.attributes.iter().find(|known| known.name == attribute));
    match attribute.map(|known| &known.takes) {
        Some(Takes::OneOf(words) | Takes::SomeOf(words)) => words,
        _ => &[],
    }
}

/// The `layout:` words that are drawn in documents of this kind.
pub fn layout_names(kind: Kind) -> Vec<&'static str> {
    layouts::drawn(kind)
}
