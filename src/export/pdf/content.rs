//! In: one page of placed items. Out: [`Content`]: the bytes of its content stream and its marked sequences.

use super::fonts::{UsedFont, as_shown};
use super::number::{hex, integer, length, number};
use super::structure::type_name;
use super::text::{Span, spans};
use crate::layout::page::{GlyphRun, Item, ItemKind, Page, Path, Rect, Segment, TagId, TagNode};
use crate::library::brand::Colour;

/// What a page shows.
pub struct Content {
    pub bytes: Vec<u8>,
    /// The structure node of each marked sequence; the index is the sequence's MCID.
    pub sequences: Vec<TagId>,
}

/// Groups neighbouring items of the same node: each group with a node becomes one marked sequence.
pub fn groups(items: &[Item]) -> impl Iterator<Item = &[Item]> {
    items.chunk_by(|one, next| one.tag == next.tag)
}

/// Writes the content stream of a page; coordinates turn from top-down to bottom-up.
pub fn content(page: &Page, tags: &[TagNode], fonts: &[Option<UsedFont>]) -> Content {
    let mut writer = Writer { fonts, height: page.height.into(), out: Vec::new(), state: State::default() };
    let mut sequences = Vec::new();
    for group in groups(&page.items) {
        match group[0].tag {
            Some(tag) => {
                writer.begin_sequence(type_name(&tags[tag.0].kind), sequences.len());
                sequences.push(tag);
            }
            None => writer.out.extend_from_slice(b"/Artifact BMC\n"),
        }
        group.iter().for_each(|item| writer.item(&item.kind));
        writer.end_text();
        writer.out.extend_from_slice(b"EMC\n");
    }
    Content { bytes: writer.out, sequences }
}

/// What the viewer has set, so that nothing is set twice.
#[derive(Default)]
struct State {
    in_text: bool,
    fill: Option<Colour>,
    stroke: Option<Colour>,
    stroke_width: Option<f32>,
    font: Option<(usize, f32)>,
}

struct Writer<'a> {
    fonts: &'a [Option<UsedFont>],
    height: f64,
    out: Vec<u8>,
    state: State,
}

