//! In: a day. Out: the day in words, with the whole year, in the Gregorian calendar.

use icu_datetime::fieldsets::YMD;
use icu_datetime::options::YearStyle;
use icu_datetime::preferences::CalendarAlgorithm;
use icu_datetime::{DateTimeFormatter, DateTimeFormatterPreferences};
use icu_locale::subtags::{Language, language};
use jiff::civil::Date;

use super::Locale;

const FRENCH: Language = language!("fr");

/// How long a date is written. Neither form can be read as another day elsewhere: the month is a word where the
/// locale's custom allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateStyle {
    /// `January 15, 2027`
    Long,
    /// `Jan 15, 2027`
    Short,
}

pub(super) type Dates = DateTimeFormatter<YMD>;

fn formatter(locale: &Locale, style: DateStyle) -> Option<Dates> {
    let mut preferences = DateTimeFormatterPreferences::from(&locale.id);
    // A contract's day is the same day for both parties, whatever calendar the locale prefers.
    preferences.calendar_algorithm = Some(CalendarAlgorithm::Gregory);
    let fields = match style {
        DateStyle::Long => YMD::long(),
        DateStyle::Short => YMD::medium(),
    };
    DateTimeFormatter::try_new(preferences, fields.with_year_style(YearStyle::Full)).ok()
}

pub(super) fn date(locale: &Locale, date: Date, style: DateStyle) -> String {
    let kept = &locale.dates[style as usize];
    let formatter = kept.get_or_init(|| formatter(locale, style)).as_ref();
    let day = icu_datetime::input::Date::try_new_iso(
        i32::from(date.year()),
        date.month().unsigned_abs(),
        date.day().unsigned_abs(),
    );
    match (formatter, day) {
        (Some(formatter), Ok(day)) => {
            let written = formatter.format(&day).to_string();
            match written.strip_prefix("1 ").filter(|_| locale.id.id.language == FRENCH) {
                // The first of a month is an ordinal in French, the only day that is; CLDR's pattern knows but numerals.
                Some(rest) if date.day() == 1 => format!("1er {rest}"),
                _ => written,
            }
        }
        _ => date.to_string(),
    }
}
