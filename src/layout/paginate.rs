//! In: laid-out sections that stayed in the document. Out: [`Pages`]: numbers, contents, links, outline and furniture
//! all from where things came to stand.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use crate::diagnostic::{Checked, Diagnostic};
use crate::layout::Context;
use crate::layout::compose::Making;
use crate::layout::contents::{self, Frame};
use crate::layout::frames;
use crate::layout::furniture::Furniture;
use crate::layout::links::resolve;
use crate::layout::look::{Grid, Look};
use crate::layout::mirror::mirror;
use crate::layout::page::{FontId, Item, ItemKind, Page, Pages, SectionPages, TagId, TagKind};
use crate::layout::plan::{Entry, Planned, plan};
use crate::layout::section::{FixedPage, LaidOutSection, Mark};
use crate::layout::setter::Setter;
use crate::layout::slide::rhythm;

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
    let (images, mut tags) = setter.finish()?;
    let links = resolve(&drawn, sections, &starts)?;
    let mut pages = Vec::with_capacity(total);
    for (index, (drawing, links)) in drawn.into_iter().zip(links).enumerate() {
        pages.push(Page {
            width: grid.page_width,
            height: grid.page_height,
            label: (index + 1).to_string(),
            items: drawing.items,
            links,
            fields: drawing.fields,
        });
    }
    if cx.meta.right_to_left {
        pages.iter_mut().for_each(mirror);
    }
    name_fields(&mut pages);
    let fonts = used_fonts(&mut pages, cx);
    frames::measure(&mut tags.nodes, &pages);
    let sections = section_pages(sections, &entries, &planned);
    Ok(Pages { pages, tags: tags.nodes, outline, fonts, images, sections })
}

/// Nothing may leave the page: what cannot be torn and is taller than one is refused.
fn refuse_too_tall(setter: &mut Setter<'_>, sections: &[&LaidOutSection], entries: &[Entry<'_>], limit: f32) {
    for entry in entries {
        let Entry::Strip { section, strip, .. } = entry else { continue };
        let around: f32 = strip.head.iter().chain(&strip.foot).map(|around| around.height).sum();
        if strip.height + around > limit + 0.1 {
            let id = &sections[*section].id;
            setter.report(
                Diagnostic::error("X006", format!("something in the section `{id}` is taller than a page"))
                    .help("say it in fewer words, or in parts"),
            );
        }
    }
}

/// Where a section begins: page index and distance from the page's top, pt.
pub(super) type Start = Option<(usize, f32)>;

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

/// Gives fields of one name (of a second signature block) names of their own: readers fill in all of one name at once.
fn name_fields(pages: &mut [Page]) {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for field in pages.iter_mut().flat_map(|page| &mut page.fields) {
        let times = seen.entry(field.name.clone()).or_default();
        *times += 1;
        if *times > 1 {
            field.name = format!("{}-{times}", field.name);
        }
    }
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
