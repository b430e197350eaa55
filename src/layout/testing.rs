//! In: nothing. Out: a brand, its fonts and a context for tests of layout.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diagnostic::{Checked, Diagnostic, Place, SourceFile};
use crate::document::model::{
    Align, Block, BlockKind, Card, CaseStudy, Inline, Kind, Moment, Person, Quote, Stat, Step, Table, Text,
};
use crate::layout::fonts::{Face, Fonts};
use crate::layout::text::Style;
use crate::layout::{Assets, Context, Meta};
use crate::library::assets::{Bytes, Font, ImageAsset, ImageData};
use crate::library::brand::*;
use crate::library::template::PageFormat;
use crate::source::Spanned;

/// The files of the repository itself.
pub struct Files;

impl Assets for Files {
    fn font(&self, path: &str) -> Checked<Arc<Font>> {
        let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
        let bytes = std::fs::read(file).map_err(|error| Diagnostic::error("S000", error.to_string()))?;
        let bytes = Bytes::Read(bytes.into());
        Ok(Arc::new(Font { path: path.into(), family: path.into(), weight: 400, italic: false, bytes }))
    }

    fn image(&self, path: &str) -> Checked<Arc<ImageAsset>> {
        let svg = if path.ends_with(".svg") && path.starts_with("brand/") {
            let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
            std::fs::read(file).map_err(|error| Diagnostic::error("S000", error.to_string()))?
        } else if path.contains("missing") {
            return Err(Diagnostic::error("L999", format!("`{path}` is not in the library")).into());
        } else {
            b"<svg xmlns='http://www.w3.org/2000/svg' width='300' height='150'><path d='M0 0h300v150z'/></svg>".to_vec()
        };
        let tree = svg2pdf::usvg::Tree::from_data(&svg, &svg2pdf::usvg::Options::default())
            .map_err(|error| Diagnostic::error("S000", error.to_string()))?;
        let (width, height) = (tree.size().width(), tree.size().height());
        Ok(Arc::new(ImageAsset { path: path.into(), width, height, data: ImageData::Svg(Box::new(tree)) }))
    }
}

fn spanned<T>(value: T) -> Spanned<T> {
    Spanned { value, span: 0..0 }
}

fn family(name: &str, files: &[(&str, u16, bool)]) -> Family {
    let file = |&(file, weight, italic): &(&str, u16, bool)| FontFile {
        file: spanned(format!("fonts/{file}.ttf")),
        weight,
        italic,
    };
    Family { name: name.into(), files: files.iter().map(file).collect() }
}

fn words() -> FurnitureWords {
    FurnitureWords {
        prepared_for: "Prepared for".into(),
        prepared_by: "Prepared by".into(),
        contents: "Contents".into(),
        page: "Page".into(),
        of: "of".into(),
        draft: "Draft".into(),
        name: "Name".into(),
        title: "Title".into(),
        date: "Date".into(),
        signature: "Signature".into(),
        signed_for: "For".into(),
        accepted: "We accept this proposal.".into(),
        ..FurnitureWords::default()
    }
}

/// The sample brand.
pub fn brand() -> Brand {
    let palette = [
        ("primary", "#0E3B3A"),
        ("accent", "#F4A024"),
        ("ink", "#14211F"),
        ("paper", "#FFFFFF"),
        ("tint", "#F2F5F1"),
        ("muted", "#55645F"),
        ("line", "#D5DDD8"),
        ("accent_ink", "#8A5300"),
    ];
    let colour = |hex| Colour::from_hex(hex).expect("a colour");
    let scale = |body, small, minimum, leading, title, cover, figure| Scale {
        body,
        small,
        minimum,
        ratio: 1.25,
        leading,
        title,
        cover,
        figure,
    };
    let lato = [
        ("Lato-Regular", 400, false),
        ("Lato-Italic", 400, true),
        ("Lato-Bold", 700, false),
        ("Lato-BoldItalic", 700, true),
    ];
    let manrope = [("Manrope-SemiBold", 600, false), ("Manrope-Bold", 700, false), ("Manrope-ExtraBold", 800, false)];
    let fallback = BTreeMap::from([
        (
            "Hebr".to_string(),
            family("Noto Sans Hebrew", &[("NotoSansHebrew-Regular", 400, false), ("NotoSansHebrew-Bold", 700, false)]),
        ),
        (
            "Arab".to_string(),
            family("Noto Sans Arabic", &[("NotoSansArabic-Regular", 400, false), ("NotoSansArabic-Bold", 700, false)]),
        ),
    ]);
    Brand {
        name: "Northline".into(),
        palette: palette.iter().map(|(name, hex)| ((*name).to_string(), spanned(colour(hex)))).collect(),
        pairs: Vec::new(),
        typography: Typography {
            text: family("Lato", &lato),
            display: family("Manrope", &manrope),
            fallback,
            proposal: scale(10.5, 9.0, 9.0, 1.45, 26.0, 46.0, 34.0),
            deck: scale(20.0, 14.0, 14.0, 1.35, 36.0, 56.0, 120.0),
        },
        logo: Logo {
            on_light: spanned("logos/northline-dark.svg".into()),
            on_dark: spanned("logos/northline-light.svg".into()),
            width: 132.0,
            clear_space: 0.5,
            minimum_width: 72.0,
            alt: "Northline Fleet Care".into(),
        },
        spacing: Spacing::default(),
        cover: Cover::default(),
        motif: Motif::default(),
        furniture: Furniture {
            confidentiality: "Confidential. Prepared for the named client only.".into(),
            page_number: NumberPlace::default(),
            words: BTreeMap::from([("en".to_string(), words())]),
        },
        tables: TableStyle::default(),
        legal: Legal {
            company: "Northline Fleet Care Ltd.".into(),
            registration: None,
            address: None,
            disclaimer: None,
            website: Some("https://northline.example".into()),
            phone: None,
        },
        voice: Voice::default(),
        draft: DraftMark::default(),
    }
}

