//! In: words and texts of a document, their looks and pictures. Out: runs, each in one font and one direction, with the
//! links, footnotes and pictures in them.

use std::sync::Arc;

use super::drawing::{self, Base, Frame};
use super::elements::{Look, raw_run, run};
use super::media::Picture;
use super::package::Packed;
use super::writer::{Ink, Note, Place, Writer};
use super::xml::escaped;
use crate::document::model::{Image, Inline, LinkTarget, plain};
use crate::layout::fonts::Face as Role;
use crate::layout::page::Rect;
use crate::layout::text::Style;
use crate::library::assets::ImageAsset;

impl Writer<'_> {
    /// Runs of words in a role's font; another font takes over where it lacks a letter.
    pub fn words(&mut self, words: &str, look: &Look, role: Role) -> String {
        let bold = look.bold == Some(true) || role == Role::Display;
        if look.italic {
            self.names.of(role, if bold { 700 } else { 400 }, true);
        }
        let pieces = self.names.pieces(words, role, bold);
        let mut runs = String::new();
        for (piece, face) in pieces {
            let mut look = look.clone();
            if let Some(face) = face {
                look.bold = if face.bold { Some(true) } else { look.bold.or((bold).then_some(false)) };
                look.font = Some(face.name);
            }
            for (part, right_to_left) in directions(piece) {
                look.right_to_left = right_to_left;
                runs.push_str(&run(part, &look));
            }
        }
        runs
    }

    /// Words that layout itself says.
    pub fn made(&mut self, words: &str, look: &Look) -> String {
        self.words(words, &Look { made: true, ..look.clone() }, Role::Text)
    }

    /// The runs of a text.
    pub fn inlines(&mut self, text: &[Inline], look: &Look, role: Role, ink: Ink) -> String {
        let mut runs = String::new();
        for inline in text {
            match inline {
                Inline::Text { text, .. } => runs.push_str(&self.words(text, look, role)),
                Inline::Strong(inner) => {
                    let look = Look { style: look.style.or(Some("Strong")), bold: Some(true), ..look.clone() };
                    runs.push_str(&self.inlines(inner, &look, role, ink));
                }
                Inline::Emphasis(inner) => {
                    let look = Look { style: look.style.or(Some("Emphasis")), italic: true, ..look.clone() };
                    runs.push_str(&self.inlines(inner, &look, role, ink));
                }
                Inline::Link { target, text } => {
                    let look = Look { style: Some("Hyperlink"), colour: ink.link.or(look.colour), ..look.clone() };
                    let inner = self.inlines(text, &look, role, ink);
                    runs.push_str(&self.link(target, &plain(text), &inner));
                }
                Inline::Image(image) => runs.push_str(&self.small_image(image)),
                Inline::Break => runs.push_str("<w:r><w:br/></w:r>"),
                Inline::Footnote { number, text } => runs.push_str(&self.footnote(*number, text)),
            }
        }
        runs
    }

    /// A link around runs.
    pub fn link(&mut self, target: &LinkTarget, says: &str, runs: &str) -> String {
        let to = match target {
            LinkTarget::Uri(uri) => format!("r:id=\"{}\"", self.relationships().outside(uri)),
            LinkTarget::Section(id) => format!("w:anchor=\"{}\"", self.mark_of(id)),
        };
        let tip = if says.is_empty() { String::new() } else { format!(" w:tooltip=\"{}\"", escaped(says)) };
        format!("<w:hyperlink {to}{tip} w:history=\"1\">{runs}</w:hyperlink>")
    }

    /// The bookmark of a section.
    pub fn mark_of(&self, section: &str) -> String {
        self.marks.iter().find(|(id, _)| id == section).map_or_else(String::new, |(_, mark)| mark.clone())
    }

    /// A reference to a footnote; its words are kept for their own part.
    fn footnote(&mut self, number: u32, text: &[Inline]) -> String {
        if !self.notes.iter().any(|note| note.number == number) {
            self.in_note = true;
            let xml = self.inlines(text, &Look::default(), Role::Text, Ink::default());
            self.in_note = false;
            self.notes.push(Note { number, xml });
        }
        let look = Look { style: Some("FootnoteReference"), ..Look::default() };
        raw_run(&look, &format!("<w:footnoteReference w:id=\"{number}\"/>"))
    }

    /// An image in a line is as tall as a capital.
    fn small_image(&mut self, image: &Image) -> String {
        let asset = match self.cx.assets.image(&image.path) {
            Ok(asset) => asset,
            Err(problems) => {
                self.problems.0.extend(problems.0);
                return String::new();
            }
        };
        let size = self.styles.body.size;
        let height = size * 0.8;
        let width = (height * asset.width / asset.height.max(1.0)).min(size * 12.0);
        let rect = Rect { x: 0.0, y: 0.0, width, height };
        self.image(&asset, Place { rect, part: None, base: Base::Line }, &image.alt, false)
    }

    /// A picture in its place.
    pub fn image(&mut self, asset: &ImageAsset, place: Place, description: &str, behind: bool) -> String {
        // Where a part is shown, the whole is as much wider.
        let width = place.rect.width / place.part.map_or(1.0, |part| part.width.max(0.01));
        match self.kit.picture(asset, width) {
            Ok(picture) => self.picture(&picture, place, description, behind),
            Err(problems) => {
                self.problems.0.extend(problems.0);
                String::new()
            }
        }
    }

    /// The same for a picture that is made.
    pub fn picture(&mut self, picture: &Picture, place: Place, description: &str, behind: bool) -> String {
        let raster = self.part(&picture.raster);
        let vector = picture.vector.as_ref().map(|vector| self.part(vector));
        let frame = Frame { base: place.base, rect: place.rect, id: self.id(), description, behind };
        drawing::picture(&frame, place.part, &raster, vector.as_deref())
    }

    fn part(&mut self, part: &Arc<Packed>) -> String {
        self.media.push(Arc::clone(part));
        let target = part.name.strip_prefix("word/").unwrap_or(&part.name);
        self.relationships().inside("image", target)
    }

    /// The look of a style of layout's, for words that no style of the document has.
    pub fn look_of(&mut self, style: &Style) -> Look {
        let face = self.names.of(style.face, style.weight, false);
        Look {
            font: Some(face.name),
            bold: Some(face.bold),
            colour: Some(style.colour),
            tracking: super::xml::twips(style.tracking),
            tabular: style.tabular,
            ..Look::default()
        }
        .sized(style.size)
    }
}

/// Cuts words into parts of one direction each.
pub fn directions(words: &str) -> Vec<(&str, bool)> {
    if words.bytes().all(|byte| byte < 0x80) {
        return vec![(words, false)];
    }
    let mut parts: Vec<(&str, bool)> = Vec::new();
    let mut start = 0;
    let mut current = None;
    for (at, c) in words.char_indices() {
        let Some(own) = direction(c) else { continue };
        if let Some(before) = current
            && before != own
        {
            parts.push((&words[start..at], before));
            start = at;
        }
        current = Some(own);
    }
    parts.push((&words[start..], current.unwrap_or(false)));
    parts
}

/// True for a letter that runs from right to left; `None` for what takes its neighbours' direction.
fn direction(c: char) -> Option<bool> {
    match c {
        '\u{590}'..='\u{8FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFF}' | '\u{10800}'..='\u{10FFF}' => {
            Some(true)
        }
        c if c.is_alphabetic() => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::directions;

    #[test]
    fn words_are_cut_where_their_direction_turns() {
        assert_eq!(directions("abc"), [("abc", false)]);
        assert_eq!(directions("Acme שלום 12"), [("Acme ", false), ("שלום 12", true)]);
        assert_eq!(directions("– é"), [("– é", false)]);
    }
}
