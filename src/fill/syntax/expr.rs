//! In: the words of a tag. Out: an expression, read by precedence: choice, or, and, not, in and is, comparison, filter.

use std::ops::Range;

use super::lexer::Token;
use super::{Expr, ExprKind, Name, Snippet};
use crate::diagnostic::Diagnostic;

/// How deep brackets may stand in each other, and how many parts one expression may have.
const MOST_DEPTH: usize = 7;
const MOST_PARTS: usize = 50;

/// What arithmetic is written with instead.
const OPERATORS: [(&str, &str); 8] = [
    ("+", "plus(by=…)"),
    ("-", "minus(by=…)"),
    ("*", "times(by=…)"),
    ("/", "divided_by(by=…)"),
    ("//", "divided_by(by=…) | round"),
    ("%", "divided_by(by=…)"),
    ("**", "times(by=…)"),
    ("~", ""),
];

pub(super) struct Reader<'a> {
    pub snippet: &'a Snippet,
    pub problems: &'a mut Vec<Diagnostic>,
    pub(super) tokens: Vec<(Token, Range<usize>)>,
    pub(super) next: usize,
    /// Where the tag's closing mark begins.
    end: usize,
    depth: usize,
    parts: usize,
}

impl<'a> Reader<'a> {
    pub fn new(
        snippet: &'a Snippet,
        tokens: Vec<(Token, Range<usize>)>,
        end: usize,
        problems: &'a mut Vec<Diagnostic>,
    ) -> Self {
        Self { snippet, problems, tokens, next: 0, end, depth: 0, parts: 0 }
    }

