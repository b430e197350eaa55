//! In: decimals, dates and long texts. Out: values that travel through Tera as bytes, which no text can imitate.
//!
//! The first byte says what the rest is. Tera knows only integers and floats, so an exact amount is opaque to it.

use jiff::civil::Date;
use rust_decimal::Decimal;
use tera::Value;

pub(in crate::fill) const NUMBER: u8 = b'n';
pub(in crate::fill) const MONEY: u8 = b'm';
pub(in crate::fill) const PERCENT: u8 = b'p';
const DATE: u8 = b'd';
const LONG_TEXT: u8 = b'l';
/// What stands for a value after a fault that has been reported.
const FAULT: u8 = b'!';

fn tagged(tag: u8, text: &str) -> Value {
    let mut bytes = Vec::with_capacity(text.len() + 1);
    bytes.push(tag);
    bytes.extend_from_slice(text.as_bytes());
    Value::bytes(bytes)
}

pub(in crate::fill) fn amount(tag: u8, number: Decimal) -> Value {
    tagged(tag, &number.to_string())
}

pub(in crate::fill) fn date(date: Date) -> Value {
    tagged(DATE, &date.to_string())
}

pub(in crate::fill) fn long_text(text: &str) -> Value {
    tagged(LONG_TEXT, text)
}

pub(super) fn fault() -> Value {
    tagged(FAULT, "")
}

/// A value as filters see it.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Seen<'a> {
    Absent,
    Fault,
    Text(&'a str),
    LongText(&'a str),
    /// With its tag: a number, money or a percentage.
    Amount(u8, Decimal),
    Date(Date),
    YesNo(bool),
    List(&'a [Value]),
    /// A group of values: whether anything is in it.
    Group(bool),
}

/// Reads a value. What cannot be read counts as a fault: it prints nothing and is refused by the caller.
pub(super) fn see(value: &Value) -> Seen<'_> {
    if value.is_undefined() || value.is_none() {
        return Seen::Absent;
    }
    if let Some(text) = value.as_str() {
        return Seen::Text(text);
    }
    if let Some(yes) = value.as_bool() {
        return Seen::YesNo(yes);
    }
    if let Some(items) = value.as_array() {
        return Seen::List(items);
    }
    if let Some(group) = value.as_map() {
        return Seen::Group(!group.is_empty());
    }
    if let Some(bytes) = value.as_bytes() {
        return see_bytes(bytes).unwrap_or(Seen::Fault);
    }
    value.as_i128().and_then(whole).map_or(Seen::Fault, |number| Seen::Amount(NUMBER, number))
}

fn whole(number: i128) -> Option<Decimal> {
    Decimal::try_from_i128_with_scale(number, 0).ok()
}

fn see_bytes(bytes: &[u8]) -> Option<Seen<'_>> {
    let (tag, rest) = bytes.split_first()?;
    let text = std::str::from_utf8(rest).ok()?;
    Some(match *tag {
        tag @ (NUMBER | MONEY | PERCENT) => Seen::Amount(tag, text.parse().ok()?),
        DATE => Seen::Date(text.parse().ok()?),
        LONG_TEXT => Seen::LongText(text),
        _ => Seen::Fault,
    })
}
