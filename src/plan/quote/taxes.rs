//! In: what taxes are reckoned on, in cells, and the taxes of a place. Out: each tax with its base and amount.
//!
//! A cell is one line, or the sum of the lines with the same taxes, as the price book rounds. In a cell by itself each
//! tax is rounded; over several, a tax is reckoned on the sum, rounded once, and settled over the cells, since a
//! compound tax is reckoned on some of them.

use rust_decimal::Decimal;

use super::Tax;
use super::exact::{minor, plus, settle, sum, times};
use super::price::Desk;
use super::totals::said;
use super::working::{Account, percent};
use crate::library::pricebook::{Jurisdiction, RoundingPer};

/// An amount and the taxes on it.
#[derive(Debug, Clone)]
pub(super) struct Cell {
    /// After all discounts; with inclusive taxes it has them in it.
    pub net: Decimal,
    /// Which of the place's rates are on it, in their order.
    pub rates: Vec<usize>,
}

/// One tax before it has its name.
pub(super) struct Reckoned {
    /// Which of the place's rates.
    rate: usize,
    base: Decimal,
    amount: Decimal,
}

/// Reckons every tax of the place that is on any cell; none where an amount would not be exact.
pub(super) fn taxes(
    desk: &Desk<'_>,
    cells: &[Cell],
    place: &Jurisdiction,
    account: &mut Account,
) -> Option<Vec<Reckoned>> {
    if place.inclusive { included(desk, cells, place, account) } else { added(desk, cells, place, account) }
}

/// Taxes on top of prices.
fn added(desk: &Desk<'_>, cells: &[Cell], place: &Jurisdiction, account: &mut Account) -> Option<Vec<Reckoned>> {
    let mut earlier = vec![Decimal::ZERO; cells.len()];
    let mut reckoned = Vec::new();
    for (index, rate) in place.rates.iter().enumerate() {
        let on: Vec<usize> = (0..cells.len()).filter(|at| cells[*at].rates.contains(&index)).collect();
        if on.is_empty() {
            continue;
        }
        let base = |at: &usize| if rate.compound { plus(cells[*at].net, earlier[*at]) } else { Some(cells[*at].net) };
        let bases: Vec<Decimal> = on.iter().map(base).collect::<Option<_>>()?;
        let exact: Vec<Decimal> = bases.iter().map(|base| times(*base, rate.rate.0)).collect::<Option<_>>()?;
        let amounts = rounded(desk, &exact)?;
        for (at, amount) in on.iter().zip(&amounts) {
            earlier[*at] = plus(earlier[*at], *amount)?;
        }
        let base = minor(sum(bases)?, desk.digits)?;
        let amount = minor(sum(amounts)?, desk.digits)?;
        let how = how(desk, rate.rate.0, base, sum(exact)?, amount, on.len());
        account.step(title(desk, place, index), how, amount);
        reckoned.push(Reckoned { rate: index, base, amount });
    }
    Some(reckoned)
}

