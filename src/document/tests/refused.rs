//! What the dialect refuses, and in which words. Each case is a text and its problems, as [`show`] writes them.

use super::*;

/// Checks the problems of a section that begins with `# T` and an empty line.
fn case(text: &str, expected: &str) {
    let found = problems(&[section(&format!("# T\n\n{text}"))]);
    assert_eq!(show(&found), expected, "{text}");
}

/// Checks only the codes and lines.
fn codes(text: &str, expected: &[&str]) {
    let found = show(&problems(&[section(&format!("# T\n\n{text}"))]));
    let short: Vec<String> = found.lines().map(|l| l.split(' ').take(2).collect::<Vec<_>>().join(" ")).collect();
    assert_eq!(short, expected, "{text}\n{found}");
}

#[test]
fn unknown_names() {
    case(":::calout\na\n:::", "D010 3 `calout` there is no directive `:::calout` | did you mean `callout`? | -");
    case(
        ":::sidebar\na\n:::",
        "D010 3 `sidebar` there is no directive `:::sidebar` | - | there are `callout`, `columns`, `column`, `stats`, `testimonial`, `toc`, `signature`, `page-break`, `timeline`, `steps`, `cards`, `team`, `chart`, `figure`, `editable`, `comparison`, `case-study`, `pricing` or `acceptance`",
    );
    codes(":::footer\ntext", &["D010 3"]);
    codes(":::testimonal{by=\"x\"}\n<b>\n:::", &["D010 3", "D030 4"]);
}

#[test]
fn attributes() {
    case(
        ":::callout{tone=acent}\na\n:::",
        "D021 3 `tone=acent` `tone` cannot be `acent` | did you mean `accent`? | it is `neutral`, `accent` or `warning`",
    );
    case(
        ":::callout{colour=red}\na\n:::",
        "D018 3 `colour=red` `:::callout` has no attribute `colour` | - | it takes `tone` or `title`",
    );
    case(":::toc{depth=2}", "D018 3 `depth=2` `:::toc` has no attribute `depth` | - | it takes none");
    case(
        ":::testimonial\na\n:::",
        "D020 3 `:::testimonial` `:::testimonial` needs `by` | - | write `:::testimonial{by=\"…\"}`",
    );
    case(
        ":::callout{tone=accent tone=accent}\na\n:::",
        "D019 3 `:::callout{tone=accent tone=accent}` `tone` stands twice in one directive | - | keep one",
    );
    case(
        ":::callout{title=“a”}\na\n:::",
        "D017 3 `title=“a”` other quotation marks in `:::callout{…}` | - | use straight ones: \"…\"",
    );
    codes(":::callout{title=\"a}\nb\n:::", &["D017 3"]);
    codes(":::callout{title=}\nb\n:::", &["D017 3"]);
    codes(":::callout{=x}\nb\n:::", &["D017 3"]);
    codes(":::callout{tone=accent,title=\"b\"}\nb\n:::", &["D017 3"]);
    codes(":::callout{accent}\nb\n:::", &["D017 3"]);
    codes(":::callout{title=\" \"}\nb\n:::", &["D021 3"]);
    codes(&format!(":::callout{{tone={}}}\nb\n:::", token("accent")), &["D021 3"]);
    codes(":::callout{tone=accent\nb\n:::", &["D012 3"]);
}

#[test]
fn fences() {
    case(":::callout\na", "D013 3 `:::callout` `:::callout` is never closed | - | end it with a line `:::`");
    case("a\n:::", "D014 4 `:::` `:::` closes nothing | - | remove it, or write the directive that it should close");
    case(":::toc\n:::", "D014 4 `:::` `:::` closes nothing | - | remove it: `:::toc` is one line and is not closed");
    case(
        "::::callout\na\n:::\n::::",
        "D014 5 `:::` `:::` closes nothing | - | `::::callout` is open: close it with `::::`",
    );
    case(
        "- a\n  :::callout\n  b\n  :::",
        "D011 4 `:::callout` a `:::` line is indented | - | begin it at the start of the line\nD011 6 `:::` a `:::` line is indented | - | begin it at the start of the line",
    );
    case(":::callout Mind\na\n:::", "D012 3 `Mind` text follows `:::callout` | - | put it on the next line");
    codes("::: callout\na\n:::", &["D012 3"]);
    codes(":::{tone=accent}\na", &["D012 3"]);
    codes("- :::toc", &["D040 3"]);
    codes("a :::toc", &["D040 3"]);
    codes(":::callout\na\n:::stats\n1 | b\n:::\n", &["D013 3"]);
    case(
        ":::columns\n:::column\na\n:::\n:::column\nb\n:::\n:::",
        "D015 4 `:::column` `:::column` stands inside `:::columns` with as many colons | - | write `::::columns` around it, and close that with 4 colons\n\
         D015 7 `:::column` `:::column` stands inside `:::columns` with as many colons | - | write `::::columns` around it, and close that with 4 colons",
    );
    codes("::::columns\n:::column\na\n::::", &["D013 4", "D025 3"]);
}

