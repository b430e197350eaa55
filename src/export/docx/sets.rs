//! In: what layout has drawn at fixed places, with its structure ([`Drawn`]). Out: [`Set`]s: its paragraphs in reading order, each line
//! as it stands.

use std::sync::Arc;

use super::drawing::Base;
use crate::layout::page::{FormField, GlyphRun, Item, ItemKind, LinkArea, Rect, TagId, TagKind, TagNode};
use crate::library::assets::{Font, ImageAsset};

/// Where readers of Word files put the baseline of a line of exact height, as a part of it.
const BASELINE: f32 = 0.8;
/// Readers differ in how wide words are; lines break where they are told to, so a box may be wider than its words.
const SLACK: f32 = 1.15;

/// What a box is taller than its lines, pt.
pub const SPARE: f32 = 2.0;

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
    pub(super) lines: Vec<Line<'d>>,
}

/// Runs on one baseline in the order in which they are read.
pub(super) type Line<'d> = Vec<(&'d GlyphRun, TagId)>;

impl Set<'_> {
    /// Distance of baselines, pt.
    pub fn leading(&self) -> f32 {
        let baselines: Vec<f32> = self.lines.iter().filter_map(|line| line.first()).map(|(run, _)| run.y).collect();
        match baselines.as_slice() {
            [first, .., last] => ((last - first) / (baselines.len() - 1) as f32).max(1.0),
            _ => self.size() * 1.25,
        }
    }

    /// The first baseline, pt.
    pub fn first(&self) -> f32 {
        self.lines.first().and_then(|line| line.first()).map_or(0.0, |(run, _)| run.y)
    }

    /// The top of the first line, pt.
    pub fn top(&self) -> f32 {
        self.first() - self.leading() * BASELINE
    }

    /// The bottom of the last line, pt.
    pub fn bottom(&self) -> f32 {
        self.top() + self.height()
    }

    /// pt.
    fn height(&self) -> f32 {
        self.leading() * self.count() as f32
    }

    /// How many lines there are.
    pub fn count(&self) -> usize {
        self.lines.len()
    }

    /// True for words that are read off the shapes: heard, not seen.
    pub fn is_unseen(&self) -> bool {
        self.lines.iter().flatten().all(|(run, _)| run.glyphs.is_empty())
    }

    fn size(&self) -> f32 {
        self.lines.iter().flatten().map(|(run, _)| run.size).fold(1.0, f32::max)
    }

    /// The box of the words, wider than they are.
    pub fn rect(&self, mirrored: bool) -> Rect {
        let runs = || self.lines.iter().flatten();
        let left = runs().map(|(run, _)| run.x).fold(f32::MAX, f32::min);
        let right = runs().map(|(run, _)| run.x + run.advance()).fold(f32::MIN, f32::max);
        let wide = (right - left).max(1.0);
        let own = wide * SLACK + 4.0;
        let x = if mirrored { left - (own - wide) } else { left };
        Rect { x, y: self.top(), width: own, height: self.height() }
    }
}

/// A node and those it stands in, with their indexes, from the inside outwards.
pub fn around(tags: &[TagNode], node: usize) -> impl Iterator<Item = (usize, &TagNode)> {
    let with_node = |index: usize| tags.get(index).map(|node| (index, node));
    std::iter::successors(with_node(node), move |(_, node)| with_node(node.parent?.0))
}

/// True where layout itself made the words.
pub fn is_made(tags: &[TagNode], node: usize) -> bool {
    around(tags, node).any(|(_, node)| node.generated)
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
    let mut above = around(tags, node)
        .skip_while(|(_, node)| matches!(node.kind, TagKind::Link | TagKind::Span) && node.parent.is_some());
    above.next().map_or(node, |(index, _)| index)
}
