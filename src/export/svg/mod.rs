//! In: [`Pages`]. Out: one SVG drawing a page, for previews in a browser: what is seen, without structure or links.
//!
//! Glyphs are drawn as outlines, each once for all drawings ([`Outlines`]), so that a page looks as it does in the PDF
//! on a machine without the fonts. Nothing is fetched: images stand in the drawing itself.

mod outlines;

use std::fmt::Write as _;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use png::Compression;

pub use self::outlines::Outlines;
use crate::export::raster;
use crate::layout::page::{GlyphRun, ItemKind, Page, Pages, Path, Rect, Segment};
use crate::library::assets::{ImageAsset, ImageData};
use crate::library::brand::Colour;

/// Draws each page; the outlines that the drawings point at are added to `outlines`. Lengths are pt.
pub fn svg(pages: &Pages, outlines: &mut Outlines) -> Vec<String> {
    let images: Vec<Option<String>> = pages.images.iter().map(|asset| address(asset)).collect();
    pages.pages.iter().map(|page| drawing(page, pages, &images, outlines)).collect()
}

fn drawing(page: &Page, pages: &Pages, images: &[Option<String>], outlines: &mut Outlines) -> String {
    let (width, height) = (page.width, page.height);
    let mut svg =
        format!("<svg viewBox=\"0 0 {width} {height}\" role=\"img\" aria-label=\"{}\">", escaped(&page.label));
    svg.push_str("<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>");
    for item in &page.items {
        match &item.kind {
            ItemKind::Glyphs(run) => glyphs(&mut svg, run, pages, outlines),
            ItemKind::Path(path) => outline(&mut svg, path),
            ItemKind::Image { image, rect, part } => {
                if let Some(Some(address)) = images.get(image.0) {
                    picture(&mut svg, address, *rect, *part);
                }
            }
        }
    }
    svg.push_str("</svg>");
    svg
}

fn glyphs(svg: &mut String, run: &GlyphRun, pages: &Pages, outlines: &mut Outlines) {
    let Some(font) = pages.fonts.get(run.font.0) else { return };
    let Some(units) = outlines.units(font) else { return };
    // Within the group, lengths are units of the font and y grows upwards.
    let scale = run.size / units;
    let _ = write!(
        svg,
        "<g fill=\"{}\" transform=\"matrix({scale:.6} 0 0 {:.6} {:.2} {:.2})\">",
        run.colour, -scale, run.x, run.y
    );
    let mut pen = 0.0;
    for glyph in &run.glyphs {
        if let Some(id) = outlines.add(font, glyph.id) {
            let _ = write!(svg, "<use href=\"#{id}\" x=\"{:.0}\"", (pen + glyph.dx) / scale);
            if glyph.dy != 0.0 {
                let _ = write!(svg, " y=\"{:.0}\"", -glyph.dy / scale);
            }
            svg.push_str("/>");
        }
        pen += glyph.advance;
    }
    svg.push_str("</g>");
}

/// Draws a path. Lengths are those of the path.
pub(super) fn outline(svg: &mut String, path: &Path) {
    let colour = |colour: Option<Colour>| colour.map_or_else(|| "none".to_owned(), |colour| colour.to_string());
    let _ = write!(svg, "<path fill=\"{}\"", colour(path.fill));
    if let Some(stroke) = path.stroke {
        let _ = write!(svg, " stroke=\"{}\" stroke-width=\"{:.3}\"", stroke.colour, stroke.width);
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

fn picture(svg: &mut String, address: &str, rect: Rect, part: Option<Rect>) {
    let Rect { x, y, width, height } = rect;
    if let Some(part) = part {
        // An inner drawing shows nothing outside of its edges.
        let _ = write!(svg, "<svg x=\"{x:.2}\" y=\"{y:.2}\" width=\"{width:.2}\" height=\"{height:.2}\">");
        picture(svg, address, Rect { x: 0.0, y: 0.0, ..rect }.whole_of(part), None);
        svg.push_str("</svg>");
        return;
    }
    let _ = write!(
        svg,
        "<image href=\"{address}\" x=\"{x:.2}\" y=\"{y:.2}\" width=\"{width:.2}\" height=\"{height:.2}\" \
         preserveAspectRatio=\"none\"/>"
    );
}

/// An image as a `data:` address; `None` where it cannot be written.
fn address(asset: &ImageAsset) -> Option<String> {
    let (kind, bytes) = match &asset.data {
        ImageData::Jpeg { bytes, .. } => ("jpeg", bytes.as_ref().to_vec()),
        ImageData::Svg(tree) => ("svg+xml", tree.to_string(&svg2pdf::usvg::WriteOptions::default()).into_bytes()),
        ImageData::Png { rgb, alpha } => {
            ("png", raster::png(raster::size(asset), rgb, alpha.as_deref(), Compression::Balanced)?)
        }
    };
    Some(format!("data:image/{kind};base64,{}", STANDARD.encode(bytes)))
}

/// Text as it may stand in the text or an attribute of HTML and SVG.
pub fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::model::{Block, BlockKind, Section};
    use crate::layout::testing::{Kit, place, text};
    use crate::layout::{lay_out_section, paginate};

    #[test]
    fn a_page_is_drawn_with_each_outline_once() {
        let kit = Kit::new();
        let cx = kit.context();
        let blocks = vec![Block { kind: BlockKind::Paragraph(text("Offices affirm <words>")), place: place() }; 80];
        let section = Section { id: "one".into(), layout: None, title: None, notes: None, blocks, place: place() };
        let laid = lay_out_section(&section, &cx).expect("laid out");
        let pages = paginate(&[&laid], &cx).expect("paginated");
        assert!(pages.pages.len() > 1);
        let mut outlines = Outlines::default();
        let drawings = svg(&pages, &mut outlines);
        assert_eq!(drawings.len(), pages.pages.len());
        let defined = outlines.definitions();
        for drawing in &drawings {
            assert!(drawing.starts_with("<svg viewBox=") && drawing.ends_with("</svg>"));
            for used in drawing.split("href=\"#").skip(1) {
                let id = used.split('"').next().unwrap_or_default();
                assert_eq!(defined.matches(&format!("id=\"{id}\"")).count(), 1, "{id}");
            }
        }
        assert!(drawings.iter().any(|drawing| drawing.contains("<use ")), "there are words");
    }

    #[test]
    fn a_part_of_a_picture_is_the_whole_behind_a_frame() {
        let rect = Rect { x: 10.0, y: 20.0, width: 50.0, height: 30.0 };
        let mut svg = String::new();
        picture(&mut svg, "a", rect, Some(Rect { x: 0.25, y: 0.0, width: 0.5, height: 0.75 }));
        let inner = "<image href=\"a\" x=\"-25.00\" y=\"0.00\" width=\"100.00\" height=\"40.00\" preserveAspectRatio=\"none\"/>";
        let frame = "<svg x=\"10.00\" y=\"20.00\" width=\"50.00\" height=\"30.00\">";
        assert_eq!(svg.replace("-0.00", "0.00"), format!("{frame}{inner}</svg>"));
    }

    #[test]
    fn text_cannot_leave_its_place() {
        assert_eq!(escaped("<b a='\"'>&"), "&lt;b a=&#39;&quot;&#39;&gt;&amp;");
    }
}
