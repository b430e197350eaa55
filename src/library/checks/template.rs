//! In: a [`Template`] as read, and the library it stands in. Out: what is wrong between its lines.

use std::sync::Arc;

use super::{Faults, field, is_id};
use crate::diagnostic::{Problems, SourceFile};
use crate::library::Library;
use crate::library::template::{Audience, SectionEntry, Template};
use crate::source::Spanned;

/// Checks ids, languages, variants, fields and that every section file exists.
pub(in crate::library) fn template(file: &Arc<SourceFile>, template: &Template, library: &Library) -> Problems {
    let mut faults = Faults::of(file);
    let top = faults.top();
    if !is_id(&template.id) {
        let message = format!("`{}` cannot be the id of a template", template.id);
        faults.add("L033", &top, message, "this template", "name its folder in small letters, digits, `-` and `_`");
    }
    for (empty, what) in [(template.variants.0.is_empty(), "variants"), (template.sections.is_empty(), "sections")] {
        if empty {
            let message = format!("the template `{}` has no {what}", template.id);
            faults.add("L032", &top, message, "this template", format!("add at least one under `{what}:`"));
        }
    }
    languages(&mut faults, template, library);
    let available = template.available.as_ref();
    let span = available.map_or(top, |available| available.span.clone());
    faults.availability(available.map(|available| &available.value), &span);
    let stages: Vec<&str> = library.settings.stages.iter().map(|stage| stage.id.as_str()).collect();
    for stage in &template.stages {
        faults.known("L034", "stage", stage, &stages);
    }
    variants(&mut faults, template, library);
    field::fields(&mut faults, &template.fields);
    sections(&mut faults, template, library, &stages);
    faults.problems
}

fn languages(faults: &mut Faults, template: &Template, library: &Library) {
    if template.languages.is_empty() {
        let top = faults.top();
        faults.add("L032", &top, "the template has no language", "this template", "add `languages: [en]`");
    }
    let mut seen: Vec<&str> = Vec::new();
    for language in template.languages.iter().filter(|language| template.title.of(language).is_none()) {
        let message = format!("the template has no title in `{}`", language.value);
        let help = format!("add `{}:` with its words, or write one title for all", language.value);
        faults.add("L032", &template.title.span, message, "its titles", help);
    }
    for (language, _) in &template.title.texts {
        if let Some(language) = language {
            faults.language(language, &language.span);
        }
    }
    for language in &template.languages {
        faults.language(language, &language.span);
        if seen.contains(&language.value.as_str()) {
            let message = format!("`{}` is listed twice", language.value);
            faults.add("L021", &language.span, message, "the second time", "list each language once");
        } else if !library.brand.furniture.words.contains_key(&language.value) {
            let message = format!("the brand has no words in `{}` for the page itself", language.value);
            let help = format!("marketing adds `{}:` under `furniture: words:` in `brand/brand.yaml`", language.value);
            faults.add("B011", &language.span, message, "no `prepared_for`, `page` …", help);
        } else if template.audience == Audience::Internal
            && library.brand.furniture.words_in(&language.value).is_none_or(|words| words.internal.is_none())
        {
            let message = format!("the brand does not say in `{}` that a document is internal", language.value);
            let help =
                format!("marketing adds `internal:` to `furniture: words: {}:` in `brand/brand.yaml`", language.value);
            faults.add("B011", &language.span, message, "not for clients", help);
        }
        seen.push(&language.value);
    }
}

fn variants(faults: &mut Faults, template: &Template, library: &Library) {
    let segments: Vec<&str> = library.settings.segments.iter().map(|segment| segment.id.as_str()).collect();
    faults.ids("variant", template.variants.0.iter().map(|(id, _)| id));
    for (id, variant) in &template.variants.0 {
        for segment in &variant.segments {
            faults.known("L034", "segment", segment, &segments);
        }
        let Some(pages) = variant.pages else { continue };
        let fault = match (pages.min, pages.max) {
            (Some(min), Some(max)) if min > max => format!("at least {min} pages and at most {max}"),
            (_, Some(0)) => "at most no pages".to_string(),
            _ => continue,
        };
        let message = format!("the variant `{}` asks for {fault}", id.value);
        faults.add("L035", &id.span, message, "cannot be kept", "mend `min` or `max` under `pages:`");
    }
}

fn sections(faults: &mut Faults, template: &Template, library: &Library, stages: &[&str]) {
    let variants: Vec<&str> = template.variants.0.iter().map(|(id, _)| id.as_str()).collect();
    faults.ids("section", template.sections.iter().map(|section| &section.id));
    for section in &template.sections {
        for variant in &section.variants {
            faults.known("L034", "variant", variant, &variants);
        }
        for stage in &section.stages {
            faults.known("L034", "stage", stage, stages);
        }
        faults.availability(section.available.as_ref(), &section.id.span);
        section_files(faults, template, section, library);
    }
}

/// A section stands in every language of its template.
fn section_files(faults: &mut Faults, template: &Template, section: &SectionEntry, library: &Library) {
    if !stays_inside(&section.file) || !section.file.ends_with(".md") {
        let message = format!("`{}` is no path of a section", section.file.value);
        let help = "write the path of a `.md` file below `sections/`, with `/` and without `..`";
        faults.add("L037", &section.file.span, message, "not a path", help);
        return;
    }
    for (n, language) in template.languages.iter().enumerate() {
        let path = section_path(&template.id, &section.file, language, n == 0);
        let twice = template.languages[..n].iter().any(|before| before.value == language.value);
        if twice || library.has_file(&path) {
            continue;
        }
        let label = match library.nearest_file(&path) {
            Some(near) => format!("did you mean `{}`?", near.rsplit('/').next().unwrap_or(near)),
            None => format!("missing in `{}`", language.value),
        };
        let message = format!("there is no `{path}`");
        let help = "write the section, or take the language out of `languages:`";
        faults.add("L036", &section.file.span, message, label, help);
    }
}

/// Where a section's text stands: the first language below `sections/`, the others below `sections/<language>/`.
pub(in crate::library) fn section_path(template: &str, file: &str, language: &str, first: bool) -> String {
    if first {
        format!("templates/{template}/sections/{file}")
    } else {
        format!("templates/{template}/sections/{language}/{file}")
    }
}

/// True for a relative path with `/` that leads nowhere else.
pub(super) fn stays_inside(path: &Spanned<String>) -> bool {
    !path.contains(['\\', ':', '\0']) && path.split('/').all(|part| !matches!(part, "" | "." | ".."))
}
