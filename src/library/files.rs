//! In: where the library may be. Out: a [`Source`], and every file of it read once as [`Files`].
//!
//! A name is the file's path below the library, NFC, with `/`. Links are refused, because what they lead to can change
//! after the lock was checked and may lie outside of the library.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use unicode_normalization::{UnicodeNormalization, is_nfc};
use unicode_properties::{GeneralCategory, UnicodeGeneralCategory};
use walkdir::{DirEntry, WalkDir};

use super::assets::Bytes;
use super::parallel;
use crate::diagnostic::{Checked, Diagnostic, Problems};
use crate::disk;
use crate::source::{characters, is_device_name};

/// Every file under `brand/` and `templates/`, by name, in the order of the names' bytes.
pub type Files = BTreeMap<String, Bytes>;

/// The brand of a library, read first.
pub const BRAND: &str = "brand/brand.yaml";
/// The settings of a library.
pub const SETTINGS: &str = "templates/library.yaml";
/// The folders that make a library.
const FOLDERS: [&str; 2] = ["brand", "templates"];

/// No file is larger, bytes.
const LARGEST_FILE: u64 = 32 * 1024 * 1024;
/// No text is larger, bytes.
const LARGEST_TEXT: u64 = 4 * 1024 * 1024;
/// All files together, bytes.
const LARGEST_LIBRARY: u64 = 512 * 1024 * 1024;

/// Most bytes of the name of a file or folder; file systems take 255, and a copy adds to the name.
const LONGEST_NAME: usize = 200;
/// Most characters of a path below the library: Windows takes 260, with the folders above it.
const LONGEST_PATH: usize = 200;
/// Most characters of a path in a message.
const LONGEST_SHOWN: usize = 240;

/// Where a library lies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    Folder(PathBuf),
    /// The sample library inside the program.
    Embedded,
}

#[derive(rust_embed::Embed)]
#[folder = "brand/"]
#[prefix = "brand/"]
struct EmbeddedBrand;

#[derive(rust_embed::Embed)]
#[folder = "templates/"]
#[prefix = "templates/"]
struct EmbeddedTemplates;

impl Source {
    /// Reads every file of the library once.
    ///
    /// # Errors
    /// `L002`–`L006` for links, files too large, and names that do not mean the same everywhere; `S020`, `S021` when
    /// the system refuses.
    pub fn read(&self) -> Checked<Files> {
        match self {
            Self::Folder(root) => read_folder(root),
            Self::Embedded => Ok(embedded()),
        }
    }
}

fn embedded() -> Files {
    let brand = EmbeddedBrand::iter().filter_map(|name| EmbeddedBrand::get(&name).map(|file| (name, file.data)));
    let templates =
        EmbeddedTemplates::iter().filter_map(|name| EmbeddedTemplates::get(&name).map(|file| (name, file.data)));
    brand
        .chain(templates)
        .filter(|(name, _)| !name.split('/').any(is_litter))
        .map(|(name, data)| {
            let bytes = match data {
                std::borrow::Cow::Borrowed(bytes) => Bytes::Embedded(bytes),
                std::borrow::Cow::Owned(bytes) => Bytes::Read(bytes.into()),
            };
            (name.into_owned(), bytes)
        })
        .collect()
}

/// True for what operating systems, editors, git and this program's own writing leave in folders; it is no part of a
/// library.
pub fn is_litter(name: &str) -> bool {
    name == ".DS_Store"
        || name.eq_ignore_ascii_case("Thumbs.db")
        || name.eq_ignore_ascii_case("desktop.ini")
        || name.starts_with("._")
        || name.ends_with('~')
        || name.starts_with(".git")
        || name.starts_with(disk::PREFIX)
}

/// One folder being walked: what was found, and what was wrong.
struct Reading<'a> {
    root: &'a Path,
    /// Paths on disk and names in the library.
    found: Vec<(PathBuf, String)>,
    /// Names as a system that ignores case would hold them, to find two that clash there.
    folded: BTreeMap<String, String>,
    problems: Vec<Diagnostic>,
}

