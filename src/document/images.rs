//! In: an image's address and its words. Out: an [`Image`] with its path in the library, or what is wrong.

use comrak::nodes::Node;

use super::attributes;
use super::directives::Node as Directive;
use super::leftovers;
use super::markdown::{self, Reader};
use super::model::{BlockKind, Crop, Focus, Image, Inline, Text, plain};
use super::sink::Sink;
use super::source::Source;
use super::tokens::has_value;
use crate::diagnostic::Diagnostic;

/// The folder that a file's images are relative to: a section's template, a block's own folder.
pub(super) fn base(path: &str) -> String {
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let template = folder.split_once("/sections").filter(|(_, rest)| rest.is_empty() || rest.starts_with('/'));
    template.map_or(folder, |(template, _)| template).to_owned()
}

/// Reads an image; without words or with a path that leaves the library it is refused.
pub(super) fn read(reader: &mut Reader, node: Node<'_>, url: &str, alt: &[Inline]) -> Option<Image> {
    for mut problem in leftovers::in_text(alt) {
        problem.place = Some(reader.place(node));
        reader.sink.push(problem);
    }
    let alt = plain(alt);
    if alt.trim().is_empty() {
        let problem = Diagnostic::error("D060", "an image has no words for those who cannot see it");
        reader.problem(node, "![](", problem.help("write what it shows: `![A van in the yard](images/van.jpg)`"));
    }
    match path(reader.base, url) {
        Ok(path) if !alt.trim().is_empty() => {
            Some(Image { path, alt, place: reader.place(node), caption: Text::new(), crop: None })
        }
        Ok(_) => None,
        Err((what, help)) => {
            let shown = reader.source.values.plain(url);
            let message = format!("`{shown}` {what}");
            reader.problem(node, url, Diagnostic::error("D061", message).help(help));
            None
        }
    }
}

/// Reads a `:::figure`; what its attributes lack was reported.
pub(super) fn figure(node: &Directive, source: &Source, base: &str, sink: &mut Sink) -> Option<BlockKind> {
    let given = |name: &str| node.attributes.get(name);
    let place = source.place(node.line);
    let alt = markdown::running_text(source, given("alt")?, node.line, sink);
    for problem in leftovers::in_text(&alt) {
        sink.push(problem.at(place.clone()));
    }
    let caption = given("caption").map(|text| markdown::running_text(source, text, node.line, sink));
    let crop = given("crop").and_then(attributes::ratio).map(|ratio| {
        let focus = match given("focus") {
            Some("top") => Focus::Top,
            Some("bottom") => Focus::Bottom,
            Some("left") => Focus::Left,
            Some("right") => Focus::Right,
            _ => Focus::Centre,
        };
        Crop { ratio, focus }
    });
    if crop.is_none() && given("focus").is_some() && given("crop").is_none() {
        let problem = Diagnostic::error("D020", "`focus` says where to crop, and nothing is cropped");
        sink.push(problem.at(source.place_of(node.line, "focus")).help("write `crop=16:9` too, or take it out"));
    }
    let src = given("src")?;
    match path(base, src) {
        Ok(path) => {
            let image = Image { path, alt: plain(&alt), caption: caption.unwrap_or_default(), crop, place };
            Some(BlockKind::Figure(image))
        }
        Err((what, help)) => {
            let shown = source.values.plain(src);
            let problem = Diagnostic::error("D061", format!("`{shown}` {what}"));
            sink.push(problem.at(source.place_of(node.line, src)).help(help));
            None
        }
    }
}

/// Resolves the path of an image below its base.
fn path(base: &str, url: &str) -> Result<String, (&'static str, &'static str)> {
    let form = "write its path in this template's folder: `images/van.jpg`";
    if has_value(url) {
        return Err(("has a value in an image's path", "write the path of an image in the library"));
    }
    if url.contains(':') || url.starts_with("//") {
        return Err(("is no file of the library", "put the image into the library and write `images/…`"));
    }
    if url.is_empty() || url.ends_with('/') {
        return Err(("is no path of an image", form));
    }
    if url.starts_with('/') || url.contains(['\\', '?', '#', '%', '\0']) {
        return Err(("is no path within the library", form));
    }
    let parts: Vec<&str> = url.split('/').filter(|part| *part != ".").collect();
    if parts.iter().any(|part| part.is_empty() || *part == "..") {
        return Err(("leaves its folder", form));
    }
    Ok(if base.is_empty() { parts.join("/") } else { format!("{base}/{}", parts.join("/")) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn images_are_relative_to_template_or_block() {
        assert_eq!(base("templates/proposal/sections/cover.md"), "templates/proposal");
        assert_eq!(base("templates/proposal/sections/fr/cover.md"), "templates/proposal");
        assert_eq!(base("templates/blocks/case-studies/bakery.md"), "templates/blocks/case-studies");
        assert_eq!(base("templates/sections-old/x.md"), "templates/sections-old");
        assert_eq!(base("x.md"), "");
    }

    #[test]
    fn paths_stay_in_their_folder() {
        assert_eq!(path("t", "images/van.svg").as_deref(), Ok("t/images/van.svg"));
        assert_eq!(path("", "./a b.png").as_deref(), Ok("a b.png"));
        for wrong in [
            "",
            "/etc/x.png",
            "../x.png",
            "a/../../x.png",
            "a//b.png",
            "https://x.example/y.png",
            "//x/y.png",
            "c:\\x.png",
            "data:image/png;base64,AA",
            "images/",
            "a\\b.png",
            "a%2e%2e/b.png",
            "\u{E000}61\u{E001}.png",
            "images/..",
        ] {
            assert!(path("t", wrong).is_err(), "{wrong}");
        }
    }
}
