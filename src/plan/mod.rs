//! In: [`Settings`], a [`Template`], a [`Client`] and what the rep asked for. Out: a [`Plan`]: which segment, variant,
//! language and sections, and why.

pub mod budget;
pub mod quote;
mod sections;
mod segment;

pub use sections::section_path;

use jiff::civil::Date;

use crate::diagnostic::{Checked, Diagnostic, Problems, suggest};
use crate::format::Locale;
use crate::intake::client::Client;
use crate::library::days::UsageDays;
use crate::library::settings::{DatePolicy, Settings};
use crate::library::template::{Drop, Permission, Template};
use crate::source::Spanned;

/// Every decision about one document, each with its reason.
#[derive(Debug, Clone)]
pub struct Plan {
    pub template: String,
    pub segment: String,
    pub variant: String,
    pub language: String,
    /// BCP 47: numbers and dates follow it.
    pub locale: String,
    pub sections: Vec<PlannedSection>,
    /// Why this segment, variant, language: whole sentences.
    pub reasons: Vec<String>,
}

/// One section of the template: in or out, and why.
#[derive(Debug, Clone)]
pub struct PlannedSection {
    pub id: String,
    /// Path in the library.
    pub path: String,
    pub included: bool,
    pub reason: String,
    pub drop: Drop,
}

/// What a rep asks for beside the client file.
#[derive(Debug, Clone, Default)]
pub struct Wishes {
    pub segment: Option<String>,
    pub variant: Option<String>,
    /// True where any length may be looked at, whatever the template lets reps choose: for previews.
    pub any_length: bool,
}

/// A plan without its sections: what a `when` expression may already ask about.
#[derive(Debug, Clone)]
pub struct Outline {
    pub segment: String,
    pub variant: String,
    pub language: String,
    pub locale: String,
    pub reasons: Vec<String>,
}

/// Settles segment, variant, language and locale. Warnings are pushed on `warnings`.
///
/// # Errors
/// `P…` for an unknown segment or variant, no size known, a length that the rep may not choose.
pub fn outline(
    settings: &Settings,
    template: &Template,
    client: &Client,
    wishes: &Wishes,
    warnings: &mut Problems,
) -> Checked<Outline> {
    let mut reasons = Vec::new();
    let segment = segment::settle(settings, client, wishes.segment.as_deref(), &mut reasons)?;
    if let Some(own) = segment::by_size(settings, client, &mut Vec::new()).filter(|own| *own != segment) {
        let message = format!("segment `{segment}` is not the client's own by its size (that is `{own}`)");
        other_length(template, wishes, message, "--segment", warnings)?;
    }
    let variant = variant(template, &segment, wishes, &mut reasons, warnings)?;
    let (language, locale) = language(settings, template, client, &mut reasons)?;
    Ok(Outline { segment, variant, language, locale, reasons })
}

/// Decides each section. `when` evaluates a section's condition.
///
/// # Errors
/// `P…` for sections that the rep may not remove or add, and whatever `when` finds wrong.
pub fn plan(
    template: &Template,
    client: &Client,
    outline: Outline,
    days: UsageDays,
    when: &dyn Fn(&Spanned<String>) -> Checked<bool>,
    warnings: &mut Problems,
) -> Checked<Plan> {
    let sections = sections::decide(template, client, &outline, days, when, warnings)?;
    let Outline { segment, variant, language, locale, reasons } = outline;
    Ok(Plan { template: template.id.clone(), segment, variant, language, locale, sections, reasons })
}

/// Applies library.yaml's `backdating` to a document date before today or before the release, and its `postdating` to
/// one after today.
///
/// # Errors
/// `P008` or `P020` where the library refuses such a date.
pub fn check_date(
    settings: &Settings,
    days: UsageDays,
    released: Option<Date>,
    warnings: &mut Problems,
) -> Checked<()> {
    let UsageDays { document, today } = days;
    let before = match released {
        Some(released) if document < released => {
            Some(format!("the document's date {document} is before the library's release of {released}"))
        }
        _ => (document < today).then(|| format!("the document's date {document} is before today, {today}")),
    };
    if let Some(message) = before {
        let advice = "what was true then may not be true now; leave `--date` out for today";
        apply_policy(settings.backdating, ("P008", "backdating"), message, advice, warnings)?;
    }
    if document > today {
        let message = format!("the document's date {document} is after today, {today}");
        let advice = "what is true today may not be true then; leave `--date` out for today";
        apply_policy(settings.postdating, ("P020", "postdating"), message, advice, warnings)?;
    }
    Ok(())
}

