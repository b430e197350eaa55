//! In: the files of a library, or the text of `brand/library.lock`. Out: a [`Lock`], and every file that is not what
//! it says.
//!
//! The text is three header lines (`version:`, `date:`, `note:`), an empty line, then one line a file, sorted by path:
//! 64 hexadecimal digits of SHA-256, two spaces, the path. There is one way to write a lock, so that its digest names
//! the release.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use jiff::civil::Date;
use sha2::{Digest, Sha256};

use super::assets::Bytes;
use super::files::Files;
use super::parallel;
use crate::diagnostic::{Checked, Diagnostic, Place, Problems, SourceFile};
use crate::hexadecimal::{hex, push_hex};

/// The lock of a library.
pub const LOCK: &str = "brand/library.lock";
/// The lock's signature.
pub const SIGNATURE: &str = "brand/library.lock.minisig";
/// What a library in git needs in `.gitattributes`, so that no line ending is changed.
pub const GIT_ATTRIBUTES: &str = "brand/** -text\ntemplates/** -text\n";

/// A release's version: three whole numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Version(pub u64, pub u64, pub u64);

impl Version {
    /// Reads `1.2.3`: three numbers without leading zeros.
    pub fn parse(text: &str) -> Option<Self> {
        let number = |part: &str| {
            let plain = part.bytes().all(|b| b.is_ascii_digit()) && (part == "0" || !part.starts_with('0'));
            part.parse().ok().filter(|_| plain)
        };
        let mut parts = text.split('.').map(number);
        let version = Self(parts.next()??, parts.next()??, parts.next()??);
        parts.next().is_none().then_some(version)
    }

    /// The next smallest version.
    pub fn raised(self) -> Self {
        Self(self.0, self.1, self.2.saturating_add(1))
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.0, self.1, self.2)
    }
}

/// SHA-256 of a file.
pub type Sha = [u8; 32];

/// A published state of the library.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lock {
    pub version: Version,
    pub date: Date,
    /// What changed, in one line; may be empty.
    pub note: String,
    /// SHA-256 of each file but the lock and its signature.
    pub files: BTreeMap<String, Sha>,
}

impl Lock {
    /// The lock of these files.
    pub fn of(files: &Files, version: Version, date: Date, note: &str) -> Self {
        Self { version, date, note: note.to_string(), files: hash_all(files) }
    }

    /// Reads the text of a lock.
    ///
    /// # Errors
    /// `L012` at the first line that is not as `publish` writes it.
    pub fn parse(text: &str) -> Checked<Self> {
        let mut lines = Lines { text, at: 0, line: 0..0 };
        let version = lines.header("version: ")?;
        let version =
            Version::parse(version).ok_or_else(|| lines.fault("a version is three numbers, such as `1.4.0`"))?;
        let date = lines.header("date: ")?;
        let date = date.parse().map_err(|_| lines.fault("a date is written `2027-01-15`"))?;
        let note = lines.header("note:")?.strip_prefix(' ').unwrap_or("").to_string();
        lines.header("")?;
        let mut files = BTreeMap::new();
        while lines.at < text.len() {
            let line = lines.header("")?;
            let (sha, path) = line.split_once("  ").ok_or_else(|| lines.fault("this is no digest and path"))?;
            let sha = from_hex(sha).ok_or_else(|| lines.fault("a digest has 64 hexadecimal digits"))?;
            if files.last_key_value().is_some_and(|(last, _): (&String, _)| last.as_str() >= path) {
                return Err(lines.fault("paths stand in order, each once").into());
            }
            files.insert(path.to_string(), sha);
        }
        let lock = Self { version, date, note, files };
        lines.line = 0..0;
        if lock.to_text() == text { Ok(lock) } else { Err(lines.fault("not as `publish` writes it").into()) }
    }

    /// The lock's text, which [`Lock::parse`] reads.
    pub fn to_text(&self) -> String {
        let mut text = format!("version: {}\ndate: {}\nnote: {}", self.version, self.date, self.note);
        text.truncate(text.trim_end_matches(' ').len());
        text.push_str("\n\n");
        for (path, sha) in &self.files {
            push_hex(&mut text, sha);
            text.push_str("  ");
            text.push_str(path);
            text.push('\n');
        }
        text
    }

    /// SHA-256 of the lock's text, lower-case hex: the name of the release's content.
    pub fn digest(&self) -> String {
        hex(&Sha256::digest(self.to_text()))
    }

