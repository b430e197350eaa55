//! In: a spreadsheet of prices, xlsx or CSV. Out: the text of a price book that the reader takes, and what would change.
//!
//! A sheet holds items and prices; the discount limits, taxes and rounding of the book that is there are kept. Each row is
//! one price: of one item, in one currency, from one quantity on. [`headings`] lists the columns, [`draft`] reads the rows,
//! [`write`](mod@write) makes the text, and the book's own checks are said of the cells that told what is wrong.
//!
//! Codes: I001 not a spreadsheet · I002 heading · I003 formula · I004 merged cells · I005 empty cell · I006 text, not a
//! number · I007 number that could be two · I008 row twice · I009 rows that differ · I010 character · I011 word or day ·
//! I012 which sheet · I013 head that cannot be kept · I014 version or days · I015 file that is there ·
//! I020 problems that are not listed

pub mod cells;
mod changes;
mod csv;
mod draft;
mod head;
mod headings;
mod numbers;
mod package;
mod workbook;
mod write;

use std::collections::BTreeSet;
use std::sync::Arc;

pub use changes::Change;
pub use head::Head;

use cells::Sheet;
use draft::{Draft, Told};
use write::Written;

use super::PriceBook;
use crate::diagnostic::{Checked, Diagnostic, Problems, SourceFile};
use crate::format::Locale;
use crate::library::checks;
use crate::library::settings::Settings;
use crate::source;

/// No sheet has more rows; a price book of 4 MB has no room for more.
const MOST_ROWS: usize = 25_000;
/// No sheet has more columns.
const MOST_COLUMNS: u32 = 1_000;
/// No file is larger, bytes.
pub const MOST_BYTES: usize = 16 * 1024 * 1024;
/// Most cells of all sheets together.
const MOST_CELLS: usize = 500_000;
/// Most bytes of text in all cells together.
const MOST_WORDS: usize = 16 * 1024 * 1024;

/// A spreadsheet, and how it is to be read.
#[derive(Debug)]
pub struct Order<'a> {
    /// The file's name, as it was typed.
    pub name: &'a str,
    pub bytes: &'a [u8],
    /// The sheet that was asked for.
    pub sheet: Option<&'a str>,
    /// How numbers in text are written.
    pub locale: Option<&'a Locale>,
    /// Version and days of the new book.
    pub head: Head,
}

/// The library that the prices are for.
#[derive(Debug)]
pub struct For<'a> {
    pub settings: &'a Settings,
    /// The price book that is there.
    pub there: Option<&'a Arc<SourceFile>>,
}

/// A price book made from a spreadsheet.
#[derive(Debug)]
pub struct Imported {
    /// The whole text of the new book.
    pub text: String,
    pub items: usize,
    pub prices: usize,
    /// What was kept from the book that is there, by key.
    pub kept: Vec<&'static str>,
    /// False where the rounding is neither kept nor told.
    pub had_rounding: bool,
    /// What would change; none where there is no book that could be compared.
    pub changes: Option<Vec<Change>>,
}

/// Makes a price book from a spreadsheet.
///
/// # Errors
/// `I…` with the cell; what is wrong in the book that would come of it (`M…`, `L…`) with the cell that told it.
pub fn import(order: Order, library: &For) -> Checked<Imported> {
    let sheet = sheet(&order)?;
    let mut problems = Problems::default();
    let head = problems.take(head::settle(&order.head, library.there));
    let drafts = problems.take(drafts(&order, &sheet, library.settings));
    let (Some(head), Some(drafts)) = (head, drafts) else { return Err(problems) };
    let written = write(&order, &head, &drafts);
    let book = checked(&written, &sheet, library.settings)?;
    let changes =
        library.there.and_then(|file| source::read::<PriceBook>(file).ok()).map(|old| changes::between(&old, &book));
    Ok(Imported {
        items: drafts.len(),
        prices: drafts.iter().flat_map(|item| &item.tiers).map(|tier| tier.prices.len()).sum(),
        text: written.text,
        kept: head.keys,
        had_rounding: head.had_rounding,
        changes,
    })
}

