//! In: what layout has drawn at fixed places (covers, slides, charts). Out: the same in Word: decoration as vector shapes,
//! figures as pictures with their alternative text, words as text boxes in reading order.

use std::sync::Arc;

use super::drawing::{Base, Frame, bounds, shapes, text_box};
use super::elements::{Look, Paragraph};
use super::listed;
use super::writer::{Place, Writer};
use super::{media, outlines};
use crate::document::model::LinkTarget;
use crate::layout::page::{
    FormField, FormFieldKind, GlyphRun, ImageId, Item, ItemKind, LinkArea, LinkDestination, Path, Rect, TagId, TagKind,
    TagNode,
};
use crate::library::assets::{Font, ImageAsset};

use super::controls::{Control, Kind};

/// Where readers of Word files put the baseline of a line of exact height, as a part of it.
const BASELINE: f32 = 0.8;
/// Readers differ in how wide words are; lines break where they are told to, so a box may be wider than its words.
const SLACK: f32 = 1.15;

/// Items at fixed places, with what they refer to.
#[derive(Clone, Copy)]
pub struct Drawn<'d> {
    pub items: &'d [Item],
    pub tags: &'d [TagNode],
    /// The node whose words are written.
    pub root: usize,
    pub fonts: &'d [Arc<Font>],
    pub images: &'d [Arc<ImageAsset>],
    pub links: &'d [LinkArea],
    pub fields: &'d [FormField],
    pub base: Base,
    /// What is added to every place, pt.
    pub origin: (f32, f32),
}

/// A paragraph of layout's, as it stands.
#[derive(Debug)]
pub struct Set<'d> {
    pub node: usize,
    lines: Vec<Line<'d>>,
}

/// The words of a drawing: boxes before the title, the title, boxes after it.
#[derive(Debug, Default)]
pub struct Words {
    pub before: String,
    /// The runs of the title, where it stands, and its leading, pt.
    pub title: Option<(String, Rect, f32)>,
    pub after: String,
}

impl Words {
    /// All boxes; for drawings without a title.
    pub fn runs(&self) -> String {
        format!("{}{}", self.before, self.after)
    }
}