#[test]
fn places_of_directives() {
    codes(":::column\na\n:::", &["D016 3"]);
    codes("::::callout\n:::testimonial{by=\"x\"}\na\n:::\n::::", &["D016 4"]);
    codes("::::callout\n:::page-break\n::::", &["D016 4"]);
    codes(
        "::::::columns\n:::::column\n::::columns\n:::column\na\n:::\n:::column\nb\n:::\n::::\n:::::\n:::::column\nc\n:::::\n::::::",
        &["D016 5"],
    );
    codes("::::columns\nstray\n:::column\na\n:::\n:::column\nb\n:::\n::::", &["D024 4"]);
    codes("::::columns\n:::column\na\n:::\n::::", &["D025 3"]);
    codes("::::columns\n:::column\n:::\n:::column\nb\n:::\n::::", &["D023 4"]);
    codes(":::callout\n\n:::", &["D023 3"]);
    codes(":::callout\n## a\n:::", &["D037 4"]);
    let deep: String = (3..20).rev().map(|n| format!("{}callout\n", ":".repeat(n))).collect();
    assert!(show(&problems(&[section(&format!("# T\n{deep}"))])).contains("too deep"));
}

/// A section that shows a case study with this text.
fn study(text: &str) -> crate::fill::filled::Filled {
    let mut whole = section("# T\n\n:::case-study{id=bakery}\n");
    let block = block("case-studies/bakery", text);
    let study = crate::fill::filled::CaseStudy { title: "Bakery".into(), summary: None, block };
    whole.case_studies.insert(2, study);
    whole
}

#[test]
fn what_is_no_case_study() {
    let told = |text: &str| show(&problems(&[study(text)]));
    let help = "take this out of the block, or put the block where `{{ block(…) }}` stands alone";
    assert_eq!(
        told("### A\n\nb\n\n### C\n\n| a |\n|---|\n| b |"),
        format!(
            "D111 5 `### C` a case study has one heading | - | {help}\n\
             D111 7 `| a |\n|---|\n| b |` a case study holds paragraphs, lists, figures and a quote | - | {help}"
        )
    );
    assert_eq!(
        told("### A\n"),
        "D083 3 `:::case-study{id=bakery}` block `case-studies/bakery` has neither figures nor words | - | \
         write its text below the front matter, or do not use it"
    );
    assert!(told("## A\n\nb").starts_with("D035 1"));
    codes(":::case-study", &["D020 3"]);
    codes(":::case-study{id=a}", &["D002 3"]);
}

#[test]
fn what_is_no_figure() {
    codes(":::figure{src=a.svg}", &["D020 3"]);
    codes(":::figure{src=a.svg alt=\"TODO\"}", &["D090 3"]);
    codes(":::figure{src=../a.svg alt=\"A\"}", &["D061 3"]);
    codes(":::figure{src=a.svg alt=\"A\" focus=top}", &["D020 3"]);
    for crop in ["16", "16:0", "9:1", "1:5", "a:b", "-1:2", "2000:1000"] {
        codes(&format!(":::figure{{src=a.svg alt=\"A\" crop={crop}}}"), &["D021 3"]);
    }
    case(
        ":::figure{src=a.svg alt=\"A\" crop=5:1}",
        "D021 3 `crop=5:1` `crop` cannot be `5:1` | - | it is width to height, such as `16:9`, \
         at most four times as wide as high, or as high as wide",
    );
}

#[test]
fn what_is_no_comparison() {
    codes(":::comparison", &["D002 3"]);
    codes(":::comparison{limit=4}\n", &["D021 3", "D002 3"]);
    case(
        ":::comparison{questions=some}",
        "D021 3 `questions=some` `questions` cannot be `some` | - | it is a number from 1 to 12\n\
         D002 3 `:::comparison{questions=some}` this comparison was not filled | - | -",
    );
}

