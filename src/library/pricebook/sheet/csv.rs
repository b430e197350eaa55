//! In: bytes of a CSV file. Out: a [`Sheet`] whose rows are counted as spreadsheets count them.

use std::collections::BTreeMap;

use super::cells::{Cell, Room, Sheet, Value};
use super::{MOST_COLUMNS, MOST_ROWS, too_large};
use crate::diagnostic::{Checked, Diagnostic};

/// Reads a CSV file: UTF-8, with or without a byte order mark, with commas, semicolons or tabs between its cells.
pub(super) fn read(name: &str, bytes: &[u8]) -> Checked<Sheet> {
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let at = error.valid_up_to();
        let line = bytes[..at].iter().filter(|byte| **byte == b'\n').count() + 1;
        Diagnostic::error("I001", format!("`{name}` is not UTF-8 text: line {line} has the byte {:#04x}", bytes[at]))
            .help("save it as “CSV UTF-8”, or hand in the spreadsheet itself")
    })?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text).replace("\r\n", "\n").replace('\r', "\n");
    let delimiter = delimiter(&text);
    let rows = rows(&text, delimiter).ok_or_else(|| too_large(name))?;
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(text.as_bytes());
    let mut cells = BTreeMap::new();
    let mut room = Room::default();
    for (index, record) in reader.records().enumerate() {
        let record = record.map_err(|error| {
            Diagnostic::error("I001", format!("`{name}` cannot be read as CSV: {error}"))
                .help("save it again as “CSV UTF-8”, or hand in the spreadsheet itself")
        })?;
        let row = rows.get(index).copied().unwrap_or(index);
        let Ok(row) = u32::try_from(row) else { return Err(too_large(name).into()) };
        for (column, text) in record.iter().enumerate() {
            let Some(value) = Value::text(text) else { continue };
            let Some(column) = u32::try_from(column).ok().filter(|_| room.take(&value)) else {
                return Err(too_large(name).into());
            };
            cells.insert((row, column), Cell { value, formula: false });
        }
    }
    Ok(Sheet { name: None, cells, merged: Vec::new() })
}

/// What stands between the cells: what the line of the headings has most of.
fn delimiter(text: &str) -> u8 {
    let count = |line: &str, mark: char| line.matches(mark).count();
    let marks = [',', ';', '\t'];
    let mut lines = text.lines().filter(|line| line.contains(marks));
    let line = lines.clone().find(|line| line.to_lowercase().contains("sku")).or_else(|| lines.next()).unwrap_or("");
    let most = marks.into_iter().rev().max_by_key(|mark| count(line, *mark)).unwrap_or(',');
    u8::try_from(most).unwrap_or(b',')
}

/// Where a scan of CSV text is within a cell.
#[derive(Clone, Copy, PartialEq, Eq)]
enum In {
    Start,
    Plain,
    Quoted,
    /// Behind a quotation mark within quotes: the end of them, or one half of a doubled mark.
    Mark,
}

/// The number of each row that is not empty, from 0: the reader leaves empty ones out, spreadsheets count them.
///
/// None where there are more rows or columns than a price list may have, so that the reader makes no room for them.
fn rows(text: &str, delimiter: u8) -> Option<Vec<usize>> {
    let (mut rows, mut row, mut empty, mut state, mut column) = (Vec::new(), 0, true, In::Start, 1);
    for byte in text.bytes() {
        if byte == b'\n' && state != In::Quoted {
            if !empty {
                rows.push(row);
            }
            (row, empty, state, column) = (row + 1, true, In::Start, 1);
            continue;
        }
        if byte == delimiter && state != In::Quoted {
            column += 1;
        }
        if column > MOST_COLUMNS || rows.len() >= MOST_ROWS {
            return None;
        }
        empty = false;
        state = match (state, byte) {
            (In::Start | In::Mark, b'"') => In::Quoted,
            (In::Quoted, b'"') => In::Mark,
            (In::Quoted, _) => In::Quoted,
            _ if byte == delimiter => In::Start,
            _ => In::Plain,
        };
    }
    if !empty {
        rows.push(row);
    }
    Some(rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(text: &str) -> Vec<String> {
        let sheet = read("prices.csv", text.as_bytes()).expect("it can be read");
        let said = |(at, cell): (&(u32, u32), &Cell)| format!("{} {}", sheet.called(*at), cell.value.describe());
        sheet.cells.iter().map(said).collect()
    }

    #[test]
    fn rows_are_counted_as_a_spreadsheet_counts_them() {
        assert_eq!(
            places("a,b\r\n\r\n\"x\ny\",\" \"\r\n,=1+1"),
            ["A1 the text `a`", "B1 the text `b`", "A3 the text `x\ny`", "B4 the text `=1+1`",]
        );
        assert_eq!(
            places("\u{feff}a;b,c;\n5\" pipe;\"say \"\"so\"\"\"\n\n\nz"),
            [
                "A1 the text `a`",
                "B1 the text `b,c`",
                "A2 the text `5\" pipe`",
                "B2 the text `say \"so\"`",
                "A5 the text `z`",
            ]
        );
        assert_eq!(places("a\tb\rc"), ["A1 the text `a`", "B1 the text `b`", "A2 the text `c`"]);
        assert!(places("").is_empty());
    }

    #[test]
    fn other_encodings_are_named() {
        let problems = read("prices.csv", b"sku\nCaf\xe9").expect_err("Latin-1 is refused");
        assert_eq!(problems.0[0].message, "`prices.csv` is not UTF-8 text: line 2 has the byte 0xe9");
    }
}
