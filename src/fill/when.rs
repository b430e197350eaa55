//! In: a condition of template.yaml. Out: whether it holds for the client.

use std::sync::Arc;

use super::context::FillContext;
use super::lower::{Lower, Mode};
use super::schema::Schema;
use super::section::Compiled;
use super::syntax::{self, Snippet};
use crate::diagnostic::{Checked, Problems, SourceFile};
use crate::source::Spanned;

/// Asks a `when` of the template. What is not given does not hold: `client.size.vehicles > 50` is false where the
/// number is unknown.
///
/// Needs no plan: `FillInput::sections` may be `None`.
///
/// # Errors
/// `T…` problems with their place in `file`.
pub fn evaluate_when(context: &FillContext, expr: &Spanned<String>, file: &Arc<SourceFile>) -> Checked<bool> {
    let compiled = compiled(context, expr, file)?;
    let outcome = compiled.render(Mode::When, &context.values()?);
    context.warn(outcome.warnings);
    if outcome.errors.is_empty() { Ok(outcome.text == "y") } else { Err(Problems(outcome.errors)) }
}

/// Checks a `when` without asking it.
///
/// # Errors
/// As [`evaluate_when`], without those that depend on the client.
pub fn check_when(context: &FillContext, expr: &Spanned<String>, file: &Arc<SourceFile>) -> Checked<()> {
    compiled(context, expr, file).map(|_| ())
}

fn compiled(context: &FillContext, expr: &Spanned<String>, file: &Arc<SourceFile>) -> Checked<Arc<Compiled>> {
    let input = &context.input;
    let key = format!("{}\nwhen {} {}", input.template.id, file.path, expr.span.start);
    if let Some(compiled) = input.cache.get(&key) {
        return Ok(compiled);
    }
    let snippet = Snippet::of_scalar(file, expr, &expr.span);
    let (mut problems, mut sites) = (Vec::new(), Vec::new());
    let condition = syntax::parse_condition(&snippet, &mut problems);
    let schema = Schema::new(input.template, input.content.settings());
    let lower = Lower::new(&snippet, &schema, input.content, Mode::When, &mut problems, &mut sites);
    let code = condition.map(|condition| lower.condition_template(&condition));
    match code.filter(|_| problems.is_empty()) {
        Some(code) => {
            let compiled = Arc::new(Compiled::of_condition(file, &expr.span, code, sites)?);
            input.cache.keep(key, &compiled);
            Ok(compiled)
        }
        None => Err(Problems(problems)),
    }
}
