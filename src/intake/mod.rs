//! In: a client file, `--set` words. Out: a checked [`Client`].
//!
//! [`Sheet`] (one tree, with places) → standard part ([`standard`]) and the template's own fields
//! ([`answers`]) → [`Client`] with its digest.
//!
//! Codes: C001 unreadable file · C002 file too long · C003 bad `--set` · C004 `--set` that clashes · C005 no client name ·
//! C006 blank text · C007 character not allowed · C008 stage · C009 country · C010 locale · C011 currency ·
//! C012 language · C013 unknown answer · C014 answer missing · C015 answer of another type · C016 answer out of bounds ·
//! C017 not a choice · C018 image elsewhere · C019 image not usable · C020 e-mail or web address · C021 quote line ·
//! C022 sections · C023 template's field at fault · C024 blank around the name (warning) · C025 words
//! lost to a comment · C026 text too long for one line · C027 optional and alternative lines · C030 list or group
//! too long · C031 too many `--set` words

mod answers;
pub mod client;
mod comments;
mod digest;
mod forms;
mod image;
mod quote;
mod raw;
pub mod request;
mod set;
mod sheet;
mod standard;
mod text;
mod values;

pub use self::image::MAX_BYTES as LARGEST_IMAGE;

use std::cell::OnceCell;
use std::collections::BTreeSet;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use self::client::Client;
use self::sheet::Sheet;
use crate::diagnostic::{Checked, Diagnostic, Problems, SourceFile};
use crate::library::settings::Settings;
use crate::library::template::{FieldKind, Template};
use crate::source::{self, Node, NodeKind};

/// What a client is checked against.
pub struct Rules<'a> {
    pub template: &'a Template,
    pub settings: &'a Settings,
    /// The library's other templates, asked for only when the client file speaks of something that `template` does not
    /// know: one client file serves all templates.
    pub others: &'a dyn Fn() -> Vec<Template>,
}

/// Reads one client: a file, `--set` words laid over it, or `--set` words alone. Warnings come beside the client.
///
/// # Errors
/// `Y…` for the shape of the file and `C…` for what it says; all at once.
pub fn read_client(file: Option<&Path>, sets: &[String], rules: &Rules<'_>) -> Checked<(Client, Problems)> {
    let (text, folder) = sheet::open(file)?;
    check_client(text, &folder, sets, rules)
}

/// Checks one client whose text was read already; `folder` is where its images lie.
///
/// # Errors
/// As [`read_client`].
pub fn check_client(
    file: Arc<SourceFile>,
    folder: &Path,
    sets: &[String],
    rules: &Rules<'_>,
) -> Checked<(Client, Problems)> {
    let template = rules.template;
    let mut sheet = Sheet::new(file, folder, sets, template)?;
    let mut problems = std::mem::take(&mut sheet.problems);
    let others = OnceCell::new();
    // One client file serves all templates, so an answer to another template's question keeps its lines too.
    let long = |path: &str| {
        path.strip_prefix("answers.").is_some_and(|id| {
            let named = |template: &Template| template.fields.iter().find(|field| field.id.value == id).map(|f| f.kind);
            let elsewhere = || others.get_or_init(rules.others).iter().find_map(named);
            named(template).or_else(elsewhere) == Some(FieldKind::LongText)
        })
    };
    comments::check(&sheet, &mut problems);
    text::check(&sheet, &long, &mut problems);
    let mut rest = None;
    let read = source::from_node::<raw::RawClient>(sheet.text(), &sheet.root);
    let whole = read.is_ok();
    let raw = problems.take(read.inspect_err(|faults| {
        rest = without_faults(&sheet, faults);
    }));
    let answers = answers::read(&sheet, rules, &mut problems);
    let standard = raw.or(rest).map(|raw| {
        let mut desk = standard::Desk { sheet: &sheet, rules, whole, problems: &mut problems };
        desk.standard(raw)
    });
    let mut problems = sheet.settle(problems);
    let Some(standard) = standard else {
        problems.sort();
        return Err(problems);
    };
    let mut client = Client {
        client: standard.client,
        contact: standard.contact,
        opportunity: standard.opportunity,
        rep: standard.rep,
        quote: standard.quote,
        answers: answers.values,
        sections: standard.sections,
        case_studies: standard.case_studies,
        language: standard.language,
        digest: String::new(),
    };
    client.digest = digest::digest(&client, standard.logo_digest.as_deref(), &answers.images);
    problems.into_result(client)
}

/// Reads what keeps to the schema once the faulty parts are out, so that a misspelt key hides no other fault.
fn without_faults(sheet: &Sheet, faults: &Problems) -> Option<raw::RawClient> {
    let spans = faults.0.iter().filter_map(|fault| fault.place.as_ref());
    let marked = spans.map(|place| (place.span.start, place.span.end)).collect();
    let mut root = sheet.root.clone();
    prune(&mut root, &marked);
    source::from_node(sheet.text(), &root).ok()
}

/// Takes out the entries that a fault marks, and list entries that hold one. `marked` holds the faults' bytes, first
/// and past the last.
fn prune(node: &mut Node, marked: &BTreeSet<(usize, usize)>) {
    let is_marked = |span: &Range<usize>| marked.contains(&(span.start, span.end));
    match &mut node.kind {
        NodeKind::Map(entries) => {
            entries.retain(|(key, value)| !is_marked(&key.span) && !is_marked(&value.span));
            entries.iter_mut().for_each(|(_, value)| prune(value, marked));
        }
        NodeKind::List(items) => items.retain(|item| {
            let within = (item.span.start, 0)..=(item.span.end, usize::MAX);
            !marked.range(within).any(|(_, end)| *end <= item.span.end)
        }),
        _ => {}
    }
}

/// What is wrong with one line of text that stands outside of a client file, such as a name on the command line.
pub fn one_line(path: &str, words: &str) -> Option<Diagnostic> {
    text::one_line(path, words).map(|problem| Diagnostic { label: None, ..problem })
}

/// The JSON Schema of client files, for editors; a template's own fields are not in it.
pub fn client_schema() -> serde_json::Value {
    source::json_schema::<raw::RawClient>()
}

#[cfg(test)]
mod tests;
