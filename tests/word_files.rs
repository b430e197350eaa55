//! Word files of the sample library, end to end: the same words as the PDF, names, the lock, the same bytes.

mod support;

use std::path::Path;

use collateral::export::verification::Verdict;
use collateral::export::{Format, docx, pdf};
use collateral::library::files::Source;
use collateral::library::{Library, Trust};
use collateral::pipeline::{Engine, Generated, Order, generate_as};
use collateral::plan::Wishes;

const BOTH: [Format; 2] = [Format::Pdf, Format::Docx];

fn sample() -> Engine {
    Engine::new(Library::load(Source::Embedded, Trust::Locked).expect("the sample library is sound"))
}

fn order(template: &str, client: Option<&str>, sets: &[String]) -> Order {
    let date = jiff::civil::date(2026, 11, 23);
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/clients");
    let segment = client.is_none().then(|| "small".to_owned());
    Order {
        client_file: client.map(|client| folder.join(client)),
        sets: sets.to_vec(),
        wishes: Wishes { segment, ..Wishes::default() },
        ..Order::new(template, date)
    }
}

fn made(engine: &Engine, order: &Order) -> Generated {
    generate_as(engine, order, &BOTH).unwrap_or_else(|problems| panic!("{}: {problems:?}", order.template))
}

fn docx_of(made: &Generated) -> &[u8] {
    made.bytes(Format::Docx)
}

/// Guarantee 7: what is read in the Word file is what is read in the PDF, word for word.
#[test]
fn both_formats_say_the_same_in_the_same_order() {
    let engine = sample();
    for template in ["proposal", "pitch-deck", "one-pager", "call-brief"] {
        for client in ["bakery.yaml", "harbour.yaml", "haulier.yaml", "municipality.yaml"] {
            let made = made(&engine, &order(template, Some(client), &[]));
            let words = docx::words_of(docx_of(&made)).expect("our own file");
            assert!(words.len() > 500, "{template} for {client}: {} letters", words.len());
            // The PDF's own reader finds exactly these words in it.
            pdf::read_back(made.bytes(Format::Pdf), &made.laid_out.pages, &words)
                .unwrap_or_else(|problems| panic!("{template} for {client}: {problems:?}"));
        }
    }
}

/// The names that break document generators: exact wherever a name can stand, or refused by a code.
#[test]
fn naughty_names_are_exact_or_refused() {
    let engine = sample();
    for (id, name) in support::naughty_names() {
        for template in ["proposal", "pitch-deck"] {
            let mut sets = vec![format!("client.name={name}")];
            if template == "proposal" {
                sets.extend([format!("contact.name={name}"), format!("rep.name={name}")]);
            }
            let result = generate_as(&engine, &order(template, None, &sets), &[Format::Docx]);
            match (support::REFUSED.contains(&id.as_str()), result) {
                (false, Ok(made)) => {
                    let squeezed = support::squeeze(&name);
                    let all = docx::all_words_of(docx_of(&made)).expect("our own file");
                    assert!(all.contains(&squeezed), "{id}: `{name}` is not in the {template}");
                    let title = docx::title_of(docx_of(&made)).expect("our own file");
                    assert!(title.ends_with(&name), "{id}: `{name}` is not in `{title}`");
                    let found = docx::verify(docx_of(&made)).expect("our own file");
                    assert_eq!(found.verdict, Verdict::AsMade, "{id}");
                }
                (true, Err(_)) => {}
                (false, Err(problems)) => panic!("{id}: `{name}` was refused: {problems:?}"),
                (true, Ok(_)) => panic!("{id}: `{name}` went through"),
            }
        }
    }
}