    /// Compares files with the lock.
    ///
    /// # Errors
    /// `L013` for each changed file, `L014` for each added one, `L015` for each removed one, in the order of their paths.
    pub fn verify(&self, files: &Files) -> Checked<()> {
        let found = hash_all(files);
        if found == self.files {
            return Ok(());
        }
        let paths: BTreeSet<&String> = self.files.keys().chain(found.keys()).collect();
        let problems = paths.into_iter().filter_map(|path| match (self.files.get(path), found.get(path)) {
            (Some(locked), Some(sha)) if locked == sha => None,
            (Some(locked), Some(_)) => Some(changed(path, locked, files)),
            (None, _) => {
                Some(Diagnostic::error("L014", format!("`{path}` is not in the release")).help(self.way_out()))
            }
            (Some(_), None) => {
                Some(Diagnostic::error("L015", format!("`{path}` is missing from the release")).help(self.way_out()))
            }
        });
        Err(Problems(problems.map(|problem| self.with_way_out(problem)).collect()))
    }

    fn way_out(&self) -> String {
        format!(
            "put back release {}, or have marketing release the change with `collateral publish`; `--draft` goes on, \
             marked DRAFT on every page",
            self.version
        )
    }

    fn with_way_out(&self, problem: Diagnostic) -> Diagnostic {
        if problem.help.is_some() { problem } else { problem.help(self.way_out()) }
    }
}

fn changed(path: &str, locked: &Sha, files: &Files) -> Diagnostic {
    let bytes: &[u8] = files.get(path).map_or(&[], |bytes| bytes.as_ref());
    let without_returns: Vec<u8> = bytes.iter().copied().filter(|byte| *byte != b'\r').collect();
    if Sha::from(Sha256::digest(without_returns)) == *locked {
        return Diagnostic::error("L013", format!("`{path}` differs from the release: its line endings were changed"))
            .help(
                "git did this: put `brand/** -text` and `templates/** -text` into `.gitattributes`, and check out anew",
            );
    }
    Diagnostic::error("L013", format!("`{path}` differs from the release"))
}

/// The lines of a lock.
struct Lines<'a> {
    text: &'a str,
    /// Where the next line begins.
    at: usize,
    /// The line that was looked at last.
    line: Range<usize>,
}

impl<'a> Lines<'a> {
    /// Takes a line that begins with these words and gives the rest of it.
    fn header(&mut self, begins: &str) -> Result<&'a str, Diagnostic> {
        let rest = self.text.get(self.at..).unwrap_or("");
        let (line, ends) = rest.split_once('\n').map_or((rest, false), |(line, _)| (line, true));
        self.line = self.at..self.at + line.len();
        if !ends {
            return Err(self.fault("the lock ends too early"));
        }
        if line.ends_with('\r') {
            return Err(self.fault("its line endings were changed").help(
                "git did this: put `brand/** -text` and `templates/** -text` into `.gitattributes`, and check out anew",
            ));
        }
        let Some(value) = line.strip_prefix(begins) else {
            return Err(self.fault(&format!("`{}` is expected here", begins.trim_end())));
        };
        self.at += line.len() + 1;
        Ok(value)
    }

    fn fault(&self, label: &str) -> Diagnostic {
        let file = Arc::new(SourceFile { path: LOCK.to_string(), text: self.text.to_string() });
        Diagnostic::error("L012", "the library's lock cannot be read")
            .at(Place { file, span: self.line.clone() })
            .label(label)
            .help("put back the file as it was published, or release the library anew with `collateral publish`")
    }
}

fn from_hex(text: &str) -> Option<Sha> {
    let digits = text.as_bytes();
    if digits.len() != 64 || !digits.iter().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(b)) {
        return None;
    }
    let mut sha = [0; 32];
    for (byte, pair) in sha.iter_mut().zip(digits.chunks_exact(2)) {
        *byte = u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()?;
    }
    Some(sha)
}

/// SHA-256 over the paths and digests of everything under `brand/`, lower-case hex: the name of a brand's content.
pub(super) fn brand_digest(files: &BTreeMap<String, Sha>) -> String {
    let mut whole = Sha256::new();
    for (path, sha) in files.iter().filter(|(path, _)| path.starts_with("brand/")) {
        whole.update(path.as_bytes());
        whole.update([0]);
        whole.update(sha);
    }
    hex(&whole.finalize())
}

/// Hashes every file but the lock and its signature; the largest first, so that no thread is left with it at the end.
pub(super) fn hash_all(files: &Files) -> BTreeMap<String, Sha> {
    let mut list: Vec<(&String, &Bytes)> =
        files.iter().filter(|(path, _)| *path != LOCK && *path != SIGNATURE).collect();
    list.sort_by_key(|(_, bytes)| std::cmp::Reverse(bytes.as_ref().len()));
    let hashes = parallel::map(&list, |(_, bytes)| Sha::from(Sha256::digest(bytes.as_ref())));
    list.into_iter().map(|(path, _)| path.clone()).zip(hashes).collect()
}

#[cfg(test)]
#[path = "lock_tests.rs"]
mod tests;
