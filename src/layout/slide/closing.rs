//! In: a closing section. Out: its slide: the next step with its date, and the rep's card to reply to.

use crate::document::model::{Align, Block, BlockKind, LinkTarget};
use crate::layout::drawing::{Drawing, Owner, PendingLink};
use crate::layout::look::Colours;
use crate::layout::page::{Rect, TagId, TagKind};
use crate::layout::slide::Slide;
use crate::layout::slide::body::Room;
use crate::layout::slide::content::{SMALLEST_TITLE, STEP};
use crate::layout::slide::fitting::smaller;
use crate::layout::slide::frame::{Ground, Paint};
use crate::layout::slide::refuse::{renamed, with_name};
use crate::layout::slide::rows::{self, Row};
use crate::layout::slide::title::TitleRoom;
use crate::layout::text::Style;
use crate::source::contact;

impl Slide<'_, '_> {
    /// Draws the slide.
    pub(super) fn closing(&mut self) -> Drawing {
        let frame = self.frame;
        let mut drawing = Drawing::default();
        let sky = Rect { x: frame.width * 0.3, y: 0.0, width: frame.width * 0.7, height: frame.height * 0.5 };
        let bottom = frame.height - 92.0;
        let card_x = frame.column(8.0) - 24.0;
        let width = card_x - 48.0 - frame.margin;
        self.strong_accent = true;
        self.next_step(&mut drawing, Rect { x: frame.margin, y: frame.top, width, height: bottom - frame.top });
        let card =
            Rect { x: card_x, y: frame.top, width: frame.margin + frame.inner() - card_x, height: bottom - frame.top };
        self.strong_accent = false;
        // The card of paper lies over the lines, so only the words at its left keep them away.
        let mut drawing = self.under_sky(drawing, sky, 0.7);
        self.card(&mut drawing, card);
        let width = self.logo_width(0.15);
        self.logo(&mut drawing, (frame.margin, frame.height - 48.0), width, Some(self.root));
        drawing
    }

    /// Title and words at the left, standing on the area's foot.
    fn next_step(&mut self, drawing: &mut Drawing, area: Rect) {
        let deck = &self.builder.setter.cx.brand.typography.deck;
        let (least, smallest) = (SMALLEST_TITLE, deck.minimum);
        let (mut title, mut size) = (deck.title * 1.2, deck.body * 1.15);
        let name = self.builder.setter.cx.meta.client_name.clone();
        let start = self.builder.setter.tags.nodes.len();
        loop {
            self.builder.setter.tags.nodes.truncate(start);
            let (words, made, top) = self.step_try((title, size), &name, area.width);
            let height = top + rows::height(&made);
            if height <= area.height || (title <= least && size <= smallest) {
                if height > area.height {
                    let kept = self.builder.setter.tags.clone();
                    self.no_room(height, area.height, &mut |slide, name| {
                        let (_, made, top) = slide.step_try((least, smallest), name, area.width);
                        top + rows::height(&made)
                    });
                    self.builder.setter.tags = kept;
                }
                let y = area.y + (area.height - height).max(0.0);
                drawing.add(words, area.x, y);
                let height = rows::height(&made);
                rows::place(drawing, made, Rect { y: y + top, height, ..area }, 0.0);
                return;
            }
            title = smaller(title, height, area.height, least);
            size = smaller(size, height, area.height, smallest);
        }
    }

    /// The title, the rows below it, and where they begin.
    fn step_try(&mut self, (title_size, size): (f32, f32), name: &str, width: f32) -> (Drawing, Vec<Row>, f32) {
        let (title, blocks) = self.parts();
        let real = self.builder.setter.cx.meta.client_name.clone();
        self.look(size);
        let mut words = Drawing::default();
        let mut y = 0.0;
        if let Some((block, BlockKind::Heading { text, .. })) = title.map(|block| (block, &block.kind)) {
            let style = self.builder.look.h1.sized(title_size);
            let text = with_name(text, &real, name);
            let tag = self.builder.setter.tags.add(Some(self.root), TagKind::Heading(1));
            let room = TitleRoom { width, most: 4, smallest: SMALLEST_TITLE };
            let lines = self.title_lines(&text, &style, &block.place, room);
            let mut owner = Owner::of(tag).at(&block.place);
            y = words.lines(&mut self.builder.setter.tags, &mut owner, &lines, 0.0, 0.0) + size * 0.9;
        }
        let room = Room { width, size, parent: self.root, panel: true };
        let blocks: Vec<Block> = blocks.iter().map(|block| renamed(block, &real, name)).collect();
        let mut made = self.rows(&blocks, room);
        made.extend(self.footnotes(room));
        (words, made, y)
    }

