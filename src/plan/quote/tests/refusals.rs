//! What is refused, who may lift it, and the quickest way out.

use super::*;

fn codes(case: Case<'_>, quote: &str) -> Vec<String> {
    case.refused(quote).iter().map(|told| told[..4].to_string()).collect()
}

#[test]
fn an_unknown_sku_is_named_with_the_one_that_was_meant() {
    assert_eq!(
        ONTARIO.refused("{lines: [{sku: PMA, quantity: 1}, {sku: nothing like it, quantity: 1}]}"),
        [
            "Q002 2:23 the price book has no item `PMA` | did you mean `PM-A`? | price book 2027.1 has `PM-A`, `VOL`, \
             `SETUP`, `HOURS`, `KM`, `MANUAL`, `TELE`, `TELE-KIT`, `PACK`, `LITE`, `WINTER`",
            "Q002 2:48 the price book has no item `nothing like it` | not in the price book | price book 2027.1 has \
             `PM-A`, `VOL`, `SETUP`, `HOURS`, `KM`, `MANUAL`, `TELE`, `TELE-KIT`, `PACK`, `LITE`, `WINTER`",
        ]
    );
}

#[test]
fn prices_and_items_hold_on_their_days_only() {
    let setup = "{lines: [{sku: SETUP, quantity: 1}]}";
    assert_eq!(
        Case { date: "2028-01-01", ..ONTARIO }.refused(setup),
        [
            "Q003 price book 2027.1 is valid until 2027-12-31, and the document is of 2028-01-01 | - | ask marketing for \
             the prices now in force (`valid:` in templates/pricebook.yaml); meanwhile `--draft` makes a document marked \
             DRAFT on every page"
        ]
    );
    assert_eq!(codes(Case { date: "2025-12-31", ..ONTARIO }, setup), ["Q003"]);
    for day in ["2026-01-01", "2027-12-31"] {
        assert!(codes(Case { date: day, ..ONTARIO }, setup).is_empty(), "{day}");
    }
    let winter = "{lines: [{sku: WINTER, quantity: 1}]}";
    assert_eq!(
        Case { date: "2027-04-01", ..ONTARIO }.refused(winter),
        ["Q004 2:23 `WINTER` was sold until 2027-03-31, and the document is of 2027-04-01 | not in force | quote \
             another item, or show it meanwhile with `--draft`; marketing can extend `available:` in \
             templates/pricebook.yaml"]
    );
    assert!(
        Case { date: "2026-09-30", ..ONTARIO }.refused(winter)[0].contains("`WINTER` is not sold before 2026-10-01")
    );
}

/// What may be sold on one day alone may not be sold in a document of one day made on another.
#[test]
fn prices_items_and_quotes_hold_only_where_both_days_allow_it() {
    let quotes = [
        "{lines: [{sku: SETUP, quantity: 1}]}",
        "{lines: [{sku: WINTER, quantity: 1}]}",
        "{valid_until: 2027-03-31, lines: [{sku: SETUP, quantity: 1}]}",
    ];
    let days = ["2025-12-31", "2026-01-01", "2026-09-30", "2026-10-01", "2027-03-31", "2027-04-01", "2028-01-01"];
    for quote in quotes {
        let sold = |date, today| codes(Case { date, today: Some(today), ..ONTARIO }, quote).is_empty();
        for (date, today) in days.into_iter().flat_map(|first| days.map(|second| (first, second))) {
            let both = sold(date, date) && sold(today, today);
            assert_eq!(sold(date, today), both, "{quote} of {date}, made on {today}");
        }
    }
    let told = Case { date: "2027-03-31", today: Some("2027-04-01"), ..ONTARIO }.refused(quotes[1]);
    assert!(told[0].contains("was sold until 2027-03-31, and today is 2027-04-01"), "{told:?}");
}

#[test]
fn a_quote_is_over_when_it_is_over() {
    let quote = |until: &str| format!("{{valid_until: {until}, lines: [{{sku: SETUP, quantity: 1}}]}}");
    assert_eq!(
        ONTARIO.refused(&quote("2026-11-24")),
        ["Q010 2:22 the quote was valid until 2026-11-24, and the document is of 2026-11-25 | expired | set a later \
             `quote.valid_until` (`--set quote.valid_until=…`): the prices of today then hold"]
    );
    assert!(codes(ONTARIO, &quote("2026-11-25")).is_empty());
}

