//! How the program ends where what it prints, or what it writes, cannot be written: by the documented exit codes, and
//! never by a panic or a signal. The table is in `README.md`.
#![cfg(target_os = "linux")]

mod support;

use std::fs::{self, File, OpenOptions};
use std::os::unix::process::ExitStatusExt;
use std::process::{Command, Output, Stdio};

use support::workplace::Workplace;

/// Command lines, how they end where everything can be printed, and whether they print on standard output and on
/// standard error.
const RUNS: [(&str, i32, bool, bool); 13] = [
    ("list", 0, true, false),
    ("list --json", 0, true, false),
    ("explain -t letter --set client.name=A --segment small", 0, true, false),
    ("generate -t letter --set client.name=A --segment small -o out", 0, true, false),
    ("verify", 0, true, false),
    ("completions bash", 0, true, false),
    ("--help", 0, true, false),
    ("--version", 0, true, false),
    ("generate --help", 0, true, false),
    ("generate -t nothing --set client.name=A --segment small -o out", 1, false, true),
    ("generate -t nothing --set client.name=A --segment small -o out --json", 1, true, true),
    ("verify nowhere.pdf", 2, false, true),
    ("generate", 2, false, true),
];

fn published() -> Workplace {
    let place = Workplace::new();
    let output = place.run(&["publish".into(), "--date".into(), "2026-11-01".into()]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    place
}

fn command(place: &Workplace) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_collateral"));
    command.current_dir(place.path()).env("COLLATERAL_LIBRARY", "library").stdin(Stdio::null());
    command
}

fn run(place: &Workplace, line: &str, stdout: Stdio, stderr: Stdio) -> Output {
    let child = command(place).args(line.split(' ')).stdout(stdout).stderr(stderr).spawn().expect("the program runs");
    child.wait_with_output().expect("the program ends")
}

fn code(output: &Output, what: &str) -> i32 {
    assert_eq!(output.status.signal(), None, "{what}: ended by a signal");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(!said.contains("panicked"), "{what}: {said}");
    output.status.code().expect("there is a code where there was no signal")
}

fn full() -> Stdio {
    OpenOptions::new().write(true).open("/dev/full").expect("the device is there").into()
}

/// A pipe whose reader has gone away.
fn unread() -> Stdio {
    let (reader, writer) = std::io::pipe().expect("a pipe can be made");
    drop(reader);
    writer.into()
}

#[test]
fn every_run_ends_as_listed_where_everything_can_be_printed() {
    let place = published();
    for (line, expected, out, err) in RUNS {
        let output = run(&place, line, Stdio::piped(), Stdio::piped());
        assert_eq!(code(&output, line), expected, "{line}");
        assert_eq!((!output.stdout.is_empty(), !output.stderr.is_empty()), (out, err), "{line}");
    }
}

#[test]
fn what_cannot_be_printed_on_a_full_disk_ends_with_2() {
    let place = published();
    for (line, expected, prints, complains) in RUNS {
        let output = run(&place, line, full(), Stdio::piped());
        assert_eq!(code(&output, line), if prints { 2 } else { expected }, "{line} with a full standard output");
        let output = run(&place, line, Stdio::piped(), full());
        let worst = if complains { 2 } else { expected };
        assert_eq!(code(&output, line), worst, "{line} with a full standard error");
        let output = run(&place, line, full(), full());
        assert_eq!(code(&output, line), 2, "{line} with both full");
    }
}

#[test]
fn a_reader_that_has_gone_away_is_no_failure() {
    let place = published();
    for (line, expected, ..) in RUNS {
        let output = run(&place, line, unread(), Stdio::piped());
        assert_eq!(code(&output, line), expected, "{line}");
        let output = run(&place, line, Stdio::piped(), unread());
        assert_eq!(code(&output, line), expected, "{line}");
    }
}

