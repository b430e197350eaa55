//! In: the bytes of a font file and what brand.yaml says of it. Out: whether both formats can embed it and set the
//! brand's text with it.
//!
//! Only the few tables that answer this are read (OpenType 1.9: table directory, `head`, `OS/2`, `name`).

use super::brand::FontFile;

/// Longest name of a family that is read, bytes. Records of a name table may overlap, so that a few megabytes can
/// describe gigabytes of names.
const LONGEST_NAME: usize = 512;
/// Most different names of a family that are read from one file: one for each platform and language.
const MOST_FAMILIES: usize = 64;

/// What is wrong with a font file: the stable code, what is wrong, and the fix.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct FontFault {
    pub code: &'static str,
    pub what: String,
    pub fix: String,
}

fn fault(code: &'static str, what: impl Into<String>, fix: impl Into<String>) -> FontFault {
    FontFault { code, what: what.into(), fix: fix.into() }
}

/// Checks one font file against its entry in brand.yaml; `family` is the family's name there.
pub(super) fn check(data: &[u8], family: &str, entry: &FontFile) -> Vec<FontFault> {
    let sfnt = match Sfnt::read(data) {
        Ok(sfnt) => sfnt,
        Err(fault) => return vec![fault],
    };
    let mut faults = Vec::new();
    faults.extend(sfnt.kind_fault());
    let names = sfnt.families();
    if !names.iter().any(|name| name == family) {
        let says = names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(" and ");
        let says = if says.is_empty() { "nothing".to_string() } else { says };
        faults.push(fault(
            "B006",
            format!("the font calls its family {says}, not `{family}`"),
            "write the family's name as the font file gives it",
        ));
    }
    faults.extend(sfnt.style_fault(entry));
    faults.extend(sfnt.licence_fault());
    faults
}

/// A font file's table directory.
struct Sfnt<'a> {
    data: &'a [u8],
    /// Number of tables.
    tables: usize,
}

impl<'a> Sfnt<'a> {
    fn read(data: &'a [u8]) -> Result<Self, FontFault> {
        let static_truetype = "use a static TrueType font (.ttf), such as the family's maker offers for offices";
        let kind = match data.get(..4) {
            Some([0, 1, 0, 0] | b"true") => {
                let tables = u16_at(data, 4).map_or(0, usize::from);
                return Ok(Self { data, tables });
            }
            Some(b"OTTO") => "an OpenType font with PostScript outlines (CFF)",
            Some(b"ttcf") => "a collection of fonts",
            Some(b"wOFF" | b"wOF2") => "a web font",
            _ => "no font",
        };
        Err(fault("B005", format!("the file is {kind}, not TrueType"), static_truetype))
    }

