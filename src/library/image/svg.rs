//! In: the text of an SVG file. Out: a tree of shapes and gradients, after everything else in it was refused.
//!
//! The tree builder drops what it does not know and reads what it is pointed at, so the XML is checked before.

mod cost;
mod measures;
mod weight;

use std::panic::AssertUnwindSafe;
use std::sync::Arc;

use svg2pdf::usvg::{self, ImageHrefResolver, Options, Tree, roxmltree};

use super::super::assets::{ImageAsset, ImageData};
use super::damaged;
use crate::diagnostic::{Checked, Diagnostic, Place, Problems, SourceFile, catch_panic};

/// No SVG is longer, bytes.
const LONGEST: usize = 4 * 1024 * 1024;
/// No SVG has more nodes.
const MOST_NODES: u32 = 100_000;
/// No SVG nests deeper.
const DEEPEST: usize = 200;
/// No side of a drawing is longer, px.
const LONGEST_SIDE: f32 = 20_000.0;
const SVG: &str = "http://www.w3.org/2000/svg";
/// Elements that a drawing may hold; all that is drawn is a shape.
const ALLOWED: [&str; 21] = [
    "svg",
    "g",
    "defs",
    "symbol",
    "use",
    "path",
    "rect",
    "circle",
    "ellipse",
    "line",
    "polyline",
    "polygon",
    "linearGradient",
    "radialGradient",
    "stop",
    "clipPath",
    "mask",
    "pattern",
    "marker",
    "style",
    "switch",
];
/// Elements that say something about the drawing and are not drawn.
const SILENT: [&str; 3] = ["title", "desc", "metadata"];

/// The text of a file that is an SVG by its content.
pub(super) fn text(data: &[u8]) -> Option<&str> {
    let text = std::str::from_utf8(data).ok()?;
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    (text.trim_start().starts_with('<') && text.contains("<svg")).then_some(text)
}

pub(super) fn read(path: &str, text: &str) -> Checked<ImageAsset> {
    let tree = parse(path, text)?;
    let (width, height) = (tree.size().width(), tree.size().height());
    if width > LONGEST_SIDE || height > LONGEST_SIDE {
        return Err(Diagnostic::error(
            "L066",
            format!("the SVG `{path}` is {width} × {height} px; {LONGEST_SIDE} is the most"),
        )
        .help("scale it down; it stays as sharp")
        .into());
    }
    if !tree.root().has_children() {
        return Err(Diagnostic::error("L066", format!("the SVG `{path}` draws nothing"))
            .help("check that its shapes have a fill or a stroke")
            .into());
    }
    // CSS px are 1/96 inch, pt 1/72.
    let (width, height) = (width * 0.75, height * 0.75);
    Ok(ImageAsset { path: path.to_string(), width, height, data: ImageData::Svg(Box::new(tree)) })
}

fn parse(path: &str, text: &str) -> Checked<Tree> {
    if text.len() > LONGEST {
        return Err(Diagnostic::error("L062", format!("the SVG `{path}` is larger than {} MB", LONGEST >> 20))
            .help("simplify its paths, or save it as a PNG")
            .into());
    }
    if text.contains("<!ENTITY") {
        return Err(Diagnostic::error("L065", format!("the SVG `{path}` defines entities"))
            .help("save it without them (in Illustrator: Export As… instead of Save As…)")
            .into());
    }
    if nests_too_deep(text) {
        return Err(too_deep(path).into());
    }
    cost::of_text(text).map_err(|dear| costs_too_much(path, &dear))?;
    let options = roxmltree::ParsingOptions { allow_dtd: true, nodes_limit: MOST_NODES };
    let document = match roxmltree::Document::parse_with_options(text, options) {
        Ok(document) => document,
        Err(roxmltree::Error::NodesLimitReached) => return Err(too_much(path).into()),
        Err(error) => return Err(damaged(path, &error.to_string()).into()),
    };
    check(path, text, &document)?;
    cost::of_styles(&document).map_err(|dear| costs_too_much(path, &dear))?;
    weight::check(&document).map_err(|fault| match fault {
        weight::Fault::Deep => too_deep(path),
        weight::Fault::Heavy => too_much(path),
    })?;
    if let Some((span, what)) = measures::check(&document) {
        let file = Arc::new(SourceFile { path: path.to_string(), text: text.to_string() });
        return Err(Diagnostic::error("L066", format!("the SVG `{path}` has {what}"))
            .at(Place { file, span })
            .label("no drawing needs this")
            .help("export it anew, at a size of some hundred or thousand units")
            .into());
    }
    let options = Options {
        image_href_resolver: ImageHrefResolver {
            resolve_data: Box::new(|_, _, _| None),
            resolve_string: Box::new(|_, _| None),
        },
        ..Options::default()
    };
    // A panic of the reader means a drawing that it cannot read. It keeps nothing that could be left half changed.
    let read = catch_panic(AssertUnwindSafe(|| Tree::from_xmltree(&document, &options)));
    let read = read.ok_or_else(|| damaged(path, "its shapes cannot be read"))?;
    let tree = read.map_err(|error| match error {
        usvg::Error::InvalidSize => Diagnostic::error("L066", format!("the SVG `{path}` has no size"))
            .help("give it a `viewBox`, or a `width` and a `height`, above zero"),
        error => damaged(path, &error.to_string()),
    })?;
    if tree.filters().is_empty() {
        Ok(tree)
    } else {
        Err(Diagnostic::error("L065", format!("the SVG `{path}` uses filters")).help(FILTERS).into())
    }
}

const FILTERS: &str = "flatten shadows and blurs into shapes, or save the picture as a PNG";

