//! In: priced lines and the taxes of the client's place. Out: the sums of each billing, what the contract is worth, and
//! what all discounts come to.
//!
//! The rules:
//! - A discount on the whole as a percentage is taken off each billing's sum and rounded there. An amount is shared over
//!   the billings as their sums stand to one another; what falls to a monthly charge comes off every month.
//! - The contract is worth each charge as often as it comes: one-time once, monthly every month of the term, annual a
//!   twelfth for every month of the term, rounded once.
//! - The effective discount weighs each charge by how often it comes, or once where no term is given.

use rust_decimal::{Decimal, RoundingStrategy};

use super::exact::{minor, plus, share, sum, times};
use super::lines::Priced;
use super::price::Desk;
use super::taxes::{self, Cell};
use super::working::{Account, percent, rounded};
use super::{Billing, ContractValue, Period, Quote};
use crate::diagnostic::Diagnostic;
use crate::intake::request::{Discount, Placed};
use crate::library::pricebook::{Jurisdiction, RoundingPer, Treatment};

/// The figures of the quote as a whole.
pub(super) struct Totals {
    pub periods: Vec<Period>,
    pub contract_value: Option<ContractValue>,
    pub effective_discount: Decimal,
    pub accounts: Vec<Account>,
}

/// Adds up all lines that count; none where there are faults.
pub(super) fn totals(desk: &mut Desk<'_>, lines: &[Priced<'_>], taxes: Option<&Jurisdiction>) -> Option<Totals> {
    let mut periods = Vec::new();
    for billing in Billing::ALL {
        let counted: Vec<&Priced<'_>> =
            lines.iter().filter(|priced| priced.line.counts() && priced.line.billing == billing).collect();
        if !counted.is_empty() {
            let open = open(desk, billing, &counted);
            let Some(open) = open else {
                desk.too_large_sum();
                return None;
            };
            periods.push((open, counted));
        }
    }
    discount_whole(desk, &mut periods)?;
    let mut accounts = Vec::new();
    let mut closed = Vec::new();
    for (open, counted) in periods {
        let (period, account) = close(desk, open, &counted, taxes)?;
        closed.push(period);
        accounts.push(account);
    }
    let mut whole = Account::new("the whole");
    let value = contract_value(desk, &closed, &mut whole);
    let discount = effective_discount(desk, &closed, &mut whole);
    let (Some(contract_value), Some(effective_discount)) = (value, discount) else {
        desk.too_large_sum();
        return None;
    };
    desk.whole_limit(lines);
    accounts.push(whole);
    Some(Totals { periods: closed, contract_value, effective_discount, accounts })
}

/// The sums of one billing, before the discount on the whole and taxes.
fn open(desk: &Desk<'_>, billing: Billing, counted: &[&Priced<'_>]) -> Option<(Period, Account)> {
    let add = |amount: fn(&Priced<'_>) -> Decimal| {
        sum(counted.iter().map(|priced| amount(priced))).and_then(|sum| minor(sum, desk.digits))
    };
    let list = add(|priced| priced.line.list)?;
    let line_discounts = add(|priced| priced.line.discount)?;
    let net = add(|priced| priced.line.net)?;
    let mut account = Account::new(billing.word().replace('_', "-"));
    let said = |amount: fn(&Priced<'_>) -> Decimal| {
        let amounts: Vec<String> = counted.iter().map(|priced| amount(priced).to_string()).collect();
        amounts.join(" + ")
    };
    account.step("list", said(|priced| priced.line.list), list);
    if !line_discounts.is_zero() {
        account.step("discounts of lines", said(|priced| priced.line.discount), line_discounts);
    }
    let zero = Decimal::new(0, desk.digits);
    let period = Period { billing, list, line_discounts, discount: zero, net, taxes: Vec::new(), total: net };
    Some((period, account))
}

type Open<'p, 'a> = ((Period, Account), Vec<&'p Priced<'a>>);

/// Takes the discount on the whole off each billing.
fn discount_whole(desk: &mut Desk<'_>, periods: &mut [Open<'_, '_>]) -> Option<()> {
    let Some(typed) = desk.request.discount.clone() else { return Some(()) };
    match typed.value {
        Discount::Part(_) => {
            for ((period, account), _) in periods {
                let amount = desk.discount(&typed, period.net, "the quote", account)?;
                take_off(desk, period, amount)?;
            }
        }
        Discount::Amount(_) => share_amount(desk, periods, &typed)?,
    }
    Some(())
}

