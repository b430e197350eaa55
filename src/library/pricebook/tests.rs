use iso_currency::Currency::{CAD, USD};

use super::*;
use crate::library::files::Source;
use crate::library::testing::{Sample, faults, said};

/// A small book that uses everything, in the currencies of the sample library.
const BOOK: &str = "\
version: \"1\"
valid: {from: 2026-01-01, until: 2026-12-31}
currencies: [CAD, USD]
rounding: {mode: half_up, per: line}
discounts:
  rep: {line: 10%, whole: 5%}
  manager: {line: 20%, whole: 15%}
tax_classes: {standard: taxed, food: taxed, fees: exempt}
taxes:
  - country: CA
    rates: [{name: GST, rate: 5%}]
  - country: CA
    region: QC
    rates: [{name: GST, rate: 5%}, {name: {en: QST, fr: TVQ}, rate: 9.975%, compound: true}]
items:
  - sku: A
    name: {en: Alpha, fr: Alpha}
    unit: {en: {one: van, other: vans}, fr: fourgon}
    billing: monthly
    tax_class: standard
    tier_rule: graduated
    tiers:
      - {from: 1, below: 10, prices: {CAD: 20, USD: 15}}
      - {from: 10, below: 50, prices: {CAD: 18, USD: 13.50}}
      - {from: 50, prices: {CAD: 16, USD: 12}}
    requires: [B]
  - sku: B
    name: Beta
    unit: hour
    billing: usage
    fractional: true
    tax_class: food
    fine_prices: true
    prices: {CAD: 0.0425, USD: 0.03}
  - sku: C
    name: Gamma
    unit: {one: box, other: boxes}
    billing: one_time
    max_quantity: 5
    tax_class: fees
    prices: {CAD: 100, USD: 75}
    available: {from: 2026-06-01}
    bundle: [{sku: B, quantity: 1.5}]
    excludes: [A]
";

fn read(book: &str) -> Checked<PriceBook> {
    let sample = Sample::new();
    sample.write(PRICE_BOOK, book);
    let library = sample.draft().expect("the sample is sound");
    library.price_book().map(|book| book.expect("there is one").clone())
}

/// The faults of the book with some words replaced.
fn broken(from: &str, to: &str) -> Vec<String> {
    assert!(BOOK.contains(from), "`{from}` is not in the book");
    faults(read(&BOOK.replace(from, to)))
}

fn d(text: &str) -> Decimal {
    text.parse().expect("a decimal")
}

#[test]
fn the_samples_price_book_is_sound() {
    let library = Library::of_files(Source::Embedded.read().expect("the sample is there"), None).expect("sound");
    let book = match library.price_book() {
        Ok(book) => book.expect("there is one"),
        Err(problems) => panic!("{:#?}", said(&problems)),
    };
    assert!(book.items.len() >= 12);
    assert!(book.jurisdiction("CA", None).is_none());
    assert_eq!(book.jurisdiction("CA", Some("QC")).map(|taxes| taxes.rates.len()), Some(2));
    assert_eq!(book.jurisdiction("US", Some("NY")).map(|taxes| taxes.rates.len()), Some(0));
}

#[test]
fn a_library_without_a_book_has_no_prices() {
    let library = Sample::new().draft().expect("sound");
    assert!(library.price_book().expect("nothing is wrong").is_none());
}

#[test]
fn a_book_is_read_as_it_is_written() {
    let book = read(BOOK).expect("the book is sound");
    let [a, b, c] = &book.items[..] else { panic!("three items") };
    assert_eq!((a.name.of("fr-CA"), a.name.of("de")), (Some("Alpha"), None));
    assert_eq!(a.unit.of("en-CA", "one"), Some("van"));
    assert_eq!(a.unit.of("en", "many"), Some("vans"));
    assert_eq!(a.unit.of("fr", "other"), Some("fourgon"));
    assert_eq!((b.unit.of("de", "other"), c.unit.of("de", "one")), (Some("hour"), Some("box")));
    assert_eq!(b.parts(d("1000"), CAD).expect("sold")[0].unit_price, d("0.0425"));
    assert!(b.admits(d("0.25")) && !a.admits(d("1.5")) && !c.admits(d("6")) && !a.admits(d("0")) && !a.admits(d("-1")));
    assert_eq!(c.available.as_ref().and_then(|days| days.from), Some(jiff::civil::date(2026, 6, 1)));
    assert_eq!(c.bundle[0].count(), d("1.5"));
    assert!(a.has_currency(USD) && !a.has_currency(Currency::JPY) && book.has_currency(CAD));
    let quebec = book.jurisdiction("ca", Some("qc")).expect("a region");
    assert_eq!(quebec.place(), "CA-QC");
    assert_eq!(book.jurisdiction("CA", Some("ON")).map(Jurisdiction::place).as_deref(), Some("CA"));
    assert_eq!(quebec.rates_on("standard").count(), 2);
    assert_eq!(book.treatment("fees"), Some(Treatment::Exempt));
    let limits = book.discounts.expect("there are limits");
    assert_eq!((limits.rep.whole.0, limits.manager.line.0), (d("0.05"), d("0.2")));
}

