//! In: quotes of every kind. Out: files that say each of their figures, read back.

use iso_currency::Currency;
use rust_decimal::Decimal;

use super::sample::about;
use super::{About, pdf, read_back};
use crate::diagnostic::Checked;
use crate::document::model::{Document, Kind};
use crate::document::pricing::testing::{Desk, Terms, arabic, decimal, english, line, quote, section};
use crate::document::{parse, words};
use crate::layout::page::{ItemKind, Pages};
use crate::layout::testing::Kit;
use crate::layout::{lay_out_section, paginate};
use crate::library::template::PageFormat;
use crate::plan::quote::{Billing, Line, Price, Quote, Standing};

/// What is drawn, and for whom.
struct Case<'a> {
    name: &'a str,
    desk: &'a Desk,
    quote: &'a Quote,
    options: &'a str,
    kind: Kind,
}

impl<'a> Case<'a> {
    fn new(name: &'a str, desk: &'a Desk, quote: &'a Quote) -> Self {
        Self { name, desk, quote, options: "{per=vehicles}", kind: Kind::Proposal }
    }

    fn text(&self) -> String {
        let said = "One price for the whole fleet, the same every month, with nothing added later.";
        match self.kind {
            Kind::Proposal => format!("# What it costs\n\n{said}\n\n:::pricing{}\n", self.options),
            Kind::Deck => format!("# One price for the whole fleet\n\n:::pricing{}\n", self.options),
        }
    }

    fn document(&self) -> Checked<Document> {
        let layout = (self.kind == Kind::Deck).then_some("pricing");
        parse(self.kind, &[section(&self.text(), layout)], Some(self.desk.priced(self.quote)))
    }

    fn pages(&self) -> Checked<(Document, Pages)> {
        let document = self.document()?;
        let kit = Kit::new();
        let mut cx = kit.context();
        cx.kind = self.kind;
        cx.page = if self.kind == Kind::Deck { PageFormat::Wide } else { PageFormat::Letter };
        cx.meta.right_to_left = self.desk.locale.is_right_to_left();
        let laid_out = lay_out_section(&document.sections[0], &cx)?;
        let pages = paginate(&[&laid_out], &cx)?;
        Ok((document, pages))
    }

    /// Writes the file and reads it back; gives the pages and the words.
    fn written(&self) -> (Pages, String) {
        let show = |problems: crate::diagnostic::Problems| -> String {
            problems.0.iter().map(|p| format!("{} {}\n", p.code, p.message)).collect()
        };
        let made = self.pages();
        let (document, pages) = made.unwrap_or_else(|problems| panic!("{}: {}", self.name, show(problems)));
        let about = About { right_to_left: self.desk.locale.is_right_to_left(), ..about() };
        let bytes = pdf(&pages, &about).unwrap_or_else(|problems| panic!("{}: {}", self.name, show(problems)));
        if let Some(folder) = std::env::var_os("COLLATERAL_SAMPLES") {
            let file = std::path::Path::new(&folder).join(format!("pricing-{}.pdf", self.name));
            std::fs::write(file, &bytes).expect("written");
        }
        let words = words(&document);
        read_back(&bytes, &pages, &words).unwrap_or_else(|problems| panic!("{}: {}", self.name, show(problems)));
        (pages, words)
    }
}

/// Every amount of a quote, as its locale writes it, without white space.
fn amounts(desk: &Desk, quote: &Quote) -> Vec<String> {
    let mut amounts: Vec<Decimal> = quote.lines.iter().filter(|line| line.counts()).map(|line| line.net).collect();
    for period in &quote.periods {
        amounts.extend([period.net, period.total]);
        amounts.extend(period.taxes.iter().map(|tax| tax.amount));
    }
    let value = quote.contract_value.filter(|_| quote.periods.iter().any(|p| p.billing != Billing::OneTime));
    amounts.extend(value.map(|value| value.total));
    let write = |amount| {
        let written = desk.locale.money(amount, quote.currency, None);
        written.chars().filter(|c| !c.is_whitespace()).collect()
    };
    amounts.into_iter().map(write).collect()
}