/// Taxes that prices have in them: taken out of the price, so that base and taxes are the price again.
fn included(desk: &Desk<'_>, cells: &[Cell], place: &Jurisdiction, account: &mut Account) -> Option<Vec<Reckoned>> {
    // Each cell's taxes, by rate, and what one of its price without them comes to with them.
    let factors: Vec<(Vec<Decimal>, Decimal)> = cells.iter().map(|cell| factors(cell, place)).collect::<Option<_>>()?;
    let mut amounts = vec![vec![Decimal::ZERO; place.rates.len()]; cells.len()];
    let mut exact_of = vec![Decimal::ZERO; place.rates.len()];
    for index in 0..place.rates.len() {
        let on: Vec<usize> = (0..cells.len()).filter(|at| cells[*at].rates.contains(&index)).collect();
        let exact = |at: &usize| {
            let (factor, whole) = &factors[*at];
            Some(times(cells[*at].net, factor[index])?.checked_div(*whole)?.round_dp(GUARD))
        };
        let exact: Vec<Decimal> = on.iter().map(exact).collect::<Option<_>>()?;
        exact_of[index] = sum(exact.iter().copied())?.round_dp(GUARD - 2);
        let amounts_of = match desk.book.rounding.per {
            RoundingPer::Line => rounded(desk, &exact)?,
            RoundingPer::Total => settle(desk.round(exact_of[index])?, &exact, desk.digits)?,
        };
        for (at, amount) in on.iter().zip(amounts_of) {
            amounts[*at][index] = amount;
        }
    }
    let mut reckoned = Vec::new();
    for (index, rate) in place.rates.iter().enumerate() {
        let on: Vec<usize> = (0..cells.len()).filter(|at| cells[*at].rates.contains(&index)).collect();
        if on.is_empty() {
            continue;
        }
        let base = |at: &usize| {
            let all = sum(amounts[*at].iter().copied())?;
            let before = if rate.compound { sum(amounts[*at][..index].iter().copied())? } else { Decimal::ZERO };
            cells[*at].net.checked_sub(all)?.checked_add(before)
        };
        let base = minor(sum(on.iter().map(base).collect::<Option<Vec<_>>>()?)?, desk.digits)?;
        let amount = minor(sum(on.iter().map(|at| amounts[*at][index]))?, desk.digits)?;
        let gross = minor(sum(on.iter().map(|at| cells[*at].net))?, desk.digits)?;
        let how = format!(
            "{} contained in {gross}, on {base} without taxes that are not part of its base = {}, rounded",
            percent(rate.rate.0),
            exact_of[index].round_dp(12).normalize()
        );
        account.step(title(desk, place, index), how, amount);
        reckoned.push(Reckoned { rate: index, base, amount });
    }
    Some(reckoned)
}

/// Digits that are kept of a quotient: far more than any rate can tell apart. What division leaves behind them is not
/// real, and a sum of several quotients is true to two digits less.
const GUARD: u32 = 12;

/// For one of a cell's price without taxes: each tax by rate, and the price with all of them.
fn factors(cell: &Cell, place: &Jurisdiction) -> Option<(Vec<Decimal>, Decimal)> {
    let mut each = vec![Decimal::ZERO; place.rates.len()];
    let mut whole = Decimal::ONE;
    for index in &cell.rates {
        let rate = &place.rates[*index];
        let base = if rate.compound { whole } else { Decimal::ONE };
        each[*index] = times(base, rate.rate.0)?;
        whole = plus(whole, each[*index])?;
    }
    Some((each, whole))
}

/// Rounds one tax: in each cell, or once on the sum and settled over the cells.
fn rounded(desk: &Desk<'_>, exact: &[Decimal]) -> Option<Vec<Decimal>> {
    match desk.book.rounding.per {
        RoundingPer::Line => exact.iter().map(|exact| desk.round(*exact)).collect(),
        RoundingPer::Total => settle(desk.round(sum(exact.iter().copied())?)?, exact, desk.digits),
    }
}

fn how(desk: &Desk<'_>, rate: Decimal, base: Decimal, exact: Decimal, amount: Decimal, lines: usize) -> String {
    match desk.book.rounding.per {
        RoundingPer::Line if lines > 1 => {
            format!("{} of each of {lines} lines, together {base}, each rounded", percent(rate))
        }
        _ => said(desk, rate, base, exact, amount),
    }
}

/// How a tax is called in the account: its name where the language has one.
fn title(desk: &Desk<'_>, place: &Jurisdiction, index: usize) -> String {
    place.rates[index].name.of(desk.terms.language).map_or_else(|| format!("tax {}", index + 1), String::from)
}

/// Gives each tax its name in the document's language; none where one has none.
pub(super) fn named(desk: &mut Desk<'_>, place: &Jurisdiction, taxes: Vec<Reckoned>) -> Option<Vec<Tax>> {
    let mut named = Vec::with_capacity(taxes.len());
    for tax in &taxes {
        let rate = &place.rates[tax.rate];
        match rate.name.of(desk.terms.language) {
            Some(name) => {
                named.push(Tax { name: name.into(), rate: rate.rate.0, base: tax.base, amount: tax.amount });
            }
            None => desk.no_words::<()>(&format!("the name of a tax of {}", place.place()), None),
        }
    }
    (named.len() == taxes.len()).then_some(named)
}
