//! In: the arguments as written and those that there are. Out: each where it belongs, or what is wrong with them.

use super::Lower;
use crate::diagnostic::Diagnostic;
use crate::fill::schema::Type;
use crate::fill::suggest::did_you_mean;
use crate::fill::syntax::{Arg, Expr, ExprKind, Name};
use crate::format::MOST_DIGITS;

/// What a filter or function may be given.
pub(super) struct Spec {
    pub name: &'static str,
    pub required: bool,
    pub takes: Takes,
}

pub(super) enum Takes {
    /// A count of digits, written out.
    Digits,
    /// A whole number, written out, up to this one.
    Count(i64),
    /// One of these words, written out.
    Word(&'static [&'static str]),
    /// A text, written out.
    Words,
    /// A text.
    Text,
    Whole,
    Number,
    TextList,
    Anything,
}

impl Takes {
    fn words(&self) -> String {
        match self {
            Self::Digits => format!("a whole number from 0 to {MOST_DIGITS}, written out"),
            Self::Count(most) => format!("a whole number from 1 to {most}, written out"),
            Self::Word(words) => format!("`\"{}\"`", words.join("\"` or `\"")),
            Self::Words => "a text in quotation marks".into(),
            Self::Text => "a text".into(),
            Self::Whole => "a whole number".into(),
            Self::Number => "a number".into(),
            Self::TextList => "a list of texts".into(),
            Self::Anything => "a value".into(),
        }
    }

    fn fits(&self, kind: &Type, value: &Expr) -> bool {
        match (self, &value.kind) {
            _ if *kind == Type::Unknown => true,
            (Self::Digits, ExprKind::Whole(count)) => (0..=i64::from(MOST_DIGITS)).contains(count),
            (Self::Count(most), ExprKind::Whole(count)) => (1..=*most).contains(count),
            (Self::Word(words), ExprKind::Text(text)) => words.contains(&text.as_str()),
            (Self::Words, ExprKind::Text(_)) => true,
            (Self::Digits | Self::Count(_) | Self::Word(_) | Self::Words, _) => false,
            (Self::Text, _) => kind.is_text(),
            (Self::Whole, _) => *kind == Type::Whole,
            (Self::Number, _) => kind.is_number(),
            (Self::TextList, _) => matches!(kind, Type::List(of) if of.is_text()),
            (Self::Anything, _) => !kind.is_group(),
        }
    }
}

/// One argument that has been checked.
pub(super) struct Given<'a> {
    pub name: &'static str,
    pub expr: &'a Expr,
    pub typed: super::expr::Typed,
}

impl Lower<'_> {
    /// Puts the arguments in place; `None` after a fault.
    pub(super) fn args<'e>(&mut self, owner: &Name, args: &'e [Arg], specs: &[Spec]) -> Option<Vec<Given<'e>>> {
        let mut given: Vec<Given> = Vec::new();
        let mut sound = true;
        for arg in args {
            match self.arg(owner, arg, specs, &given) {
                Some(arg) => given.push(arg),
                None => sound = false,
            }
        }
        for spec in specs.iter().filter(|spec| spec.required) {
            if sound && !given.iter().any(|arg| arg.name == spec.name) {
                let message = format!("`{}` needs `{}`", owner.text, spec.name);
                let problem = Diagnostic::error("T007", message).at(self.snippet.place(owner.span.clone()));
                let label = format!("write `{}({}=…)` with {}", owner.text, spec.name, spec.takes.words());
                self.problems.push(problem.label(label));
                sound = false;
            }
        }
        sound.then_some(given)
    }

    fn arg<'e>(&mut self, owner: &Name, arg: &'e Arg, specs: &[Spec], given: &[Given]) -> Option<Given<'e>> {
        let typed = self.expr(&arg.value);
        let names = || specs.iter().map(|spec| spec.name);
        let spec = match &arg.name {
            Some(name) => match specs.iter().find(|spec| spec.name == name.text) {
                Some(spec) => spec,
                None => {
                    let message = format!("`{}` takes no argument called `{}`", owner.text, name.text);
                    let problem = Diagnostic::error("T007", message).at(self.snippet.place(name.span.clone()));
                    self.problems.push(problem.label(did_you_mean(&name.text, names())));
                    return None;
                }
            },
            None => match specs.first().filter(|_| given.is_empty() && takes_bare(&owner.text)) {
                Some(spec) => spec,
                None => {
                    let message = format!("arguments of `{}` have names", owner.text);
                    let problem = Diagnostic::error("T007", message).at(self.snippet.place(arg.value.span.clone()));
                    let label = match specs.first() {
                        Some(spec) => format!("write `{}={}`", spec.name, self.words(&arg.value)),
                        None => format!("`{}` takes no arguments", owner.text),
                    };
                    self.problems.push(problem.label(label));
                    return None;
                }
            },
        };
        let place = self.snippet.place(arg.value.span.clone());
        if given.iter().any(|before| before.name == spec.name) {
            let problem = Diagnostic::error("T007", format!("`{}` is given twice", spec.name));
            self.problems.push(problem.at(place).label("the second time"));
            return None;
        }
        if !spec.takes.fits(&typed.kind, &arg.value) {
            let message = format!("`{}` of `{}` takes {}", spec.name, owner.text, spec.takes.words());
            let problem = Diagnostic::error("T007", message).at(place);
            self.problems.push(problem.label(match &arg.value.kind {
                ExprKind::Text(_) | ExprKind::Whole(_) | ExprKind::Decimal(_) => "not one of these".into(),
                _ => format!("this is {}", typed.kind.words()),
            }));
            return None;
        }
        Some(Given { name: spec.name, expr: &arg.value, typed })
    }
}

/// Functions whose one argument may stand without its name.
fn takes_bare(owner: &str) -> bool {
    matches!(owner, "has_section" | "block")
}
