//! In: a sheet and its headings. Out: a [`Draft`] for each item, every value with the cell that it was told by.

use std::collections::BTreeMap;

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::cells::{At, Cell, Sheet};
use super::headings::{Column, Headings};
use super::numbers::Reading;
use crate::diagnostic::{Checked, Diagnostic, MOST_OF_ONE_FILE, Problems};

/// A value and the cell that told it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told<T> {
    pub at: At,
    pub value: T,
}

/// Words with their language; plain ones have none.
pub type Words = Vec<(Option<Told<String>>, Told<String>)>;

/// An item as the sheet tells it, before anything is checked against the rest of the book.
#[derive(Debug)]
pub struct Draft {
    pub sku: Told<String>,
    pub name: Words,
    pub description: Words,
    /// What one is called.
    pub unit: Words,
    /// What many are called, where that is another word.
    pub units: Words,
    pub billing: Option<Told<&'static str>>,
    pub fractional: Option<Told<bool>>,
    pub least: Option<Told<Decimal>>,
    pub most: Option<Told<Decimal>>,
    pub fine_prices: Option<Told<bool>>,
    pub tier_rule: Option<Told<&'static str>>,
    pub tax_class: Option<Told<String>>,
    pub from: Option<Told<Date>>,
    pub until: Option<Told<Date>>,
    pub bundle: Vec<(Told<String>, Option<Told<Decimal>>)>,
    pub requires: Vec<Told<String>>,
    pub excludes: Vec<Told<String>>,
    /// One without `from` where the item has no tiers.
    pub tiers: Vec<DraftTier>,
}

/// Prices from some quantity on.
#[derive(Debug, Default)]
pub struct DraftTier {
    pub from: Option<Told<Decimal>>,
    /// The last quantity of the tier.
    pub to: Option<Told<Decimal>>,
    /// By currency.
    pub prices: Vec<(Told<String>, Told<Decimal>)>,
}

/// Columns that say something new on each row of an item.
fn is_of_row(column: &Column) -> bool {
    matches!(column, Column::Sku | Column::Currency | Column::Price(_) | Column::TierFrom | Column::TierTo)
}

/// Reads the rows below the headings. `language` is that of words under a heading without one, where others have one.
///
/// # Errors
/// `I003` to `I011`, each with its cell.
pub(super) fn read(reading: &Reading, headings: &Headings, language: &str) -> Checked<Vec<Draft>> {
    let mut rows = Rows { reading, headings, problems: Problems::default(), unsaid: 0 };
    rows.merged();
    rows.strays();
    let mut order: Vec<(String, Vec<u32>)> = Vec::new();
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    for row in rows.numbers() {
        let Some((at, cell)) = rows.required(row, &Column::Sku, "sku") else { continue };
        let Some(sku) = rows.take(reading.text(at, cell)) else { continue };
        match places.get(&sku) {
            Some(place) => order[*place].1.push(row),
            None => {
                places.insert(sku.clone(), order.len());
                order.push((sku, vec![row]));
            }
        }
    }
    let drafts = order.iter().map(|(sku, numbers)| rows.item(sku, numbers, language)).collect();
    rows.say_more();
    if rows.problems.has_errors() { Err(rows.problems) } else { Ok(drafts) }
}

struct Rows<'a> {
    reading: &'a Reading<'a>,
    headings: &'a Headings,
    problems: Problems,
    /// Problems beyond [`MOST_OF_ONE_FILE`].
    unsaid: usize,
}

