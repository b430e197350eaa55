//! In: the smallest and the largest number of a chart. Out: round numbers for an axis, and where a number stands on it.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

/// From numbers to points.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Scale {
    low: f64,
    high: f64,
    from: f32,
    to: f32,
}

impl Scale {
    /// Puts `low` at `from` pt and `high` at `to` pt; where they are equal, everything stands at `from`.
    pub fn new((low, high): (f64, f64), (from, to): (f32, f32)) -> Self {
        Self { low, high, from, to }
    }

    /// Where a number stands, pt; never outside the scale.
    pub fn at(self, value: f64) -> f32 {
        let span = self.high - self.low;
        if span <= 0.0 || !span.is_finite() {
            return self.from;
        }
        let part = ((value - self.low) / span).clamp(0.0, 1.0);
        self.from + (self.to - self.from) * part as f32
    }
}

/// A number as a chart measures it.
pub(super) fn measure(value: Decimal) -> f64 {
    value.to_f64().unwrap_or(0.0)
}

/// The least and the greatest number, with zero between them: a bar that does not begin at zero lies.
pub(super) fn from_zero(values: impl Iterator<Item = f64>) -> (f64, f64) {
    values.fold((0.0, 0.0), |(low, high), value| (value.min(low), value.max(high)))
}

/// Round numbers that enclose `low` and `high`: multiples of 1, 2 or 5 of a power of ten, at most `most` of them but at
/// least two.
pub(super) fn ticks(low: f64, high: f64, most: usize) -> Vec<Decimal> {
    let (low, high) = if low <= high { (low, high) } else { (high, low) };
    let size = low.abs().max(high.abs());
    // What differs by less than can be seen is one number, which stands between zero and itself.
    let (low, high) = match size {
        0.0 => (0.0, 1.0),
        _ if high - low <= size * 1e-9 => (low.min(0.0), high.max(0.0)),
        _ => (low, high),
    };
    let most = most.max(2);
    let raw = (high - low) / most as f64;
    let mut power = (raw.log10().floor() as i32).clamp(-28, 28);
    loop {
        for factor in [1u8, 2, 5] {
            let step = f64::from(factor) * 10f64.powi(power);
            let (first, last) = ((low / step).floor(), (high / step).ceil());
            let count = last - first + 1.0;
            if count <= most as f64 || (most < 3 && count <= 3.0) || power >= 29 {
                return multiples(first, last, factor, power);
            }
        }
        power += 1;
    }
}

fn multiples(first: f64, last: f64, factor: u8, power: i32) -> Vec<Decimal> {
    let (first, last) = (first as i64, last as i64);
    (first..=last.min(first.saturating_add(100)))
        .filter_map(|index| {
            let mut value = Decimal::from(index).checked_mul(Decimal::from(factor))?;
            if power < 0 {
                value.set_scale(power.unsigned_abs().min(28)).ok()?;
            }
            for _ in 0..power.max(0) {
                value = value.checked_mul(Decimal::TEN)?;
            }
            Some(value.normalize())
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn words(low: f64, high: f64, most: usize) -> Vec<String> {
        ticks(low, high, most).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn ticks_are_round_and_enclose_the_numbers() {
        assert_eq!(words(0.0, 29.0, 5), ["0", "10", "20", "30"]);
        assert_eq!(words(0.0, 100.0, 6), ["0", "20", "40", "60", "80", "100"]);
        assert_eq!(words(-12.0, 30.0, 6), ["-20", "-10", "0", "10", "20", "30"]);
        assert_eq!(words(-9.0, -3.0, 5), ["-10", "-8", "-6", "-4", "-2"]);
        assert_eq!(words(3.2, 4.1, 6), ["3.2", "3.4", "3.6", "3.8", "4", "4.2"]);
    }

    #[test]
    fn equal_tiny_and_huge_numbers_have_ticks() {
        assert_eq!(words(0.0, 0.0, 5), ["0", "0.5", "1"]);
        assert_eq!(words(7.0, 7.0, 5), ["0", "2", "4", "6", "8"]);
        assert_eq!(words(-7.0, -7.0, 5), ["-8", "-6", "-4", "-2", "0"]);
        assert_eq!(words(0.0, 3e-10, 5), ["0", "0.0000000001", "0.0000000002", "0.0000000003"]);
        assert_eq!(words(0.0, 4e27, 5).last().map(String::as_str), Some("4000000000000000000000000000"));
    }

    #[test]
    fn numbers_stand_on_the_scale() {
        let scale = Scale::new((0.0, 10.0), (100.0, 0.0));
        assert_eq!((scale.at(0.0), scale.at(5.0), scale.at(10.0), scale.at(99.0)), (100.0, 50.0, 0.0, 0.0));
        assert_eq!(Scale::new((3.0, 3.0), (100.0, 0.0)).at(3.0), 100.0);
    }

    proptest! {
        #[test]
        fn any_numbers_have_few_ticks_around_them(low in -1e28..1e28f64, span in 0.0..1e28f64, power in -28..1i32, most in 2..8usize) {
            let low = low * 10f64.powi(power);
            let high = low + span * 10f64.powi(power);
            let ticks = ticks(low, high, most);
            prop_assert!(ticks.len() >= 2 && ticks.len() <= most.max(3), "{ticks:?}");
            prop_assert!(ticks.windows(2).all(|pair| pair[0] < pair[1]), "{ticks:?}");
        }
    }
}
