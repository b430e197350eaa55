//! In: drawn pages and where sections begin. Out: the areas that a reader can follow; X004 for those that lead nowhere.

use crate::diagnostic::{Checked, Diagnostic, Problems};
use crate::document::model::LinkTarget;
use crate::layout::drawing::{Drawing, PendingLink};
use crate::layout::page::{LinkArea, LinkDestination};
use crate::layout::paginate::Start;
use crate::layout::section::LaidOutSection;

/// Turns links into areas; all that lead nowhere are reported.
pub(super) fn resolve(
    drawn: &[Drawing],
    sections: &[&LaidOutSection],
    starts: &[Start],
) -> Checked<Vec<Vec<LinkArea>>> {
    let mut problems = Vec::new();
    let mut area = |link: &PendingLink| {
        let target = match &link.target {
            LinkTarget::Uri(uri) => Some(LinkDestination::Uri(uri.clone())),
            LinkTarget::Section(id) => {
                let index = sections.iter().position(|section| section.id == *id);
                let start = index.and_then(|index| starts[index]);
                start.map(|(page, y)| LinkDestination::Page { page, y: (y - 8.0).max(0.0) })
            }
        };
        if target.is_none() {
            problems.push(nowhere(link));
        }
        target.map(|target| LinkArea { rect: link.rect, target, tag: link.tag, contents: link.contents.clone() })
    };
    let links = drawn.iter().map(|page| page.links.iter().filter_map(&mut area).collect()).collect();
    if problems.is_empty() { Ok(links) } else { Err(Problems(problems)) }
}

fn nowhere(link: &PendingLink) -> Diagnostic {
    let id = match &link.target {
        LinkTarget::Section(id) | LinkTarget::Uri(id) => id,
    };
    let mut problem =
        Diagnostic::error("X004", format!("`{}` leads to `#{id}`, which is not in this document", link.contents))
            .help(format!("put the sentence between `{{% if has_section(\"{id}\") %}}` and `{{% endif %}}`"));
    problem.place.clone_from(&link.place);
    problem
}
