//! How far discounts may go, and how many of an item, in any quote that the client may accept.

use proptest::prelude::*;

use super::*;

fn codes(case: Case<'_>, quote: &str) -> Vec<String> {
    case.refused(quote).iter().map(|told| told[..4].into()).collect()
}

#[test]
fn a_discount_at_the_limit_is_not_over_it_for_its_rounding() {
    let book = BOOK.replace("CAD: 19.95", "CAD: 24.50").replace("whole: 8%", "whole: 7.5%");
    let case = Case { book: &book, ..ONTARIO };
    // 1.8375, rounded to 1.84.
    assert!(codes(case, "{discount: 7.5%, lines: [{sku: MANUAL, quantity: 1}]}").is_empty());
    assert_eq!(codes(case, "{discount: 7.51%, lines: [{sku: MANUAL, quantity: 1}]}"), ["Q009"]);
    let book = BOOK.replace("CAD: 19.95", "CAD: 9.99").replace("whole: 8%", "whole: 10%");
    let case = Case { book: &book, ..ONTARIO };
    for quantity in 1..60 {
        let of = |part: &str| format!("{{lines: [{{sku: MANUAL, quantity: {quantity}, discount: {part}}}]}}");
        assert!(codes(case, &of("10%")).is_empty(), "{quantity}");
        assert_eq!(codes(case, &of("10.01%")), ["Q008", "Q009"], "{quantity}");
    }
    // Amounts are as typed: 116.00 is 8% of 1450.00.
    assert!(codes(ONTARIO, "{discount: 116.00, lines: [{sku: SETUP, quantity: 1}]}").is_empty());
    assert_eq!(codes(ONTARIO, "{discount: 116.01, lines: [{sku: SETUP, quantity: 1}]}"), ["Q009"]);
}

#[test]
fn what_the_client_may_choose_keeps_to_the_limit_of_the_whole() {
    let optional = "{lines: [{sku: SETUP, quantity: 1}, {sku: MANUAL, quantity: 500, discount: 10%, optional: true}]}";
    let told = ONTARIO.refused(optional);
    assert!(
        told[0].starts_with(
            "Q009 2:83 all discounts together, 8.7309% of the list price if the client takes the option `MANUAL`, are over \
             the limit of 8% for a rep"
        ),
        "{told:?}"
    );
    // An option at its full price does not thin the rest.
    let thin = "{lines: [{sku: SETUP, quantity: 1, discount: 9%}, {sku: MANUAL, quantity: 500, optional: true}]}";
    assert_eq!(codes(ONTARIO, thin), ["Q009"]);
    let of = |part: &str| {
        format!(
            "{{lines: [{{sku: PM-A, quantity: 10, alternative: care, chosen: true}}, \
             {{sku: LITE, quantity: 10, alternative: care, discount: {part}}}]}}"
        )
    };
    assert!(codes(ONTARIO, &of("8%")).is_empty());
    assert_eq!(codes(ONTARIO, &of("9%")), ["Q009"]);
    // An amount off the whole is a larger part of a cheaper alternative: 41.60 of 520.00, and of 290.00.
    let amount = "{discount: 41.60, lines: [{sku: PM-A, quantity: 10, alternative: care, chosen: true}, \
                  {sku: LITE, quantity: 10, alternative: care}]}";
    assert_eq!(codes(ONTARIO, amount), ["Q009"]);
}

#[test]
fn usage_does_not_thin_discounts() {
    let quote = "{lines: [{sku: SETUP, quantity: 1, discount: 10%}, {sku: KM, quantity: 900000}]}";
    assert_eq!(codes(ONTARIO, quote), ["Q009"]);
    let quote = "{discount: 8%, lines: [{sku: SETUP, quantity: 1}, {sku: KM, quantity: 900000}]}";
    assert!(codes(ONTARIO, quote).is_empty());
}

#[test]
fn the_most_of_an_item_holds_over_all_lines() {
    let told = ONTARIO.refused("{lines: [{sku: SETUP, quantity: 12}, {sku: SETUP, quantity: 9, optional: true}]}");
    assert!(
        told[0].contains("`SETUP` is sold up to 20: its lines together may come to 21 | at most 20 in all lines"),
        "{told:?}"
    );
    assert!(codes(ONTARIO, "{lines: [{sku: SETUP, quantity: 12}, {sku: SETUP, quantity: 8}]}").is_empty());
    let group = "{lines: [{sku: SETUP, quantity: 12, alternative: a, chosen: true}, \
                 {sku: SETUP, quantity: 20, alternative: a}]}";
    assert!(codes(ONTARIO, group).is_empty());
}

#[test]
fn a_whole_volume_tier_begins_at_its_bound() {
    let unit = "unit: {one: visit, other: visits}\n    billing: annual\n";
    let book = BOOK.replace(unit, &format!("{unit}    fractional: true\n    min_quantity: 1\n"));
    let case = Case { book: &book, ..ONTARIO };
    let list = |quantity: &str| case.quote(&format!("{{lines: [{{sku: VOL, quantity: {quantity}}}]}}")).lines[0].list;
    assert_eq!(list("9.99").to_string(), "1198.80");
    assert_eq!(list("10").to_string(), "999.90");
}

#[test]
fn a_graduated_line_in_one_tier_is_not_said_to_be_whole_volume() {
    let how = |sku: &str, quantity: u32| {
        let priced = ONTARIO.priced(&format!("{{lines: [{{sku: {sku}, quantity: {quantity}}}]}}")).expect("a price");
        priced.working.accounts[0].steps[0].how.clone()
    };
    assert_eq!(how("PM-A", 10), "10 × 52.00 (all in the first tier)");
    assert_eq!(how("PM-A", 25), "24 × 52.00 + 1 × 49.00 (each part at its tier's price)");
    assert_eq!(how("VOL", 10), "10 × 99.99 (the tier that it reaches)");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

    #[test]
    fn the_limit_itself_is_always_allowed(
        lines in proptest::collection::vec((0_usize..4, 1_u32..20, any::<bool>()), 1..6),
        term in 1_u32..60,
        on_lines in any::<bool>(),
    ) {
        let book = BOOK.replace("whole: 8%", "whole: 10%").replace("    max_quantity: 20\n", "");
        let discount = if on_lines { ", discount: 10%" } else { "" };
        let said = |(at, quantity, optional): &(usize, u32, bool)| {
            let sku = ["MANUAL", "VOL", "PM-A", "HOURS"][*at];
            format!("{{sku: {sku}, quantity: {quantity}, optional: {optional}{discount}}}")
        };
        let lines: Vec<String> = lines.iter().map(said).collect();
        let whole = if on_lines { "" } else { "discount: 10%, " };
        let quote = format!(
            "{{{whole}term_months: {term}, lines: [{{sku: MANUAL, quantity: 1{discount}}}, {}]}}", lines.join(", ")
        );
        let case = Case { book: &book, ..ONTARIO };
        prop_assert!(codes(case, &quote).is_empty(), "{quote}");
        let above = codes(case, &quote.replace("discount: 10%", "discount: 10.01%"));
        prop_assert!(above.contains(&"Q009".to_string()), "{quote}");
    }
}
