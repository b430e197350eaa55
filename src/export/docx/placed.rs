//! In: what layout has drawn at fixed places (covers, slides, charts). Out: the same in Word: decoration as vector shapes,
//! figures as pictures with their alternative text, words as text boxes in reading order.

use std::sync::Arc;

use super::drawing::{Frame, bounds, shapes, text_box};
use super::elements::{BARE, Look, Paragraph};
use super::listed;
use super::sets::{Drawn, SPARE, Set, is_made, sets};
use super::writer::{Place, Writer};
use super::{media, outlines};
use crate::document::model::LinkTarget;
use crate::layout::page::{
    FormField, FormFieldKind, GlyphRun, ImageId, Item, ItemKind, LinkDestination, Path, Rect, TagId, TagKind,
};

use super::controls::{Control, Kind};

/// The words of a drawing: boxes before the title, the title, boxes after it.
#[derive(Debug, Default)]
pub struct Words {
    pub before: String,
    /// The runs of the title, where it stands, and its leading, pt.
    pub title: Option<(String, Rect, f32)>,
    pub after: String,
}

impl Words {
    fn add(&mut self, text: &str) {
        if self.title.is_some() { self.after.push_str(text) } else { self.before.push_str(text) }
    }

    /// All boxes; for drawings without a title.
    pub fn runs(&self) -> String {
        format!("{}{}", self.before, self.after)
    }
}

