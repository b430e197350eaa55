//! In: nothing. Out: [`Node`], the tree of one YAML or JSON file: raw scalars with their places.

use std::ops::Range;

use super::Spanned;

/// One value of a file and the bytes that it was read from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// Byte offsets into the file's text.
    pub span: Range<usize>,
    pub kind: NodeKind,
}

/// What a node is. Scalars are not typed: `no`, `007` and `ON` stay what was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NodeKind {
    /// Nothing after the key, or a plain `~` or `null`.
    Null,
    /// Text; `quoted` also for block text (`|`, `>`).
    Scalar {
        text: String,
        quoted: bool,
    },
    List(Vec<Node>),
    /// In the order of the file, without duplicate keys.
    Map(Vec<(Spanned<String>, Node)>),
}

impl Node {
    /// Makes a text node.
    pub fn text(text: impl Into<String>, span: Range<usize>) -> Self {
        Self { span, kind: NodeKind::Scalar { text: text.into(), quoted: true } }
    }

    /// Makes a map without entries.
    pub fn empty_map(span: Range<usize>) -> Self {
        Self { span, kind: NodeKind::Map(Vec::new()) }
    }

    /// Finds the value of a key, when this is a map that has it.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.entries().iter().find(|(k, _)| k.value == key).map(|(_, node)| node)
    }

    /// Lists the entries, when this is a map; else none.
    pub fn entries(&self) -> &[(Spanned<String>, Node)] {
        match &self.kind {
            NodeKind::Map(entries) => entries,
            _ => &[],
        }
    }

    /// Gives the text of a scalar.
    pub fn as_text(&self) -> Option<&str> {
        match &self.kind {
            NodeKind::Scalar { text, .. } => Some(text),
            _ => None,
        }
    }

    /// Says in a person's words what this is, such as `a list`.
    pub fn describe(&self) -> &'static str {
        match &self.kind {
            NodeKind::Null => "nothing",
            NodeKind::List(_) => "a list",
            NodeKind::Map(_) => "a group of keys",
            NodeKind::Scalar { quoted: true, .. } => "text",
            NodeKind::Scalar { text, .. } if matches!(text.as_str(), "true" | "false") => "true or false",
            NodeKind::Scalar { text, .. } if super::scalar::float(text).is_some() => "a number",
            NodeKind::Scalar { .. } => "text",
        }
    }
}
