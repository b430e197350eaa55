//! In: numbers, dates, lists and a locale. Out: words, by ICU data.
//!
//! Amounts are rounded as exact decimals first (half away from zero) and formatted afterwards; no amount is ever a
//! float. Every formatter is built when it is first needed, since most documents need three of them.

mod dates;
mod lists;
mod money;
mod numbers;
mod read;

use std::cell::OnceCell;

use iso_currency::Currency;
use jiff::civil::Date;
use rust_decimal::Decimal;

pub use dates::DateStyle;
pub use lists::ListStyle;
pub use read::Reading;

/// The keyword of a tag that asks for digits of another script.
const NUMBERING_SYSTEM: icu_locale::extensions::unicode::Key = icu_locale::extensions::unicode::key!("nu");

/// The most digits after the decimal mark that may be asked for.
pub const MOST_DIGITS: u8 = 12;

/// A language and region by whose customs numbers, money, dates and lists are written.
#[derive(Debug)]
pub struct Locale {
    id: icu_locale::Locale,
    numbers: OnceCell<Option<icu_decimal::DecimalFormatter>>,
    percents: OnceCell<Option<numbers::Percents>>,
    money: OnceCell<Option<money::Money>>,
    plurals: OnceCell<Option<icu_plurals::PluralRules>>,
    dates: [OnceCell<Option<dates::Dates>>; 2],
    lists: [OnceCell<Option<icu_list::ListFormatter>>; 2],
}

impl Locale {
    /// Reads a BCP 47 tag such as `en-CA`; `None` where it is not one.
    ///
    /// Digits are always those of the language and region: a numbering system that the tag asks for (`-u-nu-deva`) is taken
    /// out here, since words of the template and page numbers would not follow it.
    pub fn new(tag: &str) -> Option<Self> {
        let mut id = icu_locale::Locale::try_from_str(tag).ok()?;
        id.extensions.unicode.keywords.remove(NUMBERING_SYSTEM);
        Some(Self {
            id,
            numbers: OnceCell::new(),
            percents: OnceCell::new(),
            money: OnceCell::new(),
            plurals: OnceCell::new(),
            dates: [OnceCell::new(), OnceCell::new()],
            lists: [OnceCell::new(), OnceCell::new()],
        })
    }

    /// The tag in its usual spelling.
    pub fn tag(&self) -> String {
        self.id.to_string()
    }

    /// True where the locale's script runs from right to left (Unicode CLDR, character order).
    pub fn is_right_to_left(&self) -> bool {
        icu_locale::LocaleDirectionality::new_common().is_right_to_left(&self.id.id)
    }

    /// Writes a number with grouping. `digits` after the decimal mark: rounded and filled up to as many; `None` keeps
    /// the number's own digits without trailing zeros.
    pub fn number(&self, value: Decimal, digits: Option<u8>) -> String {
        numbers::number(self, value, digits)
    }

    /// Writes a part of one as a percentage: 0.05 is `5%`.
    pub fn percent(&self, fraction: Decimal, digits: Option<u8>) -> String {
        numbers::percent(self, fraction, digits)
    }

    /// Writes an amount of money with the symbol that the locale uses for the currency, rounded to `digits` or to the
    /// currency's minor units.
    pub fn money(&self, amount: Decimal, currency: Currency, digits: Option<u8>) -> String {
        money::money(self, amount, currency, digits)
    }

    /// Writes a day of the Gregorian calendar.
    pub fn date(&self, date: Date, style: DateStyle) -> String {
        dates::date(self, date, style)
    }

    /// Joins words: `a, b and c`.
    pub fn list(&self, items: &[String], style: ListStyle) -> String {
        lists::list(self, items, style)
    }

    /// The CLDR plural category of a number as it is printed: `zero`, `one`, `two`, `few`, `many` or `other`.
    pub fn plural_category(&self, value: Decimal) -> &'static str {
        numbers::plural_category(self, value)
    }
}

#[cfg(test)]
mod tests;
