//! In: the brand's cover style and a proposal's page. Out: [`Plan`]: where the parts of the cover stand and on which ground.

use crate::layout::look::{Grid, Look, mix};
use crate::layout::page::Rect;
use crate::library::brand::{Colour, CoverStyle};

/// Where the parts of a cover stand, pt.
#[derive(Debug, Clone, Copy)]
pub(super) struct Plan {
    /// What the primary colour fills.
    pub field: Rect,
    /// Where the motif is drawn; its right and top edge are those of the field or of the page.
    pub sky: Rect,
    pub logo: Place,
    pub title: Place,
    /// The least and the greatest distance of the title from the page's top.
    pub highest: f32,
    pub lowest: f32,
    /// Who it is for.
    pub client: Place,
    /// Who it is from.
    pub firm: Place,
    /// Where hairlines stand above the two: left edge, width and the ground.
    pub rules: [Option<Place>; 2],
}

/// A column on one of the two grounds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Place {
    pub x: f32,
    pub width: f32,
    /// True on the primary colour.
    pub dark: bool,
}

/// The part of the page's width that a panel takes.
const PANEL: f32 = 0.36;
/// The part of the page's height that a band takes.
const BAND: f32 = 0.36;

impl Plan {
    pub fn new(style: CoverStyle, grid: Grid, unit: f32) -> Self {
        let (width, height) = (grid.page_width, grid.page_height);
        let whole = Rect { x: 0.0, y: 0.0, width, height };
        let dark = style == CoverStyle::Field;
        let all = Place { x: grid.margin, width: grid.width, dark };
        let half = grid.width * 0.58;
        let second = half + 6.0 * unit;
        let field = Self {
            field: whole,
            sky: Rect { x: width * 0.36, y: 0.0, width: width * 0.64, height: height * 0.42 },
            logo: Place { dark: true, ..all },
            title: all,
            highest: height * 0.30,
            lowest: height * 0.44,
            client: Place { width: half, ..all },
            firm: Place { x: grid.margin + second, width: grid.width - second, dark },
            rules: [Some(all), None],
        };
        match style {
            CoverStyle::Field => field,
            CoverStyle::Band => Self {
                field: Rect { height: height * BAND, ..whole },
                sky: Rect { height: height * BAND, ..field.sky },
                highest: height * BAND + 10.0 * unit,
                lowest: height * BAND + 20.0 * unit,
                ..field
            },
            CoverStyle::Split => {
                let panel = width * PANEL;
                let x = panel + 9.0 * unit;
                let words = Place { x, width: width - grid.margin * 0.8 - x, dark: false };
                let firm = Place { x: grid.margin * 0.8, width: panel - grid.margin * 0.8 - 5.0 * unit, dark: true };
                Self {
                    field: Rect { width: panel, ..whole },
                    sky: Rect { x: 0.0, y: 0.0, width: panel, height: height * 0.5 },
                    logo: words,
                    title: words,
                    client: words,
                    firm,
                    rules: [Some(words), Some(firm)],
                    ..field
                }
            }
        }
    }
}

impl Look {
    /// The same words on the ground of a part of the cover.
    pub(super) fn on_cover(&self, dark: bool) -> Self {
        if dark { self.on_primary() } else { Self { cover: self.cover.coloured(self.colours.primary), ..self.clone() } }
    }

    /// The colours of quiet words and of hairlines there.
    pub(super) fn quiet_on_cover(&self, dark: bool) -> (Colour, Colour) {
        let colours = self.colours;
        if dark {
            (mix(colours.paper, colours.primary, 0.28), mix(colours.primary, colours.paper, 0.45))
        } else {
            (colours.muted, colours.line)
        }
    }
}
