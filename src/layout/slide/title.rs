//! In: a title, its style and width. Out: its [`Lines`]: as large as fits, balanced, no client's name torn, no word alone.

use crate::diagnostic::Place;
use crate::document::model::{Align, Inline};
use crate::layout::lines::Lines;
use crate::layout::slide::Slide;
use crate::layout::slide::content::STEP;
use crate::layout::slide::fitting::Search;
use crate::layout::text::{Shaped, Style};

/// A title may become so much smaller to stand better.
const FOR_LOOKS: f32 = 0.8;
/// A last line shorter than this part of the longest stands alone.
const LONELY: f32 = 0.34;
/// Longer values are sentences, not names, and may be broken.
const LONGEST_NAME: usize = 48;

/// The room for a title.
#[derive(Clone, Copy)]
pub(super) struct TitleRoom {
    pub width: f32,
    /// Lines that it may take, unless it is at its smallest.
    pub most: usize,
    /// pt.
    pub smallest: f32,
}

impl Slide<'_, '_> {
    /// Sets a title from `style.size` down to the room's smallest; at the smallest it takes the lines it needs.
    pub(super) fn title_lines(&mut self, text: &[Inline], style: &Style, place: &Place, room: TitleRoom) -> Lines {
        let names = names(text);
        let known = self.found.known(Search::Title);
        let mut size = known.unwrap_or(style.size.max(room.smallest));
        // The flaws, the lines, their size, and the largest size that fits.
        let mut best: Option<(u32, Lines, f32, f32)> = None;
        loop {
            let mut shaped = self.builder.setter.shape(text, &style.sized(size), place);
            let plain = shaped.lines(room.width, Align::Start);
            let fits = plain.lines.len() <= room.most && !plain.lines.iter().any(|line| line.broke_a_word);
            let smallest = size <= room.smallest;
            if fits || smallest {
                let (flaws, lines) = best_break(&mut shaped, room.width, &names);
                let first = best.as_ref().map_or(size, |(.., first)| *first);
                if best.as_ref().is_none_or(|(before, ..)| flaws < *before) {
                    best = Some((flaws, lines, size, first));
                }
            }
            match &best {
                Some((flaws, .., first)) if known.is_some() || *flaws == 0 || smallest || size <= first * FOR_LOOKS => {
                    break;
                }
                _ => size = (size * STEP).max(room.smallest),
            }
        }
        let (size, lines) =
            best.map_or_else(|| (size, self.builder.setter.line("", style)), |(_, lines, size, _)| (size, lines));
        self.found.keep(Search::Title, size);
        lines
    }
}

/// Breaks running text: as a title where it has few lines, else line by line.
pub(super) fn few_or_many(shaped: &mut Shaped, text: &[Inline], width: f32) -> Lines {
    let lines = shaped.lines(width, Align::Start);
    if (2..=6).contains(&lines.lines.len()) { best_break(shaped, width, &names(text)).1 } else { lines }
}

/// Tries several widths that take as few lines; gives the flaws of the best and its lines.
fn best_break(shaped: &mut Shaped, width: f32, names: &[(usize, usize)]) -> (u32, Lines) {
    let balanced = shaped.balanced(width, Align::Start);
    let count = balanced.lines.len();
    let mut best = (flaws(&balanced, names), balanced);
    if best.0 == 0 || count < 2 {
        return best;
    }
    let narrow = best.1.width;
    for step in 1..=8 {
        let lines = shaped.lines(narrow + (width - narrow) * step as f32 / 8.0, Align::Start);
        let found = flaws(&lines, names);
        if lines.lines.len() <= count && found < best.0 {
            best = (found, lines);
        }
    }
    best
}

fn flaws(lines: &Lines, names: &[(usize, usize)]) -> u32 {
    let mut at = 0;
    let mut torn = 0;
    for line in lines.lines.iter() {
        at += line.pieces.iter().map(|piece| piece.run.text.len()).sum::<usize>();
        torn += u32::from(names.iter().any(|(start, end)| *start < at && at < *end));
    }
    let last = lines.lines.last().map_or(0.0, |line| line.width);
    let lonely = lines.lines.len() > 1 && last < lines.width * LONELY;
    torn * 2 + u32::from(lonely)
}

/// Where values stand in the text, bytes; none where forced breaks make them hard to follow.
fn names(text: &[Inline]) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut at = 0;
    if walk(text, &mut at, &mut found) { found } else { Vec::new() }
}

fn walk(text: &[Inline], at: &mut usize, found: &mut Vec<(usize, usize)>) -> bool {
    text.iter().all(|inline| match inline {
        Inline::Text { text, value } => {
            if *value && text.chars().count() <= LONGEST_NAME {
                found.push((*at, *at + text.len()));
            }
            *at += text.len();
            true
        }
        Inline::Strong(inner) | Inline::Emphasis(inner) | Inline::Link { text: inner, .. } => walk(inner, at, found),
        Inline::Image(_) => true,
        Inline::Break | Inline::Footnote { .. } => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::testing::text;

    #[test]
    fn values_are_found_by_their_bytes() {
        let value = Inline::Text { text: "Söhne".into(), value: true };
        let words = [text("For ").remove(0), Inline::Strong(vec![value])];
        assert_eq!(names(&words), [(4, 10)]);
        assert!(names(&[Inline::Break, words[1].clone()]).is_empty());
    }
}
