//! Text: every character placed once, within the width, missing ones named.

use proptest::prelude::*;

use super::*;
use crate::document::model::Inline;
use crate::layout::lines::Piece;
use crate::layout::missing;
use crate::layout::testing::{Kit, place, style, text};

/// The words of the lines, in logical order within each run.
fn read(lines: &Lines) -> String {
    lines.lines.iter().map(Line::text).collect()
}

/// Each glyph's bytes, joined, are the run's text, whole and once.
fn assert_runs_are_whole(lines: &Lines) {
    for piece in lines.lines.iter().flat_map(|line| &line.pieces) {
        let mut ranges: Vec<_> =
            piece.run.glyphs.iter().map(|glyph| glyph.text.clone()).filter(|range| !range.is_empty()).collect();
        ranges.sort_by_key(|range| range.start);
        let mut at = 0;
        for range in ranges {
            assert_eq!(range.start, at, "a gap or an overlap in `{}`", piece.run.text);
            at = range.end;
        }
        assert_eq!(at, piece.run.text.len(), "words without a glyph in `{}`", piece.run.text);
    }
}

#[test]
fn ligatures_keep_all_their_letters() {
    let kit = Kit::new();
    let cx = kit.context();
    let mut setter = Setter::new(&cx);
    let lines = setter.shape(&text("office fleet affix"), &style(&kit), &place()).lines(400.0, Align::Start);
    assert_eq!(read(&lines), "office fleet affix");
    assert_runs_are_whole(&lines);
    let glyphs: usize = lines.lines[0].pieces.iter().map(|piece| piece.run.glyphs.len()).sum();
    assert!(glyphs < "office fleet affix".len(), "Lato has ligatures for fi, fl or ffi");
}

#[test]
fn a_word_longer_than_the_line_breaks_anywhere() {
    let kit = Kit::new();
    let cx = kit.context();
    let mut setter = Setter::new(&cx);
    let word = "Donaudampfschifffahrtsgesellschaft".repeat(4);
    let lines = setter.shape(&text(&word), &style(&kit), &place()).lines(60.0, Align::Start);
    assert_eq!(read(&lines), word);
    assert!(lines.lines.iter().all(|line| line.width <= 60.1));
    assert!(lines.lines[0].broke_a_word);
}

#[test]
fn a_character_that_no_font_has_is_named() {
    let kit = Kit::new();
    let cx = kit.context();
    let mut setter = Setter::new(&cx);
    setter.shape(&text("Tokyo branch 東京 office"), &style(&kit), &place());
    let problems = setter.finish().expect_err("no font has these");
    assert_eq!(problems.0.len(), 2);
    assert_eq!(problems.0[0].code, "X002");
    assert_eq!(
        problems.0[0].message,
        "no font of the brand has the character U+6771 `東` in `Tokyo branch 東京 office` (tried Lato, Manrope, \
         Noto Sans Arabic, Noto Sans Hebrew)"
    );
    assert!(problems.0[0].place.is_some());
}

#[test]
fn unseen_characters_are_not_missing_and_not_lost() {
    let kit = Kit::new();
    let cx = kit.context();
    let mut setter = Setter::new(&cx);
    let words = "co\u{ad}operate\u{200b}now a\u{200d}b \u{feff}c\u{2060}d\u{ad}";
    let lines = setter.shape(&text(words), &style(&kit), &place()).lines(400.0, Align::Start);
    assert_eq!(read(&lines), words);
    assert_runs_are_whole(&lines);
    assert!(setter.finish().is_ok());
}

#[test]
fn no_unseen_character_prints_as_a_box() {
    let kit = Kit::new();
    let cx = kit.context();
    let mut setter = Setter::new(&cx);
    let unseen = (0x80..=0x0E_0FFF).filter_map(char::from_u32).filter(|c| !missing::must_show(*c));
    let mut boxes = Vec::new();
    let plain = setter.line("Bay Haulage", &style(&kit));
    // Line ends are spaces on the page; tag characters are many and alike.
    let unseen = unseen.filter(|c| !matches!(u32::from(*c), 0x85 | 0x2028 | 0x2029 | 0xE00FF..=0xE0FFE));
    for character in unseen {
        let words = format!("Bay{character} Haulage");
        let lines = setter.line(&words, &style(&kit));
        assert_eq!(read(&lines), words);
        assert_runs_are_whole(&lines);
        let mut glyphs = lines.lines.iter().flat_map(|line| &line.pieces).flat_map(|piece| &piece.run.glyphs);
        // Spaces and turns of direction change the width; a hair is kerning lost between the neighbours.
        let moves = character.is_whitespace() || matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        let alike = moves || (lines.width - plain.width).abs() < 0.5;
        if glyphs.any(|glyph| glyph.id == 0) || !alike {
            boxes.push(format!("U+{:04X}", u32::from(character)));
        }
    }
    assert!(boxes.is_empty(), "{boxes:?}");
    let alone = setter.line("\u{3164}\u{3164}", &style(&kit));
    assert!(alone.width < 0.01, "{}", alone.width);
    assert!(setter.finish().is_ok());
}

#[test]
fn hebrew_and_arabic_read_in_logical_order_within_an_english_line() {
    let kit = Kit::new();
    let cx = kit.context();
    let mut setter = Setter::new(&cx);
    let lines = setter.shape(&text("For שלום עולם and مرحبا 12"), &style(&kit), &place()).lines(400.0, Align::Start);
    assert_runs_are_whole(&lines);
    let hebrew: Vec<&Piece> = lines.lines[0].pieces.iter().filter(|piece| piece.run.right_to_left).collect();
    assert!(hebrew.iter().any(|piece| piece.run.text.contains("שלום")));
    // Seen from the left, the second Hebrew word comes first.
    let x = |word: &str| hebrew.iter().find(|piece| piece.run.text.contains(word)).map(|piece| piece.run.x);
    if let (Some(first), Some(second)) = (x("שלום"), x("עולם")) {
        assert!(second <= first);
    }
    assert!(setter.finish().is_ok());
}

