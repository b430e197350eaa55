//! In: drafts of items, and the head of the book that is kept. Out: the text of a price book, and which cell told each
//! part of it.

use std::ops::Range;

use rust_decimal::Decimal;

use super::cells::At;
use super::draft::{Draft, DraftTier, Told, Words};

/// The text of a price book as it grows.
#[derive(Debug, Default)]
pub struct Written {
    pub text: String,
    /// What each part of the text was told by, in its order.
    pub told: Vec<(Range<usize>, At)>,
    /// Where the items begin; all below was told by some cell.
    items: Option<usize>,
}

impl Written {
    pub fn put(&mut self, text: &str) {
        self.text.push_str(text);
    }

    fn told(&mut self, text: &str, at: At) {
        let start = self.text.len();
        self.text.push_str(text);
        self.told.push((start..self.text.len(), at));
    }

    /// Begins the list of items.
    pub fn items(&mut self) {
        self.put("\nitems:\n");
        self.items = Some(self.text.len());
    }

    /// The cell that told what stands at a place: the shortest part around it, else the last before it.
    pub fn cell(&self, span: &Range<usize>) -> Option<At> {
        let around = self.told.iter().filter(|(part, _)| part.contains(&span.start));
        let is_item = self.items.is_some_and(|items| items <= span.start);
        let before = self.told.iter().filter(|(part, _)| is_item && part.start <= span.start);
        around
            .min_by_key(|(part, _)| part.len())
            .or_else(|| before.max_by_key(|(part, _)| part.start))
            .map(|(_, at)| *at)
    }

    /// The currencies of the book, each told by the first cell that names it.
    pub fn currencies(&mut self, currencies: &[&Told<String>]) {
        self.put("currencies: [");
        for (index, currency) in currencies.iter().enumerate() {
            self.put(if index == 0 { "" } else { ", " });
            self.told(&scalar(&currency.value), currency.at);
        }
        self.put("]\n");
    }

    pub fn item(&mut self, item: &Draft, currencies: &[&str]) {
        self.put("  - sku: ");
        self.told(&scalar(&item.sku.value), item.sku.at);
        self.put("\n");
        self.words("name", &item.name);
        self.words("description", &item.description);
        self.units(item);
        self.line("billing", item.billing.as_ref(), |word| (*word).to_string());
        self.line("fractional", item.fractional.as_ref().filter(|told| told.value), ToString::to_string);
        self.line("min_quantity", item.least.as_ref(), plain);
        self.line("max_quantity", item.most.as_ref(), plain);
        self.line("fine_prices", item.fine_prices.as_ref().filter(|told| told.value), ToString::to_string);
        self.line("tax_class", item.tax_class.as_ref(), |class| scalar(class));
        self.line("tier_rule", item.tier_rule.as_ref().filter(|_| is_tiered(item)), |word| (*word).to_string());
        match &item.tiers[..] {
            [only] if only.from.is_none() => {
                self.put("    prices: ");
                self.prices(only, currencies);
                self.put("\n");
            }
            tiers => self.tiers(tiers, currencies),
        }
        self.days(item);
        self.companions(item);
    }

    fn line<T>(&mut self, key: &str, told: Option<&Told<T>>, write: impl Fn(&T) -> String) {
        if let Some(told) = told {
            self.put(&format!("    {key}: "));
            self.told(&write(&told.value), told.at);
            self.put("\n");
        }
    }

    fn words(&mut self, key: &str, words: &Words) {
        if words.is_empty() {
            return;
        }
        self.put(&format!("    {key}: "));
        self.by_language(words, |written, text| written.told(&scalar(&text.value), text.at));
        self.put("\n");
    }

    /// Plain, or by language.
    fn by_language(&mut self, words: &Words, write: impl Fn(&mut Self, &Told<String>)) {
        if let [(None, text)] = &words[..] {
            return write(self, text);
        }
        self.put("{");
        for (index, (language, text)) in words.iter().enumerate() {
            self.put(if index == 0 { "" } else { ", " });
            if let Some(language) = language {
                self.told(&scalar(&language.value), language.at);
                self.put(": ");
            }
            write(self, text);
        }
        self.put("}");
    }

