//! In: the tags of the pages and the marked sequences of their content. Out: the structure tree (ISO 32000-1, 14.7).

use lopdf::{Dictionary, Document, Object, ObjectId, dictionary};

use super::strings::{ascii, text_string};
use crate::layout::page::{Pages, Rect, TagId, TagKind};

/// What the structure tree points at.
pub struct Marked<'a> {
    pub pages: &'a Pages,
    /// Objects of the pages.
    pub page_ids: &'a [ObjectId],
    /// For each page the node of each marked sequence; the index is the MCID.
    pub sequences: &'a [Vec<TagId>],
    /// Link annotations with their page index and node, in the order of their StructParent.
    pub annotations: &'a [(usize, TagId, ObjectId)],
}

/// The standard structure type of a node (ISO 32000-1, 14.8.4).
pub fn type_name(kind: &TagKind) -> &'static str {
    match kind {
        TagKind::Document => "Document",
        TagKind::Section => "Sect",
        TagKind::Group => "Div",
        TagKind::Heading(level) => ["H1", "H2", "H3", "H4", "H5", "H6"][usize::from((*level).clamp(1, 6)) - 1],
        TagKind::Paragraph => "P",
        TagKind::List { .. } => "L",
        TagKind::ListItem => "LI",
        TagKind::Label => "Lbl",
        TagKind::ListBody => "LBody",
        TagKind::Table => "Table",
        TagKind::TableHead => "THead",
        TagKind::TableBody => "TBody",
        TagKind::Row => "TR",
        TagKind::HeaderCell { .. } => "TH",
        TagKind::DataCell => "TD",
        TagKind::Figure { .. } => "Figure",
        TagKind::Caption => "Caption",
        TagKind::Link => "Link",
        TagKind::Contents => "TOC",
        TagKind::ContentsItem => "TOCI",
        TagKind::Quote => "BlockQuote",
        TagKind::Note => "Note",
        TagKind::Form => "Form",
        TagKind::Span => "Span",
    }
}

/// Adds the structure tree and the parent tree; gives the id of the tree's root.
///
/// Nodes that hold nothing are left out, and table cells stay: a row must have all its columns.
pub fn structure(doc: &mut Document, marked: &Marked<'_>) -> ObjectId {
    let count = marked.pages.tags.len();
    let mut tree = Tree {
        marked,
        children: vec![Vec::new(); count],
        content: vec![Vec::new(); count],
        first: vec![None; count],
        elements: vec![None; count],
        notes: Vec::new(),
    };
    tree.gather();
    let root = doc.new_object_id();
    if let Some(document) = tree.element(doc, TagId(0), root) {
        let mut dict = dictionary! {
            "Type" => "StructTreeRoot",
            "K" => vec![Object::Reference(document)],
            "ParentTree" => tree.parent_tree(doc),
            "ParentTreeNextKey" => (marked.page_ids.len() + marked.annotations.len()) as i64,
        };
        if !tree.notes.is_empty() {
            tree.notes.sort();
            let names = tree.notes.iter().flat_map(|(id, element)| [ascii(id), Object::Reference(*element)]).collect();
            dict.set("IDTree", dictionary! { "Names" => Object::Array(names) });
        }
        doc.objects.insert(root, dict.into());
    }
    root
}

/// Content of a node: where it stands, for the order, and what it is.
#[derive(Clone, Copy)]
enum Content {
    Sequence { page: usize, id: usize },
    Annotation { page: usize, object: ObjectId },
}

/// A place in reading order: a page and a sequence on it.
type Position = (usize, usize);

struct Tree<'a> {
    marked: &'a Marked<'a>,
    children: Vec<Vec<TagId>>,
    content: Vec<Vec<(Position, Content)>>,
    /// Where the first content of a node or its descendants stands; `None` for nodes that hold nothing.
    first: Vec<Option<Position>>,
    elements: Vec<Option<ObjectId>>,
    notes: Vec<(String, ObjectId)>,
}

