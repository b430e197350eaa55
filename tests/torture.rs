//! Pages under strain: every pair of optional sections in and out, budgets that bite, long tables, tall cells, long names.

mod support;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use collateral::document::layout_names;
use collateral::document::model::Kind;
use collateral::layout::page::{ItemKind, Page, TagKind};
use collateral::library::files::Source;
use collateral::library::template::{Drop, RepMay, Template};
use collateral::library::{Library, Trust};
use collateral::pipeline::{Engine, LaidOut, Order, generate, lay_out};
use support::covering::{missing, pairwise};
use support::sound;
use support::workplace::{Workplace, copy};
use tempfile::TempDir;

const CLIENTS: [&str; 3] = ["bakery", "harbour", "haulier"];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn order(template: &str, client: Option<&str>, sets: Vec<String>) -> Order {
    let date = jiff::civil::date(2026, 11, 23);
    Order {
        client_file: client.map(|client| root().join(format!("examples/clients/{client}.yaml"))),
        sets,
        ..Order::new(template, date)
    }
}

fn sample() -> Engine {
    Engine::new(Library::load(Source::Embedded, Trust::Locked).expect("the sample library is sound"))
}

// Optional sections, pair by pair.

/// Something that can be chosen for a document; each level is what `--set` says, if anything.
struct Factor {
    levels: Vec<Option<(&'static str, String)>>,
}

/// A client's quote, which no `--set` can take away: the client file is read without it.
const QUOTE: &str = "quote";

/// The sample clients without their quotes.
fn clients_without_quotes() -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    copy(&root().join("examples/clients"), folder.path());
    for client in CLIENTS {
        let path = folder.path().join(format!("{client}.yaml"));
        let text = fs::read_to_string(&path).expect("the sample can be read");
        let mut within = false;
        let kept = text.lines().filter(|line| {
            if !line.starts_with([' ', '#']) {
                within = line.starts_with("quote:");
            }
            !within
        });
        fs::write(&path, kept.collect::<Vec<_>>().join("\n") + "\n").expect("a file can be written");
    }
    folder
}

/// What decides which optional sections are in: the rep's choices, and the client data that `when` asks about.
fn factors(template: &Template, variant: &str) -> Vec<Factor> {
    let in_variant =
        template.sections.iter().filter(|s| s.variants.is_empty() || s.variants.iter().any(|v| v.value == variant));
    let mut factors: Vec<Factor> = in_variant
        .filter_map(|section| {
            let path = match section.rep {
                RepMay::MayRemove => "sections.remove",
                RepMay::MayAdd => "sections.add",
                RepMay::Nothing => return None,
            };
            Some(Factor { levels: vec![None, Some((path, section.id.value.clone()))] })
        })
        .collect();
    let none = |path| Factor { levels: vec![None, Some((path, String::new()))] };
    let mut competitors = none("opportunity.competitors");
    competitors.levels.push(Some(("opportunity.competitors", "in-house,dealer-service,national-chain".into())));
    factors.extend([competitors, none("opportunity.pain_points"), none("opportunity.objections"), none(QUOTE)]);
    factors
}

/// What a template insists on beyond the client file, by the examples that it gives.
fn insisted(template: &Template) -> Vec<String> {
    let required = template.fields.iter().filter(|field| field.required && field.default.is_none());
    required.filter_map(|field| Some(format!("answers.{}={}", field.id.value, field.example.as_ref()?))).collect()
}

/// A row of levels as `--set` words; choices of one path are one list.
fn sets(factors: &[Factor], row: &[usize]) -> Vec<String> {
    let mut words: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (factor, level) in factors.iter().zip(row) {
        if let Some((path, word)) = &factor.levels[*level] {
            words.entry(*path).or_default().push(word);
        }
    }
    words.into_iter().map(|(path, words)| format!("{path}={}", words.join(","))).collect()
}

