use super::*;
use crate::library::files::Source;
use crate::library::read::{brand_path, fonts_of};
use crate::library::{Library, Trust};
use crate::source::Spanned;

fn font(name: &str) -> Vec<u8> {
    Source::Embedded.read().unwrap()[&format!("brand/fonts/{name}.ttf")].as_ref().to_vec()
}

fn entry(weight: u16, italic: bool) -> FontFile {
    FontFile { file: Spanned { value: "x.ttf".into(), span: 0..0 }, weight, italic }
}

fn said(data: &[u8], family: &str, weight: u16, italic: bool) -> Vec<String> {
    check(data, family, &entry(weight, italic)).into_iter().map(|f| format!("{} {}", f.code, f.what)).collect()
}

/// The offset of a table, and of its record in the directory.
fn table(data: &[u8], tag: &[u8; 4]) -> (usize, usize) {
    let count = usize::from(u16_at(data, 4).unwrap());
    let record = (0..count).map(|n| 12 + n * 16).find(|at| &data[*at..at + 4] == tag).unwrap();
    (u32_at(data, record + 8).unwrap() as usize, record)
}

#[test]
fn the_sample_brands_fonts_are_sound() {
    let library = Library::load(Source::Embedded, Trust::Draft).unwrap();
    assert_eq!(fonts_of(&library.brand).count(), 11);
    for (family, entry) in fonts_of(&library.brand) {
        let font = library.font(&brand_path(&entry.file)).unwrap();
        assert_eq!((&font.family, font.weight, font.italic), (&family.name, entry.weight, entry.italic));
    }
}

#[test]
fn mixed_up_files_are_found() {
    let bold = font("Lato-Bold");
    assert_eq!(said(&bold, "Lato", 700, false), [""; 0]);
    assert_eq!(said(&bold, "Lato", 400, false), ["B007 the font's weight is 700, not 400"]);
    assert_eq!(said(&bold, "Lato", 700, true), ["B007 the font is upright, not italic"]);
    assert_eq!(said(&bold, "Latto", 700, false), ["B006 the font calls its family `Lato`, not `Latto`"]);
    assert_eq!(said(&font("Lato-Italic"), "Lato", 400, false), ["B007 the font is italic, not upright"]);
}

#[test]
fn the_typographic_family_is_known() {
    assert_eq!(said(&font("Manrope-ExtraBold"), "Manrope", 800, false), [""; 0]);
}

#[test]
fn other_kinds_of_font_are_refused() {
    let mut cff = font("Lato-Regular");
    cff[..4].copy_from_slice(b"OTTO");
    let kinds: [(&[u8], &str); 5] = [
        (&cff, "B005 the file is an OpenType font with PostScript outlines (CFF), not TrueType"),
        (b"ttcf....", "B005 the file is a collection of fonts, not TrueType"),
        (b"wOF2....", "B005 the file is a web font, not TrueType"),
        (b"", "B005 the file is no font, not TrueType"),
        (b"<html>", "B005 the file is no font, not TrueType"),
    ];
    for (data, expected) in kinds {
        assert_eq!(said(data, "Lato", 400, false), [expected]);
    }
    let mut variable = font("Lato-Regular");
    let (_, record) = table(&variable, b"GPOS");
    variable[record..record + 4].copy_from_slice(b"fvar");
    assert_eq!(said(&variable, "Lato", 400, false), ["B005 the file is a variable font"]);
    let mut without = font("Lato-Regular");
    let (_, record) = table(&without, b"glyf");
    without[record..record + 4].copy_from_slice(b"xxxx");
    assert_eq!(said(&without, "Lato", 400, false), ["B005 the font lacks `glyf`"]);
}

#[test]
fn the_makers_rights_are_kept() {
    let mut data = font("Lato-Regular");
    let (os2, _) = table(&data, b"OS/2");
    let mut with = |rights: u16| {
        data[os2 + 8..os2 + 10].copy_from_slice(&rights.to_be_bytes());
        said(&data, "Lato", 400, false)
    };
    assert_eq!(with(0x0002), ["B008 the font's maker forbids embedding it in documents"]);
    assert_eq!(with(0x0108), ["B008 the font's maker forbids embedding a part of it"]);
    assert_eq!(with(0x0200), ["B008 the font's maker allows only its bitmaps to be embedded"]);
    for allowed in [0x0000, 0x0004, 0x0008] {
        assert_eq!(with(allowed), [""; 0]);
    }
}

#[test]
fn cut_and_garbled_fonts_are_refused_and_never_panic() {
    let whole = font("NotoSansHebrew-Regular");
    for length in (0..2_000).chain((2_000..whole.len()).step_by(997)) {
        assert!(!said(&whole[..length], "Noto Sans Hebrew", 400, false).is_empty(), "{length}");
    }
    for at in 0..1_000 {
        let mut garbled = whole.clone();
        garbled[at] = 0xFF;
        said(&garbled, "Noto Sans Hebrew", 400, false);
    }
}

/// Records of a name table may overlap: 5,000 of them over 128 KB would be 320 MB of names.
#[test]
fn names_that_overlap_are_not_unpacked() {
    let with_names = |count: u16, length: u16| {
        let mut names = [[0, 0], count.to_be_bytes(), (6 + count * 12).to_be_bytes()].concat();
        for n in 0..count {
            // Windows, Unicode, English, family.
            let record = [3, 1, 0x0409, 1, length, n];
            names.extend(record.iter().flat_map(|word| word.to_be_bytes()));
        }
        names.extend((0..u16::MAX).flat_map(u16::to_be_bytes));
        let mut data = font("Lato-Bold");
        let (_, record) = table(&data, b"name");
        let (start, size) = (data.len() as u32, names.len() as u32);
        data[record + 8..record + 12].copy_from_slice(&start.to_be_bytes());
        data[record + 12..record + 16].copy_from_slice(&size.to_be_bytes());
        data.extend(names);
        data
    };
    let families = |data: &[u8]| Sfnt::read(data).unwrap().families();
    assert_eq!(families(&with_names(5_000, u16::MAX - 1)), [""; 0]);
    assert_eq!(families(&with_names(5_000, 40)).len(), MOST_FAMILIES);
    // Each is refused in one message of a readable length.
    assert!(said(&with_names(5_000, 40), "Lato", 700, false).iter().all(|fault| fault.len() < 20_000));
}
