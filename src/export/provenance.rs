//! In: what a document was made from. Out: [`Provenance`], and the ordered key/value pairs that every format writes.

/// What a document was made from. Written into every file; `verify FILE` reads it back.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Provenance {
    /// Template id.
    pub template: String,
    pub template_version: String,
    pub variant: String,
    pub segment: String,
    /// BCP 47.
    pub language: String,
    /// Why this variant was chosen.
    pub reason: String,
    /// SHA-256 in hex of everything under brand/.
    pub brand_digest: String,
    /// Version of the price book, where the document has a quote.
    pub price_book: Option<String>,
    pub price_book_digest: Option<String>,
    /// The lines and totals of the quote, in one line.
    pub quote: Option<String>,
    /// The manager who approved the quote's discounts.
    pub approved_by: Option<String>,
    pub lock_digest: Option<String>,
    /// Version of the release that the lock describes.
    pub release: Option<String>,
    /// SHA-256 of the client's name, country and region in hex: says whether two documents are the same client's.
    pub client_name_digest: String,
    pub client_digest: String,
    /// Version of the program that made the file.
    pub collateral_version: String,
    pub draft: bool,
}

/// One key of the provenance: how it is written, and what it means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Key {
    pub name: &'static str,
    pub meaning: &'static str,
    /// False where a document may lack it (no prices, no lock).
    pub required: bool,
}

const fn key(name: &'static str, meaning: &'static str) -> Key {
    Key { name, meaning, required: true }
}

const fn optional(name: &'static str, meaning: &'static str) -> Key {
    Key { name, meaning, required: false }
}

/// Every key, in the order in which it is written.
pub const KEYS: [Key; 17] = [
    key("template", "Id of the template"),
    key("templateVersion", "Version of the template"),
    key("variant", "Variant of the template"),
    key("segment", "Size class of the client"),
    key("language", "Language of the document"),
    key("reason", "Why this variant was chosen"),
    key("brandDigest", "SHA-256 of the brand"),
    optional("priceBook", "Version of the price book"),
    optional("priceBookDigest", "SHA-256 of the price book"),
    optional("quote", "Lines and totals of the quote"),
    optional("approvedBy", "Who approved the discounts of the quote"),
    optional("lockDigest", "SHA-256 of the lock of the library"),
    optional("release", "Version of the released library"),
    key("clientNameDigest", "SHA-256 of the name and place of the client"),
    key("clientDigest", "SHA-256 of the client data"),
    key("collateralVersion", "Version of the program"),
    key("draft", "True where the document is a draft"),
];

impl Provenance {
    /// Lists the keys and values in the order of [`KEYS`]; what is absent is left out.
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let values: [Option<&str>; 17] = [
            Some(&self.template),
            Some(&self.template_version),
            Some(&self.variant),
            Some(&self.segment),
            Some(&self.language),
            Some(&self.reason),
            Some(&self.brand_digest),
            self.price_book.as_deref(),
            self.price_book_digest.as_deref(),
            self.quote.as_deref(),
            self.approved_by.as_deref(),
            self.lock_digest.as_deref(),
            self.release.as_deref(),
            Some(&self.client_name_digest),
            Some(&self.client_digest),
            Some(&self.collateral_version),
            Some(if self.draft { "True" } else { "False" }),
        ];
        KEYS.iter().zip(values).filter_map(|(key, value)| Some((key.name, value?.to_owned()))).collect()
    }

    /// Reads pairs written by [`Provenance::pairs`], in any order.
    ///
    /// Unknown keys are passed over, so that files of later versions can be read.
    ///
    /// # Errors
    /// The name of the first key that is missing, stands there twice or has an impossible value.
    pub fn from_pairs<'a>(pairs: impl IntoIterator<Item = (&'a str, String)>) -> Result<Self, String> {
        let mut found: [Option<String>; 17] = Default::default();
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
            template,
            version,
            variant,
            segment,
            language,
            reason,
            brand,
            price_book,
            price_book_digest,
            quote,
            approved_by,
            lock_digest,
            release,
            client_name,
            client,
            program,
            draft,
        ] = found;
        Ok(Self {
            template: template.unwrap_or_default(),
            template_version: version.unwrap_or_default(),
            variant: variant.unwrap_or_default(),
            segment: segment.unwrap_or_default(),
            language: language.unwrap_or_default(),
            reason: reason.unwrap_or_default(),
            brand_digest: brand.unwrap_or_default(),
            price_book,
            price_book_digest,
            quote,
            approved_by,
            lock_digest,
            release,
            client_name_digest: client_name.unwrap_or_default(),
            client_digest: client.unwrap_or_default(),
            collateral_version: program.unwrap_or_default(),
            draft: match draft.as_deref() {
                Some("True") => true,
                Some("False") => false,
                _ => return Err("draft".to_owned()),
            },
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> Provenance {
        Provenance { template: "proposal".into(), lock_digest: Some("ab".into()), draft: true, ..Default::default() }
    }

    #[test]
    fn pairs_come_back_whole_and_in_order() {
        let pairs = sample().pairs();
        let names: Vec<_> = pairs.iter().map(|(name, _)| *name).collect();
        assert!(names.starts_with(&["template", "templateVersion"]), "{names:?}");
        assert!(!names.contains(&"priceBookDigest"), "an absent value is left out");
        assert_eq!(Provenance::from_pairs(pairs.into_iter().rev()), Ok(sample()));
    }

    #[test]
    fn a_missing_key_is_named() {
        let pairs = sample().pairs().into_iter().filter(|(name, _)| *name != "clientDigest");
        assert_eq!(Provenance::from_pairs(pairs), Err("clientDigest".to_owned()));
    }

    #[test]
    fn a_key_that_stands_twice_is_refused() {
        let mut pairs = sample().pairs();
        pairs.push(("template", "other".into()));
        assert_eq!(Provenance::from_pairs(pairs), Err("template".to_owned()));
    }

    #[test]
    fn keys_of_later_versions_are_passed_over() {
        let mut pairs = sample().pairs();
        pairs.push(("countersignedBy", "someone".into()));
        assert_eq!(Provenance::from_pairs(pairs), Ok(sample()));
    }
}
