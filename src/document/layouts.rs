//! In: the `layout:` word of a section. Out: a [`SectionLayout`], or what is wrong with the word or the section.

use super::model::{Block, BlockKind, Kind, SectionLayout};
use super::sink::Sink;
use super::vocabulary::either;
use crate::diagnostic::{Diagnostic, suggest};
use crate::fill::filled::FrontValue;

struct Layout {
    word: &'static str,
    layout: SectionLayout,
    /// False for those that only slides have.
    in_proposals: bool,
}

const fn layout(word: &'static str, layout: SectionLayout) -> Layout {
    Layout { word, layout, in_proposals: false }
}

impl Layout {
    const fn in_proposals(self) -> Self {
        Self { in_proposals: true, ..self }
    }
}

const LAYOUTS: &[Layout] = &[
    layout("cover", SectionLayout::Cover).in_proposals(),
    layout("section", SectionLayout::Section).in_proposals(),
    layout("content", SectionLayout::Content).in_proposals(),
    layout("two-column", SectionLayout::TwoColumn),
    layout("big-number", SectionLayout::BigNumber),
    layout("timeline", SectionLayout::Timeline),
    layout("team", SectionLayout::Team),
    layout("closing", SectionLayout::Closing).in_proposals(),
    layout("agenda", SectionLayout::Agenda),
    layout("testimonial", SectionLayout::Testimonial),
    layout("comparison", SectionLayout::Comparison),
    layout("pricing", SectionLayout::Pricing),
];

/// The words of the layouts that documents of this kind may have.
pub(super) fn drawn(kind: Kind) -> Vec<&'static str> {
    LAYOUTS.iter().filter(|l| kind == Kind::Deck || l.in_proposals).map(|layout| layout.word).collect()
}

/// Reads the layout's word.
pub(super) fn read(front: &FrontValue, kind: Kind, sink: &mut Sink) -> Option<SectionLayout> {
    let word = front.text.trim();
    let offered = |l: &&Layout| kind == Kind::Deck || l.in_proposals;
    let words = || LAYOUTS.iter().filter(offered).map(|layout| layout.word);
    let problem = match LAYOUTS.iter().find(|layout| layout.word == word) {
        Some(found) if offered(&found) => return Some(found.layout),
        Some(found) => Diagnostic::error("D081", format!("layout `{}` is for slides, this is a proposal", found.word)),
        None => {
            let problem = Diagnostic::error("D080", format!("there is no layout `{word}`"));
            match suggest(word, words()) {
                Some(meant) => problem.label(format!("did you mean `{meant}`?")),
                None => problem,
            }
        }
    };
    sink.push(problem.at(front.place.clone()).help(format!("use {}", either(words()))));
    None
}

/// Checks that a slide holds what its layout is made for.
pub(super) fn check(layout: SectionLayout, blocks: &[Block], front: &FrontValue, sink: &mut Sink) {
    let (wanted, is_it): (&str, fn(&BlockKind) -> bool) = match layout {
        SectionLayout::TwoColumn => ("`:::columns`", |kind| matches!(kind, BlockKind::Columns(_))),
        SectionLayout::BigNumber => ("`:::stats`", |kind| matches!(kind, BlockKind::Stats(_))),
        SectionLayout::Testimonial => ("`:::testimonial`", |kind| matches!(kind, BlockKind::Testimonial { .. })),
        SectionLayout::Comparison => {
            ("table or `:::comparison`", |kind| matches!(kind, BlockKind::Table(_) | BlockKind::Comparison(_)))
        }
        SectionLayout::Agenda => ("list", |kind| matches!(kind, BlockKind::List { .. })),
        SectionLayout::Timeline => ("`:::timeline`", |kind| matches!(kind, BlockKind::Timeline(_))),
        SectionLayout::Pricing => ("`:::pricing`", |kind| matches!(kind, BlockKind::Prices(_))),
        SectionLayout::Team => ("`:::team`", |kind| matches!(kind, BlockKind::Team(_))),
        _ => return,
    };
    if !blocks.iter().any(|block| is_it(&block.kind)) {
        let problem = Diagnostic::error("D084", format!("layout `{}` has no {wanted}", front.text.trim()));
        let help = format!("write a {wanted} below the title, or use layout `content`");
        sink.push(problem.at(front.place.clone()).help(help));
    }
}
