//! In: the items of the price book that is there, and those of a new one. Out: what would change, a line for each thing.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::library::pricebook::{Amount, Item, PriceBook};
use crate::library::words::{Forms, Unit, Words};
use crate::source::{InOrder, Spanned};

/// One thing that is another in the new book.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Change {
    pub sku: String,
    /// What changed, such as `price in CAD`; none where the whole item is new or gone.
    pub what: Option<String>,
    pub before: Option<String>,
    pub after: Option<String>,
}

impl std::fmt::Display for Change {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let nothing = || "nothing".to_string();
        match (&self.what, &self.before, &self.after) {
            (None, None, _) => write!(f, "+ {}: new", self.sku),
            (None, ..) => write!(f, "- {}: gone", self.sku),
            (Some(what), before, after) => {
                let before = before.clone().unwrap_or_else(nothing);
                write!(f, "~ {}: {what}: {before} → {}", self.sku, after.clone().unwrap_or_else(nothing))
            }
        }
    }
}

/// Compares two books, item by item: first the new book's order, then what is gone.
pub(super) fn between(old: &PriceBook, new: &PriceBook) -> Vec<Change> {
    let whole = |sku: &str, before: bool| Change {
        sku: sku.to_string(),
        what: None,
        before: before.then(|| "there".to_string()),
        after: (!before).then(|| "there".to_string()),
    };
    let mut changes = Vec::new();
    for item in &new.items {
        match old.item(&item.sku) {
            None => changes.push(whole(&item.sku, false)),
            Some(before) => changes.extend(of_item(before, item)),
        }
    }
    changes.extend(old.items.iter().filter(|item| new.item(&item.sku).is_none()).map(|item| whole(&item.sku, true)));
    changes
}

fn of_item(before: &Item, after: &Item) -> Vec<Change> {
    let (before, now) = (outline(before), outline(after));
    let mut all: Vec<&String> = before.keys().chain(now.keys()).collect();
    all.sort();
    all.dedup();
    let changed = all.into_iter().filter(|what| before.get(*what) != now.get(*what));
    let change = |what: &String| Change {
        sku: after.sku.value.clone(),
        what: Some(what.clone()),
        before: before.get(what).cloned(),
        after: now.get(what).cloned(),
    };
    changed.map(change).collect()
}

/// Everything that an item says, by what it is about.
fn outline(item: &Item) -> BTreeMap<String, String> {
    let mut all = BTreeMap::new();
    let mut add = |what: String, value: String| {
        all.insert(what, value);
    };
    words("name", &item.name, &mut add);
    if let Some(description) = &item.description {
        words("description", description, &mut add);
    }
    unit(&item.unit, &mut add);
    add("billing".into(), item.billing.word().into());
    add("fractional".into(), item.fractional.to_string());
    add("fine prices".into(), item.fine_prices.to_string());
    let number = |amount: &Amount| amount.0.normalize().to_string();
    for (what, bound) in [("least quantity", &item.min_quantity), ("most quantity", &item.max_quantity)] {
        bound.iter().for_each(|bound| add(what.into(), number(&bound.value)));
    }
    if let Some(rule) = &item.tier_rule {
        add("tier rule".into(), format!("{:?}", rule.value));
    }
    let mut prices = |from: String, prices: &InOrder<Spanned<Amount>>| {
        for (code, price) in &prices.0 {
            add(format!("price in {}{from}", code.value), number(&price.value));
        }
    };
    item.prices.iter().for_each(|plain| prices(String::new(), plain));
    item.tiers.iter().for_each(|tier| prices(format!(" from {}", number(&tier.from)), &tier.prices));
    if let Some(class) = &item.tax_class {
        add("tax class".into(), class.value.clone());
    }
    if let Some(days) = &item.available {
        days.from.iter().for_each(|day| add("available from".into(), day.to_string()));
        days.until.iter().for_each(|day| add("available until".into(), day.to_string()));
    }
    for part in &item.bundle {
        add(format!("in the bundle: {}", part.sku.value), part.count().normalize().to_string());
    }
    for (what, skus) in [("requires", &item.requires), ("excludes", &item.excludes)] {
        skus.iter().for_each(|sku| add(format!("{what} {}", sku.value), "yes".into()));
    }
    all
}

fn called(what: &str, language: &Option<Spanned<String>>) -> String {
    language.as_ref().map_or_else(|| what.to_string(), |language| format!("{what} in {}", language.value))
}

fn words(what: &str, words: &Words, add: &mut dyn FnMut(String, String)) {
    words.texts.iter().for_each(|(language, text)| add(called(what, language), format!("“{}”", text.value)));
}

fn unit(unit: &Unit, add: &mut dyn FnMut(String, String)) {
    for (language, forms) in &unit.forms {
        let what = called("unit", language);
        match forms {
            Forms::Same(text) => add(what, format!("“{}”", text.value)),
            Forms::ByCount(forms) => {
                forms
                    .iter()
                    .for_each(|(count, text)| add(format!("{what} ({})", count.value), format!("“{}”", text.value)));
            }
        }
    }
}
