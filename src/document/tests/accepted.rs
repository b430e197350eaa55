//! What the dialect has, and what becomes of it.

use super::super::marks::parts_of_field;
use super::super::model::{Crop, Field, Focus};
use super::super::{leftovers, parse_section, words};
use super::*;

/// The sketch of one section without its first line.
fn body(text: &str) -> String {
    let document = parse(&[section(text)]);
    sketch(&document).split_once('\n').map(|(_, body)| body.to_owned()).unwrap_or_default()
}

#[test]
fn running_text() {
    let text = format!(
        "# For {n}\n\nDear **{n}**, *go* [on]({}),\nor  \nrest \\*so\\* &amp; \"so\" -- {n}{n}.",
        "mailto:a@b.example",
        n = token("A | **b**\n\n# c")
    );
    assert_eq!(
        body(&text),
        "h1 For «A | **b**\n\n# c»\n\
         p Dear <b «A | **b**\n\n# c»>, <i go> <a mailto:a@b.example on>, or<br>rest *so* & \"so\" -- «A | **b**\n\n# cA | **b**\n\n# c».\n"
    );
}

#[test]
fn lists() {
    let text = "# T\n\n- one\n- two\n  1. deep\n  2. deeper\n\n3. three\n\n   more of three\n";
    assert_eq!(
        body(text),
        "h1 T\nlist\n  -\n  p one\n  -\n  p two\n  list from 1\n    -\n    p deep\n    -\n    p deeper\nlist from 3\n  -\n  p three\n  p more of three\n"
    );
}

#[test]
fn tables() {
    let text = format!("# T\n\n|  | A | B |\n|---|:-:|--:|\n| x \\| y | {} | **1** |\n| | | |\n\nend", token("a|b|c"));
    assert_eq!(body(&text), "h1 T\ntable [Start, Centre, End]  | A | B | x | y | «a|b|c» | <b 1> |  |  | \np end\n");
}

#[test]
fn a_table_in_a_list_and_after_a_line_of_text() {
    assert_eq!(
        body("# T\n\ntext\n| a | b |\n|---|---|\n| 1 | 2 |\n\n- item\n\n  | a |\n  |---|\n  | 1 |\n"),
        "h1 T\np text\ntable [Start, Start] a | b | 1 | 2\nlist\n  -\n  p item\n  table [Start] a | 1\n"
    );
}

#[test]
fn directives() {
    let text = format!(
        "# T\n\n:::callout{{tone=warning title=\"Mind *{v}*\"}}\ntext\n:::\n::::columns\n:::column\n- a\n:::\n\n:::column\nb\n:::\n::::\n\
         :::stats\n42% | fewer **stops**\n\n  {v} | vans \\| cars\n:::\n\
         :::testimonial{{by=\"{v}\" role=\"Boss \\\"of\\\" all\"}}\nFine.\n\nVery.\n:::\n:::toc\n:::page-break\n:::signature\n",
        v = token("x\" }| y")
    );
    assert_eq!(
        body(&text),
        "h1 T\n\
         callout Warning Mind <i «x\" }| y»>\n  -\n  p text\n\
         columns\n  -\n  list\n    -\n    p a\n  -\n  p b\n\
         stats 42% | fewer <b stops> | «x\" }| y» | vans | cars\n\
         testimonial «x\" }| y» Boss \"of\" all\n  -\n  p Fine.\n  p Very.\n\
         Toc\nPageBreak\nSignature\n"
    );
}

#[test]
fn regions_to_edit_keep_their_id_and_label() {
    let text = format!("# T\n\n:::editable{{id=scope label=\"What {} gets\"}}\na\n\n- b\n:::\n", token("A & B"));
    let document = parse(&[section(&text)]);
    assert_eq!(words(&document), "Tab", "the label is not printed");
    let BlockKind::Editable { id, label, blocks, .. } = &document.sections[0].blocks[1].kind else {
        panic!("a region")
    };
    assert_eq!((id.as_str(), label.as_str(), blocks.len()), ("scope", "What A & B gets", 2));
}