fn sheet(order: &Order) -> Checked<Sheet> {
    if order.bytes.len() > MOST_BYTES {
        return Err(too_large(order.name).into());
    }
    // A workbook is a zip archive, whatever its name says.
    if order.bytes.starts_with(b"PK") {
        return workbook::read(order.name, order.bytes, order.sheet);
    }
    // The old format of workbooks, and whatever else programs save by default.
    if order.bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) || order.bytes.contains(&0) {
        return Err(Diagnostic::error("I001", format!("`{}` is neither xlsx nor CSV", order.name))
            .help("save it as “Excel Workbook (.xlsx)” or as “CSV UTF-8”")
            .into());
    }
    if let Some(sheet) = order.sheet {
        return Err(Diagnostic::error("I012", format!("a CSV file has no sheets, and so none called `{sheet}`"))
            .help("leave `--sheet` out")
            .into());
    }
    csv::read(order.name, order.bytes)
}

/// The problem of a file beyond one of the limits.
pub fn too_large(name: &str) -> Diagnostic {
    Diagnostic::error("I001", format!("`{name}` is too large for a price list")).help(format!(
        "keep what is sold, in one sheet of at most {MOST_ROWS} rows and {MOST_COLUMNS} columns; docs/library.md lists all limits"
    ))
}

fn drafts(order: &Order, sheet: &Sheet, settings: &Settings) -> Checked<Vec<Draft>> {
    let headings = headings::find(order.name, sheet)?;
    let reading = numbers::Reading { sheet, locale: order.locale };
    let language = settings.locale.split('-').next().unwrap_or("en");
    let drafts = draft::read(&reading, &headings, language)?;
    if drafts.is_empty() {
        return Err(Diagnostic::error("I002", format!("`{}` has headings but no rows below them", order.name))
            .help("write one row for each price")
            .into());
    }
    Ok(drafts)
}

fn write(order: &Order, head: &head::Kept, drafts: &[Draft]) -> Written {
    let mut currencies: Vec<&Told<String>> = Vec::new();
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    for (currency, _) in drafts.iter().flat_map(|item| &item.tiers).flat_map(|tier| &tier.prices) {
        if seen.insert(&currency.value) {
            currencies.push(currency);
        }
    }
    let codes: Vec<&str> = currencies.iter().map(|currency| currency.value.as_str()).collect();
    let mut written = Written::default();
    // A file may be called anything; a comment is one line.
    let name = order.name.rsplit(['/', '\\']).next().unwrap_or(order.name);
    let name: String = name.chars().map(|c| if c.is_alphanumeric() || " -_.".contains(c) { c } else { '_' }).collect();
    written.put(&format!("# Items and prices are from {name}, by `collateral import pricebook`.\n\n"));
    written.put(&head.before);
    written.currencies(&currencies);
    written.put(&head.after);
    written.items();
    drafts.iter().for_each(|item| written.item(item, &codes));
    written
}

/// Reads the new text as any price book is read; what is wrong is said of the cell that told it.
fn checked(written: &Written, sheet: &Sheet, settings: &Settings) -> Checked<PriceBook> {
    let file = Arc::new(SourceFile { path: "the new price book".into(), text: written.text.clone() });
    let read = source::read::<PriceBook>(&file).and_then(|book| {
        let problems = checks::price_book(&file, &book, settings);
        if problems.has_errors() { Err(problems) } else { Ok(book) }
    });
    read.map_err(|problems| Problems(problems.0.into_iter().map(|problem| of_cell(problem, written, sheet)).collect()))
}

fn of_cell(mut problem: Diagnostic, written: &Written, sheet: &Sheet) -> Diagnostic {
    let Some(at) = problem.place.as_ref().and_then(|place| written.cell(&place.span)) else { return problem };
    problem.message = format!("`{}`: {}", sheet.called(at), problem.message);
    problem.place = None;
    // A sheet gives the last quantity of a tier, the book the first one above it.
    if problem.help.as_ref().is_some_and(|help| help.contains("`below:")) {
        problem.help = Some("end the tier right before the next begins, or leave `tier to` empty".into());
    }
    // Nothing is marked any more, so that the words below it are the fix where they name one.
    if let Some(label) = problem.label.take()
        && (problem.help.is_none() || label.starts_with("did you mean"))
    {
        problem.help = Some(label);
    }
    problem
}

#[cfg(test)]
mod limits_tests;
#[cfg(test)]
mod tests;
