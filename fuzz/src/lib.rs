//! In: any bytes. Out: nothing: each function gives the bytes to one reader of the program and panics where the reader
//! breaks a promise. A refusal is no fault.
//!
//! The fuzz targets call these functions with bytes that the fuzzer makes, `tests/corpora.rs` with the bytes of
//! `fuzz/corpus`.

use std::path::Path;
use std::sync::{Arc, LazyLock};

use collateral::diagnostic::{Problems, Severity, SourceFile};
use collateral::export::{self, docx, pdf};
use collateral::intake::{self, Rules};
use collateral::library::Library;
use collateral::library::assets::{Bytes, ImageAsset};
use collateral::library::files::{Files, Source};
use collateral::library::pricebook::sheet::{self, For, Head};
use collateral::pipeline::{Engine, Order, check_content, lay_out};
use collateral::plan::Wishes;
use rust_decimal::Decimal;

/// The only template of the library that sections are tried in.
const TEMPLATE: &str = "title: Trial
kind: proposal
page: letter
version: 1.0.0
status: approved
audience: client
languages: [en]
owner: marketing@northline.example
available: {from: 2026-01-01, until: 2099-12-31}
variants:
  standard: {segments: [small, mid, enterprise]}
rep_may_change_length: warn
sections:
  - {id: offer, file: offer.md}
";

/// The sample library with its brand and prices, and one template instead of its own.
static FILES: LazyLock<Files> = LazyLock::new(|| {
    let mut files = Source::Embedded.read().expect("the sample library is sound");
    let kept = |path: &str| path.starts_with("brand/") || path.matches('/').count() == 1;
    files.retain(|path, _| kept(path) && !path.ends_with(".lock"));
    files.insert("templates/trial/template.yaml".into(), Bytes::Embedded(TEMPLATE.as_bytes()));
    files.insert("templates/trial/sections/offer.md".into(), Bytes::Embedded(b"# Offer\n\nWords.\n"));
    files
});

static LIBRARY: LazyLock<Library> =
    LazyLock::new(|| Library::of_files(FILES.clone(), None).expect("the library is sound"));

/// A client file; what is accepted is checked a second time, with the same result.
pub fn client(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let template = LIBRARY.template("trial").expect("the template is sound");
    let check = || {
        let file = Arc::new(SourceFile { path: "client.yaml".into(), text: text.into() });
        let rules = Rules { template: &template, settings: &LIBRARY.settings, others: &Vec::new };
        intake::check_client(file, Path::new("."), &[], &rules)
    };
    match (check(), check()) {
        (Ok((first, _)), Ok((second, _))) => assert_eq!(first.digest, second.digest),
        (Err(first), Err(second)) => refused(&first, &second),
        _ => panic!("the same file was accepted and refused"),
    }
}

/// A section: what `publish` would say of it, then its pages.
pub fn section(data: &[u8]) {
    let mut files = FILES.clone();
    files.insert("templates/trial/sections/offer.md".into(), Bytes::Read(data.to_vec().into()));
    let Ok(library) = Library::of_files(files, None) else { return };
    let problems = check_content(&library);
    if problems.0.iter().any(|problem| problem.severity == Severity::Error) {
        let _ = problems.to_terminal(false);
        return;
    }
    let engine = Engine::new(library);
    if let Err(problems) = lay_out(&engine, &order(None)) {
        let _ = problems.to_terminal(false);
    }
}

/// A drawing.
pub fn svg(data: &[u8]) {
    let _ = ImageAsset::read("trial.svg", Bytes::Read(data.to_vec().into()));
}

/// A PNG or JPEG picture.
pub fn raster(data: &[u8]) {
    for path in ["trial.png", "trial.jpg"] {
        let _ = ImageAsset::read(path, Bytes::Read(data.to_vec().into()));
    }
}

/// A price list, as a workbook and as comma-separated values.
pub fn workbook(data: &[u8]) {
    let library = For { settings: &LIBRARY.settings, there: None };
    for name in ["prices.xlsx", "prices.csv"] {
        let head = Head { version: Some("1".into()), from: None, until: None };
        let _ = sheet::import(sheet::Order { name, bytes: data, sheet: None, locale: None, head }, &library);
    }
}

