//! In: comrak's inline nodes. Out: [`Text`] with values decoded, and problems for what the dialect does not have.

use comrak::nodes::{Node, NodeValue};

use super::footnotes;
use super::images;
use super::links;
use super::markdown::{Reader, parse, running_text};
use super::model::{Image, Inline, Text};
use super::sink::Sink;
use super::source::Source;
use super::tokens::{Piece, push_text};
use crate::diagnostic::Diagnostic;

/// Emphasis within emphasis within links; nothing sensible comes near.
const MAX_DEPTH: usize = 12;

/// Mark-up that the parser left standing, and what to do about it.
const LEFT_STANDING: &[(&str, &str)] = &[
    ("**", "write `**bold**` without spaces inside the stars, or `\\*\\*` for the stars themselves"),
    ("](", "write `[text](address)` without line breaks or spaces in the address, or `\\]` for the bracket itself"),
    ("[^", "write the footnote's text below: `[^name]: …` at the start of a line, with an empty line before it"),
    ("~~", "remove the words that are struck out, or write `\\~\\~` for the signs themselves"),
    (":::", "begin `:::` at the start of its line, outside lists"),
];

impl Reader<'_, '_> {
    /// Reads the inline children of a node.
    pub fn inlines(&mut self, node: Node<'_>) -> Text {
        let mut text = Text::new();
        self.inlines_into(node, &mut text, 0);
        text
    }

    fn inlines_into(&mut self, node: Node<'_>, text: &mut Text, depth: usize) {
        if depth > MAX_DEPTH {
            let problem = Diagnostic::error("D039", "emphasis or links stand too deep within each other");
            return self.problem(node, "", problem.help("remove some of the stars or brackets"));
        }
        for child in node.children() {
            self.inline(child, text, depth);
        }
    }

    fn inline(&mut self, node: Node<'_>, text: &mut Text, depth: usize) {
        match &node.data().value {
            NodeValue::Text(words) => {
                self.standing(node, words);
                self.words(words, text);
            }
            NodeValue::Escaped => {
                for child in node.children() {
                    if let NodeValue::Text(words) = &child.data().value {
                        self.words(words, text);
                    }
                }
            }
            NodeValue::SoftBreak => push_text(text, " ", false),
            NodeValue::LineBreak => text.push(Inline::Break),
            NodeValue::Strong => self.nested(node, text, depth, Inline::Strong),
            NodeValue::Emph => self.nested(node, text, depth, Inline::Emphasis),
            NodeValue::Link(link) => {
                self.no_title(node, &link.title);
                let target = links::target(&link.url, &self.source.values);
                let mut inner = Text::new();
                self.inlines_into(node, &mut inner, depth + 1);
                if super::headings::is_blank(&inner) {
                    let problem = Diagnostic::error("D073", "a link has no text");
                    self.problem(node, "[](", problem.help("write what a reader should see: `[text](address)`"));
                }
                match target {
                    Ok(target) => text.push(Inline::Link { target, text: inner }),
                    Err(problem) => self.problem(node, &link.url, problem),
                }
            }
            NodeValue::Image(image) => {
                let mut alt = Text::new();
                self.inlines_into(node, &mut alt, depth + 1);
                let caption = self.caption(node, &image.title);
                if let Some(image) = images::read(self, node, &image.url, &alt) {
                    text.push(Inline::Image(Image { caption, ..image }));
                }
            }
            NodeValue::FootnoteReference(reference) => {
                let note = footnote(self.source, self.sink, &reference.name);
                text.extend(note.map(|(number, text)| Inline::Footnote { number, text }));
            }
            other => self.refuse(node, other, text),
        }
    }

    fn nested(&mut self, node: Node<'_>, text: &mut Text, depth: usize, make: fn(Text) -> Inline) {
        let mut inner = Text::new();
        self.inlines_into(node, &mut inner, depth + 1);
        if !inner.is_empty() {
            text.push(make(inner));
        }
    }

    fn words(&self, words: &str, text: &mut Text) {
        for piece in self.source.values.pieces(words) {
            match piece {
                Piece::Words(words) => push_text(text, words, false),
                Piece::Value(value) => push_text(text, value, true),
            }
        }
    }

    fn standing(&mut self, node: Node<'_>, words: &str) {
        for (mark, help) in LEFT_STANDING {
            if words.contains(mark) {
                let message = format!("`{mark}` would be printed as it stands");
                self.problem(node, mark, Diagnostic::error("D040", message).help(*help));
            }
        }
        if opens_highlight(words) {
            let problem = Diagnostic::error("D040", "`==` would be printed as it stands");
            self.problem(node, "==", problem.help("write **bold**, or `\\=\\=` for the signs themselves"));
        }
    }

