//! In: a TrueType file. Out: the same without the outlines of glyphs that no European text needs, so that what the client
//! types is still there while the file is a third as large. Glyph ids, metrics and names stay.

use std::collections::BTreeSet;

use skrifa::raw::TableProvider;
use skrifa::raw::tables::glyf::Glyph;
use skrifa::{FontRef, GlyphId, MetadataProvider};

/// What stays: Latin, combining marks, punctuation, currencies, arrows and the common signs. A document that says more
/// carries the whole file.
const KEPT: [std::ops::RangeInclusive<u32>; 10] = [
    0x20..=0x17F,
    0x192..=0x192,
    0x218..=0x21B,
    0x2B0..=0x2DD,
    0x300..=0x328,
    0x2000..=0x20CF,
    0x2100..=0x2122,
    0x2190..=0x2195,
    0x2200..=0x2265,
    0xFB00..=0xFB06,
];

/// Tables that only font tools read, or old programs where the font has `GPOS`.
const DROPPED: [&[u8; 4]; 6] = [b"DSIG", b"GSUB", b"LTSH", b"VDMX", b"hdmx", b"kern"];

/// True where [`reduced`] keeps the character.
pub fn keeps(character: char) -> bool {
    KEPT.iter().any(|range| range.contains(&u32::from(character)))
}

/// The smaller file; `None` where the font is not built of simple outlines.
pub fn reduced(bytes: &[u8]) -> Option<Vec<u8>> {
    let font = FontRef::new(bytes).ok()?;
    let kept = glyphs(&font)?;
    let (glyf, loca) = outlines(&font, &kept)?;
    let mut tables: Vec<([u8; 4], Vec<u8>)> = Vec::new();
    for record in font.table_directory.table_records() {
        let tag = record.tag();
        let name = tag.to_be_bytes();
        if DROPPED.contains(&&name) {
            continue;
        }
        let data = match &name {
            b"glyf" => glyf.clone(),
            b"loca" => loca.clone(),
            _ => font.table_data(tag)?.as_bytes().to_vec(),
        };
        tables.push((name, data));
    }
    // Offsets are written with four bytes each.
    let head = tables.iter_mut().find(|(name, _)| name == b"head")?;
    *head.1.get_mut(50..52)?.first_chunk_mut::<2>()? = 1_i16.to_be_bytes();
    head.1.get_mut(8..12)?.fill(0);
    Some(assembled(&tables))
}

/// The glyphs that stay: those of kept characters, and their parts.
fn glyphs(font: &FontRef<'_>) -> Option<BTreeSet<u32>> {
    let charmap = font.charmap();
    let mut kept: BTreeSet<u32> = BTreeSet::from([0]);
    kept.extend(charmap.mappings().filter(|(c, _)| KEPT.iter().any(|r| r.contains(c))).map(|(_, id)| id.to_u32()));
    let (loca, glyf) = (font.loca(None).ok()?, font.glyf().ok()?);
    let mut waiting: Vec<u32> = kept.iter().copied().collect();
    while let Some(id) = waiting.pop() {
        if let Ok(Some(Glyph::Composite(composite))) = loca.get_glyf(GlyphId::new(id), &glyf) {
            for part in composite.components() {
                let part = u32::from(part.glyph.to_u16());
                if kept.insert(part) {
                    waiting.push(part);
                }
            }
        }
    }
    Some(kept)
}

fn outlines(font: &FontRef<'_>, kept: &BTreeSet<u32>) -> Option<(Vec<u8>, Vec<u8>)> {
    let (loca, glyf) = (font.loca(None).ok()?, font.glyf().ok()?);
    let all = glyf.offset_data().as_bytes();
    let count = u32::from(font.maxp().ok()?.num_glyphs());
    let (mut data, mut offsets) = (Vec::new(), Vec::new());
    for id in 0..count {
        offsets.extend_from_slice(&u32::try_from(data.len()).ok()?.to_be_bytes());
        if kept.contains(&id) {
            let (start, end) = (loca.get_raw(id as usize)?, loca.get_raw(id as usize + 1)?);
            data.extend_from_slice(all.get(start as usize..end as usize)?);
            data.resize(data.len().next_multiple_of(4), 0);
        }
    }
    offsets.extend_from_slice(&u32::try_from(data.len()).ok()?.to_be_bytes());
    Some((data, offsets))
}

/// A font file of these tables, with its checksums.
fn assembled(tables: &[([u8; 4], Vec<u8>)]) -> Vec<u8> {
    let count = tables.len() as u16;
    let power = count.ilog2().min(12);
    let range = 16_u16 << power;
    let mut file = 0x0001_0000_u32.to_be_bytes().to_vec();
    for number in [count, range, power as u16, count * 16 - range] {
        file.extend_from_slice(&number.to_be_bytes());
    }
    let mut offset = 12 + 16 * tables.len();
    for (name, data) in tables {
        file.extend_from_slice(name);
        for number in [checksum(data), offset as u32, data.len() as u32] {
            file.extend_from_slice(&number.to_be_bytes());
        }
        offset += data.len().next_multiple_of(4);
    }
    let mut head = None;
    for (name, data) in tables {
        if name == b"head" {
            head = Some(file.len());
        }
        file.extend_from_slice(data);
        file.resize(file.len().next_multiple_of(4), 0);
    }
    let whole = 0xB1B0_AFBA_u32.wrapping_sub(checksum(&file));
    if let Some(at) = head.and_then(|head| file.get_mut(head + 8..head + 12)) {
        at.copy_from_slice(&whole.to_be_bytes());
    }
    file
}

fn checksum(data: &[u8]) -> u32 {
    data.chunks(4).fold(0_u32, |sum, chunk| {
        let mut word = [0; 4];
        word[..chunk.len()].copy_from_slice(chunk);
        sum.wrapping_add(u32::from_be_bytes(word))
    })
}
