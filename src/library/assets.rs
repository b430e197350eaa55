//! In: bytes of font and image files. Out: [`Font`] and [`ImageAsset`], checked, parsed once and shared between threads.

use std::sync::Arc;

/// The bytes of a library file: inside the binary, or read once from disk.
#[derive(Debug, Clone)]
pub enum Bytes {
    Embedded(&'static [u8]),
    Read(Arc<[u8]>),
}

impl AsRef<[u8]> for Bytes {
    fn as_ref(&self) -> &[u8] {
        match self {
            Self::Embedded(bytes) => bytes,
            Self::Read(bytes) => bytes,
        }
    }
}

/// One static TrueType face of the brand.
#[derive(Debug)]
pub struct Font {
    /// Path in the library, such as `brand/fonts/Lato-Regular.ttf`.
    pub path: String,
    /// Family as brand.yaml names it.
    pub family: String,
    pub weight: u16,
    pub italic: bool,
    pub bytes: Bytes,
}

/// One image of the library or of the client.
#[derive(Debug)]
pub struct ImageAsset {
    pub path: String,
    /// Natural size: pixels for PNG and JPEG, pt for SVG.
    pub width: f32,
    pub height: f32,
    pub data: ImageData,
}

#[derive(Debug)]
pub enum ImageData {
    /// The file as it is (DCTDecode), grey or RGB.
    Jpeg { bytes: Bytes, channels: u8 },
    /// Decoded samples, 8 bits a channel: `rgb` is 3 bytes a pixel; `alpha` 1 byte a pixel where the image has any.
    Png { rgb: Vec<u8>, alpha: Option<Vec<u8>> },
    /// A checked tree without text, images, filters or outside references.
    Svg(Box<svg2pdf::usvg::Tree>),
}
