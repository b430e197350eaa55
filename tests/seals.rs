//! Seals from the command line: a key is made, a document is sealed with it, and whoever has the public half can tell
//! who made it and whether it was changed.

mod support;

use std::io::Cursor;
use std::process::Output;

use support::workplace::{Workplace, words};

const ORDER: &str = "generate -t letter --segment small --set client.name=Bakery --date 2026-11-23";

/// A folder with a published library and the keys `firm`, `other` and, under a password, `safe`.
struct Firm {
    place: Workplace,
}

impl Firm {
    fn new() -> Self {
        let firm = Self { place: Workplace::new() };
        firm.write("password.txt", b"blue van\n");
        firm.write("wrong.txt", b"red van\n");
        firm.fine("publish --date 2026-11-01");
        firm.fine("keygen --seal firm");
        firm.fine("keygen --seal other");
        firm.fine("keygen --seal safe --password-file password.txt");
        firm
    }

    fn run(&self, line: &str) -> Output {
        self.place.run(&words(line))
    }

    fn fine(&self, line: &str) -> String {
        let output = self.run(line);
        assert!(output.status.success(), "{line}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8_lossy(&output.stdout).into_owned()
    }

    /// Runs what must be refused, and gives the exit code and what was said.
    fn refused(&self, line: &str) -> (i32, String) {
        let output = self.run(line);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        let code = output.status.code().expect("an exit code");
        assert_ne!(code, 0, "{line}: {said}");
        (code, said)
    }

    fn read(&self, name: &str) -> Vec<u8> {
        std::fs::read(self.place.path().join(name)).expect("a file")
    }

    fn write(&self, name: &str, bytes: &[u8]) {
        std::fs::write(self.place.path().join(name), bytes).expect("written");
    }

    fn text(&self, name: &str) -> String {
        String::from_utf8(self.read(name)).expect("text")
    }
}

#[test]
fn the_signer_is_named() {
    let firm = Firm::new();
    firm.fine(&format!("{ORDER} -f pdf,docx -o out --seal firm.key"));
    for ending in ["pdf", "docx"] {
        let file = format!("out/Bakery_letter_2026-11-23.{ending}");
        let said = firm.fine(&format!("verify {file} --key other.pub --key firm.pub"));
        assert!(said.contains("as made") && said.contains("by firm, with the key "), "{said}");
        assert!(firm.fine(&format!("verify {file} --key .")).contains("by firm"), "keys of a folder");
        assert!(firm.fine(&format!("verify {file}")).contains("not checked"));
        let (code, said) = firm.refused(&format!("verify {file} --key other.pub"));
        assert!(code == 1 && said.contains("E072"), "{said}");
    }
}

/// The parts of a Word file in a package of another program: the same parts, stored in another order and form.
fn repacked(bytes: &[u8]) -> Vec<u8> {
    let mut from = zip::ZipArchive::new(Cursor::new(bytes)).expect("a package");
    let mut to = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for index in (0..from.len()).rev() {
        let mut part = from.by_index(index).expect("a part");
        let options = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
        to.start_file(part.name().expect("a name"), options).expect("a part");
        std::io::copy(&mut part, &mut to).expect("its bytes");
    }
    to.finish().expect("a package").into_inner()
}

#[test]
fn a_file_that_another_program_saved_keeps_its_seal() {
    let firm = Firm::new();
    firm.fine(&format!("{ORDER} -f docx -o out --seal firm.key"));
    let file = "out/Bakery_letter_2026-11-23.docx";
    firm.write(file, &repacked(&firm.read(file)));
    let said = firm.fine(&format!("verify {file} --key firm.pub"));
    assert!(said.starts_with("saved by another program") && said.contains("by firm, with the key "), "{said}");
    assert!(said.contains("not for the look"), "{said}");
    let (code, said) = firm.refused(&format!("verify {file} --key firm.pub --strict"));
    assert!(code == 1 && said.contains("E070"), "{said}");
}

#[test]
fn a_file_without_seal_fails_where_a_key_is_named() {
    let firm = Firm::new();
    firm.fine(&format!("{ORDER} -o out"));
    let (code, said) = firm.refused("verify out/Bakery_letter_2026-11-23.pdf --key firm.pub");
    assert!(code == 1 && said.contains("E073"), "{said}");
}

#[test]
fn the_same_input_and_key_give_the_same_bytes() {
    let firm = Firm::new();
    for folder in ["one", "two"] {
        firm.fine(&format!("{ORDER} -f pdf,docx -o {folder} --seal safe.key --password-file password.txt"));
    }
    for ending in ["pdf", "docx"] {
        let bytes = |folder: &str| firm.read(&format!("{folder}/Bakery_letter_2026-11-23.{ending}"));
        assert!(bytes("one") == bytes("two"), "{ending}");
    }
}

#[test]
fn a_changed_record_breaks_the_seal() {
    let firm = Firm::new();
    firm.fine(&format!("{ORDER} -o out --seal firm.key"));
    let file = "out/Bakery_letter_2026-11-23.pdf";
    let whole = firm.read(file);
    for (from, to) in [("<collateral:release>1.0.0", "<collateral:release>9.0.0"), ("draft>False", "draft>True ")] {
        let at = whole.windows(from.len()).position(|window| window == from.as_bytes()).expect(from);
        firm.write(file, &[&whole[..at], to.as_bytes(), &whole[at + from.len()..]].concat());
        let (code, said) = firm.refused(&format!("verify {file} --key firm.pub"));
        assert!(code == 1 && (said.contains("E072") || said.contains("E022")), "{from}: {said}");
    }
}

#[test]
fn a_key_that_cannot_seal_is_refused_and_no_file_is_left() {
    let firm = Firm::new();
    let secret = firm.text("firm.key");
    firm.write("release.key", secret.replacen("collateral seal", "collateral release", 1).as_bytes());
    firm.write("foreign.key", secret.replacen("collateral seal secret key: firm", "minisign secret key", 1).as_bytes());
    firm.write("cut.key", &secret.as_bytes()[..secret.len() / 2]);
    for (key, wanted) in [
        ("release.key", "S062"),
        ("foreign.key", "S062"),
        ("cut.key", "S061"),
        ("firm.pub", "S061"),
        ("missing.key", "S060"),
        ("safe.key", "S063"),
        ("safe.key --password-file wrong.txt", "S063"),
        ("safe.key --password-file missing.txt", "S067"),
    ] {
        let (code, said) = firm.refused(&format!("{ORDER} -o out --seal {key}"));
        assert!(code == 2 && said.contains(wanted), "{key}: {said}");
        assert_eq!(firm.place.left_behind(), "", "{key}");
    }
}

#[test]
fn a_public_key_for_another_purpose_checks_no_seal() {
    let firm = Firm::new();
    firm.fine(&format!("{ORDER} -o out"));
    let public = firm.text("firm.pub");
    firm.write("release.pub", public.replacen("collateral seal", "collateral release", 1).as_bytes());
    for (key, wanted) in [("release.pub", "S062"), ("firm.key", "S061"), ("missing.pub", "S060"), ("library", "S060")] {
        let (code, said) = firm.refused(&format!("verify out/Bakery_letter_2026-11-23.pdf --key {key}"));
        assert!(code == 2 && said.contains(wanted), "{key}: {said}");
    }
}

#[test]
fn keygen_never_replaces_a_key() {
    let firm = Firm::new();
    let before = (firm.read("firm.key"), firm.read("firm.pub"));
    let (code, said) = firm.refused("keygen --seal firm");
    assert!(code == 2 && said.contains("S064"), "{said}");
    assert!(before == (firm.read("firm.key"), firm.read("firm.pub")));
}