impl Writer<'_> {
    fn begin_sequence(&mut self, tag: &str, id: usize) {
        self.out.push(b'/');
        self.out.extend_from_slice(tag.as_bytes());
        self.out.extend_from_slice(b" <</MCID ");
        integer(&mut self.out, id as u64);
        self.out.extend_from_slice(b">> BDC\n");
    }

    fn item(&mut self, kind: &ItemKind) {
        match kind {
            ItemKind::Glyphs(run) => self.run(run),
            ItemKind::Path(path) => self.path(path),
            ItemKind::Image { image, rect, part } => self.image(image.0, *rect, *part),
        }
    }

    fn point(&mut self, x: f64, y: f64) {
        length(&mut self.out, x);
        length(&mut self.out, self.height - y);
    }

    fn operator(&mut self, name: &str) {
        self.out.extend_from_slice(name.as_bytes());
        self.out.push(b'\n');
    }

    fn fill(&mut self, colour: Colour) {
        if self.state.fill.replace(colour) != Some(colour) {
            self.colour(colour);
            self.operator("rg");
        }
    }

    fn colour(&mut self, colour: Colour) {
        for channel in [colour.r, colour.g, colour.b] {
            // Four decimals, so that every one of the 256 steps comes back exactly.
            number(&mut self.out, f64::from(channel) / 255.0, 4);
            self.out.push(b' ');
        }
    }

    fn begin_text(&mut self) {
        if !self.state.in_text {
            self.operator("BT");
            self.state.in_text = true;
        }
    }

    fn end_text(&mut self) {
        if self.state.in_text {
            self.operator("ET");
            self.state.in_text = false;
        }
    }

    fn run(&mut self, run: &GlyphRun) {
        let Some(font) = &self.fonts[run.font.0] else { return self.silent_text(&run.text) };
        if run.glyphs.is_empty() {
            return self.silent_text(&run.text);
        }
        self.fill(run.colour);
        self.begin_text();
        if self.state.font.replace((run.font.0, run.size)) != Some((run.font.0, run.size)) {
            self.out.push(b'/');
            self.out.extend_from_slice(font.resource.as_bytes());
            self.out.push(b' ');
            number(&mut self.out, run.size.into(), 3);
            self.operator(" Tf");
        }
        self.out.extend_from_slice(b"1 0 0 1 ");
        self.point(run.x.into(), run.y.into());
        self.operator("Tm");
        if run.right_to_left {
            self.operator("/ReversedChars BMC");
        }
        let mut pen = Pen::default();
        for span in spans(run, font) {
            self.span(run, font, &span, &mut pen);
        }
        if run.right_to_left {
            self.operator("EMC");
        }
    }

    /// Keeps text that shaping left without any glyph: it is there for extraction alone.
    fn silent_text(&mut self, text: &str) {
        if !text.trim().is_empty() {
            self.end_text();
            self.begin_actual_text(text);
            self.operator("EMC");
        }
    }

    fn begin_actual_text(&mut self, text: &str) {
        self.out.extend_from_slice(b"/Span <</ActualText <FEFF");
        text.encode_utf16().for_each(|unit| hex(&mut self.out, unit));
        self.out.extend_from_slice(b">>> BDC\n");
    }

    fn span(&mut self, run: &GlyphRun, font: &UsedFont, span: &Span, pen: &mut Pen) {
        if let Some(range) = &span.actual_text {
            self.begin_actual_text(&as_shown(run, range.clone()));
        }
        self.glyphs(run, font, span, pen);
        if span.actual_text.is_some() {
            self.operator("EMC");
        }
    }

    /// Shows glyphs with one `TJ` for each stretch of equal height.
    fn glyphs(&mut self, run: &GlyphRun, font: &UsedFont, span: &Span, pen: &mut Pen) {
        let glyphs = &run.glyphs[span.glyphs.clone()];
        for level in glyphs.chunk_by(|one, next| one.dy == next.dy) {
            let raised = level[0].dy != 0.0;
            if raised {
                length(&mut self.out, f64::from(-level[0].dy));
                self.operator("Ts");
            }
            self.out.push(b'[');
            let mut open = false;
            for glyph in level {
                let wanted = pen.wanted + f64::from(glyph.dx);
                let kern = (pen.written - wanted * 1000.0 / f64::from(run.size)).round();
                if kern != 0.0 {
                    self.close_string(&mut open);
                    number(&mut self.out, kern, 0);
                }
                if !open {
                    self.out.push(b'<');
                    open = true;
                }
                let id = font.new_id(glyph.id);
                hex(&mut self.out, id);
                pen.written += font.width(id) - kern;
                pen.wanted += f64::from(glyph.advance);
            }
            self.close_string(&mut open);
            self.operator("]TJ");
            if raised {
                self.operator("0 Ts");
            }
        }
    }

    fn close_string(&mut self, open: &mut bool) {
        if std::mem::take(open) {
            self.out.push(b'>');
        }
    }

    fn path(&mut self, path: &Path) {
        let paint = match (path.fill.is_some(), path.stroke.is_some()) {
            (true, true) => "B",
            (true, false) => "f",
            (false, true) => "S",
            (false, false) => return,
        };
        self.end_text();
        if let Some(colour) = path.fill {
            self.fill(colour);
        }
        if let Some(stroke) = path.stroke {
            if self.state.stroke.replace(stroke.colour) != Some(stroke.colour) {
                self.colour(stroke.colour);
                self.operator("RG");
            }
            if self.state.stroke_width.replace(stroke.width) != Some(stroke.width) {
                length(&mut self.out, stroke.width.into());
                self.operator("w");
            }
        }
        path.segments.iter().for_each(|segment| self.segment(*segment));
        self.operator(paint);
    }

    fn segment(&mut self, segment: Segment) {
        match segment {
            Segment::MoveTo(x, y) => {
                self.point(x.into(), y.into());
                self.operator("m");
            }
            Segment::LineTo(x, y) => {
                self.point(x.into(), y.into());
                self.operator("l");
            }
            Segment::CurveTo(x1, y1, x2, y2, x, y) => {
                self.point(x1.into(), y1.into());
                self.point(x2.into(), y2.into());
                self.point(x.into(), y.into());
                self.operator("c");
            }
            Segment::Close => self.operator("h"),
        }
    }

    /// Lets nothing show outside of a rectangle until the state is restored.
    fn clip(&mut self, rect: Rect) {
        self.point(rect.x.into(), f64::from(rect.y) + f64::from(rect.height));
        length(&mut self.out, rect.width.into());
        length(&mut self.out, rect.height.into());
        self.operator("re W n");
    }

    fn image(&mut self, image: usize, rect: Rect, part: Option<Rect>) {
        self.end_text();
        self.out.extend_from_slice(b"q ");
        let whole = part.map_or(rect, |part| rect.whole_of(part));
        if part.is_some() {
            self.clip(rect);
        }
        let rect = whole;
        length(&mut self.out, rect.width.into());
        self.out.extend_from_slice(b"0 0 ");
        length(&mut self.out, rect.height.into());
        self.point(rect.x.into(), f64::from(rect.y) + f64::from(rect.height));
        self.out.extend_from_slice(b"cm /I");
        integer(&mut self.out, image as u64);
        self.operator(" Do Q");
    }
}

/// Where the pen stands, from the start of the run.
#[derive(Default)]
struct Pen {
    /// Where layout wants it, pt.
    wanted: f64,
    /// Where a viewer has it, 1/1000 em: widths are whole thousandths in the file, so it drifts and is put right.
    written: f64,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::page::ImageId;

    #[test]
    fn a_part_of_an_image_is_the_whole_behind_a_frame() {
        let rect = Rect { x: 10.0, y: 20.0, width: 50.0, height: 30.0 };
        let part = Rect { x: 0.25, y: 0.0, width: 0.5, height: 0.75 };
        let shown = |part| {
            let items = vec![Item { tag: None, kind: ItemKind::Image { image: ImageId(0), rect, part } }];
            let page = Page { width: 200.0, height: 100.0, label: "1".into(), items, links: vec![], fields: vec![] };
            String::from_utf8(content(&page, &[], &[]).bytes).expect("plain letters")
        };
        assert_eq!(shown(None), "/Artifact BMC\nq 50 0 0 30 10 50 cm /I0 Do Q\nEMC\n");
        let cut = "/Artifact BMC\nq 10 50 50 30 re W n\n100 0 0 40 -15 40 cm /I0 Do Q\nEMC\n";
        assert_eq!(shown(Some(part)), cut);
    }
}
