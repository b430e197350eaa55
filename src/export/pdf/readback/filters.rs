//! In: the bytes of a stream as they are in the file. Out: its content, decoded by every filter that keeps each byte.
//!
//! LZWDecode is not read: no program of the last twenty years writes it.

use std::io::Read;

use flate2::read::ZlibDecoder;

use super::file::File;
use super::syntax::{Dict, Object};

/// No stream of ours decodes to more, in bytes; a file that claims to is an attack.
pub const LARGEST_STREAM: u64 = 64 << 20;
/// How many filters may follow each other.
const MOST_FILTERS: usize = 8;
/// Columns, colours and bits of a predictor's row, together, in bytes.
const LONGEST_ROW: usize = 1 << 20;

/// The content of a stream.
pub struct Decoded {
    pub content: Vec<u8>,
    /// The filters that are left, the first of which this reader does not decode: `DCTDecode`.
    pub left: Vec<Vec<u8>>,
}

/// Decodes a stream; only the first `limit` bytes of it. `None` where a filter's input is damaged or too large.
pub fn decode(file: &File<'_>, dict: &Dict<'_>, raw: &[u8], limit: u64) -> Option<Decoded> {
    let filters = list(file, dict.get("Filter"))?;
    let parameters = list(file, dict.get("DecodeParms"))?;
    if dict.get("F").is_some() || filters.len() > MOST_FILTERS || parameters.len() > filters.len() {
        return None;
    }
    let mut content: Option<Vec<u8>> = None;
    for (index, filter) in filters.iter().enumerate() {
        let input = content.as_deref().unwrap_or(raw);
        let Object::Name(name) = filter else { return None };
        let output = match *name {
            b"FlateDecode" => inflate(input, limit)?,
            b"ASCIIHexDecode" => hex(input)?,
            b"ASCII85Decode" => base85(input)?,
            b"RunLengthDecode" => run_lengths(input, limit)?,
            _ => {
                let left = filters[index..].iter().map(|filter| match filter {
                    Object::Name(name) => Some(name.to_vec()),
                    _ => None,
                });
                return Some(Decoded { content: input.to_vec(), left: left.collect::<Option<_>>()? });
            }
        };
        content = Some(match parameters.get(index) {
            None | Some(Object::Null) => output,
            Some(Object::Dict(dict)) if *name == b"FlateDecode" => unpredict(file, dict, output)?,
            Some(_) => return None,
        });
    }
    let content = content.unwrap_or_else(|| raw[..raw.len().min(limit as usize)].to_vec());
    Some(Decoded { content, left: Vec::new() })
}

/// A value that is one object or an array of them, each with its reference followed.
fn list<'b>(file: &'b File<'_>, value: Option<&Object<'b>>) -> Option<Vec<Object<'b>>> {
    match value {
        None => Some(Vec::new()),
        Some(value) => match file.resolve(value)? {
            Object::Null => Some(Vec::new()),
            Object::Array(items) => items.iter().map(|item| file.resolve(item)).collect(),
            one => Some(vec![one]),
        },
    }
}

fn inflate(bytes: &[u8], limit: u64) -> Option<Vec<u8>> {
    if bytes.is_empty() {
        // Programs write an empty stream so.
        return Some(Vec::new());
    }
    let mut content = Vec::with_capacity((bytes.len() * 4).min(limit as usize));
    ZlibDecoder::new(bytes).take(limit).read_to_end(&mut content).ok()?;
    (limit < LARGEST_STREAM || (content.len() as u64) < LARGEST_STREAM).then_some(content)
}

/// Decodes pairs of hexadecimal digits up to `>`.
pub fn hex(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut content = Vec::with_capacity(bytes.len() / 2);
    let mut high: Option<u8> = None;
    for byte in bytes.iter().take_while(|byte| **byte != b'>') {
        if byte.is_ascii_whitespace() || *byte == 0 {
            continue;
        }
        let digit = char::from(*byte).to_digit(16)? as u8;
        match high.take() {
            None => high = Some(digit),
            Some(high) => content.push(high << 4 | digit),
        }
    }
    content.extend(high.map(|high| high << 4));
    Some(content)
}

fn base85(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut content = Vec::with_capacity(bytes.len());
    let mut group: Vec<u32> = Vec::with_capacity(5);
    for byte in bytes.iter().take_while(|byte| **byte != b'~') {
        match byte {
            b'z' if group.is_empty() => content.extend([0; 4]),
            b'!'..=b'u' => group.push(u32::from(byte - b'!')),
            byte if byte.is_ascii_whitespace() || *byte == 0 => {}
            _ => return None,
        }
        if group.len() == 5 {
            content.extend(four(&group)?);
            group.clear();
        }
    }
    if group.len() == 1 {
        return None;
    }
    if !group.is_empty() {
        let bytes = group.len() - 1;
        group.resize(5, 84);
        content.extend(&four(&group)?[..bytes]);
    }
    Some(content)
}

