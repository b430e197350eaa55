//! In: the XML of an SVG. Out: whether it stays small when every reference in it is followed.
//!
//! A few lines of `<use>` in `<use>` can stand for billions of shapes.

use std::collections::BTreeMap;

use svg2pdf::usvg::roxmltree::{Document, Node};

use super::urls;

/// No drawing has more parts with its references followed.
/// Each takes about a kilobyte.
const MOST_PARTS: u64 = 200_000;
/// No chain of children and references is longer.
const LONGEST_CHAIN: usize = 400;

#[derive(Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// Nests too deep, or refers to itself.
    Deep,
    /// Too many parts.
    Heavy,
}

struct Scale<'d> {
    by_id: BTreeMap<&'d str, Node<'d, 'd>>,
    /// The parts of each element that was weighed: one element may be reached in many ways.
    known: BTreeMap<u32, Weight>,
}

/// Counts the parts of a drawing as they would be drawn.
pub(super) fn check(document: &Document) -> Result<(), Fault> {
    let by_id = document.descendants().filter_map(|node| Some((node.attribute("id")?, node))).collect();
    let mut scale = Scale { by_id, known: BTreeMap::new() };
    let parts = scale.weigh(document.root_element(), 0)?.parts;
    // A marker is drawn at every corner of the paths that carry it.
    let markers: u64 = elements(document, "marker")
        .map(|node| scale.weigh(node, 0).map(|weight| weight.parts))
        .sum::<Result<_, _>>()?;
    let corners: usize = document
        .descendants()
        .filter_map(|node| node.attribute("d").or_else(|| node.attribute("points")))
        .map(|path| path.len() / 4 + 1)
        .sum();
    if parts.saturating_add(markers.saturating_mul(corners as u64)) > MOST_PARTS {
        return Err(Fault::Heavy);
    }
    // Which elements a style sheet meets is not followed, so it may not name what costs most.
    let by_css = elements(document, "style").flat_map(|style| urls(style.text().unwrap_or("")));
    for target in by_css.filter_map(|url| scale.by_id.get(url.trim_start_matches('#'))) {
        if matches!(target.tag_name().name(), "pattern" | "mask" | "marker") {
            return Err(Fault::Heavy);
        }
    }
    Ok(())
}

fn elements<'d>(document: &'d Document<'d>, name: &'static str) -> impl Iterator<Item = Node<'d, 'd>> {
    document.descendants().filter(move |node| node.is_element() && node.tag_name().name() == name)
}

/// What an element comes to with its references followed.
#[derive(Debug, Clone, Copy)]
struct Weight {
    parts: u64,
    /// The longest chain of children and references below it.
    height: usize,
}

impl<'d> Scale<'d> {
    fn weigh(&mut self, node: Node<'d, 'd>, depth: usize) -> Result<Weight, Fault> {
        let known = self.known.get(&node.id().get()).copied();
        if depth + known.map_or(0, |known| known.height) > LONGEST_CHAIN {
            return Err(Fault::Deep);
        }
        if let Some(known) = known {
            return Ok(known);
        }
        let mut whole = Weight { parts: 1, height: 0 };
        for attribute in node.attributes() {
            let href = Some(attribute.value()).filter(|_| attribute.name() == "href");
            for target in href.into_iter().chain(urls(attribute.value())) {
                whole.add(self.weigh_target(target, depth)?);
            }
        }
        for child in node.children().filter(Node::is_element) {
            whole.add(self.weigh(child, depth + 1)?);
        }
        self.known.insert(node.id().get(), whole);
        Ok(whole)
    }

    fn weigh_target(&mut self, reference: &str, depth: usize) -> Result<Weight, Fault> {
        match self.by_id.get(reference.trim().trim_start_matches('#')).copied() {
            Some(target) => self.weigh(target, depth + 1),
            None => Ok(Weight { parts: 0, height: 0 }),
        }
    }
}

impl Weight {
    fn add(&mut self, below: Self) {
        self.parts = self.parts.saturating_add(below.parts);
        self.height = self.height.max(below.height + 1);
    }
}
