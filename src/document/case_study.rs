//! In: a `:::case-study`, and the block that filling found for it. Out: the [`CaseStudy`], or what is wrong with the block.

use super::build::{self, Whole};
use super::directives::Node;
use super::headings::is_blank;
use super::model::{Block, BlockKind, CaseStudy, Quote, plain_words};
use super::sink::Sink;
use super::source::Source;
use super::steps::is_running;
use super::vocabulary::TOP;
use crate::diagnostic::Diagnostic;
use crate::fill::filled;

/// Reads the block by itself, and takes it apart.
pub(super) fn read(
    found: Option<&filled::CaseStudy>,
    node: &Node,
    source: &Source,
    (splices, whole): (usize, Whole<'_>),
    sink: &mut Sink,
) -> Option<BlockKind> {
    // A directive without an id was reported.
    node.attributes.get("id")?;
    let Some(found) = found else {
        sink.push(Diagnostic::error("D002", "this case study was not filled").at(source.place(node.line)));
        return None;
    };
    let known = sink.problems.len();
    let blocks = build::file(&found.block, TOP, splices + 1, whole, sink);
    super::headings::check_block(&blocks, sink);
    let mut study = CaseStudy {
        level: 1,
        head: plain_words(&found.title),
        summary: found.summary.as_deref().filter(|summary| !summary.trim().is_empty()).map(plain_words),
        figures: Vec::new(),
        blocks: Vec::new(),
        quote: None,
        place: source.place(node.line),
    };
    let mut headed = false;
    for block in blocks {
        take(block, &mut study, &mut headed, sink);
    }
    let says = !study.figures.is_empty() || !study.blocks.is_empty() || study.quote.is_some();
    if !says && sink.problems.len() == known {
        let message = format!("block `{}` has neither figures nor words", found.block.id);
        let problem = Diagnostic::error("D083", message).at(source.place(node.line));
        sink.push(problem.help("write its text below the front matter, or do not use it"));
    }
    Some(BlockKind::CaseStudy(study))
}

/// Gives a block of the file its place in the study.
fn take(block: Block, study: &mut CaseStudy, headed: &mut bool, sink: &mut Sink) {
    let is_plain = is_running(&block);
    let Block { kind, place } = block;
    match kind {
        BlockKind::Heading { text, .. } if !*headed && !is_blank(&text) => {
            *headed = true;
            study.head = text;
            study.place = place;
        }
        BlockKind::Stats(figures) if study.figures.is_empty() => study.figures = figures,
        BlockKind::Testimonial { by, role, blocks } if study.quote.is_none() => {
            study.quote = Some(Quote { by, role, blocks, place });
        }
        kind if is_plain => study.blocks.push(Block { kind, place }),
        kind => {
            let message = match kind {
                BlockKind::Heading { .. } => "a case study has one heading",
                BlockKind::Stats(_) => "a case study has one `:::stats`",
                BlockKind::Testimonial { .. } => "a case study has one `:::testimonial`",
                _ => "a case study holds paragraphs, lists, figures and a quote",
            };
            let help = "take this out of the block, or put the block where `{{ block(…) }}` stands alone";
            sink.push(Diagnostic::error("D111", message).at(place).help(help));
        }
    }
}
