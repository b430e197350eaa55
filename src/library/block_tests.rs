use super::*;
use crate::library::testing::{Sample, faults};

#[test]
fn front_matter_is_between_lines_of_three_dashes() {
    let text = "---\ntitle: A\n---\n\n# B\n---\n";
    let (front, body) = front_matter(text).unwrap();
    assert_eq!((&text[front], &text[body..]), ("title: A\n", "\n# B\n---\n"));
    let windows = "---\r\ntitle: A\r\n---\r\nB";
    let (front, body) = front_matter(windows).unwrap();
    assert_eq!((&windows[front], &windows[body..]), ("title: A\r\n", "B"));
    assert_eq!(front_matter("---\n---"), Some((4..4, 7)));
    for none in ["", "# A", "---", "---\n", "---\ntitle: A\n", "\n---\na: b\n---\n", " ---\n---\n", "----\n---\n"] {
        assert_eq!(front_matter(none), None, "{none:?}");
    }
}

#[test]
fn blocks_are_read_in_order_with_kind_and_body() {
    let sample = Sample::new();
    sample.write(
        "templates/blocks/case-studies/bakery.md",
        "---\ntitle: B\nstatus: approved\nowner: m\nsegments: [small]\n---\nText\n",
    );
    sample.write("templates/blocks/case-studies/van.svg", "");
    let library = sample.draft().unwrap();
    let blocks = library.blocks().unwrap();
    assert_eq!(blocks.iter().map(|b| b.id.as_str()).collect::<Vec<_>>(), ["case-studies/bakery", "objections/price"]);
    assert_eq!(blocks[0].kind, "case-studies");
    assert_eq!(&blocks[0].file.text[blocks[0].body..], "Text\n");
    assert!(std::ptr::eq(blocks, library.blocks().unwrap()));
}

#[test]
fn an_edition_has_the_id_of_its_block() {
    let sample = Sample::new();
    let front = "---\ntitle: B\nstatus: approved\nowner: m\n---\nTexte\n";
    sample.write("templates/blocks/objections/fr/price.md", front);
    let library = sample.draft().unwrap();
    let found: Vec<_> =
        library.blocks().unwrap().iter().map(|b| (b.id.as_str(), b.front.languages.join(" "))).collect();
    assert_eq!(found, [("objections/price", "fr".to_string()), ("objections/price", String::new())]);
    let sample = Sample::new();
    sample.write("templates/blocks/objections/fr/price.md", front.replace("owner: m", "owner: m\nlanguages: [fr]"));
    sample.write("templates/blocks/objections/french/price.md", front);
    assert_eq!(
        faults(sample.draft().unwrap().blocks()),
        [
            "L041 this block stands in the folder `fr`, and says its languages again",
            "L041 `templates/blocks/objections/french/price.md` is not where a block can be found",
        ]
    );
}

#[test]
fn every_faulty_block_is_named() {
    let sample = Sample::new();
    let front = "---\ntitle: B\nstatus: approved\nowner: m\nsegments: [smal]\nstages: [won]\nlanguages: [english]\navailable: {from: 2027-01-02, until: 2027-01-01}\n---\n";
    sample.write("templates/blocks/objections/a.md", "no front matter");
    sample.write("templates/blocks/objections/b.md", front);
    sample.write("templates/blocks/loose.md", "---\n---\n");
    sample.write("templates/blocks/objections/Big Name.md", "---\n---\n");
    let said = faults(sample.draft().unwrap().blocks());
    let expected = [
        "L041 `templates/blocks/loose.md` is not where a block can be found",
        "L041 `templates/blocks/objections/Big Name.md` is not where a block can be found",
        "L040 the block `objections/a` has no front matter",
        "L034 there is no segment called `smal`",
        "L034 there is no stage called `won`",
        "L023 `english` is not a language",
        "L038 `from` (2027-01-02) is later than `until` (2027-01-01)",
    ];
    for line in expected {
        assert!(said.iter().any(|said| said == line), "{line} is not among {said:#?}");
    }
    assert_eq!(said.len(), expected.len());
}

/// What is wrong with a library whose competitors have these front matters.
fn compared(fronts: &[(&str, &str)]) -> Vec<String> {
    let sample = Sample::new();
    for (id, front) in fronts {
        let text = format!("---\ntitle: {id}\nstatus: approved\nowner: m\n{front}---\nText\n");
        sample.write(&format!("templates/blocks/competitors/{id}.md"), text);
    }
    match sample.draft().unwrap().blocks() {
        Ok(_) => Vec::new(),
        Err(problems) => faults::<()>(Err(problems)),
    }
}

#[test]
fn competitors_answer_our_questions() {
    let us = ("us", "ours: yes\ncompares: {Where: Your yard, Who: One team}\n");
    assert_eq!(compared(&[us, ("dealer", "compares: {Where: His bay}\nbest: [Where]\n"), ("chain", "")]), [""; 0]);
    assert_eq!(
        compared(&[us, ("dealer", "compares: {Were: His bay}\nbest: [Who]\n")]),
        ["L043 there is no question answered here called `Who`"]
    );
    assert_eq!(
        compared(&[us, ("dealer", "compares: {Were: His bay}\n")]),
        ["L043 there is no question of `competitors/us` called `Were`"]
    );
    assert_eq!(compared(&[("chain", "")]), [""; 0], "a library that compares nothing needs no block that is us");
}

#[test]
fn one_block_of_each_language_is_us() {
    let rival = |languages| ("dealer", languages);
    let us = ("us", "ours: yes\ncompares: {Who: One team}\n");
    assert_eq!(
        compared(&[rival("compares: {Who: He}\n")]),
        ["L044 no block of `competitors` in `en` is us, so nothing can be compared with it"]
    );
    assert_eq!(
        compared(&[us, rival("compares: {Who: He}\nlanguages: [en, fr]\n")]),
        ["L044 no block of `competitors` in `fr` is us, so nothing can be compared with it"]
    );
    assert_eq!(
        compared(&[us, ("we", "ours: yes\ncompares: {Who: One team}\nlanguages: [en]\n")]),
        ["L044 `competitors/us` and `competitors/we` both say `ours: yes` in `en`"]
    );
    let french = ("nous", "ours: yes\ncompares: {Qui: Nous}\nlanguages: [fr]\n");
    assert_eq!(compared(&[us, french, rival("compares: {Who: He}\n")]), [""; 0]);
}

#[test]
fn what_no_table_can_hold_is_refused() {
    let long = "x".repeat(65);
    assert_eq!(
        compared(&[("us", &format!("ours: yes\nbest: [Who]\ncompares: {{Who: {long}, Where: \"\"}}\n"))]),
        [
            "L045 an answer has 65 characters; 64 fit a cell of the comparison",
            "L045 an answer is empty",
            "L044 the block that is us has `best`"
        ]
    );
    assert_eq!(compared(&[("us", "ours: yes\n")]), ["L044 the block that is us answers no question"]);
    let many: String = (0..13).map(|n| format!("  Question {n}: yes it is\n")).collect();
    assert_eq!(
        compared(&[("us", &format!("ours: yes\ncompares:\n{many}"))]),
        ["L045 13 questions are asked; 12 fit a table"]
    );
    let sample = Sample::new();
    sample.edit("templates/blocks/objections/price.md", "status:", "compares: {Who: He}\nstatus:");
    assert_eq!(
        faults(sample.draft().unwrap().blocks()),
        ["L042 `compares`, `best` and `ours` are for blocks of the kind `competitors`"]
    );
}