/// A quote is refused where it promises prices for longer than the price book lets it.
#[test]
fn a_quote_holds_no_longer_than_the_price_book_lets_it() {
    let quote = |until: &str| format!("{{valid_until: {until}, lines: [{{sku: SETUP, quantity: 1}}]}}");
    for (days, last, after) in [
        (None, "2027-12-31", "2028-01-01"),
        (Some(0), "2027-12-31", "2028-01-01"),
        (Some(1), "2028-01-01", "2028-01-02"),
        (Some(60), "2028-02-29", "2028-03-01"),
        (Some(366), "2028-12-31", "2029-01-01"),
    ] {
        let key = days.map_or(String::new(), |days| format!("quotes: {{valid_days: {days}}}\n"));
        let book = format!("{key}{BOOK}");
        let case = Case { book: &book, ..ONTARIO };
        assert!(codes(case, &quote(last)).is_empty(), "{days:?} {last}");
        assert_eq!(codes(case, &quote(after)), ["Q017"], "{days:?} {after}");
    }
    assert_eq!(
        ONTARIO.refused(&quote("2028-01-01")),
        [
            "Q017 2:22 the quote is valid until 2028-01-01, but quotes from price book 2027.1 hold until 2027-12-31 at the \
             latest | later than these prices hold | write 2027-12-31 or an earlier day, or show it meanwhile with \
             `--draft`; marketing can allow more days after 2027-12-31 with `quotes: {valid_days: …}` in \
             templates/pricebook.yaml"
        ]
    );
}

#[test]
fn a_currency_needs_prices() {
    assert_eq!(
        ONTARIO.refused("{currency: EUR, lines: [{sku: SETUP, quantity: 1, discount: 0.5}, {sku: PMA, quantity: 1}]}"),
        [
            "Q005 2:19 the price book has no prices in EUR | no prices in this currency | quote in CAD or JPY or KWD, or \
             ask marketing for prices in EUR",
            "Q002 2:80 the price book has no item `PMA` | did you mean `PM-A`? | price book 2027.1 has `PM-A`, `VOL`, \
             `SETUP`, `HOURS`, `KM`, `MANUAL`, `TELE`, `TELE-KIT`, `PACK`, `LITE`, `WINTER`",
        ]
    );
}

#[test]
fn quantities_keep_to_unit_and_bounds() {
    let help = "only marketing can change the bounds, in templates/pricebook.yaml";
    assert_eq!(
        ONTARIO
            .refused("{lines: [{sku: PM-A, quantity: 1.5}, {sku: HOURS, quantity: 0.25}, {sku: SETUP, quantity: 21}]}"),
        [
            format!("Q006 2:39 `PM-A` is not sold in parts: `1.5` | write a whole number | {help}"),
            format!("Q006 2:68 `HOURS` is sold from 0.5 on: `0.25` is less | at least 0.5 | {help}"),
            format!("Q006 2:98 `SETUP` is sold up to 20: `21` is more | at most 20 | {help}"),
        ]
    );
}

#[test]
fn discounts_keep_to_the_limits_of_who_gives_them() {
    let of = |percent: &str| {
        format!(
            "{{lines: [{{sku: PM-A, quantity: 10, discount: {percent}}}, {{sku: SETUP, quantity: 1}}], term_months: 2}}"
        )
    };
    let manager = Case { approved_by: Some("Kim"), ..ONTARIO };
    assert!(codes(ONTARIO, &of("10%")).is_empty());
    assert_eq!(
        ONTARIO.refused(&of("12.5%")),
        ["Q008 2:53 a discount of 12.5% on `PM-A` is over the limit of 10% for a rep | at most 10% | a manager may \
             approve up to 25%: `--approved-by \"NAME\"`; or write less, or show it meanwhile with `--draft`"]
    );
    assert!(codes(manager, &of("12.5%")).is_empty());
    assert_eq!(
        manager.refused(&of("30%")),
        [
            "Q008 2:53 a discount of 30% on `PM-A` is over the limit of 25% for a manager | at most 25% | write less, or \
             show it meanwhile with `--draft`; only marketing can raise the limit, in templates/pricebook.yaml"
        ]
    );
    // An amount counts as the part of the list price that it is: 52.00 of 520.00.
    assert!(codes(ONTARIO, &of("52.00")).is_empty());
    assert!(ONTARIO.refused(&of("52.01"))[0].contains("a discount of 52.01 CAD (10.0019%) on `PM-A`"));
}

