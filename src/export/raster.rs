//! In: samples of a picture. Out: the bytes of a PNG.

use std::collections::HashMap;

use png::{BitDepth, ColorType, Compression, Encoder};
use resvg::tiny_skia::PremultipliedColorU8;

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
    encoded(size, ColorType::Rgba, &samples, compression)
}

/// Encodes a drawing: RGBA samples whose colours are multiplied by their alpha, as tiny-skia has them. Drawings of few
/// colours become small files. `None` where the samples are not as many as `size` says.
pub(super) fn drawing(size: (u32, u32), mut samples: Vec<u8>, compression: Compression) -> Option<Vec<u8>> {
    if let Some(indexed) = Indexed::new(&samples) {
        return indexed.encoded(size, compression);
    }
    for pixel in samples.as_chunks_mut::<4>().0 {
        *pixel = straight(*pixel);
    }
    encoded(size, ColorType::Rgba, &samples, compression)
}

/// A colour that is not multiplied by its alpha.
fn straight([red, green, blue, alpha]: [u8; 4]) -> [u8; 4] {
    match PremultipliedColorU8::from_rgba(red, green, blue, alpha) {
        // Most pixels are bare or covered: nothing is multiplied.
        Some(colour) if !matches!(alpha, 0 | 255) => {
            let colour = colour.demultiply();
            [colour.red(), colour.green(), colour.blue(), alpha]
        }
        _ => [red, green, blue, alpha],
    }
}

/// Pixels as places in a list of at most 256 colours.
struct Indexed {
    places: Vec<u8>,
    colours: Vec<[u8; 4]>,
}

/// How many pixels are looked at together.
const STRIDE: usize = 16;

impl Indexed {
    /// `None` where there are more colours. They are listed in the order in which they are met.
    fn new(samples: &[u8]) -> Option<Self> {
        let pixels = samples.as_chunks::<4>().0;
        let mut places = Vec::with_capacity(pixels.len());
        let mut colours = Colours::default();
        let (strides, rest) = pixels.as_chunks::<STRIDE>();
        for stride in strides {
            let first = u32::from_ne_bytes(stride[0]);
            // Most of a drawing is ground: whole strides of one colour.
            if stride.iter().fold(0, |other, pixel| other | (u32::from_ne_bytes(*pixel) ^ first)) == 0 {
                places.extend_from_slice(&[colours.place(stride[0])?; STRIDE]);
                continue;
            }
            for pixel in stride {
                places.push(colours.place(*pixel)?);
            }
        }
        for pixel in rest {
            places.push(colours.place(*pixel)?);
        }
        Some(Self { places, colours: colours.list })
    }

    fn encoded(&self, (width, height): (u32, u32), compression: Compression) -> Option<Vec<u8>> {
        let colours: Vec<[u8; 4]> = self.colours.iter().map(|colour| straight(*colour)).collect();
        let mut bytes = Vec::new();
        let mut encoder = Encoder::new(&mut bytes, width, height);
        encoder.set_palette(colours.iter().flat_map(|[r, g, b, _]| [*r, *g, *b]).collect::<Vec<u8>>());
        encoder.set_trns(colours.iter().map(|[_, _, _, alpha]| *alpha).collect::<Vec<u8>>());
        write(encoder, ColorType::Indexed, &self.places, compression)?;
        Some(bytes)
    }
}

/// The colours of a drawing.
struct Colours {
    list: Vec<[u8; 4]>,
    places: HashMap<[u8; 4], u8>,
    /// What was asked for last, by a few bits of the colour: colours come in clusters.
    recent: [Option<([u8; 4], u8)>; 256],
}

impl Default for Colours {
    fn default() -> Self {
        Self { list: Vec::new(), places: HashMap::new(), recent: [None; 256] }
    }
}

impl Colours {
    /// The place of a colour in the list, added if it is new; `None` where there is none left.
    fn place(&mut self, colour: [u8; 4]) -> Option<u8> {
        let bits = u32::from_ne_bytes(colour).wrapping_mul(0x9E37_79B1) >> 24;
        let recent = &mut self.recent[bits as usize];
        if let Some((known, place)) = recent
            && *known == colour
        {
            return Some(*place);
        }
        let place = match self.places.get(&colour) {
            Some(place) => *place,
            None => u8::try_from(self.list.len()).ok().inspect(|place| {
                self.list.push(colour);
                self.places.insert(colour, *place);
            })?,
        };
        *recent = Some((colour, place));
        Some(place)
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
        for (colours, kind) in [(1, ColorType::Indexed), (256, ColorType::Indexed), (257, ColorType::Rgba)] {
            let pixel = |index: usize| [(index % colours) as u8, (index % colours / 256) as u8, 9, 255];
            let samples: Vec<u8> = (0..33 * 31).flat_map(pixel).collect();
            let bytes = drawing((33, 31), samples.clone(), Compression::Fast).expect("samples of the size");
            assert_eq!(decoded(bytes), (kind, samples), "{colours}");
        }
    }

    #[test]
    fn colours_are_not_multiplied_in_the_file() {
        let samples = [[0; 4], [64, 32, 0, 128], [255, 0, 0, 255], [0; 4]].concat();
        let bytes = drawing((2, 2), samples, Compression::Fast).expect("samples of the size");
        let straight = [[0; 4], [128, 64, 0, 128], [255, 0, 0, 255], [0; 4]].concat();
        assert_eq!(decoded(bytes), (ColorType::Indexed, straight));
    }
}
