//! In: drawings. Out: what a reader sees and hears of them: pictures by their bytes, shapes by their outlines and colours, boxes by
//! their words, alternative texts; and where each is.

use sha2::{Digest, Sha256};

use super::node::Element;
use super::story::{Story, Target};
use crate::hexadecimal::hex;

/// EMU in a point.
const POINT: i64 = 12_700;

/// Where something is, in EMU.
#[derive(Debug, Clone, Copy, Default)]
struct Place {
    x: i64,
    y: i64,
    width: i64,
    height: i64,
}

/// The scale of a group: a point of its inside, and what lies there outside.
#[derive(Debug, Clone, Copy)]
struct Scale {
    inner: Place,
    outer: Place,
}

impl Scale {
    fn apply(&self, place: Place) -> Place {
        let along = |length: i64, inner: i64, outer: i64| {
            if inner == 0 || inner == outer {
                return length;
            }
            i64::try_from(i128::from(length) * i128::from(outer) / i128::from(inner)).unwrap_or(i64::MAX)
        };
        let across = |length| along(length, self.inner.width, self.outer.width);
        let down = |length| along(length, self.inner.height, self.outer.height);
        Place {
            x: self.outer.x.saturating_add(across(place.x.saturating_sub(self.inner.x))),
            y: self.outer.y.saturating_add(down(place.y.saturating_sub(self.inner.y))),
            width: across(place.width),
            height: down(place.height),
        }
    }
}

fn number(element: &Element<'_>, name: &str) -> i64 {
    element.get(name).and_then(|value| value.parse().ok()).unwrap_or(0)
}

/// Reads `w:drawing`.
pub fn drawing(story: &mut Story<'_, '_>, element: &Element<'_>, hidden: bool) {
    if hidden {
        story.drawn.push_str("hidden\n");
    }
    for frame in element.elements() {
        if matches!(frame.get("simplePos"), Some(value) if value != "0" && value != "false") {
            story.fault("holds a drawing with a second place");
        }
        match frame.name.as_ref() {
            "wp:inline" | "wp:anchor" => self::frame(story, frame),
            other => story.fault(format!("holds `{other}`")),
        }
    }
}

fn frame(story: &mut Story<'_, '_>, frame: &Element<'_>) {
    let mut place = Place::default();
    let inline = frame.name == "wp:inline";
    let depth = if inline {
        "line".to_owned()
    } else {
        let base = |name: &str| frame.child(name).and_then(|base| base.get("relativeFrom")).unwrap_or_default();
        let behind = matches!(frame.get("behindDoc"), Some("1" | "true"));
        let depth = if behind { "behind" } else { "before" };
        format!("{depth} {} {}", base("wp:positionH"), base("wp:positionV"))
    };
    story.drawn.push_str(&format!("D {depth}\n"));
    if inline {
        story.sign("\u{1}drawing\u{2}");
    }
    if frame.get("hidden").is_some_and(|value| value != "0") {
        story.drawn.push_str("hidden\n");
    }
    let mut graphic = None;
    for element in frame.elements() {
        match element.name.as_ref() {
            "wp:extent" => (place.width, place.height) = (number(element, "cx"), number(element, "cy")),
            "wp:positionH" => place.x = offset(story, element),
            "wp:positionV" => place.y = offset(story, element),
            "wp:docPr" => read_alternative_text(story, element),
            "a:graphic" => graphic = Some(element),
            "wp:simplePos"
            | "wp:effectExtent"
            | "wp:cNvGraphicFramePr"
            | "wp:wrapNone"
            | "wp:wrapSquare"
            | "wp:wrapTopAndBottom"
            | "wp:wrapTight"
            | "wp:wrapThrough" => {}
            other => story.fault(format!("holds `{other}`")),
        }
    }
    add_place(story, place);
    for data in graphic.into_iter().flat_map(Element::elements) {
        for object in data.elements() {
            match object.name.as_ref() {
                "pic:pic" => picture(story, object, None),
                "wps:wsp" => shape(story, object, None),
                "wpg:wgp" => group(story, object, None),
                other => story.fault(format!("holds `{other}`")),
            }
        }
    }
    story.drawn.push_str("/D\n");
}

fn add_place(story: &mut Story<'_, '_>, place: Place) {
    if place.width <= 0 && place.height <= 0 {
        story.drawn.push_str("hidden\n");
    }
    story.places.extend([place.x, place.y, place.width, place.height]);
}

fn offset(story: &mut Story<'_, '_>, element: &Element<'_>) -> i64 {
    let offset = element.child("wp:posOffset").and_then(|offset| offset.text().trim().parse().ok());
    offset.unwrap_or_else(|| {
        story.fault("holds a drawing whose place is not known");
        0
    })
}

