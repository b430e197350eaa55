//! In: the tree of a snippet and the schema. Out: a template for Tera in which every name is known and every type fits,
//! or every fault.
//!
//! Tera never sees the author's text: values are printed through our own filters, each with the number of its
//! [`Site`], and marks stand for the text between the tags.

mod args;
mod currencies;
mod expr;
mod filters;
mod functions;

use std::fmt::Write;
use std::ops::Range;

use super::content::Content;
use super::filled::TOKEN_CLOSE;
use super::lines::PIECE_OPEN;
use super::schema::{Named, Schema, Type};
use super::syntax::{Expr, ExprKind, Name, Node, Snippet};
use crate::diagnostic::Diagnostic;

/// How many loops may stand in each other.
const MOST_LOOPS: usize = 2;

/// What is being read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mode {
    Section,
    Block,
    Front,
    When,
}

/// A place in the source at which something can go wrong while filling.
#[derive(Debug)]
pub(super) struct Site {
    /// Bytes of the file.
    pub span: Range<usize>,
    /// The paths of the client's data that the value is made from.
    pub names: Vec<Named>,
}

struct Local {
    name: String,
    kind: Type,
    names: Vec<Named>,
}

pub(super) struct Lower<'a> {
    snippet: &'a Snippet,
    schema: &'a Schema,
    content: &'a dyn Content,
    mode: Mode,
    problems: &'a mut Vec<Diagnostic>,
    sites: &'a mut Vec<Site>,
    locals: Vec<Local>,
    loops: usize,
    pieces: Vec<Range<usize>>,
    out: String,
}

impl<'a> Lower<'a> {
    pub fn new(
        snippet: &'a Snippet,
        schema: &'a Schema,
        content: &'a dyn Content,
        mode: Mode,
        problems: &'a mut Vec<Diagnostic>,
        sites: &'a mut Vec<Site>,
    ) -> Self {
        let (pieces, out) = (Vec::new(), String::new());
        Self { snippet, schema, content, mode, problems, sites, locals: Vec::new(), loops: 0, pieces, out }
    }

    /// Writes the template for a whole snippet, and says which text its marks stand for.
    pub fn template(mut self, nodes: &[Node]) -> (String, Vec<Range<usize>>) {
        self.nodes(nodes);
        (self.out, self.pieces)
    }

    /// Writes a template that prints `y` where the condition holds.
    pub fn condition_template(mut self, condition: &Expr) -> String {
        let condition = self.condition(condition);
        format!("{{% if {condition} %}}y{{% endif %}}")
    }

    fn nodes(&mut self, nodes: &[Node]) {
        let outer = self.locals.len();
        for node in nodes {
            match node {
                Node::Text(range) => self.mark(range.clone()),
                Node::Put { value, span } => self.put(value, span),
                Node::If { arms, otherwise } => self.conditional(arms, otherwise),
                Node::For { name, items, body, otherwise, span } => self.each(name, items, body, otherwise, span),
                Node::Set { name, value } => self.set(name, value),
            }
        }
        // What is kept inside an `if` or `for` ends with it, so that it can never be missing further down.
        self.locals.truncate(outer);
    }

    /// Lets a mark stand for a piece of text; an empty piece says where the next value is written.
    fn mark(&mut self, piece: Range<usize>) {
        let _ = write!(self.out, "{PIECE_OPEN}{}{TOKEN_CLOSE}", self.pieces.len());
        self.pieces.push(piece);
    }

    fn emit(&mut self, parts: &[&str]) {
        parts.iter().for_each(|part| self.out.push_str(part));
    }

    fn put(&mut self, value: &Expr, span: &Range<usize>) {
        self.mark(span.start..span.start);
        if let ExprKind::Call { name, args } = &value.kind
            && name.text == "block"
        {
            if let Some(code) = self.block(name, args, span) {
                self.emit(&["{{ ", &code, " }}"]);
            }
            return;
        }
        let typed = self.expr(value);
        if !self.printable(&typed.kind, value, span) {
            return;
        }
        let site = self.site(&value.span, typed.names.clone());
        self.emit(&["{{ ", &typed.operand(), &format!(" | put(at={site}) }}}}")]);
    }