#[test]
fn lines_that_run_to_the_left_start_at_0_until_their_page_is_turned() {
    let kit = Kit::new();
    let mut cx = kit.context();
    cx.meta.right_to_left = true;
    let mut setter = Setter::new(&cx);
    for words in ["שלום", "Harbour & Sons", "שלום Harbour, 42%"] {
        let mut shaped = setter.shape(&text(words), &style(&kit), &place());
        let mut ends = |width, align| {
            let lines = shaped.lines(width, align);
            (lines.lines[0].right - lines.lines[0].width, lines.lines[0].right)
        };
        assert!(ends(200.0, Align::Start).0.abs() < 0.1 && ends(f32::MAX, Align::Start).0.abs() < 0.1, "{words}");
        assert!((ends(200.0, Align::End).1 - 200.0).abs() < 0.1, "{words}");
    }
    let lines = setter.shape(&text("שלום Harbour"), &style(&kit), &place()).lines(200.0, Align::Start);
    let x = |word: &str| lines.lines[0].pieces.iter().find(|piece| piece.run.text.contains(word)).map(|p| p.run.x);
    assert!(x("שלום") < x("Harbour"), "the word read first is nearest to the start");
    assert!(setter.finish().is_ok());
}

#[test]
fn words_that_stand_by_themselves_keep_their_order_in_a_document_that_runs_to_the_left() {
    let kit = Kit::new();
    let mut cx = kit.context();
    cx.meta.right_to_left = true;
    let mut setter = Setter::new(&cx);
    for words in ["+1 416 555-0142", "Harbour & Sons Ltd.", "-42%"] {
        let lines = setter.line(words, &style(&kit));
        assert_eq!(lines.lines[0].text(), words);
        assert!(lines.lines[0].pieces.iter().all(|piece| !piece.run.right_to_left), "{words}");
    }
}

#[test]
fn links_over_two_lines_are_one_part() {
    let kit = Kit::new();
    let cx = kit.context();
    let mut setter = Setter::new(&cx);
    let target = LinkTarget::Uri("https://northline.example".into());
    let words = vec![
        Inline::Text { text: "See ".into(), value: false },
        Inline::Link { target, text: text("a link that is long enough to break") },
    ];
    let lines = setter.shape(&words, &style(&kit), &place()).lines(80.0, Align::Start);
    assert!(lines.lines.len() > 1);
    assert_eq!(lines.parts.len(), 2);
    assert_eq!(lines.lines[1].part_boxes(8.0, 2.0).len(), 1);
}

#[test]
fn balanced_titles_leave_no_lonely_word() {
    let kit = Kit::new();
    let cx = kit.context();
    let mut setter = Setter::new(&cx);
    let big = Style { face: Face::Display, ..style(&kit) }.sized(26.0);
    let mut shaped = setter.shape(&text("Unplanned stops cost Harbour eleven days"), &big, &place());
    let plain = shaped.lines(400.0, Align::Start);
    let balanced = shaped.balanced(400.0, Align::Start);
    assert_eq!(plain.lines.len(), balanced.lines.len());
    assert!(balanced.width <= plain.width);
}

#[test]
fn a_long_client_name_is_made_to_fit() {
    let kit = Kit::new();
    let cx = kit.context();
    let mut setter = Setter::new(&cx);
    let big = Style { face: Face::Display, ..style(&kit) }.sized(46.0);
    let name = text("The Extraordinarily Long-Named Trans-Canadian Haulage and Cold Storage Company of Moose Jaw");
    let lines = setter.fit(&name, &big, &place(), 300.0, 3, 18.0);
    assert!(lines.lines.len() <= 5);
    assert!(lines.lines.iter().all(|line| line.width <= 300.1 && !line.broke_a_word));
}

#[test]
fn a_forced_break_reads_as_a_space() {
    let kit = Kit::new();
    let cx = kit.context();
    let mut setter = Setter::new(&cx);
    let words = vec![text("one").remove(0), Inline::Break, text("two").remove(0)];
    let lines = setter.shape(&words, &style(&kit), &place()).lines(400.0, Align::Start);
    assert_eq!(lines.lines.len(), 2);
    assert_eq!(read(&lines), "one two");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, ..ProptestConfig::default() })]
    #[test]
    fn every_character_is_placed_once_and_within_the_width(
        words in "[ a-zA-Z0-9\u{ad}\u{200b}\u{200d}éÅ\u{301}שלוםاللهfil,.()&–—'\"%$-]{0,120}",
        width in 40.0f32..500.0,
    ) {
        let kit = Kit::new();
        let cx = kit.context();
        let mut setter = Setter::new(&cx);
        let lines = setter.shape(&text(&words), &style(&kit), &place()).lines(width, Align::Start);
        assert_runs_are_whole(&lines);
        let mut set: Vec<char> = read(&lines).chars().collect();
        let mut given: Vec<char> = words.chars().collect();
        set.sort_unstable();
        given.sort_unstable();
        prop_assert_eq!(set, given);
        for line in lines.lines.iter() {
            prop_assert!(line.right <= width + 0.1, "{} > {}", line.right, width);
            prop_assert!(line.right - line.width >= -0.1);
        }
    }
}
