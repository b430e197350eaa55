//! In: a glyph run. Out: [`Span`]s: the parts that extract by themselves, and those that need their text beside them.
//!
//! ToUnicode knows one text for each glyph. Where a glyph stands for something else here (a non-breaking space drawn
//! with the space, a soft hyphen drawn with the hyphen) and where several glyphs make up one cluster, the exact text
//! goes into an `ActualText` (ISO 32000-1, 14.9.4). Right-to-left text stays in visual order under the tag
//! `ReversedChars` (14.8.2.3.3), the characters of ligatures and ActualTexts included: poppler, PDFium and MuPDF all
//! turn around whatever they find in such a line, so text in reading order would come out backwards.

use std::ops::Range;

use super::fonts::{UsedFont, as_shown};
use crate::layout::page::GlyphRun;

/// Neighbouring glyphs of a run.
#[derive(Debug, PartialEq, Eq)]
pub struct Span {
    pub glyphs: Range<usize>,
    /// Bytes of the run's text that replace what the glyphs would extract to.
    pub actual_text: Option<Range<usize>>,
}

/// Splits a run, in visual order, so that the spans' texts in reading order are the run's text; white space that has
/// no glyph is left out.
pub fn spans(run: &GlyphRun, font: &UsedFont) -> Vec<Span> {
    let mut clusters = clusters(run, font);
    let in_order =
        if run.right_to_left { fill_gaps(run, clusters.iter_mut().rev()) } else { fill_gaps(run, clusters.iter_mut()) };
    if !in_order {
        // Glyphs that do not follow the text, as in some Indic scripts.
        return vec![Span { glyphs: 0..run.glyphs.len(), actual_text: Some(0..run.text.len()) }];
    }
    let mut spans: Vec<Span> = Vec::new();
    for Cluster { glyphs, text, plain } in clusters {
        match spans.last_mut() {
            Some(last) if last.actual_text.is_none() && plain => last.glyphs.end = glyphs.end,
            _ => spans.push(Span { glyphs, actual_text: (!plain).then_some(text) }),
        }
    }
    spans
}

/// Glyphs that stand for one piece of text together.
struct Cluster {
    glyphs: Range<usize>,
    text: Range<usize>,
    /// True where the file's ToUnicode already says the text.
    plain: bool,
}

/// Joins glyphs without text to the one before them, in visual order.
fn clusters(run: &GlyphRun, font: &UsedFont) -> Vec<Cluster> {
    let mut clusters: Vec<Cluster> = Vec::new();
    for (index, glyph) in run.glyphs.iter().enumerate() {
        match clusters.last_mut() {
            Some(last) if glyph.text.is_empty() => {
                last.glyphs.end = index + 1;
                last.plain = false;
            }
            // A mark may come first where the text runs from right to left.
            Some(last) if last.text.is_empty() => {
                last.glyphs.end = index + 1;
                last.text = glyph.text.clone();
            }
            _ => clusters.push(Cluster {
                glyphs: index..index + 1,
                text: glyph.text.clone(),
                plain: !glyph.text.is_empty() && as_shown(run, glyph.text.clone()) == font.text(font.new_id(glyph.id)),
            }),
        }
    }
    clusters
}

