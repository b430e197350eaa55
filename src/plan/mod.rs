//! In: [`Library`](crate::library::Library), a template and a [`Client`](crate::intake::client::Client).
//! Out: a [`Plan`]: which segment, variant, language and sections, and why.

use crate::library::template::Drop;

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
