//! In: the pieces of a snippet. Out: the tree: what stands inside which `if` and `for`.

use std::ops::Range;

use super::scan::Piece;
use super::tags::Tag;
use super::{Expr, Name, Node, Snippet};
use crate::diagnostic::Diagnostic;

/// How deep `if` and `for` may stand inside each other.
const MOST_DEPTH: usize = 12;
/// How many `elif` may be open at once, those of the tags around them too. Tera reads each of them one call deeper.
const MOST_ELIF: usize = 100;

enum Open {
    If { arms: Vec<(Expr, Vec<Node>)>, condition: Option<Expr> },
    For { name: Name, items: Expr, body: Option<Vec<Node>> },
}

struct Level {
    open: Open,
    span: Range<usize>,
    /// What has been read since the last tag of this level.
    nodes: Vec<Node>,
}

pub(super) fn nest(snippet: &Snippet, pieces: Vec<Piece>, problems: &mut Vec<Diagnostic>) -> Vec<Node> {
    let mut nest = Nest { snippet, problems, root: Vec::new(), levels: Vec::new(), broken: false };
    for piece in pieces {
        match piece {
            Piece::Text(range) => nest.nodes().push(Node::Text(range)),
            Piece::Put(value, span) => nest.nodes().push(Node::Put { value, span }),
            Piece::Tag(tag, span) => nest.tag(tag, span),
            Piece::Broken => nest.broken = true,
        }
    }
    nest.finish()
}

struct Nest<'a> {
    snippet: &'a Snippet,
    problems: &'a mut Vec<Diagnostic>,
    root: Vec<Node>,
    levels: Vec<Level>,
    /// A tag could not be read, so tags that do not match up are not reported: the broken one may be their partner.
    broken: bool,
}

impl Nest<'_> {
    fn nodes(&mut self) -> &mut Vec<Node> {
        match self.levels.last_mut() {
            Some(level) => &mut level.nodes,
            None => &mut self.root,
        }
    }

    fn report(&mut self, span: Range<usize>, message: String, label: &str) {
        if !self.broken {
            let place = self.snippet.place(span);
            self.problems.push(Diagnostic::error("T002", message).at(place).label(label));
        }
    }

    fn open(&mut self, open: Open, span: Range<usize>) {
        if self.levels.len() == MOST_DEPTH {
            let place = self.snippet.place(span.clone());
            let message = format!("tags stand more than {MOST_DEPTH} deep in each other");
            if !self.broken {
                self.problems.push(Diagnostic::error("T018", message).at(place).label("too deep"));
            }
            // Deeper levels are left out, so that no depth of nesting can exhaust the stack further on.
            self.broken = true;
            return;
        }
        self.levels.push(Level { open, span, nodes: Vec::new() });
    }

    fn tag(&mut self, tag: Tag, span: Range<usize>) {
        match tag {
            Tag::If(condition) => self.open(Open::If { arms: Vec::new(), condition: Some(condition) }, span),
            Tag::For(name, items) => self.open(Open::For { name, items, body: None }, span),
            Tag::Set(name, value) => self.nodes().push(Node::Set { name, value }),
            Tag::Elif(condition) => self.elif(condition, span),
            Tag::Else => self.otherwise(span),
            Tag::EndIf => self.end_if(span),
            Tag::EndFor => self.end_for(span),
        }
    }

    fn elif(&mut self, next: Expr, span: Range<usize>) {
        if self.open_elif() == MOST_ELIF {
            let place = self.snippet.place(span);
            if !self.broken {
                let problem = Diagnostic::error("T040", format!("more than {MOST_ELIF} `elif` are open here"));
                let help = "split it into several `{% if %}`, or look the value up in a block";
                self.problems.push(problem.at(place).label("too many").help(help));
            }
            self.broken = true;
            return;
        }
        if let Some(Level { open: Open::If { arms, condition }, nodes, .. }) = self.levels.last_mut()
            && let Some(last) = condition.replace(next)
        {
            arms.push((last, std::mem::take(nodes)));
            return;
        }
        self.report(span, "`elif` does not stand in an `if`".into(), "no `{% if %}` is open here");
    }

    fn open_elif(&self) -> usize {
        let arms = |level: &Level| match &level.open {
            Open::If { arms, .. } => arms.len(),
            Open::For { .. } => 0,
        };
        self.levels.iter().map(arms).sum()
    }

    fn otherwise(&mut self, span: Range<usize>) {
        match self.levels.last_mut() {
            Some(Level { open: Open::If { arms, condition }, nodes, .. }) if condition.is_some() => {
                arms.extend(condition.take().map(|last| (last, std::mem::take(nodes))));
            }
            Some(Level { open: Open::For { body, .. }, nodes, .. }) if body.is_none() => {
                *body = Some(std::mem::take(nodes));
            }
            Some(_) => self.report(span, "a second `else`".into(), "one `else` has been given already"),
            None => self.report(span, "`else` does not stand in an `if`".into(), "no `{% if %}` is open here"),
        }
    }

    fn end_if(&mut self, span: Range<usize>) {
        match self.levels.pop() {
            Some(Level { open: Open::If { mut arms, condition }, nodes, .. }) => {
                let mut otherwise = Vec::new();
                match condition {
                    Some(last) => arms.push((last, nodes)),
                    None => otherwise = nodes,
                }
                self.nodes().push(Node::If { arms, otherwise });
            }
            Some(level) => {
                self.report(span, "`endif` where `endfor` is due".into(), "write `{% endfor %}` first");
                self.levels.push(level);
            }
            None => self.report(span, "`endif` closes nothing".into(), "no `{% if %}` is open here"),
        }
    }

    fn end_for(&mut self, span: Range<usize>) {
        match self.levels.pop() {
            Some(Level { open: Open::For { name, items, body }, nodes, span: start }) => {
                let (body, otherwise) = match body {
                    Some(body) => (body, nodes),
                    None => (nodes, Vec::new()),
                };
                self.nodes().push(Node::For { name, items, body, otherwise, span: start });
            }
            Some(level) => {
                self.report(span, "`endfor` where `endif` is due".into(), "write `{% endif %}` first");
                self.levels.push(level);
            }
            None => self.report(span, "`endfor` closes nothing".into(), "no `{% for %}` is open here"),
        }
    }

    fn finish(mut self) -> Vec<Node> {
        while let Some(level) = self.levels.pop() {
            let (word, end) = match level.open {
                Open::If { .. } => ("if", "endif"),
                Open::For { .. } => ("for", "endfor"),
            };
            let message = format!("`{word}` is never closed: `{{% {end} %}}` is missing");
            self.report(level.span, message, "begins here");
        }
        self.root
    }
}
