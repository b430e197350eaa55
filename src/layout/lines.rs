//! In: a broken line of the shaper. Out: a [`Line`] of glyph runs in visual order, whose text is complete and in
//! logical order, and the [`Lines`] of a text.

use std::ops::Range;
use std::sync::Arc;

use parley::PositionedLayoutItem;
use parley::layout::BreakReason;

use crate::layout::fonts::Part;
use crate::layout::page::{FontId, Glyph, GlyphRun, Rect};
use crate::layout::text::{InlineImage, PartInfo, Shaped};

/// A text broken into lines, `leading` pt apart.
#[derive(Debug, Clone)]
pub struct Lines {
    pub lines: Arc<Vec<Line>>,
    /// Distance of baselines, pt.
    pub leading: f32,
    /// From the top of a line's box to its baseline, pt.
    pub baseline: f32,
    /// Of the style's first font, pt; both positive.
    pub ascent: f32,
    pub descent: f32,
    /// Width of the longest line, pt.
    pub width: f32,
    /// What the stretches of the text are; part 0 is plain text.
    pub parts: Arc<[PartInfo]>,
}

impl Lines {
    /// Height of all lines, pt.
    pub fn height(&self) -> f32 {
        self.leading * self.lines.len() as f32
    }

    /// The same with the leftmost glyph at 0.
    pub fn flush(mut self) -> Self {
        let left = self.lines.iter().map(|line| line.right - line.width).fold(f32::MAX, f32::min);
        if !self.lines.is_empty() && left != 0.0 {
            self.shift(-left);
        }
        self
    }

    /// Moves all lines to the right by `by` pt.
    pub fn shift(&mut self, by: f32) {
        for line in Arc::make_mut(&mut self.lines) {
            for piece in &mut line.pieces {
                piece.run.x += by;
            }
            line.right += by;
            for (_, x) in &mut line.images {
                *x += by;
            }
        }
    }
}

/// One line. Runs stand relative to the line's start (x) and baseline (y).
#[derive(Debug, Clone)]
pub struct Line {
    /// From the first to the last glyph that is not a space, pt.
    pub width: f32,
    /// Where the last such glyph ends, pt from the line's start.
    pub right: f32,
    pub pieces: Vec<Piece>,
    /// Images in the line and their left ends.
    pub images: Vec<(InlineImage, f32)>,
    /// True where a word did not fit and was broken.
    pub broke_a_word: bool,
}

/// A run and the part of the text that it belongs to.
#[derive(Debug, Clone)]
pub struct Piece {
    pub part: u16,
    pub run: GlyphRun,
}

impl Piece {
    /// pt.
    pub fn width(&self) -> f32 {
        self.run.advance()
    }
}

impl Line {
    /// The same seen from the right end of a line of `width` pt.
    pub(super) fn mirrored(mut self, width: f32) -> Self {
        for piece in &mut self.pieces {
            piece.run.x = width - piece.run.x - piece.width();
        }
        for (image, x) in &mut self.images {
            *x = width - *x - image.width;
        }
        self.right = width - self.right + self.width;
        self
    }

    /// The line's words in the order of the page.
    pub fn text(&self) -> String {
        self.pieces.iter().map(|piece| piece.run.text.as_str()).collect()
    }

    /// The box of each part above 0 in this line, relative to its baseline.
    pub fn part_boxes(&self, ascent: f32, descent: f32) -> Vec<(u16, Rect)> {
        let mut boxes: Vec<(u16, Rect)> = Vec::new();
        for piece in self.pieces.iter().filter(|piece| piece.part > 0) {
            let (x, width) = (piece.run.x, piece.width());
            match boxes.iter_mut().find(|(part, _)| *part == piece.part) {
                Some((_, rect)) => {
                    let right = (rect.x + rect.width).max(x + width);
                    rect.x = rect.x.min(x);
                    rect.width = right - rect.x;
                }
                None => boxes.push((piece.part, Rect { x, y: -ascent, width, height: ascent + descent })),
            }
        }
        boxes
    }
}

