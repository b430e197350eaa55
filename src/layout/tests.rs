//! Whole documents: what stands on which page, what is read, and that nothing leaves the page.

use proptest::prelude::*;

use crate::document::model::*;
use crate::layout::page::{ItemKind, LinkDestination, Pages, Segment, TagId, TagKind};
use crate::layout::testing::{
    Kit, block, cards, case_study, comparison, paragraph, place, steps, team, text, timeline,
};
use crate::layout::{Context, lay_out_section, paginate};

fn heading(level: u8, words: &str) -> Block {
    block(BlockKind::Heading { level, text: text(words) })
}

fn section(id: &str, blocks: Vec<Block>) -> Section {
    Section { id: id.into(), layout: None, title: None, notes: None, blocks, place: place() }
}

fn table(rows: usize) -> Block {
    let row = |index: usize| vec![text(&format!("row {index}")), text("words"), text("1,250")];
    block(BlockKind::Table(Table {
        columns: vec![Align::Start, Align::Start, Align::End],
        head: vec![text("What"), text("How"), text("Amount")],
        rows: (0..rows).map(row).collect(),
    }))
}

fn pages_of(sections: &[Section], cx: &Context<'_>) -> Pages {
    let laid: Vec<_> =
        sections.iter().map(|section| lay_out_section(section, cx).expect("it can be laid out")).collect();
    paginate(&laid.iter().collect::<Vec<_>>(), cx).expect("it can be paginated")
}

