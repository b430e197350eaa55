//! In: a [`Text`](crate::document::model::Text) and a [`Style`]. Out: [`Shaped`] text, which breaks into [`Lines`] at
//! any width: glyph runs, link parts and inline images, each line measured.
//!
//! The one text engine of proposals and slides. Nothing here knows about pages.

use std::sync::Arc;

use parley::{
    Alignment, AlignmentOptions, BaseDirection, FontFamily, FontFeature, FontFeatures, FontStyle, FontWeight,
    InlineBox, InlineBoxKind, Language, LineHeight, OverflowWrap, StyleProperty, VerticalAlign, setting::Tag,
};

use crate::diagnostic::{Diagnostic, Place, Problems};
use crate::document::model::{Align, Image, Inline, LinkTarget, Text, plain};
use crate::layout::Context;
use crate::layout::fonts::{Face, Fonts, Loan, Part};
use crate::layout::lines::{Line, Lines, read_line};
use crate::layout::missing;
use crate::layout::page::ImageId;
use crate::layout::tags::Tags;
use crate::library::assets::ImageAsset;
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
    baseline: f32,
    ascent: f32,
    descent: f32,
}

/// Sets text for one section: holds the engine, the images met, the structure, and every problem found on the way.
pub struct Setter<'a> {
    pub cx: &'a Context<'a>,
    pub tags: Tags,
    images: Vec<Arc<ImageAsset>>,
    problems: Vec<Diagnostic>,
    notes: Vec<Note>,
    pub(super) engine: Loan,
}

impl<'a> Setter<'a> {
    pub fn new(cx: &'a Context<'a>) -> Self {
        Self {
            cx,
            tags: Tags::new(),
            images: Vec::new(),
            problems: Vec::new(),
            notes: Vec::new(),
            engine: cx.fonts.engine(),
        }
    }

    /// Notes a problem; work goes on, so that all are reported at once.
    pub fn report(&mut self, problem: Diagnostic) {
        if !self.problems.contains(&problem) {
            self.problems.push(problem);
        }
    }

    /// The images met, the structure, or every problem found.
    pub fn finish(self) -> Result<(Vec<Arc<ImageAsset>>, Tags), Problems> {
        if self.problems.is_empty() { Ok((self.images, self.tags)) } else { Err(Problems(self.problems)) }
    }

    /// The id of a library image in this section; reports one that cannot be had.
    pub fn image(&mut self, path: &str, place: Option<&Place>) -> Option<(ImageId, Arc<ImageAsset>)> {
        match self.cx.assets.image(path) {
            Ok(image) => Some((self.add_image(&image), image)),
            Err(problems) => {
                for mut problem in problems.0 {
                    problem.place = problem.place.or_else(|| place.cloned());
                    self.report(problem);
                }
                None
            }
        }
    }

    /// The footnotes met since the last call, by number.
    pub fn take_notes(&mut self) -> Vec<Note> {
        let mut notes = std::mem::take(&mut self.notes);
        notes.sort_by_key(|note| note.number);
        notes
    }

    /// The id of an image that is at hand.
    pub fn add_image(&mut self, image: &Arc<ImageAsset>) -> ImageId {
        let known = self.images.iter().position(|other| Arc::ptr_eq(other, image) || other.path == image.path);
        ImageId(known.unwrap_or_else(|| {
            self.images.push(Arc::clone(image));
            self.images.len() - 1
        }))
    }

    /// Shapes a text of the document. Missing glyphs are reported at `place`.
    pub fn shape(&mut self, text: &[Inline], style: &Style, place: &Place) -> Shaped {
        let mut flat = Flat::default();
        self.flatten(text, style, Marks::default(), &mut flat);
        for (number, text) in std::mem::take(&mut flat.notes) {
            if !self.notes.iter().any(|note| note.number == number) {
                self.notes.push(Note { number, text, place: place.clone() });
            }
        }
        self.shape_flat(flat, style, Some(place))
    }

