//! In: sound files, damaged in one way each. Out: the error that reading back must give.

use lopdf::{Document, Object};

use super::super::sample::{about, large, small};
use super::*;
use crate::export::pdf::pdf;
use crate::layout::page::{ItemKind, Rect, Segment};

fn codes(result: Checked<()>) -> Vec<&'static str> {
    result.err().map(|problems| problems.0.iter().map(|problem| problem.code).collect()).unwrap_or_default()
}

/// Writes the pages and reads them back.
fn round_trip(pages: &Pages, words: &str) -> Vec<&'static str> {
    codes(read_back(&pdf(pages, &about()).expect("a file"), pages, words))
}

/// Changes a finished file through lopdf and reads it back.
fn changed(change: impl Fn(&mut Document)) -> Vec<&'static str> {
    let (pages, words) = small();
    let mut doc = Document::load_mem(&pdf(&pages, &about()).expect("a file")).expect("a document");
    change(&mut doc);
    let mut bytes = Vec::new();
    doc.save_to(&mut bytes).expect("saved");
    codes(read_back(&bytes, &pages, words))
}

/// Rewrites the content stream of the first page.
fn edited(edit: impl Fn(String) -> String) -> Vec<&'static str> {
    changed(|doc| {
        let page = doc.get_pages()[&1];
        let content = String::from_utf8(doc.get_page_content(page)).expect("ASCII");
        let content = content.trim_end().to_owned() + "\n";
        let id = doc.get_page_contents(page)[0];
        let stream = doc.get_object_mut(id).and_then(Object::as_stream_mut).expect("a stream");
        stream.dict.remove(b"Filter");
        stream.set_content(edit(content).into_bytes());
    })
}

#[test]
fn sound_files_pass() {
    let (pages, words) = small();
    assert_eq!(round_trip(&pages, words), [""; 0]);
    let (pages, words) = large();
    assert_eq!(round_trip(&pages, &words), [""; 0]);
    assert_eq!(changed(|_| ()), [""; 0], "written anew by another program");
    assert_eq!(edited(|content| content), [""; 0]);
}

#[test]
fn other_words_are_found() {
    let (pages, words) = small();
    for wrong in [&words[1..], &words[..words.len() - 1], "", &words.replace("road", "raod"), &format!("{words} more")]
    {
        assert_eq!(round_trip(&pages, wrong), ["E010"], "{wrong}");
    }
}

#[test]
fn a_changed_letter_is_named() {
    let (pages, words) = small();
    let bytes = pdf(&pages, &about()).expect("a file");
    let problems = read_back(&bytes, &pages, &words.replace("Vans", "Cars")).expect_err("a difference");
    assert!(problems.0[0].message.contains("Fleetcare"), "{}", problems.0[0].message);
    assert!(problems.0[0].message.contains("Cars"), "{}", problems.0[0].message);
}

#[test]
fn another_order_is_found() {
    let (mut pages, words) = small();
    pages.pages[0].items.reverse();
    // Nodes stand in reading order, so painting in another order changes nothing.
    assert_eq!(round_trip(&pages, words), [""; 0]);
    pages.tags.swap(2, 3);
    for item in &mut pages.pages[0].items {
        item.tag = item.tag.map(|tag| TagId(5 - tag.0));
    }
    assert_eq!(round_trip(&pages, words), ["E010"]);
}

#[test]
fn a_missing_line_is_found() {
    assert_eq!(edited(|content| content.replacen("TJ", "w", 1)), ["E010"]);
}

#[test]
fn a_page_with_decoration_alone_is_blank() {
    let (mut pages, words) = small();
    let mut page = pages.pages[0].clone();
    page.items.iter_mut().for_each(|item| item.tag = None);
    pages.pages.push(page);
    assert_eq!(round_trip(&pages, words), ["E011"]);
}

#[test]
fn white_space_is_no_ink() {
    let (mut pages, words) = small();
    let mut page = pages.pages[0].clone();
    page.items.truncate(1);
    let ItemKind::Glyphs(run) = &mut page.items[0].kind else { panic!("text") };
    run.text = " ".to_owned();
    run.glyphs.truncate(1);
    run.glyphs[0].id = super::super::sample::glyph(1, ' ');
    run.glyphs[0].text = 0..1;
    pages.pages.push(page);
    assert_eq!(round_trip(&pages, words), ["E011"]);
}