    fn table(&self, tag: &[u8; 4]) -> Option<&'a [u8]> {
        let record = (0..self.tables)
            .filter_map(|n| self.data.get(12 + n * 16..28 + n * 16))
            .find(|record| record.starts_with(tag))?;
        let start = u32_at(record, 8)? as usize;
        let length = u32_at(record, 12)? as usize;
        self.data.get(start..start.checked_add(length)?)
    }

    /// True where the directory and every table that it names lie within the file.
    fn is_whole(&self) -> bool {
        (0..self.tables).all(|n| {
            let record = self.data.get(12 + n * 16..28 + n * 16);
            let end = record.and_then(|record| Some(u64::from(u32_at(record, 8)?) + u64::from(u32_at(record, 12)?)));
            end.is_some_and(|end| end <= self.data.len() as u64)
        })
    }

    /// Damaged files, variable fonts, and fonts without TrueType outlines.
    fn kind_fault(&self) -> Option<FontFault> {
        if !self.is_whole() {
            return Some(fault(
                "B005",
                "the font file ends too early",
                "the file is damaged: take another copy of the font",
            ));
        }
        if self.table(b"fvar").is_some() {
            return Some(fault(
                "B005",
                "the file is a variable font",
                "use the static fonts of the family, one file for each weight",
            ));
        }
        let needed = [b"cmap", b"glyf", b"head", b"hhea", b"hmtx", b"loca", b"maxp", b"name", b"OS/2", b"post"];
        let missing: Vec<String> = needed
            .iter()
            .filter(|tag| self.table(tag).is_none())
            .map(|tag| format!("`{}`", String::from_utf8_lossy(*tag)))
            .collect();
        if missing.is_empty() {
            return None;
        }
        Some(fault(
            "B005",
            format!("the font lacks {}", missing.join(", ")),
            "the file is damaged, or has no TrueType outlines: take another copy of the font",
        ))
    }

    /// The family's names: typographic (16) and legacy (1).
    fn families(&self) -> Vec<String> {
        let Some(table) = self.table(b"name") else { return Vec::new() };
        let count = u16_at(table, 2).map_or(0, usize::from);
        let storage = u16_at(table, 4).map_or(0, usize::from);
        let mut names: Vec<String> = Vec::new();
        for record in (0..count).filter_map(|n| table.get(6 + n * 12..18 + n * 12)) {
            let [platform, name_id, length, offset] = [0, 6, 8, 10].map(|at| u16_at(record, at).map_or(0, usize::from));
            if !matches!(name_id, 1 | 16) || length > LONGEST_NAME {
                continue;
            }
            if names.len() == MOST_FAMILIES {
                break;
            }
            let Some(bytes) = table.get(storage + offset..storage + offset + length) else { continue };
            let name = match platform {
                0 | 3 => {
                    let units: Vec<u16> =
                        bytes.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect();
                    String::from_utf16_lossy(&units)
                }
                // Mac Roman agrees with ASCII, in which families are named there.
                1 if bytes.is_ascii() => String::from_utf8_lossy(bytes).into_owned(),
                _ => continue,
            };
            if !names.contains(&name) {
                names.push(name);
            }
        }
        names
    }

    /// Files that were mixed up: weight and slant are compared with what brand.yaml says.
    fn style_fault(&self, entry: &FontFile) -> Option<FontFault> {
        let weight = self.table(b"OS/2").and_then(|table| u16_at(table, 4))?;
        let italic = self.table(b"head").and_then(|table| u16_at(table, 44))? & 0b10 != 0;
        if weight.abs_diff(entry.weight) > 100 {
            let what = format!("the font's weight is {weight}, not {}", entry.weight);
            return Some(fault(
                "B007",
                what,
                format!("write `weight: {weight}`, or name the file of weight {}", entry.weight),
            ));
        }
        if italic != entry.italic {
            let [is, not] = if italic { ["italic", "upright"] } else { ["upright", "italic"] };
            let what = format!("the font is {is}, not {not}");
            return Some(fault("B007", what, format!("write `italic: {italic}`, or name the {not} file")));
        }
        None
    }

    /// What the font's maker forbids (`OS/2` `fsType`).
    fn licence_fault(&self) -> Option<FontFault> {
        let rights = self.table(b"OS/2").and_then(|table| u16_at(table, 8))?;
        let what = if rights & 0x000F == 0x0002 {
            "the font's maker forbids embedding it in documents"
        } else if rights & 0x0100 != 0 {
            "the font's maker forbids embedding a part of it"
        } else if rights & 0x0200 != 0 {
            "the font's maker allows only its bitmaps to be embedded"
        } else {
            return None;
        };
        Some(fault("B008", what, "ask the maker for a font with a licence to embed, or choose another"))
    }
}

fn u16_at(data: &[u8], at: usize) -> Option<u16> {
    data.get(at..at + 2).map(|b| u16::from_be_bytes([b[0], b[1]]))
}

fn u32_at(data: &[u8], at: usize) -> Option<u32> {
    data.get(at..at + 4).map(|b| u32::from_be_bytes([b[0], b[1], b[2], b[3]]))
}

#[cfg(test)]
#[path = "fonts_tests.rs"]
mod tests;
