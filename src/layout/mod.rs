//! In: sections of a [`Document`](crate::document::model::Document) and the brand. Out: [`Pages`](page::Pages) of placed items.
//!
//! [`lay_out_section`] shapes and breaks one section (dear, once); [`paginate`] puts sections on pages (cheap, again
//! after a section is dropped).
pub mod drawing;
pub mod fonts;
pub mod lines;
mod missing;
pub mod page;
pub mod section;
pub mod tags;
#[cfg(test)]
pub(crate) mod testing;
pub mod text;

use std::sync::Arc;

use crate::diagnostic::Checked;
use crate::document::model::Kind;
use crate::layout::fonts::Fonts;
use crate::library::assets::{Font, ImageAsset};
use crate::library::brand::Brand;
use crate::library::template::PageFormat;

/// Where fonts and images come from: a library, or a test.
pub trait Assets: Sync {
    /// A font by its path in the library.
    fn font(&self, path: &str) -> Checked<Arc<Font>>;
    /// An image by its path in the library.
    fn image(&self, path: &str) -> Checked<Arc<ImageAsset>>;
}

/// Everything besides the words that decides how a document looks.
#[derive(Clone)]
pub struct Context<'a> {
    pub brand: &'a Brand,
    pub assets: &'a dyn Assets,
    pub fonts: &'a Fonts,
    pub kind: Kind,
    pub page: PageFormat,
    pub meta: Meta,
}

/// What the page says of the client, the rep and the document besides the document's own words.
#[derive(Debug, Clone, Default)]
pub struct Meta {
    pub title: String,
    pub client_name: String,
    pub client_logo: Option<Arc<ImageAsset>>,
    pub contact_name: Option<String>,
    pub contact_title: Option<String>,
    pub rep_name: Option<String>,
    pub rep_title: Option<String>,
    pub rep_email: Option<String>,
    pub rep_phone: Option<String>,
    /// As it stands on the page.
    pub date: String,
    pub number: String,
    /// BCP 47.
    pub language: String,
    pub locale: String,
    pub right_to_left: bool,
    /// True where every page is marked as a draft.
    pub draft: bool,
    /// How many lines the motif has: the measure that brand.yaml names.
    pub motif_count: Option<u64>,
}
