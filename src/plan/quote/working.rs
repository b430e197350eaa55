//! In: the steps of a reckoning. Out: [`Working`]: how each figure of a quote came to be, for people who check it.
//!
//! Numbers stand as they are reckoned with, not by the customs of a locale.

use rust_decimal::Decimal;

use crate::library::pricebook::{Rounding, RoundingMode};

/// Every step, in the order in which a person would go through them.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Working {
    pub accounts: Vec<Account>,
}

/// The steps of one line, one billing or the whole.
#[derive(Debug, Clone, PartialEq)]
pub struct Account {
    /// `line 1: PM-A, Planned maintenance` or `monthly`.
    pub of: String,
    pub steps: Vec<Step>,
}

/// One figure.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// `list`, `discount`, `net`, the name of a tax …
    pub figure: String,
    /// `24 × 52.00 + 61 × 49.00`.
    pub how: String,
    pub amount: Decimal,
}

impl Account {
    pub(super) fn new(of: impl Into<String>) -> Self {
        Self { of: of.into(), steps: Vec::new() }
    }

    pub(super) fn step(&mut self, figure: impl Into<String>, how: impl Into<String>, amount: Decimal) {
        self.steps.push(Step { figure: figure.into(), how: how.into(), amount });
    }
}

/// Says what became of an exact amount: nothing, where it had no digits to lose.
pub(super) fn rounded(exact: Decimal, amount: Decimal, rounding: Rounding) -> String {
    if exact == amount {
        return String::new();
    }
    let mode = match rounding.mode {
        RoundingMode::HalfUp => "half up",
        RoundingMode::HalfEven => "half to even",
    };
    format!(" = {}, rounded {mode}", exact.round_dp(12).normalize())
}

/// A part of one as people say it: `12.5%`.
pub(super) fn percent(part: Decimal) -> String {
    match part.checked_mul(Decimal::ONE_HUNDRED) {
        Some(hundredfold) => format!("{}%", hundredfold.round_dp(6).normalize()),
        None => format!("{part} of one"),
    }
}
