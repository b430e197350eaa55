//! In: a section of a template. Out: the section filled, with the blocks it calls.

use std::collections::BTreeMap;
use std::ops::Range;
use std::rc::Rc;
use std::sync::Arc;

use schemars::JsonSchema;
use serde::Deserialize;
use tera::Tera;

use super::blocks::Shelf;
use super::context::{FillContext, Values};
use super::engine::{self, Outcome};
use super::filled::{Filled, FilledFront, FrontValue};
use super::lines::{Lines, MOST_OUTPUT, Part, shows_braces};
use super::lower::{Lower, Mode, Site};
use super::parts;
use super::schema::Schema;
use super::syntax::{self, Origin, Snippet};
use crate::diagnostic::{Checked, Diagnostic, Place, Problems, SourceFile};
use crate::library::block::Block;
use crate::library::front_matter;
use crate::source::Spanned;

/// The template of a file's Markdown.
const BODY: &str = "body";

/// A file that has been checked and is ready to be filled for any client.
#[derive(Debug)]
pub(super) struct Compiled {
    pub file: Arc<SourceFile>,
    pub sites: Vec<Site>,
    pub tera: Tera,
    body: Part,
    /// Where the Markdown begins, or the condition stands.
    start: Range<usize>,
    /// The front matter's values, by name, with their bytes.
    front: Vec<(&'static str, Part, Range<usize>)>,
    uses_blocks: bool,
}

impl Compiled {
    /// The first line of the file, for problems without a better place.
    pub fn start(&self) -> Place {
        Place { file: Arc::clone(&self.file), span: self.start.clone() }
    }

    pub fn too_long(&self) -> Diagnostic {
        let problem = Diagnostic::error("T018", format!("the filled text is longer than {MOST_OUTPUT} bytes"));
        problem.at(self.start()).help("give the loops a limit")
    }
}

/// Front matter of a section.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Front {
    #[serde(default)]
    layout: Option<Spanned<String>>,
    #[serde(default)]
    title: Option<Spanned<String>>,
    #[serde(default)]
    notes: Option<Spanned<String>>,
}

/// Fills one section of the plan; `path` is its file in the library.
///
/// # Errors
/// Every `T…` problem of the section and of the blocks it calls.
pub fn fill_section(context: &FillContext, section_id: &str, path: &str) -> Checked<Filled> {
    let compiled = section(context, path)?;
    let values = context.values()?;
    fill(context, &compiled, &values, section_id, Mode::Section)
}

/// Checks one section without filling it: names, types, structure, blocks that it names.
///
/// # Errors
/// As [`fill_section`], without those that depend on the client.
pub fn check_section(context: &FillContext, path: &str) -> Checked<()> {
    section(context, path).map(|_| ())
}

/// Checks one library block without filling it, against the template's names.
///
/// # Errors
/// As [`check_section`].
pub fn check_block(context: &FillContext, block: &Block) -> Checked<()> {
    compile_block(context, block).map(|_| ())
}

fn section(context: &FillContext, path: &str) -> Checked<Arc<Compiled>> {
    let key = format!("{}\n{path}", context.input.template.id);
    if let Some(compiled) = context.input.cache.get(&key) {
        return Ok(compiled);
    }
    let file = context.input.content.text(path)?;
    let compiled = Arc::new(compile_section(context, &file)?);
    context.input.cache.keep(key, &compiled);
    Ok(compiled)
}

fn compile_section(context: &FillContext, file: &Arc<SourceFile>) -> Checked<Compiled> {
    let (front, body) = split_front(file)?;
    let mut values = Vec::new();
    let mut problems = private_characters(file, 0);
    if let Some(front) = front {
        match crate::source::read_part::<Front>(file, front) {
            Ok(front) => {
                let named = [("layout", front.layout), ("title", front.title), ("notes", front.notes)];
                values.extend(named.into_iter().filter_map(|(name, value)| Some((name, value?))));
            }
            Err(faults) => problems.extend(faults.0),
        }
    }
    compile(context, file, body, values, Mode::Section, problems)
}

