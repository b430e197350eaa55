//! Every layout with short, long and impossible words: nothing leaves the slide, nothing lies over anything else, all
//! words are there in order, and what cannot fit is refused.

use proptest::prelude::*;

use crate::document::model::*;
use crate::document::words;
use crate::layout::Context;
use crate::layout::drawing::Drawing;
use crate::layout::page::{ItemKind, Rect, Segment, TagId};
use crate::layout::section::{FixedPage, LaidOutSection, Mark, Shade};
use crate::layout::slide::lay_out_slide;
use crate::layout::testing::{
    Kit, block, cards, case_study, comparison, paragraph, place, steps, team, text, timeline,
};
use crate::library::template::PageFormat;

const LAYOUTS: [SectionLayout; 9] = [
    SectionLayout::Cover,
    SectionLayout::Section,
    SectionLayout::Content,
    SectionLayout::TwoColumn,
    SectionLayout::BigNumber,
    SectionLayout::Closing,
    SectionLayout::Agenda,
    SectionLayout::Testimonial,
    SectionLayout::Comparison,
];

const SHORT: &str = "Ox";
/// 150 characters.
const LONG: &str = "The Incorporated Association of Trans-Canadian Refrigerated Haulage, Cold Storage and Last-Mile \
                    Delivery Operators of Northern Ontario and Manitoba Co";

fn title(name: &str) -> Block {
    let value = |text: &str| Inline::Text { text: text.into(), value: true };
    let words = vec![
        text("Unplanned stops can cost ").remove(0),
        value(name),
        text(" ").remove(0),
        value("629"),
        text(" vehicle days").remove(0),
    ];
    block(BlockKind::Heading { level: 1, text: words })
}

fn stat(figure: &str, label: &str) -> Stat {
    Stat { figure: text(figure), label: text(label) }
}

fn list(items: &[&str]) -> Block {
    block(BlockKind::List { start: None, items: items.iter().map(|item| vec![paragraph(item)]).collect() })
}

fn headed(items: usize) -> Block {
    let item = |index: usize| {
        let words = vec![Inline::Strong(text(&format!("Head {index}:"))), text(" what it opens, in words").remove(0)];
        vec![block(BlockKind::Paragraph(words))]
    };
    block(BlockKind::List { start: None, items: (0..items).map(item).collect() })
}

fn table(rows: usize, words: &str) -> Block {
    block(BlockKind::Table(Table {
        columns: vec![Align::Start, Align::Start, Align::End],
        head: vec![text("What"), text("Northline"), text("Amount")],
        rows: (0..rows).map(|index| vec![text(&format!("row {index}")), text(words), text("1,250")]).collect(),
    }))
}

fn testimonial(words: &str) -> Block {
    let (by, role) = (text("Dale Whitcombe"), Some(text("Transport manager, Lakehead Freight Lines")));
    block(BlockKind::Testimonial { by, role, blocks: vec![paragraph(words)] })
}

fn columns(count: usize, words: &str) -> Block {
    let column = |index: usize| {
        let head = block(BlockKind::Heading { level: 2, text: text(&format!("Column {index}")) });
        vec![head, paragraph(words), list(&["one thing", "another thing"])]
    };
    block(BlockKind::Columns((0..count).map(column).collect()))
}

fn callout(words: &str) -> Block {
    block(BlockKind::Callout { tone: Tone::Accent, title: Some(text("Your part")), blocks: vec![paragraph(words)] })
}

