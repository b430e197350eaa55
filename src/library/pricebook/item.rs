//! In: an entry of `items:` in the price book. Out: an [`Item`]: what is sold, in which unit, at which price.

use iso_currency::Currency;
use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::Deserialize;

use super::values::Amount;
use crate::library::template::Availability;
use crate::library::words::{Unit, Words};
use crate::source::{InOrder, Spanned};

/// Something that may stand on a line of a quote.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Item {
    /// The id that client files name, such as `PM-A`. Capitals count, but no two may differ by them alone.
    pub sku: Spanned<String>,
    /// Plain, or by language: `{en: …, fr: …}`.
    pub name: Words,
    /// One sentence for the line; plain, or by language.
    #[serde(default)]
    pub description: Option<Words>,
    /// What one is called: `hour`, `{one: hour, other: hours}`, or either by language.
    pub unit: Unit,
    pub billing: Billing,
    /// Whether a quantity may have a fraction, such as 1.5 hours.
    #[serde(default)]
    pub fractional: bool,
    /// The least that may be ordered; 1 if left out, and any part of it where the item is fractional.
    #[serde(default)]
    pub min_quantity: Option<Spanned<Amount>>,
    /// The most that may be ordered.
    #[serde(default)]
    pub max_quantity: Option<Spanned<Amount>>,
    /// The price of one unit in each currency of the book. An item has these or tiers.
    #[serde(default)]
    pub prices: Option<Spanned<InOrder<Spanned<Amount>>>>,
    /// How tiers count; needed where there are tiers.
    #[serde(default)]
    pub tier_rule: Option<Spanned<TierRule>>,
    /// Prices that fall as the quantity grows; from the least quantity on, each from where the one before ends.
    #[serde(default)]
    pub tiers: Vec<Tier>,
    /// Whether prices may have more digits than the currency's minor unit, such as 0.0425 for a kilometre.
    #[serde(default)]
    pub fine_prices: bool,
    /// A class of `tax_classes`; needed where the book has any.
    #[serde(default)]
    pub tax_class: Option<Spanned<String>>,
    /// The days on which it may be sold; those of the book if left out.
    #[serde(default)]
    pub available: Option<Spanned<Availability>>,
    /// What it is made of, where it is a bundle; its own price is that of the whole.
    #[serde(default)]
    pub bundle: Vec<Companion>,
    /// Skus that must stand in the same quote (or in a bundle of it).
    #[serde(default)]
    pub requires: Vec<Spanned<String>>,
    /// Skus that may not stand in the same quote (nor in a bundle of it).
    #[serde(default)]
    pub excludes: Vec<Spanned<String>>,
}

/// How often a charge comes back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Billing {
    OneTime,
    Monthly,
    Annual,
    /// By what is used; the quantity is what is expected in a month.
    Usage,
}

impl Billing {
    /// In the order in which they are shown.
    pub const ALL: [Self; 4] = [Self::OneTime, Self::Monthly, Self::Annual, Self::Usage];

    /// The word that stands in the price book.
    pub fn word(self) -> &'static str {
        match self {
            Self::OneTime => "one_time",
            Self::Monthly => "monthly",
            Self::Annual => "annual",
            Self::Usage => "usage",
        }
    }
}

/// How a quantity that reaches several tiers is priced.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum TierRule {
    /// Each part of the quantity at the price of its own tier.
    Graduated,
    /// The whole quantity at the price of the tier that it reaches.
    WholeVolume,
}

/// A price from some quantity on.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Tier {
    /// The first quantity of the tier. In graduated tiers of whole units, the first unit that has its price.
    pub from: Spanned<Amount>,
    /// The first quantity above the tier; the next tier's `from` if left out, and never another.
    #[serde(default)]
    pub below: Option<Spanned<Amount>>,
    /// The price of one unit in each currency of the book.
    pub prices: Spanned<InOrder<Spanned<Amount>>>,
}

/// A part of a bundle.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Companion {
    pub sku: Spanned<String>,
    /// How many of it in one bundle; 1 if left out.
    #[serde(default)]
    pub quantity: Option<Spanned<Amount>>,
}

impl Companion {
    /// How many of it are in one bundle.
    pub fn count(&self) -> Decimal {
        self.quantity.as_ref().map_or(Decimal::ONE, |quantity| quantity.0)
    }
}

impl Item {
    /// The least quantity that may be ordered, where there is one: a fractional item without a minimum may be ordered
    /// in any part above nothing.
    pub fn least(&self) -> Option<Decimal> {
        match &self.min_quantity {
            Some(least) => Some(least.0),
            None if self.fractional => None,
            None => Some(Decimal::ONE),
        }
    }

    /// The most that may be ordered, where there is a bound.
    pub fn most(&self) -> Option<Decimal> {
        self.max_quantity.as_ref().map(|most| most.0)
    }

    /// True where a quantity keeps to the unit and the bounds of the item.
    pub fn admits(&self, quantity: Decimal) -> bool {
        quantity > Decimal::ZERO
            && (self.fractional || quantity.fract().is_zero())
            && self.least().is_none_or(|least| quantity >= least)
            && self.most().is_none_or(|most| quantity <= most)
    }

    /// True where the item has prices in a currency.
    pub fn has_currency(&self, currency: Currency) -> bool {
        let mut prices = self.prices.iter().chain(self.tiers.iter().map(|tier| &tier.prices)).peekable();
        prices.peek().is_some() && prices.all(|prices| price_in(prices, currency).is_some())
    }
}

/// The price in one currency.
pub(super) fn price_in(prices: &InOrder<Spanned<Amount>>, currency: Currency) -> Option<Decimal> {
    prices.0.iter().find(|(code, _)| code.value == currency.code()).map(|(_, price)| price.0)
}
