//! In: the look at hand. Out: [`Ink`]: the text styles of a chart and the colours of its series.

use crate::layout::look::{Colours, Look, mix};
use crate::layout::text::Style;
use crate::library::brand::Colour;

/// What a chart is drawn with.
#[derive(Debug, Clone)]
pub(super) struct Ink {
    pub colours: Colours,
    pub title: Style,
    /// Labels of rows.
    pub label: Style,
    /// Numbers: tabular, so that they stand under each other.
    pub value: Style,
    /// Figures along an axis.
    pub tick: Style,
    pub note: Style,
    /// What stands back: today.
    pub grey: Colour,
}

impl Ink {
    pub fn new(look: &Look) -> Self {
        let colours = look.colours;
        let size = look.small.size.max(look.body.size * 0.66);
        let small = look.small.sized(size).led(1.25);
        let label = Style { colour: colours.ink, ..small.clone() };
        let value = Style { weight: 700, tabular: true, ..label.clone() };
        let tick = Style { tabular: true, ..small.clone() };
        Self { colours, title: look.h3.clone(), label, value, tick, note: look.small.clone(), grey: grey(&colours) }
    }

    /// The colours of `count` series: what is proposed, the last one, draws the eye; those before it stand back.
    pub fn series(&self, count: usize) -> Vec<Colour> {
        match count {
            0 => Vec::new(),
            1 => vec![self.colours.primary],
            2 => vec![self.grey, self.colours.accent],
            _ => {
                let mut colours = self.ramp(count - 1);
                colours.push(self.colours.accent);
                colours
            }
        }
    }

    /// Steps from the grey of today to the brand's primary colour.
    pub fn ramp(&self, count: usize) -> Vec<Colour> {
        let last = count.saturating_sub(1).max(1) as f32;
        (0..count).map(|index| mix(self.grey, self.colours.primary, index as f32 / last)).collect()
    }

    /// A style in the colour of a series, dark enough to be read.
    pub fn named(&self, style: &Style, colour: Colour) -> Style {
        let words = match colour {
            c if c == self.colours.accent => self.colours.accent_ink,
            c if c == self.colours.primary => self.colours.primary,
            _ => self.colours.muted,
        };
        Style { weight: 700, ..style.coloured(words) }
    }
}

/// Grey that is seen beside the accent on paper, from the brand's own quiet colour.
fn grey(colours: &Colours) -> Colour {
    mix(colours.line, colours.muted, 0.45)
}
