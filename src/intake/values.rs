//! In: one field of a template and the node that answers it. Out: the answer in the field's type and bounds.

use std::ops::Range;
use std::path::Path;

use jiff::civil::Date;

use super::client::Answer;
use super::{forms, image, text};
use crate::diagnostic::suggest;
use crate::library::template::{Field, FieldKind};
use crate::source::{self, Node, NodeKind, contact};

/// An answer, and the digest of its image.
pub(super) struct Value {
    pub(super) answer: Answer,
    pub(super) image: Option<String>,
}

/// What is wrong with an answer.
pub(super) struct Fault {
    pub(super) code: &'static str,
    pub(super) message: String,
    pub(super) label: String,
    pub(super) help: Option<String>,
    /// Where, when it is a part of the answer.
    pub(super) span: Option<Range<usize>>,
}

impl Fault {
    fn new(code: &'static str, message: String, label: impl Into<String>) -> Self {
        Self { code, message, label: label.into(), help: None, span: None }
    }
}

/// Reads an answer. Text stays exactly as typed.
pub(super) fn read(field: &Field, node: &Node, folder: &Path) -> Result<Value, Fault> {
    let name = format!("answers.{}", field.id.value);
    let answer = match field.kind {
        FieldKind::List => list(field, node, &name)?,
        kind => {
            let typed = node.as_text().ok_or_else(|| {
                let message = format!("expected {} for `{name}`, found {}", in_words(kind), node.describe());
                Fault::new("C015", message, format!("write {}", in_words(kind)))
            })?;
            if kind == FieldKind::Image {
                let found = image::find(folder, typed).map_err(|fault| Fault {
                    help: Some(fault.help().into()),
                    ..Fault::new(fault.code(), fault.to_string(), "not usable")
                })?;
                return Ok(Value { answer: Answer::Image(found.path), image: Some(found.digest) });
            }
            one(field, typed, &name)?
        }
    };
    Ok(Value { answer, image: None })
}

fn list(field: &Field, node: &Node, name: &str) -> Result<Answer, Fault> {
    let NodeKind::List(items) = &node.kind else {
        let message = format!("expected a list for `{name}`, found {}", node.describe());
        let fix = node.as_text().map(|text| format!("write a list: `[{text}]`"));
        return Err(Fault { help: fix, ..Fault::new("C015", message, "not a list") });
    };
    let read = |item: &Node| {
        let within = |fault: Fault| Fault { span: Some(item.span.clone()), ..fault };
        let typed = item.as_text().ok_or_else(|| {
            within(Fault::new("C015", format!("expected text in `{name}`, found {}", item.describe()), "write text"))
        })?;
        written(field, typed, name).map_err(within)?;
        Ok(typed.to_owned())
    };
    Ok(Answer::List(items.iter().map(read).collect::<Result<_, _>>()?))
}

/// Reads an answer that is one scalar.
fn one(field: &Field, typed: &str, name: &str) -> Result<Answer, Fault> {
    written(field, typed, name)?;
    let not = |what: &str, label: String| Fault::new("C015", format!("`{typed}` is not {what}"), label);
    match field.kind {
        FieldKind::Number | FieldKind::Money => {
            let number =
                source::decimal(typed).ok_or_else(|| not(in_words(field.kind), source::decimal_advice(typed)))?;
            bounded(field, typed, name, number, source::decimal)?;
            Ok(Answer::Decimal(number))
        }
        FieldKind::Percent => {
            let part = source::percent(typed).ok_or_else(|| match source::decimal(typed) {
                Some(_) => not("a percentage", format!("write `{typed}%`")),
                None => not("a percentage", "write it as `5%`".into()),
            })?;
            bounded(field, typed, name, part, source::percent)?;
            Ok(Answer::Percent(part))
        }
        FieldKind::Date => {
            let day: Date = source::date(typed)
                .ok_or_else(|| not("a day of the calendar", "write the date as `YYYY-MM-DD`".into()))?;
            bounded(field, typed, name, day, source::date)?;
            Ok(Answer::Date(day))
        }
        FieldKind::YesNo => match typed.to_ascii_lowercase().as_str() {
            "yes" | "true" => Ok(Answer::YesNo(true)),
            "no" | "false" => Ok(Answer::YesNo(false)),
            _ => Err(not("yes or no", "write `yes` or `no`".into())),
        },
        FieldKind::Email if !contact::is_email(typed) => Err(Fault {
            code: "C020",
            ..not("an e-mail address", "write one address, such as `jo@example.com`".into())
        }),
        FieldKind::Url if !forms::is_web_address(typed) => {
            Err(Fault { code: "C020", ..not("a web address", "write it whole: `https://…`".into()) })
        }
        FieldKind::Choice if !field.options.iter().any(|option| option == typed) => {
            Err(no_such_choice(field, typed, name))
        }
        _ => Ok(Answer::Text(typed.to_owned())),
    }
}