/// The document's words as read through the structure: what is not layout's own, without white space.
fn words_of(pages: &Pages) -> String {
    enum Part<'a> {
        Words(&'a str),
        Node(usize),
    }
    let mut parts: Vec<Vec<Part<'_>>> = pages.tags.iter().map(|_| Vec::new()).collect();
    let mut met = vec![false; pages.tags.len()];
    for item in pages.pages.iter().flat_map(|page| &page.items) {
        let (Some(TagId(tag)), ItemKind::Glyphs(run)) = (item.tag, &item.kind) else { continue };
        let mut node = tag;
        while !std::mem::replace(&mut met[node], true) {
            let Some(TagId(parent)) = pages.tags[node].parent else { break };
            parts[parent].push(Part::Node(node));
            node = parent;
        }
        parts[tag].push(Part::Words(&run.text));
    }
    fn read(node: usize, parts: &[Vec<Part<'_>>], pages: &Pages, words: &mut String) {
        for part in parts[node].iter().filter(|_| !pages.tags[node].generated) {
            match part {
                Part::Words(said) => words.extend(said.chars().filter(|c| !c.is_whitespace())),
                Part::Node(child) => read(*child, parts, pages, words),
            }
        }
    }
    let mut words = String::new();
    read(0, &parts, pages, &mut words);
    words
}

/// Words of a page's items that are not decoration.
fn page_words(pages: &Pages, page: usize) -> String {
    let runs = pages.pages[page].items.iter().filter(|item| item.tag.is_some());
    runs.filter_map(|item| match &item.kind {
        ItemKind::Glyphs(run) => Some(run.text.as_str()),
        _ => None,
    })
    .collect()
}

fn assert_within(pages: &Pages) {
    for (number, page) in pages.pages.iter().enumerate() {
        let inside = |x: f32, y: f32| {
            assert!(x >= -0.1 && x <= page.width + 0.1, "x {x} on page {number}");
            assert!(y >= -0.1 && y <= page.height + 0.1, "y {y} on page {number}");
        };
        for item in &page.items {
            match &item.kind {
                ItemKind::Glyphs(run) => {
                    let seen = run.text.trim_end().len();
                    let width: f32 =
                        run.glyphs.iter().filter(|glyph| glyph.text.start < seen).map(|glyph| glyph.advance).sum();
                    inside(run.x, run.y);
                    inside(run.x + width, run.y);
                }
                ItemKind::Image { rect, .. } => {
                    inside(rect.x, rect.y);
                    inside(rect.x + rect.width, rect.y + rect.height);
                }
                ItemKind::Path(path) => {
                    for segment in &path.segments {
                        match *segment {
                            Segment::MoveTo(x, y) | Segment::LineTo(x, y) => inside(x, y),
                            Segment::CurveTo(a, b, c, d, x, y) => {
                                inside(a, b);
                                inside(c, d);
                                inside(x, y);
                            }
                            Segment::Close => {}
                        }
                    }
                }
            }
        }
        assert!(page.items.iter().any(|item| item.tag.is_some()), "page {number} is blank");
    }
}

fn document_words(sections: &[Section]) -> String {
    crate::document::words(&Document { kind: Kind::Proposal, sections: sections.to_vec() })
}

fn everything() -> Vec<Section> {
    let cover = Section {
        layout: Some(SectionLayout::Cover),
        ..section("cover", vec![heading(1, "264 more vehicle days"), paragraph("A plan for Harbour.")])
    };
    let link = Inline::Link { target: LinkTarget::Section("prices".into()), text: text("the prices") };
    let footnote = Inline::Footnote { number: 1, text: text("Measured in 2025.") };
    let nested = vec![block(BlockKind::List { start: None, items: vec![vec![paragraph("deeper")]] })];
    let mut item = vec![paragraph("first of them")];
    item.extend(nested);
    let body = vec![
        heading(1, "Unplanned stops cost eleven days"),
        block(BlockKind::Paragraph(vec![text("See ").remove(0), link, footnote, text(" for more.").remove(0)])),
        block(BlockKind::Toc),
        heading(2, "What we heard"),
        block(BlockKind::List { start: Some(9), items: vec![item, vec![paragraph("second")]] }),
        block(BlockKind::Stats(vec![
            Stat { figure: text("42%"), label: text("fewer stops") },
            Stat { figure: text("3.1"), label: text("fewer days") },
        ])),
        table(4),
        block(BlockKind::Paragraph(vec![Inline::Emphasis(text("Source: records."))])),
        block(BlockKind::Callout {
            tone: Tone::Accent,
            title: Some(text("Our promise")),
            blocks: vec![paragraph("Twelve months.")],
        }),
        block(BlockKind::Columns(vec![vec![paragraph("left")], vec![heading(3, "Right"), paragraph("right")]])),
        block(BlockKind::Testimonial {
            by: text("Claire"),
            role: Some(text("Owner")),
            blocks: vec![paragraph("I sold the spare van.")],
        }),
        block(BlockKind::Figure(Image {
            path: "templates/x.svg".into(),
            alt: "A van".into(),
            caption: text("One of 148 vans"),
            crop: None,
            place: place(),
        })),
        timeline(3, "The list, the histories and the limits are collected."),
        timeline(7, "A vehicle a night."),
        timeline(3, &"words without end ".repeat(12)),
        steps(3, "A fault code reaches our planners."),
        cards(5, "Parts wait on your shelves."),
        team(1, "Answers by noon."),
        team(4, "Answers by noon."),
        team(5, "Answers by noon."),
        case_study(3, "The vans left at four each morning."),
        case_study(0, "The vans left at four each morning."),
        case_study(2, ""),
        case_study(4, &"words without end ".repeat(80)),
        block(BlockKind::Columns(vec![vec![case_study(3, "Vans.")], vec![case_study(1, "Vans.")]])),
        comparison(3, 7, "90 min in the service area"),
        comparison(1, 2, &"words without end ".repeat(4)),
    ];
    let closing = Section {
        layout: Some(SectionLayout::Closing),
        ..section("agreement", vec![heading(1, "We can begin"), heading(2, "Agreement"), block(BlockKind::Signature)])
    };
    vec![cover, section("summary", body), section("prices", vec![heading(1, "Prices"), table(3)]), closing]
}

#[test]
fn every_word_is_on_the_pages_in_order() {
    let kit = Kit::new();
    let sections = everything();
    let pages = pages_of(&sections, &kit.context());
    assert_eq!(words_of(&pages), document_words(&sections));
    assert_within(&pages);
}

#[test]
fn a_case_study_stands_on_one_page_with_its_figures_beside_its_words() {
    let kit = Kit::new();
    let study = |right_to_left: bool| {
        let mut cx = kit.context();
        cx.meta.right_to_left = right_to_left;
        let mut blocks = vec![heading(1, "One")];
        blocks.extend((0..14).map(|_| paragraph(&"words and words ".repeat(12))));
        blocks.push(case_study(3, "The vans left at four each morning."));
        let pages = pages_of(&[section("one", blocks)], &cx);
        assert_within(&pages);
        pages
    };
    let pages = study(false);
    assert_eq!(pages.pages.len(), 2);
    let second = page_words(&pages, 1);
    assert!(second.contains("Kingston: 6 vans") && second.contains("Owner"), "{second}");
    let at = |pages: &Pages, words: &str| starts_of(pages, words)[0];
    let (figure, words) = (at(&pages, "unplanned stops in a year"), at(&pages, "The vans left at four each morning."));
    assert!(figure.0 + 100.0 < words.0 && (figure.1 - words.1).abs() < 60.0, "{figure:?} {words:?}");
    let mirrored = study(true);
    assert!(at(&mirrored, "unplanned stops in a year").0 > 300.0);
    let kinds: Vec<&TagKind> = pages.tags.iter().map(|node| &node.kind).collect();
    assert!(kinds.contains(&&TagKind::Heading(2)) && kinds.contains(&&TagKind::Quote));
    let head = pages.outline.iter().find(|entry| entry.title.contains("Kingston")).expect("in the outline");
    assert_eq!((head.level, head.page), (2, 1));
}

#[test]
fn our_column_of_a_comparison_stands_on_a_ground_of_its_own() {
    let kit = Kit::new();
    let cx = kit.context();
    let pages = pages_of(&[section("one", vec![heading(1, "One"), comparison(3, 4, "Yours")])], &cx);
    let tint = kit.brand.palette["tint"].value;
    let grounds = pages.pages[0].items.iter().filter_map(|item| match &item.kind {
        ItemKind::Path(path) if path.fill == Some(tint) => match path.segments[..] {
            [Segment::MoveTo(x, _), Segment::LineTo(right, _), ..] => Some((x, right)),
            _ => None,
        },
        _ => None,
    });
    let grounds: Vec<(f32, f32)> = grounds.collect();
    assert_eq!(grounds.len(), 5, "the head and each row");
    let (ours, rival) = (starts_of(&pages, "Us")[0].0, starts_of(&pages, "Own workshop")[0].0);
    assert!(grounds.iter().all(|(x, right)| *x < ours && ours < *right && *right < rival), "{grounds:?}");
    let count = |kind: TagKind| pages.tags.iter().filter(|node| node.kind == kind).count();
    assert_eq!((count(TagKind::HeaderCell { row: true }), count(TagKind::HeaderCell { row: false })), (4, 5));
    let colour = |words: &str| {
        pages.pages[0].items.iter().find_map(|item| match &item.kind {
            ItemKind::Glyphs(run) if run.text == words && run.x > rival + 50.0 => Some(run.colour),
            _ => None,
        })
    };
    assert_ne!(colour("Yours"), colour("–"), "what a rival does best is marked");
    let mut cx = kit.context();
    cx.meta.right_to_left = true;
    let mirrored = pages_of(&[section("one", vec![heading(1, "One"), comparison(3, 4, "Yours")])], &cx);
    assert_within(&mirrored);
    assert!(starts_of(&mirrored, "Question 0")[0].0 > starts_of(&mirrored, "Us")[0].0);
    assert!(starts_of(&mirrored, "Us")[0].0 > starts_of(&mirrored, "Own workshop")[0].0);
}

/// Where runs of these words begin, x and y, pt.
fn starts_of(pages: &Pages, words: &str) -> Vec<(f32, f32)> {
    let items = pages.pages.iter().flat_map(|page| &page.items);
    let runs = items.filter_map(|item| match &item.kind {
        ItemKind::Glyphs(run) if run.text.trim() == words => Some((run.x, run.y)),
        _ => None,
    });
    runs.collect()
}

#[test]
fn a_timeline_of_few_words_runs_across_the_page_and_one_of_many_down_it() {
    let kit = Kit::new();
    let at = |count: usize, words: &str, right_to_left: bool| {
        let mut cx = kit.context();
        cx.meta.right_to_left = right_to_left;
        let pages = pages_of(&[section("one", vec![heading(1, "One"), timeline(count, words)])], &cx);
        assert_within(&pages);
        (starts_of(&pages, "Week 0")[0], starts_of(&pages, "Week 1")[0], starts_of(&pages, "Kick-off"))
    };
    let (first, second, what) = at(4, "A vehicle a night.", false);
    assert!(first.0 < second.0 && first.1 == second.1, "{first:?} {second:?}");
    assert!(what.iter().all(|(_, y)| *y == what[0].1), "{what:?}");
    let (first, second, _) = at(4, "A vehicle a night.", true);
    assert!(first.0 > second.0 && first.1 == second.1, "{first:?} {second:?}");
    let (first, second, what) = at(4, &"A vehicle a night. ".repeat(12), false);
    assert!(first.0 == second.0 && first.1 < second.1, "{first:?} {second:?}");
    assert_eq!(what[0].1, first.1, "time and head stand on one line");
    let (mirrored, _, words) = at(4, &"A vehicle a night. ".repeat(12), true);
    assert!(mirrored.0 > words[0].0 && first.0 < what[0].0, "{mirrored:?} {words:?}");
}

#[test]
fn a_step_stands_beside_its_numeral_on_one_baseline() {
    let kit = Kit::new();
    let at = |right_to_left: bool| {
        let mut cx = kit.context();
        cx.meta.right_to_left = right_to_left;
        let pages = pages_of(&[section("one", vec![heading(1, "One"), steps(4, "A person chooses.")])], &cx);
        assert_within(&pages);
        (starts_of(&pages, "4")[0], starts_of(&pages, "Head 3."))
    };
    let (numeral, head) = at(false);
    assert!(numeral.0 < head[0].0 && numeral.1 == head[0].1, "{numeral:?} {head:?}");
    assert!(at(true).0.0 > numeral.0 + 200.0);
}

#[test]
fn cards_of_a_row_are_of_one_height_and_leave_none_alone() {
    let kit = Kit::new();
    for right_to_left in [false, true] {
        let mut cx = kit.context();
        cx.meta.right_to_left = right_to_left;
        for count in 2..=6 {
            let sections = [section("one", vec![heading(1, "One"), cards(count, "Parts wait on your shelves.")])];
            let pages = pages_of(&sections, &cx);
            assert_within(&pages);
            assert_eq!(words_of(&pages), document_words(&sections));
            // The grounds are the paths filled with the tint; their tops and feet agree within a row.
            let tint = cx.brand.palette["tint"].value;
            let mut rows: Vec<(i32, i32, usize)> = Vec::new();
            for item in &pages.pages[0].items {
                let ItemKind::Path(path) = &item.kind else { continue };
                if path.fill != Some(tint) {
                    continue;
                }
                let ys = path.segments.iter().filter_map(|segment| match *segment {
                    Segment::MoveTo(_, y) | Segment::LineTo(_, y) => Some((y * 10.0) as i32),
                    _ => None,
                });
                let (top, foot) = ys.fold((i32::MAX, i32::MIN), |(low, high), y| (low.min(y), high.max(y)));
                match rows.iter_mut().find(|row| (row.0, row.1) == (top, foot)) {
                    Some(row) => row.2 += 1,
                    None => rows.push((top, foot, 1)),
                }
            }
            let found: Vec<usize> = rows.iter().map(|row| row.2).collect();
            assert_eq!(found, super::flow::rows_of(count));
        }
    }
}

#[test]
fn people_of_a_row_stand_on_one_line_and_their_initials_are_decoration() {
    let kit = Kit::new();
    for right_to_left in [false, true] {
        let mut cx = kit.context();
        cx.meta.right_to_left = right_to_left;
        let pages = pages_of(&[section("one", vec![heading(1, "One"), team(3, "Answers by noon.")])], &cx);
        assert_within(&pages);
        let names = starts_of(&pages, "Ann Lee");
        assert_eq!(names.len(), 3);
        assert!(names.iter().all(|(_, y)| *y == names[0].1), "{names:?}");
        assert_eq!(names[0].0 < names[1].0, !right_to_left, "{names:?}");
        let tagged = pages.pages[0]
            .items
            .iter()
            .any(|item| item.tag.is_some() && matches!(&item.kind, ItemKind::Glyphs(run) if run.text == "AL"));
        assert!(!tagged && starts_of(&pages, "AL").len() == 3);
    }
}

#[test]
fn a_moment_step_card_or_person_taller_than_a_page_is_torn_and_whole() {
    let kit = Kit::new();
    let sections = [section(
        "one",
        vec![
            heading(1, "One"),
            timeline(3, &"words without end ".repeat(700)),
            steps(3, &"on and on ".repeat(900)),
            cards(3, &"more of it ".repeat(900)),
            team(2, &"and so on ".repeat(900)),
        ],
    )];
    let pages = pages_of(&sections, &kit.context());
    assert!(pages.pages.len() > 3);
    assert_eq!(words_of(&pages), document_words(&sections));
    assert_within(&pages);
}

#[test]
fn the_same_input_gives_the_same_pages() {
    let kit = Kit::new();
    let sections = everything();
    let show = |kit: &Kit| format!("{:?}", pages_of(&sections, &kit.context()).pages);
    assert_eq!(show(&kit), show(&Kit::new()));
}

#[test]
fn a_dropped_section_leaves_no_number_behind() {
    let kit = Kit::new();
    let cx = kit.context();
    let sections = [
        section("one", vec![heading(1, "First"), block(BlockKind::Toc)]),
        section("two", vec![heading(1, "Second"), paragraph("words")]),
        section("three", vec![heading(1, "Third"), paragraph("words")]),
    ];
    let laid: Vec<_> = sections.iter().map(|section| lay_out_section(section, &cx).expect("laid out")).collect();
    let all = paginate(&laid.iter().collect::<Vec<_>>(), &cx).expect("paginated");
    assert!(page_words(&all, 0).contains("2Second"));
    let fewer = paginate(&[&laid[0], &laid[2]], &cx).expect("paginated");
    let words = page_words(&fewer, 0);
    assert!(words.contains("2Third") && !words.contains('3') && !words.contains("Second"), "{words}");
    assert_eq!(fewer.outline.iter().map(|entry| entry.title.as_str()).collect::<Vec<_>>(), ["First", "Third"]);
    assert_eq!(fewer.sections.len(), 2);
}

#[test]
fn links_lead_to_the_page_on_which_the_section_begins() {
    let kit = Kit::new();
    let filler: Vec<Block> = (0..60).map(|_| paragraph(&"words and words ".repeat(12))).collect();
    let link = Inline::Link { target: LinkTarget::Section("far".into()), text: text("far") };
    let mut near = vec![heading(1, "Near"), block(BlockKind::Paragraph(vec![link]))];
    near.extend(filler);
    let sections = [section("near", near), section("far", vec![heading(1, "Far"), paragraph("away")])];
    let pages = pages_of(&sections, &kit.context());
    let far = pages.sections[1].pages.start;
    assert!(far >= 2);
    let LinkDestination::Page { page, .. } = pages.pages[0].links[0].target else { panic!("a page is the target") };
    assert_eq!(page, far);
    assert_eq!(pages.tags[pages.pages[0].links[0].tag.0].kind, TagKind::Link);
}

#[test]
fn a_link_to_a_section_that_is_not_there_is_refused() {
    let kit = Kit::new();
    let cx = kit.context();
    let link = Inline::Link { target: LinkTarget::Section("risks".into()), text: text("the risks") };
    let one = section("one", vec![heading(1, "One"), block(BlockKind::Paragraph(vec![link]))]);
    let laid = lay_out_section(&one, &cx).expect("laid out");
    let problems = paginate(&[&laid], &cx).expect_err("there is no such section");
    assert_eq!(problems.0[0].code, "X004");
    assert_eq!(problems.0[0].message, "`the risks` leads to `#risks`, which is not in this document");
}

#[test]
fn all_problems_are_reported_at_once() {
    let kit = Kit::new();
    let missing = Image {
        path: "templates/missing.svg".into(),
        alt: "x".into(),
        caption: Text::new(),
        crop: None,
        place: place(),
    };
    let cells = vec![text("Accommodation"); 30];
    let wide = Table { columns: vec![Align::Start; 30], head: cells.clone(), rows: vec![cells] };
    let wide = block(BlockKind::Table(wide));
    let blocks = vec![paragraph("東"), block(BlockKind::Figure(missing)), wide];
    let problems = lay_out_section(&section("one", blocks), &kit.context()).err().expect("three problems");
    assert_eq!(problems.0.iter().map(|problem| problem.code).collect::<Vec<_>>(), ["X002", "L999", "X007"]);
}

#[test]
fn a_region_to_edit_is_ordinary_text() {
    let kit = Kit::new();
    let inside = || vec![paragraph("first"), table(3), paragraph("last")];
    let region = block(BlockKind::Editable { id: "a".into(), label: "A".into(), field: None, blocks: inside() });
    let around = |blocks: Vec<Block>| [vec![heading(1, "One"), heading(2, "Two")], blocks].concat();
    let drawn = |blocks| {
        let pages = pages_of(&[section("one", around(blocks))], &kit.context());
        format!("{:?} {:?}", pages.pages[0].items, pages.tags)
    };
    assert_eq!(drawn(vec![region]), drawn(inside()));
}

#[test]
fn a_long_table_repeats_its_head_as_decoration() {
    let kit = Kit::new();
    let sections = [section("one", vec![heading(1, "One"), table(90)])];
    let pages = pages_of(&sections, &kit.context());
    assert!(pages.pages.len() >= 3);
    let heads = |page: usize, tagged: bool| {
        let items = pages.pages[page].items.iter().filter(|item| item.tag.is_some() == tagged);
        items.filter(|item| matches!(&item.kind, ItemKind::Glyphs(run) if run.text == "Amount")).count()
    };
    assert_eq!((heads(0, true), heads(0, false)), (1, 0));
    assert_eq!((heads(1, true), heads(1, false)), (0, 1));
    assert_eq!(words_of(&pages), document_words(&sections));
}

#[test]
fn no_page_begins_or_ends_with_one_line_of_a_paragraph() {
    let kit = Kit::new();
    for filler in 20..44 {
        let mut blocks = vec![heading(1, "One")];
        blocks.extend((0..filler).map(|_| paragraph("short")));
        blocks.push(paragraph(&"a paragraph of many lines ".repeat(18)));
        let pages = pages_of(&[section("one", blocks)], &kit.context());
        let lines = |page: usize| {
            let runs = pages.pages[page].items.iter().filter(|item| item.tag.is_some());
            runs.filter(|item| matches!(&item.kind, ItemKind::Glyphs(run) if run.text.contains("many"))).count()
        };
        for page in 0..pages.pages.len() {
            assert_ne!(lines(page), 1, "{filler} short paragraphs before it");
        }
    }
}

#[test]
fn a_heading_never_stands_alone_at_the_foot() {
    let kit = Kit::new();
    for filler in 15..40 {
        let mut blocks = vec![heading(1, "One")];
        blocks.extend((0..filler).map(|_| paragraph("short")));
        blocks.extend([heading(2, "Heading"), paragraph(&"words after it ".repeat(30))]);
        let pages = pages_of(&[section("one", blocks)], &kit.context());
        for page in 0..pages.pages.len() {
            let words = page_words(&pages, page);
            if words.contains("Heading") {
                assert!(words.matches("after").count() >= 2, "{filler}: {words}");
            }
        }
    }
}

#[test]
fn what_introduces_a_table_is_on_its_first_rows_page() {
    let kit = Kit::new();
    for lines in 1..60 {
        let mut blocks: Vec<Block> = (0..lines).map(|_| paragraph("A line.")).collect();
        blocks.extend([heading(2, "Promises"), paragraph("Introduced."), table(12)]);
        let pages = pages_of(&[section("one", [vec![heading(1, "One")], blocks].concat())], &kit.context());
        let page = |words: &str| (0..pages.pages.len()).find(|page| page_words(&pages, *page).contains(words));
        assert_eq!((page("Promises"), page("Introduced.")), (page("row 0"), page("row 0")), "after {lines} lines");
    }
}

#[test]
fn forced_pages_are_never_blank() {
    let kit = Kit::new();
    let brk = || block(BlockKind::PageBreak);
    let sections = [section("one", vec![brk(), heading(1, "One"), brk(), brk(), paragraph("two"), brk()])];
    let pages = pages_of(&sections, &kit.context());
    assert_eq!(pages.pages.len(), 2);
    assert_within(&pages);
}

#[test]
fn a_row_taller_than_a_page_is_torn_between_lines() {
    let kit = Kit::new();
    let cell = text(&"a cell that says far too much ".repeat(400));
    let tall = block(BlockKind::Table(Table {
        columns: vec![Align::Start, Align::Start],
        head: vec![text("A"), text("B")],
        rows: vec![vec![cell, text("short")]],
    }));
    let sections = [section("one", vec![heading(1, "One"), tall])];
    let pages = pages_of(&sections, &kit.context());
    assert!(pages.pages.len() > 1);
    assert_within(&pages);
    let mut read: Vec<char> = words_of(&pages).chars().collect();
    let mut said: Vec<char> = document_words(&sections).chars().collect();
    read.sort_unstable();
    said.sort_unstable();
    assert_eq!(read, said);
}

#[test]
fn drafts_say_so_on_every_page_and_the_cover() {
    let kit = Kit::new();
    let mut cx = kit.context();
    cx.meta.draft = true;
    let pages = pages_of(&everything(), &cx);
    for page in &pages.pages {
        let marks = page.items.iter().filter(|item| item.tag.is_none());
        assert!(marks.clone().any(|item| matches!(&item.kind, ItemKind::Glyphs(run) if run.text == "DRAFT")));
    }
}

#[test]
fn no_two_clients_have_the_same_cover() {
    let kit = Kit::new();
    let draw = |count: u64| {
        let mut cx = kit.context();
        cx.meta.motif_count = Some(count);
        format!("{:?}", pages_of(&everything()[..1], &cx).pages[0].items)
    };
    assert_ne!(draw(84), draw(85));
    assert_ne!(draw(1200), draw(1201));
}

#[test]
fn a_cover_takes_a_very_long_client_name() {
    let kit = Kit::new();
    let mut cx = kit.context();
    cx.meta.client_name = "The Extraordinarily Long-Named Trans-Canadian Haulage and Cold Storage Company".into();
    let pages = pages_of(&everything()[..1], &cx);
    assert_eq!(pages.pages.len(), 1);
    assert_within(&pages);
    assert!(page_words(&pages, 0).replace(' ', "").contains("ColdStorageCompany"));
}

#[test]
fn a_field_too_long_for_the_cover_is_named() {
    let kit = Kit::new();
    let long = "Head of operations and of everything else ".repeat(240);
    let cover = |title: &str| Section {
        layout: Some(SectionLayout::Cover),
        ..section("cover", vec![heading(1, title), paragraph("A plan.")])
    };
    let refused = |cx: &Context<'_>, title: &str| {
        let problems = lay_out_section(&cover(title), cx).err().expect("it cannot fit").0;
        assert_eq!(problems.len(), 1);
        assert_eq!(problems[0].code, "X005");
        problems[0].clone()
    };
    let mut cx = kit.context();
    cx.meta.contact_title = Some(long.clone());
    let problem = refused(&cx, "A claim");
    assert_eq!(problem.message, "`contact.title` is too long for the cover");
    assert!(problem.place.is_none(), "the heading is not at fault");
    let help = problem.help.expect("a way out");
    let most: usize = help.split_whitespace().find_map(|word| word.parse().ok()).expect("a number");
    cx.meta.contact_title = Some(long.chars().take(most).collect());
    assert!(lay_out_section(&cover("A claim"), &cx).is_ok(), "{help}");

    let mut cx = kit.context();
    cx.meta.client_name = long.clone();
    // The template says the name in its title, too.
    assert_eq!(refused(&cx, &format!("A claim for {long}")).message, "`client.name` is too long for the cover");
    cx.meta.rep_name = Some(long.clone());
    let both = refused(&cx, "A claim");
    assert_eq!(both.message, "`client.name` and `rep.name` are too long for the cover");

    let problem = refused(&kit.context(), &long);
    assert_eq!(problem.message, "the title is too long for the cover");
    assert!(problem.place.is_some());
}