    /// Shapes words that layout itself says.
    pub fn shape_str(&mut self, words: &str, style: &Style) -> Shaped {
        let mut flat = Flat::default();
        flat.push(words, Marks::default());
        self.shape_flat(flat, style, None)
    }

    /// Shapes words that layout itself says in one line, from its start at 0.
    pub fn line(&mut self, words: &str, style: &Style) -> Lines {
        self.shape_str(words, style).lines(f32::MAX, Align::Start).flush()
    }

    /// Sets a title as large as fits: from `style.size` down to `minimum` pt by steps of 6 %, in at most `most` lines,
    /// words whole, lines balanced. At the minimum it takes as many lines as it needs.
    pub fn fit(
        &mut self,
        text: &[Inline],
        style: &Style,
        place: &Place,
        width: f32,
        most: usize,
        minimum: f32,
    ) -> Lines {
        let mut size = style.size.max(minimum);
        loop {
            let mut shaped = self.shape(text, &style.sized(size), place);
            let lines = shaped.lines(width, Align::Start);
            if size <= minimum || (lines.lines.len() <= most && !lines.lines.iter().any(|line| line.broke_a_word)) {
                return shaped.balanced(width, Align::Start);
            }
            size = (size * 0.94).max(minimum);
        }
    }

    fn flatten(&mut self, text: &[Inline], style: &Style, marks: Marks, flat: &mut Flat) {
        for inline in text {
            match inline {
                Inline::Text { text, .. } => flat.push(text, marks),
                Inline::Strong(inner) => self.flatten(inner, style, Marks { strong: true, ..marks }, flat),
                Inline::Emphasis(inner) => self.flatten(inner, style, Marks { emphasis: true, ..marks }, flat),
                Inline::Link { target, text } => {
                    flat.parts.push(PartInfo { link: Some((target.clone(), plain(text))), generated: false });
                    let part = u16::try_from(flat.parts.len() - 1).unwrap_or(0);
                    self.flatten(text, style, Marks { part, ..marks }, flat);
                }
                Inline::Image(image) => self.flatten_image(image, style, flat),
                // The space keeps the words apart for those who read the text; it hangs at the end of the line.
                Inline::Break => flat.push_raw(" \n", marks),
                Inline::Footnote { number, text } => {
                    flat.notes.push((*number, text.clone()));
                    flat.parts.push(PartInfo { link: None, generated: true });
                    let part = u16::try_from(flat.parts.len() - 1).unwrap_or(0);
                    flat.push(&superscript(*number), Marks { part, ..marks });
                }
            }
        }
    }

    /// An image in a line is as tall as a capital, so that it never spreads the lines.
    fn flatten_image(&mut self, image: &Image, style: &Style, flat: &mut Flat) {
        let Some((id, asset)) = self.image(&image.path, Some(&image.place)) else { return };
        let height = style.size * 0.8;
        let width = (height * asset.width / asset.height.max(1.0)).min(style.size * 12.0);
        flat.boxes.push(flat.text.len());
        flat.images.push(InlineImage { image: id, alt: image.alt.clone(), width, height });
    }

