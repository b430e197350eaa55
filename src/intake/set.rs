//! In: a `--set path=value` word. Out: the tree of the client file with that value in its place.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Place, SourceFile};
use crate::library::template::{FieldKind, Template};
use crate::source::{Node, NodeKind, Spanned};

/// Standard paths that hold lists.
const LISTS: [&str; 6] = [
    "opportunity.pain_points",
    "opportunity.objections",
    "opportunity.competitors",
    "sections.remove",
    "sections.add",
    "case_studies",
];

/// No path of a client file has so many names.
const MAX_PARTS: usize = 8;

/// Why a word cannot be used.
#[derive(Debug, thiserror::Error)]
pub(super) enum SetFault {
    #[error("`--set {word}` has no `=`")]
    NoValue { word: String, span: Range<usize> },
    #[error("`{path}` does not name a place in a client file")]
    BadPath { path: String, span: Range<usize> },
    #[error("`--set {path}` is given twice")]
    Twice { path: String, span: Range<usize> },
    #[error("the client file has {found} under `{path}`, so nothing can be set inside it")]
    NotAGroup { path: String, found: &'static str, span: Range<usize> },
    #[error("quote lines cannot be set one by one")]
    QuoteLines { span: Range<usize> },
}

impl SetFault {
    pub(super) fn into_diagnostic(self, file: &Arc<SourceFile>) -> Diagnostic {
        let message = self.to_string();
        let (code, span, help) = match self {
            Self::NoValue { span, .. } => ("C003", span, "write `--set client.name=\"…\"`"),
            Self::BadPath { span, .. } => {
                ("C003", span, "write names with dots between them, such as `client.size.vehicles`")
            }
            Self::Twice { span, .. } => ("C004", span, "keep one of them"),
            Self::NotAGroup { span, .. } => ("C004", span, "mend the client file, or set the whole value"),
            Self::QuoteLines { span } => ("C003", span, "put the quote into a client file"),
        };
        Diagnostic::error(code, message).at(Place { file: file.clone(), span }).label("not used").help(help)
    }
}

/// Lays one word, which stands `at` bytes into the text, over the tree. The value is text exactly as given; where the
/// path holds a list, commas part its entries.
pub(super) fn lay(
    root: &mut Node,
    word: &str,
    at: usize,
    template: &Template,
    seen: &mut BTreeSet<String>,
) -> Result<(), SetFault> {
    let Some((path, value)) = word.split_once('=') else {
        return Err(SetFault::NoValue { word: word.into(), span: at..at + word.len() });
    };
    let span = at..at + path.len();
    let parts: Vec<&str> = path.split('.').collect();
    let deep = parts.len() > MAX_PARTS;
    if deep || parts.iter().any(|part| part.is_empty() || part.contains(char::is_whitespace)) {
        return Err(SetFault::BadPath { path: path.into(), span });
    }
    if path == "quote.lines" || path.starts_with("quote.lines.") {
        return Err(SetFault::QuoteLines { span });
    }
    if !seen.insert(path.to_owned()) {
        return Err(SetFault::Twice { path: path.into(), span });
    }
    let value_at = at + path.len() + 1;
    let value = if holds_list(path, template) { list(value, value_at) } else { scalar(value, value_at) };
    *slot(root, &parts, at)? = value;
    Ok(())
}

fn holds_list(path: &str, template: &Template) -> bool {
    let answer = path.strip_prefix("answers.");
    let is_list = |id: &str| template.fields.iter().any(|field| field.id.value == id && field.kind == FieldKind::List);
    LISTS.contains(&path) || answer.is_some_and(is_list)
}

/// Finds the node at a path, making groups on the way.
fn slot<'n>(root: &'n mut Node, parts: &[&str], mut at: usize) -> Result<&'n mut Node, SetFault> {
    let mut node = root;
    for (depth, part) in parts.iter().enumerate() {
        let span = at..at + part.len();
        if node.kind == NodeKind::Null {
            *node = Node::empty_map(span.clone());
        }
        let found = node.describe();
        let NodeKind::Map(entries) = &mut node.kind else {
            return Err(SetFault::NotAGroup { path: parts[..depth].join("."), found, span });
        };
        let index = match entries.iter().position(|(key, _)| key.value == *part) {
            Some(index) => index,
            None => {
                let key = Spanned { value: (*part).to_owned(), span: span.clone() };
                entries.push((key, Node { span, kind: NodeKind::Null }));
                entries.len() - 1
            }
        };
        node = &mut entries[index].1;
        at += part.len() + 1;
    }
    Ok(node)
}

/// Plain, so that it may be a number where one is asked for.
fn scalar(text: &str, at: usize) -> Node {
    Node { span: at..at + text.len(), kind: NodeKind::Scalar { text: text.to_owned(), quoted: false } }
}

fn list(text: &str, at: usize) -> Node {
    let mut items = Vec::new();
    let mut start = at;
    for part in text.split(',').filter(|_| !text.is_empty()) {
        let lead = part.len() - part.trim_start().len();
        items.push(scalar(part.trim(), start + lead));
        start += part.len() + 1;
    }
    Node { span: at..at + text.len(), kind: NodeKind::List(items) }
}
