//! In: the fields that a template asks of a rep. Out: what no rep could answer.

use std::cmp::Ordering;

use iso_currency::Currency;
use jiff::civil::Date;
use rust_decimal::Decimal;

use super::{Faults, listed};
use crate::library::template::{Field, FieldKind};
use crate::source::{self, Spanned};

/// Checks ids, and that defaults, bounds, patterns and options fit the fields' types.
pub(super) fn fields(faults: &mut Faults, fields: &[Field]) {
    faults.ids("field", fields.iter().map(|field| &field.id));
    for field in fields {
        if field.id.contains('-') {
            let message = format!("`{}` cannot be the id of a field: sections would read `-` as minus", field.id.value);
            faults.add("L033", &field.id.span, message, "not an id", "write `_` for `-`");
        }
        attributes(faults, field);
        bounds(faults, field);
        currency(faults, field);
        default(faults, field);
    }
}

/// What only some kinds of field have.
fn attributes(faults: &mut Faults, field: &Field) {
    let text = matches!(field.kind, FieldKind::Text | FieldKind::LongText | FieldKind::Email | FieldKind::Url);
    if !text && (field.max_length.is_some() || field.pattern.is_some()) {
        let name = if field.pattern.is_some() { "pattern" } else { "max_length" };
        fault(
            faults,
            field,
            format!("has a `{name}`, which only text can have"),
            "take it out, or make it `type: text`",
        );
    }
    if let Some(pattern) = &field.pattern
        && regex_lite::Regex::new(pattern).is_err()
    {
        fault(
            faults,
            field,
            format!("has the pattern `{pattern}`, which is no regular expression"),
            "mend the pattern",
        );
    }
    if field.max_length == Some(0) {
        fault(faults, field, "has a `max_length` of 0".into(), "write the most characters that an answer may have");
    }
    match (field.kind, field.options.as_slice()) {
        (FieldKind::Choice, []) => {
            fault(faults, field, "has nothing to choose from".into(), "list the choices under `options:`")
        }
        (FieldKind::Choice, options) => {
            if let Some((_, twice)) = options.iter().enumerate().find(|(n, option)| options[..*n].contains(option)) {
                fault(faults, field, format!("offers `{twice}` twice"), "list each choice once");
            }
        }
        (_, []) => {}
        _ => {
            fault(faults, field, "has `options:`, but is no choice".into(), "take them out, or make it `type: choice`")
        }
    }
}

fn fault(faults: &mut Faults, field: &Field, what: String, help: &str) {
    faults.add("L039", &field.id.span, format!("the field `{}` {what}", field.id.value), "this field", help);
}

/// `min` and `max` of numbers and days.
fn bounds(faults: &mut Faults, field: &Field) {
    for (name, bound) in [("min", &field.min), ("max", &field.max)] {
        let Some(bound) = bound else { continue };
        if Measured::parse(field.kind, bound).is_none() {
            let what = match form(field.kind).filter(|_| is_measured(field.kind)) {
                Some(form) => format!("`{name}` of the field `{}` is not {form}", field.id.value),
                None => format!("the field `{}` has a `{name}`, which only numbers and dates can have", field.id.value),
            };
            faults.add("L039", &bound.span, what, "cannot be a bound", "mend it, or take it out");
        }
    }
    if let (Some(low), Some(high)) = (&field.min, &field.max)
        && let (Some(min), Some(max)) = (Measured::parse(field.kind, low), Measured::parse(field.kind, high))
        && min.compare(&max) == Some(Ordering::Greater)
    {
        let message =
            format!("`min` ({}) of the field `{}` is above its `max` ({})", low.value, field.id.value, high.value);
        faults.add("L039", &low.span, message, "no answer can fit", "swap the two, or mend the wrong one");
    }
}

/// An amount that the library itself states says what currency it is in.
fn currency(faults: &mut Faults, field: &Field) {
    let id = &field.id.value;
    match (&field.currency, &field.default) {
        (Some(code), _) if field.kind != FieldKind::Money => {
            let message = format!("the field `{id}` has a `currency`, which only amounts of money can have");
            faults.add("L072", &code.span, message, "not money", "take it out, or make it `type: money`");
        }
        (Some(code), _) if Currency::from_code(code).is_none() => {
            let message = format!("`{}` is not a currency", code.value);
            faults.add("L024", &code.span, message, "not ISO 4217", "write three capitals, such as `CAD`");
        }
        (None, Some(default)) if field.kind == FieldKind::Money => {
            let message = format!("the default of the field `{id}` is an amount without a currency");
            let help = "add `currency:` with the currency that it is in, such as `CAD`, or take the default out";
            faults.add("L073", &default.span, message, "of which currency?", help);
        }
        _ => {}
    }
}