    /// What one is called, with what many are called where that is another word.
    fn units(&mut self, item: &Draft) {
        if item.unit.is_empty() {
            return;
        }
        let tag = |language: &Option<Told<String>>| language.as_ref().map(|told| told.value.clone());
        let one_to_many = |text: &Told<String>| {
            let language = item.unit.iter().find(|(_, one)| one.at == text.at).map(|(language, _)| tag(language));
            let found = item.units.iter().find(|(known, _)| Some(tag(known)) == language);
            // A single column of plurals belongs to a single column of units, whatever their headings.
            let alone = (item.unit.len() == 1 && item.units.len() == 1).then(|| item.units.first()).flatten();
            found.or(alone).map(|(_, many)| many).filter(|many| many.value != text.value)
        };
        self.put("    unit: ");
        self.by_language(&item.unit, |written, text| match one_to_many(text) {
            Some(many) => {
                written.put("{one: ");
                written.told(&scalar(&text.value), text.at);
                written.put(", other: ");
                written.told(&scalar(&many.value), many.at);
                written.put("}");
            }
            None => written.told(&scalar(&text.value), text.at),
        });
        self.put("\n");
    }

    fn tiers(&mut self, tiers: &[DraftTier], currencies: &[&str]) {
        if tiers.is_empty() {
            return;
        }
        self.put("    tiers:\n");
        for tier in tiers {
            self.put("      - {");
            if let Some(from) = &tier.from {
                self.put("from: ");
                self.told(&plain(&from.value), from.at);
                self.put(", ");
            }
            // The last whole quantity of a tier is one less than the first above it.
            if let Some((to, below)) = tier.to.as_ref().and_then(|to| Some((to, to.value.checked_add(Decimal::ONE)?))) {
                self.put("below: ");
                self.told(&plain(&below), to.at);
                self.put(", ");
            }
            self.put("prices: ");
            self.prices(tier, currencies);
            self.put("}\n");
        }
    }

    fn prices(&mut self, tier: &DraftTier, currencies: &[&str]) {
        self.put("{");
        let ordered =
            currencies.iter().flat_map(|code| tier.prices.iter().filter(move |(known, _)| known.value == *code));
        for (index, (currency, price)) in ordered.enumerate() {
            self.put(if index == 0 { "" } else { ", " });
            self.told(&scalar(&currency.value), currency.at);
            self.put(": ");
            self.told(&amount(price.value, &currency.value), price.at);
        }
        self.put("}");
    }

    fn days(&mut self, item: &Draft) {
        let bounds = [("from", &item.from), ("until", &item.until)];
        let told: Vec<_> = bounds.iter().filter_map(|(key, day)| day.as_ref().map(|day| (*key, day))).collect();
        let Some((_, first)) = told.first() else { return };
        self.put("    available: ");
        let start = self.text.len();
        self.put("{");
        for (index, (key, day)) in told.iter().enumerate() {
            self.put(&format!("{}{key}: ", if index == 0 { "" } else { ", " }));
            self.told(&day.value.to_string(), day.at);
        }
        self.put("}");
        self.told.push((start..self.text.len(), first.at));
        self.put("\n");
    }

    fn companions(&mut self, item: &Draft) {
        if !item.bundle.is_empty() {
            self.put("    bundle: [");
            for (index, (sku, quantity)) in item.bundle.iter().enumerate() {
                self.put(if index == 0 { "{sku: " } else { ", {sku: " });
                self.told(&scalar(&sku.value), sku.at);
                if let Some(quantity) = quantity {
                    self.put(", quantity: ");
                    self.told(&plain(&quantity.value), quantity.at);
                }
                self.put("}");
            }
            self.put("]\n");
        }
        for (key, skus) in [("requires", &item.requires), ("excludes", &item.excludes)] {
            if skus.is_empty() {
                continue;
            }
            self.put(&format!("    {key}: ["));
            for (index, sku) in skus.iter().enumerate() {
                self.put(if index == 0 { "" } else { ", " });
                self.told(&scalar(&sku.value), sku.at);
            }
            self.put("]\n");
        }
    }
}

fn is_tiered(item: &Draft) -> bool {
    item.tiers.iter().any(|tier| tier.from.is_some())
}

/// A number without zeros at its end.
fn plain(number: &Decimal) -> String {
    number.normalize().to_string()
}

/// A price: whole, or with all digits of its currency.
fn amount(price: Decimal, currency: &str) -> String {
    let mut price = price.normalize();
    let digits = iso_currency::Currency::from_code(currency).map_or(0, super::super::minor_digits);
    if price.scale() > 0 && price.scale() < digits {
        price.rescale(digits);
    }
    price.to_string()
}

/// A scalar of YAML: plain where nothing could take it for something else, else in quotes.
pub fn scalar(text: &str) -> String {
    let simple = text.starts_with(char::is_alphabetic)
        && text.ends_with(char::is_alphanumeric)
        && text.chars().all(|c| c.is_alphanumeric() || " -_./".contains(c))
        && !["null", "true", "false", "yes", "no", "on", "off", "y", "n"]
            .iter()
            .any(|word| text.eq_ignore_ascii_case(word));
    // A string of JSON is one of YAML.
    if simple { text.to_string() } else { serde_json::Value::from(text).to_string() }
}