#[test]
fn a_cover_begins_with_its_title() {
    let kit = Kit::new();
    for kind in [Kind::Proposal, Kind::Deck] {
        let cx = Context { kind, ..kit.context() };
        let laid = lay_out_section(&everything()[0], &cx).expect("it can be laid out");
        assert_eq!(laid.tags.nodes[1].kind, TagKind::Heading(1), "{kind:?}");
        assert_eq!(laid.tags.nodes[2].kind, TagKind::Paragraph);
        assert!(!laid.tags.nodes[2].generated);
        let first = laid.pages[0].drawing.items.iter().find_map(|item| item.tag);
        assert_eq!(first, Some(TagId(1)), "{kind:?}");
    }
}

#[test]
fn a_table_with_more_columns_than_fit_is_refused() {
    let kit = Kit::new();
    let cx = kit.context();
    let table = |count: usize, words: &str| {
        block(BlockKind::Table(Table {
            columns: vec![Align::Start; count],
            head: vec![text("What"); count],
            rows: vec![vec![text(words); count]; 3],
        }))
    };
    for count in [60, 400] {
        let problems = lay_out_section(&section("wide", vec![table(count, "words")]), &cx).err().expect("too many").0;
        assert_eq!(problems.iter().map(|problem| problem.code).collect::<Vec<_>>(), ["X007"]);
        assert!(problems[0].message.starts_with(&format!("the table has {count} columns; ")));
        assert!(problems[0].place.is_some());
    }
    // Whatever is not refused stays on the page.
    for count in [1, 4, 8, 12, 16, 24] {
        let inner =
            block(BlockKind::Callout { tone: Tone::Accent, title: None, blocks: vec![table(count, "Wide words")] });
        let sections = [section("nested", vec![inner])];
        match lay_out_section(&sections[0], &cx) {
            Ok(_) => assert_within(&pages_of(&sections, &cx)),
            Err(problems) => assert_eq!(problems.0[0].code, "X007"),
        }
    }
    for count in 1..40 {
        for words in ["W", "1,250", "Wonderfully long words"] {
            let sections = [section("wide", vec![table(count, words)])];
            match lay_out_section(&sections[0], &cx) {
                Ok(_) => assert_within(&pages_of(&sections, &cx)),
                Err(problems) => {
                    assert!(count > 10, "{count} columns of `{words}`");
                    assert_eq!(problems.0[0].code, "X007");
                }
            }
        }
    }
}