#[test]
fn lines_to_fill_in_have_a_name_and_a_value() {
    let v = token("a | b");
    let read = |attributes: &str, body: &str| {
        let text = format!("# T\n\n:::editable{{id=a label=\"A\" {attributes}}}\n{body}\n:::\n");
        let document = parse(&[section(&text)]);
        let kind = document.sections[0].blocks[1].kind.clone();
        let BlockKind::Editable { field: Some(field), blocks, .. } = kind else { panic!("a line to fill in") };
        let [Block { kind: BlockKind::Paragraph(text), .. }] = blocks.as_slice() else { panic!("a paragraph") };
        let (head, value) = parts_of_field(text);
        (field, inline_sketch(head), inline_sketch(value))
    };
    let choice = |choices: &[&str]| Field::Choice(choices.iter().map(|choice| (*choice).to_owned()).collect());
    let of = |field, head: &str, value: &str| (field, head.to_owned(), value.to_owned());
    assert_eq!(read("type=date", "March 2027"), of(Field::Date, "", "March 2027"));
    assert_eq!(read("type=text", &format!("**Order:** {v}")), of(Field::Text, "<b Order:> ", "«a | b»"));
    assert_eq!(read("type=text", "**Order**: as told"), of(Field::Text, "<b Order>: ", "as told"));
    let list = format!("choices=\"by post | {v} | c \\| d\"");
    let all = choice(&["by post", "a | b", "c | d"]);
    assert_eq!(read(&list, &v), (all.clone(), String::new(), "«a | b»".into()));
    assert_eq!(read(&list, "**Bills:** c | d"), (all.clone(), "<b Bills:> ".into(), "c | d".into()));
    assert_eq!(read(&list, "**Bills:**"), (all.clone(), "<b Bills:> ".into(), "by post".into()));
    assert_eq!(read(&list, ""), (all, String::new(), "by post".into()));
}

#[test]
fn figures_may_be_cut_to_a_shape() {
    let figure = |line: &str| {
        let document = parse(&[section(&format!("# T\n\n{line}\n"))]);
        match &document.sections[0].blocks[1].kind {
            BlockKind::Figure(image) => image.clone(),
            other => panic!("{other:?}"),
        }
    };
    let v = token("A|B");
    let line = format!(
        ":::figure{{src=\"images/a b.jpg\" alt=\"The yard of {v}\" caption=\"*For* {v}\" crop=16:9 focus=top}}"
    );
    let image = figure(&line);
    assert_eq!((image.path.as_str(), image.alt.as_str()), ("templates/proposal/images/a b.jpg", "The yard of A|B"));
    assert_eq!(inline_sketch(&image.caption), "<i For> «A|B»");
    assert_eq!(image.crop, Some(Crop { ratio: (16, 9), focus: Focus::Top }));
    let plain = figure(":::figure{src=images/a.svg alt=\"A\"}");
    assert_eq!((plain.crop, plain.caption.len()), (None, 0));
}

#[test]
fn a_directive_of_one_line_may_have_as_many_colons_as_the_one_around_it() {
    let column = ":::column\n:::figure{src=a.svg alt=\"A\"}\nb\n:::\n";
    let read = "  -\n  figure templates/proposal/a.svg (A)\n  p b\n";
    assert_eq!(body(&format!("# T\n\n::::columns\n{column}{column}::::\n")), format!("h1 T\ncolumns\n{read}{read}"));
}

#[test]
fn case_studies_are_taken_apart() {
    let mut whole = section("# T\n\n## A\n\n:::case-study{id=x}\n");
    let text = format!(
        "### {}, Kingston\n\n:::stats\n1 | stop\n:::\n\nFirst.\n\n:::testimonial{{by=\"Eve\" role=\"Owner\"}}\nGood.\n:::\n\n- last\n",
        token("A|B")
    );
    let study = crate::fill::filled::CaseStudy {
        title: "Bakery".into(),
        summary: Some("Fewer *stops*".into()),
        block: block("case-studies/x", &text),
    };
    whole.case_studies.insert(4, study);
    let document = parse(&[whole]);
    assert_eq!(words(&document), "TAA|B,KingstonFewer*stops*1stopFirst.lastGood.EveOwner");
    let BlockKind::CaseStudy(study) = &document.sections[0].blocks[2].kind else { panic!("a case study") };
    assert_eq!((study.level, study.blocks.len(), study.figures.len()), (3, 2, 1));
    assert_eq!(study.place.file.path, "templates/blocks/case-studies/x.md");
}

