//! In: outline, page labels and link areas. Out: their objects in the document.

use lopdf::{Dictionary, Document, Object, ObjectId, dictionary};

use super::strings::{text_string, uri};
use super::structure::box_of;
use crate::layout::page::{LinkArea, LinkDestination, OutlineEntry, Page, Pages};

/// Points at a height of a page, with the reader's own zoom.
fn destination(pages: &[Page], ids: &[ObjectId], page: usize, y: f32) -> Object {
    let top = ((pages[page].height - y) * 100.0).round() / 100.0;
    Object::Array(vec![ids[page].into(), "XYZ".into(), Object::Null, Object::Real(top), Object::Null])
}

/// Adds the annotation of a link; `struct_parent` is its key in the parent tree.
pub fn link(
    doc: &mut Document,
    pages: &Pages,
    ids: &[ObjectId],
    (page, link): (usize, &LinkArea),
    struct_parent: usize,
) -> ObjectId {
    let mut dict = dictionary! {
        "Type" => "Annot",
        "Subtype" => "Link",
        "Rect" => box_of(link.rect, pages.pages[page].height),
        "Border" => vec![0.into(), 0.into(), 0.into()],
        // Printed with the page (PDF/A allows nothing else); a link without a border prints nothing.
        "F" => 4,
        "Contents" => text_string(&link.contents),
        "StructParent" => struct_parent as i64,
    };
    match &link.target {
        LinkDestination::Uri(address) => dict.set("A", dictionary! { "S" => "URI", "URI" => uri(address) }),
        LinkDestination::Page { page, y } => dict.set("Dest", destination(&pages.pages, ids, *page, *y)),
    }
    doc.add_object(dict)
}

/// Adds the bookmarks, nested by level; `None` where there are none.
pub fn outline(doc: &mut Document, pages: &Pages, ids: &[ObjectId]) -> Option<ObjectId> {
    let entries = &pages.outline;
    if entries.is_empty() {
        return None;
    }
    let root = doc.new_object_id();
    let own: Vec<ObjectId> = entries.iter().map(|_| doc.new_object_id()).collect();
    let parents = parents(entries);
    for (index, entry) in entries.iter().enumerate() {
        let parent = parents[index].map_or(root, |parent| own[parent]);
        let mut dict = dictionary! {
            "Title" => text_string(&entry.title),
            "Parent" => parent,
            "Dest" => destination(&pages.pages, ids, entry.page, entry.y),
        };
        let siblings: Vec<usize> = (0..entries.len()).filter(|other| parents[*other] == parents[index]).collect();
        if let Ok(at) = siblings.binary_search(&index) {
            if let Some(previous) = at.checked_sub(1) {
                dict.set("Prev", own[siblings[previous]]);
            }
            if let Some(next) = siblings.get(at + 1) {
                dict.set("Next", own[*next]);
            }
        }
        family(&mut dict, &parents, &own, Some(index));
        doc.objects.insert(own[index], dict.into());
    }
    let mut dict = dictionary! { "Type" => "Outlines" };
    family(&mut dict, &parents, &own, None);
    doc.objects.insert(root, dict.into());
    Some(root)
}

/// For each entry the entry above it: the nearest before it with a smaller level.
fn parents(entries: &[OutlineEntry]) -> Vec<Option<usize>> {
    let mut open: Vec<usize> = Vec::new();
    let mut parents = Vec::with_capacity(entries.len());
    for (index, entry) in entries.iter().enumerate() {
        while open.last().is_some_and(|above| entries[*above].level >= entry.level) {
            open.pop();
        }
        parents.push(open.last().copied());
        open.push(index);
    }
    parents
}

/// Sets first and last child, and the number of entries that show when all are unfolded.
fn family(dict: &mut Dictionary, parents: &[Option<usize>], own: &[ObjectId], parent: Option<usize>) {
    let mut children = (0..parents.len()).filter(|child| parents[*child] == parent);
    let Some(first) = children.next() else { return };
    let last = children.next_back().unwrap_or(first);
    let below = |mut child: usize| loop {
        if parents[child] == parent {
            return true;
        }
        match parents[child] {
            Some(above) => child = above,
            None => return false,
        }
    };
    dict.set("First", own[first]);
    dict.set("Last", own[last]);
    dict.set("Count", (0..parents.len()).filter(|child| below(*child)).count() as i64);
}

/// Makes the number tree of page labels: runs of counted pages as ranges, all other labels as they are.
pub fn page_labels(pages: &[Page]) -> Object {
    let mut numbers = Vec::new();
    let mut expected: Option<u32> = None;
    for (index, page) in pages.iter().enumerate() {
        let number = page.label.parse::<u32>().ok().filter(|n| *n > 0 && n.to_string() == page.label);
        let label = match number {
            Some(number) if expected == Some(number) => None,
            Some(number) => Some(dictionary! { "S" => "D", "St" => i64::from(number) }),
            None => Some(dictionary! { "P" => text_string(&page.label) }),
        };
        if let Some(label) = label {
            numbers.extend([Object::Integer(index as i64), label.into()]);
        }
        expected = number.and_then(|number| number.checked_add(1));
    }
    dictionary! { "Nums" => Object::Array(numbers) }.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(level: u8) -> OutlineEntry {
        OutlineEntry { title: String::new(), level, page: 0, y: 0.0 }
    }

    #[test]
    fn levels_nest_even_where_one_is_skipped() {
        let entries = [entry(1), entry(3), entry(2), entry(3), entry(1)];
        assert_eq!(parents(&entries), [None, Some(0), Some(0), Some(2), None]);
    }

    #[test]
    fn counts_include_all_descendants() {
        let own: Vec<ObjectId> = (1..5).map(|id| (id, 0)).collect();
        let mut dict = Dictionary::new();
        family(&mut dict, &[None, Some(0), Some(1), None], &own, None);
        assert_eq!(dict.get(b"Count").and_then(Object::as_i64).ok(), Some(4));
        assert_eq!(dict.get(b"Last").and_then(Object::as_reference).ok(), Some((4, 0)));
    }

    #[test]
    fn labels_that_count_share_a_range() {
        let page = |label: &str| Page {
            width: 1.0,
            height: 1.0,
            label: label.to_owned(),
            items: Vec::new(),
            links: Vec::new(),
            fields: Vec::new(),
        };
        let labels = page_labels(&["Cover", "1", "2", "07", "4"].map(page));
        let text = format!("{labels:?}");
        let numbers = labels.as_dict().and_then(|dict| dict.get(b"Nums")).and_then(Object::as_array).expect("numbers");
        assert_eq!(numbers.len(), 8, "cover, 1–2, 07 and 4: {text}");
    }
}
