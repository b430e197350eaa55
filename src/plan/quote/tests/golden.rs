//! Whole quotes in currencies with two, no and three minor digits, every figure of them.

use super::*;

const WHOLE: &str = "
  currency: CURRENCY
  start: 2027-01-15
  term_months: 30
  discount: 2.5%
  lines:
    - {sku: PM-A, quantity: 123, discount: 4%}
    - {sku: VOL, quantity: 12}
    - {sku: SETUP, quantity: 3, discount: 5%}
    - {sku: HOURS, quantity: 7.25}
    - {sku: MANUAL, quantity: 3}
    - {sku: TELE, quantity: 123, optional: yes}
    - {sku: TELE-KIT, quantity: 123, optional: yes}
";

/// Every figure, a line each.
fn figures(quote: &Quote) -> String {
    let mut said = Vec::new();
    for line in &quote.lines {
        let prices: Vec<String> = line
            .prices
            .iter()
            .map(|price| format!("{} × {} = {}", price.quantity, price.unit_price, price.amount))
            .collect();
        let counted = if line.counts() { "" } else { ", optional" };
        said.push(format!(
            "{} {}{counted}: {}; {} - {} = {}",
            line.sku,
            line.quantity,
            prices.join(" + "),
            line.list,
            line.discount,
            line.net
        ));
    }
    said.extend(sums(quote));
    let value = quote.contract_value.expect("a value");
    said.push(format!("contract {} {}, off {}", value.net, value.total, quote.effective_discount));
    said.join("\n")
}

fn of(currency: &str, country: &'static str, region: &'static str, rounding: &str) -> String {
    let book = BOOK.replace("{mode: half_up, per: line}", rounding);
    figures(&Case { book: &book, ..ONTARIO }.at(country, region).quote(&WHOLE.replace("CURRENCY", currency)))
}

#[test]
fn canadian_dollars() {
    assert_eq!(
        of("CAD", "CA", "QC", "{mode: half_up, per: total}"),
        "PM-A 123: 24 × 52.00 = 1248.00 + 75 × 49.00 = 3675.00 + 24 × 45.50 = 1092.00; 6015.00 - 240.60 = 5774.40\n\
         VOL 12: 12 × 99.99 = 1199.88; 1199.88 - 0.00 = 1199.88\n\
         SETUP 3: 3 × 1450.00 = 4350.00; 4350.00 - 217.50 = 4132.50\n\
         HOURS 7.25: 7.25 × 117.35 = 850.79; 850.79 - 0.00 = 850.79\n\
         MANUAL 3: 3 × 19.95 = 59.85; 59.85 - 0.00 = 59.85\n\
         TELE 123, optional: 123 × 9.99 = 1228.77; 1228.77 - 0.00 = 1228.77\n\
         TELE-KIT 123, optional: 123 × 89.00 = 10947.00; 10947.00 - 0.00 = 10947.00\n\
         one_time: 5260.64 - 217.50 - 126.08 = 4917.06; GST on 4858.71 = 242.94, QST on 4858.71 = 484.66; 5644.66\n\
         monthly: 6015.00 - 240.60 - 144.36 = 5630.04; GST on 5630.04 = 281.50, QST on 5630.04 = 561.60; 6473.14\n\
         annual: 1199.88 - 0.00 - 30.00 = 1169.88; GST on 1169.88 = 58.49, QST on 1169.88 = 116.70; 1345.07\n\
         contract 176742.96 203201.54, off 0.0634"
    );
}

#[test]
fn yen() {
    assert_eq!(
        of("JPY", "JP", "", "{mode: half_up, per: total}"),
        "PM-A 123: 24 × 5200 = 124800 + 75 × 4900 = 367500 + 24 × 4550 = 109200; 601500 - 24060 = 577440\n\
         VOL 12: 12 × 9999 = 119988; 119988 - 0 = 119988\n\
         SETUP 3: 3 × 145000 = 435000; 435000 - 21750 = 413250\n\
         HOURS 7.25: 7.25 × 11735 = 85079; 85079 - 0 = 85079\n\
         MANUAL 3: 3 × 1995 = 5985; 5985 - 0 = 5985\n\
         TELE 123, optional: 123 × 999 = 122877; 122877 - 0 = 122877\n\
         TELE-KIT 123, optional: 123 × 8900 = 1094700; 1094700 - 0 = 1094700\n\
         one_time: 526064 - 21750 - 12608 = 491706; 消費税 on 485871 = 48587; 540293\n\
         monthly: 601500 - 24060 - 14436 = 563004; 消費税 on 563004 = 56300; 619304\n\
         annual: 119988 - 0 - 3000 = 116988; 消費税 on 116988 = 11699; 128687\n\
         contract 17674296 19441131, off 0.0634"
    );
}

#[test]
fn kuwaiti_dinars() {
    assert_eq!(
        of("KWD", "KW", "", "{mode: half_even, per: line}"),
        "PM-A 123: 24 × 11.500 = 276.000 + 75 × 10.750 = 806.250 + 24 × 10.005 = 240.120; 1322.370 - 52.895 = 1269.475\n\
         VOL 12: 12 × 22.505 = 270.060; 270.060 - 0.000 = 270.060\n\
         SETUP 3: 3 × 330.250 = 990.750; 990.750 - 49.538 = 941.212\n\
         HOURS 7.25: 7.25 × 26.755 = 193.974; 193.974 - 0.000 = 193.974\n\
         MANUAL 3: 3 × 4.545 = 13.635; 13.635 - 0.000 = 13.635\n\
         TELE 123, optional: 123 × 2.275 = 279.825; 279.825 - 0.000 = 279.825\n\
         TELE-KIT 123, optional: 123 × 20.250 = 2490.750; 2490.750 - 0.000 = 2490.750\n\
         one_time: 1198.359 - 49.538 - 28.721 = 1120.100; VAT on 1106.806 = 55.340; 1175.440\n\
         monthly: 1322.370 - 52.895 - 31.737 = 1237.738; VAT on 1237.738 = 61.887; 1299.625\n\
         annual: 270.060 - 0.000 - 6.752 = 263.308; VAT on 263.308 = 13.165; 276.473\n\
         contract 38910.510 40855.372, off 0.0634"
    );
}
