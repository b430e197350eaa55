//! In: which items a price book bundles, requires and excludes. Out: what can never be kept.

use std::collections::BTreeSet;

use super::{Index, contradiction};
use crate::diagnostic::MOST_OF_ONE_FILE;
use crate::library::checks::Faults;
use crate::library::pricebook::{Item, PriceBook};
use crate::source::Spanned;

/// Most skus of a circle that a message names.
const MOST_OF_CIRCLE: usize = 12;

pub(super) fn check(faults: &mut Faults, book: &PriceBook) {
    let items: Index = book.items.iter().rev().map(|item| (item.sku.value.as_str(), item)).collect();
    for item in &book.items {
        let parts: Vec<&Spanned<String>> = item.bundle.iter().map(|part| &part.sku).collect();
        let requires: Vec<&Spanned<String>> = item.requires.iter().collect();
        let excludes: Vec<&Spanned<String>> = item.excludes.iter().collect();
        for (verb, skus) in [("holds", &parts), ("requires", &requires), ("excludes", &excludes)] {
            named(faults, &items, item, verb, skus);
        }
        for part in &item.bundle {
            if let (Some(quantity), Some(of)) = (&part.quantity, items.get(part.sku.value.as_str())) {
                let what = format!("the quantity of `{}` in the bundle `{}`", part.sku.value, item.sku.value);
                super::items::quantity_of(faults, &what, quantity, of.fractional);
            }
        }
    }
    let held = cycles(faults, book, &items, "bundle", &|item| item.bundle.iter().map(|part| &part.sku).collect());
    let needed = cycles(faults, book, &items, "requirement", &|item| item.requires.iter().collect());
    if !held && !needed {
        contradictions(faults, book, &items);
    }
}

/// Each named item is there, is another, and is named once.
fn named(faults: &mut Faults, items: &Index, item: &Item, verb: &str, skus: &[&Spanned<String>]) {
    let own = &item.sku.value;
    let mut before = BTreeSet::new();
    for sku in skus {
        let again = !before.insert(&sku.value);
        if sku.value == *own {
            let message = format!("`{own}` {verb} itself");
            faults.add("M008", &sku.span, message, "the item itself", "name another item, or take it out");
        } else if again {
            let message = format!("`{own}` {verb} `{}` twice", sku.value);
            faults.add("M008", &sku.span, message, "the second time", "name each item once");
        } else {
            faults.sku(sku, items);
        }
    }
}

/// Refuses each name that leads back to where it came from; true where there is one.
fn cycles<'a>(
    faults: &mut Faults,
    book: &'a PriceBook,
    items: &Index<'a>,
    what: &str,
    next: &dyn Fn(&'a Item) -> Vec<&'a Spanned<String>>,
) -> bool {
    let mut found = false;
    let mut done: BTreeSet<&str> = BTreeSet::new();
    for start in &book.items {
        // Items on the way from the start, each with its names that were not followed yet.
        let mut way: Vec<(&Item, Vec<&Spanned<String>>)> = Vec::new();
        let mut on_way: BTreeSet<&str> = BTreeSet::new();
        if done.insert(&start.sku.value) {
            on_way.insert(&start.sku.value);
            way.push((start, next(start)));
        }
        while let Some((item, names)) = way.last_mut() {
            let item = *item;
            let Some(name) = names.pop() else {
                way.pop();
                on_way.remove(item.sku.value.as_str());
                continue;
            };
            // An item that names itself is reported as that.
            if on_way.contains(name.value.as_str()) && name.value != item.sku.value {
                let way = way.iter().map(|(item, _)| item.sku.value.as_str());
                let circle = circle(&way.skip_while(|known| *known != name.value).collect::<Vec<_>>());
                let message = format!("a {what} leads in a circle: {circle} → `{}`", name.value);
                faults.add("M009", &name.span, message, "leads back", "take one of these names out");
                found = true;
            } else if let Some(of) = items.get(name.value.as_str()).filter(|of| done.insert(&of.sku.value)) {
                on_way.insert(&of.sku.value);
                way.push((of, next(of)));
            }
        }
    }
    found
}

/// The skus of a circle, the middle of a long one left out.
fn circle(skus: &[&str]) -> String {
    let named = |skus: &[&str]| skus.iter().map(|sku| format!("`{sku}`")).collect::<Vec<_>>().join(" → ");
    let half = MOST_OF_CIRCLE / 2;
    if skus.len() <= MOST_OF_CIRCLE {
        return named(skus);
    }
    let left_out = skus.len() - 2 * half;
    format!("{} → … {left_out} more … → {}", named(&skus[..half]), named(&skus[skus.len() - half..]))
}

/// An item whose companions exclude it, or each other, can never be sold; said where it comes from, not at every item
/// that needs such an item.
fn contradictions(faults: &mut Faults, book: &PriceBook, items: &Index) {
    let never = contradiction::items(book);
    for (at, item) in book.items.iter().enumerate() {
        let from_another = |sku: &Spanned<String>| {
            let other = never.number(&sku.value).filter(|other| *other != at);
            other.is_some_and(|other| never.has(other))
        };
        if !never.has(at) || needs(item).any(from_another) {
            continue;
        }
        let own = &item.sku.value;
        // Past the problems that are shown, the reason is not looked for.
        let shown = faults.problems.0.len() < MOST_OF_ONE_FILE;
        let (span, message) = match shown.then(|| contradiction::reason(items, item)).flatten() {
            Some((one, excluded)) if one.sku.value == *own => {
                (&excluded.span, format!("`{own}` both needs and excludes `{}`", excluded.value))
            }
            Some((one, excluded)) => {
                let why = format!("it needs `{}`, which excludes `{}`", one.sku.value, excluded.value);
                (&item.sku.span, format!("`{own}` can never be sold: {why}"))
            }
            None => (&item.sku.span, format!("`{own}` can never be sold: what it needs excludes one another")),
        };
        faults.add("M008", span, message, "cannot be kept", "take one out of `requires:`, `bundle:` or `excludes:`");
    }
}

/// What must be in a quote with an item.
pub(super) fn needs(item: &Item) -> impl Iterator<Item = &Spanned<String>> {
    item.requires.iter().chain(item.bundle.iter().map(|part| &part.sku))
}