#[test]
fn graduated_tiers_split_a_quantity() {
    let book = read(BOOK).expect("sound");
    let of = |quantity: u32| -> Vec<(Decimal, Decimal)> {
        let parts = book.items[0].parts(quantity.into(), CAD).expect("sold");
        parts.iter().map(|part| (part.quantity, part.unit_price)).collect()
    };
    assert_eq!(of(1), [(d("1"), d("20"))]);
    assert_eq!(of(9), [(d("9"), d("20"))]);
    assert_eq!(of(10), [(d("9"), d("20")), (d("1"), d("18"))]);
    assert_eq!(of(60), [(d("9"), d("20")), (d("40"), d("18")), (d("11"), d("16"))]);
    let whole = BOOK.replace("graduated", "whole_volume");
    let book = read(&whole).expect("sound");
    let parts = book.items[0].parts(d("60"), USD).expect("sold");
    assert_eq!(parts, [Part { quantity: d("60"), unit_price: d("12") }]);
    assert!(book.items[0].parts(d("60"), Currency::JPY).is_none());
}

#[test]
fn rounding_is_as_declared() {
    let round = |mode, amount: &str, currency| Rounding { mode, per: RoundingPer::Line }.round(d(amount), currency);
    let (up, even) = (RoundingMode::HalfUp, RoundingMode::HalfEven);
    assert_eq!(round(up, "0.125", CAD), d("0.13"));
    assert_eq!(round(even, "0.125", CAD), d("0.12"));
    assert_eq!(round(up, "-0.125", CAD), d("-0.13"));
    assert_eq!(round(up, "10.5", Currency::JPY), d("11"));
    assert_eq!(round(even, "10.5", Currency::JPY), d("10"));
    assert_eq!(round(even, "1.0005", Currency::KWD), d("1"));
}

/// Every case: words of the book, what stands in their place, what is said.
#[test]
fn what_a_book_says_must_be_possible() {
    let cases: &[(&str, &str, &[&str])] = &[
        (
            "until: 2026-12-31",
            "until: 2025-12-31",
            &[
                "M010 the price book ends on 2025-12-31, before it begins on 2026-01-01",
                "M010 `C` is available on none of the days on which the price book is valid",
            ],
        ),
        (
            "version: \"1\"",
            "version: \"1\"\nquotes: {valid_days: 367}",
            &["M020 quotes may be valid for 367 days after the price book's last day"],
        ),
        ("version: \"1\"", "version: \" \"", &["M015 the price book's version cannot be printed"]),
        ("[CAD, USD]", "[CAD, USD, CAD]", &["M001 `CAD` is listed twice"]),
        (
            "rep: {line: 10%",
            "rep: {line: 101%",
            &["M011 a rep may take off 101% on each line", "M011 a manager may take off less than a rep on each line"],
        ),
        ("whole: 15%", "whole: 4%", &["M011 a manager may take off less than a rep on the whole quote"]),
        ("whole: 5%", "whole: -5%", &["M011 a rep may take off -5% on the whole quote"]),
        (
            "- sku: B",
            "- sku: a",
            &[
                "M008 the price book has no item `B`",
                "M002 the skus `A` and `a` differ by capitals alone",
                "M008 the price book has no item `B`",
            ],
        ),
        ("sku: C", "sku: A", &["M002 two items have the sku `A`", "M008 `A` excludes itself"]),
        ("sku: C", "sku: \"C \"", &["M002 `C ` cannot be a sku"]),
        (
            "max_quantity: 5",
            "max_quantity: 5.5",
            &["M012 the most quantity of `C` is 5.5, but it is sold in whole units"],
        ),
        (
            "max_quantity: 5",
            "max_quantity: 0",
            &["M012 the most quantity of `C` is 0", "M012 at least 1 of `C` must be ordered, and at most 0"],
        ),
        (
            "until: 2026-12-31",
            "until: 2026-05-31",
            &["M010 `C` is available on none of the days on which the price book is valid"],
        ),
        ("tax_class: food", "tax_class: foods", &["M007 there is no tax class called `foods`"]),
        ("    tax_class: fees\n", "", &["M007 `C` has no tax class"]),
        (
            "fees: exempt",
            "Fees: exempt",
            &["L033 `Fees` cannot be the id of a tax class", "M007 there is no tax class called `fees`"],
        ),
        ("requires: [B]", "requires: [B, B]", &["M008 `A` requires `B` twice"]),
        ("requires: [B]", "requires: [A]", &["M008 `A` requires itself"]),
        ("requires: [B]", "requires: [B]\n    excludes: [B]", &["M008 `A` both needs and excludes `B`"]),
        ("requires: [B]", "requires: [C]", &["M008 `A` can never be sold: it needs `C`, which excludes `A`"]),
        ("quantity: 1.5", "quantity: -1", &["M012 the quantity of `B` in the bundle `C` is -1"]),
        (
            "    fine_prices: true\n",
            "    bundle: [{sku: C}]\n    fine_prices: true\n",
            &["M009 a bundle leads in a circle: `B` → `C` → `B`"],
        ),
        (
            "    fine_prices: true\n",
            "    requires: [A]\n    fine_prices: true\n",
            &["M009 a requirement leads in a circle: `A` → `B` → `A`"],
        ),
    ];
    for (from, to, expected) in cases {
        assert_eq!(broken(from, to), *expected, "`{to}` in place of `{from}`");
    }
}