fn says_all(case: &Case<'_>) -> Pages {
    let (pages, words) = case.written();
    for amount in amounts(case.desk, case.quote) {
        assert!(words.contains(&amount), "{}: {amount} in {words}", case.name);
    }
    pages
}

const HST: &[(&str, &str)] = &[("HST", "0.13")];

fn three_billings() -> Vec<Line> {
    let mut lines = vec![
        line("Onboarding and first inspection", Billing::OneTime, "85", "42.5"),
        line("Preventive maintenance, light vehicles", Billing::Monthly, "60", "118"),
        line("Preventive maintenance, heavy vehicles", Billing::Monthly, "25", "214.75"),
        line("Mobile unit at your yard", Billing::Monthly, "1", "1850"),
        line("Annual safety certificate", Billing::Annual, "85", "96"),
    ];
    lines[1].description = Some("Inspection, fluids and brakes every 10,000 km, at your yard or in our bays.".into());
    lines[3].note = Some("Tuesdays and Thursdays, as agreed with Maya Chen.".into());
    for index in [1, 2] {
        lines[index].discount = lines[index].list * decimal("0.05");
        lines[index].net = lines[index].list - lines[index].discount;
    }
    lines
}

fn options() -> Vec<Line> {
    let alternative = |name: &str, price, chosen| Line {
        standing: Standing::Alternative { group: "tyres".into(), chosen },
        ..line(name, Billing::Monthly, "85", price)
    };
    let optional =
        |name: &str, billing, price| Line { standing: Standing::Optional, ..line(name, billing, "85", price) };
    vec![
        line("Preventive maintenance", Billing::Monthly, "85", "118"),
        alternative("Tyre service, all seasons", "31", true),
        alternative("Tyre service, summer and winter", "48.5", false),
        optional("Roadside assistance, day and night", Billing::Monthly, "12"),
        optional("Fleet wash", Billing::Annual, "60"),
    ]
}

#[test]
fn one_line_and_no_taxes() {
    let desk = Desk::new("en-CA", english());
    let quote = quote(vec![line("Preventive maintenance", Billing::Monthly, "4", "118")], &Terms::default());
    let pages = says_all(&Case::new("one", &desk, &quote));
    assert_eq!(pages.pages.len(), 1);
}

#[test]
fn three_billings_with_taxes_and_discounts() {
    let desk = Desk::new("en-CA", english());
    let terms = Terms { taxes: &[("GST", "0.05"), ("QST", "0.09975")], whole_discount: "0.02", ..Terms::default() };
    let mut quote = quote(three_billings(), &terms);
    quote.note = Some(
        "Prices hold for vehicles at the three yards that we saw in October.\n\nNew vehicles join at the same price."
            .into(),
    );
    let (_, words) = Case::new("three", &desk, &quote).written();
    says_all(&Case::new("three", &desk, &quote));
    assert!(words.contains("GST5%") && words.contains("QST9.975%"), "{words}");
    assert!(words.contains("-$354.00"), "the discount of a line: {words}");
    let hidden = Case { options: "{list=hide group=none headline=net}", ..Case::new("hidden", &desk, &quote) };
    let (_, words) = hidden.written();
    assert!(!words.contains("$118.00") && !words.contains("Saving"), "{words}");
    let all = r#"{columns="sku quantity unit-price discount" per=vehicles}"#;
    says_all(&Case { options: all, ..Case::new("columns", &desk, &quote) });
}