/// What slides are made of, from nothing to far too much.
fn bodies() -> Vec<Vec<Block>> {
    let sentence = "A technician is on site within 90 minutes, day or night. ";
    let word = "Donaudampfschifffahrtsgesellschaftskapitän".repeat(5);
    let figures =
        |count: usize| block(BlockKind::Stats(vec![stat("560 → 308", "unplanned stops, 2023 to 2024"); count]));
    let note = block(BlockKind::Paragraph(vec![Inline::Emphasis(text("Averages of the fleets in our care."))]));
    let picture = Image {
        path: "templates/x/images/van.svg".into(),
        alt: "A van".into(),
        caption: Text::new(),
        crop: None,
        place: place(),
    };
    let mut marked = text("A claim that needs a source");
    marked.push(Inline::Footnote { number: 1, text: text("Service records, 2025.") });
    vec![
        Vec::new(),
        vec![paragraph(sentence)],
        vec![paragraph(&sentence.repeat(4)), paragraph(sentence)],
        vec![paragraph(&sentence.repeat(200))],
        vec![paragraph(&word)],
        vec![list(&["Leave the keys in a lockbox", "Say yes or no to work above your limit", "Pay one invoice"])],
        vec![list(&[sentence; 40])],
        vec![headed(3)],
        vec![headed(7), callout(sentence)],
        vec![block(BlockKind::List { start: Some(8), items: vec![vec![paragraph(sentence)]; 5] })],
        vec![table(4, sentence.trim()), callout("a vehicle list, the keys")],
        vec![table(40, sentence)],
        vec![table(3, &word)],
        vec![block(BlockKind::Stats(vec![stat("629", "vehicle days off the road in a year")]))],
        vec![block(BlockKind::Stats(vec![stat("€1,234,567,890", sentence)])), note.clone()],
        vec![block(BlockKind::Stats(vec![stat("12 months", sentence), stat("1 invoice", "a month")])), note.clone()],
        vec![figures(3)],
        vec![figures(9)],
        vec![block(BlockKind::Stats(vec![stat(&word, sentence), stat("", "")]))],
        vec![testimonial(sentence)],
        vec![testimonial(sentence), figures(3), note],
        vec![figures(2), testimonial(&sentence.repeat(5))],
        vec![testimonial(&sentence.repeat(60)), figures(3)],
        vec![columns(2, sentence)],
        vec![columns(3, &sentence.repeat(2))],
        vec![columns(3, &sentence.repeat(60))],
        vec![columns(2, &word), paragraph(sentence)],
        vec![block(BlockKind::Figure(picture.clone())), paragraph(sentence)],
        vec![block(BlockKind::Figure(Image { caption: text(sentence), ..picture }))],
        vec![block(BlockKind::Paragraph(marked)), callout(&sentence.repeat(3))],
        vec![block(BlockKind::Heading { level: 2, text: text("A head within") }), paragraph(sentence)],
        vec![timeline(3, sentence), callout(sentence)],
        vec![timeline(8, sentence)],
        vec![timeline(4, &sentence.repeat(30))],
        vec![timeline(5, &word)],
        vec![steps(3, sentence)],
        vec![steps(7, sentence)],
        vec![steps(4, &word), callout(sentence)],
        vec![steps(3, &sentence.repeat(40))],
        vec![cards(3, sentence)],
        vec![cards(5, sentence)],
        vec![cards(2, &word), callout(sentence)],
        vec![cards(6, &sentence.repeat(40))],
        vec![team(1, sentence)],
        vec![team(3, sentence), callout(sentence)],
        vec![team(6, sentence)],
        vec![team(5, &word)],
        vec![case_study(3, sentence)],
        vec![case_study(0, sentence), paragraph(sentence)],
        vec![case_study(4, "")],
        vec![case_study(4, &word)],
        vec![case_study(1, &sentence.repeat(30))],
        vec![block(BlockKind::Columns(vec![vec![case_study(2, "Vans.")], vec![paragraph(sentence)]]))],
        vec![comparison(3, 6, "Planned service, yes")],
        vec![comparison(1, 2, sentence)],
        vec![comparison(3, 12, sentence)],
        vec![comparison(2, 3, &word)],
    ]
}

fn section(layout: SectionLayout, blocks: Vec<Block>) -> Section {
    Section { id: "pain".into(), layout: Some(layout), title: None, notes: None, blocks, place: place() }
}

