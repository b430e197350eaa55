//! Runs every folder under `tests/cases/` that holds a `cmd` file: the words of a user in, what they read out.
//!
//! How a case is laid out, and how to add one, stands in `tests/README.md`.

mod support;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use snapbox::{Assert, Data, data::DataFormat};
use support::workplace::{Workplace, words};

#[test]
fn cases() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut folders: Vec<PathBuf> = walkdir::WalkDir::new(&root)
        .into_iter()
        .map(|entry| entry.expect("the cases can be read"))
        .filter(|entry| entry.file_name() == "cmd")
        .filter_map(|entry| entry.path().parent().map(Path::to_path_buf))
        .collect();
    folders.sort();
    assert!(!folders.is_empty(), "no case was found below {}", root.display());
    let mut failed = Vec::new();
    for folder in &folders {
        let name = folder.strip_prefix(&root).expect("a case lies below the root").display().to_string();
        if let Err(difference) = run(folder) {
            failed.push(format!("case `{name}`:\n{difference}"));
        }
    }
    assert!(failed.is_empty(), "{} of {} cases differ:\n\n{}", failed.len(), folders.len(), failed.join("\n\n"));
}

/// Runs one case and compares what the last command printed and left with `expected.txt`.
fn run(case: &Path) -> Result<(), String> {
    let place = Workplace::for_case(case);
    let commands = std::fs::read_to_string(case.join("cmd")).map_err(|e| e.to_string())?;
    let mut last = String::new();
    for line in commands.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#')) {
        if let Some(change) = line.strip_prefix('!') {
            place.meddle(&words(change));
            continue;
        }
        let output = place.run(&words(line));
        last.clear();
        // Writing to a string cannot fail.
        let _ = writeln!(last, "$ {}\nexit: {}", shell_line(line), output.status.code().unwrap_or(-1));
        let _ = write!(last, "-- stdout\n{}-- stderr\n{}", place.tidy(&output.stdout), place.tidy(&output.stderr));
        let _ = write!(last, "-- files\n{}", place.left_behind());
    }
    let expected = Data::read_from(&case.join("expected.txt"), Some(DataFormat::Text));
    Assert::new()
        .action_env("SNAPSHOTS")
        .normalize_paths(false)
        .try_eq(Some(&case.join("expected.txt").display()), Data::text(last), expected)
        .map_err(|difference| difference.to_string())
}

/// A command line as a shell would take it: variables come before the program's name.
fn shell_line(line: &str) -> String {
    let is_variable = |word: &str| !word.starts_with('-') && word.contains('=');
    match line.split_once(' ') {
        Some((first, rest)) if is_variable(first) => format!("{first} {}", shell_line(rest)),
        _ => format!("collateral {line}"),
    }
}
