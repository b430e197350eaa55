//! In: a [`Text`] and a [`Style`]. Out: [`Shaped`] text, which breaks into [`Lines`] at
//! any width: glyph runs, link parts and inline images, each line measured.
//!
//! The one text engine of proposals and slides. Nothing here knows about pages. Lines start at 0 whatever the direction
//! of the document: where it runs from right to left, 0 is a line's right end (see [`crate::layout::mirror`]).

use std::sync::{Arc, Mutex, PoisonError};

use parley::{Alignment, AlignmentOptions};

use crate::diagnostic::Place;
use crate::document::model::{Align, LinkTarget, Text};
use crate::layout::fonts::{Face, Fonts, Part};
use crate::layout::isolates::Marks;
use crate::layout::lines::{Line, Lines, read_line};
use crate::layout::page::ImageId;
pub use crate::layout::setter::Setter;
pub(super) use crate::layout::setter::superscript;
use crate::library::brand::Colour;

/// How a text is set.
#[derive(Debug, Clone, PartialEq)]
pub struct Style {
    pub face: Face,
    /// pt.
    pub size: f32,
    /// Distance of baselines, pt.
    pub leading: f32,
    /// Weight of plain words, 100 to 900.
    pub weight: u16,
    /// Weight of strong words.
    pub strong: u16,
    /// Colour of strong words, where it is not that of the others.
    pub strong_colour: Option<Colour>,
    pub colour: Colour,
    pub link: Colour,
    /// Tabular lining figures, for tables and figures that stand under each other.
    pub tabular: bool,
    /// Extra space between letters, pt.
    pub tracking: f32,
}

impl Style {
    /// The same at another size, leading in proportion.
    pub fn sized(&self, size: f32) -> Self {
        Self { size, leading: self.leading * size / self.size, ..self.clone() }
    }

    /// The same with baselines `times` its size apart.
    pub fn led(&self, times: f32) -> Self {
        Self { leading: self.size * times, ..self.clone() }
    }

    /// The same in another colour.
    pub fn coloured(&self, colour: Colour) -> Self {
        Self { colour, link: colour, ..self.clone() }
    }
}

/// What a stretch of a text is besides words in a style.
#[derive(Debug, Clone)]
pub struct PartInfo {
    /// Where the words lead and what a screen reader says of it.
    pub link: Option<(LinkTarget, String)>,
    /// True for words that layout itself says: the number of a footnote.
    pub generated: bool,
}

/// A footnote met on the way, to be set where its section ends.
#[derive(Debug, Clone)]
pub struct Note {
    pub number: u32,
    pub text: Text,
    pub place: Place,
}

/// An image that stands in a line.
#[derive(Debug, Clone)]
pub struct InlineImage {
    pub image: ImageId,
    pub alt: String,
    pub width: f32,
    pub height: f32,
}

/// Text that was shaped once and can be broken at many widths.
pub struct Shaped {
    pub(super) shaped: Arc<ShapedText>,
    pub(super) parts: Arc<[PartInfo]>,
    pub(super) fonts: Fonts,
}

/// What of a [`Shaped`] text is the same wherever the same words stand in the same style.
pub(super) struct ShapedText {
    pub breaking: Mutex<Breaking>,
    pub text: String,
    pub style: Style,
    pub colours: Vec<Colour>,
    /// For each style run: which of the text's parts it belongs to.
    pub runs: Vec<u16>,
    pub images: Vec<InlineImage>,
    /// True in a document whose words run from right to left: its pages are turned around when they are done, so lines
    /// are given as seen from their right end.
    pub mirrored: bool,
    /// Where the shaper saw marks that are not in the text.
    pub isolates: Marks,
    /// From the top of a line's box to its baseline, pt.
    pub baseline: f32,
    pub ascent: f32,
    pub descent: f32,
}

/// The shaper's layout, which breaks in place, and what it gave so far.
pub(super) struct Breaking {
    pub layout: parley::Layout<Part>,
    broken: Vec<(Ask, Broken)>,
    widths: Option<(f32, f32)>,
}

/// How a text is to be broken.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Ask {
    width: f32,
    align: Align,
    balanced: bool,
}

/// Lines and the width of the longest, pt.
#[derive(Clone)]
struct Broken {
    lines: Arc<Vec<Line>>,
    width: f32,
}

/// So many ways of breaking a text are kept.
const MOST_KEPT: usize = 12;

impl Breaking {
    pub fn new(layout: parley::Layout<Part>) -> Self {
        Self { layout, broken: Vec::new(), widths: None }
    }

    fn break_at(&mut self, width: f32) {
        // A hair more than asked, so that a text measured at its own width does not break again.
        self.layout.break_all_lines((width < f32::MAX).then_some(width + 0.02));
    }
}