#[test]
fn closed_streams_count_as_the_null_device() {
    let place = published();
    for (line, expected, ..) in RUNS {
        for closing in [">&-", "2>&-", ">&- 2>&-", "<&- >&- 2>&-"] {
            let script = format!("exec {} {line} {closing}", env!("CARGO_BIN_EXE_collateral"));
            let output = Command::new("sh")
                .args(["-c", &script])
                .current_dir(place.path())
                .env("COLLATERAL_LIBRARY", "library")
                .output()
                .expect("the shell runs");
            assert_eq!(code(&output, line), expected, "{line} {closing}");
        }
    }
    // No file took the place of a closed stream: the document is whole.
    let document = fs::read_dir(place.path().join("out")).expect("it was made").flatten().next().expect("one file");
    assert!(fs::read(document.path()).expect("it can be read").starts_with(b"%PDF-"));
}

/// One block of the limit is 512 or 1024 bytes: no document is that small.
#[test]
fn a_limit_on_file_sizes_is_a_full_disk() {
    let place = published();
    let before = place.left_behind();
    for line in [
        "generate -t letter --set client.name=A --segment small -o out -f pdf,docx",
        "schemas -o out",
        "man -o out",
        "publish --date 2026-11-02",
    ] {
        let script = format!("ulimit -f 1; exec {} {line}", env!("CARGO_BIN_EXE_collateral"));
        let output = Command::new("sh")
            .args(["-c", &script])
            .current_dir(place.path())
            .env("COLLATERAL_LIBRARY", "library")
            .output()
            .expect("the shell runs");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(code(&output, line), 2, "{line}: {said}");
        assert!(said.contains("no room"), "{line}: {said}");
        assert_eq!(place.left_behind(), before, "{line}");
    }
    // Standard output is a file that may not grow.
    let log = place.path().join("log");
    let script = format!("ulimit -f 1; exec {} completions bash", env!("CARGO_BIN_EXE_collateral"));
    let output = Command::new("sh")
        .args(["-c", &script])
        .stdout(File::create(&log).expect("a file can be made"))
        .stderr(Stdio::piped())
        .output()
        .expect("the shell runs");
    assert_eq!(code(&output, "completions"), 2);
    assert!(String::from_utf8_lossy(&output.stderr).contains("S010"));
}

#[test]
fn a_run_with_the_sample_library_says_so() {
    let nowhere = tempfile::tempdir().expect("a folder can be made");
    let run = |line: &str| {
        Command::new(env!("CARGO_BIN_EXE_collateral"))
            .args(line.split(' '))
            .current_dir(nowhere.path())
            .env_remove("COLLATERAL_LIBRARY")
            .output()
            .expect("the program runs")
    };
    for line in ["list", "list --quiet", "verify", "generate -t nothing --set client.name=A"] {
        let output = run(line);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(said.matches("sample library inside the program").count(), 1, "{line}: {said}");
    }
    for line in ["list --json", "verify --json", "generate -t nothing --set client.name=A --json"] {
        let output = run(line);
        let document: serde_json::Value = serde_json::from_slice(&output.stdout).expect("one document");
        assert_eq!(document["sample_library"], true, "{line}");
    }
    let place = published();
    let output = place.run(&["list".into(), "--json".into()]);
    assert!(!String::from_utf8_lossy(&output.stdout).contains("sample_library"));
}

#[test]
fn half_a_library_is_refused_by_every_verb_that_reads_one() {
    let place = published();
    fs::remove_file(place.path().join("library/brand/brand.yaml")).expect("it is there");
    let below = place.path().join("library/clients");
    fs::create_dir(&below).expect("a folder can be made");
    for line in [
        "list",
        "explain -t one-pager --set client.name=A --segment small",
        "generate -t one-pager --set client.name=A --segment small",
        "preview -t one-pager --set client.name=A",
        "publish",
        "verify",
        "import pricebook prices.csv",
    ] {
        let output = Command::new(env!("CARGO_BIN_EXE_collateral"))
            .args(line.split(' '))
            .current_dir(&below)
            .env_remove("COLLATERAL_LIBRARY")
            .output()
            .expect("the program runs");
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{line}: {said}");
        assert!(said.contains("L080") && said.contains("half a library"), "{line}: {said}");
        assert_eq!(fs::read_dir(&below).expect("it is there").count(), 0, "{line} wrote something");
    }
}
