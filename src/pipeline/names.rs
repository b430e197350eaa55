//! In: a document that was refused as too long. Out: the refusal, with the longest client's name that would fit.

use crate::diagnostic::Problems;
use crate::intake::client::Client;
use crate::layout::longest_beginning;

/// No shorter name is ever what makes a document too long, characters.
const HARMLESS: usize = 40;

/// Says how long the client's name may be, where a strict page budget is passed only because of it; `fits` says whether
/// the document of the same client under another name keeps within its pages.
pub(super) fn with_longest(client: &Client, mut problems: Problems, fits: impl Fn(&Client) -> bool) -> Problems {
    let name = client.client.name.as_str();
    if name.chars().count() <= HARMLESS || problems.0.iter().any(|problem| problem.code != "P009") {
        return problems;
    }
    let mut renamed = client.clone();
    let longest = longest_beginning(name, |short| {
        renamed.client.name = short.to_string();
        fits(&renamed)
    });
    if let Some(longest) = longest {
        for problem in &mut problems.0 {
            let pages = problem.help.take().unwrap_or_default();
            let shorten = format!("shorten `client.name` to {longest} characters or fewer for this document");
            problem.help = Some(format!("{shorten}; {pages}"));
        }
    }
    problems
}
