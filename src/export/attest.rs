//! In: the record of a verified file and the keys that somebody trusts. Out: [`Attestation`]: what a signature in the
//! file proves of who made it.
//!
//! Today there is one kind of signature, the [seal](super::seal). Each kind is one function here that gives an
//! [`Attestation`]; a PAdES signature of a PDF will be the second, with the bytes of the file and trusted certificates
//! in place of the record and keys.

use super::record::FileRecord;
use super::seal::{SealPublicKey, key_id};
use crate::hexadecimal::hex;

/// A public key for seals, and whose it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signer {
    /// As the key file says; may hold any character.
    pub name: String,
    pub key: SealPublicKey,
}

/// What a signature proves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Attestation {
    /// The file has none.
    Absent,
    /// It names the key of this id, and no key was given to check it with.
    Unchecked { key: String },
    /// The signer with this name and key made it, and the record is the one that was signed.
    Holds { signer: String, key: String },
    /// It names the key of this id, and none of the keys given is that one.
    OtherKey { key: String },
    /// It names the key of this signer, and does not fit the record: the record was changed, or the seal was copied.
    Broken { signer: String, key: String },
    /// It is not written as a seal.
    Damaged,
}

impl Attestation {
    /// One word for it, as programs read it.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Absent => "none",
            Self::Unchecked { .. } => "not checked",
            Self::Holds { .. } => "holds",
            Self::OtherKey { .. } => "other key",
            Self::Broken { .. } => "broken",
            Self::Damaged => "damaged",
        }
    }

    /// The id of the key that it names.
    pub fn key(&self) -> Option<&str> {
        match self {
            Self::Unchecked { key } | Self::Holds { key, .. } | Self::OtherKey { key } | Self::Broken { key, .. } => {
                Some(key)
            }
            Self::Absent | Self::Damaged => None,
        }
    }

    /// The name of the signer, where a key that was given fits.
    pub fn signer(&self) -> Option<&str> {
        match self {
            Self::Holds { signer, .. } | Self::Broken { signer, .. } => Some(signer),
            _ => None,
        }
    }
}

/// Checks the seal of a record with these keys.
pub fn seal_of(record: &FileRecord, signers: &[Signer]) -> Attestation {
    let Some(seal) = &record.seal else { return Attestation::Absent };
    let Some(id) = key_id(seal) else { return Attestation::Damaged };
    let key = hex(&id);
    if signers.is_empty() {
        return Attestation::Unchecked { key };
    }
    match signers.iter().find(|signer| signer.key.id() == id) {
        None => Attestation::OtherKey { key },
        Some(signer) if signer.key.sealed(record) => Attestation::Holds { signer: signer.name.clone(), key },
        Some(signer) => Attestation::Broken { signer: signer.name.clone(), key },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::seal::SealKey;

    fn signer(name: &str, seed: u8) -> Signer {
        Signer { name: name.into(), key: SealKey::from_seed([seed; 32]).public() }
    }

    fn sealed() -> FileRecord {
        let record = FileRecord { document: "1".repeat(64), ..FileRecord::default() };
        FileRecord { seal: Some(SealKey::from_seed([7; 32]).sign(&record)), ..record }
    }

    #[test]
    fn the_signer_among_the_keys_is_named() {
        let found = seal_of(&sealed(), &[signer("Other", 8), signer("Firm", 7)]);
        assert_eq!((found.word(), found.signer()), ("holds", Some("Firm")));
    }

    #[test]
    fn a_seal_that_cannot_be_checked_proves_nothing() {
        assert_eq!(seal_of(&FileRecord::default(), &[signer("Firm", 7)]), Attestation::Absent);
        assert_eq!(seal_of(&sealed(), &[]).word(), "not checked");
        assert_eq!(seal_of(&sealed(), &[signer("Other", 8)]).word(), "other key");
        let damaged = FileRecord { seal: Some("?".into()), ..sealed() };
        assert_eq!(seal_of(&damaged, &[signer("Firm", 7)]), Attestation::Damaged);
    }

    #[test]
    fn a_seal_of_another_record_is_broken() {
        for record in [
            FileRecord { document: "2".repeat(64), ..sealed() },
            FileRecord { release: Some("1.0.0".into()), ..sealed() },
            FileRecord { draft: true, ..sealed() },
        ] {
            assert_eq!(seal_of(&record, &[signer("Firm", 7)]).word(), "broken", "{record:?}");
        }
    }
}