    /// Refuses the box of a task list at the start of a list item.
    pub fn task(&mut self, item: Node<'_>) {
        let Some(node) = item.first_child().and_then(|paragraph| paragraph.first_child()) else { return };
        let data = node.data();
        let NodeValue::Text(words) = &data.value else { return };
        let boxes = ["[ ]", "[x]", "[X]"];
        let found = boxes
            .into_iter()
            .find(|mark| words.strip_prefix(mark).is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t'])));
        if let Some(mark) = found {
            let problem = Diagnostic::error("D040", format!("`{mark}` would be printed as it stands"));
            self.problem(node, mark, problem.help("remove the box, or write `\\[` for the bracket itself"));
        }
    }

    /// Reads the title of an image as its caption; within a line of text there is no room for one.
    fn caption(&mut self, node: Node<'_>, title: &str) -> Text {
        if title.is_empty() {
            return Text::new();
        }
        let paragraph = node.parent().is_some_and(|parent| matches!(parent.data().value, NodeValue::Paragraph));
        if paragraph && node.previous_sibling().is_none() && node.next_sibling().is_none() {
            let line = self.line(node);
            return running_text(self.source, title, line, self.sink);
        }
        self.no_title(node, title);
        Text::new()
    }

    fn no_title(&mut self, node: Node<'_>, title: &str) {
        if !title.is_empty() {
            let shown = self.source.values.plain(title);
            let problem = Diagnostic::error("D062", format!("the title `{shown}` of a link or image is shown nowhere"));
            self.problem(node, title, problem.help("remove it; only an image alone in its paragraph has a caption"));
        }
    }

    /// Refuses code and HTML, keeping the words so that a paragraph does not also count as empty.
    fn refuse(&mut self, node: Node<'_>, value: &NodeValue, text: &mut Text) {
        let (words, problem) = match value {
            NodeValue::Code(code) => {
                let shown = self.source.values.plain(&code.literal);
                let problem =
                    Diagnostic::error("D031", format!("`{shown}` is set as code, which documents do not have"));
                (code.literal.as_str(), problem.help("remove the backticks, or write **bold**"))
            }
            NodeValue::HtmlInline(html) => {
                let shown = self.source.values.plain(html);
                let problem = Diagnostic::error("D030", format!("`{shown}` is HTML, which documents do not have"));
                (html.as_str(), problem.help("write Markdown, or `\\<` for the sign itself"))
            }
            _ => ("", Diagnostic::error("D040", "this mark-up is not part of the dialect").help("write it in words")),
        };
        self.problem(node, words, problem);
        self.words(words, text);
    }
}

/// True where `==` stands before a word and not behind one: `a == b`, `a==b` and an address that ends in `==` are meant.
fn opens_highlight(words: &str) -> bool {
    words.match_indices("==").any(|(at, mark)| {
        let before = words[..at].chars().next_back();
        let after = words[at + mark.len()..].chars().next();
        let apart = before.is_none_or(|c| !c.is_alphanumeric() && c != '=');
        apart && after.is_none_or(|c| !c.is_whitespace() && c != '=')
    })
}

/// The number and text of a footnote, read when it is first pointed at.
fn footnote(source: &Source, sink: &mut Sink, name: &str) -> Option<(u32, Text)> {
    let key = (source.number, footnotes::key(name));
    if let Some(known) = sink.footnotes.get(&key) {
        return Some(known.clone());
    }
    let note = source.notes.get(&key.1)?;
    let number = u32::try_from(sink.footnotes.len()).unwrap_or(u32::MAX).saturating_add(1);
    // Known before it is read, so that it holds its number even if its own text is at fault.
    sink.footnotes.insert(key.clone(), (number, Text::new()));
    let paragraph = parse(&note.text, "", |root| {
        let mut reader = Reader { source, sink: &mut *sink, lines: note.lines.clone(), base: "" };
        let mut children = root.children();
        match (children.next(), children.next()) {
            (Some(only), None) if matches!(only.data().value, NodeValue::Paragraph) => Some(reader.inlines(only)),
            _ => None,
        }
    });
    let Some(text) = paragraph else {
        let problem = Diagnostic::error("D042", format!("footnote `[^{}]` is not one paragraph", note.name));
        sink.push(problem.at(source.place(note.lines.start)).help("write it as plain text, without lists or headings"));
        return None;
    };
    sink.footnotes.insert(key, (number, text.clone()));
    Some((number, text))
}
