//! In: pages. Out: nothing, or the first contradiction in them, so that the writer need not look again.

use crate::diagnostic::{Checked, Diagnostic};
use crate::layout::page::{
    FormField, GlyphRun, Item, ItemKind, LinkDestination, Page, Pages, Path, Rect, Segment, TagId,
};

/// The longest side that PDF 1.7 allows, pt (ISO 32000-1, annex C.2).
const LONGEST: f32 = 14400.0;

/// Makes sure that everything the pages name exists and that every number is one.
///
/// # Errors
/// `E003`: the pages contradict themselves, which is a fault of the program, not of the author.
pub fn check(pages: &Pages) -> Checked<()> {
    match contradiction(pages) {
        None => Ok(()),
        Some(what) => Err(Diagnostic::error("E003", format!("the laid-out document cannot be written: {what}"))
            .help("this is a fault in collateral; please report it with the template and the client file")
            .into()),
    }
}

fn contradiction(pages: &Pages) -> Option<String> {
    if pages.pages.is_empty() {
        return Some("it has no pages".to_owned());
    }
    if let Some(what) = tags(pages) {
        return Some(what.to_owned());
    }
    let known = |page: &usize| *page < pages.pages.len();
    if pages.outline.iter().any(|entry| !known(&entry.page) || !entry.y.is_finite()) {
        return Some("a bookmark leads nowhere".to_owned());
    }
    pages.pages.iter().enumerate().find_map(|(index, page)| {
        let what = page_fault(pages, page)?;
        Some(format!("on page {}, {what}", index + 1))
    })
}

/// The nodes must form one tree under node 0.
fn tags(pages: &Pages) -> Option<&'static str> {
    let tags = &pages.tags;
    if tags.first().is_none_or(|root| root.parent.is_some()) {
        return Some("its structure has no document");
    }
    let reaches_root = |start: usize| {
        let mut node = start;
        // A way to the root is shorter than the number of nodes, or it goes in a circle.
        for _ in 0..tags.len() {
            match tags.get(node) {
                None => return false,
                Some(tag) => match tag.parent {
                    Some(TagId(parent)) => node = parent,
                    None => return node == 0,
                },
            }
        }
        false
    };
    // Usually parents come first, and one look each is enough.
    let in_order = tags.iter().enumerate().skip(1).all(|(index, tag)| tag.parent.is_some_and(|TagId(at)| at < index));
    if !in_order && !(0..tags.len()).all(reaches_root) {
        return Some("its structure is no tree");
    }
    None
}

fn page_fault(pages: &Pages, page: &Page) -> Option<&'static str> {
    let side = |length: f32| length.is_finite() && (1.0..=LONGEST).contains(&length);
    if !side(page.width) || !side(page.height) {
        return Some("the page has an impossible size");
    }
    let linked = page.links.iter().all(|link| {
        let exists = match &link.target {
            LinkDestination::Uri(_) => true,
            LinkDestination::Page { page, y } => *page < pages.pages.len() && y.is_finite(),
        };
        exists && finite(link.rect) && link.tag.0 < pages.tags.len()
    });
    if !linked {
        return Some("a link leads nowhere");
    }
    let fillable = |field: &FormField| finite(field.rect) && field.tag.0 < pages.tags.len() && !field.name.is_empty();
    if !page.fields.iter().all(fillable) {
        return Some("a field has an impossible place or no name");
    }
    page.items.iter().find_map(|item| item_fault(pages, item))
}

fn item_fault(pages: &Pages, item: &Item) -> Option<&'static str> {
    if item.tag.is_some_and(|tag| tag.0 >= pages.tags.len()) {
        return Some("an item belongs to no part of the structure");
    }
    let sound = match &item.kind {
        ItemKind::Glyphs(run) => run.font.0 < pages.fonts.len() && run_is_sound(run),
        ItemKind::Path(path) => path_is_sound(path),
        ItemKind::Image { image, rect, part } => {
            image.0 < pages.images.len() && finite(*rect) && part.is_none_or(is_part)
        }
    };
    (!sound).then_some("an item has an impossible place or names something that is not there")
}

fn run_is_sound(run: &GlyphRun) -> bool {
    let placed = [run.x, run.y, run.size].iter().all(|number| number.is_finite()) && run.size > 0.0;
    placed
        && run.glyphs.iter().all(|glyph| {
            [glyph.advance, glyph.dx, glyph.dy].iter().all(|number| number.is_finite())
                && run.text.get(glyph.text.clone()).is_some()
        })
}

fn path_is_sound(path: &Path) -> bool {
    // An outline that does not start somewhere has no place.
    let starts = matches!(path.segments.first(), None | Some(Segment::MoveTo(..)));
    starts
        && path.stroke.is_none_or(|stroke| stroke.width.is_finite() && stroke.width >= 0.0)
        && path.segments.iter().all(|segment| match *segment {
            Segment::MoveTo(x, y) | Segment::LineTo(x, y) => x.is_finite() && y.is_finite(),
            Segment::CurveTo(x1, y1, x2, y2, x, y) => [x1, y1, x2, y2, x, y].iter().all(|number| number.is_finite()),
            Segment::Close => true,
        })
}

/// True for a part of an image with something in it, within the image.
fn is_part(part: Rect) -> bool {
    let within = |from: f32, size: f32| from >= 0.0 && size > 0.0 && from + size <= 1.0 + 1e-4;
    finite(part) && within(part.x, part.width) && within(part.y, part.height)
}

fn finite(rect: Rect) -> bool {
    [rect.x, rect.y, rect.width, rect.height].iter().all(|number| number.is_finite())
}