    fn shape_flat(&mut self, flat: Flat, style: &Style, place: Option<&Place>) -> Shaped {
        let right_to_left = self.cx.meta.right_to_left;
        let language = Language::parse(&self.cx.meta.language).ok();
        let stack = FontFamily::List(self.cx.fonts.stack(style.face).into());
        let engine = &mut *self.engine;
        let mut builder = engine.layouts.ranged_builder(&mut engine.fonts, &flat.text, 1.0, false);
        builder.set_base_direction(if right_to_left { BaseDirection::Rtl } else { BaseDirection::Ltr });
        builder.push_default(StyleProperty::FontFamily(stack));
        builder.push_default(StyleProperty::FontSize(style.size));
        builder.push_default(StyleProperty::FontWeight(FontWeight::new(f32::from(style.weight))));
        builder.push_default(StyleProperty::LineHeight(LineHeight::Absolute(style.leading)));
        builder.push_default(StyleProperty::OverflowWrap(OverflowWrap::BreakWord));
        builder.push_default(StyleProperty::LetterSpacing(style.tracking));
        builder.push_default(StyleProperty::Locale(language));
        if style.tabular {
            builder.push_default(StyleProperty::FontFeatures(FontFeatures::List(TABULAR.as_slice().into())));
        }
        let mut colours = vec![style.colour];
        let mut runs = vec![0];
        for (range, marks) in &flat.spans {
            if *marks == Marks::default() {
                continue;
            }
            let is_link = flat.parts.get(usize::from(marks.part)).is_some_and(|part| part.link.is_some());
            let strong = style.strong_colour.filter(|_| marks.strong).unwrap_or(style.colour);
            colours.push(if is_link { style.link } else { strong });
            runs.push(marks.part);
            builder.push(StyleProperty::Brush(Part::try_from(colours.len() - 1).unwrap_or(Part::MAX)), range.clone());
            if marks.strong {
                let weight = FontWeight::new(f32::from(style.strong));
                builder.push(StyleProperty::FontWeight(weight), range.clone());
            }
            if marks.emphasis {
                builder.push(StyleProperty::FontStyle(FontStyle::Italic), range.clone());
            }
        }
        for (index, (at, image)) in flat.boxes.iter().zip(&flat.images).enumerate() {
            builder.push_inline_box(InlineBox {
                id: index as u64,
                kind: InlineBoxKind::InFlow,
                index: *at,
                width: image.width,
                height: image.height,
                baseline: None,
                vertical_align: VerticalAlign::BASELINE,
            });
        }
        let mut layout = builder.build(&flat.text);
        layout.break_all_lines(None);
        let metrics = layout.root_span_metrics();
        let (ascent, descent) =
            metrics.map_or((style.size * 0.8, style.size * 0.2), |metrics| (metrics.ascent, metrics.descent));
        let shaped = Shaped {
            baseline: (style.leading + ascent - descent) / 2.0,
            ascent,
            descent,
            layout,
            text: flat.text,
            style: style.clone(),
            colours,
            runs,
            parts: flat.parts.into(),
            images: flat.images,
            fonts: self.cx.fonts.clone(),
        };
        missing::report(self, &shaped, place);
        shaped
    }
}

/// Figures of one width that stand on the line.
const TABULAR: [FontFeature; 2] =
    [FontFeature::new(Tag::from_bytes(*b"tnum"), 1), FontFeature::new(Tag::from_bytes(*b"lnum"), 1)];

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

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Marks {
    strong: bool,
    emphasis: bool,
    part: u16,
}

/// A text without its tree.
struct Flat {
    text: String,
    spans: Vec<(std::ops::Range<usize>, Marks)>,
    parts: Vec<PartInfo>,
    boxes: Vec<usize>,
    images: Vec<InlineImage>,
    notes: Vec<(u32, Text)>,
}

impl Default for Flat {
    fn default() -> Self {
        Self {
            text: String::new(),
            spans: Vec::new(),
            parts: vec![PartInfo { link: None, generated: false }],
            boxes: Vec::new(),
            images: Vec::new(),
            notes: Vec::new(),
        }
    }
}

impl Flat {
    /// Adds words. Tabs and line ends within them are spaces on the page, where no font has a glyph for them.
    fn push(&mut self, words: &str, marks: Marks) {
        if words.contains(is_blank_control) {
            self.push_raw(&words.replace(is_blank_control, " "), marks);
        } else {
            self.push_raw(words, marks);
        }
    }

    fn push_raw(&mut self, words: &str, marks: Marks) {
        let start = self.text.len();
        self.text.push_str(words);
        self.spans.push((start..self.text.len(), marks));
    }
}

