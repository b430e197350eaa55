use super::*;
use crate::export::seal::SealKey;
use crate::export::verification::FilledField;

/// A folder with a file of a document, and what the file holds.
struct Place {
    folder: tempfile::TempDir,
    verification: Verification,
}

const FILE: &str = "Harbour-Sons_proposal_2026-11-23.pdf";

fn provenance() -> Provenance {
    Provenance {
        template: "proposal".into(),
        language: "en".into(),
        collateral_version: "0.1.0".into(),
        ..Provenance::default()
    }
}

impl Place {
    fn new(verdict: Verdict) -> Self {
        let provenance = provenance();
        let record = FileRecord {
            document: provenance.id(),
            formats: "docx pdf".into(),
            template: provenance.template,
            language: provenance.language,
            collateral_version: provenance.collateral_version,
            ..FileRecord::default()
        };
        let verification = Verification { record, verdict, changes: Vec::new(), fields: Vec::new() };
        Self { folder: tempfile::tempdir().expect("a folder"), verification }
    }

    fn write(&self, name: &str, bytes: &[u8]) {
        std::fs::write(self.folder.path().join(name), bytes).expect("written");
    }

    fn write_sidecar(&self, provenance: &Provenance) {
        self.write("Harbour-Sons_proposal_2026-11-23.provenance.json", &provenance.to_json());
    }

    /// Codes of what makes the file fail, with these signers.
    fn codes_with(&self, signers: &[Signer], strict: bool, library_is_named: bool) -> Vec<&'static str> {
        let file = self.folder.path().join(FILE);
        let question = Question { file: &file, signers, source: &Source::Embedded, library_is_named, strict };
        let found = findings(&question, self.verification.clone(), Format::Pdf).expect("findings");
        found.problems(&question).0.iter().map(|problem| problem.code).collect()
    }

    fn codes(&self) -> Vec<&'static str> {
        self.codes_with(&[], false, false)
    }
}

#[test]
fn a_verdict_decides_whether_the_file_passes() {
    let as_made = Place::new(Verdict::AsMade);
    assert!(as_made.codes().is_empty());
    assert!(as_made.codes_with(&[], true, false).is_empty());
    let resaved = Place::new(Verdict::Resaved);
    assert!(resaved.codes().is_empty());
    assert_eq!(resaved.codes_with(&[], true, false), ["E070"]);
    // Even where a format names no change.
    assert_eq!(Place::new(Verdict::Changed).codes(), ["E053"]);
}

#[test]
fn filled_fields_are_no_changes() {
    let mut place = Place::new(Verdict::AsMade);
    place.verification.fields = vec![FilledField { name: "accept".into(), value: "Yes".into() }];
    assert!(place.codes().is_empty());
}

#[test]
fn changes_are_capped_with_a_count() {
    let mut place = Place::new(Verdict::Changed);
    place.verification.changes =
        (1..=60_000).map(|page| Change { place: format!("page {page}"), what: "other words".into() }).collect();
    let file = place.folder.path().join(FILE);
    let question =
        Question { file: &file, signers: &[], source: &Source::Embedded, library_is_named: false, strict: false };
    let found = findings(&question, place.verification.clone(), Format::Pdf).expect("findings");
    let problems = found.problems(&question).0;
    assert_eq!(problems.len(), 21);
    assert_eq!(problems[20].message, "and 59980 more changes");
}

#[test]
fn a_record_that_contradicts_the_provenance_is_a_change() {
    let honest = Place::new(Verdict::AsMade);
    honest.write_sidecar(&provenance());
    assert!(honest.codes().is_empty());
    let forgeries: [fn(&mut FileRecord); 10] = [
        |record| record.template = "other".into(),
        |record| record.template_version = "9".into(),
        |record| record.language = "fr".into(),
        |record| record.release = Some("1.0.0".into()),
        |record| record.lock_digest = Some("ab".into()),
        |record| record.brand_digest = "ab".into(),
        |record| record.price_book_digest = Some("ab".into()),
        |record| record.client_name_digest = "ab".into(),
        |record| record.collateral_version = "9".into(),
        |record| record.draft = true,
    ];
    for forge in forgeries {
        let mut forged = Place::new(Verdict::AsMade);
        forged.write_sidecar(&provenance());
        forge(&mut forged.verification.record);
        assert_eq!(forged.codes(), ["E053"], "{:?}", forged.verification.record);
    }
}

#[test]
fn a_sidecar_of_another_document_fails_and_a_missing_one_does_not() {
    let place = Place::new(Verdict::AsMade);
    assert!(place.codes().is_empty());
    place.write_sidecar(&Provenance { approved_by: Some("Nobody".into()), ..provenance() });
    assert_eq!(place.codes(), ["E075"]);
}

#[test]
fn a_sister_of_another_document_fails_and_a_missing_one_does_not() {
    let place = Place::new(Verdict::AsMade);
    assert!(place.codes().is_empty(), "no sister");
    place.write("Harbour-Sons_proposal_2026-11-23.docx", b"PK and no Word file");
    assert_eq!(place.codes(), ["E074"]);
}

#[test]
fn formats_of_the_record_lead_nowhere_else() {
    let mut place = Place::new(Verdict::AsMade);
    place.verification.record.formats = "../../etc/passwd pdf / \u{0}".into();
    assert!(place.codes().is_empty());
    place.verification.record.formats = "docx".into();
    assert_eq!(place.codes(), ["E053"], "a record that does not name its own format");
}

#[test]
fn a_named_key_must_have_sealed_the_file() {
    let signer = |seed: u8| Signer { name: "Firm".into(), key: SealKey::from_seed([seed; 32]).public() };
    for verdict in [Verdict::AsMade, Verdict::Resaved] {
        let mut place = Place::new(verdict);
        assert_eq!(place.codes_with(&[signer(7)], false, false), ["E073"], "no seal");
        place.verification.record.seal = Some(SealKey::from_seed([7; 32]).sign(&place.verification.record));
        assert!(place.codes().is_empty(), "not checked");
        assert!(place.codes_with(&[signer(8), signer(7)], false, false).is_empty());
        assert_eq!(place.codes_with(&[signer(8)], false, false), ["E072"], "another key");
        place.verification.record.content_digest = "1".repeat(64);
        assert_eq!(place.codes_with(&[signer(7)], false, false), ["E072"], "a seal of another record");
        place.verification.record.seal = Some("?".into());
        assert_eq!(place.codes(), ["E072"], "a damaged seal fails without a key, too");
    }
}

#[test]
fn a_named_library_must_be_the_one() {
    let mut place = Place::new(Verdict::AsMade);
    assert_eq!(place.codes_with(&[], false, true), ["E071"], "no release");
    place.verification.record.draft = true;
    assert!(place.codes_with(&[], false, true).is_empty(), "a draft names no release and says that it is a draft");
    place.verification.record.draft = false;
    place.verification.record.release = Some("1.0.0".into());
    assert_eq!(place.codes_with(&[], false, true), ["E071"], "a release without its digest");
    assert!(place.codes().is_empty(), "a library that was found only gets a note");
    place.verification.record.lock_digest = Some("ab".into());
    assert!(place.codes().is_empty());
    assert_eq!(place.codes_with(&[], true, false), ["E076"], "the sample library has no release to compare with");
}
