//! In: shapes, pictures and words with their places. Out: DrawingML: vector shapes, pictures with their alternative text,
//! and text boxes whose words are words.

use std::fmt::Write as _;

use super::xml::{emu, escaped, hex};
use crate::layout::page::{Path, Rect, Segment};
use crate::library::brand::Colour;

/// Where something stands.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Base {
    /// Counted from the page's top left corner.
    Page,
    /// Counted from the start of the text area and the top of the paragraph.
    Paragraph,
    /// Within a line of text, as large as it is.
    Line,
}

/// What a drawing needs besides its contents.
#[derive(Debug, Clone, Copy)]
pub struct Frame<'a> {
    pub base: Base,
    pub rect: Rect,
    /// Unlike any other's in the document.
    pub id: u32,
    /// What a screen reader says; empty for decoration.
    pub description: &'a str,
    /// True for what stands behind the words.
    pub behind: bool,
}

/// The kinds of graphic data, with what a reader must know to show them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Data {
    Picture,
    Group,
    Shape,
}

const RECTANGLE: &str = "<a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom>";
/// What a screen reader passes over ([MS-ODRAWXML] 2.30, `decorative`).
const DECORATIVE: &str = "<a:extLst><a:ext uri=\"{C183D7F6-B498-43B3-948B-1728B52AA6E4}\">\
     <adec:decorative xmlns:adec=\"http://schemas.microsoft.com/office/drawing/2017/decorative\" val=\"1\"/></a:ext></a:extLst>";
const NAMESPACE: &str = "http://schemas.openxmlformats.org/drawingml/2006";

/// A picture, or the part of it with these edges as fractions of its size: `raster` and `vector` are ids of relationships.
pub fn picture(frame: &Frame<'_>, part: Option<Rect>, raster: &str, vector: Option<&str>) -> String {
    let cut = part.map_or_else(String::new, |part| {
        // Thousandths of a percent that are cut off each edge.
        let thousandths = |part: f32| (part.clamp(0.0, 1.0) * 100_000.0).round() as u32;
        format!(
            "<a:srcRect l=\"{}\" t=\"{}\" r=\"{}\" b=\"{}\"/>",
            thousandths(part.x),
            thousandths(part.y),
            thousandths(1.0 - part.x - part.width),
            thousandths(1.0 - part.y - part.height)
        )
    });
    let svg = vector.map_or_else(String::new, |id| {
        format!(
            "<a:extLst><a:ext uri=\"{{96DAC541-7B7A-43D3-8B79-37D633B846F1}}\">\
             <asvg:svgBlip xmlns:asvg=\"http://schemas.microsoft.com/office/drawing/2016/SVG/main\" r:embed=\"{id}\"/>\
             </a:ext></a:extLst>"
        )
    });
    let (width, height) = (emu(frame.rect.width), emu(frame.rect.height));
    let description = escaped(frame.description);
    let graphic = format!(
        "<pic:pic xmlns:pic=\"{NAMESPACE}/picture\"><pic:nvPicPr><pic:cNvPr id=\"{id}\" name=\"Picture {id}\" descr=\"{description}\"/>\
         <pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed=\"{raster}\">{svg}</a:blip>{cut}<a:stretch><a:fillRect/></a:stretch>\
         </pic:blipFill><pic:spPr><a:xfrm><a:off x=\"0\" y=\"0\"/><a:ext cx=\"{width}\" cy=\"{height}\"/></a:xfrm>\
         <a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>",
        id = frame.id
    );
    run(frame, Data::Picture, &graphic)
}

/// Shapes as vectors, in one group; their places count from the frame's corner. Nothing where there are none.
///
/// The group is as large as what is in it: readers that find it otherwise scale the one to the other.
pub fn shapes(frame: &Frame<'_>, paths: &[&Path]) -> String {
    let mut inner = String::new();
    let mut whole: Option<Rect> = None;
    for path in merged(paths) {
        let Some(rect) = shape(&mut inner, &path) else { continue };
        whole = Some(whole.map_or(rect, |whole| joined(whole, rect)));
    }
    let Some(whole) = whole else { return String::new() };
    let (x, y, width, height) = (emu(whole.x), emu(whole.y), emu(whole.width), emu(whole.height));
    let graphic = format!(
        "<wpg:wgp><wpg:cNvGrpSpPr/><wpg:grpSpPr><a:xfrm><a:off x=\"0\" y=\"0\"/><a:ext cx=\"{width}\" cy=\"{height}\"/>\
         <a:chOff x=\"{x}\" y=\"{y}\"/><a:chExt cx=\"{width}\" cy=\"{height}\"/></a:xfrm></wpg:grpSpPr>{inner}</wpg:wgp>"
    );
    let rect = Rect { x: frame.rect.x + whole.x, y: frame.rect.y + whole.y, ..whole };
    run(&Frame { rect, ..*frame }, Data::Group, &graphic)
}