fn read_folder(root: &Path) -> Checked<Files> {
    let mut reading = Reading { root, found: Vec::new(), folded: BTreeMap::new(), problems: Vec::new() };
    for folder in FOLDERS {
        // The walker would follow a link at its root.
        match fs::symlink_metadata(root.join(folder)) {
            Ok(meta) if meta.is_symlink() => reading.problems.push(link(folder)),
            Ok(_) => reading.walk(folder),
            Err(error) => reading.problems.push(unreadable(folder, &error)),
        }
    }
    let total = AtomicU64::new(0);
    let read = parallel::map(&reading.found, |(path, name)| read_file(path, name, &total));
    let mut files = Files::new();
    for ((_, name), read) in reading.found.into_iter().zip(read) {
        match read {
            Ok(bytes) => {
                files.insert(name, Bytes::Read(bytes));
            }
            Err(problem) => reading.problems.push(problem),
        }
    }
    if reading.problems.is_empty() { Ok(files) } else { Err(Problems(reading.problems)) }
}

impl Reading<'_> {
    fn walk(&mut self, folder: &str) {
        let walk = WalkDir::new(self.root.join(folder)).follow_links(false).sort_by_file_name();
        for entry in walk.into_iter().filter_entry(|entry| !entry.file_name().to_str().is_some_and(is_litter)) {
            match entry {
                Ok(entry) => {
                    if let Err(problem) = self.take(&entry) {
                        self.problems.push(problem);
                    }
                }
                Err(error) => {
                    let path = error.path().unwrap_or(self.root);
                    let name = self.shown(path);
                    let error = error.io_error().map_or_else(|| io::Error::other("it leads in a circle"), copy_of);
                    self.problems.push(unreadable(&name, &error));
                }
            }
        }
    }

    fn take(&mut self, entry: &DirEntry) -> Result<(), Diagnostic> {
        let name = self.name(entry.path())?;
        let kind = entry.file_type();
        if kind.is_symlink() {
            return Err(link(&name));
        }
        self.refuse_clash(&name)?;
        if kind.is_dir() {
            return Ok(());
        }
        if !kind.is_file() {
            return Err(Diagnostic::error("L004", format!("`{name}` is not an ordinary file"))
                .help("take it out of the library"));
        }
        self.found.push((entry.path().to_path_buf(), name));
        Ok(())
    }

    /// The name of a file in the library: NFC, `/`, and one that every system can hold.
    fn name(&self, path: &Path) -> Result<String, Diagnostic> {
        let mut name = String::new();
        for part in path.strip_prefix(self.root).unwrap_or(path).components() {
            let part = part.as_os_str();
            let unfit = |why: &str, help: &str| {
                let message = format!("`{}` has a name that not every system can hold: {why}", self.shown(path));
                Diagnostic::error("L005", message).help(help)
            };
            let text = part.to_str().ok_or_else(|| unfit("it is not UTF-8", "rename it"))?;
            if let Some((why, help)) = unfit_name(text) {
                return Err(unfit(why, help));
            }
            if !name.is_empty() {
                name.push('/');
            }
            if is_nfc(text) {
                name.push_str(text);
            } else {
                name.extend(text.nfc());
            }
        }
        if name.encode_utf16().count() > LONGEST_PATH {
            let message = format!("`{}` is a path of more than {LONGEST_PATH} characters", self.shown(path));
            return Err(Diagnostic::error("L095", message).help("shorten the names of the file and its folders"));
        }
        Ok(name)
    }

    fn shown(&self, path: &Path) -> String {
        let name = path.strip_prefix(self.root).unwrap_or(path).to_string_lossy().replace('\\', "/");
        // A name may be longer than a message; its end tells the file.
        let length = name.chars().count();
        let visible = name.chars().map(|c| if is_unseen(c) { '\u{FFFD}' } else { c });
        if length <= LONGEST_SHOWN { visible.collect() } else { visible.skip(length - LONGEST_SHOWN).collect() }
    }

    fn refuse_clash(&mut self, name: &str) -> Result<(), Diagnostic> {
        // Letter by letter, since the small form of a capital sigma depends on what follows it.
        let folded: String = name.nfd().flat_map(char::to_uppercase).flat_map(char::to_lowercase).nfd().collect();
        match self.folded.insert(folded, name.to_string()) {
            None => Ok(()),
            Some(other) => {
                Err(Diagnostic::error("L006", format!("`{name}` and `{other}` are the same name on Windows and macOS"))
                    .help("rename one of them"))
            }
        }
    }
}

