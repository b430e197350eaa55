//! In: bars. Out: them standing on a base line, labels below, numbers above or within them.

use crate::document::model::Align;
use crate::layout::chart::bar::names::{above_first, beside, side_names};
use crate::layout::chart::bars::{Bar, Bars, Key};
use crate::layout::chart::canvas::Canvas;
use crate::layout::chart::labels::{is_cramped, step};
use crate::layout::chart::scale::{Scale, measure, ticks};
use crate::layout::chart::words;
use crate::layout::lines::Lines;
use crate::layout::page::Rect;
use crate::library::brand::contrast;

/// Lines of a label below its bars.
const MOST_LINES: usize = 3;

/// Where things stand across the plot.
#[derive(Debug, Clone, Copy)]
pub(super) struct Across {
    left: f32,
    /// From one row to the next, pt.
    pitch: f32,
    /// Of one bar, pt.
    thick: f32,
    gap: f32,
    slots: usize,
}

impl Across {
    fn new(bars: &Bars, em: f32, left: f32, right: f32) -> Self {
        let slots = bars.slots.max(1);
        let pitch = (right - left).max(1.0) / bars.rows.max(1) as f32;
        let gap = if slots > 1 { (pitch * 0.02).min(em * 0.3) } else { 0.0 };
        let most = em * if slots > 1 { 4.2 } else { 5.6 };
        let thick = ((pitch * 0.74 - gap * (slots - 1) as f32) / slots as f32).clamp(0.2, most);
        Self { left, pitch, thick, gap, slots }
    }

    fn centre(self, row: usize) -> f32 {
        self.left + self.pitch * (row as f32 + 0.5)
    }

    fn bar(self, bar: &Bar) -> f32 {
        let whole = self.thick * self.slots as f32 + self.gap * (self.slots - 1) as f32;
        self.centre(bar.row) - whole / 2.0 + (self.thick + self.gap) * bar.slot as f32
    }

    /// Room for the number of a bar.
    fn room(self, em: f32) -> f32 {
        if self.slots > 1 { self.thick + self.gap - em * 0.2 } else { self.pitch - em * 0.5 }
    }
}

