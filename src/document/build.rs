//! In: [`Piece`]s of a file. Out: [`Block`]s, each directive by its own rules, library blocks spliced in.

use super::case_study;
use super::chart;
use super::comparison;
use super::directives::{Node, Piece, split};
use super::editable;
use super::footnotes;
use super::headed;
use super::headings;
use super::images;
use super::limits;
use super::markdown;
use super::model::{Block, BlockKind, Kind, Stat, Text, Tone};
use super::pricing::{self, Priced};
use super::sink::Sink;
use super::source::Source;
use super::steps;
use super::tables::bars;
use super::timeline;
use super::tokens::Line;
use super::vocabulary::{self, Body, Directive, TOP};
use crate::diagnostic::Diagnostic;
use crate::fill::filled::Filled;

/// Blocks within blocks. Filling allows one level; this keeps a broken caller from recursing without end.
const MAX_SPLICES: usize = 4;

/// What a piece stands in.
#[derive(Clone, Copy)]
pub(super) struct Scope<'a> {
    /// The directive around it, [`TOP`] for none.
    within: &'static str,
    /// The folder that images are relative to.
    base: &'a str,
    splices: usize,
    whole: Whole<'a>,
}

/// What is the same for the whole document.
#[derive(Clone, Copy)]
pub(super) struct Whole<'a> {
    pub kind: Kind,
    pub priced: Option<Priced<'a>>,
}

/// Reads a whole file: a section, or a block that stands within `within`.
pub(super) fn file(
    filled: &Filled,
    within: &'static str,
    splices: usize,
    whole: Whole<'_>,
    sink: &mut Sink,
) -> Vec<Block> {
    if let Some(fault) = limits::fault(filled) {
        sink.push(fault);
        return Vec::new();
    }
    let source = Source::new(filled, sink);
    let base = images::base(&filled.file.path);
    let pieces = split(&source, sink);
    let blocks = blocks(&pieces, &source, Scope { within, base: &base, splices, whole }, sink);
    footnotes::unused(&source, sink);
    blocks
}

fn blocks(pieces: &[Piece], source: &Source, scope: Scope, sink: &mut Sink) -> Vec<Block> {
    let mut blocks = Vec::new();
    for piece in pieces {
        match piece {
            Piece::Lines(lines) => blocks.extend(markdown::blocks(source, lines.clone(), scope.base, sink)),
            Piece::Block { index, line } => blocks.extend(splice(*index, *line, source, scope, sink)),
            Piece::Directive(node) => {
                let kind = directive(node, source, scope, sink);
                let place = source.place_of_lines(node.line..node.inside.end + 1);
                blocks.extend(kind.map(|kind| Block { kind, place }));
            }
        }
    }
    blocks
}

fn splice(index: usize, line: usize, source: &Source, scope: Scope, sink: &mut Sink) -> Vec<Block> {
    let Some(filled) = source.filled.blocks.get(index).filter(|_| scope.splices < MAX_SPLICES) else {
        sink.push(Diagnostic::error("D002", "this block was not filled").at(source.place(line)));
        return Vec::new();
    };
    let known = sink.problems.len();
    let blocks = file(filled, scope.within, scope.splices + 1, scope.whole, sink);
    headings::check_block(&blocks, sink);
    if blocks.is_empty() && sink.problems.len() == known {
        let problem = Diagnostic::error("D083", format!("block `{}` is empty", filled.id));
        sink.push(problem.at(source.place(line)).help("write its text below the front matter, or do not use it"));
    }
    blocks
}

