//! In: samples of a picture. Out: the bytes of a PNG.

use png::{BitDepth, ColorType, Compression, Encoder};

use crate::library::assets::ImageAsset;

/// Width and height of a decoded picture: whole numbers of pixels.
pub(super) fn size(asset: &ImageAsset) -> (u32, u32) {
    (asset.width as u32, asset.height as u32)
}

/// Encodes RGB samples, with an alpha of each pixel where there is one; `None` where they are not as many as `size` says.
pub(super) fn png(size: (u32, u32), rgb: &[u8], alpha: Option<&[u8]>, compression: Compression) -> Option<Vec<u8>> {
    let Some(alpha) = alpha else { return encoded(size, ColorType::Rgb, rgb, compression) };
    let mut samples = Vec::with_capacity(alpha.len() * 4);
    for (pixel, alpha) in rgb.chunks_exact(3).zip(alpha) {
        samples.extend_from_slice(pixel);
        samples.push(*alpha);
    }
    rgba(size, &samples, compression)
}

/// Encodes RGBA samples; `None` where they are not as many as `size` says.
pub(super) fn rgba(size: (u32, u32), samples: &[u8], compression: Compression) -> Option<Vec<u8>> {
    encoded(size, ColorType::Rgba, samples, compression)
}

fn encoded(
    (width, height): (u32, u32),
    colour: ColorType,
    samples: &[u8],
    compression: Compression,
) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, width, height);
    encoder.set_depth(BitDepth::Eight);
    encoder.set_color(colour);
    encoder.set_compression(compression);
    let mut writer = encoder.write_header().ok()?;
    writer.write_image_data(samples).ok()?;
    writer.finish().ok()?;
    Some(bytes)
}
