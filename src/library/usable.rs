//! In: a template or block, the document's date, the local day and the audience. Out: whether it may be used, and if
//! not, who can lift that and the quickest way out.

use super::block::Block;
use super::days::UsageDays;
use super::template::{Audience, Availability, Status, Template};
use crate::diagnostic::{Diagnostic, Place};
use crate::source::Spanned;

/// Says why a template may not be used on these days; none where it may.
pub fn refuse_template(template: &Template, days: UsageDays) -> Option<Diagnostic> {
    let Template { id, owner, .. } = template;
    let refusal = match template.status.value {
        Status::InReview => Diagnostic::error("L050", format!("the template `{id}` is not approved yet"))
            .help(format!("ask {owner} to approve it, or send a draft meanwhile with `--draft`")),
        Status::Retired => Diagnostic::error("L051", format!("the template `{id}` is retired"))
            .help(format!("take another one from `collateral list`, or ask {owner} what has replaced it")),
        Status::Approved => {
            let available = template.available.as_ref().map(|available| available.value);
            return outside(available, days, &format!("the template `{id}`"), owner);
        }
    };
    Some(refusal)
}

/// Warns that a template's content was due for review.
pub fn template_review(template: &Template, days: UsageDays) -> Option<Diagnostic> {
    let due = template.review_by.as_ref().filter(|due| days.day_after(due.value).is_some())?;
    let message = format!("the template `{}` was due for review on {}", template.id, due.value);
    Some(Diagnostic::warning("L056", message).help(format!("ask {} whether it still holds", template.owner)))
}

/// Says whether a block may be used on these days, in a document for this audience.
///
/// # Errors
/// `L050`–`L055`, at the block's own line.
pub fn block_usable(block: &Block, days: UsageDays, audience: Audience) -> Result<(), Diagnostic> {
    let front = &block.front;
    let name = format!("the block `{}`", block.id);
    let owner = &front.owner;
    let refusal = match front.status.value {
        Status::InReview => Some(
            Diagnostic::error("L050", format!("{name} is not approved yet"))
                .help(format!("ask {owner} to approve it, or send a draft meanwhile with `--draft`")),
        ),
        Status::Retired => Some(
            Diagnostic::error("L051", format!("{name} is retired"))
                .help(format!("name another block, or ask {owner} what has replaced it")),
        ),
        Status::Approved => None,
    };
    let refusal = refusal
        .or_else(|| embargo(block, days, &name))
        .or_else(|| outside(front.available, days, &name, owner))
        .or_else(|| internal(block, audience, &name));
    match refusal {
        Some(refusal) => Err(refusal.at(place(block, &front.status))),
        None => Ok(()),
    }
}

/// Warns that a block's content was due for review.
pub fn block_review(block: &Block, days: UsageDays) -> Option<Diagnostic> {
    let due = block.front.review_by.as_ref().filter(|due| days.day_after(due.value).is_some())?;
    let message = format!("the block `{}` was due for review on {}", block.id, due.value);
    let help = format!("ask {} whether it still holds", block.front.owner);
    Some(Diagnostic::warning("L056", message).at(place(block, due)).help(help))
}

/// Says why content may not be used outside of its days; both ends are days on which it may.
pub fn outside(available: Option<Availability>, days: UsageDays, name: &str, owner: &str) -> Option<Diagnostic> {
    let Availability { from, until } = available?;
    if let Some((from, day)) = from.and_then(|from| Some((from, days.day_before(from)?))) {
        let message = format!("{name} is not available before {from}, and {}", days.describe(day));
        return Some(
            Diagnostic::error("L052", message).help(format!("ask {owner} to release it earlier, or take another one")),
        );
    }
    let until = until?;
    let day = days.day_after(until)?;
    Some(
        Diagnostic::error("L053", format!("{name} was available until {until}, and {}", days.describe(day)))
            .help(format!("ask {owner} to extend it or to name what has replaced it")),
    )
}

fn embargo(block: &Block, days: UsageDays, name: &str) -> Option<Diagnostic> {
    let announced = block.front.announce_on?;
    let day = days.day_before(announced)?;
    let help = format!("leave it out until then, or ask {} whether it was announced", block.front.owner);
    let message = format!("{name} is under embargo until {announced}, and {}", days.describe(day));
    Some(Diagnostic::error("L054", message).help(help))
}

fn internal(block: &Block, audience: Audience, name: &str) -> Option<Diagnostic> {
    let leaks = block.front.audience == Audience::Internal && audience == Audience::Client;
    let help = format!("leave it out; only {} can open it to clients", block.front.owner);
    leaks
        .then(|| Diagnostic::error("L055", format!("{name} is internal and this document goes to a client")).help(help))
}

fn place<T>(block: &Block, at: &Spanned<T>) -> Place {
    Place { file: std::sync::Arc::clone(&block.file), span: at.span.clone() }
}

#[cfg(test)]
#[path = "usable_tests.rs"]
mod tests;
