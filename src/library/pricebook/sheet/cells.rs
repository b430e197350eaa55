//! In: what a spreadsheet or CSV file holds. Out: a [`Sheet`] of cells, and how people call a cell: `Sheet1!C7`.

use std::collections::BTreeMap;

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::{MOST_CELLS, MOST_WORDS};
use crate::diagnostic::Diagnostic;

/// Row and column, both from 0.
pub type At = (u32, u32);

/// One sheet, without its empty cells.
#[derive(Debug, Default)]
pub struct Sheet {
    /// None for a CSV file, which has but one.
    pub name: Option<String>,
    pub cells: BTreeMap<At, Cell>,
    /// First and last cell of each merged area.
    pub merged: Vec<(At, At)>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    pub value: Value,
    /// Whether a formula stands behind the value.
    pub formula: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// Without white space around it; never empty.
    Text(String),
    /// A number of a spreadsheet: what its cell means, exactly.
    Number(Decimal),
    Day(Date),
    Flag(bool),
    /// What cannot be read, in words: `the error #N/A`.
    Odd(String),
}

impl Value {
    /// Text without what stands around it; none where nothing is left.
    pub fn text(text: &str) -> Option<Self> {
        let text = text.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
        (!text.is_empty()).then(|| Self::Text(text.to_string()))
    }

    /// What it is, in words.
    pub fn describe(&self) -> String {
        match self {
            Self::Text(text) => format!("the text `{}`", shortened(text)),
            Self::Number(number) => format!("the number {number}"),
            Self::Day(day) => format!("the date {day}"),
            Self::Flag(flag) => format!("the value {}", if *flag { "TRUE" } else { "FALSE" }),
            Self::Odd(what) => what.clone(),
        }
    }
}

/// A cell's words, at a length that fits a message.
pub fn shortened(text: &str) -> String {
    const MOST: usize = 40;
    if text.chars().count() <= MOST {
        return text.to_string();
    }
    text.chars().take(MOST).chain(['…']).collect()
}

/// How much of a file has been taken into memory.
#[derive(Debug, Default)]
pub struct Room {
    cells: usize,
    bytes: usize,
}

impl Room {
    /// Counts a cell; false where there is no room for it.
    ///
    /// Several cells may name one string of a workbook, and each has its own copy here.
    pub fn take(&mut self, value: &Value) -> bool {
        self.cells += 1;
        self.bytes += match value {
            Value::Text(text) | Value::Odd(text) => text.len(),
            Value::Number(_) | Value::Day(_) | Value::Flag(_) => 0,
        };
        !self.is_full()
    }

    /// True where a cell was refused.
    pub fn is_full(&self) -> bool {
        self.cells > MOST_CELLS || self.bytes > MOST_WORDS
    }
}

impl Sheet {
    /// The cell as spreadsheets call it: `Sheet1!C7`, or `C7` in a CSV file.
    pub fn called(&self, at: At) -> String {
        let cell = format!("{}{}", letters(at.1), u64::from(at.0) + 1);
        match &self.name {
            Some(name) if name.contains(|c: char| !c.is_alphanumeric() && c != '_') => {
                format!("'{}'!{cell}", name.replace('\'', "''"))
            }
            Some(name) => format!("{name}!{cell}"),
            None => cell,
        }
    }

    /// A problem with one cell.
    pub fn fault(&self, code: &'static str, at: At, what: &str, help: &str) -> Diagnostic {
        Diagnostic { code, ..Diagnostic::error("I001", format!("`{}`: {what}", self.called(at))) }.help(help)
    }
}

/// `A` … `Z`, `AA` …
fn letters(column: u32) -> String {
    let mut rest = u64::from(column) + 1;
    let mut letters = Vec::new();
    while rest > 0 {
        rest -= 1;
        // A remainder of 26 is a letter.
        letters.push(char::from(b'A' + u8::try_from(rest % 26).unwrap_or(0)));
        rest /= 26;
    }
    letters.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_called_as_spreadsheets_call_them() {
        let mut sheet = Sheet::default();
        assert_eq!(sheet.called((6, 2)), "C7");
        assert_eq!(
            (letters(25), letters(26), letters(701), letters(702)),
            ("Z".into(), "AA".into(), "ZZ".into(), "AAA".into())
        );
        sheet.name = Some("Sheet1".into());
        assert_eq!(sheet.called((0, 0)), "Sheet1!A1");
        sheet.name = Some("Prices 2027's".into());
        assert_eq!(sheet.called((u32::MAX, 0)), "'Prices 2027''s'!A4294967296");
    }
}
