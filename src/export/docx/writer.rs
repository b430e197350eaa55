//! In: runs, tables and their looks. Out: the body of `word/document.xml` in the making: its paragraphs and tables with the
//! space between them, and what they need besides.

use std::borrow::Cow;
use std::sync::Arc;

use super::drawing::Base;
use super::elements::Paragraph;
use super::kit::Kit;
use super::names::Names;
use super::package::{Packed, Relationships};
use super::xml::escaped;
use crate::diagnostic::{Checked, Problems};
use crate::export::pdf::About;
use crate::layout::look::{Grid, Look as Styles};
use crate::layout::page::{Pages, Rect};
use crate::layout::text::Style;
use crate::layout::{Context, words};
use crate::library::brand::{Colour, FurnitureWords};

/// What is left of the space between blocks. Layout takes as little where that saves a page; here nobody knows how the
/// reader will break pages, and no document may grow by one.
pub const SQUEEZE: f32 = 0.74;
/// Space below this is within a block and stays, pt.
const ELASTIC: f32 = 5.0;

/// Where blocks stand and on what.
#[derive(Debug, Clone, Copy)]
pub struct Area {
    /// From the start of the text area, pt.
    pub x: f32,
    pub width: f32,
    /// True on the page itself, where wide blocks and side heads may use all twelve columns.
    pub page: bool,
    pub ink: Ink,
}

/// Where a picture stands, and how much of it shows.
#[derive(Debug, Clone, Copy)]
pub struct Place {
    pub rect: Rect,
    /// Its edges as fractions of the picture's width and height; none where all of it shows.
    pub part: Option<Rect>,
    pub base: Base,
}

/// The colours of words on a ground; `None` is what the styles say.
#[derive(Debug, Clone, Copy, Default)]
pub struct Ink {
    pub words: Option<Colour>,
    pub link: Option<Colour>,
}

/// A footnote, to be written into its own part.
#[derive(Debug)]
pub struct Note {
    pub number: u32,
    pub xml: String,
}

/// The document's body in the making.
pub struct Writer<'a> {
    pub cx: &'a Context<'a>,
    pub pages: &'a Pages,
    pub about: &'a About,
    pub kit: &'a Kit,
    pub styles: Styles,
    pub grid: Grid,
    pub furniture: FurnitureWords,
    pub names: Names,
    pub out: String,
    /// Space wanted before the next block, pt.
    pub gap: f32,
    /// The space before the next block where a head stands beside it, pt.
    pub beside: Option<f32>,
    /// How much of the space before the next block stands already, pt.
    pub taken: f32,
    /// True after a head that must not be parted from what follows.
    pub headed: bool,
    /// How far a head in the side columns reaches below the last block, pt.
    pub side: f32,
    /// True where the next paragraph begins a page.
    pub page_break: bool,
    pub links: Relationships,
    /// The same of the footnotes, which are a part of their own.
    pub note_links: Relationships,
    /// True while a footnote is written.
    pub(super) in_note: bool,
    pub media: Vec<Arc<Packed>>,
    pub notes: Vec<Note>,
    /// The first number of each numbered list.
    pub lists: Vec<u32>,
    /// Section ids with the names of their bookmarks.
    pub marks: Vec<(String, String)>,
    /// How many quotes there have been: panels alternate between dark and light.
    pub quotes: usize,
    /// What the contents list.
    pub entries: Vec<super::blocks::Entry>,
    /// Where the contents stand.
    pub contents_area: Option<Area>,
    /// The bookmark of the section under work, until its first words stand.
    pub mark: Option<String>,
    /// The locked region under work: section, title, and where it began.
    pub region: Option<(String, String, usize)>,
    /// Tags of content controls.
    pub tags: Vec<String>,
    /// True where the table under work holds something to fill in: it must not stand in a locked region.
    holds_fields: bool,
    /// How many cells are around what is being written.
    depth: usize,
    pub problems: Problems,
    last_id: u32,
}

impl<'a> Writer<'a> {
    /// A writer with nothing written.
    ///
    /// # Errors
    /// What is wrong with the brand's fonts.
    pub fn new(cx: &'a Context<'a>, pages: &'a Pages, about: &'a About, kit: &'a Kit) -> Checked<Self> {
        let styles = match cx.kind {
            crate::document::model::Kind::Proposal => Styles::proposal(cx.brand),
            crate::document::model::Kind::Deck => Styles::deck(cx.brand),
        };
        Ok(Self {
            cx,
            pages,
            about,
            kit,
            styles,
            grid: Grid::new(cx.brand, cx.page.size()),
            furniture: words(cx),
            names: Names::new(cx.brand, cx.fonts, kit)?,
            out: String::with_capacity(1 << 16),
            gap: 0.0,
            beside: None,
            taken: 0.0,
            side: 0.0,
            headed: false,
            page_break: false,
            links: Relationships::default(),
            note_links: Relationships::default(),
            in_note: false,
            media: Vec::new(),
            notes: Vec::new(),
            lists: Vec::new(),
            marks: Vec::new(),
            quotes: 0,
            entries: Vec::new(),
            contents_area: None,
            mark: None,
            region: None,
            tags: Vec::new(),
            holds_fields: false,
            depth: 0,
            problems: Problems::default(),
            last_id: 0,
        })
    }

    pub(super) fn relationships(&mut self) -> &mut Relationships {
        if self.in_note { &mut self.note_links } else { &mut self.links }
    }

