//! The document model: what a document says, with no word of how it looks.
//!
//! In: nothing. Out: [`Document`] and its parts, made by `document::parse` and read by `layout` and `export`.

use rust_decimal::Decimal;

use super::prices::Prices;
use crate::diagnostic::Place;
use crate::library::template::TemplateKind;

/// A whole document: sections in order.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    pub kind: Kind,
    pub sections: Vec<Section>,
}

/// Pages that flow, or one slide a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Proposal,
    Deck,
}

impl From<TemplateKind> for Kind {
    fn from(kind: TemplateKind) -> Self {
        match kind {
            TemplateKind::Proposal => Self::Proposal,
            TemplateKind::Deck => Self::Deck,
        }
    }
}

/// One section file, filled and parsed.
#[derive(Debug, Clone, PartialEq)]
pub struct Section {
    /// Id from template.yaml, the target of `[…](#id)`.
    pub id: String,
    pub layout: Option<SectionLayout>,
    /// From the front matter; the contents and outline use it instead of the first heading.
    pub title: Option<Text>,
    /// Speaker notes, kept for exports that carry them.
    pub notes: Option<Text>,
    pub blocks: Vec<Block>,
    /// The section file, for messages about the section as a whole.
    pub place: Place,
}

/// The closed set of `layout:` words. A proposal uses `Cover`, `Section` and `Closing` of these.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SectionLayout {
    Cover,
    Agenda,
    Section,
    Content,
    TwoColumn,
    BigNumber,
    Testimonial,
    Comparison,
    Pricing,
    Timeline,
    Team,
    Closing,
}

/// Running text with values decoded: a sequence of inlines.
pub type Text = Vec<Inline>;

#[derive(Debug, Clone, PartialEq)]
pub struct Block {
    pub kind: BlockKind,
    /// Where the block stands in its own file (a library block's own file, not the section's).
    pub place: Place,
}

#[derive(Debug, Clone, PartialEq)]
pub enum BlockKind {
    Heading {
        level: u8,
        text: Text,
    },
    Paragraph(Text),
    List {
        start: Option<u32>,
        items: Vec<Vec<Block>>,
    },
    Table(Table),
    /// An image alone in its paragraph.
    Figure(Image),
    Callout {
        tone: Tone,
        title: Option<Text>,
        blocks: Vec<Block>,
    },
    Columns(Vec<Vec<Block>>),
    Stats(Vec<Stat>),
    /// Moments in order along a line.
    Timeline(Vec<Moment>),
    /// A way of doing something, numbered from `start`.
    Steps {
        start: u32,
        steps: Vec<Step>,
    },
    /// Things of one rank, each with a head.
    Cards(Vec<Card>),
    Team(Vec<Person>),
    Testimonial {
        by: Text,
        role: Option<Text>,
        blocks: Vec<Block>,
    },
    Chart(Chart),
    /// A priced quote.
    Prices(Box<Prices>),
    Toc,
    Signature,
    /// The client's yes: a box to tick, and the places for its signature.
    Acceptance,
    PageBreak,
    CaseStudy(CaseStudy),
    /// Us against rivals: questions in the first column, whose head is empty; our own answers in the second, those of a
    /// rival in each other one. An answer that is the best of its row is strong.
    Comparison(Table),
    /// Text that the client or the rep may change in a format that can be edited; elsewhere it is ordinary text.
    Editable {
        /// Unlike any other's in the document.
        id: String,
        /// What the region is called where it can be changed; it is not printed.
        label: String,
        /// What it takes; none for any text.
        field: Option<Field>,
        /// Paragraphs, lists and tables; one paragraph where it is a field: the words that name it, then its value.
        blocks: Vec<Block>,
    },
}

/// What a line to fill in takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Field {
    Text,
    Date,
    /// One of these, no two alike; its value is one of them.
    Choice(Vec<String>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    Neutral,
    Accent,
    Warning,
}

/// One line of `:::stats`: `figure | what it says`.
#[derive(Debug, Clone, PartialEq)]
pub struct Stat {
    pub figure: Text,
    pub label: Text,
}

/// One line of `:::timeline`: `when | what | text`.
#[derive(Debug, Clone, PartialEq)]
pub struct Moment {
    pub when: Text,
    pub what: Text,
    pub text: Option<Text>,
}

/// One item of `:::steps`: the bold words that it opens with, and what follows them.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    pub head: Text,
    /// Paragraphs and lists.
    pub blocks: Vec<Block>,
}

