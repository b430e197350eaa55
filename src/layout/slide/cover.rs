//! In: a cover section. Out: its slide: title, words and, at the foot, client, rep and date, on the brand's ground under
//! the client's own lines.

use crate::document::model::{Align, Block, BlockKind};
use crate::layout::drawing::{Drawing, Owner};
use crate::layout::lines::Lines;
use crate::layout::motif;
use crate::layout::page::{Rect, TagId, TagKind};
use crate::layout::slide::Slide;
use crate::layout::slide::body::Room;
use crate::layout::slide::content::{SMALLEST_TITLE, STEP};
use crate::layout::slide::fitting::smaller;
use crate::layout::slide::frame::{Frame, Ground, Paint};
use crate::layout::slide::refuse::{renamed, with_name};
use crate::layout::slide::rows;
use crate::layout::slide::title::TitleRoom;
use crate::layout::text::Style;
use crate::library::brand::CoverStyle;

/// Between what a cover says and its foot, pt.
const GAP: f32 = 32.0;

/// From the top of the words to the middle of the logo, pt.
const LOGO_DOWN: f32 = 18.0;
/// The part of the slide's height that a band takes, and of its width a panel.
const BAND: f32 = 0.3;
const PANEL: f32 = 0.32;

/// The sizes of one try, pt.
#[derive(Clone, Copy)]
struct Sizes {
    title: f32,
    text: f32,
    name: f32,
}

/// A try: what the cover says, its foot, and their heights.
struct Cover {
    upper: Drawing,
    upper_height: f32,
    foot: Drawing,
    foot_height: f32,
}

impl Cover {
    fn height(&self) -> f32 {
        self.upper_height + GAP + self.foot_height
    }
}

impl Slide<'_, '_> {
    /// Draws the slide.
    pub(super) fn cover(&mut self) -> Drawing {
        match self.builder.setter.cx.brand.cover.style {
            CoverStyle::Field => {
                let frame = self.frame;
                let sky =
                    Rect { x: frame.width * 0.34, y: 0.0, width: frame.width * 0.66, height: frame.height * 0.62 };
                let mut words = self.cover_words(None);
                words.add(self.cover_logos(), 0.0, 0.0);
                self.under_sky(words, sky, 1.0)
            }
            CoverStyle::Band => self.band_cover(),
            CoverStyle::Split => self.split_cover(),
        }
    }

    /// Logo and motif on a band of the primary colour, the words on paper below it.
    fn band_cover(&mut self) -> Drawing {
        let frame = self.frame;
        let dark = self.paint;
        let band = frame.height * BAND;
        let sky = Rect { x: frame.width * 0.34, y: 0.0, width: frame.width * 0.66, height: band };
        self.paint = Paint::new(self.builder.setter.cx.brand, Ground::Paper);
        let mut all = Drawing::default();
        all.fill(Rect { x: 0.0, y: band, width: frame.width, height: frame.height - band }, self.paint.ground);
        let words = self.cover_words(Some(band + 26.0));
        self.paint = dark;
        all.add(words, 0.0, 0.0);
        all.add(self.cover_logos(), 0.0, 0.0);
        self.under_sky(all, sky, 1.0)
    }

    /// The motif on a panel of the primary colour where reading begins, the words on paper beside it.
    fn split_cover(&mut self) -> Drawing {
        let (dark, whole) = (self.paint, self.frame);
        let cx = self.builder.setter.cx;
        let panel = Rect { x: 0.0, y: 0.0, width: whole.width * PANEL, height: whole.height };
        self.paint = Paint::new(cx.brand, Ground::Paper);
        let mut drawing = Drawing::default();
        self.ground(&mut drawing);
        drawing.fill(panel, dark.ground);
        let sky = Rect { height: panel.height * 0.8, ..panel };
        motif::lines(&mut drawing, cx.brand, cx.meta.motif_count, sky, dark.ground);
        self.frame = Frame { width: whole.width - panel.width, ..whole };
        let mut words = self.cover_words(None);
        words.add(self.cover_logos(), 0.0, 0.0);
        drawing.add(words, panel.width, 0.0);
        (self.paint, self.frame) = (dark, whole);
        drawing
    }

