//! In: bars. Out: them running across, labels at their left, numbers at their ends or within them.

use crate::document::model::{Align, Kind};
use crate::layout::chart::bar::upright::{axis_words, within, within_range};
use crate::layout::chart::bars::{Bar, Bars, Key};
use crate::layout::chart::canvas::Canvas;
use crate::layout::chart::scale::{Scale, measure, ticks};
use crate::layout::chart::words;
use crate::layout::lines::Lines;
use crate::layout::page::Rect;

/// So many bars have all their labels.
const FEW: usize = 12;

/// Where things stand down the plot.
#[derive(Debug, Clone, Copy)]
struct Down {
    top: f32,
    /// From one row to the next, pt.
    pitch: f32,
    /// Of one bar, pt.
    thick: f32,
    gap: f32,
    slots: usize,
}

impl Down {
    /// `airy` lets few bars fill a slide: twice as far apart as on a page, and somewhat thicker.
    fn new(bars: &Bars, em: f32, (top, height): (f32, f32), label: f32, airy: bool) -> Self {
        let slots = bars.slots.max(1);
        let own = slots as f32 * 1.7 * em + (slots - 1) as f32 * em * 0.2;
        let most = (own + 1.1 * em).max(label + 0.7 * em) * if airy { 2.0 } else { 1.0 };
        let pitch = (height.max(1.0) / bars.rows.max(1) as f32).min(most);
        let gap = (pitch * 0.03).min(em * 0.2);
        let thickest = em * if airy { 2.6 } else { 1.8 };
        let thick = ((pitch * 0.76 - gap * (slots - 1) as f32) / slots as f32).clamp(0.2, thickest);
        Self { top, pitch, thick, gap, slots }
    }

    fn centre(self, row: usize) -> f32 {
        self.top + self.pitch * (row as f32 + 0.5)
    }

    fn bar(self, bar: &Bar) -> f32 {
        let whole = self.thick * self.slots as f32 + self.gap * (self.slots - 1) as f32;
        self.centre(bar.row) - whole / 2.0 + (self.thick + self.gap) * bar.slot as f32
    }
}

/// What stands at the end of a bar: its number, in the first row the name of its series, in the last slot a remark.
struct End {
    number: Lines,
    name: Option<Lines>,
    remark: Option<Lines>,
}

impl End {
    fn width(&self, em: f32) -> f32 {
        let more = self.name.iter().chain(&self.remark).map(|lines| lines.width + em * 0.6).sum::<f32>();
        self.number.width + more + em * 0.4
    }
}

