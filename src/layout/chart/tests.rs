//! What holds for any chart: ink within its box, words in the order of the table, none covering another.

use proptest::prelude::*;
use rust_decimal::Decimal;

use super::*;
use crate::document::model::{Direction, Table, Text};
use crate::layout::page::{GlyphRun, ItemKind, Segment};
use crate::layout::testing::{Kit, place, text};

fn strong(words: &str) -> Text {
    vec![Inline::Strong(text(words))]
}

/// A chart of rows with a label and numbers; the first row is the head.
fn chart(kind: ChartKind, head: &[&str], rows: &[(Text, Vec<Option<Decimal>>)]) -> Chart {
    let words = |value: &Option<Decimal>| value.map_or_else(Vec::new, |value| text(&value.to_string()));
    let row = |(label, values): &(Text, Vec<Option<Decimal>>)| {
        [label.clone()].into_iter().chain(values.iter().map(words)).collect()
    };
    let head: Vec<Text> =
        [""].iter().chain(head).map(|name| if name.is_empty() { Vec::new() } else { text(name) }).collect();
    let columns = vec![Align::Start; head.len()];
    Chart {
        kind,
        title: Some(text("The title")),
        unit: Some(text("stops")),
        table: Table { columns, head, rows: rows.iter().map(row).collect() },
        values: rows.iter().map(|(_, values)| values.clone()).collect(),
        source: Some(vec![Inline::Emphasis(text("Source: log"))]),
    }
}

fn row(label: &str, values: &[&str]) -> (Text, Vec<Option<Decimal>>) {
    (text(label), values.iter().map(|value| value.parse().ok()).collect())
}

const ACROSS: ChartKind = ChartKind::Bar { stacked: false, direction: Some(Direction::Horizontal) };
const GROUPED: ChartKind = ChartKind::Bar { stacked: false, direction: None };
const STACKED: ChartKind = ChartKind::Bar { stacked: true, direction: None };
const KINDS: [ChartKind; 8] = [
    GROUPED,
    STACKED,
    ACROSS,
    ChartKind::Bar { stacked: true, direction: Some(Direction::Horizontal) },
    ChartKind::Bar { stacked: false, direction: Some(Direction::Vertical) },
    ChartKind::Line,
    ChartKind::Donut,
    ChartKind::Waterfall,
];

/// What a drawing shows: words that are seen, all words in order, and how high it is.
struct Drawn {
    seen: Vec<String>,
    read: String,
    tags: Vec<crate::layout::page::TagNode>,
}

/// Draws a chart and checks what holds for all of them.
fn drawn(kit: &Kit, chart: &Chart, size: (f32, f32)) -> Drawn {
    drawn_in(&kit.context(), chart, size)
}

fn drawn_in(cx: &crate::layout::Context<'_>, chart: &Chart, size: (f32, f32)) -> Drawn {
    let mut setter = Setter::new(cx);
    let root = setter.tags.add(None, TagKind::Section);
    let look = Look::proposal(cx.brand);
    let (drawing, height) = draw(&mut setter, &look, (chart, &place()), size, root);
    let (_, tags) = setter.finish().expect("no problems");
    assert!(height.is_finite() && height > 0.0, "{height}");
    let inside = |x: f32, y: f32| {
        let slack = 1.0;
        assert!(x.is_finite() && y.is_finite(), "{x} {y}");
        assert!(
            (-slack..=size.0 + slack).contains(&x) && (-slack..=height + slack).contains(&y),
            "{x} {y} in {size:?} {height} of {:?}",
            chart.kind
        );
    };
    let mut read: Vec<(usize, String)> = Vec::new();
    let mut runs: Vec<&GlyphRun> = Vec::new();
    for item in &drawing.items {
        match &item.kind {
            ItemKind::Path(path) => path.segments.iter().for_each(|segment| match *segment {
                Segment::MoveTo(x, y) | Segment::LineTo(x, y) => inside(x, y),
                Segment::CurveTo(a, b, c, d, x, y) => [(a, b), (c, d), (x, y)].iter().for_each(|(x, y)| inside(*x, *y)),
                Segment::Close => {}
            }),
            ItemKind::Glyphs(run) => {
                if let Some(tag) = item.tag.filter(|tag| !tags.nodes[tag.0].generated) {
                    read.push((tag.0, run.text.clone()));
                }
                if !run.glyphs.is_empty() {
                    inside(run.x, run.y);
                    inside(run.x + wide(run), run.y);
                    runs.push(run);
                }
            }
            ItemKind::Image { .. } => {}
        }
    }
    for (index, one) in runs.iter().enumerate() {
        for other in &runs[index + 1..] {
            let apart = one.x + wide(one) <= other.x + 0.1
                || other.x + wide(other) <= one.x + 0.1
                || (one.y - other.y).abs() >= one.size.min(other.size) * 0.9;
            assert!(apart, "`{}` covers `{}` in {:?}", one.text, other.text, chart.kind);
        }
    }
    read.sort_by_key(|(tag, _)| *tag);
    let read = read.into_iter().flat_map(|(_, words)| words.chars().collect::<Vec<_>>());
    Drawn {
        seen: runs.iter().map(|run| run.text.clone()).collect(),
        read: read.filter(|c| !c.is_whitespace()).collect(),
        tags: tags.nodes,
    }
}