fn context<'a>(kit: &'a Kit, page: PageFormat, name: &str) -> Context<'a> {
    let mut cx = kit.context();
    cx.kind = Kind::Deck;
    cx.page = page;
    cx.meta.client_name = name.into();
    cx
}

/// Each version of the slide's one page.
fn versions(laid: &LaidOutSection) -> Vec<&FixedPage> {
    assert_eq!((laid.pages.len(), laid.strips.len()), (1, 0), "a slide is one page");
    laid.pages.iter().flat_map(|page| std::iter::once(page).chain(&page.alternates)).collect()
}

fn assert_whole(laid: &LaidOutSection, section: &Section, cx: &Context<'_>) {
    let (width, height) = cx.page.size();
    let wanted = words(&Document { kind: Kind::Deck, sections: vec![section.clone()] });
    for page in versions(laid) {
        assert_within(&page.drawing, width, height);
        assert_apart(&page.drawing);
        let mut read = String::new();
        for item in &page.drawing.items {
            let (Some(TagId(tag)), ItemKind::Glyphs(run)) = (item.tag, &item.kind) else { continue };
            if !laid.tags.nodes[tag].generated {
                read.extend(run.text.chars().filter(|c| !c.is_whitespace()));
            }
        }
        // The mark of a footnote is drawn within its words.
        let read: String = read.chars().filter(|c| !matches!(c, '¹' | '²' | '³')).collect();
        assert_eq!(read, wanted);
    }
}

fn assert_within(drawing: &Drawing, width: f32, height: f32) {
    let within = |x: f32, y: f32, what: &str| {
        assert!(x >= -0.01 && x <= width + 0.5, "{what} at x {x}");
        assert!(y >= -0.01 && y <= height + 0.01, "{what} at y {y}");
    };
    for item in &drawing.items {
        match &item.kind {
            ItemKind::Glyphs(run) => {
                let right = run.x + run.glyphs.iter().map(|glyph| glyph.advance).sum::<f32>();
                let blank = run.text.ends_with(' ');
                within(run.x.max(0.0), run.y - run.size * 0.75, &run.text);
                within(if blank { right.min(width) } else { right }, run.y + run.size * 0.2, &run.text);
                assert!(run.size >= 14.0 || item.tag.is_none(), "`{}` is set in {} pt", run.text, run.size);
            }
            ItemKind::Image { rect, .. } => {
                within(rect.x, rect.y, "image");
                within(rect.x + rect.width, rect.y + rect.height, "image");
            }
            ItemKind::Path(path) => {
                for segment in &path.segments {
                    match *segment {
                        Segment::MoveTo(x, y) | Segment::LineTo(x, y) | Segment::CurveTo(.., x, y) => {
                            within(x, y, "line");
                        }
                        Segment::Close => {}
                    }
                }
            }
        }
    }
}

/// No run of words lies over another.
fn assert_apart(drawing: &Drawing) {
    let mut boxes: Vec<(Rect, &str)> = Vec::new();
    for item in &drawing.items {
        let ItemKind::Glyphs(run) = &item.kind else { continue };
        let seen = run.text.trim_end();
        if seen.is_empty() {
            continue;
        }
        let mut blanks = run.glyphs.iter().filter(|glyph| run.text.get(glyph.text.clone()) == Some(" "));
        let hanging = if run.text.ends_with(' ') { blanks.next_back().map_or(0.0, |glyph| glyph.advance) } else { 0.0 };
        let width = run.glyphs.iter().map(|glyph| glyph.advance).sum::<f32>() - hanging;
        let rect = Rect { x: run.x, y: run.y - run.size * 0.7, width, height: run.size * 0.85 };
        for (other, words) in &boxes {
            let over = rect.x + 1.0 < other.x + other.width
                && other.x + 1.0 < rect.x + rect.width
                && rect.y + 0.5 < other.y + other.height
                && other.y + 0.5 < rect.y + rect.height;
            assert!(!over, "`{}` lies over `{words}`: {rect:?} {other:?}", run.text);
        }
        boxes.push((rect, seen));
    }
}

