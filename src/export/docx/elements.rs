//! In: what a run, paragraph, table or cell looks like. Out: its XML: built by docx-rs where it can, put in order by
//! [`normalised`].

use docx_rs::{
    AlignmentType, BuildXML, LineSpacing, LineSpacingType, ParagraphProperty, Run, RunFonts, RunProperty, Shading,
    ShdType, SpecialIndentType, TableCellProperty, TableLayoutType, TableProperty, VAlignType, WidthType,
};

use super::normalise::normalised;
use super::xml::{allowed, eighths, half_points, hex, twips};
use crate::document::model::Align;
use crate::library::brand::Colour;

fn built(element: &impl BuildXML) -> String {
    // docx-rs writes UTF-8.
    String::from_utf8(element.build()).unwrap_or_default()
}

/// An element of properties in the schema's order. docx-rs and this module write only elements that have a place in it.
fn ordered(element: &impl BuildXML, extra: &str) -> String {
    let xml = built(element);
    let ordered = normalised(&xml, extra);
    debug_assert!(ordered.is_some(), "no place for {xml} {extra}");
    ordered.unwrap_or_default()
}

/// How words look, where that differs from their paragraph's style.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Look {
    /// A character style.
    pub style: Option<&'static str>,
    /// A family's name in Word.
    pub font: Option<String>,
    /// Set where it differs from the style's.
    pub bold: Option<bool>,
    pub italic: bool,
    pub colour: Option<Colour>,
    /// Half-points.
    pub size: Option<u32>,
    /// Extra space between letters, twentieths of a point.
    pub tracking: i32,
    pub right_to_left: bool,
    pub hidden: bool,
    /// Figures of one width.
    pub tabular: bool,
    /// True for words that layout itself says; they are marked as not to be proof-read, and are not the document's.
    pub made: bool,
}

impl Look {
    /// The same at a size in pt.
    pub fn sized(self, size: f32) -> Self {
        Self { size: Some(half_points(size)), ..self }
    }

    /// The same in a colour.
    pub fn coloured(self, colour: Colour) -> Self {
        Self { colour: Some(colour), ..self }
    }

    /// The properties of a run.
    pub fn properties(&self) -> String {
        let (property, extra) = self.parts();
        ordered(&property, &extra)
    }

    fn parts(&self) -> (RunProperty, String) {
        let mut property = RunProperty::new();
        let mut extra = String::new();
        if let Some(style) = self.style {
            property = property.style(style);
        }
        if let Some(font) = &self.font {
            let font = allowed(font);
            property = property.fonts(RunFonts::new().ascii(&*font).hi_ansi(&*font).cs(&*font).east_asia(&*font));
        }
        match self.bold {
            Some(true) => property = property.bold(),
            Some(false) => extra.push_str(r#"<w:b w:val="0"/><w:bCs w:val="0"/>"#),
            None => {}
        }
        if self.italic {
            property = property.italic();
            extra.push_str("<w:iCs/>");
        }
        if let Some(colour) = self.colour {
            property = property.color(hex(colour));
        }
        if let Some(size) = self.size {
            property = property.size(size as usize);
        }
        if self.tracking != 0 {
            property = property.spacing(self.tracking);
        }
        if self.hidden {
            property = property.vanish();
        }
        if self.right_to_left {
            extra.push_str("<w:rtl/>");
        }
        if self.made {
            extra.push_str("<w:noProof/>");
        }
        if self.tabular {
            extra.push_str(r#"<w14:numForm w14:val="lining"/><w14:numSpacing w14:val="tabular"/>"#);
        }
        (property, extra)
    }
}

/// A run of words; line ends in them become breaks.
pub fn run(text: &str, look: &Look) -> String {
    let mut run = Run::new();
    for (index, line) in text.split('\n').enumerate() {
        if index > 0 {
            run = run.add_break(docx_rs::BreakType::TextWrapping);
        }
        let line: String = allowed(line).chars().map(|c| if c == '\r' || c == '\t' { ' ' } else { c }).collect();
        if !line.is_empty() {
            run = run.add_text(line);
        }
    }
    with_properties(&built(&run), &look.properties())
}

/// A run around XML of its own.
pub fn raw_run(look: &Look, inner: &str) -> String {
    format!("<w:r>{}{inner}</w:r>", look.properties())
}

/// Puts properties where a bare run of docx-rs has its empty ones.
fn with_properties(run: &str, properties: &str) -> String {
    run.replacen("<w:rPr />", properties, 1)
}

/// How a paragraph looks besides its style.
#[derive(Debug, Clone, Default)]
pub struct Paragraph<'a> {
    pub style: &'a str,
    pub align: Option<Align>,
    /// pt: left (start), right (end), first line (negative hangs).
    pub indent: Option<(f32, f32, f32)>,
    /// pt.
    pub before: Option<f32>,
    pub after: Option<f32>,
    /// Distance of baselines, pt.
    pub leading: Option<f32>,
    pub keep_next: bool,
    pub keep_lines: bool,
    pub page_break: bool,
    pub right_to_left: bool,
    /// True for a paragraph that drawings hang on: their places count from the left in either direction.
    pub holds_drawings: bool,
    /// Other properties as XML: frames, borders, tabs, numbering, sections.
    pub extra: String,
}

impl Paragraph<'_> {
    /// Everything up to the paragraph's first run.
    pub fn open(&self) -> String {
        format!("<w:p>{}", self.properties())
    }

