//! In: lines, shapes and images with their positions. Out: a [`Drawing`]: items and links in painting order, which can
//! be moved as a whole.

use crate::diagnostic::Place;
use crate::document::model::LinkTarget;
use crate::layout::lines::{Line, Lines};
use crate::layout::page::{FormField, ImageId, Item, ItemKind, Path, Rect, Segment, Stroke, TagId, TagKind};
use crate::layout::tags::Tags;
use crate::library::brand::Colour;

/// Items, links and fields, relative to the drawing's own top left corner.
#[derive(Debug, Clone, Default)]
pub struct Drawing {
    pub items: Vec<Item>,
    pub links: Vec<PendingLink>,
    pub fields: Vec<FormField>,
}

/// A link whose page is not known yet.
#[derive(Debug, Clone)]
pub struct PendingLink {
    pub rect: Rect,
    pub target: LinkTarget,
    pub tag: TagId,
    pub contents: String,
    pub place: Option<Place>,
}

/// The structure node of a text and those of the links in it, so that a text over several lines has each once.
#[derive(Debug, Clone)]
pub struct Owner {
    tag: Option<TagId>,
    links: Vec<(u16, TagId)>,
    place: Option<Place>,
}

impl Owner {
    /// Words that belong to the node `tag`.
    pub fn of(tag: TagId) -> Self {
        Self { tag: Some(tag), links: Vec::new(), place: None }
    }

    /// Words that are decoration (repeated heads, furniture).
    pub fn artifact() -> Self {
        Self { tag: None, links: Vec::new(), place: None }
    }

    /// Says where the words stand in the source, for links that lead nowhere.
    pub fn at(mut self, place: &Place) -> Self {
        self.place = Some(place.clone());
        self
    }

    fn node(&mut self, tags: &mut Tags, lines: &Lines, part: u16) -> Option<TagId> {
        let tag = self.tag?;
        if part == 0 {
            return Some(tag);
        }
        if let Some((_, node)) = self.links.iter().find(|(known, _)| *known == part) {
            return Some(*node);
        }
        let generated = lines.parts.get(usize::from(part)).is_some_and(|info| info.generated);
        let node =
            if generated { tags.generated(Some(tag), TagKind::Span) } else { tags.add(Some(tag), TagKind::Link) };
        self.links.push((part, node));
        Some(node)
    }
}

impl Drawing {
    /// Draws one line with its start at `x` and its baseline at `y`.
    pub fn line(&mut self, tags: &mut Tags, owner: &mut Owner, lines: &Lines, line: &Line, x: f32, y: f32) {
        for piece in &line.pieces {
            let mut run = piece.run.clone();
            run.x += x;
            run.y += y;
            self.items.push(Item { tag: owner.node(tags, lines, piece.part), kind: ItemKind::Glyphs(run) });
        }
        for (image, left) in &line.images {
            let rect = Rect { x: x + left, y: y - image.height, width: image.width, height: image.height };
            let figure = TagKind::Figure { alt: image.alt.clone(), rect: Some(rect) };
            let tag = owner.tag.map(|tag| tags.add(Some(tag), figure));
            self.items.push(Item { tag, kind: ItemKind::Image { image: image.image, rect, part: None } });
        }
        for (part, rect) in line.part_boxes(lines.ascent, lines.descent) {
            let link = lines.parts.get(usize::from(part)).and_then(|info| info.link.as_ref());
            let (Some((target, contents)), Some(tag)) = (link, owner.node(tags, lines, part)) else { continue };
            self.links.push(PendingLink {
                rect: Rect { x: rect.x + x, y: rect.y + y, ..rect },
                target: target.clone(),
                tag,
                contents: contents.clone(),
                place: owner.place.clone(),
            });
        }
    }

    /// Draws all lines below each other, the first one's box at `top`; gives the bottom.
    pub fn lines(&mut self, tags: &mut Tags, owner: &mut Owner, lines: &Lines, x: f32, top: f32) -> f32 {
        for (index, line) in lines.lines.iter().enumerate() {
            let baseline = top + lines.leading * index as f32 + lines.baseline;
            self.line(tags, owner, lines, line, x, baseline);
        }
        top + lines.height()
    }

    /// Draws decoration.
    pub fn path(&mut self, path: Path) {
        self.items.push(Item { tag: None, kind: ItemKind::Path(path) });
    }

    /// Fills a rectangle.
    pub fn fill(&mut self, rect: Rect, colour: Colour) {
        self.path(Path { segments: rectangle(rect, 0.0), fill: Some(colour), stroke: None });
    }