#[test]
fn comparisons() {
    use crate::fill::filled::{Answer, Compared, Comparison};
    let answer = |text: &str, best| Some(Answer { text: text.into(), best });
    let column = |title: &str, answers: [Option<Answer>; 2]| Compared { title: title.into(), answers: answers.into() };
    let comparison = Comparison {
        questions: vec!["Where".into(), "Who".into()],
        columns: vec![
            column("Us", [answer("Yard", false), answer("*One*", false)]),
            column("Dealer", [answer("Bay", true), None]),
            column("Chain", [None, None]),
        ],
    };
    let with = |line: &str| {
        let mut whole = section(&format!("# T\n\n{line}\n"));
        whole.comparison = Some(comparison.clone());
        let document = parse(&[whole]);
        let BlockKind::Comparison(table) = &document.sections[0].blocks[1].kind else { panic!("a comparison") };
        let row = |row: &Vec<Vec<Inline>>| row.iter().map(|cell| inline_sketch(cell)).collect::<Vec<_>>().join("|");
        std::iter::once(&table.head).chain(&table.rows).map(row).collect::<Vec<_>>()
    };
    assert_eq!(with(":::comparison"), ["|Us|Dealer|Chain", "Where|Yard|<b Bay>|–", "Who|*One*|–|–"]);
    assert_eq!(with(":::comparison{limit=1 questions=1}"), ["|Us|Dealer", "Where|Yard|<b Bay>"]);
}

#[test]
fn charts() {
    let text = format!(
        "# T\n\n:::chart{{type=line title=\"For {n}\" unit=\"stops\"}}\n| Month | Today | {n} |\n|---|--:|--:|\n| Jan | 1,234.5 | {v} |\n\
         | **Feb** | -3 | |\n\n*Source: log.*\n:::\n",
        n = token("A|B"),
        v = token("\u{2212}2")
    );
    assert_eq!(
        body(&text),
        "h1 T\nchart Line [[Some(1234.5), Some(-2)], [Some(-3), None]] For «A|B» | stops | Month | Today | «A|B» | \
         Jan | 1,234.5 | «\u{2212}2» | <b Feb> | -3 |  | <i Source: log.>\n"
    );
    let document = parse(&[section(&text)]);
    assert_eq!(words(&document), "TForA|BstopsMonthTodayA|BJan1,234.5\u{2212}2Feb-3Source:log.");
}

#[test]
fn charts_are_read_by_the_documents_locale() {
    let mut french =
        section("# T\n\n:::chart{type=bar}\n| | A |\n|---|--:|\n| x | 1\u{a0}234,5\u{202f}€ |\n| y | 7 € |\n:::\n");
    french.locale = "fr-FR".to_owned();
    let shown = sketch(&parse(&[french.clone()]));
    assert!(shown.contains("[[Some(1234.5)], [Some(7)]]"), "{shown}");
    french.locale = "en-CA".to_owned();
    assert_eq!(problems(&[french])[0].code, "D057");
}

#[test]
fn directives_without_attributes_and_deeper_fences() {
    let text =
        "# T\n:::callout\na\n:::\n:::::columns\n::::column\n:::callout{}\nb\n:::\n::::\n::::column\nc\n::::\n:::::";
    assert_eq!(
        body(text),
        "h1 T\ncallout Neutral\n  -\n  p a\ncolumns\n  -\n  callout Neutral\n    -\n    p b\n  -\n  p c\n"
    );
}

#[test]
fn stats_are_no_markdown_blocks() {
    let text = "# T\n:::stats\n- 18% | # less\n1. | > a\n+4 | #\\#\nC # | 9 #\n:::";
    assert_eq!(body(text), "h1 T\nstats - 18% | # less | 1. | > a | +4 | ## | C # | 9 #\n");
}

#[test]
fn timelines() {
    let v = token("1 | **x**");
    let text = format!("# T\n:::timeline\nWeek 1 | Kick-off | we *meet* {v}\n\n{v} | a \\| b\nWeek 3 | {v} | \n:::");
    assert_eq!(
        body(&text),
        "h1 T\ntimeline Week 1 | Kick-off | we <i meet> «1 | **x**» | «1 | **x**» | a | b | Week 3 | «1 | **x**»\n"
    );
}

#[test]
fn steps() {
    let v = token("1. **x**");
    let text = format!(
        "# T\n:::steps\n3. **A sign.** A fault\n   code {v}\n4. **Say *{v}***: yes\n5. **Alone**\n\n   - deep\n\n   more\n\
         6. **Break**  \n   text\n:::"
    );
    assert_eq!(
        body(&text),
        "h1 T\nsteps from 3 A sign. Say <i «1. **x**»>: Alone Break\n\
         \u{20} -\n  p A fault code «1. **x**»\n  -\n  p yes\n  -\n  list\n    -\n    p deep\n  p more\n  -\n  p text\n"
    );
    assert_eq!(words(&parse(&[section("# T\n:::steps\n1. **a.** b\n2. **c**\n:::")])), "Ta.bc");
}

