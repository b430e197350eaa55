use super::*;
use crate::library::testing::{Sample, faults};

#[test]
fn a_named_library_wins_over_the_others() {
    let (named, env, near) = (Sample::new(), Sample::new(), Sample::new());
    let found = Source::find(Some(named.root()), Some(env.root().into()), near.root()).unwrap();
    assert_eq!(found, named.source());
    let found = Source::find(None, Some(env.root().into()), near.root()).unwrap();
    assert_eq!(found, env.source());
    let below = near.root().join("templates/offer/sections");
    assert_eq!(Source::find(None, None, &below).unwrap(), near.source());
}

#[test]
fn an_empty_variable_counts_as_none_and_nowhere_means_the_sample() {
    let nowhere = tempfile::tempdir().unwrap();
    assert_eq!(Source::find(None, Some("".into()), nowhere.path()).unwrap(), Source::Embedded);
}

#[test]
fn a_named_folder_that_is_no_library_is_not_replaced_by_another() {
    let near = Sample::new();
    let other = tempfile::tempdir().unwrap();
    let said = faults(Source::find(Some(other.path()), None, near.root()));
    assert!(said[0].starts_with("L001 `--library` names"), "{said:?}");
    assert!(said[0].contains("it has no `brand/brand.yaml` and no `templates/library.yaml`"), "{said:?}");
    let said = faults(Source::find(None, Some("nowhere".into()), near.root()));
    assert!(said[0].ends_with("there is no such folder"), "{said:?}");
}

#[test]
fn a_relative_library_is_found_from_the_working_folder() {
    let sample = Sample::new();
    let name = Path::new(sample.root().file_name().unwrap());
    let found = Source::find(Some(name), None, sample.root().parent().unwrap()).unwrap();
    assert_eq!(found, sample.source());
}

#[test]
fn files_have_names_with_slashes_and_litter_is_left_out() {
    let sample = Sample::new();
    let before: Vec<String> = sample.read().unwrap().into_keys().collect();
    for litter in [
        "brand/.DS_Store",
        "brand/fonts/thumbs.db",
        "templates/Desktop.ini",
        "templates/._offer",
        "templates/offer/template.yaml~",
        "templates/.git/config",
        "brand/.gitkeep",
    ] {
        sample.write(litter, "x");
    }
    let after: Vec<String> = sample.read().unwrap().into_keys().collect();
    assert_eq!(before, after);
    assert!(after.contains(&"templates/blocks/objections/price.md".to_string()));
    assert!(after.is_sorted());
}

#[cfg(unix)]
#[test]
fn links_are_refused_by_name() {
    use std::os::unix::fs::symlink;
    let sample = Sample::new();
    let outside = tempfile::NamedTempFile::new().unwrap();
    symlink(outside.path(), sample.root().join("brand/fonts/evil.ttf")).unwrap();
    symlink("cover.md", sample.root().join("templates/offer/sections/inside.md")).unwrap();
    symlink("/", sample.root().join("templates/all")).unwrap();
    let said = faults(sample.read());
    assert_eq!(
        said,
        [
            "L002 `brand/fonts/evil.ttf` is a link, and a library holds no links",
            "L002 `templates/all` is a link, and a library holds no links",
            "L002 `templates/offer/sections/inside.md` is a link, and a library holds no links",
        ]
    );
}

#[cfg(unix)]
#[test]
fn a_folder_that_is_itself_a_link_is_refused() {
    let (real, sample) = (Sample::new(), tempfile::tempdir().unwrap());
    std::os::unix::fs::symlink(real.root().join("brand"), sample.path().join("brand")).unwrap();
    std::os::unix::fs::symlink(real.root().join("templates"), sample.path().join("templates")).unwrap();
    let said = faults(Source::Folder(sample.path().into()).read());
    assert_eq!(said.len(), 2, "{said:?}");
    assert!(said[0].starts_with("L002 `brand`"));
}

#[cfg(unix)]
#[test]
fn a_socket_is_refused_instead_of_waited_for() {
    let sample = Sample::new();
    let _socket = std::os::unix::net::UnixListener::bind(sample.root().join("brand/pipe")).unwrap();
    assert_eq!(faults(sample.read()), ["L004 `brand/pipe` is not an ordinary file"]);
}

#[test]
fn sizes_are_bounded() {
    let sample = Sample::new();
    let text = File::create(sample.root().join("templates/offer/sections/long.md")).unwrap();
    text.set_len(LARGEST_TEXT + 1).unwrap();
    let image = File::create(sample.root().join("brand/huge.png")).unwrap();
    image.set_len(LARGEST_FILE + 1).unwrap();
    let font = File::create(sample.root().join("brand/large.ttf")).unwrap();
    font.set_len(LARGEST_TEXT + 1).unwrap();
    assert_eq!(
        faults(sample.read()),
        ["L003 `brand/huge.png` is larger than 32 MB", "L003 `templates/offer/sections/long.md` is larger than 4 MB"]
    );
    let nearly_full = AtomicU64::new(LARGEST_LIBRARY);
    let said = read_file(&sample.root().join(BRAND), BRAND, &nearly_full).unwrap_err().message;
    assert_eq!(said, "`brand/brand.yaml` makes the library larger than 512 MB");
}

