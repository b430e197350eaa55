//! In: everything that a document was made from. Out: [`Provenance`], and the bytes of its sidecar
//! `NAME.provenance.json`.
//!
//! The sidecar stays with the sender. A file for a client holds only the [`FileRecord`](super::record::FileRecord), whose
//! document id is the digest of the sidecar's bytes: so that nobody can swap one sidecar for another, and nobody can
//! guess what it holds from the digest, because of its salt.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::hexadecimal::hex;

/// The ending of a sidecar's name, after the name of the document without its own ending.
pub const SIDECAR: &str = "provenance.json";

/// The name of the approval among the pairs.
pub const APPROVED_BY: &str = "approvedBy";

/// The version of the sidecar's form.
const FORM: &str = "collateral-provenance-v1";

/// What a document was made from.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Provenance {
    /// SHA-256 in hex over content of the library that no client knows, so that nobody who only has the document's id
    /// can try out guesses of what the sidecar holds.
    pub salt: String,
    /// Template id.
    pub template: String,
    pub template_version: String,
    pub variant: String,
    pub segment: String,
    /// BCP 47.
    pub language: String,
    /// The document's date, YYYY-MM-DD.
    pub date: String,
    /// Why this variant was chosen.
    pub reason: String,
    /// SHA-256 in hex of everything under brand/.
    pub brand_digest: String,
    /// Version of the price book, where the document has a quote.
    pub price_book: Option<String>,
    pub price_book_digest: Option<String>,
    /// The lines and totals of the quote, one line of JSON.
    pub quote: Option<String>,
    /// The manager who approved the quote's discounts, as the rep typed the name.
    pub approved_by: Option<String>,
    pub lock_digest: Option<String>,
    /// Version of the release that the lock describes.
    pub release: Option<String>,
    /// SHA-256 of the client's name, country and region in hex: tells whether two documents are the same client's.
    pub client_name_digest: String,
    pub client_digest: String,
    /// Version of the program that made the file.
    pub collateral_version: String,
    pub draft: bool,
}

/// The sidecar as it is written.
#[derive(Serialize)]
struct Written<'a> {
    form: &'static str,
    provenance: &'a Provenance,
}

/// A sidecar that is read.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Found {
    form: String,
    provenance: Provenance,
}

impl Provenance {
    /// The bytes of the sidecar: JSON, the same for the same provenance.
    pub fn to_json(&self) -> Vec<u8> {
        // Text, numbers and lists always have a form in JSON.
        let mut json = serde_json::to_vec_pretty(&Written { form: FORM, provenance: self }).unwrap_or_default();
        json.push(b'\n');
        json
    }

    /// Reads the bytes of a sidecar; `None` where they are not one that this version reads.
    pub fn from_json(bytes: &[u8]) -> Option<Self> {
        let found: Found = serde_json::from_slice(bytes).ok()?;
        (found.form == FORM).then_some(found.provenance)
    }

    /// The document's id: SHA-256 in hex of the sidecar's bytes.
    pub fn id(&self) -> String {
        hex(&Sha256::digest(self.to_json()))
    }

    /// The names and values that people read, in order; absent values are left out.
    pub fn pairs(&self) -> Vec<(String, String)> {
        let Ok(serde_json::Value::Object(all)) = serde_json::to_value(self) else { return Vec::new() };
        let text = |value: serde_json::Value| match value {
            serde_json::Value::String(text) => Some(text),
            serde_json::Value::Bool(yes) => Some(yes.to_string()),
            _ => None,
        };
        let shown = all.into_iter().filter(|(name, _)| name != "salt");
        shown.filter_map(|(name, value)| Some((name, text(value)?))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> Provenance {
        Provenance {
            template: "proposal".into(),
            reason: "a < b & \"c\" > d\r\n\te: é 🚚 \u{2028}".into(),
            quote: Some("{}".into()),
            draft: true,
            ..Default::default()
        }
    }

    #[test]
    fn what_was_written_comes_back() {
        assert_eq!(Provenance::from_json(&sample().to_json()), Some(sample()));
    }

    #[test]
    fn the_id_is_that_of_the_bytes() {
        assert_eq!(sample().id(), hex(&Sha256::digest(sample().to_json())));
        assert_ne!(sample().id(), Provenance { salt: "1".into(), ..sample() }.id());
    }

    #[test]
    fn other_json_is_refused() {
        assert_eq!(Provenance::from_json(b"{}"), None);
        let other = String::from_utf8(sample().to_json()).expect("text").replace("-v1", "-v2");
        assert_eq!(Provenance::from_json(other.as_bytes()), None);
    }

    #[test]
    fn people_do_not_read_the_salt() {
        let names: Vec<String> = sample().pairs().into_iter().map(|(name, _)| name).collect();
        assert!(names.iter().all(|name| name != "salt"), "{names:?}");
        assert_eq!(names.first().map(String::as_str), Some("template"));
    }
}