#[test]
fn all_discounts_together_keep_to_the_limit_of_the_whole() {
    let quote = "{discount: 7.5%, lines: [{sku: PM-A, quantity: 10, discount: 10%}]}";
    assert_eq!(
        ONTARIO.refused(quote),
        [
            "Q009 2:19 all discounts together, 16.75% of the list price, are over the limit of 8% for a rep | at most 8% | \
             a manager may approve up to 20%: `--approved-by \"NAME\"`; or take the discount off the whole out, and write a \
             percentage of at most 8% on `PM-A`, or show it meanwhile with `--draft`"
        ]
    );
    assert!(codes(Case { approved_by: Some("Kim"), ..ONTARIO }, quote).is_empty());
    // Without a discount on the whole, it is said at the first line that has one.
    assert!(ONTARIO.refused("{lines: [{sku: PM-A, quantity: 10, discount: 10%}]}")[0].starts_with("Q009 2:53 "));
    assert!(codes(ONTARIO, "{discount: 8%, lines: [{sku: SETUP, quantity: 3}]}").is_empty());
}

#[test]
fn without_limits_nobody_takes_off_anything() {
    let none = BOOK.replace("discounts:\n  rep: {line: 10%, whole: 8%}\n  manager: {line: 25%, whole: 20%}\n", "");
    let case = Case { book: &none, approved_by: Some("Kim"), ..ONTARIO };
    assert_eq!(
        case.refused("{lines: [{sku: PM-A, quantity: 1, discount: 1%}]}"),
        [
            "Q008 2:52 a discount of 1% on `PM-A` cannot be given: the price book allows none | no discounts | take it out, \
             or show it meanwhile with `--draft`; marketing can allow it with `discounts:` in templates/pricebook.yaml",
            "Q009 2:52 all discounts together, 1% of the list price, cannot be given: the price book allows none | no \
             discounts | take it out, or show it meanwhile with `--draft`; marketing can allow it with `discounts:` in \
             templates/pricebook.yaml",
        ]
    );
    assert!(codes(case, "{lines: [{sku: PM-A, quantity: 1, discount: 0%}]}").is_empty());
}

#[test]
fn a_discount_is_an_amount_of_the_currency_and_no_more_than_the_price() {
    assert_eq!(
        ONTARIO.refused("{discount: 1450.01, lines: [{sku: SETUP, quantity: 1, discount: 0.005}]}"),
        ["Q007 2:72 `0.005` is no amount of CAD | at most 2 decimals | -"]
    );
    assert_eq!(
        ONTARIO.refused("{discount: 1450.01, lines: [{sku: SETUP, quantity: 1}]}"),
        ["Q007 2:19 a discount of 1450.01 CAD is more than the quote costs, 1450.00 CAD | more than there is to take \
             off | write at most `1450.00`"]
    );
    assert!(
        ONTARIO.refused("{currency: JPY, lines: [{sku: SETUP, quantity: 1, discount: 0.5}]}")[0]
            .contains("write a whole number")
    );
}

#[test]
fn what_excludes_one_another_stands_in_no_quote() {
    let excluded = [
        "Q011 2:49 `PM-A` and `LITE` may not stand in one quote | excluded beside `PM-A` | take one of them out, or let \
         the client choose: the same `alternative` on both lines; only marketing can allow both, in \
         templates/pricebook.yaml",
    ];
    assert_eq!(ONTARIO.refused("{lines: [{sku: PM-A, quantity: 1}, {sku: LITE, quantity: 1}]}"), excluded);
    assert_eq!(
        codes(ONTARIO, "{lines: [{sku: LITE, quantity: 1, optional: yes}, {sku: PM-A, quantity: 1}]}"),
        ["Q011"]
    );
    // A bundle counts as what is in it.
    assert_eq!(codes(ONTARIO, "{lines: [{sku: LITE, quantity: 1}, {sku: PACK, quantity: 1}]}"), ["Q011"]);
    let choice =
        "{lines: [{sku: LITE, quantity: 1, alternative: a}, {sku: PM-A, quantity: 1, alternative: a, chosen: yes}]}";
    assert!(codes(ONTARIO, choice).is_empty());
}

#[test]
fn companions_stand_beside_what_needs_them() {
    assert_eq!(
        ONTARIO.refused("{lines: [{sku: TELE, quantity: 1}]}"),
        [
            "Q012 2:23 `TELE` is sold only with `TELE-KIT` | `TELE-KIT` is missing | add `{sku: TELE-KIT, quantity: …}` to \
             `quote.lines`; only marketing can lift this, in templates/pricebook.yaml"
        ]
    );
    // One that has a fault of its own is not missing.
    assert_eq!(codes(ONTARIO, "{lines: [{sku: TELE, quantity: 1}, {sku: TELE-KIT, quantity: 0.5}]}"), ["Q006"]);
    // An optional companion may not come; an optional line may wait for it.
    assert_eq!(
        codes(ONTARIO, "{lines: [{sku: TELE, quantity: 1}, {sku: TELE-KIT, quantity: 1, optional: yes}]}"),
        ["Q012"]
    );
    for good in [
        "{lines: [{sku: TELE, quantity: 1}, {sku: TELE-KIT, quantity: 1}]}",
        "{lines: [{sku: TELE, quantity: 1, optional: yes}, {sku: TELE-KIT, quantity: 1, optional: yes}]}",
        "{lines: [{sku: PACK, quantity: 1}]}",
        "{lines: [{sku: PACK, quantity: 1}, {sku: TELE, quantity: 1}]}",
    ] {
        assert!(codes(ONTARIO, good).is_empty(), "{good}");
    }
}

