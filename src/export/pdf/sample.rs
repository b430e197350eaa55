//! In: nothing. Out: hand-made pages for tests, with everything that a document can hold.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use printpdf::ParsedFont;

use super::About;
use crate::export::record::FileRecord;
use crate::layout::page::*;
use crate::library::assets::{Bytes, Font, ImageAsset, ImageData};
use crate::library::brand::Colour;

pub const INK: Colour = Colour { r: 20, g: 30, b: 40 };
pub const ACCENT: Colour = Colour { r: 0, g: 110, b: 200 };

/// A font with the glyphs and advances of its characters; there is no shaping in these tests.
struct Face {
    font: Arc<Font>,
    glyphs: BTreeMap<u32, u16>,
    widths: BTreeMap<u16, u16>,
    units: f32,
}

static FACES: LazyLock<Vec<Face>> = LazyLock::new(|| {
    ["Lato-Regular.ttf", "Lato-Bold.ttf", "NotoSansHebrew-Regular.ttf", "Manrope-Bold.ttf"].map(face).into()
});

fn face(name: &str) -> Face {
    let path = format!("{}/brand/fonts/{name}", env!("CARGO_MANIFEST_DIR"));
    let bytes = std::fs::read(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    let parsed = ParsedFont::from_bytes(&bytes, 0, &mut Vec::new()).expect("a font");
    let font = Font {
        path: format!("brand/fonts/{name}"),
        family: name.split('-').next().unwrap_or(name).to_owned(),
        weight: if name.contains("Bold") { 700 } else { 400 },
        italic: false,
        bytes: Bytes::Read(bytes.into()),
    };
    Face {
        font: Arc::new(font),
        glyphs: parsed.codepoint_to_glyph,
        widths: parsed.glyph_widths,
        units: parsed.units_per_em.into(),
    }
}

/// A document in the making.
pub struct Sample {
    pub pages: Pages,
}

impl Sample {
    pub fn new() -> Self {
        let document = TagNode { kind: TagKind::Document, parent: None, generated: false };
        Self {
            pages: Pages {
                pages: Vec::new(),
                tags: vec![document],
                outline: Vec::new(),
                fonts: FACES.iter().map(|face| face.font.clone()).collect(),
                images: Vec::new(),
                sections: Vec::new(),
            },
        }
    }

    pub fn page(&mut self) -> usize {
        let label = (self.pages.pages.len() + 1).to_string();
        self.pages.pages.push(Page {
            width: 612.0,
            height: 792.0,
            label,
            items: Vec::new(),
            links: Vec::new(),
            fields: Vec::new(),
        });
        self.pages.pages.len() - 1
    }

    pub fn tag(&mut self, kind: TagKind, parent: TagId) -> TagId {
        self.pages.tags.push(TagNode { kind, parent: Some(parent), generated: false });
        TagId(self.pages.tags.len() - 1)
    }

    pub fn item(&mut self, page: usize, tag: Option<TagId>, kind: ItemKind) {
        self.pages.pages[page].items.push(Item { tag, kind });
    }

    /// Sets text in one of the sample fonts; kerns a little, so that the pen has to be put right.
    pub fn text(&mut self, page: usize, tag: Option<TagId>, at: (f32, f32), font: usize, text: &str) {
        let run = run(font, 11.0, at, text);
        self.item(page, tag, ItemKind::Glyphs(run));
    }

    /// A line of text in a node of its own.
    pub fn line(&mut self, page: usize, kind: TagKind, parent: TagId, y: f32, text: &str) -> TagId {
        let tag = self.tag(kind, parent);
        let font = usize::from(matches!(self.pages.tags[tag.0].kind, TagKind::Heading(_)));
        self.text(page, Some(tag), (72.0, y), font, text);
        tag
    }

    pub fn rectangle(&mut self, page: usize, tag: Option<TagId>, rect: Rect) {
        let Rect { x, y, width, height } = rect;
        let segments = vec![
            Segment::MoveTo(x, y),
            Segment::LineTo(x + width, y),
            Segment::CurveTo(x + width, y, x + width, y + height, x + width, y + height),
            Segment::LineTo(x, y + height),
            Segment::Close,
        ];
        let stroke = Some(Stroke { colour: INK, width: 0.5 });
        self.item(page, tag, ItemKind::Path(Path { segments, fill: Some(ACCENT), stroke }));
    }

    pub fn image(&mut self, page: usize, tag: Option<TagId>, asset: ImageAsset, rect: Rect) {
        self.pages.images.push(Arc::new(asset));
        let image = ImageId(self.pages.images.len() - 1);
        self.item(page, tag, ItemKind::Image { image, rect, part: None });
    }
}

/// Sets each character as one glyph.
pub fn run(font: usize, size: f32, (x, y): (f32, f32), text: &str) -> GlyphRun {
    let face = &FACES[font];
    let glyphs = text
        .char_indices()
        .map(|(at, character)| {
            let id = glyph(font, character);
            let width = f32::from(face.widths.get(&id).copied().unwrap_or(0));
            let kern = if character == 'o' { -0.13 } else { 0.0 };
            Glyph {
                id,
                advance: width * size / face.units + kern,
                dx: 0.0,
                dy: 0.0,
                text: at..at + character.len_utf8(),
            }
        })
        .collect();
    GlyphRun { font: FontId(font), size, colour: INK, x, y, text: text.to_owned(), right_to_left: false, glyphs }
}

/// Sets a right-to-left text: glyphs from left to right, text in logical order.
pub fn right_to_left(font: usize, size: f32, at: (f32, f32), text: &str) -> GlyphRun {
    let mut run = run(font, size, at, text);
    run.glyphs.reverse();
    run.right_to_left = true;
    run
}

/// The glyph that a font has for a character.
pub fn glyph(font: usize, character: char) -> u16 {
    FACES[font].glyphs.get(&u32::from(character)).copied().unwrap_or(0)
}

pub fn about() -> About {
    About {
        title: "Fleet care for “Harbour & Sons” <Ltd>".to_owned(),
        author: "Northline Fleet Care".to_owned(),
        subject: "Proposal".to_owned(),
        language: "en-CA".to_owned(),
        date: jiff::civil::date(2026, 11, 23),
        record: FileRecord {
            document: "3".repeat(64),
            formats: "docx pdf".to_owned(),
            template: "proposal".to_owned(),
            template_version: "1.4.0 <&> “quoted” \u{2028}".to_owned(),
            language: "en".to_owned(),
            brand_digest: "0".repeat(64),
            price_book_digest: Some("1".repeat(64)),
            client_name_digest: "cd".into(),
            collateral_version: "0.1.0".to_owned(),
            ..FileRecord::default()
        },
        seal_key: None,
        draft: false,
        right_to_left: false,
    }
}

pub fn png() -> ImageAsset {
    let data = ImageData::Png { rgb: [200, 30, 30].repeat(64), alpha: Some((0..64).map(|n| n * 4).collect()) };
    ImageAsset { path: "brand/images/dot.png".to_owned(), width: 8.0, height: 8.0, data }
}

/// A drawing with all that usually needs resources: gradient, opacity, clip.
pub fn svg() -> ImageAsset {
    const SOURCE: &str = r##"<svg xmlns="http://www.w3.org/2000/svg" width="120" height="40">
        <defs><linearGradient id="g"><stop offset="0" stop-color="#0a6ec8"/><stop offset="1" stop-color="#fff"/>
        </linearGradient><clipPath id="c"><rect x="2" y="2" width="50" height="30"/></clipPath></defs>
        <rect width="120" height="40" fill="url(#g)"/><circle cx="20" cy="20" r="15" fill="#c00" opacity=".5"/>
        <g clip-path="url(#c)" opacity=".7"><path d="M0 0 L60 40 L0 40z" fill="#0c0" stroke="#000"/></g></svg>"##;
    let tree = svg2pdf::usvg::Tree::from_str(SOURCE, &svg2pdf::usvg::Options::default()).expect("a drawing");
    let data = ImageData::Svg(Box::new(tree));
    ImageAsset { path: "brand/logos/logo.svg".to_owned(), width: 120.0, height: 40.0, data }
}

/// The smallest whole document, and the words in it.
pub fn small() -> (Pages, &'static str) {
    let mut sample = Sample::new();
    let page = sample.page();
    let section = sample.tag(TagKind::Section, TagId(0));
    sample.line(page, TagKind::Heading(1), section, 100.0, "Fleet care");
    sample.line(page, TagKind::Paragraph, section, 130.0, "Vans on the road, not in the shop.");
    (sample.pages, "Fleet care Vans on the road, not in the shop.")
}

/// A document with every kind of node, item and link, and the words that its author wrote.
pub fn large() -> (Pages, String) {
    let mut sample = Sample::new();
    let mut words = String::new();
    let first = sample.page();
    let second = sample.page();
    let section = sample.tag(TagKind::Section, TagId(0));
    sample.rectangle(first, None, Rect { x: 0.0, y: 0.0, width: 612.0, height: 60.0 });
    sample.line(first, TagKind::Heading(1), section, 100.0, "Harbour & Sons");
    words.push_str("Harbour & Sons");
    contents(&mut sample, section, (first, second));
    figures(&mut sample, section, first);
    table(&mut sample, section, second, &mut words);
    list(&mut sample, section, second, &mut words);
    paragraphs(&mut sample, section, second, &mut words);
    sample.text(second, None, (72.0, 770.0), 0, "Confidential 2");
    for (level, page) in [(1, first), (2, first), (2, second), (1, second)] {
        sample.pages.outline.push(OutlineEntry { title: "Émile".into(), level, page, y: 90.0 });
    }
    (sample.pages, words)
}

fn contents(sample: &mut Sample, section: TagId, (page, target): (usize, usize)) {
    let toc = sample.tag(TagKind::Contents, section);
    let entry = sample.tag(TagKind::ContentsItem, toc);
    sample.pages.tags[entry.0].generated = true;
    let link = sample.tag(TagKind::Link, entry);
    sample.text(page, Some(link), (72.0, 130.0), 0, "Prices");
    sample.text(page, None, (110.0, 130.0), 0, ". . . .");
    sample.text(page, Some(link), (300.0, 130.0), 0, "2");
    let rect = Rect { x: 72.0, y: 120.0, width: 300.0, height: 14.0 };
    let target = LinkDestination::Page { page: target, y: 72.0 };
    sample.pages.pages[page].links.push(LinkArea { rect, target, tag: link, contents: "Page 2: Prices".into() });
}

fn figures(sample: &mut Sample, section: TagId, page: usize) {
    for (asset, y) in [(png(), 160.0), (svg(), 210.0)] {
        let rect = Rect { x: 72.0, y, width: 120.0, height: 40.0 };
        let figure = sample.tag(TagKind::Figure { alt: "A mark".into(), rect: Some(rect) }, section);
        sample.image(page, Some(figure), asset, rect);
    }
    sample.rectangle(page, None, Rect { x: 72.0, y: 260.0, width: 30.0, height: 10.0 });
}

fn table(sample: &mut Sample, section: TagId, page: usize, words: &mut String) {
    let table = sample.tag(TagKind::Table, section);
    let head = sample.tag(TagKind::TableHead, table);
    let body = sample.tag(TagKind::TableBody, table);
    let row = sample.tag(TagKind::Row, head);
    for (x, text) in [(72.0, "Item"), (200.0, "Price")] {
        let cell = sample.tag(TagKind::HeaderCell { row: false }, row);
        sample.text(page, Some(cell), (x, 100.0), 1, text);
        words.push_str(text);
    }
    let row = sample.tag(TagKind::Row, body);
    let cell = sample.tag(TagKind::HeaderCell { row: true }, row);
    sample.text(page, Some(cell), (72.0, 120.0), 0, "Oil");
    let cell = sample.tag(TagKind::DataCell, row);
    let inner = sample.tag(TagKind::Paragraph, cell);
    sample.text(page, Some(inner), (200.0, 120.0), 0, "$1,200.00");
    words.push_str("Oil $1,200.00");
    let row = sample.tag(TagKind::Row, body);
    let cell = sample.tag(TagKind::HeaderCell { row: true }, row);
    sample.text(page, Some(cell), (72.0, 140.0), 0, "Nothing");
    sample.tag(TagKind::DataCell, row);
    words.push_str("Nothing");
}

fn list(sample: &mut Sample, section: TagId, page: usize, words: &mut String) {
    let list = sample.tag(TagKind::List { ordered: false }, section);
    for (y, text) in [(170.0, "First"), (190.0, "Second")] {
        let item = sample.tag(TagKind::ListItem, list);
        let label = sample.tag(TagKind::Label, item);
        sample.pages.tags[label.0].generated = true;
        sample.text(page, Some(label), (72.0, y), 0, "•");
        let body = sample.tag(TagKind::ListBody, item);
        sample.text(page, Some(body), (90.0, y), 0, text);
        words.push_str(text);
    }
}

fn paragraphs(sample: &mut Sample, section: TagId, second: usize, words: &mut String) {
    let quote = sample.tag(TagKind::Quote, section);
    sample.line(second, TagKind::Paragraph, quote, 220.0, "“We never wait.”");
    let paragraph = sample.tag(TagKind::Paragraph, section);
    sample.text(second, Some(paragraph), (72.0, 250.0), 0, "See ");
    let link = sample.tag(TagKind::Link, paragraph);
    sample.text(second, Some(link), (95.0, 250.0), 0, "our site");
    sample.text(second, Some(paragraph), (150.0, 250.0), 0, " and a\u{A0}note.");
    let rect = Rect { x: 95.0, y: 240.0, width: 50.0, height: 14.0 };
    let target = LinkDestination::Uri("https://northline.example/é".into());
    sample.pages.pages[second].links.push(LinkArea { rect, target, tag: link, contents: "Our site".into() });
    let note = sample.tag(TagKind::Note, paragraph);
    sample.text(second, Some(note), (72.0, 700.0), 0, "A note.");
    let hebrew = sample.tag(TagKind::Paragraph, section);
    let run = right_to_left(2, 12.0, (72.0, 300.0), "שלום עולם");
    sample.item(second, Some(hebrew), ItemKind::Glyphs(run));
    sample.tag(TagKind::Paragraph, section);
    words.push_str("“We never wait.” See our site and a\u{A0}note. A note. שלום עולם");
}
