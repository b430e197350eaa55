use super::*;
use crate::library::testing::{Sample, faults};

fn find(cwd: &Path) -> Checked<Source> {
    Source::find(None, None, cwd)
}

/// Every way to take a part of a library away: files and folders, alone and together, and from a published one.
#[test]
fn a_library_without_one_of_its_parts_is_an_error_from_anywhere_below() {
    let parts: [&[&str]; 6] = [
        &["brand/brand.yaml"],
        &["templates/library.yaml"],
        &["brand"],
        &["templates"],
        &["templates", "brand/brand.yaml"],
        &["brand/brand.yaml", "templates/library.yaml"],
    ];
    for gone in parts {
        let sample = Sample::new();
        sample.write(LOCK, "x");
        let below = sample.root().join("clients/2026");
        fs::create_dir_all(&below).unwrap();
        for part in gone {
            let path = sample.root().join(part);
            if path.is_dir() { fs::remove_dir_all(path).unwrap() } else { fs::remove_file(path).unwrap() }
        }
        for cwd in [sample.root(), &below] {
            let said = faults(find(cwd));
            assert!(said[0].starts_with("L080 ") && said[0].contains("is half a library"), "{gone:?}: {said:?}");
        }
    }
}

#[test]
fn an_unpublished_library_without_both_files_is_known_by_its_templates() {
    let sample = Sample::new();
    fs::remove_file(sample.root().join(BRAND)).unwrap();
    fs::remove_file(sample.root().join(SETTINGS)).unwrap();
    let said = faults(find(sample.root()));
    assert!(said[0].contains("it has `templates/offer/template.yaml`, but no `brand/brand.yaml` and no"), "{said:?}");
}

#[test]
fn something_else_in_the_place_of_a_file_is_an_error() {
    for name in [BRAND, SETTINGS] {
        let sample = Sample::new();
        let path = sample.root().join(name);
        fs::remove_file(&path).unwrap();
        fs::create_dir(&path).unwrap();
        let said = faults(find(sample.root()));
        assert!(said[0].contains(&format!("a `{name}` that is not a file")), "{said:?}");
    }
    for name in ["brand", "templates"] {
        let sample = Sample::new();
        fs::remove_dir_all(sample.root().join(name)).unwrap();
        sample.write(name, "a file");
        assert!(faults(find(sample.root()))[0].starts_with("L080 "), "{name}");
    }
}

#[cfg(unix)]
#[test]
fn a_link_that_leads_nowhere_and_a_circle_are_errors() {
    use std::os::unix::fs::symlink;
    let sample = Sample::new();
    fs::remove_file(sample.root().join(BRAND)).unwrap();
    symlink("nowhere", sample.root().join(BRAND)).unwrap();
    assert!(faults(find(sample.root()))[0].starts_with("L080 "));
    let folder = tempfile::tempdir().unwrap();
    symlink("brand", folder.path().join("brand")).unwrap();
    assert!(faults(find(folder.path()))[0].starts_with("L081 "));
}

/// Superusers may read everything, so that this test shows nothing when one runs it.
#[cfg(unix)]
#[test]
fn a_library_that_may_not_be_looked_into_is_an_error() {
    use std::os::unix::fs::PermissionsExt;
    let sample = Sample::new();
    let brand = sample.root().join("brand");
    fs::set_permissions(&brand, fs::Permissions::from_mode(0o000)).unwrap();
    let found = find(sample.root());
    let is_closed = fs::read_dir(&brand).is_err();
    fs::set_permissions(&brand, fs::Permissions::from_mode(0o755)).unwrap();
    if is_closed {
        assert!(faults(found)[0].starts_with("L081 "));
    }
}

#[test]
fn folders_of_other_programs_mean_no_library() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["templates/index.html", "templates/stack/template.yaml", "brand.yaml", "sub/brand/brand.yaml"] {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, "x").unwrap();
    }
    assert_eq!(find(folder.path()).unwrap(), Source::Embedded);
    fs::create_dir(folder.path().join("brand")).unwrap();
    fs::remove_dir_all(folder.path().join("templates/stack")).unwrap();
    assert_eq!(find(folder.path()).unwrap(), Source::Embedded);
}
