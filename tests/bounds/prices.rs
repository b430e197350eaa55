//! Price books and quotes.

use std::fmt::Write;
use std::path::Path;
use std::sync::Arc;

use collateral::diagnostic::{Problems, SourceFile};
use collateral::format::Locale;
use collateral::intake::{Rules, check_client};
use collateral::library::assets::Bytes;
use collateral::library::files::{Files, Source};
use collateral::library::pricebook::PRICE_BOOK;
use collateral::library::{Library, template::Template};
use collateral::plan::quote::{Terms, price};
use collateral::source;

use crate::measure::bounded;

const HEAD: &str = "\
version: \"1\"
valid: {from: 2026-01-01, until: 2027-12-31}
currencies: [CAD]
rounding: {mode: half_up, per: line}
items:
";

fn item(n: usize, more: &str) -> String {
    format!("  - {{sku: I{n}, name: Item {n}, unit: piece, billing: monthly, prices: {{CAD: 10}}{more}}}\n")
}

fn book(count: usize, more: impl Fn(usize) -> String) -> String {
    (0..count).fold(HEAD.to_owned(), |mut book, n| {
        let _ = write!(book, "{}", item(n, &more(n)));
        book
    })
}

/// The sample library with another price book.
fn library(book: &str) -> Library {
    let mut files: Files = Source::Embedded.read().expect("the sample is there");
    files.insert(PRICE_BOOK.into(), Bytes::Read(book.as_bytes().into()));
    Library::of_files(files, None).expect("the sample is sound")
}

fn refused(what: &str, text: &str) -> Problems {
    let library = library(text);
    let problems = bounded(what, || library.price_book().map(|_| ()).expect_err(what));
    assert!(problems.to_terminal(false).len() < 400_000, "{what}");
    problems
}

/// Reads a book, then prices a quote of these lines with it.
fn quoted(what: &str, text: &str, lines: &str) -> Vec<&'static str> {
    let library = library(text);
    let book = bounded(&format!("{what}: the book"), || {
        let read = library.price_book().unwrap_or_else(|problems| panic!("{}", problems.to_terminal(false)));
        read.expect("there is one")
    });
    let template: Template = library.template("proposal").expect("the sample has it");
    let rules = Rules { template: &template, settings: &library.settings, others: &Vec::new };
    let text = format!("client: {{name: A}}\nquote:\n  lines:\n{lines}");
    let file = Arc::new(SourceFile { path: "client.yaml".into(), text });
    let (client, _) = check_client(file, Path::new("."), &[], &rules)
        .unwrap_or_else(|problems| panic!("{}", problems.to_terminal(false)));
    let locale = Locale::new("en-CA").expect("a locale");
    let terms = Terms {
        days: collateral::library::days::UsageDays::on("2026-12-01".parse().expect("a day")),
        country: Some("CA"),
        region: Some("ON"),
        currency: "CAD",
        language: "en",
        locale: &locale,
        approved_by: None,
    };
    let request = client.quote.expect("a quote");
    let problems = bounded(&format!("{what}: the quote"), || price(&request, book, &terms).err().unwrap_or_default());
    let mut codes: Vec<_> = problems.0.iter().map(|problem| problem.code).collect();
    codes.dedup();
    codes
}

fn lines(count: usize, sku: impl Fn(usize) -> usize) -> String {
    (0..count).map(|n| format!("    - {{sku: I{}, quantity: 1}}\n", sku(n))).collect()
}

#[test]
fn chains_of_bundles_are_followed_in_time() {
    let chain = book(5_000, |n| if n == 0 { String::new() } else { format!(", bundle: [{{sku: I{}}}]", n - 1) });
    assert_eq!(quoted("a chain of 5,000", &chain, &lines(40, |n| 4_999 - n)), [""; 0]);
    let needs = book(5_000, |n| if n == 0 { String::new() } else { format!(", requires: [I{}]", n - 1) });
    assert_eq!(quoted("requirements", &needs, &lines(40, |n| 4_999 - n)), ["Q012"]);
    // The end of the chain excludes its beginning: no item from there on can be sold, and one problem reports that.
    let never = book(5_000, |n| match n {
        0 => String::new(),
        2_500 => format!(", bundle: [{{sku: I{}}}], excludes: [I0]", n - 1),
        _ => format!(", bundle: [{{sku: I{}}}]", n - 1),
    });
    let problems = refused("a chain that excludes itself", &never);
    assert_eq!(problems.0.len(), 1, "{}", problems.to_terminal(false));
    assert!(problems.0[0].message.contains("`I2500` both needs and excludes `I0`"), "{problems:?}");
    let circle = book(5_000, |n| format!(", bundle: [{{sku: I{}}}]", (n + 1) % 5_000));
    let problems = refused("a circle", &circle);
    assert_eq!(problems.0[0].code, "M009");
    assert!(problems.0[0].message.len() < 300, "{}", problems.0[0].message);
}

#[test]
fn exclusions_are_compared_in_time() {
    let none =
        book(5_000, |n| format!(", excludes: [I{}, I{}, I{}]", (n + 1) % 5_000, (n + 2) % 5_000, (n + 3) % 5_000));
    assert_eq!(quoted("exclusions", &none, &lines(1_000, |n| n)), ["Q011"]);
    let wide = book(2_000, |n| match n {
        0 => format!(", bundle: [{}]", (1..2_000).map(|n| format!("{{sku: I{n}}}")).collect::<Vec<_>>().join(", ")),
        _ => String::new(),
    });
    assert_eq!(quoted("a wide bundle", &wide, &lines(1_000, |_| 0)), [""; 0]);
}

#[test]
fn names_that_are_not_there_are_told_in_time() {
    let wrong = book(5_000, |n| format!(", requires: [Wrong-item-{n}, Wrong-other-{n}]"));
    assert_eq!(refused("unknown names", &wrong).0.len(), 10_000);
    let twice = book(5_000, |_| String::new()).replace("sku: I4", "sku: I3");
    assert_eq!(refused("skus twice", &twice).0[0].code, "M002");
    assert_eq!(quoted("unknown lines", &book(5_000, |_| String::new()), &lines(1_000, |n| 70_000 + n)), ["Q002"]);
}

#[test]
fn items_and_names_have_a_limit() {
    let most = book(8_000, |_| String::new());
    assert_eq!(quoted("8,000 items", &most, &lines(1, |n| n)), [""; 0]);
    assert_eq!(refused("11,000 items", &book(11_000, |_| String::new())).0[0].code, "L085");
    let names = book(1_000, |n| {
        let names = (1..22).map(|step| format!("I{}", (n + step) % 1_000)).collect::<Vec<_>>();
        format!(", excludes: [{}]", names.join(", "))
    });
    assert_eq!(refused("21,000 names", &names).0[0].code, "L085");
}

#[test]
fn tiers_are_read_in_time() {
    let tiers = (1..5_000).map(|n| format!("{{from: {n}, prices: {{CAD: 10}}}}")).collect::<Vec<_>>().join(", ");
    let text = format!(
        "{HEAD}  - {{sku: I0, name: A, unit: piece, billing: monthly, tier_rule: graduated, tiers: [{tiers}]}}\n"
    );
    let source = Arc::new(SourceFile { path: PRICE_BOOK.into(), text: text.clone() });
    assert!(source::parse(&source, 0..text.len()).is_ok());
    let library = library(&text);
    bounded("tiers", || library.price_book().map(|_| ()).err());
}
