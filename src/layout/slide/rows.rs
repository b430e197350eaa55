//! In: measured rows of a slide. Out: one drawing in which they fill the height they are given.

use crate::layout::drawing::Drawing;
use crate::layout::page::Rect;
use crate::library::brand::Colour;

/// A panel of which so much is empty looks unfinished.
const EMPTY: f32 = 0.16;

/// A band of a slide across the width of its region. Positions count from the row's top left corner.
#[derive(Debug, Default)]
pub(super) struct Row {
    /// Space above, pt.
    pub before: f32,
    /// What its words need, pt.
    pub height: f32,
    /// How much taller it may become, pt.
    pub most: f32,
    /// Words, each with the part of the extra height that stands above it.
    pub parts: Vec<(Drawing, f32)>,
    pub panels: Vec<Panel>,
    pub back: Vec<Back>,
}

/// Decoration that follows the row's final height.
#[derive(Debug, Clone, Copy)]
pub(super) enum Back {
    Plate {
        x: f32,
        width: f32,
        colour: Colour,
        radius: f32,
    },
    Above {
        x: f32,
        width: f32,
        colour: Colour,
        thickness: f32,
    },
    Below {
        x: f32,
        width: f32,
        colour: Colour,
        thickness: f32,
    },
    /// A vertical rule from `from` pt below the top to `to`, or to the row's foot.
    Thread {
        x: f32,
        from: f32,
        to: Option<f32>,
        colour: Colour,
        thickness: f32,
    },
    /// A vertical rule.
    Side {
        x: f32,
        colour: Colour,
        thickness: f32,
    },
}

/// A part of a row with rows of its own; all panels of a row become equally tall.
#[derive(Debug, Default)]
pub(super) struct Panel {
    pub x: f32,
    pub width: f32,
    pub padding: f32,
    pub ground: Option<Colour>,
    pub radius: f32,
    /// A bar along the top edge.
    pub edge: Option<Colour>,
    pub head: Drawing,
    /// Height of the head and the space below it, pt.
    pub head_height: f32,
    pub rows: Vec<Row>,
    /// True where the rows sink to the panel's foot if it is much taller than they are, so that it is not empty below.
    pub sinks: bool,
}

impl Panel {
    /// What the panel needs, pt.
    pub fn height(&self) -> f32 {
        2.0 * self.padding + self.head_height + height(&self.rows)
    }
}

impl Row {
    /// A row of words that takes what it needs.
    pub fn plain(drawing: Drawing, height: f32, before: f32) -> Self {
        Self { before, height, parts: vec![(drawing, 0.0)], ..Self::default() }
    }

    /// Panels side by side.
    pub fn panels(panels: Vec<Panel>, before: f32, most: f32) -> Self {
        let height = panels.iter().map(Panel::height).fold(0.0, f32::max);
        Self { before, height, most, panels, ..Self::default() }
    }
}

/// What rows need below each other, pt.
pub(super) fn height(rows: &[Row]) -> f32 {
    rows.iter().enumerate().map(|(index, row)| row.height + if index > 0 { row.before } else { 0.0 }).sum()
}

/// Draws rows into `area`: they grow as far as they may, then the space between them; what is left stays above them by
/// `anchor` (0 none, 1 all).
pub(super) fn place(drawing: &mut Drawing, rows: Vec<Row>, area: Rect, anchor: f32) {
    let spare = (area.height - height(&rows)).max(0.0);
    let extras = shares(rows.iter().map(|row| row.most), spare);
    let rest = spare - extras.iter().sum::<f32>();
    let gaps = shares(rows.iter().enumerate().map(|(i, row)| if i > 0 { row.before } else { 0.0 }), rest);
    let mut y = area.y + (rest - gaps.iter().sum::<f32>()).max(0.0) * anchor;
    for (index, (row, extra)) in rows.into_iter().zip(extras).enumerate() {
        if index > 0 {
            y += row.before + gaps[index];
        }
        let height = row.height + extra;
        draw(drawing, row, Rect { x: area.x, y, width: area.width, height }, extra);
        y += height;
    }
}

fn draw(drawing: &mut Drawing, row: Row, area: Rect, extra: f32) {
    for back in &row.back {
        match *back {
            Back::Plate { x, width, colour, radius } => {
                drawing.fill_round(Rect { x: area.x + x, width, ..area }, radius, colour);
            }
            Back::Above { x, width, colour, thickness } => drawing.rule(area.x + x, area.y, width, thickness, colour),
            Back::Below { x, width, colour, thickness } => {
                drawing.rule(area.x + x, area.y + area.height, width, thickness, colour);
            }
            Back::Thread { x, from, to, colour, thickness } => {
                let height = to.unwrap_or(area.height) - from;
                let x = area.x + x - thickness / 2.0;
                drawing.fill(Rect { x, y: area.y + from, width: thickness, height }, colour);
            }
            Back::Side { x, colour, thickness } => {
                let x = area.x + x - thickness / 2.0;
                drawing.fill(Rect { x, width: thickness, ..area }, colour);
            }
        }
    }
    for (part, above) in row.parts {
        drawing.add(part, area.x, area.y + extra * above);
    }
    for panel in row.panels {
        let ground = Rect { x: area.x + panel.x, width: panel.width, ..area };
        if let Some(colour) = panel.ground {
            drawing.fill_round(ground, panel.radius, colour);
        }
        if let Some(colour) = panel.edge {
            drawing.fill(Rect { height: 3.0, ..ground }, colour);
        }
        let left = ground.x + panel.padding;
        drawing.add(panel.head, left, ground.y + panel.padding);
        let inner = Rect {
            x: left,
            y: ground.y + panel.padding + panel.head_height,
            width: panel.width - 2.0 * panel.padding,
            height: ground.height - 2.0 * panel.padding - panel.head_height,
        };
        let empty = inner.height - self::height(&panel.rows);
        let anchor = if panel.sinks && extra > EMPTY * area.height && empty > 0.0 { 1.0 } else { 0.0 };
        place(drawing, panel.rows, inner, anchor);
    }
}

/// Shares `spare` equally, to none more than it may take.
fn shares(most: impl Iterator<Item = f32>, spare: f32) -> Vec<f32> {
    let most: Vec<f32> = most.collect();
    let mut given = vec![0.0; most.len()];
    let mut left = spare;
    loop {
        let open: Vec<usize> = (0..most.len()).filter(|&i| most[i] - given[i] > 0.01).collect();
        if open.is_empty() || left <= 0.01 {
            return given;
        }
        let each = left / open.len() as f32;
        for index in open {
            let part = each.min(most[index] - given[index]);
            given[index] += part;
            left -= part;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spare_height_is_shared_and_never_more_than_may_be_taken() {
        assert_eq!(shares([10.0, 100.0, 0.0].into_iter(), 50.0), vec![10.0, 40.0, 0.0]);
        assert_eq!(shares([10.0, 20.0].into_iter(), 500.0), vec![10.0, 20.0]);
        assert_eq!(shares(std::iter::empty(), 5.0), Vec::<f32>::new());
    }
}
