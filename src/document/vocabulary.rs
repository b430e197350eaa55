//! In: nothing. Out: the closed set of directives and what each may say; one table.

use std::ops::RangeInclusive;

/// A directive: `:::name{attribute=word attribute="text"}`.
#[derive(Debug)]
pub(super) struct Directive {
    pub name: &'static str,
    pub body: Body,
    pub attributes: &'static [Attribute],
    /// Directives that it may stand in; [`TOP`] is the section itself.
    pub parents: &'static [&'static str],
}

/// What stands between a directive's lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Body {
    /// Nothing: it is one line, without a closing line.
    Leaf,
    /// Paragraphs, lists, tables and so on.
    Blocks,
    /// Lines of its own form, such as `figure | label`.
    Lines,
    /// Only other directives.
    Directives,
}

#[derive(Debug)]
pub(super) struct Attribute {
    pub name: &'static str,
    pub required: bool,
    pub takes: Takes,
}

/// What an attribute takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Takes {
    /// Text in quotation marks, which may hold values.
    Text,
    /// One of these words.
    OneOf(&'static [&'static str]),
    /// Some of these words, with spaces between them.
    SomeOf(&'static [&'static str]),
    /// An id that marketing wrote.
    Id,
    /// A block's id, which may come from a value: filling has looked it up.
    Block,
    /// Width to height, such as `16:9`.
    Ratio,
    /// A number within these bounds.
    Count(RangeInclusive<usize>),
}

/// The section or block itself, as a parent.
pub(super) const TOP: &str = "";

const FLOW: &[&str] = &[TOP, "column"];
const TOP_ONLY: &[&str] = &[TOP];

const fn directive(name: &'static str, body: Body, parents: &'static [&'static str]) -> Directive {
    Directive { name, body, attributes: &[], parents }
}

impl Directive {
    const fn with(self, attributes: &'static [Attribute]) -> Self {
        Self { attributes, ..self }
    }
}

const fn required(name: &'static str, takes: Takes) -> Attribute {
    Attribute { name, required: true, takes }
}

const fn optional(name: &'static str, takes: Takes) -> Attribute {
    Attribute { name, required: false, takes }
}

/// Every directive there is.
pub(super) static DIRECTIVES: &[Directive] = &[
    directive("callout", Body::Blocks, FLOW)
        .with(&[optional("tone", Takes::OneOf(&["neutral", "accent", "warning"])), optional("title", Takes::Text)]),
    directive("columns", Body::Directives, TOP_ONLY),
    directive("column", Body::Blocks, &["columns"]),
    directive("stats", Body::Lines, FLOW),
    directive("testimonial", Body::Blocks, FLOW).with(&[required("by", Takes::Text), optional("role", Takes::Text)]),
    directive("toc", Body::Leaf, TOP_ONLY),
    directive("signature", Body::Leaf, TOP_ONLY),
    directive("page-break", Body::Leaf, TOP_ONLY),
    directive("timeline", Body::Lines, TOP_ONLY),
    directive("steps", Body::Blocks, TOP_ONLY),
    directive("cards", Body::Blocks, TOP_ONLY),
    directive("team", Body::Blocks, TOP_ONLY),
    directive("chart", Body::Blocks, FLOW).with(&[
        required("type", Takes::OneOf(&["bar", "line", "donut", "waterfall"])),
        optional("title", Takes::Text),
        optional("unit", Takes::Text),
        optional("mode", Takes::OneOf(&["grouped", "stacked"])),
        optional("direction", Takes::OneOf(&["vertical", "horizontal"])),
    ]),
    directive("figure", Body::Leaf, FLOW).with(&[
        required("src", Takes::Text),
        required("alt", Takes::Text),
        optional("caption", Takes::Text),
        optional("crop", Takes::Ratio),
        optional("focus", Takes::OneOf(&["centre", "top", "bottom", "left", "right"])),
    ]),
    directive("editable", Body::Blocks, &[TOP, "column", "callout"]).with(&[
        required("id", Takes::Id),
        required("label", Takes::Text),
        optional("type", Takes::OneOf(&["text", "date"])),
        optional("choices", Takes::Text),
    ]),
    directive("comparison", Body::Leaf, TOP_ONLY)
        .with(&[optional("limit", Takes::Count(1..=3)), optional("questions", Takes::Count(1..=12))]),
    directive("case-study", Body::Leaf, FLOW).with(&[required("id", Takes::Block)]),
    directive("pricing", Body::Leaf, TOP_ONLY).with(&[
        optional("columns", Takes::SomeOf(&["sku", "quantity", "unit-price", "discount", "none"])),
        optional("group", Takes::OneOf(&["billing", "none"])),
        optional("optional", Takes::OneOf(&["show", "hide"])),
        optional("list", Takes::OneOf(&["show", "hide"])),
        optional("per", Takes::OneOf(&["vehicles", "employees", "locations"])),
        optional("headline", Takes::OneOf(&["total", "net", "none"])),
    ]),
    directive("acceptance", Body::Leaf, TOP_ONLY),
];

/// Finds a directive by its name.
pub(super) fn find(name: &str) -> Option<&'static Directive> {
    DIRECTIVES.iter().find(|directive| directive.name == name)
}

/// Lists words for a message: `` `a`, `b` or `c` ``.
pub(super) fn either<'a>(words: impl IntoIterator<Item = &'a str>) -> String {
    let quoted: Vec<String> = words.into_iter().map(|word| format!("`{word}`")).collect();
    match quoted.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, others)) => format!("{} or {last}", others.join(", ")),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_words() {
        assert_eq!(either(["a"]), "`a`");
        assert_eq!(either(["a", "b", "c"]), "`a`, `b` or `c`");
        assert_eq!(either([]), "");
    }

    #[test]
    fn parents_and_names_are_directives() {
        for directive in DIRECTIVES {
            assert!(std::ptr::eq(find(directive.name).expect("found by name"), directive), "{}", directive.name);
            assert!(
                directive.parents.iter().all(|parent| *parent == TOP || find(parent).is_some()),
                "{}",
                directive.name
            );
        }
    }
}
