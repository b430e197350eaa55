//! In: a case's folder. Out: a throw-away folder with a library and client files, in which the program is run.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

/// The local day of every run, so that no test expires; debug builds alone read it.
pub const TODAY: &str = "2026-11-23";

/// The program under test, with [`TODAY`] as the local day.
pub fn program() -> Command {
    let mut program = Command::new(env!("CARGO_BIN_EXE_collateral"));
    program.env("COLLATERAL_TODAY", TODAY);
    program
}

/// A temporary folder with `library/` in it.
pub struct Workplace {
    folder: TempDir,
}

impl Workplace {
    /// The small library of `tests/fixtures/library` with the sample brand's fonts, and nothing else.
    pub fn new() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let library = folder.path().join("library");
        let here = Path::new(env!("CARGO_MANIFEST_DIR"));
        copy(&here.join("tests/fixtures/library"), &library);
        copy(&here.join("brand/fonts"), &library.join("brand/fonts"));
        copy(&here.join("brand/logos"), &library.join("brand/logos"));
        Self { folder }
    }

    /// The same, with the case's `library/` laid over it and its other files beside it. A file that ends in `.gone`
    /// removes the file it names.
    pub fn for_case(case: &Path) -> Self {
        let place = Self::new();
        copy(case, place.folder.path());
        for file in walkdir::WalkDir::new(place.folder.path()).into_iter().flatten() {
            if let Some(gone) = file.path().to_string_lossy().strip_suffix(".gone") {
                let _ = std::fs::remove_file(gone);
                std::fs::remove_file(file.path()).expect("the mark can be removed");
            }
        }
        place
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Runs the program here, with `library/` as its library and [`TODAY`] as the local day. Words such as `NAME=VALUE`
    /// in front set variables of the environment.
    pub fn run(&self, words: &[String]) -> Output {
        let set: Vec<(&str, &str)> = words.iter().map_while(|word| word.split_once('=')).collect();
        program()
            .args(&words[set.len()..])
            .envs(set)
            .current_dir(self.folder.path())
            .env_remove("NO_COLOR")
            .env("COLLATERAL_LIBRARY", "library")
            .output()
            .expect("the program can be run")
    }

    /// Changes a file as somebody might behind the program's back: `append FILE TEXT` or `remove FILE`.
    pub fn meddle(&self, words: &[String]) {
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let path = self.folder.path().join(words[1]);
        match words[..] {
            ["append", _, text] => {
                let mut bytes = std::fs::read(&path).unwrap_or_default();
                bytes.extend_from_slice(text.as_bytes());
                std::fs::write(path, bytes).expect("a file can be written");
            }
            ["remove", _] => std::fs::remove_file(path).expect("a file can be removed"),
            _ => panic!("`!` lines are `!append FILE TEXT` or `!remove FILE`: {words:?}"),
        }
    }

    /// Output as text, with this folder's own path taken out and Windows separators turned.
    pub fn tidy(&self, output: &[u8]) -> String {
        let text = String::from_utf8_lossy(output).replace("\r\n", "\n");
        let text = without_digest(&text);
        text.replace(&self.folder.path().display().to_string(), "[HERE]").replace("collateral.exe", "collateral")
    }

    /// The files in `out/`, a line each: what a run left behind.
    pub fn left_behind(&self) -> String {
        let out = self.folder.path().join("out");
        let mut names: Vec<String> = walkdir::WalkDir::new(&out)
            .into_iter()
            .flatten()
            .filter(|entry| entry.file_type().is_file())
            .map(|entry| entry.file_name().to_string_lossy().into_owned() + "\n")
            .collect();
        names.sort();
        names.concat()
    }
}

/// The digests of a finished document change with every change of the layout: any 64 hexadecimal digits will do.
fn without_digest(text: &str) -> String {
    let is_hex = |c: char| c.is_ascii_digit() || ('a'..='f').contains(&c);
    let mut tidy = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(is_hex) {
        let run = &rest[start..];
        let run = &run[..run.find(|c| !is_hex(c)).unwrap_or(run.len())];
        tidy += &rest[..start];
        tidy += if run.len() == 64 { "[SHA-256]" } else { run };
        rest = &rest[start + run.len()..];
    }
    tidy + rest
}

/// Copies a folder's files into another, making folders as needed.
pub fn copy(from: &Path, to: &Path) {
    for entry in walkdir::WalkDir::new(from) {
        let entry = entry.expect("a fixture can be read");
        let target: PathBuf = to.join(entry.path().strip_prefix(from).expect("an entry lies below its folder"));
        if entry.file_type().is_dir() {
            std::fs::create_dir_all(&target).expect("a folder can be made");
        } else {
            std::fs::copy(entry.path(), &target).expect("a file can be copied");
        }
    }
}

/// Splits a line into words as a shell would for plain words and "quoted ones"; `\n` in quotes is a line break.
pub fn words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    let (mut quoted, mut begun) = (false, false);
    for c in line.chars() {
        match c {
            '"' => {
                quoted = !quoted;
                begun = true;
            }
            ' ' if !quoted => {
                if begun {
                    words.push(std::mem::take(&mut word));
                }
                begun = false;
            }
            _ => {
                word.push(c);
                begun = true;
            }
        }
    }
    if begun {
        words.push(word.replace("\\n", "\n"));
    }
    words
}