fn joined(a: Rect, b: Rect) -> Rect {
    let (x, y) = (a.x.min(b.x), a.y.min(b.y));
    let (right, bottom) = ((a.x + a.width).max(b.x + b.width), (a.y + a.height).max(b.y + b.height));
    Rect { x, y, width: right - x, height: bottom - y }
}

/// A box of paragraphs.
pub fn text_box(frame: &Frame<'_>, paragraphs: &str) -> String {
    let (width, height) = (emu(frame.rect.width), emu(frame.rect.height));
    let graphic = format!(
        "<wps:wsp><wps:cNvSpPr txBox=\"1\"/><wps:spPr><a:xfrm><a:off x=\"0\" y=\"0\"/><a:ext cx=\"{width}\" cy=\"{height}\"/></a:xfrm>\
         <a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom><a:noFill/><a:ln><a:noFill/></a:ln></wps:spPr>\
         <wps:txbx><w:txbxContent>{paragraphs}</w:txbxContent></wps:txbx>\
         <wps:bodyPr rot=\"0\" vert=\"horz\" wrap=\"square\" lIns=\"0\" tIns=\"0\" rIns=\"0\" bIns=\"0\" anchor=\"t\" anchorCtr=\"0\">\
         <a:noAutofit/></wps:bodyPr></wps:wsp>"
    );
    run(frame, Data::Shape, &graphic)
}

fn run(frame: &Frame<'_>, data: Data, graphic: &str) -> String {
    let (uri, name, needs) = match data {
        Data::Picture => (format!("{NAMESPACE}/picture"), "Picture", None),
        Data::Group => {
            ("http://schemas.microsoft.com/office/word/2010/wordprocessingGroup".to_owned(), "Drawing", Some("wpg"))
        }
        Data::Shape => {
            ("http://schemas.microsoft.com/office/word/2010/wordprocessingShape".to_owned(), "Text", Some("wps"))
        }
    };
    let Rect { x, y, width, height } = frame.rect;
    let (width, height) = (emu(width), emu(height));
    let id = frame.id;
    let description = match (frame.description, data) {
        // Words speak for themselves.
        ("", Data::Shape) => "/>".to_owned(),
        ("", Data::Picture | Data::Group) => format!(">{DECORATIVE}</wp:docPr>"),
        (words, _) => format!(" descr=\"{}\"/>", escaped(words)),
    };
    let properties = format!(
        "<wp:docPr id=\"{id}\" name=\"{name} {id}\"{description}<wp:cNvGraphicFramePr/>\
         <a:graphic><a:graphicData uri=\"{uri}\">{graphic}</a:graphicData></a:graphic>"
    );
    let drawing = match frame.base {
        Base::Line => format!(
            "<wp:inline distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\"><wp:extent cx=\"{width}\" cy=\"{height}\"/>\
             <wp:effectExtent l=\"0\" t=\"0\" r=\"0\" b=\"0\"/>{properties}</wp:inline>"
        ),
        Base::Page | Base::Paragraph => {
            let (across, down) = if frame.base == Base::Page { ("page", "page") } else { ("column", "paragraph") };
            let behind = u8::from(frame.behind);
            let (x, y) = (emu(x), emu(y));
            format!(
                "<wp:anchor distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\" simplePos=\"0\" relativeHeight=\"{id}\" behindDoc=\"{behind}\" \
                 locked=\"1\" layoutInCell=\"1\" allowOverlap=\"1\"><wp:simplePos x=\"0\" y=\"0\"/>\
                 <wp:positionH relativeFrom=\"{across}\"><wp:posOffset>{x}</wp:posOffset></wp:positionH>\
                 <wp:positionV relativeFrom=\"{down}\"><wp:posOffset>{y}</wp:posOffset></wp:positionV>\
                 <wp:extent cx=\"{width}\" cy=\"{height}\"/><wp:effectExtent l=\"0\" t=\"0\" r=\"0\" b=\"0\"/><wp:wrapNone/>\
                 {properties}</wp:anchor>"
            )
        }
    };
    let drawing = format!("<w:drawing>{drawing}</w:drawing>");
    match needs {
        None => format!("<w:r>{drawing}</w:r>"),
        Some(needs) => format!(
            "<w:r><mc:AlternateContent><mc:Choice Requires=\"{needs}\">{drawing}</mc:Choice></mc:AlternateContent></w:r>"
        ),
    }
}