/// Checks what holds for the text of any answer: not blank, not too long, of the template's pattern.
fn written(field: &Field, typed: &str, name: &str) -> Result<(), Fault> {
    if text::is_blank(typed) {
        let fault = Fault::new("C006", format!("`{name}` is blank"), "nothing to print");
        return Err(Fault { help: Some("write it, or take the key out".into()), ..fault });
    }
    let count = typed.chars().count();
    if let Some(most) = field.max_length.filter(|most| count > *most) {
        let message = format!("`{name}` has {count} characters, {} more than it may", count - most);
        return Err(Fault::new("C016", message, format!("at most {most} characters")));
    }
    let Some(pattern) = &field.pattern else { return Ok(()) };
    match regex_lite::Regex::new(&format!("\\A(?:{pattern})\\z")) {
        Ok(regex) if regex.is_match(typed) => Ok(()),
        Ok(_) => {
            let fault = Fault::new(
                "C016",
                format!("`{name}` does not have the form that the template asks for"),
                "not of this form",
            );
            let help = field.help.clone().unwrap_or_else(|| format!("it must match `{pattern}`"));
            Err(Fault { help: Some(help), ..fault })
        }
        Err(error) => Err(template_fault(field, "pattern", &error.to_string())),
    }
}

/// Checks `min` and `max`, which the template writes as an answer is written.
fn bounded<T: PartialOrd>(
    field: &Field,
    typed: &str,
    name: &str,
    value: T,
    parse: impl Fn(&str) -> Option<T>,
) -> Result<(), Fault> {
    let (low, high) = match field.kind {
        FieldKind::Date => ("early", "late"),
        _ => ("small", "large"),
    };
    for (bound, key, how, limit) in [(&field.min, "min", low, "at least"), (&field.max, "max", high, "at most")] {
        let Some(bound) = bound else { continue };
        let Some(edge) = parse(&bound.value) else {
            return Err(template_fault(field, key, &format!("`{}` is not {}", bound.value, in_words(field.kind))));
        };
        if (key == "min" && value < edge) || (key == "max" && value > edge) {
            let message = format!("`{typed}` is too {how} for `{name}`");
            return Err(Fault::new("C016", message, format!("{limit} {}", bound.value)));
        }
    }
    Ok(())
}

fn no_such_choice(field: &Field, typed: &str, name: &str) -> Fault {
    let all = format!("`{}`", field.options.join("`, `"));
    let label = match suggest(typed, field.options.iter().map(String::as_str)) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => "not a choice".into(),
    };
    let fault = Fault::new("C017", format!("`{typed}` is not one of the choices for `{name}`"), label);
    Fault { help: Some(format!("choose one of {all}")), ..fault }
}

fn template_fault(field: &Field, key: &str, why: &str) -> Fault {
    let message = format!("the template's `{key}` for the field `{}` cannot be used: {why}", field.id.value);
    let fault = Fault::new("C023", message, "cannot be checked");
    Fault { help: Some("tell the template's owner".into()), ..fault }
}

fn in_words(kind: FieldKind) -> &'static str {
    match kind {
        FieldKind::Text | FieldKind::LongText => "text",
        FieldKind::Number => "a number",
        FieldKind::Money => "an amount of money",
        FieldKind::Percent => "a percentage",
        FieldKind::Date => "a date (YYYY-MM-DD)",
        FieldKind::Email => "an e-mail address",
        FieldKind::Url => "a web address",
        FieldKind::Choice => "one of the choices",
        FieldKind::List => "a list",
        FieldKind::Image => "the name of an image beside the client file",
        FieldKind::YesNo => "`yes` or `no`",
    }
}
