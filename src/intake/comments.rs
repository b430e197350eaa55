//! In: a client file. Out: a problem wherever YAML would drop a rep's words as a comment, as in `name: Acme #1`.

use super::sheet::Sheet;
use crate::diagnostic::{Diagnostic, Problems};
use crate::source::{Node, NodeKind};

/// Looks behind every plain value. A real comment has a blank after its `#`; without one, the words were meant.
pub(super) fn check(sheet: &Sheet, problems: &mut Problems) {
    walk(sheet, &sheet.root, problems);
}

fn walk(sheet: &Sheet, node: &Node, problems: &mut Problems) {
    match &node.kind {
        NodeKind::Map(entries) => entries.iter().for_each(|(_, value)| walk(sheet, value, problems)),
        NodeKind::List(items) => items.iter().for_each(|item| walk(sheet, item, problems)),
        NodeKind::Scalar { quoted: true, .. } => {}
        NodeKind::Scalar { .. } | NodeKind::Null => problems.0.extend(lost(sheet, node)),
    }
}

fn lost(sheet: &Sheet, node: &Node) -> Option<Diagnostic> {
    let text = &sheet.place_in_file(&node.span)?.file.text;
    let after = text.get(node.span.end..)?;
    // Nothing after a key stands right at its colon or dash.
    let blank = |c: char| c == ' ' || c == '\t';
    let rest = after.strip_prefix([':', '-']).filter(|_| node.kind == NodeKind::Null).unwrap_or(after);
    let rest = rest.trim_start_matches(blank);
    if !rest.strip_prefix('#')?.starts_with(|c: char| !c.is_whitespace() && c != '#') {
        return None;
    }
    let words = rest.lines().next()?.trim_end();
    let start = node.span.end + (after.len() - rest.len());
    let fault = Diagnostic::error("C025", format!("`{words}` would be left out: ` #` begins a comment"))
        .label("not read as text")
        .help("put quotes around the whole text; for a comment, write a blank after `#`");
    Some(sheet.at(&(start..start + words.len()), fault))
}
