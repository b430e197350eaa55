//! In: an item with tiers. Out: where they leave a gap, overlap, do not rise, or never count.

use rust_decimal::Decimal;

use super::LARGEST_QUANTITY;
use crate::library::checks::Faults;
use crate::library::pricebook::{Amount, Item, Tier};
use crate::source::Spanned;

pub(super) fn check(faults: &mut Faults, item: &Item) {
    let Some(first) = item.tiers.first() else { return };
    for tier in &item.tiers {
        bounds(faults, item, tier);
    }
    let least = item.least().unwrap_or(Decimal::ZERO);
    if first.from.0 != least {
        let message =
            format!("the first tier of `{}` begins at {}, but {least} may be ordered", item.sku.value, first.from.0);
        let message = if first.from.0 > least {
            message
        } else {
            format!(
                "the first tier of `{}` begins at {}, but at least {least} must be ordered",
                item.sku.value, first.from.0
            )
        };
        add(faults, &first.from, message, "not the least quantity", &format!("write `from: {least}`"));
    }
    for pair in item.tiers.windows(2) {
        let [before, after] = pair else { continue };
        joined(faults, item, before, after);
    }
    if let Some(last) = item.tiers.last() {
        top(faults, item, last);
    }
}

fn add(faults: &mut Faults, at: &Spanned<Amount>, message: String, label: &str, help: &str) {
    faults.add("M003", &at.span, message, label, help);
}

/// The bounds of one tier are quantities of the item, in order.
fn bounds(faults: &mut Faults, item: &Item, tier: &Tier) {
    for bound in [Some(&tier.from), tier.below.as_ref()].into_iter().flatten() {
        let whole = item.fractional || bound.0.fract().is_zero();
        if !whole {
            let message =
                format!("a tier of `{}` is bounded by {}, but it is sold in whole units", item.sku.value, bound.0);
            add(faults, bound, message, "not a whole number", "write a whole number, or `fractional: true`");
        } else if bound.is_sign_negative() || bound.0 > LARGEST_QUANTITY {
            let message = format!("a tier of `{}` is bounded by {}", item.sku.value, bound.0);
            add(faults, bound, message, "not a quantity", &format!("write a number from 0 to {LARGEST_QUANTITY}"));
        }
    }
    if let Some(below) = tier.below.as_ref().filter(|below| below.0 <= tier.from.0) {
        let message =
            format!("a tier of `{}` is from {} and below {}: nothing is in it", item.sku.value, tier.from.0, below.0);
        add(faults, below, message, "not above `from`", "raise `below:`, or take it out");
    }
}

/// One tier ends where the next begins.
fn joined(faults: &mut Faults, item: &Item, before: &Tier, after: &Tier) {
    let sku = &item.sku.value;
    let (from, next) = (before.from.0, after.from.0);
    if next <= from {
        let message = format!("the tiers of `{sku}` do not rise: {next} after {from}");
        add(faults, &after.from, message, "too small", "order the tiers from small to large, each once");
        return;
    }
    let Some(below) = &before.below else { return };
    let help = format!("write `below: {next}`, or leave `below:` out");
    if below.0 < next {
        let message = format!("the tiers of `{sku}` leave a gap: {} is in none", below.0);
        add(faults, below, message, "ends before the next begins", &help);
    } else if below.0 > next {
        let message = format!("the tiers of `{sku}` overlap: {next} is in two");
        add(faults, below, message, "ends after the next begins", &help);
    }
}

/// The last tier reaches as far as may be ordered.
fn top(faults: &mut Faults, item: &Item, last: &Tier) {
    let sku = &item.sku.value;
    let most = item.most();
    if let Some(below) = last.below.as_ref().filter(|below| most.is_none_or(|most| most >= below.0)) {
        let message = format!("the tiers of `{sku}` end: {} has no price", below.0);
        add(faults, below, message, "the last tier", "leave `below:` out, or give the item a `max_quantity:` below it");
    }
    if let Some(most) = most.filter(|most| last.from.0 > *most) {
        let message = format!("a tier of `{sku}` begins at {}, but at most {most} may be ordered", last.from.0);
        add(faults, &last.from, message, "never reached", "take the tier out, or raise `max_quantity:`");
    }
}