#[test]
fn many_lines_go_on_over_pages_with_their_sums() {
    let desk = Desk::new("en-CA", english());
    let name = |index: usize| format!("Service number {index}");
    let mut lines: Vec<Line> =
        (0..120).map(|index| line(&name(index), Billing::Monthly, "3", &format!("{}.25", 10 + index))).collect();
    lines.extend((0..40).map(|index| line(&name(index), Billing::OneTime, "1", "99.99")));
    let quote = quote(lines, &Terms { taxes: HST, ..Terms::default() });
    let case = Case::new("many", &desk, &quote);
    let pages = says_all(&case);
    assert!(pages.pages.len() >= 6, "{}", pages.pages.len());
    let said: Vec<String> = pages.pages.iter().map(decoration).collect();
    for (index, page) in said.iter().enumerate() {
        let (forward, brought) = (sum_after(page, "Carried forward"), sum_after(page, "Brought forward"));
        let before = index.checked_sub(1).map(|before| sum_after(&said[before], "Carried forward"));
        if let Some(before) = before {
            assert_eq!(before, brought, "page {index} goes on where the one before ends");
        }
        assert!(index + 1 < said.len() || forward.is_none(), "nothing is carried beyond the last page");
    }
    assert!(said.iter().filter(|page| page.contains("Carried forward")).count() >= 4, "{said:?}");
}

/// The words of a page that belong to no structure.
fn decoration(page: &crate::layout::page::Page) -> String {
    let mut words = String::new();
    for item in page.items.iter().filter(|item| item.tag.is_none()) {
        if let ItemKind::Glyphs(run) = &item.kind {
            words.push_str(&run.text);
            words.push('|');
        }
    }
    words
}

/// The sum that stands before these words: it is drawn first.
fn sum_after(page: &str, words: &str) -> Option<String> {
    let parts: Vec<&str> = page.split('|').collect();
    let at = parts.iter().position(|part| *part == words)?;
    Some(parts[at.checked_sub(1)?].to_owned())
}

#[test]
fn options_and_alternatives_stand_apart() {
    let desk = Desk::new("en-CA", english());
    let quote = quote(options(), &Terms { taxes: HST, ..Terms::default() });
    let case = Case::new("options", &desk, &quote);
    says_all(&case);
    let (_, words) = case.written();
    assert!(words.contains("Alternativeto:Tyreservice,allseasons"), "{words}");
    let total = words.find("HST13%").expect("the totals");
    assert!(words.find("Fleetwash").expect("an option") > total, "{words}");
    let (_, words) = Case { name: "optional-hidden", options: "{optional=hide}", ..case }.written();
    assert!(!words.contains("Fleetwash") && !words.contains("alternatives"), "{words}");
}

#[test]
fn prices_with_taxes_in_them_say_so() {
    let desk = Desk::new("de-DE", english());
    let terms = Terms { currency: Currency::EUR, taxes: &[("USt", "0.19")], inclusive: true, ..Terms::default() };
    let quote = quote(three_billings(), &terms);
    let (_, words) = Case::new("inclusive", &desk, &quote).written();
    says_all(&Case::new("inclusive", &desk, &quote));
    assert!(words.contains("ofwhichUSt19%"), "{words}");
    assert!(!words.contains("Beforetaxes"), "{words}");
}

#[test]
fn unit_prices_have_their_digits_and_tiers_their_lines() {
    let desk = Desk::new("en-US", english());
    let mut fuel = line("Fuel card transactions", Billing::Usage, "5200", "0.0375");
    fuel.units = "transactions".into();
    let mut tiers = line("Telematics", Billing::Monthly, "1200", "9.5");
    let part = |quantity: &str, price: &str| {
        let (quantity, unit_price) = (decimal(quantity), decimal(price));
        Price { quantity, unit_price, amount: quantity * unit_price }
    };
    tiers.prices = vec![part("250", "12"), part("750", "9.5"), part("200", "8.125")];
    tiers.list = tiers.prices.iter().map(|price| price.amount).sum();
    tiers.net = tiers.list;
    let lines = vec![fuel, tiers, line("Mobile unit", Billing::Monthly, "2", "1850")];
    let quote = quote(lines, &Terms { currency: Currency::USD, ..Terms::default() });
    let (_, words) = Case::new("digits", &desk, &quote).written();
    for written in ["$0.0375", "200×$8.125", "250×$12.00", "5,200transactions", "$195.00"] {
        assert!(words.contains(written), "{written} in {words}");
    }
}