/// Draws the plot over the whole height; gives it.
pub(super) fn plot(canvas: &mut Canvas<'_, '_>, bars: &Bars) -> f32 {
    let em = canvas.ink.label.size;
    let style = canvas.ink.value.clone();
    let numbers: Vec<Lines> = bars.bars.iter().map(|bar| canvas.line(bar.cell(), &style)).collect();
    let side = beside(canvas, bars);
    let right = canvas.width - side.as_ref().map_or(0.0, |(_, width)| width + em);
    let (low, high) = bars.range();
    let marks = within_range(ticks(low, high, ((canvas.height / (4.0 * em)) as usize).clamp(3, 7)), (low, high));

    let mut at = Across::new(bars, em, 0.0, right);
    let wide = |at: Across| if bars.stacked { at.thick - em * 0.3 } else { at.room(em) };
    let (span, usual) = (high - low, f64::from(canvas.height * 0.72));
    let tall = |bar: &Bar| span > 0.0 && (bar.to - bar.from).abs() / span * usual >= f64::from(style.leading) * 0.9;
    let seen =
        |(bar, lines): (&Bar, &Lines)| lines.width <= wide(at) && (!bars.stacked || bar.to == bar.from || tall(bar));
    let labelled = bars.bars.iter().zip(&numbers).all(seen);
    let axis = if labelled { Vec::new() } else { axis_words(canvas, &marks) };
    if !labelled {
        let left = axis.iter().map(|lines| lines.width).fold(0.0, f32::max) + em * 0.6;
        at = Across::new(bars, em, left.min(right * 0.4), right);
    }
    let labels = labels(canvas, bars, at);
    // Below an axis, labels keep clear of its lowest figure.
    let gap = em * if labelled { 0.5 } else { 0.8 };
    let below = labels.iter().flatten().map(Lines::height).fold(0.0, f32::max) + gap;
    let remarks = remarks(canvas, bars, at, labels.iter().flatten().count() == bars.rows && labelled);
    let remark = remarks.iter().flatten().map(Lines::height).fold(0.0, f32::max);

    // Many long words above and below the bars must leave room for these.
    canvas.height = canvas.height.max(canvas.ink.label.leading + below + remark + 6.0 * em);
    // Names stand above the first bars where they fit, else in a row above the plot.
    let room = |top: f32, canvas: &Canvas<'_, '_>| {
        let leading = canvas.ink.value.leading;
        let outside = labelled && !bars.stacked;
        // A bar that floats has room for its number between itself and the base.
        let deep = |bar: &Bar| bar.is_negative() && (bar.to - low) * usual <= span * f64::from(leading);
        let above = if outside && bars.bars.iter().any(|bar| !bar.is_negative()) { leading } else { em * 0.5 };
        let under = if outside && bars.bars.iter().any(deep) { leading } else { 0.0 };
        let foot = canvas.height - below - remark - under;
        (top + above, foot.max(top + above + 1.0))
    };
    let scale_in = |(head, foot): (f32, f32)| Scale::new((low, high), (foot, head));
    let leading = canvas.ink.label.leading;
    let grouped = !bars.stacked && bars.names.len() > 1;
    let direct = grouped.then(|| {
        let scale = scale_in(room(leading, canvas));
        above_first(canvas, bars, (at, scale), labelled.then_some(numbers.as_slice()))
    });
    let direct = direct.flatten();
    let key = (direct.is_none() && side.is_none() && bars.names.len() > 1).then(|| Key::new(canvas, &bars.names));
    let top = match (&direct, &key) {
        (Some(_), _) => leading,
        (None, Some(key)) => key.height,
        (None, None) => 0.0,
    };
    canvas.height = canvas.height.max(top + below + remark + 6.0 * em);
    let bounds = room(top, canvas);
    let scale = scale_in(bounds);

    grid(canvas, &axis, &marks, (at.left, right), scale);
    for bar in &bars.bars {
        canvas.bar(rect_of(bar, at, scale), bar.colour);
    }
    if bars.joined {
        joints(canvas, bars, at, scale);
    }
    let zero = scale.at(0.0);
    canvas.rule((at.left, zero), (right, zero), canvas.ink.colours.muted, 0.75);
    if let Some(key) = key {
        key.draw(canvas);
    }
    for (column, lines, x, y) in direct.into_iter().flatten() {
        canvas.put((0, column), &lines, x, y);
    }
    let foot = canvas.height - below - remark + gap;
    for (row, lines) in labels.iter().enumerate() {
        if let Some(lines) = lines {
            canvas.put((row + 1, 0), lines, at.centre(row) - lines.width / 2.0, foot);
        }
    }
    for (row, lines) in remarks.iter().enumerate() {
        if let Some(lines) = lines {
            canvas.say(lines, at.centre(row) - lines.width / 2.0, canvas.height - remark, false);
        }
    }
    if let Some((names, width)) = side {
        side_names(canvas, bars, names, (canvas.width - width, scale), bounds);
    }
    for (bar, lines) in bars.bars.iter().zip(&numbers) {
        number(canvas, bars, bar, lines, (at, scale), labelled);
    }
    canvas.height
}

/// The figures between the shortest and the longest bar: an axis need not be longer than they are.
pub(super) fn within_range(marks: Vec<rust_decimal::Decimal>, (low, high): (f64, f64)) -> Vec<rust_decimal::Decimal> {
    let slack = (high - low) * 1e-6;
    marks.into_iter().filter(|mark| (low - slack..=high + slack).contains(&measure(*mark))).collect()
}

pub(super) fn rect_of(bar: &Bar, at: Across, scale: Scale) -> Rect {
    let (one, other) = (scale.at(bar.from), scale.at(bar.to));
    Rect { x: at.bar(bar), y: one.min(other), width: at.thick, height: (one - other).abs() }
}

/// The number of a bar: above it (below one that goes down), or within it where bars are stacked.
fn number(
    canvas: &mut Canvas<'_, '_>,
    bars: &Bars,
    bar: &Bar,
    lines: &Lines,
    (at, scale): (Across, Scale),
    labelled: bool,
) {
    let rect = rect_of(bar, at, scale);
    let x = rect.x + (rect.width - lines.width) / 2.0;
    if bars.stacked {
        if lines.width <= rect.width - 2.0 && lines.height() * 0.9 <= rect.height {
            let lines = within(canvas, bar);
            canvas.put(bar.cell(), &lines, x, rect.y + (rect.height - lines.height()) / 2.0);
        }
    } else if labelled {
        let y = if bar.is_negative() { rect.y + rect.height } else { rect.y - lines.height() };
        canvas.put(bar.cell(), lines, x, y);
    }
}

/// A number on its bar's own colour: dark or light, whichever is read better.
pub(super) fn within(canvas: &mut Canvas<'_, '_>, bar: &Bar) -> Lines {
    let colours = canvas.ink.colours;
    let reads = |colour| contrast(colour, bar.colour);
    let best = if reads(colours.ink) >= reads(colours.paper) { colours.ink } else { colours.paper };
    let style = canvas.ink.value.coloured(best);
    canvas.line(bar.cell(), &style)
}

