//! In: a [`Library`] and a name. Out: the template, block, text, font or image of that name, checked.

use std::sync::Arc;

use unicode_normalization::UnicodeNormalization;

use super::assets::{Bytes, Font, ImageAsset};
use super::block::{self, Block};
use super::brand::{Brand, Family, FontFile};
use super::lock::{self, Lock};
use super::template::Template;
use super::{Library, Shared, checks, fonts};
use crate::diagnostic::{Checked, Diagnostic, Place, Problems, SourceFile, suggest};
use crate::source;

impl Library {
    /// The ids of all templates, in order.
    pub fn template_ids(&self) -> Vec<String> {
        let id = |path: &String| {
            let id = path.strip_prefix("templates/")?.strip_suffix("/template.yaml")?;
            (!id.contains('/') && id != "blocks").then(|| id.to_string())
        };
        self.files.keys().filter_map(id).collect()
    }

    /// SHA-256 over everything under `brand/`, lower-case hex. A locked library's files are those of its lock, so
    /// that nothing is hashed twice.
    pub fn brand_digest(&self) -> String {
        match &self.lock {
            Some(lock) => lock::brand_digest(&lock.files),
            None => lock::brand_digest(&lock::hash_all(&self.files)),
        }
    }

    /// Reads a template.
    ///
    /// # Errors
    /// `L030` where there is none of this id; otherwise everything that is wrong in its `template.yaml`.
    pub fn template(&self, id: &str) -> Checked<Template> {
        let path = format!("templates/{id}/template.yaml");
        let ids = self.template_ids();
        if !ids.iter().any(|known| known == id) {
            let problem = Diagnostic::error("L030", format!("there is no template called `{id}`"));
            let help = match suggest(id, ids.iter().map(String::as_str)) {
                Some(near) => format!("did you mean `{near}`?"),
                None if ids.is_empty() => "the library has no templates yet".to_string(),
                None => format!("the library has {}", listed(&ids)),
            };
            return Err(problem.help(help).into());
        }
        let file = self.text(&path)?;
        let mut template: Template = source::read(&file)?;
        template.id = id.to_string();
        let problems = checks::template(&file, &template, self);
        if problems.has_errors() { Err(problems) } else { Ok(template) }
    }

    /// All blocks, by kind and id; read once.
    ///
    /// # Errors
    /// Everything that is wrong in any block's front matter or place.
    pub fn blocks(&self) -> Checked<&[Block]> {
        match self.blocks.get_or_init(|| block::read_all(self)) {
            Ok(blocks) => Ok(blocks),
            Err(problems) => Err(problems.clone()),
        }
    }

    /// The text of a library file; read once.
    ///
    /// # Errors
    /// `L036` where the library has no such file, `Y001` where it is not UTF-8.
    pub fn text(&self, path: &str) -> Shared<SourceFile> {
        let (path, bytes) = self.file(path)?;
        self.texts.get(path, || source::read_text(path, bytes.as_ref()))
    }

    /// A font of the brand; checked once. `path` is as in the library (`brand/fonts/Lato-Regular.ttf`).
    ///
    /// # Errors
    /// `L036` where brand.yaml names no such font, `B005`–`B008` where the file cannot be embedded or is another than
    /// brand.yaml says.
    pub fn font(&self, path: &str) -> Shared<Font> {
        let Some((family, entry)) = fonts_of(&self.brand).find(|(_, entry)| brand_path(&entry.file) == path) else {
            return Err(Diagnostic::error("L036", format!("`{path}` is no font of the brand"))
                .help("name it under `type:` in `brand/brand.yaml`")
                .into());
        };
        let (path, bytes) = self.file(path)?;
        self.fonts.get(path, || {
            let faults = fonts::check(bytes.as_ref(), &family.name, entry);
            if faults.is_empty() {
                return Ok(Arc::new(Font {
                    path: path.to_string(),
                    family: family.name.clone(),
                    weight: entry.weight,
                    italic: entry.italic,
                    bytes: bytes.clone(),
                }));
            }
            let file = self.text(super::files::BRAND)?;
            let place = Place { file, span: entry.file.span.clone() };
            let problem = |fault: fonts::FontFault| {
                Diagnostic::error(fault.code, fault.what).at(place.clone()).label("this font").help(fault.fix)
            };
            Err(Problems(faults.into_iter().map(problem).collect()))
        })
    }

    /// An image of the library; read once. `path` is as in the library (`brand/logos/mark.svg`).
    ///
    /// # Errors
    /// `L036` where the library has no such file, `L061`–`L067` where it cannot be drawn.
    pub fn image(&self, path: &str) -> Shared<ImageAsset> {
        let (path, bytes) = self.file(path)?;
        self.images.get(path, || ImageAsset::read(path, bytes.clone()).map(Arc::new))
    }

    /// The release that this library is; none for a draft.
    pub fn release(&self) -> Option<&Lock> {
        self.lock.as_ref()
    }

    /// A file's own path and bytes, however its letters were composed when its name was typed.
    fn file(&self, path: &str) -> Result<(&str, &Bytes), Diagnostic> {
        let found = self.files.get_key_value(path).or_else(|| {
            let composed: String = path.nfc().collect();
            self.files.get_key_value(&composed)
        });
        found.map(|(path, bytes)| (path.as_str(), bytes)).ok_or_else(|| self.no_file(path))
    }

    pub(super) fn has_file(&self, path: &str) -> bool {
        self.file(path).is_ok()
    }

    fn no_file(&self, path: &str) -> Diagnostic {
        let problem = Diagnostic::error("L036", format!("the library has no file `{path}`"));
        match self.nearest_file(path) {
            Some(near) => problem.help(format!("did you mean `{near}`?")),
            None => problem.help("check the path; capitals and small letters count"),
        }
    }

    /// The file in the same folder with the most similar name.
    pub(super) fn nearest_file(&self, path: &str) -> Option<&str> {
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        let siblings = self.files.keys().filter_map(|known| known.rsplit_once('/').filter(|(at, _)| *at == folder));
        let near = suggest(name, siblings.map(|(_, name)| name))?;
        self.files.get_key_value(&format!("{folder}/{near}")).map(|(path, _)| path.as_str())
    }
}

/// The path in the library of a file that brand.yaml names.
pub(super) fn brand_path(file: &str) -> String {
    format!("brand/{file}")
}

/// Every family of the brand, with each of its files.
pub(super) fn fonts_of(brand: &Brand) -> impl Iterator<Item = (&Family, &FontFile)> {
    let typography = &brand.typography;
    [&typography.text, &typography.display]
        .into_iter()
        .chain(typography.fallback.values())
        .flat_map(|family| family.files.iter().map(move |file| (family, file)))
}

/// Names in backticks, with commas.
pub(super) fn listed<T: AsRef<str>>(names: &[T]) -> String {
    names.iter().map(|name| format!("`{}`", name.as_ref())).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
#[path = "read_tests.rs"]
mod tests;
