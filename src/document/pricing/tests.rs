//! In: `:::pricing` as marketing writes it, and quotes. Out: the words that it becomes, or what is wrong.

use iso_currency::Currency;

use super::testing::{Desk, Terms, decimal, english, line, quote, section};
use crate::document::model::{BlockKind, Kind, plain};
use crate::document::prices::{PriceTable, Prices};
use crate::document::{parse, words};
use crate::library::brand::FurnitureWords;
use crate::plan::quote::{Billing, Line, Quote, Standing};

fn read(kind: Kind, written: &str, desk: &Desk, quote: &Quote) -> Prices {
    let section = section(&format!("# Price\n\n{written}\n"), None);
    let document = parse(kind, &[section], Some(desk.priced(quote))).unwrap_or_else(|found| panic!("{found:?}"));
    let prices = document.sections[0].blocks.iter().find_map(|block| match &block.kind {
        BlockKind::Prices(prices) => Some((**prices).clone()),
        _ => None,
    });
    prices.expect("prices")
}

fn refused(written: &str, priced: Option<(&Desk, &Quote)>) -> String {
    let section = section(&format!("# Price\n\n{written}\n"), None);
    let priced = priced.map(|(desk, quote)| desk.priced(quote));
    let problems = parse(Kind::Proposal, &[section], priced).expect_err("refused").0;
    let say =
        |p: &crate::diagnostic::Diagnostic| format!("{} {} {}", p.code, p.message, p.help.clone().unwrap_or_default());
    problems.iter().map(say).collect::<Vec<_>>().join("\n")
}

fn heads(table: &PriceTable) -> Vec<String> {
    table.columns.iter().map(|column| plain(&column.head)).collect()
}

/// The words of each row, a bar between cells, a slash within them; without marks of direction and hard spaces.
fn rows(table: &PriceTable) -> Vec<String> {
    let cell = |cell: &Vec<crate::document::prices::PriceEntry>| {
        cell.iter().map(|entry| plain(&entry.text)).collect::<Vec<_>>().join(" / ")
    };
    let row = |row: &crate::document::prices::PriceRow| row.cells.iter().map(cell).collect::<Vec<_>>().join(" | ");
    table.groups.iter().flat_map(|group| &group.rows).map(row).map(|row| bare(&row)).collect()
}

fn bare(text: &str) -> String {
    text.replace(['\u{a0}', '\u{202f}', '\u{2009}'], " ").replace(['\u{200e}', '\u{200f}', '\u{61c}'], "")
}

fn totals(prices: &Prices) -> Vec<String> {
    let totals = prices.totals.as_ref().expect("totals");
    let row = |row: &crate::document::prices::TotalRow| {
        let cells = row.cells.iter().map(|cell| cell.first().map_or(String::new(), |entry| plain(&entry.text)));
        bare(&[plain(&row.label)].into_iter().chain(cells).collect::<Vec<_>>().join(" | "))
    };
    totals.rows.iter().map(row).collect()
}

fn some() -> Vec<Line> {
    let mut lines =
        vec![line("Onboarding", Billing::OneTime, "85", "42.5"), line("Maintenance", Billing::Monthly, "60", "1118")];
    lines[1].discount = lines[1].list * decimal("0.05");
    lines[1].net = lines[1].list - lines[1].discount;
    lines
}

#[test]
fn every_locale_writes_by_its_customs() {
    for (locale, currency, expected) in [
        ("en-CA", Currency::CAD, "Maintenance | 60 vehicles | $1,118.00 | -$3,354.00 | $63,726.00"),
        ("fr-CA", Currency::CAD, "Maintenance | 60 vehicles | 1 118,00 $ | -3 354,00 $ | 63 726,00 $"),
        ("de-DE", Currency::EUR, "Maintenance | 60 vehicles | 1.118,00 € | -3.354,00 € | 63.726,00 €"),
        ("en-US", Currency::USD, "Maintenance | 60 vehicles | $1,118.00 | -$3,354.00 | $63,726.00"),
        ("ja-JP", Currency::JPY, "Maintenance | 60 vehicles | ￥1,118 | -￥3,354 | ￥63,726"),
        ("ar-EG", Currency::EGP, "Maintenance | ٦٠ vehicles | ١٬١١٨٫٠٠ ج.م. | -٣٬٣٥٤٫٠٠ ج.م. | ٦٣٬٧٢٦٫٠٠ ج.م."),
        ("en-CA", Currency::KWD, "Maintenance | 60 vehicles | KWD 1,118.000 | -KWD 3,354.000 | KWD 63,726.000"),
    ] {
        let desk = Desk::new(locale, english());
        let quote = quote(some(), &Terms { currency, ..Terms::default() });
        let prices = read(Kind::Proposal, ":::pricing", &desk, &quote);
        assert_eq!(rows(prices.lines.as_ref().expect("lines"))[1], expected, "{locale}");
    }
}

#[test]
fn totals_lead_from_list_prices_to_what_is_paid() {
    let desk = Desk::new("en-CA", english());
    let taxes = &[("GST", "0.05"), ("QST", "0.09975")];
    let quote = quote(some(), &Terms { taxes, whole_discount: "0.1", ..Terms::default() });
    let prices = read(Kind::Proposal, ":::pricing{per=vehicles}", &desk, &quote);
    assert_eq!(
        totals(&prices),
        [
            "List prices | $3,612.50 | $67,080.00",
            "Discounts on items |  | -$3,354.00",
            "Subtotal | $3,612.50 | $63,726.00",
            "Discount on the whole | -$361.25 | -$6,372.60",
            "Before taxes | $3,251.25 | $57,353.40",
            "GST 5% | $162.56 | $2,867.67",
            "QST 9.975% | $324.31 | $5,721.00",
            "Total | $3,738.12 | $65,942.07",
        ]
    );
    let headline: Vec<String> = prices.headline.iter().map(|figure| plain(&figure.figure)).collect();
    assert_eq!(headline, ["$65,942.07", "$775.79"]);
    let facts: Vec<String> =
        prices.facts.iter().map(|fact| format!("{}: {}", plain(&fact.label), plain(&fact.value))).collect();
    assert_eq!(
        facts,
        [
            "Contract value (before taxes): $2,067,973.65",
            "Contract value (with taxes): $2,377,652.64",
            "Saving on list prices: 14.27%",
            "Start: February 1, 2027",
            "Term in months: 36",
            "Valid until: January 31, 2027",
        ]
    );
}