/// Strokes of one kind that follow each other become one shape.
fn merged(paths: &[&Path]) -> Vec<Path> {
    let mut shapes: Vec<Path> = Vec::new();
    for path in paths {
        match shapes.last_mut() {
            Some(last) if last.fill.is_none() && path.fill.is_none() && last.stroke == path.stroke => {
                last.segments.extend(path.segments.iter().copied());
            }
            _ => shapes.push((*path).clone()),
        }
    }
    shapes
}

/// The box around an outline, control points included; `None` without points.
pub fn bounds(segments: &[Segment]) -> Option<Rect> {
    let points = segments.iter().flat_map(|segment| match *segment {
        Segment::MoveTo(x, y) | Segment::LineTo(x, y) => vec![(x, y)],
        Segment::CurveTo(a, b, c, d, x, y) => vec![(a, b), (c, d), (x, y)],
        Segment::Close => Vec::new(),
    });
    let mut range: Option<(f32, f32, f32, f32)> = None;
    for (x, y) in points {
        let (left, top, right, bottom) = range.unwrap_or((x, y, x, y));
        range = Some((left.min(x), top.min(y), right.max(x), bottom.max(y)));
    }
    range.map(|(left, top, right, bottom)| Rect { x: left, y: top, width: right - left, height: bottom - top })
}

/// Writes a shape; gives the room that it takes.
fn shape(out: &mut String, path: &Path) -> Option<Rect> {
    let rect = bounds(&path.segments)?;
    let straight = matches!(path.segments.as_slice(), [Segment::MoveTo(..), Segment::LineTo(..)]);
    if let (true, Some(stroke), None) = (straight, path.stroke, path.fill)
        && (rect.width == 0.0 || rect.height == 0.0)
    {
        // A rule is a thin box: readers differ in how they draw lines without an extent.
        let half = stroke.width / 2.0;
        let rect = match rect.height == 0.0 {
            true => Rect { y: rect.y - half, height: stroke.width, ..rect },
            false => Rect { x: rect.x - half, width: stroke.width, ..rect },
        };
        body(out, rect, RECTANGLE, Some(stroke.colour), None);
        return Some(rect);
    }
    let stroke = path.stroke.map(|stroke| (stroke.colour, stroke.width));
    if is_rectangle(&path.segments, rect) {
        body(out, rect, RECTANGLE, path.fill, stroke);
        return Some(rect);
    }
    // An outline without width or height has no scale.
    let rect = Rect { width: rect.width.max(0.01), height: rect.height.max(0.01), ..rect };
    body(out, rect, &geometry(&path.segments, rect, path.fill.is_some()), path.fill, stroke);
    Some(rect)
}

fn body(out: &mut String, rect: Rect, geometry: &str, fill: Option<Colour>, stroke: Option<(Colour, f32)>) {
    let solid = |colour: Colour| format!("<a:solidFill><a:srgbClr val=\"{}\"/></a:solidFill>", hex(colour));
    let fill = fill.map_or_else(|| "<a:noFill/>".to_owned(), solid);
    let line = stroke.map_or_else(
        || "<a:ln><a:noFill/></a:ln>".to_owned(),
        |(colour, width)| {
            format!("<a:ln w=\"{}\" cap=\"flat\">{}<a:miter lim=\"400000\"/></a:ln>", emu(width), solid(colour))
        },
    );
    let _ = write!(
        out,
        "<wps:wsp><wps:cNvSpPr/><wps:spPr><a:xfrm><a:off x=\"{}\" y=\"{}\"/><a:ext cx=\"{}\" cy=\"{}\"/></a:xfrm>\
         {geometry}{fill}{line}</wps:spPr><wps:bodyPr/></wps:wsp>",
        emu(rect.x),
        emu(rect.y),
        emu(rect.width),
        emu(rect.height)
    );
}

