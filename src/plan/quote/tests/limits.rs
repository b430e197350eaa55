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

/// Items of a fleet's quote, and the limits of its price book.
const FLEET: &str = "
version: '2027.1'
valid: {from: 2026-01-01, until: 2027-12-31}
currencies: [CAD]
rounding: {mode: half_up, per: line}
discounts:
  rep: {line: 10%, whole: 7.5%}
  manager: {line: 20%, whole: 15%}
tax_classes: {standard: taxed}
taxes: [{country: CA, region: 'ON', rates: [{name: HST, rate: 13%}]}]
items:
  - {sku: PM-ESSENTIAL, name: Essential, unit: vehicle, billing: monthly, tax_class: standard, prices: {CAD: 149}}
  - {sku: ROADSIDE, name: Roadside, unit: vehicle, billing: monthly, tax_class: standard, prices: {CAD: 24.50}}
  - {sku: REPORTING, name: Reporting, unit: depot, billing: monthly, tax_class: standard, prices: {CAD: 185}}
  - {sku: LABOUR, name: Labour, unit: hour, billing: usage, tax_class: standard, prices: {CAD: 138}}
  - {sku: MOBILISE, name: Mobilization, unit: fleet, billing: one_time, tax_class: standard, prices: {CAD: 2400}}
";
const ESSENTIAL: Case<'static> = Case { book: FLEET, ..ONTARIO };

#[test]
fn alternatives_by_usage_that_are_not_used_do_not_thin_discounts() {
    let group = |name: &str, chosen: &str| {
        format!(
            "{{sku: {chosen}, alternative: {name}, chosen: yes}}, {{sku: LABOUR, quantity: 300, alternative: {name}}}"
        )
    };
    let groups = [
        group("g0", "ROADSIDE, quantity: 60"),
        group("g1", "REPORTING, quantity: 8"),
        group("g2", "ROADSIDE, quantity: 50"),
    ];
    let quote = format!(
        "{{term_months: 12, discount: 1%, lines: [{{sku: PM-ESSENTIAL, quantity: 25, discount: 10%}}, {}]}}",
        groups.join(", ")
    );
    let told = ESSENTIAL.refused(&quote);
    assert!(told[0].starts_with("Q009 2:36 all discounts together, "), "{told:?}");
    assert!(
        told[0].contains(
            "% of the list price if the client takes `LABOUR` in place of `REPORTING` and `LABOUR` in place of \
             `ROADSIDE`, and uses nothing of `LABOUR`, are over the limit of 7.5% for a rep"
        ),
        "{told:?}"
    );
}

#[test]
fn without_a_term_a_limit_holds_over_every_term() {
    let quote = |months: &str| {
        format!(
            "{{discount: 5.6%, {months}lines: [{{sku: PM-ESSENTIAL, quantity: 4, discount: 10%}}, {{sku: MOBILISE, quantity: 1}}]}}"
        )
    };
    assert_eq!(
        ESSENTIAL.refused(&quote("")),
        [
            "Q009 2:19 all discounts together, 15.04% of the list price over a long term, as no `term_months` is given, are \
             over the limit of 7.5% for a rep | at most 7.5% | take the discount off the whole out, and write a percentage \
             of at most 7.5% on `PM-ESSENTIAL`, or show it meanwhile with `--draft`; only marketing can raise the limit, in \
             templates/pricebook.yaml"
        ]
    );
    assert_eq!(codes(ESSENTIAL, &quote("term_months: 12, ")), ["Q009"]);
    // The other end: over a month, what is off a one-time charge is the larger part.
    let once = "lines: [{sku: SETUP, quantity: 1, discount: 10%}, {sku: VOL, quantity: 4}]}";
    assert!(
        ONTARIO.refused(&format!("{{{once}"))[0].contains(
            "9.7316% of the list price over a term of one month, as no `term_months` is given, are over the limit of 8% for \
             a rep | at most 8% | a manager may approve up to 20%: `--approved-by \"NAME\"`; or write a percentage of at \
             most 8% on `SETUP`; or give the term (`term_months: 12` keeps to the limit), or show"
        ),
        "{:?}",
        ONTARIO.refused(&format!("{{{once}"))
    );
    assert!(codes(ONTARIO, &format!("{{term_months: 12, {once}")).is_empty());
    // An annual charge may be charged whole after a month.
    let annual = "{lines: [{sku: VOL, quantity: 40, discount: 10%}, {sku: SETUP, quantity: 1}]}";
    assert_eq!(codes(ONTARIO, annual), ["Q009"]);
}

