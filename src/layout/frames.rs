//! In: pages and the structure of what stands on them. Out: for each figure, the box that its shapes and images take on
//! their page.

use crate::layout::page::{ItemKind, Page, Rect, Segment, TagKind, TagNode};

/// Measures figures where they have come to stand: a drawing is moved after its figure was made.
pub(super) fn measure(tags: &mut [TagNode], pages: &[Page]) {
    for page in pages {
        let mut found: Vec<(usize, Rect)> = Vec::new();
        for item in &page.items {
            let Some(tag) = item.tag.filter(|tag| is_figure(tags, tag.0)) else { continue };
            let Some(area) = area(&item.kind) else { continue };
            match found.iter_mut().find(|(known, _)| *known == tag.0) {
                Some((_, rect)) => *rect = joined(*rect, area),
                None => found.push((tag.0, area)),
            }
        }
        for (tag, area) in found {
            if let Some(TagKind::Figure { rect, .. }) = tags.get_mut(tag).map(|node| &mut node.kind) {
                *rect = Some(area);
            }
        }
    }
}

fn is_figure(tags: &[TagNode], tag: usize) -> bool {
    tags.get(tag).is_some_and(|node| matches!(node.kind, TagKind::Figure { rect: Some(_), .. }))
}

fn area(kind: &ItemKind) -> Option<Rect> {
    let path = match kind {
        ItemKind::Image { rect, .. } => return Some(*rect),
        ItemKind::Glyphs(_) => return None,
        ItemKind::Path(path) => path,
    };
    let point = |x: f32, y: f32| Rect { x, y, width: 0.0, height: 0.0 };
    let points = path.segments.iter().filter_map(|segment| match *segment {
        Segment::MoveTo(x, y) | Segment::LineTo(x, y) | Segment::CurveTo(.., x, y) => Some(point(x, y)),
        Segment::Close => None,
    });
    points.reduce(joined)
}

fn joined(a: Rect, b: Rect) -> Rect {
    let (x, y) = (a.x.min(b.x), a.y.min(b.y));
    let right = (a.x + a.width).max(b.x + b.width);
    let bottom = (a.y + a.height).max(b.y + b.height);
    Rect { x, y, width: right - x, height: bottom - y }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::drawing::rectangle;
    use crate::layout::page::{Item, Path, TagId};

    #[test]
    fn a_figure_is_as_large_as_what_it_shows() {
        let zero = Rect { x: 0.0, y: 0.0, width: 0.0, height: 0.0 };
        let kind = TagKind::Figure { alt: "a".into(), rect: Some(zero) };
        let mut tags = vec![TagNode { kind, parent: None, generated: false }];
        let item = |tag, rect| {
            let path = Path { segments: rectangle(rect, 0.0), fill: None, stroke: None };
            Item { tag, kind: ItemKind::Path(path) }
        };
        let at = |x, y| Rect { x, y, width: 10.0, height: 5.0 };
        let items =
            vec![item(Some(TagId(0)), at(20.0, 30.0)), item(Some(TagId(0)), at(50.0, 10.0)), item(None, at(0.0, 0.0))];
        let page =
            Page { width: 100.0, height: 100.0, label: "1".into(), items, links: Vec::new(), fields: Vec::new() };
        measure(&mut tags, &[page]);
        let whole = Rect { x: 20.0, y: 10.0, width: 40.0, height: 25.0 };
        assert!(matches!(&tags[0].kind, TagKind::Figure { rect: Some(rect), .. } if *rect == whole));
    }
}