/// One cluster: the bytes it stands for and its glyphs, left to right, as a range of [`Reading::glyphs`].
struct Cluster {
    text: Range<usize>,
    style: usize,
    glyphs: Range<usize>,
}

/// Turns a line of the shaper into runs of one font and style.
pub(super) fn read_line(shaped: &Shaped, line: &parley::Line<'_, Part>) -> Line {
    let metrics = line.metrics();
    let items = (!shaped.shaped.images.is_empty()).then(|| line.items());
    let mut boxes = items.into_iter().flatten().filter_map(|item| match item {
        PositionedLayoutItem::InlineBox(inline) => Some(inline),
        PositionedLayoutItem::GlyphRun(_) => None,
    });
    let mut next_box = boxes.next();
    let mut reading = Reading { shaped, pieces: Vec::new(), starts: Vec::new(), glyphs: Vec::new(), waiting: None };
    let mut images = Vec::new();
    let mut pen = metrics.offset + metrics.inline_min_coord;
    for run in line.runs() {
        while let Some(inline) = next_box.take_if(|inline| inline.x <= pen + 0.01) {
            pen = inline.x + inline.width;
            if let Some(image) = usize::try_from(inline.id).ok().and_then(|id| shaped.shaped.images.get(id)) {
                images.push((image.clone(), inline.x));
            }
            next_box = boxes.next();
        }
        reading.run(&run, pen);
        pen += run.advance();
    }
    for inline in next_box.into_iter().chain(boxes) {
        if let Some(image) = usize::try_from(inline.id).ok().and_then(|id| shaped.shaped.images.get(id)) {
            images.push((image.clone(), inline.x));
        }
    }
    let mut pieces: Vec<(usize, Piece)> = reading.starts.into_iter().zip(reading.pieces).collect();
    // The shaper gives runs from left to right; a page lists them as they are read.
    pieces.sort_by_key(|(start, _)| *start);
    let pieces: Vec<Piece> = pieces.into_iter().map(|(_, piece)| piece).collect();
    let (left, right) = extent(&pieces, &images);
    Line { width: right - left, right, pieces, images, broke_a_word: line.break_reason() == BreakReason::Emergency }
}

/// The left and right end of what is seen of a line. Spaces hang over its end; where words run both ways they can
/// stand within it.
fn extent(pieces: &[Piece], images: &[(InlineImage, f32)]) -> (f32, f32) {
    let (mut left, mut right) = (f32::MAX, f32::MIN);
    for piece in pieces {
        let mut pen = piece.run.x;
        for glyph in &piece.run.glyphs {
            let words = piece.run.text.get(glyph.text.clone()).unwrap_or_default();
            if words.is_empty() || !words.chars().all(char::is_whitespace) {
                left = left.min(pen);
                right = right.max(pen + glyph.advance);
            }
            pen += glyph.advance;
        }
    }
    for (image, x) in images {
        left = left.min(*x);
        right = right.max(x + image.width);
    }
    if left > right { (0.0, 0.0) } else { (left, right) }
}

struct Reading<'a> {
    shaped: &'a Shaped,
    pieces: Vec<Piece>,
    /// Where the words of each piece start in the text.
    starts: Vec<usize>,
    /// The glyphs of the run that is being read.
    glyphs: Vec<parley::layout::Glyph>,
    /// Bytes without a glyph that came before any glyph.
    waiting: Option<Range<usize>>,
}

