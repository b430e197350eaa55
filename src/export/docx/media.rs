//! In: pictures of the library and drawings of charts. Out: [`Picture`]s: parts of the package, compressed once; SVG as it
//! is, with a PNG beside it for readers that know no SVG.

use std::fmt::Write as _;
use std::sync::Arc;

use resvg::tiny_skia::{Pixmap, PremultipliedColorU8, Transform};
use resvg::usvg::{Options, Tree, WriteOptions};
use sha2::{Digest, Sha256};

use super::package::Packed;
use super::xml::hex;
use crate::diagnostic::{Checked, Diagnostic};
use crate::layout::page::{Item, ItemKind, Path, Segment};
use crate::library::assets::{ImageAsset, ImageData};

/// A picture as parts of the package.
#[derive(Debug)]
pub struct Picture {
    /// What every reader can show.
    pub raster: Arc<Packed>,
    pub vector: Option<Arc<Packed>>,
}

/// Pixels of a PNG fallback to a pt.
const PIXELS: f32 = 2.0;
/// No fallback is wider or taller, pixels.
const MOST_PIXELS: f32 = 1600.0;

fn refused(path: &str) -> Diagnostic {
    Diagnostic::error("E032", format!("the picture `{path}` cannot be put into a Word file"))
        .help("save it anew: a picture as PNG or JPEG, a drawing as plain SVG")
}

/// A picture of the library or of the client.
///
/// # Errors
/// `E032` where it cannot be written.
pub fn picture(asset: &ImageAsset) -> Checked<Picture> {
    let made = match &asset.data {
        ImageData::Jpeg { bytes, .. } => part(bytes.as_ref(), "jpeg").map(|raster| Picture { raster, vector: None }),
        ImageData::Png { rgb, alpha } => {
            let size = (asset.width as u32, asset.height as u32);
            png(size, rgb, alpha.as_deref())
                .and_then(|bytes| part(&bytes, "png"))
                .map(|raster| Picture { raster, vector: None })
        }
        ImageData::Svg(tree) => drawn(tree, &tree.to_string(&WriteOptions::default())),
    };
    made.ok_or_else(|| refused(&asset.path).into())
}

/// Shapes of `width` by `height` pt as a picture.
///
/// # Errors
/// `E032` where it cannot be written.
pub fn shapes(items: &[&Item], (width, height): (f32, f32)) -> Checked<Picture> {
    let svg = svg(items, (width, height));
    let made = Tree::from_str(&svg, &Options::default()).ok().and_then(|tree| drawn(&tree, &svg));
    made.ok_or_else(|| refused("of a chart").into())
}

fn drawn(tree: &Tree, svg: &str) -> Option<Picture> {
    let size = tree.size();
    let scale = PIXELS.min(MOST_PIXELS / size.width().max(size.height()).max(1.0));
    let pixels = |length: f32| ((length * scale).ceil() as u32).max(1);
    let mut pixmap = Pixmap::new(pixels(size.width()), pixels(size.height()))?;
    resvg::render(tree, Transform::from_scale(scale, scale), &mut pixmap.as_mut());
    let size = (pixmap.width(), pixmap.height());
    let mut samples = pixmap.take();
    for pixel in samples.as_chunks_mut::<4>().0 {
        let [red, green, blue, alpha] = *pixel;
        // Most pixels are bare or covered: their colours are not multiplied by anything.
        if !matches!(alpha, 0 | 255)
            && let Some(colour) = PremultipliedColorU8::from_rgba(red, green, blue, alpha)
        {
            let colour = colour.demultiply();
            *pixel = [colour.red(), colour.green(), colour.blue(), alpha];
        }
    }
    let bytes = encoded(size, png::ColorType::Rgba, &samples)?;
    Some(Picture { raster: part(&bytes, "png")?, vector: Some(part(svg.as_bytes(), "svg")?) })
}

/// A part whose name says what is in it, so that the same picture is there once.
fn part(bytes: &[u8], ending: &str) -> Option<Arc<Packed>> {
    let digest = Sha256::digest(bytes);
    let name: String = digest[..10].iter().map(|byte| format!("{byte:02x}")).collect();
    Packed::new(&format!("word/media/{name}.{ending}"), bytes).map(Arc::new)
}

fn png(size: (u32, u32), rgb: &[u8], alpha: Option<&[u8]>) -> Option<Vec<u8>> {
    let Some(alpha) = alpha else { return encoded(size, png::ColorType::Rgb, rgb) };
    let mut samples = Vec::with_capacity(alpha.len() * 4);
    for (pixel, alpha) in rgb.chunks_exact(3).zip(alpha) {
        samples.extend_from_slice(pixel);
        samples.push(*alpha);
    }
    encoded(size, png::ColorType::Rgba, &samples)
}

fn encoded((width, height): (u32, u32), colour: png::ColorType, samples: &[u8]) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, width, height);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_color(colour);
    encoder.set_compression(png::Compression::Fast);
    let mut writer = encoder.write_header().ok()?;
    writer.write_image_data(samples).ok()?;
    writer.finish().ok()?;
    Some(bytes)
}

fn svg(items: &[&Item], (width, height): (f32, f32)) -> String {
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width:.2}\" height=\"{height:.2}\" viewBox=\"0 0 {width:.2} {height:.2}\">"
    );
    for item in items {
        if let ItemKind::Path(path) = &item.kind {
            outline(&mut svg, path);
        }
    }
    svg.push_str("</svg>");
    svg
}

fn outline(svg: &mut String, path: &Path) {
    let fill = path.fill.map_or_else(|| "none".to_owned(), |colour| format!("#{}", hex(colour)));
    let _ = write!(svg, "<path fill=\"{fill}\"");
    if let Some(stroke) = path.stroke {
        let _ = write!(svg, " stroke=\"#{}\" stroke-width=\"{:.3}\"", hex(stroke.colour), stroke.width);
    }
    svg.push_str(" d=\"");
    for segment in &path.segments {
        let _ = match *segment {
            Segment::MoveTo(x, y) => write!(svg, "M{x:.2} {y:.2}"),
            Segment::LineTo(x, y) => write!(svg, "L{x:.2} {y:.2}"),
            Segment::CurveTo(a, b, c, d, x, y) => write!(svg, "C{a:.2} {b:.2} {c:.2} {d:.2} {x:.2} {y:.2}"),
            Segment::Close => write!(svg, "Z"),
        };
    }
    svg.push_str("\"/>");
}
