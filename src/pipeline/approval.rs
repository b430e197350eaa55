//! In: the name after `--approved-by`, the library's managers and the rep. Out: the manager as library.yaml spells the
//! name, or why the name approves nothing.
//!
//! A name is no identity: whoever types it is not asked who they are.

use crate::diagnostic::{Checked, Diagnostic, suggest};
use crate::intake::{self, client::Client};
use crate::library::Library;
use crate::library::person_name::{may_be_same, name_key};

/// How many names a message lists.
const MOST_LISTED: usize = 12;

/// What an approval proves, for people who read the output.
pub const PROOF: &str = "a name that was typed, which proves no identity";

/// The manager that `name` is; none where no name was given.
///
/// # Errors
/// `C006` or `C007` for a name that cannot be printed, `Q030` where the library lists no managers, `Q031` for a name that
/// is not listed, `Q032` where nobody knows the rep, `Q033` for the rep's own name or one that may be the rep's.
pub(super) fn approver(library: &Library, client: &Client, name: Option<&str>) -> Checked<Option<String>> {
    let Some(name) = name else { return Ok(None) };
    if let Some(problem) = intake::one_line("--approved-by", name) {
        return Err(problem.into());
    }
    let managers: Vec<&str> = library.settings.managers.iter().map(|manager| manager.value.as_str()).collect();
    if managers.is_empty() {
        let message = "nobody can approve discounts: the library lists no managers";
        let help = "leave `--approved-by` out; marketing can list them under `managers:` in templates/library.yaml";
        return Err(Diagnostic::error("Q030", message).help(help).into());
    }
    let key = name_key(name);
    let Some(manager) = managers.iter().find(|manager| name_key(manager) == key) else {
        return Err(unknown(name, &managers).into());
    };
    let Some(rep) = client.rep.name.as_deref().filter(|rep| !name_key(rep).is_empty()) else {
        let message =
            format!("`{manager}` cannot approve discounts: the rep is not named, and might be the same person");
        let help = "give `rep.name` in the client file, or with `--set rep.name=…`";
        return Err(Diagnostic::error("Q032", message).help(help).into());
    };
    if name_key(rep) == key {
        let message = format!("`{manager}` is the rep of this quote, and nobody approves their own discounts");
        let help = "ask another manager; library.yaml lists them under `managers:`";
        return Err(Diagnostic::error("Q033", message).help(help).into());
    }
    if may_be_same(rep, manager) {
        let message = format!(
            "`{manager}` may be the rep of this quote, `{rep}`: the names share words, initials or letters that look the same"
        );
        let help = "ask another manager; if they are two people, give the rep's full name in `rep.name`";
        return Err(Diagnostic::error("Q033", message).help(help).into());
    }
    Ok(Some((*manager).to_string()))
}

fn unknown(name: &str, managers: &[&str]) -> Diagnostic {
    let problem = Diagnostic::error("Q031", format!("`{name}` is not a manager that the library lists"));
    if let Some(near) = suggest(name, managers.iter().copied()) {
        return problem.help(format!("did you mean `{near}`?"));
    }
    let listed: Vec<&str> = managers.iter().copied().take(MOST_LISTED).collect();
    let more = if managers.len() > MOST_LISTED { " and others" } else { "" };
    problem.help(format!(
        "it lists `{}`{more}; marketing can add a name under `managers:` in templates/library.yaml",
        listed.join("`, `")
    ))
}