impl Tree<'_> {
    fn gather(&mut self) {
        for (page, sequences) in self.marked.sequences.iter().enumerate() {
            for (id, tag) in sequences.iter().enumerate() {
                self.content[tag.0].push(((page, id), Content::Sequence { page, id }));
            }
        }
        for (page, tag, object) in self.marked.annotations {
            // An annotation follows the words of its link, which stand on the same page.
            let words = self.content[tag.0].iter().rev().find(|((at, _), _)| at == page).map(|(position, _)| *position);
            let position = words.unwrap_or((*page, usize::MAX));
            self.content[tag.0].push((position, Content::Annotation { page: *page, object: *object }));
        }
        for (index, content) in self.content.iter_mut().enumerate() {
            content.sort_by_key(|(position, _)| *position);
            self.first[index] = content.first().map(|(position, _)| *position);
        }
        for (index, node) in self.marked.pages.tags.iter().enumerate() {
            if let Some(parent) = node.parent {
                self.children[parent.0].push(TagId(index));
            }
        }
        self.spread(TagId(0));
    }

    /// Tells each node where the first content of its descendants stands.
    fn spread(&mut self, node: TagId) -> Option<Position> {
        for index in 0..self.children[node.0].len() {
            let child = self.spread(self.children[node.0][index]);
            self.first[node.0] = [self.first[node.0], child].into_iter().flatten().min();
        }
        self.first[node.0]
    }

    fn keeps(&self, node: TagId) -> bool {
        let kind = &self.marked.pages.tags[node.0].kind;
        let cell = matches!(kind, TagKind::HeaderCell { .. } | TagKind::DataCell);
        let row = || {
            let parent = self.marked.pages.tags[node.0].parent;
            parent.is_some_and(|parent| self.first[parent.0].is_some())
        };
        self.first[node.0].is_some() || (cell && row()) || matches!(kind, TagKind::Document)
    }

    fn element(&mut self, doc: &mut Document, node: TagId, parent: ObjectId) -> Option<ObjectId> {
        if !self.keeps(node) {
            return None;
        }
        let id = doc.new_object_id();
        self.elements[node.0] = Some(id);
        let kind = &self.marked.pages.tags[node.0].kind;
        let mut dict = dictionary! { "S" => type_name(kind), "P" => Object::Reference(parent) };
        let home = self.home(node);
        if let Some(page) = home {
            dict.set("Pg", self.marked.page_ids[page]);
        }
        self.attributes(&mut dict, node, home);
        if matches!(kind, TagKind::Note) {
            let name = format!("note-{:06}", node.0);
            dict.set("ID", ascii(&name));
            self.notes.push((name, id));
        }
        let kids = self.kids(doc, node, id, home);
        if !kids.is_empty() {
            dict.set("K", kids);
        }
        doc.objects.insert(id, dict.into());
        Some(id)
    }

    /// The page of the node's own first content, which its marked sequences need not repeat.
    fn home(&self, node: TagId) -> Option<usize> {
        self.content[node.0].first().map(|((page, _), _)| *page)
    }

    /// Merges the node's own content into its children, which stand in the order that layout gave them.
    fn kids(&mut self, doc: &mut Document, node: TagId, id: ObjectId, home: Option<usize>) -> Vec<Object> {
        let content = std::mem::take(&mut self.content[node.0]);
        let mut content = content.into_iter().peekable();
        let mut kids = Vec::new();
        for child in std::mem::take(&mut self.children[node.0]) {
            let position = self.first[child.0];
            while let Some((_, own)) = content.next_if(|(own, _)| position.is_some_and(|position| *own < position)) {
                kids.push(self.reference(own, home));
            }
            kids.extend(self.element(doc, child, id).map(Object::Reference));
        }
        kids.extend(content.map(|(_, own)| self.reference(own, home)));
        kids
    }

    fn reference(&self, content: Content, home: Option<usize>) -> Object {
        match content {
            Content::Sequence { page, id } if home == Some(page) => Object::Integer(id as i64),
            Content::Sequence { page, id } => dictionary! {
                "Type" => "MCR",
                "Pg" => self.marked.page_ids[page],
                "MCID" => id as i64,
            }
            .into(),
            Content::Annotation { page, object } => dictionary! {
                "Type" => "OBJR",
                "Pg" => self.marked.page_ids[page],
                "Obj" => object,
            }
            .into(),
        }
    }

    fn attributes(&self, dict: &mut Dictionary, node: TagId, home: Option<usize>) {
        match &self.marked.pages.tags[node.0].kind {
            TagKind::List { ordered } => {
                let numbering = if *ordered { "Decimal" } else { "Disc" };
                dict.set("A", dictionary! { "O" => "List", "ListNumbering" => numbering });
            }
            TagKind::HeaderCell { row } => {
                let scope = if *row { "Row" } else { "Column" };
                dict.set("A", dictionary! { "O" => "Table", "Scope" => scope });
            }
            TagKind::Figure { alt, rect } => {
                dict.set("Alt", text_string(alt));
                let page = home.or_else(|| self.first[node.0].map(|(page, _)| page));
                if let (Some(rect), Some(page)) = (rect, page) {
                    let area = box_of(*rect, self.marked.pages.pages[page].height);
                    dict.set("A", dictionary! { "O" => "Layout", "BBox" => area, "Placement" => "Block" });
                }
            }
            _ => {}
        }
    }

    /// Leads from marked sequences and annotations back to their elements (ISO 32000-1, 14.7.4.4).
    fn parent_tree(&self, doc: &mut Document) -> Object {
        let element = |tag: &TagId| self.elements[tag.0].map_or(Object::Null, Object::Reference);
        let mut numbers = Vec::new();
        for (page, sequences) in self.marked.sequences.iter().enumerate() {
            let parents: Vec<Object> = sequences.iter().map(element).collect();
            numbers.extend([Object::Integer(page as i64), Object::Reference(doc.add_object(parents))]);
        }
        for (index, (_, tag, _)) in self.marked.annotations.iter().enumerate() {
            numbers.extend([Object::Integer((self.marked.page_ids.len() + index) as i64), element(tag)]);
        }
        Object::Reference(doc.add_object(dictionary! { "Nums" => Object::Array(numbers) }))
    }
}

/// Turns a rectangle of the page into the four corners of a PDF rectangle.
pub fn box_of(rect: Rect, page_height: f32) -> Object {
    let number = |value: f32| Object::Real((value * 100.0).round() / 100.0);
    Object::Array(vec![
        number(rect.x),
        number(page_height - rect.y - rect.height),
        number(rect.x + rect.width),
        number(page_height - rect.y),
    ])
}
