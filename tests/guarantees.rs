//! The guarantees of the product, end to end through the library's own steps.

mod support;

use std::path::Path;

use collateral::export::Format;
use collateral::library::assets::Bytes;
use collateral::library::files::Source;
use collateral::library::lock::{Lock, Version};
use collateral::library::{Library, Trust};
use collateral::pipeline::{Engine, Order, check_content, generate};
use collateral::plan::Wishes;
use support::workplace::{TODAY, Workplace, program};

fn sample() -> Engine {
    Engine::new(Library::load(Source::Embedded, Trust::Locked).expect("the sample library is sound"))
}

fn order(template: &str, sets: &[String]) -> Order {
    let date = jiff::civil::date(2026, 11, 23);
    Order {
        sets: sets.to_vec(),
        wishes: Wishes { segment: Some("small".into()), ..Wishes::default() },
        ..Order::new(template, date)
    }
}

fn client_order(template: &str, client: &str) -> Order {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/clients").join(client);
    Order { client_file: Some(file), wishes: Wishes::default(), ..order(template, &[]) }
}

#[test]
fn every_sample_document_is_made_within_its_budget() {
    let library = sample();
    for template in ["proposal", "pitch-deck"] {
        for client in ["bakery.yaml", "harbour.yaml", "haulier.yaml"] {
            let made = generate(&library, &client_order(template, client)).expect("the sample is sound");
            let budget: Vec<_> = made.laid_out.warnings.0.iter().filter(|w| w.code == "P009").collect();
            assert!(budget.is_empty(), "{template} for {client}: {budget:?}");
            assert!(made.laid_out.dropped.is_empty(), "{template} for {client} drops {:?}", made.laid_out.dropped);
        }
    }
}

/// The names that break document generators: exact in the file that was read back, or refused by a code.
#[test]
fn naughty_names_are_exact_or_refused() {
    let library = sample();
    for (id, name) in support::naughty_names() {
        for template in ["proposal", "pitch-deck"] {
            let result = generate(&library, &order(template, &[format!("client.name={name}")]));
            match (support::REFUSED.contains(&id.as_str()), result) {
                (false, Ok(made)) => {
                    let text =
                        collateral::export::pdf::words_of(made.bytes(Format::Pdf)).expect("our own file can be read");
                    let squeezed = support::squeeze(&name);
                    assert!(support::squeeze(&text).contains(&squeezed), "{id}: `{name}` is not in the {template}");
                }
                (true, Err(problems)) => {
                    assert!(problems.0.iter().all(|p| p.help.is_some() || p.label.is_some()), "{id}: {problems:?}");
                }
                (false, Err(problems)) => panic!("{id}: `{name}` was refused: {problems:?}"),
                (true, Ok(_)) => panic!("{id}: `{name}` went through"),
            }
        }
    }
}

#[test]
fn same_inputs_make_the_same_bytes_in_any_thread() {
    let orders: Vec<Order> = ["bakery.yaml", "harbour.yaml", "haulier.yaml"]
        .iter()
        .flat_map(|client| [client_order("proposal", client), client_order("pitch-deck", client)])
        .collect();
    let alone: Vec<Vec<u8>> =
        orders.iter().map(|o| generate(&sample(), o).expect("sound").bytes(Format::Pdf).to_vec()).collect();
    let shared = sample();
    std::thread::scope(|scope| {
        let runs: Vec<_> = (0..4)
            .map(|turn| {
                let (orders, shared) = (&orders, &shared);
                scope.spawn(move || {
                    let mut made: Vec<(usize, Vec<u8>)> = (0..orders.len())
                        .map(|i| (i + turn) % orders.len())
                        .map(|i| (i, generate(shared, &orders[i]).expect("sound").bytes(Format::Pdf).to_vec()))
                        .collect();
                    made.sort();
                    made
                })
            })
            .collect();
        for run in runs {
            for (i, bytes) in run.join().expect("no thread panics") {
                assert!(bytes == alone[i], "document {i} differs between threads");
            }
        }
    });
}

