//! In: priced lines. Out: a refusal for each pair of lines that may not be in one quote, and for each line without what
//! it needs.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::lines::Priced;
use super::price::Desk;
use super::rules::BOOK;
use crate::diagnostic::{Diagnostic, MOST_OF_ONE_FILE};
use crate::intake::request::{Placed, RequestLine, Wanted};
use crate::library::pricebook::Item;

/// A set of lines, one bit each: sets of many lines are compared 64 lines at a time.
#[derive(Clone)]
struct Lines(Vec<u64>);

impl Lines {
    fn none(count: usize) -> Self {
        Self(vec![0; count.div_ceil(64)])
    }

    fn insert(&mut self, line: usize) {
        self.0[line / 64] |= 1 << (line % 64);
    }

    fn add(&mut self, other: &Self) {
        self.0.iter_mut().zip(&other.0).for_each(|(own, other)| *own |= other);
    }

    fn meets(&self, other: &Self) -> bool {
        self.0.iter().zip(&other.0).any(|(own, other)| own & other != 0)
    }

    fn iter(&self) -> impl Iterator<Item = usize> {
        let words = self.0.iter().enumerate();
        words.flat_map(|(word, bits)| (0..64).filter(move |bit| bits >> bit & 1 == 1).map(move |bit| word * 64 + bit))
    }
}

/// What is in each line, and which lines hold an item.
struct Held<'b> {
    by_line: Vec<Vec<&'b Item>>,
    by_sku: HashMap<&'b str, Lines>,
}

impl<'b> Held<'b> {
    fn of(lines: &[Priced<'b>], items: &HashMap<&'b str, &'b Item>) -> Self {
        let by_line: Vec<Vec<&Item>> = lines.iter().map(|line| contents(items, line.item)).collect();
        let mut by_sku: HashMap<&str, Lines> = HashMap::new();
        for (at, held) in by_line.iter().enumerate() {
            for item in held {
                by_sku.entry(&item.sku.value).or_insert_with(|| Lines::none(lines.len())).insert(at);
            }
        }
        Self { by_line, by_sku }
    }

    /// The lines that hold anything which the contents of a line exclude.
    fn excluded_by(&self, at: usize) -> Lines {
        let mut found = Lines::none(self.by_line.len());
        for excluded in self.by_line[at].iter().flat_map(|item| &item.excludes) {
            if let Some(lines) = self.by_sku.get(excluded.value.as_str()) {
                found.add(lines);
            }
        }
        found
    }
}

impl<'a> Desk<'a> {
    /// Refuses lines that may not be in one quote, and lines without what they need.
    pub(super) fn combinations(&mut self, lines: &[Priced<'a>]) {
        let held = Held::of(lines, &self.book.index());
        self.exclusions(lines, &held);
        self.requirements(lines, &held);
    }

    fn exclusions(&mut self, lines: &[Priced<'a>], held: &Held<'_>) {
        let mut told = BTreeSet::new();
        for at in 0..lines.len() {
            for other in held.excluded_by(at).iter() {
                if other == at || !may_meet(lines[at].wanted, lines[other].wanted) {
                    continue;
                }
                let (first, second) = (&lines[at.min(other)], &lines[at.max(other)]);
                if told.insert((&first.item.sku.value, &second.item.sku.value)) {
                    self.faults.push(excluded_pair(&first.line.sku, &second.wanted.sku));
                }
            }
            // All lines may exclude one another; more pairs than are shown help nobody.
            if told.len() > MOST_OF_ONE_FILE {
                return;
            }
        }
    }

    fn requirements(&mut self, lines: &[Priced<'a>], held: &Held<'_>) {
        // What is there and has a fault of its own is not missing.
        let priced: HashSet<*const RequestLine> = lines.iter().map(|line| std::ptr::from_ref(line.wanted)).collect();
        let unpriced = self.request.lines.iter().filter(|wanted| !priced.contains(&std::ptr::from_ref(*wanted)));
        let unpriced: HashSet<&str> = unpriced.map(|wanted| wanted.sku.value.as_str()).collect();
        let mut counting = Lines::none(lines.len());
        lines.iter().enumerate().filter(|(_, line)| line.line.counts()).for_each(|(at, _)| counting.insert(at));
        let mut told = BTreeSet::new();
        for (at, line) in lines.iter().enumerate() {
            for item in &held.by_line[at] {
                for needed in &item.requires {
                    let there = held.by_sku.get(needed.value.as_str());
                    // What counts in a sum needs a companion that counts.
                    let there = there.is_some_and(|there| !line.line.counts() || there.meets(&counting));
                    if !there
                        && !unpriced.contains(needed.value.as_str())
                        && told.insert((&line.item.sku.value, &needed.value))
                    {
                        self.faults.push(missing_companion(&line.wanted.sku, &item.sku, &needed.value));
                    }
                }
            }
        }
    }
}

/// An item and all that is in it, bundles in bundles too.
fn contents<'b>(items: &HashMap<&'b str, &'b Item>, item: &'b Item) -> Vec<&'b Item> {
    let mut held = vec![item];
    let mut known = HashSet::from([item.sku.value.as_str()]);
    let mut next = 0;
    while let Some(item) = held.get(next) {
        for part in &item.bundle {
            // Each once, so that bundles that hold one another come to an end.
            if let Some(part) = items.get(part.sku.value.as_str())
                && known.insert(part.sku.value.as_str())
            {
                held.push(part);
            }
        }
        next += 1;
    }
    held
}

/// Whether the client may end up with both lines: of one group of alternatives, only one is taken.
fn may_meet(one: &RequestLine, other: &RequestLine) -> bool {
    !matches!((&one.standing, &other.standing),
        (Wanted::Alternative { group, .. }, Wanted::Alternative { group: other, .. }) if group == other)
}

fn excluded_pair(first: &str, second: &Placed<String>) -> Diagnostic {
    let message = format!("`{first}` and `{}` may not stand in one quote", second.value);
    let help = format!(
        "take one of them out, or let the client choose: the same `alternative` on both lines; only marketing can \
         allow both, in {BOOK}"
    );
    second.at(Diagnostic::error("Q011", message).label(format!("excluded beside `{first}`")).help(help))
}

fn missing_companion(sku: &Placed<String>, item: &str, needed: &str) -> Diagnostic {
    let held = if sku.value == item { String::new() } else { format!("`{}` holds `{item}`, and ", sku.value) };
    let message = format!("{held}`{item}` is sold only with `{needed}`");
    let help =
        format!("add `{{sku: {needed}, quantity: …}}` to `quote.lines`; only marketing can lift this, in {BOOK}");
    sku.at(Diagnostic::error("Q012", message).label(format!("`{needed}` is missing")).help(help))
}