/// Allows a date, warns of it or refuses it, as the library's setting says.
fn apply_policy(
    policy: DatePolicy,
    (code, setting): (&'static str, &str),
    message: String,
    advice: &str,
    warnings: &mut Problems,
) -> Checked<()> {
    match policy {
        DatePolicy::Allow => Ok(()),
        DatePolicy::Warn => {
            warnings.push(Diagnostic::warning(code, message).help(advice));
            Ok(())
        }
        DatePolicy::Refuse => {
            let help =
                format!("leave `--date` out; marketing can lift this with `{setting}: warn` in templates/library.yaml");
            Err(Diagnostic::error(code, format!("{message}, and this library refuses that")).help(help).into())
        }
    }
}

fn variant(
    template: &Template,
    segment: &str,
    wishes: &Wishes,
    reasons: &mut Vec<String>,
    warnings: &mut Problems,
) -> Checked<String> {
    let by_segment = template
        .variants
        .0
        .iter()
        .find(|(_, v)| v.segments.iter().any(|s| s.value == segment))
        .map(|(id, _)| &id.value);
    let Some(wish) = wishes.variant.as_deref() else {
        let id = by_segment.ok_or_else(|| {
            Diagnostic::error("P003", format!("template `{}` has no variant for the segment `{segment}`", template.id))
                .help(format!("choose one with `--variant {}`", variant_ids(template).join("|")))
        })?;
        reasons.push(format!("Variant `{id}`, the first that lists the segment `{segment}`."));
        return Ok(id.clone());
    };
    let ids = variant_ids(template);
    if !ids.contains(&wish) {
        let error = Diagnostic::error("P002", format!("template `{}` has no variant `{wish}`", template.id));
        return Err(match suggest(wish, ids.iter().copied()) {
            Some(near) => error.help(format!("did you mean `{near}`?")),
            None => error.help(format!("it has {}", ids.join(", "))),
        }
        .into());
    }
    if by_segment.is_none_or(|id| id != wish) {
        let usual = by_segment.map_or("none".to_string(), |id| format!("`{id}`"));
        let message = format!("variant `{wish}` is not the one for the segment `{segment}` (that is {usual})");
        other_length(template, wishes, message, "--variant", warnings)?;
    }
    reasons.push(format!("Variant `{wish}`, asked for."));
    Ok(wish.to_string())
}

/// A length that is not the client's own: taken, warned about or refused as the template says.
fn other_length(
    template: &Template,
    wishes: &Wishes,
    message: String,
    option: &str,
    warnings: &mut Problems,
) -> Checked<()> {
    match template.rep_may_change_length {
        _ if wishes.any_length => Ok(()),
        Permission::Yes => Ok(()),
        Permission::Warn => {
            let help = format!("leave `{option}` out unless the client asked for this length");
            warnings.push(Diagnostic::warning("P004", message).help(help));
            Ok(())
        }
        Permission::No => {
            Err(Diagnostic::error("P004", format!("{message}, and this template does not let reps change it"))
                .help(format!("leave `{option}` out; {} can lift this", template.owner))
                .into())
        }
    }
}

fn variant_ids(template: &Template) -> Vec<&str> {
    template.variants.0.iter().map(|(id, _)| id.value.as_str()).collect()
}

fn language(
    settings: &Settings,
    template: &Template,
    client: &Client,
    reasons: &mut Vec<String>,
) -> Checked<(String, String)> {
    let known: Vec<&str> = template.languages.iter().map(|l| l.value.as_str()).collect();
    let language = match client.language.as_deref() {
        Some(asked) if known.contains(&asked) => {
            reasons.push(format!("Language `{asked}`, from the client file."));
            asked
        }
        Some(asked) => {
            return Err(Diagnostic::error("P005", format!("template `{}` is not written in `{asked}`", template.id))
                .help(format!("it is written in {}; set `language:` to one of these", known.join(", ")))
                .into());
        }
        None => {
            let first = known.first().copied().unwrap_or("en");
            reasons.push(format!("Language `{first}`, the template's first."));
            first
        }
    };
    let known = [client.client.locale.as_deref(), Some(settings.locale.as_str())];
    let own = known.into_iter().flatten().find(|locale| primary(locale) == primary(language));
    // Words of one language never stand beside dates and lists of another: where no locale has the language, it is that
    // language as it is written in the library's region.
    let locale = own.map_or_else(|| in_region_of(language, &settings.locale), str::to_string);
    // Word files and charts read the tag again, so all of them get the one whose digits are the language's. A tag that
    // cannot be read is refused where it is used.
    let locale = Locale::new(&locale).map_or(locale, |read| read.tag());
    Ok((language.to_string(), locale))
}

/// The language with the region of a locale: `fr` and `en-CA` give `fr-CA`.
fn in_region_of(language: &str, locale: &str) -> String {
    let has_region = language.contains(['-', '_']);
    let is_region = |part: &&str| match part.len() {
        2 => part.bytes().all(|b| b.is_ascii_alphabetic()),
        3 => part.bytes().all(|b| b.is_ascii_digit()),
        _ => false,
    };
    match locale.split(['-', '_']).skip(1).find(is_region).filter(|_| !has_region) {
        Some(region) => format!("{language}-{region}"),
        None => language.to_string(),
    }
}

/// The language part of a BCP 47 tag.
fn primary(tag: &str) -> String {
    tag.split(['-', '_']).next().unwrap_or(tag).to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_without_a_locale_takes_the_librarys_region() {
        assert_eq!(in_region_of("fr", "en-CA"), "fr-CA");
        assert_eq!(in_region_of("fr", "zh-Hant-TW"), "fr-TW");
        assert_eq!(in_region_of("es", "en-419"), "es-419");
        assert_eq!(in_region_of("fr-FR", "en-CA"), "fr-FR");
        assert_eq!(in_region_of("he", "en"), "he");
    }
}
