//! In: `templates/blocks/<kind>/<id>.md`, `…/<kind>/<language>/<id>.md`. Out: a [`Block`]: front matter and the Markdown below it.

use std::ops::Range;
use std::sync::Arc;

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Deserialize;

use super::template::{Audience, Availability, Status};
use super::{Library, checks};
use crate::diagnostic::{Checked, Diagnostic, Place, Problems, SourceFile};
use crate::source::{self, InOrder, Spanned};

/// Approved, reusable content.
#[derive(Debug)]
pub struct Block {
    /// The folder below `templates/blocks/`.
    pub kind: String,
    /// `kind/id`, as `block(id=)` names it. Its editions in other languages have the same.
    pub id: String,
    pub front: BlockFront,
    pub file: Arc<SourceFile>,
    /// Byte offset at which the Markdown begins.
    pub body: usize,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BlockFront {
    pub title: Spanned<String>,
    #[serde(default)]
    pub summary: Option<String>,
    pub status: Spanned<Status>,
    pub owner: String,
    #[serde(default)]
    #[schemars(with = "Option<String>", extend("format" = "date"))]
    pub review_by: Option<Spanned<Date>>,
    #[serde(default)]
    pub available: Option<Availability>,
    /// Embargo: not used before this day.
    #[serde(default)]
    #[schemars(with = "Option<String>", extend("format" = "date"))]
    pub announce_on: Option<Date>,
    #[serde(default)]
    pub audience: Audience,
    #[serde(default)]
    pub industries: Vec<String>,
    #[serde(default)]
    pub segments: Vec<Spanned<String>>,
    #[serde(default)]
    pub stages: Vec<Spanned<String>>,
    /// The languages it is written in; the library's, by its locale, where nothing is said. An edition's is its folder's.
    #[serde(default)]
    pub languages: Vec<String>,
    #[serde(default)]
    pub tags: Vec<String>,
    /// Breaks ties: higher first.
    #[serde(default)]
    pub weight: i64,
    /// The id that a client file names under `pain_points` or `objections`.
    #[serde(default)]
    pub answers: Option<Spanned<String>>,
    /// Of `competitors`: answers to the questions by which we compare ourselves, by question.
    #[serde(default)]
    pub compares: Option<InOrder<Spanned<String>>>,
    /// Of `competitors`: the questions to which this is the best answer.
    #[serde(default)]
    pub best: Vec<Spanned<String>>,
    /// Of `competitors`: yes for the one that is us, whose questions are asked of all.
    #[serde(default)]
    pub ours: Ours,
}

/// Whether a block is us rather than a competitor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Ours {
    #[default]
    No,
    Yes,
}

impl BlockFront {
    /// True for the block that is us.
    pub fn is_ours(&self) -> bool {
        self.ours == Ours::Yes
    }

    /// Questions and answers, in the order of the file.
    pub fn comparing(&self) -> &[(Spanned<String>, Spanned<String>)] {
        self.compares.as_ref().map_or(&[], |compares| &compares.0)
    }
}

/// Where the front matter of a text stands, without its `---` lines, and where the Markdown below it begins: byte
/// offsets. None where the text does not begin with a `---` line, or no other `---` line follows.
pub fn front_matter(text: &str) -> Option<(Range<usize>, usize)> {
    let mut lines = text.split_inclusive('\n');
    let is_fence = |line: &str| line.trim_end() == "---";
    let first = lines.next().filter(|line| is_fence(line))?;
    let mut at = first.len();
    for line in lines {
        if is_fence(line) {
            return Some((first.len()..at, at + line.len()));
        }
        at += line.len();
    }
    None
}

/// Reads every block of a library, in the order of their paths.
pub(super) fn read_all(library: &Library) -> Checked<Vec<Block>> {
    let mut problems = Problems::default();
    let paths = library.files.keys().filter(|path| path.starts_with(FOLDER) && path.ends_with(".md"));
    let blocks: Vec<Block> = paths.filter_map(|path| problems.take(read_one(library, path))).collect();
    problems.extend(checks::comparison(&blocks, &library.settings));
    if problems.has_errors() { Err(problems) } else { Ok(blocks) }
}

const FOLDER: &str = "templates/blocks/";

fn read_one(library: &Library, path: &str) -> Checked<Block> {
    let rest = path.strip_prefix(FOLDER).and_then(|rest| rest.strip_suffix(".md")).unwrap_or(path);
    let parts: Vec<&str> = rest.split('/').collect();
    let (kind, language, name) = match parts[..] {
        [kind, name] if checks::is_id(kind) && checks::is_id(name) => (kind, None, name),
        [kind, language, name] if checks::is_id(kind) && checks::is_id(name) && checks::is_language(language) => {
            (kind, Some(language), name)
        }
        _ => {
            let help = format!(
                "name it `{FOLDER}<kind>/<id>.md`, or `{FOLDER}<kind>/fr/<id>.md` for its French edition, with small \
                 letters, digits and `-`"
            );
            let message = format!("`{path}` is not where a block can be found");
            return Err(Diagnostic::error("L041", message).help(help).into());
        }
    };
    let id = format!("{kind}/{name}");
    let file = library.text(path)?;
    let (front, body) = front_matter(&file.text).ok_or_else(|| {
        let end = file.text.find('\n').unwrap_or(file.text.len());
        Diagnostic::error("L040", format!("the block `{id}` has no front matter"))
            .at(Place { file: Arc::clone(&file), span: 0..end })
            .label("`---` is expected here")
            .help("begin with `---`, then `title:`, `status:` and `owner:`, then `---` again")
    })?;
    let mut front: BlockFront = source::read_part(&file, front)?;
    let problems = checks::block(&file, (kind, language), &front, &library.settings);
    if problems.has_errors() {
        return Err(problems);
    }
    front.languages.extend(language.map(String::from));
    Ok(Block { kind: kind.to_string(), id, front, file, body })
}

#[cfg(test)]
#[path = "block_tests.rs"]
mod tests;