#[cfg(target_os = "linux")]
#[test]
fn names_that_not_every_system_can_hold_are_refused() {
    use std::os::unix::ffi::OsStrExt;
    for name in [&b"a\nb.md"[..], b"a\\b.md", b"why?.md", b"a:b.md", b"end ", b"dot.", b"caf\xE9.md", b"\x1b[31m.md"] {
        let sample = Sample::new();
        let path = sample.root().join("templates").join(std::ffi::OsStr::from_bytes(name));
        fs::write(path, "x").unwrap();
        let said = faults(sample.read());
        assert!(said.len() == 1 && said[0].starts_with("L005 `templates/"), "{said:?}");
        assert!(!said[0].contains(|c: char| c.is_control()), "{said:?}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn names_that_are_one_name_elsewhere_are_refused() {
    let sample = Sample::new();
    sample.write("templates/offer/sections/Cover.md", "x");
    sample.write("templates/Offer/sections/other.md", "x");
    sample.write("brand/caf\u{e9}.md", "x");
    sample.write("brand/cafe\u{301}.md", "x");
    let said = faults(sample.read());
    assert_eq!(said.len(), 4, "{said:?}");
    assert!(said.iter().all(|said| said.starts_with("L006 ")), "{said:?}");
}

#[cfg(target_os = "linux")]
#[test]
fn decomposed_names_are_composed() {
    let sample = Sample::new();
    sample.write("brand/cafe\u{301}.md", "x");
    assert!(sample.read().unwrap().contains_key("brand/caf\u{e9}.md"));
}

#[test]
fn a_file_that_vanishes_is_named() {
    let gone = read_file(Path::new("/nowhere/at/all"), "brand/gone.ttf", &AtomicU64::new(0)).unwrap_err();
    assert_eq!(
        (gone.code, gone.message.as_str()),
        ("S021", "`brand/gone.ttf` vanished while the library was being read")
    );
}

#[test]
fn the_copy_inside_the_program_is_not_copied_again() {
    let files = Source::Embedded.read().unwrap();
    assert!(files.contains_key(BRAND) && files.contains_key(SETTINGS));
    assert!(files.values().all(|bytes| matches!(bytes, Bytes::Embedded(_))));
    assert!(files.keys().all(|path| path.starts_with("brand/") || path.starts_with("templates/")));
}

#[test]
fn parts_of_names_that_other_systems_do_not_hold() {
    let long = "x".repeat(201);
    let bad = [
        "CON.md",
        "aux",
        "nul.txt",
        "COM1",
        "lpt9.yaml",
        "com\u{b9}.md",
        "dot.",
        "blank ",
        "a<b",
        "a>b",
        "a:b",
        "a\"b",
        "a/b",
        "a\\b",
        "a|b",
        "a?b",
        "a*b",
        "a\u{0}b",
        "a\u{85}b",
        "a\u{202E}dm.b",
        "a\u{200B}b",
        "a\u{FEFF}b",
        "a\u{AD}b",
        "a\u{2028}b",
        "a\u{E000}b",
        "a\u{A0}b",
        "a\u{3000}b",
        "a\u{FFFD}b",
        "a\u{FDD0}b",
        &long,
    ];
    for name in bad {
        assert!(unfit_name(name).is_some(), "{name:?}");
    }
    for name in ["console.md", "com.md", "a b.md", ".hidden", "caf\u{e9}.md", "\u{6771}\u{4eac}.md", &long[..200]] {
        assert!(unfit_name(name).is_none(), "{name:?}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn names_of_devices_and_long_paths_are_refused() {
    let sample = Sample::new();
    sample.write("templates/offer/sections/CON.md", "x");
    sample.write(&format!("templates/offer/{}/{}.md", "d".repeat(100), "e".repeat(100)), "x");
    let said = faults(sample.read());
    assert!(said[0].starts_with("L095 ") && said[1].starts_with("L005 ") && said.len() == 2, "{said:?}");
    assert!(said.iter().all(|said| said.len() < 400), "{said:?}");
}

#[cfg(target_os = "linux")]
#[test]
fn names_that_differ_by_case_or_normal_form_clash_in_every_script() {
    for (one, other) in [
        ("\u{3a3}\u{391}\u{3a3}.md", "\u{3c3}\u{3b1}\u{3c2}.md"),
        ("stra\u{df}e.md", "STRASSE.md"),
        ("\u{e9}.md", "E\u{301}.md"),
        ("\u{1e69}.md", "s\u{307}\u{323}.md"),
        ("\u{412}.md", "\u{432}.md"),
    ] {
        let sample = Sample::new();
        sample.write(&format!("brand/{one}"), "x");
        sample.write(&format!("brand/{other}"), "x");
        let said = faults(sample.read());
        assert!(said.len() == 1 && said[0].starts_with("L006 "), "{one} {other}: {said:?}");
    }
}
