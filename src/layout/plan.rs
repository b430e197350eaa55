//! In: strips in order and the height of a page. Out: which strip stands on which page, and how high.

use crate::layout::section::Strip;

/// One thing to place.
pub(super) enum Entry<'a> {
    /// A page of its own.
    Page { section: usize, index: usize },
    /// `whole` is the height that must fit for the strip to be placed, and how much of it is space; `made` strips (the contents) carry the document's
    /// tags, others their section's.
    Strip { section: usize, strip: std::borrow::Cow<'a, Strip>, whole: Option<(f32, f32)>, made: bool },
}

/// A page as planned.
pub(super) enum Planned {
    Fixed { section: usize, index: usize },
    Flow(Vec<Placed>),
}

/// A strip on a page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Placed {
    /// Index of the entry.
    pub entry: usize,
    /// From the content's top, pt.
    pub y: f32,
    /// True where the table's head stands above it.
    pub head: bool,
    /// True where the page ends below it and the table goes on.
    pub foot: bool,
}

/// How far the space between strips may shrink where that saves a page.
const SQUEEZES: [f32; 5] = [1.0, 0.92, 0.85, 0.78, 0.72];
/// How much of a page may be empty for its space to be spread out.
const SPREAD: f32 = 0.14;
/// How far the space between strips may grow so that a page ends at its foot.
const STRETCH: f32 = 0.45;
/// Space below this is within a block and stays, pt.
const ELASTIC: f32 = 5.0;

