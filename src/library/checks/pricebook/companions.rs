//! In: which items a price book bundles, requires and excludes. Out: what can never be kept.

use std::collections::BTreeSet;

use crate::library::checks::Faults;
use crate::library::pricebook::{Item, PriceBook};
use crate::source::Spanned;

pub(super) fn check(faults: &mut Faults, book: &PriceBook) {
    for item in &book.items {
        let parts: Vec<&Spanned<String>> = item.bundle.iter().map(|part| &part.sku).collect();
        let requires: Vec<&Spanned<String>> = item.requires.iter().collect();
        let excludes: Vec<&Spanned<String>> = item.excludes.iter().collect();
        for (verb, skus) in [("holds", &parts), ("requires", &requires), ("excludes", &excludes)] {
            named(faults, book, item, verb, skus);
        }
        for part in &item.bundle {
            if let (Some(quantity), Some(of)) = (&part.quantity, book.item(&part.sku)) {
                let what = format!("the quantity of `{}` in the bundle `{}`", part.sku.value, item.sku.value);
                super::items::quantity_of(faults, &what, quantity, of.fractional);
            }
        }
    }
    let held = cycles(faults, book, "bundle", &|item| item.bundle.iter().map(|part| &part.sku).collect());
    let needed = cycles(faults, book, "requirement", &|item| item.requires.iter().collect());
    if !held && !needed {
        contradictions(faults, book);
    }
}

/// Each named item is there, is another, and is named once.
fn named(faults: &mut Faults, book: &PriceBook, item: &Item, verb: &str, skus: &[&Spanned<String>]) {
    let own = &item.sku.value;
    for (index, sku) in skus.iter().enumerate() {
        if sku.value == *own {
            let message = format!("`{own}` {verb} itself");
            faults.add("M008", &sku.span, message, "the item itself", "name another item, or take it out");
        } else if skus[..index].iter().any(|before| before.value == sku.value) {
            let message = format!("`{own}` {verb} `{}` twice", sku.value);
            faults.add("M008", &sku.span, message, "the second time", "name each item once");
        } else {
            faults.sku(sku, book);
        }
    }
}

/// Refuses each name that leads back to where it came from; true where there is one.
fn cycles<'a>(
    faults: &mut Faults,
    book: &'a PriceBook,
    what: &str,
    next: &dyn Fn(&'a Item) -> Vec<&'a Spanned<String>>,
) -> bool {
    let mut found = false;
    let mut done: BTreeSet<&str> = BTreeSet::new();
    for start in &book.items {
        // Items on the way from the start, each with its names that were not followed yet.
        let mut way: Vec<(&Item, Vec<&Spanned<String>>)> = Vec::new();
        if done.insert(&start.sku.value) {
            way.push((start, next(start)));
        }
        while let Some((item, names)) = way.last_mut() {
            let item = *item;
            let Some(name) = names.pop() else {
                way.pop();
                continue;
            };
            let back = way.iter().position(|(known, _)| known.sku.value == name.value);
            // An item that names itself is reported as that.
            if let Some(back) = back.filter(|_| name.value != item.sku.value) {
                let circle: Vec<String> = way[back..].iter().map(|(item, _)| format!("`{}`", item.sku.value)).collect();
                let message = format!("a {what} leads in a circle: {} → `{}`", circle.join(" → "), name.value);
                faults.add("M009", &name.span, message, "leads back", "take one of these names out");
                found = true;
            } else if let Some(of) = book.item(&name.value).filter(|of| done.insert(&of.sku.value)) {
                way.push((of, next(of)));
            }
        }
    }
    found
}

/// An item whose companions exclude it, or each other, can never be sold; said where it comes from, not at every item
/// that needs such an item.
fn contradictions(faults: &mut Faults, book: &PriceBook) {
    for item in &book.items {
        let with = together(book, item);
        let Some((one, excluded)) = contradiction(book, &with) else { continue };
        let others = with.iter().filter(|sku| **sku != item.sku.value).filter_map(|sku| book.item(sku));
        if others.into_iter().any(|other| contradiction(book, &together(book, other)).is_some()) {
            continue;
        }
        let own = &item.sku.value;
        let (span, message) = if one.sku.value == *own {
            (&excluded.span, format!("`{own}` both needs and excludes `{}`", excluded.value))
        } else {
            let why = format!("it needs `{}`, which excludes `{}`", one.sku.value, excluded.value);
            (&item.sku.span, format!("`{own}` can never be sold: {why}"))
        };
        faults.add("M008", span, message, "cannot be kept", "take one out of `requires:`, `bundle:` or `excludes:`");
    }
}

/// The first of these items that excludes another of them.
fn contradiction<'a>(book: &'a PriceBook, with: &BTreeSet<&str>) -> Option<(&'a Item, &'a Spanned<String>)> {
    let excludes = |item: &'a Item| {
        let another = |sku: &&Spanned<String>| sku.value != item.sku.value && with.contains(sku.value.as_str());
        item.excludes.iter().find(another).map(|sku| (item, sku))
    };
    with.iter().filter_map(|sku| book.item(sku)).find_map(excludes)
}

/// The item and all that must stand in a quote with it.
fn together<'a>(book: &'a PriceBook, item: &'a Item) -> BTreeSet<&'a str> {
    let mut with = BTreeSet::from([item.sku.value.as_str()]);
    let mut open = vec![item];
    while let Some(item) = open.pop() {
        for sku in item.requires.iter().chain(item.bundle.iter().map(|part| &part.sku)) {
            if let Some(of) = book.item(sku).filter(|of| with.insert(&of.sku.value)) {
                open.push(of);
            }
        }
    }
    with
}