/// Lays the slide out and checks it, or checks the refusal.
fn try_slide(section: &Section, cx: &Context<'_>) -> Option<LaidOutSection> {
    match lay_out_slide(section, cx) {
        Ok(laid) => {
            assert_whole(&laid, section, cx);
            Some(laid)
        }
        Err(problems) => {
            for problem in &problems.0 {
                assert!(matches!(problem.code, "X020" | "X021" | "X022"), "{}: {}", problem.code, problem.message);
                assert!(problem.message.contains("`pain`"), "{}", problem.message);
                assert!(problem.help.is_some() && problem.place.is_some());
            }
            None
        }
    }
}

#[test]
fn every_layout_holds_its_words_or_refuses_them() {
    let kit = Kit::new();
    let mut held = 0;
    for (page, name) in [(PageFormat::Wide, SHORT), (PageFormat::Classic, LONG)] {
        let cx = context(&kit, page, name);
        for layout in LAYOUTS {
            for body in bodies() {
                let blocks = std::iter::once(title(name)).chain(body).collect();
                held += usize::from(try_slide(&section(layout, blocks), &cx).is_some());
            }
        }
    }
    assert!(held > 450, "only {held} of 1026 slides hold their words");
}

#[test]
fn a_name_of_150_characters_fits_on_a_cover_and_on_a_claim() {
    let kit = Kit::new();
    assert_eq!(LONG.chars().count(), 150);
    let cx = context(&kit, PageFormat::Wide, LONG);
    for layout in LAYOUTS {
        let body = match layout {
            SectionLayout::TwoColumn => columns(2, "One dispatcher answers, at any hour."),
            SectionLayout::BigNumber => block(BlockKind::Stats(vec![stat("629", "vehicle days off the road")])),
            _ => paragraph("Fleet care that happens while your vehicles are parked."),
        };
        let laid = try_slide(&section(layout, vec![title(LONG), body]), &cx);
        assert!(laid.is_some(), "{layout:?}");
    }
}

#[test]
fn a_cover_that_cannot_hold_the_name_says_how_long_it_may_be() {
    let kit = Kit::new();
    let name = LONG.repeat(6);
    let cx = context(&kit, PageFormat::Wide, &name);
    let cover = section(SectionLayout::Cover, vec![title(&name)]);
    let problems = lay_out_slide(&cover, &cx).err().expect("900 characters do not fit");
    assert_eq!(problems.0[0].code, "X022");
    assert_eq!(problems.0[0].message, "the words of slide `pain` do not fit: the client's name is too long for it");
    let help = problems.0[0].help.as_deref().expect("a way out");
    let longest: usize = help.split_whitespace().find_map(|word| word.parse().ok()).expect("a number");
    let fits = |count: usize| {
        let short: String = name.chars().take(count).collect();
        let cx = context(&kit, PageFormat::Wide, &short);
        lay_out_slide(&section(SectionLayout::Cover, vec![title(&short)]), &cx).is_ok()
    };
    assert!(fits(longest), "{longest}");
    assert!(!fits(longest + 40), "{longest}");
}

#[test]
fn a_slide_that_is_too_full_says_by_how_many_words() {
    let kit = Kit::new();
    let cx = context(&kit, PageFormat::Wide, SHORT);
    let words = "word ".repeat(600);
    let full = section(SectionLayout::Content, vec![title(SHORT), paragraph(&words)]);
    let problems = lay_out_slide(&full, &cx).err().expect("600 words do not fit");
    assert_eq!(problems.0.len(), 1, "said once, not for each ground");
    assert_eq!(problems.0[0].code, "X020");
    let over: usize = problems.0[0].message.split_whitespace().find_map(|word| word.parse().ok()).expect("a number");
    assert!((150..550).contains(&over), "{over}");
    let less = section(SectionLayout::Content, vec![title(SHORT), paragraph(&"word ".repeat(600 - over))]);
    assert!(lay_out_slide(&less, &cx).is_ok(), "without {over} words it fits");
}