/// Draws the plot; gives the height that it takes.
pub(super) fn plot(canvas: &mut Canvas<'_, '_>, bars: &Bars) -> f32 {
    let em = canvas.ink.label.size;
    let labels = labels(canvas, bars);
    let left = labels.iter().map(|lines| lines.width).fold(0.0, f32::max) + em * 0.8;
    let tallest = labels.iter().map(Lines::height).fold(0.0, f32::max);
    let leading = canvas.ink.value.leading;
    let grouped = !bars.stacked && bars.names.len() > 1;

    let readable = |down: Down| match bars.stacked {
        true => down.thick >= leading * 0.95,
        false if down.slots > 1 => down.thick + down.gap >= leading * 0.95,
        false => down.pitch >= leading,
    };
    let airy = canvas.setter.cx.kind == Kind::Deck;
    let whole = Down::new(bars, em, (0.0, canvas.height), tallest, airy);
    let mut ends = if readable(whole) && !bars.stacked { ends(canvas, bars, grouped) } else { Vec::new() };
    let mut scale = fit(bars, &ends, em, (left, canvas.width));
    if scale.is_none() && grouped && !ends.is_empty() {
        for end in &mut ends {
            end.name = None;
        }
        scale = fit(bars, &ends, em, (left, canvas.width));
    }
    let named = ends.iter().any(|end| end.name.is_some());
    let labelled = scale.is_some() && (!ends.is_empty() || bars.stacked);
    if !labelled {
        ends.clear();
    }
    let above = scale.and_then(|scale| above_first(canvas, bars, scale));
    let key = (bars.names.len() > 1 && !named && above.is_none()).then(|| Key::new(canvas, &bars.names));
    let top = match (&above, &key) {
        (Some(_), _) => canvas.ink.label.leading,
        (None, Some(key)) => key.height,
        (None, None) => 0.0,
    };
    let most = (((canvas.width - left) / (8.0 * em)) as usize).clamp(3, 7);
    let marks = within_range(ticks(bars.range().0, bars.range().1, most), bars.range());
    let told = match bars.stacked {
        true => scale.is_some_and(|scale| readable(whole) && all_within(canvas, bars, scale)),
        false => labelled,
    };
    let axis = if told { Vec::new() } else { axis_words(canvas, &marks) };
    let below = if axis.is_empty() { 0.0 } else { leading + em * 0.3 };
    // A key of many long names must leave room for the bars.
    // So must few bars for their labels: only where there are many may some go without.
    let least = if bars.rows <= FEW { bars.rows as f32 * (tallest + em * 0.2) } else { 4.0 * em };
    canvas.height = canvas.height.max(top + below + least.max(4.0 * em));
    let down = Down::new(bars, em, (top, canvas.height - top - below), tallest, airy);
    let bottom = top + down.pitch * bars.rows as f32;
    let half = axis.last().map_or(0.0, |lines| lines.width / 2.0);
    let plain = || Scale::new(bars.range(), (left, (canvas.width - half).max(left + 1.0)));
    let scale = scale.filter(|_| axis.is_empty()).unwrap_or_else(plain);

    for (mark, lines) in marks.iter().zip(&axis) {
        let x = scale.at(measure(*mark));
        canvas.rule((x, top), (x, bottom), canvas.ink.colours.line, 0.5);
        canvas.say(lines, x - lines.width / 2.0, bottom + em * 0.3, true);
    }
    for bar in &bars.bars {
        canvas.bar(rect_of(bar, down, scale), bar.colour);
    }
    if bars.joined {
        for pair in bars.bars.windows(2) {
            let x = scale.at(pair[0].to);
            let ends = ((x, down.bar(&pair[0]) + down.thick), (x, down.bar(&pair[1])));
            canvas.rule(ends.0, ends.1, canvas.ink.colours.muted, 0.5);
        }
    }
    let zero = scale.at(0.0);
    canvas.rule((zero, top), (zero, bottom), canvas.ink.colours.muted, 0.75);
    if let Some(key) = key {
        key.draw(canvas);
    }
    for (column, lines, x) in above.into_iter().flatten() {
        canvas.put((0, column), &lines, x, 0.0);
    }
    for (row, lines) in labels.iter().enumerate() {
        // Where rows are thinner than their labels, those that would cover another are left out.
        canvas.put((row + 1, 0), lines, 0.0, (down.centre(row) - lines.height() / 2.0).max(0.0));
    }
    for (index, bar) in bars.bars.iter().enumerate() {
        let rect = rect_of(bar, down, scale);
        match ends.get(index) {
            Some(end) => draw_end(canvas, bar, end, rect),
            None if bars.stacked => {
                let lines = within(canvas, bar);
                if lines.width <= rect.width - 2.0 && lines.height() * 0.95 <= rect.height {
                    let x = rect.x + (rect.width - lines.width) / 2.0;
                    canvas.put(bar.cell(), &lines, x, rect.y + (rect.height - lines.height()) / 2.0);
                }
            }
            None => {}
        }
    }
    bottom + below
}

fn labels(canvas: &mut Canvas<'_, '_>, bars: &Bars) -> Vec<Lines> {
    let style = canvas.ink.label.clone();
    let most = canvas.width * 0.36;
    (1..=bars.rows).map(|row| canvas.lines((row, 0), &style, most, Align::Start)).collect()
}

/// True where each stacked number stands within its bar.
fn all_within(canvas: &mut Canvas<'_, '_>, bars: &Bars, scale: Scale) -> bool {
    let style = canvas.ink.value.clone();
    bars.bars.iter().all(|bar| {
        let width = (scale.at(bar.to) - scale.at(bar.from)).abs();
        bar.to == bar.from || canvas.line(bar.cell(), &style).width <= width - 2.0
    })
}