#[test]
fn what_is_no_region_to_edit() {
    codes(":::editable{id=a}\nx\n:::", &["D020 3"]);
    codes(":::editable{id=a label=\"A TODO\"}\nx\n:::", &["D090 3"]);
    codes(":::editable{id=a label=\"A\"}\n## x\n:::", &["D037 4"]);
    codes("::::editable{id=a label=\"A\"}\n:::stats\n1 | x\n:::\n::::", &["D016 4"]);
    let twice = ":::editable{id=scope label=\"Scope\"}\nx\n:::";
    case(
        &format!("{twice}\n\n{twice}"),
        "D110 7 `id=scope` two regions to edit are called `scope` | - | \
         give this one another id; the first is in templates/proposal/sections/intro.md",
    );
}

#[test]
fn what_is_no_line_to_fill_in() {
    let line = |attributes: &str, body: &str| format!(":::editable{{id=a label=\"A\" {attributes}}}\n{body}\n:::");
    case(
        &line("choices=\"May | | June | may\"", "May"),
        "D112 3 `choices=\"May | | June | may\"` choice 2 is empty | - | write it, or take its `|` out\n\
         D112 3 `choices=\"May | | June | may\"` the choice `may` stands twice | - | keep one",
    );
    case(
        &line("choices=\"May\"", "May"),
        "D112 3 `choices=\"May\"` `choices` has 1 choice, it takes 2 to 20 | - | \
         put `|` between choices: `choices=\"January | March\"`; for words of one's own write `type=text`",
    );
    codes(&line(&format!("choices=\"a | {}\"", "b".repeat(81)), "a"), &["D112 3"]);
    codes(
        &line(&format!("choices=\"{}21\"", (1..21).map(|n| format!("{n} | ")).collect::<String>()), "1"),
        &["D112 3"],
    );
    // A value cannot break out of its choice, nor repeat another.
    codes(&line(&format!("choices=\"a | {}\"", token("a")), "a"), &["D112 3"]);
    codes(&line("choices=\"a | TODO\"", "a"), &["D090 3"]);
    codes(&line("choices=\"\"", "a"), &["D021 3"]);
    codes(&line("type=list", "a"), &["D021 3"]);
    case(
        &line("type=date choices=\"a | b\"", "a"),
        "D113 3 `type=date` `type=date` and `choices` contradict each other | - | \
         keep `choices` for a list to choose from, or `type` for words of one's own",
    );
    case(
        &line("type=text", "**A:** b\n\nc"),
        "D114 6 `c` a line to fill in is one paragraph | - | \
         put this before or after the directive; for text of any length leave `type` and `choices` out",
    );
    codes(&line("type=text", "- a"), &["D114 4"]);
    case(
        &line("type=text", "**A:** b **c**"),
        "D114 4 `**A:** b **c**` a value to fill in is plain words | - | \
         take marks, links and notes out; only words that name the field are strong, before it",
    );
    case(
        &line("type=date", "**A:**"),
        "D114 4 `**A:**` a line to fill in has no value | - | \
         write what holds until somebody changes it, as in `**Start:** March 2027`",
    );
    codes(&line("type=text", ""), &["D114 3"]);
    codes(&line("type=text", "a :::toc"), &["D040 4"]);
    codes(&line("", ""), &["D023 3"]);
    case(
        &line("choices=\"monthly | yearly\"", "**Invoices:** montly"),
        "D115 4 `**Invoices:** montly` `montly` is not among the choices | did you mean `monthly`? | write it as in `choices`",
    );
    case(
        &line("choices=\"a | b\"", "c"),
        "D115 4 `c` `c` is not among the choices | - | write `a` or `b`, or add it to `choices`",
    );
}

#[test]
fn regions_of_two_sections_may_not_share_an_id() {
    let text = "# T\n\n:::editable{id=scope label=\"Scope\"}\nx\n:::\n";
    let one = |id: &str| filled(id, &format!("templates/proposal/sections/{id}.md"), text);
    assert_eq!(
        show(&problems(&[one("a"), one("b")])),
        "D110 3 `id=scope` two regions to edit are called `scope` | - | \
         give this one another id; the first is in templates/proposal/sections/a.md"
    );
}

