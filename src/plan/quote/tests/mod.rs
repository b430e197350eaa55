//! Prices of whole quotes.

mod authorities;
mod figures;
mod golden;
mod limits;
mod mixes;
mod property;
mod refusals;

use std::path::Path;
use std::sync::Arc;

use super::*;
use crate::diagnostic::{Checked, Problems, SourceFile};
use crate::format::Locale;
use crate::intake::{self, Rules, request::QuoteRequest};
use crate::library::days::UsageDays;
use crate::library::pricebook::PriceBook;
use crate::library::settings::Settings;
use crate::library::template::Template;
use crate::source;

const TEMPLATE: &str = "
title: T
kind: proposal
page: letter
version: 1.0.0
status: approved
languages: [en]
owner: m@x.example
variants: {short: {segments: [small]}}
sections: [{id: cover, file: cover.md}]
";

const SETTINGS: &str = "
name: N
locale: en-CA
currency: CAD
size_by: [vehicles]
segments: [{id: small, label: Small}]
";

/// A price book with something of everything; `%ROUNDING%` stands for how it rounds.
const BOOK: &str = r#"
version: "2027.1"
valid: {from: 2026-01-01, until: 2027-12-31}
currencies: [CAD, JPY, KWD]
rounding: {mode: half_up, per: line}
discounts:
  rep: {line: 10%, whole: 8%}
  manager: {line: 25%, whole: 20%}
tax_classes: {standard: taxed, labour: taxed, books: zero_rated}
taxes:
  - {country: CA, region: ON, rates: [{name: HST, rate: 13%}]}
  - {country: CA, region: QC, rates: [{name: {en: GST, fr: TPS}, rate: 5%}, {name: {en: QST, fr: TVQ}, rate: 9.975%}]}
  - {country: CA, region: OLD, rates: [{name: GST, rate: 5%}, {name: PST, rate: 10%, compound: true, classes: [standard]}]}
  - {country: GB, inclusive: true, rates: [{name: VAT, rate: 20%, classes: [standard]}, {name: VAT, rate: 5%, classes: [labour]}]}
  - {country: US, rates: []}
  - {country: JP, rates: [{name: 消費税, rate: 10%}]}
  - {country: KW, rates: [{name: VAT, rate: 5%}]}
items:
  - sku: PM-A
    name: {en: Planned maintenance, fr: Entretien planifié}
    unit: {en: {one: vehicle, other: vehicles}, fr: véhicule}
    billing: monthly
    tier_rule: graduated
    tiers:
      - {from: 1, prices: {CAD: 52.00, JPY: 5200, KWD: 11.500}}
      - {from: 25, prices: {CAD: 49.00, JPY: 4900, KWD: 10.750}}
      - {from: 100, prices: {CAD: 45.50, JPY: 4550, KWD: 10.005}}
    tax_class: standard
  - sku: VOL
    name: Yard inspection
    unit: {one: visit, other: visits}
    billing: annual
    tier_rule: whole_volume
    tiers:
      - {from: 1, prices: {CAD: 120.00, JPY: 12000, KWD: 27.125}}
      - {from: 10, prices: {CAD: 99.99, JPY: 9999, KWD: 22.505}}
    tax_class: labour
  - sku: SETUP
    name: Set-up
    description: Vehicle list, plans and a first walk of the yard
    unit: yard
    billing: one_time
    prices: {CAD: 1450.00, JPY: 145000, KWD: 330.250}
    max_quantity: 20
    tax_class: labour
  - sku: HOURS
    name: Repair
    unit: {one: hour, other: hours}
    billing: one_time
    fractional: true
    min_quantity: 0.5
    prices: {CAD: 117.35, JPY: 11735, KWD: 26.755}
    tax_class: labour
  - sku: KM
    name: Towing
    unit: km
    billing: usage
    fractional: true
    fine_prices: true
    prices: {CAD: 0.0425, JPY: 4.25, KWD: 0.0095}
    tax_class: standard
  - sku: MANUAL
    name: Manual
    unit: copy
    billing: one_time
    prices: {CAD: 19.95, JPY: 1995, KWD: 4.545}
    tax_class: books
  - sku: TELE
    name: Telematics
    unit: vehicle
    billing: monthly
    prices: {CAD: 9.99, JPY: 999, KWD: 2.275}
    tax_class: standard
    requires: [TELE-KIT]
  - sku: TELE-KIT
    name: Telematics unit
    unit: piece
    billing: one_time
    prices: {CAD: 89.00, JPY: 8900, KWD: 20.250}
    tax_class: standard
  - sku: PACK
    name: Telematics and units
    unit: vehicle
    billing: annual
    prices: {CAD: 99.00, JPY: 9900, KWD: 22.550}
    tax_class: standard
    bundle: [{sku: TELE}, {sku: TELE-KIT}]
  - sku: LITE
    name: Essential
    unit: vehicle
    billing: monthly
    prices: {CAD: 29.00, JPY: 2900, KWD: 6.500}
    tax_class: standard
    excludes: [PM-A, TELE]
  - sku: WINTER
    name: Winter check
    unit: vehicle
    billing: one_time
    prices: {CAD: 79.00, JPY: 7900, KWD: 17.950}
    tax_class: labour
    available: {from: 2026-10-01, until: 2027-03-31}
