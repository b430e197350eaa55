//! In: bytes of an xlsx file. Out: the [`Sheet`] with prices: numbers as their cells mean them, formulas and merged areas
//! marked.
//!
//! A spreadsheet keeps numbers in binary and shows at most 15 digits of them. What a cell means is the shortest decimal
//! that is the same binary number; where that has more than 15 digits, it is the remainder of a computation, and what
//! the cell shows is meant.

use std::collections::BTreeMap;

use calamine::{DataRef, ExcelDateTime, Reader, Xlsx, XlsxError};
use jiff::civil::Date;
use rust_decimal::Decimal;

use super::cells::{Cell, Room, Sheet, Value};
use super::headings::is_heading_row;
use super::package::{Budget, Meter, Package, shorten};
use super::{MOST_COLUMNS, MOST_ROWS, too_large};
use crate::diagnostic::{Checked, Diagnostic, catch_panic, suggest};

/// Most sheets of a workbook: each may be looked through for a heading `sku`.
const MOST_SHEETS: usize = 100;
/// How many digits a spreadsheet shows.
const SHOWN_DIGITS: usize = 15;

/// Reads the sheet that was asked for, else the only one with a heading `sku`.
pub(super) fn read(name: &str, bytes: &[u8], wanted: Option<&str>) -> Checked<Sheet> {
    let package = Package::check(name, bytes)?;
    // A row number with digits too many makes the reader of workbooks panic, and no file may end a run.
    catch_panic(|| read_sound(name, &package, wanted)).unwrap_or_else(|| {
        Err(Diagnostic::error("I001", format!("`{name}` cannot be read: it is not written as a workbook is"))
            .help("open it in a spreadsheet program and save it as “Excel Workbook (.xlsx)”")
            .into())
    })
}

fn read_sound(name: &str, package: &Package, wanted: Option<&str>) -> Checked<Sheet> {
    let budget = Budget::new();
    let mut book: Xlsx<_> = Xlsx::new(package.metered(&budget)).map_err(|error| damaged(name, &error))?;
    let names = book.sheet_names();
    if names.len() > MOST_SHEETS {
        return Err(too_large(name).into());
    }
    let mut room = Room::default();
    if let Some(wanted) = wanted {
        if !names.iter().any(|known| known == wanted) {
            let problem = Diagnostic::error("I012", format!("`{name}` has no sheet `{wanted}`"));
            let help = match suggest(wanted, names.iter().map(String::as_str)) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("it has {}", crate::library::read::listed(&names)),
            };
            return Err(problem.help(help).into());
        }
        return sheet(name, &mut book, wanted, &mut room);
    }
    let mut found: Vec<Sheet> = Vec::new();
    for sheet_name in &names {
        match sheet(name, &mut book, sheet_name, &mut room) {
            Ok(sheet) if is_heading_row(&sheet) => found.push(sheet),
            // The only sheet is the one that is meant, whatever it lacks.
            Ok(sheet) if names.len() == 1 => return Ok(sheet),
            Ok(_) => {}
            Err(problems) if names.len() == 1 => return Err(problems),
            Err(_) if room.is_full() || budget.is_spent() => return Err(too_large(name).into()),
            // A chart is no sheet of cells; what is damaged is found when it is asked for by name.
            Err(_) => {}
        }
    }
    let with: Vec<String> = found.iter().filter_map(|sheet| sheet.name.clone()).collect();
    if let ([_], Some(sheet)) = (&with[..], found.pop()) {
        return Ok(sheet);
    }
    let (message, sheets) = match with[..] {
        [] => (format!("no sheet of `{name}` has a heading `sku`"), names),
        _ => (format!("several sheets of `{name}` have a heading `sku`"), with),
    };
    let help = format!("say which is meant with `--sheet`: {}", crate::library::read::listed(&sheets));
    Err(Diagnostic::error("I012", message).help(help).into())
}

fn damaged(name: &str, error: &XlsxError) -> Diagnostic {
    Diagnostic::error("I001", format!("`{name}` cannot be read: {}", shorten(&error.to_string())))
        .help("open it in a spreadsheet program and save it as “Excel Workbook (.xlsx)”")
}