#[test]
fn what_is_no_chart() {
    let chart = |kind: &str, body: &str| format!(":::chart{{type={kind}}}\n{body}\n:::");
    let table = |rows: &str| format!("| | A | B |\n|---|---|---|\n{rows}");
    case(
        &chart("pie", "| a |\n|---|\n| b |"),
        "D021 3 `type=pie` `type` cannot be `pie` | - | it is `bar`, `line`, `donut` or `waterfall`",
    );
    case(
        &chart("line mode=stacked", &table("| x | 1 | 2 |")),
        "D054 3 `mode` `mode` is for charts of bars | - | take it out, or write `type=bar`",
    );
    codes(&chart("bar", ""), &["D023 3"]);
    codes(&chart("bar", "text"), &["D055 4"]);
    codes(&chart("bar", &format!("{}\n\ntext", table("| x | 1 | 2 |"))), &["D055 8"]);
    codes(&chart("bar", &format!("{}\n\n*one*\n\n*two*", table("| x | 1 | 2 |"))), &["D055 10"]);
    codes(&chart("bar", "| a |\n|---|\n| b |"), &["D056 4"]);
    codes(&chart("donut", &table("| x | 1 | 2 |")), &["D056 4"]);
    codes(&chart("bar", "| | | B |\n|---|---|---|\n| x | 1 | 2 |"), &["D056 4"]);
    codes(&chart("bar", "| | A |\n|---|---|\n| | 1 |"), &["D056 4"]);
    case(
        &chart("bar", &table("| x | 1 | 2 |\n| y | 1,5 | 2 |")),
        "D057 7 `1,5` `1,5` (row `y`, column `A`) is not a number in `en-CA` | - | write it like `1,234.5`, with the same unit in all cells",
    );
    case(
        &chart("bar", &table("| x | 1 | |")),
        "D057 6 `| x | 1 | |` a cell (row `x`, column `B`) is empty | - | write its number; only lines may have gaps",
    );
    case(
        &chart("bar", &table("| x | $1 | 2 % |")),
        "D058 6 `2 %` `2 %` (row `x`, column `B`) counts something else than `$1` | - | write all cells alike; what they count can stand in `unit=\"…\"`",
    );
    codes(&chart("bar", &table(&format!("| x | 1 | {} |", token("12 of 20")))), &["D057 6"]);
}

#[test]
fn sums_that_are_none() {
    let chart = |kind: &str, rows: &str| format!(":::chart{{type={kind}}}\n| | A |\n|---|---|\n{rows}\n:::");
    case(
        &chart("donut", "| x | 0 |\n| y | 0.0 |"),
        "D059 4 `| | A |` the parts of this donut add up to zero | - | leave the chart out for this client with `{% if … %}`",
    );
    case(
        &chart("donut", "| x | 3 |\n| y | -2 |"),
        "D059 7 `-2` `-2` (row `y`, column `A`) is negative, which no part of a donut can be | - | write `type=bar`",
    );
    case(
        &chart("waterfall", "| **x** | 10 |\n| y | -2 |\n| **z** | 11 |"),
        "D059 8 `11` `11` (row `z`, column `A`) is a total, the steps before it make 8 | - | mend the step or the total; only totals have a strong label",
    );
    codes(&chart("waterfall", "| **x** | 10 |\n| y | -2 |\n| **z** | 8 |"), &[]);
    // Rounded figures may miss their sum a little.
    codes(&chart("waterfall", "| **x** | 10.4 |\n| y | -2 |\n| **z** | 9 |"), &[]);
}

#[test]
fn stats() {
    case(
        ":::stats\n42%\n1 | 2 | 3\n| x\n4 |\n:::",
        "D026 4 `42%` this line has no `|` between figure and label | - | write `42% | fewer breakdowns`, and `\\|` for a bar within the text\n\
         D026 5 `1 | 2 | 3` this line has more than one `|` | - | write `42% | fewer breakdowns`, and `\\|` for a bar within the text\n\
         D026 6 `| x` this line has no figure | - | write `42% | fewer breakdowns`, and `\\|` for a bar within the text\n\
         D026 7 `4 |` this line does not say what its figure means | - | write `42% | fewer breakdowns`, and `\\|` for a bar within the text",
    );
    codes(":::stats\n:::", &["D023 3"]);
    codes(":::stats\n1|a\n2|b\n3|c\n4|d\n5|e\n:::", &["D027 3"]);
    codes("::::stats\n:::toc\n::::", &["D026 4"]);
}