fn directive(node: &Node, source: &Source, scope: Scope, sink: &mut Sink) -> Option<BlockKind> {
    let directive = node.directive?;
    if !directive.parents.contains(&scope.within) {
        misplaced(directive, node, source, scope, sink);
    }
    let inner = Scope { within: directive.name, ..scope };
    let attribute = |name: &str, sink: &mut Sink| -> Option<Text> {
        node.attributes.get(name).map(|text| markdown::running_text(source, text, node.line, sink))
    };
    match directive.name {
        "toc" => Some(BlockKind::Toc),
        "signature" => Some(BlockKind::Signature),
        "acceptance" => Some(BlockKind::Acceptance),
        "page-break" => Some(BlockKind::PageBreak),
        "stats" => stats(node, source, sink).map(BlockKind::Stats),
        "timeline" => timeline::read(node, source, sink).map(BlockKind::Timeline),
        "columns" => columns(node, source, inner, sink).map(BlockKind::Columns),
        "callout" => {
            let title = attribute("title", sink);
            let blocks = body(directive, node, source, inner, sink);
            let tone = match node.attributes.get("tone") {
                Some("accent") => Tone::Accent,
                Some("warning") => Tone::Warning,
                _ => Tone::Neutral,
            };
            headings::refuse(&blocks, directive.name, sink);
            Some(BlockKind::Callout { tone, title, blocks })
        }
        "testimonial" => {
            let blocks = body(directive, node, source, inner, sink);
            let by = attribute("by", sink).unwrap_or_default();
            let role = attribute("role", sink);
            headings::refuse(&blocks, directive.name, sink);
            Some(BlockKind::Testimonial { by, role, blocks })
        }
        "figure" => images::figure(node, source, scope.base, sink),
        "editable" => {
            let known = sink.problems.len();
            let blocks = blocks(&node.pieces, source, inner, sink);
            // Where nothing of it could be read, that is said already.
            if blocks.is_empty() && sink.problems.len() > known {
                return None;
            }
            editable::read(blocks, node, source, sink)
        }
        "comparison" => comparison::read(node, source, sink),
        "case-study" => {
            let study = source.filled.case_studies.get(&node.line).filter(|_| scope.splices < MAX_SPLICES);
            case_study::read(study, node, source, (scope.splices, scope.whole), sink)
        }
        "steps" => {
            let blocks = body(directive, node, source, inner, sink);
            steps::read(blocks, &source.place(node.line), sink)
        }
        "cards" | "team" => {
            let blocks = body(directive, node, source, inner, sink);
            let read = if directive.name == "team" { headed::team } else { headed::cards };
            read(blocks, &source.place(node.line), sink)
        }
        "pricing" => {
            let prices = pricing::read(node, scope.whole.kind, scope.whole.priced, source, sink);
            prices.map(|prices| BlockKind::Prices(Box::new(prices)))
        }
        "chart" => {
            let words = (attribute("title", sink), attribute("unit", sink));
            let blocks = body(directive, node, source, inner, sink);
            chart::read(node, blocks, words, source, sink).map(BlockKind::Chart)
        }
        // A column outside columns was reported above; its text is read so that its own problems show too.
        _ => {
            body(directive, node, source, inner, sink);
            None
        }
    }
}

fn misplaced(directive: &Directive, node: &Node, source: &Source, scope: Scope, sink: &mut Sink) {
    let name = directive.name;
    let message = match scope.within {
        TOP => format!("`:::{name}` stands outside `:::{}`", directive.parents.first().unwrap_or(&"columns")),
        within => format!("`:::{name}` cannot stand in `:::{within}`"),
    };
    let help = match (scope.within, directive.parents) {
        (TOP, _) => "put `::::columns` before the first column and `::::` after the last".to_owned(),
        (_, [only]) if *only != TOP => format!("it belongs into `:::{only}`"),
        (within, _) => format!("close `:::{within}` before it"),
    };
    sink.push(Diagnostic::error("D016", message).at(source.place_of(node.line, name)).help(help));
}

/// Reads what stands in a container, and reports one with nothing in it.
fn body(directive: &Directive, node: &Node, source: &Source, scope: Scope, sink: &mut Sink) -> Vec<Block> {
    let known = sink.problems.len();
    let blocks = blocks(&node.pieces, source, scope, sink);
    if blocks.is_empty() && sink.problems.len() == known && directive.body != Body::Leaf {
        empty(directive.name, node, source, sink);
    }
    blocks
}

