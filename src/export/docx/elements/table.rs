//! In: how tables and their cells look. Out: their XML around what stands in them.

use std::fmt::Write as _;
use std::rc::Rc;

use docx_rs::{Shading, ShdType, TableCellProperty, TableLayoutType, TableProperty, VAlignType, WidthType};

use super::known::Known;
use super::ordered;
use crate::export::docx::xml::{eighths, escaped, hex, twips};
use crate::library::brand::Colour;

/// A line along an edge of a cell.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Edge {
    pub colour: Colour,
    /// pt.
    pub width: f32,
}

/// How a cell looks.
#[derive(Debug, Clone, Default)]
pub struct Cell {
    /// pt.
    pub width: f32,
    pub fill: Option<Colour>,
    pub top: Option<Edge>,
    pub bottom: Option<Edge>,
    /// At the start of the line.
    pub start: Option<Edge>,
    pub end: Option<Edge>,
    /// Space within: top, end, bottom, start, pt.
    pub padding: Option<[f32; 4]>,
    pub middle: bool,
    pub low: bool,
    pub span: usize,
}

/// The same in the file's units: widths and space in twentieths of a point, lines in eighths.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct MeasuredCell {
    width: usize,
    fill: Option<Colour>,
    /// Top, start, bottom, end.
    edges: [Option<(Colour, u32)>; 4],
    /// Top, end, bottom, start.
    padding: [i32; 4],
    middle: bool,
    low: bool,
    span: usize,
}

/// The same of a table.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct MeasuredTable {
    style: &'static str,
    width: usize,
    indent: i32,
    right_to_left: bool,
}

thread_local! {
    static CELLS: Known<MeasuredCell> = Known::default();
    static TABLES: Known<MeasuredTable> = Known::default();
}

impl Cell {
    /// The whole cell around its paragraphs.
    pub fn with(&self, inner: &str) -> String {
        ["<w:tc>", &*self.properties(), inner, "</w:tc>"].concat()
    }

    fn properties(&self) -> Rc<str> {
        let edge = |edge: Option<Edge>| edge.map(|edge| (edge.colour, eighths(edge.width)));
        let measured = MeasuredCell {
            width: room(self.width),
            fill: self.fill,
            edges: [edge(self.top), edge(self.start), edge(self.bottom), edge(self.end)],
            padding: self.padding.unwrap_or_default().map(|room| twips(room.max(0.0))),
            middle: self.middle,
            low: self.low,
            span: self.span,
        };
        CELLS.with(|known| known.of(&measured, MeasuredCell::properties))
    }
}

impl MeasuredCell {
    fn properties(&self) -> String {
        let mut property = TableCellProperty::new().width(self.width, WidthType::Dxa);
        if let Some(fill) = self.fill {
            property = property.shading(Shading::new().shd_type(ShdType::Clear).color("auto").fill(hex(fill)));
        }
        if self.span > 1 {
            property = property.grid_span(self.span);
        }
        if self.middle {
            property = property.vertical_align(VAlignType::Center);
        } else if self.low {
            property = property.vertical_align(VAlignType::Bottom);
        }
        ordered(&property, &format!("{}{}", self.borders(), self.margins()))
    }

