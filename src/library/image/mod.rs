//! In: the bytes of an image of the library or of the client. Out: an [`ImageAsset`], or what is wrong with it.

mod jpeg;
mod png;
mod svg;

use super::assets::{Bytes, ImageAsset};
use crate::diagnostic::{Checked, Diagnostic};

/// No image file is larger, bytes.
const LARGEST: usize = 20 * 1024 * 1024;

impl ImageAsset {
    /// Reads an image by its content, whatever its name ends in: JPEG, PNG or SVG.
    ///
    /// `path` is only for messages. An SVG's size is given in pt, at 96 px to the inch.
    ///
    /// # Errors
    /// `L061`–`L067`: another kind of file, too large, damaged, CMYK, lying on its side, animated, or an SVG that holds
    /// more than shapes.
    pub fn read(path: &str, bytes: Bytes) -> Checked<Self> {
        let data: &[u8] = bytes.as_ref();
        if data.len() > LARGEST {
            return Err(Diagnostic::error("L062", format!("the image `{path}` is larger than {} MB", LARGEST >> 20))
                .help("save it smaller: 3,000 pixels across are enough for a full page")
                .into());
        }
        if data.starts_with(b"\xFF\xD8") {
            return Ok(jpeg::read(path, bytes)?);
        }
        if data.starts_with(b"\x89PNG\r\n\x1A\n") {
            return Ok(png::read(path, data)?);
        }
        match svg::text(data) {
            Some(text) => svg::read(path, text),
            None => Err(unknown(path, data).into()),
        }
    }
}

fn unknown(path: &str, data: &[u8]) -> Diagnostic {
    let what = match data {
        [] => "is empty",
        [b'G', b'I', b'F', b'8', ..] => "is a GIF",
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => "is a WebP image",
        [_, _, _, _, b'f', b't', b'y', b'p', ..] => "is a HEIC or AVIF image",
        [b'%', b'P', b'D', b'F', ..] => "is a PDF",
        [b'%', b'!', b'P', b'S', ..] => "is PostScript",
        [0x1F, 0x8B, ..] => "is compressed (SVGZ)",
        [b'I', b'I', 42, 0, ..] | [b'M', b'M', 0, 42, ..] => "is a TIFF",
        [b'B', b'M', ..] => "is a BMP",
        _ => "is no image that can be read",
    };
    Diagnostic::error("L061", format!("`{path}` {what}")).help("save it as SVG, PNG or JPEG")
}

fn damaged(path: &str, why: &str) -> Diagnostic {
    Diagnostic::error("L063", format!("the image `{path}` is damaged: {why}"))
        .help("save it anew, or take another copy")
}

/// Refuses sizes that would fill the memory.
fn check_pixels(path: &str, width: u64, height: u64, most: u64) -> Result<(), Diagnostic> {
    if width == 0 || height == 0 {
        return Err(damaged(path, "it has no width or no height"));
    }
    if width.saturating_mul(height) > most {
        return Err(Diagnostic::error(
            "L062",
            format!("the image `{path}` has {width} × {height} pixels; {} million are the most", most / 1_000_000),
        )
        .help("save it smaller: 3,000 pixels across are enough for a full page"));
    }
    Ok(())
}

#[cfg(test)]
mod tests;
