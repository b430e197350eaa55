//! In: a chart. Out: a strip over all twelve columns, or over the column at hand, never torn.

use crate::document::model::{Block, Chart, ChartKind};
use crate::layout::chart;
use crate::layout::flow::{Area, Builder, Flow};
use crate::layout::section::Strip;

impl Builder<'_> {
    /// Lays out a chart.
    pub(super) fn chart(&mut self, flow: &mut Flow, chart: &Chart, block: &Block, area: Area) {
        let unit = self.look.unit;
        let (x, width) = if area.page { (0.0, self.grid.width) } else { (area.x, area.width) };
        // A ring takes its height from the width that its names leave it.
        let part = if chart.kind == ChartKind::Donut { 0.44 } else { 0.62 };
        let height = (width * part).min(self.grid.height * 0.38);
        let look = self.look.clone();
        let (mut drawing, height) =
            chart::draw(&mut self.setter, &look, (chart, &block.place), (width, height), area.parent);
        drawing.shift(x, 0.0);
        flow.push(Strip { height, wide: area.page, drawing, ..Strip::default() }, 4.0 * unit);
        flow.after(5.0 * unit);
    }
}
