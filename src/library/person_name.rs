//! In: a person's name as somebody typed it. Out: a key under which the same name is found, however it was typed.

use unicode_normalization::UnicodeNormalization;
use unicode_properties::{GeneralCategory, UnicodeGeneralCategory};

/// The same for names that differ only in case, white space, Unicode form or characters that nobody sees.
pub fn name_key(name: &str) -> String {
    let seen = |c: &char| c.general_category() != GeneralCategory::Format;
    // Not by way of upper case, where different letters meet: `ı` would become `i`.
    let lower = name.nfkc().filter(seen).collect::<String>().to_lowercase();
    let folded = lower.replace('ß', "ss").replace('ς', "σ");
    let folded: String = folded.nfkc().collect();
    folded.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether two names may be of one person: all words of one are in the other, in any order, as initials or in letters
/// that look the same. It errs towards yes; [`name_key`] says whether names are the same.
pub fn may_be_same(one: &str, other: &str) -> bool {
    let (one, other) = (words(one), words(other));
    !one.is_empty()
        && !other.is_empty()
        && (one.concat() == other.concat() || is_within(&one, &other) || is_within(&other, &one))
}

/// Whether each word of `few` is in `many`, one of them in full.
fn is_within(few: &[String], many: &[String]) -> bool {
    let initial = |short: &str, long: &str| short.chars().count() == 1 && long.starts_with(short);
    let found = |word: &String| many.iter().any(|w| w == word || initial(w, word) || initial(word, w));
    few.iter().all(found) && few.iter().any(|word| word.chars().count() > 1 && many.contains(word))
}

/// The words of a name in letters that look like Latin ones, without accents.
fn words(name: &str) -> Vec<String> {
    let mark = |c: &char| matches!(c.general_category(), GeneralCategory::Format | GeneralCategory::NonspacingMark);
    let shown: String = name.nfkd().filter(|c| !mark(c)).map(latin_twin).collect();
    let lower = shown.to_lowercase().replace('ß', "ss").replace('i', "l");
    lower.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()).map(Into::into).collect()
}

/// The Latin letter that a Cyrillic or Greek letter or a digit looks like; others as they are.
fn latin_twin(letter: char) -> char {
    const TWINS: [(&str, &str); 4] = [
        ("АВЕЅІЈКМНОРСТУХԀԌԚԜѴҺӀ", "ABESIJKMHOPCTYXDGQWVHI"),
        ("авеѕіјкмнорстухԁԍԛԝѵһӏ", "abesijkmhopctyxdgqwvhl"),
        ("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABEZHIKMNOPTYX"),
        ("αβεηικνορτυχγω01ıɑɡ", "abenikvoptuxywoliag"),
    ];
    let twin = |(from, to): &(&str, &str)| from.chars().zip(to.chars()).find(|(c, _)| *c == letter).map(|(_, c)| c);
    TWINS.iter().find_map(twin).unwrap_or(letter)
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
        for (one, other) in
            [("Kim Lee", "Kim Le"), ("Kim Lee", "KimLee"), ("Zoë", "Zoe"), ("Kim", "Kım"), ("Kim", "Kİm")]
        {
            assert_ne!(name_key(one), name_key(other));
        }
        assert_eq!(name_key("\u{200B} "), "");
    }

    #[test]
    fn names_that_may_be_of_one_person_are_found() {
        for rep in [
            "Dana Whitfield",
            "Whitfield, Dana",
            "Dana Whitfield, Sales",
            "D. Whitfield",
            "Ms Dana Whitfield",
            "Dana-Whitfield",
            "Dаnа Whitfіeld",
            "DANA WHITFΙELD",
            "Dana Whitfıeld",
            "Dána Whitfield",
            "DanaWhitfield",
            "Whitfield D",
            "Dana M. Whitfield",
            "Dana WhitfieId",
            "Dana Wh1tfield",
            "Whitfield",
            "ΔANA; Dana Whitfield",
        ] {
            assert!(may_be_same(rep, "Dana Whitfield"), "{rep}");
            assert!(may_be_same("Dana Whitfield", rep), "{rep}");
        }
        for rep in
            ["Kim Lee", "Bob Whitfield", "B. Whitfield", "Dana Lee", "D. W.", "Danielle Whit", "", "Дана Уитфилд"]
        {
            assert!(!may_be_same(rep, "Dana Whitfield"), "{rep}");
        }
        assert!(may_be_same("Dana Whitfield", "D. Whitfield"));
    }

    #[test]
    fn every_twin_has_a_letter() {
        for (letter, twin) in [('Ӏ', 'I'), ('ӏ', 'l'), ('Χ', 'X'), ('ɡ', 'g'), ('ω', 'w'), ('1', 'l'), ('ı', 'i')]
        {
            assert_eq!(latin_twin(letter), twin, "{letter}");
        }
    }
}
