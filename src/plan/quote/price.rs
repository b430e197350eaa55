//! In: what a rep wants quoted, the price book, and what else decides a price ([`Terms`]). Out: the [`Quote`] with its
//! [`Working`], or every problem at once.

use iso_currency::Currency;
use rust_decimal::Decimal;

use super::exact::minor;
use super::lines::Priced;
use super::working::{Account, Working};
use super::{Quote, totals};
use crate::diagnostic::{Checked, Diagnostic, Problems};
use crate::format::Locale;
use crate::intake::request::{Placed, QuoteRequest};
use crate::library::days::UsageDays;
use crate::library::pricebook::{Jurisdiction, PriceBook, minor_digits};

/// What decides a price beside the request and the price book.
#[derive(Debug, Clone, Copy)]
pub struct Terms<'a> {
    /// The document's date, and the local day: what may be sold on both is.
    pub days: UsageDays,
    /// Where the client is: ISO 3166-1, and the second part of ISO 3166-2.
    pub country: Option<&'a str>,
    pub region: Option<&'a str>,
    /// ISO 4217: the currency where the request names none.
    pub currency: &'a str,
    /// Words are of this language.
    pub language: &'a str,
    /// Plurals are formed by it.
    pub locale: &'a Locale,
    /// The manager who approved the discounts.
    pub approved_by: Option<&'a str>,
}

/// A quote whose every figure is known.
#[derive(Debug, Clone)]
pub struct Reckoned {
    pub quote: Quote,
    pub working: Working,
    /// Why it may not leave the house: prices or items not in force, discounts over a limit, a quote that has expired.
    /// A draft may show it all the same.
    pub refusals: Problems,
    pub warnings: Problems,
}

/// What a price is made at.
pub(super) struct Desk<'a> {
    pub request: &'a QuoteRequest,
    pub book: &'a PriceBook,
    pub terms: &'a Terms<'a>,
    pub currency: Currency,
    /// Of the currency's minor unit.
    pub digits: u32,
    /// What no figure comes out of.
    pub faults: Problems,
    pub refusals: Problems,
    pub warnings: Problems,
}

/// Prices a quote.
///
/// The figures depend on the lines, not on their order.
///
/// # Errors
/// `Q…`: every line that cannot be priced and every rule that the quote as a whole breaks, with places in the client
/// file.
pub fn price(request: &QuoteRequest, book: &PriceBook, terms: &Terms<'_>) -> Checked<Reckoned> {
    let mut faults = Problems::default();
    let (currency, sound) = match currency(request, book, terms) {
        Ok(currency) => (currency, true),
        // The lines are looked at all the same, so that all problems come at once.
        Err(problem) => {
            faults.push(problem);
            let other = book.currencies.first().and_then(|code| Currency::from_code(&code.value));
            (other.ok_or_else(|| faults.clone())?, false)
        }
    };
    let mut desk = Desk {
        request,
        book,
        terms,
        currency,
        digits: minor_digits(currency),
        faults,
        refusals: Problems::default(),
        warnings: Problems::default(),
    };
    desk.days();
    let lines: Vec<Priced<'_>> =
        request.lines.iter().enumerate().filter_map(|(index, wanted)| desk.line(index, wanted)).collect();
    desk.combinations(&lines);
    desk.bounds(&lines);
    let taxes = desk.jurisdiction();
    let whole = lines.len() == request.lines.len();
    let totals = taxes.filter(|_| whole).and_then(|taxes| totals::totals(&mut desk, &lines, taxes));
    if totals.is_none() && desk.faults.0.is_empty() {
        desk.too_large_sum();
    }
    let Desk { mut faults, mut refusals, mut warnings, .. } = desk;
    let Some(totals) = totals.filter(|_| faults.0.is_empty()) else {
        faults.extend(refusals);
        // What was said of amounts in another currency says nothing.
        faults.0.retain(|problem| sound || !OF_AMOUNTS.contains(&problem.code));
        faults.sort();
        return Err(faults);
    };
    refusals.sort();
    warnings.sort();
    let (lines, accounts): (Vec<_>, Vec<Account>) =
        lines.into_iter().map(|priced| (priced.line, priced.account)).unzip();
    let working = Working { accounts: accounts.into_iter().chain(totals.accounts).collect() };
    let quote = Quote {
        currency,
        valid_until: request.valid_until.as_ref().map(|until| until.value),
        start: request.start,
        term_months: request.term_months,
        note: request.note.clone(),
        lines,
        periods: totals.periods,
        contract_value: totals.contract_value,
        effective_discount: totals.effective_discount,
        tax_inclusive: taxes.flatten().is_some_and(|taxes| taxes.inclusive),
    };
    Ok(Reckoned { quote, working, refusals, warnings })
}

