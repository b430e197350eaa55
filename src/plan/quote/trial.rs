//! In: nothing. Out: a [`Quote`] that nobody asked for, with which marketing's sections are tried before a release.

use iso_currency::Currency;
use rust_decimal::Decimal;

use super::{Billing, ContractValue, Line, Period, Price, Quote, Standing};

/// One line that counts and one that the client may add, each of one unit a month.
pub fn quote(currency: Currency) -> Quote {
    let one = Decimal::ONE;
    let line = |standing| Line {
        sku: "EXAMPLE".into(),
        name: "Example".into(),
        description: None,
        billing: Billing::Monthly,
        quantity: one,
        unit: String::new(),
        units: String::new(),
        standing,
        prices: vec![Price { quantity: one, unit_price: one, amount: one }],
        list: one,
        discount: Decimal::ZERO,
        net: one,
        note: None,
    };
    Quote {
        currency,
        valid_until: None,
        start: None,
        term_months: Some(1),
        note: None,
        lines: vec![line(Standing::Included), line(Standing::Optional)],
        periods: vec![Period {
            billing: Billing::Monthly,
            list: one,
            line_discounts: Decimal::ZERO,
            discount: Decimal::ZERO,
            net: one,
            taxes: Vec::new(),
            total: one,
        }],
        contract_value: Some(ContractValue { net: one, total: one }),
        effective_discount: Decimal::ZERO,
        tax_inclusive: false,
    }
}