#[test]
fn a_right_to_left_document_reads_in_order() {
    let kit = Kit::new();
    let mut cx = kit.context();
    cx.meta.right_to_left = true;
    let sections = [section("one", vec![heading(1, "שלום עולם"), paragraph("הצעה עבור Harbour & Sons בלבד")])];
    let pages = pages_of(&sections, &cx);
    assert_within(&pages);
    let mut read: Vec<char> = words_of(&pages).chars().collect();
    let mut said: Vec<char> = document_words(&sections).chars().collect();
    read.sort_unstable();
    said.sort_unstable();
    assert_eq!(read, said);
}

fn any_words() -> impl Strategy<Value = String> {
    prop_oneof!["[a-zA-Z0-9 ,.'&-]{1,300}", "[a-z]{80,200}", "[שלום עולם a-z0-9]{1,60}", Just("x".to_string()),]
}

fn any_leaf() -> impl Strategy<Value = Block> {
    prop_oneof![
        4 => any_words().prop_map(|words| paragraph(&words)),
        1 => (2u8..4, any_words()).prop_map(|(level, words)| heading(level, &words)),
        1 => prop::collection::vec((any_words(), any_words()), 1..5).prop_map(|stats| {
            let stat = |(figure, label): (String, String)| Stat { figure: text(&figure), label: text(&label) };
            block(BlockKind::Stats(stats.into_iter().map(stat).collect()))
        }),
        1 => (1usize..5, prop::collection::vec(any_words(), 1..40)).prop_map(|(columns, words)| {
            let cells: Vec<Text> = words.iter().map(|words| text(words)).collect();
            let mut rows: Vec<Vec<Text>> = cells.chunks(columns).map(<[Text]>::to_vec).collect();
            rows.iter_mut().for_each(|row| row.resize(columns, Vec::new()));
            let head = rows.remove(0);
            block(BlockKind::Table(Table { columns: vec![Align::Start; columns], head, rows }))
        }),
        1 => Just(block(BlockKind::PageBreak)),
    ]
}

