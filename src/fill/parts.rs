//! In: a section's lines. Out: what the directives on them take from the library: case studies, and the comparison.
//!
//! Directives are read by `document`. Here only those are looked for that stand for content of the library, so that it
//! is filled by itself and an error in it names its own file.

use std::ops::Range;
use std::rc::Rc;
use std::sync::Arc;

use super::blocks::{Shelf, edition};
use super::context::{FillContext, Values};
use super::filled::{CaseStudy, Filled, TOKEN_CLOSE, VALUE_OPEN, value_of};
use super::lines::Part;
use super::lower::Mode;
use super::section::fill_block;
use crate::diagnostic::{Checked, Diagnostic, Place, Severity, SourceFile};

/// The kind of block that `:::case-study` shows.
const CASE_STUDIES: &str = "case-studies";
/// The kind of block that `:::comparison` sets side by side.
pub(super) const COMPETITORS: &str = "competitors";

/// A directive that stands for content of the library.
#[derive(Debug, PartialEq, Eq)]
enum Wants<'a> {
    /// What stands in its `id`, with the bytes of the line; none where there is no such thing.
    CaseStudy(Option<(&'a str, Range<usize>)>),
    Comparison,
}

/// Reads what a line asks the library for, if it does.
fn wants(line: &str) -> Option<Wants<'_>> {
    let rest = line.trim_start().strip_prefix(":::")?.trim_start_matches(':');
    let name = rest.find(|c: char| !(c.is_alphanumeric() || c == '-' || c == '_')).unwrap_or(rest.len());
    match &rest[..name] {
        "case-study" => Some(Wants::CaseStudy(id(&rest[name..]).map(|id| {
            let start = id.as_ptr() as usize - line.as_ptr() as usize;
            (id, start..start + id.len())
        }))),
        "comparison" => Some(Wants::Comparison),
        _ => None,
    }
}

/// What stands behind `id=` between braces.
fn id(braces: &str) -> Option<&str> {
    let inside = braces.strip_prefix('{')?;
    let starts = |at: &usize| *at == 0 || inside[..*at].ends_with(char::is_whitespace);
    let (at, _) = inside.match_indices("id=").find(|(at, _)| starts(at))?;
    let value = &inside[at + 3..];
    let (value, end) = match value.strip_prefix('"') {
        Some(quoted) => (quoted, quoted.find('"')?),
        None => (value, value.find(|c: char| c.is_whitespace() || c == '}').unwrap_or(value.len())),
    };
    Some(value[..end].trim()).filter(|id| !id.is_empty())
}

/// True where a text is marketing's own, without a tag in it.
fn is_literal(text: &str) -> bool {
    !["{{", "{%", "{#"].iter().any(|tag| text.contains(tag))
}

/// What is wrong with the library content that directives name in so many words.
pub(super) fn check(
    context: &FillContext,
    file: &Arc<SourceFile>,
    markdown: &Part,
    start: usize,
    mode: Mode,
) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    for line in &markdown.lines {
        let text = &markdown.text[line.clone()];
        let Some(wanted) = wants(text) else { continue };
        let at = |span: Range<usize>| {
            let from = start + line.start;
            Place { file: Arc::clone(file), span: from + span.start..from + span.end }
        };
        if mode == Mode::Block {
            let problem = Diagnostic::error("T016", "a block cannot show other blocks").at(at(0..text.len()));
            problems.push(problem.label("write this in the section"));
            continue;
        }
        let Wants::CaseStudy(Some((name, span))) = wanted else { continue };
        if !is_literal(name) {
            continue;
        }
        match context.input.content.blocks() {
            Ok(blocks) => {
                let shelf = Shelf::new(blocks, &context.input);
                problems.extend(case_study(&shelf, name).err().map(|problem| problem.at(at(span))));
            }
            Err(found) => {
                problems.extend(found.0.into_iter().filter(|found| !problems.contains(found)).collect::<Vec<_>>())
            }
        }
    }
    problems
}