impl Writer<'_> {
    /// All untagged shapes, glyphs and pictures: decoration behind the words.
    pub fn decoration(&mut self, drawn: &Drawn<'_>, (width, height): (f32, f32)) -> String {
        let rect = Rect { x: drawn.origin.0, y: drawn.origin.1, width, height };
        let mut runs = String::new();
        let mut paths: Vec<Path> = Vec::new();
        let flush = |writer: &mut Self, paths: &mut Vec<Path>, runs: &mut String| {
            let frame = Frame { base: drawn.base, rect, id: writer.id(), description: "", behind: true };
            runs.push_str(&shapes(&frame, &paths.iter().collect::<Vec<_>>()));
            paths.clear();
        };
        for item in drawn.items {
            let figure = item.tag.is_some_and(|tag| self.alt_of(drawn, tag).is_some());
            match &item.kind {
                ItemKind::Image { image, rect, part } if item.tag.is_none() => {
                    flush(self, &mut paths, &mut runs);
                    runs.push_str(&self.placed_image(drawn, *image, (*rect, *part), ""));
                }
                ItemKind::Path(_) if !figure => paths.extend(outlines::paths(item, drawn.fonts)),
                ItemKind::Glyphs(_) if item.tag.is_none() => paths.extend(outlines::paths(item, drawn.fonts)),
                _ => {}
            }
        }
        flush(self, &mut paths, &mut runs);
        runs
    }

    /// Pictures that say something.
    pub fn figures(&mut self, drawn: &Drawn<'_>) -> String {
        let mut runs = String::new();
        for item in drawn.items {
            if let (ItemKind::Image { image, rect, part }, Some(tag)) = (&item.kind, item.tag) {
                let alt = self.alt_of(drawn, tag).unwrap_or_default();
                runs.push_str(&self.placed_image(drawn, *image, (*rect, *part), &alt));
            }
        }
        let mut seen: Vec<usize> = Vec::new();
        for item in drawn.items {
            let (ItemKind::Path(_), Some(TagId(tag))) = (&item.kind, item.tag) else { continue };
            let Some(alt) = self.alt_of(drawn, TagId(tag)).filter(|_| !seen.contains(&tag)) else { continue };
            seen.push(tag);
            let own: Vec<&Item> = drawn
                .items
                .iter()
                .filter(|item| item.tag == Some(TagId(tag)) && matches!(item.kind, ItemKind::Path(_)))
                .collect();
            runs.push_str(&self.shapes_as_picture(drawn, &own, &alt));
        }
        runs
    }

    /// The alternative text of a figure.
    fn alt_of(&self, drawn: &Drawn<'_>, TagId(tag): TagId) -> Option<String> {
        match &drawn.tags.get(tag)?.kind {
            TagKind::Figure { alt, .. } => Some(alt.clone()),
            _ => None,
        }
    }

    fn placed_image(
        &mut self,
        drawn: &Drawn<'_>,
        image: ImageId,
        (rect, part): (Rect, Option<Rect>),
        alt: &str,
    ) -> String {
        let Some(asset) = drawn.images.get(image.0) else { return String::new() };
        let rect = Rect { x: rect.x + drawn.origin.0, y: rect.y + drawn.origin.1, ..rect };
        self.image(&Arc::clone(asset), Place { rect, part, base: drawn.base }, alt, true)
    }

    /// Shapes of a figure as one vector picture.
    fn shapes_as_picture(&mut self, drawn: &Drawn<'_>, items: &[&Item], alt: &str) -> String {
        let segments: Vec<_> = items
            .iter()
            .filter_map(|item| match &item.kind {
                ItemKind::Path(path) => Some(path.segments.iter().copied()),
                _ => None,
            })
            .flatten()
            .collect();
        let Some(area) = bounds(&segments) else { return String::new() };
        // Strokes reach over their outlines.
        let area = Rect { x: area.x - 2.0, y: area.y - 2.0, width: area.width + 4.0, height: area.height + 4.0 };
        let moved: Vec<Item> = items
            .iter()
            .map(|item| {
                let mut drawing =
                    crate::layout::drawing::Drawing { items: vec![(*item).clone()], ..Default::default() };
                drawing.shift(-area.x, -area.y);
                drawing.items.remove(0)
            })
            .collect();
        match media::shapes(&moved.iter().collect::<Vec<_>>(), (area.width, area.height)) {
            Ok(picture) => {
                let rect = Rect { x: area.x + drawn.origin.0, y: area.y + drawn.origin.1, ..area };
                self.picture(&picture, Place { rect, part: None, base: drawn.base }, alt, true)
            }
            Err(problems) => {
                self.problems.0.extend(problems.0);
                String::new()
            }
        }
    }

    /// All shapes of a drawing, decoration and figure alike, as one vector picture of its size.
    pub fn figure_of(&mut self, drawn: &Drawn<'_>, size: (f32, f32)) -> String {
        let alt = drawn
            .tags
            .iter()
            .find_map(|node| match &node.kind {
                TagKind::Figure { alt, .. } => Some(alt.clone()),
                _ => None,
            })
            .unwrap_or_default();
        let mut items: Vec<Item> = Vec::new();
        for item in drawn.items {
            let shown = matches!(item.kind, ItemKind::Path(_))
                || (matches!(item.kind, ItemKind::Glyphs(_)) && item.tag.is_none());
            if shown {
                let paths = outlines::paths(item, drawn.fonts).into_iter();
                items.extend(paths.map(|path| Item { tag: None, kind: ItemKind::Path(path) }));
            }
        }
        match media::shapes(&items.iter().collect::<Vec<_>>(), size) {
            Ok(picture) => {
                let rect = Rect { x: drawn.origin.0, y: drawn.origin.1, width: size.0, height: size.1 };
                self.picture(&picture, Place { rect, part: None, base: drawn.base }, &alt, true)
            }
            Err(problems) => {
                self.problems.0.extend(problems.0);
                String::new()
            }
        }
    }

    /// The words of a drawing as text boxes in reading order; `title` is the node whose words are a paragraph of the body
    /// instead.
    pub fn boxes(&mut self, drawn: &Drawn<'_>, title: Option<usize>) -> Words {
        let mut words = Words::default();
        // Words that are read off the shapes, heard and not seen, stand in the next box: programs that hide them hide what
        // is anchored beside them, too.
        let mut heard = String::new();
        let sets = sets(drawn);
        let mut rest = sets.as_slice();
        while let Some((set, after)) = rest.split_first() {
            // Indents count from the other side where words run from right to left: there each item has its own box.
            let rows = if self.mirrored() { Vec::new() } else { listed::rows(drawn, rest) };
            let listed: usize = rows.iter().map(Vec::len).sum();
            rest = if listed > 0 { &rest[listed..] } else { after };
            if set.is_unseen() {
                heard.push_str(&self.set_runs(drawn, set));
                continue;
            }
            let heard = std::mem::take(&mut heard);
            if listed > 0 {
                words.add(&self.list_box(drawn, &rows, heard));
                continue;
            }
            let runs = heard + &self.set_runs(drawn, set);
            if Some(set.node) == title && words.title.is_none() {
                words.title = Some((runs, set.rect(self.mirrored()), set.leading()));
            } else {
                words.add(&self.set_box(drawn, set, &runs));
            }
        }
        if let Some(set) = sets.last().filter(|_| !heard.is_empty()) {
            words.add(&self.set_box(drawn, set, &heard));
        }
        for field in drawn.fields {
            words.after.push_str(&self.field_box(drawn, field));
        }
        words
    }

    /// A box of runs where a paragraph stands.
    fn set_box(&mut self, drawn: &Drawn<'_>, set: &Set<'_>, runs: &str) -> String {
        let paragraph = Paragraph {
            style: style_of(&drawn.tags[set.node].kind),
            leading: Some(set.leading()),
            indent: Some((0.0, 0.0, 0.0)),
            before: Some(0.0),
            right_to_left: self.mirrored(),
            extra: BARE.into(),
            ..Paragraph::default()
        };
        let rect = set.rect(self.mirrored());
        self.words_box(drawn, Rect { height: rect.height + SPARE, ..rect }, &paragraph.with(runs))
    }

    /// A box of paragraphs where they stand on the page.
    pub(super) fn words_box(&mut self, drawn: &Drawn<'_>, rect: Rect, paragraphs: &str) -> String {
        let rect = Rect { x: rect.x + drawn.origin.0, y: rect.y + drawn.origin.1, ..rect };
        let frame = Frame { base: drawn.base, rect, id: self.id(), description: "", behind: false };
        text_box(&frame, paragraphs)
    }

    pub(super) fn set_runs(&mut self, drawn: &Drawn<'_>, set: &Set<'_>) -> String {
        let mut runs = String::new();
        let mut link: Option<TagId> = None;
        let mut linked = String::new();
        let made = is_made(drawn.tags, set.node);
        for (index, line) in set.lines.iter().enumerate() {
            if index > 0 {
                linked.push_str("<w:r><w:br/></w:r>");
            }
            for (run, tag) in line {
                let text = run.text.replace('\n', "");
                let look = self.run_look(drawn, run, made || is_made(drawn.tags, tag.0));
                let xml = self.placed_words(&text, &look, run);
                let own = drawn.links.iter().any(|area| area.tag == *tag).then_some(*tag);
                if own != link {
                    let done = self.linked(drawn, link, std::mem::take(&mut linked));
                    runs.push_str(&done);
                    link = own;
                }
                linked.push_str(&xml);
            }
        }
        let done = self.linked(drawn, link, linked);
        runs.push_str(&done);
        runs
    }

    fn placed_words(&mut self, text: &str, look: &Look, run: &GlyphRun) -> String {
        let look = Look { right_to_left: run.right_to_left, hidden: run.glyphs.is_empty(), ..look.clone() };
        super::elements::run(text, &look)
    }

    fn run_look(&mut self, drawn: &Drawn<'_>, run: &GlyphRun, made: bool) -> Look {
        let face = drawn.fonts.get(run.font.0).and_then(|font| self.names.by_file(font, &run.text));
        let look = Look { made, ..Look::default() }.coloured(run.colour).sized(run.size);
        match face {
            Some(face) => Look { font: Some(face.name), bold: Some(face.bold), italic: face.italic, ..look },
            None => look,
        }
    }

    fn linked(&mut self, drawn: &Drawn<'_>, link: Option<TagId>, runs: String) -> String {
        let Some(area) = link.and_then(|tag| drawn.links.iter().find(|area| area.tag == tag)) else { return runs };
        let target = match &area.target {
            LinkDestination::Uri(uri) => LinkTarget::Uri(uri.clone()),
            LinkDestination::Page { page, .. } => {
                let at = self.pages.sections.iter().rfind(|section| section.pages.contains(page));
                let Some(section) = at.map(|section| section.id.clone()) else { return runs };
                LinkTarget::Section(section)
            }
        };
        self.link(&target, "", &runs)
    }

    fn field_box(&mut self, drawn: &Drawn<'_>, field: &FormField) -> String {
        let kind = match field.kind {
            FormFieldKind::Checkbox => Kind::Checkbox,
            FormFieldKind::Text | FormFieldKind::Signature => Kind::Text,
        };
        let control = self.control(&Control { kind, tag: &field.name, title: &field.label, shown: None });
        let leading = field.rect.height.clamp(8.0, 40.0);
        let paragraph = Paragraph { style: "Normal", leading: Some(leading), ..Paragraph::default() };
        self.words_box(drawn, field.rect, &paragraph.with(&control))
    }
}

/// The style of a paragraph at a fixed place.
fn style_of(kind: &TagKind) -> &'static str {
    match kind {
        TagKind::Heading(1) => "Title",
        TagKind::Heading(_) => "PlacedHead",
        _ => "Normal",
    }
}