/// Gives text that no glyph stands for (a joiner that shaping has used up) to the cluster before it in reading order.
///
/// Returns false where the clusters are not in the order of the text.
fn fill_gaps<'a>(run: &GlyphRun, clusters: impl Iterator<Item = &'a mut Cluster>) -> bool {
    let mut reached = 0;
    let mut previous: Option<&mut Cluster> = None;
    for cluster in clusters {
        let Some(skipped) = run.text.get(reached..cluster.text.start) else { return false };
        if !skipped.trim().is_empty() {
            let taker = previous.take().unwrap_or(&mut *cluster);
            taker.text.start = taker.text.start.min(reached);
            taker.text.end = taker.text.end.max(reached + skipped.len());
            taker.plain = false;
        }
        reached = cluster.text.end.max(reached);
        previous = Some(cluster);
    }
    let rest = run.text.get(reached..).unwrap_or_default();
    match previous {
        _ if rest.trim().is_empty() => true,
        Some(last) => {
            last.text.end = run.text.len();
            last.plain = false;
            true
        }
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::super::fonts::used_fonts;
    use super::super::sample::{Sample, glyph, right_to_left, run};
    use super::*;
    use crate::layout::page::ItemKind;

    /// The texts of the spans in visual order: `None` for those that extract by themselves.
    fn split(runs: Vec<GlyphRun>) -> Vec<Vec<(Range<usize>, Option<String>)>> {
        let mut sample = Sample::new();
        let page = sample.page();
        runs.iter().for_each(|run| sample.item(page, None, ItemKind::Glyphs(run.clone())));
        let fonts = used_fonts(std::num::NonZero::<usize>::MIN, &sample.pages).expect("fonts");
        let text = |run: &GlyphRun| {
            let font = fonts[run.font.0].as_ref().expect("used");
            let text = |range: Range<usize>| run.text[range].to_owned();
            spans(run, font).into_iter().map(|span| (span.glyphs, span.actual_text.map(text))).collect()
        };
        runs.iter().map(text).collect()
    }

    #[test]
    fn plain_text_is_one_span() {
        assert_eq!(split(vec![run(0, 10.0, (0.0, 0.0), "Vans")]), [[(0..4, None)]]);
    }

    #[test]
    fn a_glyph_with_two_meanings_keeps_the_common_one() {
        let mut text = run(0, 10.0, (0.0, 0.0), "a b c\u{A0}d");
        text.glyphs[5].id = glyph(0, ' ');
        assert_eq!(split(vec![text]), [[(0..5, None), (5..6, Some("\u{A0}".into())), (6..7, None)]]);
    }

    #[test]
    fn a_soft_hyphen_drawn_as_a_hyphen_stays_soft() {
        let mut text = run(0, 10.0, (0.0, 0.0), "a-b-c\u{AD}");
        text.glyphs[5].id = glyph(0, '-');
        assert_eq!(split(vec![text]), [[(0..5, None), (5..6, Some("\u{AD}".into()))]]);
    }

    #[test]
    fn a_mark_shares_the_text_of_its_base() {
        let mut text = run(0, 10.0, (0.0, 0.0), "ae\u{301}b");
        text.glyphs[2].text = 4..4;
        text.glyphs[1].text = 1..4;
        assert_eq!(split(vec![text]), [[(0..1, None), (1..3, Some("e\u{301}".into())), (3..4, None)]]);
    }

    #[test]
    fn text_without_a_glyph_is_kept_but_spaces_are_not() {
        let mut text = run(0, 10.0, (0.0, 0.0), "a\u{200D}b ");
        text.glyphs.remove(3);
        text.glyphs.remove(1);
        assert_eq!(split(vec![text]), [[(0..1, Some("a\u{200D}".into())), (1..2, None)]]);
        let mut text = run(0, 10.0, (0.0, 0.0), "\u{2060}ab\u{200B}");
        text.glyphs.remove(3);
        text.glyphs.remove(0);
        assert_eq!(split(vec![text]), [[(0..1, Some("\u{2060}a".into())), (1..2, Some("b\u{200B}".into()))]]);
    }

    #[test]
    fn right_to_left_text_is_read_backwards() {
        assert_eq!(split(vec![right_to_left(2, 10.0, (0.0, 0.0), "שלום")]), [[(0..4, None)]]);
        let mut text = right_to_left(2, 10.0, (0.0, 0.0), "אב\u{5BC}ג");
        // From the left: gimel, two glyphs of one cluster, alef.
        text.glyphs[1].text = 2..6;
        text.glyphs[2].text = 6..6;
        assert_eq!(split(vec![text]), [[(0..1, None), (1..3, Some("ב\u{5BC}".into())), (3..4, None)]]);
    }

    #[test]
    fn glyphs_out_of_order_fall_back_to_the_whole_text() {
        let mut text = run(0, 10.0, (0.0, 0.0), "abc");
        text.glyphs.swap(0, 1);
        assert_eq!(split(vec![text]), [[(0..3, Some("abc".into()))]]);
    }
}