/// Reports a directive with nothing in it.
pub(super) fn empty(name: &str, node: &Node, source: &Source, sink: &mut Sink) {
    let problem = Diagnostic::error("D023", format!("`:::{name}` is empty"));
    sink.push(problem.at(source.place(node.line)).help("write something between its lines, or remove it"));
}

fn columns(node: &Node, source: &Source, scope: Scope, sink: &mut Sink) -> Option<Vec<Vec<Block>>> {
    let mut columns = Vec::new();
    for piece in &node.pieces {
        let line = match piece {
            Piece::Directive(inner) if inner.directive.is_some_and(|directive| directive.name == "column") => {
                let directive = vocabulary::find("column")?;
                columns.push(body(directive, inner, source, Scope { within: "column", ..scope }, sink));
                continue;
            }
            Piece::Directive(inner) => inner.line,
            Piece::Block { line, .. } => *line,
            Piece::Lines(lines) => {
                lines.clone().find(|line| !source.text(*line).trim().is_empty()).unwrap_or(lines.start)
            }
        };
        let problem = Diagnostic::error("D024", "this stands in `:::columns` but in no column");
        sink.push(problem.at(source.place(line)).help("put it between `:::column` and `:::`"));
    }
    if !(2..=3).contains(&columns.len()) {
        let problem =
            Diagnostic::error("D025", format!("`:::columns` has {}, it takes 2 or 3", count(columns.len(), "column")));
        let help =
            if columns.len() > 3 { "set them as two rows, or as a table" } else { "begin each with `:::column`" };
        sink.push(problem.at(source.place(node.line)).help(help));
        return None;
    }
    Some(columns)
}

fn stats(node: &Node, source: &Source, sink: &mut Sink) -> Option<Vec<Stat>> {
    let mut stats = Vec::new();
    let mut found = 0;
    for line in node.inside.clone() {
        if !matches!(source.lines.get(line), Some(Line::Text(text)) if text.trim().is_empty()) {
            found += 1;
            stats.extend(stat(line, source, sink));
        }
    }
    match found {
        0 => empty("stats", node, source, sink),
        1..=4 => return Some(stats),
        _ => {
            let problem = Diagnostic::error("D027", format!("`:::stats` has {found} lines, it takes 4 at most"));
            sink.push(problem.at(source.place(node.line)).help("keep the strongest, or set them as a table"));
        }
    }
    None
}

fn stat(line: usize, source: &Source, sink: &mut Sink) -> Option<Stat> {
    let text = source.text(line);
    let bars: Vec<usize> = bars(text).collect();
    let parts = match bars[..] {
        [bar] => Ok((&text[..bar], &text[bar + 1..])),
        [] => Err("this line has no `|` between figure and label"),
        _ => Err("this line has more than one `|`"),
    };
    let read = parts.and_then(|(figure, label)| {
        let figure = markdown::running_text(source, figure, line, sink);
        let label = markdown::running_text(source, label, line, sink);
        match (headings::is_blank(&figure), headings::is_blank(&label)) {
            (true, _) => Err("this line has no figure"),
            (_, true) => Err("this line does not say what its figure means"),
            _ => Ok(Stat { figure, label }),
        }
    });
    read.map_err(|what| {
        let help = "write `42% | fewer breakdowns`, and `\\|` for a bar within the text";
        sink.push(Diagnostic::error("D026", what).at(source.place(line)).help(help));
    })
    .ok()
}

/// `no line`, `1 line`, `2 lines`.
pub(super) fn count(number: usize, noun: &str) -> String {
    match number {
        0 => format!("no {noun}"),
        1 => format!("1 {noun}"),
        _ => format!("{number} {noun}s"),
    }
}