    /// What the cover says, below its logos or below `top`.
    fn cover_words(&mut self, top: Option<f32>) -> Drawing {
        let frame = self.frame;
        // The logos stand above the words and say how much room there is, but are read after them.
        let logo = self.cover_logo(&mut Drawing::default(), None);
        let clear = self.builder.setter.cx.brand.logo.clear_space.max(0.5);
        let below = logo.map_or(frame.top, |rect| rect.y + rect.height * (1.0 + clear)) + 12.0;
        let bottom = frame.height - 40.0;
        let cover = self.fitted_cover(bottom - top.unwrap_or(below));
        let foot_top = bottom - cover.foot_height;
        let mut drawing = Drawing::default();
        drawing.add(cover.upper, 0.0, foot_top - GAP - cover.upper_height);
        drawing.add(cover.foot, 0.0, foot_top);
        drawing
    }

    fn cover_logo(&mut self, drawing: &mut Drawing, parent: Option<TagId>) -> Option<Rect> {
        let width = self.logo_width(0.17).max(self.builder.setter.cx.brand.logo.width);
        self.logo(drawing, (self.frame.margin, self.frame.top + LOGO_DOWN), width, parent)
    }

    /// The firm's logo and the client's beside it, past its clear space.
    fn cover_logos(&mut self) -> Drawing {
        let mut drawing = Drawing::default();
        let logo = self.cover_logo(&mut drawing, Some(self.root));
        if let Some(asset) = self.builder.setter.cx.meta.client_logo.clone() {
            let x = logo.map_or(self.frame.margin, |rect| rect.x + rect.width + rect.height);
            let plate = self.client_logo(&asset, self.root);
            drawing.add(plate, x, self.frame.top + LOGO_DOWN - PLATE / 2.0);
        }
        drawing
    }

    /// The largest sizes at which all of it fits `limit` pt.
    fn fitted_cover(&mut self, limit: f32) -> Cover {
        let deck = &self.builder.setter.cx.brand.typography.deck;
        let least = Sizes { title: SMALLEST_TITLE, text: deck.minimum, name: deck.minimum + 2.0 };
        let mut sizes = Sizes { title: deck.cover, text: deck.body * 1.1, name: deck.body * 1.5 };
        let name = self.builder.setter.cx.meta.client_name.clone();
        let start = self.builder.setter.tags.nodes.len();
        loop {
            self.builder.setter.tags.nodes.truncate(start);
            let cover = self.cover_try(sizes, &name);
            if cover.height() <= limit {
                return cover;
            }
            if sizes.title <= least.title && sizes.text <= least.text && sizes.name <= least.name {
                let kept = self.builder.setter.tags.clone();
                self.no_room(cover.height(), limit, &mut |slide, name| slide.cover_try(least, name).height());
                self.builder.setter.tags = kept;
                return cover;
            }
            let next = |size: f32, least: f32| smaller(size, cover.height(), limit, least);
            sizes = Sizes {
                title: next(sizes.title, least.title),
                text: next(sizes.text, least.text),
                name: next(sizes.name, least.name),
            };
        }
    }

    fn cover_try(&mut self, sizes: Sizes, name: &str) -> Cover {
        let (title, blocks) = self.parts();
        let real = self.builder.setter.cx.meta.client_name.clone();
        let frame = self.frame;
        self.look(sizes.text);
        let mut upper = Drawing::default();
        let mut y = 0.0;
        if let Some((block, BlockKind::Heading { text, .. })) = title.map(|block| (block, &block.kind)) {
            let style = self.builder.look.cover.sized(sizes.title);
            let text = with_name(text, &real, name);
            let tag = self.builder.setter.tags.add(Some(self.root), TagKind::Heading(1));
            let room = TitleRoom { width: frame.span(9.0), most: 3, smallest: SMALLEST_TITLE };
            let lines = self.title_lines(&text, &style, &block.place, room);
            let mut owner = Owner::of(tag).at(&block.place);
            y = upper.lines(&mut self.builder.setter.tags, &mut owner, &lines, frame.margin, 0.0) + 20.0;
        }
        let blocks: Vec<Block> = blocks.iter().map(|block| renamed(block, &real, name)).collect();
        let width = frame.span(8.0).min(sizes.text * 34.0);
        let room = Room { width, size: sizes.text, parent: self.root, panel: true };
        let mut made = self.rows(&blocks, room);
        made.extend(self.footnotes(room));
        let height = rows::height(&made);
        let area = Rect { x: frame.margin, y, width, height };
        rows::place(&mut upper, made, area, 0.0);
        let (foot, foot_height) = self.cover_foot(sizes, name);
        Cover { upper, upper_height: y + height, foot, foot_height }
    }

