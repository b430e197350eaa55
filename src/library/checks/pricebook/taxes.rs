//! In: the tax classes and taxes of a price book. Out: what is unknown, said twice, or left open.

use rust_decimal::Decimal;

use crate::library::checks::{Faults, is_id};
use crate::library::pricebook::{Jurisdiction, PriceBook, Treatment};
use crate::library::read::listed;

pub(super) fn check(faults: &mut Faults, book: &PriceBook) {
    faults.ids("tax class", book.tax_classes.0.iter().map(|(class, _)| class));
    let taxed: Vec<&str> = book
        .tax_classes
        .0
        .iter()
        .filter(|(class, treatment)| *treatment == Treatment::Taxed && is_id(class))
        .map(|(class, _)| class.value.as_str())
        .collect();
    if let (Some((class, _)), true) = (book.tax_classes.0.first(), book.taxes.is_empty() && !taxed.is_empty()) {
        let help = "add `taxes:` with each country or region that you sell to, or take `tax_classes:` out";
        faults.add("M013", &class.span, "items are taxed, but no place says at which rates", "taxed where?", help);
    }
    let mut places: Vec<String> = Vec::new();
    for taxes in &book.taxes {
        place(faults, taxes, &mut places);
        rates(faults, taxes, &taxed);
    }
}

fn place(faults: &mut Faults, taxes: &Jurisdiction, places: &mut Vec<String>) {
    let country = &taxes.country;
    if country.len() != 2 || !country.bytes().all(|b| b.is_ascii_uppercase()) {
        let message = format!("`{}` is not a country", country.value);
        faults.add("M013", &country.span, message, "not ISO 3166-1", "write two capitals, such as `CA`");
    }
    if let Some(region) = &taxes.region
        && (!(1..=3).contains(&region.len()) || !region.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit()))
    {
        let message = format!("`{}` is not a region", region.value);
        let help = "write the part after the country's code, such as `ON` for CA-ON";
        faults.add("M013", &region.span, message, "not ISO 3166-2", help);
    }
    let place = taxes.place();
    if places.contains(&place) {
        let span = taxes.region.as_ref().map_or(&country.span, |region| &region.span);
        faults.add("M013", span, format!("the taxes of {place} stand twice"), "the second time", "keep one of them");
    }
    places.push(place);
}

fn rates(faults: &mut Faults, taxes: &Jurisdiction, taxed: &[&str]) {
    let place = taxes.place();
    for (index, rate) in taxes.rates.iter().enumerate() {
        if rate.rate.is_sign_negative() || rate.rate.0 > Decimal::ONE {
            let message = format!("a tax of {place} is {}%", (rate.rate.0 * Decimal::ONE_HUNDRED).normalize());
            faults.add("M013", &rate.rate.span, message, "not from 0% to 100%", "write a percentage such as `5%`");
        }
        for (n, class) in rate.classes.iter().enumerate() {
            if !taxed.contains(&class.value.as_str()) {
                let message = format!("there is no taxed class called `{}`", class.value);
                let help = format!("taxed are {}", listed(taxed));
                faults.add("M007", &class.span, message, "not a taxed class", help);
            } else if rate.classes[..n].iter().any(|before| before.value == class.value) {
                let message = format!("`{}` is listed twice", class.value);
                faults.add("M007", &class.span, message, "the second time", "list each class once");
            }
        }
        let first = |class: &&&str| rate.is_on(class) && !taxes.rates[..index].iter().any(|before| before.is_on(class));
        if rate.compound
            && let Some(class) = taxed.iter().find(first)
        {
            let message = format!("a tax of {place} is compound, but `{class}` has no tax before it");
            let help = "take `compound: true` out, or put the tax that it is reckoned on before it";
            faults.add("M013", &rate.rate.span, message, "on top of nothing", help);
        }
    }
    if taxes.rates.is_empty() {
        return;
    }
    for class in taxed.iter().filter(|class| taxes.rates_on(class).next().is_none()) {
        let message = format!("{place} has no rate for the taxed class `{class}`");
        let help = format!("add `{class}` to the `classes:` of a rate (0% where it is not taxed)");
        faults.add("M013", &taxes.country.span, message, "incomplete", help);
    }
}
