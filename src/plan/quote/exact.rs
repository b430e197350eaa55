//! In: decimals. Out: exact results, or nothing where they would not be exact; sums split into parts without losing a
//! minor unit.

use rust_decimal::Decimal;

/// The largest amount of a quote, in the major unit: beyond it, a quantity or price is a slip of the keyboard.
pub(super) const MOST: Decimal = Decimal::from_parts(2_764_472_320, 232_830, 0, false, 0);

/// The product, where no digit of it is lost.
pub(super) fn times(a: Decimal, b: Decimal) -> Option<Decimal> {
    let (a, b) = (a.normalize(), b.normalize());
    let product = a.checked_mul(b)?;
    (product.is_zero() || product.scale() == a.scale() + b.scale()).then_some(product)
}

/// The sum, where no digit of it is lost.
pub(super) fn plus(a: Decimal, b: Decimal) -> Option<Decimal> {
    let sum = a.checked_add(b)?;
    (a.is_zero() || b.is_zero() || sum.scale() >= a.scale().max(b.scale())).then_some(sum)
}

/// The sum of all.
pub(super) fn sum(amounts: impl IntoIterator<Item = Decimal>) -> Option<Decimal> {
    amounts.into_iter().try_fold(Decimal::ZERO, plus)
}

/// Gives an amount exactly as many digits as the minor unit has; none where it has more, or is too large.
pub(super) fn minor(mut amount: Decimal, digits: u32) -> Option<Decimal> {
    if amount.abs() > MOST || amount.normalize().scale() > digits {
        return None;
    }
    amount.rescale(digits);
    // A refund of nothing is not "-0".
    if amount.is_zero() {
        amount.set_sign_positive(true);
    }
    Some(amount)
}

/// Parts a whole number of minor units as weights stand to one another: each part is rounded down, and what is left
/// goes to the largest remainders, one minor unit each; of equal ones to the first.
///
/// Neither whole nor weights are negative, and all have `digits` digits. None where nothing can carry the whole.
pub(super) fn share(whole: Decimal, weights: &[Decimal], digits: u32) -> Option<Vec<Decimal>> {
    let units = |amount: Decimal| minor(amount, digits).map(|amount| amount.mantissa());
    let whole = units(whole)?;
    let weights: Vec<i128> = weights.iter().map(|weight| units(*weight)).collect::<Option<_>>()?;
    let all = weights.iter().try_fold(0_i128, |sum, weight| sum.checked_add(*weight))?;
    if all == 0 {
        return (whole == 0).then(|| vec![Decimal::new(0, digits); weights.len()]);
    }
    let mut parts = Vec::with_capacity(weights.len());
    let mut remainders = Vec::with_capacity(weights.len());
    for weight in &weights {
        let product = whole.checked_mul(*weight)?;
        parts.push(product / all);
        remainders.push(product % all);
    }
    hand_out(&mut parts, &remainders, whole)?;
    parts.into_iter().map(|part| Decimal::try_from_i128_with_scale(part, digits).ok()).collect()
}

/// Rounds exact parts so that they add up to a whole that was rounded already: each is rounded down, and what is left
/// goes to the largest remainders.
pub(super) fn settle(whole: Decimal, parts: &[Decimal], digits: u32) -> Option<Vec<Decimal>> {
    let whole = minor(whole, digits)?.mantissa();
    let mut floors = Vec::with_capacity(parts.len());
    let mut remainders = Vec::with_capacity(parts.len());
    for part in parts {
        let floor = minor(part.trunc_with_scale(digits), digits)?;
        floors.push(floor.mantissa());
        remainders.push(part.checked_sub(floor)?);
    }
    hand_out(&mut floors, &remainders, whole)?;
    floors.into_iter().map(|part| Decimal::try_from_i128_with_scale(part, digits).ok()).collect()
}

/// Adds one to the parts with the largest remainders until they add up to the whole.
fn hand_out<T: Ord>(parts: &mut [i128], remainders: &[T], whole: i128) -> Option<()> {
    let shared = parts.iter().try_fold(0_i128, |sum, part| sum.checked_add(*part))?;
    let left = usize::try_from(whole.checked_sub(shared)?).ok()?;
    let mut order: Vec<usize> = (0..parts.len()).collect();
    // Stable: of equal remainders the first comes first.
    order.sort_by(|a, b| remainders[*b].cmp(&remainders[*a]));
    if left > order.len() {
        return None;
    }
    for index in order.into_iter().take(left) {
        parts[index] += 1;
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decimal(text: &str) -> Decimal {
        text.parse().expect("a decimal")
    }

    #[test]
    fn the_bound_is_a_thousand_million_millions() {
        assert_eq!(MOST.to_string(), "1000000000000000");
    }

    #[test]
    fn products_and_sums_are_exact_or_none() {
        assert_eq!(times(decimal("1.10"), decimal("0.130")), Some(decimal("0.143")));
        assert_eq!(times(decimal("0.00"), decimal("5")), Some(Decimal::ZERO));
        assert_eq!(times(decimal("1.23456789012345678"), decimal("1.23456789012345678")), None);
        assert_eq!(times(Decimal::MAX, decimal("2")), None);
        assert_eq!(plus(decimal("79228162514264337593543950"), decimal("0.0000001")), None);
        assert_eq!(plus(decimal("1.10"), decimal("0.005")), Some(decimal("1.105")));
    }

    #[test]
    fn shares_add_up() {
        let shares = |whole: &str, weights: &[&str], digits| {
            let weights: Vec<Decimal> = weights.iter().map(|weight| decimal(weight)).collect();
            share(decimal(whole), &weights, digits)
                .map(|parts| parts.iter().map(Decimal::to_string).collect::<Vec<_>>().join(" "))
        };
        assert_eq!(shares("100.00", &["1", "1", "1"], 2).as_deref(), Some("33.34 33.33 33.33"));
        assert_eq!(shares("0.01", &["10", "20", "30"], 2).as_deref(), Some("0.00 0.00 0.01"));
        assert_eq!(shares("5", &["0", "7"], 0).as_deref(), Some("0 5"));
        assert_eq!(shares("0.000", &["0", "0"], 3).as_deref(), Some("0.000 0.000"));
        assert_eq!(shares("0.01", &["0", "0"], 2), None);
        assert_eq!(shares("0", &[], 2).as_deref(), Some(""));
    }

    #[test]
    fn parts_settle_on_their_rounded_sum() {
        let parts = [decimal("0.125"), decimal("0.126"), decimal("0.10")];
        let settled = settle(decimal("0.35"), &parts, 2).expect("parts");
        assert_eq!(settled, [decimal("0.12"), decimal("0.13"), decimal("0.10")]);
    }
}