/// Problems that are about amounts of the quote's currency.
const OF_AMOUNTS: [&str; 5] = ["Q007", "Q008", "Q009", "Q015", "Q021"];

/// The currency of the quote, in which the book has prices.
fn currency(request: &QuoteRequest, book: &PriceBook, terms: &Terms<'_>) -> Result<Currency, Diagnostic> {
    let code = request.currency.as_ref().map_or(terms.currency, |typed| typed.value.as_str());
    if let Some(currency) = Currency::from_code(code).filter(|currency| book.has_currency(*currency)) {
        return Ok(currency);
    }
    let known: Vec<&str> = book.currencies.iter().map(|known| known.value.as_str()).collect();
    let problem = Diagnostic::error("Q005", format!("the price book has no prices in {code}"))
        .label("no prices in this currency")
        .help(format!("quote in {}, or ask marketing for prices in {code}", known.join(" or ")));
    Err(match &request.currency {
        Some(typed) => typed.at(problem),
        None => problem.help(format!("name one of the price book's in `quote.currency`: {}", known.join(", "))),
    })
}

impl<'a> Desk<'a> {
    /// The taxes of the client's place: nothing where the book knows no taxes at all; none where there are faults.
    fn jurisdiction(&mut self) -> Option<Option<&'a Jurisdiction>> {
        if self.book.tax_classes.0.is_empty() {
            return Some(None);
        }
        let Some(country) = self.terms.country else {
            let help = "give `client.country` in the client file, or with `--set client.country=CA`";
            let message = "no taxes can be reckoned: the client's country is not given";
            self.faults.push(Diagnostic::error("Q013", message).help(help));
            return None;
        };
        if let Some(taxes) = self.book.jurisdiction(country, self.terms.region) {
            return Some(Some(taxes));
        }
        let in_country = self.book.taxes.iter().filter(|taxes| taxes.country.eq_ignore_ascii_case(country));
        let regions: Vec<&str> = in_country.filter_map(|taxes| taxes.region.as_deref().map(String::as_str)).collect();
        let problem = match self.terms.region {
            None if !regions.is_empty() => {
                let help = format!(
                    "give `client.region` in the client file, or with `--set client.region={}`; the price book knows {}",
                    regions[0],
                    regions.join(", ")
                );
                Diagnostic::error("Q013", format!("no taxes can be reckoned: the region in {country} is not given"))
                    .help(help)
            }
            region => {
                let place = region.map_or(country.to_string(), |region| format!("{country}-{region}"));
                let help = "mend `client.country` and `client.region`; or marketing adds the place under `taxes:` in \
                            templates/pricebook.yaml, with `rates: []` where nothing is taxed";
                Diagnostic::error("Q013", format!("the price book does not know the taxes of {place}")).help(help)
            }
        };
        self.faults.push(problem);
        None
    }

    /// Rounds as the price book says; none where the amount is larger than any that is meant.
    pub fn round(&self, amount: Decimal) -> Option<Decimal> {
        minor(self.book.rounding.round(amount, self.currency), self.digits)
    }

    pub fn money(&self, amount: Decimal) -> String {
        format!("{amount} {}", self.currency.code())
    }

    pub fn too_large<T>(&mut self, typed: &Placed<T>) {
        let problem = Diagnostic::error("Q015", "the amount is too large to be exact").label("makes it too large");
        self.faults.push(typed.at(problem.help("check the quantity; ask marketing to check the price")));
    }

    /// Says that the price book lacks words of the document's language.
    pub fn no_words<T>(&mut self, what: &str, at: Option<&Placed<T>>) {
        let language = self.terms.language;
        let problem = Diagnostic::error("Q014", format!("{what} is not in the price book in `{language}`"));
        let help = "ask marketing for the words in templates/pricebook.yaml, or choose another `language`";
        let problem = problem.label(format!("no words in `{language}`")).help(help);
        self.faults.extend_new(at.map_or(problem.clone(), |at| at.at(problem)).into());
    }
}
