//! In: texts. Out: what their marks make of them, the same for every format: a note, a label that counts, a total.

use super::model::Inline;

/// True for a paragraph that is emphasised from end to end: a source or a remark below a table or figures.
pub(crate) fn is_note(text: &[Inline]) -> bool {
    !text.is_empty() && text.iter().all(|inline| matches!(inline, Inline::Emphasis(_)))
}

/// True for a label that is strong from end to end.
pub(crate) fn is_strong(cell: &[Inline]) -> bool {
    !cell.is_empty() && cell.iter().all(|inline| matches!(inline, Inline::Strong(_)))
}

/// True for a text in which some words are strong: it draws the eye.
pub(crate) fn has_strong(text: &[Inline]) -> bool {
    text.iter().any(|inline| matches!(inline, Inline::Strong(_)))
}

/// Parts a line to fill in: the strong words that name it, with the colon and space after them, then its value.
pub(crate) fn parts_of_field(text: &[Inline]) -> (&[Inline], &[Inline]) {
    let between = |c: char| matches!(c, ':' | '：') || c.is_whitespace();
    let head = match text {
        [Inline::Strong(_), Inline::Text { text, value: false }, ..] if text.chars().all(between) => 2,
        [Inline::Strong(_), ..] => 1,
        _ => 0,
    };
    text.split_at(head)
}

/// True for a row of a table whose every word is strong: a total.
pub(crate) fn is_total(row: &[Vec<Inline>]) -> bool {
    row.iter().any(|cell| !cell.is_empty())
        && row.iter().filter(|cell| !cell.is_empty()).all(|cell| {
            cell.iter().all(|inline| match inline {
                Inline::Strong(_) => true,
                Inline::Text { text, .. } => text.trim().is_empty(),
                _ => false,
            })
        })
}
