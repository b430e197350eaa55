//! In: pictures of the library and drawings of charts. Out: [`Picture`]s: parts of the package, compressed once; SVG as it
//! is, with a PNG beside it for readers that know no SVG.

use std::sync::Arc;

use png::Compression;
use resvg::tiny_skia::{Color, Pixmap, Transform};
use resvg::usvg::{Options, Tree, WriteOptions};
use sha2::{Digest, Sha256};

use super::package::Packed;
use crate::diagnostic::{Checked, Diagnostic};
use crate::export::{raster, svg::outline};
use crate::hexadecimal::hex;
use crate::layout::page::{Item, ItemKind};
use crate::library::assets::{ImageAsset, ImageData};

/// A picture as parts of the package.
#[derive(Debug)]
pub struct Picture {
    /// What every reader can show.
    pub raster: Arc<Packed>,
    pub vector: Option<Arc<Packed>>,
}

/// Pixels of a chart's PNG fallback to a pt.
const PIXELS: f32 = 2.0;
/// The same of a drawing of the library: logos have fine letters, and some readers show nothing but the fallback.
const FINE_PIXELS: f32 = 4.0;
/// Fallbacks of drawings are as many pixels wide as a multiple of this, so that a logo in two sizes has one.
const STEP: f32 = 128.0;
/// No fallback is wider or taller, pixels.
const MOST_PIXELS: f32 = 1600.0;

fn refused(path: &str) -> Diagnostic {
    Diagnostic::error("E032", format!("the picture `{path}` cannot be put into a Word file"))
        .help("save it anew: a picture as PNG or JPEG, a drawing as plain SVG")
}

/// How many pixels wide the fallback of a drawing is that is shown `width` pt wide.
pub fn pixels(width: f32) -> u32 {
    let wanted = (width * FINE_PIXELS / STEP).ceil().max(1.0) * STEP;
    // A float beyond the numbers of an integer becomes the nearest.
    wanted.min(MOST_PIXELS) as u32
}

/// A picture of the library or of the client; the fallback of a drawing is so many pixels wide.
///
/// # Errors
/// `E032` where it cannot be written.
pub fn picture(asset: &ImageAsset, pixels: u32) -> Checked<Picture> {
    let made = match &asset.data {
        ImageData::Jpeg { bytes, .. } => part(bytes.as_ref(), "jpeg").map(|raster| Picture { raster, vector: None }),
        ImageData::Png { rgb, alpha } => raster::png(raster::size(asset), rgb, alpha.as_deref(), Compression::Fast)
            .and_then(|bytes| part(&bytes, "png"))
            .map(|raster| Picture { raster, vector: None }),
        ImageData::Svg(tree) => {
            drawn(tree, pixels as f32 / tree.size().width(), &tree.to_string(&WriteOptions::default()))
        }
    };
    made.ok_or_else(|| refused(&asset.path).into())
}

/// Shapes of `width` by `height` pt as a picture.
///
/// # Errors
/// `E032` where it cannot be written.
pub fn shapes(items: &[&Item], (width, height): (f32, f32)) -> Checked<Picture> {
    let svg = svg(items, (width, height));
    let made = Tree::from_str(&svg, &Options::default()).ok().and_then(|tree| drawn(&tree, PIXELS, &svg));
    made.ok_or_else(|| refused("of a chart").into())
}

fn drawn(tree: &Tree, scale: f32, svg: &str) -> Option<Picture> {
    let size = tree.size();
    let scale = scale.min(MOST_PIXELS / size.width().max(size.height()).max(1.0));
    let pixels = |length: f32| ((length * scale).ceil() as u32).max(1);
    let mut pixmap = Pixmap::new(pixels(size.width()), pixels(size.height()))?;
    // Written before it is read: the first drawing on memory that was only read is slow, above all beside other threads.
    pixmap.fill(Color::TRANSPARENT);
    resvg::render(tree, Transform::from_scale(scale, scale), &mut pixmap.as_mut());
    let size = (pixmap.width(), pixmap.height());
    let bytes = raster::drawing(size, pixmap.take(), Compression::Fast)?;
    Some(Picture { raster: part(&bytes, "png")?, vector: Some(part(svg.as_bytes(), "svg")?) })
}

/// A part whose name says what is in it, so that the same picture is there once.
fn part(bytes: &[u8], ending: &str) -> Option<Arc<Packed>> {
    let name = format!("word/media/{}.{ending}", hex(&Sha256::digest(bytes)[..10]));
    let pack = if ending == "svg" { Packed::new } else { Packed::stored };
    pack(&name, bytes).map(Arc::new)
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
