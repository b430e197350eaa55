//! In: the words of a tag. Out: a single value: a text, a number, a name, a list, a call with its arguments.

use std::ops::Range;

use super::expr::Reader;
use super::lexer::Token;
use super::{Arg, Expr, ExprKind};
use crate::diagnostic::Diagnostic;

/// Words that cannot be names.
const RESERVED: [&str; 11] = ["and", "or", "not", "in", "is", "if", "else", "true", "True", "false", "False"];

impl Reader<'_> {
    pub(super) fn args(&mut self) -> Option<Vec<Arg>> {
        let mut args = Vec::new();
        while !self.sign(")") {
            let named = matches!(
                (self.tokens.get(self.next), self.tokens.get(self.next + 1)),
                (Some((Token::Word(_), _)), Some((Token::Sign("="), _)))
            );
            let name = if named { self.word() } else { None };
            self.next += usize::from(named);
            args.push(Arg { name, value: self.expression()? });
            if !self.sign(",") && !self.next_is(&Token::Sign(")")) {
                self.fail("the list of arguments does not end", "`)` or `,` is missing");
                return None;
            }
        }
        Some(args)
    }

    pub(super) fn value(&mut self) -> Option<Expr> {
        let Range { start, .. } = self.here();
        let token = self.peek().cloned();
        match token {
            Some(Token::Word(word)) => self.named(start, &word),
            Some(Token::Text(text)) => {
                self.next += 1;
                self.make(start, ExprKind::Text(text))
            }
            Some(Token::Number(digits)) => {
                self.next += 1;
                self.number(start, digits)
            }
            Some(Token::Sign("-")) if matches!(self.tokens.get(self.next + 1), Some((Token::Number(_), _))) => {
                let digits = match self.tokens.get(self.next + 1) {
                    Some((Token::Number(digits), _)) => format!("-{digits}"),
                    _ => return None,
                };
                self.next += 2;
                self.number(start, digits)
            }
            Some(Token::Sign("(")) => {
                self.next += 1;
                let value = self.expression()?;
                if !self.sign(")") {
                    self.fail("a bracket is not closed", "`)` is missing");
                    return None;
                }
                Some(value)
            }
            Some(Token::Sign("[")) => self.list(start),
            Some(Token::Sign("{")) => {
                self.refuse("maps are not offered in sections");
                None
            }
            _ => {
                self.fail("a value is missing", "a name such as `client.name` should stand here");
                None
            }
        }
    }

    fn number(&mut self, start: usize, digits: String) -> Option<Expr> {
        let kind = match digits.parse::<i64>() {
            Ok(number) => ExprKind::Whole(number),
            Err(_) if digits.parse::<rust_decimal::Decimal>().is_ok() => ExprKind::Decimal(digits),
            Err(_) => {
                let place = self.snippet.place(start..self.behind());
                let problem = Diagnostic::error("T001", "a number has more digits than can be reckoned with");
                self.problems.push(problem.at(place).label("too long"));
                return None;
            }
        };
        self.make(start, kind)
    }

    fn list(&mut self, start: usize) -> Option<Expr> {
        self.next += 1;
        let mut items = Vec::new();
        while !self.sign("]") {
            items.push(self.expression()?);
            if !self.sign(",") && !self.next_is(&Token::Sign("]")) {
                self.fail("a list does not end", "`]` or `,` is missing");
                return None;
            }
        }
        self.make(start, ExprKind::List(items))
    }

    fn named(&mut self, start: usize, word: &str) -> Option<Expr> {
        match word {
            "true" | "True" | "false" | "False" => {
                self.next += 1;
                return self.make(start, ExprKind::YesNo(word.eq_ignore_ascii_case("true")));
            }
            "none" | "None" | "null" => {
                self.refuse("there is no `none`: a value that is not given is tested by `is defined`");
                return None;
            }
            _ if RESERVED.contains(&word) => {
                self.fail("a value is missing", &format!("`{word}` needs a value before it"));
                return None;
            }
            _ => {}
        }
        let mut names = vec![self.word()?];
        if self.sign("(") {
            let args = self.args()?;
            let name = names.pop()?;
            return self.make(start, ExprKind::Call { name, args });
        }
        while self.sign(".") {
            let Some(name) = self.word() else {
                self.fail("a name is missing behind the point", "such as `name` in `client.name`");
                return None;
            };
            names.push(name);
        }
        if let Some(Token::Sign("[" | "?[" | "?.")) = self.peek() {
            self.refuse("values are named by words and points: `client.name`");
            return None;
        }
        self.make(start, ExprKind::Path(names))
    }
}
