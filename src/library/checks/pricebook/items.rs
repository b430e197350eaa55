//! In: the items of a price book. Out: what is wrong in each by itself: sku, quantities, days, tax class.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::{LARGEST_QUANTITY, LONGEST_ID, Money, prices, tiers};
use crate::diagnostic::suggest;
use crate::library::checks::Faults;
use crate::library::pricebook::{Amount, Item, PriceBook};
use crate::library::read::listed;
use crate::source::Spanned;

pub(super) fn check(faults: &mut Faults, book: &PriceBook, money: &[Money]) {
    if book.items.is_empty() {
        let top = faults.top();
        faults.add("M002", &top, "the price book has no items", "in this file", "add at least one under `items:`");
    }
    skus(faults, &book.items);
    for item in &book.items {
        quantities(faults, item);
        days(faults, item, book);
        tax_class(faults, item, book);
        prices::check(faults, item, money);
        tiers::check(faults, item);
    }
}

/// A sku that differs from another by capitals alone would be mistaken for it.
fn skus(faults: &mut Faults, items: &[Item]) {
    let mut seen: BTreeMap<String, &str> = BTreeMap::new();
    for Item { sku, .. } in items {
        let folded = sku.to_lowercase();
        if !is_sku(sku) {
            let message = format!("`{}` cannot be a sku", sku.value);
            let help = format!("use letters, digits and `- _ . /`, from a letter or digit on, at most {LONGEST_ID}");
            faults.add("M002", &sku.span, message, "not a sku", help);
        } else if let Some(other) = seen.get(&folded) {
            let message = if *other == sku.value {
                format!("two items have the sku `{other}`")
            } else {
                format!("the skus `{other}` and `{}` differ by capitals alone", sku.value)
            };
            faults.add("M002", &sku.span, message, "the second one", "give each item a sku of its own");
        }
        seen.entry(folded).or_insert(&sku.value);
    }
}

fn is_sku(sku: &str) -> bool {
    sku.len() <= LONGEST_ID
        && sku.starts_with(|c: char| c.is_ascii_alphanumeric())
        && sku.chars().all(|c| c.is_ascii_alphanumeric() || "-_./".contains(c))
}

fn quantities(faults: &mut Faults, item: &Item) {
    for (what, quantity) in [("least", &item.min_quantity), ("most", &item.max_quantity)] {
        if let Some(quantity) = quantity {
            let what = format!("the {what} quantity of `{}`", item.sku.value);
            quantity_of(faults, &what, quantity, item.fractional);
        }
    }
    if let (Some(least), Some(most)) = (item.least(), &item.max_quantity)
        && most.0 < least
    {
        let message = format!("at least {least} of `{}` must be ordered, and at most {}", item.sku.value, most.0);
        faults.add("M012", &most.span, message, "below the least", "raise it, or lower `min_quantity:`");
    }
}

/// Refuses a quantity that nobody can order.
pub(super) fn quantity_of(faults: &mut Faults, what: &str, quantity: &Spanned<Amount>, fractional: bool) {
    let number = quantity.0.normalize();
    if number <= Decimal::ZERO || number > LARGEST_QUANTITY {
        let help = format!("write a number above 0, at most {LARGEST_QUANTITY}");
        faults.add("M012", &quantity.span, format!("{what} is {number}"), "not a quantity", help);
    } else if !fractional && !number.fract().is_zero() {
        let message = format!("{what} is {number}, but it is sold in whole units");
        faults.add(
            "M012",
            &quantity.span,
            message,
            "not a whole number",
            "write a whole number, or `fractional: true`",
        );
    }
}

fn days(faults: &mut Faults, item: &Item, book: &PriceBook) {
    let Some(available) = &item.available else { return };
    faults.availability(Some(&available.value), &available.span);
    let never = available.from.is_some_and(|from| from > book.valid.until)
        || available.until.is_some_and(|until| until < book.valid.from);
    if never {
        let message = format!("`{}` is available on none of the days on which the price book is valid", item.sku.value);
        let help = format!(
            "the book is valid from {} until {}: mend the days, or take the item out",
            book.valid.from, book.valid.until
        );
        faults.add("M010", &available.span, message, "never sold", help);
    }
}

fn tax_class(faults: &mut Faults, item: &Item, book: &PriceBook) {
    let classes: Vec<&str> = book.tax_classes.0.iter().map(|(class, _)| class.value.as_str()).collect();
    match &item.tax_class {
        Some(class) if !classes.contains(&class.value.as_str()) => {
            let label = match suggest(class, classes.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "no such class".to_string(),
            };
            let help = if classes.is_empty() {
                "add `tax_classes:` to the book, or take this out".to_string()
            } else {
                format!("there is {}", listed(&classes))
            };
            let message = format!("there is no tax class called `{}`", class.value);
            faults.add("M007", &class.span, message, label, help);
        }
        None if !classes.is_empty() => {
            let message = format!("`{}` has no tax class", item.sku.value);
            let help = format!("add `tax_class:` with {}", listed(&classes));
            faults.add("M007", &item.sku.span, message, "this item", help);
        }
        _ => {}
    }
}
