use std::fs;

use super::*;
use crate::library::testing::{Sample, faults};

#[test]
fn a_published_library_loads_with_its_release() {
    let sample = Sample::new();
    let lock = sample.publish(None).unwrap();
    assert_eq!((lock.version, lock.note.as_str()), (Version(1, 0, 0), "A note"));
    let library = sample.locked().unwrap();
    assert_eq!(library.release(), Some(&lock));
    assert_eq!(sample.draft().unwrap().release(), None);
}

#[test]
fn only_the_lock_is_left_behind() {
    let sample = Sample::published();
    let names: Vec<_> = fs::read_dir(sample.root().join("brand")).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert_eq!(names.len(), 4, "{names:?}");
}

#[cfg(unix)]
#[test]
fn everybody_may_read_the_lock() {
    use std::os::unix::fs::PermissionsExt;
    let sample = Sample::published();
    let mode = fs::metadata(sample.root().join(LOCK)).unwrap().permissions().mode();
    assert_eq!(mode & 0o444, 0o444);
}

#[test]
fn versions_only_rise() {
    let sample = Sample::published();
    assert_eq!(sample.publish(None).unwrap().version, Version(1, 0, 1));
    assert_eq!(sample.publish(Some("2.0.0")).unwrap().version, Version(2, 0, 0));
    let said = faults(sample.publish(Some("2.0.0")));
    assert_eq!(said, ["L016 version 2.0.0 is not above the last release, 2.0.0"]);
    assert_eq!(faults(sample.publish(Some("two"))), ["L016 `two` is not a version"]);
    assert_eq!(sample.locked().unwrap().release().unwrap().version, Version(2, 0, 0));
}

#[test]
fn a_note_is_one_line() {
    let sample = Sample::new();
    let said = faults(publish(sample.root(), None, jiff::civil::date(2026, 1, 1), "one\nversion: 9.9.9", &|_| {
        crate::diagnostic::Problems::default()
    }));
    assert!(said[0].starts_with("L017"), "{said:?}");
}

#[test]
fn a_damaged_lock_stops_the_next_release_instead_of_starting_over() {
    let sample = Sample::published();
    sample.edit(LOCK, "version: 1.0.0", "version: none");
    assert_eq!(faults(sample.publish(None)), ["L012 the library's lock cannot be read"]);
}

#[test]
fn all_faults_of_all_files_are_found_and_nothing_is_written() {
    let sample = Sample::new();
    sample.write("templates/offer/sections/terms.md", b"caf\xE9");
    sample.remove("templates/offer/sections/cover.md");
    sample.write("brand/fonts/bold.ttf", "no font");
    sample.write(
        "brand/logos/logo.svg",
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"><text>x</text></svg>",
    );
    sample.write("templates/offer/images/van.png", "not a png");
    sample.write("templates/blocks/objections/late.md", "no front matter");
    sample.write("templates/old/sections/a.md", "# A");
    let mut codes: Vec<String> = faults(sample.publish(None)).iter().map(|said| said[..4].to_string()).collect();
    codes.sort();
    assert_eq!(codes, ["B005", "L031", "L036", "L040", "L061", "L065", "Y001"]);
    assert!(!sample.root().join(LOCK).exists());
}

#[cfg(unix)]
#[test]
fn a_killed_publish_leaves_no_file_that_the_next_one_locks() {
    let sample = Sample::new();
    sample.write("brand/._library.lock-abc", "half");
    let lock = sample.publish(None).unwrap();
    assert!(lock.files.keys().all(|path| !path.contains("._")));
}