#[test]
fn timelines() {
    let help = "write `Week 1 | Kick-off | what happens`, and `\\|` for a bar within the text";
    case(
        ":::timeline\nWeek 1\n1 | 2 | 3 | 4\n| x\n4 | | y\n:::",
        &format!(
            "D100 4 `Week 1` this line has no `|` between when and what | - | {help}\n\
             D100 5 `1 | 2 | 3 | 4` this line has more than two `|` | - | {help}\n\
             D100 6 `| x` this line does not say when | - | {help}\n\
             D100 7 `4 | | y` this line does not say what happens | - | {help}"
        ),
    );
    codes(":::timeline\n\n:::", &["D023 3"]);
    case(
        ":::timeline\nWeek 1 | a\n:::",
        "D101 3 `:::timeline` `:::timeline` has 1 line, it takes 2 to 8 | - | say it in a sentence",
    );
    codes(&format!(":::timeline\n{}:::", "1 | a\n".repeat(9)), &["D101 3"]);
    codes("::::callout\n:::timeline\n1 | a\n2 | b\n:::\n::::", &["D016 4"]);
}

#[test]
fn steps() {
    case(
        ":::steps\nFirst\n\n- **a** b\n- **c** d\n:::",
        "D102 4 `First` this stands in `:::steps` but in no step | - | put it before or after the directive, or indent it below its step\n\
         D102 6 `- **a** b\n- **c** d` the list in `:::steps` has no numbers | - | begin each step with `1.` instead of a dash",
    );
    case(
        ":::steps\n1. **a** b\n2. c **d**\n3. {x}\n:::",
        "D103 5 `2. c **d**` this step does not open with bold words | - | write `1. **What is done.** How it is done`\n\
         D103 6 `3. {x}` this step does not open with bold words | - | write `1. **What is done.** How it is done`",
    );
    case(
        ":::steps\n1. **a** b\n:::",
        "D104 3 `:::steps` `:::steps` has 1 step, it takes 2 to 7 | - | say it in a paragraph",
    );
    codes(&format!(":::steps\n{}:::", "1. **a** b\n".repeat(8)), &["D104 3"]);
    codes(":::steps\n1. **a** b\n\n   ![x](y.png)\n2. **c**\n3. - d\n:::", &["D108 6", "D103 8"]);
    codes(":::steps\n1. **a** b\n2) **c** d\n:::", &["D102 5", "D104 3"]);
    codes(":::steps\n:::", &["D023 3"]);
    codes(&format!(":::steps\n1. **{}** b\n2. **c**\n:::", token(" ")), &["D103 4"]);
}

#[test]
fn cards() {
    case(
        ":::cards\nFirst\n### A\na\n#### B\nb\n:::",
        "D105 4 `First` this stands in `:::cards` before the first `###` | - | begin each card with `### Head`, or put it before the directive\n\
         D105 7 `#### B` `####` stands in `:::cards` | - | write `###`: it begins a card",
    );
    case(
        ":::cards\n### A\n### B\nb\n:::",
        "D107 4 `### A` this card has a head and nothing else | - | write its text below the `###`",
    );
    case(
        ":::cards\n### A\na\n:::",
        "D106 3 `:::cards` `:::cards` has 1 card, it takes 2 to 6 | - | write one thing as `:::callout`",
    );
    codes(&format!(":::cards\n{}:::", "### A\na\n".repeat(7)), &["D106 3"]);
    codes(":::cards\n### A\n![x](y.png)\n### B\nb\n:::", &["D108 5", "D107 4"]);
    codes("::::cards\n### A\na\n:::stats\n1 | b\n:::\n### B\nb\n::::", &["D016 6"]);
    codes(&format!(":::cards\n### {}\na\n### B\nb\n:::", token(" ")), &["D036 4"]);
    codes(":::cards\n\n:::", &["D023 3"]);
}

#[test]
fn teams() {
    case(
        ":::team\n### Ann\n- a\n### Bo\n### Cy\nlead\n:::",
        "D109 4 `### Ann` this person has no role | - | write it as a line of its own below the name, then an empty line\n\
         D109 6 `### Bo` this person has no role | - | write it as a line of its own below the name, then an empty line",
    );
    codes(":::team\nOur people\n### A\nlead\n:::", &["D105 4"]);
    codes(&format!(":::team\n{}:::", "### A\nlead\n".repeat(7)), &["D106 3"]);
    codes(":::team\n## A\nlead\n:::", &["D105 4"]);
    codes(":::team\n### A\nlead\n\n![x](y.png)\n:::", &["D108 7"]);
}

