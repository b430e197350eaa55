//! In: `templates/<id>/template.yaml`. Out: the [`Template`]: its sections, variants, fields and dates.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Deserialize;

use super::words::Words;
use crate::source::{InOrder, Spanned};

/// One template as `template.yaml` states it.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Template {
    /// The folder's name; not in the file.
    #[serde(skip)]
    pub id: String,
    /// What the document is called: plain, or by language.
    pub title: Words,
    pub kind: TemplateKind,
    pub page: PageFormat,
    pub version: String,
    pub status: Spanned<Status>,
    #[serde(default)]
    pub audience: Audience,
    pub languages: Vec<Spanned<String>>,
    pub owner: String,
    #[serde(default)]
    #[schemars(with = "Option<String>", extend("format" = "date"))]
    pub review_by: Option<Spanned<Date>>,
    #[serde(default)]
    pub available: Option<Spanned<Availability>>,
    #[serde(default)]
    pub stages: Vec<Spanned<String>>,
    #[serde(default)]
    pub fields: Vec<Field>,
    pub variants: InOrder<Variant>,
    #[serde(default)]
    pub rep_may_change_length: Permission,
    /// Whether signature blocks can be filled in and signed in a PDF reader.
    #[serde(default)]
    pub forms: Forms,
    pub sections: Vec<SectionEntry>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum TemplateKind {
    Proposal,
    Deck,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
pub enum PageFormat {
    #[serde(rename = "letter")]
    Letter,
    #[serde(rename = "a4")]
    A4,
    #[serde(rename = "16:9")]
    Wide,
    #[serde(rename = "4:3")]
    Classic,
}

impl PageFormat {
    /// Width and height in pt.
    pub fn size(self) -> (f32, f32) {
        match self {
            Self::Letter => (612.0, 792.0),
            Self::A4 => (595.28, 841.89),
            Self::Wide => (960.0, 540.0),
            Self::Classic => (960.0, 720.0),
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    InReview,
    Approved,
    Retired,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Audience {
    #[default]
    Client,
    Internal,
}

/// The days on which content may be used, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Availability {
    #[serde(default)]
    #[schemars(with = "Option<String>", extend("format" = "date"))]
    pub from: Option<Date>,
    #[serde(default)]
    #[schemars(with = "Option<String>", extend("format" = "date"))]
    pub until: Option<Date>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Permission {
    Yes,
    #[default]
    Warn,
    No,
}

/// Whether a document has fields to fill in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Forms {
    Yes,
    #[default]
    No,
}

/// Something a template asks of a rep beyond the standard client file; answered under `answers:`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Field {
    pub id: Spanned<String>,
    pub label: String,
    #[serde(rename = "type")]
    pub kind: FieldKind,
    #[serde(default)]
    pub required: bool,
    /// ISO 4217: what a `money` field is in; the document's currency if left out.
    #[serde(default)]
    pub currency: Option<Spanned<String>>,
    /// Used when the client file is silent; written as in a client file.
    #[serde(default)]
    pub default: Option<Spanned<String>>,
    /// Least number, money or percent, or earliest date, written as text.
    #[serde(default)]
    pub min: Option<Spanned<String>>,
    #[serde(default)]
    pub max: Option<Spanned<String>>,
    /// Most characters.
    #[serde(default)]
    pub max_length: Option<usize>,
    /// A regular expression that the whole text must match.
    #[serde(default)]
    pub pattern: Option<String>,
    /// The choices of a `choice` field.
    #[serde(default)]
    pub options: Vec<String>,
    #[serde(default)]
    pub help: Option<String>,
    #[serde(default)]
    pub example: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum FieldKind {
    Text,
    LongText,
    Number,
    Money,
    Percent,
    Date,
    Email,
    Url,
    Choice,
    List,
    Image,
    YesNo,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Variant {
    pub segments: Vec<Spanned<String>>,
    #[serde(default)]
    pub pages: Option<PageBudget>,
}

/// How many pages a variant may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PageBudget {
    #[serde(default)]
    pub min: Option<usize>,
    #[serde(default)]
    pub max: Option<usize>,
    /// Refuse instead of warn.
    #[serde(default)]
    pub strict: bool,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SectionEntry {
    pub id: Spanned<String>,
    /// Path below the template's `sections/` (or `sections/<language>/`).
    pub file: Spanned<String>,
    /// Only in these variants; empty means all.
    #[serde(default)]
    pub variants: Vec<Spanned<String>>,
    /// Only on opportunities at these stages; empty means all.
    #[serde(default)]
    pub stages: Vec<Spanned<String>>,
    /// A Tera expression.
    #[serde(default)]
    pub when: Option<Spanned<String>>,
    #[serde(default)]
    pub available: Option<Availability>,
    #[serde(default)]
    pub drop: Drop,
    #[serde(default)]
    pub rep: RepMay,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Drop {
    First,
    Second,
    #[default]
    Never,
}

/// What a rep may do with a section.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum RepMay {
    #[default]
    Nothing,
    MayRemove,
    /// Out unless the rep adds it.
    MayAdd,
}