#[test]
fn a_directive_for_proposals_is_refused() {
    let kit = Kit::new();
    let cx = context(&kit, PageFormat::Wide, SHORT);
    for kind in [BlockKind::Toc, BlockKind::PageBreak, BlockKind::Signature, BlockKind::Acceptance] {
        let problems = lay_out_slide(&section(SectionLayout::Content, vec![block(kind)]), &cx).err();
        assert_eq!(problems.expect("refused").0[0].code, "X023");
    }
}

#[test]
fn slides_have_a_number_but_cover_and_close() {
    let kit = Kit::new();
    let cx = context(&kit, PageFormat::Wide, SHORT);
    for layout in LAYOUTS {
        let laid = try_slide(&section(layout, vec![title(SHORT)]), &cx).expect("a title fits");
        let numbered = laid.pages[0].marks.iter().any(|mark| matches!(mark, Mark::PageNumber { .. }));
        assert_eq!(numbered, !matches!(layout, SectionLayout::Cover | SectionLayout::Closing), "{layout:?}");
        assert!(matches!(&laid.pages[0].marks[0], Mark::Outline { level: 1, .. }));
    }
}

#[test]
fn one_figure_is_at_least_96_pt() {
    let kit = Kit::new();
    let cx = context(&kit, PageFormat::Wide, SHORT);
    for figure in ["629", "8,880", "97%", "$1,250,000"] {
        let hero = block(BlockKind::Stats(vec![stat(figure, "vehicle days off the road in a year")]));
        let laid = try_slide(&section(SectionLayout::BigNumber, vec![title(SHORT), hero]), &cx).expect("it fits");
        let size = |page: &FixedPage| {
            let runs = page.drawing.items.iter().filter_map(|item| match &item.kind {
                ItemKind::Glyphs(run) if run.text == figure => Some(run.size),
                _ => None,
            });
            runs.fold(0.0, f32::max)
        };
        assert!(size(&laid.pages[0]) >= 96.0, "{figure}: {}", size(&laid.pages[0]));
    }
}

#[test]
fn a_claim_with_figures_may_stand_on_all_three_grounds() {
    let kit = Kit::new();
    let cx = context(&kit, PageFormat::Wide, SHORT);
    let figures = block(BlockKind::Stats(vec![stat("42%", "fewer stops")]));
    let laid = lay_out_slide(&section(SectionLayout::Content, vec![title(SHORT), figures]), &cx).expect("it fits");
    let shades: Vec<Shade> = versions(&laid).iter().map(|page| page.shade).collect();
    assert_eq!(shades, [Shade::Paper, Shade::Tint, Shade::Dark]);
}

#[test]
fn the_close_has_links_to_the_rep_and_does_without_one() {
    let kit = Kit::new();
    let mut cx = context(&kit, PageFormat::Wide, SHORT);
    let closing = section(SectionLayout::Closing, vec![title(SHORT), paragraph("Name the yard by Friday.")]);
    let laid = try_slide(&closing, &cx).expect("it fits");
    let targets: Vec<&LinkTarget> = laid.pages[0].drawing.links.iter().map(|link| &link.target).collect();
    assert_eq!(
        targets,
        [&LinkTarget::Uri("tel:+14165550142".into()), &LinkTarget::Uri("mailto:jordan.reid@northline.example".into())]
    );
    cx.meta.rep_name = None;
    assert!(try_slide(&closing, &cx).expect("it fits").pages[0].drawing.links.is_empty());
}

#[test]
fn a_unit_stands_apart_however_many_blanks_are_before_it() {
    let kit = Kit::new();
    let cx = context(&kit, PageFormat::Wide, SHORT);
    for figure in ["12 months", "12  months", "12   months"] {
        let stats = block(BlockKind::Stats(vec![stat(figure, "of warranty"), stat(figure, "")]));
        for layout in LAYOUTS {
            try_slide(&section(layout, vec![title("A claim"), stats.clone()]), &cx);
        }
    }
}