    /// Whom to call: a card of paper that stands on the area's foot.
    fn card(&mut self, drawing: &mut Drawing, area: Rect) {
        let meta = self.builder.setter.cx.meta.clone();
        let Some(name) = meta.rep_name else { return };
        let brand = self.builder.setter.cx.brand;
        let colours = Colours::of(brand);
        let outer = self.paint;
        self.paint = Paint::new(brand, Ground::Paper);
        self.look(brand.typography.deck.body);
        let look = self.builder.look.clone();
        let parent = self.builder.setter.tags.generated(Some(self.root), TagKind::Group);
        let padding = 28.0;
        let (left, width) = (area.x + padding, area.width - 2.0 * padding);
        let radius = 34.0;
        let mut words = Drawing::default();
        self.builder.monogram(&mut words, &name, left + radius, padding + radius, radius);
        let small = look.body.sized(16.0).coloured(self.paint.body);
        let strong = Style { leading: 30.0, ..look.h2.sized(24.0) };
        let link = Style { weight: 700, colour: self.paint.accent_words, ..look.body.sized(20.0) };
        let mut y = padding + 2.0 * radius + 18.0;
        y = self.card_line(&mut words, &name, &strong, None, (left, y, width), parent);
        let mut quiet: Vec<String> = meta.rep_title.into_iter().collect();
        quiet.push(brand.legal.company.clone());
        for line in quiet {
            y = self.card_line(&mut words, &line, &small, None, (left, y, width), parent);
        }
        let phone = meta.rep_phone.map(|phone| (phone.clone(), contact::phone_link(&phone)));
        let mail = meta.rep_email.map(|mail| (mail.clone(), contact::mail_link(&mail)));
        let reply: Vec<(String, Option<String>)> = phone.into_iter().chain(mail).collect();
        if !reply.is_empty() {
            y += 14.0;
            words.rule(left, y, width, 0.75, colours.line);
            y += 12.0;
        }
        for (line, uri) in reply {
            y = self.card_line(&mut words, &line, &link, uri, (left, y, width), parent);
        }
        let height = y + padding;
        if height > area.height + 1.0 {
            let limit = area.height;
            self.no_room(height, limit, &mut |_, _| f32::MAX);
        }
        let top = area.y + (area.height - height).max(0.0);
        let ground = Rect { y: top, height, ..area };
        drawing.fill_round(ground, brand.spacing.radius * 2.0, colours.paper);
        drawing.add(words, 0.0, top);
        self.paint = outer;
        self.look(brand.typography.deck.body);
    }

    /// A line of the card: smaller where it is long, on several lines where it is longer still; an address then goes on
    /// after its `@`.
    fn card_line(
        &mut self,
        drawing: &mut Drawing,
        words: &str,
        style: &Style,
        uri: Option<String>,
        (x, y, width): (f32, f32, f32),
        parent: TagId,
    ) -> f32 {
        let least = self.minimum();
        let setter = &mut self.builder.setter;
        let paragraph = setter.tags.generated(Some(parent), TagKind::Paragraph);
        let mut size = style.size;
        let lines = loop {
            let lines = setter.shape_str(words, &style.sized(size)).lines(width, Align::Start);
            if lines.lines.len() <= 1 || size <= least {
                break lines;
            }
            size = (size * STEP).max(least);
        };
        let tag = match uri {
            Some(_) => setter.tags.generated(Some(paragraph), TagKind::Link),
            None => paragraph,
        };
        let halves = words.find('@').filter(|_| lines.lines.len() > 1).map(|at| words.split_at(at + 1));
        let parts = match halves {
            Some((name, host)) => {
                [name, host].map(|half| setter.shape_str(half, &style.sized(size)).lines(width, Align::Start)).to_vec()
            }
            None => vec![lines],
        };
        let mut owner = Owner::of(tag);
        let end = parts.iter().fold(y, |top, lines| drawing.lines(&mut setter.tags, &mut owner, lines, x, top));
        if let Some(uri) = uri {
            let width = parts.iter().map(|lines| lines.width).fold(0.0, f32::max);
            drawing.links.push(PendingLink {
                rect: Rect { x, y, width, height: end - y },
                target: LinkTarget::Uri(uri),
                tag,
                contents: words.to_string(),
                place: None,
            });
        }
        end
    }
}
