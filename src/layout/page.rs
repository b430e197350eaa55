//! Pages of placed items: everything an exporter needs, nothing it has to decide.
//!
//! In: nothing. Out: [`Pages`], made by `layout` and read by `export/pdf` (and, for page numbers, `export/docx`).
//! Lengths are in pt. The origin is the top left corner of the page; y grows downwards.

use std::ops::Range;
use std::sync::Arc;

use crate::library::assets::{Font, ImageAsset};
use crate::library::brand::Colour;

/// A paginated document.
#[derive(Debug, Clone)]
pub struct Pages {
    pub pages: Vec<Page>,
    /// The logical structure; node 0 is the document. Children stand in reading order.
    pub tags: Vec<TagNode>,
    /// Bookmarks in order, nested by `level`.
    pub outline: Vec<OutlineEntry>,
    /// Fonts used, indexed by [`FontId`].
    pub fonts: Vec<Arc<Font>>,
    /// Images used, indexed by [`ImageId`].
    pub images: Vec<Arc<ImageAsset>>,
    /// For each section that reached a page: its id and the range of page indices it touches.
    pub sections: Vec<SectionPages>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SectionPages {
    pub id: String,
    pub pages: Range<usize>,
}

#[derive(Debug, Clone)]
pub struct Page {
    pub width: f32,
    pub height: f32,
    /// What the reader calls the page (`1`, `2`; the cover has a label too).
    pub label: String,
    /// In painting order, which is also the reading order of tagged items.
    pub items: Vec<Item>,
    pub links: Vec<LinkArea>,
    pub fields: Vec<FormField>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FontId(pub usize);
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ImageId(pub usize);
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TagId(pub usize);

#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rect {
    pub x: f32,
    pub y: f32,
    pub width: f32,
    pub height: f32,
}

impl Rect {
    /// Where the whole image stands of which the part with these edges fills this rectangle.
    pub fn whole_of(self, part: Rect) -> Rect {
        let (width, height) = (self.width / part.width, self.height / part.height);
        Rect { x: self.x - part.x * width, y: self.y - part.y * height, width, height }
    }
}

/// One thing on a page. `tag` is the structure node it belongs to; `None` makes it an artifact.
#[derive(Debug, Clone)]
pub struct Item {
    pub tag: Option<TagId>,
    pub kind: ItemKind,
}

#[derive(Debug, Clone)]
pub enum ItemKind {
    Glyphs(GlyphRun),
    Path(Path),
    /// An image that fills `rect`: all of it, or the part with these edges, as fractions of its width and height.
    Image {
        image: ImageId,
        rect: Rect,
        part: Option<Rect>,
    },
}

/// Glyphs of one font, size and colour on one baseline, in visual order.
#[derive(Debug, Clone)]
pub struct GlyphRun {
    pub font: FontId,
    /// pt.
    pub size: f32,
    pub colour: Colour,
    /// Left end of the run.
    pub x: f32,
    /// Baseline.
    pub y: f32,
    /// The run's text in logical order.
    pub text: String,
    pub right_to_left: bool,
    pub glyphs: Vec<Glyph>,
}

impl GlyphRun {
    /// How far the pen moves over the run, pt.
    pub fn advance(&self) -> f32 {
        self.glyphs.iter().map(|glyph| glyph.advance).sum()
    }
}

#[derive(Debug, Clone)]
pub struct Glyph {
    /// Glyph id in the whole font.
    pub id: u16,
    /// How far the pen moves, pt, kerning included.
    pub advance: f32,
    /// Offset from the pen, pt; `dy` grows downwards.
    pub dx: f32,
    pub dy: f32,
    /// Bytes of the run's `text` that the glyph stands for: several characters for a ligature, empty for a mark that
    /// belongs to the glyph before it.
    pub text: Range<usize>,
}

/// A filled or stroked outline.
#[derive(Debug, Clone)]
pub struct Path {
    pub segments: Vec<Segment>,
    pub fill: Option<Colour>,
    pub stroke: Option<Stroke>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stroke {
    pub colour: Colour,
    /// pt.
    pub width: f32,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Segment {
    MoveTo(f32, f32),
    LineTo(f32, f32),
    /// Two control points and the end.
    CurveTo(f32, f32, f32, f32, f32, f32),
    Close,
}

/// A part of the page that a reader can follow.
#[derive(Debug, Clone)]
pub struct LinkArea {
    pub rect: Rect,
    pub target: LinkDestination,
    /// The `Link` node; its text is the link's words.
    pub tag: TagId,
    /// What a screen reader says of the target.
    pub contents: String,
}

/// A place on the page that a reader can fill in.
#[derive(Debug, Clone)]
pub struct FormField {
    pub rect: Rect,
    pub kind: FormFieldKind,
    /// Unlike any other field's in the document; letters, digits and hyphens.
    pub name: String,
    /// What a screen reader says of the field.
    pub label: String,
    /// The `Form` node.
    pub tag: TagId,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FormFieldKind {
    /// One line of words: a name, a title, a date.
    Text,
    Signature,
    /// A box to tick.
    Checkbox,
}

#[derive(Debug, Clone, PartialEq)]
pub enum LinkDestination {
    Uri(String),
    /// A page index and the distance from its top, pt.
    Page {
        page: usize,
        y: f32,
    },
}

#[derive(Debug, Clone)]
pub struct OutlineEntry {
    pub title: String,
    /// 1 is the outermost.
    pub level: u8,
    pub page: usize,
    pub y: f32,
}

/// A node of the logical structure (ISO 32000-1, 14.8.4).
#[derive(Debug, Clone)]
pub struct TagNode {
    pub kind: TagKind,
    /// `None` only for the document itself.
    pub parent: Option<TagId>,
    /// True where layout itself made the words (list labels, page numbers in the contents), so that reading back
    /// does not look for them in the document.
    pub generated: bool,
}

#[derive(Debug, Clone, PartialEq)]
pub enum TagKind {
    Document,
    Section,
    Group,
    Heading(u8),
    Paragraph,
    List {
        ordered: bool,
    },
    ListItem,
    Label,
    ListBody,
    Table,
    TableHead,
    TableBody,
    Row,
    /// A header cell; `row` says that it heads its row instead of its column.
    HeaderCell {
        row: bool,
    },
    DataCell,
    Figure {
        alt: String,
        rect: Option<Rect>,
    },
    Caption,
    Link,
    Contents,
    ContentsItem,
    Quote,
    Note,
    /// A field to fill in.
    Form,
    Span,
}
