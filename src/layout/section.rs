//! In: what a section's blocks became. Out: [`LaidOutSection`]: strips that flow over pages and pages of their own,
//! ready to be paginated as often as needed.

use std::sync::Arc;

use crate::document::model::Text;
use crate::layout::drawing::Drawing;
use crate::layout::page::TagId;
use crate::layout::tags::Tags;
use crate::layout::text::Style;
use crate::library::assets::ImageAsset;

/// One section, shaped and broken into lines. Node 0 of its tags is the `Section`.
pub struct LaidOutSection {
    pub id: String,
    /// The title for the contents and the outline.
    pub title: Option<Text>,
    /// True where the section has a number and stands in the contents.
    pub numbered: bool,
    /// True where the section moves to a new page rather than being broken, if it fits on one.
    pub whole: bool,
    /// Pages that stand as they are (covers, slides), before the strips.
    pub pages: Vec<FixedPage>,
    pub strips: Vec<Strip>,
    pub tags: Tags,
    pub images: Vec<Arc<ImageAsset>>,
}

/// A page that is drawn whole; positions count from the page's top left corner.
#[derive(Debug, Clone, Default)]
pub struct FixedPage {
    pub drawing: Drawing,
    /// True where head and foot are drawn around it.
    pub furniture: bool,
    pub marks: Vec<Mark>,
    /// What it looks like beside other pages.
    pub shade: Shade,
    /// The same words on other grounds: pagination takes the one that differs from its neighbours.
    pub alternates: Vec<FixedPage>,
}

/// How dark the ground of a page is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Shade {
    #[default]
    Paper,
    Tint,
    Dark,
}

/// A piece of the flow that is never torn; positions count from the text area's left edge and the strip's top.
#[derive(Debug, Clone, Default)]
pub struct Strip {
    /// Space above, dropped at the top of a page, pt.
    pub before: f32,
    pub height: f32,
    /// From the strip's top to the baseline of its first line, where it has one, pt.
    pub baseline: Option<f32>,
    /// True where no page may begin with this strip.
    pub keep: bool,
    /// The strip is only placed where so much room is left below it, pt.
    pub need: f32,
    /// A page begins here.
    pub page_break: bool,
    /// True where the strip reaches into the side columns.
    pub wide: bool,
    pub drawing: Drawing,
    /// What is repeated above the strip when it begins a page: a table's head.
    pub head: Option<Arc<Head>>,
    /// What is drawn below the strip where a page ends after it: what is carried to the next one.
    pub foot: Option<Arc<Head>>,
    pub marks: Vec<Mark>,
}

/// A table's head or foot, drawn as decoration on each page that needs it.
#[derive(Debug, Clone)]
pub struct Head {
    pub drawing: Drawing,
    pub height: f32,
}

/// A place in a strip or page that pagination uses or fills in.
#[derive(Debug, Clone)]
pub enum Mark {
    /// An entry of the outline; `y` counts like the drawing.
    Outline { level: u8, title: String, y: f32 },
    /// The section's number: drawn with its start at `x` and its baseline at `y`.
    Number { x: f32, y: f32, style: Box<Style>, tag: TagId },
    /// The number of the page itself: decoration with its end at `right`.
    PageNumber { right: f32, y: f32, style: Box<Style> },
    /// The contents, at `x`, `width` wide; their entries are children of `tag`.
    Contents { x: f32, width: f32, tag: TagId },
    /// The number of the page on which a section begins: drawn with its end at `right`.
    PageOf { section: usize, right: f32, y: f32, style: Box<Style>, tag: TagId },
}

impl Mark {
    /// The same, `by` pt lower.
    pub fn moved(self, by: f32) -> Self {
        match self {
            Self::Outline { level, title, y } => Self::Outline { level, title, y: y + by },
            Self::Number { x, y, style, tag } => Self::Number { x, y: y + by, style, tag },
            Self::PageOf { section, right, y, style, tag } => Self::PageOf { section, right, y: y + by, style, tag },
            Self::PageNumber { right, y, style } => Self::PageNumber { right, y: y + by, style },
            Self::Contents { .. } => self,
        }
    }
}