    /// The whole paragraph around its runs.
    pub fn with(&self, runs: &str) -> String {
        format!("{}{runs}</w:p>", self.open())
    }

    fn properties(&self) -> String {
        let mut property = ParagraphProperty::new();
        if !self.style.is_empty() {
            property = property.style(self.style);
        }
        if let Some(align) = self.align {
            property = property.align(match (align, self.right_to_left) {
                (Align::Centre, _) => AlignmentType::Center,
                // In right-to-left paragraphs, left means the start.
                (Align::Start, _) => AlignmentType::Left,
                (Align::End, _) => AlignmentType::Right,
            });
        }
        if let Some((left, right, first)) = self.indent {
            let special = match twips(first) {
                0 => None,
                first if first > 0 => Some(SpecialIndentType::FirstLine(first)),
                first => Some(SpecialIndentType::Hanging(-first)),
            };
            property = property.indent(Some(twips(left)), special, Some(twips(right)), None);
        }
        if self.before.is_some() || self.after.is_some() || self.leading.is_some() {
            property = property.line_spacing(spacing(self.before, self.after, self.leading));
        }
        property.keep_next = self.keep_next.then_some(true);
        property.keep_lines = self.keep_lines.then_some(true);
        property.page_break_before = self.page_break.then_some(true);
        property.bidi = self.right_to_left.then_some(true);
        ordered(&property, &self.extra)
    }
}

fn spacing(before: Option<f32>, after: Option<f32>, leading: Option<f32>) -> LineSpacing {
    let mut spacing = LineSpacing::new();
    let room = |pt: f32| twips(pt.max(0.0)).unsigned_abs();
    if let Some(before) = before {
        spacing = spacing.before(room(before));
    }
    if let Some(after) = after {
        spacing = spacing.after(room(after));
    }
    if let Some(leading) = leading {
        spacing = spacing.line_rule(LineSpacingType::Exact).line(twips(leading));
    }
    spacing
}

/// The paragraph and run properties of a style.
pub fn style_properties(paragraph: &Paragraph<'_>, look: &Look, extra: &str) -> String {
    let (property, own) = look.parts();
    format!("{}{}", paragraph.properties(), ordered(&property, &format!("{own}{extra}")))
}

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

