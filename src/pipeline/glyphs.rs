//! In: a client's words and the brand's fonts. Out: an X002 problem for each field with characters that no font has.

use crate::diagnostic::{Checked, Diagnostic, Problems};
use crate::intake::client::{Answer, Client, Person};
use crate::layout::fonts::Fonts;

/// What the layout reports for a character without a glyph.
const MISSING: &str = "X002";

/// Says which characters of the client's name no font has: the name stands in every document, so this is said before
/// anything is laid out.
pub(super) fn in_name(client: &Client, fonts: &Fonts) -> Checked<()> {
    let name = &client.client.name;
    let Some(problem) = lacking("client.name", name, fonts) else { return Ok(()) };
    Err(match &client.client.name_place {
        Some(place) => problem.at(place.clone()),
        None => problem,
    }
    .into())
}

/// Says missing characters by the field that has them rather than by each place on a page where they would stand.
pub(super) fn by_field(mut found: Problems, client: &Client, fonts: &Fonts) -> Problems {
    let fields: Vec<Diagnostic> = texts(client).iter().filter_map(|(path, text)| lacking(path, text, fonts)).collect();
    if !fields.is_empty() {
        found.0.retain(|problem| problem.code != MISSING);
        found.0.extend(fields);
    }
    found
}

fn lacking(path: &str, text: &str, fonts: &Fonts) -> Option<Diagnostic> {
    let mut missing: Vec<char> = fonts.lacking(text).collect();
    missing.sort_unstable();
    missing.dedup();
    if missing.is_empty() {
        return None;
    }
    let listed: Vec<String> = missing.iter().map(|c| format!("`{c}` (U+{:04X})", u32::from(*c))).collect();
    let tried = fonts.names().join(", ");
    let message = format!("no font of the brand has {} in `{path}` (tried {tried})", listed.join(", "));
    Some(Diagnostic::error(MISSING, message).help(
        "write it with other letters, or ask marketing to add a font that has it under `type.fallback` in brand.yaml",
    ))
}

/// Every text of a client that a page may show, with its path in the client file.
fn texts(client: &Client) -> Vec<(String, &str)> {
    let mut texts = vec![("client.name".to_string(), client.client.name.as_str())];
    let organisation = &client.client;
    let mut optional: Vec<(String, Option<&str>)> = vec![
        ("client.industry".into(), organisation.industry.as_deref()),
        ("client.country".into(), organisation.country.as_deref()),
        ("client.region".into(), organisation.region.as_deref()),
        ("opportunity.name".into(), client.opportunity.name.as_deref()),
    ];
    for (group, person) in [("contact", &client.contact), ("rep", &client.rep)] {
        optional.extend(person_texts(group, person));
    }
    texts.extend(optional.into_iter().filter_map(|(path, text)| Some((path, text?))));
    let lists = [
        ("opportunity.pain_points", &client.opportunity.pain_points),
        ("opportunity.objections", &client.opportunity.objections),
        ("opportunity.competitors", &client.opportunity.competitors),
    ];
    for (path, items) in lists {
        texts.extend(items.iter().map(|item| (path.to_string(), item.as_str())));
    }
    if let Some(request) = &client.quote {
        let notes = request.lines.iter().map(|line| ("quote.lines.note", &line.note));
        let notes = std::iter::once(("quote.note", &request.note)).chain(notes);
        texts.extend(notes.filter_map(|(path, note)| Some((path.to_string(), note.as_deref()?))));
    }
    for (id, answer) in &client.answers {
        match answer {
            Answer::Text(text) => texts.push((format!("answers.{id}"), text)),
            Answer::List(items) => texts.extend(items.iter().map(|item| (format!("answers.{id}"), item.as_str()))),
            Answer::Decimal(_) | Answer::Percent(_) | Answer::Date(_) | Answer::Image(_) | Answer::YesNo(_) => {}
        }
    }
    texts
}

fn person_texts<'a>(group: &str, person: &'a Person) -> [(String, Option<&'a str>); 4] {
    [
        (format!("{group}.name"), person.name.as_deref()),
        (format!("{group}.title"), person.title.as_deref()),
        (format!("{group}.email"), person.email.as_deref()),
        (format!("{group}.phone"), person.phone.as_deref()),
    ]
}
