//! In: kinds of structure as they are met. Out: [`Tags`], the tree of one section, to be joined into the document's.

use crate::layout::page::{TagId, TagKind, TagNode};

/// A tree under construction; node 0 is its root.
#[derive(Debug, Clone, Default)]
pub struct Tags {
    pub nodes: Vec<TagNode>,
}

impl Tags {
    /// An empty tree.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a node after its parent's other children.
    pub fn add(&mut self, parent: Option<TagId>, kind: TagKind) -> TagId {
        self.push(parent, kind, false)
    }

    /// Adds a node for words that layout itself says.
    pub fn generated(&mut self, parent: Option<TagId>, kind: TagKind) -> TagId {
        self.push(parent, kind, true)
    }

    fn push(&mut self, parent: Option<TagId>, kind: TagKind, generated: bool) -> TagId {
        // What hangs below words of layout's own is its own, too.
        let generated = generated || parent.is_some_and(|TagId(id)| self.nodes.get(id).is_some_and(|n| n.generated));
        self.nodes.push(TagNode { kind, parent, generated });
        TagId(self.nodes.len() - 1)
    }
}
