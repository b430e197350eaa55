//! Every character that is no ordinary sign, through a client's name, a long answer and the text of a section: it is
//! refused before a document is made, or PDF and Word file hold the same text.

mod support;

use std::collections::BTreeSet;
use std::fs;
use std::io::{Cursor, Read};

use collateral::export::{Format, pdf};
use collateral::library::files::Source;
use collateral::library::{Library, Trust};
use collateral::pipeline::{Engine, Order, generate_as};
use collateral::plan::Wishes;
use support::workplace::Workplace;
use unicode_properties::{GeneralCategory, UnicodeGeneralCategory};

/// Every scalar of the categories Cc, Cf, Zl, Zp and Zs, every noncharacter, and a sample of private use and of what is
/// not assigned.
fn odd_characters() -> Vec<char> {
    let odd = |c: char| {
        let code = u32::from(c);
        match c.general_category() {
            GeneralCategory::Control
            | GeneralCategory::Format
            | GeneralCategory::LineSeparator
            | GeneralCategory::ParagraphSeparator
            | GeneralCategory::SpaceSeparator => true,
            GeneralCategory::PrivateUse => code % 997 == 0 || (0xE000..0xE010).contains(&code) || code == 0xF8FF,
            GeneralCategory::Unassigned => {
                code & 0xFFFE == 0xFFFE || (0xFDD0..=0xFDEF).contains(&code) || code % 9973 == 0
            }
            _ => c == '\u{FFFD}' || c == '\u{FFFC}',
        }
    };
    (0..=0x10_FFFF).filter_map(char::from_u32).filter(|c| odd(*c) && *c != ' ').collect()
}

/// A word for each character, in which it is between letters.
fn words(characters: &[char]) -> Vec<String> {
    characters.iter().enumerate().map(|(n, c)| format!("Q{n}a{c}b{n}Q")).collect()
}

/// A library whose letter has a long answer, and this text in a section.
fn engine(section: &str) -> Engine {
    let place = Workplace::new();
    let letter = place.path().join("library/templates/letter");
    let template = fs::read_to_string(letter.join("template.yaml")).expect("the template can be read");
    let field = "  - {id: notes, label: Notes, type: long_text}\nvariants:";
    fs::write(letter.join("template.yaml"), template.replace("variants:", field)).expect("it can be written");
    let text = format!("# The offer\n\nWe offer this.\n\n{section}\n\n{{{{ answers.notes }}}}\n");
    fs::write(letter.join("sections/offer.md"), text).expect("it can be written");
    let source = Source::Folder(place.path().join("library"));
    Engine::new(Library::load(source, Trust::Draft).expect("the library is sound"))
}

/// The words of a Word file's body with every blank, a line for each paragraph.
fn body_of(bytes: &[u8]) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("a Word file is an archive");
    let mut xml = String::new();
    archive.by_name("word/document.xml").expect("it has a body").read_to_string(&mut xml).expect("it is text");
    let mut text = String::new();
    for piece in xml.split('<').skip(1) {
        let (tag, words) = piece.split_once('>').unwrap_or_default();
        text.push_str(if tag == "/w:p" { "\n" } else { "" });
        text.push_str(words);
    }
    text
}

/// The texts of both formats, or every character that was named in the refusal.
fn made(engine: &Engine, name: &str, notes: &str) -> Result<(String, String), BTreeSet<char>> {
    let date = jiff::civil::date(2026, 11, 23);
    let order = Order {
        sets: vec![format!("client.name={name}"), format!("answers.notes={notes}")],
        wishes: Wishes { segment: Some("small".into()), any_length: true, ..Wishes::default() },
        draft: true,
        ..Order::new("letter", date)
    };
    match generate_as(engine, &order, &[Format::Pdf, Format::Docx]) {
        Ok(made) => {
            let pdf = pdf::words_of(made.bytes(Format::Pdf)).expect("the PDF can be read");
            Ok((pdf, body_of(made.bytes(Format::Docx))))
        }
        Err(problems) => {
            let message: Vec<&str> = problems.0.iter().map(|problem| problem.message.as_str()).collect();
            let named = message.iter().flat_map(|text| text.split("U+").skip(1)).filter_map(|rest| {
                let digits = rest.split(|c: char| !c.is_ascii_hexdigit()).next()?;
                char::from_u32(u32::from_str_radix(digits, 16).ok()?)
            });
            let named: BTreeSet<char> = named.collect();
            assert!(!named.is_empty(), "refused without a character: {message:?}");
            Err(named)
        }
    }
}

