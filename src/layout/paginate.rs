//! In: laid-out sections that stayed in the document. Out: [`Pages`]: numbers, contents, links, outline and furniture
//! all from where things came to stand.

use std::borrow::Cow;
use std::ops::Range;

use crate::diagnostic::{Checked, Diagnostic, Problems};
use crate::document::model::{LinkTarget, plain};
use crate::layout::Context;
use crate::layout::contents::{self, Frame};
use crate::layout::drawing::{Drawing, Owner, PendingLink};
use crate::layout::furniture::Furniture;
use crate::layout::look::{Grid, Look};
use crate::layout::page::{
    FontId, Item, ItemKind, LinkArea, LinkDestination, OutlineEntry, Page, Pages, SectionPages, TagId, TagKind,
};
use crate::layout::plan::{Entry, Planned, plan};
use crate::layout::section::{FixedPage, LaidOutSection, Mark};
use crate::layout::slide::rhythm;
use crate::layout::text::Setter;

/// Puts sections on pages. Cheap: nothing of the sections is shaped again.
///
/// # Errors
/// X004 for a link to a section that is not in the document; X002 for furniture that no font can show.
pub fn paginate(sections: &[&LaidOutSection], cx: &Context<'_>) -> Checked<Pages> {
    let mut setter = Setter::new(cx);
    let document = setter.tags.add(None, TagKind::Document);
    let look = Look::proposal(cx.brand);
    let grid = Grid::new(cx.brand, cx.page.size());
    let bases = join_tags(&mut setter, sections, document);
    let entries = entries(&mut setter, &look, sections, &bases);
    let planned = plan(&entries, grid.height);
    refuse_too_tall(&mut setter, sections, &entries, grid.height);
    let starts = starts(&entries, &planned, sections.len(), grid);
    let furniture = Furniture::new(&mut setter, &look, grid);
    let versions = versions(sections, &planned);
    let mut making = Making {
        sections,
        entries: &entries,
        bases: &bases,
        starts: &starts,
        versions: &versions,
        grid,
        outline: Vec::new(),
    };
    let total = planned.len();
    let mut drawn = Vec::with_capacity(total);
    for (index, page) in planned.iter().enumerate() {
        drawn.push(making.page(&mut setter, page, index, total, &furniture));
    }
    let outline = making.outline;
    let (images, tags) = setter.finish()?;
    let links = resolve(&drawn, sections, &starts)?;
    let mut pages = Vec::with_capacity(total);
    for (index, (drawing, links)) in drawn.into_iter().zip(links).enumerate() {
        pages.push(Page {
            width: grid.page_width,
            height: grid.page_height,
            label: (index + 1).to_string(),
            items: drawing.items,
            links,
        });
    }
    let fonts = used_fonts(&mut pages, cx);
    let sections = section_pages(sections, &entries, &planned);
    Ok(Pages { pages, tags: tags.nodes, outline, fonts, images, sections })
}

/// Nothing may leave the page: what cannot be torn and is taller than one is refused.
fn refuse_too_tall(setter: &mut Setter<'_>, sections: &[&LaidOutSection], entries: &[Entry<'_>], limit: f32) {
    for entry in entries {
        let Entry::Strip { section, strip, .. } = entry else { continue };
        let head = strip.head.as_ref().map_or(0.0, |head| head.height);
        if strip.height + head > limit + 0.1 {
            let id = &sections[*section].id;
            setter.report(
                Diagnostic::error("X006", format!("something in the section `{id}` is taller than a page"))
                    .help("say it in fewer words, or in parts"),
            );
        }
    }
}

/// Where a section begins: page index and distance from the page's top, pt.
type Start = Option<(usize, f32)>;

/// Joins the sections' trees below the document; gives the id of each section's node 0.
fn join_tags(setter: &mut Setter<'_>, sections: &[&LaidOutSection], document: TagId) -> Vec<usize> {
    let mut bases = Vec::with_capacity(sections.len());
    for section in sections {
        let base = setter.tags.nodes.len();
        bases.push(base);
        setter.tags.nodes.extend(section.tags.nodes.iter().cloned().map(|mut node| {
            node.parent = Some(node.parent.map_or(document, |TagId(id)| TagId(id + base)));
            node
        }));
    }
    bases
}

