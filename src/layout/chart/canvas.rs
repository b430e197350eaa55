//! In: the words and shapes of one chart as it is drawn. Out: one [`Drawing`] with a figure, a table and no word twice.
//!
//! How a chart is tagged: its shapes are a figure whose alternative text says the data. Its words are a *table*: the title
//! is the caption, the name of a series and the label of a row are header cells, a number is a data cell, in the order of
//! the author's table. So a screen reader can walk the numbers by row and column, what is read is what is seen, and
//! reading the file back finds every word of the document. A number or label that is not printed because it would cover
//! another one, or because a line says it by its height, is in its cell all the same, without a glyph: what the eye reads
//! off the shapes, the ear gets in words. The figures along an axis are layout's own and decoration.

use crate::diagnostic::Place;
use crate::document::model::{Align, Chart, Inline, plain};
use crate::layout::chart::ink::Ink;
use crate::layout::drawing::{Drawing, Owner, rectangle};
use crate::layout::lines::Lines;
use crate::layout::page::{Item, ItemKind, Path, Rect, Segment, Stroke, TagId, TagKind};
use crate::layout::text::{Setter, Style};
use crate::library::brand::Colour;

/// A cell of the table: its node, and its words where they are drawn.
struct Cell {
    tag: TagId,
    drawn: Option<Drawing>,
}

/// One chart under work. Positions count from the plot's top left corner.
pub(super) struct Canvas<'a, 'b> {
    pub setter: &'a mut Setter<'b>,
    pub ink: Ink,
    pub chart: &'a Chart,
    pub width: f32,
    pub height: f32,
    place: &'a Place,
    figure: TagId,
    shapes: Drawing,
    cells: Vec<Vec<Cell>>,
    /// Where words stand already.
    taken: Vec<Rect>,
}

impl<'a, 'b> Canvas<'a, 'b> {
    /// Begins a plot of `width` by `height` pt: its shapes belong to the node `figure`, the cells of its words hang below
    /// the node `table`.
    pub fn new(
        setter: &'a mut Setter<'b>,
        ink: Ink,
        (chart, place): (&'a Chart, &'a Place),
        (width, height): (f32, f32),
        (figure, table): (TagId, TagId),
    ) -> Self {
        let tags = &mut setter.tags;
        let mut cells = Vec::with_capacity(chart.table.rows.len() + 1);
        let group = tags.add(Some(table), TagKind::TableHead);
        let row = tags.add(Some(group), TagKind::Row);
        let mut cell = |row: TagId, kind: TagKind| Cell { tag: tags.add(Some(row), kind), drawn: None };
        cells.push(chart.table.head.iter().map(|_| cell(row, TagKind::HeaderCell { row: false })).collect());
        let group = setter.tags.add(Some(table), TagKind::TableBody);
        for row in &chart.table.rows {
            let node = setter.tags.add(Some(group), TagKind::Row);
            let kind = |column: usize| match column {
                0 => TagKind::HeaderCell { row: true },
                _ => TagKind::DataCell,
            };
            let tags = &mut setter.tags;
            cells.push(
                (0..row.len()).map(|column| Cell { tag: tags.add(Some(node), kind(column)), drawn: None }).collect(),
            );
        }
        Self { setter, ink, chart, width, height, place, figure, shapes: Drawing::default(), cells, taken: Vec::new() }
    }