fn compile_block(context: &FillContext, block: &Block) -> Checked<Arc<Compiled>> {
    // Blocks are checked against the template's names, which differ between templates.
    let key = format!("{}\nblock {}", context.input.template.id, block.file.path);
    if let Some(compiled) = context.input.cache.get(&key) {
        return Ok(compiled);
    }
    let problems = private_characters(&block.file, block.body);
    let compiled = compile(context, &block.file, block.body, Vec::new(), Mode::Block, problems)?;
    let compiled = Arc::new(compiled);
    context.input.cache.keep(key, &compiled);
    Ok(compiled)
}

/// Checks and compiles the Markdown from `body` on, and the values of front matter.
fn compile(
    context: &FillContext,
    file: &Arc<SourceFile>,
    body: usize,
    front: Vec<(&'static str, Spanned<String>)>,
    mode: Mode,
    mut problems: Vec<Diagnostic>,
) -> Checked<Compiled> {
    let schema = Schema::new(context.input.template, context.input.content.settings());
    let mut sites = Vec::new();
    let mut templates = Vec::new();
    let mut part = |name: &'static str, snippet: Snippet, mode: Mode| {
        let nodes = syntax::parse(&snippet, &mut problems);
        let lower = Lower::new(&snippet, &schema, context.input.content, mode, &mut problems, &mut sites);
        let (template, pieces) = lower.template(&nodes);
        templates.push((name, template));
        Part::new(snippet.text, pieces)
    };
    let text = file.text[body..].to_string();
    let markdown = part(BODY, Snippet { file: Arc::clone(file), text, origin: Origin::At(body) }, mode);
    let value = |(name, value): (&'static str, Spanned<String>)| {
        let snippet = Snippet::of_scalar(file, &value, &value.span);
        (name, part(name, snippet, Mode::Front), value.span)
    };
    let front = front.into_iter().map(value).collect();
    problems.extend(parts::check(context, file, &markdown, body, mode));
    if !problems.is_empty() {
        return Err(Problems(problems));
    }
    let uses_blocks = templates.iter().any(|(_, code)| code.contains("block(") || code.contains("blocks("))
        || markdown.text.lines().any(parts::asks);
    let start = body..body + markdown.lines.first().map_or(0, |line| line.end);
    let file = Arc::clone(file);
    let mut compiled = Compiled { file, sites, tera: engine::bare(), body: markdown, start, front, uses_blocks };
    compiled.add(templates)?;
    Ok(compiled)
}

