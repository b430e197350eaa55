//! In: `templates/glossary.yaml`. Out: the [`Glossary`]: the words that marketing, sales and service share.

use schemars::JsonSchema;
use serde::Deserialize;

use super::Library;
use crate::diagnostic::{Checked, Diagnostic, Place, Problems, suggest};
use crate::source::{self, Spanned};

/// Path of the glossary in a library.
pub const GLOSSARY: &str = "templates/glossary.yaml";

/// What words mean.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Glossary {
    pub terms: Vec<Term>,
}

/// One word or phrase.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Term {
    pub term: Spanned<String>,
    pub definition: String,
    /// The stage of library.yaml that the term defines.
    #[serde(default)]
    pub stage: Option<Spanned<String>>,
    /// Other terms of the glossary.
    #[serde(default)]
    pub see: Vec<Spanned<String>>,
}

impl Library {
    /// Reads the glossary; `None` where the library has none.
    ///
    /// # Errors
    /// `Y…` where it is not written as a glossary is; `L021` for a term that stands twice; `L025` for a stage or term
    /// that there is not, and for a stage of library.yaml that no term defines.
    pub fn glossary(&self) -> Checked<Option<Glossary>> {
        if !self.files.contains_key(GLOSSARY) {
            return Ok(None);
        }
        let file = self.text(GLOSSARY)?;
        let glossary: Glossary = source::read(&file)?;
        let problems = faults(self, &glossary, &|span| Place { file: file.clone(), span: span.clone() });
        if problems.0.is_empty() { Ok(Some(glossary)) } else { Err(problems) }
    }
}

fn faults(library: &Library, glossary: &Glossary, at: &dyn Fn(&std::ops::Range<usize>) -> Place) -> Problems {
    let mut problems = Problems::default();
    let terms: Vec<&str> = glossary.terms.iter().map(|term| term.term.value.as_str()).collect();
    let stages: Vec<&str> = library.settings.stages.iter().map(|stage| stage.id.value.as_str()).collect();
    let unknown = |what: &str, name: &Spanned<String>, known: &[&str]| {
        let problem = Diagnostic::error("L025", format!("there is no {what} `{}`", name.value)).at(at(&name.span));
        match suggest(&name.value, known.iter().copied()) {
            Some(meant) => problem.label(format!("did you mean `{meant}`?")),
            None => problem.help(format!("name another {what}, or take it out")),
        }
    };
    for (index, term) in glossary.terms.iter().enumerate() {
        if terms[..index].contains(&term.term.value.as_str()) {
            let message = format!("the term `{}` stands twice", term.term.value);
            problems.0.push(Diagnostic::error("L021", message).at(at(&term.term.span)).help("keep one"));
        }
        problems.0.extend(
            term.stage.iter().filter(|s| !stages.contains(&s.value.as_str())).map(|s| unknown("stage", s, &stages)),
        );
        problems
            .0
            .extend(term.see.iter().filter(|s| !terms.contains(&s.value.as_str())).map(|s| unknown("term", s, &terms)));
    }
    let defined = |stage: &str| glossary.terms.iter().any(|term| term.stage.as_ref().is_some_and(|s| s.value == stage));
    for stage in stages.iter().filter(|stage| !defined(stage)) {
        let message = format!("no term of the glossary defines the stage `{stage}`");
        let help = format!("add a term with `stage: {stage}` to {GLOSSARY}");
        problems.0.push(Diagnostic::error("L025", message).help(help));
    }
    problems
}

#[cfg(test)]
mod tests {
    use crate::library::files::Source;
    use crate::library::{Library, Trust};

    fn found(edit: fn(String) -> String) -> Vec<String> {
        let mut files = Source::Embedded.read().expect("the sample is there");
        let text = String::from_utf8(files[super::GLOSSARY].as_ref().to_vec()).expect("text");
        let bytes: std::sync::Arc<[u8]> = edit(text).into_bytes().into();
        files.insert(super::GLOSSARY.into(), crate::library::assets::Bytes::Read(bytes));
        let library = Library::of_files(files, None).expect("the sample is sound");
        let problems = library.glossary().err().map(|problems| problems.0).unwrap_or_default();
        problems.into_iter().map(|problem| format!("{} {}", problem.code, problem.message)).collect()
    }

    #[test]
    fn the_samples_glossary_is_sound() {
        let library = Library::load(Source::Embedded, Trust::Locked).expect("the sample is sound");
        let glossary = library.glossary().expect("sound").expect("there is one");
        assert!(glossary.terms.len() > 20);
    }

    #[test]
    fn stages_and_terms_must_be_there() {
        assert_eq!(
            found(|text| text.replace("stage: won", "stage: wonn")),
            ["L025 there is no stage `wonn`", "L025 no term of the glossary defines the stage `won`"]
        );
        assert_eq!(
            found(|text| text.replace("see: [Downtime, Vehicle day]", "see: [Downtme]")),
            ["L025 there is no term `Downtme`"]
        );
        assert_eq!(
            found(|text| text.replace("- term: Won\n", "- term: Renewal\n")),
            ["L021 the term `Renewal` stands twice", "L025 there is no term `Won`"]
        );
        assert!(found(|_| "foo: [".into())[0].starts_with('Y'));
    }
}