fn share_amount(desk: &mut Desk<'_>, periods: &mut [Open<'_, '_>], typed: &Placed<Discount>) -> Option<()> {
    let nets: Vec<Decimal> = periods.iter().map(|((period, _), _)| period.net).collect();
    let Some(all) = sum(nets.iter().copied()).and_then(|all| minor(all, desk.digits)) else {
        desk.too_large_sum();
        return None;
    };
    let amount = desk.discount(typed, all, "the quote", &mut Account::new(""))?;
    let Some(shares) = share(amount, &nets, desk.digits) else {
        desk.too_large_sum();
        return None;
    };
    for (((period, account), _), part) in periods.iter_mut().zip(shares) {
        let how = if part == amount {
            format!("{amount} off the whole, as typed")
        } else {
            format!("{amount} off the whole, shared as the sums stand: {} of {all}", period.net)
        };
        account.step("discount", how, part);
        take_off(desk, period, part)?;
    }
    Some(())
}

fn take_off(desk: &Desk<'_>, period: &mut Period, amount: Decimal) -> Option<()> {
    period.discount = amount;
    period.net = minor(period.net.checked_sub(amount)?, desk.digits)?;
    Some(())
}

/// Adds the taxes of one billing.
fn close(
    desk: &mut Desk<'_>,
    (mut period, mut account): (Period, Account),
    counted: &[&Priced<'_>],
    taxes: Option<&Jurisdiction>,
) -> Option<(Period, Account)> {
    let how = format!("{} − {} − {}", period.list, period.line_discounts, period.discount);
    account.step("net", how, period.net);
    if let Some(jurisdiction) = taxes {
        let cells = cells(desk, counted, jurisdiction)?;
        let weights: Vec<Decimal> = cells.iter().map(|cell| cell.net).collect();
        let discounted = share(period.discount, &weights, desk.digits).and_then(|shares| {
            let net = |(cell, share): (Cell, Decimal)| {
                Some(Cell { net: minor(cell.net.checked_sub(share)?, desk.digits)?, ..cell })
            };
            cells.into_iter().zip(shares).map(net).collect::<Option<Vec<Cell>>>()
        });
        let Some(taxed) = discounted.and_then(|cells| taxes::taxes(desk, &cells, jurisdiction, &mut account)) else {
            desk.too_large_sum();
            return None;
        };
        period.taxes = taxes::named(desk, jurisdiction, taxed)?;
    }
    let added = taxes.is_some_and(|taxes| !taxes.inclusive);
    let total = if added { sum(period.taxes.iter().map(|tax| tax.amount)) } else { Some(Decimal::ZERO) };
    let Some(total) = total.and_then(|tax| plus(period.net, tax)).and_then(|total| minor(total, desk.digits)) else {
        desk.too_large_sum();
        return None;
    };
    period.total = total;
    let how = if added { "net and taxes" } else { "net; prices have their taxes in them, or there are none" };
    account.step("total", how, total);
    Some((period, account))
}

/// What taxes are reckoned on: each line by itself, or the sum of all lines with the same taxes. Their order does not
/// depend on that of the lines.
fn cells(desk: &mut Desk<'_>, counted: &[&Priced<'_>], jurisdiction: &Jurisdiction) -> Option<Vec<Cell>> {
    let mut cells: Vec<Cell> = Vec::with_capacity(counted.len());
    for priced in counted {
        let class = priced.item.tax_class.as_ref().map(|class| class.value.as_str());
        let Some((class, treatment)) = class.and_then(|class| Some((class, desk.book.treatment(class)?))) else {
            let message = format!("the price book does not say how `{}` is taxed", priced.line.sku);
            let problem = Diagnostic::error("Q013", message).label("of no tax class");
            let help = "ask marketing for its `tax_class` in templates/pricebook.yaml";
            desk.faults.push(priced.wanted.sku.at(problem.help(help)));
            return None;
        };
        let rates = match treatment {
            Treatment::Taxed => {
                (0..jurisdiction.rates.len()).filter(|at| jurisdiction.rates[*at].is_on(class)).collect()
            }
            Treatment::ZeroRated | Treatment::Exempt => Vec::new(),
        };
        let net = priced.line.net;
        match cells.iter_mut().find(|cell| cell.rates == rates) {
            Some(cell) if desk.book.rounding.per == RoundingPer::Total => {
                let Some(net) = plus(cell.net, net) else {
                    desk.too_large_sum();
                    return None;
                };
                cell.net = net;
            }
            _ => cells.push(Cell { net, rates }),
        }
    }
    cells.sort_by(|a, b| (&a.rates, a.net).cmp(&(&b.rates, b.net)));
    Some(cells)
}