#[test]
fn prices_are_one_for_each_currency() {
    let cases: &[(&str, &str, &[&str])] = &[
        ("{CAD: 100, USD: 75}", "{CAD: 100}", &["M005 `C` has no price in USD"]),
        (
            "{CAD: 100, USD: 75}",
            "{CAD: 100, USD: 75, EUR: 70}",
            &["M005 `C` has a price in `EUR`, which is no currency of this book"],
        ),
        ("{CAD: 16, USD: 12}", "{USD: 12}", &["M005 `A from 50` has no price in CAD"]),
        ("{CAD: 100, USD: 75}", "{CAD: -100, USD: 75}", &["M006 the price of `C` is below zero"]),
        ("{CAD: 100, USD: 75}", "{CAD: 1000000000001, USD: 75}", &["M006 the price of `C` is above 1000000000000"]),
        (
            "{CAD: 100, USD: 75}",
            "{CAD: 100.005, USD: 75.500}",
            &["M006 the price of `C` has 3 digits after the point, but CAD has 2"],
        ),
        ("CAD: 0.0425", "CAD: 0.042512345", &["M006 the price of `B` has 9 digits after the point, but CAD has 2"]),
        ("    tier_rule: graduated\n", "", &["M004 `A` does not say how its tiers count"]),
        ("    prices: {CAD: 100, USD: 75}\n", "", &["M004 `C` has no price"]),
        (
            "    fine_prices: true\n",
            "    tier_rule: graduated\n    fine_prices: true\n",
            &["M004 `B` says how tiers count but has none"],
        ),
        ("    requires: [B]\n", "    prices: {CAD: 1, USD: 1}\n", &["M004 `A` has both prices and tiers"]),
        ("{CAD: 100, USD: 75}", "{CAD: \"1,000\", USD: 75}", &["Y016 `1,000` is not an amount"]),
        (
            "{CAD: 100, USD: 75}",
            "{CAD: NaN, USD: 1e3}",
            &["Y016 `NaN` is not an amount", "Y016 `1e3` is not an amount"],
        ),
    ];
    for (from, to, expected) in cases {
        assert_eq!(broken(from, to), *expected, "`{to}` in place of `{from}`");
    }
    let coins = BOOK.replace("CAD, USD", "CAD, XXY").replace("USD:", "XXY:");
    assert_eq!(faults(read(&coins))[0], "M001 `XXY` is not a currency");
    let foreign = BOOK.replace("CAD", "JPY");
    assert!(faults(read(&foreign))[0].starts_with("M001 the price book has no prices in CAD"));
}