impl Compiled {
    fn add(&mut self, templates: Vec<(&'static str, String)>) -> Checked<()> {
        // The text has passed our own reader, so this is a limit of Tera's that ours does not foresee.
        self.tera.add_raw_templates(templates).map_err(|error| {
            let problem = Diagnostic::error("T024", format!("the template engine refuses this file: {error}"));
            Problems::from(problem.at(self.start()).help("make its longest expression shorter"))
        })
    }

    /// A condition that stands by itself.
    pub fn of_condition(file: &Arc<SourceFile>, span: &Range<usize>, code: String, sites: Vec<Site>) -> Checked<Self> {
        let mut compiled = Self {
            file: Arc::clone(file),
            sites,
            tera: engine::bare(),
            body: Part::new(String::new(), Vec::new()),
            start: span.clone(),
            front: Vec::new(),
            uses_blocks: false,
        };
        compiled.add(vec![(BODY, code)])?;
        Ok(compiled)
    }

    /// Renders the file's one template as it is.
    pub fn render(self: &Arc<Self>, mode: Mode, values: &Rc<Values>) -> Outcome {
        engine::render(self, BODY, mode, values)
    }
}

fn fill(context: &FillContext, compiled: &Arc<Compiled>, values: &Rc<Values>, id: &str, mode: Mode) -> Checked<Filled> {
    if compiled.uses_blocks && values.shelf.get().is_none() {
        let blocks = context.input.content.blocks()?;
        values.shelf.get_or_init(|| Shelf::new(blocks, &context.input));
    }
    let mut problems = Vec::new();
    let body = engine::render(compiled, BODY, mode, values);
    let Lines { text, lines } = body_lines(compiled, &body, &mut problems);
    let mut filled = Filled {
        id: id.into(),
        file: Arc::clone(&compiled.file),
        front: FilledFront::default(),
        text,
        lines,
        blocks: Vec::new(),
        case_studies: BTreeMap::new(),
        comparison: None,
        asked_has_section: body.asked_has_section,
        locale: context.input.locale.into(),
    };
    problems.extend(body.errors);
    let mut warnings = body.warnings;
    for (name, part, span) in &compiled.front {
        let value = engine::render(compiled, name, Mode::Front, values);
        problems.extend(value.errors);
        warnings.extend(value.warnings);
        filled.asked_has_section |= value.asked_has_section;
        let place = Place { file: Arc::clone(&compiled.file), span: span.clone() };
        let slot = match *name {
            "layout" => &mut filled.front.layout,
            "title" => &mut filled.front.title,
            _ => &mut filled.front.notes,
        };
        match part.expand(&value.text) {
            Some(text) => *slot = Some(FrontValue { text, place }),
            None => problems.push(compiled.too_long()),
        }
    }
    context.warn(warnings);
    for (id, _) in &body.blocks {
        match fill_block(context, values, id) {
            Ok(block) => {
                filled.asked_has_section |= block.asked_has_section;
                filled.blocks.push(block);
            }
            Err(faults) => {
                problems.extend(faults.0.into_iter().filter(|fault| !problems.contains(fault)).collect::<Vec<_>>())
            }
        }
    }
    if mode == Mode::Section {
        parts::fill(context, values, &mut filled, &mut problems);
    }
    if problems.is_empty() { Ok(filled) } else { Err(Problems(problems)) }
}

/// Fills a library block by itself.
pub(super) fn fill_block(context: &FillContext, values: &Rc<Values>, id: &str) -> Checked<Filled> {
    let blocks = context.input.content.blocks()?;
    let block = super::blocks::edition(blocks, id, &context.input);
    let block = block.ok_or_else(|| super::blocks::unknown_block(id, blocks.iter().map(|block| block.id.as_str())))?;
    let compiled = compile_block(context, block)?;
    fill(context, &compiled, values, id, Mode::Block)
}

/// The filled Markdown, its lines with bytes of the file.
fn body_lines(compiled: &Compiled, body: &Outcome, problems: &mut Vec<Diagnostic>) -> Lines {
    let Some(mut lines) = compiled.body.expand_lines(&body.text) else {
        problems.push(compiled.too_long());
        return Lines::default();
    };
    for (line, span) in lines.text.lines().zip(&mut lines.lines) {
        *span = compiled.start.start + span.start..compiled.start.start + span.end;
        if shows_braces(line) {
            let place = Place { file: Arc::clone(&compiled.file), span: span.clone() };
            let problem = Diagnostic::error("T021", "two braces in the text would be printed").at(place);
            problems.push(problem.label("word it without them"));
        }
    }
    lines
}

/// Splits front matter off: its bytes, and where the Markdown begins.
fn split_front(file: &Arc<SourceFile>) -> Checked<(Option<Range<usize>>, usize)> {
    if let Some((front, body)) = front_matter(&file.text) {
        return Ok((Some(front), body));
    }
    let first = file.text.lines().next().unwrap_or_default();
    if first.trim_end() != "---" {
        return Ok((None, 0));
    }
    let place = Place { file: Arc::clone(file), span: 0..3 };
    let problem = Diagnostic::error("T022", "front matter has no end").at(place).label("begins here");
    Err(problem.help("write a line of `---` after the last of `layout`, `title` and `notes`").into())
}

/// Refuses the private characters that stand for tokens while a document is made.
fn private_characters(file: &Arc<SourceFile>, from: usize) -> Vec<Diagnostic> {
    let text = file.text.get(from..).unwrap_or_default();
    // One comparison a byte for the text that has none: U+E000 to U+E00F begin with EE 80 80.
    if !text.as_bytes().contains(&0xEE) {
        return Vec::new();
    }
    let private = text.char_indices().filter(|(_, c)| ('\u{E000}'..='\u{E00F}').contains(c));
    let report = |(at, c): (usize, char)| {
        let place = Place { file: Arc::clone(file), span: from + at..from + at + c.len_utf8() };
        let message = format!("the private character U+{:04X} stands in the text", u32::from(c));
        Diagnostic::error("T020", message).at(place).label("invisible: delete it")
    };
    private.map(report).collect()
}