/// Everything to place, in order: contents spread out, space between sections set.
fn entries<'a>(
    setter: &mut Setter<'_>,
    look: &Look,
    sections: &[&'a LaidOutSection],
    bases: &[usize],
) -> Vec<Entry<'a>> {
    let mut entries = Vec::new();
    for (index, section) in sections.iter().enumerate() {
        entries.extend((0..section.pages.len()).map(|page| Entry::Page { section: index, index: page }));
        let gaps = || section.strips.iter().skip(1).map(|strip| strip.before).sum();
        let whole = section.whole.then(|| (crate::layout::flow::height(&section.strips), gaps()));
        for (at, strip) in section.strips.iter().enumerate() {
            let frame = strip.marks.iter().find_map(|mark| match mark {
                Mark::Contents { x, width, tag: TagId(id) } => {
                    Some(Frame { x: *x, width: *width, tag: TagId(id + bases[index]) })
                }
                _ => None,
            });
            if let Some(frame) = frame {
                // What hangs beside the contents is drawn on an empty strip of its own above them.
                entries.push(Entry::Strip { section: index, strip: Cow::Borrowed(strip), whole: None, made: false });
                for (number, mut made) in contents::strips(setter, look, sections, frame).into_iter().enumerate() {
                    made.keep |= number == 0;
                    entries.push(Entry::Strip { section: index, strip: Cow::Owned(made), whole: None, made: true });
                }
                continue;
            }
            let mut strip = Cow::Borrowed(strip);
            if at == 0 {
                // Sections flow: the space above a title is that of the boldest break within a page.
                strip.to_mut().before = 10.0 * look.unit;
            }
            entries.push(Entry::Strip { section: index, strip, whole: whole.filter(|_| at == 0), made: false });
        }
    }
    entries
}

fn section_of(entry: &Entry<'_>) -> usize {
    match entry {
        Entry::Page { section, .. } | Entry::Strip { section, .. } => *section,
    }
}

fn starts(entries: &[Entry<'_>], planned: &[Planned], count: usize, grid: Grid) -> Vec<Start> {
    let mut starts: Vec<Start> = vec![None; count];
    for (page, plan) in planned.iter().enumerate() {
        match plan {
            Planned::Fixed { section, .. } => {
                starts[*section].get_or_insert((page, 0.0));
            }
            Planned::Flow(placed) => {
                for place in placed {
                    starts[section_of(&entries[place.entry])].get_or_insert((page, grid.top + place.y));
                }
            }
        }
    }
    starts
}

/// For each page, its version: neighbours that are drawn whole (slides) stand on different grounds.
fn versions(sections: &[&LaidOutSection], planned: &[Planned]) -> Vec<usize> {
    let fixed = |(page, plan): (usize, &Planned)| match plan {
        Planned::Fixed { section, index } => sections[*section].pages.get(*index).map(|fixed| (page, fixed)),
        Planned::Flow(_) => None,
    };
    let (pages, drawn): (Vec<usize>, Vec<&FixedPage>) = planned.iter().enumerate().filter_map(fixed).unzip();
    let mut versions = vec![0; planned.len()];
    for (page, version) in pages.into_iter().zip(rhythm::choose(&drawn)) {
        versions[page] = version;
    }
    versions
}

/// What the drawing of pages needs to know.
struct Making<'m, 'a> {
    sections: &'m [&'a LaidOutSection],
    entries: &'m [Entry<'a>],
    bases: &'m [usize],
    starts: &'m [Start],
    /// Which version each page takes, for pages that are drawn whole.
    versions: &'m [usize],
    grid: Grid,
    outline: Vec<OutlineEntry>,
}

