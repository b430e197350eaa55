//! In: texts and their looks. Out: the runs and paragraphs of `word/document.xml`, with the space between them; on the way
//! the pictures, links, footnotes and fonts that they need.

use std::borrow::Cow;
use std::sync::Arc;

use super::drawing::{self, Base, Frame};
use super::elements::{Look, Paragraph, raw_run, run};
use super::kit::Kit;
use super::media::Picture;
use super::names::Names;
use super::package::{Packed, Relationships};
use super::xml::escaped;
use crate::diagnostic::{Checked, Problems};
use crate::document::model::{Image, Inline, LinkTarget, plain};
use crate::export::pdf::About;
use crate::layout::fonts::Face as Role;
use crate::layout::look::{Grid, Look as Styles};
use crate::layout::page::{Pages, Rect};
use crate::layout::text::Style;
use crate::layout::{Context, words};
use crate::library::assets::ImageAsset;
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
    in_note: bool,
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

    fn relationships(&mut self) -> &mut Relationships {
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

    /// Runs of words in a role's font; another font takes over where it lacks a letter.
    pub fn words(&mut self, words: &str, look: &Look, role: Role) -> String {
        let bold = look.bold == Some(true) || role == Role::Display;
        if look.italic {
            self.names.of(role, if bold { 700 } else { 400 }, true);
        }
        let pieces = self.names.pieces(words, role, bold);
        let mut runs = String::new();
        for (piece, face) in pieces {
            let mut look = look.clone();
            if let Some(face) = face {
                look.bold = if face.bold { Some(true) } else { look.bold.or((bold).then_some(false)) };
                look.font = Some(face.name);
            }
            for (part, right_to_left) in directions(piece) {
                look.right_to_left = right_to_left;
                runs.push_str(&run(part, &look));
            }
        }
        runs
    }

    /// Words that layout itself says.
    pub fn made(&mut self, words: &str, look: &Look) -> String {
        self.words(words, &Look { made: true, ..look.clone() }, Role::Text)
    }

    /// The runs of a text.
    pub fn inlines(&mut self, text: &[Inline], look: &Look, role: Role, ink: Ink) -> String {
        let mut runs = String::new();
        for inline in text {
            match inline {
                Inline::Text { text, .. } => runs.push_str(&self.words(text, look, role)),
                Inline::Strong(inner) => {
                    let look = Look { style: look.style.or(Some("Strong")), bold: Some(true), ..look.clone() };
                    runs.push_str(&self.inlines(inner, &look, role, ink));
                }
                Inline::Emphasis(inner) => {
                    let look = Look { style: look.style.or(Some("Emphasis")), italic: true, ..look.clone() };
                    runs.push_str(&self.inlines(inner, &look, role, ink));
                }
                Inline::Link { target, text } => {
                    let look = Look { style: Some("Hyperlink"), colour: ink.link.or(look.colour), ..look.clone() };
                    let inner = self.inlines(text, &look, role, ink);
                    runs.push_str(&self.link(target, &plain(text), &inner));
                }
                Inline::Image(image) => runs.push_str(&self.small_image(image)),
                Inline::Break => runs.push_str("<w:r><w:br/></w:r>"),
                Inline::Footnote { number, text } => runs.push_str(&self.footnote(*number, text)),
            }
        }
        runs
    }

    /// A link around runs.
    pub fn link(&mut self, target: &LinkTarget, says: &str, runs: &str) -> String {
        let to = match target {
            LinkTarget::Uri(uri) => format!("r:id=\"{}\"", self.relationships().outside(uri)),
            LinkTarget::Section(id) => format!("w:anchor=\"{}\"", self.mark_of(id)),
        };
        let tip = if says.is_empty() { String::new() } else { format!(" w:tooltip=\"{}\"", escaped(says)) };
        format!("<w:hyperlink {to}{tip} w:history=\"1\">{runs}</w:hyperlink>")
    }

    /// The bookmark of a section.
    pub fn mark_of(&self, section: &str) -> String {
        self.marks.iter().find(|(id, _)| id == section).map_or_else(String::new, |(_, mark)| mark.clone())
    }

    /// A reference to a footnote; its words are kept for their own part.
    fn footnote(&mut self, number: u32, text: &[Inline]) -> String {
        if !self.notes.iter().any(|note| note.number == number) {
            self.in_note = true;
            let xml = self.inlines(text, &Look::default(), Role::Text, Ink::default());
            self.in_note = false;
            self.notes.push(Note { number, xml });
        }
        let look = Look { style: Some("FootnoteReference"), ..Look::default() };
        raw_run(&look, &format!("<w:footnoteReference w:id=\"{number}\"/>"))
    }

    /// An image in a line is as tall as a capital.
    fn small_image(&mut self, image: &Image) -> String {
        let asset = match self.cx.assets.image(&image.path) {
            Ok(asset) => asset,
            Err(problems) => {
                self.problems.0.extend(problems.0);
                return String::new();
            }
        };
        let size = self.styles.body.size;
        let height = size * 0.8;
        let width = (height * asset.width / asset.height.max(1.0)).min(size * 12.0);
        let rect = Rect { x: 0.0, y: 0.0, width, height };
        self.image(&asset, Place { rect, part: None, base: Base::Line }, &image.alt, false)
    }

    /// A picture in its place.
    pub fn image(&mut self, asset: &ImageAsset, place: Place, description: &str, behind: bool) -> String {
        // Where a part is shown, the whole is as much wider.
        let width = place.rect.width / place.part.map_or(1.0, |part| part.width.max(0.01));
        match self.kit.picture(asset, width) {
            Ok(picture) => self.picture(&picture, place, description, behind),
            Err(problems) => {
                self.problems.0.extend(problems.0);
                String::new()
            }
        }
    }

    /// The same for a picture that is made.
    pub fn picture(&mut self, picture: &Picture, place: Place, description: &str, behind: bool) -> String {
        let raster = self.part(&picture.raster);
        let vector = picture.vector.as_ref().map(|vector| self.part(vector));
        let frame = Frame { base: place.base, rect: place.rect, id: self.id(), description, behind };
        drawing::picture(&frame, place.part, &raster, vector.as_deref())
    }

    fn part(&mut self, part: &Arc<Packed>) -> String {
        self.media.push(Arc::clone(part));
        let target = part.name.strip_prefix("word/").unwrap_or(&part.name);
        self.relationships().inside("image", target)
    }

    /// The look of a style of layout's, for words that no style of the document has.
    pub fn look_of(&mut self, style: &Style) -> Look {
        let face = self.names.of(style.face, style.weight, false);
        Look {
            font: Some(face.name),
            bold: Some(face.bold),
            colour: Some(style.colour),
            tracking: super::xml::twips(style.tracking),
            tabular: style.tabular,
            ..Look::default()
        }
        .sized(style.size)
    }
}

/// Cuts words into parts of one direction each.
pub fn directions(words: &str) -> Vec<(&str, bool)> {
    if words.bytes().all(|byte| byte < 0x80) {
        return vec![(words, false)];
    }
    let mut parts: Vec<(&str, bool)> = Vec::new();
    let mut start = 0;
    let mut current = None;
    for (at, c) in words.char_indices() {
        let Some(own) = direction(c) else { continue };
        if let Some(before) = current
            && before != own
        {
            parts.push((&words[start..at], before));
            start = at;
        }
        current = Some(own);
    }
    parts.push((&words[start..], current.unwrap_or(false)));
    parts
}

/// True for a letter that runs from right to left; `None` for what takes its neighbours' direction.
fn direction(c: char) -> Option<bool> {
    match c {
        '\u{590}'..='\u{8FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFF}' | '\u{10800}'..='\u{10FFF}' => {
            Some(true)
        }
        c if c.is_alphabetic() => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::directions;

    #[test]
    fn words_are_cut_where_their_direction_turns() {
        assert_eq!(directions("abc"), [("abc", false)]);
        assert_eq!(directions("Acme שלום 12"), [("Acme ", false), ("שלום 12", true)]);
        assert_eq!(directions("– é"), [("– é", false)]);
    }
}
