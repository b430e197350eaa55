//! In: lines of Markdown between directives. Out: [`Block`]s, and problems for what the dialect does not have.

use std::ops::Range;

use comrak::nodes::{ListType, Node, NodeValue};
use comrak::{Arena, Options, parse_document};

use super::footnotes;
use super::headings::is_blank;
use super::model::{Block, BlockKind, Inline, Text};
use super::sink::Sink;
use super::source::Source;
use super::tables;
use crate::diagnostic::{Diagnostic, Place};

/// Lists within lists.
const MAX_LIST_DEPTH: usize = 4;

/// Reads one stretch of Markdown.
pub(super) struct Reader<'s, 'f> {
    pub source: &'s Source<'f>,
    pub sink: &'s mut Sink,
    /// Lines of the source that the parsed text came from; its last line stands for all beyond.
    pub lines: Range<usize>,
    /// The folder that images are relative to.
    pub base: &'s str,
}

/// Parses Markdown in the dialect and hands its root to `read`; `stubs` follow the text.
pub(super) fn parse<T>(text: &str, stubs: &str, read: impl FnOnce(Node<'_>) -> T) -> T {
    let mut options = Options::default();
    options.extension.table = true;
    options.extension.footnotes = true;
    // Chinese and Japanese put no spaces around words: `**準備：**車両` is strong all the same.
    options.extension.cjk_friendly_emphasis = true;
    options.parse.leave_footnote_definitions = true;
    options.parse.escaped_char_spans = true;
    let arena = Arena::new();
    read(parse_document(&arena, &[text, stubs].concat(), &options))
}

/// Reads lines of a file as blocks.
pub(super) fn blocks(source: &Source, lines: Range<usize>, base: &str, sink: &mut Sink) -> Vec<Block> {
    let texts: Vec<&str> = lines.clone().map(|line| source.text(line)).collect();
    let text = texts.join("\n");
    parse(&text, &footnotes::stubs(source, &text), |root| Reader { source, sink, lines, base }.blocks(root, 0))
}

/// Reads one line's text as running text, whatever blocks it looks like.
pub(super) fn running_text(source: &Source, text: &str, line: usize, sink: &mut Sink) -> Text {
    // Within a heading everything is running text; the closing mark keeps a `#` of the text's own.
    let heading = format!("# {} #", text.trim());
    parse(&heading, &footnotes::stubs(source, &heading), |root| {
        let mut reader = Reader { source, sink, lines: line..line + 1, base: "" };
        root.first_child().map(|heading| reader.inlines(heading)).unwrap_or_default()
    })
}

impl Reader<'_, '_> {
    /// The line of the source that a node begins on.
    pub fn line(&self, node: Node<'_>) -> usize {
        self.nth(node.data().sourcepos.start.line)
    }

    fn nth(&self, line: usize) -> usize {
        let last = self.lines.end.saturating_sub(1).max(self.lines.start);
        (self.lines.start + line.saturating_sub(1)).min(last)
    }

    fn lines_of(&self, node: Node<'_>) -> Range<usize> {
        let at = node.data().sourcepos;
        self.nth(at.start.line)..self.nth(at.end.line) + 1
    }

    pub fn place(&self, node: Node<'_>) -> Place {
        self.source.place_of_lines(self.lines_of(node))
    }

    /// Reports a problem at some words of a node, or at its first line.
    pub fn problem(&mut self, node: Node<'_>, words: &str, problem: Diagnostic) {
        let place = self.source.place_of(self.line(node), words);
        self.sink.push(problem.at(place));
    }

    fn blocks(&mut self, parent: Node<'_>, list_depth: usize) -> Vec<Block> {
        let mut blocks = Vec::new();
        for node in parent.children() {
            if let Some(kind) = self.block(node, list_depth) {
                blocks.push(Block { kind, place: self.place(node) });
            }
        }
        blocks
    }

    fn block(&mut self, node: Node<'_>, list_depth: usize) -> Option<BlockKind> {
        match &node.data().value {
            NodeValue::Paragraph => self.paragraph(node),
            NodeValue::Heading(heading) if heading.setext => {
                let problem = Diagnostic::error("D034", "a heading is underlined");
                self.problem(node, "", problem.help("write `## Heading`; put an empty line above a line of dashes"));
                None
            }
            NodeValue::Heading(_) if list_depth > 0 => {
                let problem = Diagnostic::error("D037", "a heading stands in a list");
                self.problem(node, "", problem.help("write **bold** words, or end the list first"));
                None
            }
            NodeValue::Heading(heading) => Some(BlockKind::Heading { level: heading.level, text: self.inlines(node) }),
            NodeValue::List(list) => {
                let start =
                    (list.list_type == ListType::Ordered).then(|| u32::try_from(list.start).unwrap_or(u32::MAX));
                self.list(node, start, list_depth)
            }
            NodeValue::Table(table) => {
                let (alignments, columns) = (table.alignments.clone(), table.num_columns);
                tables::read(self, node, &alignments, columns).map(BlockKind::Table)
            }
            NodeValue::FootnoteDefinition(note) => {
                // Those of the dialect were taken out of the lines; the stubs that stand for them say nothing.
                if !self.source.notes.contains_key(&footnotes::key(&note.name)) {
                    let problem = Diagnostic::error("D042", format!("footnote `[^{}]` is indented", note.name));
                    self.problem(node, "", problem.help("begin `[^name]: …` at the start of a line"));
                }
                None
            }
            other => {
                self.refuse_block(node, other);
                None
            }
        }
    }

    fn paragraph(&mut self, node: Node<'_>) -> Option<BlockKind> {
        tables::broken(self, self.lines_of(node));
        for line in self.lines_of(node) {
            let words = self.source.text(line).trim_start();
            let title = words.trim_start_matches('#');
            let marks = words.len() - title.len();
            if marks > 1 && !title.trim().is_empty() || marks == 1 && title.starts_with(char::is_alphabetic) {
                let problem = Diagnostic::error("D040", format!("`{}` would be printed as it stands", &words[..marks]));
                let help = format!("write `{} Heading`, with a space and an empty line before it", &words[..marks]);
                self.sink.push(problem.at(self.source.place(line)).help(help));
            }
        }
        let mut text = self.inlines(node);
        if let [Inline::Image(_)] = text.as_slice()
            && let Some(Inline::Image(image)) = text.pop()
        {
            return Some(BlockKind::Figure(image));
        }
        (!is_blank(&text)).then_some(BlockKind::Paragraph(text))
    }

    fn list(&mut self, node: Node<'_>, start: Option<u32>, depth: usize) -> Option<BlockKind> {
        if depth >= MAX_LIST_DEPTH {
            let problem = Diagnostic::error("D039", "lists stand too deep within each other");
            self.problem(node, "", problem.help(format!("{MAX_LIST_DEPTH} levels are the most a page can show")));
            return None;
        }
        let mut items = Vec::new();
        for item in node.children() {
            let known = self.sink.problems.len();
            self.task(item);
            let blocks = self.blocks(item, depth + 1);
            if blocks.is_empty() && self.sink.problems.len() == known {
                let problem = Diagnostic::error("D038", "a list item is empty");
                self.problem(item, "", problem.help("write its text after the marker, or remove the line"));
            }
            items.push(blocks);
        }
        Some(BlockKind::List { start, items })
    }

    fn refuse_block(&mut self, node: Node<'_>, value: &NodeValue) {
        let problem = match value {
            NodeValue::HtmlBlock(html) if html.literal.trim_start().starts_with("<!--") => {
                Diagnostic::error("D030", "an HTML comment would be lost").help("write a note as `{# … #}`")
            }
            NodeValue::HtmlBlock(_) => Diagnostic::error("D030", "this is HTML, which documents do not have")
                .help("write Markdown or a `:::` directive"),
            NodeValue::CodeBlock(code) if !code.fenced => {
                Diagnostic::error("D031", "four spaces before a line make it code, which documents do not have")
                    .help("begin the text at the start of the line")
            }
            NodeValue::CodeBlock(_) => Diagnostic::error("D031", "this is a code block, which documents do not have")
                .help("remove the lines of backticks or tildes"),
            NodeValue::BlockQuote => Diagnostic::error("D032", "this is a block quote, which documents do not have")
                .help("write `:::testimonial{by=\"…\"}` for somebody's words, or `:::callout` for a remark"),
            NodeValue::ThematicBreak => Diagnostic::error("D033", "this is a rule, which documents do not have")
                .help("remove it: headings part the text, and `:::page-break` begins a page"),
            _ => Diagnostic::error("D040", "this mark-up is not part of the dialect").help("write it in words"),
        };
        self.problem(node, "", problem);
    }
}
