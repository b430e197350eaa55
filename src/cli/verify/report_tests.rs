use std::path::PathBuf;

use super::*;
use crate::export::Format;
use crate::export::sidecar::NoSidecar;
use crate::export::verification::{Change, Verification};
use crate::library::lock::Version;
use crate::verify::{Sister, SisterState};

fn found(verdict: Verdict) -> Findings {
    let record = FileRecord { release: Some("1.0.19".into()), ..FileRecord::default() };
    Findings {
        verification: Verification { record, verdict, changes: Vec::new(), fields: Vec::new() },
        provenance: Err(NoSidecar::Missing(PathBuf::from("a.provenance.json"))),
        origin: Origin::Current,
        seal: Attestation::Absent,
        sisters: Vec::new(),
    }
}

fn text(found: &Findings) -> String {
    lines(found).join("\n")
}

#[test]
fn the_verdict_comes_first() {
    for (verdict, begins) in [
        (Verdict::AsMade, "as made: "),
        (Verdict::Resaved, "saved by another program: "),
        (Verdict::Changed, "changed: "),
    ] {
        assert!(text(&found(verdict)).starts_with(begins));
    }
}

#[test]
fn what_is_not_known_is_said() {
    let said = text(&found(Verdict::AsMade));
    assert!(said.contains("digests show mistakes, not forgers"), "{said}");
    assert!(said.contains("what was quoted, reasons, approvals and the digest of the client's data"), "{said}");
    assert!(said.contains("release 1.0.19 of this library"), "{said}");
    let unknown = Findings { origin: Origin::Unknown(Version(1, 0, 20)), ..found(Verdict::AsMade) };
    assert!(text(&unknown).contains("release 1.0.19; this library is at 1.0.20"), "{}", text(&unknown));
    let foreign = Findings { origin: Origin::Foreign, ..found(Verdict::AsMade) };
    assert!(text(&foreign).contains("claims release 1.0.19, but not of this library"));
}

#[test]
fn a_draft_is_called_a_draft() {
    let mut draft = found(Verdict::AsMade);
    draft.verification.record.draft = true;
    assert!(text(&draft).contains("this is a draft"));
    assert!(!text(&found(Verdict::AsMade)).contains("this is a draft"));
}

#[test]
fn a_seal_promises_no_more_than_the_verdict() {
    let seal = Attestation::Holds { signer: "Firm".into(), key: "00".into() };
    let said = |verdict| text(&Findings { seal: seal.clone(), ..found(verdict) });
    assert!(said(Verdict::AsMade).contains("by Firm, with the key 00\n"));
    assert!(said(Verdict::Resaved).contains("not for the look"));
    assert!(said(Verdict::Changed).contains("not for this one"));
}

#[test]
fn the_json_document_has_every_part() {
    let mut found = found(Verdict::Changed);
    found.verification.changes = vec![Change { place: "page 3".into(), what: "other words".into() }];
    found.verification.fields = vec![FilledField { name: "accept".into(), value: "Yes\n".repeat(500) }];
    found.sisters = vec![Sister { path: "a.docx".into(), format: Format::Docx, state: SisterState::Missing }];
    let json = document(&found, &Problems::default());
    assert_eq!(json["verdict"], "changed");
    assert_eq!(json["changes"], json!([{"place": "page 3", "what": "other words"}]));
    assert_eq!(json["fields"][0]["value"], "Yes\n".repeat(500), "a value is whole");
    assert_eq!(json["provenance"], Value::Null);
    assert_eq!(json["provenance_note"], "there is no `a.provenance.json`");
    assert_eq!(json["release"]["status"], "this library");
    assert_eq!(json["seal"]["status"], "none");
    assert_eq!(json["sisters"], json!([{"path": "a.docx", "format": "docx", "status": "missing"}]));
    assert_eq!(json["record"]["release"], "1.0.19");
}

#[test]
fn many_and_long_values_are_cut_for_people() {
    let mut found = found(Verdict::AsMade);
    found.verification.fields =
        (0..5_000).map(|n| FilledField { name: n.to_string(), value: "x".repeat(9_999) }).collect();
    let said = text(&found);
    assert!(said.contains("and 4900 more") && said.contains("(9999 characters)") && said.len() < 50_000);
}

#[test]
fn what_record_and_provenance_share_is_said_once() {
    let provenance = Provenance { template: "proposal".into(), segment: "mid".into(), ..Provenance::default() };
    let mut found = found(Verdict::AsMade);
    found.verification.record.template = "proposal".into();
    found.provenance = Ok(provenance);
    let said = text(&found);
    assert_eq!(said.matches("proposal").count(), 1, "{said}");
    assert!(said.contains("mid"), "{said}");
}
