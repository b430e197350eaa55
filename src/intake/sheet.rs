//! In: the text of a client file and `--set` words. Out: a [`Sheet`]: one tree of nodes, each of which knows its place.

use std::collections::BTreeSet;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::set;
use crate::diagnostic::{Checked, Diagnostic, Place, Problems, SourceFile, plain};
use crate::library::template::Template;
use crate::source::{self, Node, NodeKind};

/// Most bytes of a client file.
pub(super) const MAX_BYTES: u64 = 1024 * 1024;
/// Most entries of one list or group of a client file. The longest that a document can show are the 1,000 lines of a
/// quote; checks compare entries of several lists with one another.
pub(super) const MOST_ENTRIES: usize = 2_000;
/// Most `--set` words of one command. Each of them looks for its place among the keys that are there.
pub(super) const MOST_SETS: usize = 1_000;

/// Everything that was said about one client, before it is checked.
///
/// The file and the `--set` words are one text to the reader, so that all faults come at once; [`Sheet::place`] tells
/// them apart again.
pub(super) struct Sheet {
    /// The file's text, then the `--set` words.
    both: Arc<SourceFile>,
    file: Arc<SourceFile>,
    sets: Arc<SourceFile>,
    pub(super) root: Node,
    /// Where images of the client lie.
    pub(super) folder: PathBuf,
    /// What was wrong with the `--set` words.
    pub(super) problems: Problems,
}

impl Sheet {
    /// Reads the text and lays the `--set` words over it.
    pub(super) fn new(file: Arc<SourceFile>, folder: &Path, sets: &[String], template: &Template) -> Checked<Self> {
        if sets.len() > MOST_SETS {
            let message = format!("`--set` is given {} times; {MOST_SETS} are the most", sets.len());
            return Err(Diagnostic::error("C031", message).help("put the values into a client file").into());
        }
        let mut root = source::parse(&file, 0..file.text.len())?;
        refuse_long(&file, &root)?;
        let base = file.text.len();
        let words = sets.join("\n");
        let both = Arc::new(SourceFile { path: file.path.clone(), text: format!("{}{words}", file.text) });
        let mut problems = Problems::default();
        let mut seen = BTreeSet::new();
        let mut at = base;
        for word in sets {
            if let Err(fault) = set::lay(&mut root, word, at, template, &mut seen) {
                problems.push(fault.into_diagnostic(&both));
            }
            at += word.len() + 1;
        }
        let sets = Arc::new(SourceFile { path: "--set".into(), text: words });
        Ok(Self { both, file, sets, root, folder: folder.to_owned(), problems })
    }

    /// The text that the nodes were read from.
    pub(super) fn text(&self) -> &Arc<SourceFile> {
        &self.both
    }

    /// Where a node stands, in the file or among the `--set` words; none when neither has a line.
    pub(super) fn place(&self, span: &Range<usize>) -> Option<Place> {
        let base = self.file.text.len();
        let (file, from) =
            if span.start >= base && !self.sets.text.is_empty() { (&self.sets, base) } else { (&self.file, 0) };
        let end = file.text.len();
        let within = |at: usize| at.saturating_sub(from).min(end);
        (end > 0).then(|| Place { file: file.clone(), span: within(span.start)..within(span.end) })
    }

    /// As [`Sheet::place`], but only for what stands in the file.
    pub(super) fn place_in_file(&self, span: &Range<usize>) -> Option<Place> {
        self.place(span).filter(|place| Arc::ptr_eq(&place.file, &self.file))
    }

    /// Puts a problem at a node.
    pub(super) fn at(&self, span: &Range<usize>, diagnostic: Diagnostic) -> Diagnostic {
        Diagnostic { place: self.place(span), ..diagnostic }
    }

    /// Gives problems of the joined text their places in the file or the `--set` words.
    pub(super) fn settle(&self, problems: Problems) -> Problems {
        let settle = |diagnostic: Diagnostic| match &diagnostic.place {
            Some(place) if Arc::ptr_eq(&place.file, &self.both) => {
                let span = place.span.clone();
                self.at(&span, diagnostic)
            }
            _ => diagnostic,
        };
        Problems(problems.0.into_iter().map(settle).collect())
    }
}

/// Refuses lists and groups with more entries than any document can use.
fn refuse_long(file: &Arc<SourceFile>, node: &Node) -> Checked<()> {
    let (found, what) = match &node.kind {
        NodeKind::Map(entries) => (entries.len(), "group"),
        NodeKind::List(items) => (items.len(), "list"),
        _ => return Ok(()),
    };
    if found > MOST_ENTRIES {
        // Marks the beginning: the whole may be a file long.
        let start = node.span.start;
        let message = format!("a {what} of the client file has {found} entries; {MOST_ENTRIES} are the most");
        let fault = Diagnostic::error("C030", message).at(Place { file: file.clone(), span: start..start });
        return Err(fault.label("begins here").help("keep only what this client's documents use").into());
    }
    match &node.kind {
        NodeKind::Map(entries) => entries.iter().try_for_each(|(_, value)| refuse_long(file, value)),
        NodeKind::List(items) => items.iter().try_for_each(|item| refuse_long(file, item)),
        _ => Ok(()),
    }
}

/// Reads the client file, or an empty text for none.
pub(super) fn open(path: Option<&Path>) -> Checked<(Arc<SourceFile>, PathBuf)> {
    let Some(path) = path else {
        return Ok((Arc::new(SourceFile { path: "--set".into(), text: String::new() }), PathBuf::from(".")));
    };
    let shown = path.to_string_lossy();
    let shown = if cfg!(windows) { shown.replace('\\', "/") } else { shown.into_owned() };
    let bytes = source::read_file(path, MAX_BYTES).map_err(|error| {
        if error.kind() == std::io::ErrorKind::FileTooLarge {
            let fault = Diagnostic::error("C002", format!("the client file `{shown}` is longer than 1 MB"));
            return fault.help("a client file holds one client; give a CRM export to `collateral batch`");
        }
        let fault = Diagnostic::error("C001", format!("the client file `{shown}` cannot be read: {}", plain(&error)));
        match error.kind() {
            std::io::ErrorKind::NotFound => fault.help("check the path after `-c`"),
            _ => fault.help("choose a file that you may read"),
        }
    })?;
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    Ok((source::read_bytes(&shown, &bytes)?, folder.to_owned()))
}
