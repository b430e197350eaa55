//! In: `templates/blocks/<kind>/<id>.md`. Out: a [`Block`]: front matter and the Markdown below it.

use std::sync::Arc;

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Deserialize;

use super::template::{Audience, Availability, Status};
use crate::diagnostic::SourceFile;
use crate::source::Spanned;

/// Approved, reusable content.
#[derive(Debug)]
pub struct Block {
    /// The folder below `templates/blocks/`.
    pub kind: String,
    /// `kind/id`, as `block(id=)` names it.
    pub id: String,
    pub front: BlockFront,
    pub file: Arc<SourceFile>,
    /// Byte offset at which the Markdown begins.
    pub body: usize,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BlockFront {
    pub title: String,
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
}
