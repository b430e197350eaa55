//! How tax authorities say that a fraction of a minor unit is rounded, and what follows for a quote. Each case names its
//! source. The amounts are ours unless the source is said to have them.

use super::*;

struct Rule {
    source: &'static str,
    currency: &'static str,
    /// `mode` and `per` of the price book.
    rounding: &'static str,
    /// `inclusive` and `rates` of the place.
    taxes: &'static str,
    /// Price and tax class of each line.
    lines: &'static [(&'static str, &'static str)],
    /// Name, base and amount of each tax.
    expected: &'static [(&'static str, &'static str, &'static str)],
}

const ON_LINES: &str = "mode: half_up, per: line";
const ON_TOTAL: &str = "mode: half_up, per: total";

const RULES: [Rule; 17] = [
    Rule {
        source: "Canada, CRA, GST/HST interpretation 125136 (2011): HST on 31.95 as one tax of 13% (amounts of the source)",
        currency: "CAD",
        rounding: ON_TOTAL,
        taxes: "rates: [{name: HST, rate: 13%}]",
        lines: &[("31.95", "a")],
        expected: &[("HST", "31.95", "4.15")],
    },
    Rule {
        source: "Canada, CRA, GST/HST interpretation 125136 (2011): the federal and provincial parts, each rounded",
        currency: "CAD",
        rounding: ON_TOTAL,
        taxes: "rates: [{name: federal, rate: 5%}, {name: provincial, rate: 8%}]",
        lines: &[("31.95", "a")],
        expected: &[("federal", "31.95", "1.60"), ("provincial", "31.95", "2.56")],
    },
    Rule {
        source: "Canada, Excise Tax Act, 165.2(2): less than half a cent is disregarded, half a cent is a cent",
        currency: "CAD",
        rounding: ON_TOTAL,
        taxes: "rates: [{name: GST, rate: 5%}]",
        lines: &[("0.49", "a"), ("0.01", "a"), ("10.20", "a")],
        expected: &[("GST", "10.70", "0.54")],
    },
    Rule {
        source: "Canada, Excise Tax Act, 165.2(1): the tax of an invoice may be reckoned on the total of its supplies",
        currency: "CAD",
        rounding: ON_TOTAL,
        taxes: "rates: [{name: GST, rate: 5%}]",
        lines: &[("0.09", "a"), ("0.09", "a"), ("0.09", "a")],
        expected: &[("GST", "0.27", "0.01")],
    },
    Rule {
        source: "Québec, Revenu Québec: QST of 9.975% on the price without GST (since 2013)",
        currency: "CAD",
        rounding: ON_TOTAL,
        taxes: "rates: [{name: GST, rate: 5%}, {name: QST, rate: 9.975%}]",
        lines: &[("100.00", "a")],
        expected: &[("GST", "100.00", "5.00"), ("QST", "100.00", "9.98")],
    },
    Rule {
        source: "Québec, Revenu Québec: until 2012, QST of 9.5% on the price with GST",
        currency: "CAD",
        rounding: ON_TOTAL,
        taxes: "rates: [{name: GST, rate: 5%}, {name: QST, rate: 9.5%, compound: true}]",
        lines: &[("100.00", "a")],
        expected: &[("GST", "100.00", "5.00"), ("QST", "105.00", "9.98")],
    },
    Rule {
        source: "United Kingdom, HMRC, VAT Notice 700, 17.5.1: reckoned by lines, each to the nearest penny",
        currency: "GBP",
        rounding: ON_LINES,
        taxes: "rates: [{name: VAT, rate: 20%}]",
        lines: &[("4.34", "a"), ("4.34", "a"), ("4.34", "a")],
        expected: &[("VAT", "13.02", "2.61")],
    },
    Rule {
        source: "United Kingdom, HMRC, VAT Notice 700, 17.5: reckoned on the invoice",
        currency: "GBP",
        rounding: ON_TOTAL,
        taxes: "rates: [{name: VAT, rate: 20%}]",
        lines: &[("4.34", "a"), ("4.34", "a"), ("4.34", "a")],
        expected: &[("VAT", "13.02", "2.60")],
    },
    Rule {
        source: "United Kingdom, HMRC, VAT fraction: of a price with 20% in it, a sixth is VAT",
        currency: "GBP",
        rounding: ON_TOTAL,
        taxes: "inclusive: true, rates: [{name: VAT, rate: 20%}]",
        lines: &[("10.00", "a")],
        expected: &[("VAT", "8.33", "1.67")],
    },
    Rule {
        source: "Germany, UStG § 14 (4) no. 7 and 8: net amounts and tax by rate; the cent is rounded by the fourth digit \
                 as is usual in commerce",
        currency: "EUR",
        rounding: ON_TOTAL,
        taxes: "rates: [{name: USt 19, rate: 19%, classes: [a]}, {name: USt 7, rate: 7%, classes: [b]}]",
        lines: &[("6.66", "a"), ("1.24", "a"), ("0.50", "b")],
        expected: &[("USt 19", "7.90", "1.50"), ("USt 7", "0.50", "0.04")],
    },
    Rule {
        source: "European Union, regulation (EC) 1103/97, article 5: half a cent goes up",
        currency: "EUR",
        rounding: ON_TOTAL,
        taxes: "rates: [{name: VAT, rate: 21%}]",
        lines: &[("0.50", "a")],
        expected: &[("VAT", "0.50", "0.11")],
    },
    Rule {
        source: "European Union, Court of Justice, C-484/06 (Ahold): states may let tax be rounded by items",
        currency: "EUR",
        rounding: ON_LINES,
        taxes: "inclusive: true, rates: [{name: BTW, rate: 19%}]",
        lines: &[("1.00", "a"), ("1.00", "a"), ("1.00", "a")],
        expected: &[("BTW", "2.52", "0.48")],
    },
    Rule {
        source: "Japan, National Tax Agency, basic circular 1-8-15: one rounding for each rate of an invoice, none by lines",
        currency: "JPY",
        rounding: ON_TOTAL,
        taxes: "rates: [{name: 10%, rate: 10%, classes: [a]}, {name: 8%, rate: 8%, classes: [b]}]",
        lines: &[("105", "a"), ("105", "a"), ("105", "a"), ("99", "b"), ("99", "b")],
        expected: &[("10%", "315", "32"), ("8%", "198", "16")],
    },
    Rule {
        source: "Australia, GST Act 1999, 9-90 (2)(a), the total invoice rule: added up unrounded, half a cent upwards",
        currency: "AUD",
        rounding: ON_TOTAL,
        taxes: "rates: [{name: GST, rate: 10%}]",
        lines: &[("1.13", "a"), ("1.11", "a"), ("1.11", "a")],
        expected: &[("GST", "3.35", "0.34")],
    },
    Rule {
        source: "Australia, GST Act 1999, 9-90 (2)(b), the taxable supply rule, with an accounting system of two decimals",
        currency: "AUD",
        rounding: ON_LINES,
        taxes: "rates: [{name: GST, rate: 10%}]",
        lines: &[("1.13", "a"), ("1.11", "a"), ("1.11", "a")],
        expected: &[("GST", "3.35", "0.33")],
    },
    Rule {
        source: "United States, Streamlined Sales and Use Tax Agreement, 324: to the third decimal, up where it is above 4, \
                 on the invoice",
        currency: "USD",
        rounding: ON_TOTAL,
        taxes: "rates: [{name: sales tax, rate: 6.5%}]",
        lines: &[("1.00", "a"), ("1.00", "a"), ("1.00", "a")],
        expected: &[("sales tax", "3.00", "0.20")],
    },
    Rule {
        source: "United States, Streamlined Sales and Use Tax Agreement, 324: by items, at the seller's choice",
        currency: "USD",
        rounding: ON_LINES,
        taxes: "rates: [{name: sales tax, rate: 6.5%}]",
        lines: &[("1.00", "a"), ("1.00", "a"), ("1.00", "a")],
        expected: &[("sales tax", "3.00", "0.21")],
    },
];

