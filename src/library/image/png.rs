//! In: a PNG file. Out: its samples, 8 bits a channel: RGB, and alpha where any pixel lets the ground through.

use std::io::Cursor;

use ::png::{ColorType, Decoder, DecodingError, Limits, Transformations};

use super::super::assets::{ImageAsset, ImageData};
use super::{check_pixels, damaged};
use crate::diagnostic::{Diagnostic, catch_panic};

/// Most pixels of a PNG. Reading one takes 5 bytes of memory a pixel; a full page at 300 dots to the inch has 9
/// million.
pub(super) const MOST_PIXELS: u64 = 20_000_000;
/// Most bytes that the decoder may take beside the samples: rows of one picture, and chunks of a few kilobytes.
const DECODER_BYTES: usize = 64 * 1024 * 1024;

pub(super) fn read(path: &str, data: &[u8]) -> Result<ImageAsset, Diagnostic> {
    // The decoder panics on some damaged files, such as a palette whose last colour is cut off.
    catch_panic(|| decode(path, data)).unwrap_or_else(|| Err(damaged(path, "the decoder cannot read it")))
}

fn decode(path: &str, data: &[u8]) -> Result<ImageAsset, Diagnostic> {
    let broken = |error: DecodingError| match error {
        DecodingError::LimitsExceeded => too_much(path),
        error => damaged(path, &error.to_string().to_lowercase()),
    };
    let limits = Limits { bytes: DECODER_BYTES };
    let mut decoder = Decoder::new_with_limits(Cursor::new(data), limits);
    // Colour profiles and texts are not used, and a few kilobytes of them can unpack to gigabytes.
    decoder.set_ignore_iccp_chunk(true);
    decoder.set_ignore_text_chunk(true);
    decoder.set_transformations(Transformations::normalize_to_color8());
    let mut reader = decoder.read_info().map_err(broken)?;
    let info = reader.info();
    let (width, height) = (info.width, info.height);
    check_pixels(path, width.into(), height.into(), MOST_PIXELS)?;
    if info.animation_control.is_some() {
        return Err(Diagnostic::error("L061", format!("the PNG `{path}` is animated")).help("save one frame as a PNG"));
    }
    let size = reader.output_buffer_size().ok_or_else(|| too_much(path))?;
    let mut samples = vec![0; size];
    let frame = reader.next_frame(&mut samples).map_err(broken)?;
    reader.finish().map_err(broken)?;
    samples.truncate(frame.buffer_size());
    let (rgb, alpha) = split(samples, frame.color_type);
    Ok(ImageAsset {
        path: path.to_string(),
        width: width as f32,
        height: height as f32,
        data: ImageData::Png { rgb, alpha },
    })
}

/// RGB, and alpha unless every pixel is opaque.
fn split(mut samples: Vec<u8>, colour: ColorType) -> (Vec<u8>, Option<Vec<u8>>) {
    let (rgb, alpha): (Vec<u8>, Vec<u8>) = match colour {
        ColorType::Rgb => (samples, Vec::new()),
        ColorType::Grayscale => (samples.iter().flat_map(|g| [*g; 3]).collect(), Vec::new()),
        ColorType::GrayscaleAlpha => {
            (samples.chunks_exact(2).flat_map(|p| [p[0]; 3]).collect(), samples.chunks_exact(2).map(|p| p[1]).collect())
        }
        // The decoder was told to expand palettes into RGB or RGBA.
        ColorType::Rgba | ColorType::Indexed => {
            let alpha = samples.chunks_exact(4).map(|p| p[3]).collect();
            // Moved together in place: a second copy of a large picture would double its memory.
            let pixels = samples.len() / 4;
            (0..pixels).for_each(|pixel| samples.copy_within(pixel * 4..pixel * 4 + 3, pixel * 3));
            samples.truncate(pixels * 3);
            samples.shrink_to_fit();
            (samples, alpha)
        }
    };
    let alpha = Some(alpha).filter(|alpha| alpha.iter().any(|a| *a != 255));
    (rgb, alpha)
}

fn too_much(path: &str) -> Diagnostic {
    Diagnostic::error("L062", format!("the PNG `{path}` unpacks to more than memory should hold"))
        .help("save it smaller: 3,000 pixels across are enough for a full page")
}
