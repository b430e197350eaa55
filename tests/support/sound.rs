//! In: a laid-out document. Out: what is wrong with its pages, as sentences; nothing where they are sound.

use std::collections::BTreeMap;

use collateral::document::model::{BlockKind, Kind, Section, SectionLayout, plain};
use collateral::layout::page::{GlyphRun, Item, ItemKind, LinkDestination, Page, Pages, TagId, TagKind};
use collateral::pipeline::LaidOut;

use super::squeeze;

/// Everything that must hold of any document, whichever of its sections are in.
pub fn faults(laid_out: &LaidOut) -> Vec<String> {
    let look = Look { laid_out, pages: &laid_out.pages };
    let mut faults = look.blank_pages();
    faults.extend(look.sections());
    faults.extend(look.contents());
    faults.extend(look.links());
    faults.extend(look.leaving_the_page());
    if laid_out.document.kind == Kind::Proposal {
        faults.extend(look.heads_at_the_foot());
    }
    faults
}

struct Look<'a> {
    laid_out: &'a LaidOut,
    pages: &'a Pages,
}

/// One numbered section as the contents must show it.
struct Expected {
    id: String,
    title: String,
    page: usize,
}

impl Look<'_> {
    fn blank_pages(&self) -> Vec<String> {
        let says = |page: &Page| {
            tagged(page).any(|(_, item)| matches!(&item.kind, ItemKind::Glyphs(run) if !run.text.trim().is_empty()))
        };
        let blank = self.pages.pages.iter().filter(|page| !says(page));
        blank.map(|page| format!("page {} is blank", page.label)).collect()
    }

    /// The sections on pages are those of the plan, in its order, and begin where their first heading stands.
    fn sections(&self) -> Vec<String> {
        let planned: Vec<&str> =
            self.laid_out.plan.sections.iter().filter(|s| s.included).map(|s| s.id.as_str()).collect();
        let drawn: Vec<&str> = self.pages.sections.iter().map(|s| s.id.as_str()).collect();
        let mut faults = Vec::new();
        if planned != drawn {
            faults.push(format!("the plan has {planned:?}, the pages have {drawn:?}"));
        }
        let marked: Vec<String> =
            self.pages.outline.iter().filter(|e| e.level == 1).map(|e| squeeze(&e.title)).collect();
        let titles: Vec<String> =
            self.laid_out.document.sections.iter().filter_map(title).map(|t| squeeze(&t)).collect();
        if marked != titles {
            faults.push(format!("bookmarks are {marked:?}, titles {titles:?}"));
        }
        for entry in self.pages.outline.iter().filter(|entry| entry.level == 1) {
            let words = self.heading_words(entry.page);
            if !words.contains(&squeeze(&entry.title)) && !self.has_own_title(&entry.title) {
                faults.push(format!(
                    "the bookmark `{}` leads to page {}, which has no such title",
                    entry.title,
                    entry.page + 1
                ));
            }
        }
        faults
    }

    /// True where the front matter names the section otherwise than its first heading.
    fn has_own_title(&self, wanted: &str) -> bool {
        self.laid_out.document.sections.iter().any(|s| s.title.as_deref().map(plain).as_deref() == Some(wanted))
    }

    fn heading_words(&self, page: usize) -> Vec<String> {
        let mut words: BTreeMap<usize, String> = BTreeMap::new();
        // The number before a title is no part of its words.
        let said = tagged(&self.pages.pages[page]).filter(|(tag, _)| !self.pages.tags[tag.0].generated);
        for (tag, item) in said {
            if let (ItemKind::Glyphs(run), Some(TagId(node))) =
                (&item.kind, self.above(tag, |kind| matches!(kind, TagKind::Heading(1))))
            {
                words.entry(node).or_default().push_str(&squeeze(&run.text));
            }
        }
        words.into_values().collect()
    }

    /// The contents list the numbered sections that are in, and no others, each with the page where it begins.
    fn contents(&self) -> Vec<String> {
        if !self.pages.tags.iter().any(|tag| tag.kind == TagKind::Contents) {
            return Vec::new();
        }
        let mut entries: BTreeMap<usize, String> = BTreeMap::new();
        for (tag, item) in self.pages.pages.iter().flat_map(tagged) {
            if let (ItemKind::Glyphs(run), Some(TagId(node))) =
                (&item.kind, self.above(tag, |kind| *kind == TagKind::ContentsItem))
            {
                entries.entry(node).or_default().push_str(&squeeze(&run.text));
            }
        }
        let found: Vec<String> = entries.into_values().collect();
        let expected = self.numbered();
        let wanted: Vec<String> = expected
            .iter()
            .enumerate()
            .map(|(index, entry)| format!("{}{}{}", index + 1, squeeze(&entry.title), entry.page + 1))
            .collect();
        let mut faults = Vec::new();
        if found != wanted {
            faults.push(format!("the contents say {found:?} instead of {wanted:?}"));
        }
        let leads: Vec<usize> = self.links_of(TagKind::ContentsItem).map(|(_, page)| page).collect();
        let pages: Vec<usize> = expected.iter().map(|entry| entry.page).collect();
        if leads != pages {
            faults.push(format!("the contents lead to pages {leads:?} instead of {pages:?}"));
        }
        // Where a section begins is where its title can be read.
        for entry in &expected {
            let Some(section) = self.laid_out.document.sections.iter().find(|s| s.id == entry.id) else { continue };
            let head = first_heading(section).map(|head| squeeze(&head)).unwrap_or_default();
            if !self.heading_words(entry.page).contains(&head) {
                faults.push(format!(
                    "`{}` is said to begin on page {}, where its title is not",
                    entry.id,
                    entry.page + 1
                ));
            }
        }
        faults
    }

    fn numbered(&self) -> Vec<Expected> {
        let numbered = self
            .laid_out
            .document
            .sections
            .iter()
            .filter(|section| section.layout != Some(SectionLayout::Cover) && first_heading(section).is_some());
        let expected = numbered.map(|section| Expected {
            id: section.id.clone(),
            title: title(section).unwrap_or_default(),
            page: self.pages.sections.iter().find(|s| s.id == section.id).map_or(usize::MAX - 1, |s| s.pages.start),
        });
        expected.collect()
    }

    /// No link leads to a section that is out, and those within the document lead to where a section begins.
    fn links(&self) -> Vec<String> {
        let mut faults = Vec::new();
        // The model's own words for its links.
        let model = format!("{:?}", self.laid_out.document);
        for target in model.split("target: Section(\"").skip(1).filter_map(|rest| rest.split('"').next()) {
            if !self.pages.sections.iter().any(|section| section.id == target) {
                faults.push(format!("a link leads to `{target}`, which is out"));
            }
        }
        for (from, to) in self.links_of(TagKind::Document) {
            if !self.pages.sections.iter().any(|section| section.pages.start == to) {
                faults.push(format!("a link on page {} leads to page {}, where no section begins", from + 1, to + 1));
            }
        }
        faults
    }

    /// Links into the document from below a node of a kind: the page that they stand on, and the one they lead to.
    fn links_of(&self, kind: TagKind) -> impl Iterator<Item = (usize, usize)> {
        let links = self
            .pages
            .pages
            .iter()
            .enumerate()
            .flat_map(|(from, page)| page.links.iter().map(move |link| (from, link)));
        links.filter_map(move |(from, link)| match link.target {
            LinkDestination::Page { page, .. } if self.above(link.tag, |k| *k == kind).is_some() => Some((from, page)),
            _ => None,
        })
    }

    /// Below each heading, or beside it from its first line on, something of its section follows on its page.
    fn heads_at_the_foot(&self) -> Vec<String> {
        let mut faults = Vec::new();
        for page in &self.pages.pages {
            let items: Vec<(TagId, &Item)> = tagged(page).collect();
            for (index, (tag, item)) in items.iter().enumerate() {
                let ItemKind::Glyphs(run) = &item.kind else { continue };
                let Some(head) = self.above(*tag, |kind| matches!(kind, TagKind::Heading(_))) else { continue };
                let first = items.iter().find_map(|(tag, item)| match &item.kind {
                    ItemKind::Glyphs(run)
                        if self.above(*tag, |kind| matches!(kind, TagKind::Heading(_))) == Some(head) =>
                    {
                        Some(run.y)
                    }
                    _ => None,
                });
                let top = first.unwrap_or(run.y);
                let section = self.above(*tag, |kind| *kind == TagKind::Section);
                let follows = items[index + 1..].iter().any(|(tag, item)| {
                    self.above(*tag, |kind| *kind == TagKind::Section) == section
                        && self.above(*tag, |kind| matches!(kind, TagKind::Heading(_))).is_none()
                        && foot(item) > top - 0.5
                });
                if !follows {
                    faults.push(format!("`{}` stands at the foot of page {}", run.text, page.label));
                }
            }
        }
        faults
    }

    /// No words stand outside the page or over its foot's edge.
    fn leaving_the_page(&self) -> Vec<String> {
        let mut faults = Vec::new();
        for page in &self.pages.pages {
            for item in &page.items {
                let ItemKind::Glyphs(run) = &item.kind else { continue };
                let width: f32 = run.glyphs.iter().map(|glyph| glyph.advance).sum();
                let inside = run.x > -0.5 && run.x + width < page.width + 0.5 && run.y > 0.0 && run.y < page.height;
                if !inside && item.tag.is_some() {
                    faults.push(format!("`{}` leaves page {}", run.text, page.label));
                }
            }
        }
        faults
    }

    /// The node itself or the nearest above it of which `is` holds.
    fn above(&self, tag: TagId, is: impl Fn(&TagKind) -> bool) -> Option<TagId> {
        above(self.pages, tag, is)
    }
}