fn any_block() -> impl Strategy<Value = Block> {
    let words = "[ a-zA-Z0-9,.–%]{0,160}";
    prop_oneof![
        words.prop_map(|words| paragraph(&words)),
        prop::collection::vec(words, 1..6).prop_map(|items| {
            let items: Vec<&str> = items.iter().map(String::as_str).collect();
            list(&items)
        }),
        (1usize..7).prop_map(headed),
        (0usize..8, words).prop_map(|(rows, words)| table(rows, &words)),
        prop::collection::vec(("[0-9 a-z→%]{0,18}", words), 1..5).prop_map(|stats| {
            block(BlockKind::Stats(stats.iter().map(|(figure, label)| stat(figure, label)).collect()))
        }),
        words.prop_map(|words| testimonial(&words)),
        (1usize..4, words).prop_map(|(count, words)| columns(count, &words)),
        words.prop_map(|words| callout(&words)),
        (2usize..9, words).prop_map(|(count, words)| timeline(count, &words)),
        (2usize..8, words).prop_map(|(count, words)| steps(count, &words)),
        (2usize..7, words).prop_map(|(count, words)| cards(count, &words)),
        (1usize..7, words).prop_map(|(count, words)| team(count, &words)),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]
    #[test]
    fn any_slide_is_whole_or_refused(
        blocks in prop::collection::vec(any_block(), 0..5),
        layout in 0usize..9,
        name in "[ a-zA-Z&.-]{1,60}",
        headed in any::<bool>(),
    ) {
        let kit = Kit::new();
        let cx = context(&kit, PageFormat::Wide, &name);
        let blocks = headed.then(|| title(&name)).into_iter().chain(blocks).collect();
        try_slide(&section(LAYOUTS[layout], blocks), &cx);
    }
}

#[test]
fn the_clients_logo_stands_beside_the_firms() {
    let kit = Kit::new();
    let mut cx = context(&kit, PageFormat::Wide, LONG);
    cx.meta.client_logo = cx.assets.image("client.svg").ok();
    let laid = try_slide(&section(SectionLayout::Cover, vec![title(LONG)]), &cx).expect("it fits");
    let images: Vec<Rect> = laid.pages[0]
        .drawing
        .items
        .iter()
        .filter_map(|item| match item.kind {
            ItemKind::Image { rect, .. } => Some(rect),
            _ => None,
        })
        .collect();
    assert_eq!(images.len(), 2);
    let clear = cx.brand.logo.clear_space * images[0].height;
    assert!(images[1].x >= images[0].x + images[0].width + clear);
}

#[test]
fn a_slide_table_of_many_columns_is_refused_or_fits() {
    let kit = Kit::new();
    for count in [12, 20, 30, 60, 200] {
        let table = block(BlockKind::Table(Table {
            columns: vec![Align::Start; count],
            head: vec![text("What"); count],
            rows: vec![vec![text("words"); count]; 3],
        }));
        let slide = section(SectionLayout::Content, vec![title("Harbour"), table]);
        try_slide(&slide, &context(&kit, PageFormat::Wide, "Harbour"));
    }
}

#[test]
fn an_agenda_stands_beside_its_claim_or_below_a_long_one() {
    let kit = Kit::new();
    let left = |name: &str| {
        let cx = context(&kit, PageFormat::Wide, name);
        let laid = try_slide(&section(SectionLayout::Agenda, vec![title(name), list(&["First", "Second"])]), &cx);
        let page = laid.expect("it fits").pages.remove(0);
        let mut runs = page.drawing.items.iter().filter_map(|item| match &item.kind {
            ItemKind::Glyphs(run) if run.text.starts_with("First") => Some((run.x, run.y)),
            _ => None,
        });
        runs.next_back().expect("the point is drawn")
    };
    let (x, y) = left(SHORT);
    assert!(x > 350.0 && y < 250.0, "beside: {x}, {y}");
    let (x, y) = left(LONG);
    assert!(x < 100.0 && y > 150.0, "below: {x}, {y}");
}
