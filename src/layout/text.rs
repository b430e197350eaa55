//! In: a [`Text`] and a [`Style`]. Out: [`Shaped`] text, which breaks into [`Lines`] at
//! any width: glyph runs, link parts and inline images, each line measured.
//!
//! The one text engine of proposals and slides. Nothing here knows about pages.

use std::sync::Arc;

use parley::{Alignment, AlignmentOptions};

use crate::diagnostic::Place;
use crate::document::model::{Align, LinkTarget, Text};
use crate::layout::fonts::{Face, Fonts, Part};
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
    pub(super) layout: parley::Layout<Part>,
    pub(super) text: String,
    pub(super) style: Style,
    pub(super) colours: Vec<Colour>,
    /// For each style run: which of `parts` it belongs to.
    pub(super) runs: Vec<u16>,
    pub(super) parts: Arc<[PartInfo]>,
    pub(super) images: Vec<InlineImage>,
    pub(super) fonts: Fonts,
    /// From the top of a line's box to its baseline, pt.
    pub(super) baseline: f32,
    pub(super) ascent: f32,
    pub(super) descent: f32,
}

impl Shaped {
    /// Breaks at `width` pt and aligns; a word longer than the line breaks anywhere.
    pub fn lines(&mut self, width: f32, align: Align) -> Lines {
        let mut lines = self.broken(width, align);
        let mut within = width;
        // Where words run both ways, the space at the end of a line can stand within it and push words out.
        for _ in 0..16 {
            let over = lines.iter().map(|line| line.right - width).fold(0.0, f32::max);
            if over <= 0.05 {
                break;
            }
            within = (within - over.max(width * 0.02)).max(1.0);
            lines = self.broken(within, align);
        }
        Lines {
            width: lines.iter().map(|line| line.width).fold(0.0, f32::max),
            lines,
            leading: self.style.leading,
            baseline: self.baseline,
            ascent: self.ascent,
            descent: self.descent,
            parts: Arc::clone(&self.parts),
        }
    }

    /// Breaks at the narrowest width that takes no more lines than `width` does, so that no line is much shorter than
    /// the others; the lines are aligned within that narrower width unless `align` is the start.
    pub fn balanced(&mut self, width: f32, align: Align) -> Lines {
        self.break_at(width);
        let count = self.layout.len();
        let mut narrow = width;
        if count > 1 {
            let (mut low, mut high) = (width / 2.0, width);
            while high - low > 1.0 {
                let middle = (low + high) / 2.0;
                self.break_at(middle);
                let emergency =
                    self.layout.lines().any(|line| line.break_reason() == parley::layout::BreakReason::Emergency);
                if self.layout.len() <= count && !emergency { high = middle } else { low = middle }
            }
            narrow = high;
        }
        if align == Align::Start && !self.layout.is_rtl() {
            return self.lines(narrow, align);
        }
        let mut lines = self.lines(narrow, align);
        let shift = match align {
            Align::Centre => (width - narrow) / 2.0,
            Align::Start | Align::End => width - narrow,
        };
        lines.shift(shift);
        lines
    }

    /// The width of the longest word and of the whole text in one line, pt.
    pub fn widths(&self) -> (f32, f32) {
        let widths = self.layout.calculate_content_widths();
        (widths.min, widths.max)
    }

    /// The words as set.
    pub fn text(&self) -> &str {
        &self.text
    }

    fn broken(&mut self, width: f32, align: Align) -> Vec<Line> {
        self.break_at(width);
        let alignment = match align {
            Align::Start => Alignment::Start,
            Align::Centre => Alignment::Center,
            Align::End => Alignment::End,
        };
        self.layout.align(alignment, AlignmentOptions::default());
        self.layout.lines().map(|line| read_line(self, &line)).collect()
    }

    fn break_at(&mut self, width: f32) {
        // A hair more than asked, so that a text measured at its own width does not break again.
        self.layout.break_all_lines((width < f32::MAX).then_some(width + 0.02));
    }
}

#[cfg(test)]
#[path = "text_tests.rs"]
mod tests;
