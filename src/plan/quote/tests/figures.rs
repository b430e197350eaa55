//! Each figure of a quote by itself.

use super::*;

fn line(quote: &str) -> Line {
    ONTARIO.quote(&format!("{{lines: [{quote}]}}")).lines.swap_remove(0)
}

fn prices(line: &Line) -> String {
    let said = |price: &Price| format!("{} × {} = {}", price.quantity, price.unit_price, price.amount);
    line.prices.iter().map(said).collect::<Vec<_>>().join(", ")
}

#[test]
fn graduated_tiers_price_each_part_by_itself() {
    assert_eq!(prices(&line("{sku: PM-A, quantity: 24}")), "24 × 52.00 = 1248.00");
    assert_eq!(prices(&line("{sku: PM-A, quantity: 25}")), "24 × 52.00 = 1248.00, 1 × 49.00 = 49.00");
    let line = line("{sku: PM-A, quantity: 150}");
    assert_eq!(prices(&line), "24 × 52.00 = 1248.00, 75 × 49.00 = 3675.00, 51 × 45.50 = 2320.50");
    assert_eq!(line.list.to_string(), "7243.50");
}

#[test]
fn a_whole_volume_has_the_price_of_the_tier_that_it_reaches() {
    assert_eq!(prices(&line("{sku: VOL, quantity: 9}")), "9 × 120.00 = 1080.00");
    assert_eq!(prices(&line("{sku: VOL, quantity: 10}")), "10 × 99.99 = 999.90");
}

#[test]
fn lines_have_words_for_their_number() {
    let words = |line: Line| (line.name, line.unit, line.units);
    let said = |name: &str, unit: &str, units: &str| (name.to_string(), unit.to_string(), units.to_string());
    assert_eq!(words(line("{sku: PM-A, quantity: 1}")), said("Planned maintenance", "vehicle", "vehicle"));
    assert_eq!(words(line("{sku: PM-A, quantity: 2}")), said("Planned maintenance", "vehicle", "vehicles"));
    assert_eq!(words(line("{sku: HOURS, quantity: 1.5}")), said("Repair", "hour", "hours"));
    let french = Case { language: "fr", ..ONTARIO.at("CA", "QC") }.quote("{lines: [{sku: PM-A, quantity: 2}]}");
    assert_eq!(words(french.lines[0].clone()), said("Entretien planifié", "véhicule", "véhicule"));
    assert_eq!(french.periods[0].taxes[0].name, "TPS");
}

#[test]
fn discounts_are_taken_off_lines_and_off_the_whole() {
    let quote = ONTARIO.quote(
        "{discount: 3%, lines: [{sku: PM-A, quantity: 10, discount: 5%}, {sku: SETUP, quantity: 1, discount: 45.5}]}",
    );
    assert_eq!(
        sums(&quote),
        [
            "one_time: 1450.00 - 45.50 - 42.14 = 1362.36; HST on 1362.36 = 177.11; 1539.47",
            "monthly: 520.00 - 26.00 - 14.82 = 479.18; HST on 479.18 = 62.29; 541.47",
        ]
    );
    // 128.46 of 1970.00 on one of each charge.
    assert_eq!(quote.effective_discount.to_string(), "0.0652");
}

#[test]
fn an_amount_off_the_whole_is_shared_without_losing_a_cent() {
    let quote = ONTARIO.quote(
        "{discount: 100.00, lines: [{sku: PM-A, quantity: 10}, {sku: SETUP, quantity: 1}, {sku: VOL, quantity: 1}]}",
    );
    assert_eq!(
        sums(&quote),
        [
            "one_time: 1450.00 - 0.00 - 69.38 = 1380.62; HST on 1380.62 = 179.48; 1560.10",
            "monthly: 520.00 - 0.00 - 24.88 = 495.12; HST on 495.12 = 64.37; 559.49",
            "annual: 120.00 - 0.00 - 5.74 = 114.26; HST on 114.26 = 14.85; 129.11",
        ]
    );
}

#[test]
fn optional_lines_and_alternatives_count_only_when_chosen() {
    let quote = ONTARIO.quote(
        "{lines: [{sku: SETUP, quantity: 1}, {sku: WINTER, quantity: 9, optional: yes},
          {sku: PM-A, quantity: 1, alternative: care, chosen: yes}, {sku: LITE, quantity: 1, alternative: care}]}",
    );
    assert_eq!(
        sums(&quote),
        [
            "one_time: 1450.00 - 0.00 - 0.00 = 1450.00; HST on 1450.00 = 188.50; 1638.50",
            "monthly: 52.00 - 0.00 - 0.00 = 52.00; HST on 52.00 = 6.76; 58.76",
        ]
    );
    assert_eq!(quote.lines[1].net.to_string(), "711.00");
    let optional = ONTARIO.quote("{lines: [{sku: SETUP, quantity: 1, optional: yes}]}");
    assert_eq!((optional.periods.len(), optional.contract_value), (0, None));
}

#[test]
fn the_contract_is_worth_each_charge_as_often_as_it_comes() {
    let lines = "lines: [{sku: PM-A, quantity: 10}, {sku: SETUP, quantity: 1}, {sku: VOL, quantity: 1}]";
    let of = |quote: &str| value(&ONTARIO.quote(quote));
    let both = |net: &str, total: &str| Some((net.to_string(), total.to_string()));
    assert_eq!(of(&format!("{{term_months: 36, {lines}}}")), both("20530.00", "23198.90"));
    // A year and a half of an annual charge.
    assert_eq!(of(&format!("{{term_months: 18, {lines}}}")), both("10990.00", "12418.70"));
    assert_eq!(of(&format!("{{{lines}}}")), None);
    assert_eq!(of("{lines: [{sku: SETUP, quantity: 1}]}"), both("1450.00", "1638.50"));
    assert_eq!(of("{term_months: 12, lines: [{sku: KM, quantity: 1000}]}"), None);
}

