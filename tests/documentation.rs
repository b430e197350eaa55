//! What the documentation promises: every code has its entry, every schema is the one in force, the samples are as long
//! as the README tells.

use std::collections::BTreeSet;
use std::path::Path;

use collateral::library::files::Source;
use collateral::library::{Library, Trust};
use collateral::pipeline::{Engine, Order, lay_out};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The codes between quotation marks in the code that ships, without tests' own.
fn codes_in_code() -> BTreeSet<String> {
    let mut codes = BTreeSet::new();
    for entry in walkdir::WalkDir::new(root().join("src")).into_iter().flatten() {
        let text = match entry.path().extension() {
            Some(end) if end == "rs" => std::fs::read_to_string(entry.path()).expect("the code can be read"),
            _ => continue,
        };
        for call in ["error(", "warning("] {
            for after in text.split(call).skip(1) {
                let code = after.trim_start().trim_start_matches('"').get(..4).unwrap_or_default();
                let shaped = code.starts_with(|c: char| c.is_ascii_uppercase()) && code[1..].parse::<u16>().is_ok();
                // Tests of the views use made-up codes.
                if shaped && !["S000", "L999"].contains(&code) {
                    codes.insert(code.to_string());
                }
            }
        }
    }
    codes
}

#[test]
fn every_code_has_an_entry() {
    let mut entries = BTreeSet::new();
    for entry in std::fs::read_dir(root().join("docs/errors")).expect("the folder is there").flatten() {
        let text = std::fs::read_to_string(entry.path()).expect("an entry can be read");
        for heading in text.lines().filter_map(|line| line.strip_prefix("### ")) {
            assert!(entries.insert(heading[..4].to_string()), "{heading} stands twice");
        }
    }
    let codes = codes_in_code();
    assert!(codes.len() > 100, "only {} codes were found", codes.len());
    let missing: Vec<_> = codes.difference(&entries).collect();
    assert!(missing.is_empty(), "without an entry in docs/errors: {missing:?}");
}

#[test]
fn the_schemas_for_editors_are_those_in_force() {
    for (name, schema) in collateral::pipeline::editor_schemas() {
        let path = root().join("docs/schemas").join(name);
        let kept = std::fs::read_to_string(&path).unwrap_or_default();
        let fresh = format!("{schema:#}\n");
        assert!(kept == fresh, "{name} is stale: run `cargo run -- schemas -o docs/schemas`");
    }
}

/// A macro that prints panics where its stream cannot be written, and a file that is written in place can be left half
/// done: both have one place that does it right.
#[test]
fn all_is_printed_and_written_in_one_place() {
    let printing = ["println!(", "eprintln!(", " print!(", " eprint!(", "dbg!("];
    let writing = ["fs::write(", "File::create(", "fs::rename(", "tempfile_in(", "generate_to("];
    let mut found = Vec::new();
    let mut files = 0;
    for entry in walkdir::WalkDir::new(root().join("src")).into_iter().flatten() {
        let path = entry.path().strip_prefix(root()).expect("it lies below").to_string_lossy().replace('\\', "/");
        let name = path.rsplit('/').next().unwrap_or_default();
        let for_tests = name.contains("test") || name == "sample.rs" || path.contains("/tests/");
        if !name.ends_with(".rs") || for_tests {
            continue;
        }
        files += 1;
        let text = std::fs::read_to_string(entry.path()).expect("the code can be read");
        let code = text.split("#[cfg(test)]\nmod ").next().unwrap_or_default();
        for (number, line) in code.lines().enumerate().filter(|(_, line)| !line.trim_start().starts_with("//")) {
            let line = format!(" {}", line.trim_start());
            let writes = !path.starts_with("src/disk/") && writing.iter().any(|call| line.contains(call));
            if writes || printing.iter().any(|call| line.contains(call)) {
                found.push(format!("{path}:{}", number + 1));
            }
        }
    }
    assert!(files > 200, "only {files} files were read");
    assert!(found.is_empty(), "use cli/screen.rs to print and disk/ to write: {found:?}");
}

/// A line more in a client file can cost a page that is all but blank.
#[test]
fn the_readme_tells_how_long_the_sample_documents_are() {
    let library = Library::load(Source::Embedded, Trust::Locked).expect("the sample library is sound");
    let engine = Engine::new(library);
    let readme = std::fs::read_to_string(root().join("README.md")).expect("the README can be read");
    for template in ["proposal", "pitch-deck"] {
        let pages = ["bakery", "harbour", "haulier"].map(|client| {
            let client_file = Some(root().join(format!("examples/clients/{client}.yaml")));
            let order = Order { client_file, ..Order::new(template, jiff::civil::date(2026, 12, 1)) };
            lay_out(&engine, &order).expect("the sample is sound").pages.pages.len()
        });
        let row = readme.lines().find(|line| line.starts_with(&format!("| `{template}` |"))).expect("a row");
        let told = format!("| {}, {} or {} with prices;", pages[0], pages[1], pages[2]);
        assert!(row.contains(&told), "{told} {row}");
    }
}
