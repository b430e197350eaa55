//! In: the text of a section, a block or a condition. Out: its tree ([`Node`], [`Expr`]), or every place that cannot
//! be read.
//!
//! Only the part of Tera that sections are offered is read; the rest is refused by name, with what to write instead.
//! Precedence is Tera's.

mod expr;
mod lexer;
mod scan;
mod tags;
mod tree;
mod value;

use std::ops::Range;
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Place, SourceFile};

/// A part of a file that is read as a template.
#[derive(Debug)]
pub(super) struct Snippet {
    pub file: Arc<SourceFile>,
    pub text: String,
    pub origin: Origin,
}

/// Where a snippet stands in its file.
#[derive(Debug, Clone)]
pub(super) enum Origin {
    /// Letter for letter from this byte on.
    At(usize),
    /// Somewhere within these bytes, written with YAML's escapes.
    Within(Range<usize>),
}

impl Snippet {
    /// Makes a snippet of a YAML scalar: exact places where the scalar is written letter for letter.
    pub fn of_scalar(file: &Arc<SourceFile>, value: &str, span: &Range<usize>) -> Self {
        let raw = file.text.get(span.clone()).unwrap_or_default();
        let origin = match raw.find(value) {
            Some(at) if !value.is_empty() => Origin::At(span.start + at),
            _ => Origin::Within(span.clone()),
        };
        Self { file: Arc::clone(file), text: value.into(), origin }
    }

    /// Bytes of the file for bytes of the snippet.
    pub fn span(&self, local: Range<usize>) -> Range<usize> {
        match &self.origin {
            Origin::At(base) => base + local.start..base + local.end,
            Origin::Within(span) => span.clone(),
        }
    }

    /// The place of bytes of the snippet.
    pub fn place(&self, local: Range<usize>) -> Place {
        Place { file: Arc::clone(&self.file), span: self.span(local) }
    }

    /// The author's words.
    pub fn words(&self, local: &Range<usize>) -> &str {
        self.text.get(local.clone()).unwrap_or_default()
    }
}

/// One part of a template.
#[derive(Debug)]
pub(super) enum Node {
    Text(Range<usize>),
    Put { value: Expr, span: Range<usize> },
    If { arms: Vec<(Expr, Vec<Node>)>, otherwise: Vec<Node> },
    For { name: Name, items: Expr, body: Vec<Node>, otherwise: Vec<Node>, span: Range<usize> },
    Set { name: Name, value: Expr },
}

/// A name with its place in the snippet.
#[derive(Debug, Clone)]
pub(super) struct Name {
    pub text: String,
    pub span: Range<usize>,
}

#[derive(Debug)]
pub(super) struct Expr {
    pub kind: ExprKind,
    pub span: Range<usize>,
}

#[derive(Debug)]
pub(super) enum ExprKind {
    Text(String),
    Whole(i64),
    /// A number with a decimal mark, as written.
    Decimal(String),
    YesNo(bool),
    Path(Vec<Name>),
    List(Vec<Expr>),
    Not(Box<Expr>),
    And(Vec<Expr>),
    Or(Vec<Expr>),
    Compare {
        op: &'static str,
        left: Box<Expr>,
        right: Box<Expr>,
    },
    In {
        item: Box<Expr>,
        list: Box<Expr>,
        negated: bool,
    },
    Given {
        value: Box<Expr>,
        negated: bool,
    },
    Filter {
        value: Box<Expr>,
        name: Name,
        args: Vec<Arg>,
    },
    Call {
        name: Name,
        args: Vec<Arg>,
    },
    Choose {
        then: Box<Expr>,
        condition: Box<Expr>,
        otherwise: Box<Expr>,
    },
}

#[derive(Debug)]
pub(super) struct Arg {
    /// `None` where the value stands without a name, as in `has_section("pricing")`.
    pub name: Option<Name>,
    pub value: Expr,
}

/// Reads a whole template.
pub(super) fn parse(snippet: &Snippet, problems: &mut Vec<Diagnostic>) -> Vec<Node> {
    let (pieces, too_many) = scan::pieces(snippet, problems);
    let nodes = tree::nest(snippet, pieces, problems);
    problems.extend(too_many);
    nodes
}

/// Reads a condition that stands by itself, as in `when:`.
pub(super) fn parse_condition(snippet: &Snippet, problems: &mut Vec<Diagnostic>) -> Option<Expr> {
    scan::condition(snippet, problems)
}