/// A finished PDF.
pub fn pdf(data: &[u8]) {
    let _ = pdf::record_of(data);
    let _ = export::verify(data);
}

/// A finished Word file.
pub fn word(data: &[u8]) {
    let _ = docx::record_of(data);
    let _ = docx::words_of(data);
    let _ = export::verify(data);
}

/// A quote, priced from the sample price book: what the client pays is the sum of its lines, less discounts, with taxes.
pub fn quote(data: &[u8]) {
    let Some(text) = quote_file(data) else { return };
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("client.yaml");
    std::fs::write(&path, text).expect("a file");
    static ENGINE: LazyLock<Engine> =
        LazyLock::new(|| Engine::new(Library::of_files(FILES.clone(), None).expect("the library is sound")));
    let Ok(laid_out) = lay_out(&ENGINE, &order(Some(&path))) else { return };
    let Some(reckoned) = laid_out.quote else { return };
    let quote = reckoned.quote;
    for period in &quote.periods {
        let lines = || quote.lines.iter().filter(|line| line.billing == period.billing && line.counts());
        let list: Decimal = lines().map(|line| line.list).sum();
        let discounts: Decimal = lines().map(|line| line.discount).sum();
        assert_eq!(period.list, list);
        assert_eq!(period.line_discounts, discounts);
        assert_eq!(period.net, list - discounts - period.discount);
        let taxes: Decimal = period.taxes.iter().map(|tax| tax.amount).sum();
        let total = if quote.tax_inclusive { period.net } else { period.net + taxes };
        assert_eq!(period.total, total);
    }
}

fn order(client: Option<&Path>) -> Order {
    let date = jiff::civil::date(2026, 12, 1);
    Order {
        client_file: client.map(Into::into),
        sets: if client.is_none() { vec!["client.name=Acme".into()] } else { Vec::new() },
        wishes: Wishes { segment: client.is_none().then(|| "small".into()), ..Wishes::default() },
        ..Order::new("trial", date)
    }
}

fn refused(first: &Problems, second: &Problems) {
    assert_eq!(first.to_terminal(false), second.to_terminal(false), "the same file, other words");
}

/// A client file with a quote whose lines follow the bytes: five for each line.
fn quote_file(data: &[u8]) -> Option<String> {
    let book = LIBRARY.price_book().ok().flatten()?;
    let skus: Vec<&str> = book.items.iter().map(|item| item.sku.value.as_str()).collect();
    let (head, lines) = data.split_first_chunk::<3>()?;
    let mut text = format!(
        "client: {{name: Acme, country: CA, region: {}, size: {{vehicles: 40}}}}\nquote:\n",
        ["ON", "QC", "BC", "AB"][usize::from(head[0] % 4)]
    );
    if head[1] > 0 {
        text.push_str(&format!("  term_months: {}\n", head[1]));
    }
    if head[2] > 0 {
        let amount = Decimal::new(i64::from(head[2]), 1);
        text.push_str(&if head[2] % 2 == 0 {
            format!("  discount: {amount}%\n")
        } else {
            format!("  discount: {amount}0\n")
        });
    }
    text.push_str("  lines:\n");
    for line in lines.chunks_exact(5) {
        let sku = skus.get(usize::from(line[0]) % skus.len().max(1))?;
        let quantity = u16::from_le_bytes([line[1], line[2]]);
        text.push_str(&format!("    - {{sku: {sku}, quantity: {quantity}"));
        if line[3] > 0 {
            text.push_str(&format!(", discount: {}%", Decimal::new(i64::from(line[3]), 1)));
        }
        text.push_str(match line[4] % 8 {
            0 => ", optional: yes",
            1 => ", alternative: a, chosen: yes",
            2 => ", alternative: a",
            3 => ", alternative: b, chosen: yes",
            4 => ", alternative: b",
            _ => "",
        });
        text.push_str("}\n");
    }
    Some(text)
}