/// Fills what directives stand for: each case study by itself, and the comparison.
pub(super) fn fill(context: &FillContext, values: &Rc<Values>, filled: &mut Filled, problems: &mut Vec<Diagnostic>) {
    let Some(shelf) = values.shelf.get() else { return };
    let draft = context.input.draft;
    let text = std::mem::take(&mut filled.text);
    for (index, line) in text.split('\n').enumerate() {
        let place = || trimmed(filled.place(index));
        let refused = |refusal: Diagnostic| {
            let placed = if refusal.place.is_some() { refusal } else { refusal.at(place()) };
            weighed(placed, draft)
        };
        let mut found = Vec::new();
        match wants(line) {
            Some(Wants::CaseStudy(Some((name, _)))) => match case_study(shelf, &clear(name)) {
                Ok((id, refusal)) => {
                    found.extend(refusal.map(refused));
                    match fill_case_study(context, values, &id) {
                        Ok(study) => {
                            filled.asked_has_section |= study.block.asked_has_section;
                            filled.case_studies.insert(index, study);
                        }
                        Err(faults) => found.extend(faults.0),
                    }
                }
                Err(problem) => found.push(problem.at(place())),
            },
            Some(Wants::Comparison) if filled.comparison.is_none() => match shelf.comparison(draft) {
                Ok((comparison, refusal)) => {
                    found.extend(refusal.map(refused));
                    filled.comparison = Some(comparison);
                }
                Err(problem) => {
                    let place = problem.place.clone().unwrap_or_else(place);
                    found.push(problem.at(place));
                }
            },
            _ => {}
        }
        let (errors, warnings): (Vec<_>, Vec<_>) = found.into_iter().partition(|it| it.severity == Severity::Error);
        context.warn(warnings);
        let new: Vec<Diagnostic> = errors.into_iter().filter(|error| !problems.contains(error)).collect();
        problems.extend(new);
    }
    filled.text = text;
}

fn fill_case_study(context: &FillContext, values: &Rc<Values>, id: &str) -> Checked<CaseStudy> {
    let block = fill_block(context, values, id)?;
    let front = edition(context.input.content.blocks()?, id, &context.input).map(|block| &block.front);
    let (title, summary) = front.map(|front| (front.title.value.clone(), front.summary.clone())).unwrap_or_default();
    Ok(CaseStudy { title, summary, block })
}

/// A line without the blanks around it.
fn trimmed(place: Place) -> Place {
    let Some(text) = place.file.text.get(place.span.clone()) else { return place };
    let start = place.span.start + text.len() - text.trim_start().len();
    Place { span: start..start + text.trim().len(), ..place }
}

/// True where a line asks the library for something.
pub(super) fn asks(line: &str) -> bool {
    wants(line).is_some()
}

/// A filled text with its values in the clear.
fn clear(text: &str) -> String {
    let mut out = String::new();
    for part in text.split_inclusive(TOKEN_CLOSE) {
        match part.strip_suffix(TOKEN_CLOSE).and_then(|part| part.rsplit_once(VALUE_OPEN)) {
            Some((before, hex)) => {
                out.push_str(before);
                out.push_str(&value_of(hex).unwrap_or_default());
            }
            None => out.push_str(part),
        }
    }
    out
}

/// A refusal as a draft sees it.
fn weighed(mut refusal: Diagnostic, draft: bool) -> Diagnostic {
    if draft {
        refusal.severity = Severity::Warning;
    }
    refusal
}

/// Finds a case study as a section names it, and why it may not stand here.
fn case_study(shelf: &Shelf, name: &str) -> Result<(String, Option<Diagnostic>), Diagnostic> {
    shelf.find_of_kind(CASE_STUDIES, name).ok_or_else(|| {
        let problem = Diagnostic::error("T014", format!("the library has no case study called `{name}`"));
        problem.label(super::suggest::did_you_mean(name, shelf.names_of_kind(CASE_STUDIES)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id_of(line: &str) -> Option<&str> {
        match wants(line) {
            Some(Wants::CaseStudy(id)) => id.map(|(id, span)| {
                assert_eq!(&line[span], id);
                id
            }),
            other => panic!("{line}: {other:?}"),
        }
    }

    #[test]
    fn directives_that_stand_for_content_are_found() {
        assert_eq!(id_of(":::case-study{id=bakery}"), Some("bakery"));
        assert_eq!(id_of("  ::::case-study{ id=\"case-studies/a b\" x=1}"), Some("case-studies/a b"));
        assert_eq!(id_of(":::case-study{id={{ b }}}"), Some("{{"));
        assert_eq!(id_of(":::case-study{grid=4}"), None);
        assert_eq!(id_of(":::case-study"), None);
        assert_eq!(id_of(":::case-study{id=\"open}"), None);
        assert_eq!(id_of(":::case-study{id=}"), None);
        assert_eq!(wants(":::comparison{limit=2}"), Some(Wants::Comparison));
        assert_eq!(wants(":::comparisons"), None);
        assert_eq!(wants("a :::comparison"), None);
        assert_eq!(wants("::comparison"), None);
    }

    #[test]
    fn values_are_shown_in_the_clear() {
        assert_eq!(clear("case-studies/\u{E000}c3a9\u{E001}!"), "case-studies/é!");
        assert_eq!(clear("\u{E000}zz\u{E001}"), "");
    }
}
