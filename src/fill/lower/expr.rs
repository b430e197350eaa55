//! In: an expression. Out: its type, and the expression in Tera's words.

use std::ops::Range;

use super::Lower;
use super::currencies::join;
use crate::diagnostic::Diagnostic;
use crate::fill::schema::{Named, NoSuchName, Type, below};
use crate::fill::suggest::did_you_mean;
use crate::fill::syntax::{Expr, ExprKind, Name};

/// An expression whose names and types have been checked.
#[derive(Debug)]
pub(super) struct Typed {
    pub kind: Type,
    pub code: String,
    /// True where a filter may follow the code without brackets.
    pub simple: bool,
    /// The paths that the value is made from.
    pub names: Vec<Named>,
}

impl Typed {
    pub fn unknown() -> Self {
        Self::simple(Type::Unknown, "false")
    }

    pub fn simple(kind: Type, code: impl Into<String>) -> Self {
        Self { kind, code: code.into(), simple: true, names: Vec::new() }
    }

    /// The code as something that a filter or `not` can stand beside.
    pub fn operand(&self) -> String {
        if self.simple { self.code.clone() } else { format!("({})", self.code) }
    }
}

/// A text in Tera's quotation marks.
pub(super) fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

impl Lower<'_> {
    pub(super) fn expr(&mut self, expr: &Expr) -> Typed {
        match &expr.kind {
            ExprKind::Text(text) => self.literal(text, &expr.span),
            ExprKind::Whole(number) if *number < 0 => Typed::simple(Type::Whole, format!("({number})")),
            ExprKind::Whole(number) => Typed::simple(Type::Whole, number.to_string()),
            ExprKind::Decimal(digits) => Typed::simple(Type::Decimal, format!("decimal(of={})", quoted(digits))),
            ExprKind::YesNo(value) => Typed::simple(Type::YesNo, value.to_string()),
            ExprKind::Path(names) => self.path(names, &expr.span),
            ExprKind::List(items) => self.list(items),
            ExprKind::Filter { value, name, args } => self.filter(value, name, args, &expr.span),
            ExprKind::Call { name, args } => self.call(name, args, &expr.span),
            ExprKind::Choose { then, condition, otherwise } => self.choose(then, condition, otherwise),
            _ => Typed { simple: false, ..Typed::simple(Type::YesNo, self.condition(expr)) },
        }
    }

    /// Writes an expression as a condition: a value holds where it is given and is not zero, empty or "no".
    pub(super) fn condition(&mut self, expr: &Expr) -> String {
        match &expr.kind {
            ExprKind::Not(value) => format!("not ({})", self.condition(value)),
            ExprKind::And(parts) => self.conditions(parts, " and "),
            ExprKind::Or(parts) => self.conditions(parts, " or "),
            ExprKind::Compare { op, left, right } => self.compare(op, left, right, &expr.span),
            ExprKind::In { item, list, negated } => self.within(item, list, *negated, &expr.span),
            ExprKind::Given { value, negated } => {
                let value = self.expr(value).operand();
                format!("{}({value} | is_set)", if *negated { "not " } else { "" })
            }
            _ => {
                let typed = self.expr(expr);
                if let Type::Map(_) | Type::Answers(_) = typed.kind {
                    let message = format!("`{}` is always there", self.snippet.words(&expr.span));
                    let problem = Diagnostic::error("T012", message).at(self.snippet.place(expr.span.clone()));
                    self.problems.push(problem.label("ask for one of its values, such as `contact.name`"));
                }
                format!("({} | holds)", typed.operand())
            }
        }
    }

    fn conditions(&mut self, parts: &[Expr], word: &str) -> String {
        let parts: Vec<String> = parts.iter().map(|part| format!("({})", self.condition(part))).collect();
        parts.join(word)
    }

    fn literal(&mut self, text: &str, span: &Range<usize>) -> Typed {
        if ["{{", "}}", "{%", "%}"].iter().any(|mark| text.contains(mark)) {
            let problem = Diagnostic::error("T021", "braces in a text would be printed");
            self.problems.push(problem.at(self.snippet.place(span.clone())).label("word it without them"));
        }
        Typed::simple(Type::Text, quoted(text))
    }

    fn path(&mut self, names: &[Name], span: &Range<usize>) -> Typed {
        let words: Vec<&str> = names.iter().map(|name| name.text.as_str()).collect();
        if let Some(local) = self.locals.iter().rev().find(|local| local.name == words[0]) {
            let typed = match below(&local.kind, &words) {
                Ok(kind) => Typed::simple(kind, format!("v_{}", words.join("."))),
                Err(fault) => return self.no_such_name(names, fault),
            };
            if names.len() > 1 {
                let named = Named { path: words.join("."), span: self.snippet.span(span.clone()) };
                return Typed { names: vec![named], ..typed };
            }
            return Typed { names: local.names.clone(), ..typed };
        }
        if words[0] == "loop" {
            return self.loop_field(names);
        }
        let locals: Vec<&str> = self.locals.iter().map(|local| local.name.as_str()).collect();
        match self.schema.find(&words, &locals) {
            Ok(kind) => {
                let path = words.join(".");
                let named = Named { path: path.clone(), span: self.snippet.span(span.clone()) };
                self.in_own_currency(Typed { names: vec![named], ..Typed::simple(kind, path) }, span)
            }
            Err(fault) => self.no_such_name(names, fault),
        }
    }

    fn no_such_name(&mut self, names: &[Name], fault: NoSuchName) -> Typed {
        let place = self.snippet.place(names[fault.at].span.clone());
        self.problems.push(Diagnostic::error("T003", fault.message).at(place).label(fault.label));
        Typed::unknown()
    }

    fn loop_field(&mut self, names: &[Name]) -> Typed {
        const FIELDS: [&str; 5] = ["index", "index0", "first", "last", "length"];
        let place = |name: &Name| self.snippet.place(name.span.clone());
        let problem = match names {
            [name] => Diagnostic::error("T003", "`loop` cannot be used alone")
                .at(place(name))
                .label("write `loop.index`, `loop.first` or `loop.last`"),
            [first, ..] if self.loops == 0 => Diagnostic::error("T003", "`loop` stands outside a loop")
                .at(place(first))
                .label("no `for` is open here"),
            [_, field] if FIELDS.contains(&field.text.as_str()) => {
                let kind = if matches!(field.text.as_str(), "first" | "last") { Type::YesNo } else { Type::Whole };
                return Typed::simple(kind, format!("loop.{}", field.text));
            }
            [_, field, ..] => Diagnostic::error("T003", format!("`loop` has no field called `{}`", field.text))
                .at(place(field))
                .label(did_you_mean(&field.text, FIELDS)),
            [] => return Typed::unknown(),
        };
        self.problems.push(problem);
        Typed::unknown()
    }

    fn list(&mut self, items: &[Expr]) -> Typed {
        let mut kind: Option<Type> = None;
        let mut codes = Vec::new();
        let mut names = Vec::new();
        for item in items {
            let typed = self.expr(item);
            if matches!(typed.kind, Type::List(_)) || typed.kind.is_group() {
                let problem = Diagnostic::error("T008", format!("{} cannot stand in a list", typed.kind.words()));
                let problem = problem.at(self.snippet.place(item.span.clone()));
                self.problems.push(problem.label("single values stand in a list"));
            }
            codes.push(typed.operand());
            names.extend(typed.names);
            kind = Some(match kind {
                None => typed.kind,
                Some(kind) => kind.join(typed.kind),
            });
        }
        let kind = Type::List(Box::new(kind.unwrap_or(Type::Text)));
        Typed { names, ..Typed::simple(kind, format!("[{}]", codes.join(", "))) }
    }

    fn choose(&mut self, then: &Expr, condition: &Expr, otherwise: &Expr) -> Typed {
        let (first, second) = (then, otherwise);
        let (then, otherwise) = (self.expr(then), self.expr(otherwise));
        let kind = join((first, &then.kind), (second, &otherwise.kind));
        let condition = self.condition(condition);
        let code = format!("{} if ({condition}) else {}", then.operand(), otherwise.operand());
        let names = then.names.into_iter().chain(otherwise.names).collect();
        Typed { kind, code, simple: false, names }
    }

    fn compare(&mut self, op: &str, left: &Expr, right: &Expr, span: &Range<usize>) -> String {
        let (a, b) = (self.expr(left), self.expr(right));
        self.check_comparison(op, (left, &a), (right, &b), span);
        let code = format!("a={}, op=\"{op}\", b={}", a.code, b.code);
        let site = self.site(span, a.names.into_iter().chain(b.names).collect());
        format!("compare({code}, at={site})")
    }

    fn check_comparison(&mut self, op: &str, left: (&Expr, &Typed), right: (&Expr, &Typed), span: &Range<usize>) {
        let (a, b) = (&left.1.kind, &right.1.kind);
        let equality = op == "==" || op == "!=";
        let problem = match (a, b) {
            (Type::Unknown, _) | (_, Type::Unknown) => return,
            (Type::Date, _) | (_, Type::Date) => Diagnostic::error("T012", "dates are not compared")
                .label("the plan decides by date: `available` in template.yaml"),
            (Type::MoneyIn(_), Type::MoneyIn(_)) => {
                self.same_currency((left.0, a), (right.0, b), span);
                return;
            }
            // A threshold in a condition is shown nowhere: it is of whatever currency the amount is in.
            (a, b) if a.is_number() && b.is_number() => return,
            (a, b) if equality && a.is_text() && b.is_text() => {
                self.check_choice(a, right.0);
                self.check_choice(b, left.0);
                return;
            }
            (Type::YesNo, Type::YesNo) if equality => return,
            (Type::List(_), Type::Text | Type::Choice(_)) if equality => {
                Diagnostic::error("T012", "a list is not compared with a text").label("write `\"…\" in list`")
            }
            (a, b) if !equality && a.is_text() && b.is_text() => {
                Diagnostic::error("T012", format!("texts have no order for `{op}`")).label("only numbers have")
            }
            (a, b) => Diagnostic::error("T012", format!("{} is compared with {}", a.words(), b.words()))
                .label("the two can never be equal"),
        };
        self.problems.push(problem.at(self.snippet.place(span.clone())));
    }

    /// Reports a text that is compared with a value that can never be it.
    pub(super) fn check_choice(&mut self, kind: &Type, other: &Expr) {
        let (Type::Choice(words), ExprKind::Text(text)) = (kind, &other.kind) else { return };
        if words.is_empty() || words.contains(text) {
            return;
        }
        let label = did_you_mean(text, words.iter().map(String::as_str));
        let problem = Diagnostic::error("T013", format!("the value is never `{text}`"));
        self.problems.push(problem.at(self.snippet.place(other.span.clone())).label(label));
    }

    fn within(&mut self, item: &Expr, list: &Expr, negated: bool, span: &Range<usize>) -> String {
        let (item_typed, list_typed) = (self.expr(item), self.expr(list));
        let problem = match (&item_typed.kind, &list_typed.kind) {
            (Type::Unknown, _) | (_, Type::Unknown) => None,
            (item, Type::List(of)) if item == &**of || (item.is_text() && of.is_text()) => None,
            (item, Type::List(of)) if item.is_number() && of.is_number() => None,
            (item, text) if item.is_text() && text.is_text() => None,
            (item, Type::List(of)) => {
                Some(format!("{} is looked for in a list of {}", item.words(), of.words().trim_start_matches("a ")))
            }
            (_, other) => Some(format!("`in` looks in a list, and `{}` is {}", self.words(list), other.words())),
        };
        if let Some(message) = problem {
            let problem = Diagnostic::error("T012", message).at(self.snippet.place(span.clone()));
            self.problems.push(problem.label("never found"));
        }
        if let (kind @ Type::Choice(_), ExprKind::List(items)) = (&item_typed.kind, &list.kind) {
            items.iter().for_each(|other| self.check_choice(kind, other));
        }
        let not = if negated { "not " } else { "" };
        format!("{not}within(item={}, list={})", item_typed.code, list_typed.code)
    }

    pub(super) fn words(&self, expr: &Expr) -> &str {
        self.snippet.words(&expr.span)
    }
}