/// The names of stacked series above their bars in the first row, one after the other; `None` where one would not stand
/// above its own bar.
fn above_first(canvas: &mut Canvas<'_, '_>, bars: &Bars, scale: Scale) -> Option<Vec<(usize, Lines, f32)>> {
    if !bars.stacked || bars.names.len() < 2 {
        return None;
    }
    let em = canvas.ink.label.size;
    let mut named = Vec::with_capacity(bars.names.len());
    let mut end = f32::MIN;
    for (column, colour) in &bars.names {
        let bar = bars.bars.iter().find(|bar| bar.row == 0 && bar.column == *column)?;
        let style = canvas.ink.named(&canvas.ink.label, *colour);
        let lines = canvas.line((0, *column), &style);
        let (from, to) = (scale.at(bar.from), scale.at(bar.to));
        let free = end + em * 0.6;
        let x = from.max(free).min(canvas.width - lines.width);
        let own = x < (from + to) / 2.0 && x + lines.width > from;
        if to <= from || !own || x < free {
            return None;
        }
        end = x + lines.width;
        named.push((*column, lines, x));
    }
    Some(named)
}

fn ends(canvas: &mut Canvas<'_, '_>, bars: &Bars, grouped: bool) -> Vec<End> {
    let style = canvas.ink.value.clone();
    let remark_style = canvas.ink.named(&canvas.ink.value, canvas.ink.colours.accent);
    let mut ends = Vec::with_capacity(bars.bars.len());
    for bar in &bars.bars {
        let number = canvas.line(bar.cell(), &style);
        let colour = bars.names.iter().find(|(column, _)| *column == bar.column).map(|(_, colour)| *colour);
        let name = colour.filter(|_| grouped && bar.row == 0).map(|colour| {
            let style = canvas.ink.named(&canvas.ink.label, colour);
            canvas.line((0, bar.column), &style)
        });
        let words = bars.remarks.get(bar.row).cloned().flatten().filter(|_| bar.slot + 1 == bars.slots);
        let remark = words.map(|words| {
            let shown = words::shown(&words, canvas.setter.cx.fonts);
            canvas.setter.line(&shown, &remark_style)
        });
        ends.push(End { number, name, remark });
    }
    ends
}

/// The widest scale on which every bar's words stand within the plot; `None` where bars would be stumps.
fn fit(bars: &Bars, ends: &[End], em: f32, (left, right): (f32, f32)) -> Option<Scale> {
    let (low, high) = bars.range();
    let reserve = |end: &End| end.width(em);
    let before = bars
        .bars
        .iter()
        .zip(ends)
        .filter(|(bar, _)| bar.is_negative())
        .map(|(_, end)| reserve(end))
        .fold(0.0, f32::max);
    let start = left + before;
    let mut span = right - start;
    for (bar, end) in bars.bars.iter().zip(ends).filter(|(bar, _)| !bar.is_negative()) {
        let part = ((bar.to.max(bar.from) - low) / (high - low)) as f32;
        let free = right - start - reserve(end);
        if part > 0.0 && part.is_finite() {
            span = span.min(free / part);
        } else if free < 0.0 {
            return None;
        }
    }
    (span >= (right - left) * 0.3).then(|| Scale::new((low, high), (start, start + span)))
}

fn rect_of(bar: &Bar, down: Down, scale: Scale) -> Rect {
    let (one, other) = (scale.at(bar.from), scale.at(bar.to));
    Rect { x: one.min(other), y: down.bar(bar), width: (one - other).abs(), height: down.thick }
}

fn draw_end(canvas: &mut Canvas<'_, '_>, bar: &Bar, end: &End, rect: Rect) {
    let em = canvas.ink.label.size;
    let y = rect.y + (rect.height - end.number.height()) / 2.0;
    if bar.is_negative() {
        let mut x = rect.x - em * 0.4 - end.number.width;
        canvas.put(bar.cell(), &end.number, x, y);
        if let Some(name) = &end.name {
            x -= em * 0.6 + name.width;
            canvas.put((0, bar.column), name, x, y);
        }
        return;
    }
    let mut x = rect.x + rect.width + em * 0.4;
    canvas.put(bar.cell(), &end.number, x, y);
    x += end.number.width + em * 0.6;
    if let Some(name) = &end.name {
        canvas.put((0, bar.column), name, x, y);
        x += name.width + em * 0.6;
    }
    if let Some(remark) = &end.remark {
        canvas.say(remark, x, y, false);
    }
}
