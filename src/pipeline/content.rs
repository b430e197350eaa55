//! In: a library. Out: what is wrong in the words of its sections, conditions and blocks, whoever the client is.

use jiff::civil::Date;

use crate::diagnostic::Problems;
use crate::fill::{FillCache, FillContext, FillInput, check_block, check_section, check_when};
use crate::intake::client::Client;
use crate::library::Library;
use crate::library::template::Template;

/// Checks every name, filter, block and tag in every template's sections and conditions, and in every block.
pub fn check_content(library: &Library) -> Problems {
    let mut problems = Problems::default();
    for id in library.template_ids() {
        // A template that cannot be read is reported where it is read.
        if let Ok(template) = library.template(&id) {
            check_template(library, &template, &mut problems);
        }
    }
    problems
}

fn check_template(library: &Library, template: &Template, problems: &mut Problems) {
    let cache = FillCache::default();
    let nobody = Client::named("");
    let language = template.languages.first().map_or("en", |language| language.value.as_str());
    let fill = FillContext::new(FillInput {
        content: library,
        cache: &cache,
        template,
        client: &nobody,
        date: Date::default(),
        number: None,
        segment: library.settings.segments.first().map_or("", |segment| segment.id.value.as_str()),
        variant: template.variants.0.first().map_or("", |(id, _)| id.value.as_str()),
        language,
        locale: &library.settings.locale,
        sections: None,
        draft: false,
    });
    let file = library.text(&format!("templates/{}/template.yaml", template.id));
    for entry in &template.sections {
        if let (Some(condition), Ok(file)) = (&entry.when, &file) {
            add(problems, check_when(&fill, condition, file).err());
        }
        for language in &template.languages {
            let path = crate::plan::section_path(template, &language.value, entry);
            // A file that is missing is reported with the template.
            if library.files.contains_key(&path) {
                add(problems, check_section(&fill, &path).err());
            }
        }
    }
    for block in library.blocks().unwrap_or_default() {
        add(problems, check_block(&fill, block).err());
    }
}

/// Adds what is new: a block is checked against each template.
fn add(problems: &mut Problems, found: Option<Problems>) {
    for problem in found.unwrap_or_default().0 {
        if !problems.0.contains(&problem) {
            problems.0.push(problem);
        }
    }
}
