use super::*;

fn locale(tag: &str) -> Locale {
    Locale::new(tag).expect("a BCP 47 tag")
}

fn decimal(text: &str) -> Decimal {
    text.parse().expect("a decimal")
}

/// With ordinary spaces, and without the invisible marks of direction.
fn plain(text: &str) -> String {
    text.replace(['\u{a0}', '\u{202f}', '\u{2009}'], " ").replace(['\u{200e}', '\u{200f}', '\u{61c}'], "")
}

#[test]
fn numbers_follow_the_locale() {
    for (tag, expected) in [
        ("en-CA", "1,234,567.5"),
        ("fr-CA", "1 234 567,5"),
        ("de-DE", "1.234.567,5"),
        ("en-US", "1,234,567.5"),
        ("ja-JP", "1,234,567.5"),
        ("ar-EG", "١٬٢٣٤٬٥٦٧٫٥"),
        ("hi-IN", "12,34,567.5"),
    ] {
        assert_eq!(plain(&locale(tag).number(decimal("1234567.50"), None)), expected, "{tag}");
    }
}

#[test]
fn numbers_are_rounded_half_away_from_zero_and_filled_up() {
    let english = locale("en-CA");
    for (value, digits, expected) in [
        ("2.345", Some(2), "2.35"),
        ("-2.345", Some(2), "-2.35"),
        ("2.5", Some(0), "3"),
        ("1200", Some(1), "1,200.0"),
        ("1200.00", None, "1,200"),
        ("-0.001", Some(2), "0.00"),
        ("0", None, "0"),
        ("79228162514264337593543950335", None, "79,228,162,514,264,337,593,543,950,335"),
        ("0.1234567890123456789012345678", Some(255), "0.123456789012"),
    ] {
        assert_eq!(english.number(decimal(value), digits), expected, "{value}");
    }
}

#[test]
fn money_has_the_symbol_that_the_locale_uses() {
    for (tag, currency, value, digits, expected) in [
        ("en-CA", Currency::CAD, "1250", None, "$1,250.00"),
        ("en-CA", Currency::CAD, "-1250.4", Some(0), "-$1,250"),
        ("en-CA", Currency::USD, "1250", None, "US$1,250.00"),
        ("fr-CA", Currency::CAD, "1250", None, "1 250,00 $"),
        ("en-US", Currency::CAD, "1250", None, "CA$1,250.00"),
        ("de-DE", Currency::EUR, "1250", None, "1.250,00 €"),
        ("de-CH", Currency::CHF, "1250", None, "CHF 1’250.00"),
        ("ja-JP", Currency::JPY, "1250", None, "￥1,250"),
        ("en-CA", Currency::JPY, "1250", None, "JP¥1,250"),
        ("ar-EG", Currency::EGP, "1250", None, "١٬٢٥٠٫٠٠ ج.م."),
        ("en-US", Currency::KWD, "1.2345", None, "KWD 1.235"),
    ] {
        let written = plain(&locale(tag).money(decimal(value), currency, digits)).replace('\'', "’");
        assert_eq!(written, expected, "{tag} {value}");
    }
}

#[test]
fn money_keeps_the_digits_asked_for_where_cldr_has_other_ones() {
    let english = locale("en-CA");
    assert_eq!(english.money(decimal("1250.125"), Currency::CAD, Some(3)), "$1,250.125");
    // CLDR rounds this currency to whole units; ISO 4217 gives it two digits.
    assert_eq!(plain(&english.money(decimal("1250.55"), Currency::LBP, None)), "LBP 1,250.55");
    assert_eq!(plain(&english.money(decimal("-0.55"), Currency::LBP, None)), "-LBP 0.55");
}

#[test]
fn one_locale_writes_several_currencies() {
    let english = locale("en-CA");
    assert_eq!(english.money(decimal("1"), Currency::CAD, None), "$1.00");
    assert_eq!(english.money(decimal("1"), Currency::EUR, None), "€1.00");
    assert_eq!(english.money(decimal("1"), Currency::CAD, None), "$1.00");
}

#[test]
fn cents_are_exact_at_any_size() {
    let english = locale("en-CA");
    assert_eq!(english.money(decimal("90071992547409.93"), Currency::CAD, None), "$90,071,992,547,409.93");
    assert_eq!(english.money(decimal("0.005"), Currency::CAD, None), "$0.01");
    assert_eq!(english.money(decimal("1.115"), Currency::CAD, None), "$1.12");
}

#[test]
fn percentages_are_parts_of_one() {
    assert_eq!(locale("en-CA").percent(decimal("0.05"), None), "5%");
    assert_eq!(locale("en-CA").percent(decimal("0.0555"), Some(1)), "5.6%");
    assert_eq!(plain(&locale("fr-CA").percent(decimal("0.05"), None)), "5 %");
    assert_eq!(plain(&locale("de-DE").percent(decimal("0.075"), None)), "7,5 %");
    assert_eq!(plain(&locale("ar-EG").percent(decimal("0.05"), None)), "٥%");
    assert!(!locale("en-CA").percent(Decimal::MAX, None).is_empty());
}

