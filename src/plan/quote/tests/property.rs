//! What holds of every quote.

use std::sync::OnceLock;

use proptest::prelude::*;
use proptest::sample::select;
use rust_decimal::Decimal;

use super::*;
use crate::intake::request::{Discount, Placed, RequestLine, Wanted};
use crate::plan::quote::exact::{settle, share};

/// Price books that round in each way.
fn books() -> &'static [PriceBook] {
    static BOOKS: OnceLock<Vec<PriceBook>> = OnceLock::new();
    BOOKS.get_or_init(|| {
        let ways = ["half_up, per: line", "half_up, per: total", "half_even, per: line", "half_even, per: total"];
        // Limits and companions are looked at elsewhere.
        let open = BOOK
            .replace("line: 10%, whole: 8%", "line: 100%, whole: 100%")
            .replace("    requires: [TELE-KIT]\n", "")
            .replace("    excludes: [PM-A, TELE]\n", "");
        ways.map(|way| book(&open.replace("half_up, per: line", way))).into()
    })
}

fn placed<T>(value: T) -> Placed<T> {
    Placed { value, place: None }
}

fn discount() -> impl Strategy<Value = Option<Discount>> {
    prop_oneof![
        2 => Just(None),
        2 => (0_i64..=1000).prop_map(|tenths| Some(Discount::Part(Decimal::new(tenths, 3)))),
        1 => (0_i64..=4).prop_map(|units| Some(Discount::Amount(Decimal::from(units)))),
    ]
}

fn line() -> impl Strategy<Value = RequestLine> {
    let skus: &'static [&'static str] =
        &["PM-A", "VOL", "SETUP", "HOURS", "KM", "MANUAL", "TELE", "TELE-KIT", "PACK", "LITE", "WINTER"];
    let wanted = prop_oneof![5 => Just(Wanted::Included), 1 => Just(Wanted::Optional)];
    (select(skus), 1_i64..20, 0_i64..100_000, discount(), wanted).prop_map(|(sku, few, many, discount, standing)| {
        let quantity = match sku {
            "SETUP" => Decimal::from(few),
            "HOURS" => Decimal::new(many + 500, 3),
            "KM" => Decimal::new(many + 100, 2),
            _ => Decimal::from(if many % 3 == 0 { many + 1 } else { few }),
        };
        let discount = discount.filter(|discount| sku != "KM" || matches!(discount, Discount::Part(_)));
        RequestLine {
            sku: placed(sku.to_string()),
            quantity: placed(quantity),
            discount: discount.map(placed),
            standing,
            note: None,
        }
    })
}

fn quote() -> impl Strategy<Value = QuoteRequest> {
    let term = prop_oneof![Just(None), (1_u32..=60).prop_map(Some)];
    let currency = select(&["CAD", "JPY", "KWD"][..]);
    (proptest::collection::vec(line(), 1..9), discount(), term, currency).prop_map(
        |(lines, discount, term, currency)| {
            QuoteRequest {
                currency: Some(placed(currency.to_string())),
                valid_until: None,
                start: None,
                term_months: term,
                note: None,
                // An amount may be more than small quotes cost.
                discount: discount.filter(|discount| matches!(discount, Discount::Part(_))).map(placed),
                lines,
            }
        },
    )
}

fn priced(request: &QuoteRequest, book: &PriceBook, (country, region): (&str, &str)) -> Checked<Reckoned> {
    let locale = Locale::new("en-CA").expect("a locale");
    let terms = Terms {
        days: UsageDays::on("2026-11-25".parse().expect("a day")),
        country: Some(country),
        region: Some(region),
        currency: "CAD",
        language: "en",
        locale: &locale,
        approved_by: None,
    };
    price(request, book, &terms)
}

fn place() -> impl Strategy<Value = (&'static str, &'static str)> {
    select(&[("CA", "ON"), ("CA", "QC"), ("CA", "OLD"), ("GB", ""), ("US", ""), ("JP", "")][..])
}

fn total(amounts: impl Iterator<Item = Decimal>) -> Decimal {
    amounts.sum()
}