/// Reads the alternative text of a drawing, and where it leads to.
fn read_alternative_text(story: &mut Story<'_, '_>, element: &Element<'_>) {
    for attribute in ["descr", "title"] {
        if let Some(words) = element.get(attribute).filter(|words| !words.trim().is_empty()) {
            let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
            story.drawn.push_str(&format!("{attribute} {words}\n"));
        }
    }
    if element.get("hidden").is_some_and(|value| value != "0" && value != "false") {
        story.drawn.push_str("hidden\n");
    }
    for inner in element.elements() {
        let decorative = inner.name == "a:extLst"
            && !inner.any(&|inner| {
                !matches!(inner.name.as_ref(), "a:extLst" | "a:ext" | "adec:decorative") && !inner.name.starts_with('?')
            });
        if !decorative {
            story.fault(format!("holds `{}`", inner.name));
        }
    }
}

fn transform(story: &mut Story<'_, '_>, properties: &Element<'_>) -> Place {
    let Some(transform) = properties.child("a:xfrm") else { return Place::default() };
    for turn in ["rot", "flipH", "flipV"] {
        if let Some(value) = transform.get(turn).filter(|value| !matches!(*value, "0" | "false")) {
            story.drawn.push_str(&format!("{turn} {value}\n"));
        }
    }
    place_of(transform, "a:off", "a:ext")
}

fn place_of(transform: &Element<'_>, offset: &str, extent: &str) -> Place {
    let value = |element: &str, name: &str| transform.child(element).map_or(0, |element| number(element, name));
    Place { x: value(offset, "x"), y: value(offset, "y"), width: value(extent, "cx"), height: value(extent, "cy") }
}

fn group(story: &mut Story<'_, '_>, group: &Element<'_>, scale: Option<Scale>) {
    story.drawn.push_str("G\n");
    let mut own = Scale { inner: Place::default(), outer: Place::default() };
    if let Some(properties) = group.child("wpg:grpSpPr") {
        let outer = transform(story, properties);
        let inner = properties.child("a:xfrm").map_or(outer, |transform| place_of(transform, "a:chOff", "a:chExt"));
        own = Scale { inner, outer: scale.map_or(outer, |scale| scale.apply(outer)) };
    }
    for element in group.elements() {
        match element.name.as_ref() {
            "wps:wsp" => shape(story, element, Some(own)),
            "pic:pic" => picture(story, element, Some(own)),
            "wpg:grpSp" => self::group(story, element, Some(own)),
            "wpg:cNvGrpSpPr" | "wpg:grpSpPr" => {}
            "wpg:cNvPr" => read_alternative_text(story, element),
            other => story.fault(format!("holds `{other}`")),
        }
    }
    story.drawn.push_str("/G\n");
}

fn shape(story: &mut Story<'_, '_>, shape: &Element<'_>, scale: Option<Scale>) {
    story.drawn.push_str("S\n");
    for element in shape.elements() {
        match element.name.as_ref() {
            "wps:spPr" => shape_properties(story, element, scale),
            "wps:txbx" => words(story, element),
            "wps:bodyPr" => {
                if let Some(turn) = element.get("rot").filter(|turn| *turn != "0") {
                    story.drawn.push_str(&format!("words turned {turn}\n"));
                }
            }
            "wps:cNvPr" => read_alternative_text(story, element),
            "wps:cNvSpPr" | "wps:cNvCnPr" | "wps:style" => {}
            other => story.fault(format!("holds `{other}`")),
        }
    }
    story.drawn.push_str("/S\n");
}

/// The words of a box.
fn words(story: &mut Story<'_, '_>, holder: &Element<'_>) {
    for content in holder.elements() {
        if content.name != "w:txbxContent" {
            story.fault(format!("holds `{}`", content.name));
            continue;
        }
        // The content of a box is written where the box is.
        let outer = std::mem::take(&mut story.text);
        let drawn = std::mem::take(&mut story.drawn);
        story.blocks(content);
        let inner = std::mem::replace(&mut story.text, outer);
        story.drawn = format!("{drawn}{}{inner}", story.drawn);
    }
}