impl<'a> Rows<'a> {
    fn sheet(&self) -> &'a Sheet {
        self.reading.sheet
    }

    fn take<T>(&mut self, read: Result<T, Diagnostic>) -> Option<T> {
        read.map_err(|fault| self.push(fault)).ok()
    }

    fn push(&mut self, fault: Diagnostic) {
        if self.problems.0.len() < MOST_OF_ONE_FILE {
            self.problems.push(fault);
        } else {
            self.unsaid += 1;
        }
    }

    /// Says how many problems there are beyond those that are listed.
    fn say_more(&mut self) {
        if self.unsaid > 0 {
            let message = format!("there are {} more problems in this sheet", self.unsaid);
            self.problems.push(Diagnostic::error("I020", message).help("correct those above, then import again"));
        }
    }

    fn fault(&mut self, code: &'static str, at: At, what: &str, help: &str) {
        let fault = self.sheet().fault(code, at, what, help);
        self.push(fault);
    }

    /// A merged area has one value for several cells, and nobody sees which cells are empty.
    fn merged(&mut self) {
        for (first, last) in &self.sheet().merged {
            if last.0 < self.headings.row {
                continue;
            }
            let what = format!("the cells as far as `{}` are merged", self.sheet().called(*last));
            self.fault("I004", *first, &what, "unmerge them and write the value into each row");
        }
    }

    /// A value without a heading is not read, and could be the one that counts.
    fn strays(&mut self) {
        let mut heads: Vec<u32> = self.headings.columns.values().copied().collect();
        let row = self.headings.row;
        heads.extend(self.sheet().cells.range((row, 0)..(row + 1, 0)).map(|(at, _)| at.1));
        for at in self.sheet().cells.range((row + 1, 0)..).map(|(at, _)| *at) {
            if !heads.contains(&at.1) {
                let what = "a value stands in a column without a heading";
                self.fault(
                    "I002",
                    at,
                    what,
                    "give the column a heading, or one with `#` before it: it is not read then",
                );
                heads.push(at.1);
            }
        }
    }

    /// The rows below the headings that have any value that is read.
    fn numbers(&self) -> Vec<u32> {
        let read: Vec<u32> = self.headings.columns.values().copied().collect();
        let below = self.sheet().cells.range((self.headings.row + 1, 0)..).map(|(at, _)| *at);
        let mut rows: Vec<u32> = below.filter(|at| read.contains(&at.1)).map(|at| at.0).collect();
        rows.dedup();
        rows
    }

    fn cell(&self, row: u32, column: &Column) -> Option<(At, &'a Cell)> {
        let at = (row, *self.headings.columns.get(column)?);
        self.sheet().cells.get(&at).map(|cell| (at, cell))
    }

    fn required(&mut self, row: u32, column: &Column, what: &str) -> Option<(At, &'a Cell)> {
        let at = (row, *self.headings.columns.get(column)?);
        let cell = self.sheet().cells.get(&at);
        if cell.is_none() {
            self.fault("I005", at, &format!("the {what} is missing"), "fill the cell, or empty the whole row");
        }
        cell.map(|cell| (at, cell))
    }

    /// Reads an optional cell of the item's first row.
    fn told<T>(
        &mut self,
        row: u32,
        column: &Column,
        read: impl FnOnce(&Reading, At, &Cell) -> Result<T, Diagnostic>,
    ) -> Option<Told<T>> {
        let (at, cell) = self.cell(row, column)?;
        let value = self.take(read(self.reading, at, cell))?;
        Some(Told { at, value })
    }

    fn item(&mut self, sku: &str, numbers: &[u32], language: &str) -> Draft {
        // There is a row, or there was no item.
        let first = numbers.first().copied().unwrap_or_default();
        self.same_on_each_row(first, numbers);
        let words = |rows: &mut Self, of: &dyn Fn(Option<String>) -> Column| rows.words(first, of, language);
        let (name, description) = (words(self, &Column::Name), words(self, &Column::Description));
        let (unit, units) = (words(self, &Column::Unit), words(self, &Column::Units));
        for (words, what, column) in [(&name, "name", Column::Name(None)), (&unit, "unit", Column::Unit(None))] {
            if words.is_empty() && self.cell(first, &column).is_none() {
                let at = (first, self.headings.columns.get(&column).copied().unwrap_or_else(|| self.first_of(what)));
                self.fault("I005", at, &format!("the {what} is missing"), "fill the cell on the item's first row");
            }
        }
        const BILLING: [&str; 4] = ["one_time", "monthly", "annual", "usage"];
        const RULES: [&str; 2] = ["graduated", "whole_volume"];
        self.required(first, &Column::Billing, "billing");
        let fractional = self.told(first, &Column::Fractional, |reading, at, cell| reading.flag(at, cell));
        let quantity =
            |what: &'static str| move |reading: &Reading, at, cell: &Cell| reading.number(at, cell, what, "");
        let tiers = self.tiers(numbers, fractional.as_ref().is_some_and(|told| told.value));
        Draft {
            sku: Told {
                at: (first, self.headings.columns.get(&Column::Sku).copied().unwrap_or_default()),
                value: sku.to_string(),
            },
            name,
            description,
            unit,
            units,
            billing: self.told(first, &Column::Billing, |reading, at, cell| reading.word(at, cell, &BILLING)),
            fractional,
            least: self.told(first, &Column::Least, quantity("least quantity")),
            most: self.told(first, &Column::Most, quantity("most quantity")),
            fine_prices: self.told(first, &Column::FinePrices, |reading, at, cell| reading.flag(at, cell)),
            tier_rule: self.told(first, &Column::TierRule, |reading, at, cell| reading.word(at, cell, &RULES)),
            tax_class: self.told(first, &Column::TaxClass, |reading, at, cell| reading.text(at, cell)),
            from: self.told(first, &Column::From, |reading, at, cell| reading.day(at, cell)),
            until: self.told(first, &Column::Until, |reading, at, cell| reading.day(at, cell)),
            bundle: self.bundle(first),
            requires: self.skus(first, &Column::Requires),
            excludes: self.skus(first, &Column::Excludes),
            tiers,
        }
    }

    /// The first column of words in some language.
    fn first_of(&self, what: &str) -> u32 {
        let of = |column: &&Column| match column {
            Column::Name(_) => what == "name",
            Column::Unit(_) => what == "unit",
            _ => false,
        };
        self.headings.columns.iter().find(|(column, _)| of(column)).map_or(0, |(_, at)| *at)
    }

    /// What is said of the whole item stands on its first row; below, the same or nothing.
    fn same_on_each_row(&mut self, first: u32, numbers: &[u32]) {
        let headings = self.headings;
        for row in numbers.iter().skip(1) {
            for column in headings.columns.keys().filter(|column| !is_of_row(column)) {
                let Some((at, cell)) = self.cell(*row, column) else { continue };
                let above = self.cell(first, column).map(|(_, cell)| cell);
                if above != Some(cell) {
                    let at_first = self.sheet().called((first, at.1));
                    let what = format!("this differs from `{at_first}`, the item's first row");
                    self.fault("I009", at, &what, "write the same in both, or only in the first");
                }
            }
        }
    }

    fn words(&mut self, row: u32, of: &dyn Fn(Option<String>) -> Column, language: &str) -> Words {
        let headings = self.headings;
        let same = |column: &Column| std::mem::discriminant(column) == std::mem::discriminant(&of(None));
        let columns: Vec<(&Column, u32)> =
            headings.columns.iter().filter(|(column, _)| same(column)).map(|(column, at)| (column, *at)).collect();
        let several = columns.len() > 1;
        let mut words = Words::new();
        for (column, at) in columns {
            let head = (headings.row, at);
            let tag = match column {
                Column::Name(tag) | Column::Description(tag) | Column::Unit(tag) | Column::Units(tag) => tag.clone(),
                _ => None,
            };
            let tag = tag.or_else(|| several.then(|| language.to_string())).map(|value| Told { at: head, value });
            if let Some(text) = self.told(row, column, |reading, at, cell| reading.text(at, cell)) {
                words.push((tag, text));
            }
        }
        words
    }

    /// Skus with commas, semicolons or line ends between them.
    fn skus(&mut self, row: u32, column: &Column) -> Vec<Told<String>> {
        let Some(cell) = self.told(row, column, |reading, at, cell| reading.text(at, cell)) else { return Vec::new() };
        let names = cell.value.split([',', ';']).map(str::trim).filter(|name| !name.is_empty());
        names.map(|name| Told { at: cell.at, value: name.to_string() }).collect()
    }

    /// Parts of a bundle: `INSPECTION; LAMP x 2`.
    fn bundle(&mut self, row: u32) -> Vec<(Told<String>, Option<Told<Decimal>>)> {
        let mut parts = Vec::new();
        for part in self.skus(row, &Column::Bundle) {
            let Some((sku, count)) = part.value.rsplit_once(" x ") else {
                parts.push((part, None));
                continue;
            };
            let cell = Cell { value: super::cells::Value::Text(count.trim().to_string()), formula: false };
            // The number stands in text on purpose: it is read as that of a CSV file.
            let csv = Sheet::default();
            let plain = Reading { sheet: &csv, locale: self.reading.locale };
            match plain.number(part.at, &cell, "quantity", "") {
                Ok(value) => {
                    let sku = Told { at: part.at, value: sku.trim().to_string() };
                    parts.push((sku, Some(Told { at: part.at, value })));
                }
                Err(_) => {
                    let what = format!("`{}` is no part of a bundle", super::cells::shortened(&part.value));
                    self.fault(
                        "I011",
                        part.at,
                        &what,
                        "write skus with `;` between them, such as `INSPECTION; LAMP x 2`",
                    );
                }
            }
        }
        parts
    }

    fn tiers(&mut self, numbers: &[u32], fractional: bool) -> Vec<DraftTier> {
        let mut tiers: Vec<DraftTier> = Vec::new();
        let mut seen: BTreeMap<(Option<Decimal>, String), u32> = BTreeMap::new();
        let tiered = numbers.iter().any(|row| self.cell(*row, &Column::TierFrom).is_some());
        for row in numbers {
            if tiered && self.required(*row, &Column::TierFrom, "quantity from which the tier begins").is_none() {
                continue;
            }
            let bound =
                |what: &'static str| move |reading: &Reading, at, cell: &Cell| reading.number(at, cell, what, "");
            let from = self.told(*row, &Column::TierFrom, bound("first quantity of the tier"));
            let to = self.told(*row, &Column::TierTo, bound("last quantity of the tier"));
            if let Some(to) = to.as_ref().filter(|_| fractional) {
                let what = "the item is sold in fractions, so that no quantity is the last before the next tier";
                self.fault("I011", to.at, what, "leave the cell empty: a tier ends where the next begins");
            }
            let key = from.as_ref().map(|from| from.value.normalize());
            let prices = self.prices(*row);
            for (currency, _) in &prices {
                if let Some(before) = seen.insert((key, currency.value.clone()), *row) {
                    let what = format!("the same price as in row {} is given again", u64::from(before) + 1);
                    self.fault("I008", currency.at, &what, "keep one of the two rows");
                }
            }
            let same = |tier: &&mut DraftTier| tier.from.as_ref().map(|from| from.value.normalize()) == key;
            match tiers.iter_mut().find(same) {
                Some(tier) => {
                    let (before, now) = (tier.to.as_ref().map(|to| to.value), to.as_ref().map(|to| to.value));
                    tier.prices.extend(prices);
                    if let (Some(to), true) = (&to, before != now) {
                        self.fault(
                            "I009",
                            to.at,
                            "the same tier ends elsewhere on another row",
                            "write the same in both",
                        );
                    }
                }
                None => tiers.push(DraftTier { from, to, prices }),
            }
        }
        tiers
    }

    /// The prices of one row: one, or one for each currency that has a column.
    fn prices(&mut self, row: u32) -> Vec<(Told<String>, Told<Decimal>)> {
        let headings = self.headings;
        let mut prices = Vec::new();
        for (column, at) in &headings.columns {
            let Column::Price(of) = column else { continue };
            let currency = match of {
                Some(code) => Some(Told { at: (headings.row, *at), value: code.clone() }),
                None => self.required(row, &Column::Currency, "currency").and_then(|(at, cell)| {
                    let text = self.take(self.reading.text(at, cell))?;
                    Some(Told { at, value: text })
                }),
            };
            let price = self.required(row, column, "price").and_then(|(at, cell)| {
                let unit = currency.as_ref().map_or("", |currency| currency.value.as_str());
                let value = self.take(self.reading.number(at, cell, "price", unit))?;
                Some(Told { at, value })
            });
            prices.extend(currency.zip(price));
        }
        prices
    }
}