impl Shaped {
    /// Breaks at `width` pt and aligns; a word longer than the line breaks anywhere.
    pub fn lines(&mut self, width: f32, align: Align) -> Lines {
        self.known(Ask { width, align, balanced: false })
    }

    /// Breaks at the narrowest width that takes no more lines than `width` does, so that no line is much shorter than
    /// the others; the lines are aligned within that narrower width unless `align` is the start.
    pub fn balanced(&mut self, width: f32, align: Align) -> Lines {
        self.known(Ask { width, align, balanced: true })
    }

    /// The width of the longest word and of the whole text in one line, pt.
    pub fn widths(&self) -> (f32, f32) {
        let mut breaking = self.shaped.breaking.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(widths) = breaking.widths {
            return widths;
        }
        let widths = breaking.layout.calculate_content_widths();
        *breaking.widths.insert((widths.min, widths.max))
    }

    /// The words as set.
    pub fn text(&self) -> &str {
        &self.shaped.text
    }

    fn known(&self, ask: Ask) -> Lines {
        // Breaking starts afresh each time, so what a thread that died left behind does no harm.
        let mut breaking = self.shaped.breaking.lock().unwrap_or_else(PoisonError::into_inner);
        let known = breaking.broken.iter().find(|(other, _)| *other == ask).map(|(_, broken)| broken.clone());
        let broken = known.unwrap_or_else(|| {
            let broken = self.broken(&mut breaking, ask);
            if breaking.broken.len() < MOST_KEPT {
                breaking.broken.push((ask, broken.clone()));
            }
            broken
        });
        self.of(broken)
    }

    fn of(&self, broken: Broken) -> Lines {
        Lines {
            width: broken.width,
            lines: broken.lines,
            leading: self.shaped.style.leading,
            baseline: self.shaped.baseline,
            ascent: self.shaped.ascent,
            descent: self.shaped.descent,
            parts: Arc::clone(&self.parts),
        }
    }

    fn broken(&self, breaking: &mut Breaking, ask: Ask) -> Broken {
        let lines = if ask.balanced {
            let narrow = narrowest(breaking, ask.width);
            let mut lines = self.of(self.within(breaking, narrow, ask.align));
            match ask.align {
                Align::Start => {}
                Align::Centre => lines.shift((ask.width - narrow) / 2.0),
                Align::End => lines.shift(ask.width - narrow),
            }
            lines
        } else {
            return self.within(breaking, ask.width, ask.align);
        };
        Broken { lines: lines.lines, width: lines.width }
    }

    fn within(&self, breaking: &mut Breaking, width: f32, align: Align) -> Broken {
        let mut lines = self.once(breaking, width, align);
        let mut within = width;
        // Where words run both ways, the space at the end of a line can stand within it and push words out.
        for _ in 0..16 {
            let over = lines.iter().map(|line| line.right - width).fold(0.0, f32::max);
            if over <= 0.05 {
                break;
            }
            within = (within - over.max(width * 0.02)).max(1.0);
            lines = self.once(breaking, within, align);
        }
        Broken { width: lines.iter().map(|line| line.width).fold(0.0, f32::max), lines: Arc::new(lines) }
    }

    fn once(&self, breaking: &mut Breaking, width: f32, align: Align) -> Vec<Line> {
        breaking.break_at(width);
        let mirrored = self.shaped.mirrored;
        let alignment = match align {
            Align::Centre => Alignment::Center,
            Align::Start if mirrored => Alignment::Right,
            Align::End if !mirrored => Alignment::Right,
            Align::Start | Align::End => Alignment::Left,
        };
        breaking.layout.align(alignment, AlignmentOptions::default());
        let mut lines: Vec<Line> = breaking.layout.lines().map(|line| read_line(self, &line)).collect();
        if mirrored {
            let longest = || lines.iter().map(|line| line.right).fold(0.0, f32::max);
            let width = if width < f32::MAX { width } else { longest() };
            lines = lines.into_iter().map(|line| line.mirrored(width)).collect();
        }
        lines
    }
}

/// The narrowest width that takes no more lines than `width` and tears no word that it does not.
fn narrowest(breaking: &mut Breaking, width: f32) -> f32 {
    breaking.break_at(width);
    let count = breaking.layout.len();
    if count <= 1 {
        return width;
    }
    let (mut low, mut high) = (width / 2.0, width);
    while high - low > 1.0 {
        let middle = (low + high) / 2.0;
        breaking.break_at(middle);
        let emergency =
            breaking.layout.lines().any(|line| line.break_reason() == parley::layout::BreakReason::Emergency);
        if breaking.layout.len() <= count && !emergency { high = middle } else { low = middle }
    }
    high
}

#[cfg(test)]
#[path = "text_tests.rs"]
mod tests;