#[test]
fn same_inputs_make_the_same_bytes_in_any_process_folder_and_time_zone() {
    let run = |zone: &str| {
        let place = Workplace::new();
        let output = program()
            .args(["publish", "--date", "2026-11-01"])
            .env("COLLATERAL_LIBRARY", place.path().join("library"))
            .output()
            .expect("the program runs");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let words = ["generate", "-t", "letter", "--set", "client.name=Golden Crust", "--segment", "small"];
        let output = program()
            .args(words)
            .args(["--date", "2026-11-23", "-o", "out"])
            .env("COLLATERAL_LIBRARY", place.path().join("library"))
            .env("TZ", zone)
            .current_dir(place.path())
            .output()
            .expect("the program runs");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        std::fs::read(place.path().join("out/Golden-Crust_letter_2026-11-23.pdf")).expect("the document was written")
    };
    assert!(run("UTC") == run("Pacific/Kiritimati"));
}

/// Guarantee 4: one changed byte in any file of the library is named and refused.
#[test]
fn a_changed_byte_in_any_library_file_is_refused_by_name() {
    let place = Workplace::new();
    let library = place.path().join("library");
    collateral::library::publish::publish(&library, Some("1.0.0"), jiff::civil::date(2026, 11, 1), "", &check_content)
        .expect("the library is sound");
    let mut files = 0;
    for entry in walkdir::WalkDir::new(&library).into_iter().flatten().filter(|e| e.file_type().is_file()) {
        let name = support::library_path(&library, entry.path());
        if name == "brand/library.lock" {
            continue;
        }
        let before = std::fs::read(entry.path()).expect("a fixture can be read");
        let mut after = before.clone();
        match after.last_mut() {
            Some(byte) => *byte ^= 1,
            None => after.push(b'x'),
        }
        std::fs::write(entry.path(), &after).expect("a fixture can be written");
        let problems = Library::load(Source::Folder(library.clone()), Trust::Locked).expect_err("one byte changed");
        assert!(problems.0.iter().any(|p| p.message.contains(&name)), "{name} is not named: {problems:?}");
        std::fs::write(entry.path(), &before).expect("a fixture can be written");
        files += 1;
    }
    assert!(files > 20, "only {files} files were tried");
    assert!(Library::load(Source::Folder(library), Trust::Locked).is_ok());
}

/// The same for the sample library as it is built in.
#[test]
fn a_changed_byte_in_any_file_of_the_sample_is_named() {
    let mut files = Source::Embedded.read().expect("the sample can be read");
    let lock = Lock::of(&files, Version(1, 0, 0), jiff::civil::date(2026, 11, 1), "");
    for path in lock.files.keys() {
        let before = files[path].clone();
        let mut after = before.as_ref().to_vec();
        match after.first_mut() {
            Some(byte) => *byte ^= 1,
            None => after.push(b'x'),
        }
        files.insert(path.clone(), Bytes::Read(after.into()));
        let problems = lock.verify(&files).expect_err("one byte changed");
        assert!(problems.0.len() == 1 && problems.0[0].message.contains(path.as_str()), "{path}: {problems:?}");
        files.insert(path.clone(), before);
    }
    assert!(lock.verify(&files).is_ok() && lock.files.len() > 100);
}

/// A disk that fills up while the document is written: a clear error, and nothing left.
#[cfg(unix)]
#[test]
fn a_full_disk_leaves_nothing() {
    let place = Workplace::new();
    let script =
        "trap '' XFSZ; ulimit -f 8; exec \"$0\" generate -t letter --draft --set client.name=A --segment small -o out";
    let output = std::process::Command::new("sh")
        .args(["-c", script, env!("CARGO_BIN_EXE_collateral")])
        .env("COLLATERAL_LIBRARY", place.path().join("library"))
        .env("COLLATERAL_TODAY", TODAY)
        .current_dir(place.path())
        .output()
        .expect("a shell runs");
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains("S002"), "{said}");
    let left = std::fs::read_dir(place.path().join("out")).expect("the folder was made").count();
    assert_eq!(left, 0, "a file was left");
}

/// The lock that is checked in locks the sample library as it is checked in.
#[test]
fn the_sample_library_is_locked_as_it_stands() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).to_path_buf();
    Library::load(Source::Folder(root), Trust::Locked).expect("run `collateral publish` after changing the library");
}
