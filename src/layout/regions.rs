//! In: a section. Out: the same with what stands in regions to edit among the other blocks: on a page a region is
//! ordinary text, and a head above it or a list after it must not notice where it begins.

use std::borrow::Cow;

use crate::document::model::{Block, BlockKind, Section};

/// Opens the regions of a section; one without any is not copied.
pub(super) fn opened(section: &Section) -> Cow<'_, Section> {
    if has_region(&section.blocks) {
        Cow::Owned(Section { blocks: open(&section.blocks), ..section.clone() })
    } else {
        Cow::Borrowed(section)
    }
}

/// Regions stand on the page, in columns and in callouts.
fn has_region(blocks: &[Block]) -> bool {
    blocks.iter().any(|block| match &block.kind {
        BlockKind::Editable { .. } => true,
        BlockKind::Columns(columns) => columns.iter().any(|column| has_region(column)),
        BlockKind::Callout { blocks, .. } => has_region(blocks),
        _ => false,
    })
}

fn open(blocks: &[Block]) -> Vec<Block> {
    let mut opened = Vec::with_capacity(blocks.len());
    for block in blocks {
        let mut block = block.clone();
        match &mut block.kind {
            BlockKind::Editable { blocks, .. } => {
                opened.extend(open(blocks));
                continue;
            }
            BlockKind::Columns(columns) => columns.iter_mut().for_each(|column| *column = open(column)),
            BlockKind::Callout { blocks, .. } => *blocks = open(blocks),
            _ => {}
        }
        opened.push(block);
    }
    opened
}