    pub(super) fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.next).map(|(token, _)| token)
    }

    /// The place of the next word, or the closing mark.
    pub(super) fn here(&self) -> Range<usize> {
        match self.tokens.get(self.next) {
            Some((_, span)) => span.clone(),
            None => self.end..(self.end + 2).min(self.snippet.text.len()).max(self.end),
        }
    }

    pub(super) fn behind(&self) -> usize {
        self.next.checked_sub(1).and_then(|last| self.tokens.get(last)).map_or(self.end, |(_, span)| span.end)
    }

    pub fn fail(&mut self, message: impl Into<String>, label: &str) {
        let place = self.snippet.place(self.here());
        self.problems.push(Diagnostic::error("T001", message).at(place).label(label));
    }

    pub fn next_is(&self, token: &Token) -> bool {
        self.peek() == Some(token)
    }

    pub fn next_is_word(&self, word: &str) -> bool {
        matches!(self.peek(), Some(Token::Word(next)) if next == word)
    }

    pub fn take(&mut self, token: &Token) -> bool {
        let found = self.next_is(token);
        self.next += usize::from(found);
        found
    }

    pub fn take_word(&mut self, word: &str) -> bool {
        let found = self.next_is_word(word);
        self.next += usize::from(found);
        found
    }

    pub(super) fn sign(&mut self, sign: &'static str) -> bool {
        self.take(&Token::Sign(sign))
    }

    /// Takes any word.
    pub fn word(&mut self) -> Option<Name> {
        let (Token::Word(text), span) = self.tokens.get(self.next)? else { return None };
        let name = Name { text: text.clone(), span: span.clone() };
        self.next += 1;
        Some(name)
    }

    /// Checks that nothing is left.
    pub fn end(&mut self) -> Option<()> {
        if self.peek().is_none() {
            return Some(());
        }
        if let Some(Token::Sign(sign)) = self.peek()
            && let Some((_, filter)) = OPERATORS.iter().find(|(operator, _)| operator == sign)
        {
            self.arithmetic(sign, filter);
            return None;
        }
        match self.peek() {
            Some(Token::Sign("[" | "?[" | "?.")) => self.refuse("values are named by words and points: `client.name`"),
            Some(Token::Sign("=")) => self.fail("`=` gives a value; two values are compared by `==`", "write `==`"),
            _ => self.fail("something is left over", "not expected here"),
        }
        None
    }

    pub(super) fn refuse(&mut self, message: &str) {
        let place = self.snippet.place(self.here());
        self.problems.push(Diagnostic::error("T004", message).at(place).label("not offered"));
    }

    fn arithmetic(&mut self, sign: &str, filter: &str) {
        let place = self.snippet.place(self.here());
        let problem = if filter.is_empty() {
            Diagnostic::error("T010", "texts are not joined by `~`").label("write the two after each other")
        } else {
            let label = format!("write `| {filter}`");
            Diagnostic::error("T010", format!("numbers are not reckoned with `{sign}` but with filters"))
                .label(label)
                .help("amounts stay exact that way: `{{ client.size.vehicles | times(by=2.4) | round | number }}`")
        };
        self.problems.push(problem.at(place));
    }

    /// Reads an expression that fills its tag.
    pub fn whole(&mut self) -> Option<Expr> {
        if self.peek().is_none() {
            self.fail("the tag is empty", "a name such as `client.name` is missing");
            return None;
        }
        let value = self.expression()?;
        self.end()?;
        Some(value)
    }

    pub fn expression(&mut self) -> Option<Expr> {
        self.depth += 1;
        if self.depth > MOST_DEPTH {
            let place = self.snippet.place(self.here());
            self.problems.push(
                Diagnostic::error("T018", "an expression has too many brackets in each other")
                    .at(place)
                    .label("too deep")
                    .help("split it with `{% set name = … %}`"),
            );
            return None;
        }
        let result = self.choice();
        self.depth -= 1;
        result
    }

    pub(super) fn make(&mut self, start: usize, kind: ExprKind) -> Option<Expr> {
        self.parts += 1;
        if self.parts == MOST_PARTS {
            let place = self.snippet.place(start..self.behind());
            self.problems.push(
                Diagnostic::error("T018", "an expression is too long")
                    .at(place)
                    .label("too many parts")
                    .help("split it with `{% set name = … %}`"),
            );
            return None;
        }
        Some(Expr { kind, span: start..self.behind() })
    }

    fn choice(&mut self) -> Option<Expr> {
        let start = self.here().start;
        let then = self.any_of()?;
        if !self.take_word("if") {
            return Some(then);
        }
        let condition = self.expression()?;
        if !self.take_word("else") {
            self.fail("a choice is written `a if condition else b`", "`else` is missing");
            return None;
        }
        let otherwise = self.expression()?;
        let kind = ExprKind::Choose { then: then.into(), condition: condition.into(), otherwise: otherwise.into() };
        self.make(start, kind)
    }

    fn any_of(&mut self) -> Option<Expr> {
        self.chain("or", Self::all_of, ExprKind::Or)
    }

    fn all_of(&mut self) -> Option<Expr> {
        self.chain("and", Self::negation, ExprKind::And)
    }

    fn chain(
        &mut self,
        word: &str,
        part: fn(&mut Self) -> Option<Expr>,
        kind: fn(Vec<Expr>) -> ExprKind,
    ) -> Option<Expr> {
        let start = self.here().start;
        let first = part(self)?;
        if !self.next_is_word(word) {
            return Some(first);
        }
        let mut parts = vec![first];
        while self.take_word(word) {
            parts.push(part(self)?);
        }
        self.make(start, kind(parts))
    }

    fn negation(&mut self) -> Option<Expr> {
        let start = self.here().start;
        if !self.take_word("not") {
            return self.membership();
        }
        if self.next_is_word("not") {
            self.fail("`not` stands twice", "one is enough");
            return None;
        }
        let value = self.membership()?;
        self.make(start, ExprKind::Not(value.into()))
    }

    fn membership(&mut self) -> Option<Expr> {
        let start = self.here().start;
        let mut value = self.comparison()?;
        loop {
            let negated = self.next_is_word("not");
            if negated && !matches!(self.tokens.get(self.next + 1), Some((Token::Word(word), _)) if word == "in") {
                self.fail("`not` stands before a condition, or in `not in`", "not expected here");
                return None;
            }
            self.next += usize::from(negated);
            if self.take_word("in") {
                let list = self.comparison()?;
                value = self.make(start, ExprKind::In { item: value.into(), list: list.into(), negated })?;
            } else if self.take_word("is") {
                value = self.test(start, value)?;
            } else {
                return Some(value);
            }
        }
    }

    fn test(&mut self, start: usize, value: Expr) -> Option<Expr> {
        let negated = self.take_word("not");
        let here = self.here();
        let Some(test) = self.word() else {
            self.fail("a test is written `is defined`", "`defined` is missing");
            return None;
        };
        let negated = match test.text.as_str() {
            "defined" => negated,
            "undefined" => !negated,
            _ => {
                let problem = Diagnostic::error("T004", format!("there is no test called `{}`", test.text));
                let problem = problem.at(self.snippet.place(here));
                self.problems.push(problem.label("there are `is defined` and `is undefined`"));
                return None;
            }
        };
        self.make(start, ExprKind::Given { value: value.into(), negated })
    }

    fn comparison(&mut self) -> Option<Expr> {
        let start = self.here().start;
        let left = self.filtered()?;
        let Some(op) = self.operator() else { return Some(left) };
        let right = self.filtered()?;
        if let Some(Token::Sign("==" | "!=" | ">=" | "<=" | ">" | "<")) = self.peek() {
            self.fail("two comparisons in a row", "write `and` between them");
            return None;
        }
        self.make(start, ExprKind::Compare { op, left: left.into(), right: right.into() })
    }

    fn operator(&mut self) -> Option<&'static str> {
        ["==", "!=", ">=", "<=", ">", "<"].into_iter().find(|op| self.sign(op))
    }

    fn filtered(&mut self) -> Option<Expr> {
        let start = self.here().start;
        let mut value = self.value()?;
        while self.sign("|") {
            let Some(name) = self.word() else {
                self.fail("a filter's name stands behind `|`", "the name is missing");
                return None;
            };
            let args = if self.sign("(") { self.args()? } else { Vec::new() };
            value = self.make(start, ExprKind::Filter { value: value.into(), name, args })?;
        }
        if let Some(Token::Sign(sign)) = self.peek()
            && let Some((_, filter)) = OPERATORS.iter().find(|(operator, _)| operator == sign)
        {
            self.arithmetic(sign, filter);
            return None;
        }
        Some(value)
    }
}
