//! In: the glyph runs of all pages. Out: [`UsedFont`]s: subsets with widths and one text per glyph.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::num::NonZero;
use std::ops::Range;

use printpdf::{ParsedFont, PdfFont};
use sha2::{Digest, Sha256};
use subsetter::GlyphRemapper;

use crate::diagnostic::{Checked, Diagnostic, Problems};
use crate::layout::page::{GlyphRun, ItemKind, Pages};
use crate::library::assets::Font;
use crate::library::parallel;

/// The text of a mark that only ever stands in clusters with others: extraction takes the cluster's ActualText.
const NO_TEXT_OF_ITS_OWN: &str = "\u{200B}";

/// One font of the pages, reduced to the glyphs that are used.
pub struct UsedFont {
    /// Name in the resources of a page, such as `F0`.
    pub resource: String,
    pub program: PdfFont,
    /// For each glyph id of the whole font its id in the subset; 0 where it is not used.
    new_ids: Vec<u16>,
    /// Advance of each subset glyph in 1/1000 em, as written to the file.
    widths: Vec<f64>,
    /// What each subset glyph stands for in ToUnicode.
    texts: Vec<String>,
}

impl UsedFont {
    /// Gives the glyph's id in the subset.
    pub fn new_id(&self, glyph: u16) -> u16 {
        self.new_ids.get(usize::from(glyph)).copied().unwrap_or(0)
    }

    /// Gives the advance in 1/1000 em that a viewer uses for a glyph of the subset.
    pub fn width(&self, new_id: u16) -> f64 {
        self.widths.get(usize::from(new_id)).copied().unwrap_or(0.0)
    }

    /// Gives the text that a viewer extracts for a glyph of the subset.
    pub fn text(&self, new_id: u16) -> &str {
        self.texts.get(usize::from(new_id)).map_or("", String::as_str)
    }

    /// Lists the glyphs of the subset with their texts, `.notdef` left out.
    pub fn glyphs(&self) -> impl Iterator<Item = (u16, &str)> {
        self.texts.iter().enumerate().skip(1).map(|(id, text)| (id as u16, text.as_str()))
    }
}

/// How often each text was seen for each glyph of one font.
type Uses<'a> = BTreeMap<u16, Vec<(Cow<'a, str>, u32)>>;

/// Subsets every font that a page uses; the result is indexed like `pages.fonts`, unused fonts are `None`.
///
/// # Errors
/// `E001` for each font that cannot be reduced to its used glyphs.
pub fn used_fonts(threads: NonZero<usize>, pages: &Pages) -> Checked<Vec<Option<UsedFont>>> {
    let mut problems = Problems::default();
    let uses: Vec<_> = uses(pages).into_iter().zip(&pages.fonts).enumerate().collect();
    let subsets = parallel::map_on(threads, &uses, |(index, (uses, font))| subset(*index, font, uses));
    let fonts = uses
        .iter()
        .zip(subsets)
        .map(|((_, (uses, font)), used)| {
            if used.is_none() && !uses.is_empty() {
                let message = format!("the font `{}` cannot be embedded", font.path);
                problems.0.push(
                    Diagnostic::error("E001", message).help("put a static TrueType file of the family in its place"),
                );
            }
            used
        })
        .collect();
    if problems.0.is_empty() { Ok(fonts) } else { Err(problems) }
}

fn uses(pages: &Pages) -> Vec<Uses<'_>> {
    let mut uses = vec![Uses::new(); pages.fonts.len()];
    for item in pages.pages.iter().flat_map(|page| &page.items) {
        if let ItemKind::Glyphs(run) = &item.kind {
            count(run, &mut uses[run.font.0]);
        }
    }
    uses
}

fn count<'a>(run: &'a GlyphRun, uses: &mut Uses<'a>) {
    for (index, glyph) in run.glyphs.iter().enumerate() {
        let texts = uses.entry(glyph.id).or_default();
        if glyph.text.is_empty() {
            continue;
        }
        // A glyph before one without text shares a cluster with it, so its range says little about the glyph alone;
        // where text runs from right to left, marks may come first.
        let shares = |neighbour: Option<usize>| {
            neighbour.and_then(|at| run.glyphs.get(at)).is_some_and(|other| other.text.is_empty())
        };
        let shared = shares(Some(index + 1)) || (run.right_to_left && shares(index.checked_sub(1)));
        let times = u32::from(!shared);
        let text = as_shown(run, glyph.text.clone());
        match texts.iter_mut().find(|(seen, _)| *seen == text) {
            Some((_, seen)) => *seen += times,
            None => texts.push((text, times)),
        }
    }
}

/// Gives a piece of the run's text in the order in which its glyphs are shown.
///
/// Readers turn right-to-left text around character by character, those of a ligature or an ActualText too.
pub fn as_shown(run: &GlyphRun, range: Range<usize>) -> Cow<'_, str> {
    let text = &run.text[range];
    if run.right_to_left && text.chars().nth(1).is_some() {
        Cow::Owned(text.chars().rev().collect())
    } else {
        Cow::Borrowed(text)
    }
}

/// Chooses the text seen most often; of equals the first in order of code points, so that the choice is stable.
fn choose(texts: &[(Cow<'_, str>, u32)]) -> String {
    let most = texts.iter().min_by_key(|(text, times)| (u32::MAX - times, text));
    most.map_or(NO_TEXT_OF_ITS_OWN, |(text, _)| text).to_owned()
}

fn subset(index: usize, font: &Font, uses: &Uses<'_>) -> Option<UsedFont> {
    let mut remapper = GlyphRemapper::new();
    let mut new_ids = vec![0; usize::from(*uses.keys().next_back()?) + 1];
    let mut texts = vec![String::new()];
    for (&glyph, seen) in uses.iter().filter(|(glyph, _)| **glyph != 0) {
        new_ids[usize::from(glyph)] = remapper.remap(glyph);
        texts.push(choose(seen));
    }
    let bytes = subsetter::subset(font.bytes.as_ref(), 0, &remapper).ok()?;
    let mut parsed = ParsedFont::from_bytes(&bytes, 0, &mut Vec::new())?;
    parsed.font_name = Some(format!("{}+{}", subset_tag(font, uses), face_name(font)));
    // The subset has no OS/2 table, so the weight comes from the brand (it decides StemV).
    parsed.pdf_font_metrics.us_weight_class = font.weight;
    let widths = (0..texts.len()).map(|id| written_width(&parsed, id as u16)).collect();
    Some(UsedFont { resource: format!("F{index}"), program: PdfFont::new(parsed), new_ids, widths, texts })
}

/// The width that printpdf writes: cut, not rounded, to whole thousandths.
fn written_width(font: &ParsedFont, glyph: u16) -> f64 {
    let units = f32::from(font.pdf_font_metrics.units_per_em.max(1));
    let width = font.get_glyph_width(glyph).unwrap_or(0);
    (width as f32 * 1000.0 / units).trunc().into()
}

/// Six letters that differ between subsets of one font (ISO 32000-1, 9.6.4).
fn subset_tag(font: &Font, uses: &Uses<'_>) -> String {
    let mut hash = Sha256::new();
    hash.update(font.path.as_bytes());
    for glyph in uses.keys() {
        hash.update(glyph.to_be_bytes());
    }
    hash.finalize().iter().take(6).map(|byte| char::from(b'A' + byte % 26)).collect()
}

/// The file's name without folder and ending, in characters that a PDF name holds unescaped.
fn face_name(font: &Font) -> String {
    let file = font.path.rsplit('/').next().unwrap_or_default();
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let name: String = stem.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
    if name.is_empty() { "Font".to_owned() } else { name }
}
