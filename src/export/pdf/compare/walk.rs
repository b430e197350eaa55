//! In: a file. Out: its pages, annotations, nodes and bookmarks in order, each with its anchor.

use super::canon::{Canon, Kind, entries};
use crate::export::pdf::readback::syntax::Dict;
use crate::export::pdf::readback::{File, Object};

/// Pages of a file.
const MOST_PAGES: usize = 20_000;
/// Annotations, nodes of the structure and bookmarks of a file, each.
const MOST_NODES: usize = 1_000_000;
/// How deep the trees of pages and of the structure nest.
const DEEPEST: usize = 64;
/// What a page takes from the nodes above it (ISO 32000-1, table 30).
const INHERITED: [&str; 4] = ["Resources", "MediaBox", "CropBox", "Rotate"];

/// Objects in an entry that pages inherit.
const LARGEST_INHERITED: usize = 200;

/// One page: its own entries and those that it inherits.
pub struct Page<'f> {
    pub dict: Dict<'f>,
    /// Its annotations: their numbers, or `None` for one that is no object of its own.
    pub annotations: Vec<Object<'f>>,
}

/// Lists the pages and gives them and their annotations anchors; `None` where the tree is damaged.
pub fn pages<'f>(file: &'f File<'f>, canon: &mut Canon<'f>) -> Option<Vec<Page<'f>>> {
    let Some(Object::Dict(catalog)) = file.catalog() else { return None };
    let mut pages = Vec::new();
    let root = catalog.get("Pages")?.clone();
    page_tree(canon, &root, &Dict::default(), 0, &mut pages)?;
    let mut count = 0;
    for page in &pages {
        for annotation in &page.annotations {
            if let Object::Ref(number) = annotation {
                canon.anchor(*number, Kind::Annotation, count)?;
            }
            count += 1;
        }
    }
    (!pages.is_empty() && count < MOST_NODES).then_some(pages)
}

/// The number of objects in an object, references not followed.
fn size(object: &Object<'_>) -> usize {
    match object {
        Object::Array(items) => 1 + items.iter().map(size).sum::<usize>(),
        Object::Dict(dict) => 1 + dict.0.iter().map(|(_, value)| size(value)).sum::<usize>(),
        _ => 1,
    }
}

fn page_tree<'f>(
    canon: &mut Canon<'f>,
    node: &Object<'f>,
    above: &Dict<'f>,
    depth: usize,
    pages: &mut Vec<Page<'f>>,
) -> Option<()> {
    let Object::Ref(number) = node else { return None };
    let file = canon.file;
    let Some((Object::Dict(mut dict), false)) = canon.entry(*number) else { return None };
    entries(&dict)?;
    for key in INHERITED {
        if let (None, Some(value)) = (dict.get(key), above.get(key)) {
            // It is copied for each page: a large one would make a small file take much memory.
            if size(value) > LARGEST_INHERITED {
                return None;
            }
            let value = value.clone();
            let key = above.0.iter().find(|(name, _)| *name == key.as_bytes())?.0;
            dict.0.push((key, value));
        }
    }
    if dict.get("Kids").is_none() {
        canon.anchor(*number, Kind::Page, pages.len())?;
        let annotations = match dict.get("Annots") {
            None => Vec::new(),
            Some(list) => match file.resolve(list)? {
                Object::Array(items) => items,
                Object::Null => Vec::new(),
                _ => return None,
            },
        };
        pages.push(Page { dict, annotations });
        return (pages.len() < MOST_PAGES).then_some(());
    }
    if depth > DEEPEST {
        return None;
    }
    let Some(Object::Array(kids)) = file.value(&dict, "Kids") else { return None };
    let kids = kids.clone();
    kids.iter().try_for_each(|kid| page_tree(canon, kid, &dict, depth + 1, pages))
}

/// Lists the numbers of the structure's nodes in reading order, the root first, and gives them anchors.
pub fn nodes<'f>(canon: &mut Canon<'f>, root: &Object<'f>) -> Option<Vec<u32>> {
    let mut nodes = Vec::new();
    node(canon, root, 0, true, &mut nodes)?;
    Some(nodes)
}

fn node<'f>(canon: &mut Canon<'f>, object: &Object<'f>, depth: usize, root: bool, nodes: &mut Vec<u32>) -> Option<()> {
    if depth > DEEPEST || nodes.len() > MOST_NODES {
        return None;
    }
    match object {
        Object::Array(kids) => kids.iter().try_for_each(|kid| node(canon, kid, depth + 1, false, nodes)),
        Object::Dict(dict) => {
            dict.get("K").map_or(Some(()), |kids| node(canon, &kids.clone(), depth + 1, false, nodes))
        }
        Object::Ref(number) => {
            let (object, _) = canon.entry(*number)?;
            // What has no kind is a reference to content, or an array.
            let is_node = root || object.dict().is_some_and(|dict| dict.get("S").is_some());
            if is_node {
                canon.anchor(*number, Kind::Node, nodes.len())?;
                nodes.push(*number);
            }
            match is_node || matches!(object, Object::Array(_)) {
                true => node(canon, &object, depth + 1, false, nodes),
                false => Some(()),
            }
        }
        _ => Some(()),
    }
}

/// Lists the numbers of the bookmarks, the outline first, and gives them anchors.
pub fn bookmarks<'f>(canon: &mut Canon<'f>, root: u32) -> Option<Vec<u32>> {
    let mut found = Vec::new();
    let mut open = vec![root];
    while let Some(number) = open.pop() {
        canon.anchor(number, Kind::Bookmark, found.len())?;
        found.push(number);
        if found.len() > MOST_NODES {
            return None;
        }
        let object = canon.file.object(number)?;
        let dict = object.dict()?;
        // The next one is read after what is below this one.
        for key in ["Next", "First"] {
            if let Some(next) = dict.get(key) {
                open.push(next.reference()?);
            }
        }
    }
    Some(found)
}
