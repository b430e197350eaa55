//! In: texts of a section and their styles. Out: [`Shaped`] text; on the way the images, footnotes, structure and problems
//! of the section.

use std::sync::{Arc, Mutex};

use parley::{
    BaseDirection, FontFamily, FontFeature, FontFeatures, FontStyle, FontWeight, InlineBox, InlineBoxKind, Language,
    LineHeight, OverflowWrap, StyleProperty, VerticalAlign, setting::Tag,
};

use crate::diagnostic::{Diagnostic, Place, Problems};
use crate::document::model::{Align, Image, Inline, Text, plain};
use crate::layout::Context;
use crate::layout::fonts::{Loan, Part};
use crate::layout::isolates::{Isolated, is_apart, is_foreign, isolate};
use crate::layout::lines::Lines;
use crate::layout::missing;
use crate::layout::page::ImageId;
use crate::layout::shapes::{Key, KeyBuilder};
use crate::layout::tags::Tags;
use crate::layout::text::{Breaking, InlineImage, Note, PartInfo, Shaped, ShapedText, Style};
use crate::library::assets::ImageAsset;

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
                Inline::Text { text, value } => {
                    let start = flat.text.len();
                    flat.push(text, marks);
                    if *value && is_apart(text, self.cx.meta.right_to_left) {
                        flat.values.push(start..flat.text.len());
                    }
                }
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

    fn shape_flat(&mut self, mut flat: Flat, style: &Style, place: Option<&Place>) -> Shaped {
        // The ids of images are those of one section.
        let shapes = self.cx.fonts.shapes().filter(|_| flat.images.is_empty());
        let keep = shapes.map(|shapes| (shapes, flat.key(style, self.cx)));
        let known = keep.as_ref().and_then(|(shapes, key)| shapes.get(key));
        let parts: Arc<[PartInfo]> = std::mem::take(&mut flat.parts).into();
        if let Some(shaped) = known {
            return Shaped { shaped, parts, fonts: self.cx.fonts.clone() };
        }
        let (text, lacks) = self.shape_anew(flat, &parts, style);
        let shaped = Shaped { shaped: Arc::new(text), parts, fonts: self.cx.fonts.clone() };
        match keep {
            // What is reported must be found again when the same words come again.
            _ if lacks => missing::report(self, &shaped, place),
            Some((shapes, key)) => shapes.put(key, &shaped.shaped),
            None => {}
        }
        shaped
    }

    /// Shapes, and says whether a glyph is missing.
    fn shape_anew(&mut self, flat: Flat, parts: &[PartInfo], style: &Style) -> (ShapedText, bool) {
        let mirrored = self.cx.meta.right_to_left;
        let drawn = missing::unseen(&flat.text, self.cx.fonts);
        let foreign = mirrored && is_foreign(&flat.text);
        let Isolated { text: drawn, marks: isolates } =
            isolate(drawn, if foreign { &[] } else { &flat.values }, mirrored && !foreign);
        let language = Language::parse(&self.cx.meta.language).ok();
        let stack = FontFamily::List(self.cx.fonts.stack(style.face).into());
        let engine = &mut *self.engine;
        let mut builder = engine.layouts.ranged_builder(&mut engine.fonts, &drawn, 1.0, false);
        builder.set_base_direction(if mirrored && !foreign { BaseDirection::Rtl } else { BaseDirection::Ltr });
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
            let range = isolates.shifted(range.start)..isolates.shifted(range.end);
            let is_link = parts.get(usize::from(marks.part)).is_some_and(|part| part.link.is_some());
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
                index: isolates.shifted(*at),
                width: image.width,
                height: image.height,
                baseline: None,
                vertical_align: VerticalAlign::BASELINE,
            });
        }
        let mut layout = builder.build(&drawn);
        layout.break_all_lines(None);
        let metrics = layout.root_span_metrics();
        let (ascent, descent) =
            metrics.map_or((style.size * 0.8, style.size * 0.2), |metrics| (metrics.ascent, metrics.descent));
        let lacks = missing::lacks_a_glyph(&layout);
        let text = ShapedText {
            baseline: (style.leading + ascent - descent) / 2.0,
            ascent,
            descent,
            breaking: Mutex::new(Breaking::new(layout)),
            text: flat.text,
            style: style.clone(),
            colours,
            runs,
            images: flat.images,
            mirrored,
            isolates,
        };
        (text, lacks)
    }
}

/// Figures of one width that stand on the line.
const TABULAR: [FontFeature; 2] =
    [FontFeature::new(Tag::from_bytes(*b"tnum"), 1), FontFeature::new(Tag::from_bytes(*b"lnum"), 1)];

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
    /// Values whose words are kept apart from those around them.
    values: Vec<std::ops::Range<usize>>,
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
            values: Vec::new(),
            images: Vec::new(),
            notes: Vec::new(),
        }
    }
}

impl Flat {
    /// What decides how it is shaped; images must be none. Of its parts only their numbers and whether they are links.
    fn key(&self, style: &Style, cx: &Context<'_>) -> Key {
        let mut key = KeyBuilder::new(&self.text, &cx.meta.language, cx.meta.right_to_left);
        key.style(style);
        key.number(self.values.len());
        for value in &self.values {
            key.number(value.start);
            key.number(value.end);
        }
        for (range, marks) in self.spans.iter().filter(|(_, marks)| *marks != Marks::default()) {
            let Marks { strong, emphasis, part } = *marks;
            key.number(range.start);
            key.number(range.end);
            key.flag(strong);
            key.flag(emphasis);
            key.number(part.into());
            key.flag(self.parts.get(usize::from(part)).is_some_and(|part| part.link.is_some()));
        }
        key.finish()
    }

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