impl Cell {
    /// The whole cell around its paragraphs.
    pub fn with(&self, inner: &str) -> String {
        let mut property = TableCellProperty::new().width(room(self.width), WidthType::Dxa);
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
        // `left` is the leading edge, wherever a table's words begin.
        let (start, end) = ("left", "right");
        let edges = [("top", self.top), (start, self.start), ("bottom", self.bottom), (end, self.end)];
        let mut extra = String::new();
        if edges.iter().any(|(_, edge)| edge.is_some()) {
            extra.push_str("<w:tcBorders>");
            for (name, edge) in edges.iter().filter_map(|(name, edge)| Some((name, (*edge)?))) {
                let (size, colour) = (eighths(edge.width), hex(edge.colour));
                extra.push_str(&format!(r#"<w:{name} w:val="single" w:sz="{size}" w:space="0" w:color="{colour}"/>"#));
            }
            extra.push_str("</w:tcBorders>");
        }
        if let Some([top, after, bottom, before]) = self.padding {
            extra.push_str("<w:tcMar>");
            // Readers take margins as they stand on the page; the table, which knows its direction, names the sides.
            for (name, room) in [("top", top), ("start", before), ("bottom", bottom), ("end", after)] {
                extra.push_str(&format!(r#"<w:{name} w:w="{}" w:type="dxa"/>"#, twips(room.max(0.0))));
            }
            extra.push_str("</w:tcMar>");
        }
        format!("<w:tc>{}{inner}</w:tc>", ordered(&property, &extra))
    }
}

fn room(pt: f32) -> usize {
    usize::try_from(twips(pt)).unwrap_or(0)
}

/// How a table looks as a whole.
#[derive(Debug, Clone, Default)]
pub struct Table<'a> {
    pub style: &'a str,
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
        let width: f32 = self.widths.iter().sum();
        let mut property = TableProperty::without_borders()
            .width(room(width), WidthType::Dxa)
            .layout(TableLayoutType::Fixed)
            .style(self.style);
        if self.indent != 0.0 {
            property = property.indent(twips(self.indent));
        }
        let mut extra = String::from(
            r#"<w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="0" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar><w:tblLook w:val="0620" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>"#,
        );
        if self.right_to_left {
            extra.push_str("<w:bidiVisual/>");
        }
        if let Some(words) = self.description {
            extra.push_str(&format!(r#"<w:tblDescription w:val="{}"/>"#, super::xml::escaped(words)));
        }
        let rows = sided(rows, self.right_to_left);
        let grid: String = self.widths.iter().map(|width| format!(r#"<w:gridCol w:w="{}"/>"#, room(*width))).collect();
        format!("<w:tbl>{}<w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>", ordered(&property, &extra))
    }
}

/// Names the sides of the cells' margins: their start is the left one, or the right one of a table from right to left.
fn sided(rows: &str, right_to_left: bool) -> String {
    const START: &str = "<w:start w:w=\"";
    const END: &str = "<w:end w:w=\"";
    let mut sided = String::with_capacity(rows.len());
    let mut rest = rows;
    // Each cell names its start, then its end; a table within it has named its own.
    while let Some((before, after)) = rest.split_once(START) {
        let Some(((start, between), (end, left))) =
            after.split_once('"').zip(after.split_once(END).and_then(|(_, after)| after.split_once('"')))
        else {
            break;
        };
        let between = between.split_once(END).map_or("", |(between, _)| between);
        let (first, second) = if right_to_left { (end, start) } else { (start, end) };
        sided.push_str(&format!("{before}<w:left w:w=\"{first}\"{between}<w:right w:w=\"{second}\""));
        rest = left;
    }
    sided.push_str(rest);
    sided
}

/// A row that no page's end tears; `head` rows are repeated, rows that `stay` keep with the next one.
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

    #[test]
    fn a_run_holds_its_words_as_they_are() {
        let xml = run("a <b> & \"c\"\u{1}\nd", &Look { bold: Some(true), ..Look::default() });
        assert_eq!(
            xml,
            "<w:r><w:rPr><w:b /><w:bCs /></w:rPr><w:t xml:space=\"preserve\">a &lt;b&gt; &amp; &quot;c&quot;</w:t>\
             <w:br w:type=\"textWrapping\" /><w:t xml:space=\"preserve\">d</w:t></w:r>"
        );
    }

    #[test]
    fn margins_change_sides_with_the_direction() {
        let cell = Cell { width: 10.0, padding: Some([1.0, 2.0, 3.0, 4.0]), ..Cell::default() }.with("<w:p/>");
        let table = |right_to_left| Table { widths: &[10.0], right_to_left, ..Table::default() }.with(&cell);
        for (right_to_left, left, right) in [(false, 80, 40), (true, 40, 80)] {
            let wanted = format!(
                "<w:left w:w=\"{left}\" w:type=\"dxa\"/><w:bottom w:w=\"60\" w:type=\"dxa\"/><w:right w:w=\"{right}\" w:type=\"dxa\"/></w:tcMar>"
            );
            assert!(table(right_to_left).contains(&wanted), "{}", table(right_to_left));
        }
    }

    #[test]
    fn a_paragraph_has_its_properties_in_order() {
        let paragraph = Paragraph {
            style: "Body",
            before: Some(4.0),
            keep_next: true,
            extra: "<w:pBdr/>".into(),
            ..Paragraph::default()
        };
        assert_eq!(
            paragraph.with(""),
            "<w:p><w:pPr><w:pStyle w:val=\"Body\" /><w:keepNext /><w:pBdr/><w:spacing w:before=\"80\" /></w:pPr></w:p>"
        );
    }
}
