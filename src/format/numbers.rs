//! In: an exact decimal. Out: a number, a percentage, a plural category.

use std::cell::OnceCell;

use icu_decimal::DecimalFormatter;
use icu_decimal::input::Decimal as Digits;
use icu_experimental::dimension::percent::formatter::PercentFormatter;
use icu_plurals::{PluralCategory, PluralRules};
use rust_decimal::{Decimal, RoundingStrategy};

use super::{Locale, MOST_DIGITS};

pub(super) type Percents = PercentFormatter<DecimalFormatter>;

/// Rounds half away from zero and fills up to `digits`; without `digits`, drops trailing zeros.
pub(super) fn rounded(value: Decimal, digits: Option<u8>) -> Decimal {
    let mut value = match digits {
        None => value.normalize(),
        Some(digits) => {
            let digits = u32::from(digits.min(MOST_DIGITS));
            let mut value = value.round_dp_with_strategy(digits, RoundingStrategy::MidpointAwayFromZero);
            // Keeps the value where the digits do not fit beside a very long whole part.
            value.rescale(digits);
            value
        }
    };
    // A refund of 0.001 is not "-0".
    if value.is_zero() {
        value.set_sign_positive(true);
    }
    value
}

/// The same digits in ICU's type, by way of text.
pub(super) fn digits(value: Decimal) -> Option<Digits> {
    Digits::try_from_str(&value.to_string()).ok()
}

pub(super) fn formatter(locale: &Locale) -> Option<&DecimalFormatter> {
    locale.numbers.get_or_init(|| DecimalFormatter::try_new((&locale.id).into(), Default::default()).ok()).as_ref()
}

pub(super) fn number(locale: &Locale, value: Decimal, count: Option<u8>) -> String {
    let value = rounded(value, count);
    match (formatter(locale), digits(value)) {
        (Some(formatter), Some(digits)) => formatter.format(&digits).to_string(),
        // ICU falls back to its root data for locales that it does not know, so this is never reached with it whole.
        _ => value.to_string(),
    }
}

pub(super) fn percent(locale: &Locale, fraction: Decimal, count: Option<u8>) -> String {
    let Some(hundredfold) = fraction.checked_mul(Decimal::ONE_HUNDRED) else {
        return format!("{fraction} × 100%");
    };
    let value = rounded(hundredfold, count);
    let formatter =
        locale.percents.get_or_init(|| PercentFormatter::try_new((&locale.id).into(), Default::default()).ok());
    match (formatter, digits(value)) {
        (Some(formatter), Some(digits)) => formatter.format(&digits).to_string(),
        _ => format!("{value}%"),
    }
}

pub(super) fn plural_category(locale: &Locale, value: Decimal) -> &'static str {
    let rules: &OnceCell<Option<PluralRules>> = &locale.plurals;
    let rules = rules.get_or_init(|| PluralRules::try_new_cardinal((&locale.id).into()).ok());
    let (Some(rules), Some(digits)) = (rules, digits(value)) else { return "other" };
    match rules.category_for(&digits) {
        PluralCategory::Zero => "zero",
        PluralCategory::One => "one",
        PluralCategory::Two => "two",
        PluralCategory::Few => "few",
        PluralCategory::Many => "many",
        PluralCategory::Other => "other",
    }
}