/// Why one part of a path cannot be held by Windows, macOS and Linux alike, or by a line of the lock, and what to do.
fn unfit_name(part: &str) -> Option<(&'static str, &'static str)> {
    const RENAME: &str = "rename it, without control characters, `\\ : * ? \" < > |`, or a dot or space at its end";
    let odd = |c: char| matches!(c, '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|' | '/');
    if part.contains(|c: char| c.is_control() || odd(c)) || part.ends_with(['.', ' ']) {
        return Some(("of a character in it, or of its end", RENAME));
    }
    if is_device_name(part) {
        return Some(("Windows keeps it for a device", "choose another name; an ending does not help"));
    }
    if part.contains(is_unseen) {
        return Some(("it holds an invisible character", "type the name anew, with letters and ordinary spaces"));
    }
    if part.len() > LONGEST_NAME {
        return Some(("it is too long", "shorten it to 200 bytes"));
    }
    None
}

/// True for characters that a name must not hold, because nobody sees them or because another system shows or keeps
/// another one: controls, direction marks, joiners, odd blanks, private use.
fn is_unseen(c: char) -> bool {
    c.is_control()
        || characters::refused(c).is_some()
        || characters::is_line_separator(c)
        || (c != ' ' && c.is_whitespace())
        || c.general_category() == GeneralCategory::Format
}

/// Reads one file of at most the size that its kind may have, straight into the memory where it stays.
/// `total` is what all files take together so far.
fn read_file(path: &Path, name: &str, total: &AtomicU64) -> Result<Arc<[u8]>, Diagnostic> {
    let limit = if is_text(name) { LARGEST_TEXT } else { LARGEST_FILE };
    let unreadable = |error: io::Error| unreadable(name, &error);
    let mut file = File::open(path).map_err(unreadable)?;
    let size = file.metadata().map_err(unreadable)?.len();
    if size > limit {
        return Err(Diagnostic::error("L003", format!("`{name}` is larger than {} MB", limit >> 20))
            .help("make it smaller, or take it out of the library"));
    }
    if total.fetch_add(size, Ordering::Relaxed).saturating_add(size) > LARGEST_LIBRARY {
        return Err(Diagnostic::error(
            "L003",
            format!("`{name}` makes the library larger than {} MB", LARGEST_LIBRARY >> 20),
        )
        .help("keep only what documents are made from under `brand/` and `templates/`"));
    }
    let mut bytes: Arc<[u8]> = std::iter::repeat_n(0, usize::try_from(size).unwrap_or(0)).collect();
    // Nobody else has the memory yet, so there is always a buffer.
    let buffer = Arc::get_mut(&mut bytes).unwrap_or_default();
    let changed = |error: io::Error| match error.kind() {
        io::ErrorKind::UnexpectedEof => changing(name),
        _ => unreadable(error),
    };
    file.read_exact(buffer).map_err(changed)?;
    if file.read(&mut [0]).map_err(unreadable)? > 0 {
        return Err(changing(name));
    }
    Ok(bytes)
}

fn changing(name: &str) -> Diagnostic {
    Diagnostic::error("S021", format!("`{name}` was changed while the library was being read"))
        .help("try again when nobody is changing the library")
}

fn is_text(name: &str) -> bool {
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    ["md", "yaml", "yml", "json", "txt", "svg", "lock"].iter().any(|text| ending.eq_ignore_ascii_case(text))
}

fn link(name: &str) -> Diagnostic {
    Diagnostic::error("L002", format!("`{name}` is a link, and a library holds no links"))
        .help("put the file itself in its place")
}

fn unreadable(name: &str, error: &io::Error) -> Diagnostic {
    if error.kind() == io::ErrorKind::NotFound {
        return Diagnostic::error("S021", format!("`{name}` vanished while the library was being read"))
            .help("try again when nobody is changing the library");
    }
    let why = match error.kind() {
        io::ErrorKind::PermissionDenied => "you have no permission".to_string(),
        _ => error.to_string(),
    };
    Diagnostic::error("S020", format!("`{name}` cannot be read: {why}"))
        .help("ask the owner of the library's folder for access, or check the connection to the drive")
}

fn copy_of(error: &io::Error) -> io::Error {
    error.raw_os_error().map_or_else(|| io::Error::from(error.kind()), io::Error::from_raw_os_error)
}

#[cfg(test)]
#[path = "files_tests.rs"]
mod tests;
