//! In: an item and the currencies of its book. Out: prices that are missing, in excess, or none.

use std::ops::Range;

use super::{LARGEST_PRICE, Money};
use crate::library::checks::Faults;
use crate::library::pricebook::{Amount, Item};
use crate::library::read::listed;
use crate::source::{InOrder, Spanned};

/// No price is finer, digits after the point.
const FINEST: u32 = 8;

pub(super) fn check(faults: &mut Faults, item: &Item, money: &[Money]) {
    let sku = &item.sku;
    let fault = match (&item.prices, item.tiers.is_empty(), &item.tier_rule) {
        (Some(_), false, _) => Some(("has both prices and tiers", "keep `prices:` or `tiers:`")),
        (None, true, _) => Some(("has no price", "add `prices:` with a price for each currency of the book")),
        (None, false, None) => Some((
            "does not say how its tiers count",
            "add `tier_rule: graduated` (each part at its own tier's price) or `tier_rule: whole_volume` (all at the price of the tier reached)",
        )),
        (Some(_), true, Some(_)) => {
            Some(("says how tiers count but has none", "take `tier_rule:` out, or add `tiers:`"))
        }
        _ => None,
    };
    if let Some((what, help)) = fault {
        faults.add("M004", &sku.span, format!("`{}` {what}", sku.value), "this item", help);
    }
    if let Some(prices) = &item.prices {
        of_group(faults, item, prices, &sku.value, money);
    }
    for tier in &item.tiers {
        of_group(faults, item, &tier.prices, &format!("{} from {}", sku.value, tier.from.0), money);
    }
}

/// One price for each currency of the book, and no other.
fn of_group(faults: &mut Faults, item: &Item, prices: &Spanned<InOrder<Spanned<Amount>>>, of: &str, money: &[Money]) {
    for (code, price) in &prices.0 {
        match money.iter().find(|(known, _)| *known == code.value) {
            Some((_, digits)) => one(faults, item, price, &code.value, *digits),
            None => {
                let codes: Vec<&str> = money.iter().map(|(code, _)| *code).collect();
                let message = format!("`{of}` has a price in `{}`, which is no currency of this book", code.value);
                let help = format!("the book has {}: add it to `currencies:`, or take it out", listed(&codes));
                faults.add("M005", &code.span, message, "not in `currencies:`", help);
            }
        }
    }
    let missing: Vec<&str> = money
        .iter()
        .map(|(code, _)| *code)
        .filter(|code| !prices.0.iter().any(|(known, _)| known.value == *code))
        .collect();
    if !missing.is_empty() {
        let span = prices.0.first().map_or(&item.sku.span, |(code, _)| &code.span);
        let message = format!("`{of}` has no price in {}", missing.join(", "));
        faults.add("M005", span, message, "these prices", "add a price for each currency in `currencies:`");
    }
}

fn one(faults: &mut Faults, item: &Item, price: &Spanned<Amount>, code: &str, digits: u32) {
    let number = price.value.0;
    let mut add = |message: String, label: &str, help: String| {
        let span: &Range<usize> = &price.span;
        faults.add("M006", span, message, label, help);
    };
    if number.is_sign_negative() && !number.is_zero() {
        let message = format!("the price of `{}` is below zero", item.sku.value);
        add(message, "negative", "write 0 or more; what is taken off is a discount in the quote".into());
    } else if number > LARGEST_PRICE {
        let message = format!("the price of `{}` is above {LARGEST_PRICE}", item.sku.value);
        add(message, "too large", "mend the price; it may have digits too many".into());
    }
    let most = if item.fine_prices { FINEST } else { digits };
    let has = number.normalize().scale();
    if has > most {
        let message =
            format!("the price of `{}` has {has} digits after the point, but {code} has {digits}", item.sku.value);
        let help = if item.fine_prices {
            format!("write at most {FINEST} digits after the point")
        } else {
            "round it, or say `fine_prices: true` where one unit costs a part of the smallest coin".into()
        };
        add(message, "too fine", help);
    }
}

#[cfg(test)]
mod tests {
    use rust_decimal::Decimal;

    use super::*;

    #[test]
    fn the_largest_price_is_a_million_millions() {
        assert_eq!(LARGEST_PRICE, Decimal::from(1_000_000_000_000_u64));
    }
}