impl Set<'_> {
    /// Distance of baselines, pt.
    pub(super) fn leading(&self) -> f32 {
        let baselines: Vec<f32> = self.lines.iter().filter_map(|line| line.first()).map(|(run, _)| run.y).collect();
        match baselines.as_slice() {
            [first, .., last] => ((last - first) / (baselines.len() - 1) as f32).max(1.0),
            _ => self.size() * 1.25,
        }
    }

    /// The first baseline, pt.
    pub(super) fn first(&self) -> f32 {
        self.lines.first().and_then(|line| line.first()).map_or(0.0, |(run, _)| run.y)
    }

    /// The top of the first line, pt.
    pub(super) fn top(&self) -> f32 {
        self.first() - self.leading() * BASELINE
    }

    /// The bottom of the last line, pt.
    pub(super) fn bottom(&self) -> f32 {
        self.top() + self.leading() * self.count() as f32
    }

    /// How many lines there are.
    pub(super) fn count(&self) -> usize {
        self.lines.len()
    }

    /// True for words that are read off the shapes: heard, not seen.
    pub(super) fn is_unseen(&self) -> bool {
        self.lines.iter().flatten().all(|(run, _)| run.glyphs.is_empty())
    }

    fn size(&self) -> f32 {
        self.lines.iter().flatten().map(|(run, _)| run.size).fold(1.0, f32::max)
    }

    /// The box of the words, wider than they are.
    pub(super) fn rect(&self, mirrored: bool) -> Rect {
        let runs = || self.lines.iter().flatten();
        let left = runs().map(|(run, _)| run.x).fold(f32::MAX, f32::min);
        let right = runs().map(|(run, _)| run.x + run.advance()).fold(f32::MIN, f32::max);
        let first = runs().map(|(run, _)| run.y).next().unwrap_or(0.0);
        let leading = self.leading();
        let wide = (right - left).max(1.0);
        let own = wide * SLACK + 4.0;
        let x = if mirrored { left - (own - wide) } else { left };
        Rect { x, y: first - leading * BASELINE, width: own, height: leading * self.lines.len() as f32 }
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
            // Remarks belong to the figure and are said by its description.
            let remark = |TagId(tag)| of_figure(drawn.tags, owner(drawn.tags, tag));
            let shown = match item.kind {
                ItemKind::Path(_) => true,
                ItemKind::Glyphs(_) => item.tag.is_none_or(remark),
                ItemKind::Image { .. } => false,
            };
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
        // What belongs to a figure in flowing text is drawn with it (see `figure_of`).
        let drawn_with = |set: &Set<'_>| drawn.base == Base::Paragraph && of_figure(drawn.tags, set.node);
        let sets: Vec<Set<'_>> = sets(drawn).into_iter().filter(|set| !drawn_with(set)).collect();
        let mut rest = sets.as_slice();
        while let Some((set, after)) = rest.split_first() {
            // Indents count from the other side where words run from right to left: there each item has its own box.
            let rows = if self.mirrored() { Vec::new() } else { listed::rows(drawn, rest) };
            let listed: usize = rows.iter().map(Vec::len).sum();
            rest = if listed > 0 { &rest[listed..] } else { after };
            if Some(set.node) == title && words.title.is_none() {
                let rect = set.rect(self.mirrored());
                words.title = Some((self.set_runs(drawn, set), rect, set.leading()));
                continue;
            }
            let text = if listed > 0 { self.list_box(drawn, &rows) } else { self.set_box(drawn, set) };
            if words.title.is_some() { words.after.push_str(&text) } else { words.before.push_str(&text) }
        }
        for field in drawn.fields {
            let text = self.field_box(drawn, field);
            words.after.push_str(&text);
        }
        words
    }

    fn set_box(&mut self, drawn: &Drawn<'_>, set: &Set<'_>) -> String {
        let runs = self.set_runs(drawn, set);
        if set.is_unseen() {
            return runs;
        }
        let paragraph = Paragraph {
            style: style_of(&drawn.tags[set.node].kind),
            leading: Some(set.leading()),
            indent: Some((0.0, 0.0, 0.0)),
            before: Some(0.0),
            right_to_left: self.mirrored(),
            extra: "<w:pBdr><w:top w:val=\"nil\"/></w:pBdr>".into(),
            ..Paragraph::default()
        };
        let rect = set.rect(self.mirrored());
        let rect = Rect { x: rect.x + drawn.origin.0, y: rect.y + drawn.origin.1, height: rect.height + 2.0, ..rect };
        let frame = Frame { base: drawn.base, rect, id: self.id(), description: "", behind: false };
        text_box(&frame, &paragraph.with(&runs))
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
        let rect = Rect { x: field.rect.x + drawn.origin.0, y: field.rect.y + drawn.origin.1, ..field.rect };
        let frame = Frame { base: drawn.base, rect, id: self.id(), description: "", behind: false };
        text_box(&frame, &paragraph.with(&control))
    }
}

/// True where layout itself made the words.
pub fn is_made(tags: &[TagNode], node: usize) -> bool {
    std::iter::successors(tags.get(node), |node| node.parent.and_then(|TagId(id)| tags.get(id))).any(|n| n.generated)
}

fn of_figure(tags: &[TagNode], node: usize) -> bool {
    tags.get(node).is_some_and(|node| matches!(node.kind, TagKind::Figure { .. }))
}

/// The style of a paragraph at a fixed place.
fn style_of(kind: &TagKind) -> &'static str {
    match kind {
        TagKind::Heading(1) => "Title",
        TagKind::Heading(_) => "PlacedHead",
        _ => "Normal",
    }
}

