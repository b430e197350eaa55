//! In: a block. Out: [`Reach`]: what it needs of the page's width, the same for every format.

use crate::document::model::{Block, BlockKind, Table, plain};
use crate::layout::look::{Grid, Look};

/// What a block needs of the page's width.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reach {
    /// The text's columns: a head may stand beside it.
    Text,
    /// Not running text, though no wider.
    Object,
    /// All twelve columns.
    Page,
}

/// How far a block reaches on the page.
pub(crate) fn reach(block: &Block, look: &Look, grid: &Grid) -> Reach {
    match &block.kind {
        BlockKind::Table(table) if needs_all_columns(table, look, grid) => Reach::Page,
        BlockKind::Table(_) => Reach::Object,
        BlockKind::Stats(_) | BlockKind::Columns(_) | BlockKind::Signature | BlockKind::Acceptance => Reach::Page,
        BlockKind::Figure(_) | BlockKind::Testimonial { .. } | BlockKind::Timeline(_) | BlockKind::Chart(_) => {
            Reach::Page
        }
        BlockKind::Steps { .. } | BlockKind::Cards(_) | BlockKind::Team(_) | BlockKind::Prices(_) => Reach::Page,
        BlockKind::CaseStudy(_) | BlockKind::Comparison(_) => Reach::Page,
        _ => Reach::Text,
    }
}

/// True where the words of a table, each row in one line, are wider than the text. Estimated, so that a head above the
/// table can know it before the table is set.
pub(crate) fn needs_all_columns(table: &Table, look: &Look, grid: &Grid) -> bool {
    let letter = look.body.size * 0.49;
    let wide = |index: usize| {
        let rows = table.rows.iter().filter_map(|row| row.get(index));
        let letters = rows.chain(table.head.get(index)).map(|cell| plain(cell).chars().count()).max().unwrap_or(0);
        letters as f32 * letter
    };
    let gutters = 4.0 * look.unit * table.columns.len().saturating_sub(1) as f32;
    (0..table.columns.len()).map(wide).sum::<f32>() + gutters > grid.text_width
}
