use std::io::Write;

use proptest::prelude::*;

use super::*;
use crate::library::testing::{Sample, said};

/// The head of a book that is there, with what no sheet holds.
const THERE: &str = "\
# Ours.
version: \"1\"
valid: {from: 2026-01-01, until: 2026-12-31}

currencies: [CAD]
# As the bank wants it.
rounding: {mode: half_even, per: total}
tax_classes: {standard: taxed}
taxes:
  # Read in May.
  - {country: CA, rates: [{name: GST, rate: 5%}]}

items:
  - {sku: A, name: Alpha, unit: van, billing: monthly, tax_class: standard, prices: {CAD: 10}}
  - {sku: OLD, name: Old, unit: van, billing: monthly, tax_class: standard, prices: {CAD: 1}}
";

fn made_of(name: &str, bytes: &[u8], locale: Option<&str>, there: Option<&str>) -> Checked<Imported> {
    let library = Sample::new().draft().expect("the sample is sound");
    let locale = locale.map(|tag| Locale::new(tag).expect("a tag"));
    let there = there.map(|text| Arc::new(SourceFile { path: super::super::PRICE_BOOK.into(), text: text.into() }));
    let head = match there {
        Some(_) => Head::default(),
        None => Head {
            version: Some("2".into()),
            from: Some(jiff::civil::date(2027, 1, 1)),
            until: Some(jiff::civil::date(2027, 12, 31)),
        },
    };
    let order = Order { name, bytes, sheet: None, locale: locale.as_ref(), head };
    import(order, &For { settings: &library.settings, there: there.as_ref() })
}

fn csv(text: &str) -> Checked<Imported> {
    made_of("p.csv", text.as_bytes(), None, None)
}

fn faults(made: Checked<Imported>) -> Vec<String> {
    let problems = made.expect_err("this must be refused");
    assert!(problems.0.iter().all(|problem| problem.help.is_some()), "no fix: {problems:?}");
    said(&problems)
}