impl Making<'_, '_> {
    fn page(
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
                for place in placed {
                    self.strip(setter, &mut page, place.entry, index, (place.y, place.head));
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

    fn strip(&mut self, setter: &mut Setter<'_>, page: &mut Drawing, entry: usize, index: usize, at: (f32, bool)) {
        let Entry::Strip { section, strip, made, .. } = &self.entries[entry] else { return };
        let (y, head) = at;
        let (x, top) = (self.grid.margin, self.grid.top + y);
        if let Some(head) = strip.head.as_ref().filter(|_| head) {
            page.add(self.global(setter, *section, &head.drawing), x, top - head.height);
        }
        if self.starts[*section] == Some((index, top))
            && self.sections[*section].pages.is_empty()
            && let Some(title) = &self.sections[*section].title
        {
            self.outline.push(OutlineEntry { title: plain(title), level: 1, page: index, y: top });
        }
        let own = !made;
        let drawing = if own { self.global(setter, *section, &strip.drawing) } else { strip.drawing.clone() };
        let drawn = page.items.len();
        let mut numbers = Drawing::default();
        for mark in &strip.marks {
            self.mark(setter, &mut numbers, *section, mark, (index, x, top), own);
        }
        page.add(drawing, x, top);
        // A number is read before its title.
        let _ = page.items.splice(drawn..drawn, numbers.items);
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
        drawing
    }
}

/// Turns links into areas; all that lead nowhere are reported.
fn resolve(drawn: &[Drawing], sections: &[&LaidOutSection], starts: &[Start]) -> Checked<Vec<Vec<LinkArea>>> {
    let mut problems = Vec::new();
    let mut area = |link: &PendingLink| {
        let target = match &link.target {
            LinkTarget::Uri(uri) => Some(LinkDestination::Uri(uri.clone())),
            LinkTarget::Section(id) => {
                let index = sections.iter().position(|section| section.id == *id);
                let start = index.and_then(|index| starts[index]);
                start.map(|(page, y)| LinkDestination::Page { page, y: (y - 8.0).max(0.0) })
            }
        };
        if target.is_none() {
            problems.push(nowhere(link));
        }
        target.map(|target| LinkArea { rect: link.rect, target, tag: link.tag, contents: link.contents.clone() })
    };
    let links = drawn.iter().map(|page| page.links.iter().filter_map(&mut area).collect()).collect();
    if problems.is_empty() { Ok(links) } else { Err(Problems(problems)) }
}

fn nowhere(link: &PendingLink) -> Diagnostic {
    let id = match &link.target {
        LinkTarget::Section(id) | LinkTarget::Uri(id) => id,
    };
    let mut problem =
        Diagnostic::error("X004", format!("`{}` leads to `#{id}`, which is not in this document", link.contents))
            .help(format!("put the sentence between `{{% if has_section(\"{id}\") %}}` and `{{% endif %}}`"));
    problem.place.clone_from(&link.place);
    problem
}

/// Keeps the fonts that some page uses, numbered anew.
fn used_fonts(pages: &mut [Page], cx: &Context<'_>) -> Vec<std::sync::Arc<crate::library::assets::Font>> {
    let all: Vec<_> = cx.fonts.faces().collect();
    let mut new_ids: Vec<Option<usize>> = vec![None; all.len()];
    let runs = |item: &Item| match &item.kind {
        ItemKind::Glyphs(run) => Some(run.font.0),
        _ => None,
    };
    for id in pages.iter().flat_map(|page| page.items.iter().filter_map(runs)) {
        new_ids[id] = Some(0);
    }
    let mut fonts = Vec::new();
    for (id, new_id) in new_ids.iter_mut().enumerate().filter(|(_, new_id)| new_id.is_some()) {
        *new_id = Some(fonts.len());
        fonts.push(std::sync::Arc::clone(all[id]));
    }
    for item in pages.iter_mut().flat_map(|page| &mut page.items) {
        if let ItemKind::Glyphs(run) = &mut item.kind {
            run.font = FontId(new_ids[run.font.0].unwrap_or(0));
        }
    }
    fonts
}

fn section_pages(sections: &[&LaidOutSection], entries: &[Entry<'_>], planned: &[Planned]) -> Vec<SectionPages> {
    let mut ranges: Vec<Option<Range<usize>>> = vec![None; sections.len()];
    let mut touch = |section: usize, page: usize| {
        let range = ranges[section].get_or_insert(page..page + 1);
        range.end = range.end.max(page + 1);
    };
    for (page, plan) in planned.iter().enumerate() {
        match plan {
            Planned::Fixed { section, .. } => touch(*section, page),
            Planned::Flow(placed) => placed.iter().for_each(|place| touch(section_of(&entries[place.entry]), page)),
        }
    }
    let named = sections.iter().zip(ranges);
    named.filter_map(|(section, pages)| Some(SectionPages { id: section.id.clone(), pages: pages? })).collect()
}