/// What does not depend on the order of lines.
fn figures(quote: &Quote) -> (Vec<Period>, Option<ContractValue>, Decimal) {
    (quote.periods.clone(), quote.contract_value, quote.effective_discount)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn lines_and_taxes_less_discounts_are_the_total(request in quote(), place in place(), way in 0_usize..4) {
        let reckoned = priced(&request, &books()[way], place);
        prop_assume!(reckoned.is_ok());
        let quote = reckoned.expect("a price").quote;
        let digits = crate::library::pricebook::minor_digits(quote.currency);
        for line in &quote.lines {
            prop_assert_eq!(total(line.prices.iter().map(|price| price.amount)), line.list);
            prop_assert_eq!(total(line.prices.iter().map(|price| price.quantity)), line.quantity);
            prop_assert_eq!(line.list - line.discount, line.net);
            prop_assert!(line.net >= Decimal::ZERO);
        }
        for period in &quote.periods {
            let of = |amount: fn(&Line) -> Decimal| {
                total(quote.lines.iter().filter(|line| line.counts() && line.billing == period.billing).map(amount))
            };
            prop_assert_eq!(of(|line| line.list), period.list);
            prop_assert_eq!(of(|line| line.discount), period.line_discounts);
            prop_assert_eq!(period.list - period.line_discounts - period.discount, period.net);
            let taxes = total(period.taxes.iter().map(|tax| tax.amount));
            let added = if quote.tax_inclusive { Decimal::ZERO } else { taxes };
            prop_assert_eq!(period.net + added, period.total);
            prop_assert!(period.net >= Decimal::ZERO);
            for tax in &period.taxes {
                prop_assert!(tax.base <= period.total);
                // Never further from its base than rounding each line can take it.
                let off = (tax.base * tax.rate - tax.amount).abs();
                let lines = Decimal::from(quote.lines.len() as u64 + 1);
                prop_assert!(off <= lines * Decimal::new(1, digits), "{tax:?}");
            }
            let amounts = [period.list, period.line_discounts, period.discount, period.net, period.total];
            let all = amounts.into_iter().chain(period.taxes.iter().flat_map(|tax| [tax.base, tax.amount]));
            for amount in all {
                prop_assert_eq!(amount.scale(), digits, "{}", amount);
            }
        }
        prop_assert!(quote.effective_discount >= Decimal::ZERO && quote.effective_discount <= Decimal::ONE);
    }

    #[test]
    fn the_order_of_lines_never_matters(
        (request, shuffled) in quote().prop_flat_map(|request| {
            let shuffled = Just(request.lines.clone()).prop_shuffle();
            (Just(request), shuffled)
        }),
        place in place(),
        way in 0_usize..4,
    ) {
        let other = QuoteRequest { lines: shuffled, ..request.clone() };
        match (priced(&request, &books()[way], place), priced(&other, &books()[way], place)) {
            (Ok(one), Ok(other)) => prop_assert_eq!(figures(&one.quote), figures(&other.quote)),
            (Err(_), Err(_)) => {}
            _ => prop_assert!(false, "one order has a price and another has none"),
        }
    }

    #[test]
    fn plain_prices_grow_as_quantities_do(few in 1_i64..1000, times in 2_i64..1000, sku in select(&["MANUAL", "TELE", "PACK"][..])) {
        let of = |quantity: i64| {
            let lines = vec![RequestLine {
                sku: placed(sku.to_string()),
                quantity: placed(Decimal::from(quantity)),
                discount: None,
                standing: Wanted::Included,
                note: None,
            }];
            let request = QuoteRequest {
                currency: None, valid_until: None, start: None, term_months: None, note: None, discount: None, lines,
            };
            priced(&request, &books()[0], ("US", "")).expect("a price").quote.periods.swap_remove(0).total
        };
        prop_assert_eq!(of(few) * Decimal::from(times), of(few * times));
    }

    #[test]
    fn more_never_costs_less_in_graduated_tiers(few in 1_i64..300, more in 1_i64..300) {
        let list = |quantity: i64| {
            let item = books()[0].item("PM-A").expect("an item");
            let parts = item.parts(Decimal::from(quantity), Currency::CAD).expect("parts");
            total(parts.iter().map(|part| part.quantity * part.unit_price))
        };
        prop_assert!(list(few + more) > list(few));
    }

    #[test]
    fn shares_are_the_whole(whole in 0_u64.., weights in proptest::collection::vec(0_u32.., 1..40), digits in 0_u32..4) {
        let decimal = |units: u64| Decimal::try_from_i128_with_scale(units.into(), digits).expect("few digits");
        let whole = decimal(whole % 1_000_000_000_000_000);
        let parts: Vec<Decimal> = weights.iter().map(|weight| decimal((*weight).into())).collect();
        let all = total(parts.iter().copied());
        match share(whole, &parts, digits) {
            Some(shares) => {
                prop_assert_eq!(total(shares.iter().copied()), whole);
                for (share, part) in shares.iter().zip(&parts) {
                    let exact = if all.is_zero() { Decimal::ZERO } else { whole * (part / all) };
                    prop_assert!((*share - exact).abs() < Decimal::new(1001, digits + 3), "{share} {exact}");
                }
            }
            None => prop_assert!(all.is_zero() && !whole.is_zero()),
        }
    }

    #[test]
    fn settled_parts_are_the_rounded_sum(parts in proptest::collection::vec(0_u32.., 1..40), digits in 0_u32..4) {
        let parts: Vec<Decimal> = parts.iter().map(|part| Decimal::new((*part).into(), digits + 3)).collect();
        let whole = total(parts.iter().copied()).round_dp(digits);
        let settled = settle(whole, &parts, digits).expect("they add up");
        prop_assert_eq!(total(settled.iter().copied()), whole);
    }

    #[test]
    fn no_quantity_or_discount_breaks_the_reckoning(
        quantity in 1_i64..=1_000_000_000,
        part in 0_i64..=1_000_000,
        amount in 0_i64..,
        term in 1_u32..=600,
        sku in select(&["PM-A", "VOL", "HOURS", "KM", "TELE"][..]),
    ) {
        let line = |discount| RequestLine {
            sku: placed(sku.to_string()),
            quantity: placed(Decimal::from(quantity)),
            discount: Some(placed(discount)),
            standing: Wanted::Included,
            note: None,
        };
        let request = QuoteRequest {
            currency: None, valid_until: None, start: None, term_months: Some(term), note: None,
            discount: Some(placed(Discount::Part(Decimal::new(part, 6)))),
            lines: vec![line(Discount::Part(Decimal::new(part, 6))), line(Discount::Amount(Decimal::new(amount, 2)))],
        };
        if let Err(problems) = priced(&request, &books()[1], ("CA", "OLD")) {
            prop_assert!(!problems.0.is_empty());
        }
    }
}