fn any_block() -> impl Strategy<Value = Block> {
    let leaves = || prop::collection::vec(any_leaf(), 0..6);
    prop_oneof![
        5 => any_leaf(),
        1 => leaves().prop_map(|blocks| block(BlockKind::Callout { tone: Tone::Warning, title: None, blocks })),
        1 => prop::collection::vec(leaves(), 1..4).prop_map(|columns| block(BlockKind::Columns(columns))),
        1 => prop::collection::vec(leaves(), 1..6).prop_map(|items| block(BlockKind::List { start: Some(1), items })),
        1 => (leaves(), any_words()).prop_map(|(blocks, by)| {
            block(BlockKind::Testimonial { by: text(&by), role: None, blocks })
        }),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]
    #[test]
    fn any_document_keeps_all_its_characters_on_its_pages(blocks in prop::collection::vec(any_block(), 1..14)) {
        let kit = Kit::new();
        let cx = kit.context();
        let mut all = vec![heading(1, "Title")];
        all.extend(blocks);
        let sections = [section("one", all)];
        // A table of many columns where there is no room for them is refused, and nothing else is.
        if let Err(problems) = lay_out_section(&sections[0], &cx) {
            prop_assert!(problems.0.iter().all(|problem| problem.code == "X007"), "{:?}", problems);
            return Ok(());
        }
        let pages = pages_of(&sections, &cx);
        assert_within(&pages);
        let mut read: Vec<char> = words_of(&pages).chars().collect();
        let mut said: Vec<char> = document_words(&sections).chars().collect();
        read.sort_unstable();
        said.sort_unstable();
        prop_assert_eq!(read, said);
    }
}