#[test]
fn markdown_that_documents_do_not_have() {
    case(
        "<div>\na",
        "D030 3 `<div>` this is HTML, which documents do not have | - | write Markdown or a `:::` directive",
    );
    case(
        "a <b>c</b>",
        "D030 3 `<b>` `<b>` is HTML, which documents do not have | - | write Markdown, or `\\<` for the sign itself\n\
         D030 3 `</b>` `</b>` is HTML, which documents do not have | - | write Markdown, or `\\<` for the sign itself",
    );
    case("<!-- x -->", "D030 3 `<!-- x -->` an HTML comment would be lost | - | write a note as `{# … #}`");
    case(
        "a `b` c",
        "D031 3 `b` `b` is set as code, which documents do not have | - | remove the backticks, or write **bold**",
    );
    codes("    a", &["D031 3"]);
    codes("```\n# x\n```", &["D031 3"]);
    case(
        "> a",
        "D032 3 `> a` this is a block quote, which documents do not have | - | write `:::testimonial{by=\"…\"}` for somebody's words, or `:::callout` for a remark",
    );
    codes("a\n\n---\n", &["D033 5"]);
    codes("a\n---\n", &["D034 3"]);
    codes("Title\n===\n", &["D034 3"]);
    codes("[a]: https://x.example\n\nb [a]", &["D041 3"]);
    codes("- [a\nb]:\n  https://x.example", &["D041 4", "D038 3"]);
    codes("a\n\n[^1]: b", &["D042 5"]);
    codes("a[^1]", &["D040 3"]);
    codes("a[^1]\n\n[^1]: b\ntext", &["D042 6"]);
    codes("a[^1]\n\n[^1]: b\n[^1]: c", &["D042 6"]);
    codes("a[^1]\n\n[^1]: - b", &["D042 5"]);
    codes("a[^1]\n\n[^1]: b[^1]", &["D040 5"]);
    codes("- x\n\n    [^1]: b", &["D042 5"]);
    codes("**bold **", &["D040 3"]);
    codes("[text](a b)", &["D040 3"]);
    codes("##Title", &["D040 3"]);
    codes("#Title", &["D040 3"]);
    codes("#1 in Ontario, \\*\\* \\[\\^1] [x]\\(y)", &[]);
    case(
        "a ~~b~~ c",
        "D040 3 `a ~~b~~ c` `~~` would be printed as it stands | - | remove the words that are struck out, or write `\\~\\~` for the signs themselves",
    );
    case(
        "a ==b== c",
        "D040 3 `a ==b== c` `==` would be printed as it stands | - | write **bold**, or `\\=\\=` for the signs themselves",
    );
    case(
        "- [x] a",
        "D040 3 `[x]` `[x]` would be printed as it stands | - | remove the box, or write `\\[` for the bracket itself",
    );
    codes("==**b**==", &["D040 3"]);
    codes(&format!("=={}==", token("b")), &["D040 3"]);
    codes("~~**b**~~", &["D040 3"]);
    codes("- a\n  1. [ ] b\n- [X] c", &["D040 4", "D040 5"]);
    codes("- [ ]", &["D040 3"]);
    codes("a == b, a==b, <https://x.example/?q=YQ==> and \\~\\~c\\~\\~ \\=\\=d\\=\\=", &[]);
    codes(&format!("{} {}", token("~~a~~"), token("==b==")), &[]);
    codes("- \\[x] a\n- [x](https://x.example) b\n- [xy] c\n- see [x] d", &[]);
    codes("-", &["D038 3"]);
    codes("- # a", &["D037 3"]);
    codes("- - - - - a", &["D039 3"]);
}

#[test]
fn headings() {
    case("#### a", "D035 3 `#### a` `####` is one level more than headings have | - | use `###`, or **bold** words");
    case("# b", "D035 3 `# b` a second title in one section | - | write `##`, or make it a section of its own");
    case("### b", "D035 3 `### b` `###` skips a level after `#` | - | write `##`");
    case("##", "D036 3 `##` a heading is empty | - | write its words, or remove the line");
    codes(&format!("## {}", token(" ")), &["D036 3"]);
    let found = problems(&[section("## a\n\nb")]);
    assert_eq!(
        show(&found),
        "D035 1 `## a` `##` comes before the section's title | - | begin the section with `# Title`"
    );
}