    /// The words of a cell: row 0 is the head.
    fn text(&self, (row, column): (usize, usize)) -> &'a [Inline] {
        let table = &self.chart.table;
        let cells = match row.checked_sub(1) {
            None => Some(&table.head),
            Some(row) => table.rows.get(row),
        };
        cells.and_then(|cells| cells.get(column)).map_or(&[], Vec::as_slice)
    }

    /// The words of a cell in at most `width` pt, flush: the leftmost glyph is at 0.
    pub fn lines(&mut self, cell: (usize, usize), style: &Style, width: f32, align: Align) -> Lines {
        let text = self.text(cell);
        self.setter.shape(text, style, self.place).lines(width, align).flush()
    }

    /// The words of a cell in one line.
    pub fn line(&mut self, cell: (usize, usize), style: &Style) -> Lines {
        self.lines(cell, style, f32::MAX, Align::Start)
    }

    /// How many rows and series there are.
    pub fn counts(&self) -> (usize, usize) {
        (self.chart.table.rows.len(), self.chart.table.columns.len().saturating_sub(1))
    }

    /// Draws a cell's words at `x` and `y` if they stay in the plot and cover no others; they may be moved sideways into
    /// it. Says whether they were drawn.
    pub fn put(&mut self, (row, column): (usize, usize), lines: &Lines, x: f32, y: f32) -> bool {
        let Some(rect) = self.room_for(lines, x, y) else { return false };
        let Some(cell) = self.cells.get_mut(row).and_then(|row| row.get_mut(column)) else { return false };
        if cell.drawn.is_some() {
            return false;
        }
        let mut drawing = Drawing::default();
        let mut owner = Owner::of(cell.tag).at(self.place);
        drawing.lines(&mut self.setter.tags, &mut owner, lines, rect.x, rect.y);
        cell.drawn = Some(drawing);
        self.taken.push(rect);
        true
    }

    /// Draws words of layout's own, under the same conditions: decoration, or a remark that belongs to the figure.
    pub fn say(&mut self, lines: &Lines, x: f32, y: f32, decoration: bool) -> bool {
        let Some(rect) = self.room_for(lines, x, y) else { return false };
        let mut owner = match decoration {
            true => Owner::artifact(),
            false => Owner::of(self.setter.tags.generated(Some(self.figure), TagKind::Span)),
        };
        self.shapes.lines(&mut self.setter.tags, &mut owner, lines, rect.x, rect.y);
        self.taken.push(rect);
        true
    }

    /// Where words stand if they may: within the plot and on no others.
    pub fn room_for(&self, lines: &Lines, x: f32, y: f32) -> Option<Rect> {
        let rect = Rect { x, y, width: lines.width, height: lines.height() };
        if lines.lines.is_empty() || rect.width > self.width + 0.1 || y < -0.1 || y + rect.height > self.height + 0.1 {
            return None;
        }
        let rect = Rect { x: x.min(self.width - rect.width).max(0.0), ..rect };
        (!self.taken.iter().any(|taken| overlap(taken, &rect))).then_some(rect)
    }

    /// Fills a shape that shows data.
    pub fn fill(&mut self, segments: Vec<Segment>, colour: Colour) {
        self.shape(Path { segments, fill: Some(colour), stroke: None });
    }

    /// Fills a rectangle that shows data; one without width or height leaves no trace.
    pub fn bar(&mut self, rect: Rect, colour: Colour) {
        if rect.width > 0.0 && rect.height > 0.0 {
            self.fill(rectangle(rect, 0.0), colour);
        }
    }

    /// Draws a line that shows data.
    pub fn stroke(&mut self, segments: Vec<Segment>, colour: Colour, width: f32) {
        self.shape(Path { segments, fill: None, stroke: Some(Stroke { colour, width }) });
    }

    fn shape(&mut self, path: Path) {
        self.shapes.items.push(Item { tag: Some(self.figure), kind: ItemKind::Path(path) });
    }

    /// Draws a straight line of decoration.
    pub fn rule(&mut self, (x1, y1): (f32, f32), (x2, y2): (f32, f32), colour: Colour, width: f32) {
        let segments = vec![Segment::MoveTo(x1, y1), Segment::LineTo(x2, y2)];
        self.shapes.path(Path { segments, fill: None, stroke: Some(Stroke { colour, width }) });
    }

    /// The finished plot: shapes, then the words in the order of the table.
    pub fn finish(mut self) -> Drawing {
        let mut drawing = std::mem::take(&mut self.shapes);
        for row in 0..self.cells.len() {
            for column in 0..self.cells[row].len() {
                let cell = match self.cells[row][column].drawn.take() {
                    Some(drawn) => drawn,
                    None => self.unseen((row, column)),
                };
                drawing.add(cell, 0.0, 0.0);
            }
        }
        drawing
    }

    /// The words of a cell without their glyphs: read, not seen.
    fn unseen(&mut self, cell: (usize, usize)) -> Drawing {
        let text = self.text(cell);
        let mut drawing = Drawing::default();
        if plain(text).trim().is_empty() {
            return drawing;
        }
        let style = self.ink.label.clone();
        let lines = self.setter.shape(text, &style, self.place).lines(f32::MAX, Align::Start);
        let mut owner = Owner::of(self.cells[cell.0][cell.1].tag).at(self.place);
        drawing.lines(&mut self.setter.tags, &mut owner, &lines, 0.0, 0.0);
        // What cannot be seen cannot be followed, and pictures in it are not there.
        drawing.links.clear();
        drawing.items.retain(|item| matches!(item.kind, ItemKind::Glyphs(_)));
        for item in &mut drawing.items {
            if let ItemKind::Glyphs(run) = &mut item.kind {
                (run.x, run.y) = (0.0, 0.0);
                run.glyphs.clear();
            }
        }
        drawing
    }
}

fn overlap(a: &Rect, b: &Rect) -> bool {
    let apart = |a0: f32, a1: f32, b0: f32, b1: f32| a1 <= b0 + 0.01 || b1 <= a0 + 0.01;
    !apart(a.x, a.x + a.width, b.x, b.x + b.width) && !apart(a.y, a.y + a.height, b.y, b.y + b.height)
}
