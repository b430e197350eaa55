//! In: blocks. Out: their texts and the blocks within them in reading order; the one place that knows this order.

use super::model::{Block, BlockKind, CaseStudy, Image, Inline, Text};
use crate::diagnostic::Place;

/// A part of a block, in reading order.
pub(super) enum Part<'a> {
    Text(&'a Text),
    Blocks(&'a [Block]),
}

/// Lists the parts of a block: a table's head before its rows, a stat's figure before its label, a moment's time before
/// what happens, a step's or card's head before its words, a testimonial's words before who said them, a callout's title
/// before its blocks, a figure's caption, a case study's head, summary, figures, words and quote, a chart's title and
/// unit before its table and the source after it, prices in their own order.
pub(super) fn parts(kind: &BlockKind) -> Vec<Part<'_>> {
    match kind {
        BlockKind::Heading { text, .. } | BlockKind::Paragraph(text) => vec![Part::Text(text)],
        BlockKind::List { items: parts, .. } | BlockKind::Columns(parts) => {
            parts.iter().map(|blocks| Part::Blocks(blocks)).collect()
        }
        BlockKind::Table(table) | BlockKind::Comparison(table) => {
            table.head.iter().chain(table.rows.iter().flatten()).map(Part::Text).collect()
        }
        BlockKind::Callout { title, blocks, .. } => {
            title.iter().map(Part::Text).chain([Part::Blocks(blocks)]).collect()
        }
        BlockKind::Stats(stats) => stats.iter().flat_map(|stat| [&stat.figure, &stat.label]).map(Part::Text).collect(),
        BlockKind::Timeline(moments) => {
            moments.iter().flat_map(|m| [&m.when, &m.what].into_iter().chain(&m.text)).map(Part::Text).collect()
        }
        BlockKind::Steps { steps, .. } => {
            steps.iter().flat_map(|step| [Part::Text(&step.head), Part::Blocks(&step.blocks)]).collect()
        }
        BlockKind::Cards(cards) => {
            cards.iter().flat_map(|card| [Part::Text(&card.head), Part::Blocks(&card.blocks)]).collect()
        }
        BlockKind::Team(people) => people
            .iter()
            .flat_map(|person| [Part::Text(&person.name), Part::Text(&person.role), Part::Blocks(&person.blocks)])
            .collect(),
        BlockKind::Chart(chart) => {
            let cells = chart.table.head.iter().chain(chart.table.rows.iter().flatten());
            chart.title.iter().chain(&chart.unit).chain(cells).chain(&chart.source).map(Part::Text).collect()
        }
        BlockKind::Testimonial { by, role, blocks } => {
            [Part::Blocks(blocks)].into_iter().chain([by].into_iter().chain(role).map(Part::Text)).collect()
        }
        BlockKind::Editable { blocks, .. } => vec![Part::Blocks(blocks)],
        BlockKind::CaseStudy(study) => {
            let mut parts: Vec<Part> = [&study.head].into_iter().chain(&study.summary).map(Part::Text).collect();
            parts.extend(study.figures.iter().flat_map(|stat| [&stat.figure, &stat.label]).map(Part::Text));
            parts.push(Part::Blocks(&study.blocks));
            if let Some(quote) = &study.quote {
                parts.push(Part::Blocks(&quote.blocks));
                parts.extend([&quote.by].into_iter().chain(&quote.role).map(Part::Text));
            }
            parts
        }
        BlockKind::Prices(prices) => prices.texts().into_iter().map(Part::Text).collect(),
        BlockKind::Figure(image) if !image.caption.is_empty() => vec![Part::Text(&image.caption)],
        BlockKind::Figure(_) | BlockKind::Toc | BlockKind::Signature | BlockKind::Acceptance | BlockKind::PageBreak => {
            Vec::new()
        }
    }
}

/// Calls `look` for each block, outer ones first.
pub(super) fn each_block<'a>(blocks: &'a [Block], look: &mut impl FnMut(&'a Block)) {
    for block in blocks {
        look(block);
        for part in parts(&block.kind) {
            if let Part::Blocks(blocks) = part {
                each_block(blocks, look);
            }
        }
    }
}

/// Calls `look` for each text of the blocks, with the place of its block.
pub(crate) fn each_text<'a>(blocks: &'a [Block], look: &mut impl FnMut(&'a Text, &'a Place)) {
    for block in blocks {
        for part in parts(&block.kind) {
            match part {
                Part::Text(text) => look(text, &block.place),
                Part::Blocks(blocks) => each_text(blocks, look),
            }
        }
    }
}

/// Calls `look` for each image of the blocks, those within lines of text too.
pub(crate) fn each_image<'a>(blocks: &'a [Block], look: &mut impl FnMut(&'a Image)) {
    for block in blocks {
        if let BlockKind::Figure(image) = &block.kind {
            look(image);
        }
        for part in parts(&block.kind) {
            match part {
                Part::Text(text) => each_inline(text, &mut |inline| {
                    if let Inline::Image(image) = inline {
                        look(image);
                    }
                }),
                Part::Blocks(blocks) => each_image(blocks, look),
            }
        }
    }
}