/// A default is an answer like any other.
fn default(faults: &mut Faults, field: &Field) {
    let Some(default) = &field.default else { return };
    let shown = &default.value;
    let fault = if let Some(form) = form(field.kind).filter(|_| !fits(field.kind, default)) {
        Some(format!("`{shown}` is not {form}"))
    } else if field.kind == FieldKind::Choice && !field.options.contains(shown) {
        Some(format!("`{shown}` is none of {}", listed(&field.options)))
    } else if field.kind == FieldKind::Image {
        Some("an image has no default: it lies beside the client file".to_string())
    } else if field.max_length.is_some_and(|most| shown.chars().count() > most) {
        Some(format!("`{shown}` is longer than `max_length`"))
    } else if field.pattern.as_deref().is_some_and(|pattern| !matches_whole(pattern, shown)) {
        Some(format!("`{shown}` does not fit `pattern`"))
    } else {
        outside(field, default)
    };
    if let Some(what) = fault {
        let message = format!("the default of the field `{}` is no answer to it: {what}", field.id.value);
        faults.add("L039", &default.span, message, "this default", "mend it, or take it out");
    }
}

fn outside(field: &Field, default: &Spanned<String>) -> Option<String> {
    let value = Measured::parse(field.kind, default)?;
    let bound = |bound: &Option<Spanned<String>>| bound.as_ref().and_then(|b| Measured::parse(field.kind, b));
    if bound(&field.min).is_some_and(|min| value.compare(&min) == Some(Ordering::Less)) {
        return Some(format!("`{}` is below `min`", default.value));
    }
    let above = bound(&field.max).is_some_and(|max| value.compare(&max) == Some(Ordering::Greater));
    above.then(|| format!("`{}` is above `max`", default.value))
}

/// A pattern that is no regular expression was refused already, and matches all.
fn matches_whole(pattern: &str, text: &str) -> bool {
    regex_lite::Regex::new(&format!("^(?:{pattern})$")).map_or(true, |pattern| pattern.is_match(text))
}

/// Answers that have an order.
enum Measured {
    Number(Decimal),
    Day(Date),
}

impl Measured {
    fn parse(kind: FieldKind, text: &str) -> Option<Self> {
        match kind {
            FieldKind::Number | FieldKind::Money => source::decimal(text).map(Self::Number),
            FieldKind::Percent => source::percent(text).map(Self::Number),
            FieldKind::Date => source::date(text).map(Self::Day),
            _ => None,
        }
    }

    fn compare(&self, other: &Self) -> Option<Ordering> {
        match (self, other) {
            (Self::Number(a), Self::Number(b)) => Some(a.cmp(b)),
            (Self::Day(a), Self::Day(b)) => Some(a.cmp(b)),
            _ => None,
        }
    }
}

fn is_measured(kind: FieldKind) -> bool {
    matches!(kind, FieldKind::Number | FieldKind::Money | FieldKind::Percent | FieldKind::Date)
}

fn fits(kind: FieldKind, text: &str) -> bool {
    match kind {
        FieldKind::YesNo => matches!(text, "yes" | "no" | "true" | "false"),
        FieldKind::Url => text.starts_with("https://") || text.starts_with("http://"),
        FieldKind::Email => text.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.')),
        kind if is_measured(kind) => Measured::parse(kind, text).is_some(),
        _ => true,
    }
}

/// What an answer must look like, where it must look like anything.
fn form(kind: FieldKind) -> Option<&'static str> {
    match kind {
        FieldKind::Number | FieldKind::Money => Some("a number such as `1250.50`"),
        FieldKind::Percent => Some("a percentage such as `5%`"),
        FieldKind::Date => Some("a day such as `2027-01-15`"),
        FieldKind::YesNo => Some("`yes` or `no`"),
        FieldKind::Url => Some("a link that begins with `https://`"),
        FieldKind::Email => Some("an e-mail address"),
        _ => None,
    }
}