    /// Fills a rectangle with round corners.
    pub fn fill_round(&mut self, rect: Rect, radius: f32, colour: Colour) {
        self.path(Path { segments: rectangle(rect, radius), fill: Some(colour), stroke: None });
    }

    /// Draws a horizontal rule; `y` is its middle.
    pub fn rule(&mut self, x: f32, y: f32, width: f32, thickness: f32, colour: Colour) {
        let segments = vec![Segment::MoveTo(x, y), Segment::LineTo(x + width, y)];
        self.path(Path { segments, fill: None, stroke: Some(Stroke { colour, width: thickness }) });
    }

    /// Fills a circle.
    pub fn circle(&mut self, x: f32, y: f32, radius: f32, colour: Colour) {
        let rect = Rect { x: x - radius, y: y - radius, width: 2.0 * radius, height: 2.0 * radius };
        self.fill_round(rect, radius, colour);
    }

    /// Places an image; without a tag it is decoration.
    pub fn image(&mut self, image: ImageId, rect: Rect, tag: Option<TagId>) {
        self.image_part(image, None, rect, tag);
    }

    /// Places a part of an image.
    pub fn image_part(&mut self, image: ImageId, part: Option<Rect>, rect: Rect, tag: Option<TagId>) {
        self.items.push(Item { tag, kind: ItemKind::Image { image, rect, part } });
    }

    /// Adds another drawing, moved.
    pub fn add(&mut self, other: Drawing, dx: f32, dy: f32) {
        let mut other = other;
        other.shift(dx, dy);
        self.items.append(&mut other.items);
        self.links.append(&mut other.links);
        self.fields.append(&mut other.fields);
    }

    /// Moves everything.
    pub fn shift(&mut self, dx: f32, dy: f32) {
        for item in &mut self.items {
            shift_item(&mut item.kind, dx, dy);
        }
        let rects = self.links.iter_mut().map(|link| &mut link.rect);
        for rect in rects.chain(self.fields.iter_mut().map(|field| &mut field.rect)) {
            rect.x += dx;
            rect.y += dy;
        }
    }

    /// The same as decoration: nothing tagged, nothing to follow.
    pub fn as_artifact(&self) -> Self {
        let items = self.items.iter().map(|item| Item { tag: None, kind: item.kind.clone() }).collect();
        Self { items, ..Self::default() }
    }
}

fn shift_item(kind: &mut ItemKind, dx: f32, dy: f32) {
    match kind {
        ItemKind::Glyphs(run) => {
            run.x += dx;
            run.y += dy;
        }
        ItemKind::Image { rect, .. } => {
            rect.x += dx;
            rect.y += dy;
        }
        ItemKind::Path(path) => {
            for segment in &mut path.segments {
                *segment = match *segment {
                    Segment::MoveTo(x, y) => Segment::MoveTo(x + dx, y + dy),
                    Segment::LineTo(x, y) => Segment::LineTo(x + dx, y + dy),
                    Segment::CurveTo(a, b, c, d, x, y) => {
                        Segment::CurveTo(a + dx, b + dy, c + dx, d + dy, x + dx, y + dy)
                    }
                    Segment::Close => Segment::Close,
                };
            }
        }
    }
}

/// How far the control points of a quarter circle stand from its ends, over its radius.
pub(super) const QUARTER: f32 = 0.552_284_8;

/// The outline of a rectangle with corners of `radius` pt.
pub fn rectangle(rect: Rect, radius: f32) -> Vec<Segment> {
    let Rect { x, y, width, height } = rect;
    let (right, bottom) = (x + width, y + height);
    let r = radius.min(width / 2.0).min(height / 2.0).max(0.0);
    if r == 0.0 {
        return vec![
            Segment::MoveTo(x, y),
            Segment::LineTo(right, y),
            Segment::LineTo(right, bottom),
            Segment::LineTo(x, bottom),
            Segment::Close,
        ];
    }
    let k = r * (1.0 - QUARTER);
    vec![
        Segment::MoveTo(x + r, y),
        Segment::LineTo(right - r, y),
        Segment::CurveTo(right - k, y, right, y + k, right, y + r),
        Segment::LineTo(right, bottom - r),
        Segment::CurveTo(right, bottom - k, right - k, bottom, right - r, bottom),
        Segment::LineTo(x + r, bottom),
        Segment::CurveTo(x + k, bottom, x, bottom - k, x, bottom - r),
        Segment::LineTo(x, y + r),
        Segment::CurveTo(x, y + k, x + k, y, x + r, y),
        Segment::Close,
    ]
}