#[test]
fn dates_are_gregorian_with_the_whole_year() {
    let day = jiff::civil::date(2027, 1, 15);
    for (tag, long, short) in [
        ("en-CA", "January 15, 2027", "Jan 15, 2027"),
        ("fr-CA", "15 janvier 2027", "15 janv. 2027"),
        ("de-DE", "15. Januar 2027", "15.01.2027"),
        ("en-US", "January 15, 2027", "Jan 15, 2027"),
        ("ja-JP", "2027年1月15日", "2027/01/15"),
        ("ar-EG", "١٥ يناير ٢٠٢٧", "١٥/٠١/٢٠٢٧"),
    ] {
        assert_eq!(plain(&locale(tag).date(day, DateStyle::Long)), long, "{tag}");
        assert_eq!(plain(&locale(tag).date(day, DateStyle::Short)), short, "{tag}");
    }
    let first = jiff::civil::date(2027, 3, 1);
    assert_eq!(plain(&locale("fr-CA").date(first, DateStyle::Long)), "1er mars 2027");
    assert_eq!(plain(&locale("fr").date(first, DateStyle::Short)), "1er mars 2027");
    assert_eq!(plain(&locale("es").date(first, DateStyle::Long)), "1 de marzo de 2027");
    // Thailand and Saudi Arabia prefer other calendars for daily life.
    assert!(locale("th-TH").date(day, DateStyle::Long).contains("2027"));
    assert!(locale("ar-SA").date(day, DateStyle::Long).contains("٢٠٢٧"));
}

#[test]
fn lists_join_as_the_language_joins() {
    let words: Vec<String> = ["vans", "trucks", "trailers"].map(String::from).to_vec();
    assert_eq!(locale("en-CA").list(&words, ListStyle::And), "vans, trucks and trailers");
    assert_eq!(locale("en-US").list(&words, ListStyle::And), "vans, trucks, and trailers");
    assert_eq!(locale("fr-CA").list(&words, ListStyle::Or), "vans, trucks ou trailers");
    assert_eq!(locale("en-CA").list(&words[..2], ListStyle::Or), "vans or trucks");
    assert_eq!(locale("en-CA").list(&words[..1], ListStyle::And), "vans");
    assert_eq!(locale("en-CA").list(&[], ListStyle::And), "");
}

#[test]
fn plurals_follow_the_language() {
    let english = locale("en-CA");
    assert_eq!(english.plural_category(decimal("1")), "one");
    assert_eq!(english.plural_category(decimal("0")), "other");
    assert_eq!(english.plural_category(decimal("1.0")), "other");
    assert_eq!(locale("fr-CA").plural_category(decimal("0")), "one");
    assert_eq!(locale("ar-EG").plural_category(decimal("2")), "two");
    assert_eq!(locale("pl-PL").plural_category(decimal("3")), "few");
}

#[test]
fn a_locale_is_a_language_tag() {
    assert!(Locale::new("en-CA").is_some());
    assert!(Locale::new("not a tag").is_none());
    assert!(Locale::new("").is_none() || Locale::new("").is_some_and(|l| l.tag() == "und"));
    // A tag that ICU does not know still writes numbers.
    assert_eq!(Locale::new("zxx").map(|l| l.number(decimal("1.5"), None)).as_deref(), Some("1.5"));
}

/// A locale may ask for digits of another script; a document that followed it in some places would mix two.
#[test]
fn digits_are_those_of_the_language_whatever_an_extension_says() {
    let day = jiff::civil::date(2027, 1, 15);
    let words: Vec<String> = ["1", "2"].map(String::from).to_vec();
    for tag in ["en-CA", "fr-CA", "de-CH", "he-IL", "ja-JP", "hi-IN", "ar-EG", "ar-MA", "fa-IR", "mr-IN", "th-TH"] {
        let plain = locale(tag);
        for nu in
            ["latn", "deva", "arab", "arabext", "thai", "fullwide", "hanidec", "beng", "roman", "native", "traditio"]
        {
            for extended in
                [format!("{tag}-u-nu-{nu}"), format!("{tag}-u-ca-buddhist-nu-{nu}"), format!("{tag}-u-nu-{nu}-x-a")]
            {
                let other = locale(&extended);
                let written = |locale: &Locale| {
                    [
                        locale.number(decimal("-1234567.5"), Some(2)),
                        locale.percent(decimal("0.125"), Some(1)),
                        locale.money(decimal("1234.5"), Currency::CAD, None),
                        locale.money(decimal("9876543"), Currency::JPY, Some(3)),
                        locale.date(day, DateStyle::Long),
                        locale.date(jiff::civil::date(2027, 3, 1), DateStyle::Short),
                        locale.list(&words, ListStyle::And),
                    ]
                };
                assert_eq!(written(&other), written(&plain), "{extended}");
                let number = plain.number(decimal("1234.5"), Some(1));
                assert_eq!(other.read_number(&number), plain.read_number(&number), "{extended}");
                assert!(!other.tag().contains("nu-"), "{}", other.tag());
            }
        }
    }
    assert_eq!(locale("en-CA-u-nu-deva").tag(), "en-CA");
}