#[test]
fn signatures_and_acceptance_have_fields_where_the_document_has_forms() {
    let kit = Kit::new();
    let mut cx = kit.context();
    let blocks = vec![
        heading(1, "We can begin"),
        paragraph("Sign here."),
        block(BlockKind::Signature),
        paragraph("And here."),
        block(BlockKind::Acceptance),
        block(BlockKind::Columns(vec![vec![paragraph("left")], vec![paragraph("right")]])),
        paragraph("Or here."),
        block(BlockKind::Signature),
    ];
    let sections = [section("one", blocks)];
    assert!(pages_of(&sections, &cx).pages.iter().all(|page| page.fields.is_empty()), "none without forms");
    cx.meta.forms = true;
    let pages = pages_of(&sections, &cx);
    let mut names = std::collections::BTreeSet::new();
    for page in &pages.pages {
        for field in &page.fields {
            assert!(names.insert(field.name.clone()), "{} stands twice", field.name);
            assert_eq!(pages.tags[field.tag.0].kind, TagKind::Form);
            let crate::layout::page::Rect { x, y, width, height } = field.rect;
            assert!(width > 5.0 && height > 5.0, "{field:?}");
            assert!(x > 0.0 && y > 0.0 && x + width < page.width && y + height < page.height, "{field:?}");
            for (index, other) in page.fields.iter().enumerate() {
                let o = other.rect;
                let apart = o.x >= x + width || x >= o.x + o.width || o.y >= y + height || y >= o.y + o.height;
                assert!(apart || page.fields[index].name == field.name, "{field:?} lies over {other:?}");
            }
        }
    }
    assert_eq!(names.len(), 8 + 5 + 8);
    assert!(names.contains("client-accepted") && names.contains("firm-date-2"), "{names:?}");
    assert_eq!(words_of(&pages), document_words(&sections));
    assert_within(&pages);
}
