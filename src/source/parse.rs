//! In: the text of a YAML or JSON file. Out: its [`Node`] tree, or every fault of its syntax that can be told apart.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use saphyr_parser::{Event, Parser, ScalarStyle, ScanError, Span, StrInput};

use super::node::{Node, NodeKind};
use super::offsets::Offsets;
use super::{Spanned, escapes, messages};
use crate::diagnostic::{Checked, Diagnostic, Place, Problems, SourceFile};

/// Deeper than any file that a person writes; keeps the stack small.
const MAX_DEPTH: usize = 64;
/// Reading stops after this many faults: nobody reads more.
const MAX_FAULTS: usize = 100;
/// Most nodes in one file.
const MAX_NODES: usize = 200_000;

/// Reads a part of a file into nodes; places count from the start of the file.
///
/// # Errors
/// `Y003` to `Y011` and `Y018`: syntax, duplicate keys, anchors, tags, merges, several documents, bombs.
pub fn parse(file: &Arc<SourceFile>, range: Range<usize>) -> Checked<Node> {
    let Some(part) = file.text.get(range.clone()) else {
        return Err(Diagnostic::error("Y003", format!("`{}` ends before the part to read", file.path)).into());
    };
    let (text, base) = match part.strip_prefix('\u{FEFF}') {
        Some(rest) => (rest, range.start + '\u{FEFF}'.len_utf8()),
        None => (part, range.start),
    };
    let pairs = escapes::join_surrogates(text);
    let offsets = Offsets::new(text, base, pairs.as_ref());
    let yaml = pairs.as_ref().map_or(text, |p| p.text.as_str());
    let builder = Builder {
        parser: Parser::new_from_str(yaml),
        file,
        offsets,
        problems: Vec::new(),
        nodes: 0,
        anchors: BTreeMap::new(),
    };
    builder.run()
}

/// Marks that reading cannot go on; the reason is already among the problems.
struct Stop;

struct Builder<'a> {
    parser: Parser<'a, StrInput<'a>>,
    file: &'a Arc<SourceFile>,
    offsets: Offsets,
    problems: Vec<Diagnostic>,
    nodes: usize,
    /// Anchors already reported, so that one file full of them gives one line each.
    anchors: BTreeMap<usize, ()>,
}

impl<'a> Builder<'a> {
    fn run(mut self) -> Checked<Node> {
        match self.stream() {
            Ok(root) if self.problems.is_empty() => Ok(root),
            _ => Err(Problems(self.problems)),
        }
    }

    fn stream(&mut self) -> Result<Node, Stop> {
        let mut root = None;
        loop {
            let (event, span) = self.next()?;
            match event {
                Event::StreamEnd => break,
                Event::StreamStart | Event::DocumentEnd | Event::Nothing => {}
                Event::DocumentStart(_) if root.is_some() => {
                    return self.stop(
                        "Y009",
                        "a second document starts here",
                        self.span(span),
                        "a file holds one document",
                        "take out the `---` line, or move what follows it to a file of its own",
                    );
                }
                Event::DocumentStart(_) => {}
                event => root = Some(self.node(event, span, 0)?),
            }
        }
        let end = self.offsets.end();
        Ok(root.unwrap_or(Node { span: end..end, kind: NodeKind::Null }))
    }

    fn next(&mut self) -> Result<(Event<'a>, Span), Stop> {
        match self.parser.next_event() {
            Some(Ok(next)) => Ok(next),
            Some(Err(error)) => Err(self.syntax(&error)),
            None => {
                let end = self.offsets.end();
                self.stop("Y003", "the file ends too early", end..end, "something is not closed", "close it")
            }
        }
    }

