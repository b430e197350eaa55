//! In: a call of a function. Out: the type of its result, and the call in Tera's words.

use std::ops::Range;

use super::args::{Spec, Takes};
use super::expr::Typed;
use super::{Lower, Mode};
use crate::diagnostic::{Diagnostic, suggest};
use crate::fill::schema::Type;
use crate::fill::suggest::did_you_mean;
use crate::fill::syntax::{Arg, Expr, ExprKind, Name};
use crate::library::block::Block;

const FUNCTIONS: [&str; 5] = ["amount", "block", "blocks", "has_section", "range"];

/// The longest `range`, and the most blocks at once.
const MOST_RANGE: i64 = 1_000;
const MOST_BLOCKS: i64 = 100;

fn spec(name: &'static str, required: bool, takes: Takes) -> Spec {
    Spec { name, required, takes }
}

impl Lower<'_> {
    pub(super) fn call(&mut self, name: &Name, args: &[Arg], span: &Range<usize>) -> Typed {
        let typed = match name.text.as_str() {
            "amount" => self.amount(name, args, span),
            "has_section" => self.has_section(name, args),
            "blocks" => self.blocks(name, args, span),
            "range" => self.range(name, args, span),
            "block" => {
                self.fail("T016", name, "`block` stands alone on its line: `{{ block(id=\"kind/id\") }}`", "not here");
                None
            }
            _ => {
                let label = match suggest(&name.text, FUNCTIONS) {
                    Some(known) => format!("did you mean `{known}`?"),
                    None => "there are `amount`, `block`, `blocks`, `has_section` and `range`".into(),
                };
                self.fail("T006", name, &format!("there is no function called `{}`", name.text), &label);
                None
            }
        };
        typed.unwrap_or_else(Typed::unknown)
    }

    fn fail(&mut self, code: &'static str, name: &Name, message: &str, label: &str) {
        let place = self.snippet.place(name.span.clone());
        self.problems.push(Diagnostic::error(code, message).at(place).label(label));
    }

    fn has_section(&mut self, name: &Name, args: &[Arg]) -> Option<Typed> {
        if self.mode == Mode::When {
            let label = "the plan is not made yet when a condition is asked";
            self.fail("T017", name, "`has_section` is not available in `when`", label);
            return None;
        }
        let given = self.args(name, args, &[spec("id", true, Takes::Words)])?;
        let id = given.into_iter().next()?.expr;
        let ExprKind::Text(text) = &id.kind else { return None };
        if !self.schema.sections.contains(text) {
            let label = did_you_mean(text, self.schema.sections.iter().map(String::as_str));
            let problem = Diagnostic::error("T017", format!("the template has no section called `{text}`"));
            self.problems.push(problem.at(self.snippet.place(id.span.clone())).label(label));
            return None;
        }
        Some(Typed::simple(Type::YesNo, format!("has_section(id={})", super::expr::quoted(text))))
    }

    fn blocks(&mut self, name: &Name, args: &[Arg], span: &Range<usize>) -> Option<Typed> {
        self.refuse_in_block(name)?;
        let specs = [
            spec("kind", true, Takes::Words),
            spec("industry", false, Takes::Text),
            spec("segment", false, Takes::Text),
            spec("tags", false, Takes::TextList),
            spec("limit", false, Takes::Count(MOST_BLOCKS)),
        ];
        let given = self.args(name, args, &specs)?;
        let mut call = String::new();
        for arg in &given {
            match (arg.name, &arg.expr.kind) {
                ("kind", ExprKind::Text(kind)) => self.check_kind(kind, arg.expr)?,
                ("segment", ExprKind::Text(_)) => {
                    let segments = self.schema.find(&["segment", "id"], &[]).unwrap_or(Type::Text);
                    self.check_choice(&segments, arg.expr);
                }
                _ => {}
            }
            call.push_str(&format!("{}={}, ", arg.name, arg.typed.code));
        }
        let site = self.site(span, Vec::new());
        Some(Typed::simple(Type::List(Box::new(Type::Text)), format!("blocks({call}at={site})")))
    }

    fn check_kind(&mut self, kind: &str, expr: &Expr) -> Option<()> {
        let blocks = self.known_blocks()?;
        if blocks.iter().any(|block| block.kind == kind) {
            return Some(());
        }
        let mut kinds: Vec<&str> = blocks.iter().map(|block| block.kind.as_str()).collect();
        kinds.sort_unstable();
        kinds.dedup();
        let problem = Diagnostic::error("T014", format!("the library has no blocks of the kind `{kind}`"));
        let problem = problem.label(did_you_mean(kind, kinds.iter().copied()));
        self.problems.push(problem.at(self.snippet.place(expr.span.clone())));
        None
    }

    /// The library's blocks; `None` where they cannot be read, which has been reported then.
    fn known_blocks(&mut self) -> Option<&[Block]> {
        match self.content.blocks() {
            Ok(blocks) => Some(blocks),
            Err(problems) => {
                self.problems.extend(problems.0);
                None
            }
        }
    }

    fn range(&mut self, name: &Name, args: &[Arg], span: &Range<usize>) -> Option<Typed> {
        let specs = [
            spec("end", true, Takes::Whole),
            spec("start", false, Takes::Whole),
            spec("step_by", false, Takes::Count(MOST_RANGE)),
        ];
        let given = self.args(name, args, &specs)?;
        let mut call = String::new();
        let mut names = Vec::new();
        for arg in given {
            call.push_str(&format!("{}={}, ", arg.name, arg.typed.code));
            names.extend(arg.typed.names);
        }
        let site = self.site(span, names);
        Some(Typed::simple(Type::List(Box::new(Type::Whole)), format!("range({call}at={site})")))
    }

    fn refuse_in_block(&mut self, name: &Name) -> Option<()> {
        let (message, label) = match self.mode {
            Mode::Section => return Some(()),
            Mode::Block => ("a block cannot call other blocks", "call both from the section"),
            Mode::Front => ("front matter cannot call blocks", "call them below it"),
            Mode::When => ("a condition cannot call blocks", "test the list inside the section"),
        };
        self.fail("T016", name, message, label);
        None
    }

    /// Writes `{{ block(id=…) }}`.
    pub(super) fn block(&mut self, name: &Name, args: &[Arg], span: &Range<usize>) -> Option<String> {
        self.refuse_in_block(name)?;
        if !self.fills_line(span, false) {
            self.fail("T016", name, "a block stands alone on its line", "put it on a line of its own");
        }
        let given = self.args(name, args, &[spec("id", true, Takes::Text)])?;
        let id = given.into_iter().next()?;
        if let ExprKind::Text(text) = &id.expr.kind {
            self.check_block(text, id.expr)?;
        }
        let site = self.site(&id.expr.span, id.typed.names);
        Some(format!("block(id={}, at={site})", id.typed.code))
    }

    fn check_block(&mut self, id: &str, expr: &Expr) -> Option<()> {
        let blocks = self.known_blocks()?;
        if blocks.iter().any(|block| block.id == id) {
            return Some(());
        }
        let problem = crate::fill::blocks::unknown_block(id, blocks.iter().map(|block| block.id.as_str()));
        self.problems.push(problem.at(self.snippet.place(expr.span.clone())));
        None
    }
}