fn is_blank_control(character: char) -> bool {
    matches!(character, '\t' | '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// A footnote's number in raised figures.
pub(super) fn superscript(number: u32) -> String {
    let raised = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    number.to_string().bytes().filter_map(|digit| raised.get(usize::from(digit - b'0'))).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::layout::lines::Piece;
    use crate::layout::testing::{Kit, place, text};

    fn style(kit: &Kit) -> Style {
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

    /// The words of the lines, in logical order within each run.
    fn read(lines: &Lines) -> String {
        lines.lines.iter().map(Line::text).collect()
    }

    /// Each glyph's bytes, joined, are the run's text, whole and once.
    fn assert_runs_are_whole(lines: &Lines) {
        for piece in lines.lines.iter().flat_map(|line| &line.pieces) {
            let mut ranges: Vec<_> =
                piece.run.glyphs.iter().map(|glyph| glyph.text.clone()).filter(|range| !range.is_empty()).collect();
            ranges.sort_by_key(|range| range.start);
            let mut at = 0;
            for range in ranges {
                assert_eq!(range.start, at, "a gap or an overlap in `{}`", piece.run.text);
                at = range.end;
            }
            assert_eq!(at, piece.run.text.len(), "words without a glyph in `{}`", piece.run.text);
        }
    }

    #[test]
    fn ligatures_keep_all_their_letters() {
        let kit = Kit::new();
        let cx = kit.context();
        let mut setter = Setter::new(&cx);
        let lines = setter.shape(&text("office fleet affix"), &style(&kit), &place()).lines(400.0, Align::Start);
        assert_eq!(read(&lines), "office fleet affix");
        assert_runs_are_whole(&lines);
        let glyphs: usize = lines.lines[0].pieces.iter().map(|piece| piece.run.glyphs.len()).sum();
        assert!(glyphs < "office fleet affix".len(), "Lato has ligatures for fi, fl or ffi");
    }

    #[test]
    fn a_word_longer_than_the_line_breaks_anywhere() {
        let kit = Kit::new();
        let cx = kit.context();
        let mut setter = Setter::new(&cx);
        let word = "Donaudampfschifffahrtsgesellschaft".repeat(4);
        let lines = setter.shape(&text(&word), &style(&kit), &place()).lines(60.0, Align::Start);
        assert_eq!(read(&lines), word);
        assert!(lines.lines.iter().all(|line| line.width <= 60.1));
        assert!(lines.lines[0].broke_a_word);
    }

    #[test]
    fn a_character_that_no_font_has_is_named() {
        let kit = Kit::new();
        let cx = kit.context();
        let mut setter = Setter::new(&cx);
        setter.shape(&text("Tokyo branch 東京 office"), &style(&kit), &place());
        let problems = setter.finish().expect_err("no font has these");
        assert_eq!(problems.0.len(), 2);
        assert_eq!(problems.0[0].code, "X002");
        assert_eq!(
            problems.0[0].message,
            "no font of the brand has the character U+6771 `東` in `Tokyo branch 東京 office` (tried Lato, Manrope, \
             Noto Sans Arabic, Noto Sans Hebrew)"
        );
        assert!(problems.0[0].place.is_some());
    }

    #[test]
    fn unseen_characters_are_not_missing_and_not_lost() {
        let kit = Kit::new();
        let cx = kit.context();
        let mut setter = Setter::new(&cx);
        let words = "co\u{ad}operate\u{200b}now a\u{200d}b \u{feff}c\u{2060}d\u{ad}";
        let lines = setter.shape(&text(words), &style(&kit), &place()).lines(400.0, Align::Start);
        assert_eq!(read(&lines), words);
        assert_runs_are_whole(&lines);
        assert!(setter.finish().is_ok());
    }

    #[test]
    fn hebrew_and_arabic_read_in_logical_order_within_an_english_line() {
        let kit = Kit::new();
        let cx = kit.context();
        let mut setter = Setter::new(&cx);
        let lines =
            setter.shape(&text("For שלום עולם and مرحبا 12"), &style(&kit), &place()).lines(400.0, Align::Start);
        assert_runs_are_whole(&lines);
        let hebrew: Vec<&Piece> = lines.lines[0].pieces.iter().filter(|piece| piece.run.right_to_left).collect();
        assert!(hebrew.iter().any(|piece| piece.run.text.contains("שלום")));
        // Seen from the left, the second Hebrew word comes first.
        let x = |word: &str| hebrew.iter().find(|piece| piece.run.text.contains(word)).map(|piece| piece.run.x);
        if let (Some(first), Some(second)) = (x("שלום"), x("עולם")) {
            assert!(second <= first);
        }
        assert!(setter.finish().is_ok());
    }

    #[test]
    fn a_base_direction_from_the_right_puts_short_lines_at_the_right() {
        let kit = Kit::new();
        let mut cx = kit.context();
        cx.meta.right_to_left = true;
        let mut setter = Setter::new(&cx);
        let lines = setter.shape(&text("שלום"), &style(&kit), &place()).lines(200.0, Align::Start);
        assert!(lines.lines[0].pieces[0].run.x > 150.0);
    }

    #[test]
    fn links_over_two_lines_are_one_part() {
        let kit = Kit::new();
        let cx = kit.context();
        let mut setter = Setter::new(&cx);
        let target = LinkTarget::Uri("https://northline.example".into());
        let words = vec![
            Inline::Text { text: "See ".into(), value: false },
            Inline::Link { target, text: text("a link that is long enough to break") },
        ];
        let lines = setter.shape(&words, &style(&kit), &place()).lines(80.0, Align::Start);
        assert!(lines.lines.len() > 1);
        assert_eq!(lines.parts.len(), 2);
        assert_eq!(lines.lines[1].part_boxes(8.0, 2.0).len(), 1);
    }

    #[test]
    fn balanced_titles_leave_no_lonely_word() {
        let kit = Kit::new();
        let cx = kit.context();
        let mut setter = Setter::new(&cx);
        let big = Style { face: Face::Display, ..style(&kit) }.sized(26.0);
        let mut shaped = setter.shape(&text("Unplanned stops cost Harbour eleven days"), &big, &place());
        let plain = shaped.lines(400.0, Align::Start);
        let balanced = shaped.balanced(400.0, Align::Start);
        assert_eq!(plain.lines.len(), balanced.lines.len());
        assert!(balanced.width <= plain.width);
    }

    #[test]
    fn a_long_client_name_is_made_to_fit() {
        let kit = Kit::new();
        let cx = kit.context();
        let mut setter = Setter::new(&cx);
        let big = Style { face: Face::Display, ..style(&kit) }.sized(46.0);
        let name = text("The Extraordinarily Long-Named Trans-Canadian Haulage and Cold Storage Company of Moose Jaw");
        let lines = setter.fit(&name, &big, &place(), 300.0, 3, 18.0);
        assert!(lines.lines.len() <= 5);
        assert!(lines.lines.iter().all(|line| line.width <= 300.1 && !line.broke_a_word));
    }

    #[test]
    fn a_forced_break_reads_as_a_space() {
        let kit = Kit::new();
        let cx = kit.context();
        let mut setter = Setter::new(&cx);
        let words = vec![text("one").remove(0), Inline::Break, text("two").remove(0)];
        let lines = setter.shape(&words, &style(&kit), &place()).lines(400.0, Align::Start);
        assert_eq!(lines.lines.len(), 2);
        assert_eq!(read(&lines), "one two");
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 256, ..ProptestConfig::default() })]
        #[test]
        fn every_character_is_placed_once_and_within_the_width(
            words in "[ a-zA-Z0-9\u{ad}\u{200b}\u{200d}éÅ\u{301}שלוםاللهfil,.()&–—'\"%$-]{0,120}",
            width in 40.0f32..500.0,
        ) {
            let kit = Kit::new();
            let cx = kit.context();
            let mut setter = Setter::new(&cx);
            let lines = setter.shape(&text(&words), &style(&kit), &place()).lines(width, Align::Start);
            assert_runs_are_whole(&lines);
            let mut set: Vec<char> = read(&lines).chars().collect();
            let mut given: Vec<char> = words.chars().collect();
            set.sort_unstable();
            given.sort_unstable();
            prop_assert_eq!(set, given);
            for line in &lines.lines {
                prop_assert!(line.right <= width + 0.1, "{} > {}", line.right, width);
                prop_assert!(line.right - line.width >= -0.1);
            }
        }
    }
}
