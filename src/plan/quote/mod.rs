//! In: what a rep wants quoted and the price book. Out: [`Quote`]: a client's lines with every figure that a document
//! may show, exact, in one currency.
//!
//! [`price()`] makes it: each line (`lines`), the rules that lines keep to (`rules`), the sums (`totals`), their `limit` in all `mixes`, and `taxes`, in
//! arithmetic that is `exact` or refused; [`working`] says how each figure came to be.
//!
//! Codes: Q001 no price book · Q002 unknown sku · Q003 price book not in force · Q004 item not in force · Q005 currency
//! without a price · Q006 quantity · Q007 discount that cannot be · Q008 discount of a line over the limit · Q009 all
//! discounts over the limit · Q010 expired · Q011 excluded combination · Q012 missing companion · Q013 taxes not known ·
//! Q014 words of another language · Q015 too large · Q017 valid longer than its prices hold ·
//! Q019 changed since an older document (warning); Q018 and Q020 are about that document ·
//! Q021 an amount off the whole that cannot be held against the limit
//!
//! Amounts are in the currency's major unit and have no more digits than its minor unit allows, unit prices aside. All
//! texts are in the document's language. Nothing that draws a quote computes an amount of its own.

mod combinations;
mod exact;
pub mod figures;
mod limit;
mod lines;
mod mixes;
pub mod pinned;
mod price;
mod rules;
mod taxes;
mod totals;
pub mod trial;
pub mod working;

pub use crate::library::pricebook::Billing;
pub use price::{Reckoned, Terms, price};

use iso_currency::Currency;
use jiff::civil::Date;
use rust_decimal::Decimal;

/// A priced quote.
#[derive(Debug, Clone, PartialEq)]
pub struct Quote {
    pub currency: Currency,
    /// The last day on which the client may accept.
    pub valid_until: Option<Date>,
    /// First day of the term.
    pub start: Option<Date>,
    pub term_months: Option<u32>,
    /// What the rep adds to the whole quote.
    pub note: Option<String>,
    /// In the order of the client file.
    pub lines: Vec<Line>,
    /// Sums of what is included, one for each billing that has such a line, in the order of [`Billing`].
    pub periods: Vec<Period>,
    /// All that the client pays over the term; `None` where recurring lines have no term to run for, or where a charge
    /// depends on usage.
    pub contract_value: Option<ContractValue>,
    /// All discounts as a part of the list price of what is included: `0.05` is 5%.
    pub effective_discount: Decimal,
    /// True where prices have their tax in them.
    pub tax_inclusive: bool,
}

/// One item in some quantity.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    pub sku: String,
    pub name: String,
    pub description: Option<String>,
    pub billing: Billing,
    pub quantity: Decimal,
    /// What one is called: `vehicle`.
    pub unit: String,
    /// What so many are called: `vehicles`.
    pub units: String,
    pub standing: Standing,
    /// The list prices that the quantity is charged at: one, or one for each tier that it reaches.
    pub prices: Vec<Price>,
    /// Before the line's discount.
    pub list: Decimal,
    /// The line's own discount, a positive amount.
    pub discount: Decimal,
    /// `list` less `discount`.
    pub net: Decimal,
    /// What the rep adds to the line.
    pub note: Option<String>,
}

/// Whether a line counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    Included,
    /// The client may add it; in no sum.
    Optional,
    /// One of several in a group, of which one is chosen and counts.
    Alternative {
        group: String,
        chosen: bool,
    },
}

impl Line {
    /// True where the line is part of the sums.
    pub fn counts(&self) -> bool {
        matches!(self.standing, Standing::Included | Standing::Alternative { chosen: true, .. })
    }
}

/// Part of a quantity at one list price.
#[derive(Debug, Clone, PartialEq)]
pub struct Price {
    pub quantity: Decimal,
    /// For one unit; may have more digits than the currency's minor unit.
    pub unit_price: Decimal,
    pub amount: Decimal,
}

/// The sums of one billing.
#[derive(Debug, Clone, PartialEq)]
pub struct Period {
    pub billing: Billing,
    /// Of all lines, before any discount.
    pub list: Decimal,
    /// The lines' own discounts together.
    pub line_discounts: Decimal,
    /// This period's part of the discount on the whole quote.
    pub discount: Decimal,
    /// `list` less both discounts; with inclusive taxes it has them in it.
    pub net: Decimal,
    pub taxes: Vec<Tax>,
    /// What is paid.
    pub total: Decimal,
}

/// One tax on one period.
#[derive(Debug, Clone, PartialEq)]
pub struct Tax {
    /// `HST`.
    pub name: String,
    /// A part of one: `0.13` is 13%.
    pub rate: Decimal,
    /// What it is reckoned on.
    pub base: Decimal,
    pub amount: Decimal,
}

/// All that is paid over the term.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ContractValue {
    /// Without taxes that are added.
    pub net: Decimal,
    /// With all taxes.
    pub total: Decimal,
}

impl Quote {
    /// The sums of one billing, where any line has it.
    pub fn period(&self, billing: Billing) -> Option<&Period> {
        self.periods.iter().find(|period| period.billing == billing)
    }
}

#[cfg(test)]
mod tests;
