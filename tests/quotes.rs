//! Quotes end to end: every figure of a document is the one that the quote has, whatever the currency, and what a rep
//! types into a quote stays text.

mod support;

use std::path::Path;

use collateral::export::{Format, docx, pdf};
use collateral::format::Locale;
use collateral::library::files::Source;
use collateral::library::{Library, Trust};
use collateral::pipeline::{Engine, Generated, Order, generate, generate_as};
use collateral::plan::quote::pinned::Pinned;
use iso_currency::Currency;
use rust_decimal::Decimal;
use support::{squeeze, workplace};

const BOOK: &str = "
version: '1'
valid: {from: 2026-01-01, until: 2027-12-31}
currencies: [CAD, JPY, KWD]
rounding: {mode: half_up, per: total}
discounts: {rep: {line: 10%, whole: 10%}, manager: {line: 10%, whole: 10%}}
tax_classes: {work: taxed}
taxes:
  - {country: CA, region: QC, rates: [{name: GST, rate: 5%}, {name: QST, rate: 9.975%}]}
  - {country: JP, rates: [{name: JCT, rate: 10%}]}
  - {country: KW, rates: []}
items:
  - {sku: CARE, name: Care, unit: van, billing: monthly, prices: {CAD: 187.35, JPY: 18735, KWD: 41.255}, tax_class: work}
  - {sku: SETUP, name: Set-up, unit: yard, billing: one_time, prices: {CAD: 1450, JPY: 145000, KWD: 330.255}, tax_class: work}
  - {sku: WALK, name: Walk, unit: visit, billing: annual, prices: {CAD: 999.99, JPY: 99999, KWD: 225.005}, tax_class: work}
  - {sku: WASH, name: Wash, unit: van, billing: monthly, prices: {CAD: 12.49, JPY: 1249, KWD: 2.755}, tax_class: work}
";

const OFFER: &str = "# Prices

{{ quote.monthly }} a month, {{ quote.one_time_with_tax }} once, {{ quote.total }} in all; {{ quote.discount }} saved.

:::pricing
";

const QUOTE: &str = "
  term_months: 30
  discount: 2.5%
  note: '**{{x}}** <b> & \"quoted\"'
  lines:
    - {sku: CARE, quantity: 87, discount: 4%, note: '{% if x %} :::pricing'}
    - {sku: SETUP, quantity: 3}
    - {sku: WALK, quantity: 7, discount: 1}
    - {sku: WASH, quantity: 87, optional: yes}
";

/// The fixture's letter with the sample brand, which has words for prices.
fn library(folder: &Path) -> Library {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for part in ["brand", "templates"] {
        workplace::copy(&root.join(part), &folder.join(part));
    }
    let letter = folder.join("templates/letter");
    workplace::copy(&root.join("tests/fixtures/library/templates/letter"), &letter);
    std::fs::write(letter.join("sections/offer.md"), OFFER).expect("a file can be written");
    std::fs::write(folder.join("templates/pricebook.yaml"), BOOK).expect("a file can be written");
    Library::load(Source::Folder(folder.into()), Trust::Draft).expect("the library is sound")
}

fn made(currency: &str, place: &str) -> Generated {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let client = folder.path().join("client.yaml");
    let quote = format!("quote:\n  currency: {currency}{QUOTE}");
    std::fs::write(&client, format!("client: {{name: Acme, {place}, size: {{vehicles: 87}}}}\n{quote}"))
        .expect("a file");
    let date = jiff::civil::date(2026, 11, 25);
    let order = Order { client_file: Some(client), draft: true, ..Order::new("letter", date) };
    let engine = Engine::new(library(folder.path()));
    generate(&engine, &order).unwrap_or_else(|problems| panic!("{}", problems.to_terminal(false)))
}

#[test]
fn every_figure_on_the_page_is_the_quotes() {
    for (currency, place) in [("CAD", "country: CA, region: QC"), ("JPY", "country: JP"), ("KWD", "country: KW")] {
        let made = made(currency, place);
        let text = squeeze(&pdf::words_of(made.bytes(Format::Pdf)).expect("our own file can be read"));
        let quote = &made.laid_out.quote.as_ref().expect("a quote").quote;
        let locale = Locale::new(&made.laid_out.plan.locale).expect("a locale");
        let mut amounts: Vec<_> = quote.lines.iter().map(|line| line.net).collect();
        for period in &quote.periods {
            amounts.extend([period.net, period.total]);
            amounts.extend(period.taxes.iter().map(|tax| tax.amount));
        }
        let value = quote.contract_value.expect("a value");
        amounts.extend([value.total, quote.discount().expect("a discount")]);
        for amount in amounts {
            let money = squeeze(&locale.money(amount, quote.currency, None));
            assert!(text.contains(&money), "{money} is not on the page in {currency}: {text}");
        }
        let pinned = made.provenance.quote.as_deref().and_then(Pinned::read);
        assert_eq!(pinned, Some(Pinned::of(quote)), "what is pinned is what was priced");
    }
}

