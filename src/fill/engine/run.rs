//! In: the values of a document and the sites of a file. Out: what one rendering reports and asks for.

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

use tera::{TeraResult, Value};

use crate::diagnostic::{Diagnostic, Place, Severity};
use crate::fill::context::Values;
use crate::fill::lower::{Mode, Site};
use crate::fill::section::Compiled;

/// The most rounds of all loops of a file together.
const MOST_ROUNDS: usize = 10_000;

thread_local! {
    static RUN: RefCell<Option<Run>> = const { RefCell::new(None) };
}

/// One rendering.
#[derive(Debug)]
pub(in crate::fill) struct Run {
    pub values: Rc<Values>,
    compiled: Arc<Compiled>,
    pub mode: Mode,
    problems: Vec<Diagnostic>,
    /// Ids of called blocks, with the site of the call.
    pub blocks: Vec<(String, usize)>,
    pub asked_has_section: bool,
    rounds: usize,
}

/// What came of a rendering.
#[derive(Debug)]
pub(in crate::fill) struct Outcome {
    pub text: String,
    pub errors: Vec<Diagnostic>,
    pub warnings: Vec<Diagnostic>,
    pub blocks: Vec<(String, usize)>,
    pub asked_has_section: bool,
}

impl Run {
    pub fn new(values: Rc<Values>, compiled: Arc<Compiled>, mode: Mode) -> Self {
        Self { values, compiled, mode, problems: Vec::new(), blocks: Vec::new(), asked_has_section: false, rounds: 0 }
    }

    /// Makes this the run of the thread while `work` goes on.
    pub fn during<T>(self, work: impl FnOnce() -> T) -> (T, Self) {
        let outer = RUN.with_borrow_mut(|run| run.replace(self));
        let guard = Restore(outer);
        let result = work();
        let run = RUN.with_borrow_mut(Option::take);
        drop(guard);
        (result, run.expect("the run that was put in place above"))
    }

    pub fn finish(self, text: String) -> Outcome {
        let (errors, warnings) = self.problems.into_iter().partition(|problem| problem.severity == Severity::Error);
        Outcome { text, errors, warnings, blocks: self.blocks, asked_has_section: self.asked_has_section }
    }

    fn site(&self, at: usize) -> Option<&Site> {
        self.compiled.sites.get(at)
    }

    pub fn place(&self, at: usize) -> Place {
        let span = self.site(at).map_or(0..0, |site| site.span.clone());
        Place { file: Arc::clone(&self.compiled.file), span }
    }

    /// Reports a problem at a site, once: loops come by again.
    pub fn report(&mut self, problem: Diagnostic) {
        if !self.problems.contains(&problem) {
            self.problems.push(problem);
        }
    }

    /// Reports that a value is not given. In a draft it is a warning, and the answer is what to show in its stead.
    pub fn not_given(&mut self, at: usize, to_what: &str) -> Option<String> {
        let missing = self.missing(at);
        let path = missing.as_ref().map_or("the value", |(path, _)| path.as_str()).to_string();
        let message = format!("`{path}` is not given: nothing to {to_what}");
        let place = match missing {
            Some((_, span)) => Place { file: Arc::clone(&self.compiled.file), span },
            None => self.place(at),
        };
        let draft = self.values.draft;
        let problem = if draft { Diagnostic::warning("T011", message) } else { Diagnostic::error("T011", message) };
        self.report(problem.at(place).label("not given").help(fix(&path)));
        draft.then(|| format!("[{path}]"))
    }

    /// The first path of a site that has no value.
    fn missing(&self, at: usize) -> Option<(String, std::ops::Range<usize>)> {
        let site = self.site(at)?;
        let absent = site.names.iter().find(|named| self.is_absent(&named.path));
        absent.or(site.names.first()).map(|named| (named.path.clone(), named.span.clone()))
    }

    fn is_absent(&self, path: &str) -> bool {
        let (root, rest) = path.split_once('.').unwrap_or((path, ""));
        let value = self.values.names.get(root).and_then(|group| group.get_from_path(rest));
        value.is_none_or(|value| value.as_array().is_some_and(<[Value]>::is_empty))
    }

    /// Counts a round of a loop.
    pub fn tick(&mut self, at: usize) -> TeraResult<()> {
        self.rounds += 1;
        if self.rounds <= MOST_ROUNDS {
            return Ok(());
        }
        let problem = Diagnostic::error("T018", format!("the loops go round more than {MOST_ROUNDS} times"));
        let problem = problem.at(self.place(at)).label("in this loop").help("give the lists a limit");
        self.report(problem);
        Err(tera::Error::message("too many rounds"))
    }
}

fn fix(path: &str) -> String {
    let guard = format!("`{{% if {path} %}}…{{% endif %}}` round it in the section");
    match path.split('.').next() {
        Some("client" | "contact" | "opportunity" | "rep" | "answers") => {
            format!("give it in the client file or with `--set {path}=\"…\"`; or marketing puts {guard}")
        }
        Some("quote") => format!(
            "it follows from `quote:` in the client file, and what a contract is worth from its `term_months`; or \
             marketing puts {guard}"
        ),
        _ => format!("put {guard}"),
    }
}

/// Lets filters and functions use the run of this thread.
pub(super) fn with<T>(work: impl FnOnce(&mut Run) -> TeraResult<T>) -> TeraResult<T> {
    RUN.with_borrow_mut(|run| match run {
        Some(run) => work(run),
        None => Err(tera::Error::message("no document is being filled")),
    })
}

/// Puts the outer run back, also where rendering panics.
struct Restore(Option<Run>);

impl Drop for Restore {
    fn drop(&mut self) {
        let outer = self.0.take();
        RUN.with_borrow_mut(|run| *run = outer);
    }
}
