//! In: shaped text. Out: an X002 error for each character that no font of the brand can show.

use std::borrow::Cow;
use std::sync::PoisonError;

use parley::{Layout, PositionedLayoutItem};

use crate::diagnostic::{Diagnostic, Place};
use crate::layout::fonts::{Fonts, Part};
use crate::layout::text::{Setter, Shaped};

/// Reports every character of `shaped` that would print as an empty box.
pub(super) fn report(setter: &mut Setter<'_>, shaped: &Shaped, place: Option<&Place>) {
    let mut seen: Vec<char> = Vec::new();
    let found = {
        let breaking = shaped.shaped.breaking.lock().unwrap_or_else(PoisonError::into_inner);
        find(setter, &breaking.layout, shaped)
    };
    for (character, at) in found {
        if seen.contains(&character) {
            continue;
        }
        seen.push(character);
        let mut problem = Diagnostic::error("X002", message(setter, shaped, character, at))
            .help("write it with other letters, or ask marketing to add a font that has it to brand.yaml");
        problem.place = place.cloned();
        setter.report(problem);
    }
}

fn message(setter: &Setter<'_>, shaped: &Shaped, character: char, at: usize) -> String {
    let shown = if character.is_control() { String::new() } else { format!(" `{character}`") };
    format!(
        "no font of the brand has the character U+{:04X}{shown} in `{}` (tried {})",
        u32::from(character),
        around(shaped.text(), at),
        setter.cx.fonts.names().join(", "),
    )
}

/// True where something of a text that was broken would print as an empty box.
pub(super) fn lacks_a_glyph(layout: &Layout<Part>) -> bool {
    layout.lines().any(|line| {
        line.items().any(|item| match item {
            PositionedLayoutItem::GlyphRun(run) => run.glyphs().any(|glyph| glyph.id == 0),
            PositionedLayoutItem::InlineBox(_) => false,
        })
    })
}

/// The characters without a glyph and where they stand.
fn find(setter: &Setter<'_>, layout: &Layout<Part>, shaped: &Shaped) -> Vec<(char, usize)> {
    let text = shaped.text();
    let mut found = Vec::new();
    for run in layout.lines().flat_map(|line| line.runs().collect::<Vec<_>>()) {
        for cluster in run.clusters() {
            if !cluster.glyphs().any(|glyph| glyph.id == 0) {
                continue;
            }
            let range = shaped.shaped.isolates.given(cluster.text_range());
            let characters = || text[range.clone()].char_indices().filter(|(_, c)| must_show(*c));
            let lacking = characters().find(|(_, c)| !setter.cx.fonts.covers(*c)).or_else(|| characters().next());
            found.extend(lacking.map(|(offset, character)| (character, range.start + offset)));
        }
    }
    found
}

/// False for what is meant to be unseen: blanks and default-ignorable characters (Unicode 17, DerivedCoreProperties).
pub(super) fn must_show(character: char) -> bool {
    let ignorable = matches!(u32::from(character),
        0xAD | 0x34F | 0x61C | 0x115F..=0x1160 | 0x17B4..=0x17B5 | 0x180B..=0x180F | 0x200B..=0x200F | 0x202A..=0x202E
        | 0x2060..=0x206F | 0x3164 | 0xFE00..=0xFE0F | 0xFEFF | 0xFFA0 | 0xFFF0..=0xFFF8 | 0x1BCA0..=0x1BCA3
        | 0x1D173..=0x1D17A | 0xE0000..=0xE0FFF);
    !ignorable && !character.is_whitespace()
}

/// The text to shape in place of `text`: what is meant to be unseen but would print as an empty box, such as a Hangul
/// filler, is another unseen character of as many bytes, which every shaper hides. The words that are read stay as given.
pub(super) fn unseen<'t>(text: &'t str, fonts: &Fonts) -> Cow<'t, str> {
    if !text.chars().any(shows_as_a_box) {
        return Cow::Borrowed(text);
    }
    let hidden = |c: char| match c {
        _ if !shows_as_a_box(c) || fonts.covers(c) => c,
        _ if c.is_whitespace() => '\u{2002}',
        _ if c.len_utf8() == 3 => '\u{2060}',
        _ => '\u{1d173}',
    };
    Cow::Owned(text.chars().map(hidden).collect())
}

/// True for the unseen characters that shapers do not hide by themselves, each of three or four bytes.
fn shows_as_a_box(character: char) -> bool {
    matches!(u32::from(character),
        0x115F..=0x1160 | 0x1680 | 0x180F | 0x3164 | 0xFFA0 | 0x1BCA0..=0x1BCA3)
}

/// Up to three words on each side of a byte.
fn around(text: &str, at: usize) -> String {
    let before: Vec<&str> = text[..at].split(' ').rev().take(4).collect();
    let after: Vec<&str> = text[at..].split(' ').take(4).collect();
    let start = before.iter().rev().copied().collect::<Vec<_>>().join(" ");
    let mut words = format!("{start}{}", after.join(" "));
    if words.chars().count() > 60 {
        let near = words[..start.len()].chars().rev().take(30).collect::<Vec<_>>();
        let rest = words[start.len()..].chars().take(30);
        words = near.into_iter().rev().chain(rest).collect();
    }
    words.trim().to_string()
}
