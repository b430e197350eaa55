//! In: a [`Source`]'s lines. Out: a tree of [`Piece`]s: directives, spliced blocks, and the plain Markdown between.
//!
//! The split is by line and comes before Markdown is parsed, so that no fence is lost in a list or a paragraph.

use std::ops::Range;

use super::attributes::{self, Attributes};
use super::fences::{self, Fence, FenceFault};
use super::sink::Sink;
use super::source::Source;
use super::tokens::Line;
use super::vocabulary::{self, Body, DIRECTIVES, Directive};
use crate::diagnostic::{Diagnostic, suggest};

/// Directives within directives; nothing in the dialect needs more than two.
const MAX_DEPTH: usize = 8;

/// A stretch of a file.
#[derive(Debug, PartialEq)]
pub(super) enum Piece {
    /// Lines of Markdown, not all blank.
    Lines(Range<usize>),
    /// A library block spliced in.
    Block {
        index: usize,
        line: usize,
    },
    Directive(Node),
}

/// A directive and what it holds.
#[derive(Debug)]
pub(super) struct Node {
    /// None where the name is unknown and resembles nothing.
    pub directive: Option<&'static Directive>,
    pub attributes: Attributes,
    /// The line of its fence.
    pub line: usize,
    /// The lines between its fences.
    pub inside: Range<usize>,
    pub pieces: Vec<Piece>,
}

impl PartialEq for Node {
    fn eq(&self, other: &Self) -> bool {
        self.line == other.line && self.inside == other.inside && self.pieces == other.pieces
    }
}

struct Open {
    node: Node,
    name: String,
    colons: usize,
}

struct Splitter<'s, 'f> {
    source: &'s Source<'f>,
    sink: &'s mut Sink,
    open: Vec<Open>,
    done: Vec<Piece>,
    /// The last leaf, to explain a closing line after it.
    last_leaf: Option<&'static str>,
}

/// Splits a file at its fences and block tokens.
pub(super) fn split(source: &Source, sink: &mut Sink) -> Vec<Piece> {
    let mut splitter = Splitter { source, sink, open: Vec::new(), done: Vec::new(), last_leaf: None };
    let mut start = 0;
    for (line, taken) in source.lines.iter().enumerate() {
        let fence = match taken {
            Line::Block(_) => None,
            Line::Text(text) => match fences::read(text) {
                Some(fence) => Some(fence),
                None => continue,
            },
        };
        splitter.lines(start..line);
        start = line + 1;
        match (taken, fence) {
            (Line::Block(index), _) => splitter.push(Piece::Block { index: *index, line }),
            (_, Some(fence)) => splitter.fence(&fence, line),
            _ => {}
        }
        if splitter.open.len() > MAX_DEPTH {
            splitter.too_deep(line);
            return Vec::new();
        }
    }
    splitter.lines(start..source.lines.len());
    splitter.finish()
}

impl Splitter<'_, '_> {
    fn push(&mut self, piece: Piece) {
        match self.open.last_mut() {
            Some(open) => open.node.pieces.push(piece),
            None => self.done.push(piece),
        }
    }

    fn lines(&mut self, lines: Range<usize>) {
        if lines.clone().any(|line| !self.source.text(line).trim().is_empty()) {
            self.push(Piece::Lines(lines));
        }
    }

    fn problem(&mut self, problem: Diagnostic, line: usize) {
        let place = self.source.place(line);
        self.sink.push(problem.at(place));
    }

    fn fence(&mut self, fence: &Fence, line: usize) {
        if let Some(fault) = fence.fault {
            self.form(fence, fault, line);
        }
        match fence.name {
            "" if matches!(fence.fault, Some(FenceFault::Nameless(_))) => {}
            "" => self.close(fence.colons, line),
            name => self.begin(fence, name, line),
        }
    }

    fn form(&mut self, fence: &Fence, fault: FenceFault, line: usize) {
        let colons = ":".repeat(fence.colons);
        let name = fence.name;
        let (code, message, words, help) = match fault {
            FenceFault::Indented => {
                ("D011", "a `:::` line is indented".to_owned(), "", "begin it at the start of the line".to_owned())
            }
            FenceFault::Spaced => {
                let help = format!("write `{colons}{name}` without spaces, and `{{` right after it");
                ("D012", format!("`{colons}{name}` has a space in it"), "", help)
            }
            FenceFault::Nameless(text) => {
                ("D012", format!("`{colons}` is followed by no name"), text, format!("write `{colons}name`"))
            }
            FenceFault::OpenBrace => (
                "D012",
                format!("the brace of `{colons}{name}` is never closed"),
                "",
                "end the line with `}`".to_owned(),
            ),
            FenceFault::Trailing(text) => {
                ("D012", format!("text follows `{colons}{name}`"), text, "put it on the next line".to_owned())
            }
        };
        let place = self.source.place_of(line, words);
        self.sink.push(Diagnostic::error(code, message).at(place).help(help));
    }