/// Labels below the rows: all of them wrapped, or so many single lines as stand free.
fn labels(canvas: &mut Canvas<'_, '_>, bars: &Bars, at: Across) -> Vec<Option<Lines>> {
    let style = canvas.ink.label.clone();
    let width = (at.pitch - style.size * 0.6).max(1.0);
    let wrapped: Vec<Lines> = (1..=bars.rows).map(|row| canvas.lines((row, 0), &style, width, Align::Centre)).collect();
    if !wrapped.iter().any(|lines| is_cramped(lines, MOST_LINES)) {
        return wrapped.into_iter().map(Some).collect();
    }
    thinned(canvas, bars.rows, |row| at.centre(row))
}

/// As many labels along an axis as stand free of each other, in one line, or wrapped where one alone is too wide.
pub(in crate::layout::chart) fn thinned(
    canvas: &mut Canvas<'_, '_>,
    rows: usize,
    centre: impl Fn(usize) -> f32,
) -> Vec<Option<Lines>> {
    let style = canvas.ink.label.clone();
    let width = canvas.width;
    let most = (width * 0.4).max(style.size * 6.0).min(width);
    let lines: Vec<Lines> = (1..=rows).map(|row| canvas.lines((row, 0), &style, most, Align::Centre)).collect();
    let extent = |row: usize| {
        let own = lines.get(row).map_or(0.0, |lines| lines.width);
        let start = (centre(row) - own / 2.0).min(width - own).max(0.0);
        (start, start + own)
    };
    let step = step(rows, style.size * 0.6, extent);
    lines.into_iter().enumerate().map(|(row, lines)| (row % step == 0).then_some(lines)).collect()
}

/// What is said of each row, below its label; all or none.
fn remarks(canvas: &mut Canvas<'_, '_>, bars: &Bars, at: Across, wanted: bool) -> Vec<Option<Lines>> {
    if !wanted || bars.remarks.iter().all(Option::is_none) {
        return Vec::new();
    }
    let style = canvas.ink.named(&canvas.ink.value, canvas.ink.colours.accent);
    let mut lines = Vec::with_capacity(bars.remarks.len());
    for remark in &bars.remarks {
        let shown = remark.as_ref().map(|words| words::shown(words, canvas.setter.cx.fonts));
        lines.push(shown.map(|words| canvas.setter.line(&words, &style)));
    }
    if lines.iter().flatten().any(|lines| lines.width > at.pitch) { Vec::new() } else { lines }
}

/// Words of an axis.
pub(in crate::layout::chart) fn axis_words(canvas: &mut Canvas<'_, '_>, marks: &[rust_decimal::Decimal]) -> Vec<Lines> {
    let locale = crate::format::Locale::new(&canvas.setter.cx.meta.locale);
    let style = canvas.ink.tick.clone();
    let percent = words::in_percent(canvas.chart);
    let words = |mark: &rust_decimal::Decimal| match &locale {
        Some(locale) if percent => locale.percent(*mark / rust_decimal::Decimal::ONE_HUNDRED, None),
        Some(locale) => locale.number(*mark, None),
        None => mark.to_string(),
    };
    marks.iter().map(|mark| canvas.setter.line(&words(mark), &style)).collect()
}

/// Light lines at the figures of an axis, the figures left of them.
pub(in crate::layout::chart) fn grid(
    canvas: &mut Canvas<'_, '_>,
    axis: &[Lines],
    marks: &[rust_decimal::Decimal],
    (left, right): (f32, f32),
    scale: Scale,
) {
    let em = canvas.ink.label.size;
    for (mark, lines) in marks.iter().zip(axis) {
        let y = scale.at(measure(*mark));
        canvas.rule((left, y), (right, y), canvas.ink.colours.line, 0.5);
        let top = (y - lines.height() / 2.0).max(0.0);
        canvas.say(lines, left - em * 0.6 - lines.width, top, true);
    }
}

/// Hairlines from the end of each bar to the start of the next.
fn joints(canvas: &mut Canvas<'_, '_>, bars: &Bars, at: Across, scale: Scale) {
    for pair in bars.bars.windows(2) {
        let y = scale.at(pair[0].to);
        canvas.rule((at.bar(&pair[0]) + at.thick, y), (at.bar(&pair[1]), y), canvas.ink.colours.muted, 0.5);
    }
}
