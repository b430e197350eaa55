//! In: the types of two values that meet in a sum or comparison, and an amount that is written out. Out: the type of the
//! result, or a refusal: no amount is ever taken for one of another currency.
//!
//! An amount is in the document's currency ([`Type::Money`]) or in one that its author names ([`Type::MoneyIn`]). Whether
//! the two are the same is known when a document is made; rendering refuses what differs (T034).

use std::ops::Range;

use iso_currency::Currency;

use super::Lower;
use super::args::{Given, Spec, Takes};
use super::expr::{Typed, quoted};
use crate::diagnostic::Diagnostic;
use crate::fill::schema::Type;
use crate::fill::syntax::{Arg, Expr, ExprKind, Name};

/// True for a zero that is written out: nothing is the same in every currency.
pub(super) fn is_zero(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Whole(number) => *number == 0,
        ExprKind::Decimal(digits) => digits.chars().all(|c| matches!(c, '0' | '.' | '-')),
        _ => false,
    }
}

/// The type of a value that is one or the other, where a zero that is written out may take the place of an amount.
pub(super) fn join(left: (&Expr, &Type), right: (&Expr, &Type)) -> Type {
    match (left, right) {
        ((_, money), (zero, number)) | ((zero, number), (_, money))
            if money.is_money() && !number.is_money() && is_zero(zero) =>
        {
            money.clone()
        }
        ((_, left), (_, right)) => left.clone().join(right.clone()),
    }
}

impl Lower<'_> {
    /// Whether two values may meet in a sum or comparison; reports why not.
    pub(super) fn same_currency(&mut self, left: (&Expr, &Type), right: (&Expr, &Type), span: &Range<usize>) -> bool {
        let problem = match (left, right) {
            ((_, Type::Unknown), _) | (_, (_, Type::Unknown)) => return true,
            ((_, Type::MoneyIn(one)), (_, Type::MoneyIn(other))) if one != other => {
                let message = format!("an amount in {} meets one in {}", one.code(), other.code());
                Diagnostic::error("T032", message).label("two currencies have no sum").help("keep to one currency")
            }
            ((_, money), (expr, number)) | ((expr, number), (_, money))
                if money.is_money() && !number.is_money() && number.is_number() && !is_zero(expr) =>
            {
                let message = format!("an amount of money meets `{}`, which has no currency", self.words(expr));
                Diagnostic::error("T031", message)
                    .label("of which currency?")
                    .help("write the number as `amount(of=…, currency=\"CAD\")`, with the currency that it is in")
            }
            _ => return true,
        };
        self.problems.push(problem.at(self.snippet.place(span.clone())));
        false
    }

    /// The same for a filter that adds, compares or divides.
    pub(super) fn filter_currencies(
        &mut self,
        name: &Name,
        value: (&Expr, &Type),
        given: &[Given<'_>],
        span: &Range<usize>,
    ) -> bool {
        let Some(arg) = given.first() else { return true };
        let (argument, kind) = (arg.expr, &arg.typed.kind);
        match name.text.as_str() {
            "plus" | "minus" | "at_least" | "at_most" | "default" => self.same_currency(value, (argument, kind), span),
            "times" | "divided_by" if value.1.is_money() && kind.is_money() => {
                self.same_currency(value, (argument, kind), span)
            }
            _ => true,
        }
    }

    /// Refuses `money` on a number: it would print it in whatever currency the document has.
    pub(super) fn without_currency(&mut self, value: &Expr, name: &Name) {
        let words = self.words(value).to_owned();
        let message = format!("`{words}` is a number and has no currency");
        let place = self.snippet.place(name.span.clone());
        let help = "make it from amounts: `amount(of=850, currency=\"CAD\")`, fields of `type: money`, or the quote";
        self.problems.push(Diagnostic::error("T030", message).at(place).label("of which currency?").help(help));
    }

    /// Writes `amount(of=…, currency="…")`: an amount that the library states, in its own currency.
    pub(super) fn amount(&mut self, name: &Name, args: &[Arg], span: &Range<usize>) -> Option<Typed> {
        let specs = [
            Spec { name: "of", required: true, takes: Takes::Number },
            Spec { name: "currency", required: true, takes: Takes::Words },
        ];
        let given = self.args(name, args, &specs)?;
        let of = given.iter().find(|arg| arg.name == "of")?;
        let code = given.iter().find(|arg| arg.name == "currency")?;
        let ExprKind::Text(text) = &code.expr.kind else { return None };
        let Some(currency) = Currency::from_code(text) else {
            let problem = Diagnostic::error("T033", format!("`{text}` is not a currency"));
            let problem = problem.at(self.snippet.place(code.expr.span.clone()));
            self.problems.push(problem.label("write three capitals, such as `CAD`"));
            return None;
        };
        if of.typed.kind.is_money() || of.typed.kind == Type::Percent {
            let message = format!("`{}` is {} already", self.words(of.expr), of.typed.kind.words());
            let problem = Diagnostic::error("T008", message).at(self.snippet.place(of.expr.span.clone()));
            self.problems.push(problem.label("write it without `amount`"));
            return None;
        }
        let site = self.site(span, of.typed.names.clone());
        let call = format!("amount(of={}, currency={}, at={site})", of.typed.code, quoted(text));
        Some(Typed { names: of.typed.names.clone(), ..Typed::simple(Type::MoneyIn(currency), call) })
    }

    /// A value of the client that is in a currency of its own: refused where the document has another.
    pub(super) fn in_own_currency(&mut self, typed: Typed, span: &Range<usize>) -> Typed {
        let Type::MoneyIn(currency) = &typed.kind else { return typed };
        let site = self.site(span, typed.names.clone());
        let code = format!("amount(of={}, currency={}, at={site})", typed.code, quoted(currency.code()));
        Typed { code, ..typed }
    }
}