/// The node itself or the nearest above it of which `is` holds.
pub fn above(pages: &Pages, mut tag: TagId, is: impl Fn(&TagKind) -> bool) -> Option<TagId> {
    loop {
        let node = &pages.tags[tag.0];
        if is(&node.kind) {
            return Some(tag);
        }
        tag = node.parent?;
    }
}

/// What belongs to the document's structure, in reading order.
pub fn tagged(page: &Page) -> impl Iterator<Item = (TagId, &Item)> {
    page.items.iter().filter_map(|item| Some((item.tag?, item)))
}

/// The words of a page's glyphs, furniture too.
pub fn runs(page: &Page) -> impl Iterator<Item = &GlyphRun> {
    page.items.iter().filter_map(|item| match &item.kind {
        ItemKind::Glyphs(run) => Some(run),
        _ => None,
    })
}

fn foot(item: &Item) -> f32 {
    use collateral::layout::page::Segment::{Close, CurveTo, LineTo, MoveTo};
    match &item.kind {
        ItemKind::Glyphs(run) => run.y,
        ItemKind::Image { rect, .. } => rect.y + rect.height,
        ItemKind::Path(path) => path
            .segments
            .iter()
            .map(|segment| match *segment {
                MoveTo(_, y) | LineTo(_, y) | CurveTo(.., y) => y,
                Close => 0.0,
            })
            .fold(0.0, f32::max),
    }
}

fn first_heading(section: &Section) -> Option<String> {
    section.blocks.iter().find_map(|block| match &block.kind {
        BlockKind::Heading { level: 1, text } => Some(plain(text)),
        _ => None,
    })
}

fn title(section: &Section) -> Option<String> {
    section.title.as_deref().map(plain).or_else(|| first_heading(section))
}
