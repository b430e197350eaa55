//! In: nothing. Out: [`Bars`], what bar charts and waterfalls have in common, and the row of names above a plot.

use crate::document::model::Align;
use crate::layout::chart::canvas::Canvas;
use crate::layout::drawing::rectangle;
use crate::layout::lines::Lines;
use crate::layout::page::Rect;
use crate::library::brand::Colour;

/// One bar, from a number to a number.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bar {
    /// The row that it belongs to, from 0.
    pub row: usize,
    /// The table's column of its number; the labels are column 0.
    pub column: usize,
    /// Its place among the bars of its row.
    pub slot: usize,
    pub from: f64,
    pub to: f64,
    pub colour: Colour,
}

impl Bar {
    /// The number's cell on the canvas, whose row 0 is the head.
    pub fn cell(&self) -> (usize, usize) {
        (self.row + 1, self.column)
    }

    pub fn is_negative(&self) -> bool {
        self.to < self.from
    }
}

/// Bars in rows.
#[derive(Debug, Clone, Default)]
pub(super) struct Bars {
    pub bars: Vec<Bar>,
    pub rows: usize,
    /// Bars side by side in a row.
    pub slots: usize,
    /// True where the bars of a row stand on each other, their numbers within them.
    pub stacked: bool,
    /// True where each row begins at the height that the one before it ended at, joined by a hairline.
    pub joined: bool,
    /// The columns of series that are named, and their colours.
    pub names: Vec<(usize, Colour)>,
    /// What is said of each row besides its numbers.
    pub remarks: Vec<Option<String>>,
}

impl Bars {
    /// The least and the greatest number, zero included.
    pub fn range(&self) -> (f64, f64) {
        super::scale::from_zero(self.bars.iter().flat_map(|bar| [bar.from, bar.to]))
    }
}

/// The names of series in a row above the plot, each beside a patch of its colour: for plots whose shapes leave no room
/// for a name.
pub(super) struct Key {
    names: Vec<(usize, Colour, Lines, f32, f32)>,
    pub height: f32,
}

impl Key {
    pub fn new(canvas: &mut Canvas<'_, '_>, names: &[(usize, Colour)]) -> Self {
        let em = canvas.ink.label.size;
        let (mut x, mut y, mut tall) = (0.0f32, 0.0f32, 0.0f32);
        let mut placed = Vec::with_capacity(names.len());
        for (column, colour) in names {
            let style = canvas.ink.named(&canvas.ink.label, *colour);
            let width = canvas.width - 1.2 * em;
            let lines = canvas.lines((0, *column), &style, width, Align::Start);
            if x > 0.0 && x + 1.2 * em + lines.width > canvas.width {
                (x, y, tall) = (0.0, y + tall, 0.0);
            }
            tall = tall.max(lines.height());
            let end = x + 1.2 * em + lines.width + 1.6 * em;
            placed.push((*column, *colour, lines, x, y));
            x = end;
        }
        let height = if placed.is_empty() { 0.0 } else { y + tall + 0.6 * em };
        Self { names: placed, height }
    }

    pub fn draw(self, canvas: &mut Canvas<'_, '_>) {
        let em = canvas.ink.label.size;
        for (column, colour, lines, x, y) in self.names {
            let patch = Rect { x, y: y + (lines.leading - 0.8 * em) / 2.0, width: 0.8 * em, height: 0.8 * em };
            canvas.fill(rectangle(patch, 0.0), colour);
            canvas.put((0, column), &lines, x + 1.2 * em, y);
        }
    }
}