fn wide(run: &GlyphRun) -> f32 {
    run.glyphs.iter().map(|glyph| glyph.advance).sum()
}

/// All words of a chart in the order of the document.
fn words(chart: &Chart) -> String {
    let mut words = String::new();
    let cells = chart.table.head.iter().chain(chart.table.rows.iter().flatten());
    for text in chart.title.iter().chain(&chart.unit).chain(cells).chain(&chart.source) {
        words.extend(crate::document::model::plain(text).chars().filter(|c| !c.is_whitespace()));
    }
    words
}

const PAGE: (f32, f32) = (498.0, 230.0);

#[test]
fn two_series_are_named_at_their_bars_with_the_difference() {
    let kit = Kit::new();
    let chart = chart(GROUPED, &["Today", "With us"], &[row("Vans", &["29", "15"]), row("Trucks", &["18", "18"])]);
    let drawn = drawn(&kit, &chart, PAGE);
    for words in ["Today", "With us", "29", "15", "\u{2212}48%", "Vans"] {
        assert!(drawn.seen.iter().any(|seen| seen.trim() == words), "{words} in {:?}", drawn.seen);
    }
    assert_eq!(drawn.read, words(&chart));
    let alt = drawn.tags.iter().find_map(|node| match &node.kind {
        TagKind::Figure { alt, .. } => Some(alt.as_str()),
        _ => None,
    });
    assert_eq!(alt, Some("The title, stops. Vans: Today 29, With us 15 (\u{2212}48%); Trucks: Today 18, With us 18"));
}

#[test]
fn differences_that_would_mislead_are_not_said() {
    let two = |kind, from: &str, to: &str| {
        let chart = chart(kind, &["A", "B"], &[row("x", &[from, to])]);
        words::difference(&chart, 0, "en-CA")
    };
    assert_eq!(two(GROUPED, "10", "15").as_deref(), Some("+50%"));
    assert_eq!(two(GROUPED, "0", "15"), None);
    assert_eq!(two(GROUPED, "-1", "15"), None);
    assert_eq!(two(GROUPED, "1", "100"), None);
    assert_eq!(two(GROUPED, "1000", "1001"), None);
    assert_eq!(two(STACKED, "10", "15"), None);
    let mut percent = chart(GROUPED, &["A", "B"], &[row("x", &["12", "6"])]);
    percent.table.rows[0][1] = text("12 %");
    assert_eq!(words::difference(&percent, 0, "en-CA"), None);
}

#[test]
fn one_and_sixty_rows_are_drawn_in_any_room() {
    let kit = Kit::new();
    for kind in KINDS {
        for count in [1, 2, 7, 60, 200] {
            let rows: Vec<_> =
                (0..count).map(|index| row(&format!("Label {index}"), &[&(index * 7 % 13 + 1).to_string()])).collect();
            let chart = chart(kind, &[""], &rows);
            for size in [PAGE, (140.0, 90.0), (860.0, 380.0)] {
                let drawn = drawn(&kit, &chart, size);
                assert_eq!(drawn.read, words(&chart), "{kind:?} {count}");
                assert!(drawn.seen.iter().any(|seen| seen.contains("Label")), "{kind:?} {count} {size:?}");
            }
        }
    }
}

