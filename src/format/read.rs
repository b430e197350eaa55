//! In: a number as it stands on the page. Out: the number, exactly, and the words around it; or nothing where it cannot
//! be told for certain.

use rust_decimal::Decimal;

use super::Locale;

/// Words beside a number are a unit, not a sentence.
const LONGEST_UNIT: usize = 12;

/// A number that was read from words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// With as many decimals as were written.
    pub value: Decimal,
    /// What stands before and after the number, without white space: `$`, `%`, `km`.
    pub unit: (String, String),
}

/// Signs that make a number negative; the others are its plus.
const MINUS: [char; 3] = ['-', '\u{2212}', '\u{2012}'];

impl Locale {
    /// Reads one number written by the customs of this locale: `1,234.5`, `−12 %`, `$1,200`.
    ///
    /// Grouping is all there or not there at all, as the locale itself writes it, so that `1,5` in English is no number
    /// rather than 15. A second number, or words of more than a few letters, make it no number either.
    pub fn read_number(&self, words: &str) -> Option<Reading> {
        let words: String = words.chars().filter(|c| !is_direction_mark(*c)).map(plain_space).collect();
        let digits = self.digits();
        let is_digit = |c: char| c.is_ascii_digit() || digits.contains(&c);
        let start = words.find(is_digit)?;
        let end = words.char_indices().rfind(|(_, c)| is_digit(*c)).map(|(at, c)| at + c.len_utf8())?;
        let (before, number, after) = (words.get(..start)?, words.get(start..end)?, words.get(end..)?);
        let (before, negative) = sign(before)?;
        let unit = (squeezed(&before)?, squeezed(after)?);
        let number: String = number
            .chars()
            .map(|c| match digits.iter().position(|digit| *digit == c) {
                Some(value) => char::from(b'0' + u8::try_from(value).unwrap_or(0)),
                None => c,
            })
            .collect();
        let mut value = self.plain_number(&number)?;
        if negative && !value.is_zero() {
            value.set_sign_negative(true);
        }
        Some(Reading { value, unit })
    }

    /// The ten digits of the locale's own script, in order.
    fn digits(&self) -> Vec<char> {
        (0..10).filter_map(|digit| self.number(Decimal::from(digit), None).chars().find(|c| c.is_numeric())).collect()
    }

    /// Reads digits with the locale's marks between them, and checks them by writing the number again.
    fn plain_number(&self, number: &str) -> Option<Decimal> {
        let latin = |text: String| -> String {
            let digits = self.digits();
            let digit = |c: char| digits.iter().position(|digit| *digit == c);
            let char_of = |at: usize| char::from(b'0' + u8::try_from(at).unwrap_or(0));
            text.chars().map(|c| digit(c).map_or(plain_space(c), char_of)).collect()
        };
        let sample = latin(self.number(Decimal::new(12_345_675, 1), Some(1)));
        let mark = sample.chars().rev().find(|c| !c.is_ascii_digit())?;
        let (whole, part) = number.split_once(mark).unwrap_or((number, ""));
        let decimals = u8::try_from(part.len()).ok()?;
        if !part.chars().all(|c| c.is_ascii_digit()) || number.ends_with(mark) {
            return None;
        }
        let bare: String = whole.chars().filter(char::is_ascii_digit).collect();
        let joined = if part.is_empty() { bare.clone() } else { format!("{bare}.{part}") };
        let value: Decimal = Decimal::from_str_exact(&joined).ok()?;
        if bare == whole {
            return Some(value);
        }
        let written = latin(self.number(value, Some(decimals)));
        // A very long number is not written with all its decimals.
        (decimals <= super::MOST_DIGITS && written == number).then_some(value)
    }
}

/// Takes the sign out of what stands before a number; `None` where there are two.
fn sign(before: &str) -> Option<(String, bool)> {
    let is_sign = |c: char| MINUS.contains(&c) || c == '+';
    let signs: Vec<char> = before.chars().filter(|c| is_sign(*c)).collect();
    let rest = before.chars().filter(|c| !is_sign(*c)).collect();
    match signs[..] {
        [] => Some((rest, false)),
        [sign] => Some((rest, MINUS.contains(&sign))),
        _ => None,
    }
}

