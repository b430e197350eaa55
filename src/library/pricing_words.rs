//! In: `pricing:` under `furniture: words: <language>:` of `brand/brand.yaml`. Out: [`PricingWords`].

use schemars::JsonSchema;
use serde::Deserialize;

/// What `:::pricing` says by itself, in one language.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PricingWords {
    /// Heads of columns.
    pub item: String,
    pub sku: String,
    pub billing: String,
    pub quantity: String,
    pub unit_price: String,
    pub discount: String,
    pub amount: String,
    /// How often a charge comes back: heads of groups and of the totals.
    pub one_time: String,
    pub monthly: String,
    pub annual: String,
    pub usage: String,
    /// The same below the figure that the prices open with: `per month`.
    pub once: String,
    pub per_month: String,
    pub per_year: String,
    pub per_usage: String,
    /// The same for the figure beside it: `per vehicle`.
    pub per_vehicle: String,
    pub per_employee: String,
    pub per_location: String,
    pub with_taxes: String,
    pub before_taxes: String,
    /// Lines of the totals.
    pub subtotal: String,
    pub list_prices: String,
    pub item_discounts: String,
    pub whole_discount: String,
    pub net: String,
    pub total: String,
    /// Before a tax that the prices have in them: `of which`.
    pub includes: String,
    /// What stands below the totals.
    pub contract_value: String,
    pub saving: String,
    pub start: String,
    /// `Term in months`.
    pub term: String,
    pub valid_until: String,
    /// Lines that are in no sum.
    pub options: String,
    pub optional: String,
    /// Beside the one of several alternatives that counts.
    pub chosen: String,
    /// Before the name of the item that is chosen: `Alternative to:`.
    pub alternative_to: String,
    /// Before what the rep wrote among the prices, with the rep's name in place of `{name}`: `Note from {name}:`.
    pub note_from: String,
    /// The same where the rep is not named: `Note:`.
    pub note: String,
    /// At the foot and the head of a page, where the lines go on.
    pub carried_forward: String,
    pub brought_forward: String,
}