"#;

fn file(path: &str, text: &str) -> Arc<SourceFile> {
    Arc::new(SourceFile { path: path.into(), text: text.into() })
}

pub(super) fn book(yaml: &str) -> PriceBook {
    source::read(&file("templates/pricebook.yaml", yaml))
        .unwrap_or_else(|problems| panic!("{}", problems.to_terminal(false)))
}

/// Reads a `quote:` as a client file holds it.
pub(super) fn request(quote: &str) -> QuoteRequest {
    let mut template: Template = source::read(&file("template.yaml", TEMPLATE)).expect("a template");
    template.id = "proposal".into();
    let settings: Settings = source::read(&file("library.yaml", SETTINGS)).expect("settings");
    let rules = Rules { template: &template, settings: &settings, others: &Vec::new };
    let text = format!("client: {{name: A}}\nquote: {quote}\n");
    let read = intake::check_client(file("client.yaml", &text), Path::new("."), &[], &rules);
    let (client, _) = read.unwrap_or_else(|problems| panic!("{}", problems.to_terminal(false)));
    client.quote.expect("a quote")
}

/// Where and for whom a quote is made.
#[derive(Clone, Copy)]
pub(super) struct Case<'a> {
    pub book: &'a str,
    pub place: (&'a str, &'a str),
    pub date: &'a str,
    /// The local day; the document's date where it is none.
    pub today: Option<&'a str>,
    pub language: &'a str,
    pub approved_by: Option<&'a str>,
}

pub(super) const ONTARIO: Case<'static> =
    Case { book: BOOK, place: ("CA", "ON"), date: "2026-11-25", today: None, language: "en", approved_by: None };

impl Case<'_> {
    fn at(self, country: &'static str, region: &'static str) -> Self {
        Self { place: (country, region), ..self }
    }

    fn priced(self, quote: &str) -> Checked<Reckoned> {
        self.of(&request(quote))
    }

    fn of(self, request: &QuoteRequest) -> Checked<Reckoned> {
        let locale = Locale::new(&format!("{}-CA", self.language)).expect("a locale");
        let day = |text: &str| text.parse().expect("a day");
        let given = |text: &'_ str| (!text.is_empty()).then_some(text.to_string());
        let (country, region) = (given(self.place.0), given(self.place.1));
        let terms = Terms {
            days: UsageDays { document: day(self.date), today: day(self.today.unwrap_or(self.date)) },
            country: country.as_deref(),
            region: region.as_deref(),
            currency: "CAD",
            language: self.language,
            locale: &locale,
            approved_by: self.approved_by,
        };
        price(request, &book(self.book), &terms)
    }

    fn quote(self, quote: &str) -> Quote {
        let reckoned = self.priced(quote).unwrap_or_else(|problems| panic!("{}", problems.to_terminal(false)));
        assert!(reckoned.refusals.0.is_empty(), "{}", reckoned.refusals.to_terminal(false));
        reckoned.quote
    }

    /// Faults and refusals, as `code line:column message | label | help`.
    fn refused(self, quote: &str) -> Vec<String> {
        match self.priced(quote) {
            Ok(reckoned) => told(&reckoned.refusals),
            Err(problems) => told(&problems),
        }
    }
}

fn told(problems: &Problems) -> Vec<String> {
    let all = problems.0.iter().map(|problem| {
        let place = problem.place.as_ref().map(|place| place.line_column());
        let at = place.map(|(line, column)| format!("{line}:{column} ")).unwrap_or_default();
        let (label, help) = (problem.label.as_deref().unwrap_or("-"), problem.help.as_deref().unwrap_or("-"));
        format!("{} {at}{} | {label} | {help}", problem.code, problem.message)
    });
    all.collect()
}

/// The sums of each billing, one a line.
fn sums(quote: &Quote) -> Vec<String> {
    let period = |period: &Period| {
        let taxes: Vec<String> =
            period.taxes.iter().map(|tax| format!("{} on {} = {}", tax.name, tax.base, tax.amount)).collect();
        format!(
            "{}: {} - {} - {} = {}; {}; {}",
            period.billing.word(),
            period.list,
            period.line_discounts,
            period.discount,
            period.net,
            taxes.join(", "),
            period.total
        )
    };
    quote.periods.iter().map(period).collect()
}

fn value(quote: &Quote) -> Option<(String, String)> {
    quote.contract_value.map(|value| (value.net.to_string(), value.total.to_string()))
}
