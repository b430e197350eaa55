//! In: `templates/library.yaml`. Out: the [`Settings`]: segments, stages and defaults of the whole library.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use crate::source::Spanned;

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    pub name: String,
    /// BCP 47; numbers, dates and money follow it.
    pub locale: Spanned<String>,
    /// ISO 4217.
    pub currency: Spanned<String>,
    /// Measures of a client's size, most trusted first.
    pub size_by: Vec<Spanned<String>>,
    #[serde(default)]
    pub size_rule: SizeRule,
    #[serde(default)]
    pub backdating: DatePolicy,
    #[serde(default)]
    pub postdating: DatePolicy,
    /// Who may approve discounts over a rep's limit; nobody may if left out.
    #[serde(default)]
    pub managers: Vec<Spanned<String>>,
    /// Smallest first; the last has no bound.
    pub segments: Vec<Segment>,
    /// In the order of the sale.
    #[serde(default)]
    pub stages: Vec<Stage>,
}

/// The measures that `size_by` and `below` may name.
pub const MEASURES: [&str; 4] = ["vehicles", "employees", "locations", "annual_revenue"];

/// How several known measures settle the segment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SizeRule {
    #[default]
    FirstKnown,
    Highest,
    Lowest,
}

/// What happens to a `--date` before today or before the release (`backdating`), or after today (`postdating`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DatePolicy {
    Allow,
    #[default]
    Warn,
    Refuse,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Segment {
    pub id: Spanned<String>,
    pub label: String,
    /// A client is in this segment while the measure is below the bound; only the last segment has none.
    #[serde(default)]
    pub below: BTreeMap<String, Spanned<u64>>,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Stage {
    pub id: Spanned<String>,
    /// Names that CRM exports use.
    #[serde(default)]
    pub crm: Vec<String>,
}
