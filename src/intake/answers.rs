//! In: what a rep answered to the template's fields. Out: answers of the right types, by field id.

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::ops::Range;

use super::Rules;
use super::client::Answer;
use super::sheet::Sheet;
use super::values::{self, Fault, Value};
use crate::diagnostic::{Diagnostic, MOST_OF_ONE_FILE, Problems, suggest};
use crate::library::template::{Field, FieldKind, Template};
use crate::source::{Node, NodeKind};

/// Answers, and for images what stands for them in the digest.
#[derive(Default)]
pub(super) struct Answers {
    pub(super) values: BTreeMap<String, Answer>,
    pub(super) images: BTreeMap<String, String>,
}

/// Reads every field's answer or default.
pub(super) fn read(sheet: &Sheet, rules: &Rules<'_>, problems: &mut Problems) -> Answers {
    let template = rules.template;
    let group = sheet.root.get("answers");
    let given = group.map_or(&[][..], Node::entries);
    let others = OnceCell::new();
    let mut told = 0;
    for (key, _) in given {
        let asks = |template: &Template| template.fields.iter().any(|field| field.id.value == key.value);
        if !asks(template) && !others.get_or_init(rules.others).iter().any(asks) {
            let fault = unknown(&key.value, template, told < MOST_OF_ONE_FILE);
            told += 1;
            problems.push(sheet.at(&key.span, fault));
        }
    }
    let mut answers = Answers::default();
    for field in &template.fields {
        let answer = group.and_then(|group| group.get(&field.id.value)).filter(|node| node.kind != NodeKind::Null);
        let read = match (answer, &field.default) {
            (Some(node), _) => {
                values::read(field, node, &sheet.folder).map_err(|fault| placed(sheet, field, node, fault))
            }
            (None, Some(default)) => by_default(sheet, field, &default.value),
            (None, None) if field.required => Err(missing(sheet, field)),
            (None, None) => continue,
        };
        match read {
            Ok(Value { answer, image }) => {
                answers.images.extend(image.map(|image| (field.id.value.clone(), image)));
                answers.values.insert(field.id.value.clone(), answer);
            }
            Err(fault) => problems.push(fault),
        }
    }
    answers
}

/// `in_full`: with what was probably meant; past the faults that are shown, one only counts.
fn unknown(id: &str, template: &Template, in_full: bool) -> Diagnostic {
    let fault = Diagnostic::error("C013", format!("the template `{}` has no field `{id}`", template.id));
    if !in_full {
        return fault;
    }
    let ids: Vec<&str> = template.fields.iter().map(|field| field.id.value.as_str()).collect();
    match suggest(id, ids.iter().copied()) {
        Some(meant) => fault.label(format!("did you mean `{meant}`?")),
        None if ids.is_empty() => {
            fault.label("not asked for").help("take it out: this template has no fields of its own")
        }
        None => fault.label("not asked for").help(format!("its fields are: `{}`", ids.join("`, `"))),
    }
}

fn missing(sheet: &Sheet, field: &Field) -> Diagnostic {
    let id = &field.id.value;
    let example = field.example.as_deref().unwrap_or("…");
    let about = field.help.as_deref().map(|help| format!("{help}. ")).unwrap_or_default();
    let fault = Diagnostic::error("C014", format!("`answers.{id}` is missing: {}", field.label))
        .label(format!("this template needs `{id}:` under `answers`"))
        .help(format!("{about}Write `{id}: {example}` under `answers:`, or give `--set answers.{id}=\"{example}\"`"));
    let entries = sheet.root.entries();
    let key = entries.iter().find(|(key, _)| key.value == "answers").or_else(|| entries.first());
    match key {
        Some((key, _)) => sheet.at(&key.span, fault),
        None => fault,
    }
}

/// A default is written as in a client file; a list's entries are parted by commas.
fn by_default(sheet: &Sheet, field: &Field, default: &str) -> Result<Value, Diagnostic> {
    let text = |text: &str| Node { span: 0..0, kind: NodeKind::Scalar { text: text.to_owned(), quoted: false } };
    let node = match field.kind {
        FieldKind::List => {
            Node { span: 0..0, kind: NodeKind::List(default.split(',').map(|part| text(part.trim())).collect()) }
        }
        _ => text(default),
    };
    values::read(field, &node, &sheet.folder).map_err(|fault| {
        let message = format!("the template's default for `{}` cannot be used: {}", field.id.value, fault.message);
        Diagnostic::error("C023", message).help(format!("answer `{}`, and tell the template's owner", field.id.value))
    })
}

fn placed(sheet: &Sheet, field: &Field, node: &Node, fault: Fault) -> Diagnostic {
    let span: &Range<usize> = fault.span.as_ref().unwrap_or(&node.span);
    let help = fault.help.or_else(|| field.example.as_ref().map(|example| format!("for example: `{example}`")));
    let diagnostic = Diagnostic { help, ..Diagnostic::error(fault.code, fault.message) };
    sheet.at(span, diagnostic.label(fault.label))
}
