//! A client's file tells nothing that its pages hide. Two quotes that look the same on the page, and differ only in what
//! an option of `:::pricing` hides, give files that differ in nothing but digests.

mod support;

use std::io::{Cursor, Read};
use std::path::Path;

use collateral::export::{Format, docx, pdf};
use collateral::library::files::Source;
use collateral::library::{Library, Trust};
use collateral::pipeline::{Engine, Generated, Order, generate_as};
use support::{squeeze, workplace};

/// What a client file asks for, and what the price book charges for it.
#[derive(Clone, Copy)]
struct Case {
    /// The options of `:::pricing`.
    options: &'static str,
    /// Items of the price book.
    items: [&'static str; 2],
    /// Lines of the quote.
    lines: [&'static str; 2],
}

/// Each option that hides something, with two quotes that look the same under it.
const CASES: [Case; 3] = [
    // A list price with its discount, and the price that is left.
    Case {
        options: "{list=hide}",
        items: [
            "{sku: CARE, name: Care, unit: van, billing: monthly, prices: {CAD: 200}, tax_class: work}",
            "{sku: CARE, name: Care, unit: van, billing: monthly, prices: {CAD: 190}, tax_class: work}",
        ],
        lines: ["{sku: CARE, quantity: 7, discount: 5%}", "{sku: CARE, quantity: 7}"],
    },
    // What the client is not offered yet.
    Case {
        options: "{optional=hide}",
        items: [
            "{sku: CARE, name: Care, unit: van, billing: monthly, prices: {CAD: 200}, tax_class: work}, \
             {sku: MORE, name: Greenhouse, unit: pane, billing: one_time, prices: {CAD: 4711}, tax_class: work}",
            "{sku: CARE, name: Care, unit: van, billing: monthly, prices: {CAD: 200}, tax_class: work}, \
             {sku: MORE, name: Orangery, unit: door, billing: one_time, prices: {CAD: 1337}, tax_class: work}",
        ],
        lines: [
            "{sku: CARE, quantity: 7}, {sku: MORE, quantity: 3, optional: yes}",
            "{sku: CARE, quantity: 7}, {sku: MORE, quantity: 5, optional: yes}",
        ],
    },
    // The parts of an amount, and the item's code.
    Case {
        options: "{columns=none list=hide}",
        items: [
            "{sku: CARE-SECRET-A, name: Care, unit: van, billing: monthly, prices: {CAD: 150}, tax_class: work}",
            "{sku: CARE-SECRET-B, name: Care, unit: van, billing: monthly, prices: {CAD: 90}, tax_class: work}",
        ],
        lines: ["{sku: CARE-SECRET-A, quantity: 3}", "{sku: CARE-SECRET-B, quantity: 5}"],
    },
];

/// Every choice of each option, for what no page ever shows.
const OPTIONS: [&str; 12] = [
    "",
    "{columns=none}",
    "{columns=\"sku quantity\"}",
    "{columns=\"unit-price discount\"}",
    "{group=none}",
    "{optional=hide}",
    "{list=hide}",
    "{per=vehicles}",
    "{per=employees}",
    "{headline=net}",
    "{headline=none}",
    "{list=hide optional=hide columns=none headline=none group=none}",
];

fn library(folder: &Path, options: &str, items: &str) -> Library {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for part in ["brand", "templates"] {
        workplace::copy(&root.join(part), &folder.join(part));
    }
    let letter = folder.join("templates/letter");
    workplace::copy(&root.join("tests/fixtures/library/templates/letter"), &letter);
    let write = |path: &str, text: String| std::fs::write(folder.join(path), text).expect("a file can be written");
    write("templates/letter/sections/offer.md", format!("# Prices\n\n:::pricing{options}\n"));
    write(
        "templates/pricebook.yaml",
        format!(
            "version: '1'\nvalid: {{from: 2026-01-01, until: 2099-12-31}}\ncurrencies: [CAD]\n\
             rounding: {{mode: half_up, per: total}}\n\
             discounts: {{rep: {{line: 10%, whole: 10%}}, manager: {{line: 10%, whole: 10%}}}}\n\
             tax_classes: {{work: taxed}}\n\
             taxes:\n  - {{country: CA, region: ON, rates: [{{name: HST, rate: 13%}}]}}\nitems: [{items}]\n"
        ),
    );
    Library::load(Source::Folder(folder.into()), Trust::Draft).expect("the library is sound")
}

fn made(options: &str, items: &str, lines: &str) -> Generated {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let client = folder.path().join("client.yaml");
    let text = format!(
        "client: {{name: Acme, country: CA, region: ON, size: {{vehicles: 87, employees: 300}}}}\n\
         quote: {{term_months: 24, lines: [{lines}]}}\n"
    );
    std::fs::write(&client, text).expect("a file");
    let date = jiff::civil::date(2026, 11, 25);
    let order = Order { client_file: Some(client), draft: true, ..Order::new("letter", date) };
    let engine = Engine::new(library(folder.path(), options, items));
    generate_as(&engine, &order, &[Format::Pdf, Format::Docx])
        .unwrap_or_else(|problems| panic!("{}", problems.to_terminal(false)))
}

/// Every part of a file: names, and bytes with no compression left.
fn parts(made: &Generated, format: Format) -> Vec<(String, Vec<u8>)> {
    let bytes = made.bytes(format);
    if format == Format::Pdf {
        let file = lopdf::Document::load_mem(bytes).expect("a PDF");
        let objects = file.objects.iter().map(|(id, object)| match object {
            lopdf::Object::Stream(stream) => {
                let content = stream.decompressed_content().unwrap_or_else(|_| stream.content.clone());
                (format!("{id:?} {:?}", stream.dict), content)
            }
            other => (format!("{id:?}"), format!("{other:?}").into_bytes()),
        });
        return objects.filter(|(name, _)| !name.contains("/XRef")).collect();
    }
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("a zip file");
    (0..archive.len())
        .map(|index| {
            let mut part = archive.by_index(index).expect("a part");
            let mut content = Vec::new();
            part.read_to_end(&mut content).expect("its bytes");
            let name = part.name().expect("a name").into_owned();
            (name, content)
        })
        .collect()
}

/// Text with each digest (64 hexadecimal digits), and each list of digests of what pages show, as zeros.
fn without_digests(bytes: &[u8]) -> Vec<u8> {
    const DIGEST: usize = 64;
    let mut out = bytes.to_vec();
    let mut run = 0;
    for at in 0..=bytes.len() {
        if bytes.get(at).is_some_and(u8::is_ascii_hexdigit) {
            run += 1;
            continue;
        }
        if run >= DIGEST {
            out[at - run..at].fill(b'0');
        }
        run = 0;
    }
    out
}

/// More than a file has properties of one kind.
const PROPERTIES: usize = 20;

/// Bytes shown on each side of a difference.
const NEAR: usize = 200;

/// What the document's number is replaced by: it is a digest of the input, and on the page.
const NUMBER: &str = "20261125-000000";

/// The parts of a file without digests and the document's number. What draws words is left out, since the number is
/// among them: the words themselves are compared instead.
fn comparable(made: &Generated, format: Format) -> Vec<(String, Vec<u8>)> {
    let draws = |name: &str, content: &[u8]| {
        let text = String::from_utf8_lossy(content);
        let font = ["/Font", "/CIDSystemInfo", "/Widths", "/W "].iter().any(|word| text.contains(word));
        let stream = name.contains("/Length") && !name.contains("/Metadata") && !name.contains("/XObject");
        format == Format::Pdf && (font || stream)
    };
    let parts = parts(made, format).into_iter().filter(|(name, content)| !draws(name, content));
    let neutral = |content: Vec<u8>| {
        let content = without_digests(&content);
        // Text stays as it is: parts that are no text hold no number.
        match String::from_utf8(content) {
            Ok(text) => without_widths(&text.replace(&made.laid_out.meta.number, NUMBER)).into_bytes(),
            Err(bytes) => bytes.into_bytes(),
        }
    };
    parts.map(|(name, content)| (name, neutral(content))).collect()
}

/// XML without the widths of drawn boxes and the list of their places: one box is as wide as the document's number.
fn without_widths(text: &str) -> String {
    let without = |text: &str, before: &str| {
        let mut parts = text.split(before);
        let first = parts.next().unwrap_or_default().to_owned();
        let digits = |c: char| c.is_ascii_digit() || c == ' ';
        parts.fold(first, |whole, part| whole + before + part.trim_start_matches(digits))
    };
    let text = without(text, " cx=\"");
    (1..=PROPERTIES).fold(text, |text, at| without(&text, &format!("collateral.positions.{at}\"><vt:lpwstr>")))
}

fn words(made: &Generated, format: Format) -> String {
    let bytes = made.bytes(format);
    let words = if format == Format::Pdf { pdf::words_of(bytes) } else { docx::all_words_of(bytes) };
    squeeze(&words.expect("our own file"))
}

#[test]
fn files_differ_in_nothing_that_the_page_hides() {
    for case in CASES {
        let [first, second] = [0, 1].map(|at| made(case.options, case.items[at], case.lines[at]));
        for format in [Format::Pdf, Format::Docx] {
            let words = |made| words(made, format).replace(&made.laid_out.meta.number, NUMBER);
            assert_eq!(words(&first), words(&second), "{}: the pages look the same", case.options);
            let (first, second) = (comparable(&first, format), comparable(&second, format));
            assert_eq!(first.len(), second.len(), "{} {format:?}", case.options);
            for ((name, first), (other, second)) in first.iter().zip(&second) {
                assert_eq!(name, other, "{} {format:?}", case.options);
                if let Some(at) = first.iter().zip(second).position(|(a, b)| a != b) {
                    let near = |bytes: &[u8]| {
                        String::from_utf8_lossy(bytes.get(at.saturating_sub(NEAR)..).unwrap_or_default())
                            .chars()
                            .take(2 * NEAR)
                            .collect::<String>()
                    };
                    let (first, second) = (near(first), near(second));
                    panic!("{} {format:?} {name} tells what the page hides:\n{first}\n{second}", case.options);
                }
                assert_eq!(first.len(), second.len(), "{} {format:?} {name}", case.options);
            }
        }
    }
}

/// The codes of items, the limits and reasons: only where the page has them.
#[test]
fn no_part_holds_what_no_page_shows() {
    let items = "{sku: CARE-ITEM, name: Care, unit: van, billing: monthly, prices: {CAD: 98765.43}, tax_class: work}, \
                 {sku: MORE-ITEM, name: More, unit: van, billing: one_time, prices: {CAD: 4711.05}, tax_class: work}";
    let lines = "{sku: CARE-ITEM, quantity: 7, discount: 4%}, {sku: MORE-ITEM, quantity: 3, optional: yes}";
    for options in OPTIONS {
        let made = made(options, items, lines);
        let plan = &made.laid_out.plan;
        let reason = plan.reasons.join(" ");
        assert!(!reason.is_empty());
        for format in [Format::Pdf, Format::Docx] {
            let shown = words(&made, format);
            let secrets = ["CARE-ITEM", "MORE-ITEM", "98765.43", "4711.05", "4,711.05", &reason, &made.provenance.salt];
            let provenance = made.provenance.quote.as_deref().expect("a quote");
            for secret in secrets.into_iter().chain([provenance, &made.provenance.client_digest]) {
                if shown.contains(&squeeze(secret)) {
                    continue;
                }
                let wide: Vec<u8> = secret.encode_utf16().flat_map(u16::to_be_bytes).collect();
                for (name, content) in parts(&made, format) {
                    for form in [secret.as_bytes(), &wide] {
                        let found = content.windows(form.len()).any(|window| window == form);
                        assert!(!found, "{options} {format:?} {name} holds `{secret}`");
                    }
                }
            }
            for (name, content) in parts(&made, format) {
                let text = String::from_utf8_lossy(&content);
                for key in ["segment", "variant", "reason", "approvedBy", "clientDigest"] {
                    assert!(!text.contains(&format!("collateral:{key}")), "{options} {name} holds {key}");
                    assert!(!text.contains(&format!("collateral.{key}")), "{options} {name} holds {key}");
                }
            }
        }
    }
}

/// The sidecar holds what the file may not, and its digest is the file's id of the document.
#[test]
fn the_sidecar_holds_the_full_record() {
    let made = made("{list=hide}", CASES[0].items[0], CASES[0].lines[0]);
    let sidecar = String::from_utf8(made.provenance.to_json()).expect("text");
    for word in ["\"segment\"", "\"reason\"", "\"quote\"", "1400", "1330"] {
        assert!(sidecar.contains(word), "{word}: {sidecar}");
    }
    for format in [Format::Pdf, Format::Docx] {
        let record = collateral::export::record_of(made.bytes(format)).expect("our own file");
        assert_eq!(record.document, made.provenance.id());
        assert_eq!(record.formats, "docx pdf");
    }
}