#[test]
fn fine_prices_are_rounded_once_a_line() {
    let line = line("{sku: KM, quantity: 1234.5}");
    // 52.46625
    assert_eq!((prices(&line).as_str(), line.list.to_string().as_str()), ("1234.5 × 0.0425 = 52.47", "52.47"));
}

#[test]
fn the_effective_discount_weighs_by_the_term() {
    let quote = "lines: [{sku: PM-A, quantity: 10, discount: 10%}, {sku: SETUP, quantity: 1}]";
    let part = |term: &str| Case { approved_by: Some("Kim"), ..ONTARIO }.quote(&format!("{{{term}{quote}}}"));
    assert_eq!(part("").effective_discount.to_string(), "0.0264");
    assert_eq!(part("term_months: 24, ").effective_discount.to_string(), "0.0896");
}

#[test]
fn taxes_are_added_side_by_side_or_on_one_another() {
    let quebec = ONTARIO.at("CA", "QC").quote("{lines: [{sku: SETUP, quantity: 1}]}");
    assert_eq!(
        sums(&quebec),
        ["one_time: 1450.00 - 0.00 - 0.00 = 1450.00; GST on 1450.00 = 72.50, QST on 1450.00 = 144.64; 1667.14"]
    );
    let old = ONTARIO.at("CA", "OLD").quote("{lines: [{sku: TELE-KIT, quantity: 3}, {sku: SETUP, quantity: 1}]}");
    assert_eq!(
        sums(&old),
        ["one_time: 1717.00 - 0.00 - 0.00 = 1717.00; GST on 1717.00 = 85.85, PST on 280.35 = 28.04; 1830.89"]
    );
}

#[test]
fn taxes_in_the_price_are_taken_out_of_it() {
    let quote = ONTARIO
        .at("GB", "")
        .quote("{lines: [{sku: TELE-KIT, quantity: 1}, {sku: SETUP, quantity: 1}, {sku: MANUAL, quantity: 1}]}");
    assert!(quote.tax_inclusive);
    // 89.00 / 1.20 = 74.17; 1450.00 / 1.05 = 1380.95; nothing on the manual.
    assert_eq!(
        sums(&quote),
        ["one_time: 1558.95 - 0.00 - 0.00 = 1558.95; VAT on 74.17 = 14.83, VAT on 1380.95 = 69.05; 1558.95"]
    );
    let value = quote.contract_value.expect("a value");
    assert_eq!(value.net, value.total);
}

#[test]
fn where_nothing_is_taxed_nothing_is_added() {
    let quote = ONTARIO.at("US", "").quote("{lines: [{sku: SETUP, quantity: 1}]}");
    assert_eq!(sums(&quote), ["one_time: 1450.00 - 0.00 - 0.00 = 1450.00; ; 1450.00"]);
    let untaxed = BOOK.replace("tax_classes: {standard: taxed, labour: taxed, books: zero_rated}", "");
    let quote = Case { book: &untaxed, ..ONTARIO }.at("", "").quote("{lines: [{sku: SETUP, quantity: 1}]}");
    assert_eq!(quote.periods[0].total.to_string(), "1450.00");
}

#[test]
fn zero_rated_items_are_in_no_base() {
    let quote = ONTARIO.quote("{discount: 5.00, lines: [{sku: MANUAL, quantity: 2}, {sku: HOURS, quantity: 1.5}]}");
    // The discount is shared over both: 0.92 and 4.08.
    assert_eq!(sums(&quote), ["one_time: 215.93 - 0.00 - 5.00 = 210.93; HST on 171.95 = 22.35; 233.28"]);
}

#[test]
fn the_working_says_how_each_figure_came_to_be() {
    let reckoned = ONTARIO
        .priced("{term_months: 12, discount: 20.00, lines: [{sku: PM-A, quantity: 30, discount: 2.5%}, {sku: KM, quantity: 3.5, optional: yes}]}")
        .expect("a price");
    let said: Vec<String> = reckoned
        .working
        .accounts
        .iter()
        .flat_map(|account| {
            let step = |step: &working::Step| format!("{} {}: {}", step.figure, step.amount, step.how);
            std::iter::once(account.of.clone()).chain(account.steps.iter().map(step))
        })
        .collect();
    assert_eq!(
        said,
        [
            "line 1: PM-A, Planned maintenance",
            "list 1542.00: 24 × 52.00 + 6 × 49.00 (each part at its tier's price)",
            "discount 38.55: 2.5% of 1542.00",
            "net 1503.45: 1542.00 − 38.55",
            "line 2: KM, Towing",
            "list 0.15: 3.5 × 0.0425 = 0.14875, rounded half up",
            "net 0.15: 0.15 − 0.00",
            "counted 0.00: the client may add it: in no sum",
            "monthly",
            "list 1542.00: 1542.00",
            "discounts of lines 38.55: 38.55",
            "discount 20.00: 20.00 off the whole, as typed",
            "net 1483.45: 1542.00 − 38.55 − 20.00",
            "HST 192.85: 13% of 1483.45 = 192.8485, rounded half up",
            "total 1676.30: net and taxes",
            "the whole",
            "contract value, net 17801.40: 1483.45 × 12 months",
            "contract value with taxes 20115.60: 1676.30 × 12 months",
            "effective discount 0.0380: 702.6 of 18504 over the term: 3.8%",
        ]
    );
}
