//! In: a [`Quote`](super::Quote). Out: figures that follow from it: running sums, subtotals, the price of one vehicle.

use iso_currency::Currency;
use rust_decimal::{Decimal, RoundingStrategy};

use super::{Line, Period};

/// What the lines up to each one add up to: what is carried to the next page below it. `None` beyond what a decimal
/// holds.
pub fn running<'a>(lines: impl IntoIterator<Item = &'a Line>) -> Vec<Option<Decimal>> {
    let mut sum = Some(Decimal::ZERO);
    let mut sums = Vec::new();
    for line in lines {
        sum = sum.and_then(|sum| sum.checked_add(line.net));
        sums.push(sum);
    }
    sums
}

impl Period {
    /// The sum of its lines, each with its own discount, before the discount on the whole.
    pub fn subtotal(&self) -> Option<Decimal> {
        self.list.checked_sub(self.line_discounts)
    }
}

/// An amount shared equally, rounded half up to the currency's minor unit; `None` where there is nothing to share among.
pub fn each(amount: Decimal, count: u64, currency: Currency) -> Option<Decimal> {
    let digits = currency.exponent().map_or(2, u32::from);
    let each = amount.checked_div(Decimal::from(count))?;
    Some(each.round_dp_with_strategy(digits, RoundingStrategy::MidpointAwayFromZero))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_is_shared_to_the_minor_unit() {
        let each = |amount: &str, count, currency| each(amount.parse().expect("a decimal"), count, currency);
        assert_eq!(each("100.00", 3, Currency::CAD), Some(Decimal::new(3333, 2)));
        assert_eq!(each("0.01", 2, Currency::CAD), Some(Decimal::new(1, 2)));
        assert_eq!(each("100", 3, Currency::JPY), Some(Decimal::new(33, 0)));
        assert_eq!(each("100", 3, Currency::KWD), Some(Decimal::new(33333, 3)));
        assert_eq!(each("100", 0, Currency::CAD), None);
    }
}
