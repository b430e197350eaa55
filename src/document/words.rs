//! In: a [`Document`]. Out: its words in reading order, to compare with those of a finished file.

use super::model::{Document, Inline, Section};
use super::walk::each_text;

/// All words of a document in reading order, without any white space.
///
/// Table: head, then rows. Stats: figure, then label. Timeline: when, what, text. Steps and cards: head, then words.
/// Team: name, role, words. Figure: its caption. Testimonial: its words, then by, then role. Callout: title, then
/// its blocks. Case study: head, summary, figures, words, quote. Comparison: as a table. Chart: title, unit, its table,
/// then the source. Prices: the figures they open with, lines, totals, what stands below them, options, the note. Columns
/// one after the other. A footnote's text comes at the end of its section, once, in the order of
/// the numbers. Pictures and what layout adds (numbers of lists and footnotes, contents, signature lines) have no words
/// here.
pub fn words(document: &Document) -> String {
    let mut words = Words::default();
    for section in &document.sections {
        words.section(section);
    }
    words.text
}

#[derive(Default)]
struct Words<'a> {
    text: String,
    /// Footnotes of the section so far.
    notes: Vec<(u32, &'a [Inline])>,
}

impl<'a> Words<'a> {
    fn section(&mut self, section: &'a Section) {
        each_text(&section.blocks, &mut |text, _| self.inlines(text));
        let mut notes = std::mem::take(&mut self.notes);
        notes.sort_by_key(|(number, _)| *number);
        notes.dedup_by_key(|(number, _)| *number);
        for (_, text) in notes {
            self.inlines(text);
        }
    }

    fn inlines(&mut self, text: &'a [Inline]) {
        for inline in text {
            match inline {
                Inline::Text { text, .. } => self.text.extend(text.split_whitespace()),
                Inline::Strong(inner) | Inline::Emphasis(inner) | Inline::Link { text: inner, .. } => {
                    self.inlines(inner)
                }
                Inline::Footnote { number, text } => self.notes.push((*number, text)),
                Inline::Image(_) | Inline::Break => {}
            }
        }
    }
}
