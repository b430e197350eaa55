//! In: a slide's page and its ground. Out: [`Frame`], where things stand, and [`Paint`], the colours that go together.

use crate::layout::look::{Colours, Grid, Look, mix};
use crate::layout::section::Shade;
use crate::library::brand::{Brand, Colour};

/// A slide's twelve columns and its edges, pt.
#[derive(Debug, Clone, Copy)]
pub(super) struct Frame {
    pub width: f32,
    pub height: f32,
    pub margin: f32,
    /// Top of the title.
    pub top: f32,
    /// Bottom of the content; furniture stands below.
    pub bottom: f32,
    pub gutter: f32,
}

impl Frame {
    pub fn new((width, height): (f32, f32)) -> Self {
        Self { width, height, margin: width * 0.05, top: 44.0, bottom: height - 64.0, gutter: 16.0 }
    }

    /// Width of all columns.
    pub fn inner(self) -> f32 {
        self.width - 2.0 * self.margin
    }

    /// Width of `columns` columns and the gutters between them.
    pub fn span(self, columns: f32) -> f32 {
        let column = (self.inner() - 11.0 * self.gutter) / 12.0;
        columns * column + (columns - 1.0) * self.gutter
    }

    /// Left edge of a column, counted from 0.
    pub fn column(self, index: f32) -> f32 {
        self.margin + self.span(index) + self.gutter
    }

    /// The same for the flow of blocks within a slide.
    pub fn grid(self) -> Grid {
        Grid {
            page_width: self.width,
            page_height: self.height,
            margin: self.margin,
            top: self.top,
            width: self.inner(),
            height: self.bottom - self.top,
            text_x: 0.0,
            text_width: self.inner(),
            side_width: 0.0,
            gutter: self.gutter,
        }
    }
}

/// What a slide or a panel stands on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ground {
    Paper,
    Tint,
    Primary,
}

impl Ground {
    pub fn shade(self) -> Shade {
        match self {
            Self::Paper => Shade::Paper,
            Self::Tint => Shade::Tint,
            Self::Primary => Shade::Dark,
        }
    }

    /// The ground of a panel that stands out most from this one.
    pub fn contrary(self) -> Self {
        match self {
            Self::Paper | Self::Tint => Self::Primary,
            Self::Primary => Self::Paper,
        }
    }
}

/// Colours that are read on one ground.
#[derive(Debug, Clone, Copy)]
pub(super) struct Paint {
    pub on: Ground,
    pub ground: Colour,
    pub title: Colour,
    pub body: Colour,
    /// Words that stand back.
    pub quiet: Colour,
    /// Big figures.
    pub figure: Colour,
    /// Shapes that draw the eye.
    pub accent: Colour,
    /// Words in the accent.
    pub accent_words: Colour,
    pub line: Colour,
    /// Panels on the ground.
    pub plate: Colour,
}

impl Paint {
    pub fn new(brand: &Brand, on: Ground) -> Self {
        let colours = Colours::of(brand);
        match on {
            Ground::Paper => Self::light(on, &colours, colours.paper, colours.tint),
            Ground::Tint => Self::light(on, &colours, colours.tint, colours.paper),
            Ground::Primary => Self::dark(on, &colours),
        }
    }

    fn light(on: Ground, colours: &Colours, ground: Colour, plate: Colour) -> Self {
        Self {
            on,
            ground,
            title: colours.primary,
            body: colours.ink,
            quiet: colours.muted,
            figure: colours.primary,
            accent: colours.accent,
            accent_words: colours.accent_ink,
            line: colours.line,
            plate,
        }
    }

    fn dark(on: Ground, colours: &Colours) -> Self {
        let ground = colours.primary;
        // An accent that is hard to read on the dark ground gives way to paper.
        let reads = contrast(colours.accent, ground) >= 4.5;
        let accent_words = if reads { colours.accent } else { colours.paper };
        Self {
            on,
            ground,
            title: colours.paper,
            body: colours.paper,
            quiet: colours.line,
            figure: accent_words,
            accent: colours.accent,
            accent_words,
            line: mix(ground, colours.paper, 0.32),
            plate: mix(ground, colours.paper, 0.09),
        }
    }

    /// The deck's styles in these colours, running text at `size` pt.
    pub fn look(&self, brand: &Brand, size: f32) -> Look {
        let scale = &brand.typography.deck;
        let mut look = Look::deck(brand);
        let part = size / scale.body;
        let sized = |style: &crate::layout::text::Style| style.sized((style.size * part).max(scale.minimum));
        look.body = sized(&look.body).coloured(self.body);
        look.h2 = sized(&look.h2).coloured(self.title);
        look.h3 = sized(&look.h3).coloured(self.title);
        look.quote = sized(&look.quote).coloured(self.title);
        look.small = look.small.sized(look.small.size.max(scale.minimum)).coloured(self.quiet);
        look.label = look.label.sized(look.label.size.max(scale.minimum)).coloured(self.quiet);
        look.h1 = look.h1.coloured(self.title);
        look.number = look.number.coloured(self.quiet);
        look.figure = look.figure.coloured(self.figure);
        look.cover = look.cover.coloured(self.title);
        look.body.link = self.accent_words;
        look.small.link = self.accent_words;
        look.colours = Colours {
            ink: self.body,
            paper: self.ground,
            tint: self.plate,
            primary: self.title,
            accent: self.accent,
            accent_ink: self.accent_words,
            muted: self.quiet,
            line: self.line,
        };
        look
    }
}

/// WCAG 2.2 contrast ratio of two colours.
pub(super) fn contrast(a: Colour, b: Colour) -> f32 {
    let channel = |value: u8| {
        let part = f32::from(value) / 255.0;
        if part <= 0.040_45 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    };
    let light = |c: Colour| 0.2126 * channel(c.r) + 0.7152 * channel(c.g) + 0.0722 * channel(c.b);
    let (high, low) = (light(a).max(light(b)), light(a).min(light(b)));
    (high + 0.05) / (low + 0.05)
}
