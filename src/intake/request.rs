//! What a rep wants quoted, as a client file says it: items, quantities and discounts, checked for shape. Prices come
//! from the price book later.

use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::diagnostic::{Diagnostic, Place};

/// A quote before it is priced.
#[derive(Debug, Clone)]
pub struct QuoteRequest {
    /// ISO 4217; the library's own if left out.
    pub currency: Option<Placed<String>>,
    /// The last day on which the client may accept.
    pub valid_until: Option<Placed<Date>>,
    /// First day of the term.
    pub start: Option<Date>,
    pub term_months: Option<u32>,
    /// One line, as typed.
    pub note: Option<String>,
    /// On the whole quote, beside the lines' own.
    pub discount: Option<Placed<Discount>>,
    /// In the order of the file; at least one, at most [`MOST_LINES`].
    pub lines: Vec<RequestLine>,
}

/// One item in some quantity.
#[derive(Debug, Clone)]
pub struct RequestLine {
    pub sku: Placed<String>,
    /// More than 0, at most [`MOST_QUANTITY`], with at most [`MOST_DECIMALS`] decimals.
    pub quantity: Placed<Decimal>,
    pub discount: Option<Placed<Discount>>,
    pub standing: Wanted,
    /// One line, as typed.
    pub note: Option<String>,
}

/// How a line stands in the quote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wanted {
    /// It counts.
    Included,
    /// The client may add it.
    Optional,
    /// One of at least two lines of a group, of which exactly one is chosen.
    Alternative { group: String, chosen: bool },
}

/// What is taken off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Discount {
    /// A part of one, at most 1: `5%` is 0.05.
    Part(Decimal),
    /// An amount in the currency of the quote, not negative.
    Amount(Decimal),
}

/// A value and where it was typed, when it was.
#[derive(Debug, Clone, PartialEq)]
pub struct Placed<T> {
    pub value: T,
    pub place: Option<Place>,
}

/// The most of one item that can be quoted: more is a slip of the keyboard.
pub const MOST_QUANTITY: Decimal = Decimal::from_parts(1_000_000_000, 0, 0, false, 0);
/// The most decimals of a quantity.
pub const MOST_DECIMALS: u32 = 6;
/// The most lines of a quote.
pub const MOST_LINES: usize = 1_000;
/// The longest term in months.
pub const MOST_MONTHS: u32 = 600;

impl RequestLine {
    /// True where the line is part of the sums.
    pub fn counts(&self) -> bool {
        matches!(self.standing, Wanted::Included | Wanted::Alternative { chosen: true, .. })
    }
}

impl<T> Placed<T> {
    /// Puts a problem where the value was typed.
    pub fn at(&self, problem: Diagnostic) -> Diagnostic {
        Diagnostic { place: self.place.clone(), ..problem }
    }
}