/// Fills pages of `limit` pt from the first strip to the last. A page ends before a strip that may begin one; where a
/// chain of strips that belong together is taller than a page, it ends before the strip that does not fit.
///
/// The space between strips gives way where that saves a page, and is spread where a page would end short of its foot.
pub(super) fn plan(entries: &[Entry<'_>], limit: f32) -> Vec<Planned> {
    let mut best = fill(entries, limit, SQUEEZES[0]);
    for squeeze in &SQUEEZES[1..] {
        let tighter = fill(entries, limit, *squeeze);
        if tighter.len() < best.len() {
            best = tighter;
        }
    }
    feet(&mut best, entries);
    spread(&mut best, entries, limit);
    best
}

/// Says which strips are the last of their page and have something to say there.
fn feet(pages: &mut [Planned], entries: &[Entry<'_>]) {
    for page in pages {
        let Planned::Flow(page) = page else { continue };
        if let Some(last) = page.last_mut() {
            last.foot = strip_of(entries, last.entry).is_some_and(|strip| strip.foot.is_some());
        }
    }
}

/// Height of a strip with its foot, where that is drawn, pt.
fn height_of(entries: &[Entry<'_>], placed: &Placed) -> f32 {
    let Some(strip) = strip_of(entries, placed.entry) else { return 0.0 };
    strip.height + strip.foot.as_ref().filter(|_| placed.foot).map_or(0.0, |foot| foot.height)
}

fn fill(entries: &[Entry<'_>], limit: f32, squeeze: f32) -> Vec<Planned> {
    let mut planner = Planner { entries, limit, squeeze, pages: Vec::new(), page: Vec::new(), y: 0.0 };
    let rest = heights_after(entries);
    let mut at = 0;
    while at < entries.len() {
        at = planner.step(at, &rest);
    }
    planner.flush();
    planner.pages
}

/// Moves the strips of pages that end a little short, so that they end at the foot; pages at which something ends stay.
fn spread(pages: &mut [Planned], entries: &[Entry<'_>], limit: f32) {
    for index in 0..pages.len() {
        let flows_on = matches!(pages.get(index + 1), Some(Planned::Flow(next))
            if next.first().is_some_and(|placed| runs_on(entries, placed.entry)));
        let Planned::Flow(page) = &mut pages[index] else { continue };
        let bottom = page.last().map_or(0.0, |placed| placed.y + height_of(entries, placed));
        let short = limit - bottom;
        if !flows_on || short <= 0.0 || short > limit * SPREAD {
            continue;
        }
        let gap = |placed: &Placed| strip_of(entries, placed.entry).map_or(0.0, |strip| strip.before);
        let gaps: f32 = page.iter().skip(1).map(gap).filter(|gap| *gap >= ELASTIC).sum();
        let part = if gaps > 0.0 { (short / gaps).min(STRETCH) } else { 0.0 };
        let mut down = 0.0;
        for placed in page.iter_mut().skip(1) {
            let gap = gap(placed);
            down += if gap >= ELASTIC { gap * part } else { 0.0 };
            placed.y += down;
        }
    }
}

/// True where a page begins with `entry` only because the one before it was full.
fn runs_on(entries: &[Entry<'_>], entry: usize) -> bool {
    let forced = entry.checked_sub(1).and_then(|before| strip_of(entries, before)).is_none_or(|strip| strip.page_break);
    let whole = matches!(&entries[entry], Entry::Strip { whole: Some(_), .. });
    !forced && !whole
}

fn strip_of<'e>(entries: &'e [Entry<'_>], at: usize) -> Option<&'e Strip> {
    match &entries[at] {
        Entry::Strip { strip, .. } => Some(strip),
        Entry::Page { .. } => None,
    }
}

struct Planner<'e, 'a> {
    entries: &'e [Entry<'a>],
    limit: f32,
    /// What is left of the space between strips, 0 to 1.
    squeeze: f32,
    pages: Vec<Planned>,
    page: Vec<Placed>,
    y: f32,
}

impl Planner<'_, '_> {
    /// Places one entry or ends the page; gives the entry to go on with.
    fn step(&mut self, at: usize, rest: &[f32]) -> usize {
        let (strip, whole) = match &self.entries[at] {
            Entry::Page { section, index } => {
                self.flush();
                self.pages.push(Planned::Fixed { section: *section, index: *index });
                return at + 1;
            }
            Entry::Strip { strip, whole, .. } => (strip, *whole),
        };
        if strip.page_break {
            self.flush();
            return at + 1;
        }
        let first = self.page.is_empty();
        let head = if first { strip.head.as_ref().map_or(0.0, |head| head.height) } else { 0.0 };
        let top = self.y + if first { head } else { strip.before * self.squeeze };
        let below = strip.need.min(rest[at]);
        let whole = whole.map(|(height, gaps)| height - gaps * (1.0 - self.squeeze));
        let wanted = whole.filter(|height| *height <= self.limit).unwrap_or(0.0).max(strip.height + below);
        if first || top + wanted <= self.limit + 0.01 {
            self.page.push(Placed { entry: at, y: top, head: first && head > 0.0, foot: false });
            self.y = top + strip.height;
            return at + 1;
        }
        let start = self.page.first().map_or(at, |placed| placed.entry);
        let mut cut = at;
        while cut > start && self.keeps(cut) {
            cut -= 1;
        }
        let cut = if cut == start { at } else { cut };
        self.page.retain(|placed| placed.entry < cut);
        self.flush();
        cut
    }

    fn says_something(&self, at: usize) -> bool {
        matches!(&self.entries[at], Entry::Strip { strip, .. } if strip.drawing.items.iter().any(|item| item.tag.is_some()))
    }

    fn keeps(&self, at: usize) -> bool {
        matches!(&self.entries[at], Entry::Strip { strip, .. } if strip.keep)
    }

    /// Ends the page; one on which nothing would be read is left out.
    fn flush(&mut self) {
        let page = std::mem::take(&mut self.page);
        if page.iter().any(|placed| self.says_something(placed.entry)) {
            self.pages.push(Planned::Flow(page));
        }
        self.y = 0.0;
    }
}

/// For each entry, how much follows it before the next forced page, pt.
fn heights_after(entries: &[Entry<'_>]) -> Vec<f32> {
    let mut heights = vec![0.0; entries.len()];
    let mut sum = 0.0;
    for (index, entry) in entries.iter().enumerate().rev() {
        heights[index] = sum;
        match entry {
            Entry::Strip { strip, .. } if !strip.page_break => sum += strip.before + strip.height,
            _ => sum = 0.0,
        }
    }
    heights
}
