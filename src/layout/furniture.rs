//! In: the brand's furniture and a page's number. Out: head, foot and draft mark: decoration on every page.

use std::sync::Arc;

use crate::document::model::Align;
use crate::layout::drawing::{Drawing, Owner};
use crate::layout::lines::Lines;
use crate::layout::look::{Grid, Look, token};
use crate::layout::page::Rect;
use crate::layout::text::{Setter, Style};
use crate::library::brand::{Colour, FurnitureWords, NumberPlace};
use crate::library::contrast;

/// What is the same on every page, drawn once.
pub(super) struct Furniture {
    head: Drawing,
    foot: Drawing,
    draft: Option<Drawing>,
    words: FurnitureWords,
    style: Style,
    grid: Grid,
    unit: f32,
    paper: Colour,
}

pub(super) const WHITE: Colour = Colour { r: 255, g: 255, b: 255 };

impl Furniture {
    pub fn new(setter: &mut Setter<'_>, look: &Look, grid: Grid) -> Self {
        let words = crate::layout::words(setter.cx);
        Self {
            head: head(setter, look, grid),
            foot: foot(setter, look, grid),
            draft: setter.cx.meta.draft.then(|| draft(setter, look, grid, &words.draft)),
            words,
            style: Style { tabular: true, ..look.small.clone() },
            grid,
            unit: look.unit,
            paper: look.colours.paper,
        }
    }

    /// Head and foot of page `number` of `total`.
    pub fn around(&self, setter: &mut Setter<'_>, number: usize, total: usize) -> Drawing {
        let mut drawing = self.head.clone();
        drawing.add(self.foot.clone(), 0.0, 0.0);
        let words = format!("{} {number} {} {total}", self.words.page, self.words.of);
        let lines = setter.line(&words, &self.style);
        let x = match setter.cx.brand.furniture.page_number {
            NumberPlace::End => self.grid.margin + self.grid.width - lines.width,
            NumberPlace::Centre => (self.grid.page_width - lines.width) / 2.0,
        };
        drawing.lines(&mut setter.tags, &mut Owner::artifact(), &lines, x, foot_top(self.grid, self.unit));
        drawing
    }

    /// The colour of the paper, where it is not white, which needs no ink.
    pub fn ground(&self) -> Drawing {
        let mut drawing = Drawing::default();
        if self.paper != WHITE {
            let page = Rect { x: 0.0, y: 0.0, width: self.grid.page_width, height: self.grid.page_height };
            drawing.fill(page, self.paper);
        }
        drawing
    }

    /// The draft mark, on drafts.
    pub fn draft(&self) -> Option<Drawing> {
        self.draft.clone()
    }
}

fn foot_top(grid: Grid, unit: f32) -> f32 {
    grid.page_height - 11.0 * unit
}

/// The small logo at the start, the document's title at the end.
fn head(setter: &mut Setter<'_>, look: &Look, grid: Grid) -> Drawing {
    let mut drawing = Drawing::default();
    let logo = &setter.cx.brand.logo;
    let path = format!("brand/{}", logo.on_light.value);
    let width = logo.minimum_width;
    let middle = 11.0 * look.unit;
    if let Some((id, asset)) = setter.image(&path, None) {
        let height = width * asset.height / asset.width.max(1.0);
        drawing.image(id, Rect { x: grid.margin, y: middle - height / 2.0, width, height }, None);
    }
    let title = setter.cx.meta.title.clone();
    let lines = shortened(setter, &title, &look.small, grid.width - width - 6.0 * look.unit);
    let x = grid.margin + grid.width - lines.width;
    let top = middle - lines.leading / 2.0;
    drawing.lines(&mut setter.tags, &mut Owner::artifact(), &lines, x, top);
    drawing
}

/// The confidentiality line at the start; the page's number comes later.
fn foot(setter: &mut Setter<'_>, look: &Look, grid: Grid) -> Drawing {
    let mut drawing = Drawing::default();
    let words = setter.cx.meta.notice.clone();
    let room = match setter.cx.brand.furniture.page_number {
        NumberPlace::End => 0.8,
        NumberPlace::Centre => 0.42,
    };
    let lines = shortened(setter, &words, &look.small, grid.width * room);
    drawing.lines(&mut setter.tags, &mut Owner::artifact(), &lines, grid.margin, foot_top(grid, look.unit));
    drawing
}

/// A band across the page's top edge that says what the page is, three times over.
fn draft(setter: &mut Setter<'_>, look: &Look, grid: Grid, word: &str) -> Drawing {
    let mut drawing = Drawing::default();
    let ground = token(setter.cx.brand, &setter.cx.brand.draft.colour);
    let height = 5.0 * look.unit;
    drawing.fill(Rect { x: 0.0, y: 0.0, width: grid.page_width, height }, ground);
    let colours = look.colours;
    let ink =
        if contrast(colours.ink, ground) >= contrast(colours.paper, ground) { colours.ink } else { colours.paper };
    let style = Style { weight: 700, tracking: 1.5, ..look.label.coloured(ink) };
    let lines = shortened(setter, &word.to_uppercase(), &style, grid.width / 3.0);
    let places = [grid.margin, (grid.page_width - lines.width) / 2.0, grid.margin + grid.width - lines.width];
    for x in places {
        let top = (height - lines.height()) / 2.0;
        drawing.lines(&mut setter.tags, &mut Owner::artifact(), &lines, x, top);
    }
    drawing
}

/// One line: smaller where the words are long, then cut at a word with an ellipsis, since furniture has one line.
pub(super) fn shortened(setter: &mut Setter<'_>, words: &str, style: &Style, width: f32) -> Lines {
    let mut words = words.to_string();
    loop {
        let lines = setter.shape_str(&words, style).lines(width.max(1.0), Align::Start);
        if lines.lines.len() <= 1 {
            return lines.flush();
        }
        let kept = words.trim_end_matches('…').trim_end();
        let cut = kept.rfind(' ').or_else(|| kept.char_indices().next_back().map(|(at, _)| at)).unwrap_or(0);
        if cut == 0 {
            return Lines { lines: Arc::default(), width: 0.0, parts: Arc::clone(&lines.parts), ..lines };
        }
        words = format!("{}…", &kept[..cut]);
    }
}