/// What stands under one `###` of `:::cards`.
#[derive(Debug, Clone, PartialEq)]
pub struct Card {
    /// The level of its head among the headings of the section: one below the last before the cards.
    pub level: u8,
    pub head: Text,
    /// Paragraphs and lists.
    pub blocks: Vec<Block>,
    /// Of its head.
    pub place: Place,
}

/// What stands under one `###` of `:::team`.
#[derive(Debug, Clone, PartialEq)]
pub struct Person {
    /// As a card's.
    pub level: u8,
    pub name: Text,
    /// The first paragraph below the name.
    pub role: Text,
    /// Paragraphs and lists.
    pub blocks: Vec<Block>,
    /// Of the name.
    pub place: Place,
}

/// A library block of the kind `case-studies`, taken apart.
#[derive(Debug, Clone, PartialEq)]
pub struct CaseStudy {
    /// As a card's.
    pub level: u8,
    /// Whose it is.
    pub head: Text,
    /// What came of it, in a sentence.
    pub summary: Option<Text>,
    pub figures: Vec<Stat>,
    /// What was done: paragraphs and lists.
    pub blocks: Vec<Block>,
    pub quote: Option<Quote>,
    /// Of the head.
    pub place: Place,
}

/// What somebody said, and who.
#[derive(Debug, Clone, PartialEq)]
pub struct Quote {
    pub by: Text,
    pub role: Option<Text>,
    pub blocks: Vec<Block>,
    pub place: Place,
}

/// A table of numbers, to be drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct Chart {
    pub kind: ChartKind,
    pub title: Option<Text>,
    /// What the numbers count.
    pub unit: Option<Text>,
    /// The words: labels in the first column, a series in each other one.
    pub table: Table,
    /// The number of each cell beside the labels, row by row; `None` is a gap in a line.
    pub values: Vec<Vec<Option<Decimal>>>,
    /// Where the numbers come from: the emphasised paragraph below the table.
    pub source: Option<Text>,
}

/// How a chart is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChartKind {
    Bar {
        /// The series of a row stand on each other instead of side by side.
        stacked: bool,
        /// Which way bars run, where marketing has said so.
        direction: Option<Direction>,
    },
    Line,
    /// One series whose parts make a whole; none is negative.
    Donut,
    /// One series of steps from a total to a total: rows with a strong label are totals, the others are added up.
    Waterfall,
}

/// Which way bars run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    Vertical,
    Horizontal,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    pub columns: Vec<Align>,
    pub head: Vec<Text>,
    /// Each row has as many cells as there are columns.
    pub rows: Vec<Vec<Text>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Align {
    Start,
    Centre,
    End,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Image {
    /// Path in the library (`templates/proposal/images/van.svg`).
    pub path: String,
    /// What a screen reader says; never empty.
    pub alt: String,
    /// What stands below an image that is alone in its paragraph; empty where nothing does.
    pub caption: Text,
    /// The shape that it is cut to; none shows all of it.
    pub crop: Option<Crop>,
    pub place: Place,
}

/// What is kept of an image: the largest part of this shape.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Crop {
    /// Width to height.
    pub ratio: (u16, u16),
    pub focus: Focus,
}

/// Where in an image the part stands that is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Focus {
    #[default]
    Centre,
    Top,
    Bottom,
    Left,
    Right,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Inline {
    /// Words. `value` is true where they came from the client's data rather than from marketing.
    Text {
        text: String,
        value: bool,
    },
    Strong(Text),
    Emphasis(Text),
    Link {
        target: LinkTarget,
        text: Text,
    },
    /// An image within a line of text.
    Image(Image),
    /// A forced line break.
    Break,
    /// A mark that points at `Document`-wide footnote text.
    Footnote {
        number: u32,
        text: Text,
    },
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LinkTarget {
    /// http, https, mailto or tel, percent-encoded as a URI.
    Uri(String),
    /// Another section of this document, by id.
    Section(String),
}

/// Words of the library as a text, without marks.
pub(super) fn plain_words(words: &str) -> Text {
    vec![Inline::Text { text: words.to_owned(), value: false }]
}

/// The plain words of a text, as a screen reader would say them.
pub fn plain(text: &[Inline]) -> String {
    let mut words = String::new();
    push_plain(text, &mut words);
    words
}

fn push_plain(text: &[Inline], words: &mut String) {
    for inline in text {
        match inline {
            Inline::Text { text, .. } => words.push_str(text),
            Inline::Strong(inner) | Inline::Emphasis(inner) | Inline::Link { text: inner, .. } => {
                push_plain(inner, words)
            }
            Inline::Image(image) => words.push_str(&image.alt),
            Inline::Break => words.push(' '),
            Inline::Footnote { .. } => {}
        }
    }
}
