//! In: nothing. Out: the bytes of an sRGB profile, computed from the numbers of IEC 61966-2-1.
//!
//! PDF/A needs a profile for the colours of a page; this one is made here, so no foreign file travels in the output.
//! Format: ICC.1:2001-04 (version 2.4), a matrix/TRC display profile.

use std::sync::LazyLock;

/// Chromatic adaptation of the sRGB primaries to D50 (Bradford), as XYZ of red, green and blue.
const PRIMARIES: [(&[u8; 4], [f64; 3]); 3] = [
    (b"rXYZ", [0.436_065_674, 0.222_488_403, 0.013_916_016]),
    (b"gXYZ", [0.385_147_095, 0.716_873_169, 0.097_076_416]),
    (b"bXYZ", [0.143_066_406, 0.060_607_910, 0.714_096_069]),
];
/// The D50 white point of the profile connection space.
const WHITE: [f64; 3] = [0.964_202_881, 1.0, 0.824_905_396];
/// One step for each value of a channel, so that 8-bit colours hit the curve exactly.
const CURVE_STEPS: u16 = 256;

/// The profile, computed once.
pub static SRGB: LazyLock<Vec<u8>> = LazyLock::new(profile);

fn profile() -> Vec<u8> {
    let mut tags: Vec<(&[u8; 4], Vec<u8>)> =
        vec![(b"desc", description("sRGB")), (b"cprt", text("CC0")), (b"wtpt", xyz(WHITE))];
    tags.extend(PRIMARIES.map(|(tag, values)| (tag, xyz(values))));
    let curve = curve();
    let head = 128 + 4 + 12 * (tags.len() + 3);
    let mut table = Vec::new();
    let mut data = Vec::new();
    let mut entry = |tag: &[u8; 4], offset: usize, size: usize| {
        table.extend_from_slice(tag);
        table.extend_from_slice(&((head + offset) as u32).to_be_bytes());
        table.extend_from_slice(&(size as u32).to_be_bytes());
    };
    for (tag, bytes) in &tags {
        entry(tag, data.len(), bytes.len());
        data.extend_from_slice(bytes);
        data.resize(data.len().next_multiple_of(4), 0);
    }
    // The three channels share one curve.
    for tag in [b"rTRC", b"gTRC", b"bTRC"] {
        entry(tag, data.len(), curve.len());
    }
    data.extend_from_slice(&curve);
    let mut profile = header((head + data.len()) as u32);
    profile.extend_from_slice(&(tags.len() as u32 + 3).to_be_bytes());
    profile.extend_from_slice(&table);
    profile.extend_from_slice(&data);
    profile
}

fn header(size: u32) -> Vec<u8> {
    let mut header = vec![0; 128];
    let mut put = |at: usize, bytes: &[u8]| header[at..at + bytes.len()].copy_from_slice(bytes);
    put(0, &size.to_be_bytes());
    put(8, &[2, 0x40, 0, 0]);
    put(12, b"mntrRGB XYZ ");
    // A fixed date: the profile is the same in every file. Year, month, day as 16-bit numbers.
    put(24, &[0x07, 0xEA, 0, 1, 0, 1]);
    put(36, b"acsp");
    for (index, value) in WHITE.into_iter().enumerate() {
        put(68 + 4 * index, &fixed(value));
    }
    header
}

/// A signed 15.16 fixed point number.
fn fixed(value: f64) -> [u8; 4] {
    ((value * 65536.0).round() as i32).to_be_bytes()
}

fn xyz(values: [f64; 3]) -> Vec<u8> {
    let mut bytes = b"XYZ \0\0\0\0".to_vec();
    values.iter().for_each(|value| bytes.extend_from_slice(&fixed(*value)));
    bytes
}

fn text(words: &str) -> Vec<u8> {
    [b"text\0\0\0\0", words.as_bytes(), b"\0"].concat()
}

/// A description in ASCII; its Unicode and Macintosh parts are empty.
fn description(words: &str) -> Vec<u8> {
    let length = (words.len() as u32 + 1).to_be_bytes();
    [b"desc\0\0\0\0".as_slice(), &length, words.as_bytes(), b"\0", &[0; 8], &[0; 3], &[0; 67]].concat()
}

fn curve() -> Vec<u8> {
    let mut bytes = b"curv\0\0\0\0".to_vec();
    bytes.extend_from_slice(&u32::from(CURVE_STEPS).to_be_bytes());
    for step in 0..CURVE_STEPS {
        let encoded = f64::from(step) / f64::from(CURVE_STEPS - 1);
        let linear = if encoded <= 0.04045 { encoded / 12.92 } else { ((encoded + 0.055) / 1.055).powf(2.4) };
        bytes.extend_from_slice(&((linear * 65535.0).round() as u16).to_be_bytes());
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_header_and_every_tag_lie_inside_the_profile() {
        let size = u32::from_be_bytes(SRGB[..4].try_into().expect("four bytes")) as usize;
        assert_eq!(size, SRGB.len());
        assert_eq!(&SRGB[36..40], b"acsp");
        let count = u32::from_be_bytes(SRGB[128..132].try_into().expect("four bytes")) as usize;
        assert_eq!(count, 9);
        for entry in SRGB[132..132 + 12 * count].chunks(12) {
            let offset = u32::from_be_bytes(entry[4..8].try_into().expect("four bytes")) as usize;
            let length = u32::from_be_bytes(entry[8..].try_into().expect("four bytes")) as usize;
            assert_eq!(offset % 4, 0);
            assert!(offset + length <= size, "{entry:?}");
        }
    }

    #[test]
    fn the_primaries_add_up_to_white() {
        for axis in 0..3 {
            let sum: f64 = PRIMARIES.iter().map(|(_, values)| values[axis]).sum();
            assert!((sum - WHITE[axis]).abs() < 0.0005, "{axis}: {sum}");
        }
    }
}