    fn borders(&self) -> String {
        // `left` is the leading edge, wherever a table's words begin.
        let edges = ["top", "left", "bottom", "right"].into_iter().zip(self.edges);
        let mut borders = String::new();
        for (name, edge) in edges {
            if let Some((colour, size)) = edge {
                let colour = hex(colour);
                // Writing to a string cannot fail.
                let _ = write!(borders, r#"<w:{name} w:val="single" w:sz="{size}" w:space="0" w:color="{colour}"/>"#);
            }
        }
        within("w:tcBorders", &borders)
    }

    fn margins(&self) -> String {
        let [top, after, bottom, before] = self.padding;
        let mut margins = String::new();
        // Readers take margins as they stand on the page; the table, which knows its direction, names the sides. Where
        // there is none, the table's style says so.
        for (name, room) in [("top", top), ("start", before), ("bottom", bottom), ("end", after)] {
            if room > 0 {
                let _ = write!(margins, r#"<w:{name} w:w="{room}" w:type="dxa"/>"#);
            }
        }
        within("w:tcMar", &margins)
    }
}

/// An element around others; nothing around nothing.
fn within(name: &str, inner: &str) -> String {
    if inner.is_empty() { String::new() } else { format!("<{name}>{inner}</{name}>") }
}

fn room(pt: f32) -> usize {
    usize::try_from(twips(pt)).unwrap_or(0)
}

/// How a table looks as a whole.
#[derive(Debug, Clone, Default)]
pub struct Table<'a> {
    pub style: &'static str,
    /// From the start of the text area, pt.
    pub indent: f32,
    /// Of the columns, pt.
    pub widths: &'a [f32],
    /// What a screen reader says of it.
    pub description: Option<&'a str>,
    pub right_to_left: bool,
}

impl Table<'_> {
    /// The whole table around its rows.
    pub fn with(&self, rows: &str) -> String {
        let mut xml = String::with_capacity(rows.len() + 600);
        xml.push_str("<w:tbl>");
        let properties = self.properties();
        match (self.description, properties.strip_suffix("</w:tblPr>")) {
            // It stands last (CT_TblPr).
            (Some(words), Some(properties)) => {
                let _ = write!(xml, r#"{properties}<w:tblDescription w:val="{}"/></w:tblPr>"#, escaped(words));
            }
            _ => xml.push_str(&properties),
        }
        xml.push_str("<w:tblGrid>");
        for width in self.widths {
            let _ = write!(xml, r#"<w:gridCol w:w="{}"/>"#, room(*width));
        }
        xml.push_str("</w:tblGrid>");
        sided(&mut xml, rows, self.right_to_left);
        xml.push_str("</w:tbl>");
        xml
    }

    fn properties(&self) -> Rc<str> {
        let measured = MeasuredTable {
            style: self.style,
            width: room(self.widths.iter().sum()),
            indent: twips(self.indent),
            right_to_left: self.right_to_left,
        };
        TABLES.with(|known| known.of(&measured, MeasuredTable::properties))
    }
}

impl MeasuredTable {
    fn properties(&self) -> String {
        let mut property = TableProperty::without_borders()
            .width(self.width, WidthType::Dxa)
            .layout(TableLayoutType::Fixed)
            .style(self.style);
        if self.indent != 0 {
            property = property.indent(self.indent);
        }
        let mut extra = String::from(r#"<w:tblLook w:val="0620"/>"#);
        if self.right_to_left {
            extra.push_str("<w:bidiVisual/>");
        }
        ordered(&property, &extra)
    }
}

/// Writes rows with the sides of their cells' margins named: their start is the left one, or the right one of a table
/// from right to left. A table within them has named its own.
fn sided(xml: &mut String, rows: &str, right_to_left: bool) {
    const OPEN: &str = "<w:tcMar>";
    let mut rest = rows;
    while let Some((before, after)) = rest.split_once(OPEN) {
        let Some((margins, left)) = after.split_once("</w:tcMar>") else { break };
        xml.push_str(before);
        xml.push_str(OPEN);
        let mut sides: Vec<&str> = margins.split_inclusive("/>").collect();
        let is = |side: &str, name: &str| side.strip_prefix("<w:").is_some_and(|side| side.starts_with(name));
        if right_to_left && sides.iter().any(|side| is(side, "start ") || is(side, "end ")) {
            // The left one stands before the bottom, the right one after it (CT_TcMar).
            let rank = |side: &&str| match () {
                () if is(side, "top ") => 0,
                () if is(side, "end ") || is(side, "left ") => 1,
                () if is(side, "bottom ") => 2,
                () => 3,
            };
            sides.sort_by_key(rank);
        }
        let (start, end) = if right_to_left { ("right ", "left ") } else { ("left ", "right ") };
        for side in sides {
            let turned = [("<w:start ", start), ("<w:end ", end)];
            match turned.iter().find_map(|(old, new)| Some((new, side.strip_prefix(old)?))) {
                Some((name, attributes)) => {
                    let _ = write!(xml, "<w:{name}{attributes}");
                }
                None => xml.push_str(side),
            }
        }
        xml.push_str("</w:tcMar>");
        rest = left;
    }
    xml.push_str(rest);
}

/// A row that no page's end tears; `head` rows are repeated.
pub fn row(cells: &str, head: bool) -> String {
    let head = if head { "<w:tblHeader/>" } else { "" };
    format!("<w:tr><w:trPr><w:cantSplit/>{head}</w:trPr>{cells}</w:tr>")
}

/// A row that a page's end may tear: one that may be taller than a page.
pub fn torn_row(cells: &str) -> String {
    format!("<w:tr>{cells}</w:tr>")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(padding: [f32; 4], right_to_left: bool) -> String {
        let cell = Cell { width: 10.0, padding: Some(padding), ..Cell::default() }.with("<w:p/>");
        Table { widths: &[10.0], right_to_left, ..Table::default() }.with(&cell)
    }

    #[test]
    fn margins_change_sides_with_the_direction() {
        for (right_to_left, left, right) in [(false, 80, 40), (true, 40, 80)] {
            let wanted = format!(
                "<w:left w:w=\"{left}\" w:type=\"dxa\"/><w:bottom w:w=\"60\" w:type=\"dxa\"/><w:right w:w=\"{right}\" w:type=\"dxa\"/></w:tcMar>"
            );
            let table = table([1.0, 2.0, 3.0, 4.0], right_to_left);
            assert!(table.contains(&wanted), "{table}");
        }
    }

    #[test]
    fn no_margin_is_said_where_there_is_none() {
        for (right_to_left, side) in [(false, "left"), (true, "right")] {
            let wanted = format!("<w:tcMar><w:{side} w:w=\"80\" w:type=\"dxa\"/></w:tcMar>");
            let table = table([0.0, 0.0, 0.0, 4.0], right_to_left);
            assert!(table.contains(&wanted), "{table}");
        }
        assert!(!table([0.0; 4], false).contains("w:tcMar"));
    }

    #[test]
    fn a_description_stands_last_and_escaped() {
        let table = Table { widths: &[10.0], description: Some("a < b"), ..Table::default() }.with("");
        assert!(table.contains("<w:tblDescription w:val=\"a &lt; b\"/></w:tblPr><w:tblGrid>"), "{table}");
    }
}