    fn begin(&mut self, fence: &Fence, name: &str, line: usize) {
        let known = vocabulary::find(name);
        let directive = known.or_else(|| self.unknown(name, line));
        self.nesting(fence, name, directive, line);
        let attributes = match directive {
            Some(directive) => attributes::read(directive, fence.attributes, line, self.source, self.sink),
            None => Attributes::default(),
        };
        let node = Node { directive, attributes, line, inside: line + 1..line + 1, pieces: Vec::new() };
        let is_leaf = match directive {
            Some(directive) => directive.body == Body::Leaf,
            None => !self.closes_later(fence.colons, line),
        };
        self.last_leaf = directive.filter(|_| is_leaf).map(|directive| directive.name);
        if is_leaf {
            self.push(Piece::Directive(node));
        } else {
            self.open.push(Open { node, name: name.to_owned(), colons: fence.colons });
        }
    }

    /// Checks that an inner fence has fewer colons. What could not stand inside anyway shows that the one before it was
    /// never closed.
    fn nesting(&mut self, fence: &Fence, name: &str, directive: Option<&Directive>, line: usize) {
        let Some(open) = self.open.last().filter(|open| fence.colons >= open.colons) else { return };
        let outside =
            directive.zip(open.node.directive).is_some_and(|(inner, outer)| !inner.parents.contains(&outer.name));
        if outside {
            return self.close_innermost(line, true);
        }
        // What is one line cannot be taken for the end of what is around it.
        if directive.is_some_and(|inner| inner.body == Body::Leaf) {
            return;
        }
        let message =
            format!("`{}{name}` stands inside `:::{}` with as many colons", ":".repeat(fence.colons), open.name);
        let outer = fence.colons + 1;
        let help = format!("write `{}{}` around it, and close that with {outer} colons", ":".repeat(outer), open.name);
        self.problem(Diagnostic::error("D015", message).help(help), line);
    }

    /// Reports an unknown name; what it resembles is read in its place, so that its contents are checked too.
    fn unknown(&mut self, name: &str, line: usize) -> Option<&'static Directive> {
        let meant = suggest(name, DIRECTIVES.iter().map(|directive| directive.name));
        let problem = Diagnostic::error("D010", format!("there is no directive `:::{name}`"));
        let problem = match meant {
            Some(meant) => problem.label(format!("did you mean `{meant}`?")),
            None => problem
                .help(format!("there are {}", vocabulary::either(DIRECTIVES.iter().map(|directive| directive.name)))),
        };
        let place = self.source.place_of(line, name);
        self.sink.push(problem.at(place));
        meant.and_then(vocabulary::find)
    }

    /// Guesses whether an unknown directive has a closing line.
    fn closes_later(&self, colons: usize, line: usize) -> bool {
        let later = (line + 1..self.source.lines.len()).filter_map(|line| fences::read(self.source.text(line)));
        later.into_iter().find(|fence| fence.colons >= colons).is_some_and(|fence| fence.name.is_empty())
    }

    fn close(&mut self, colons: usize, line: usize) {
        let Some(at) = self.open.iter().rposition(|open| open.colons == colons) else {
            return self.stray(colons, line);
        };
        while self.open.len() > at + 1 {
            self.close_innermost(line, true);
        }
        self.close_innermost(line, false);
        self.last_leaf = None;
    }

    fn close_innermost(&mut self, line: usize, unclosed: bool) {
        let Some(mut open) = self.open.pop() else { return };
        if unclosed {
            let colons = ":".repeat(open.colons);
            let message = format!("`{colons}{}` is never closed", open.name);
            self.problem(
                Diagnostic::error("D013", message).help(format!("end it with a line `{colons}`")),
                open.node.line,
            );
        }
        open.node.inside.end = line;
        self.push(Piece::Directive(open.node));
    }

    fn stray(&mut self, colons: usize, line: usize) {
        let written = ":".repeat(colons);
        let problem = Diagnostic::error("D014", format!("`{written}` closes nothing"));
        let problem = match (self.open.last(), self.last_leaf) {
            (Some(open), _) => {
                let wanted = ":".repeat(open.colons);
                problem.help(format!("`{wanted}{}` is open: close it with `{wanted}`", open.name))
            }
            (None, Some(leaf)) => problem.help(format!("remove it: `:::{leaf}` is one line and is not closed")),
            (None, None) => problem.help("remove it, or write the directive that it should close"),
        };
        self.problem(problem, line);
    }

    fn too_deep(&mut self, line: usize) {
        let problem = Diagnostic::error("D016", "directives stand too deep within each other");
        self.problem(problem.help("close the outer ones first"), line);
    }

    fn finish(mut self) -> Vec<Piece> {
        while !self.open.is_empty() {
            self.close_innermost(self.source.lines.len(), true);
        }
        self.done
    }
}
