//! In: strips in order and the height of a page. Out: which strip stands on which page, and how high.

use crate::layout::section::Strip;

/// One thing to place.
pub(super) enum Entry<'a> {
    /// A page of its own.
    Page { section: usize, index: usize },
    /// `whole` is the height that must fit for the strip to be placed; `made` strips (the contents) carry the document's
    /// tags, others their section's.
    Strip { section: usize, strip: std::borrow::Cow<'a, Strip>, whole: Option<f32>, made: bool },
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
}

/// Fills pages of `limit` pt from the first strip to the last. A page ends before a strip that may begin one; where a
/// chain of strips that belong together is taller than a page, it ends before the strip that does not fit.
pub(super) fn plan(entries: &[Entry<'_>], limit: f32) -> Vec<Planned> {
    let mut planner = Planner { entries, limit, pages: Vec::new(), page: Vec::new(), y: 0.0 };
    let rest = heights_after(entries);
    let mut at = 0;
    while at < entries.len() {
        at = planner.step(at, &rest);
    }
    planner.flush();
    planner.pages
}

struct Planner<'e, 'a> {
    entries: &'e [Entry<'a>],
    limit: f32,
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
        let top = self.y + if first { head } else { strip.before };
        let below = strip.need.min(rest[at]);
        let wanted = whole.filter(|height| *height <= self.limit).unwrap_or(0.0).max(strip.height + below);
        if first || top + wanted <= self.limit + 0.01 {
            self.page.push(Placed { entry: at, y: top, head: first && head > 0.0 });
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