#[test]
fn options_decide_what_is_shown() {
    let desk = Desk::new("en-CA", english());
    let mut lines = some();
    lines.push(Line { standing: Standing::Optional, ..line("Wash", Billing::Annual, "1", "60") });
    let quote = quote(lines, &Terms::default());
    let shown = |written: &str| read(Kind::Proposal, written, &desk, &quote);
    let lines = |prices: &Prices| prices.lines.clone().expect("lines");

    let all = shown(":::pricing");
    assert_eq!(heads(&lines(&all)), ["Item", "Quantity", "Unit price", "Discount", "Amount"]);
    assert_eq!(lines(&all).groups.len(), 2);
    let (title, options) = all.options.expect("options");
    assert_eq!(plain(&title), "Options, not in the totals");
    assert_eq!(rows(&options), ["Wash / Optional | Annual | 1 vehicle | $60.00 |  | $60.00"]);

    let bare = shown(":::pricing{columns=none group=none optional=hide headline=none}");
    assert_eq!(heads(&lines(&bare)), ["Item", "Billing", "Amount"]);
    assert!(bare.options.is_none() && bare.headline.is_empty());
    let named = shown(":::pricing{columns=\"discount sku\"}");
    assert_eq!(heads(&lines(&named)), ["Item", "Code", "Discount", "Amount"]);

    let hidden = shown(":::pricing{list=hide headline=net}");
    assert_eq!(heads(&lines(&hidden)), ["Item", "Quantity", "Amount"]);
    assert_eq!(totals(&hidden), ["Total | $3,612.50 | $63,726.00"]);
    assert!(hidden.facts.iter().all(|fact| !plain(&fact.label).contains("Saving")));
}

#[test]
fn the_price_of_one_needs_a_known_number() {
    let mut desk = Desk::new("en-CA", english());
    let quote = quote(some(), &Terms::default());
    for known in [None, Some(0)] {
        desk.size.vehicles = known;
        assert_eq!(read(Kind::Proposal, ":::pricing{per=vehicles}", &desk, &quote).headline.len(), 1);
    }
}

#[test]
fn a_slide_says_less_in_the_same_words() {
    let desk = Desk::new("en-CA", english());
    let mut lines = some();
    lines[0].description = Some("Each vehicle once.".into());
    lines.push(Line { standing: Standing::Optional, ..line("Wash", Billing::Annual, "1", "60") });
    let prices = read(Kind::Deck, ":::pricing", &desk, &quote(lines, &Terms::default()));
    let table = prices.lines.as_ref().expect("lines");
    assert_eq!(
        rows(table),
        ["Onboarding | One-time | 85 vehicles | $3,612.50", "Maintenance | Monthly | 60 vehicles | $63,726.00"]
    );
    assert!(prices.options.is_none());
}

#[test]
fn all_words_are_read_back_in_order() {
    let desk = Desk::new("en-CA", english());
    let mut quote = quote(some(), &Terms::default());
    quote.note = Some("Said by the rep.".into());
    let section = section("# Price\n\n:::pricing\n", None);
    let document = parse(Kind::Proposal, &[section], Some(desk.priced(&quote))).expect("no problem");
    let said = words(&document);
    let mut from = 0;
    for part in [
        "$63,726.00",
        "permonth",
        "Item",
        "One-time",
        "Onboarding",
        "Maintenance",
        "Listprices",
        "Total",
        "Start",
        "Saidbytherep.",
    ] {
        let at = said[from..].find(part).unwrap_or_else(|| panic!("{part} after {from} in {said}"));
        from += at;
    }
    assert!(!said.contains("Carried"), "what pages add is none of the document's words");
}

#[test]
fn what_cannot_be_shown_is_refused_with_its_fix() {
    let desk = Desk::new("en-CA", english());
    let full = quote(some(), &Terms::default());
    assert!(refused(":::pricing", None).starts_with("D120"));
    let mut dumb = Desk::new("fr-CA", english());
    dumb.furniture.words.insert("fr".into(), FurnitureWords::default());
    let said = refused(":::pricing", Some((&dumb, &full)));
    assert!(said.starts_with("D121") && said.contains("`furniture: words: fr:`"), "{said}");
    let said = refused(":::pricing{list=hide columns=\"quantity discount\"}", Some((&desk, &full)));
    assert!(said.starts_with("D122") && said.contains("`discount`"), "{said}");
    let none = quote(Vec::new(), &Terms::default());
    assert!(refused(":::pricing", Some((&desk, &none))).starts_with("D123"));
    let said = refused(":::pricing{columns=\"quantity price\"}", Some((&desk, &full)));
    assert!(said.starts_with("D021") && said.contains("`price`"), "{said}");
    assert!(refused(":::pricing{columns=\" \"}", Some((&desk, &full))).starts_with("D021"));
    assert!(refused(":::pricing{per=trucks}", Some((&desk, &full))).starts_with("D021"));
}
