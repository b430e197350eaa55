//! In: images of the pages. Out: image XObjects of JPEG and PNG files.

use std::collections::BTreeMap;

use printpdf::{DictItem, ExternalStream, ExternalXObject, XObject};

use super::save::deflate;
use crate::layout::page::{ItemKind, Pages};
use crate::library::assets::{ImageAsset, ImageData};

/// Says for each image whether a page shows it.
pub fn shown(pages: &Pages) -> Vec<bool> {
    let mut shown = vec![false; pages.images.len()];
    for item in pages.pages.iter().flat_map(|page| &page.items) {
        if let ItemKind::Image { image, .. } = item.kind {
            shown[image.0] = true;
        }
    }
    shown
}

/// Makes the XObject of a JPEG (its file as it is) or a PNG (samples, with a soft mask for transparency); `None` for
/// drawings.
pub fn raster(asset: &ImageAsset) -> Option<XObject> {
    let (width, height) = (asset.width as i64, asset.height as i64);
    let stream = match &asset.data {
        ImageData::Jpeg { bytes, channels } => {
            let space = if *channels == 1 { "DeviceGray" } else { "DeviceRGB" };
            samples(width, height, space, "DCTDecode", bytes.as_ref().to_vec())
        }
        ImageData::Png { rgb, alpha } => {
            let mut stream = samples(width, height, "DeviceRGB", "FlateDecode", deflate(rgb));
            if let Some(alpha) = alpha {
                let mask = samples(width, height, "DeviceGray", "FlateDecode", deflate(alpha));
                stream.dict.insert("SMask".into(), DictItem::Stream { stream: mask });
            }
            stream
        }
        ImageData::Svg(_) => return None,
    };
    Some(XObject::External(ExternalXObject { stream, width: None, height: None, dpi: None }))
}

fn samples(width: i64, height: i64, space: &str, filter: &str, content: Vec<u8>) -> ExternalStream {
    let name = |text: &str| DictItem::Name(text.as_bytes().to_vec());
    let dict: BTreeMap<String, DictItem> = [
        ("Type", name("XObject")),
        ("Subtype", name("Image")),
        ("Width", DictItem::Int(width)),
        ("Height", DictItem::Int(height)),
        ("ColorSpace", name(space)),
        ("BitsPerComponent", DictItem::Int(8)),
        ("Filter", name(filter)),
    ]
    .into_iter()
    .map(|(key, value)| (key.to_owned(), value))
    .collect();
    ExternalStream { dict, content, compress: false }
}
