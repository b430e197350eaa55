//! In: a value and a filter. Out: the type of what comes out, and the call in Tera's words.

use std::ops::Range;

use super::Lower;
use super::args::{Given, Spec, Takes};
use super::currencies::join;
use super::expr::Typed;
use crate::diagnostic::{Diagnostic, suggest};
use crate::fill::schema::Type;
use crate::fill::syntax::{Arg, Expr, Name};

const FILTERS: [&str; 16] = [
    "number",
    "money",
    "percent",
    "date",
    "plural",
    "list",
    "default",
    "times",
    "plus",
    "minus",
    "divided_by",
    "at_least",
    "at_most",
    "round",
    "round_up",
    "round_down",
];

/// Filters of Tera that are not offered, and what to do instead.
const REFUSED: [(&str, &str); 14] = [
    ("safe", "values are never markup: Markdown belongs in the section itself"),
    ("escape", "values are always kept apart from markup"),
    ("upper", "names are printed as the client writes them"),
    ("lower", "names are printed as the client writes them"),
    ("title", "names are printed as the client writes them"),
    ("capitalize", "names are printed as the client writes them"),
    ("trim", "values come without outer space already"),
    ("replace", "values are printed as they were given"),
    ("join", "write `list`"),
    ("length", "ask `{% if list %}` whether there are any"),
    ("first", "write `{% for x in list %}{% if loop.first %}…`"),
    ("last", "write `{% for x in list %}{% if loop.last %}…`"),
    ("pluralize", "write `plural(one=\"…\", other=\"…\")`"),
    ("truncate", "set `max_length` on the field in template.yaml"),
];

fn spec(name: &'static str, required: bool, takes: Takes) -> Spec {
    Spec { name, required, takes }
}

fn specs(filter: &str) -> Vec<Spec> {
    match filter {
        "number" | "money" | "percent" | "round" | "round_up" | "round_down" => {
            vec![spec("digits", false, Takes::Digits)]
        }
        "date" => vec![spec("style", false, Takes::Word(&["long", "short"]))],
        "list" => vec![spec("type", false, Takes::Word(&["and", "or"]))],
        "times" | "plus" | "minus" | "divided_by" => vec![spec("by", true, Takes::Number)],
        "at_least" | "at_most" => vec![spec("of", true, Takes::Number)],
        "default" => vec![spec("value", true, Takes::Anything)],
        "plural" => {
            let mut forms = vec![spec("one", true, Takes::Text), spec("other", true, Takes::Text)];
            // Other languages have more forms than English.
            forms.extend(["zero", "two", "few", "many"].map(|form| spec(form, false, Takes::Text)));
            forms
        }
        _ => Vec::new(),
    }
}

/// True where the filter works on this kind of value.
fn accepts(filter: &str, kind: &Type) -> bool {
    match filter {
        "percent" => kind.is_number() && !kind.is_money(),
        "number" => kind.is_number() && *kind != Type::Percent,
        "money" => kind.is_money(),
        "plural" | "round" | "round_up" | "round_down" => kind.is_number(),
        "times" | "plus" | "minus" | "divided_by" | "at_least" | "at_most" => kind.is_number(),
        "date" => *kind == Type::Date,
        "list" => matches!(kind, Type::List(_)),
        _ => !kind.is_group(),
    }
}

fn wants(filter: &str) -> &'static str {
    match filter {
        "date" => "dates",
        "list" => "lists",
        "percent" => "numbers and percentages",
        "number" => "numbers and amounts",
        "money" => "amounts of money",
        "default" => "single values and lists",
        _ => "numbers",
    }
}

