//! In: a chart. Out: a row that fills the room the other blocks leave.

use crate::document::model::{Block, BlockKind, Chart};
use crate::layout::chart;
use crate::layout::slide::Slide;
use crate::layout::slide::body::Room;
use crate::layout::slide::rows::{self, Row};

/// The least height of a chart over the size of running text.
const LEAST: f32 = 9.0;
/// How often the height of charts is tried.
const TRIES: usize = 4;

impl Slide<'_, '_> {
    /// Draws a chart as tall as this try gives it.
    pub(super) fn chart(&mut self, chart: &Chart, block: &Block, room: Room) -> Row {
        self.look(room.size);
        let look = self.builder.look.clone();
        let height = room.size * LEAST + self.chart_extra;
        let setter = &mut self.builder.setter;
        let (drawing, height) = chart::draw(setter, &look, (chart, &block.place), (room.width, height), room.parent);
        Row::plain(drawing, height, 0.0)
    }

    /// Rows whose charts take what the others leave of `limit` pt. A chart is drawn for its height, so the rest is
    /// measured first.
    pub(super) fn rows_with_charts(&mut self, blocks: &[Block], room: Room, limit: f32) -> Vec<Row> {
        let start = self.builder.setter.tags.nodes.len();
        self.chart_extra = 0.0;
        let least = self.rows(blocks, room);
        let spare = limit - rows::height(&least);
        if spare <= 0.0 || !has_chart(blocks) {
            return least;
        }
        // A chart may need more than the least by itself, and charts below each other share what there is: so what is
        // left is given in turns, as long as it fits.
        let (mut extra, mut left) = (0.0, spare);
        for _ in 0..TRIES {
            self.chart_extra = extra + left;
            self.builder.setter.tags.nodes.truncate(start);
            let tall = rows::height(&self.rows(blocks, room));
            if tall > limit + 0.1 {
                left /= 2.0;
                continue;
            }
            extra = self.chart_extra;
            left = limit - tall;
            if left < 2.0 {
                break;
            }
        }
        self.builder.setter.tags.nodes.truncate(start);
        self.chart_extra = extra;
        self.rows(blocks, room)
    }
}

fn has_chart(blocks: &[Block]) -> bool {
    blocks.iter().any(|block| match &block.kind {
        BlockKind::Chart(_) => true,
        BlockKind::Columns(columns) => columns.iter().any(|blocks| has_chart(blocks)),
        _ => false,
    })
}
