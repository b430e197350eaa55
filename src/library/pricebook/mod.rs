//! In: `templates/pricebook.yaml`. Out: the [`PriceBook`]: what may be sold, at which prices, with which discounts and
//! taxes.
//!
//! Prices are exact decimals in a currency's major unit. A library without the file sells without prices.
//!
//! [`item`] says what an item is, [`tiers`](mod@tiers) how a quantity falls into its tiers, [`tax`] where which taxes are added,
//! [`words`](super::words) how names are given in several languages. [`sheet`] makes a book from a spreadsheet.
//!
//! Codes: M001 currency · M002 sku · M003 tiers · M004 prices or tiers · M005 prices and currencies · M006 price that
//! cannot be · M007 tax class · M008 companions · M009 circle · M010 days · M011 discount limits · M012 quantity ·
//! M013 taxes · M014 words · M015 version · M020 how long quotes hold

pub mod item;
pub mod sheet;
pub mod tax;
mod tiers;
mod values;

use std::collections::HashMap;

use iso_currency::Currency;
use jiff::{Span, civil::Date};
use rust_decimal::{Decimal, RoundingStrategy};
use schemars::JsonSchema;
use serde::Deserialize;

pub use super::words::{Forms, Unit, Words};
pub use item::{Billing, Companion, Item, Tier, TierRule};
pub use tax::{Jurisdiction, Rate, Treatment};
pub use tiers::Part;
pub use values::{Amount, Percent};

use super::{Library, checks};
use crate::diagnostic::Checked;
use crate::source::{self, InOrder, Spanned};

/// Path of the price book in a library.
pub const PRICE_BOOK: &str = "templates/pricebook.yaml";

/// What may be sold, and for how much.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PriceBook {
    /// Any name for this state of the prices, such as `2027.1`; printed in every document's provenance.
    pub version: Spanned<String>,
    /// The days on which these prices may be quoted.
    pub valid: Spanned<Validity>,
    /// ISO 4217; every item has a price in each.
    pub currencies: Vec<Spanned<String>>,
    /// How amounts become whole minor units.
    pub rounding: Rounding,
    /// How long quotes may hold.
    #[serde(default)]
    pub quotes: QuoteTerms,
    /// The most that each role may take off; without it nobody may take off anything.
    #[serde(default)]
    pub discounts: Option<Discounts>,
    /// The classes that items name, and what taxes do to each. Without them the book knows no taxes.
    #[serde(default = "no_classes")]
    pub tax_classes: InOrder<Treatment>,
    /// The taxes of each country or region that may be sold to.
    #[serde(default)]
    pub taxes: Vec<Jurisdiction>,
    pub items: Vec<Item>,
}

fn no_classes() -> InOrder<Treatment> {
    InOrder(Vec::new())
}

/// Days, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Validity {
    #[schemars(with = "String", extend("format" = "date"))]
    pub from: Date,
    #[schemars(with = "String", extend("format" = "date"))]
    pub until: Date,
}

/// What quotes from this book may promise.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct QuoteTerms {
    /// How many days after the last day of `valid` the client may still accept a quote; 0 if left out: nobody has promised
    /// these prices for longer.
    #[serde(default)]
    pub valid_days: Option<Spanned<u32>>,
}

impl PriceBook {
    /// The last day until which a quote from this book may be valid.
    pub fn last_valid_day(&self) -> Date {
        let days = self.quotes.valid_days.as_ref().map_or(0, |days| days.value);
        // The last day of the calendar is later than any quote.
        self.valid.until.checked_add(Span::new().days(days)).unwrap_or(Date::MAX)
    }
}

/// How an exact amount becomes a whole number of minor units.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Rounding {
    pub mode: RoundingMode,
    pub per: RoundingPer,
}

/// Where a half goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum RoundingMode {
    /// Away from zero: 0.125 is 0.13.
    HalfUp,
    /// To the even neighbour: 0.125 is 0.12.
    HalfEven,
}

/// What is rounded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum RoundingPer {
    /// Each line, and each tax on each line; sums are sums of what is printed.
    Line,
    /// Each line as it is printed, and each tax once, on the sum that it is reckoned on.
    Total,
}

