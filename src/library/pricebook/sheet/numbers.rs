//! In: a cell that should hold a number, a day, a word or a yes. Out: what it holds, or why it cannot be told.

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::cells::{At, Cell, Sheet, Value};
use crate::diagnostic::Diagnostic;
use crate::format::Locale;
use crate::source;
use crate::source::characters;

const PASTE: &str = "copy the cell and paste it as a value: what a formula gives can change unseen";

/// How the cells of a sheet are read.
pub struct Reading<'a> {
    pub sheet: &'a Sheet,
    /// How numbers in text are written, where somebody said.
    pub locale: Option<&'a Locale>,
}

impl Reading<'_> {
    /// The cell's value, where it is not a formula's.
    pub fn value<'c>(&self, at: At, cell: &'c Cell) -> Result<&'c Value, Diagnostic> {
        if cell.formula {
            return Err(self.sheet.fault("I003", at, "a formula stands here", PASTE));
        }
        match &cell.value {
            Value::Odd(what) => Err(self.sheet.fault("I006", at, &format!("{what} stands here"), "write a value")),
            value => Ok(value),
        }
    }

    /// Words, in one line.
    pub fn text(&self, at: At, cell: &Cell) -> Result<String, Diagnostic> {
        let text = match self.value(at, cell)? {
            Value::Text(text) => text.clone(),
            Value::Number(number) => number.to_string(),
            other => {
                let what = format!("text is expected, not {}", other.describe());
                return Err(self.sheet.fault("I006", at, &what, "format the cell as text and type it again"));
            }
        };
        match text.chars().find(|c| c.is_control() || characters::refused(*c).is_some()) {
            Some(c) => {
                let what = format!("the cell has the character U+{:04X}, which cannot be printed", u32::from(c));
                Err(self.sheet.fault("I010", at, &what, "write it in one line, without control characters"))
            }
            None => Ok(text),
        }
    }

    /// An exact number. `unit` is what may stand beside it, such as `CAD`.
    pub fn number(&self, at: At, cell: &Cell, what: &str, unit: &str) -> Result<Decimal, Diagnostic> {
        match self.value(at, cell)? {
            Value::Number(number) => Ok(*number),
            Value::Text(text) => self.number_in(at, text, what, unit),
            other => {
                let said = format!("the {what} is {}, not a number", other.describe());
                Err(self.sheet.fault("I006", at, &said, "format the cell as a number and type it again"))
            }
        }
    }

    fn number_in(&self, at: At, text: &str, what: &str, unit: &str) -> Result<Decimal, Diagnostic> {
        let shown = super::cells::shortened(text);
        if text.starts_with(['=', '@']) {
            return Err(self.sheet.fault("I003", at, &format!("a formula stands here: `{shown}`"), PASTE));
        }
        if let Some(locale) = self.locale {
            let read = locale.read_number(text).filter(|reading| {
                let beside = format!("{}{}", reading.unit.0, reading.unit.1);
                beside.is_empty() || beside.eq_ignore_ascii_case(unit)
            });
            return read.map(|reading| reading.value).ok_or_else(|| {
                let said = format!("the {what} `{shown}` is not a number as {} writes it", locale.tag());
                self.sheet.fault("I007", at, &said, "write the number alone, or name another `--locale`")
            });
        }
        if self.sheet.name.is_some() {
            let help = "format the cell as a number and type it again, or say how numbers are written, such as `--locale en-CA`";
            return Err(self.sheet.fault("I006", at, &format!("the {what} `{shown}` is text, not a number"), help));
        }
        let fault = |code, said: String, help: &str| Err(self.sheet.fault(code, at, &said, help));
        match source::decimal(text) {
            Some(number) if !could_be_thousands(text) => Ok(number),
            None if !text.contains(|c: char| c.is_ascii_digit()) => {
                fault("I006", format!("the {what} `{shown}` is not a number"), "write a number")
            }
            _ => fault(
                "I007",
                format!("the {what} `{shown}` could be read in two ways, or in none"),
                "say how numbers are written, such as `--locale en-CA` or `--locale de-DE`, or write digits with a point",
            ),
        }
    }

    /// A day of the calendar.
    pub fn day(&self, at: At, cell: &Cell) -> Result<Date, Diagnostic> {
        let value = self.value(at, cell)?;
        let day = match value {
            Value::Day(day) => Some(*day),
            Value::Text(text) => source::date(text),
            _ => None,
        };
        day.ok_or_else(|| {
            let said = format!("{} is not a day", value.describe());
            self.sheet.fault("I011", at, &said, "write it as YYYY-MM-DD, or format the cell as a date")
        })
    }

    /// Yes or no.
    pub fn flag(&self, at: At, cell: &Cell) -> Result<bool, Diagnostic> {
        let value = self.value(at, cell)?;
        match value {
            Value::Flag(flag) => return Ok(*flag),
            Value::Text(text) if ["yes", "true"].iter().any(|yes| text.eq_ignore_ascii_case(yes)) => return Ok(true),
            Value::Text(text) if ["no", "false"].iter().any(|no| text.eq_ignore_ascii_case(no)) => return Ok(false),
            _ => {}
        }
        Err(self.sheet.fault("I011", at, &format!("{} is neither yes nor no", value.describe()), "write `yes` or `no`"))
    }

    /// One of some words; spaces and hyphens stand for `_`.
    pub fn word(&self, at: At, cell: &Cell, words: &[&'static str]) -> Result<&'static str, Diagnostic> {
        let text = self.text(at, cell)?;
        let plain = text.to_lowercase().replace([' ', '-'], "_");
        words.iter().find(|word| **word == plain).copied().ok_or_else(|| {
            let said = format!("`{}` is not one of the words for this column", super::cells::shortened(&text));
            self.sheet.fault("I011", at, &said, &format!("write {}", crate::library::read::listed(words)))
        })
    }
}

/// True for `1.234`: one thousand and some, or one and a part. A number that begins with a zero has no thousands.
fn could_be_thousands(text: &str) -> bool {
    let digits = text.trim_start_matches('-');
    digits.split_once('.').is_some_and(|(whole, part)| part.len() == 3 && whole.len() <= 3 && !whole.starts_with('0'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, name: Option<&str>, locale: Option<&str>) -> Result<String, String> {
        let sheet = Sheet { name: name.map(Into::into), ..Sheet::default() };
        let locale = locale.map(|tag| Locale::new(tag).expect("a tag"));
        let reading = Reading { sheet: &sheet, locale: locale.as_ref() };
        let cell = Cell { value: Value::text(text).expect("some text"), formula: false };
        let number = reading.number((0, 0), &cell, "price", "CAD");
        number.map(|number| number.to_string()).map_err(|fault| format!("{} {}", fault.code, fault.message))
    }

    #[test]
    fn numbers_in_text_are_read_only_where_they_are_certain() {
        for (text, number) in [("129.99", "129.99"), ("1250", "1250"), ("0.125", "0.125"), ("1234.567", "1234.567")] {
            assert_eq!(read(text, None, None).as_deref(), Ok(number));
        }
        for text in ["1.234", "1,234", "1.234,50", "1 234", "12,5", "$5", "-1.234", "5%", "1e3"] {
            assert!(read(text, None, None).is_err_and(|fault| fault.starts_with("I007")), "{text}");
        }
        for text in ["=1+1", "@A1"] {
            assert!(read(text, None, None).is_err_and(|fault| fault.starts_with("I003")), "{text}");
        }
        assert_eq!(read("free", None, None), Err("I006 `A1`: the price `free` is not a number".into()));
        assert_eq!(
            read("129.99", Some("P"), None),
            Err("I006 `P!A1`: the price `129.99` is text, not a number".into())
        );
    }

    #[test]
    fn a_locale_says_how_numbers_are_written() {
        assert_eq!(read("1.234,50", None, Some("de-DE")).as_deref(), Ok("1234.50"));
        assert_eq!(read("1.234", None, Some("de-DE")).as_deref(), Ok("1234"));
        assert_eq!(read("1,234.50", Some("P"), Some("en-CA")).as_deref(), Ok("1234.50"));
        assert_eq!(read("CAD 1,234", None, Some("en-CA")).as_deref(), Ok("1234"));
        assert_eq!(
            read("1.234,50", None, Some("en-CA")),
            Err("I007 `A1`: the price `1.234,50` is not a number as en-CA writes it".into())
        );
        assert!(read("5 USD", None, Some("en-CA")).is_err());
    }
}