/// A brand and its fonts, for as many contexts as a test needs.
pub struct Kit {
    pub brand: Brand,
    pub fonts: Fonts,
}

impl Kit {
    pub fn new() -> Self {
        let brand = brand();
        let fonts = Fonts::new(&brand, &Files).expect("the sample fonts");
        Self { brand, fonts }
    }

    pub fn context(&self) -> Context<'_> {
        Context {
            brand: &self.brand,
            assets: &Files,
            fonts: &self.fonts,
            kind: Kind::Proposal,
            page: PageFormat::Letter,
            meta: Meta {
                title: "Fleet care proposal".into(),
                client_name: "Harbour & Sons Logistics".into(),
                contact_name: Some("Maya Chen".into()),
                contact_title: Some("Director of Operations".into()),
                rep_name: Some("Jordan Reid".into()),
                rep_title: Some("Account executive".into()),
                rep_email: Some("jordan.reid@northline.example".into()),
                rep_phone: Some("+1 416-555-0142".into()),
                date: "November 23, 2026".into(),
                language: "en".into(),
                locale: "en-CA".into(),
                notice: "Confidential. Prepared for the named client only.".into(),
                motif_count: Some(85),
                ..Meta::default()
            },
        }
    }
}

/// A place for tests that need one.
pub fn place() -> Place {
    Place { file: Arc::new(SourceFile { path: "test.md".into(), text: String::new() }), span: 0..0 }
}

/// Plain words as a text.
pub fn text(words: &str) -> Text {
    vec![Inline::Text { text: words.into(), value: false }]
}

/// Running text in the brand's ink.
pub fn style(kit: &Kit) -> Style {
    let colour = kit.brand.palette["ink"].value;
    Style {
        face: Face::Text,
        size: 10.5,
        leading: 15.0,
        weight: 400,
        strong: 700,
        strong_colour: None,
        colour,
        link: colour,
        tabular: false,
        tracking: 0.0,
    }
}

/// A block at no place of note.
pub fn block(kind: BlockKind) -> Block {
    Block { kind, place: place() }
}

/// Plain words as a paragraph.
pub fn paragraph(words: &str) -> Block {
    block(BlockKind::Paragraph(text(words)))
}

/// Steps of which the second says no more than its head.
pub fn steps(count: usize, words: &str) -> Block {
    let step = |index: usize| {
        let blocks = if index == 1 { Vec::new() } else { vec![paragraph(words)] };
        Step { head: text(&format!("Head {index}.")), blocks }
    };
    block(BlockKind::Steps { start: 1, steps: (0..count).map(step).collect() })
}

/// Cards with heads of one and of two lines.
pub fn cards(count: usize, words: &str) -> Block {
    let card = |index: usize| {
        let head = text(if index == 0 { "A head of more words than the others have" } else { "Head" });
        Card { level: 2, head, blocks: vec![paragraph(words)], place: place() }
    };
    block(BlockKind::Cards((0..count).map(card).collect()))
}

/// People of whom the second has no text.
pub fn team(count: usize, words: &str) -> Block {
    let person = |index: usize| {
        let blocks = if index == 1 { Vec::new() } else { vec![paragraph(words)] };
        Person { level: 2, name: text("Ann Lee"), role: text("Fleet planner"), blocks, place: place() }
    };
    block(BlockKind::Team((0..count).map(person).collect()))
}

/// Moments of which the second has no text.
pub fn timeline(count: usize, words: &str) -> Block {
    let moment = |index: usize| Moment {
        when: text(&format!("Week {index}")),
        what: text("Kick-off"),
        text: (index != 1).then(|| text(words)),
    };
    block(BlockKind::Timeline((0..count).map(moment).collect()))
}

/// A case study with so many figures, with these words, and a quote where there are any.
pub fn case_study(figures: usize, words: &str) -> Block {
    let stat =
        |index: usize| Stat { figure: text(&format!("{index} → 13")), label: text("unplanned stops in a year") };
    let quote = Quote { by: text("Claire"), role: Some(text("Owner")), blocks: vec![paragraph(words)], place: place() };
    let blocks = if words.is_empty() { Vec::new() } else { vec![paragraph(words), paragraph(words)] };
    block(BlockKind::CaseStudy(CaseStudy {
        level: 2,
        head: text("A bakery in Kingston: 6 vans"),
        summary: Some(text("A bakery cut its days off the road from 44 to 20 in a year")),
        figures: (0..figures).map(stat).collect(),
        quote: (!words.is_empty()).then_some(quote),
        blocks,
        place: place(),
    }))
}

/// Us against so many rivals, the last of which is best at one thing.
pub fn comparison(rivals: usize, questions: usize, words: &str) -> Block {
    let row = |index: usize| {
        let mut row = vec![text(&format!("Question {index}")), text(words)];
        row.extend((0..rivals).map(|_| text("–")));
        if let Some(last) = row.last_mut().filter(|_| index == 1) {
            *last = vec![Inline::Strong(text(words))];
        }
        row
    };
    let titles = ["Us", "Own workshop", "Dealer service", "National chain"].into_iter().map(text);
    block(BlockKind::Comparison(Table {
        columns: vec![Align::Start; rivals + 2],
        head: std::iter::once(Text::new()).chain(titles.take(rivals + 1)).collect(),
        rows: (0..questions).map(row).collect(),
    }))
}