impl Rounding {
    /// Rounds an exact amount to the minor unit of a currency.
    pub fn round(self, amount: Decimal, currency: Currency) -> Decimal {
        let strategy = match self.mode {
            RoundingMode::HalfUp => RoundingStrategy::MidpointAwayFromZero,
            RoundingMode::HalfEven => RoundingStrategy::MidpointNearestEven,
        };
        amount.round_dp_with_strategy(minor_digits(currency), strategy)
    }
}

/// How many digits the minor unit of a currency has: 2 for CAD, 0 for JPY, 3 for KWD.
pub fn minor_digits(currency: Currency) -> u32 {
    currency.exponent().map_or(2, u32::from)
}

/// The most that each role may take off, as parts of the list price.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Discounts {
    /// Without anybody's approval.
    pub rep: Limits,
    /// With a manager's approval.
    pub manager: Limits,
}

/// The limits of one role.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Limits {
    /// On each line, of its list price.
    pub line: Spanned<Percent>,
    /// On the whole quote: all discounts together, of the list price of everything.
    pub whole: Spanned<Percent>,
}

impl Library {
    /// The price book, read once; `None` where the library has none.
    ///
    /// # Errors
    /// `Y…` where it is not written as a price book is; `M…` where what it says cannot be.
    pub fn price_book(&self) -> Checked<Option<&PriceBook>> {
        match self.price_book.get_or_init(|| read(self)) {
            Ok(book) => Ok(book.as_ref()),
            Err(problems) => Err(problems.clone()),
        }
    }
}

fn read(library: &Library) -> Checked<Option<PriceBook>> {
    if !library.files.contains_key(PRICE_BOOK) {
        return Ok(None);
    }
    let file = library.text(PRICE_BOOK)?;
    let book: PriceBook = source::read(&file)?;
    let problems = checks::price_book(&file, &book, &library.settings);
    if problems.has_errors() { Err(problems) } else { Ok(Some(book)) }
}

impl PriceBook {
    /// The item of a sku, in the very spelling of the book.
    pub fn item(&self, sku: &str) -> Option<&Item> {
        self.items.iter().find(|item| item.sku.value == sku)
    }

    /// The items by their skus, for many look-ups: [`item`](Self::item) goes through the whole list.
    pub fn index(&self) -> HashMap<&str, &Item> {
        // From the end, so that of two items with one sku the first stays, as in `item`.
        self.items.iter().rev().map(|item| (item.sku.value.as_str(), item)).collect()
    }

    /// Every text that a document may print: names, descriptions, units, names of taxes.
    pub fn printed(&self) -> Vec<&Spanned<String>> {
        let taxes = self.taxes.iter().flat_map(|taxes| &taxes.rates).map(|rate| &rate.name);
        let names = self.items.iter().flat_map(|item| std::iter::once(&item.name).chain(&item.description));
        let words = taxes.chain(names).flat_map(|words| &words.texts).map(|(_, text)| text);
        let forms = self.items.iter().flat_map(|item| &item.unit.forms).flat_map(|(_, forms)| match forms {
            Forms::Same(text) => vec![text],
            Forms::ByCount(forms) => forms.iter().map(|(_, text)| text).collect(),
        });
        words.chain(forms).collect()
    }

    /// True where the book has prices in this currency.
    pub fn has_currency(&self, currency: Currency) -> bool {
        self.currencies.iter().any(|known| known.value == currency.code())
    }

    /// The taxes of a place: those of the region where the book has it, else those of the country. None where the book
    /// has neither, so that nobody is quoted no tax by accident.
    pub fn jurisdiction(&self, country: &str, region: Option<&str>) -> Option<&Jurisdiction> {
        let in_country = || self.taxes.iter().filter(|taxes| taxes.country.eq_ignore_ascii_case(country));
        let of_region = |taxes: &&Jurisdiction| {
            region.is_some_and(|region| taxes.region.as_ref().is_some_and(|known| known.eq_ignore_ascii_case(region)))
        };
        in_country().find(of_region).or_else(|| in_country().find(|taxes| taxes.region.is_none()))
    }

    /// What taxes do to a class; none where the book has no such class.
    pub fn treatment(&self, class: &str) -> Option<Treatment> {
        self.tax_classes.0.iter().find(|(known, _)| known.value == class).map(|(_, treatment)| *treatment)
    }
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;

#[cfg(test)]
mod properties;