fn shape_properties(story: &mut Story<'_, '_>, properties: &Element<'_>, scale: Option<Scale>) {
    let place = transform(story, properties);
    if let Some(scale) = scale {
        add_place(story, scale.apply(place));
    }
    for element in properties.elements() {
        match element.name.as_ref() {
            "a:xfrm" => {}
            "a:prstGeom" => {
                let name = element.get("prst").unwrap_or_default();
                story.drawn.push_str(&format!("outline {name}\n"));
            }
            "a:custGeom" => {
                let mut outline = Sha256::new();
                for path in element.child("a:pathLst").into_iter().flat_map(Element::elements) {
                    add_outline(path, &mut outline);
                }
                let outline = hex(&outline.finalize()[..10]);
                story.drawn.push_str(&format!("outline {outline}\n"));
            }
            "a:noFill" => {}
            "a:solidFill" => fill(story, element, "fill"),
            "a:ln" => {
                for inner in element.elements() {
                    match inner.name.as_ref() {
                        "a:solidFill" => {
                            fill(story, inner, "line");
                            story.places.extend([number(element, "w"), 0, 0, 0]);
                        }
                        "a:noFill" | "a:miter" | "a:round" | "a:bevel" => {}
                        "a:prstDash" if inner.get("val") == Some("solid") => {}
                        other => story.fault(format!("holds `{other}`")),
                    }
                }
            }
            other => story.fault(format!("holds `{other}`")),
        }
    }
}

/// The commands and points of an outline, with its size.
fn add_outline(path: &Element<'_>, outline: &mut Sha256) {
    outline.update(path.name.as_bytes());
    for attribute in ["w", "h", "x", "y", "hR", "wR", "stAng", "swAng"] {
        outline.update(b" ");
        outline.update(path.get(attribute).unwrap_or_default().as_bytes());
    }
    path.elements().for_each(|inner| add_outline(inner, outline));
    outline.update(b"/");
}

fn fill(story: &mut Story<'_, '_>, element: &Element<'_>, what: &str) {
    let colour = element.child("a:srgbClr").filter(|colour| colour.elements().next().is_none());
    match colour.and_then(|colour| colour.get("val")) {
        Some(colour) => story.drawn.push_str(&format!("{what} {}\n", colour.to_uppercase())),
        None => story.fault("holds a colour that is not known"),
    }
}

fn picture(story: &mut Story<'_, '_>, picture: &Element<'_>, scale: Option<Scale>) {
    for element in picture.elements() {
        match element.name.as_ref() {
            "pic:nvPicPr" => {
                if let Some(properties) = element.child("pic:cNvPr") {
                    let known = |inner: &Element<'_>| inner.name == "a:extLst" || inner.name == "a:picLocks";
                    if !properties.elements().all(known) {
                        story.fault("holds a picture that leads somewhere");
                    }
                }
            }
            "pic:blipFill" => pixels(story, element),
            "pic:spPr" => {
                let place = transform(story, element);
                if let Some(scale) = scale {
                    add_place(story, scale.apply(place));
                }
                for inner in element.elements() {
                    match inner.name.as_ref() {
                        "a:xfrm" | "a:noFill" | "a:ln" => {}
                        "a:prstGeom" if inner.get("prst") == Some("rect") => {}
                        other => story.fault(format!("holds `{other}`")),
                    }
                }
            }
            other => story.fault(format!("holds `{other}`")),
        }
    }
}

fn pixels(story: &mut Story<'_, '_>, fill: &Element<'_>) {
    for element in fill.elements() {
        match element.name.as_ref() {
            "a:blip" => {
                let raster = digest(story, element, "r:embed");
                story.drawn.push_str(&format!("picture {raster}\n"));
                if element.get("r:link").is_some() {
                    story.fault("shows a picture that is outside of the file");
                }
                for inner in element.elements() {
                    blip_extension(story, inner, &raster);
                }
            }
            "a:srcRect" => {
                // Thousandths of a percent; as many EMU as make a point for each percent.
                let edges = ["l", "t", "r", "b"].map(|edge| number(element, edge) * POINT / 1000);
                if edges != [0; 4] {
                    story.drawn.push_str("cut\n");
                    story.places.extend(edges);
                }
            }
            "a:stretch" => {}
            other => story.fault(format!("holds `{other}`")),
        }
    }
}

fn blip_extension(story: &mut Story<'_, '_>, list: &Element<'_>, raster: &str) {
    if list.name != "a:extLst" {
        story.fault(format!("changes a picture with `{}`", list.name));
        return;
    }
    for extension in list.elements().flat_map(Element::elements) {
        if extension.name == "asvg:svgBlip" {
            let vector = digest(story, extension, "r:embed");
            story.vectors.push((raster.to_owned(), vector));
        } else {
            story.fault(format!("holds `{}`", extension.name));
        }
    }
}

fn digest(story: &mut Story<'_, '_>, element: &Element<'_>, attribute: &str) -> String {
    match element.get(attribute).and_then(|id| story.target(id)) {
        Some(Target::Picture(digest)) => digest.clone(),
        _ => {
            story.fault("shows a picture that is not there");
            String::new()
        }
    }
}