#[test]
fn tiers_join() {
    let cases: &[(&str, &str, &[&str])] = &[
        ("from: 1, below: 10", "from: 1, below: 9", &["M003 the tiers of `A` leave a gap: 9 is in none"]),
        ("from: 1, below: 10", "from: 1, below: 11", &["M003 the tiers of `A` overlap: 10 is in two"]),
        ("from: 1, below: 10", "from: 2, below: 10", &["M003 the first tier of `A` begins at 2, but 1 may be ordered"]),
        ("from: 1, below: 10", "from: 0", &["M003 the first tier of `A` begins at 0, but at least 1 must be ordered"]),
        ("from: 50", "from: 10", &["M003 the tiers of `A` do not rise: 10 after 10"]),
        ("from: 50,", "from: 50, below: 90,", &["M003 the tiers of `A` end: 90 has no price"]),
        (
            "from: 50,",
            "from: 50, below: 50,",
            &[
                "M003 a tier of `A` is from 50 and below 50: nothing is in it",
                "M003 the tiers of `A` end: 50 has no price",
            ],
        ),
        (
            "from: 10, below: 50",
            "from: 10.5",
            &[
                "M003 the tiers of `A` leave a gap: 10 is in none",
                "M003 a tier of `A` is bounded by 10.5, but it is sold in whole units",
            ],
        ),
        (
            "    requires: [B]\n",
            "    max_quantity: 40\n",
            &["M003 a tier of `A` begins at 50, but at most 40 may be ordered"],
        ),
        (
            "from: 50",
            "from: 5000000000",
            &["M003 the tiers of `A` leave a gap: 50 is in none", "M003 a tier of `A` is bounded by 5000000000"],
        ),
    ];
    for (from, to, expected) in cases {
        assert_eq!(broken(from, to), *expected, "`{to}` in place of `{from}`");
    }
    let bounded = BOOK.replace("from: 50,", "from: 50, below: 91,").replace("requires: [B]", "max_quantity: 90");
    assert!(read(&bounded).is_ok());
}

#[test]
fn taxes_are_complete() {
    let cases: &[(&str, &str, &[&str])] = &[
        ("region: QC", "region: CA-QC", &["M013 `CA-QC` is not a region"]),
        ("    region: QC\n", "", &["M013 the taxes of CA stand twice"]),
        ("- country: CA\n    rates", "- country: Canada\n    rates", &["M013 `Canada` is not a country"]),
        (
            "- country: CA\n    rates: [{name: GST, rate: 5%}]",
            "- country: CA\n    rates: [{name: GST, rate: 500%}]",
            &["M013 a tax of CA is 500%"],
        ),
        (
            "rates: [{name: GST, rate: 5%}]",
            "rates: [{name: GST, rate: 5%, classes: [food, food, fees]}]",
            &[
                "M013 CA has no rate for the taxed class `standard`",
                "M007 `food` is listed twice",
                "M007 there is no taxed class called `fees`",
            ],
        ),
        (
            "[{name: GST, rate: 5%}, ",
            "[{name: GST, rate: 5%, classes: [food]}, ",
            &["M013 a tax of CA-QC is compound, but `standard` has no tax before it"],
        ),
    ];
    for (from, to, expected) in cases {
        assert_eq!(broken(from, to), *expected, "`{to}` in place of `{from}`");
    }
    let cut = |text: &str| {
        let (head, rest) = text.split_once("taxes:\n").expect("taxes");
        let (_, items) = rest.split_once("items:\n").expect("items");
        format!("{head}items:\n{items}")
    };
    assert_eq!(faults(read(&cut(BOOK))), ["M013 items are taxed, but no place says at which rates"]);
}

#[test]
fn words_can_be_printed_in_every_language() {
    let cases: &[(&str, &str, &[&str])] = &[
        ("name: {en: Alpha, fr: Alpha}", "name: {en: Alpha}", &["M014 the name of `A` has no words in `fr`"]),
        ("name: Beta", "name: \"Be\\u0007ta\"", &["Y025 the text holds U+0007, a control character"]),
        (
            "name: Beta",
            "name: \"Be\\u202Eta\"",
            &["Y025 the text holds U+202E, a direction override, which can make text read as something else"],
        ),
        ("name: Beta", "name: \"  \"", &["M014 the name of `B` has no words"]),
        ("name: Beta", "name: {}", &["M014 the name of `B` has no words"]),
        ("{one: box, other: boxes}", "{one: box}", &["M014 the unit of `C` has no form `other`"]),
        (
            "{en: {one: van, other: vans}, fr: fourgon}",
            "{one: van, fr: fourgon}",
            &[
                "M014 the unit of `A` mixes languages and plural forms at `one`",
                "M014 the unit of `A` has no words in `en`",
            ],
        ),
        (
            "{one: van, other: vans}",
            "{one: van, others: vans, other: vans}",
            &["M014 the unit of `A` has a form for `others`"],
        ),
        ("name: Beta", "name: [Beta]", &["Y014 expected text for `name`, found a list"]),
    ];
    for (from, to, expected) in cases {
        assert_eq!(broken(from, to), *expected, "`{to}` in place of `{from}`");
    }
}

#[test]
fn publishing_asks_the_book_too() {
    let sample = Sample::new();
    sample.write(PRICE_BOOK, BOOK.replace("requires: [B]", "requires: [Z]"));
    assert_eq!(faults(sample.publish(None)), ["M008 the price book has no item `Z`"]);
    sample.write(PRICE_BOOK, BOOK);
    sample.publish(None).expect("the book is sound");
}