#[test]
fn cards() {
    let v = token("### **x**");
    let text =
        format!("# T\n:::cards\n### {v}\na\n- b\n### C\nd\n\ne {v}\n:::\n## U\n:::cards\n### f\ng\n### h\ni\n:::");
    assert_eq!(
        body(&text),
        "h1 T\ncards h2 «### **x**» C\n\
         \u{20} -\n  p a\n  list\n    -\n    p b\n  -\n  p d\n  p e «### **x**»\n\
         h2 U\ncards h3 f h\n  -\n  p g\n  -\n  p i\n"
    );
}

#[test]
fn cards_may_be_library_blocks() {
    let mut whole = section("# T\n:::cards\n\u{E002}0\u{E001}\n\u{E002}1\u{E001}\n:::");
    whole.blocks = vec![block("products/a", "### A\n\none"), block("products/b", "### B\n\ntwo")];
    assert!(sketch(&parse(&[whole])).ends_with("cards h2 A B\n  -\n  p one\n  -\n  p two\n"));
}

#[test]
fn teams() {
    let v = token("### **x**");
    let text = format!("# T\n:::team\n### {v}\n{v}, lead\n\nAnswers {v}\n\n- a\n### B\nFleet planner\n:::");
    assert_eq!(
        body(&text),
        "h1 T\nteam h2 «### **x**» «### **x**», lead B Fleet planner\n\
         \u{20} -\n  p Answers «### **x**»\n  list\n    -\n    p a\n  -\n"
    );
    let text = format!("# T\n:::team\n### {v}\nlead\n\nwords\n:::");
    assert_eq!(words(&parse(&[section(&text)])), "T###**x**leadwords");
}

#[test]
fn slides_for_a_timeline_and_a_team() {
    for (layout, text) in [("timeline", ":::timeline\n1 | a\n2 | b\n:::"), ("team", ":::team\n### A\nlead\n:::")] {
        let mut slide = section(&format!("# T\n\n{text}"));
        slide.front.layout = front(&slide, layout);
        assert!(parse_section(Kind::Deck, &slide, None).is_ok(), "{layout}");
        slide.text = "# T\n\nwords and words".into();
        let problems = parse_section(Kind::Deck, &slide, None).expect_err("without its directive");
        assert_eq!(problems.0[0].code, "D084");
        assert_eq!(problems.0[0].message, format!("layout `{layout}` has no `:::{layout}`"));
        let problems = parse_section(Kind::Proposal, &slide, None).expect_err("for slides only");
        assert_eq!(problems.0[0].code, "D081");
    }
}

#[test]
fn library_blocks_are_spliced() {
    let mut whole = section(
        "# T\n\ntext\n\u{E002}0\u{E001}\nmore\n::::columns\n:::column\n  \u{E002}1\u{E001}\n:::\n:::column\nb\n:::\n::::",
    );
    whole.blocks = vec![
        block("case-studies/bakery", "### Bakery\n\n![Oven](oven.png)\n\nSee[^1].\n\n[^1]: Block note"),
        block("products/x", "short"),
    ];
    whole.text = whole.text.replace("# T\n\ntext", "# T\n\n## Cases[^1]");
    whole.text.push_str("\n\n[^1]: Section note");
    let document = parse(&[whole]);
    assert_eq!(
        sketch(&document).split_once('\n').map(|(_, body)| body),
        Some(
            "h1 T\nh2 Cases<note 1 Section note>\nh3 Bakery\nfigure templates/blocks/case-studies/oven.png (Oven)\n\
             p See<note 2 Block note>.\np more\ncolumns\n  -\n  p short\n  -\n  p b\n"
        )
    );
    assert_eq!(document.sections[0].blocks[2].place.file.path, "templates/blocks/case-studies/bakery.md");
}

#[test]
fn images() {
    assert_eq!(
        body(&format!("# T\n\n![A *van* of {}](<images/a van.svg>)\n\nwith ![b](./b.png) in it", token("Jo"))),
        "h1 T\nfigure templates/proposal/images/a van.svg (A van of Jo)\np with <img templates/proposal/b.png (b)> in it\n"
    );
    assert_eq!(
        body(&format!("# T\n\n![A van](van.svg \"**One** of {}'s\")", token("Jo \"& Co"))),
        "h1 T\nfigure templates/proposal/van.svg (A van) <b One> of «Jo \"& Co»'s\n"
    );
}

