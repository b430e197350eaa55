//! In: the XML of an SVG. Out: whether it stays small when every reference in it is followed.
//!
//! A few lines of `<use>` in `<use>` can stand for billions of shapes.

use std::collections::BTreeMap;

use svg2pdf::usvg::roxmltree::{Document, Node};

use super::urls;

/// No drawing has more parts with its references followed.
const MOST_PARTS: u64 = 1_000_000;
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
    known: BTreeMap<&'d str, u64>,
}

/// Counts the parts of a drawing as they would be drawn.
pub(super) fn check(document: &Document) -> Result<(), Fault> {
    let by_id = document.descendants().filter_map(|node| Some((node.attribute("id")?, node))).collect();
    let mut scale = Scale { by_id, known: BTreeMap::new() };
    let parts = scale.weigh(document.root_element(), 0)?;
    // A marker is drawn at every corner of the paths that carry it.
    let markers: u64 = elements(document, "marker").map(|node| scale.weigh(node, 0)).sum::<Result<_, _>>()?;
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

impl<'d> Scale<'d> {
    fn weigh(&mut self, node: Node<'d, 'd>, depth: usize) -> Result<u64, Fault> {
        if depth > LONGEST_CHAIN {
            return Err(Fault::Deep);
        }
        let mut parts = 1_u64;
        for attribute in node.attributes() {
            if attribute.name() == "href" {
                parts = parts.saturating_add(self.weigh_target(attribute.value(), depth)?);
            }
            for url in urls(attribute.value()) {
                parts = parts.saturating_add(self.weigh_target(url, depth)?);
            }
        }
        for child in node.children().filter(Node::is_element) {
            parts = parts.saturating_add(self.weigh(child, depth + 1)?);
        }
        Ok(parts)
    }

    fn weigh_target(&mut self, reference: &str, depth: usize) -> Result<u64, Fault> {
        let id = reference.trim().trim_start_matches('#');
        let Some((id, target)) = self.by_id.get_key_value(id).map(|(id, node)| (*id, *node)) else { return Ok(0) };
        if let Some(parts) = self.known.get(id) {
            return Ok(*parts);
        }
        let parts = self.weigh(target, depth + 1)?;
        self.known.insert(id, parts);
        Ok(parts)
    }
}
