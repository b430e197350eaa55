//! In: `brand/brand.yaml`. Out: the [`Brand`]: palette, type, logo, furniture, legal words, voice.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use crate::library::pricing_words::PricingWords;
use crate::library::template::Audience;
use crate::source::Spanned;

/// The look, the legal words and the voice of the firm.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Brand {
    /// The firm's name as it stands in running text.
    pub name: String,
    /// Named colours, `"#RRGGBB"`. `ink`, `paper`, `tint`, `primary`, `accent`, `muted` and `line` must be there.
    pub palette: BTreeMap<String, Spanned<Colour>>,
    /// Pairs that text may use; each must reach WCAG AA.
    pub pairs: Vec<Pair>,
    #[serde(rename = "type")]
    pub typography: Typography,
    pub logo: Logo,
    #[serde(default)]
    pub spacing: Spacing,
    /// How covers are built.
    #[serde(default)]
    pub cover: Cover,
    /// The drawn signature of the brand.
    #[serde(default)]
    pub motif: Motif,
    pub furniture: Furniture,
    #[serde(default)]
    pub tables: TableStyle,
    pub legal: Legal,
    #[serde(default)]
    pub voice: Voice,
    /// How a draft is marked.
    #[serde(default)]
    pub draft: DraftMark,
}

impl std::fmt::Display for Colour {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "#{:02X}{:02X}{:02X}", self.r, self.g, self.b)
    }
}

/// An opaque colour in sRGB, 8 bits a channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Colour {
    pub r: u8,
    pub g: u8,
    pub b: u8,
}

impl<'de> Deserialize<'de> for Colour {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::from_hex(&text).ok_or_else(|| serde::de::Error::custom("a colour is written `#RRGGBB`"))
    }
}

impl JsonSchema for Colour {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Colour".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({"type": "string", "format": "colour", "pattern": "^#[0-9A-Fa-f]{6}$"})
    }
}

impl Colour {
    /// Reads `#RRGGBB`.
    pub fn from_hex(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('#').filter(|d| d.len() == 6 && d.bytes().all(|b| b.is_ascii_hexdigit()))?;
        let number = u32::from_str_radix(digits, 16).ok()?;
        let [_, r, g, b] = number.to_be_bytes();
        Some(Self { r, g, b })
    }
}

/// The contrast of two colours, from 1 to 21 (WCAG 2.2, relative luminance).
pub fn contrast(a: Colour, b: Colour) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

fn luminance(colour: Colour) -> f64 {
    let linear = |channel: u8| {
        let value = f64::from(channel) / 255.0;
        if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * linear(colour.r) + 0.7152 * linear(colour.g) + 0.0722 * linear(colour.b)
}

/// Text in one palette colour on a ground of another.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Pair {
    pub text: Spanned<String>,
    pub on: Spanned<String>,
    /// True where only large text (18 pt, or 14 pt bold) uses the pair: 3:1 is enough (WCAG 2.2, 1.4.3).
    #[serde(default)]
    pub large: bool,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Typography {
    /// The quiet face of running text.
    pub text: Family,
    /// The face with character, for titles and numerals.
    pub display: Family,
    /// Families for other scripts, by ISO 15924 code (`Hebr`, `Arab`, …).
    #[serde(default)]
    pub fallback: BTreeMap<String, Family>,
    /// Sizes in proposals.
    pub proposal: Scale,
    /// Sizes on slides.
    pub deck: Scale,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Family {
    /// The family's name as the font files give it.
    pub name: String,
    pub files: Vec<FontFile>,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FontFile {
    /// Path below `brand/`.
    pub file: Spanned<String>,
    /// 100 to 900.
    pub weight: u16,
    #[serde(default)]
    pub italic: bool,
}

/// A type scale: sizes in pt.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Scale {
    /// Running text, pt.
    pub body: f32,
    /// Captions, table heads, furniture, pt.
    pub small: f32,
    /// No text on the page is smaller, pt.
    pub minimum: f32,
    /// Each step up is this much larger.
    pub ratio: f32,
    /// Line height of running text over its size.
    pub leading: f32,
    /// The title of a section or slide, pt.
    pub title: f32,
    /// The title on the cover, pt.
    pub cover: f32,
    /// A figure that stands for itself, pt.
    pub figure: f32,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Logo {
    /// SVG below `brand/` for light grounds.
    pub on_light: Spanned<String>,
    /// SVG below `brand/` for dark grounds.
    pub on_dark: Spanned<String>,
    /// Width in pt on proposal pages and covers; slides scale it by their height.
    pub width: f32,
    /// Clear space around it, as a part of its height.
    pub clear_space: f32,
    /// Never narrower than this, pt.
    pub minimum_width: f32,
    /// What a screen reader says.
    pub alt: String,
}

#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Spacing {
    /// The unit of every distance, pt.
    pub unit: f32,
    /// Side margins of proposal pages, mm.
    pub margin_mm: f32,
    /// Radius of cards and callouts, pt.
    pub radius: f32,
}

impl Default for Spacing {
    fn default() -> Self {
        Self { unit: 4.0, margin_mm: 20.0, radius: 3.0 }
    }
}

#[derive(Debug, Clone, Copy, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Cover {
    pub style: CoverStyle,
}

/// Where a cover's ground of the primary colour lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum CoverStyle {
    /// Over the whole page.
    #[default]
    Field,
    /// A band at the top with logo and motif; the words stand on paper below it.
    Band,
    /// A panel down the side where reading begins, with the motif; the words stand on paper beside it.
    Split,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum MotifKind {
    /// Fine lines that run together to a point, one for each vehicle of the client (in bands above 100).
    #[default]
    AlignmentLines,
    /// Solid bands.
    Bands,
    /// Rings around the page's corner, one for each vehicle of the client (for each ten above 100).
    Arcs,
    /// A field of dots, one for each vehicle of the client (for each ten above 100).
    Dots,
    None,
}

#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Motif {
    pub kind: MotifKind,
    /// Palette token of its lines or dots.
    pub colour: String,
    /// The measure of `client.size` that is counted.
    pub counts: String,
}

