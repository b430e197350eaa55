//! In: how words look. Out: the properties of their run.

use std::rc::Rc;

use docx_rs::{RunFonts, RunProperty};

use super::known::Known;
use super::ordered;
use crate::export::docx::xml::{allowed, half_points, hex};
use crate::library::brand::Colour;

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

thread_local! {
    static KNOWN: Known<Look> = Known::default();
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
    pub fn properties(&self) -> Rc<str> {
        KNOWN.with(|known| known.of(self, |look| look.built("")))
    }

    /// The same with other properties as XML.
    pub fn built(&self, others: &str) -> String {
        let mut property = RunProperty::new();
        let mut extra = String::from(others);
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
        ordered(&property, &extra)
    }
}
