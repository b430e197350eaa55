//! In: samples of a picture. Out: the bytes of a PNG.

use std::collections::HashMap;

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

/// Encodes RGBA samples; `None` where they are not as many as `size` says. Pictures of few colours become small ones.
pub(super) fn rgba(size: (u32, u32), samples: &[u8], compression: Compression) -> Option<Vec<u8>> {
    match Indexed::new(samples) {
        Some(indexed) => indexed.encoded(size, compression),
        None => encoded(size, ColorType::Rgba, samples, compression),
    }
}

/// Pixels as places in a list of at most 256 colours.
struct Indexed {
    places: Vec<u8>,
    colours: Vec<[u8; 4]>,
}

impl Indexed {
    /// `None` where there are more colours. They are listed in the order in which they are met.
    fn new(samples: &[u8]) -> Option<Self> {
        let pixels = samples.as_chunks::<4>().0;
        let mut known: HashMap<[u8; 4], u8> = HashMap::new();
        let (mut places, mut colours) = (Vec::with_capacity(pixels.len()), Vec::new());
        let mut last: Option<([u8; 4], u8)> = None;
        for pixel in pixels {
            let place = match last {
                Some((colour, place)) if colour == *pixel => place,
                _ => match known.get(pixel) {
                    Some(place) => *place,
                    None => {
                        let place = u8::try_from(colours.len()).ok()?;
                        colours.push(*pixel);
                        known.insert(*pixel, place);
                        place
                    }
                },
            };
            last = Some((*pixel, place));
            places.push(place);
        }
        Some(Self { places, colours })
    }

    fn encoded(&self, (width, height): (u32, u32), compression: Compression) -> Option<Vec<u8>> {
        let mut bytes = Vec::new();
        let mut encoder = Encoder::new(&mut bytes, width, height);
        encoder.set_palette(self.colours.iter().flat_map(|[r, g, b, _]| [*r, *g, *b]).collect::<Vec<u8>>());
        encoder.set_trns(self.colours.iter().map(|[_, _, _, alpha]| *alpha).collect::<Vec<u8>>());
        write(encoder, ColorType::Indexed, &self.places, compression)?;
        Some(bytes)
    }
}

fn encoded(
    (width, height): (u32, u32),
    colour: ColorType,
    samples: &[u8],
    compression: Compression,
) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    write(Encoder::new(&mut bytes, width, height), colour, samples, compression)?;
    Some(bytes)
}

fn write(
    mut encoder: Encoder<'_, &mut Vec<u8>>,
    colour: ColorType,
    samples: &[u8],
    compression: Compression,
) -> Option<()> {
    encoder.set_depth(BitDepth::Eight);
    encoder.set_color(colour);
    encoder.set_compression(compression);
    let mut writer = encoder.write_header().ok()?;
    writer.write_image_data(samples).ok()?;
    writer.finish().ok()
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;

    fn decoded(bytes: Vec<u8>) -> (ColorType, Vec<u8>) {
        let mut decoder = png::Decoder::new(Cursor::new(bytes));
        decoder.set_transformations(png::Transformations::EXPAND);
        let mut reader = decoder.read_info().expect("a PNG");
        let colour = reader.info().color_type;
        let mut samples = vec![0; reader.output_buffer_size().expect("it fits")];
        reader.next_frame(&mut samples).expect("pixels");
        (colour, samples)
    }

    #[test]
    fn few_colours_or_many_come_back_as_they_were() {
        for (colours, kind) in [(1_usize, ColorType::Indexed), (256, ColorType::Indexed), (257, ColorType::Rgba)] {
            let pixel = |index: usize| [(index % colours) as u8, (index % colours / 256) as u8, 7, (index % 2) as u8];
            // An even number of colours keeps the alpha of each; of an odd one all are opaque.
            let pixel = |index: usize| match colours % 2 {
                0 => pixel(index),
                _ => [pixel(index)[0], pixel(index)[1], 7, 255],
            };
            let samples: Vec<u8> = (0..32 * 32).flat_map(pixel).collect();
            let bytes = rgba((32, 32), &samples, Compression::Fast).expect("samples of the size");
            assert_eq!(decoded(bytes), (kind, samples), "{colours}");
        }
    }
}