impl Default for Motif {
    fn default() -> Self {
        Self { kind: MotifKind::AlignmentLines, colour: "accent".into(), counts: "vehicles".into() }
    }
}

/// What stands around the content, for each kind of document.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Furniture {
    /// Words at the foot of every page but the cover, such as the confidentiality line.
    pub confidentiality: String,
    /// Where the page's number stands at the foot of a proposal's pages.
    #[serde(default)]
    pub page_number: NumberPlace,
    /// `Prepared for` on the cover, by language.
    pub words: BTreeMap<String, FurnitureWords>,
}

impl Furniture {
    /// The words of a language: exactly, else by its first part, else English, else the first.
    pub fn words_in(&self, language: &str) -> Option<&FurnitureWords> {
        let base = language.split('-').next().unwrap_or(language);
        [language, base, "en"].iter().find_map(|tag| self.words.get(*tag)).or_else(|| self.words.values().next())
    }

    /// What stands at the foot of every page but the cover: that it is not for clients, or that it is confidential.
    pub fn notice(&self, language: &str, audience: Audience) -> &str {
        let words = self.words_in(language);
        let internal = words.and_then(|words| words.internal.as_deref()).filter(|_| audience == Audience::Internal);
        let own = || words.and_then(|words| words.confidentiality.as_deref());
        internal.or_else(own).unwrap_or(&self.confidentiality)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum NumberPlace {
    /// At the end of the line, across from the confidentiality line.
    #[default]
    End,
    /// In the middle of the page.
    Centre,
}

/// The few words that the page itself says, in one language.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FurnitureWords {
    pub prepared_for: String,
    pub prepared_by: String,
    pub contents: String,
    pub page: String,
    pub of: String,
    pub draft: String,
    pub name: String,
    pub title: String,
    pub date: String,
    pub signature: String,
    pub signed_for: String,
    /// What the client says with its signature, beside the box of `:::acceptance`.
    pub accepted: String,
    /// The confidentiality line in this language, where it is not the brand's own.
    #[serde(default)]
    pub confidentiality: Option<String>,
    /// What stands in its place on documents that are not for clients, such as a call brief.
    #[serde(default)]
    pub internal: Option<String>,
    /// What `:::pricing` says by itself; needed in each language of a template that uses it.
    #[serde(default)]
    pub pricing: Option<PricingWords>,
}

#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct TableStyle {
    /// Thickness of the rules between rows, pt.
    pub rule: f32,
    /// Space above and below the text of a cell, pt.
    pub cell_padding: f32,
}

impl Default for TableStyle {
    fn default() -> Self {
        Self { rule: 0.5, cell_padding: 6.0 }
    }
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Legal {
    pub company: String,
    #[serde(default)]
    pub registration: Option<String>,
    #[serde(default)]
    pub address: Option<String>,
    #[serde(default)]
    pub disclaimer: Option<String>,
    #[serde(default)]
    pub website: Option<String>,
    #[serde(default)]
    pub phone: Option<String>,
}

#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Voice {
    /// Words that marketing does not want to read in any section.
    pub forbidden: Vec<Spanned<String>>,
    /// Spellings that product names must have.
    pub spellings: Vec<Spanned<String>>,
}

#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct DraftMark {
    /// Palette token of the mark.
    pub colour: String,
}

impl Default for DraftMark {
    fn default() -> Self {
        Self { colour: "accent".into() }
    }
}