    /// A number that nothing else in the document has.
    pub fn id(&mut self) -> u32 {
        self.last_id += 1;
        self.last_id
    }

    /// True where words run from right to left.
    pub fn mirrored(&self) -> bool {
        self.cx.meta.right_to_left
    }

    /// Wants space before the next block.
    pub fn after(&mut self, gap: f32) {
        self.gap = self.gap.max(gap);
    }

    /// Wants no more than `gap` before the next block.
    pub fn draw_near(&mut self, gap: f32) {
        self.gap = self.gap.min(gap);
    }

    /// Writes a paragraph at least `before` pt below the last block.
    pub fn paragraph(&mut self, mut paragraph: Paragraph, before: f32, runs: &str) {
        paragraph.before = Some(self.space_before(before));
        if std::mem::take(&mut self.page_break) {
            // At the top of a page there is nothing to keep away from.
            (paragraph.page_break, paragraph.before) = (true, Some(0.0));
        }
        self.headed = false;
        paragraph.right_to_left = self.mirrored() && !paragraph.holds_drawings;
        let xml = match paragraph.style {
            "Space" => paragraph.with(runs),
            _ => paragraph.with(&self.marked(runs)),
        };
        self.out.push_str(&xml);
    }

    /// Runs within the bookmark of their section, where they are its first words: what leads to it must not stop at the
    /// empty lines before it.
    pub fn marked<'r>(&mut self, runs: &'r str) -> Cow<'r, str> {
        match self.mark.take_if(|_| !runs.is_empty()) {
            Some(name) => Cow::Owned(self.bookmark(&name, runs)),
            None => Cow::Borrowed(runs),
        }
    }

    /// Writes the bookmark of a section that has none yet.
    pub fn mark_here(&mut self) {
        if let Some(name) = self.mark.take() {
            let mark = self.bookmark(&name, "");
            self.out.push_str(&mark);
        }
    }

    fn bookmark(&mut self, name: &str, runs: &str) -> String {
        let id = self.id();
        let name = escaped(name);
        format!("<w:bookmarkStart w:id=\"{id}\" w:name=\"{name}\"/>{runs}<w:bookmarkEnd w:id=\"{id}\"/>")
    }

    /// The space between the last block and one that wants `before` pt, which is taken.
    pub fn space_before(&mut self, before: f32) -> f32 {
        let gap = std::mem::take(&mut self.gap).max(before);
        let gap = if gap > ELASTIC { (gap * SQUEEZE).max(ELASTIC) } else { gap };
        let gap = (gap - std::mem::take(&mut self.taken)).max(0.0);
        self.beside.take().unwrap_or(gap)
    }

    /// Notes that words of this width stand beside a head in the side columns.
    pub fn pass_side(&mut self, words: &str, style: &Style, width: f32, before: f32) {
        if self.side > 0.0 {
            let font = self.names.advances(style.face, style.weight);
            let lines = (font.width(words) * style.size / width.max(1.0)).ceil().max(1.0);
            self.side -= lines * style.leading + before;
        }
    }

    /// Makes room for a head in the side columns that reaches below the last block.
    pub fn settle(&mut self) {
        if self.side > 0.0 {
            self.gap = self.gap.max(self.side + 8.0);
        }
        self.side = 0.0;
    }

    /// Writes a table at least `before` pt below the last block.
    pub fn table(&mut self, table: &str, before: f32) {
        if self.depth == 0 && std::mem::take(&mut self.holds_fields) {
            self.unlocked(|writer| writer.push_table(table, before));
        } else {
            self.push_table(table, before);
        }
    }

    fn push_table(&mut self, table: &str, before: f32) {
        // Tables have no space of their own; the paragraph keeps two tables apart, too.
        let gap = self.space_before(before).max(1.0);
        // Only after a head: LibreOffice moves far more than it should where a table hangs on what stands before it.
        let keep = std::mem::take(&mut self.headed);
        self.space(gap, keep);
        self.out.push_str(table);
    }

    /// Notes that something to fill in stands in the table under work. On the page itself it stands between two regions.
    pub fn note_field(&mut self) {
        self.holds_fields |= self.depth > 0;
    }

    /// An empty paragraph of a height.
    pub fn space(&mut self, height: f32, keep_next: bool) {
        let paragraph = Paragraph {
            style: "Space",
            leading: Some(height.max(1.0)),
            keep_next,
            page_break: std::mem::take(&mut self.page_break),
            ..Paragraph::default()
        };
        self.out.push_str(&paragraph.with(""));
    }

    /// What `write` writes, apart from the rest: the content of a cell. It ends with a paragraph, as cells must.
    pub fn inside(&mut self, write: impl FnOnce(&mut Self)) -> String {
        let outer = std::mem::take(&mut self.out);
        let (gap, page_break) = (std::mem::take(&mut self.gap), std::mem::take(&mut self.page_break));
        let beside = (self.beside.take(), std::mem::take(&mut self.taken), std::mem::take(&mut self.side));
        // What the cell begins with stands under no head; the table may.
        let headed = std::mem::take(&mut self.headed);
        let region = self.region.take();
        self.depth += 1;
        write(self);
        self.depth -= 1;
        (self.region, self.headed) = (region, headed);
        if self.out.is_empty() || self.out.ends_with("</w:tbl>") {
            self.gap = 0.0;
            self.space(1.0, false);
        }
        (self.gap, self.page_break) = (gap, page_break);
        (self.beside, self.taken, self.side) = beside;
        std::mem::replace(&mut self.out, outer)
    }
}
