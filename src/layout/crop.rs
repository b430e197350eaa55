//! In: an image and the shape it is cut to. Out: the part of it that shows, and how large that is.

use crate::document::model::{Crop, Focus};
use crate::layout::page::Rect;
use crate::library::assets::ImageAsset;

/// What shows of an image.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Shown {
    /// Its edges as fractions of the image's width and height; none where all of it shows.
    pub part: Option<Rect>,
    /// In the image's own units.
    pub width: f32,
    pub height: f32,
}

/// Cuts an image to a shape: the largest part of it that has the shape, nothing stretched.
pub(crate) fn shown(asset: &ImageAsset, crop: Option<Crop>) -> Shown {
    let (width, height) = (asset.width.max(1.0), asset.height.max(1.0));
    let Some(Crop { ratio: (wide, high), focus }) = crop else {
        return Shown { part: None, width, height };
    };
    let shape = f32::from(wide.max(1)) / f32::from(high.max(1));
    let own = width / height;
    let (across, down) = if own > shape { (shape / own, 1.0) } else { (1.0, own / shape) };
    let at = |spare: f32, start: Focus, end: Focus| match focus {
        _ if focus == start => 0.0,
        _ if focus == end => spare,
        _ => spare / 2.0,
    };
    let part = Rect {
        x: at(1.0 - across, Focus::Left, Focus::Right),
        y: at(1.0 - down, Focus::Top, Focus::Bottom),
        width: across,
        height: down,
    };
    Shown { part: Some(part), width: width * across, height: height * down }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::assets::ImageData;

    fn asset(width: f32, height: f32) -> ImageAsset {
        let data = ImageData::Png { rgb: Vec::new(), alpha: None };
        ImageAsset { path: "a.png".into(), width, height, data }
    }

    #[test]
    fn the_largest_part_of_the_shape_is_kept_where_the_focus_is() {
        let part = |ratio, focus| shown(&asset(400.0, 200.0), Some(Crop { ratio, focus }));
        let rect = |x, y, width, height| Some(Rect { x, y, width, height });
        let square = part((1, 1), Focus::Centre);
        assert_eq!((square.part, square.width, square.height), (rect(0.25, 0.0, 0.5, 1.0), 200.0, 200.0));
        assert_eq!(part((1, 1), Focus::Left).part, rect(0.0, 0.0, 0.5, 1.0));
        assert_eq!(part((1, 1), Focus::Right).part, rect(0.5, 0.0, 0.5, 1.0));
        assert_eq!(part((4, 1), Focus::Top).part, rect(0.0, 0.0, 1.0, 0.5));
        assert_eq!(part((4, 1), Focus::Bottom).part, rect(0.0, 0.5, 1.0, 0.5));
        // What has no room to move stays where it is.
        assert_eq!(part((4, 1), Focus::Left).part, rect(0.0, 0.25, 1.0, 0.5));
        assert_eq!(shown(&asset(400.0, 200.0), None).part, None);
    }
}
