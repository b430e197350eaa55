//! In: which items of a price book need and exclude which. Out: the items that can never be sold, since all that must
//! be in a quote with them holds two that exclude each other.
//!
//! A walk from each item would cost the square of their number. Instead the pairs that exclude each other are passed
//! up from what is needed to what needs it, 64 pairs at a time, one bit each.

use std::collections::{BTreeSet, HashMap};

use super::Index;
use super::companions::needs;
use crate::library::pricebook::{Item, PriceBook};
use crate::source::Spanned;

/// The items that can never be sold, by their number in the book.
pub(super) struct Never<'a> {
    numbers: HashMap<&'a str, usize>,
    never: Vec<bool>,
}

impl Never<'_> {
    pub(super) fn number(&self, sku: &str) -> Option<usize> {
        self.numbers.get(sku).copied()
    }

    pub(super) fn has(&self, item: usize) -> bool {
        self.never[item]
    }
}

/// Finds the items that can never be sold.
pub(super) fn items(book: &PriceBook) -> Never<'_> {
    let mut numbers = HashMap::new();
    for (at, item) in book.items.iter().enumerate() {
        numbers.entry(item.sku.value.as_str()).or_insert(at);
    }
    let number = |sku: &Spanned<String>| numbers.get(sku.value.as_str()).copied();
    let below: Vec<Vec<usize>> = book.items.iter().map(|item| needs(item).filter_map(number).collect()).collect();
    let pairs: Vec<(usize, usize)> = book
        .items
        .iter()
        .enumerate()
        .flat_map(|(at, item)| item.excludes.iter().filter_map(number).map(move |excluded| (at, excluded)))
        .filter(|(one, other)| one != other)
        .collect();
    let order = needed_first(&below);
    let mut never = vec![false; book.items.len()];
    for pairs in pairs.chunks(u64::BITS as usize) {
        mark(pairs, &below, &order, &mut never);
    }
    Never { numbers, never }
}

/// Marks the items with which both of some pair must be in a quote.
fn mark(pairs: &[(usize, usize)], below: &[Vec<usize>], order: &[usize], never: &mut [bool]) {
    // For each item, which first and which second halves of the pairs must be in a quote with it.
    let mut with = vec![(0_u64, 0_u64); below.len()];
    for (bit, (one, other)) in pairs.iter().enumerate() {
        with[*one].0 |= 1 << bit;
        with[*other].1 |= 1 << bit;
    }
    // One pass is enough unless items need one another in a circle of bundles and requirements.
    loop {
        let mut changed = false;
        for at in order {
            let joined =
                below[*at].iter().fold(with[*at], |all, below| (all.0 | with[*below].0, all.1 | with[*below].1));
            changed |= joined != with[*at];
            with[*at] = joined;
        }
        if !changed {
            break;
        }
    }
    for (never, (one, other)) in never.iter_mut().zip(with) {
        *never |= one & other != 0;
    }
}

/// The items in an order in which each comes after what it needs, circles aside.
fn needed_first(below: &[Vec<usize>]) -> Vec<usize> {
    let mut order = Vec::with_capacity(below.len());
    let mut met = vec![false; below.len()];
    for start in 0..below.len() {
        let mut way = if std::mem::replace(&mut met[start], true) { Vec::new() } else { vec![(start, 0)] };
        while let Some((at, next)) = way.last_mut() {
            match below[*at].get(*next) {
                Some(needed) => {
                    *next += 1;
                    if !std::mem::replace(&mut met[*needed], true) {
                        way.push((*needed, 0));
                    }
                }
                None => {
                    order.push(*at);
                    way.pop();
                }
            }
        }
    }
    order
}

/// The first item that must be in a quote with `item` and excludes another of them.
pub(super) fn reason<'a>(items: &Index<'a>, item: &'a Item) -> Option<(&'a Item, &'a Spanned<String>)> {
    let with = together(items, item);
    let excludes = |item: &'a Item| {
        let another = |sku: &&Spanned<String>| sku.value != item.sku.value && with.contains(sku.value.as_str());
        item.excludes.iter().find(another).map(|sku| (item, sku))
    };
    with.iter().filter_map(|sku| items.get(sku)).find_map(|item| excludes(item))
}

/// The item and all that must be in a quote with it.
fn together<'a>(items: &Index<'a>, item: &'a Item) -> BTreeSet<&'a str> {
    let mut with = BTreeSet::from([item.sku.value.as_str()]);
    let mut open = vec![item];
    while let Some(item) = open.pop() {
        for sku in needs(item) {
            if let Some(of) = items.get(sku.value.as_str()).filter(|of| with.insert(&of.sku.value)) {
                open.push(of);
            }
        }
    }
    with
}
