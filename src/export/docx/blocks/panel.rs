//! In: callouts, columns and testimonials. Out: panels: tables of one row whose cells have a ground.

use crate::document::model::{Block, BlockKind, Inline, Tone};
use crate::export::docx::drawing::{Base, Frame, shapes};
use crate::export::docx::elements::{self, Cell, Edge, Look, Paragraph};
use crate::export::docx::writer::{Area, Ink, Writer};
use crate::layout::fonts::Face as Role;
use crate::layout::page::{Path, Rect, Segment};
use crate::library::brand::Colour;

impl Writer<'_> {
    /// A table of one row.
    pub(super) fn panel(&self, x: f32, widths: &[f32], cells: &str, torn: bool) -> String {
        let row = if torn { elements::torn_row(cells) } else { elements::row(cells, false) };
        elements::Table { style: "BrandPanel", indent: x, widths, description: None, right_to_left: self.mirrored() }
            .with(&row)
    }

    pub(super) fn callout(&mut self, tone: Tone, title: Option<&[Inline]>, blocks: &[Block], area: Area) {
        let unit = self.styles.unit;
        let padding = 3.5 * unit;
        let colours = self.styles.colours;
        let (edge, ink) = match tone {
            Tone::Neutral => (colours.primary, colours.primary),
            Tone::Accent => (colours.accent, colours.primary),
            Tone::Warning => (colours.accent_ink, colours.accent_ink),
        };
        let inside = Area { x: 0.0, width: area.width - 2.0 * padding - unit, page: false, ink: Ink::default() };
        let inner = self.inside(|writer| {
            if let Some(title) = title {
                let look = Look::default().coloured(ink);
                let runs = writer.inlines(title, &look, Role::Display, Ink::default());
                writer.paragraph(Paragraph { style: "CalloutHead", ..Paragraph::default() }, 0.0, &runs);
                writer.after(unit);
            }
            writer.flush_blocks(blocks, inside, title.is_none());
        });
        let cell = Cell {
            width: area.width,
            fill: Some(colours.tint),
            start: Some(Edge { colour: edge, width: 3.0 }),
            padding: Some([padding, padding, padding, padding + unit]),
            ..Cell::default()
        };
        self.side = 0.0;
        let xml = self.panel(area.x, &[area.width], &cell.with(&inner), tall(blocks));
        self.table(&xml, 3.0 * unit);
        self.gap = 4.0 * unit;
    }

    /// Blocks at the top of a cell, where no space stands above the first.
    pub(super) fn flush_blocks(&mut self, blocks: &[Block], area: Area, first: bool) {
        let start = self.out.len();
        self.blocks(blocks, area);
        if first && let Some(space) = self.out[start..].find("w:before=\"") {
            // The first property of space in the cell is the first paragraph's.
            let at = start + space + "w:before=\"".len();
            let end = self.out[at..].find('"').map_or(at, |length| at + length);
            let first_paragraph_ends = self.out[start..].find("</w:pPr>").map_or(0, |length| start + length);
            if at < first_paragraph_ends {
                self.out.replace_range(at..end, "0");
            }
        }
    }

    pub(super) fn columns(&mut self, columns: &[Vec<Block>], area: Area) {
        let unit = self.styles.unit;
        let (x, width) = self.span(area);
        let gutter = if area.page { 6.0 * unit } else { 4.0 * unit };
        let count = columns.len().max(1);
        let column = (width - gutter * (count - 1) as f32) / count as f32;
        let (mut widths, mut cells) = (Vec::new(), String::new());
        for (index, blocks) in columns.iter().enumerate() {
            if index > 0 {
                widths.push(gutter);
                cells.push_str(&self.gutter(gutter));
            }
            let inside = Area { x: 0.0, width: column, page: false, ink: area.ink };
            let inner = self.inside(|writer| writer.flush_blocks(blocks, inside, true));
            let top = area.page.then_some(Edge { colour: self.styles.colours.line, width: 0.75 });
            let above = if area.page { 3.0 * unit } else { 0.0 };
            let cell = Cell { width: column, top, padding: Some([above, 0.0, 0.0, 0.0]), ..Cell::default() };
            widths.push(column);
            cells.push_str(&cell.with(&inner));
        }
        let torn = columns.iter().any(|blocks| tall(blocks));
        let xml = self.panel(x, &widths, &cells, torn);
        self.table(&xml, 3.0 * unit);
        self.gap = 4.0 * unit;
    }

    /// An empty cell between two others.
    pub(super) fn gutter(&mut self, width: f32) -> String {
        let inner = self.inside(|_| {});
        Cell { width, ..Cell::default() }.with(&inner)
    }

    pub(super) fn testimonial(&mut self, by: &[Inline], role: Option<&[Inline]>, blocks: &[Block], area: Area) {
        let unit = self.styles.unit;
        let colours = self.styles.colours;
        // On the page dark and light panels take turns.
        let dark = area.page && self.quotes.is_multiple_of(2);
        self.quotes += usize::from(area.page);
        let (x, width) = self.span(area);
        let side = if area.page { self.grid.text_x } else { 0.0 };
        let right = if area.page { 6.0 * unit } else { 0.0 };
        let ink = match dark {
            true => Ink { words: Some(colours.paper), link: Some(colours.accent) },
            false => Ink::default(),
        };
        let inside = Area { x: 0.0, width: width - side - right, page: false, ink };
        let inner = self.inside(|writer| writer.said(by, role, blocks, (inside, dark)));
        let fill = match (area.page, dark) {
            (true, true) => Some(colours.primary),
            (true, false) => Some(colours.tint),
            (false, _) => None,
        };
        let start = (!area.page).then_some(Edge { colour: colours.accent, width: 3.0 });
        let around = if area.page { 5.0 * unit } else { 0.0 };
        let cell = Cell {
            width: width - side,
            fill,
            start,
            padding: Some([around, right, around, if area.page { 0.0 } else { 5.0 * unit }]),
            ..Cell::default()
        };
        let (mut widths, mut cells) = (Vec::new(), String::new());
        if area.page {
            let mark = self.inside(|writer| writer.quote_mark());
            widths.push(side);
            let room =
                Cell { width: side, fill, padding: Some([around + unit, 0.0, 0.0, 6.0 * unit]), ..Cell::default() };
            cells.push_str(&room.with(&mark));
        }
        widths.push(width - side);
        cells.push_str(&cell.with(&inner));
        let xml = self.panel(x, &widths, &cells, tall(blocks));
        self.table(&xml, 5.0 * unit);
        self.gap = 5.0 * unit;
    }

    /// A quotation mark, drawn, so that nobody reads it.
    fn quote_mark(&mut self) {
        let size = 5.5 * self.styles.unit;
        let colour = self.styles.colours.accent;
        let stroke = |x: f32| Path {
            segments: vec![
                Segment::MoveTo(x + size * 0.45, 0.0),
                Segment::LineTo(x + size, 0.0),
                Segment::LineTo(x + size * 0.55, size * 1.15),
                Segment::LineTo(x, size * 1.15),
                Segment::Close,
            ],
            fill: Some(colour),
            stroke: None,
        };
        let (first, second) = (stroke(0.0), stroke(7.0 * self.styles.unit));
        let rect = Rect { x: 0.0, y: 0.0, width: 7.0 * self.styles.unit + size, height: size * 1.15 };
        let frame = Frame { base: Base::Line, rect, id: self.id(), description: "", behind: false };
        let run = shapes(&frame, &[&first, &second]);
        let leading = Some(rect.height + 1.0);
        self.paragraph(Paragraph { style: "Normal", leading, ..Paragraph::default() }, 0.0, &run);
    }

    fn said(&mut self, by: &[Inline], role: Option<&[Inline]>, blocks: &[Block], (area, dark): (Area, bool)) {
        let unit = self.styles.unit;
        let colours = self.styles.colours;
        let mut first = true;
        for said in blocks {
            match &said.kind {
                BlockKind::Paragraph(text) => {
                    let look = Look { colour: area.ink.words, ..Look::default() };
                    let runs = self.inlines(text, &look, Role::Display, area.ink);
                    let above = if first { 0.0 } else { 2.0 * unit };
                    self.paragraph(Paragraph { style: "Quote", ..Paragraph::default() }, above, &runs);
                }
                _ => self.blocks(std::slice::from_ref(said), area),
            }
            first = false;
        }
        self.after(2.0 * unit);
        let name = if dark { colours.accent } else { colours.ink };
        let quiet: Colour = if dark { colours.paper } else { colours.muted };
        for (words, style, colour) in [(Some(by), "QuoteBy", name), (role, "Small", quiet)] {
            let Some(words) = words.filter(|words| !words.is_empty()) else { continue };
            let runs = self.inlines(words, &Look::default().coloured(colour), Role::Text, area.ink);
            self.paragraph(Paragraph { style, ..Paragraph::default() }, 0.0, &runs);
        }
    }
}

/// True for blocks that may fill most of a page, so that a page's end must be allowed to tear them.
pub(super) fn tall(blocks: &[Block]) -> bool {
    let mut letters = 0;
    crate::document::walk::each_text(blocks, &mut |text, _| {
        letters += crate::document::model::plain(text).len() + 60;
    });
    letters > 2200
}