/// Everything that is paid over the term; the inner none is where that cannot be known.
fn contract_value(desk: &Desk<'_>, periods: &[Period], account: &mut Account) -> Option<Option<ContractValue>> {
    let term = desk.request.term_months.map(Decimal::from);
    let known = |period: &Period| match period.billing {
        Billing::OneTime => true,
        Billing::Monthly | Billing::Annual => term.is_some(),
        Billing::Usage => false,
    };
    if periods.is_empty() || !periods.iter().all(known) {
        return Some(None);
    }
    let term = term.unwrap_or(Decimal::ONE);
    let over_term = |period: &Period, amount: Decimal| match period.billing {
        Billing::OneTime | Billing::Usage => Some(amount),
        Billing::Monthly => minor(times(amount, term)?, desk.digits),
        Billing::Annual => desk.round(times(amount, term)?.checked_div(Decimal::from(12))?),
    };
    let mut all = |figure: &str, amount: fn(&Period) -> Decimal| {
        let each: Vec<Decimal> =
            periods.iter().map(|period| over_term(period, amount(period))).collect::<Option<_>>()?;
        let value = minor(sum(each)?, desk.digits)?;
        let said = |period: &Period| match period.billing {
            Billing::OneTime | Billing::Usage => amount(period).to_string(),
            Billing::Monthly => format!("{} × {term} months", amount(period)),
            Billing::Annual => format!("{} × {term} months / 12", amount(period)),
        };
        account.step(figure, periods.iter().map(said).collect::<Vec<_>>().join(" + "), value);
        Some(value)
    };
    let net = all("contract value, net", |period| period.net)?;
    let total = all("contract value with taxes", |period| period.total)?;
    Some(Some(ContractValue { net, total }))
}

/// All discounts as a part of all list prices.
fn effective_discount(desk: &Desk<'_>, periods: &[Period], account: &mut Account) -> Option<Decimal> {
    let months = desk.request.term_months.map(Decimal::from);
    // In twelfths of a charge, so that a part of a year stays exact.
    let weigh = |billing: Billing| match (billing, months) {
        (Billing::Monthly | Billing::Usage, Some(months)) => times(months, Decimal::from(12)),
        (Billing::Annual, Some(months)) => Some(months),
        _ => Some(Decimal::from(12)),
    };
    let weighed = |amount: fn(&Period) -> Option<Decimal>| {
        sum(periods.iter().map(|period| times(amount(period)?, weigh(period.billing)?)).collect::<Option<Vec<_>>>()?)
    };
    let list = weighed(|period| Some(period.list))?;
    let saved = weighed(|period| plus(period.line_discounts, period.discount))?;
    let part = if list.is_zero() { Decimal::ZERO } else { saved.checked_div(list)? };
    let shown = part.round_dp_with_strategy(4, RoundingStrategy::MidpointAwayFromZero);
    let over = if months.is_some() { "over the term" } else { "on one of each charge" };
    let twelfth = |amount: Decimal| amount.checked_div(Decimal::from(12)).map(|amount| amount.round_dp(6).normalize());
    let how = format!("{} of {} {over}: {}", twelfth(saved)?, twelfth(list)?, percent(shown));
    account.step("effective discount", how, shown);
    Some(shown)
}

impl Quote {
    /// All discounts together: over the term where the contract has a value, else on one of each charge. None beyond
    /// what a decimal holds.
    pub fn discount(&self) -> Option<Decimal> {
        let months = self.term_months.filter(|_| self.contract_value.is_some()).map(Decimal::from);
        let off = |period: &Period| {
            let off = plus(period.line_discounts, period.discount)?;
            match (period.billing, months) {
                (Billing::Monthly, Some(months)) => times(off, months),
                (Billing::Annual, Some(months)) => {
                    let exact = times(off, months)?.checked_div(Decimal::from(12))?;
                    Some(exact.round_dp_with_strategy(off.scale(), RoundingStrategy::MidpointAwayFromZero))
                }
                _ => Some(off),
            }
        };
        sum(self.periods.iter().map(off).collect::<Option<Vec<_>>>()?)
    }
}

impl Desk<'_> {
    pub fn too_large_sum(&mut self) {
        let problem = Diagnostic::error("Q015", "the sum is too large to be exact");
        self.faults.push(problem.help("check the quantities; part the quote into several"));
    }
}

/// Says an exact amount beside the rounded one, for the accounts of taxes.
pub(super) fn said(desk: &Desk<'_>, rate: Decimal, base: Decimal, exact: Decimal, amount: Decimal) -> String {
    format!("{} of {base}{}", percent(rate), rounded(exact, amount, desk.book.rounding))
}