#[test]
fn covering_rows_cover_every_pair() {
    for levels in [vec![], vec![3], vec![2, 2], vec![2; 12], vec![3, 2, 4, 2, 2]] {
        let rows = pairwise(&levels);
        assert_eq!(missing(&levels, &rows), None, "{levels:?}");
        assert_eq!(rows, pairwise(&levels), "the same rows each time");
    }
    assert!(pairwise(&[2; 12]).len() <= 16, "few rows");
}

/// Every document of one template for one client; what each optional section was seen to be.
fn pairwise_documents(
    engine: &Engine,
    without_quotes: &Path,
    (template, client): (&str, &str),
    faults: &mut Vec<String>,
) -> usize {
    let wanted = engine.library.template(template).expect("the sample has it");
    let usual = lay_out(engine, &order(template, Some(client), insisted(&wanted))).expect("the sample is sound");
    let variant = usual.plan.variant;
    let factors = factors(&wanted, &variant);
    let levels: Vec<usize> = factors.iter().map(|factor| factor.levels.len()).collect();
    let rows = pairwise(&levels);
    let mut seen: BTreeMap<String, [bool; 2]> = BTreeMap::new();
    for row in &rows {
        let mut sets = [sets(&factors, row), insisted(&wanted)].concat();
        let what = format!("{template} for {client} with {sets:?}");
        let without_quote = sets.iter().position(|set| set.strip_suffix('=') == Some(QUOTE)).map(|at| sets.remove(at));
        let mut order = order(template, Some(client), sets);
        if without_quote.is_some() {
            order.client_file = Some(without_quotes.join(format!("{client}.yaml")));
        }
        match generate(engine, &order) {
            Err(problems) => faults.push(format!("{what}: {problems:?}")),
            Ok(made) => {
                for section in &made.laid_out.plan.sections {
                    seen.entry(section.id.clone()).or_default()[usize::from(section.included)] = true;
                }
                faults.extend(sound::faults(&made.laid_out).into_iter().map(|fault| format!("{what}: {fault}")));
                faults.extend(outside_its_budget(&wanted, &made.laid_out).map(|fault| format!("{what}: {fault}")));
            }
        }
    }
    // Whatever can be in or out has been both, so that a new kind of choice cannot pass unseen.
    for section in &wanted.sections {
        let here = section.variants.is_empty() || section.variants.iter().any(|v| v.value == variant);
        let optional = section.when.is_some() || section.rep != RepMay::Nothing;
        if here && optional && seen.get(&section.id.value) != Some(&[true, true]) {
            faults.push(format!("{template} for {client}: `{}` was not tried both in and out", section.id.value));
        }
    }
    rows.len()
}

/// Within its pages; or nothing is left to drop and the warning says so. Nothing is dropped that need not be.
fn outside_its_budget(template: &Template, laid_out: &LaidOut) -> Option<String> {
    let budget = template.variants.0.iter().find(|(id, _)| id.value == laid_out.plan.variant)?.1.pages?;
    let count = laid_out.pages.pages.len();
    let warned = laid_out.warnings.0.iter().any(|warning| warning.code == "P009");
    let too_long = budget.max.is_some_and(|max| count > max);
    let too_short = budget.min.is_some_and(|min| count < min);
    if too_long && laid_out.plan.sections.iter().any(|section| section.included && section.drop != Drop::Never) {
        return Some(format!("{count} pages, though sections could still be dropped"));
    }
    (warned != (too_long || too_short)).then(|| format!("{count} pages of {budget:?}, warned: {warned}"))
}

#[test]
fn every_pair_of_optional_sections_makes_sound_pages() {
    let engine = sample();
    let without_quotes = clients_without_quotes();
    let templates = engine.library.template_ids();
    let jobs: Vec<(&str, &str)> =
        templates.iter().flat_map(|template| CLIENTS.map(|client| (template.as_str(), client))).collect();
    let (first, second) = jobs.split_at(jobs.len() / 2);
    let run = |jobs: &[(&str, &str)]| {
        let mut faults = Vec::new();
        let made: usize =
            jobs.iter().map(|job| pairwise_documents(&engine, without_quotes.path(), *job, &mut faults)).sum();
        (faults, made)
    };
    let (one, other) = std::thread::scope(|scope| {
        let one = scope.spawn(|| run(first));
        let other = run(second);
        (one.join().expect("no document panics"), other)
    });
    let faults = [one.0, other.0].concat();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(one.1 + other.1 > 50, "only {} documents were made", one.1 + other.1);
}