#[test]
fn same_inputs_make_the_same_bytes_in_any_thread() {
    let orders: Vec<Order> = ["bakery.yaml", "harbour.yaml"]
        .iter()
        .flat_map(|client| [order("proposal", Some(client), &[]), order("pitch-deck", Some(client), &[])])
        .collect();
    let alone: Vec<Vec<u8>> = orders.iter().map(|order| docx_of(&made(&sample(), order)).to_vec()).collect();
    let shared = sample();
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..3)
            .map(|turn| {
                let (orders, alone, shared) = (&orders, &alone, &shared);
                scope.spawn(move || {
                    for step in 0..orders.len() {
                        let index = (step + turn) % orders.len();
                        assert!(docx_of(&made(shared, &orders[index])) == alone[index], "order {index}");
                    }
                })
            })
            .collect();
        threads.into_iter().for_each(|thread| thread.join().expect("no thread fails"));
    });
}

#[test]
fn the_contents_are_filled_in_with_the_pages_of_layout() {
    let made = made(&sample(), &order("proposal", Some("harbour.yaml"), &[]));
    let all = docx::all_words_of(docx_of(&made)).expect("our own file");
    for entry in made.laid_out.pages.outline.iter().filter(|entry| entry.level == 1 && entry.page > 0) {
        let expected = support::squeeze(&format!("{}{}", entry.title, entry.page + 1));
        assert!(all.contains(&expected), "`{expected}` is not in the contents");
    }
}

/// The foot of a page says whom a document is for, in its language.
#[test]
fn the_foot_of_a_page_says_what_that_of_the_pdf_says() {
    let engine = sample();
    let mut said = Vec::new();
    for (template, client) in
        [("proposal", "harbour.yaml"), ("proposal", "valdombre.yaml"), ("call-brief", "harbour.yaml")]
    {
        let made = made(&engine, &order(template, Some(client), &[]));
        let notice = support::squeeze(&made.laid_out.meta.notice);
        let furniture = docx::furniture_of(docx_of(&made)).expect("our own file");
        assert!(furniture.iter().any(|words| words.starts_with(&notice)), "{template}: {furniture:?}");
        said.push(notice);
    }
    said.dedup();
    assert_eq!(said.len(), 3, "the samples say different things: {said:?}");
}

/// Every document of a template, in each of its lengths, for each sample client: it is as made, and what its reader reads
/// is what was made. Gives how many there are; a client or length that the template refuses makes none.
fn assert_all_verify(template: &str, variants: &[&str], draft: bool) -> usize {
    let engine = sample();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/clients");
    let clients = std::fs::read_dir(folder).expect("the sample clients").flatten();
    let mut count = 0;
    for client in clients.filter_map(|entry| entry.file_name().into_string().ok()) {
        for variant in variants {
            let mut order = order(template, Some(&client), &[]);
            order.draft = draft;
            order.wishes.any_length = true;
            order.wishes.variant = Some((*variant).to_owned());
            order.wishes.segment = (client == "name-only.yaml").then(|| "small".to_owned());
            match generate_as(&engine, &order, &[Format::Docx]) {
                Ok(made) => {
                    support::word::assert_verifies(&format!("{template} {variant} for {client}"), docx_of(&made));
                    count += 1;
                }
                Err(problems) => {
                    let of_the_file = problems.0.iter().any(|problem| problem.code.starts_with('E'));
                    assert!(!of_the_file, "{template} {variant} for {client}: {problems:?}");
                }
            }
        }
    }
    count
}

#[test]
fn every_proposal_verifies() {
    assert!(assert_all_verify("proposal", &["short", "standard", "long"], false) >= 18);
}

#[test]
fn every_draft_verifies() {
    assert!(assert_all_verify("proposal", &["short"], true) >= 6);
}

#[test]
fn every_deck_verifies() {
    assert!(assert_all_verify("pitch-deck", &["short", "standard", "long"], false) >= 15);
}

#[test]
fn every_short_document_verifies() {
    let variants = ["small", "mid", "enterprise"];
    let count = assert_all_verify("one-pager", &variants, false) + assert_all_verify("call-brief", &variants, false);
    assert!(count >= 30, "{count} documents");
    assert!(assert_all_verify("renewal", &["short", "standard", "long"], false) >= 3);
}
