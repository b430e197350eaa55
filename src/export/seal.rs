//! In: a key and a [`FileRecord`]. Out: a seal: a signature over the record's digests, the same for the same input; and
//! whether a seal is the one of a key.
//!
//! The signature is Ed25519 (RFC 8032), which is deterministic, over the lines
//! `collateral-seal-v1`, the file digest, the content digest, the document's id and the SHA-256 of the rest of the
//! record, each ended by a line feed. The document's id is the digest of its provenance; the rest of the record is
//! covered, so that a file that another program saved cannot name another release under a seal that holds. A seal is
//! written as Base64 of the key's id (8 bytes) and the signature (64 bytes).

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use sha2::{Digest, Sha256};

use super::record::FileRecord;
use crate::hexadecimal::hex;

/// The first line of what a seal signs.
const PURPOSE: &str = "collateral-seal-v1";
/// Bytes of a key's id.
const ID_BYTES: usize = 8;
/// What the place of a seal holds while digests are calculated: as long as any seal, and the seal of no key.
pub const NO_SEAL: &str =
    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// The secret half of a key for seals.
#[derive(Clone)]
pub struct SealKey {
    key: SigningKey,
}

/// The public half of a key for seals.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SealPublicKey {
    key: VerifyingKey,
}

/// Never shows the secret.
impl std::fmt::Debug for SealKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SealKey").finish_non_exhaustive()
    }
}

impl SealKey {
    /// Takes the 32 bytes that the key is derived from (RFC 8032, 5.1.5).
    pub fn from_seed(seed: [u8; 32]) -> Self {
        Self { key: SigningKey::from_bytes(&seed) }
    }

    /// The half that others check seals with.
    pub fn public(&self) -> SealPublicKey {
        SealPublicKey { key: self.key.verifying_key() }
    }

    /// Signs the digests and the document's id of a record; what its seal holds does not matter.
    pub fn sign(&self, record: &FileRecord) -> String {
        let mut seal = self.public().id().to_vec();
        seal.extend_from_slice(&self.key.sign(&message(record)).to_bytes());
        STANDARD.encode(seal)
    }
}

impl SealPublicKey {
    /// Takes the 32 bytes of a public key; `None` where they are no point of the curve.
    pub fn from_bytes(bytes: &[u8; 32]) -> Option<Self> {
        VerifyingKey::from_bytes(bytes).ok().map(|key| Self { key })
    }

    /// The 32 bytes of the key.
    pub fn to_bytes(&self) -> [u8; 32] {
        self.key.to_bytes()
    }

    /// The key's id: the first eight bytes of SHA-256 over the key.
    pub fn id(&self) -> [u8; ID_BYTES] {
        let digest = Sha256::digest(self.key.to_bytes());
        std::array::from_fn(|index| digest[index])
    }

    /// True where the record's seal is of this key and for this record.
    pub fn sealed(&self, record: &FileRecord) -> bool {
        let seal = record.seal.as_deref().and_then(|seal| STANDARD.decode(seal).ok());
        let Some((id, signature)) = seal.as_deref().and_then(|seal| seal.split_at_checked(ID_BYTES)) else {
            return false;
        };
        let Ok(signature) = Signature::from_slice(signature) else { return false };
        id == self.id() && self.key.verify_strict(&message(record), &signature).is_ok()
    }
}

/// The id of the key that a seal names; `None` where it is not written like a seal.
pub fn key_id(seal: &str) -> Option<[u8; ID_BYTES]> {
    let seal = STANDARD.decode(seal).ok()?;
    (seal.len() == ID_BYTES + Signature::BYTE_SIZE).then(|| std::array::from_fn(|index| seal[index]))
}

fn message(record: &FileRecord) -> Vec<u8> {
    let FileRecord { file_digest, content_digest, document, .. } = record;
    let mut rest = Sha256::new();
    for (name, value) in record.unsigned(false).pairs() {
        // Lengths keep a value from taking on the form of the next pair.
        rest.update(format!("{name} {}\n", value.len()));
        rest.update(value);
    }
    let rest = hex(&rest.finalize());
    format!("{PURPOSE}\n{file_digest}\n{content_digest}\n{document}\n{rest}\n").into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record() -> FileRecord {
        FileRecord {
            document: "1".repeat(64),
            content_digest: "2".repeat(64),
            file_digest: "3".repeat(64),
            ..Default::default()
        }
    }

    #[test]
    fn a_seal_holds_for_its_record_and_key_alone() {
        let key = SealKey::from_seed([7; 32]);
        let sealed = FileRecord { seal: Some(key.sign(&record())), ..record() };
        assert!(key.public().sealed(&sealed));
        assert!(!SealKey::from_seed([8; 32]).public().sealed(&sealed));
        for changed in [
            FileRecord { document: "4".repeat(64), ..sealed.clone() },
            FileRecord { content_digest: "4".repeat(64), ..sealed.clone() },
            FileRecord { file_digest: "4".repeat(64), ..sealed.clone() },
            FileRecord { release: Some("1.0.1".into()), ..sealed.clone() },
            FileRecord { template: "other".into(), ..sealed.clone() },
            FileRecord { draft: true, ..sealed.clone() },
            FileRecord { seal: Some(NO_SEAL.into()), ..sealed.clone() },
            FileRecord { seal: Some("?".into()), ..sealed.clone() },
            FileRecord { seal: None, ..sealed },
        ] {
            assert!(!key.public().sealed(&changed), "{changed:?}");
        }
    }

    #[test]
    fn the_same_input_gives_the_same_seal_of_a_fixed_length() {
        let key = SealKey::from_seed([7; 32]);
        assert_eq!(key.sign(&record()), key.sign(&record()));
        assert_eq!(key.sign(&record()).len(), NO_SEAL.len());
        assert_eq!(key_id(&key.sign(&record())), Some(key.public().id()));
        assert_eq!(key_id("AAAA"), None);
    }

    #[test]
    fn the_secret_is_not_printed() {
        assert_eq!(format!("{:?}", SealKey::from_seed([7; 32])), "SealKey { .. }");
    }
}
