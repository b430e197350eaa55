//! In: a glyph run. Out: [`Span`]s: the parts that extract by themselves, and those that need their text beside them.
//!
//! ToUnicode knows one text for each glyph. Where a glyph stands for something else here (a non-breaking space drawn
//! with the space, a soft hyphen drawn with the hyphen), where several glyphs make up one cluster, and where glyphs
//! stand in visual instead of logical order, the exact text goes into an `ActualText` (ISO 32000-1, 14.9.4).

use std::ops::Range;

use super::fonts::UsedFont;
use crate::layout::page::GlyphRun;

/// Neighbouring glyphs of a run.
#[derive(Debug, PartialEq, Eq)]
pub struct Span {
    pub glyphs: Range<usize>,
    /// Bytes of the run's text that replace what the glyphs would extract to.
    pub actual_text: Option<Range<usize>>,
}

/// Splits a run so that the spans' texts, one after the other, are the run's text (white space at gaps aside).
pub fn spans(run: &GlyphRun, font: &UsedFont) -> Vec<Span> {
    left_to_right(run, font).unwrap_or_else(|| vec![whole(run)])
}

fn whole(run: &GlyphRun) -> Span {
    Span { glyphs: 0..run.glyphs.len(), actual_text: Some(0..run.text.len()) }
}

/// `None` where glyphs do not follow the text.
fn left_to_right(run: &GlyphRun, font: &UsedFont) -> Option<Vec<Span>> {
    if run.right_to_left || run.glyphs.is_empty() {
        return None;
    }
    let mut spans: Vec<Span> = Vec::new();
    let mut reached = 0;
    let mut first = 0;
    while first < run.glyphs.len() {
        let marks = run.glyphs[first + 1..].iter().take_while(|glyph| glyph.text.is_empty()).count();
        let glyph = &run.glyphs[first];
        let next = first + 1 + marks;
        let skipped = run.text.get(reached..glyph.text.start)?;
        if glyph.text.is_empty() || (spans.is_empty() && !skipped.is_empty()) {
            return None;
        }
        if let Some(previous) = spans.last_mut().filter(|_| !skipped.trim().is_empty()) {
            previous.absorb(glyph.text.start, reached, run);
        }
        let plain = marks == 0 && run.text[glyph.text.clone()] == *font.text(font.new_id(glyph.id));
        push(&mut spans, Span { glyphs: first..next, actual_text: (!plain).then(|| glyph.text.clone()) });
        reached = glyph.text.end;
        first = next;
    }
    if !run.text.get(reached..)?.trim().is_empty() {
        return None;
    }
    Some(spans)
}

impl Span {
    /// Takes in text that no glyph stands for, such as a joiner that shaping has used up.
    fn absorb(&mut self, end: usize, reached: usize, run: &GlyphRun) {
        let text = self.actual_text.get_or_insert_with(|| {
            let start = run.glyphs[self.glyphs.start].text.start;
            start..reached
        });
        text.end = end;
    }
}

/// Adds a span, or lengthens the last one where both extract by themselves.
fn push(spans: &mut Vec<Span>, span: Span) {
    match spans.last_mut() {
        Some(last) if last.actual_text.is_none() && span.actual_text.is_none() => last.glyphs.end = span.glyphs.end,
        _ => spans.push(span),
    }
}
