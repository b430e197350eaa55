//! In: what a file may tell a client about its origin. Out: [`FileRecord`], and the ordered key/value pairs that every
//! format writes into its file.
//!
//! A client reads the file, so that the record holds identifiers and digests alone. What the pages hide (list prices,
//! the segment, reasons, approvals) is in the [`Provenance`] beside the file.

use super::Format;
use super::provenance::Provenance;
use super::seal::NO_SEAL;

/// What a file records about its origin and its own state; `verify FILE` reads it back.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FileRecord {
    /// The document's id: SHA-256 in hex of its provenance, the same in each of its formats.
    pub document: String,
    /// The formats that were made together, as file endings in alphabetical order with a space between: `docx pdf`.
    pub formats: String,
    /// Template id.
    pub template: String,
    pub template_version: String,
    /// BCP 47.
    pub language: String,
    /// Version of the release that the lock describes.
    pub release: Option<String>,
    pub lock_digest: Option<String>,
    /// SHA-256 in hex of everything under brand/.
    pub brand_digest: String,
    /// SHA-256 in hex of the price book, where the document has a quote.
    pub price_book_digest: Option<String>,
    /// SHA-256 in hex of the client's name, country and region: tells whether two documents are the same client's.
    pub client_name_digest: String,
    /// Version of the program that made the file.
    pub collateral_version: String,
    pub draft: bool,
    /// SHA-256 in hex of what a reader of the document sees and hears; [`NO_DIGEST`] until it is calculated.
    pub content_digest: String,
    /// SHA-256 in hex of the file with the values of both digests and the seal as zeros; [`NO_DIGEST`] until it is
    /// calculated.
    pub file_digest: String,
    /// A signature over the digests, as [`SealKey::sign`](super::seal::SealKey::sign) writes it.
    pub seal: Option<String>,
}

/// What the place of a digest holds while the digest is calculated: 64 hexadecimal digits.
pub const NO_DIGEST: &str = "0000000000000000000000000000000000000000000000000000000000000000";
/// The name of the content digest.
pub const CONTENT_DIGEST: &str = "contentDigest";
/// The name of the file digest.
pub const FILE_DIGEST: &str = "fileDigest";
/// The name of the seal.
pub const SEAL: &str = "seal";
/// The values that are calculated from the finished file, each with what its place holds until then.
pub const STAMPED: [(&str, &str); 3] = [(CONTENT_DIGEST, NO_DIGEST), (FILE_DIGEST, NO_DIGEST), (SEAL, NO_SEAL)];

/// One key of the record: how it is written, and what it means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Key {
    pub name: &'static str,
    pub meaning: &'static str,
    /// False where a document may lack it (no prices, no lock, no seal).
    pub required: bool,
}

const fn key(name: &'static str, meaning: &'static str) -> Key {
    Key { name, meaning, required: true }
}

const fn optional(name: &'static str, meaning: &'static str) -> Key {
    Key { name, meaning, required: false }
}

/// Every key, in the order in which it is written.
pub const KEYS: [Key; 15] = [
    key("document", "SHA-256 of the provenance of the document"),
    key("formats", "Formats that were made together"),
    key("template", "Id of the template"),
    key("templateVersion", "Version of the template"),
    key("language", "Language of the document"),
    optional("release", "Version of the released library"),
    optional("lockDigest", "SHA-256 of the lock of the library"),
    key("brandDigest", "SHA-256 of the brand"),
    optional("priceBookDigest", "SHA-256 of the price book"),
    key("clientNameDigest", "SHA-256 of the name and place of the client"),
    key("collateralVersion", "Version of the program"),
    key("draft", "True where the document is a draft"),
    key(CONTENT_DIGEST, "SHA-256 of what a reader sees and hears"),
    key(FILE_DIGEST, "SHA-256 of the file without its digests and seal"),
    optional(SEAL, "Signature over the digests"),
];

impl FileRecord {
    /// The record of a document with this provenance that is made in these formats; digests and seal are calculated
    /// when each file is written.
    pub fn of(provenance: &Provenance, formats: &[Format]) -> Self {
        let mut endings: Vec<&str> = formats.iter().map(|format| format.ending()).collect();
        endings.sort_unstable();
        endings.dedup();
        Self {
            document: provenance.id(),
            formats: endings.join(" "),
            template: provenance.template.clone(),
            template_version: provenance.template_version.clone(),
            language: provenance.language.clone(),
            release: provenance.release.clone(),
            lock_digest: provenance.lock_digest.clone(),
            brand_digest: provenance.brand_digest.clone(),
            price_book_digest: provenance.price_book_digest.clone(),
            client_name_digest: provenance.client_name_digest.clone(),
            collateral_version: provenance.collateral_version.clone(),
            draft: provenance.draft,
            ..Self::default()
        }
    }

    /// True where a file of this format was made together with the others.
    pub fn has_format(&self, format: Format) -> bool {
        self.formats.split(' ').any(|ending| ending == format.ending())
    }