#[test]
fn long_words_and_many_series_stay_apart() {
    let kit = Kit::new();
    let long = "Replacement vehicles hired at short notice from a firm in another province";
    let word = "W".repeat(90);
    let names: Vec<String> = (0..8).map(|index| format!("{long} {index}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let values = ["1", "2", "300000000", "4", "5", "6", "7", "8"];
    for kind in KINDS {
        let single = matches!(kind, ChartKind::Donut | ChartKind::Waterfall);
        let take = if single { 1 } else { 8 };
        let rows: Vec<_> = (0..6).map(|index| row(if index == 3 { &word } else { long }, &values[..take])).collect();
        let chart = chart(kind, &names[..take], &rows);
        for size in [PAGE, (150.0, 90.0)] {
            assert_eq!(drawn(&kit, &chart, size).read, words(&chart), "{kind:?}");
        }
    }
}

#[test]
fn totals_of_a_waterfall_stand_on_the_base() {
    let kit = Kit::new();
    let rows = [
        (strong("Today"), vec![Some(Decimal::from(100))]),
        row("Rentals", &["-30"]),
        row("Programme", &["10"]),
        (strong("With us"), vec![Some(Decimal::from(80))]),
    ];
    let chart = chart(ChartKind::Waterfall, &[""], &rows);
    let drawn = drawn(&kit, &chart, PAGE);
    assert!(["100", "-30", "10", "80"].iter().all(|value| drawn.seen.iter().any(|seen| seen == value)));
}

#[test]
fn charts_stay_in_their_box_where_words_run_from_right_to_left() {
    let kit = Kit::new();
    let mut cx = kit.context();
    cx.meta.right_to_left = true;
    (cx.meta.language, cx.meta.locale) = ("he".into(), "he-IL".into());
    for kind in KINDS {
        let one = matches!(kind, ChartKind::Donut | ChartKind::Waterfall);
        let (names, values): (&[&str], &[&str]) =
            if one { (&["היום"], &["29"]) } else { (&["היום", "איתנו"], &["29", "15"]) };
        let chart = chart(kind, names, &[row("משאיות גדולות", values), row("מסחריות", values)]);
        let drawn = drawn_in(&cx, &chart, PAGE);
        assert_eq!(drawn.read, words(&chart), "{kind:?}");
    }
}

fn number() -> impl Strategy<Value = Decimal> {
    prop_oneof![
        3 => (-100_000i64..100_000, 0u32..4).prop_map(|(value, scale)| Decimal::new(value, scale)),
        1 => Just(Decimal::ZERO),
        1 => Just(Decimal::MAX),
        1 => Just(Decimal::MIN),
        1 => Just(Decimal::new(1, 28)),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_numbers_are_drawn_within_the_box(
        kind in prop::sample::select(KINDS.to_vec()),
        values in prop::collection::vec(prop::collection::vec(number(), 3), 1..14),
        series in 1..4usize,
        gaps in prop::collection::vec(any::<bool>(), 14),
        size in prop::sample::select(vec![PAGE, (150.0, 90.0), (860.0, 380.0)]),
    ) {
        let single = matches!(kind, ChartKind::Donut | ChartKind::Waterfall);
        let series = if single { 1 } else { series };
        let names = ["Today", "Later", "With us"];
        let rows: Vec<(Text, Vec<Option<Decimal>>)> = values
            .iter()
            .enumerate()
            .map(|(index, values)| {
                let gap = kind == ChartKind::Line && gaps[index];
                let value = |value: &Decimal| match kind {
                    ChartKind::Donut => value.abs(),
                    _ => *value,
                };
                let label = format!("Row {index}");
                let label = if index % 3 == 0 { strong(&label) } else { text(&label) };
                (label, values.iter().take(series).map(|v| (!gap).then(|| value(v))).collect())
            })
            .collect();
        let chart = chart(kind, &names[..series], &rows);
        let kit = Kit::new();
        prop_assert_eq!(drawn(&kit, &chart, size).read, words(&chart));
    }
}
