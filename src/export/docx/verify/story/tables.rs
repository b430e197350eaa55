//! In: a table of a body, header, footer or note. Out: its cells in order, as part of the [`Story`].

use super::Story;
use crate::export::docx::verify::looks;
use crate::export::docx::verify::node::Element;

/// Twentieths of a point below which a row hides what it holds.
const SMALLEST_HEIGHT: i32 = 100;
/// Twentieths of a point that a table may be moved.
const FARTHEST_TABLE: i32 = 12_000;

impl Story<'_, '_> {
    pub(super) fn table(&mut self, table: &Element<'_>) {
        self.text.push_str("T\n");
        for element in table.elements() {
            match element.name.as_ref() {
                "w:tr" => self.row(element),
                "w:tblPr" => {
                    let right_to_left = element.child("w:bidiVisual").is_some_and(Element::is_on);
                    self.text.push_str(if right_to_left { "T rtl\n" } else { "" });
                    if element.any(&is_far) {
                        self.fault("holds a table or cells that are moved off the page");
                    }
                    if element.child("w:tblPrChange").is_some()
                        || (self.filled > 0 && element.child("w:tblpPr").is_some())
                    {
                        self.fault("holds a table that is moved or tracked");
                    }
                }
                "w:tblGrid" | "w:bookmarkStart" | "w:bookmarkEnd" => {}
                _ => self.unknown(element),
            }
        }
        self.text.push_str("/T\n");
    }

    fn row(&mut self, row: &Element<'_>) {
        self.text.push_str("R\n");
        for element in row.elements() {
            match element.name.as_ref() {
                "w:tc" => self.cell(element),
                "w:trPr" => self.row_properties(element),
                "w:tblPrEx" | "w:bookmarkStart" | "w:bookmarkEnd" => {}
                _ => self.unknown(element),
            }
        }
    }

    fn row_properties(&mut self, properties: &Element<'_>) {
        for element in properties.elements() {
            let flat = || {
                let height = element.val().and_then(|height| height.parse::<i32>().ok()).unwrap_or(0);
                element.get("w:hRule") == Some("exact") && height < SMALLEST_HEIGHT
            };
            match element.name.as_ref() {
                "w:trHeight" if flat() => self.fault("holds a row that is too flat to be read"),
                "w:gridBefore" | "w:gridAfter" if element.val() != Some("0") => self.unknown(element),
                "w:tblCellSpacing" if element.get("w:w") != Some("0") => self.unknown(element),
                "w:trHeight" | "w:tblHeader" | "w:cantSplit" | "w:jc" | "w:gridBefore" | "w:gridAfter"
                | "w:wBefore" | "w:wAfter" | "w:tblCellSpacing" | "w:cnfStyle" => {}
                _ => self.unknown(element),
            }
        }
    }

    fn cell(&mut self, cell: &Element<'_>) {
        self.text.push('C');
        for element in cell.child("w:tcPr").into_iter().flat_map(Element::elements) {
            match element.name.as_ref() {
                "w:vMerge" => self.text.push_str(&format!(" merged {}", element.val().unwrap_or("continue"))),
                "w:gridSpan" if element.val() != Some("1") => {
                    self.text.push_str(&format!(" over {}", element.val().unwrap_or_default()));
                }
                "w:shd" => {
                    let fill = looks::ground(element);
                    if &*fill != "AUTO" {
                        self.text.push_str(&format!(" on {fill}"));
                    }
                }
                "w:tcW" | "w:gridSpan" | "w:tcBorders" | "w:tcMar" | "w:vAlign" | "w:noWrap" | "w:textDirection"
                | "w:tcFitText" | "w:hideMark" | "w:cnfStyle" => {}
                _ => self.unknown(element),
            }
        }
        self.text.push('\n');
        self.blocks(cell);
    }
}

/// True for an indent, margin or place that moves a table or its words off the page, or cannot be read.
fn is_far(element: &Element<'_>) -> bool {
    let far = |value: &str| value.parse::<i32>().map_or(true, |by| by.abs() > FARTHEST_TABLE);
    let sides = ["w:tblInd", "w:left", "w:right", "w:start", "w:end", "w:top", "w:bottom"];
    sides.contains(&element.name.as_ref()) && element.get("w:w").is_some_and(far)
        || ["w:tblpX", "w:tblpY"].into_iter().any(|side| element.get(side).is_some_and(far))
}