/// The amounts that `generate --json` gives of a quote.
fn amounts(quote: &serde_json::Value) -> Vec<Decimal> {
    let of = |value: &serde_json::Value, names: &[&str]| -> Vec<Decimal> {
        let amount = |name: &&str| value[*name].as_str().expect("an amount as text").parse().expect("a decimal");
        names.iter().map(amount).collect()
    };
    let all = |name: &str| quote[name].as_array().expect("a list").clone();
    let mut amounts: Vec<Decimal> = all("lines").iter().flat_map(|line| of(line, &["net"])).collect();
    for period in all("periods") {
        amounts.extend(of(&period, &["list", "line_discounts", "discount", "net", "total"]));
        amounts.extend(period["taxes"].as_array().expect("a list").iter().flat_map(|tax| of(tax, &["amount"])));
    }
    amounts.extend(of(&quote["contract_value"], &["net", "total"]));
    // What is nothing is not printed: no line of discounts without one.
    amounts.retain(|amount| !amount.is_zero());
    amounts
}

/// Whether a figure stands in a text, not as the end of a longer one. Figures end in their minor units or a symbol, so
/// what follows is never a part of them; before them a symbol parts one figure from the next.
fn stands(text: &str, figure: &str) -> bool {
    let is_digit = |c: Option<char>| c.is_some_and(char::is_numeric);
    let is_whole = |at: usize| !(is_digit(figure.chars().next()) && is_digit(text[..at].chars().next_back()));
    text.match_indices(figure).any(|(at, _)| is_whole(at))
}

#[test]
fn json_pdf_and_word_file_say_the_same_figures() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for (client, locale) in [("harbour", "en-CA"), ("harbour", "en-US"), ("haulier", "en-CA"), ("valdombre", "fr-CA")] {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let made = workplace::program()
            .args(["generate", "--library", env!("CARGO_MANIFEST_DIR"), "-t", "proposal", "-f", "pdf,docx", "--json"])
            .args(["--date", "2026-11-25", "--set", &format!("client.locale={locale}"), "-c"])
            .arg(root.join(format!("examples/clients/{client}.yaml")))
            .arg("-o")
            .arg(folder.path())
            .output()
            .expect("the program runs");
        let said: serde_json::Value = serde_json::from_slice(&made.stdout).expect("one JSON document");
        let file = |format: &str| {
            let files = said["files"].as_array().expect("files");
            let file = files.iter().find(|file| file["format"] == format).expect("a file of each format");
            std::fs::read(file["path"].as_str().expect("a path")).expect("it was written")
        };
        let texts = [
            ("PDF", squeeze(&pdf::words_of(&file("pdf")).expect("our own file can be read"))),
            ("Word file", squeeze(&docx::words_of(&file("docx")).expect("our own file can be read"))),
        ];
        let currency = said["quote"]["currency"].as_str().and_then(Currency::from_code).expect("a currency");
        let by = Locale::new(locale).expect("a locale");
        let amounts = amounts(&said["quote"]);
        assert!(amounts.len() > 10, "few amounts: {amounts:?}");
        for amount in amounts {
            let figure = squeeze(&by.money(amount, currency, None));
            for (what, text) in &texts {
                assert!(stands(text, &figure), "{figure} of {client} in {locale} is not in the {what}");
            }
        }
    }
}

#[test]
fn what_a_rep_types_into_a_quote_stays_text() {
    let made = made("CAD", "country: CA, region: QC");
    let text = squeeze(&pdf::words_of(made.bytes(Format::Pdf)).expect("our own file can be read"));
    for note in ["**{{x}}** <b> & \"quoted\"", "{% if x %} :::pricing"] {
        assert!(text.contains(&squeeze(note)), "`{note}` is not on the page: {text}");
    }
}

#[test]
fn the_same_quote_makes_the_same_bytes() {
    let bytes = || made("KWD", "country: KW").bytes(Format::Pdf).to_vec();
    assert!(bytes() == bytes());
}

/// No digit of another script in any word of a document, whatever digits its locale asks for.
#[test]
fn a_document_has_the_digits_of_its_language_alone() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let date = jiff::civil::date(2026, 11, 25);
    let library = Library::load(Source::Folder(root.into()), Trust::Draft).expect("the sample is sound");
    let engine = Engine::new(library);
    let order = |template: &str, client: &str, locale: &str| Order {
        client_file: Some(root.join(format!("examples/clients/{client}.yaml"))),
        sets: vec![format!("client.locale={locale}")],
        draft: true,
        ..Order::new(template, date)
    };
    let documents =
        [("proposal", "harbour", "en-CA"), ("proposal", "valdombre", "fr-CA"), ("pitch-deck", "harbour", "en-CA")];
    for ((template, client, tag), nu) in documents.into_iter().zip(["deva", "arab", "fullwide"]) {
        let order = order(template, client, &format!("{tag}-u-nu-{nu}"));
        let made = generate_as(&engine, &order, &[Format::Pdf, Format::Docx])
            .unwrap_or_else(|problems| panic!("{}", problems.to_terminal(false)));
        assert_eq!(made.laid_out.plan.locale, tag, "Word files and tags name the locale without its digits");
        let words = [
            pdf::words_of(made.bytes(Format::Pdf)).expect("our own file can be read"),
            docx::words_of(made.bytes(Format::Docx)).expect("our own file can be read"),
        ];
        for text in words {
            // `½` and `³` are no digits of another script.
            let digit = |c: char| c.to_digit(10).is_none() && nu_digits(nu).contains(&c);
            assert_eq!(text.chars().find(|c| digit(*c)), None, "{template} {nu}");
            assert!(text.contains(|c: char| c.is_ascii_digit()), "{template} has no digits at all");
        }
    }
}

fn nu_digits(nu: &str) -> std::ops::RangeInclusive<char> {
    match nu {
        "deva" => '\u{966}'..='\u{96F}',
        "arab" => '\u{660}'..='\u{669}',
        _ => '\u{FF10}'..='\u{FF19}',
    }
}