impl Rule {
    fn quote(&self) -> Quote {
        let items = self.lines.iter().enumerate().map(|(at, (price, class))| {
            let money = format!("prices: {{{}: {price}}}, tax_class: {class}", self.currency);
            format!("  - {{sku: S{at}, name: N, unit: u, billing: one_time, {money}}}\n")
        });
        let book = format!(
            "version: v\nvalid: {{from: 2026-01-01, until: 2026-12-31}}\ncurrencies: [{}]\nrounding: {{{}}}\n\
             tax_classes: {{a: taxed, b: taxed}}\ntaxes: [{{country: XX, {}}}]\nitems:\n{}",
            self.currency,
            self.rounding,
            self.taxes,
            items.collect::<String>()
        );
        let lines: Vec<String> = (0..self.lines.len()).map(|at| format!("{{sku: S{at}, quantity: 1}}")).collect();
        let case = Case { book: &book, ..ONTARIO }.at("XX", "");
        case.quote(&format!("{{currency: {}, lines: [{}]}}", self.currency, lines.join(", ")))
    }
}

#[test]
fn taxes_are_rounded_as_the_authorities_say() {
    for rule in &RULES {
        let quote = rule.quote();
        let taxes: Vec<(String, String, String)> = quote.periods[0]
            .taxes
            .iter()
            .map(|tax| (tax.name.clone(), tax.base.to_string(), tax.amount.to_string()))
            .collect();
        let expected: Vec<(String, String, String)> = rule
            .expected
            .iter()
            .map(|(name, base, amount)| (name.to_string(), base.to_string(), amount.to_string()))
            .collect();
        assert_eq!(taxes, expected, "{}", rule.source);
    }
}

#[test]
fn half_to_even_is_offered_where_a_contract_asks_for_it() {
    let round = |rounding: &'static str, price| {
        let lines: &'static [(&str, &str)] = match price {
            1 => &[("0.50", "a")],
            _ => &[("1.50", "a")],
        };
        let rule = Rule {
            source: "",
            currency: "EUR",
            rounding,
            taxes: "rates: [{name: T, rate: 21%}]",
            lines,
            expected: &[],
        };
        rule.quote().periods[0].taxes[0].amount.to_string()
    };
    // 0.105 and 0.315.
    assert_eq!(
        (round("mode: half_even, per: total", 1), round("mode: half_even, per: total", 2)),
        ("0.10".into(), "0.32".into())
    );
    assert_eq!(
        (round("mode: half_up, per: line", 1), round("mode: half_up, per: line", 2)),
        ("0.11".into(), "0.32".into())
    );
}
