//! In: the raw text of a scalar. Out: numbers, dates, decimals and percents, read exactly; what each looks like.

use jiff::civil::Date;
use rust_decimal::Decimal;

/// Reads a whole number: digits with an optional sign.
pub(super) fn integer(text: &str) -> Option<i128> {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    let plain = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| text.strip_prefix('+').unwrap_or(text).parse().ok()).flatten()
}

/// Reads a number of YAML's core schema, but no infinity and no NaN.
pub(super) fn float(text: &str) -> Option<f64> {
    let starts = text.strip_prefix(['-', '+']).unwrap_or(text).bytes().next();
    let plausible = starts.is_some_and(|byte| byte.is_ascii_digit() || byte == b'.')
        && text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'-' | b'+' | b'e' | b'E'));
    if !plausible {
        return None;
    }
    text.parse().ok().filter(|number: &f64| number.is_finite())
}

/// Reads a real day written `YYYY-MM-DD`.
pub fn date(text: &str) -> Option<Date> {
    let bytes = text.as_bytes();
    let shaped = bytes.len() == 10
        && bytes
            .iter()
            .enumerate()
            .all(|(i, byte)| if i == 4 || i == 7 { *byte == b'-' } else { byte.is_ascii_digit() });
    shaped.then(|| text.parse().ok()).flatten()
}

/// Reads an exact decimal: digits with an optional sign and point, such as `-12.50`; no thousands marks, no exponent.
pub fn decimal(text: &str) -> Option<Decimal> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, part) = digits.split_once('.').unwrap_or((digits, "0"));
    let all_digits = |s: &str| !s.is_empty() && s.bytes().all(|byte| byte.is_ascii_digit());
    if !all_digits(whole) || !all_digits(part) {
        return None;
    }
    // Refuses what would have to be rounded.
    Decimal::from_str_exact(text).ok()
}

/// Says how to write what [`decimal`] refused.
pub fn decimal_advice(text: &str) -> String {
    let marks = |c: char| matches!(c, ',' | ' ' | '\'' | '_' | '\u{A0}' | '\u{202F}' | '\u{2019}');
    let groups: Vec<&str> = text.split('.').next().unwrap_or("").split(marks).collect();
    let bare = text.replace(marks, "");
    // `1,5` may be one and a half: only groups of three digits are surely thousands.
    let thousands = groups.len() > 1 && groups.iter().skip(1).all(|group| group.len() == 3);
    if thousands && decimal(&bare).is_some() {
        return format!("write it without thousands marks: `{bare}`");
    }
    "write digits with a point, such as `1250` or `1250.50`; no currency signs, no thousands marks".into()
}

/// Reads `5%` or `2.5 %` as a part of one: `5%` is 0.05.
pub fn percent(text: &str) -> Option<Decimal> {
    let number = decimal(text.strip_suffix('%')?.trim_end_matches(' '))?;
    number.checked_mul(Decimal::new(1, 2))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn integers_are_digits_only() {
        assert_eq!(integer("007"), Some(7));
        assert_eq!(integer("-3"), Some(-3));
        assert_eq!(integer("+3"), Some(3));
        for bad in ["", "-", "+-3", "1,000", "0x10", "1.0", "1_000", "٣", "9".repeat(60).as_str()] {
            assert_eq!(integer(bad), None, "{bad}");
        }
    }

    #[test]
    fn floats_are_finite() {
        assert_eq!(float("1.5"), Some(1.5));
        assert_eq!(float(".5"), Some(0.5));
        assert_eq!(float("-1e3"), Some(-1000.0));
        for bad in ["", ".", "-", ".inf", ".nan", "inf", "NaN", "1e999", "1,5", "e5", "--1", "1.2.3"] {
            assert_eq!(float(bad), None, "{bad}");
        }
    }

    #[test]
    fn dates_are_real_days_in_one_form() {
        assert!(date("2028-02-29").is_some());
        for bad in
            ["2027-02-29", "2027-2-1", "01/02/2027", "2027-02-01T00:00", "+2027-2-01", "2027-13-01", "", "２０２７-0"]
        {
            assert_eq!(date(bad), None, "{bad}");
        }
    }

    #[test]
    fn decimals_are_exact_or_refused() {
        assert_eq!(decimal("12.50").map(|d| d.to_string()).as_deref(), Some("12.50"));
        assert_eq!(decimal("-0.1").map(|d| d.to_string()).as_deref(), Some("-0.1"));
        for bad in
            ["", "-", ".", "1.", ".5", "1,000", "1 000", "1e3", "$5", "5%", "1.2.3", "0.00000000000000000000000000001"]
        {
            assert_eq!(decimal(bad), None, "{bad}");
        }
    }

    #[test]
    fn advice_never_guesses_an_amount() {
        assert_eq!(decimal_advice("1,200"), "write it without thousands marks: `1200`");
        assert_eq!(decimal_advice("1 200 000.50"), "write it without thousands marks: `1200000.50`");
        assert!(decimal_advice("1,5").starts_with("write digits"));
        assert!(decimal_advice("$5").starts_with("write digits"));
    }

    #[test]
    fn percents_are_parts_of_one() {
        assert_eq!(percent("5%"), Some(Decimal::new(5, 2)));
        assert_eq!(percent("2.5 %"), Some(Decimal::new(25, 3)));
        assert_eq!(percent("0.05"), None);
        assert_eq!(percent("%"), None);
    }
}
