//! In: sections of a [`Document`](crate::document::model::Document) and the brand. Out: [`Pages`](page::Pages) of placed items.
//!
//! [`lay_out_section`] shapes and breaks one section (dear, once); [`paginate()`] puts sections on pages (cheap, again
//! after a section is dropped).
pub mod alone;
mod chart;
mod compose;
mod contents;
mod cover;
mod cover_plan;
mod cover_room;
pub(crate) mod crop;
pub mod drawing;
mod flow;
pub mod fonts;
mod frames;
mod furniture;
mod isolates;
pub mod lines;
mod links;
pub mod look;
mod mirror;
mod missing;
mod motif;
pub mod page;
mod paginate;
#[cfg(test)]
mod picture_tests;
mod plan;
mod prices;
pub(crate) mod reach;
mod regions;
mod rep;
pub mod section;
mod setter;
mod shapes;
mod slide;
pub mod tags;
#[cfg(test)]
pub(crate) mod testing;
#[cfg(test)]
mod tests;
pub mod text;

use std::sync::Arc;

pub(crate) use flow::{rows_of, share};
pub use paginate::paginate;
pub use section::LaidOutSection;
pub(crate) use slide::longest as longest_beginning;

use crate::diagnostic::Checked;
use crate::document::model::{Align, BlockKind, Kind, Section, SectionLayout, Text};
use crate::layout::flow::{Area, Builder, Flow};
use crate::layout::fonts::Fonts;
use crate::layout::page::TagKind;
use crate::library::Library;
use crate::library::assets::{Font, ImageAsset};
use crate::library::brand::{Brand, FurnitureWords};
use crate::library::template::PageFormat;

/// Where fonts and images come from: a library, or a test.
pub trait Assets: Sync {
    /// A font by its path in the library.
    fn font(&self, path: &str) -> Checked<Arc<Font>>;
    /// An image by its path in the library.
    fn image(&self, path: &str) -> Checked<Arc<ImageAsset>>;
}

impl Assets for Library {
    fn font(&self, path: &str) -> Checked<Arc<Font>> {
        Library::font(self, path)
    }
    fn image(&self, path: &str) -> Checked<Arc<ImageAsset>> {
        Library::image(self, path)
    }
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

impl Context<'_> {
    /// How words stand in a table's column that Markdown aligns so: figures line up at their right end in either
    /// direction, which is the start of a line that runs from right to left.
    pub(crate) fn column_align(&self, align: Align) -> Align {
        if self.meta.right_to_left && align == Align::End { Align::Start } else { align }
    }
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
    /// True where signature blocks can be filled in.
    pub forms: bool,
    /// True where every page is marked as a draft.
    pub draft: bool,
    /// What stands at the foot of every page but the cover.
    pub notice: String,
    /// How many lines the motif has: the measure that brand.yaml names.
    pub motif_count: Option<u64>,
}

/// Lays out one section: shapes and breaks its words and draws its blocks, but puts nothing on a page yet.
///
/// # Errors
/// X002 for a character that no font has, X005 for a cover and X007 for a table
/// that cannot hold what they say, and what the assets say of missing images: all of them at once.
pub fn lay_out_section(section: &Section, cx: &Context<'_>) -> Checked<LaidOutSection> {
    let section = regions::opened(section);
    match cx.kind {
        Kind::Proposal => lay_out_proposal_section(&section, cx),
        Kind::Deck => slide::lay_out_slide(&section, cx),
    }
}

fn lay_out_proposal_section(section: &Section, cx: &Context<'_>) -> Checked<LaidOutSection> {
    let mut builder = Builder::new(cx);
    let root = builder.setter.tags.add(None, TagKind::Section);
    let area = Area { x: builder.grid.text_x, width: builder.grid.text_width, page: true, parent: root };
    let mut flow = Flow::default();
    let mut pages = Vec::new();
    let mut blocks = section.blocks.as_slice();
    if section.layout == Some(SectionLayout::Cover) {
        let (page, rest) = builder.cover(blocks, root);
        pages.push(page);
        blocks = rest;
    }
    let closing = section.layout == Some(SectionLayout::Closing);
    if closing {
        builder.closing(&mut flow, blocks, area);
    } else {
        builder.blocks(&mut flow, blocks, area);
    }
    builder.notes(&mut flow, area);
    let strips = flow.finish();
    let (images, tags) = builder.setter.finish()?;
    Ok(LaidOutSection {
        id: section.id.clone(),
        title: title_of(section),
        numbered: section.layout != Some(SectionLayout::Cover) && has_title_block(section),
        whole: closing,
        pages,
        strips,
        tags,
        images,
    })
}

/// The title that the contents and the outline show: the front matter's, else the first heading.
pub(crate) fn title_of(section: &Section) -> Option<Text> {
    let heading = |block: &crate::document::model::Block| match &block.kind {
        BlockKind::Heading { level: 1, text } => Some(text.clone()),
        _ => None,
    };
    section.title.clone().or_else(|| section.blocks.iter().find_map(heading))
}

fn has_title_block(section: &Section) -> bool {
    section.blocks.iter().any(|block| matches!(block.kind, BlockKind::Heading { level: 1, .. }))
}

/// The page's own words in the document's language.
pub(crate) fn words(cx: &Context<'_>) -> FurnitureWords {
    // A brand without words does not load.
    cx.brand.furniture.words_in(&cx.meta.language).cloned().unwrap_or_default()
}