#[test]
fn an_amount_off_the_whole_keeps_to_the_limit_in_cheaper_mixes() {
    let group = |at: usize| {
        format!(
            "{{sku: HOURS, quantity: 92, alternative: g{at}, chosen: yes}}, {{sku: LITE, quantity: 8, alternative: g{at}}}"
        )
    };
    let groups: Vec<String> = (0..10).map(group).collect();
    let quote = |amount: &str| format!("{{term_months: 12, discount: {amount}, lines: [{}]}}", groups.join(", "));
    let told = ONTARIO.refused(&quote("1000.00"));
    assert!(
        told[0].contains("if the client takes `LITE` in place of `HOURS`, ")
            && told[0].contains(" and 6 more, are over"),
        "{told:?}"
    );
    assert!(told[0].contains("write a percentage off the whole, at most `discount: 8%`"), "{told:?}");
    // 185.60 is 8% of ten cheaper alternatives, 2320.00 a month, and one cent more is over.
    assert!(codes(ONTARIO, &quote("185.60")).is_empty());
    assert_eq!(codes(ONTARIO, &quote("185.61")), ["Q009"]);
    // All of it, where the client takes less than the amount.
    assert_eq!(codes(ONTARIO, &quote("60000.00")), ["Q009"]);
}

#[test]
fn an_option_without_usage_is_a_mix_too() {
    let quote = |usage: u32| {
        format!(
            "{{term_months: 12, lines: [{{sku: KM, quantity: {usage}}}, \
             {{sku: SETUP, quantity: 1, optional: yes, discount: 9%}}, {{sku: MANUAL, quantity: 5}}]}}"
        )
    };
    for usage in [1_000, 100_000, 900_000] {
        let told = ONTARIO.refused(&quote(usage));
        assert!(told[0].contains("takes the option `SETUP`") && told[0].contains("uses nothing of `KM`"), "{told:?}");
    }
}

#[test]
fn an_amount_off_a_charge_by_usage_is_off_it_however_little_is_used() {
    // 2.00 of 42.50 is 4.7%, and all of it where the client uses that much.
    let quote = |discount: &str| {
        format!(
            "{{term_months: 12, lines: [{{sku: MANUAL, quantity: 1}}, {{sku: KM, quantity: 1000, discount: {discount}}}]}}"
        )
    };
    let told = ONTARIO.refused(&quote("2.00"));
    assert!(
        told[0].contains(
            "of the list price if the client uses `KM` for only 2.00 CAD, are over the limit of 8% for a rep"
        ),
        "{told:?}"
    );
    assert!(told[0].contains("write a percentage of at most 8% on `KM`"), "{told:?}");
    assert!(codes(ONTARIO, &quote("4.7%")).is_empty());
    // Few enough cents are within what the other lines leave.
    assert!(codes(ONTARIO, &quote("0.10")).is_empty());
}

#[test]
fn an_amount_off_the_whole_beside_usage_is_certain_or_refused() {
    let quote = |discount: &str| {
        format!(
            "{{term_months: 12, discount: {discount}, lines: [{{sku: HOURS, quantity: 10}}, {{sku: KM, quantity: 10000}}]}}"
        )
    };
    // 50.00 is 3.1% of both, and 4.3% of the certain charge; what falls on the usage is off every month of it.
    let told = ONTARIO.refused(&quote("50.00"));
    assert_eq!(
        told,
        [
            "Q021 2:36 an amount off the whole may be over the limit of 8% for a rep: the less the client uses of `KM`, the \
             larger a part of the price it is | at most 8% | a manager may approve up to 20%: `--approved-by \"NAME\"`; or \
             write a percentage off the whole, at most `discount: 8%`, or show it meanwhile with `--draft`"
        ]
    );
    assert!(codes(ONTARIO, &quote("8%")).is_empty());
    assert!(codes(ONTARIO, &quote("20.00")).is_empty());
    assert_eq!(codes(ONTARIO, &quote("100.00")), ["Q009"]);
}

#[test]
fn discounts_with_too_many_digits_are_refused_and_shown_in_a_draft() {
    let quote = |discount: &str, quantity: u32| {
        format!(
            "{{term_months: 600, discount: {discount}, lines: [{{sku: HOURS, quantity: {quantity}, discount: 1.123456789%}}]}}"
        )
    };
    let told = ONTARIO.refused(&quote("5.00", 900_000_000));
    assert_eq!(
        told,
        [
            "Q021 2:37 all discounts together may be over the limit of 8% for a rep: they have too many digits to be compared \
             exactly | at most 8% | write percentages with at most two decimals, and part a very large quote into several, \
             or show it meanwhile with `--draft`; only marketing can raise the limit, in templates/pricebook.yaml"
        ]
    );
    assert!(ONTARIO.priced(&quote("5.00", 900_000_000)).is_ok());
    assert!(codes(ONTARIO, &quote("5.00", 900)).is_empty());
    assert!(codes(ONTARIO, &quote("5.123456789%", 900_000_000)).is_empty());
}

#[test]
fn less_usage_may_cost_more_where_it_does_not_reach_a_tier() {
    let book = BOOK
        .replace("    billing: annual\n    tier_rule: whole_volume", "    billing: usage\n    tier_rule: whole_volume");
    let case = Case { book: &book, ..ONTARIO };
    // 10 visits cost 999.90 and 9 cost 1080.00: 10% of that is more than the other line leaves.
    let quote = "{lines: [{sku: VOL, quantity: 10, discount: 10%}, {sku: HOURS, quantity: 2.15}]}";
    let told = case.refused(quote);
    assert!(told[0].contains("if the client uses 9 of `VOL`, are over"), "{told:?}");
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
