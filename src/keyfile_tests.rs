use super::*;

fn code<T: fmt::Debug>(checked: Checked<T>) -> &'static str {
    checked.expect_err("an error").0[0].code
}

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("a folder")
}

/// The public half that belongs to a secret one.
fn public_of(seed: [u8; 32]) -> [u8; 32] {
    SigningKey::from_bytes(&seed).verifying_key().to_bytes()
}

#[test]
fn both_halves_come_back() {
    for password in [None, Some("blue van é")] {
        let folder = folder();
        let (secret, public) = create(folder.path(), "Halden Fleet", Purpose::Seal, password).expect("a key");
        let seed = read_secret(&secret, Purpose::Seal, password).expect("the secret half");
        let key = read_public(&public, Purpose::Seal).expect("the public half");
        assert_eq!(key, NamedKey { name: "Halden Fleet".into(), bytes: public_of(seed) });
    }
}

#[test]
fn each_key_is_another() {
    let folder = folder();
    let seed = |name: &str| {
        let (secret, _) = create(folder.path(), name, Purpose::Seal, None).expect("a key");
        read_secret(&secret, Purpose::Seal, None).expect("the secret half")
    };
    assert_ne!(seed("a"), seed("b"));
}

#[test]
fn a_password_is_needed_and_must_be_right() {
    let folder = folder();
    let (secret, _) = create(folder.path(), "a", Purpose::Seal, Some("right")).expect("a key");
    assert_eq!(code(read_secret(&secret, Purpose::Seal, None)), "S063");
    assert_eq!(code(read_secret(&secret, Purpose::Seal, Some("wrong"))), "S063");
    assert!(read_secret(&secret, Purpose::Seal, Some("right")).is_ok());
}

#[test]
fn a_key_serves_one_purpose() {
    let folder = folder();
    let (secret, public) = create(folder.path(), "a", Purpose::Release, None).expect("a key");
    assert_eq!(code(read_secret(&secret, Purpose::Seal, None)), "S062");
    assert_eq!(code(read_public(&public, Purpose::Seal)), "S062");
    // A key of another program says nothing of its purpose.
    for path in [&secret, &public] {
        let text = std::fs::read_to_string(path).expect("text");
        let (_, key) = text.split_once('\n').expect("two lines");
        std::fs::write(path, format!("{COMMENT}minisign key 0123456789ABCDEF\n{key}")).expect("written");
    }
    assert_eq!(code(read_secret(&secret, Purpose::Seal, None)), "S062");
    assert_eq!(code(read_public(&public, Purpose::Seal)), "S062");
}

#[test]
fn halves_are_not_taken_for_each_other() {
    let folder = folder();
    let (secret, public) = create(folder.path(), "a", Purpose::Seal, None).expect("a key");
    assert_eq!(code(read_secret(&public, Purpose::Seal, None)), "S061");
    assert_eq!(code(read_public(&secret, Purpose::Seal)), "S061");
}

#[test]
fn every_damaged_key_file_is_refused() {
    let folder = folder();
    let (secret, public) = create(folder.path(), "a", Purpose::Seal, None).expect("a key");
    let whole = std::fs::read_to_string(&secret).expect("text");
    let first = read_secret(&secret, Purpose::Seal, None).expect("a key");
    let begins = whole.find('\n').expect("two lines") + 1;
    for at in begins..whole.len() - 1 {
        let mut broken = whole.clone().into_bytes();
        broken[at] = if broken[at] == b'A' { b'B' } else { b'A' };
        std::fs::write(&secret, &broken).expect("written");
        // The salt, the limits and the checksum's name of a key without password mean nothing.
        match read_secret(&secret, Purpose::Seal, None) {
            Ok(seed) => assert_eq!(seed, first, "byte {at}"),
            Err(problems) => assert!(["S061", "S063"].contains(&problems.0[0].code), "byte {at}: {problems:?}"),
        }
        std::fs::write(&secret, &whole[..at]).expect("written");
        assert!(read_secret(&secret, Purpose::Seal, None).is_err(), "cut at {at}");
    }
    let whole = std::fs::read_to_string(&public).expect("text");
    for at in whole.find('\n').expect("two lines")..whole.len() - 1 {
        std::fs::write(&public, &whole[..at]).expect("written");
        assert!(read_public(&public, Purpose::Seal).is_err(), "cut at {at}");
    }
    std::fs::write(&public, format!("{whole}more\n")).expect("written");
    assert_eq!(code(read_public(&public, Purpose::Seal)), "S061");
}

