//! In: a case study. Out: rows: whose it is and what came of it, then the figures on the contrary ground with what was
//! done and the client's words beside them.

use crate::document::model::{Block, BlockKind, CaseStudy};
use crate::layout::drawing::Drawing;
use crate::layout::flow::said;
use crate::layout::page::{Rect, TagKind};
use crate::layout::slide::Slide;
use crate::layout::slide::body::Room;
use crate::layout::slide::rows::{Panel, Row};

/// How much of the width the figures take.
const FIGURES: f32 = 0.36;

impl Slide<'_, '_> {
    /// Lays out a case study over the width at hand.
    pub(super) fn case_study(&mut self, study: &CaseStudy, block: &Block, room: Room) -> Vec<Row> {
        let parent = self.builder.setter.tags.add(Some(room.parent), TagKind::Group);
        let room = Room { parent, ..room };
        let mut rows = vec![self.study_head(study, room)];
        let mut words = study.blocks.clone();
        words.extend(study.quote.as_ref().map(said));
        let figures = Block { kind: BlockKind::Stats(study.figures.clone()), place: block.place.clone() };
        let mut body = match (study.figures.is_empty(), words.is_empty() || room.panel) {
            (true, _) => self.rows(&words, room),
            (false, true) => {
                let mut rows = self.rows(std::slice::from_ref(&figures), room);
                let mut words = self.rows(&words, room);
                words.iter_mut().take(1).for_each(|row| row.before = room.size);
                rows.append(&mut words);
                rows
            }
            (false, false) => {
                let gutter = 32.0;
                let side = room.width * FIGURES;
                let figures = self.panel(std::slice::from_ref(&figures), (0.0, side), room, true);
                let width = room.width - side - gutter;
                let x = side + gutter;
                let rows = self.rows(&words, Room { width, ..room });
                let words = Panel { x, width, rows, ..Panel::default() };
                vec![Row::panels(vec![figures, words], 0.0, f32::MAX)]
            }
        };
        if let Some(first) = body.first_mut() {
            first.before = room.size * 0.9;
        }
        rows.append(&mut body);
        rows
    }

    fn study_head(&mut self, study: &CaseStudy, room: Room) -> Row {
        self.look(room.size);
        let mut drawing = Drawing::default();
        let width = room.width.min(room.size * 40.0);
        let style = self.builder.look.h2.sized((room.size * 1.15).max(self.minimum()));
        let tag = self.builder.setter.tags.add(Some(room.parent), TagKind::Heading(study.level));
        let head = BlockKind::Heading { level: study.level, text: study.head.clone() };
        let block = Block { kind: head, place: study.place.clone() };
        let rect = Rect { x: 0.0, y: 0.0, width, height: 0.0 };
        let mut y = self.words(&mut drawing, &study.head, &style, &block, (tag, rect));
        if let Some(summary) = &study.summary {
            let tag = self.builder.setter.tags.add(Some(room.parent), TagKind::Paragraph);
            let style = self.builder.look.body.clone();
            let rect = Rect { y: y + room.size * 0.2, ..rect };
            y = self.words(&mut drawing, summary, &style, &block, (tag, rect));
        }
        Row::plain(drawing, y, 0.0)
    }
}
