//! In: planned pages and where sections begin. Out: the drawing of each page, with numbers filled in and the document's
//! tags and images; the outline.

use crate::document::model::plain;
use crate::layout::drawing::{Drawing, Owner};
use crate::layout::furniture::Furniture;
use crate::layout::look::Grid;
use crate::layout::page::{ItemKind, OutlineEntry, TagId};
use crate::layout::paginate::Start;
use crate::layout::plan::{Entry, Placed, Planned};
use crate::layout::section::{LaidOutSection, Mark};
use crate::layout::setter::Setter;

/// What the drawing of pages needs to know.
pub(super) struct Making<'m, 'a> {
    pub sections: &'m [&'a LaidOutSection],
    pub entries: &'m [Entry<'a>],
    pub bases: &'m [usize],
    pub starts: &'m [Start],
    /// Which version each page takes, for pages that are drawn whole.
    pub versions: &'m [usize],
    pub grid: Grid,
    pub outline: Vec<OutlineEntry>,
}

impl Making<'_, '_> {
    /// Draws a page with everything on it.
    pub fn page(
        &mut self,
        setter: &mut Setter<'_>,
        planned: &Planned,
        index: usize,
        total: usize,
        furniture: &Furniture,
    ) -> Drawing {
        let mut page = Drawing::default();
        let mut around = true;
        match planned {
            Planned::Fixed { section, index: at } => {
                let fixed = &self.sections[*section].pages[*at];
                let version = self.versions.get(index).and_then(|version| version.checked_sub(1));
                let fixed = version.and_then(|version| fixed.alternates.get(version)).unwrap_or(fixed);
                around = fixed.furniture;
                page.add(self.global(setter, *section, &fixed.drawing), 0.0, 0.0);
                for mark in &fixed.marks {
                    self.mark(setter, &mut page, *section, mark, (index, 0.0, 0.0), true);
                }
            }
            Planned::Flow(placed) => {
                page.add(furniture.ground(), 0.0, 0.0);
                for place in placed {
                    self.strip(setter, &mut page, place, index);
                }
            }
        }
        if around {
            page.add(furniture.around(setter, index + 1, total), 0.0, 0.0);
        }
        if let Some(draft) = furniture.draft() {
            page.add(draft, 0.0, 0.0);
        }
        page
    }

    fn strip(&mut self, setter: &mut Setter<'_>, page: &mut Drawing, place: &Placed, index: usize) {
        let Entry::Strip { section, strip, made, .. } = &self.entries[place.entry] else { return };
        let (x, top) = (self.grid.margin, self.grid.top + place.y);
        if let Some(head) = strip.head.as_ref().filter(|_| place.head) {
            page.add(self.global(setter, *section, &head.drawing), x, top - head.height);
        }
        if let Some(foot) = strip.foot.as_ref().filter(|_| place.foot) {
            page.add(self.global(setter, *section, &foot.drawing), x, top + strip.height);
        }
        let first = self.starts[*section] == Some((index, top)) && self.sections[*section].pages.is_empty();
        if let Some(title) = self.sections[*section].title.as_ref().filter(|_| first) {
            self.outline.push(OutlineEntry { title: plain(title), level: 1, page: index, y: top });
        }
        let own = !made;
        let drawing = if own { self.global(setter, *section, &strip.drawing) } else { strip.drawing.clone() };
        let drawn = page.items.len();
        let (mut before, mut after) = (Drawing::default(), Drawing::default());
        for mark in &strip.marks {
            // A section's number is read before its title, the page where it begins after it.
            let side = if matches!(mark, Mark::PageOf { .. }) { &mut after } else { &mut before };
            self.mark(setter, side, *section, mark, (index, x, top), own);
        }
        page.add(drawing, x, top);
        let _ = page.items.splice(drawn..drawn, before.items);
        page.items.extend(after.items);
    }

    fn mark(
        &mut self,
        setter: &mut Setter<'_>,
        page: &mut Drawing,
        section: usize,
        mark: &Mark,
        (index, x, y): (usize, f32, f32),
        own: bool,
    ) {
        let base = if own { self.bases[section] } else { 0 };
        let (words, style, tag, left, baseline, from_right) = match mark {
            Mark::Outline { level, title, y: down } => {
                self.outline.push(OutlineEntry { title: title.clone(), level: *level, page: index, y: y + down });
                return;
            }
            Mark::Number { x: left, y: down, style, tag } => {
                // A document of one section counts nothing.
                if self.sections.iter().filter(|section| section.numbered).count() < 2 {
                    return;
                }
                let before = self.sections[..=section].iter().filter(|section| section.numbered).count();
                (before.to_string(), style, *tag, x + left, y + down, false)
            }
            Mark::PageOf { section, right, y: down, style, tag } => {
                let Some((page, _)) = self.starts[*section] else { return };
                ((page + 1).to_string(), style, *tag, x + right, y + down, true)
            }
            Mark::PageNumber { right, y: down, style } => {
                let lines = setter.line(&(index + 1).to_string(), style);
                if let Some(line) = lines.lines.first() {
                    let left = x + right - lines.width;
                    page.line(&mut setter.tags, &mut Owner::artifact(), &lines, line, left, y + down);
                }
                return;
            }
            Mark::Contents { .. } => return,
        };
        let lines = setter.line(&words, style);
        let left = if from_right { left - lines.width } else { left };
        if let Some(line) = lines.lines.first() {
            let mut owner = Owner::of(TagId(tag.0 + base));
            page.line(&mut setter.tags, &mut owner, &lines, line, left, baseline);
        }
    }

    /// A section's drawing with the document's tags and images.
    fn global(&self, setter: &mut Setter<'_>, section: usize, drawing: &Drawing) -> Drawing {
        let base = self.bases[section];
        let images = &self.sections[section].images;
        let mut drawing = drawing.clone();
        for item in &mut drawing.items {
            item.tag = item.tag.map(|TagId(id)| TagId(id + base));
            if let ItemKind::Image { image, .. } = &mut item.kind
                && let Some(asset) = images.get(image.0)
            {
                *image = setter.add_image(asset);
            }
        }
        for link in &mut drawing.links {
            link.tag = TagId(link.tag.0 + base);
        }
        for field in &mut drawing.fields {
            field.tag = TagId(field.tag.0 + base);
        }
        drawing
    }
}
