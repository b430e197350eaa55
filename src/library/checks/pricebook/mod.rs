//! In: a [`PriceBook`] as read. Out: what is wrong between its lines, so that no quote can meet it.

mod companions;
mod contradiction;
mod items;
mod prices;
mod taxes;
mod tiers;
mod words;

use std::collections::BTreeMap;
use std::sync::Arc;

use iso_currency::Currency;
use rust_decimal::Decimal;

use super::Faults;
use crate::diagnostic::{MOST_OF_ONE_FILE, Problems, SourceFile, suggest};
use crate::library::pricebook::{Item, PriceBook, minor_digits};
use crate::library::settings::Settings;
use crate::source::Spanned;

/// No price and no amount of an item is larger.
const LARGEST_PRICE: Decimal = Decimal::from_parts(0xD4A5_1000, 0xE8, 0, false, 0);
/// Nobody orders more of anything.
const LARGEST_QUANTITY: Decimal = Decimal::from_parts(1_000_000_000, 0, 0, false, 0);
/// No quote outlives its prices by more than a year, days.
const MOST_VALID_DAYS: u32 = 366;
/// No name of a version or an item is longer, characters.
const LONGEST_ID: usize = 40;

/// Most items of a price book. A list of parts with more is a catalogue, of which a library holds what is quoted.
const MOST_ITEMS: usize = 10_000;
/// Most skus that all items together name in `bundle:`, `requires:` and `excludes:`. Checks follow each name from every
/// item that leads to it.
const MOST_NAMES: usize = 20_000;

/// The items by their skus.
type Index<'a> = BTreeMap<&'a str, &'a Item>;

/// A currency of the book, and how many digits its minor unit has.
type Money<'a> = (&'a str, u32);

/// Checks everything that the book says against the rest of it.
pub(in crate::library) fn price_book(file: &Arc<SourceFile>, book: &PriceBook, settings: &Settings) -> Problems {
    let mut faults = Faults::of(file);
    if size(&mut faults, book) {
        return faults.problems;
    }
    version(&mut faults, &book.version);
    if book.valid.until < book.valid.from {
        let message = format!("the price book ends on {}, before it begins on {}", book.valid.until, book.valid.from);
        faults.add("M010", &book.valid.span, message, "never in force", "swap the two days, or mend the wrong one");
    }
    quote_terms(&mut faults, book);
    let money = currencies(&mut faults, book, settings);
    discounts(&mut faults, book);
    taxes::check(&mut faults, book);
    items::check(&mut faults, book, &money);
    companions::check(&mut faults, book);
    words::check(&mut faults, book);
    faults.problems.sort();
    faults.problems
}

/// Refuses a book with more items or names than can be checked in time; true where it has.
fn size(faults: &mut Faults, book: &PriceBook) -> bool {
    let names = |item: &Item| item.bundle.len() + item.requires.len() + item.excludes.len();
    let names: usize = book.items.iter().map(names).sum();
    let items = book.items.len();
    let help = "keep only what is quoted";
    let top = faults.top();
    if items > MOST_ITEMS {
        let message = format!("the price book has {items} items; {MOST_ITEMS} are the most");
        faults.add("L085", &top, message, "in this file", help);
    }
    if names > MOST_NAMES {
        let message = format!("the items name {names} others in `bundle:`, `requires:` and `excludes:`");
        faults.add("L085", &top, message, format!("at most {MOST_NAMES} names"), help);
    }
    faults.problems.has_errors()
}

fn version(faults: &mut Faults, version: &Spanned<String>) {
    let clean = !version.trim().is_empty() && !version.chars().any(char::is_control);
    if !clean || version.chars().count() > LONGEST_ID {
        let help = format!("write a short name in one line, at most {LONGEST_ID} characters, such as `2027.1`");
        faults.add("M015", &version.span, "the price book's version cannot be printed", "not a version", help);
    }
}

fn quote_terms(faults: &mut Faults, book: &PriceBook) {
    let Some(days) = book.quotes.valid_days.as_ref().filter(|days| days.value > MOST_VALID_DAYS) else { return };
    let message = format!("quotes may be valid for {} days after the price book's last day", days.value);
    let help = format!("write at most {MOST_VALID_DAYS} days, or a later day in `valid:`");
    faults.add("M020", &days.span, message, "longer than a year", help);
}

fn currencies<'a>(faults: &mut Faults, book: &'a PriceBook, settings: &Settings) -> Vec<Money<'a>> {
    let mut money: Vec<Money> = Vec::new();
    for code in &book.currencies {
        match Currency::from_code(code) {
            _ if money.iter().any(|(known, _)| *known == code.value) => {
                let message = format!("`{}` is listed twice", code.value);
                faults.add("M001", &code.span, message, "the second time", "list each currency once");
            }
            Some(currency) => money.push((&code.value, minor_digits(currency))),
            None => {
                let upper = code.to_uppercase();
                let label = match Currency::from_code(&upper) {
                    Some(_) => format!("did you mean `{upper}`?"),
                    None => "not ISO 4217".to_string(),
                };
                let message = format!("`{}` is not a currency", code.value);
                faults.add("M001", &code.span, message, label, "write three capitals, such as `CAD`");
            }
        }
    }
    let own = settings.currency.value.as_str();
    if !book.currencies.iter().any(|code| code.value == own) {
        let span = book.currencies.first().map_or_else(|| faults.top(), |code| code.span.clone());
        let message = format!("the price book has no prices in {own}, the currency of library.yaml");
        let help = format!("add {own} to `currencies:` and to every price, or change `currency:` in library.yaml");
        faults.add("M001", &span, message, "not among these", help);
    }
    money
}

fn discounts(faults: &mut Faults, book: &PriceBook) {
    let Some(discounts) = &book.discounts else { return };
    let both = [
        ("each line", &discounts.rep.line, &discounts.manager.line),
        ("the whole quote", &discounts.rep.whole, &discounts.manager.whole),
    ];
    for (on, rep, manager) in both {
        for (role, limit) in [("rep", rep), ("manager", manager)] {
            if limit.is_sign_negative() || limit.0 > Decimal::ONE {
                let message =
                    format!("a {role} may take off {}% on {on}", (limit.0 * Decimal::ONE_HUNDRED).normalize());
                faults.add("M011", &limit.span, message, "not from 0% to 100%", "write a percentage from 0% to 100%");
            }
        }
        if manager.0 < rep.0 {
            let message = format!("a manager may take off less than a rep on {on}");
            let help = "raise the manager's limit to the rep's, or lower the rep's";
            faults.add("M011", &manager.span, message, "below the rep's limit", help);
        }
    }
}

impl Faults<'_> {
    /// Refuses a sku that no item has.
    fn sku(&mut self, sku: &Spanned<String>, items: &Index) -> bool {
        if items.contains_key(sku.value.as_str()) {
            return true;
        }
        // Past the problems that are shown, one only counts.
        let shown = self.problems.0.len() < MOST_OF_ONE_FILE;
        let label = match shown.then(|| suggest(sku, items.keys().copied())).flatten() {
            Some(near) => format!("did you mean `{near}`?"),
            None => "no such item".to_string(),
        };
        let message = format!("the price book has no item `{}`", sku.value);
        self.add("M008", &sku.span, message, label, "name an item of this book, or take it out");
        false
    }
}
