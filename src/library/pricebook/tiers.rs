//! In: an item, a quantity and a currency. Out: the parts of the quantity, each at one list price.
//!
//! A whole-volume tier `from: 25` has the quantity 25 and all above it. A graduated one of whole units begins with the
//! 25th unit, so that 24 have the price before it; of a fractional item, what is above 25 has its price, as what is
//! measured has no 25th piece. In both, a tier is as wide as the distance
//! between its `from` and the next one's; the first also has all that lies below a minimum quantity.

use iso_currency::Currency;
use rust_decimal::Decimal;

use super::item::{Item, Tier, TierRule, price_in};

/// Part of a quantity at one list price.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part {
    pub quantity: Decimal,
    /// For one unit.
    pub unit_price: Decimal,
}

impl Item {
    /// Splits a quantity into parts at one list price each: one part for a plain price or a whole-volume tier, one for
    /// each tier that is reached where tiers are graduated. The parts add up to the quantity; no part is empty.
    ///
    /// None where the item has no price in the currency, or the quantity is none that the item [admits](Self::admits).
    pub fn parts(&self, quantity: Decimal, currency: Currency) -> Option<Vec<Part>> {
        if !self.admits(quantity) {
            return None;
        }
        if let Some(prices) = &self.prices {
            return Some(vec![Part { quantity, unit_price: price_in(prices, currency)? }]);
        }
        match self.tier_rule.as_ref()?.value {
            TierRule::WholeVolume => {
                let tier = self.tiers.iter().rev().find(|tier| tier.from.0 <= quantity)?;
                Some(vec![Part { quantity, unit_price: price_in(&tier.prices, currency)? }])
            }
            TierRule::Graduated => self.graduated(quantity, currency),
        }
    }

    fn graduated(&self, quantity: Decimal, currency: Currency) -> Option<Vec<Part>> {
        let mut parts = Vec::new();
        for (index, tier) in self.tiers.iter().enumerate() {
            let starts = if index == 0 { Decimal::ZERO } else { self.units_before(tier)? };
            let ends = match self.tiers.get(index + 1) {
                Some(next) => self.units_before(next)?.min(quantity),
                None => quantity,
            };
            if ends > starts {
                let quantity = ends.checked_sub(starts)?;
                parts.push(Part { quantity, unit_price: price_in(&tier.prices, currency)? });
            }
        }
        Some(parts)
    }

    /// How much is used up before a tier begins.
    fn units_before(&self, tier: &Tier) -> Option<Decimal> {
        if self.fractional { Some(tier.from.0) } else { tier.from.checked_sub(Decimal::ONE) }
    }
}