/// Calls `look` for each inline of a text, outer ones first, those of footnotes too.
pub(crate) fn each_inline<'a>(text: &'a [Inline], look: &mut dyn FnMut(&'a Inline)) {
    for inline in text {
        look(inline);
        match inline {
            Inline::Strong(inner)
            | Inline::Emphasis(inner)
            | Inline::Link { text: inner, .. }
            | Inline::Footnote { text: inner, .. } => each_inline(inner, look),
            Inline::Text { .. } | Inline::Image(_) | Inline::Break => {}
        }
    }
}

/// Calls `change` for each inline of the blocks in the order of [`parts`].
pub(super) fn each_inline_mut(blocks: &mut [Block], change: &mut impl FnMut(&mut Inline)) {
    for block in blocks {
        match &mut block.kind {
            BlockKind::Heading { text, .. } | BlockKind::Paragraph(text) => in_text_mut(text, change),
            BlockKind::List { items: parts, .. } | BlockKind::Columns(parts) => {
                parts.iter_mut().for_each(|blocks| each_inline_mut(blocks, change));
            }
            BlockKind::Table(table) | BlockKind::Comparison(table) => {
                table.head.iter_mut().chain(table.rows.iter_mut().flatten()).for_each(|cell| in_text_mut(cell, change));
            }
            BlockKind::Callout { title, blocks, .. } => {
                title.iter_mut().for_each(|title| in_text_mut(title, change));
                each_inline_mut(blocks, change);
            }
            BlockKind::Stats(stats) => {
                stats
                    .iter_mut()
                    .flat_map(|stat| [&mut stat.figure, &mut stat.label])
                    .for_each(|t| in_text_mut(t, change));
            }
            BlockKind::Timeline(moments) => moments
                .iter_mut()
                .flat_map(|m| [&mut m.when, &mut m.what].into_iter().chain(&mut m.text))
                .for_each(|t| in_text_mut(t, change)),
            BlockKind::Steps { steps, .. } => {
                for step in steps {
                    in_text_mut(&mut step.head, change);
                    each_inline_mut(&mut step.blocks, change);
                }
            }
            BlockKind::Cards(cards) => {
                for card in cards {
                    in_text_mut(&mut card.head, change);
                    each_inline_mut(&mut card.blocks, change);
                }
            }
            BlockKind::Team(people) => {
                for person in people {
                    in_text_mut(&mut person.name, change);
                    in_text_mut(&mut person.role, change);
                    each_inline_mut(&mut person.blocks, change);
                }
            }
            BlockKind::Chart(chart) => {
                let cells = chart.table.head.iter_mut().chain(chart.table.rows.iter_mut().flatten());
                let texts = chart.title.iter_mut().chain(&mut chart.unit).chain(cells).chain(&mut chart.source);
                texts.for_each(|text| in_text_mut(text, change));
            }
            BlockKind::Testimonial { by, role, blocks } => {
                each_inline_mut(blocks, change);
                [by].into_iter().chain(role).for_each(|text| in_text_mut(text, change));
            }
            BlockKind::CaseStudy(study) => in_case_study_mut(study, change),
            BlockKind::Editable { blocks, .. } => each_inline_mut(blocks, change),
            BlockKind::Figure(image) => in_text_mut(&mut image.caption, change),
            // Prices are made of plain words: nothing in them is numbered later.
            BlockKind::Prices(_)
            | BlockKind::Toc
            | BlockKind::Signature
            | BlockKind::Acceptance
            | BlockKind::PageBreak => {}
        }
    }
}

fn in_case_study_mut(study: &mut CaseStudy, change: &mut impl FnMut(&mut Inline)) {
    [&mut study.head].into_iter().chain(&mut study.summary).for_each(|text| in_text_mut(text, change));
    for stat in &mut study.figures {
        in_text_mut(&mut stat.figure, change);
        in_text_mut(&mut stat.label, change);
    }
    each_inline_mut(&mut study.blocks, change);
    if let Some(quote) = &mut study.quote {
        each_inline_mut(&mut quote.blocks, change);
        [&mut quote.by].into_iter().chain(&mut quote.role).for_each(|text| in_text_mut(text, change));
    }
}

fn in_text_mut(text: &mut [Inline], change: &mut impl FnMut(&mut Inline)) {
    for inline in text {
        change(inline);
        match inline {
            Inline::Strong(inner)
            | Inline::Emphasis(inner)
            | Inline::Link { text: inner, .. }
            | Inline::Footnote { text: inner, .. } => in_text_mut(inner, change),
            Inline::Text { .. } | Inline::Image(_) | Inline::Break => {}
        }
    }
}
