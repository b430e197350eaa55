//! In: a page laid out from left to right. Out: the same page for words that run from right to left.
//!
//! Layout knows one direction: everything starts at the left, lines of words too (see [`crate::layout::text`]). This is
//! the one place that turns a page around. What stands at the left comes to stand at the right; drawn shapes turn with
//! their page, words and pictures are moved as they are.

use crate::layout::page::{Item, ItemKind, Page, Rect, Segment};

/// Turns a page around its middle. The order of its items, and so of its words, stays.
pub(super) fn mirror(page: &mut Page) {
    let width = page.width;
    mirror_items(&mut page.items, width);
    page.links.iter_mut().for_each(|link| turn(&mut link.rect, width));
    page.fields.iter_mut().for_each(|field| turn(&mut field.rect, width));
}

/// Turns items around the middle of what is `width` pt wide.
pub(super) fn mirror_items(items: &mut [Item], width: f32) {
    for item in items {
        match &mut item.kind {
            ItemKind::Glyphs(run) => run.x = width - run.x - run.advance(),
            ItemKind::Image { rect, .. } => turn(rect, width),
            ItemKind::Path(path) => path.segments.iter_mut().for_each(|segment| turn_segment(segment, width)),
        }
    }
}

fn turn(rect: &mut Rect, width: f32) {
    rect.x = width - rect.x - rect.width;
}

fn turn_segment(segment: &mut Segment, width: f32) {
    *segment = match *segment {
        Segment::MoveTo(x, y) => Segment::MoveTo(width - x, y),
        Segment::LineTo(x, y) => Segment::LineTo(width - x, y),
        Segment::CurveTo(a, b, c, d, x, y) => Segment::CurveTo(width - a, b, width - c, d, width - x, y),
        Segment::Close => Segment::Close,
    };
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::drawing::rectangle;
    use crate::layout::page::GlyphRun;
    use crate::layout::page::{
        FontId, FormField, FormFieldKind, Glyph, ImageId, Item, LinkArea, LinkDestination, Path, TagId,
    };
    use crate::library::brand::Colour;

    fn page() -> Page {
        let rect = Rect { x: 10.0, y: 5.0, width: 30.0, height: 8.0 };
        let ink = Colour { r: 0, g: 0, b: 0 };
        let glyph = |text| Glyph { id: 3, advance: 6.0, dx: 0.0, dy: 0.0, text };
        let run = GlyphRun {
            font: FontId(0),
            size: 10.0,
            colour: ink,
            x: 10.0,
            y: 20.0,
            text: "ab".into(),
            right_to_left: false,
            glyphs: vec![glyph(0..1), glyph(1..2)],
        };
        let kinds = [
            ItemKind::Glyphs(run),
            ItemKind::Image { image: ImageId(0), rect, part: None },
            ItemKind::Path(Path { segments: rectangle(rect, 0.0), fill: Some(ink), stroke: None }),
        ];
        let target = LinkDestination::Page { page: 0, y: 3.0 };
        let kind = FormFieldKind::Text;
        Page {
            width: 100.0,
            height: 50.0,
            label: "1".into(),
            items: kinds.into_iter().map(|kind| Item { tag: None, kind }).collect(),
            links: vec![LinkArea { rect, target, tag: TagId(0), contents: "a".into() }],
            fields: vec![FormField { rect, kind, name: "a".into(), label: "a".into(), tag: TagId(0) }],
        }
    }

    #[test]
    fn what_stands_at_the_left_comes_to_stand_at_the_right() {
        let mut page = page();
        mirror(&mut page);
        let turned = Rect { x: 60.0, y: 5.0, width: 30.0, height: 8.0 };
        assert_eq!((page.links[0].rect, page.fields[0].rect), (turned, turned));
        let [ItemKind::Glyphs(run), ItemKind::Image { rect, .. }, ItemKind::Path(path)] =
            [&page.items[0].kind, &page.items[1].kind, &page.items[2].kind]
        else {
            panic!("the order of items changed")
        };
        assert_eq!((run.x, run.text.as_str(), run.glyphs[0].text.clone()), (78.0, "ab", 0..1), "moved, not turned");
        assert_eq!(*rect, turned);
        assert_eq!(path.segments.first(), Some(&Segment::MoveTo(90.0, 5.0)));
    }

    #[test]
    fn turning_twice_gives_the_page_back() {
        let mut twice = page();
        mirror(&mut twice);
        mirror(&mut twice);
        assert_eq!(format!("{twice:?}"), format!("{:?}", page()));
    }
}