#[test]
fn footnotes_count_through_the_document() {
    let one = section(
        "# T[^b]\n\na[^A] again[^b]\n\n[^a]: First *note*\n  goes on\n[^b]: Second\n\n:::callout\nx[^c]\n:::\n\n[^c]: Third",
    );
    let mut two = section("# U\n\n:::stats\n42%[^z] | less\n:::\n\n[^z]: Fourth");
    two.id = "two".into();
    let mut document = parse(&[one, two]);
    let expected = "section intro None\nh1 T<note 1 Second>\np a<note 2 First <i note> goes on> again<note 1 Second>\n\
                    callout Neutral\n  -\n  p x<note 3 Third>\nsection two None\nh1 U\nstats 42%<note 4 Fourth> | less\n";
    assert_eq!(sketch(&document), expected);
    assert_eq!(words(&document), "TaagainxSecondFirstnotegoesonThirdU42%lessFourth");
    document.sections.remove(0);
    super::super::number_footnotes(&mut document);
    assert!(sketch(&document).contains("42%<note 1 Fourth>"));
}

#[test]
fn front_matter() {
    let mut cover = section("# T");
    cover.front.layout = front(&cover, "closing");
    cover.front.title = front(&cover, &format!("For\n  *{}*", token("*")));
    cover.front.notes = front(&cover, "Say *it*.\nThen stop.\n");
    assert_eq!(
        sketch(&parse(&[cover])),
        "section intro Some(Closing)\ntitle For <i «*»>\nnotes Say *it*.<br>Then stop.\nh1 T\n"
    );
}

#[test]
fn links_between_sections() {
    let mut other = section("# U\n\n[back](#intro)");
    other.id = "risks".into();
    assert!(sketch(&parse(&[section("# T\n\n[there](#risks)"), other])).contains("<a #risks there>"));
}

#[test]
fn places_are_in_the_file_that_was_filled() {
    let mut loop_ = section("# T\n\na\n\nb");
    loop_.file = Arc::new(SourceFile { path: "x.md".into(), text: "# T\n{% for %}\n  {{ x }}\n{% endfor %}\n".into() });
    loop_.lines = vec![0..4, 4..14, 14..24, 4..14, 14..24];
    let section = parse_section(Kind::Proposal, &loop_, None).expect("no problem");
    let marked: Vec<&str> = section.blocks.iter().map(|b| &b.place.file.text[b.place.span.clone()]).collect();
    assert_eq!(marked, ["# T", "{{ x }}", "{{ x }}"]);
}

#[test]
fn words_in_reading_order() {
    let text = "# T\n\n| a | b |\n|---|---|\n| c | d |\n\n:::testimonial{by=\"By\" role=\"Role\"}\nSaid\n:::\n:::callout{title=\"Title\"}\nBody [link](#intro) ![alt](x.png)\n:::";
    assert_eq!(words(&parse(&[section(text)])), "TabcdSaidByRoleTitleBodylink");
}

#[test]
fn leftovers_are_marketing_words_only() {
    let value = token("{{ null }} TODO NaN");
    let fine = format!("# T {value}\n\nnull and void, nullify, NaNs, todo, {{ x }} 100 % }} {value}{value}");
    assert!(leftovers(&parse(&[section(&fine)])).0.is_empty());
    let bad = "# T\n\nHello {{ name }}\n\n- {% if %}\n- a null b\n- *Lorem* ipsum\n- TO**DO**\n- is undefined.[^1]\n\n[^1]: NaN";
    let found = leftovers(&parse(&[section(bad)])).0;
    assert_eq!(
        show(&found),
        "D090 3 `{{` `{{` would be printed | - | mend the tag that was meant, or write the braces in other words\n\
         D090 3 `}}` `}}` would be printed | - | mend the tag that was meant, or write the braces in other words\n\
         D090 5 `{%` `{%` would be printed | - | mend the tag that was meant, or write the braces in other words\n\
         D090 5 `%}` `%}` would be printed | - | mend the tag that was meant, or write the braces in other words\n\
         D090 6 `null` `null` would be printed | - | write what belongs here\n\
         D090 7 `- *Lorem* ipsum` `lorem ipsum` would be printed | - | write what belongs here\n\
         D090 8 `- TO**DO**` `TODO` would be printed | - | write what belongs here\n\
         D090 9 `undefined` `undefined` would be printed | - | write what belongs here\n\
         D090 9 `- is undefined.[^1]` `NaN` would be printed | - | write what belongs here"
    );
}
