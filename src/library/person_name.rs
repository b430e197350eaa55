//! In: a person's name as somebody typed it. Out: a key under which the same name is found, however it was typed.

use unicode_normalization::UnicodeNormalization;
use unicode_properties::{GeneralCategory, UnicodeGeneralCategory};

/// The same for names that differ only in case, white space, Unicode form or characters that nobody sees.
pub fn name_key(name: &str) -> String {
    let seen = |c: &char| c.general_category() != GeneralCategory::Format;
    // Upper case first, so that `ß` and `SS` are the same.
    let folded = name.nfkc().filter(seen).collect::<String>().to_uppercase().to_lowercase();
    let folded: String = folded.nfkc().collect();
    folded.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_the_same_however_it_is_typed() {
        let same = [
            ("Kim Lee", "  kim\u{A0} LEE "),
            ("Zoë Groß", "ZOE\u{308} GROSS"),
            ("Kim Lee", "Kim\u{200B} Le\u{AD}e"),
            ("Kim Lee", "Ｋｉｍ Ｌｅｅ"),
            ("Ναύς", "ΝΑΎΣ"),
        ];
        for (one, other) in same {
            assert_eq!(name_key(one), name_key(other), "{one} {other:?}");
        }
        for (one, other) in [("Kim Lee", "Kim Le"), ("Kim Lee", "KimLee"), ("Zoë", "Zoe")] {
            assert_ne!(name_key(one), name_key(other));
        }
        assert_eq!(name_key("\u{200B} "), "");
    }
}
