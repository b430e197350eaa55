use super::*;

fn lock(version: Version, note: &str) -> Lock {
    Lock {
        version,
        date: jiff::civil::date(2026, 11, 1),
        note: note.into(),
        files: [("brand/brand.yaml".into(), [1; 32])].into(),
    }
}

/// A library at 1.0.19 in `firm/library`, and its release 1.0.18 in `firm/releases`.
struct Firm {
    folder: tempfile::TempDir,
}

impl Firm {
    fn new() -> Self {
        let firm = Self { folder: tempfile::tempdir().expect("a folder") };
        firm.write("library", &lock(Version(1, 0, 19), "now").to_text());
        firm.write("releases/1.0.18", &lock(Version(1, 0, 18), "before").to_text());
        firm
    }

    fn write(&self, place: &str, text: &str) {
        let path = self.folder.path().join(place).join(LOCK);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        std::fs::write(path, text).expect("written");
    }

    fn origin(&self, release: Option<&str>, digest: Option<&str>) -> Origin {
        origin(&Source::Folder(self.folder.path().join("library")), release, digest).expect("an origin")
    }
}

#[test]
fn a_release_is_known_by_its_digest() {
    let firm = Firm::new();
    let now = lock(Version(1, 0, 19), "now").digest();
    let before = lock(Version(1, 0, 18), "before").digest();
    assert_eq!(firm.origin(Some("1.0.19"), Some(&now)), Origin::Current);
    assert_eq!(firm.origin(Some("1.0.18"), Some(&before)), Origin::Known(Version(1, 0, 19)));
    assert_eq!(firm.origin(Some("1.0.17"), Some(&before)), Origin::Unknown(Version(1, 0, 19)));
    assert_eq!(firm.origin(None, None), Origin::NoRelease);
}

#[test]
fn claims_do_not_count() {
    let firm = Firm::new();
    let now = lock(Version(1, 0, 19), "now").digest();
    let other = lock(Version(1, 0, 19), "raised limits").digest();
    for (release, digest) in [
        (Some("1.0.19"), Some(other.as_str())),
        (Some("1.0.18"), Some(&other)),
        (Some("1.0.18"), Some(&now)),
        (Some("../../library"), Some(&other)),
        (Some("1.0.19"), None),
        (None, Some(&now)),
    ] {
        assert_eq!(firm.origin(release, digest), Origin::Foreign, "{release:?} {digest:?}");
    }
}

#[test]
fn a_library_within_releases_knows_its_neighbours() {
    let firm = Firm::new();
    firm.write("releases/1.0.19", &lock(Version(1, 0, 19), "now").to_text());
    let library = Source::Folder(firm.folder.path().join("releases/1.0.19"));
    let before = lock(Version(1, 0, 18), "before").digest();
    assert_eq!(origin(&library, Some("1.0.18"), Some(&before)), Ok(Origin::Known(Version(1, 0, 19))));
}

#[test]
fn a_lock_that_cannot_be_read_is_a_problem() {
    let firm = Firm::new();
    firm.write("library", "version: 1.0.19\n");
    let found = origin(&Source::Folder(firm.folder.path().join("library")), Some("1.0.19"), Some("ab"));
    assert_eq!(found.expect_err("a problem").0[0].code, "L012");
}

/// Version, date and note are part of what the digest covers, so that none of them can be changed under a known digest.
#[test]
fn every_line_of_a_lock_is_digested() {
    let whole = lock(Version(1, 0, 19), "now");
    for changed in [
        Lock { version: Version(1, 0, 20), ..whole.clone() },
        Lock { date: jiff::civil::date(2026, 11, 2), ..whole.clone() },
        Lock { note: "then".into(), ..whole.clone() },
        Lock { files: [("brand/brand.yaml".into(), [2; 32])].into(), ..whole.clone() },
    ] {
        assert_ne!(changed.digest(), whole.digest(), "{changed:?}");
    }
}

/// Where no library was found, the sample is in force: a document of another library is not accused for that.
#[test]
fn the_sample_library_tells_of_its_own_documents_alone() {
    let sample = Source::Embedded;
    let lock = lock_in_force(&sample).expect("a sound lock").expect("the sample is published");
    let version = lock.version.to_string();
    assert_eq!(origin(&sample, Some(&version), Some(&lock.digest())), Ok(Origin::Current));
    assert_eq!(origin(&sample, Some(&version), Some("ab")), Ok(Origin::NoLock));
    assert_eq!(origin(&sample, Some("9.9.9"), Some("ab")), Ok(Origin::NoLock));
}