#[test]
fn tables() {
    let table = "| a | b |\n|---|---|\n";
    case(
        &format!("{table}| 1 | 2 | 3 |\n| 1 |"),
        "D050 5 `| 1 | 2 | 3 |` this row has 3 cells, its table has 2 columns | - | write one cell for each column, and `\\|` for a bar within a cell\n\
         D050 6 `| 1 |` this row has 1 cell, its table has 2 columns | - | write one cell for each column, and `\\|` for a bar within a cell",
    );
    case(
        &format!("{table}| 1 | 2 |\nafter"),
        "D050 6 `after` a line without `|` follows a table | - | put an empty line after the table",
    );
    codes("| a |\n|---|\n| 1 |\nafter", &["D050 6"]);
    codes(table, &["D051 3"]);
    case(
        "| a | b | c |\n|---|---|\n| 1 | 2 |",
        "D052 4 `|---|---|` the line of dashes has 2 cells, the head above it has 3 | - | a table is a head, a line `| --- | --- |` with as many cells, and rows, with an empty line before it",
    );
    case(
        "| | |\n|---|---|\n| | |",
        "D053 3 `| | |` all cells of this table are blank | - | write its words, or leave the table out with `{% if … %}`",
    );
    codes(&format!("|  |\n|---|\n| {} |", token(" ")), &["D053 3"]);
    codes("|  |\n|---|\n| 1 |", &[]);
    codes("| To fill in |\n|---|\n|  |", &[]);
    codes("| a | b |\n| 1 | 2 |", &["D052 3"]);
    codes("|---|---|\n| 1 | 2 |", &["D052 3"]);
}

#[test]
fn images_and_links() {
    case(
        "![](images/a.png)",
        "D060 3 `![](` an image has no words for those who cannot see it | - | write what it shows: `![A van in the yard](images/van.jpg)`",
    );
    case(
        "![a](../b.png)",
        "D061 3 `../b.png` `../b.png` leaves its folder | - | write its path in this template's folder: `images/van.jpg`",
    );
    codes(&format!("![a]({})", token("b.png")), &["D061 3"]);
    codes("See ![a](b.png \"Title\")", &["D062 3"]);
    codes("[a](https://b.example \"Title\")", &["D062 3"]);
    codes("![a](b.png \"A <b>caption</b>\")", &["D030 3", "D030 3"]);
    codes("![TODO](b.png)", &["D090 3"]);
    case(
        "[a](javascript:x)",
        "D070 3 `javascript:x` a link cannot lead to `javascript:` | - | write `https://…`, `mailto:…`, `tel:…`, or `#section-id` for a section of this document",
    );
    codes(&format!("[a]({})", token("javascript:x")), &["D071 3"]);
    codes("[](https://x.example)", &["D073 3"]);
    case(
        "see\n[a](#intr) and",
        "D072 4 `#intr` this document has no section `intr` to point at | did you mean `#intro`? | if it is in some documents only, write `{% if has_section(\"intr\") %}` before the sentence",
    );
}

