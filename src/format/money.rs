//! In: an amount and a currency. Out: the amount with the symbol and spacing of the locale.

use icu_decimal::DecimalFormatter;
use icu_experimental::dimension::currency::CurrencyType;
use icu_experimental::dimension::currency::formatter::CurrencyFormatter;
use iso_currency::Currency;
use rust_decimal::Decimal;

use super::Locale;
use super::numbers::{digits, number, rounded};

/// The formatter of the document's one currency.
#[derive(Debug)]
pub(super) struct Money {
    currency: Currency,
    formatter: CurrencyFormatter<DecimalFormatter>,
}

impl Money {
    fn new(locale: &Locale, currency: Currency) -> Option<Self> {
        let code = CurrencyType::try_from_str(&currency.code().to_ascii_lowercase()).ok()?;
        let formatter = CurrencyFormatter::try_new_symbol((&locale.id).into(), code, Default::default()).ok()?;
        Some(Self { currency, formatter })
    }
}

pub(super) fn money(locale: &Locale, amount: Decimal, currency: Currency, count: Option<u8>) -> String {
    let minor = currency.exponent().and_then(|digits| u8::try_from(digits).ok()).unwrap_or(2);
    let count = count.unwrap_or(minor);
    let amount = rounded(amount, Some(count));
    let kept = locale.money.get_or_init(|| Money::new(locale, currency));
    let other;
    let money = match kept {
        Some(money) if money.currency == currency => Some(money),
        _ => {
            other = Money::new(locale, currency);
            other.as_ref()
        }
    };
    let written = money.and_then(|money| write(locale, money, amount, count));
    written.unwrap_or_else(|| format!("{} {}", currency.code(), number(locale, amount, Some(count))))
}

/// ICU rounds money to CLDR's digits for the currency, which are not always the digits asked for: the symbol and its
/// place are ICU's, the number between them is ours.
fn write(locale: &Locale, money: &Money, amount: Decimal, count: u8) -> Option<String> {
    let ours = number(locale, amount.abs(), Some(count));
    let text = money.formatter.format_fixed_decimal(&digits(amount)?).to_string();
    if is_whole_number(&text, &ours) {
        return Some(text);
    }
    // The sign and the symbol do not depend on the number's size, so any number that ICU leaves alone shows them.
    let sample = if amount.is_sign_negative() { -Decimal::ONE } else { Decimal::ONE };
    let text = money.formatter.format_fixed_decimal(&digits(sample)?).to_string();
    let first = text.find(|c: char| c.is_numeric())?;
    let (last, digit) = text.char_indices().rfind(|(_, c)| c.is_numeric())?;
    let end = last + digit.len_utf8();
    Some(format!("{}{ours}{}", text.get(..first)?, text.get(end..)?))
}

/// True where `number` stands in `text` and no digit stands outside it.
fn is_whole_number(text: &str, number: &str) -> bool {
    text.split_once(number).is_some_and(|(before, after)| !before.chars().chain(after.chars()).any(char::is_numeric))
}