fn is_rectangle(segments: &[Segment], rect: Rect) -> bool {
    let [Segment::MoveTo(a, b), Segment::LineTo(c, d), Segment::LineTo(e, f), Segment::LineTo(g, h), Segment::Close] =
        segments
    else {
        return false;
    };
    let corners = [(*a, *b), (*c, *d), (*e, *f), (*g, *h)];
    let (right, bottom) = (rect.x + rect.width, rect.y + rect.height);
    let near = |a: f32, b: f32| (a - b).abs() < 0.001;
    let upright = (near(*b, *d) && near(*c, *e)) || (near(*a, *c) && near(*d, *f));
    upright
        && corners.iter().all(|(x, y)| (near(*x, rect.x) || near(*x, right)) && (near(*y, rect.y) || near(*y, bottom)))
}

fn geometry(segments: &[Segment], rect: Rect, filled: bool) -> String {
    let point = |out: &mut String, x: f32, y: f32| {
        let _ = write!(out, "<a:pt x=\"{}\" y=\"{}\"/>", emu(x - rect.x), emu(y - rect.y));
    };
    let fill = if filled { "" } else { " fill=\"none\"" };
    let mut path = format!("<a:path w=\"{}\" h=\"{}\"{fill}>", emu(rect.width), emu(rect.height));
    for segment in segments {
        match *segment {
            Segment::MoveTo(x, y) => {
                path.push_str("<a:moveTo>");
                point(&mut path, x, y);
                path.push_str("</a:moveTo>");
            }
            Segment::LineTo(x, y) => {
                path.push_str("<a:lnTo>");
                point(&mut path, x, y);
                path.push_str("</a:lnTo>");
            }
            Segment::CurveTo(a, b, c, d, x, y) => {
                path.push_str("<a:cubicBezTo>");
                point(&mut path, a, b);
                point(&mut path, c, d);
                point(&mut path, x, y);
                path.push_str("</a:cubicBezTo>");
            }
            Segment::Close => path.push_str("<a:close/>"),
        }
    }
    format!(
        "<a:custGeom><a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst/><a:rect l=\"0\" t=\"0\" r=\"r\" b=\"b\"/>\
         <a:pathLst>{path}</a:path></a:pathLst></a:custGeom>"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::drawing::rectangle;
    use crate::layout::page::Stroke;

    const INK: Colour = Colour { r: 1, g: 2, b: 3 };

    #[test]
    fn rectangles_and_rules_need_no_outline() {
        let rect = Rect { x: 1.0, y: 2.0, width: 30.0, height: 4.0 };
        let fill = Path { segments: rectangle(rect, 0.0), fill: Some(INK), stroke: None };
        let rule = Path {
            segments: vec![Segment::MoveTo(0.0, 5.0), Segment::LineTo(9.0, 5.0)],
            fill: None,
            stroke: Some(Stroke { colour: INK, width: 1.0 }),
        };
        let round = Path { segments: rectangle(rect, 2.0), fill: Some(INK), stroke: None };
        let frame = Frame { base: Base::Page, rect, id: 7, description: "", behind: true };
        let xml = shapes(&frame, &[&fill, &rule, &round]);
        assert_eq!(xml.matches("prstGeom prst=\"rect\"").count(), 2);
        assert_eq!(xml.matches("<a:custGeom>").count(), 1);
        assert!(xml.contains("<a:off x=\"0\" y=\"57150\"/><a:ext cx=\"114300\" cy=\"12700\"/>"), "{xml}");
        assert_eq!(shapes(&frame, &[]), "");
        assert!(xml.contains("<adec:decorative"), "{xml}");
        let said = shapes(&Frame { description: "a <b>", ..frame }, &[&fill]);
        assert!(said.contains("descr=\"a &lt;b&gt;\"/>") && !said.contains("decorative"), "{said}");
        assert!(!text_box(&frame, "<w:p/>").contains("decorative"));
    }
}
