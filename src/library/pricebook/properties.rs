//! Tiers, whatever they are: a quantity is split without rest, and no split is a surprise.

use iso_currency::Currency::CAD;
use proptest::prelude::*;
use rust_decimal::Decimal;

use super::item::{Billing, Item, Tier, TierRule};
use super::{Amount, Part};
use crate::library::words::{Forms, Unit, Words};
use crate::source::{InOrder, Spanned};

fn spanned<T>(value: T) -> Spanned<T> {
    Spanned { value, span: 0..0 }
}

/// An item whose tiers are as wide as `widths`, each cheaper than the one before.
fn item(widths: &[u32], fractional: bool, rule: TierRule) -> Item {
    let mut from = Decimal::from(u8::from(!fractional));
    let mut tiers = Vec::new();
    for (index, width) in widths.iter().enumerate() {
        let price = Decimal::from(1000 - index);
        let prices = spanned(InOrder(vec![(spanned("CAD".to_string()), spanned(Amount(price)))]));
        tiers.push(Tier { from: spanned(Amount(from)), below: None, prices });
        from += Decimal::from(*width);
    }
    let text = spanned("A".to_string());
    Item {
        sku: text.clone(),
        name: Words { span: 0..0, texts: vec![(None, text.clone())] },
        description: None,
        unit: Unit { span: 0..0, forms: vec![(None, Forms::Same(text))] },
        billing: Billing::Monthly,
        fractional,
        min_quantity: None,
        max_quantity: None,
        prices: None,
        tier_rule: Some(spanned(rule)),
        tiers,
        fine_prices: false,
        tax_class: None,
        available: None,
        bundle: Vec::new(),
        requires: Vec::new(),
        excludes: Vec::new(),
    }
}

fn sum(parts: &[Part]) -> Decimal {
    parts.iter().map(|part| part.quantity * part.unit_price).sum()
}

/// What each unit costs by itself, one after the other: the plainest way to say what graduated tiers are.
fn one_by_one(item: &Item, quantity: u32) -> Decimal {
    let price = |unit: u32| {
        let tier = item.tiers.iter().rev().find(|tier| tier.from.0 <= Decimal::from(unit));
        tier.map_or(Decimal::ZERO, |tier| tier.prices.0[0].1.0)
    };
    (1..=quantity).map(price).sum()
}

proptest! {
    #[test]
    fn parts_add_up_to_the_quantity(
        widths in prop::collection::vec(1_u32..60, 1..6),
        cents in 1_i64..40_000,
        fractional: bool,
        graduated: bool,
    ) {
        let rule = if graduated { TierRule::Graduated } else { TierRule::WholeVolume };
        let item = item(&widths, fractional, rule);
        let quantity = if fractional { Decimal::new(cents, 2) } else { Decimal::from(cents) };
        let parts = item.parts(quantity, CAD).expect("every quantity has a price");
        prop_assert_eq!(parts.iter().map(|part| part.quantity).sum::<Decimal>(), quantity);
        prop_assert!(parts.iter().all(|part| part.quantity > Decimal::ZERO));
        prop_assert!(parts.is_sorted_by(|one, next| one.unit_price > next.unit_price));
        prop_assert!(graduated || parts.len() == 1);
    }

    #[test]
    fn graduated_tiers_are_units_one_by_one(widths in prop::collection::vec(1_u32..30, 1..5), quantity in 1_u32..150) {
        let item = item(&widths, false, TierRule::Graduated);
        let parts = item.parts(quantity.into(), CAD).expect("sold");
        prop_assert_eq!(sum(&parts), one_by_one(&item, quantity));
    }

    #[test]
    fn one_more_never_changes_those_before(widths in prop::collection::vec(1_u32..30, 1..5), quantity in 1_u32..150) {
        let item = item(&widths, false, TierRule::Graduated);
        let of = |quantity: u32| sum(&item.parts(quantity.into(), CAD).expect("sold"));
        let last = item.parts((quantity + 1).into(), CAD).expect("sold").last().map(|part| part.unit_price);
        prop_assert_eq!(Some(of(quantity + 1) - of(quantity)), last);
    }
}