/// Refuses everything but shapes, at its place.
fn check(path: &str, text: &str, document: &roxmltree::Document) -> Checked<()> {
    let root = document.root_element();
    if root.tag_name().namespace() != Some(SVG) || root.tag_name().name() != "svg" {
        return Err(Diagnostic::error("L061", format!("`{path}` is XML, but not an SVG"))
            .help(format!("its first element must be `<svg xmlns=\"{SVG}\">`"))
            .into());
    }
    let mut faults = Vec::new();
    for node in root.descendants().filter(|node| node.is_element()) {
        if node.ancestors().skip(1).any(|above| silent(&above)) || silent(&node) {
            continue;
        }
        let at = node.range();
        let name = node.tag_name().name();
        if !ALLOWED.contains(&name) {
            let (what, fix) = refusal(name);
            faults.push((at.start..(at.start + 1 + name.len()).min(text.len()), what, fix));
            continue;
        }
        if name == "style" {
            let css = node.text().unwrap_or("");
            if css.contains("@import") || css.contains("@font-face") || reaches_out(css) {
                faults.push((at, "a style sheet that reads other files".into(), OUTSIDE));
            }
        }
        for attribute in node.attributes() {
            if let Some((what, fix)) = attribute_fault(attribute.name(), attribute.value()) {
                faults.push((attribute.range(), what, fix));
            }
        }
    }
    if faults.is_empty() {
        return Ok(());
    }
    let file = Arc::new(SourceFile { path: path.to_string(), text: text.to_string() });
    let problem = |(span, what, fix): (std::ops::Range<usize>, String, &str)| {
        Diagnostic::error("L065", format!("the SVG `{path}` holds {what}"))
            .at(Place { file: Arc::clone(&file), span })
            .label("not a shape")
            .help(fix)
    };
    Err(Problems(faults.into_iter().take(20).map(problem).collect()))
}

/// True for elements that are not drawn: of other namespaces (editors' own data), and words about the drawing.
fn silent(node: &roxmltree::Node) -> bool {
    node.is_element() && (node.tag_name().namespace() != Some(SVG) || SILENT.contains(&node.tag_name().name()))
}

const OUTSIDE: &str = "put everything that is drawn into the file itself";

fn refusal(element: &str) -> (String, &'static str) {
    match element {
        "text" | "tspan" | "textPath" | "tref" | "flowRoot" => {
            ("text, whose font would be another on each computer".into(), "convert the text to outlines")
        }
        "image" | "feImage" => ("a picture".into(), "save the whole as a PNG or JPEG, or draw it as shapes"),
        "filter" => ("a filter".into(), FILTERS),
        "script" => ("a script".into(), "take it out; a drawing needs none"),
        "a" => ("a link".into(), "take it out; links belong in the document"),
        other if other.starts_with("animate") || other == "set" => {
            (format!("an animation (`{other}`)"), "take it out; a page does not move")
        }
        other => (format!("`{other}`, which is not drawn"), "export it anew as plain shapes"),
    }
}

fn attribute_fault(name: &str, value: &str) -> Option<(String, &'static str)> {
    if name == "href" && !value.trim_start().starts_with('#') {
        Some(("a reference to something outside of it".into(), OUTSIDE))
    } else if name.starts_with("on") {
        Some((format!("a script (`{name}`)"), "take it out; a drawing needs none"))
    } else if name == "filter" && value.trim() != "none" {
        Some(("a filter".into(), FILTERS))
    } else if reaches_out(value) {
        Some(("a reference to something outside of it".into(), OUTSIDE))
    } else {
        None
    }
}

/// True where a `url(…)` points anywhere but into the same file.
fn reaches_out(value: &str) -> bool {
    urls(value).any(|target| !target.starts_with('#'))
}

/// What each `url(…)` of an attribute or style sheet points at.
fn urls(value: &str) -> impl Iterator<Item = &str> {
    let starts = value.match_indices(['u', 'U']).filter_map(|(at, _)| {
        let rest = value.get(at..)?;
        rest.get(..4).filter(|word| word.eq_ignore_ascii_case("url("))?;
        rest.get(4..)
    });
    starts.map(|rest| rest.trim_start().trim_start_matches(['"', '\'']).split(['"', '\'', ')']).next().unwrap_or(""))
}

/// Looks at the brackets alone, before a parser that recurses sees the text.
fn nests_too_deep(text: &str) -> bool {
    let mut depth = 0_usize;
    let mut before = b' ';
    let bytes = text.as_bytes();
    for (at, byte) in bytes.iter().enumerate() {
        match (byte, bytes.get(at + 1)) {
            (b'<', Some(b'/')) => depth = depth.saturating_sub(1),
            (b'<', Some(b'!' | b'?')) => {}
            (b'<', _) => depth += 1,
            (b'>', _) if before == b'/' => depth = depth.saturating_sub(1),
            _ => {}
        }
        before = *byte;
        if depth > DEEPEST {
            return true;
        }
    }
    false
}

fn too_deep(path: &str) -> Diagnostic {
    Diagnostic::error("L062", format!("the SVG `{path}` nests too deep, or its parts refer to themselves"))
        .help("export it anew as plain shapes")
}

fn too_much(path: &str) -> Diagnostic {
    Diagnostic::error("L062", format!("the SVG `{path}` has too many parts"))
        .help("simplify its paths, or save it as a PNG")
}

fn costs_too_much(path: &str, dear: &cost::Dear) -> Diagnostic {
    Diagnostic::error("L086", format!("the SVG `{path}` has {}", dear.what)).help(dear.fix)
}