/// A unit without white space; `None` for what is no unit.
fn squeezed(words: &str) -> Option<String> {
    let unit: String = words.chars().filter(|c| !c.is_whitespace()).collect();
    let count = unit.chars().count();
    let clean = unit.chars().all(|c| c.is_alphabetic() || !(c.is_control() || "()[]{}<>~≈±:;!?*/\\|=,–—".contains(c)));
    // `kr.` is a unit, a mark by itself belongs to a number that was cut short.
    let whole = !unit.contains(['.', '\'']) || unit.chars().any(char::is_alphabetic);
    (count <= LONGEST_UNIT && clean && whole).then_some(unit)
}

/// One kind of space and apostrophe for all that separate groups of digits.
fn plain_space(c: char) -> char {
    match c {
        '\u{a0}' | '\u{2009}' | '\u{202f}' | '\u{2007}' => ' ',
        '\u{2019}' => '\'',
        _ => c,
    }
}

fn is_direction_mark(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(tag: &str, words: &str) -> Option<(String, String)> {
        let reading = Locale::new(tag).expect("a tag").read_number(words)?;
        Some((reading.value.to_string(), format!("{}_{}", reading.unit.0, reading.unit.1)))
    }

    #[test]
    fn numbers_are_read_by_the_customs_of_the_locale() {
        for (tag, words, value, unit) in [
            ("en-CA", "1,234.5", "1234.5", "_"),
            ("en-CA", "1234.50", "1234.50", "_"),
            ("en-CA", "12 %", "12", "_%"),
            ("en-CA", "-12%", "-12", "_%"),
            ("en-CA", "\u{2212}$1,200", "-1200", "$_"),
            ("en-CA", "$-1,200", "-1200", "$_"),
            ("en-CA", "+3", "3", "_"),
            ("en-CA", "29 days", "29", "_days"),
            ("fr-CA", "1\u{a0}234,5", "1234.5", "_"),
            ("fr-FR", "1 234,5\u{202f}€", "1234.5", "_€"),
            ("de-DE", "1.234,50 €", "1234.50", "_€"),
            ("de-CH", "1'234.5", "1234.5", "_"),
            ("hi-IN", "12,34,567.5", "1234567.5", "_"),
            ("ar-EG", "\u{200f}١٬٢٣٤٫٥", "1234.5", "_"),
        ] {
            assert_eq!(read(tag, words), Some((value.into(), unit.into())), "{tag} {words}");
        }
    }

    #[test]
    fn what_could_be_another_number_is_none() {
        for (tag, words) in [
            ("en-CA", ""),
            ("en-CA", "none"),
            ("en-CA", "1,5"),
            ("en-CA", "1,23,456"),
            ("en-CA", "1 234"),
            ("en-CA", "12 of 20"),
            ("en-CA", "10–20"),
            ("en-CA", "5."),
            ("en-CA", "--5"),
            ("en-CA", "(5)"),
            ("en-CA", "~5"),
            ("en-CA", "1e5"),
            ("en-CA", "5 and a great deal more"),
            ("de-DE", "1.5"),
            ("fr-CA", "1,234.5"),
            ("en-CA", "999999999999999999999999999999"),
        ] {
            assert_eq!(read(tag, words), None, "{tag} {words}");
        }
    }

    #[test]
    fn what_filters_write_is_read_back() {
        for tag in ["en-CA", "en-US", "fr-CA", "fr-FR", "de-DE", "de-CH", "es-ES", "hi-IN", "ar-EG", "pl-PL", "ja-JP"] {
            let locale = Locale::new(tag).expect("a tag");
            for value in ["0", "5", "-12.5", "1234", "12345.678", "-1234567890.25"] {
                let value: Decimal = value.parse().expect("a decimal");
                let read = locale.read_number(&locale.number(value, None)).map(|reading| reading.value);
                assert_eq!(read, Some(value), "{tag}");
                let percent = locale.percent(value, Some(2));
                let read = locale.read_number(&percent).map(|reading| reading.value.normalize());
                assert_eq!(read, Some((value * Decimal::ONE_HUNDRED).normalize()), "{tag} {percent}");
                let currency = iso_currency::Currency::CAD;
                let money = locale.money(value, currency, Some(3));
                let read = locale.read_number(&money).map(|reading| reading.value.normalize());
                assert_eq!(read, Some(value.normalize()), "{tag} {money}");
            }
        }
    }
}
