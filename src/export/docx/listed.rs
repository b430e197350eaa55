//! In: the words of a list on a slide, as they stand. Out: one box of list paragraphs: Word, screen readers and other
//! programs see a list; its marks stay as layout has drawn them.

use super::elements::{BARE, Paragraph};
use super::numbering;
use super::sets::{Drawn, SPARE, Set, around};
use super::writer::Writer;
use super::xml::twips;
use crate::layout::page::{Rect, TagKind, TagNode};

/// The outermost list around a node, and how many lists are around the node within it.
fn list_of(tags: &[TagNode], node: usize) -> Option<(usize, u32)> {
    let lists = around(tags, node).filter(|(_, node)| matches!(node.kind, TagKind::List { .. }));
    lists.zip(0..).map(|((list, _), depth)| (list, depth)).last()
}

/// A line of a list: its mark or head, if it has one, and its words, from left to right.
type Row<'s, 'd> = Vec<&'s Set<'d>>;

/// The rows of the list that the sets begin with, as far as they stand below each other.
pub fn rows<'s, 'd>(drawn: &Drawn<'_>, sets: &'s [Set<'d>]) -> Vec<Row<'s, 'd>> {
    let list = |set: &Set<'_>| list_of(drawn.tags, set.node).map(|(list, _)| list);
    let Some(first) = sets.first().and_then(list) else { return Vec::new() };
    let mut rows: Vec<Row<'s, 'd>> = Vec::new();
    for set in sets {
        if list(set) != Some(first) || set.is_unseen() {
            break;
        }
        let last = rows.last().and_then(|row| row.last().copied());
        match (last, rows.last_mut()) {
            (Some(last), Some(row)) if (last.first() - set.first()).abs() < 0.5 => {
                // What stands before a tab has one line.
                if last.count() > 1 || set.rect(false).x <= last.rect(false).x {
                    rows.pop();
                    break;
                }
                row.push(set);
            }
            // What stands beside or over the last line, such as the next column, is a box of its own.
            (Some(last), _) if set.top() < last.bottom() - 0.5 => break,
            _ => rows.push(vec![set]),
        }
    }
    rows
}

/// The item of a list that a node stands in.
fn item_of(tags: &[TagNode], node: usize) -> Option<usize> {
    around(tags, node).find(|(_, node)| node.kind == TagKind::ListItem).map(|(item, _)| item)
}

impl Writer<'_> {
    /// A box of the paragraphs of a list. Its lines stand where they stand on the page; `runs` stand before the first.
    pub(super) fn list_box(&mut self, drawn: &Drawn<'_>, rows: &[Row<'_, '_>], mut runs: String) -> String {
        let rects: Vec<Rect> = rows.iter().flatten().map(|set| set.rect(false)).collect();
        let left = rects.iter().map(|rect| rect.x).fold(f32::MAX, f32::min);
        let right = rects.iter().map(|rect| rect.x + rect.width).fold(f32::MIN, f32::max);
        let top = rows.first().and_then(|row| row.last()).map_or(0.0, |set| set.top());
        let (mut bottom, mut before) = (top, None);
        let mut paragraphs = String::new();
        for row in rows {
            let Some((words, heads)) = row.split_last() else { continue };
            let item = item_of(drawn.tags, words.node);
            // Further paragraphs of an item belong to it and have no mark.
            let begins = item.is_none() || item != before;
            before = item;
            for head in heads {
                runs.push_str(&self.set_runs(drawn, head));
                runs.push_str("<w:r><w:tab/></w:r>");
            }
            runs.push_str(&self.set_runs(drawn, words));
            let at = |set: &Set<'_>| set.rect(false).x - left;
            let start = heads.first().map_or(at(words), |head| at(head));
            let level = list_of(drawn.tags, words.node).map_or(0, |(_, level)| level.min(8));
            let mut extra = String::from(BARE);
            if begins {
                extra.push_str(&numbering::reference(numbering::PLACED, level));
            }
            let tabs: String = row.iter().skip(1).map(|set| tab(at(set))).collect();
            if !tabs.is_empty() {
                extra.push_str(&format!("<w:tabs>{tabs}</w:tabs>"));
            }
            let paragraph = Paragraph {
                style: "Normal",
                leading: Some(words.leading()),
                indent: Some((at(words), 0.0, start - at(words))),
                before: Some((words.top() - bottom).max(0.0)),
                extra,
                ..Paragraph::default()
            };
            paragraphs.push_str(&paragraph.with(&std::mem::take(&mut runs)));
            bottom = words.bottom();
        }
        let rect = Rect { x: left, y: top, width: right - left, height: bottom - top + SPARE };
        self.words_box(drawn, rect, &paragraphs)
    }
}

fn tab(at: f32) -> String {
    format!("<w:tab w:val=\"left\" w:pos=\"{}\"/>", twips(at))
}
