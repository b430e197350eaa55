//! In: the brand's font files. Out: [`Face`], what Word calls each of them, and [`Embedded`], the file as it stands in a
//! document: reduced to the scripts that people write in, obfuscated (ECMA-376, part 4, annex), compressed once.
//!
//! | Code | Meaning |
//! |---|---|
//! | E030 | a font's licence forbids embedding |
//! | E031 | a font cannot be read |

use std::sync::Arc;

use sha2::{Digest, Sha256};
use skrifa::raw::TableProvider;
use skrifa::string::StringId;
use skrifa::{FontRef, MetadataProvider};

use super::package::Packed;
use super::subset;
use crate::diagnostic::{Checked, Diagnostic};
use crate::hexadecimal::hex;
use crate::library::assets::Font;

/// What Word calls a font file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Face {
    pub name: String,
    pub bold: bool,
    pub italic: bool,
}

/// A font file as a part of the package.
#[derive(Debug)]
pub struct Embedded {
    pub face: Face,
    /// `{…}`.
    pub key: String,
    pub part: Arc<Packed>,
}

fn unreadable(font: &Font) -> Diagnostic {
    Diagnostic::error("E031", format!("the font `{}` cannot be embedded in a Word file", font.path))
        .help("put a static TrueType file (.ttf) of the family in its place")
}

/// Reads what the file says of itself: family (name 1) and style (name 2), which Word goes by.
///
/// # Errors
/// `E031` for what is no TrueType font.
pub fn face(font: &Font) -> Checked<Face> {
    let read = FontRef::new(font.bytes.as_ref()).map_err(|_| unreadable(font))?;
    let word = |id: StringId| read.localized_strings(id).english_or_first().map(|words| words.to_string());
    let name = word(StringId::FAMILY_NAME).filter(|name| !name.trim().is_empty()).ok_or_else(|| unreadable(font))?;
    let style = word(StringId::SUBFAMILY_NAME).unwrap_or_default().to_lowercase();
    Ok(Face { name, bold: style.contains("bold"), italic: style.contains("italic") || style.contains("oblique") })
}

/// Makes the part of a font, whole or without the glyphs that [`subset`] drops.
///
/// # Errors
/// `E030` where the licence bits forbid it, `E031` for what is no TrueType font.
pub fn embedded(font: &Font, whole: bool) -> Checked<Embedded> {
    let face = face(font)?;
    let bytes = font.bytes.as_ref();
    let read = FontRef::new(bytes).map_err(|_| unreadable(font))?;
    // Bits 0–3: 2 forbids embedding; 4 allows to view and print only, which a file to be filled in is not.
    let rights = read.os2().map(|table| table.fs_type() & 0xF).map_err(|_| unreadable(font))?;
    if rights & 0b1000 == 0 && rights & 0b0110 != 0 {
        let message =
            format!("the licence of the font `{}` does not allow it in a file that can be filled in", font.path);
        return Err(Diagnostic::error("E030", message)
            .help("ask the foundry for a file that allows editable embedding, or choose another font in brand.yaml")
            .into());
    }
    let mut obfuscated = match whole {
        true => bytes.to_vec(),
        false => subset::reduced(bytes).unwrap_or_else(|| bytes.to_vec()),
    };
    let digest = Sha256::digest(&obfuscated);
    let guid: [u8; 16] = digest[..16].try_into().unwrap_or_default();
    // The key is the GUID's digits from the last to the first, over the first 32 bytes.
    for (index, byte) in obfuscated.iter_mut().take(32).enumerate() {
        *byte ^= guid[15 - index % 16];
    }
    let name = format!("word/fonts/{}.odttf", hex(&guid));
    let part = Packed::new(&name, &obfuscated).ok_or_else(|| unreadable(font))?;
    Ok(Embedded { face, key: braced(&guid), part: Arc::new(part) })
}

/// A GUID as XML spells it.
fn braced(guid: &[u8; 16]) -> String {
    let digits: String = guid.iter().map(|byte| format!("{byte:02X}")).collect();
    format!("{{{}-{}-{}-{}-{}}}", &digits[..8], &digits[8..12], &digits[12..16], &digits[16..20], &digits[20..])
}