/// The type that comes out.
fn result(filter: &str, (value, kind): (&Expr, &Type), given: Option<&Given<'_>>) -> Type {
    let argument = given.map(|arg| &arg.typed.kind);
    let money = |kind: &&Type| kind.is_money();
    match filter {
        "default" => given.map_or(Type::Unknown, |arg| join((value, kind), (arg.expr, &arg.typed.kind))),
        // How often one goes into the other.
        "divided_by" if argument == Some(kind) && *kind == Type::Percent => Type::Decimal,
        "divided_by" if kind.is_money() && argument.is_some_and(Type::is_money) => Type::Decimal,
        "times" | "plus" | "minus" | "at_least" | "at_most" if argument.is_some_and(Type::is_money) => {
            let both = argument.filter(money).cloned().unwrap_or(Type::Unknown);
            if kind.is_money() { both.join(kind.clone()) } else { both }
        }
        "times" | "plus" | "minus" | "divided_by" | "at_least" | "at_most" | "round" | "round_up" | "round_down" => {
            match kind {
                money if money.is_money() => money.clone(),
                Type::Percent if filter != "times" => Type::Percent,
                _ => Type::Decimal,
            }
        }
        _ => Type::Text,
    }
}

impl Lower<'_> {
    pub(super) fn filter(&mut self, value: &Expr, name: &Name, args: &[Arg], span: &Range<usize>) -> Typed {
        let typed = self.expr(value);
        if !FILTERS.contains(&name.text.as_str()) {
            self.unknown_filter(name);
            return Typed::unknown();
        }
        let sound = typed.kind == Type::Unknown || accepts(&name.text, &typed.kind);
        if !sound && name.text == "money" && matches!(typed.kind, Type::Whole | Type::Decimal) {
            self.without_currency(value, name);
        } else if !sound {
            self.wrong_kind(value, name, &typed.kind);
        }
        let given = self.args(name, args, &specs(&name.text));
        let Some(given) = given.filter(|_| sound) else { return Typed::unknown() };
        if !self.filter_currencies(name, (value, &typed.kind), &given, span) {
            return Typed::unknown();
        }
        let kind = result(&name.text, (value, &typed.kind), given.first());
        let operand = typed.operand();
        let mut names = typed.names;
        let mut call = format!("{operand} | {}(", name.text);
        for arg in given {
            call.push_str(&format!("{}={}, ", arg.name, arg.typed.code));
            names.extend(arg.typed.names);
        }
        match kind {
            Type::Money | Type::MoneyIn(_) => call.push_str("as=\"money\", "),
            Type::Percent => call.push_str("as=\"percent\", "),
            _ => {}
        }
        let site = self.site(span, names.clone());
        call.push_str(&format!("at={site})"));
        Typed { names, ..Typed::simple(kind, call) }
    }

    fn unknown_filter(&mut self, name: &Name) {
        let place = self.snippet.place(name.span.clone());
        let problem = match REFUSED.iter().find(|(known, _)| *known == name.text) {
            Some((_, fix)) => {
                Diagnostic::error("T005", format!("the filter `{}` is not offered", name.text)).label(*fix)
            }
            None => {
                let problem = Diagnostic::error("T005", format!("there is no filter called `{}`", name.text));
                match suggest(&name.text, FILTERS) {
                    Some(known) => problem.label(format!("did you mean `{known}`?")),
                    None => problem.label("not a filter").help(format!("there are `{}`", FILTERS.join("`, `"))),
                }
            }
        };
        self.problems.push(problem.at(place));
    }

    fn wrong_kind(&mut self, value: &Expr, name: &Name, kind: &Type) {
        let words = self.words(value).to_owned();
        let message = format!("`{}` works on {}, and `{words}` is {}", name.text, wants(&name.text), kind.words());
        let place = self.snippet.place(name.span.clone());
        let problem = Diagnostic::error("T008", message).at(place);
        let label = match (name.text.as_str(), kind) {
            ("number" | "money", Type::Percent) => "write `percent`",
            ("percent", Type::Money | Type::MoneyIn(_)) => "write `money`",
            (_, Type::Text) if words.contains('|') => "reckon first and write the number last",
            (_, Type::Text) if words.contains("default") => "put it before `default`",
            (_, Type::Mixed) => "put it before `default`",
            (_, Type::Date) => "write `date`",
            (_, Type::List(_)) => "write `list`",
            _ => "does not fit",
        };
        self.problems.push(problem.label(label));
    }
}