/// A key whose public half is another's would give the secret half away with its signatures.
#[test]
fn halves_of_different_keys_are_refused() {
    let folder = folder();
    let (one, _) = create(folder.path(), "a", Purpose::Seal, None).expect("a key");
    let (two, _) = create(folder.path(), "b", Purpose::Seal, None).expect("a key");
    let bytes = |path: &Path| {
        let text = std::fs::read_to_string(path).expect("text");
        STANDARD.decode(text.lines().nth(1).expect("a key")).expect("Base64")
    };
    let mut mixed = bytes(&one);
    mixed[SECRET_AT + KEY_BYTES..SECRET_AT + 2 * KEY_BYTES]
        .copy_from_slice(&bytes(&two)[SECRET_AT + KEY_BYTES..SECRET_AT + 2 * KEY_BYTES]);
    // The checksum covers both halves; an attacker can make a new one.
    let mut text = format!("{}a\n{}\n", mark(Purpose::Seal, Half::Secret), STANDARD.encode(&mixed));
    std::fs::write(&one, &text).expect("written");
    assert_eq!(code(read_secret(&one, Purpose::Seal, None)), "S061");
    text.truncate(text.len() - 8);
    std::fs::write(&one, &text).expect("written");
    assert_eq!(code(read_secret(&one, Purpose::Seal, None)), "S061");
}

#[test]
fn files_that_are_there_stay() {
    for ending in ["key", "pub"] {
        let folder = folder();
        let there = folder.path().join(format!("a.{ending}"));
        std::fs::write(&there, "mine").expect("written");
        assert_eq!(code(create(folder.path(), "a", Purpose::Seal, None)), "S064");
        assert_eq!(std::fs::read(&there).expect("bytes"), b"mine");
        assert_eq!(std::fs::read_dir(folder.path()).expect("a folder").count(), 1, "no half is left");
    }
}

#[test]
fn names_are_names_of_files() {
    let folder = folder();
    for name in ["", ".", "..", "../a", "a/b", "a\\b", "a:b", "a\nb", "a\u{202E}b", " a", "a.", &"a".repeat(101)] {
        assert_eq!(code(create(folder.path(), name, Purpose::Seal, None)), "S068", "{name:?}");
    }
    assert!(create(folder.path(), "Société-1_b.c", Purpose::Seal, None).is_ok());
}

#[test]
fn other_files_are_refused() {
    let folder = folder();
    let path = folder.path().join("x");
    assert_eq!(code(read_public(&path, Purpose::Seal)), "S060");
    assert_eq!(code(read_public(folder.path(), Purpose::Seal)), "S060");
    assert_eq!(code(read_password(&path)), "S067");
    std::fs::write(&path, vec![b'a'; 5000]).expect("written");
    assert_eq!(code(read_public(&path, Purpose::Seal)), "S060");
    std::fs::write(&path, [0xFF, 0xFE]).expect("written");
    assert_eq!(code(read_secret(&path, Purpose::Seal, None)), "S060");
    std::fs::write(&path, "\nsecond line").expect("written");
    assert_eq!(code(read_password(&path)), "S067");
    std::fs::write(&path, "first line\r\nsecond").expect("written");
    assert_eq!(read_password(&path), Ok("first line".into()));
}

#[cfg(unix)]
#[test]
fn a_secret_key_is_private_to_its_owner() {
    use std::os::unix::fs::PermissionsExt;
    let folder = folder();
    let (secret, _) = create(folder.path(), "a", Purpose::Seal, None).expect("a key");
    assert_eq!(std::fs::metadata(secret).expect("a file").permissions().mode() & 0o077, 0);
}