// Budgets that bite.

/// The sample library with every variant of a template held to `max` pages.
fn held_to(folder: &Path, template: &str, max: usize) -> Engine {
    let path = folder.join(format!("templates/{template}/template.yaml"));
    let text =
        fs::read_to_string(root().join(format!("templates/{template}/template.yaml"))).expect("the sample has it");
    let held: Vec<String> = text
        .lines()
        .map(|line| match line.split_once("pages: {") {
            Some((before, _)) => format!("{before}pages: {{max: {max}}}}}"),
            None => line.to_string(),
        })
        .collect();
    fs::write(path, held.join("\n") + "\n").expect("a file can be written");
    Engine::new(Library::load(Source::Folder(folder.to_path_buf()), Trust::Draft).expect("the library is sound"))
}

/// Ids in the order in which the rule drops them: `first` ones, then `second`, last ones first.
fn by_the_rule(laid_out: &LaidOut) -> Vec<&str> {
    let droppable = |order: Drop| {
        let sections = laid_out.plan.sections.iter().rev();
        sections
            .filter(move |s| s.drop == order && (s.included || laid_out.dropped.contains(&s.id)))
            .map(|s| s.id.as_str())
    };
    droppable(Drop::First).chain(droppable(Drop::Second)).collect()
}

#[test]
fn sections_are_dropped_by_the_rule_and_no_more_than_need_be() {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    copy(&root().join("brand"), &folder.path().join("brand"));
    copy(&root().join("templates"), &folder.path().join("templates"));
    let mut faults = Vec::new();
    for (template, client) in
        [("proposal", "haulier"), ("proposal", "harbour"), ("pitch-deck", "haulier"), ("pitch-deck", "harbour")]
    {
        let usual = lay_out(&sample(), &order(template, Some(client), vec![])).expect("the sample is sound");
        let longest = usual.pages.pages.len();
        let mut dropped_before = Vec::new();
        for max in (3..longest).rev() {
            let engine = held_to(folder.path(), template, max);
            let what = format!("{template} for {client} in {max} pages");
            let laid_out = lay_out(&engine, &order(template, Some(client), vec![])).expect("a loose budget only warns");
            let wanted = engine.library.template(template).expect("it is there");
            let rule = by_the_rule(&laid_out);
            if laid_out.dropped != rule[..laid_out.dropped.len().min(rule.len())] {
                faults.push(format!("{what}: dropped {:?}, the rule says {rule:?}", laid_out.dropped));
            }
            faults.extend(outside_its_budget(&wanted, &laid_out).map(|fault| format!("{what}: {fault}")));
            faults.extend(sound::faults(&laid_out).into_iter().map(|fault| format!("{what}: {fault}")));
            if laid_out.dropped.len() > dropped_before.len() {
                // Without the last of them, it was still too long.
                let kept = &laid_out.dropped[..laid_out.dropped.len() - 1];
                let fewer = vec![format!("sections.remove={}", kept.join(","))];
                let longer = lay_out(&sample(), &order(template, Some(client), fewer)).expect("a rep may remove them");
                if longer.pages.pages.len() <= max {
                    faults.push(format!("{what}: `{}` need not have been dropped", laid_out.dropped[kept.len()]));
                }
            }
            dropped_before = laid_out.dropped;
        }
        assert!(!dropped_before.is_empty(), "{template} for {client}: nothing was ever dropped");
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

// Long tables and tall cells.

fn letter(offer: &str) -> LaidOut {
    let place = Workplace::new();
    let path = place.path().join("library/templates/letter/sections/offer.md");
    fs::write(path, offer).expect("a fixture can be written");
    let engine = Engine::new(Library::load(Source::Folder(place.path().join("library")), Trust::Draft).expect("sound"));
    let sets = ["client.name=Golden Crust Bakery", "client.size.vehicles=4"].map(String::from).to_vec();
    let made = generate(&engine, &order("letter", None, sets)).expect("it can be made");
    assert_eq!(sound::faults(&made.laid_out), Vec::<String>::new());
    made.laid_out
}

/// The words of each cell below a kind of node on a page, by row and in order: page, row's node, words.
fn body_rows(laid_out: &LaidOut) -> Vec<(usize, usize, String)> {
    let pages = &laid_out.pages;
    let mut rows: Vec<(usize, usize, String)> = Vec::new();
    for (index, page) in pages.pages.iter().enumerate() {
        for (tag, item) in sound::tagged(page) {
            let (Some(row), Some(_)) = (
                sound::above(pages, tag, |kind| *kind == TagKind::Row),
                sound::above(pages, tag, |kind| *kind == TagKind::TableBody),
            ) else {
                continue;
            };
            let ItemKind::Glyphs(run) = &item.kind else { continue };
            match rows.last_mut() {
                Some((last_page, last, words)) if *last == row.0 && *last_page == index => words.push_str(&run.text),
                _ => rows.push((index, row.0, run.text.clone())),
            }
        }
    }
    rows
}

/// Where a head's word stands on the page, from its top, pt: the words of the table's head, repeated or not.
fn head_at(page: &Page, word: &str) -> Option<f32> {
    sound::runs(page).find(|run| run.text.trim() == word).map(|run| run.y)
}

#[test]
fn a_table_of_300_rows_repeats_its_head_and_tears_no_row() {
    let mut offer = "# All vehicles\n\n| Unit | Vehicle | Kilometres |\n| --- | --- | ---: |\n".to_string();
    let words: Vec<String> = (1..=300).map(|row| format!("U{row:03}")).collect();
    for (row, unit) in words.iter().enumerate() {
        let long = if row % 7 == 0 {
            " with a lift at its tail, a second battery and a heater for the load, kept in the yard in the north of the city"
        } else {
            ""
        };
        offer += &format!("| {unit} | Van {row}{long} | {} |\n", 1000 + row * 37);
    }
    let laid_out = letter(&offer);
    let rows = body_rows(&laid_out);
    assert_eq!(rows.len(), 300, "no row is torn or lost");
    for ((_, _, found), unit) in rows.iter().zip(&words) {
        assert!(found.starts_with(unit.as_str()), "{unit} is missing before {found}");
    }
    let mut pages: Vec<usize> = rows.iter().map(|(page, ..)| *page).collect();
    pages.dedup();
    assert!(pages.len() > 8, "the table takes {} pages", pages.len());
    for page in &pages {
        let page = &laid_out.pages.pages[*page];
        let head = head_at(page, "Kilometres").unwrap_or_else(|| panic!("no head on page {}", page.label));
        let first = sound::runs(page)
            .filter(|run| {
                run.text.starts_with("U0")
                    || run.text.starts_with("U1")
                    || run.text.starts_with("U2")
                    || run.text == "U300"
            })
            .map(|run| run.y);
        assert!(first.fold(f32::MAX, f32::min) > head, "the head is not above the rows of page {}", page.label);
    }
    // The logical table has one head.
    let heads = laid_out.pages.tags.iter().filter(|tag| tag.kind == TagKind::TableHead).count();
    assert_eq!(heads, 1);
    // Full pages: those between the first and the last end near their foot.
    for page in &pages[1..pages.len() - 1] {
        let page = &laid_out.pages.pages[*page];
        let lowest = sound::tagged(page).filter_map(|(_, item)| match &item.kind {
            ItemKind::Glyphs(run) => Some(run.y),
            _ => None,
        });
        let lowest = lowest.fold(0.0, f32::max);
        assert!(lowest > page.height * 0.82, "page {} ends at {lowest} pt", page.label);
    }
}

#[test]
fn a_cell_of_40_lines_keeps_its_words_in_order_on_the_page() {
    // Forty lines, in a column beside a narrow one.
    let words: Vec<String> = (1..=440).map(|word| format!("word{word:03}")).collect();
    let offer = format!(
        "# What is in it\n\nBefore.\n\n| Part | What it says |\n| --- | --- |\n| Short | One line |\n| Tall | {} |\n| After | The last row |\n\nAfterwards.\n",
        words.join(" ")
    );
    let laid_out = letter(&offer);
    let rows = body_rows(&laid_out);
    let all: String = rows.iter().map(|(_, _, words)| words.as_str()).collect::<Vec<_>>().join(" ");
    assert!(support::squeeze(&all).contains(&words.concat()), "each word once, in order: {all}");
    assert!(all.contains("The last row"));
    // Where the cell goes on, the head stands again.
    let mut pages: Vec<usize> = rows.iter().map(|(page, ..)| *page).collect();
    pages.dedup();
    for page in pages {
        let page = &laid_out.pages.pages[page];
        assert!(head_at(page, "What it says").is_some(), "no head on page {}", page.label);
    }
    // Lines of the cell do not lie on one another.
    for page in &laid_out.pages.pages {
        let mut lines: Vec<f32> = sound::runs(page).filter(|run| run.text.contains("word")).map(|run| run.y).collect();
        lines.sort_by(f32::total_cmp);
        lines.dedup_by(|a, b| (*a - *b).abs() < 0.01);
        assert!(
            lines.windows(2).all(|pair| pair[1] - pair[0] > 9.0),
            "lines lie on one another on page {}",
            page.label
        );
    }
}

// A name of 150 characters on every layout.

/// Of words, and of one word that no space breaks.
fn long_names() -> [String; 2] {
    let words = "The Honourable Company of Pan-Continental Refrigerated Haulage, Warehousing, Customs Brokerage and Last-Mile Delivery Holdings (International) Ltd of Ayr";
    let word = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamten".repeat(3);
    [words, word.as_str()].map(|name| {
        let name: String = name.chars().take(150).collect();
        assert_eq!(name.chars().count(), 150);
        name
    })
}

/// A slide of the layout with the client's name in its title, and one with it among its other words.
fn slides_with_the_name(layout: &str) -> [String; 2] {
    let name = "{{ client.name }}";
    let body = |said: &str| match layout {
        "cover" | "section" | "closing" => format!("For the people of {said}, from us."),
        "content" => format!("- We look after {said}\n- At night\n- In the yard"),
        "agenda" => format!("1. What {said} told us\n2. What it costs\n3. What comes next"),
        "two-column" => format!(
            "::::columns\n:::column\n## Today\n\n{said} waits.\n:::\n:::column\n## Then\n\nWe come to {said}.\n:::\n::::"
        ),
        "big-number" => format!(":::stats\n629 | days that {said} loses in a year\n:::"),
        "testimonial" => format!(
            ":::testimonial{{by=\"Ada Client\" role=\"Owner, {said}\"}}\nThe vans of {said} are on the road.\n:::"
        ),
        "comparison" => format!(
            "| What to ask | Ours | {said} |\n| --- | --- | --- |\n| Where | In the yard | In the bays of {said} |\n| When | At night | By day |"
        ),
        "timeline" => format!(
            ":::timeline\nWeek 1 | First visit | {said} shows us the yard\nWeek 2 | First service | At night\n:::"
        ),
        "team" => format!(":::team\n### Ada Rep\nAnswers for {said}\n\nEvery day.\n### Ben Planner\nPlans\n:::"),
        "pricing" => format!(":::pricing{{per=vehicles}}\n\nFor {said}."),
        other => panic!("the layout `{other}` needs a sample here"),
    };
    let section = |title: &str, body: String| format!("---\nlayout: {layout}\n---\n\n# {title}\n\n{body}\n");
    [
        section(&format!("What we do for {name} this year"), body("everybody")),
        section("What we do this year", body(name)),
    ]
}

/// Gives the fixture's library what prices need, the sample brand's words and a price book, and a client with a quote.
fn with_prices(place: &Workplace) -> PathBuf {
    let library = place.path().join("library");
    copy(&root().join("brand"), &library.join("brand"));
    let book = "version: \"2026.1\"\nvalid: {from: 2026-01-01, until: 2027-12-31}\ncurrencies: [CAD]\n\
                rounding: {mode: half_up, per: line}\nitems:\n  \
                - {sku: CARE, name: Care, unit: van, billing: monthly, prices: {CAD: 149}}\n";
    let client = "client: {name: Acme, size: {vehicles: 4}}\n\
                  quote: {valid_until: 2027-01-31, lines: [{sku: CARE, quantity: 4}]}\n";
    fs::write(library.join("templates/pricebook.yaml"), book).expect("a fixture can be written");
    let file = place.path().join("client.yaml");
    fs::write(&file, client).expect("a fixture can be written");
    file
}

/// It fits; or an error names the slide, how much is over and the longest name that would do.
fn fits_or_says_so(engine: &Engine, order: &Order, what: &str) -> Vec<String> {
    let problems = match generate(engine, order) {
        Ok(made) => {
            let faults = sound::faults(&made.laid_out);
            return faults.into_iter().map(|fault| format!("{what}: {fault}")).collect();
        }
        Err(problems) => problems,
    };
    let mut faults = Vec::new();
    for problem in &problems.0 {
        let help = problem.help.clone().unwrap_or_default();
        let whole = format!("{} {help}", problem.message);
        let slide = problem.message.contains("slide `") || problem.message.contains("cover");
        let over = whole.contains(" words") || whole.contains("1 word");
        // A whole document over its strict budget says so in pages.
        let (slide, over) = if problem.code == "P009" { (true, whole.contains("pages")) } else { (slide, over) };
        let longest = help
            .split("shorten `client.name` to ")
            .nth(1)
            .and_then(|rest| rest.split(' ').next()?.parse::<usize>().ok());
        match longest {
            Some(longest) if slide && over => {
                faults.extend(longest_is_true(engine, order, longest).map(|fault| format!("{what}: {fault}")))
            }
            _ => faults.push(format!("{what}: {whole}")),
        }
    }
    faults
}

/// Whether a name of so many characters fits, and one more does not.
fn longest_is_true(engine: &Engine, order: &Order, longest: usize) -> Option<String> {
    let made = |count: usize| {
        let mut order = order.clone();
        for set in &mut order.sets {
            if let Some(name) = set.strip_prefix("client.name=") {
                *set = format!("client.name={}", name.chars().take(count).collect::<String>().trim_end());
            }
        }
        lay_out(engine, &order).is_ok()
    };
    (!made(longest)).then(|| format!("a name of {longest} characters does not fit, though the error says so"))
}

#[test]
fn a_name_of_150_characters_fits_every_slide_layout_or_is_refused_with_the_longest_that_does() {
    let place = Workplace::new();
    let library = place.path().join("library");
    let client = with_prices(&place);
    let mut faults = Vec::new();
    for layout in layout_names(Kind::Deck) {
        for (at, slide) in slides_with_the_name(layout).iter().enumerate() {
            fs::write(library.join("templates/slides/sections/message.md"), slide).expect("a fixture can be written");
            let engine = Engine::new(Library::load(Source::Folder(library.clone()), Trust::Draft).expect("sound"));
            for (kind, name) in long_names().iter().enumerate() {
                let order = Order {
                    client_file: Some(client.clone()),
                    ..order("slides", None, vec![format!("client.name={name}")])
                };
                let what =
                    format!("{layout}, {}, {}", ["in the title", "in the words"][at], ["words", "one word"][kind]);
                faults.extend(fits_or_says_so(&engine, &order, &what));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// Slides that are full with a short name already: what a long one does to them is said by name, words and length.
#[test]
fn a_full_slide_says_which_name_would_fit() {
    let name = "{{ client.name }}";
    let said_often = format!("For {name}, where {name} pays only for what {name} has seen. ").repeat(6);
    let items = format!("- What {name} pays for\n- What {name} has seen\n- Where {name} waits today\n");
    let slide = |layout: &str, title: &str, body: &str| format!("---\nlayout: {layout}\n---\n\n# {title}\n\n{body}\n");
    let in_title = format!("{name} and {name}: what {name} gains where {name} waits");
    let column = format!(":::column\n## {name}\n\n{said_often}\n:::\n");
    let slides = [
        ("X022", slide("cover", "For everybody", &said_often)),
        ("X022", slide("closing", "The next step", &said_often)),
        ("X020", slide("section", "Part one", &said_often)),
        ("X020", slide("content", "What we saw", &items.repeat(3))),
        ("X021", slide("content", &in_title, "- One\n- Two")),
        ("X020", slide("agenda", "What we saw", &items.repeat(3))),
        ("X020", slide("two-column", "What we saw", &format!("::::columns\n{column}{column}::::"))),
        ("X021", slide("big-number", &in_title, ":::stats\n629 | days\n:::")),
        ("X020", slide("testimonial", "What they say", &format!(":::testimonial{{by=\"{name}\"}}\n{said_often}\n:::"))),
        (
            "X020",
            slide(
                "comparison",
                "What we saw",
                &format!(
                    "| What | Ours |\n| --- | --- |\n{}",
                    format!("| {name} waits | {name} and {name} drive |\n").repeat(7)
                ),
            ),
        ),
        (
            "X020",
            slide(
                "timeline",
                "What comes",
                &format!(
                    ":::timeline\n{}:::",
                    format!("Week 1 | {name} | {name} shows {name} the yard of {name}\n").repeat(6)
                ),
            ),
        ),
        (
            "X020",
            slide(
                "team",
                "Who answers",
                &format!(
                    ":::team\n{}:::",
                    format!("### Ada Rep\nAnswers for {name}\n\n{name} calls {name}; {name} hears {name}.\n").repeat(6)
                ),
            ),
        ),
        (
            "X020",
            slide(
                "content",
                "What we saw",
                &format!(
                    ":::cards\n{}:::",
                    format!("### {name}\n\n{name} calls {name}; {name} hears {name}.\n").repeat(6)
                ),
            ),
        ),
    ];
    let place = Workplace::new();
    let library = place.path().join("library");
    let mut faults = Vec::new();
    for (code, slide) in &slides {
        fs::write(library.join("templates/slides/sections/message.md"), slide).expect("a fixture can be written");
        let engine = Engine::new(Library::load(Source::Folder(library.clone()), Trust::Draft).expect("sound"));
        let order =
            |name: &str| order("slides", None, vec![format!("client.name={name}"), "client.size.vehicles=4".into()]);
        let what = slide.lines().nth(1).unwrap_or_default();
        if let Err(problems) = lay_out(&engine, &order("Ada")) {
            faults.push(format!("{what}, {code}: a short name does not fit: {problems:?}"));
            continue;
        }
        let long = order(&long_names()[0]);
        match lay_out(&engine, &long) {
            Ok(_) => faults.push(format!("{what}: it is not full enough for {code}")),
            Err(problems) if !problems.0.iter().any(|problem| problem.code == *code) => {
                faults.push(format!("{what}: not {code} but {problems:?}"));
            }
            Err(_) => faults.extend(fits_or_says_so(&engine, &long, what)),
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn a_name_of_150_characters_fits_every_sample_document_or_is_refused_with_the_longest_that_does() {
    let engine = sample();
    let mut faults = Vec::new();
    for template in engine.library.template_ids() {
        let wanted = engine.library.template(&template).expect("the sample has it");
        for client in CLIENTS {
            for (kind, name) in long_names().iter().enumerate() {
                let sets = [insisted(&wanted), vec![format!("client.name={name}")]].concat();
                let order = order(&template, Some(client), sets);
                faults.extend(fits_or_says_so(&engine, &order, &format!("{template} for {client}, name {kind}")));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
