//! Shaped texts: known again, never taken for others, few enough.

use super::*;
use crate::document::model::{Align, Inline, LinkTarget, Text};
use crate::layout::fonts::Face;
use crate::layout::lines::Lines;
use crate::layout::testing::{Kit, place, style, text};
use crate::layout::text::Setter;

/// The same lines, in every number that reaches the page.
fn assert_same(one: &Lines, other: &Lines) {
    assert_eq!(format!("{one:?}"), format!("{other:?}"));
}

fn broken(setter: &mut Setter<'_>, words: &[Inline], style: &Style) -> [Lines; 4] {
    let mut shaped = setter.shape(words, style, &place());
    [
        shaped.lines(120.0, Align::Start),
        shaped.balanced(120.0, Align::Centre),
        shaped.lines(f32::MAX, Align::End),
        shaped.balanced(120.0, Align::Start),
    ]
}

#[test]
fn a_known_text_breaks_as_one_shaped_anew() {
    let (used, mut fresh) = (Kit::new(), Kit::new());
    fresh.fonts = fresh.fonts.forgetful();
    let (used_cx, fresh_cx) = (used.context(), fresh.context());
    let words = text("Unplanned stops cost Harbour & Sons eleven days a year, שלום, at 12 of 14 sites");
    let style = style(&used);
    assert!(fresh.fonts.shapes().is_none());
    let mut setter = Setter::new(&used_cx);
    // Broken in another order before, and by another section.
    setter.shape(&words, &style, &place()).lines(60.0, Align::Centre);
    let before = broken(&mut setter, &words, &style);
    let again = broken(&mut Setter::new(&used_cx), &words, &style);
    let anew = broken(&mut Setter::new(&fresh_cx), &words, &style);
    assert_eq!(used.fonts.shapes().expect("kept").kept().0, 1);
    for ((before, again), anew) in before.iter().zip(&again).zip(&anew) {
        assert_same(before, anew);
        assert_same(again, anew);
    }
}

#[test]
fn every_difference_of_style_marks_and_direction_is_another_text() {
    let kit = Kit::new();
    let plain = style(&kit);
    let accent = kit.brand.palette["accent"].value;
    let styles = [
        Style { face: Face::Display, ..plain.clone() },
        Style { size: 11.0, ..plain.clone() },
        Style { leading: 16.0, ..plain.clone() },
        Style { weight: 700, ..plain.clone() },
        Style { strong: 600, ..plain.clone() },
        Style { strong_colour: Some(plain.colour), ..plain.clone() },
        Style { strong_colour: Some(accent), ..plain.clone() },
        Style { colour: accent, ..plain.clone() },
        Style { link: accent, ..plain.clone() },
        Style { tabular: true, ..plain.clone() },
        Style { tracking: 1.0, ..plain.clone() },
        plain.clone(),
    ];
    let words: Text = text("word");
    let link = |target: &str| vec![Inline::Link { target: LinkTarget::Uri(target.into()), text: words.clone() }];
    let texts = [
        words.clone(),
        text("words"),
        vec![Inline::Strong(words.clone())],
        vec![Inline::Emphasis(words.clone())],
        link("https://one.example"),
    ];
    let mut right = kit.context();
    right.meta.right_to_left = true;
    let mut french = kit.context();
    french.meta.language = "fr".into();
    let contexts = [kit.context(), right, french];
    for cx in &contexts {
        for style in &styles {
            for words in &texts {
                Setter::new(cx).shape(words, style, &place());
            }
        }
    }
    assert_eq!(kit.fonts.shapes().expect("kept").kept().0, contexts.len() * styles.len() * texts.len());
    // Where a link leads is no matter of shape, and is that of each text.
    let other = Setter::new(&contexts[0]).shape(&link("https://two.example"), &plain, &place());
    assert_eq!(kit.fonts.shapes().expect("kept").kept().0, contexts.len() * styles.len() * texts.len());
    let target = other.parts.iter().find_map(|part| part.link.as_ref()).map(|(target, _)| target.clone());
    assert_eq!(target, Some(LinkTarget::Uri("https://two.example".into())));
}

#[test]
fn a_missing_character_is_reported_each_time() {
    let kit = Kit::new();
    let cx = kit.context();
    for _ in 0..2 {
        let mut setter = Setter::new(&cx);
        setter.shape(&text("a \u{1F600} b"), &style(&kit), &place());
        assert!(setter.finish().is_err());
    }
}

#[test]
fn what_is_kept_is_bounded_and_what_is_asked_for_stays() {
    let kit = Kit::new();
    let cx = kit.context();
    let mut setter = Setter::new(&cx);
    let style = style(&kit);
    let often = setter.shape(&text("asked for often"), &style, &place());
    for number in 0..200 {
        setter.shape(&text(&format!("{number} {}", "word ".repeat(200))), &style, &place());
        let again = setter.shape(&text("asked for often"), &style, &place());
        assert!(Arc::ptr_eq(&often.shaped, &again.shaped));
        let (texts, size) = kit.fonts.shapes().expect("kept").kept();
        assert!(size <= GENERATION && texts < 140, "{texts} texts, {size} bytes");
    }
    let huge = text(&"word ".repeat(GENERATION / 4));
    setter.shape(&huge, &style, &place());
    assert!(kit.fonts.shapes().expect("kept").kept().1 <= GENERATION);
}
