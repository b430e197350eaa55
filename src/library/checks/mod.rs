//! In: a file of the library that has the right form. Out: every place where what it says cannot be.

mod block;
mod brand;
mod comparison;
mod field;
mod pricebook;
mod settings;
mod template;

pub(super) use block::block;
pub(super) use brand::brand;
pub(super) use comparison::comparison;
pub(super) use pricebook::price_book;
pub(super) use settings::settings;
pub(super) use template::template;

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use icu_locale::LanguageIdentifier;

use super::read::listed;
use super::template::Availability;
use crate::diagnostic::{Diagnostic, Place, Problems, SourceFile, suggest};
use crate::source::Spanned;

/// The faults of one file, each at its place.
struct Faults<'a> {
    file: &'a Arc<SourceFile>,
    problems: Problems,
}

impl<'a> Faults<'a> {
    fn of(file: &'a Arc<SourceFile>) -> Self {
        Self { file, problems: Problems::default() }
    }

    /// Adds a fault with the words under the marked text and the fix.
    fn add(
        &mut self,
        code: &'static str,
        span: &Range<usize>,
        message: impl Into<String>,
        label: impl Into<String>,
        help: impl Into<String>,
    ) {
        let place = Place { file: Arc::clone(self.file), span: span.clone() };
        self.problems.push(Diagnostic::error(code, message).at(place).label(label).help(help));
    }

    /// The first bytes of the file, for a fault of the whole.
    fn top(&self) -> Range<usize> {
        0..self.file.text.find('\n').unwrap_or(self.file.text.len())
    }

    /// Refuses a name that is not among the known ones.
    fn known(&mut self, code: &'static str, what: &str, name: &Spanned<String>, known: &[&str]) {
        if known.contains(&name.value.as_str()) {
            return;
        }
        let label = match suggest(name, known.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("no such {what}"),
        };
        let help =
            if known.is_empty() { format!("there is no {what} yet") } else { format!("there is {}", listed(known)) };
        self.add(code, &name.span, format!("there is no {what} called `{}`", name.value), label, help);
    }

    /// Refuses ids of another form, and the second of two that are the same.
    fn ids<'i>(&mut self, what: &str, ids: impl Iterator<Item = &'i Spanned<String>>) {
        let mut seen: BTreeSet<&str> = BTreeSet::new();
        for id in ids {
            if !is_id(id) {
                let message = format!("`{}` cannot be the id of a {what}", id.value);
                self.add(
                    "L033",
                    &id.span,
                    message,
                    "not an id",
                    "use small letters, digits, `-` and `_`, from a letter on",
                );
            } else if seen.contains(id.value.as_str()) {
                let message = format!("two {what}s are called `{}`", id.value);
                self.add("L021", &id.span, message, "the second one", "give each an id of its own");
            }
            seen.insert(&id.value);
        }
    }

    /// Refuses days on which nothing can be available.
    fn availability(&mut self, available: Option<&Availability>, span: &Range<usize>) {
        if let Some(Availability { from: Some(from), until: Some(until) }) = available
            && from > until
        {
            let message = format!("`from` ({from}) is later than `until` ({until})");
            self.add("L038", span, message, "never available", "swap the two days, or mend the wrong one");
        }
    }

    /// Refuses languages that are not BCP 47.
    fn language(&mut self, language: &str, span: &Range<usize>) {
        if !is_language(language) {
            let message = format!("`{language}` is not a language");
            self.add("L023", span, message, "not BCP 47", "write a code such as `en` or `fr-CA`");
        }
    }
}

/// True for a language of BCP 47, such as `fr` or `fr-CA`.
pub(super) fn is_language(tag: &str) -> bool {
    LanguageIdentifier::try_from_str(tag).is_ok()
}

/// True for an id: small letters, digits, `-` and `_`, beginning with a letter.
pub(super) fn is_id(id: &str) -> bool {
    id.starts_with(|c: char| c.is_ascii_lowercase())
        && id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-' || b == b'_')
}