#[test]
fn ink_outside_the_page_is_found() {
    for (x, y) in [(-5.0, 100.0), (700.0, 100.0), (10.0, -3.0), (10.0, 800.0)] {
        let (mut pages, words) = small();
        let ItemKind::Glyphs(run) = &mut pages.pages[0].items[1].kind else { panic!("text") };
        (run.x, run.y) = (x, y);
        assert_eq!(round_trip(&pages, words), ["E012"], "{x} {y}");
    }
}

#[test]
fn a_line_too_long_for_the_page_is_found() {
    let (mut pages, words) = small();
    let ItemKind::Glyphs(run) = &mut pages.pages[0].items[1].kind else { panic!("text") };
    run.x = 550.0;
    assert_eq!(round_trip(&pages, words), ["E012"]);
}

#[test]
fn shapes_and_pictures_must_stay_on_the_page() {
    let (mut pages, words) = large();
    let shape = pages.pages[0].items.iter_mut().find_map(|item| match &mut item.kind {
        ItemKind::Path(path) => Some(path),
        _ => None,
    });
    shape.expect("a shape").segments[1] = Segment::LineTo(613.0, 0.0);
    assert_eq!(round_trip(&pages, &words), ["E012"]);
    let (mut pages, words) = large();
    for item in &mut pages.pages[0].items {
        if let ItemKind::Image { rect, .. } = &mut item.kind {
            *rect = Rect { x: 500.0, ..*rect };
        }
    }
    assert_eq!(round_trip(&pages, &words), ["E012"]);
}

#[test]
fn a_cut_picture_may_reach_beyond_the_page_behind_its_frame() {
    let cut = |x: f32| {
        let (mut pages, words) = large();
        for item in &mut pages.pages[0].items {
            if let ItemKind::Image { rect, part, .. } = &mut item.kind {
                // The whole is ten times as wide as what shows of it.
                *part = Some(Rect { x: 0.5, y: 0.0, width: 0.1, height: 1.0 });
                *rect = Rect { x, y: rect.y, width: 100.0, height: 50.0 };
            }
        }
        round_trip(&pages, &words)
    };
    assert_eq!(cut(500.0), [""; 0]);
    assert_eq!(cut(600.0), ["E012"]);
}

#[test]
fn a_missing_glyph_is_found() {
    let (mut pages, words) = small();
    let ItemKind::Glyphs(run) = &mut pages.pages[0].items[1].kind else { panic!("text") };
    run.glyphs[3].id = 0;
    assert_eq!(round_trip(&pages, words), ["E014"]);
}

#[test]
fn a_font_that_is_not_embedded_is_found() {
    let without = |doc: &mut Document| {
        for object in doc.objects.values_mut() {
            if let Ok(dict) = object.as_dict_mut() {
                dict.remove(b"FontFile2");
            }
        }
    };
    assert_eq!(changed(without), ["E013", "E013"]);
    let hollow = |doc: &mut Document| {
        for object in doc.objects.values_mut() {
            if let Ok(stream) = object.as_stream_mut()
                && stream.dict.has(b"Length1")
            {
                stream.dict.remove(b"Filter");
                stream.set_content(vec![0; 40]);
            }
        }
    };
    assert_eq!(changed(hollow), ["E013", "E013"]);
}

#[test]
fn unknown_content_is_refused() {
    for extra in [
        "/X gs\n",
        "1 0 0 rg 5 5 m BT 0 Tr ET\n",
        "BT (a) Tj ET\n",
        "EMC\n",
        "/P BMC\n",
        "[<0001>]TJ (\n",
        "W n\n",
        "0 0 9 9 re n\n",
        "n\n",
    ] {
        assert_eq!(edited(|content| content + extra), ["E015"], "{extra}");
    }
}

#[test]
fn a_lost_structure_is_found() {
    let lost = |doc: &mut Document| {
        let catalog = doc.catalog_mut().expect("a catalog");
        catalog.remove(b"StructTreeRoot");
    };
    assert_eq!(changed(lost), ["E015"]);
}

#[test]
fn garbage_never_panics() {
    let (pages, words) = large();
    let bytes = pdf(&pages, &about()).expect("a file");
    for step in 0..200 {
        let mut broken = bytes.clone();
        let at = step * 7919 % broken.len();
        broken[at] ^= 0x55;
        let end = step * 104_729 % broken.len();
        let _ = read_back(&broken, &pages, &words);
        let _ = read_back(&broken[..end], &pages, &words);
    }
    assert_eq!(codes(read_back(b"", &pages, &words)), ["E015"]);
    assert_eq!(codes(read_back(b"%PDF-1.7\nstartxref\n9", &pages, &words)), ["E015"]);
}