    /// Lists the keys and values in the order of [`KEYS`]; absent values are left out.
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let values: [Option<&str>; KEYS.len()] = [
            Some(&self.document),
            Some(&self.formats),
            Some(&self.template),
            Some(&self.template_version),
            Some(&self.language),
            self.release.as_deref(),
            self.lock_digest.as_deref(),
            Some(&self.brand_digest),
            self.price_book_digest.as_deref(),
            Some(&self.client_name_digest),
            Some(&self.collateral_version),
            Some(if self.draft { "True" } else { "False" }),
            Some(&self.content_digest),
            Some(&self.file_digest),
            self.seal.as_deref(),
        ];
        KEYS.iter().zip(values).filter_map(|(key, value)| Some((key.name, value?.to_owned()))).collect()
    }

    /// Reads pairs written by [`FileRecord::pairs`], in any order.
    ///
    /// Unknown keys are ignored, so that files of later versions can be read.
    ///
    /// # Errors
    /// The name of the first key that is missing, present twice or has an impossible value.
    pub fn from_pairs<'a>(pairs: impl IntoIterator<Item = (&'a str, String)>) -> Result<Self, String> {
        let mut found: [Option<String>; KEYS.len()] = Default::default();
        for (name, value) in pairs {
            let Some(index) = KEYS.iter().position(|key| key.name == name) else { continue };
            if found[index].replace(value).is_some() {
                return Err(name.to_owned());
            }
        }
        if let Some((key, _)) = KEYS.iter().zip(&found).find(|(key, value)| key.required && value.is_none()) {
            return Err(key.name.to_owned());
        }
        let [
            document,
            formats,
            template,
            template_version,
            language,
            release,
            lock_digest,
            brand_digest,
            price_book_digest,
            client_name_digest,
            collateral_version,
            draft,
            content_digest,
            file_digest,
            seal,
        ] = found;
        Ok(Self {
            document: document.unwrap_or_default(),
            formats: formats.unwrap_or_default(),
            template: template.unwrap_or_default(),
            template_version: template_version.unwrap_or_default(),
            language: language.unwrap_or_default(),
            release,
            lock_digest,
            brand_digest: brand_digest.unwrap_or_default(),
            price_book_digest,
            client_name_digest: client_name_digest.unwrap_or_default(),
            collateral_version: collateral_version.unwrap_or_default(),
            draft: match draft.as_deref() {
                Some("True") => true,
                Some("False") => false,
                _ => return Err("draft".to_owned()),
            },
            content_digest: content_digest.unwrap_or_default(),
            file_digest: file_digest.unwrap_or_default(),
            seal,
        })
    }

    /// The record with neither digests nor seal: the values are as long as those that follow, so that a format can
    /// write it, digest the result and put the values in place.
    pub fn unsigned(&self, sealed: bool) -> Self {
        Self {
            content_digest: NO_DIGEST.to_owned(),
            file_digest: NO_DIGEST.to_owned(),
            seal: sealed.then(|| NO_SEAL.to_owned()),
            ..self.clone()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> FileRecord {
        FileRecord { template: "proposal".into(), lock_digest: Some("ab".into()), draft: true, ..Default::default() }
    }

    #[test]
    fn pairs_come_back_whole_and_in_order() {
        let pairs = sample().pairs();
        let names: Vec<_> = pairs.iter().map(|(name, _)| *name).collect();
        assert!(names.starts_with(&["document", "formats", "template"]), "{names:?}");
        assert!(!names.contains(&"priceBookDigest"), "an absent value is left out");
        assert_eq!(FileRecord::from_pairs(pairs.into_iter().rev()), Ok(sample()));
    }

    #[test]
    fn a_missing_key_is_named() {
        let pairs = sample().pairs().into_iter().filter(|(name, _)| *name != "contentDigest");
        assert_eq!(FileRecord::from_pairs(pairs), Err("contentDigest".to_owned()));
    }

    #[test]
    fn a_key_that_is_present_twice_is_refused() {
        let mut pairs = sample().pairs();
        pairs.push(("template", "other".into()));
        assert_eq!(FileRecord::from_pairs(pairs), Err("template".to_owned()));
    }

    #[test]
    fn keys_of_later_versions_are_ignored() {
        let mut pairs = sample().pairs();
        pairs.push(("countersignedBy", "someone".into()));
        assert_eq!(FileRecord::from_pairs(pairs), Ok(sample()));
    }

    #[test]
    fn a_signed_record_is_as_long_as_an_unsigned_one() {
        let unsigned = sample().unsigned(true);
        let length = |record: &FileRecord| record.pairs().iter().map(|(_, value)| value.len()).sum::<usize>();
        let seal = super::super::seal::SealKey::from_seed([7; 32]).sign(&unsigned);
        let signed = FileRecord { seal: Some(seal), ..unsigned.clone() };
        assert_eq!(length(&signed), length(&unsigned));
    }
}
