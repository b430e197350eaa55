//! In: the sums of a quote. Out: the figure that the prices open with, the totals, and what stands below them.

use rust_decimal::{Decimal, RoundingStrategy};

use super::amounts::{Writer, figures};
use super::options::{self, Options};
use crate::document::model::{Text, plain_words};
use crate::document::prices::{Fact, Headline, TotalRow, Totals};
use crate::format::DateStyle;
use crate::plan::quote::figures::each;
use crate::plan::quote::{Billing, Period, Tax};

/// The price of a month; of a year, once or by usage where nothing is paid each month. Beside it, that of one vehicle.
pub(super) fn headline(writer: &Writer<'_>, options: &Options) -> Vec<Headline> {
    let quote = writer.priced.quote;
    let order = [Billing::Monthly, Billing::Annual, Billing::OneTime, Billing::Usage];
    let Some(period) = order.into_iter().find_map(|billing| quote.period(billing)) else { return Vec::new() };
    let words = writer.words;
    let (amount, with_taxes) = match options.headline {
        options::Headline::Total => (period.total, !period.taxes.is_empty()),
        options::Headline::Net => (period.net, quote.tax_inclusive && !period.taxes.is_empty()),
        options::Headline::None => return Vec::new(),
    };
    let often = plain_words(match period.billing {
        Billing::OneTime => &words.once,
        Billing::Monthly => &words.per_month,
        Billing::Annual => &words.per_year,
        Billing::Usage => &words.per_usage,
    });
    let taxes = match (with_taxes, period.taxes.is_empty()) {
        (true, _) => Some(plain_words(&words.with_taxes)),
        (false, false) => Some(plain_words(&words.before_taxes)),
        (false, true) => None,
    };
    let label = [often.clone()].into_iter().chain(taxes).collect();
    let mut headline = vec![Headline { figure: writer.money_text(amount), label }];
    let shared = options.per.and_then(|measure| each(amount, writer.priced.size.measure(measure)?, quote.currency));
    let one = match options.per {
        Some("employees") => &words.per_employee,
        Some("locations") => &words.per_location,
        _ => &words.per_vehicle,
    };
    headline.extend(shared.map(|shared| {
        let label = vec![plain_words(one), often];
        Headline { figure: writer.money_text(shared), label }
    }));
    headline
}

/// From list prices to what is paid, a column for each billing.
pub(super) fn totals(writer: &Writer<'_>, options: &Options) -> Option<Totals> {
    let quote = writer.priced.quote;
    let words = writer.words;
    let mut rows = Rows { writer, rows: Vec::new() };
    let any = |of: fn(&Period) -> Decimal| quote.periods.iter().any(|period| !of(period).is_zero());
    let some = |amount: Decimal| (!amount.is_zero()).then_some(amount);
    // A slide says what lines cost, and how much is saved below the totals.
    if options.list && !options.slide && any(|period| period.line_discounts) {
        rows.add(&words.list_prices, |period| Some(period.list));
        rows.add(&words.item_discounts, |period| some(-period.line_discounts));
    }
    if any(|period| period.discount) {
        rows.add(&words.subtotal, Period::subtotal);
        rows.add(&words.whole_discount, |period| some(-period.discount));
    }
    let taxes = taxes(&quote.periods);
    if !quote.tax_inclusive {
        if !taxes.is_empty() {
            rows.add(&words.net, |period| Some(period.net));
        }
        for tax in &taxes {
            rows.add(&writer.tax(tax), |period| amount_of(period, tax));
        }
    }
    rows.add(&words.total, |period| Some(period.total));
    if let Some(row) = rows.rows.last_mut() {
        row.total = true;
    }
    if quote.tax_inclusive {
        for tax in &taxes {
            rows.add(&format!("{} {}", words.includes, writer.tax(tax)), |period| amount_of(period, tax));
        }
    }
    let heads = quote.periods.iter().map(|period| writer.billing(period.billing));
    let heads = [Text::new()].into_iter().chain(heads).collect();
    (!quote.periods.is_empty()).then_some(Totals { heads, rows: rows.rows })
}

struct Rows<'a> {
    writer: &'a Writer<'a>,
    rows: Vec<TotalRow>,
}

impl Rows<'_> {
    fn add(&mut self, label: &str, amount: impl Fn(&Period) -> Option<Decimal>) {
        let writer = self.writer;
        let cell = |period| amount(period).map(|amount| writer.money(amount)).into_iter().collect();
        let cells = writer.priced.quote.periods.iter().map(cell).collect();
        self.rows.push(TotalRow { label: plain_words(label), cells, total: false });
    }
}

/// Each tax and rate once, in the order in which they are met.
fn taxes(periods: &[Period]) -> Vec<&Tax> {
    let mut taxes: Vec<&Tax> = Vec::new();
    for tax in periods.iter().flat_map(|period| &period.taxes) {
        if !taxes.iter().any(|known| is_same(known, tax)) {
            taxes.push(tax);
        }
    }
    taxes
}

fn is_same(one: &Tax, other: &Tax) -> bool {
    one.name == other.name && one.rate == other.rate
}

fn amount_of(period: &Period, tax: &Tax) -> Option<Decimal> {
    period.taxes.iter().find(|own| is_same(own, tax)).map(|own| own.amount)
}

/// Contract value, saving, start, term and validity, as far as the quote has them.
pub(super) fn facts(writer: &Writer<'_>, options: &Options) -> Vec<Fact> {
    let (quote, words, locale) = (writer.priced.quote, writer.words, writer.priced.locale);
    let mut facts = Vec::new();
    let mut fact = |label: Text, value: Text| facts.push(Fact { label, value });
    let once = quote.periods.iter().all(|period| period.billing == Billing::OneTime);
    if let Some(value) = quote.contract_value.filter(|_| !once) {
        let taxed = quote.periods.iter().any(|period| !period.taxes.is_empty());
        let label = |taxes: &str| plain_words(&format!("{} ({taxes})", words.contract_value));
        if value.net != value.total && !options.slide {
            fact(label(&words.before_taxes), writer.money_text(value.net));
        }
        let whole = if taxed { label(&words.with_taxes) } else { plain_words(&words.contract_value) };
        fact(whole, writer.money_text(value.total));
    }
    if options.list && quote.effective_discount > Decimal::ZERO {
        fact(plain_words(&words.saving), figures(locale.percent(shown(quote.effective_discount), None)));
    }
    let date = |date| figures(locale.date(date, DateStyle::Long));
    if !options.slide {
        if let Some(start) = quote.start {
            fact(plain_words(&words.start), date(start));
        }
        if let Some(months) = quote.term_months {
            fact(plain_words(&words.term), figures(locale.number(months.into(), None)));
        }
    }
    if let Some(day) = quote.valid_until {
        fact(plain_words(&words.valid_until), date(day));
    }
    facts
}

/// A part of one with no more than two digits of its percentage: a saving of a third has no end of digits.
fn shown(part: Decimal) -> Decimal {
    part.round_dp_with_strategy(4, RoundingStrategy::MidpointAwayFromZero)
}