#[test]
fn sections() {
    let found = problems(&[section("\n  \n")]);
    assert_eq!(
        show(&found),
        "D083 1 `` section `intro` is empty | - | write its text, or leave the section out with `when:` in template.yaml"
    );
    assert_eq!(show(&problems(&[section(":::page-break")])).split(' ').next(), Some("D083"));
    let with = |kind, layout: &str, text: &str| {
        let mut section = section(text);
        section.front.layout = front(&section, layout);
        show(&super::super::parse(kind, &[section], None).err().unwrap_or_default().0)
    };
    assert_eq!(
        with(Kind::Proposal, "covr", "# T"),
        "D080 1 `# T` there is no layout `covr` | did you mean `cover`? | use `cover`, `section`, `content` or `closing`"
    );
    let alone = "D083 1 `# T` section `intro` has a heading and nothing else | - | write its text, leave it out with `when:` in template.yaml, or use layout `section`";
    assert_eq!(show(&problems(&[section("# T")])), alone);
    assert_eq!(show(&problems(&[section("# T\n\n## U\n\n:::page-break")])), alone);
    assert_eq!(with(Kind::Proposal, "content", "# T"), alone);
    assert_eq!(with(Kind::Deck, "content", "# T"), alone);
    for layout in ["cover", "section", "closing"] {
        assert_eq!(with(Kind::Deck, layout, "# T"), "");
        assert_eq!(with(Kind::Proposal, layout, "# T"), "");
    }
    assert_eq!(with(Kind::Deck, "content", "# T\n\n![A van](van.svg)"), "");
    assert!(with(Kind::Deck, "big-number", "# T").starts_with("D084"));
    assert!(with(Kind::Proposal, "two-column", "# T").starts_with("D081"));
    assert!(with(Kind::Proposal, "team", "# T").starts_with("D081"));
    assert!(with(Kind::Deck, "pricing", "# T").starts_with("D084"));
    assert!(with(Kind::Deck, "two-column", "# T").starts_with("D084"));
    assert!(with(Kind::Deck, "big-number", "# T\n:::stats\n1 | a\n:::").is_empty());
    for (layout, wanted) in [
        ("testimonial", ":::testimonial{by=\"A\"}\nWell done.\n:::"),
        ("comparison", "| a | b |\n| --- | --- |\n| 1 | 2 |"),
        ("agenda", "1. First\n2. Second"),
    ] {
        assert!(with(Kind::Deck, layout, "# T\n\nWords.").starts_with("D084"), "{layout}");
        assert_eq!(with(Kind::Deck, layout, &format!("# T\n\n{wanted}")), "", "{layout}");
        assert!(with(Kind::Proposal, layout, "# T\n\nWords.").starts_with("D081"), "{layout}");
    }
    assert!(with(Kind::Deck, "content", "text").starts_with("D085"));
    assert!(with(Kind::Proposal, "cover", "text").starts_with("D085"));
}

#[test]
fn library_blocks() {
    let mut whole = section(
        "# T\n\n## U\n\n\u{E002}0\u{E001}\n\na \u{E002}1\u{E001} b\n\n| \u{E002}1\u{E001} |\n|---|\n| 1 |\n\n\u{E002}7\u{E001}\n\n\u{E002}2\u{E001}",
    );
    whole.blocks = vec![block("x/y", "## a\n\n<b>"), block("x/z", "b"), block("x/w", "")];
    let found = show(&problems(&[whole]));
    let short: Vec<String> = found.lines().map(|l| l.split(' ').take(2).collect::<Vec<_>>().join(" ")).collect();
    assert_eq!(short, ["D002 7", "D002 9", "D030 3", "D035 1", "D002 13", "D083 15"], "{found}");
}

#[test]
fn private_use_characters() {
    codes("a\u{E000}b", &["D001 3"]);
    codes("a &#xE000;0000000&#57345; b", &["D001 3"]);
    codes("\u{E001}", &["D001 3"]);
}

#[test]
fn all_problems_at_once() {
    let mut other = section("## x\n\n`y`");
    other.id = "other".into();
    let found = problems(&[section("# T\n\n<b>\n\n:::nope\n\n[a](#c)"), other]);
    let codes: Vec<&str> = found.iter().map(|problem| problem.code).collect();
    assert_eq!(codes, ["D010", "D030", "D031", "D035", "D072"]);
}

#[test]
fn every_code_is_explained() {
    let explained = include_str!("../../../docs/errors/document.md");
    let sources = [
        include_str!("../attributes.rs"),
        include_str!("../build.rs"),
        include_str!("../directives.rs"),
        include_str!("../footnotes.rs"),
        include_str!("../headings.rs"),
        include_str!("../images.rs"),
        include_str!("../inlines.rs"),
        include_str!("../layouts.rs"),
        include_str!("../leftovers.rs"),
        include_str!("../links.rs"),
        include_str!("../markdown.rs"),
        include_str!("../section.rs"),
        include_str!("../source.rs"),
        include_str!("../tables.rs"),
    ];
    let is_code =
        |word: &&str| word.len() == 4 && word.starts_with('D') && word[1..].bytes().all(|b| b.is_ascii_digit());
    let codes = sources.iter().flat_map(|source| source.split('"')).filter(is_code);
    let missing: Vec<&str> = codes.filter(|code| !explained.contains(&format!("### {code} "))).collect();
    assert!(missing.is_empty(), "no entry in docs/errors/document.md: {missing:?}");
}
