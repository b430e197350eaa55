//! Pictures and logos: nothing is stretched, whatever shape they have and are cut to.

use std::sync::Arc;

use crate::document::model::*;
use crate::layout::page::{ItemKind, Pages, Rect};
use crate::layout::testing::{Kit, block, paragraph, place, text};
use crate::layout::{Context, lay_out_section, paginate};
use crate::library::assets::{ImageAsset, ImageData};
use crate::library::template::PageFormat;

/// How far a shape may be from what it should be.
const TOLERANCE: f32 = 0.01;

fn picture(crop: Option<Crop>) -> Image {
    let path = "templates/x/images/van.svg".into();
    Image { path, alt: "A van".into(), caption: text("A van"), crop, place: place() }
}

fn pages_of(section: &Section, cx: &Context<'_>) -> Pages {
    let laid = lay_out_section(section, cx).expect("it can be laid out");
    paginate(&[&laid], cx).expect("it can be paginated")
}

fn section(layout: Option<SectionLayout>, blocks: Vec<Block>) -> Section {
    Section { id: "one".into(), layout, title: None, notes: None, blocks, place: place() }
}

/// Width over height of what shows of each picture, its own shape checked.
fn shapes(pages: &Pages) -> Vec<f32> {
    let mut shapes = Vec::new();
    for item in pages.pages.iter().flat_map(|page| &page.items) {
        let ItemKind::Image { image, rect, part } = &item.kind else { continue };
        let asset = &pages.images[image.0];
        let Rect { width, height, .. } = part.map_or(*rect, |part| rect.whole_of(part));
        let (placed, own) = (width / height, asset.width / asset.height);
        assert!((placed / own - 1.0).abs() < TOLERANCE, "{}: {placed} instead of {own}", asset.path);
        shapes.push(rect.width / rect.height);
    }
    shapes
}

fn contexts(kit: &Kit) -> [Context<'_>; 3] {
    let deck = |page| Context { kind: Kind::Deck, page, ..kit.context() };
    [kit.context(), deck(PageFormat::Wide), deck(PageFormat::Classic)]
}

#[test]
fn a_cut_picture_has_its_shape_and_is_not_stretched() {
    let kit = Kit::new();
    for cx in contexts(&kit) {
        for ratio in [(16, 9), (1, 1), (3, 4), (4, 1), (1, 4)] {
            for focus in [Focus::Centre, Focus::Top, Focus::Bottom, Focus::Left, Focus::Right] {
                let figure = block(BlockKind::Figure(picture(Some(Crop { ratio, focus }))));
                let columns = block(BlockKind::Columns(vec![vec![figure.clone()], vec![paragraph("words")]]));
                let wanted = f32::from(ratio.0) / f32::from(ratio.1);
                for shows in [figure, columns] {
                    let title = block(BlockKind::Heading { level: 1, text: text("One") });
                    let shown = shapes(&pages_of(&section(None, vec![title, shows]), &cx));
                    let is_cut = |shape: &f32| (shape / wanted - 1.0).abs() < TOLERANCE;
                    assert!(shown.iter().any(is_cut), "{ratio:?} {focus:?} {:?}: {shown:?}", cx.kind);
                }
            }
        }
    }
}

#[test]
fn logos_and_pictures_keep_their_shape_in_every_layout() {
    let kit = Kit::new();
    for (width, height) in [(400.0, 100.0), (100.0, 100.0), (60.0, 400.0), (3000.0, 2000.0)] {
        let data = ImageData::Png { rgb: Vec::new(), alpha: None };
        let logo = Arc::new(ImageAsset { path: "client.png".into(), width, height, data });
        for mut cx in contexts(&kit) {
            cx.meta.client_logo = Some(Arc::clone(&logo));
            for layout in [Some(SectionLayout::Cover), Some(SectionLayout::Closing), None] {
                let title = block(BlockKind::Heading { level: 1, text: text("One") });
                let line = vec![Inline::Image(picture(None)), Inline::Text { text: " words".into(), value: false }];
                let mut blocks = vec![title, paragraph("words")];
                if layout.is_none() {
                    blocks.push(block(BlockKind::Figure(picture(None))));
                    blocks.push(block(BlockKind::Paragraph(line)));
                }
                let pages = pages_of(&section(layout, blocks), &cx);
                let shown = shapes(&pages);
                let logos = pages.images.iter().filter(|image| image.path == "client.png").count();
                assert!(layout != Some(SectionLayout::Cover) || logos == 1, "{:?} {shown:?}", cx.kind);
                assert!(layout.is_some() || shown.len() >= 2, "{shown:?}");
            }
        }
    }
}