#[test]
fn currencies_keep_their_minor_units_and_locales_their_customs() {
    for (name, locale, currency, expected) in [
        ("fr", "fr-CA", Currency::CAD, "118,00$"),
        ("us", "en-US", Currency::USD, "$118.00"),
        ("yen", "en-CA", Currency::JPY, "¥118"),
        ("dinar", "en-CA", Currency::KWD, "118.000"),
        ("arabic", "ar-EG", Currency::EGP, "١١٨٫٠٠"),
        ("hebrew", "he-IL", Currency::ILS, "118.00"),
    ] {
        let words = if locale == "ar-EG" { arabic() } else { english() };
        let desk = Desk::new(locale, words);
        let quote = quote(three_billings(), &Terms { currency, taxes: HST, ..Terms::default() });
        let case = Case::new(name, &desk, &quote);
        says_all(&case);
        let (_, words) = case.written();
        assert!(words.contains(expected), "{name}: {words}");
        let few = vec![
            line("Onboarding", Billing::OneTime, "85", "42.5"),
            line("Preventive maintenance", Billing::Monthly, "85", "118"),
        ];
        let few = self::quote(few, &Terms { currency, taxes: HST, ..Terms::default() });
        says_all(&Case { kind: Kind::Deck, quote: &few, name: &format!("{name}-slide"), ..case });
    }
}

#[test]
fn long_names_and_notes_do_not_move_figures() {
    let desk = Desk::new("en-CA", english());
    let name = "Preventive and corrective maintenance of refrigerated trailers and their compressors, ".repeat(2);
    let mut lines = three_billings();
    for line in &mut lines {
        line.name = name.trim().chars().take(150).collect();
        line.note = Some("As agreed on the telephone. ".repeat(12));
        line.units = "vehicles with refrigerated bodies and tail lifts".into();
    }
    let quote = quote(lines, &Terms { taxes: HST, ..Terms::default() });
    says_all(&Case::new("long", &desk, &quote));
    let mut lines = three_billings();
    lines[0].name = "M".repeat(150);
    let unbroken = quote_of(lines);
    says_all(&Case::new("unbroken", &desk, &unbroken));
}

fn quote_of(lines: Vec<Line>) -> Quote {
    quote(lines, &Terms::default())
}

#[test]
fn large_amounts_in_many_billings_fit() {
    let desk = Desk::new("en-CA", english());
    let mut lines = three_billings();
    lines.push(line("Towing", Billing::Usage, "40", "310"));
    for line in &mut lines {
        line.list *= decimal("1000");
        line.discount *= decimal("1000");
        line.net *= decimal("1000");
    }
    let quote = quote(lines, &Terms { currency: Currency::KWD, taxes: HST, ..Terms::default() });
    says_all(&Case::new("large", &desk, &quote));
}

#[test]
fn a_slide_says_the_same_figures() {
    let desk = Desk::new("en-CA", english());
    let terms = Terms { taxes: HST, ..Terms::default() };
    let one = quote(vec![line("Preventive maintenance", Billing::Monthly, "85", "118")], &terms);
    let slide = |name, quote, options| Case { kind: Kind::Deck, options, ..Case::new(name, &desk, quote) };
    let pages = says_all(&slide("slide-one", &one, "{per=vehicles}"));
    let largest = pages.pages[0].items.iter().filter_map(|item| match &item.kind {
        ItemKind::Glyphs(run) => Some(run.size),
        _ => None,
    });
    assert!(largest.fold(0.0, f32::max) >= 96.0);
    let three = quote(three_billings(), &terms);
    says_all(&slide("slide-three", &three, "{per=vehicles}"));
    let options = quote(options(), &terms);
    says_all(&slide("slide-options", &options, "{headline=none optional=show}"));
}

#[test]
fn a_slide_with_too_many_lines_is_refused_by_name() {
    let desk = Desk::new("en-CA", english());
    let lines = (0..30).map(|index| line(&format!("Service {index}"), Billing::Monthly, "3", "10"));
    let quote = quote(lines.collect(), &Terms::default());
    let case = Case { kind: Kind::Deck, ..Case::new("slide-many", &desk, &quote) };
    let problems = case.pages().expect_err("too much for a slide").0;
    assert!(problems.iter().any(|p| p.code == "X020" && p.message.contains("`pricing`")), "{problems:?}");
}
