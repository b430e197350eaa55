//! In: the ids that a client file names. Out: a refusal for those that the library does not know, with the ones meant.

use crate::diagnostic::{Checked, Diagnostic, Problems, suggest};
use crate::intake::client::Client;
use crate::library::Library;
use crate::library::block::Block;

/// Checks pain points, objections and case studies against the library's blocks: an unknown one would leave its page
/// without a word. Competitors may be firms that marketing has nothing on, so only a near miss is warned about.
///
/// # Errors
/// `P013`, one for each unknown id.
pub(super) fn check(library: &Library, client: &Client, warnings: &mut Problems) -> Checked<()> {
    let opportunity = &client.opportunity;
    let lists = [
        ("opportunity.pain_points", "pain-points", &opportunity.pain_points, true),
        ("opportunity.objections", "objections", &opportunity.objections, true),
        ("opportunity.competitors", "competitors", &opportunity.competitors, false),
        ("case_studies", "case-studies", &client.case_studies, true),
    ];
    if lists.iter().all(|(_, _, named, _)| named.is_empty()) {
        return Ok(());
    }
    let blocks = library.blocks()?;
    let mut problems = Problems::default();
    for (field, kind, named, refuse) in lists {
        let known: Vec<&str> =
            blocks.iter().filter(|block| block.kind == kind && !block.front.is_ours()).flat_map(names).collect();
        // A library without blocks of a kind uses the field in its own way.
        if known.is_empty() {
            continue;
        }
        for id in named.iter().filter(|id| !known.contains(&id.as_str())) {
            let meant = suggest(id, known.iter().copied());
            let message = format!("`{field}` names `{id}`, which the library does not know");
            let help = match meant {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => format!("it knows {}; take `{id}` out, or ask marketing for a block on it", listed(&known)),
            };
            if refuse {
                problems.push(Diagnostic::error("P013", message).help(help));
            } else if meant.is_some() {
                warnings.push(Diagnostic::warning("P013", message).help(help));
            }
        }
    }
    if problems.0.is_empty() { Ok(()) } else { Err(problems) }
}

/// What a client file may call a block: its own id, and what it answers.
fn names(block: &Block) -> impl Iterator<Item = &str> {
    let id = block.id.rsplit('/').next().unwrap_or(&block.id);
    let answers = block.front.answers.as_ref().map(|answers| answers.value.as_str()).filter(|answers| *answers != id);
    std::iter::once(id).chain(answers)
}

fn listed(known: &[&str]) -> String {
    known.iter().map(|id| format!("`{id}`")).collect::<Vec<_>>().join(", ")
}