/// A workbook with one sheet: rows of XML, merged areas, one date style.
fn workbook(rows: &str, merged: &str) -> Vec<u8> {
    const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    const DOC: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
    let files = [
        (
            "[Content_Types].xml",
            "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>".to_string(),
        ),
        (
            "_rels/.rels",
            format!(
                "<Relationships xmlns=\"{PACKAGE}\"><Relationship Id=\"r1\" Type=\"{DOC}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/workbook.xml",
            format!(
                "<workbook xmlns=\"{MAIN}\" xmlns:r=\"{DOC}\"><sheets><sheet name=\"Prices\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            format!(
                "<Relationships xmlns=\"{PACKAGE}\"><Relationship Id=\"r1\" Type=\"{DOC}/worksheet\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"r2\" Type=\"{DOC}/styles\" Target=\"styles.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/styles.xml",
            format!(
                "<styleSheet xmlns=\"{MAIN}\"><cellXfs count=\"2\"><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs></styleSheet>"
            ),
        ),
        (
            "xl/worksheets/sheet1.xml",
            format!("<worksheet xmlns=\"{MAIN}\"><sheetData>{rows}</sheetData>{merged}</worksheet>"),
        ),
    ];
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in files {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).expect("a file can be begun");
        zip.write_all(text.as_bytes()).expect("memory can be written");
    }
    zip.finish().expect("the archive can be closed").into_inner()
}

/// A row of text cells, written in place.
fn text_row(number: u32, cells: &[&str]) -> String {
    let cell = |(column, text): (usize, &&str)| {
        let letter = char::from(b'A' + u8::try_from(column).expect("few columns"));
        format!("<c r=\"{letter}{number}\" t=\"inlineStr\"><is><t>{text}</t></is></c>")
    };
    format!("<row r=\"{number}\">{}</row>", cells.iter().enumerate().map(cell).collect::<String>())
}

const HEADS: [&str; 6] = ["sku", "name", "unit", "billing", "currency", "price"];

#[test]
fn a_csv_file_becomes_a_book() {
    let made = csv(
        "\u{feff}Price;SKU;Name;name:fr;unit;units;billing;currency;tier from;tier to;Tier Rule;valid_from;#cost\r\n\
        20;CARE;Care: \"all\";Soin;van;vans;Monthly;CAD;1;9;whole volume;2027-02-01;12\r\n\
        13.5;CARE;;;;;;CAD;10;;;;\r\n\
        100;ONE;=A1;Un;box;box;one-time;CAD;1;;graduated;;\r\n",
    )
    .expect("it can be read");
    let (_, items) = made.text.split_once("items:\n").expect("items");
    assert_eq!(
        items,
        "  - sku: CARE\n    \
             name: {en: \"Care: \\\"all\\\"\", fr: Soin}\n    \
             unit: {one: van, other: vans}\n    \
             billing: monthly\n    \
             tier_rule: whole_volume\n    \
             tiers:\n      \
               - {from: 1, below: 10, prices: {CAD: 20}}\n      \
               - {from: 10, prices: {CAD: 13.50}}\n    \
             available: {from: 2027-02-01}\n  \
           - sku: ONE\n    \
             name: {en: \"=A1\", fr: Un}\n    \
             unit: box\n    \
             billing: one_time\n    \
             tier_rule: graduated\n    \
             tiers:\n      \
               - {from: 1, prices: {CAD: 100}}\n"
    );
    assert_eq!((made.items, made.prices, made.had_rounding, made.changes), (2, 3, false, None));
}

#[test]
fn what_no_sheet_holds_is_kept_and_changes_are_told() {
    let sheet =
        "sku,name,unit,billing,tax class,price:cad\nA,Alpha,van,monthly,standard,12\nB,Beta,van,annual,standard,5\n";
    let made = made_of("p.csv", sheet.as_bytes(), None, Some(THERE)).expect("sound");
    assert_eq!(made.kept, ["version", "valid", "rounding", "tax_classes", "taxes"]);
    assert!(made.text.contains("# As the bank wants it.\nrounding: {mode: half_even, per: total}\n"), "{}", made.text);
    assert!(made.text.contains("taxes:\n  # Read in May.\n  - {country: CA"), "{}", made.text);
    let changes: Vec<String> = made.changes.expect("there is a book").iter().map(ToString::to_string).collect();
    assert_eq!(changes, ["~ A: price in CAD: 10 → 12", "+ B: new", "- OLD: gone"]);
    // What was made is made again from the same sheet, and nothing changes.
    let again = made_of("p.csv", sheet.as_bytes(), None, Some(&made.text)).expect("sound");
    assert_eq!(again.changes.as_deref(), Some(&[][..]));
    assert_eq!(again.text, made.text);
    let braces = "{version: '1', valid: {from: 2026-01-01, until: 2026-12-31}}";
    assert_eq!(
        faults(made_of("p.csv", sheet.as_bytes(), None, Some(braces))),
        ["I013 the price book that is there is not written with a key on each line"]
    );
}

#[test]
fn a_new_book_needs_a_name_and_days() {
    let library = Sample::new().draft().expect("sound");
    let sheet = b"sku,name,unit,billing,currency,price\nA,Alpha,van,monthly,CAD,12\n";
    let order = Order { name: "p.csv", bytes: sheet, sheet: None, locale: None, head: Head::default() };
    let made = import(order, &For { settings: &library.settings, there: None });
    assert_eq!(
        faults(made),
        ["I014 nothing says what the new price book is called", "I014 nothing says when the new prices are valid",]
    );
}

#[test]
fn every_fault_is_told_with_its_cell() {
    let made = csv("A list\n\nsku,name,unit,billing,currency,price,tier from,tier rule\n\
        A,Alpha,van,weekly,CAD,free,,\n\
        A,Alfa,,,CAD,\"1.234,50\",,\n\
        ,Beta,van,monthly,CAD,1,,\n\
        C,Gamma,,monthly,,1,,\n\
        D,\"De\nlta\",van,monthly,CAD,1,1,graduated\n\
        D,,,,CAD,1,,\n\
        D,,,,CAD,1,1.0,\n");
    assert_eq!(
        faults(made),
        [
            "I005 `A6`: the sku is missing",
            "I009 `B5`: this differs from `B4`, the item's first row",
            "I006 `F4`: the price `free` is not a number",
            "I007 `F5`: the price `1.234,50` could be read in two ways, or in none",
            "I011 `D4`: `weekly` is not one of the words for this column",
            "I005 `C7`: the unit is missing",
            "I005 `E7`: the currency is missing",
            "I010 `B8`: the cell has the character U+000A, which cannot be printed",
            "I005 `G9`: the quantity from which the tier begins is missing",
            "I008 `E10`: the same price as in row 8 is given again",
        ]
    );
}

#[test]
fn the_books_own_checks_name_the_cell() {
    let made = csv("sku,name,unit,billing,currency,price,tier from,tier to,tier rule,requires,tax class\n\
        A,Alpha,van,monthly,CAD,20,1,8,graduated,Z,none\n\
        A,,,,CAD,18.0051,10,,,,\n\
        a,Beta,van,monthly,cad,1,1,,graduated,,\n");
    assert_eq!(
        faults(made),
        [
            "M001 `E4`: `cad` is not a currency",
            "M007 `K2`: there is no tax class called `none`",
            "M003 `H2`: the tiers of `A` leave a gap: 9 is in none",
            "M006 `F3`: the price of `A` has 4 digits after the point, but CAD has 2",
            "M008 `J2`: the price book has no item `Z`",
            "M002 `A4`: the skus `A` and `a` differ by capitals alone",
            "M005 `E4`: `a from 1` has a price in `cad`, which is no currency of this book",
            "M005 `E4`: `a from 1` has no price in CAD",
        ]
        .map(String::from)
    );
}

#[test]
fn headings_are_known_and_complete() {
    assert_eq!(faults(csv("name,price\nA,1\n")), ["I002 `p.csv` has no heading `sku` in its first 21 rows"]);
    assert_eq!(
        faults(csv("sku,nmae,unit,billing,price,Price,currency,cost\n")),
        [
            "I002 `B1`: there is no heading `nmae`",
            "I002 `F1`: `Price` stands here and in `E1`",
            "I002 `H1`: there is no heading `cost`",
            "I002 `p.csv` has no heading `name`",
        ]
    );
    assert_eq!(
        faults(csv("sku,name,unit,billing,price:CAD,price,currency,tier from\n")),
        [
            "I002 `p.csv` gives prices in two ways: under `price` and under headings such as `price:CAD`",
            "I002 `p.csv` has a heading `tier from`, but none `tier rule`",
        ]
    );
    assert_eq!(
        faults(csv("sku,name,unit,billing,price,currency\n")),
        ["I002 `p.csv` has headings but no rows below them"]
    );
    assert_eq!(
        faults(csv("sku,name,unit,billing,price,currency\nA,Alpha,van,monthly,1,CAD,9\n")),
        ["I002 `G2`: a value stands in a column without a heading"]
    );
    assert!(faults(made_of("p.xls", b"\xD0\xCF\x11\xE0rest", None, None))[0].starts_with("I001"));
    assert!(faults(made_of("p.xlsx", b"PK\x03\x04rest", None, None))[0].starts_with("I001"));
    assert!(faults(csv("")).len() == 1);
}

#[test]
fn a_workbook_means_what_it_shows() {
    let rows = text_row(1, &["sku", "name", "unit", "billing", "currency", "price", "valid from", "fine prices", "bundle"])
        + "<row r=\"2\"><c r=\"A2\"><v>1001</v></c><c r=\"B2\" t=\"str\"><v>=A1</v></c><c r=\"C2\" t=\"inlineStr\"><is><t>van</t></is></c>\
           <c r=\"D2\" t=\"inlineStr\"><is><t>monthly</t></is></c><c r=\"E2\" t=\"inlineStr\"><is><t>CAD</t></is></c>\
           <c r=\"F2\"><v>0.30000000000000004</v></c><c r=\"G2\" s=\"1\"><v>46388</v></c><c r=\"H2\" t=\"b\"><v>0</v></c></row>"
        + &text_row(4, &["B", "Beta", "km", "usage", "CAD"]).replace("</row>", "<c r=\"F4\"><v>0.0425</v></c><c r=\"H4\" t=\"b\"><v>1</v></c><c r=\"I4\" t=\"inlineStr\"><is><t>1001 x 2</t></is></c></row>");
    let made = made_of("p.xlsx", &workbook(&rows, ""), None, None).expect("sound");
    let (_, items) = made.text.split_once("items:\n").expect("items");
    assert_eq!(
        items,
        "  - sku: \"1001\"\n    name: \"=A1\"\n    unit: van\n    billing: monthly\n    prices: {CAD: 0.30}\n    \
             available: {from: 2027-01-01}\n  \
           - sku: B\n    name: Beta\n    unit: km\n    billing: usage\n    fine_prices: true\n    prices: {CAD: 0.0425}\n    \
             bundle: [{sku: \"1001\", quantity: 2}]\n"
    );
}

#[test]
fn what_a_workbook_hides_is_refused() {
    let row = |number: u32, price: &str| {
        let sku = format!("S{number}");
        text_row(number, &[&sku, "Name", "van", "monthly", "CAD"])
            .replace("</row>", &format!("{}</row>", price.replace("r=\"#\"", &format!("r=\"F{number}\""))))
    };
    let rows = text_row(1, &HEADS)
        + &row(2, "<c r=\"#\"><f>B1*2</f><v>10</v></c>")
        + &row(3, "<c r=\"#\" t=\"inlineStr\"><is><t>129.99</t></is></c>")
        + &row(4, "<c r=\"#\" s=\"1\"><v>46388</v></c>")
        + &row(5, "<c r=\"#\" t=\"e\"><v>#N/A</v></c>")
        + &row(6, "<c r=\"#\"><v>129.994</v></c>")
        + &row(7, "<c r=\"#\"><f>1/0</f></c>")
        + &row(8, "<c r=\"#\"><v>1e300</v></c>");
    let merged = "<mergeCells count=\"1\"><mergeCell ref=\"B2:B3\"/></mergeCells>";
    assert_eq!(
        faults(made_of("p.xlsx", &workbook(&rows, merged), None, None)),
        [
            "I004 `Prices!B2`: the cells as far as `Prices!B3` are merged",
            "I003 `Prices!F2`: a formula stands here",
            "I006 `Prices!F3`: the price `129.99` is text, not a number",
            "I006 `Prices!F4`: the price is the date 2027-01-01, not a number",
            "I006 `Prices!F5`: the error #N/A stands here",
            "I003 `Prices!F7`: a formula stands here",
            "I006 `Prices!F8`: the number 1e300 stands here",
        ]
    );
    let rows = text_row(1, &HEADS) + &row(6, "<c r=\"#\"><v>129.994</v></c>");
    assert_eq!(
        faults(made_of("p.xlsx", &workbook(&rows, ""), None, None)),
        ["M006 `Prices!F6`: the price of `S6` has 3 digits after the point, but CAD has 2"]
    );
    let text = text_row(1, &HEADS) + &row(2, "<c r=\"#\" t=\"inlineStr\"><is><t>1.234,50 CAD</t></is></c>");
    assert!(made_of("p.xlsx", &workbook(&text, ""), Some("de-DE"), None).expect("sound").text.contains("CAD: 1234.50"));
    let corner = text_row(1, &HEADS) + "<row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row>";
    assert_eq!(
        faults(made_of("p.xlsx", &workbook(&corner, ""), None, None)),
        ["I001 `p.xlsx` is too large for a price list"]
    );
}

/// A sheet that is sound, to be broken.
fn sound_rows() -> String {
    text_row(1, &HEADS) + &text_row(2, &["A", "Alpha", "van", "monthly", "CAD"]).replace("</row>", "<c r=\"F2\" s=\"1\"><f t=\"shared\" ref=\"F2:F3\" si=\"0\">A1</f><v>46388.5</v></c><c r=\"G2\" t=\"s\"><v>0</v></c></row>")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    /// Words come through as they are, whatever they look like.
    #[test]
    fn words_of_a_cell_are_words_of_the_book(name in "[ -~éßÑ東🚚‑“”]{1,40}") {
        let made = csv(&format!("sku,name,unit,billing,currency,price\nA,\"{}\",van,monthly,CAD,1\n", name.replace('"', "\"\"")));
        let file = |text: String| Arc::new(SourceFile { path: "b".into(), text });
        match made {
            Ok(made) => {
                let book: PriceBook = source::read(&file(made.text)).expect("it parses again");
                prop_assert_eq!(book.items[0].name.of("en"), Some(name.trim()));
            }
            Err(_) => prop_assert!(name.trim().is_empty()),
        }
    }

    #[test]
    fn any_text_is_read_or_refused(text in "(sku,name,unit,billing,currency,price\n)?[a-z0-9,;\"\n\t =.-]{0,80}") {
        if let Err(problems) = csv(&text) {
            prop_assert!(!problems.0.is_empty());
        }
    }

    #[test]
    fn any_workbook_is_read_or_refused(
        edits in prop::collection::vec((0_usize..2000, 0_usize..6, "[<>/\"=&;a-z0-9A-Z-]{0,6}"), 0..4),
        merged in "(<mergeCells><mergeCell ref=\"[A-Z0-9:]{0,8}\"/></mergeCells>)?",
    ) {
        let mut rows: Vec<char> = sound_rows().chars().collect();
        for (at, length, new) in edits {
            let at = at % rows.len();
            let end = (at + length).min(rows.len());
            rows.splice(at..end, new.chars());
        }
        let rows: String = rows.into_iter().collect();
        if let Err(problems) = made_of("p.xlsx", &workbook(&rows, &merged), None, None) {
            prop_assert!(!problems.0.is_empty());
        }
    }

    #[test]
    fn any_bytes_are_read_or_refused(at in 0_usize..4000, byte: u8, cut in 0_usize..4000) {
        let mut bytes = workbook(&sound_rows(), "");
        let at = at % bytes.len();
        bytes[at] = byte;
        let cut = bytes.len() - cut % 200;
        bytes.truncate(cut);
        if let Err(problems) = made_of("p.xlsx", &bytes, None, None) {
            prop_assert!(!problems.0.is_empty());
        }
    }
}
