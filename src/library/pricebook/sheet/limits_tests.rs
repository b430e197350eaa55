//! What a workbook or CSV file asks for is bounded, whatever it says about itself.

use std::io::Write;

use super::package::{Budget, Package};
use super::*;
use crate::library::testing::{Sample, said};

const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const DOC: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006/relationships";

/// A package with the parts that lead to a workbook, then those given.
fn package(parts: &[(&str, String)]) -> Vec<u8> {
    let root = format!(
        "<Relationships xmlns=\"{PACKAGE}\"><Relationship Id=\"r1\" Type=\"{DOC}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
    );
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in std::iter::once(&("_rels/.rels", root)).chain(parts) {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).expect("a part can be begun");
        zip.write_all(text.as_bytes()).expect("memory can be written");
    }
    zip.finish().expect("the archive can be closed").into_inner()
}

/// Workbook and relationships of this many sheets, all of which name one part.
fn sheets(count: usize) -> [(&'static str, String); 2] {
    let sheet = |n| format!("<sheet name=\"S{n}\" sheetId=\"{n}\" r:id=\"r1\"/>");
    let sheets: String = (1..=count).map(sheet).collect();
    [
        (
            "xl/workbook.xml",
            format!("<workbook xmlns=\"{MAIN}\" xmlns:r=\"{DOC}\"><sheets>{sheets}</sheets></workbook>"),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            format!(
                "<Relationships xmlns=\"{PACKAGE}\"><Relationship Id=\"r1\" Type=\"{DOC}/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>"
            ),
        ),
    ]
}

fn sheet_of(rows: &str) -> (&'static str, String) {
    ("xl/worksheets/sheet1.xml", format!("<worksheet xmlns=\"{MAIN}\"><sheetData>{rows}</sheetData></worksheet>"))
}

fn strings(head: &str, strings: &str) -> (&'static str, String) {
    ("xl/sharedStrings.xml", format!("<sst xmlns=\"{MAIN}\" {head}>{strings}</sst>"))
}

fn book(parts: Vec<(&'static str, String)>, count: usize) -> Vec<u8> {
    package(&sheets(count).into_iter().chain(parts).collect::<Vec<_>>())
}

fn problems(name: &str, bytes: &[u8]) -> Problems {
    let library = Sample::new().draft().expect("the sample is sound");
    let head = Head {
        version: Some("2".into()),
        from: Some(jiff::civil::date(2027, 1, 1)),
        until: Some(jiff::civil::date(2027, 12, 31)),
    };
    let order = Order { name, bytes, sheet: None, locale: None, head };
    import(order, &For { settings: &library.settings, there: None }).expect_err("this must be refused")
}

fn refused(bytes: &[u8]) -> String {
    let problems = problems("p.xlsx", bytes);
    let said = said(&problems);
    assert!(said.iter().all(|line| line.len() < 400), "a message quotes the whole file");
    said[0].clone()
}

const TOO_LARGE: &str = "I001 `p.xlsx` is too large for a price list";

#[test]
fn no_memory_is_reserved_for_what_a_part_says_about_itself() {
    let row = "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c></row>";
    for count in ["100000000000", "500001", "18446744073709551616"] {
        let said =
            refused(&book(vec![strings(&format!("uniqueCount=\"{count}\""), "<si><t>sku</t></si>"), sheet_of(row)], 1));
        assert!(said.starts_with("I001 "), "{count}: {said}");
    }
    // However it is written, the reader of workbooks does not see the number.
    for head in ["uniqueCount = '7'", "uniqueCount=\"7\" x:uniqueCount=\"100000000000\""] {
        let bytes = book(vec![strings(head, "<si><t>uniqueCount</t></si>"), sheet_of(row)], 1);
        let package = Package::check("p.xlsx", &bytes).map_err(|problems| said(&problems)).expect("it is sound");
        let mut text = String::new();
        let budget = Budget::new();
        let mut archive = zip::ZipArchive::new(package.metered(&budget)).expect("an archive");
        let mut part = archive.by_name("xl/sharedStrings.xml").expect("the part");
        std::io::Read::read_to_string(&mut part, &mut text).expect("it is text");
        let (head, words) = text.split_once("<si>").expect("a string");
        assert!(!head.contains("uniqueCount"), "{head}");
        assert!(words.contains("uniqueCount"), "the words of a cell are kept: {words}");
    }
}

#[test]
fn each_sheet_costs_what_it_holds() {
    let none = sheet_of(&"<row/>".repeat(1_000));
    assert_eq!(refused(&book(vec![none.clone()], 101)), TOO_LARGE);
    // Few sheets, but all name one large part: what is read is counted, not what is stored.
    let large = sheet_of(&" ".repeat(3 * 1024 * 1024));
    assert_eq!(refused(&book(vec![large], 100)), TOO_LARGE);
    assert!(refused(&book(vec![none], 100)).starts_with("I012 "));
}

#[test]
fn parts_are_unpacked_within_bounds() {
    let spaces = " ".repeat(33 * 1024 * 1024);
    assert_eq!(refused(&book(vec![sheet_of(&spaces)], 1)), TOO_LARGE);
    assert_eq!(refused(&book(vec![sheet_of(&"<c/>".repeat(500_001))], 1)), TOO_LARGE);
    let names: Vec<String> = (0..2_001).map(|n| format!("xl/media/{n}.bin")).collect();
    let parts: Vec<(&str, String)> = names.iter().map(|name| (name.as_str(), String::new())).collect();
    assert_eq!(refused(&package(&parts)), TOO_LARGE);
}

#[test]
fn a_string_that_many_cells_name_is_not_copied_without_end() {
    let long = format!("<si><t>{}</t></si>", "x".repeat(100_000));
    let rows: String = (1..=200).map(|n| format!("<row r=\"{n}\"><c r=\"A{n}\" t=\"s\"><v>0</v></c></row>")).collect();
    assert_eq!(refused(&book(vec![strings("", &long), sheet_of(&rows)], 1)), TOO_LARGE);
}

#[test]
fn fonts_and_fills_are_not_copied_for_each_format() {
    let font = format!("<fonts><font><name val=\"{}\"/></font></fonts>", "x".repeat(1_000_000));
    let formats = "<cellXfs>".to_string() + &"<xf fontId=\"0\" numFmtId=\"14\"/>".repeat(60_000) + "</cellXfs>";
    let styles = ("xl/styles.xml", format!("<styleSheet xmlns=\"{MAIN}\">{font}{formats}</styleSheet>"));
    let row = "<row r=\"1\"><c r=\"A1\" s=\"1\"><v>46388</v></c></row>";
    assert!(refused(&book(vec![styles, sheet_of(row)], 1)).starts_with("I002 "), "it is read, and has no heading");
    let code = format!("<numFmts><numFmt numFmtId=\"170\" formatCode=\"{}\"/></numFmts>", "0".repeat(2_000));
    let styles = ("xl/styles.xml", format!("<styleSheet xmlns=\"{MAIN}\">{code}</styleSheet>"));
    assert!(refused(&book(vec![styles, sheet_of(row)], 1)).contains("the format of a number is too long"));
}

#[test]
fn what_the_reader_of_workbooks_quotes_is_cut() {
    let row = format!("<row r=\"1\"><c r=\"A1\" t=\"{}\"><v>1</v></c></row>", "x".repeat(1_000_000));
    assert!(refused(&book(vec![sheet_of(&row)], 1)).starts_with("I001 "));
    let row = "<row r=\"99999999999999999999999\"><c><v>1</v></c></row>";
    assert!(refused(&book(vec![sheet_of(row)], 1)).starts_with("I001 "));
}

#[test]
fn csv_files_are_bounded_by_rows_columns_and_cells() {
    let said = |text: String| said(&problems("p.xlsx", text.as_bytes()));
    assert_eq!(said(format!("sku{}", ",".repeat(2_000_000))), [TOO_LARGE]);
    assert_eq!(said("sku\n".repeat(25_001)), [TOO_LARGE]);
    assert_eq!(said(format!("{}\n", "a,".repeat(900)).repeat(600)), [TOO_LARGE]);
    assert_eq!(said("x".repeat(16 * 1024 * 1024 + 1)), [TOO_LARGE]);
    let long = said(format!("sku,{}", "x".repeat(5 * 1024 * 1024)));
    assert!(long.iter().all(|line| line.len() < 400), "a message quotes the whole cell");
}

#[test]
fn problems_of_one_sheet_are_capped_with_a_count() {
    let rows = "A,,,,,\n".repeat(3_000);
    let all = said(&problems("p.csv", format!("sku,name,unit,billing,currency,price\n{rows}").as_bytes()));
    assert_eq!(all.len(), 101);
    assert!(
        all[100].starts_with("I020 there are ") && all[100].ends_with(" more problems in this sheet"),
        "{}",
        all[100]
    );
}