fn sheet(name: &str, book: &mut Xlsx<Meter<'_>>, sheet_name: &str, room: &mut Room) -> Checked<Sheet> {
    let damaged = |error: XlsxError| damaged(name, &error);
    let mut merged = Vec::new();
    for area in book.merge_cells_by_sheet_name(sheet_name).map_err(damaged)? {
        merged.push((area.start, area.end));
    }
    let mut cells = BTreeMap::new();
    // Cells are read one by one: a sheet with one cell in its last corner has no room for those before it.
    let mut reader = book.worksheet_cells_reader(sheet_name).map_err(damaged)?;
    while let Some(record) = reader.next_cell_with_formula_metadata().map_err(damaged)? {
        let formula = record.formula.is_some();
        let value = match value(&record.value) {
            Some(value) => value,
            None if formula => Value::Odd("nothing".into()),
            None => continue,
        };
        let (row, column) = record.pos;
        if u64::from(row) > MOST_ROWS as u64 || column >= MOST_COLUMNS {
            return Err(too_large(name).into());
        }
        if !room.take(&value) {
            return Err(too_large(name).into());
        }
        cells.insert((row, column), Cell { value, formula });
    }
    Ok(Sheet { name: Some(sheet_name.to_string()), cells, merged })
}

fn value(data: &DataRef<'_>) -> Option<Value> {
    let number =
        |number: f64| decimal(number).map_or_else(|| Value::Odd(format!("the number {number:e}")), Value::Number);
    match data {
        DataRef::Empty => None,
        DataRef::String(text) => Value::text(text),
        DataRef::SharedString(text) => Value::text(text),
        DataRef::Int(whole) => Some(Value::Number(Decimal::from(*whole))),
        DataRef::Float(float) => Some(number(*float)),
        DataRef::Bool(flag) => Some(Value::Flag(*flag)),
        DataRef::DateTime(day) => Some(date(*day).map_or_else(|| Value::Odd("a time".into()), Value::Day)),
        DataRef::DateTimeIso(text) => {
            let day = crate::source::date(text.split('T').next().unwrap_or(text));
            Some(day.map_or_else(|| Value::Odd(format!("the time {text}")), Value::Day))
        }
        DataRef::DurationIso(text) => Some(Value::Odd(format!("the duration {text}"))),
        DataRef::Error(error) => Some(Value::Odd(format!("the error {error}"))),
    }
}

/// The decimal that a cell means. Its digits are written out and read, never computed with.
fn decimal(float: f64) -> Option<Decimal> {
    if !float.is_finite() {
        return None;
    }
    let shortest = format!("{float:e}");
    let digits = shortest.split('e').next()?.bytes().filter(u8::is_ascii_digit).count();
    let written = if digits > SHOWN_DIGITS { format!("{float:.*e}", SHOWN_DIGITS - 1) } else { shortest };
    Decimal::from_scientific(&written).ok().map(|number| number.normalize())
}

fn date(day: ExcelDateTime) -> Option<Date> {
    if !day.is_datetime() {
        return None;
    }
    let (year, month, day, ..) = day.to_ymd_hms_milli();
    Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_what_their_cells_mean() {
        let read = |float: f64| decimal(float).map(|number| number.to_string());
        assert_eq!(read(129.99).as_deref(), Some("129.99"));
        assert_eq!(read(0.1 + 0.2).as_deref(), Some("0.3"));
        assert_eq!(read(1.1 * 3.0).as_deref(), Some("3.3"));
        assert_eq!(read(0.0425).as_deref(), Some("0.0425"));
        assert_eq!(read(1e12).as_deref(), Some("1000000000000"));
        assert_eq!(read(129.994).as_deref(), Some("129.994"));
        assert_eq!(read(-0.0).as_deref(), Some("0"));
        assert_eq!(read(1.0 / 3.0).as_deref(), Some("0.333333333333333"));
        assert!(read(f64::NAN).is_none() && read(1e300).is_none());
    }
}
