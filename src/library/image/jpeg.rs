//! In: a JPEG file. Out: its size and channels, found by walking the markers (ITU-T T.81, annex B) to the end.

use super::super::assets::{Bytes, ImageAsset, ImageData};
use super::{check_pixels, damaged};
use crate::diagnostic::Diagnostic;

/// Most pixels of a JPEG. It is embedded as it is and never unpacked here; the limit keeps a reader's memory small.
const MOST_PIXELS: u64 = 40_000_000;

/// What the frame header states.
#[derive(Debug, Clone, Copy)]
struct Frame {
    width: u16,
    height: u16,
    channels: u8,
}

/// What the walk found.
struct Walk {
    frame: Frame,
    /// Offset behind the end-of-image marker.
    end: usize,
    /// EXIF orientation; 1 is upright.
    orientation: u16,
}

pub(super) fn read(path: &str, bytes: Bytes) -> Result<ImageAsset, Diagnostic> {
    let walk = walk(path, bytes.as_ref())?;
    let Frame { width, height, channels } = walk.frame;
    check_pixels(path, width.into(), height.into(), MOST_PIXELS)?;
    if walk.orientation != 1 {
        return Err(Diagnostic::error("L067", format!("the picture `{path}` is stored on its side or mirrored"))
            .help("open it in an image editor and save it upright"));
    }
    // What stands behind the image (thumbnails, other pictures) has no place in a finished document.
    let bytes = match bytes {
        Bytes::Embedded(all) => Bytes::Embedded(all.get(..walk.end).unwrap_or(all)),
        Bytes::Read(all) if all.len() > walk.end => Bytes::Read(all.get(..walk.end).unwrap_or(&all).into()),
        read @ Bytes::Read(_) => read,
    };
    Ok(ImageAsset {
        path: path.to_string(),
        width: width.into(),
        height: height.into(),
        data: ImageData::Jpeg { bytes, channels },
    })
}

fn walk(path: &str, data: &[u8]) -> Result<Walk, Diagnostic> {
    let cut = || damaged(path, "it ends too early");
    let mut frame = None;
    let mut scanned = false;
    let mut orientation = 1;
    let mut at = 2;
    loop {
        let (marker, after) = next_marker(data, at).ok_or_else(cut)?;
        if marker == 0xD9 {
            let frame = frame.filter(|_| scanned).ok_or_else(|| damaged(path, "it holds no picture"))?;
            return Ok(Walk { frame, end: after, orientation });
        }
        let length =
            data.get(after..after + 2).map(|b| usize::from(u16::from_be_bytes([b[0], b[1]]))).ok_or_else(cut)?;
        let body = data.get(after + 2..after + length).ok_or_else(cut)?;
        at = after + length;
        match marker {
            0xC0..=0xC2 => frame = Some(read_frame(path, body)?),
            0xC3 | 0xC5..=0xC7 | 0xC9..=0xCB | 0xCD..=0xCF => {
                return Err(Diagnostic::error("L064", format!("the JPEG `{path}` is of a kind that PDF cannot show"))
                    .help("save it as an ordinary (baseline or progressive) JPEG"));
            }
            0xE1 => orientation = exif_orientation(body).unwrap_or(orientation),
            0xDA => {
                scanned = true;
                at = skip_scan(data, at).ok_or_else(cut)?;
            }
            _ => {}
        }
    }
}

/// The next marker with a segment, and the offset behind it.
fn next_marker(data: &[u8], mut at: usize) -> Option<(u8, usize)> {
    if *data.get(at)? != 0xFF {
        return None;
    }
    while *data.get(at)? == 0xFF {
        at += 1;
    }
    match data[at] {
        0x00 | 0x01 | 0xD0..=0xD8 => None,
        marker => Some((marker, at + 1)),
    }
}

/// The offset of the first marker after a scan's data, in which `FF 00` and restart markers are part of the data.
fn skip_scan(data: &[u8], mut at: usize) -> Option<usize> {
    loop {
        at += data.get(at..)?.iter().position(|byte| *byte == 0xFF)?;
        match *data.get(at + 1)? {
            0x00 | 0xD0..=0xD7 => at += 2,
            0xFF => at += 1,
            _ => return Some(at),
        }
    }
}

fn read_frame(path: &str, body: &[u8]) -> Result<Frame, Diagnostic> {
    let [precision, h1, h0, w1, w0, channels, components @ ..] = body else {
        return Err(damaged(path, "its header is too short"));
    };
    let frame =
        Frame { width: u16::from_be_bytes([*w1, *w0]), height: u16::from_be_bytes([*h1, *h0]), channels: *channels };
    if components.len() != usize::from(*channels) * 3 {
        return Err(damaged(path, "its header does not fit its channels"));
    }
    if *precision != 8 {
        return Err(Diagnostic::error("L064", format!("the JPEG `{path}` has {precision} bits a channel"))
            .help("save it with 8 bits a channel"));
    }
    match channels {
        1 | 3 => Ok(frame),
        4 => Err(Diagnostic::error(
            "L064",
            format!("the JPEG `{path}` is in CMYK, whose colours shift from screen to screen"),
        )
        .help("save it in RGB")),
        _ => {
            Err(Diagnostic::error("L064", format!("the JPEG `{path}` has {channels} channels")).help("save it in RGB"))
        }
    }
}

/// The orientation of an EXIF segment (TIFF tag 0x0112 of the first directory), where it states one from 1 to 8.
fn exif_orientation(body: &[u8]) -> Option<u16> {
    let tiff = body.strip_prefix(b"Exif\0\0")?;
    let little = match tiff.get(..4)? {
        b"II*\0" => true,
        b"MM\0*" => false,
        _ => return None,
    };
    let short = |at: usize| -> Option<u16> {
        let b = tiff.get(at..at.checked_add(2)?)?;
        Some(if little { u16::from_le_bytes([b[0], b[1]]) } else { u16::from_be_bytes([b[0], b[1]]) })
    };
    let long = |at: usize| -> Option<usize> {
        let (first, second) = (usize::from(short(at)?), usize::from(short(at + 2)?));
        Some(if little { first | second << 16 } else { first << 16 | second })
    };
    let directory = long(4).filter(|at| *at < tiff.len())?;
    let entries = usize::from(short(directory)?);
    let entry = (0..entries).map(|n| directory + 2 + n * 12).find(|at| short(*at) == Some(0x0112))?;
    short(entry + 8).filter(|value| (1..=8).contains(value))
}
