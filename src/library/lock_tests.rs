use super::*;
use crate::library::testing::{Sample, faults, said};

fn lock() -> Lock {
    let files = Files::from([
        ("brand/brand.yaml".to_string(), Bytes::Embedded(b"a")),
        ("brand/library.lock".to_string(), Bytes::Embedded(b"old lock")),
        ("brand/library.lock.minisig".to_string(), Bytes::Embedded(b"old signature")),
        ("templates/caf\u{e9} au lait.md".to_string(), Bytes::Embedded(b"")),
    ]);
    Lock::of(&files, Version(1, 4, 0), jiff::civil::date(2026, 11, 23), "New prices")
}

#[test]
fn the_text_is_as_documented_and_reads_back() {
    let text = lock().to_text();
    assert_eq!(
        text,
        "version: 1.4.0\ndate: 2026-11-23\nnote: New prices\n\n\
         ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb  brand/brand.yaml\n\
         e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  templates/caf\u{e9} au lait.md\n"
    );
    assert_eq!(Lock::parse(&text).unwrap(), lock());
    let empty = Lock { note: String::new(), ..lock() };
    assert_eq!(Lock::parse(&empty.to_text()).unwrap(), empty);
    assert_eq!(lock().digest().len(), 64);
}

#[test]
fn what_publish_would_not_write_is_refused() {
    let good = lock().to_text();
    let cut = |n: usize| good[..good.len() - n].to_string();
    let bad = [
        String::new(),
        cut(1),
        cut(30),
        good.replace("1.4.0", "1.04.0"),
        good.replace("1.4.0", "1.4"),
        good.replace("2026-11-23", "2026-02-30"),
        good.replace("date: ", "date:"),
        good.replace("note: New prices\n", ""),
        good.replace("ca978112", "CA978112"),
        good.replace("ca978112", "zz978112"),
        good.replace("ca978112", "ca97811"),
        good.replace("bb  brand", "bb brand"),
        good.replace('\n', "\r\n"),
        format!("{good}\n"),
        format!("{good}{}", good.lines().last().unwrap()),
        format!("{good}{}\n", good.lines().nth(4).unwrap()),
        "\u{FEFF}version: 1.0.0\n".to_string(),
    ];
    for text in bad {
        let said = faults(Lock::parse(&text));
        assert_eq!(said, ["L012 the library's lock cannot be read"], "{text}");
    }
}

#[test]
fn a_fault_stands_at_its_line() {
    let problems = Lock::parse(&lock().to_text().replace("2026-11-23", "soon")).unwrap_err();
    assert_eq!(problems.0[0].place.as_ref().unwrap().line_column(), (2, 1));
}

#[test]
fn versions_are_compared_as_numbers() {
    let version = |text| Version::parse(text).unwrap();
    assert!(version("1.10.0") > version("1.9.9"));
    assert_eq!(version("1.4.9").raised().to_string(), "1.4.10");
    for bad in
        ["", "1", "1.2", "1.2.3.4", "v1.2.3", "1.2.x", "01.2.3", "1..3", "-1.2.3", "1.2.3 ", "99999999999999999999.0.0"]
    {
        assert_eq!(Version::parse(bad), None, "{bad}");
    }
}

#[test]
fn one_changed_byte_is_named_in_every_file() {
    let sample = Sample::published();
    let files = sample.read().unwrap();
    let lock = Lock::parse(std::str::from_utf8(files[LOCK].as_ref()).unwrap()).unwrap();
    lock.verify(&files).unwrap();
    for path in files.keys().filter(|path| *path != LOCK) {
        let mut bytes = files[path].as_ref().to_vec();
        let middle = bytes.len() / 2;
        bytes[middle] ^= 1;
        let mut changed = files.clone();
        changed.insert(path.clone(), Bytes::Read(bytes.into()));
        assert_eq!(faults(lock.verify(&changed)), [format!("L013 `{path}` differs from the release")]);
    }
}

#[test]
fn added_removed_and_changed_files_are_all_named_in_order() {
    let sample = Sample::published();
    sample.write("brand/fonts/new.ttf", "new");
    sample.remove("templates/offer/sections/cover.md");
    sample.edit("templates/library.yaml", "Acme", "Acmf");
    let problems = sample.locked().unwrap_err();
    assert_eq!(
        said(&problems),
        [
            "L014 `brand/fonts/new.ttf` is not in the release",
            "L013 `templates/library.yaml` differs from the release",
            "L015 `templates/offer/sections/cover.md` is missing from the release",
        ]
    );
    assert!(problems.0.iter().all(|p| p.help.as_ref().unwrap().contains("`--draft`")));
}

#[test]
fn a_renamed_file_is_missing_and_added() {
    let sample = Sample::published();
    std::fs::rename(sample.root().join("brand/fonts/bold.ttf"), sample.root().join("brand/fonts/black.ttf")).unwrap();
    assert_eq!(faults(sample.locked()).len(), 2);
}

#[test]
fn changed_line_endings_are_called_that() {
    let sample = Sample::published();
    sample.edit("templates/library.yaml", "\n", "\r\n");
    let problems = sample.locked().unwrap_err();
    assert_eq!(
        said(&problems),
        ["L013 `templates/library.yaml` differs from the release: its line endings were changed"]
    );
    assert!(problems.0[0].help.as_ref().unwrap().contains(".gitattributes"));
}

#[test]
fn large_and_small_libraries_hash_alike() {
    let many: Files = (0..300).map(|n| (format!("brand/{n:03}"), Bytes::Read(vec![n as u8; n * 37].into()))).collect();
    let lock = Lock::of(&many, Version(1, 0, 0), jiff::civil::date(2026, 1, 1), "");
    assert_eq!(lock.files.len(), 300);
    for (path, sha) in &lock.files {
        assert_eq!(*sha, Sha::from(Sha256::digest(many[path].as_ref())), "{path}");
    }
}