    fn node(&mut self, event: Event<'a>, span: Span, depth: usize) -> Result<Node, Stop> {
        let place = self.span(span);
        self.nodes += 1;
        if self.problems.len() >= MAX_FAULTS {
            return Err(Stop);
        }
        if depth > MAX_DEPTH {
            let message = format!("lists and groups are nested more than {MAX_DEPTH} deep");
            return self.stop("Y010", message, place, "too deep", "no file here needs more than a few levels");
        }
        if self.nodes > MAX_NODES {
            let message = format!("the file holds more than {MAX_NODES} values");
            return self.stop("Y011", message, place, "the limit is reached here", "split the file");
        }
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                self.refuse_extras(anchor, tag.is_some(), &place);
                let quoted = style != ScalarStyle::Plain;
                let null = !quoted && matches!(&*text, "" | "~" | "null");
                let kind = if null { NodeKind::Null } else { NodeKind::Scalar { text: text.into_owned(), quoted } };
                Ok(Node { span: self.trimmed(place, quoted), kind })
            }
            Event::SequenceStart(anchor, tag) => {
                self.refuse_extras(anchor, tag.is_some(), &place);
                self.list(place, depth)
            }
            Event::MappingStart(anchor, tag) => {
                self.refuse_extras(anchor, tag.is_some(), &place);
                self.map(place, depth)
            }
            Event::Alias(_) => {
                let name = self.file.text.get(place.clone()).unwrap_or("*").to_owned();
                self.fault(
                    "Y006",
                    format!("`{name}` points to another part of the file"),
                    place.clone(),
                    "aliases are not used here",
                    "write the value out; in text, put quotes around a word that begins with `*`",
                );
                Ok(Node { span: place, kind: NodeKind::Null })
            }
            _ => self.stop("Y003", "a value is missing here", place, "expected a value", "write a value"),
        }
    }

    fn list(&mut self, start: Range<usize>, depth: usize) -> Result<Node, Stop> {
        let mut items: Vec<Node> = Vec::new();
        loop {
            let (event, span) = self.next()?;
            if event == Event::SequenceEnd {
                let end = self.end_of(&start, span, items.last().map(|node| node.span.end));
                return Ok(Node { span: start.start..end, kind: NodeKind::List(items) });
            }
            items.push(self.node(event, span, depth + 1)?);
        }
    }

    fn map(&mut self, start: Range<usize>, depth: usize) -> Result<Node, Stop> {
        let mut entries: Vec<(Spanned<String>, Node)> = Vec::new();
        let mut seen: BTreeMap<String, usize> = BTreeMap::new();
        loop {
            let (event, span) = self.next()?;
            if event == Event::MappingEnd {
                let last = entries.last().map(|(key, node)| node.span.end.max(key.span.end));
                let end = self.end_of(&start, span, last);
                return Ok(Node { span: start.start..end, kind: NodeKind::Map(entries) });
            }
            let key = self.node(event, span, depth + 1)?;
            let (event, span) = self.next()?;
            let value = self.node(event, span, depth + 1)?;
            let Some(key) = self.key(key) else { continue };
            match seen.get(&key.value) {
                Some(&first) => self.duplicate(&key, first),
                None => {
                    seen.insert(key.value.clone(), key.span.start);
                    entries.push((key, value));
                }
            }
        }
    }

    /// Turns a node into a key, or reports why it cannot be one.
    fn key(&mut self, node: Node) -> Option<Spanned<String>> {
        match node.kind {
            NodeKind::Scalar { text, quoted: false } if text == "<<" => {
                let help = "write the keys out here";
                self.fault("Y008", "`<<` merges another group into this one", node.span, "merges are not used", help);
                None
            }
            NodeKind::Scalar { text, .. } => Some(Spanned { value: text, span: node.span }),
            _ => {
                let message = format!("a key must be a word, found {}", node.describe());
                self.fault("Y018", message, node.span, "not a key", "write `name: value`; put odd names in quotes");
                None
            }
        }
    }

    fn duplicate(&mut self, key: &Spanned<String>, first: usize) {
        let (line, _) = Place { file: self.file.clone(), span: first..first }.line_column();
        self.fault(
            "Y005",
            format!("the key `{}` is given twice", key.value),
            key.span.clone(),
            format!("first given on line {line}"),
            "keep one of them",
        );
    }

    /// Anchors and tags change what text means, so neither is read.
    fn refuse_extras(&mut self, anchor: usize, tag: bool, place: &Range<usize>) {
        if anchor > 0 && self.anchors.insert(anchor, ()).is_none() {
            let place = self.mark_before(place.start, '&');
            let help = "take out the `&name`; in text, put quotes around a word that begins with `&`";
            self.fault("Y006", "an anchor (`&`) names this value", place, "anchors are not used here", help);
        }
        if tag {
            let place = self.mark_before(place.start, '!');
            let help = "take out the `!tag`; in text, put quotes around a word that begins with `!`";
            self.fault("Y007", "a tag (`!`) changes the type of this value", place, "tags are not used here", help);
        }
    }

    /// Finds the word that begins with `mark` and stands at or shortly before `at`.
    fn mark_before(&self, at: usize, mark: char) -> Range<usize> {
        let text = &self.file.text;
        let at = at.min(text.len());
        let found = text[at..].starts_with(mark).then_some(at).or_else(|| text[..at].rfind(mark));
        match found {
            Some(start) => start..start + text[start..].find(char::is_whitespace).unwrap_or(text.len() - start),
            None => at..at,
        }
    }

    /// The end of a list or map: its bracket, or the end of its last child (block forms end at the next token).
    fn end_of(&self, start: &Range<usize>, end: Span, last: Option<usize>) -> usize {
        let flow = self.file.text.as_bytes().get(start.start).is_some_and(|byte| matches!(byte, b'{' | b'['));
        let end = self.span(end).end;
        let end = if flow { end } else { last.unwrap_or(start.end) };
        end.max(start.start)
    }

    /// Plain and block scalars run on over blanks; a mark under blanks helps nobody.
    fn trimmed(&self, span: Range<usize>, quoted: bool) -> Range<usize> {
        let text = self.file.text.get(span.clone()).unwrap_or("");
        let closed = quoted && text.ends_with(['"', '\'']);
        let end = if closed { span.end } else { span.start + text.trim_end().len() };
        span.start..end
    }

    fn span(&self, span: Span) -> Range<usize> {
        let start = self.offsets.byte(span.start.index());
        start..self.offsets.byte(span.end.index()).max(start)
    }

    fn syntax(&mut self, error: &ScanError) -> Stop {
        let at = self.offsets.byte(error.marker().index());
        let fault = messages::explain(error.info(), &self.file.text, at);
        self.fault(fault.code, fault.message, fault.span, fault.label, fault.help);
        Stop
    }

    fn fault(
        &mut self,
        code: &'static str,
        message: impl Into<String>,
        span: Range<usize>,
        label: impl Into<String>,
        help: impl Into<String>,
    ) {
        let place = Place { file: self.file.clone(), span };
        self.problems.push(Diagnostic::error(code, message).at(place).label(label).help(help));
    }

    fn stop<T>(
        &mut self,
        code: &'static str,
        message: impl Into<String>,
        span: Range<usize>,
        label: &str,
        help: &str,
    ) -> Result<T, Stop> {
        self.fault(code, message, span, label, help);
        Err(Stop)
    }
}