/// The paragraphs below the root, in reading order.
pub fn sets<'d>(drawn: &Drawn<'d>) -> Vec<Set<'d>> {
    let mut order: Vec<usize> = Vec::new();
    let mut children: Vec<Vec<usize>> = vec![Vec::new(); drawn.tags.len()];
    for (index, node) in drawn.tags.iter().enumerate() {
        if let Some(parent) = node.parent.and_then(|TagId(id)| children.get_mut(id)) {
            parent.push(index);
        }
    }
    let mut waiting = vec![drawn.root];
    while let Some(node) = waiting.pop() {
        order.push(node);
        waiting.extend(children.get(node).into_iter().flatten().rev());
    }
    let mut lines: Vec<Vec<Line<'d>>> = (0..drawn.tags.len()).map(|_| Vec::new()).collect();
    for item in drawn.items {
        let (ItemKind::Glyphs(run), Some(tag)) = (&item.kind, item.tag) else { continue };
        let Some(lines) = lines.get_mut(owner(drawn.tags, tag.0)) else { continue };
        match lines.last_mut() {
            // Words without glyphs stand nowhere.
            Some(line) if run.glyphs.is_empty() || (line[0].0.y - run.y).abs() < 0.5 => line.push((run, tag)),
            _ => lines.push(vec![(run, tag)]),
        }
    }
    let mut found = Vec::new();
    for node in order {
        let mut sets: Vec<Set<'d>> = Vec::new();
        for line in lines.get_mut(node).map(std::mem::take).unwrap_or_default() {
            apart(line).into_iter().for_each(|part| take(&mut sets, node, part));
        }
        found.append(&mut sets);
    }
    found
}

/// Runs on one baseline in the order in which they are read.
type Line<'d> = Vec<(&'d GlyphRun, TagId)>;

/// Cuts a line where its words stand apart (a head in a column of its own). Runs that are read one after the other need
/// not stand side by side: words that run both ways do not.
fn apart(line: Line<'_>) -> Vec<Line<'_>> {
    let mut across: Vec<usize> = (0..line.len()).collect();
    across.sort_by(|a, b| line[*a].0.x.total_cmp(&line[*b].0.x));
    let mut parts = vec![0; line.len()];
    let (mut part, mut end) = (0, f32::MAX);
    for index in across {
        let run = line[index].0;
        if run.x > end + run.size * 0.8 {
            part += 1;
        }
        parts[index] = part;
        let right = run.x + run.advance();
        end = if end == f32::MAX { right } else { end.max(right) };
    }
    let mut cut: Vec<(usize, Line<'_>)> = Vec::new();
    for (part, run) in parts.into_iter().zip(line) {
        match cut.iter_mut().find(|(known, _)| *known == part) {
            Some((_, runs)) => runs.push(run),
            None => cut.push((part, vec![run])),
        }
    }
    cut.into_iter().map(|(_, runs)| runs).collect()
}

/// Adds a line to the set that it goes on with: the one above it.
fn take<'d>(sets: &mut Vec<Set<'d>>, node: usize, line: Line<'d>) {
    let span = |line: &Line<'_>| {
        let left = line.iter().map(|(run, _)| run.x).fold(f32::MAX, f32::min);
        (left, line.iter().map(|(run, _)| run.x + run.advance()).fold(f32::MIN, f32::max))
    };
    let (left, right) = span(&line);
    let baseline = line.first().map_or(0.0, |(run, _)| run.y);
    let over = |set: &&mut Set<'d>| {
        let above = set.lines.last().and_then(|line| line.first()).is_some_and(|(last, _)| last.y < baseline - 0.5);
        above && set.lines.iter().map(span).any(|(start, end)| left < end && right > start)
    };
    match sets.iter_mut().rev().find(over) {
        Some(set) => set.lines.push(line),
        None => sets.push(Set { node, lines: vec![line] }),
    }
}

/// The paragraph that a node of a line's part belongs to.
fn owner(tags: &[TagNode], node: usize) -> usize {
    let mut node = node;
    while let Some(found) = tags.get(node)
        && matches!(found.kind, TagKind::Link | TagKind::Span)
        && let Some(TagId(parent)) = found.parent
    {
        node = parent;
    }
    node
}
