//! In: a case study. Out: whose it is and what came of it, the figures on a ground at the side, what was done and the
//! client's words beside them.

use crate::document::model::{Block, BlockKind, CaseStudy, Quote, Stat};
use crate::export::docx::elements::{Cell, Edge, Look, Paragraph};
use crate::export::docx::writer::{Area, Writer};
use crate::layout::fonts::Face as Role;

/// How much of the width the figures take: four of twelve columns.
const FIGURES: f32 = 4.0 / 12.0;

impl Writer<'_> {
    pub(super) fn case_study(&mut self, study: &CaseStudy, area: Area) {
        let unit = self.styles.unit;
        let (x, width) = self.span(area);
        self.study_head(study, (x, width));
        let side = if study.figures.is_empty() { 0.0 } else { width * FIGURES };
        let gutter = if side > 0.0 { 6.0 * unit } else { 0.0 };
        let inside = Area { x: 0.0, width: width - side - gutter, page: false, ink: area.ink };
        if side == 0.0 {
            self.blocks(&study.blocks, Area { page: false, ..area });
            if let Some(quote) = &study.quote {
                self.blocks(&[said(quote)], Area { page: false, ..area });
            }
            return self.after(6.0 * unit);
        }
        let figures = self.inside(|writer| writer.stacked_figures(&study.figures, side - 8.0 * unit));
        let words = self.inside(|writer| {
            writer.flush_blocks(&study.blocks, inside, true);
            if let Some(quote) = &study.quote {
                writer.blocks(&[said(quote)], inside);
            }
        });
        let padding = 4.0 * unit;
        let ground = Cell {
            width: side,
            fill: Some(self.styles.colours.tint),
            padding: Some([padding, padding, padding, padding]),
            ..Cell::default()
        };
        let rest = Cell { width: inside.width, ..Cell::default() };
        let cells = format!("{}{}{}", ground.with(&figures), self.gutter(gutter), rest.with(&words));
        let xml = self.panel(x, &[side, gutter, inside.width], &cells, super::panel::tall(&study.blocks));
        self.headed = true;
        self.table(&xml, 3.0 * unit);
        self.gap = 6.0 * unit;
    }

    /// Whose study it is, small, and what came of it, large, under a rule.
    fn study_head(&mut self, study: &CaseStudy, (x, width): (f32, f32)) {
        let unit = self.styles.unit;
        let inner = self.inside(|writer| {
            writer.accent(width);
            let level = study.level.saturating_sub(1).min(8);
            let extra = format!("<w:outlineLvl w:val=\"{level}\"/>");
            let (style, colour) = match &study.summary {
                Some(_) => ("CalloutHead", writer.styles.colours.accent_ink),
                None => ("CardHead", writer.styles.colours.primary),
            };
            let runs =
                writer.inlines(&study.head, &Look::default().coloured(colour), Role::Display, Default::default());
            writer.paragraph(Paragraph { style, extra, ..Paragraph::default() }, 0.0, &runs);
            if let Some(summary) = &study.summary {
                let runs = writer.inlines(summary, &Look::default(), Role::Display, Default::default());
                writer.paragraph(Paragraph { style: "CardHead", ..Paragraph::default() }, unit, &runs);
            }
        });
        let cell = Cell { width, top: Some(Edge { colour: self.styles.colours.line, width: 0.75 }), ..Cell::default() };
        let xml = self.panel(x, &[width], &cell.with(&inner), false);
        self.table(&xml, 6.0 * unit);
        self.gap = 0.0;
    }

    fn stacked_figures(&mut self, figures: &[Stat], width: f32) {
        let unit = self.styles.unit;
        let size = self.figure_size(figures, width);
        let leading = Some(self.styles.figure.leading * size / self.styles.figure.size);
        for (index, stat) in figures.iter().enumerate() {
            let runs = self.inlines(&stat.figure, &Look::default().sized(size), Role::Display, Default::default());
            let before = if index == 0 { 0.0 } else { 4.0 * unit };
            self.paragraph(Paragraph { style: "StatFigure", leading, ..Paragraph::default() }, before, &runs);
            let runs = self.inlines(&stat.label, &Look::default(), Role::Text, Default::default());
            self.paragraph(Paragraph { style: "StatLabel", ..Paragraph::default() }, 0.5 * unit, &runs);
        }
    }
}

/// The client's words as a block of their own.
fn said(quote: &Quote) -> Block {
    let Quote { by, role, blocks, place } = quote.clone();
    Block { kind: BlockKind::Testimonial { by, role, blocks }, place }
}