    /// Who it is for, who it is from and when, below a hairline; gives its height, too.
    fn cover_foot(&mut self, sizes: Sizes, client: &str) -> (Drawing, f32) {
        let frame = self.frame;
        let meta = self.builder.setter.cx.meta.clone();
        let words = crate::layout::words(self.builder.setter.cx);
        let root = self.root;
        let look = self.builder.look.clone();
        let body = Style { leading: 21.0, ..look.body.sized(16.0_f32.max(self.minimum())) };
        let label = Style { leading: 20.0, ..look.small.clone() };
        let strong = Style { weight: 700, ..body.clone() };
        let name = Style { leading: sizes.name * 1.2, ..look.h2.sized(sizes.name) };
        let mut drawing = Drawing::default();
        drawing.rule(frame.margin, 0.0, frame.inner(), 0.75, self.paint.line);

        let x = frame.margin;
        let width = frame.column(5.5) - frame.gutter - x;
        let mut y = 14.0;
        y = self.foot_line(&mut drawing, &words.prepared_for, &label, (x, y, width), root);
        let lines = self.fitted_name(client, &name, width, sizes.name);
        let tag = self.builder.setter.tags.generated(Some(root), TagKind::Paragraph);
        y = drawing.lines(&mut self.builder.setter.tags, &mut Owner::of(tag), &lines, x, y);

        let x = frame.column(5.5);
        let width = frame.column(9.5) - frame.gutter - x;
        let mut z = 14.0;
        let mut from: Vec<(String, &Style)> = vec![(words.prepared_by, &label)];
        let firm = self.builder.setter.cx.brand.legal.company.clone();
        match meta.rep_name {
            Some(rep) => from.extend([(rep, &strong), (meta.rep_title.unwrap_or(firm), &body)]),
            None => from.push((firm, &strong)),
        }
        for (line, style) in from {
            z = self.foot_line(&mut drawing, &line, style, (x, z, width), root);
        }

        let x = frame.column(9.5);
        let width = frame.margin + frame.inner() - x;
        let mut w = 14.0;
        if !meta.date.is_empty() {
            w = self.foot_line(&mut drawing, &words.date, &label, (x, w, width), root);
            w = self.foot_line(&mut drawing, &meta.date, &body, (x, w, width), root);
        }
        (drawing, y.max(z).max(w))
    }

    fn foot_line(
        &mut self,
        drawing: &mut Drawing,
        words: &str,
        style: &Style,
        (x, y, width): (f32, f32, f32),
        root: TagId,
    ) -> f32 {
        let setter = &mut self.builder.setter;
        let tag = setter.tags.generated(Some(root), TagKind::Paragraph);
        let lines = setter.shape_str(words, style).lines(width, Align::Start);
        drawing.lines(&mut setter.tags, &mut Owner::of(tag), &lines, x, y)
    }

    /// The client's name on as few lines as its size allows, balanced.
    fn fitted_name(&mut self, name: &str, style: &Style, width: f32, size: f32) -> Lines {
        let mut size = size;
        let least = self.minimum() + 2.0;
        loop {
            let lines = self.builder.setter.shape_str(name, &style.sized(size)).balanced(width, Align::Start);
            let whole = lines.lines.len() <= 2 && !lines.lines.iter().any(|line| line.broke_a_word);
            if whole || size <= least {
                return lines;
            }
            size = (size * STEP).max(least);
        }
    }

    /// The client's logo on a plate of paper, since it was drawn for one.
    fn client_logo(&mut self, logo: &std::sync::Arc<crate::library::assets::ImageAsset>, root: TagId) -> Drawing {
        let id = self.builder.setter.add_image(logo);
        let (padding, most_wide) = (8.0, 130.0);
        let tall = PLATE - 2.0 * padding;
        let scale = (most_wide / logo.width.max(1.0)).min(tall / logo.height.max(1.0));
        let (width, height) = (logo.width * scale, logo.height * scale);
        let mut drawing = Drawing::default();
        let plate = Rect { x: 0.0, y: 0.0, width: width + 2.0 * padding, height: PLATE };
        let paper = crate::layout::look::Colours::of(self.builder.setter.cx.brand).paper;
        drawing.fill_round(plate, self.builder.setter.cx.brand.spacing.radius, paper);
        let rect = Rect { x: padding, y: (PLATE - height) / 2.0, width, height };
        let alt = self.builder.setter.cx.meta.client_name.clone();
        let tag = self.builder.setter.tags.generated(Some(root), TagKind::Figure { alt, rect: Some(rect) });
        drawing.image(id, rect, Some(tag));
        drawing
    }
}

/// Height of the plate under the client's logo, pt.
const PLATE: f32 = 52.0;