fn four(group: &[u32]) -> Option<[u8; 4]> {
    let value = group.iter().try_fold(0_u32, |all, digit| all.checked_mul(85)?.checked_add(*digit))?;
    Some(value.to_be_bytes())
}

fn run_lengths(mut bytes: &[u8], limit: u64) -> Option<Vec<u8>> {
    let mut content = Vec::new();
    while let Some((length, rest)) = bytes.split_first() {
        let length = usize::from(*length);
        bytes = match length {
            128 => break,
            0..128 => {
                let (run, rest) = rest.split_at_checked(length + 1)?;
                content.extend_from_slice(run);
                rest
            }
            _ => {
                let (byte, rest) = rest.split_first()?;
                content.resize(content.len() + 257 - length, *byte);
                rest
            }
        };
        if content.len() as u64 >= limit {
            return None;
        }
    }
    Some(content)
}

/// Undoes a predictor (ISO 32000-1, 7.4.4.4).
fn unpredict(file: &File<'_>, dict: &Dict<'_>, content: Vec<u8>) -> Option<Vec<u8>> {
    let number = |key: &str, usual: usize| match dict.get(key) {
        None => Some(usual),
        Some(value) => file.resolve(value)?.index(),
    };
    let predictor = number("Predictor", 1)?;
    if predictor == 1 {
        return Some(content);
    }
    let (colours, bits, columns) = (number("Colors", 1)?, number("BitsPerComponent", 8)?, number("Columns", 1)?);
    let pixel = colours.checked_mul(bits)?;
    let row = pixel.checked_mul(columns)?.div_ceil(8);
    if row == 0 || row > LONGEST_ROW {
        return None;
    }
    match predictor {
        2 if bits == 8 => Some(untiff(content, row, colours)),
        10..=15 => unpng(&content, row, pixel.div_ceil(8)),
        _ => None,
    }
}

fn untiff(mut content: Vec<u8>, row: usize, colours: usize) -> Vec<u8> {
    for line in content.chunks_mut(row) {
        for at in colours..line.len() {
            line[at] = line[at].wrapping_add(line[at - colours]);
        }
    }
    content
}

fn unpng(content: &[u8], row: usize, pixel: usize) -> Option<Vec<u8>> {
    let mut out: Vec<u8> = Vec::with_capacity(content.len());
    let mut above = vec![0; row];
    for line in content.chunks(row + 1) {
        let (kind, line) = line.split_first()?;
        let mut current = vec![0; row];
        for (at, byte) in line.iter().enumerate() {
            let left = if at >= pixel { current[at - pixel] } else { 0 };
            let corner = if at >= pixel { above[at - pixel] } else { 0 };
            let up: u8 = above[at];
            let guess = match kind {
                0 => 0,
                1 => left,
                2 => up,
                3 => ((u16::from(left) + u16::from(up)) / 2) as u8,
                4 => paeth(left, up, corner),
                _ => return None,
            };
            current[at] = byte.wrapping_add(guess);
        }
        out.extend_from_slice(&current[..line.len()]);
        above = current;
    }
    Some(out)
}

/// The neighbour that is nearest to their plane (PNG, 9.4).
fn paeth(left: u8, up: u8, corner: u8) -> u8 {
    let plane = i16::from(left) + i16::from(up) - i16::from(corner);
    let distance = |byte: u8| (plane - i16::from(byte)).abs();
    if distance(left) <= distance(up) && distance(left) <= distance(corner) {
        left
    } else if distance(up) <= distance(corner) {
        up
    } else {
        corner
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_filters_decode() {
        assert_eq!(hex(b"48 65 6C6c 6F7>junk").as_deref(), Some(&b"Hellop"[..]));
        assert_eq!(base85(b"87cURD_*#TDfTZ)~>").as_deref(), Some(&b"Hello, world"[..]));
        assert_eq!(base85(b"z!!~>").as_deref(), Some(&[0, 0, 0, 0, 0][..]));
        assert_eq!(run_lengths(&[2, 1, 2, 3, 254, 9, 128, 7], 100).as_deref(), Some(&[1, 2, 3, 9, 9, 9][..]));
    }

    #[test]
    fn damaged_input_is_none() {
        assert_eq!(hex(b"4G"), None);
        assert_eq!(base85(b"!~>"), None);
        assert_eq!(base85(b"uuuuu~>"), None);
        assert_eq!(run_lengths(&[5, 1], 100), None);
        assert_eq!(run_lengths(&[129, 0, 129, 0], 100), None, "larger than the limit");
    }

    #[test]
    fn predictors_are_undone() {
        assert_eq!(untiff(vec![1, 2, 3, 1, 1, 1], 3, 1), [1, 3, 6, 1, 2, 3]);
        let rows = [0, 1, 2, 3, 1, 1, 1, 1, 2, 1, 1, 1, 3, 2, 2, 2, 4, 1, 1, 1];
        assert_eq!(unpng(&rows, 3, 1).as_deref(), Some(&[1, 2, 3, 1, 2, 3, 2, 3, 4, 3, 5, 6, 4, 6, 7][..]));
    }
}
