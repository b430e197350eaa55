//! What `verify` sees of a file that was filled in, and of one in which somebody changed the words around the fields.

use super::*;

/// A proposal with places to sign on, a region to edit, and words after each.
fn agreement() -> Document {
    let region = |id: &str| {
        let blocks = vec![paragraph("May be changed.")];
        block(BlockKind::Editable { id: id.into(), label: "Scope".into(), field: None, blocks })
    };
    let callout = block(BlockKind::Callout {
        tone: Tone::Accent,
        title: Some(text("Mind the gap")),
        blocks: vec![paragraph("Nobody changes this."), region("gap")],
    });
    let columns = block(BlockKind::Columns(vec![vec![paragraph("The left side.")], vec![region("right")]]));
    let mut blocks = vec![heading(1, "Agreement"), region("scope"), block(BlockKind::Table(table()))];
    blocks.extend([
        bills(),
        callout,
        columns,
        block(BlockKind::Signature),
        block(BlockKind::Acceptance),
        paragraph("The end."),
    ]);
    Document { kind: Kind::Proposal, sections: vec![section("agreement", blocks)] }
}

fn bills() -> Block {
    field("bills", Field::Choice(["each month", HOSTILE, "each month"].map(str::to_owned).into()), "each month")
}

/// The file, with forms.
fn file() -> Vec<u8> {
    let fonts = testing::Kit::new();
    let mut cx = fonts.context();
    cx.meta.forms = true;
    cx.meta.client_name = HOSTILE.into();
    written(&agreement(), &cx, &Kit::default())
}

/// How many places do not say what was made once the body is another.
fn changes(bytes: &[u8], body: &str) -> usize {
    let before = part(bytes, "word/document.xml");
    assert_ne!(before, body, "nothing was changed");
    verify(&changed(bytes, "word/document.xml", &before, body)).expect("still ours").changes.len()
}

/// The body with words in the field of this tag.
fn filled_in(body: &str, tag: &str, words: &str) -> String {
    let (before, rest) = body.split_once(&format!("<w:tag w:val=\"{tag}\"/>")).expect("a field of this tag");
    let (head, rest) = rest.split_once("<w:sdtContent>").expect("a control");
    let (_, after) = rest.split_once("</w:sdtContent>").expect("a control");
    format!(
        "{before}<w:tag w:val=\"{tag}\"/>{}<w:sdtContent><w:r><w:t>{words}</w:t></w:r></w:sdtContent>{after}",
        head.replace("<w:showingPlcHdr/>", "").replace("w14:checked w14:val=\"0\"", "w14:checked w14:val=\"1\"")
    )
}

#[test]
fn words_around_fields_are_locked() {
    let bytes = file();
    assert_eq!(verify(&bytes).expect("our own file").verdict, Verdict::AsMade);
    let body = part(&bytes, "word/document.xml");
    // Labels, a party's name, the client's yes; what stands after a region to edit, and beside one.
    for words in [
        ">For<",
        ">Signature<",
        ">Date<",
        "Named:",
        ">Müller",
        "We accept this proposal.",
        "1,250.00",
        "Mind the gap",
        "Nobody changes this.",
        "The left side.",
        "The end.",
    ] {
        assert!(body.contains(words), "{words}");
        let other = words.replace(|c: char| c.is_alphanumeric(), "x");
        // The last of them too: the acceptance has the labels of the signatures.
        let (before, after) = body.rsplit_once(words).unwrap_or_default();
        assert_eq!(changes(&bytes, &body.replacen(words, &other, 1)), 1, "{words}");
        assert_eq!(changes(&bytes, &format!("{before}{other}{after}")), 1, "{words}");
    }
}

#[test]
fn words_that_move_between_locked_parts_are_a_change() {
    let bytes = file();
    let body = part(&bytes, "word/document.xml");
    let moved = body.replacen("Nobody changes this.", "Nobody changes this.T", 1).replacen("The end.", "he end.", 1);
    assert_ne!(changes(&bytes, &moved), 0);
}

#[test]
fn a_file_that_is_filled_in_is_whole() {
    let bytes = file();
    let body = part(&bytes, "word/document.xml");
    let mut all = body.clone();
    for (tag, words) in [
        ("client-name", "Maya Chen"),
        ("client-date", "2026-12-01"),
        ("firm-signature", "J. Reid"),
        ("editable:bills", &super::xml::escaped(HOSTILE)),
        ("client-accepted", "\u{2612}"),
        ("acceptance-date", "2026-12-02"),
    ] {
        all = filled_in(&all, tag, words);
        assert_eq!(changes(&bytes, &filled_in(&body, tag, words)), 0, "{tag}");
    }
    assert_eq!(changes(&bytes, &all.replace("May be changed.", "Was changed.")), 0);
    // A list takes its choices and nothing else.
    assert_eq!(changes(&bytes, &filled_in(&body, "editable:bills", "each year")), 1);
}

#[test]
fn a_list_to_choose_from_has_each_choice_once_and_shows_one_run() {
    let body = part(&file(), "word/document.xml");
    let (_, control) = body.split_once("<w:tag w:val=\"editable:bills\"/>").expect("the list");
    let (control, _) = control.split_once("</w:sdt>").expect("its end");
    let items: Vec<String> = control.split("<w:listItem w:displayText=\"").skip(1).map(shown).collect();
    assert_eq!(items, ["each month", HOSTILE]);
    assert!(control.contains("<w:lock w:val=\"sdtLocked\"/><w:dropDownList>"), "{control}");
    assert_eq!(control.matches("<w:r>").count(), 1, "{control}");
}

fn shown(item: &str) -> String {
    let escaped = item.split('"').next().unwrap_or_default();
    reader::unescaped(escaped.as_bytes()).expect("a sound attribute")
}
