//! In: the brand's tokens. Out: [`Look`]: the colours and text styles of a kind of document, and [`Grid`]: its columns.

use crate::layout::fonts::Face;
use crate::layout::text::Style;
use crate::library::brand::{Brand, Colour, Scale};

/// The brand's colours by what they do.
#[derive(Debug, Clone, Copy)]
pub struct Colours {
    pub ink: Colour,
    pub paper: Colour,
    pub tint: Colour,
    pub primary: Colour,
    pub accent: Colour,
    /// The accent dark enough for words on paper, where the brand has one.
    pub accent_ink: Colour,
    pub muted: Colour,
    pub line: Colour,
}

impl Colours {
    /// Reads the tokens; the library has checked that they are there.
    pub fn of(brand: &Brand) -> Self {
        let primary = token(brand, "primary");
        Self {
            ink: token(brand, "ink"),
            paper: brand.palette.get("paper").map_or(Colour { r: 255, g: 255, b: 255 }, |c| c.value),
            tint: token(brand, "tint"),
            primary,
            accent: token(brand, "accent"),
            accent_ink: brand.palette.get("accent_ink").map_or(primary, |c| c.value),
            muted: token(brand, "muted"),
            line: token(brand, "line"),
        }
    }
}

/// A palette colour by name.
pub fn token(brand: &Brand, name: &str) -> Colour {
    brand.palette.get(name).map_or(Colour { r: 0, g: 0, b: 0 }, |colour| colour.value)
}

/// A colour between two: `part` of `b` in `a`, 0 to 1.
pub fn mix(a: Colour, b: Colour, part: f32) -> Colour {
    let channel = |a: u8, b: u8| (f32::from(a) + (f32::from(b) - f32::from(a)) * part).round().clamp(0.0, 255.0) as u8;
    Colour { r: channel(a.r, b.r), g: channel(a.g, b.g), b: channel(a.b, b.b) }
}

/// The text styles of a kind of document.
#[derive(Debug, Clone)]
pub struct Look {
    pub colours: Colours,
    pub unit: f32,
    pub body: Style,
    pub small: Style,
    /// Heads of tables, labels of figures: small and strong.
    pub label: Style,
    pub h1: Style,
    pub h2: Style,
    pub h3: Style,
    pub number: Style,
    pub figure: Style,
    pub quote: Style,
    pub cover: Style,
}

impl Look {
    /// The look of a proposal's pages.
    pub fn proposal(brand: &Brand) -> Self {
        Self::of(brand, &brand.typography.proposal)
    }

    /// The look of slides.
    pub fn deck(brand: &Brand) -> Self {
        Self::of(brand, &brand.typography.deck)
    }

    fn of(brand: &Brand, scale: &Scale) -> Self {
        let colours = Colours::of(brand);
        let text = |size: f32, leading: f32, weight, colour| Style {
            face: Face::Text,
            size,
            leading: size * leading,
            weight,
            strong: 700,
            strong_colour: None,
            colour,
            link: colours.accent_ink,
            tabular: false,
            tracking: 0.0,
        };
        let display = |size: f32, leading: f32, weight, colour| Style {
            face: Face::Display,
            strong: 800,
            ..text(size, leading, weight, colour)
        };
        Self {
            unit: brand.spacing.unit,
            body: text(scale.body, scale.leading, 400, colours.ink),
            small: text(scale.small, 1.4, 400, colours.muted),
            label: text(scale.small, 1.3, 700, colours.muted),
            h1: display(scale.title, 1.16, 700, colours.primary),
            h2: display(scale.body * scale.ratio, 1.28, 700, colours.primary),
            h3: display(scale.body * 1.06, 1.35, 700, colours.ink),
            number: display(scale.title, 1.18, 600, colours.muted),
            figure: display(scale.figure, 1.1, 800, colours.primary),
            quote: display(scale.body * scale.ratio * 1.2, 1.38, 600, colours.primary),
            cover: display(scale.cover, 1.08, 800, colours.paper),
            colours,
        }
    }

    /// The same words on a dark ground of the primary colour.
    pub fn on_primary(&self) -> Self {
        let paper = self.colours.paper;
        let on = |style: &Style| style.coloured(paper);
        Self {
            body: on(&self.body),
            small: on(&self.small),
            label: on(&self.label),
            h1: on(&self.h1),
            h2: on(&self.h2),
            h3: on(&self.h3),
            number: on(&self.number),
            figure: on(&self.figure),
            quote: on(&self.quote),
            cover: on(&self.cover),
            ..self.clone()
        }
    }
}

/// The columns of a proposal's page, pt.
#[derive(Debug, Clone, Copy)]
pub struct Grid {
    pub page_width: f32,
    pub page_height: f32,
    /// Left edge of the text area; the right margin is the same.
    pub margin: f32,
    /// Top of the content.
    pub top: f32,
    /// Width of all twelve columns.
    pub width: f32,
    /// Height of the content.
    pub height: f32,
    /// Start of columns 4 to 12, from the text area's left edge.
    pub text_x: f32,
    pub text_width: f32,
    /// Width of columns 1 to 3.
    pub side_width: f32,
    pub gutter: f32,
}

impl Grid {
    /// The grid of a page of `width` by `height` pt.
    pub fn new(brand: &Brand, (page_width, page_height): (f32, f32)) -> Self {
        let unit = brand.spacing.unit.clamp(1.0, 12.0);
        let mm = 72.0 / 25.4;
        let margin = (brand.spacing.margin_mm * mm / unit).round() * unit;
        let margin = margin.clamp(0.0, page_width / 4.0);
        let gutter = 3.0 * unit;
        let width = page_width - 2.0 * margin;
        let column = (width - 11.0 * gutter) / 12.0;
        let text_x = 3.0 * (column + gutter);
        let top = 18.0 * unit;
        Self {
            page_width,
            page_height,
            margin,
            top,
            width,
            height: page_height - top - 15.0 * unit,
            text_x,
            text_width: width - text_x,
            side_width: text_x - gutter,
            gutter,
        }
    }
}