impl Reading<'_> {
    fn run(&mut self, run: &parley::Run<'_, Part>, pen: f32) {
        let Some(font) = self.shaped.font_id(run) else { return };
        let right_to_left = run.is_rtl();
        let mut clusters = self.clusters(run);
        if clusters.iter().all(|cluster| cluster.glyphs.is_empty()) {
            return self.without_glyphs(&clusters);
        }
        if right_to_left {
            clusters.reverse();
        }
        let mut pen = pen;
        let mut start = 0;
        while start < clusters.len() {
            let style = clusters[start].style;
            let count = clusters[start..].iter().take_while(|cluster| cluster.style == style).count();
            pen = self.piece(&clusters[start..start + count], font, run.font_size(), right_to_left, pen);
            start += count;
        }
    }

    /// Clusters in logical order; what has no glyph of its own (the rest of a ligature, a joiner) is read with the
    /// cluster before it. A forced line break leaves no trace but the space that comes before it.
    fn clusters(&mut self, run: &parley::Run<'_, Part>) -> Vec<Cluster> {
        let mut clusters: Vec<Cluster> = Vec::new();
        self.glyphs.clear();
        for cluster in run.clusters() {
            if cluster.is_hard_line_break() {
                continue;
            }
            let text = self.shaped.shaped.isolates.given(cluster.text_range());
            if text.is_empty() {
                continue;
            }
            let first = self.glyphs.len();
            self.glyphs.extend(cluster.glyphs());
            let glyphs = first..self.glyphs.len();
            match clusters.last_mut() {
                Some(last) if glyphs.is_empty() => last.text.end = text.end,
                Some(last) if last.glyphs.is_empty() => {
                    last.text.end = text.end;
                    last.style = usize::from(cluster.style().brush);
                    last.glyphs = glyphs;
                }
                _ => clusters.push(Cluster { text, style: usize::from(cluster.style().brush), glyphs }),
            }
        }
        clusters
    }

    /// Words that no glyph shows are read with the glyph before them, or wait for the next one.
    fn without_glyphs(&mut self, clusters: &[Cluster]) {
        let Some((first, last)) = clusters.first().zip(clusters.last()) else { return };
        let bytes = first.text.start..last.text.end;
        match self.pieces.last_mut() {
            Some(piece) if !piece.run.right_to_left => {
                piece.run.text.push_str(&self.shaped.shaped.text[bytes]);
                if let Some(glyph) = piece.run.glyphs.last_mut() {
                    glyph.text.end = piece.run.text.len();
                }
            }
            _ => self.waiting = Some(bytes),
        }
    }

    /// Adds the run of clusters in visual order that share a style; gives the pen after it.
    fn piece(&mut self, clusters: &[Cluster], font: FontId, size: f32, right_to_left: bool, pen: f32) -> f32 {
        let start = clusters.iter().map(|cluster| cluster.text.start).min().unwrap_or(0);
        let end = clusters.iter().map(|cluster| cluster.text.end).max().unwrap_or(0);
        let waiting = self.waiting.take().map(|bytes| &self.shaped.shaped.text[bytes]).unwrap_or_default();
        let style = clusters.first().map_or(0, |cluster| cluster.style);
        let mut run = GlyphRun {
            font,
            size,
            colour: self.shaped.shaped.colours.get(style).copied().unwrap_or(self.shaped.shaped.style.colour),
            x: pen,
            y: 0.0,
            text: format!("{waiting}{}", &self.shaped.shaped.text[start..end]),
            right_to_left,
            glyphs: Vec::with_capacity(clusters.len()),
        };
        let mut end_of_pen = pen;
        for cluster in clusters {
            let from = cluster.text.start - start + waiting.len();
            let mut text = from..cluster.text.end - start + waiting.len();
            if from == waiting.len() {
                text.start = 0;
            }
            for glyph in self.glyphs.get(cluster.glyphs.clone()).unwrap_or_default() {
                end_of_pen += glyph.advance;
                run.glyphs.push(Glyph {
                    id: u16::try_from(glyph.id).unwrap_or(0),
                    advance: glyph.advance,
                    dx: glyph.x,
                    dy: glyph.y,
                    text: text.clone(),
                });
                text.start = text.end;
            }
        }
        let part = self.shaped.shaped.runs.get(style).copied().unwrap_or(0);
        if !run.glyphs.is_empty() {
            self.pieces.push(Piece { part, run });
            self.starts.push(start);
        }
        end_of_pen
    }
}

impl Shaped {
    fn font_id(&self, run: &parley::Run<'_, Part>) -> Option<FontId> {
        self.fonts.id_of(run.font().data.id())
    }
}