    /// Reports what has no printed form.
    fn printable(&mut self, kind: &Type, value: &Expr, span: &Range<usize>) -> bool {
        let words = self.snippet.words(&value.span).to_owned();
        let problem = match kind {
            Type::Unknown => return false,
            Type::Map(names) | Type::Perhaps(names) => {
                let first = names.first().map_or("name", |(name, _)| name);
                Diagnostic::error("T009", format!("`{words}` holds several values and cannot be printed"))
                    .label(format!("name one of them, such as `{words}.{first}`"))
            }
            Type::Answers(_) => Diagnostic::error("T009", "`answers` holds several values and cannot be printed")
                .label("name one of them, such as `answers.start_date`"),
            Type::List(_) => Diagnostic::error("T009", format!("`{words}` is a list and cannot be printed"))
                .label(format!("write `{words} | list`")),
            Type::YesNo => Diagnostic::error("T009", format!("`{words}` is yes or no and cannot be printed"))
                .label(format!("write `{{% if {words} %}}…{{% endif %}}`"))
                .help("for a value that may be missing, write `default(value=\"…\")`"),
            Type::Image if !self.behind_image_mark(span) => {
                Diagnostic::error("T009", format!("`{words}` is an image and cannot be printed as text"))
                    .label(format!("write `![what it shows]({{{{ {words} }}}})`"))
            }
            Type::LongText if self.mode != Mode::Front && !self.fills_line(span, true) => {
                Diagnostic::error("T016", format!("`{words}` may hold paragraphs and cannot stand inside a line"))
                    .label("put it on a line of its own, from the margin on")
            }
            _ => return true,
        };
        self.problems.push(problem.at(self.snippet.place(value.span.clone())));
        false
    }

    fn behind_image_mark(&self, span: &Range<usize>) -> bool {
        self.snippet.words(&(0..span.start)).ends_with("](")
    }

    /// True where nothing but tags stands beside `span` on its line; `margin`: and nothing, not even space, before it.
    fn fills_line(&self, span: &Range<usize>, margin: bool) -> bool {
        let text = self.snippet.text.as_str();
        let before = text[..span.start].rsplit('\n').next().unwrap_or_default();
        let after = text[span.end..].split('\n').next().unwrap_or_default();
        let (before, after) = (without_tags(before), without_tags(after));
        after.trim().is_empty() && if margin { before.is_empty() } else { before.trim().is_empty() }
    }

    fn conditional(&mut self, arms: &[(Expr, Vec<Node>)], otherwise: &[Node]) {
        for (index, (condition, body)) in arms.iter().enumerate() {
            let condition = self.condition(condition);
            self.emit(&[if index == 0 { "{% if " } else { "{% elif " }, &condition, " %}"]);
            self.nodes(body);
        }
        self.emit(&["{% else %}"]);
        self.nodes(otherwise);
        self.emit(&["{% endif %}"]);
    }

    fn each(&mut self, name: &Name, items: &Expr, body: &[Node], otherwise: &[Node], span: &Range<usize>) {
        let typed = self.expr(items);
        let item = match &typed.kind {
            Type::List(item) => (**item).clone(),
            Type::Unknown => Type::Unknown,
            other => {
                let message = format!("`{}` is {}", self.snippet.words(&items.span), other.words());
                let problem = Diagnostic::error("T008", message).at(self.snippet.place(items.span.clone()));
                self.problems.push(problem.label("a loop goes over a list, such as `opportunity.competitors`"));
                Type::Unknown
            }
        };
        if self.loops == MOST_LOOPS {
            let problem = Diagnostic::error("T018", "more than two loops stand in each other");
            self.problems.push(problem.at(self.snippet.place(span.clone())).label("the third"));
        }
        let site = self.site(span, Vec::new());
        let named = self.declare(name, item, Vec::new());
        self.emit(&["{% for v_", &name.text, " in ", &typed.operand(), " | items %}{{ tick("]);
        self.emit(&[&format!("at={site}) }}}}")]);
        self.loops += 1;
        self.nodes(body);
        self.loops -= 1;
        if named {
            self.locals.pop();
        }
        self.emit(&["{% else %}"]);
        self.nodes(otherwise);
        self.emit(&["{% endfor %}"]);
    }

    fn set(&mut self, name: &Name, value: &Expr) {
        let typed = self.expr(value);
        self.emit(&["{% set v_", &name.text, " = ", &typed.code, " %}"]);
        self.declare(name, typed.kind, typed.names);
    }

    /// Makes a name known from here on, unless it is taken.
    fn declare(&mut self, name: &Name, kind: Type, names: Vec<Named>) -> bool {
        let taken = self.schema.roots().any(|root| root == name.text)
            || name.text == "loop"
            || self.locals.iter().any(|local| local.name == name.text);
        if taken {
            let problem = Diagnostic::error("T023", format!("the name `{}` is taken", name.text));
            let problem = problem.at(self.snippet.place(name.span.clone()));
            self.problems.push(problem.label("choose another name"));
            return false;
        }
        self.locals.push(Local { name: name.text.clone(), kind, names });
        true
    }

    fn site(&mut self, span: &Range<usize>, names: Vec<Named>) -> usize {
        self.sites.push(Site { span: self.snippet.span(span.clone()), names });
        self.sites.len() - 1
    }
}

/// A line without its `{% … %}` tags and `{# … #}` comments.
fn without_tags(line: &str) -> String {
    let mut text = String::new();
    let mut rest = line;
    while let Some(open) = ["{%", "{#"].into_iter().filter_map(|open| rest.find(open)).min() {
        text.push_str(&rest[..open]);
        let close = if rest[open..].starts_with("{%") { "%}" } else { "#}" };
        match rest[open..].find(close) {
            Some(at) => rest = &rest[open + at + 2..],
            None => return text,
        }
    }
    text + rest
}