#[test]
fn taxes_are_those_of_a_known_place() {
    let setup = "{lines: [{sku: SETUP, quantity: 1}]}";
    assert_eq!(
        ONTARIO.at("", "").refused(setup),
        ["Q013 no taxes can be reckoned: the client's country is not given | - | give `client.country` in the client \
             file, or with `--set client.country=CA`"]
    );
    assert_eq!(
        ONTARIO.at("CA", "").refused(setup),
        [
            "Q013 no taxes can be reckoned: the region in CA is not given | - | give `client.region` in the client file, or \
             with `--set client.region=ON`; the price book knows ON, QC, OLD"
        ]
    );
    assert!(ONTARIO.at("CA", "NU").refused(setup)[0].contains("does not know the taxes of CA-NU"));
    assert!(ONTARIO.at("DE", "").refused(setup)[0].contains("does not know the taxes of DE"));
    let unclassed = BOOK.replace("    tax_class: labour\n    requires", "    requires").replace(
        "    unit: yard\n    billing: one_time\n    prices: {CAD: 1450.00, JPY: 145000, KWD: 330.250}\n    max_quantity: 20\n    tax_class: labour",
        "    unit: yard\n    billing: one_time\n    prices: {CAD: 1450.00, JPY: 145000, KWD: 330.250}",
    );
    assert!(Case { book: &unclassed, ..ONTARIO }.refused(setup)[0].contains("does not say how `SETUP` is taxed"));
}

#[test]
fn words_are_never_of_another_language() {
    let german = Case { language: "de", ..ONTARIO };
    let told = german.refused("{lines: [{sku: PM-A, quantity: 1}, {sku: SETUP, quantity: 1}]}");
    assert_eq!(told.len(), 2);
    assert!(told[0].starts_with("Q014 2:23 the `name` of `PM-A` is not in the price book in `de`"), "{told:?}");
    assert!(told[1].contains("the `unit` of `PM-A`"));
    let quebec = Case { language: "de", ..ONTARIO }.at("CA", "QC").refused("{lines: [{sku: SETUP, quantity: 1}]}");
    assert!(quebec[0].starts_with("Q014 the name of a tax of CA-QC is not in the price book in `de`"), "{quebec:?}");
}

#[test]
fn absurd_amounts_are_no_prices() {
    let dear =
        BOOK.replace("CAD: 52.00", "CAD: 9000000.00").replace("CAD: 19.95", "CAD: 79228162514264337593543950335");
    let case = Case { book: &dear, ..ONTARIO };
    assert_eq!(
        case.refused("{lines: [{sku: MANUAL, quantity: 2}]}"),
        ["Q015 2:41 the amount is too large to be exact | makes it too large | check the quantity; ask marketing to \
             check the price"]
    );
    let dear = BOOK.replace("CAD: 9.99", "CAD: 800000.00").replace("    requires: [TELE-KIT]\n", "");
    let lines = "{sku: TELE, quantity: 1000000000}";
    let case = Case { book: &dear, ..ONTARIO };
    assert!(codes(case, &format!("{{lines: [{lines}]}}")).is_empty());
    assert_eq!(codes(case, &format!("{{lines: [{lines}, {lines}]}}")), ["Q015"]);
    assert_eq!(codes(case, &format!("{{term_months: 600, lines: [{lines}]}}")), ["Q015"]);
    assert_eq!(codes(ONTARIO, "{lines: [{sku: KM, quantity: 1000000000}]}"), Vec::<String>::new());
}

#[test]
fn everything_is_said_at_once() {
    let quote = "{currency: CAD, valid_until: 2026-01-01, discount: 90%, lines: [{sku: PMA, quantity: 1},
        {sku: HOURS, quantity: 0.1}, {sku: TELE, quantity: 1, discount: 50%}, {sku: LITE, quantity: 1}]}";
    assert_eq!(codes(ONTARIO.at("", ""), quote), ["Q013", "Q010", "Q002", "Q006", "Q012", "Q008", "Q011"]);
}