/// Makes the document without the characters that are refused for want of a glyph, until it is made; says how many are
/// in it.
fn made_of(mut characters: Vec<char>, make: impl Fn(&[String]) -> Result<(String, String), BTreeSet<char>>) -> usize {
    for _ in 0..20 {
        if characters.is_empty() {
            return 0;
        }
        let all = words(&characters);
        match make(&all) {
            Ok((pdf, docx)) => {
                let without_blanks = |text: &str| text.split(['\n', '\r']).collect::<String>();
                let (pdf, docx) = (without_blanks(&pdf), without_blanks(&docx));
                let differ: Vec<String> = characters
                    .iter()
                    .zip(&all)
                    .filter(|(_, word)| !pdf.contains(*word) || !docx.contains(*word))
                    .map(|(c, word)| {
                        format!("U+{:04X} pdf {} docx {}", u32::from(*c), pdf.contains(word), docx.contains(word))
                    })
                    .collect();
                assert!(differ.is_empty(), "the formats differ: {differ:#?}\n{pdf:?}\n{docx:?}");
                return characters.len();
            }
            Err(named) => {
                let before = characters.len();
                characters.retain(|c| !named.contains(c));
                assert!(characters.len() < before, "refused for a character that is not there: {named:?}");
            }
        }
    }
    panic!("the document is still refused");
}

/// Directions are closed where they begin, so single marks are refused.
fn is_direction(c: char) -> bool {
    matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

fn accepted_of_client() -> Vec<char> {
    let fine = |c: &char| collateral::intake::one_line("client.name", &format!("a{c}b")).is_none();
    odd_characters().into_iter().filter(fine).collect()
}

fn accepted_of_library() -> Vec<char> {
    let fine = |c: &char| collateral::source::read_text("a.md", format!("a{c}b").as_bytes()).is_ok();
    odd_characters().into_iter().filter(|c| !c.is_control()).filter(fine).collect()
}

#[test]
fn clients_and_the_library_share_one_table() {
    let (client, library) = (accepted_of_client(), accepted_of_library());
    assert_eq!(client, library);
    for c in odd_characters() {
        let category = c.general_category();
        let never = matches!(category, GeneralCategory::Control | GeneralCategory::PrivateUse)
            || matches!(c, '\u{FEFF}' | '\u{FFFD}' | '\u{2028}' | '\u{2029}')
            || is_direction(c);
        assert!(!never || !client.contains(&c), "U+{:04X} is accepted", u32::from(c));
    }
}

#[test]
fn a_name_reads_alike_in_both_formats() {
    let engine = engine("Text.");
    let all = accepted_of_client();
    let shown = all.chunks(60).map(|part| made_of(part.to_vec(), |words| made(&engine, &words.join(" "), "Text")));
    assert!(shown.sum::<usize>() > 30);
}

#[test]
fn a_long_answer_reads_alike_in_both_formats() {
    let engine = engine("Text.");
    let shown = made_of(accepted_of_client(), |words| made(&engine, "Harbour", &words.join(" ")));
    assert!(shown > 30);
}

#[test]
fn a_section_reads_alike_in_both_formats() {
    let shown = made_of(accepted_of_library(), |words| made(&engine(&words.join(" ")), "Harbour", "Text"));
    assert!(shown > 30);
}

#[test]
fn lines_of_a_long_answer_end_alike_in_both_formats() {
    let engine = engine("Text.");
    for end in ['\n', '\u{2028}', '\u{2029}'] {
        let (pdf, docx) = made(&engine, "Harbour", &format!("One{end}{end}two")).expect("it is made");
        assert!(docx.contains("One\n") && docx.contains("two\n"), "{docx:?}");
        for text in [&pdf, &docx] {
            assert!(text.contains("One") && text.contains("two"), "{text:?}");
            assert!(!text.contains(['\u{2028}', '\u{2029}']), "{text:?}");
        }
    }
}
