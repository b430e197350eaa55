//! In: `tax_classes:` and `taxes:` of the price book. Out: what is added, or is in the price, where.

use schemars::JsonSchema;
use serde::Deserialize;

use super::values::Percent;
use crate::library::words::Words;
use crate::source::Spanned;

/// What taxes do to a class of items.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Treatment {
    /// At the rates of the place.
    Taxed,
    /// Taxed at 0% everywhere.
    ZeroRated,
    /// Outside of taxes.
    Exempt,
}

/// The taxes of one country, or of one of its regions in place of the country's.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Jurisdiction {
    /// ISO 3166-1, such as `CA`.
    pub country: Spanned<String>,
    /// The second part of ISO 3166-2, such as `ON`; for the whole country if left out.
    #[serde(default)]
    pub region: Option<Spanned<String>>,
    /// Whether prices have these taxes in them; they are added if left out.
    #[serde(default)]
    pub inclusive: bool,
    /// In the order in which they are printed; an empty list says that nothing is taxed here.
    pub rates: Vec<Rate>,
}

/// One tax.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Rate {
    /// Plain, or by language: `{en: GST, fr: TPS}`.
    pub name: Words,
    pub rate: Spanned<Percent>,
    /// The taxed classes that it is on; all of them if left out.
    #[serde(default)]
    pub classes: Vec<Spanned<String>>,
    /// Whether it is reckoned on the price and the taxes before it in the list, not on the price alone.
    #[serde(default)]
    pub compound: bool,
}

impl Rate {
    /// True where the tax is on items of a taxed class.
    pub fn is_on(&self, class: &str) -> bool {
        self.classes.is_empty() || self.classes.iter().any(|known| known.value == class)
    }
}

impl Jurisdiction {
    /// The taxes on a taxed class, in order.
    pub fn rates_on<'a>(&'a self, class: &'a str) -> impl Iterator<Item = &'a Rate> {
        self.rates.iter().filter(move |rate| rate.is_on(class))
    }

    /// The place, as `CA-ON` or `CA`.
    pub fn place(&self) -> String {
        match &self.region {
            Some(region) => format!("{}-{}", self.country.value, region.value),
            None => self.country.value.clone(),
        }
    }
}
