//! In: the closing section. Out: its strips, with the rep's card before the agreement: monogram, name, telephone, e-mail.

use crate::document::model::{Block, BlockKind, LinkTarget};
use crate::layout::drawing::{Drawing, Owner, PendingLink};
use crate::layout::flow::{Area, Builder, Flow};
use crate::layout::look::mix;
use crate::layout::page::{Rect, TagId, TagKind};
use crate::layout::section::Strip;
use crate::layout::text::Style;
use crate::library::brand::Colour;
use crate::source::contact;

impl Builder<'_> {
    /// Lays out the last section: the next step first, then whom to call, then what is signed.
    pub(super) fn closing(&mut self, flow: &mut Flow, blocks: &[Block], area: Area) {
        let first_head = |block: &Block| {
            matches!(block.kind, BlockKind::Heading { level, .. } if level > 1) || block.kind == BlockKind::Signature
        };
        let at = blocks.iter().position(first_head).unwrap_or(blocks.len());
        self.blocks(flow, &blocks[..at], area);
        self.rep_card(flow, area);
        self.blocks(flow, &blocks[at..], area);
    }

    fn rep_card(&mut self, flow: &mut Flow, area: Area) {
        let unit = self.look.unit;
        let meta = self.setter.cx.meta.clone();
        let Some(name) = meta.rep_name else { return };
        let parent = self.setter.tags.generated(Some(area.parent), TagKind::Group);
        let colours = self.look.colours;
        let padding = 6.0 * unit;
        let radius = 7.0 * unit;
        let look = self.look.on_primary();
        let text_x = area.x;
        let strong = Style { weight: 700, ..look.h2.clone() };
        let small = look.small.coloured(mix(colours.paper, colours.primary, 0.15));

        let mut y = 0.0;
        let width = area.width * 0.6;
        let mut lines = vec![(name.clone(), &strong, None)];
        lines.extend(meta.rep_title.map(|title| (title, &small, None)));
        let firm = self.setter.cx.brand.legal.company.clone();
        lines.push((firm, &small, None));
        let phone = meta.rep_phone.map(|phone| (phone.clone(), contact::phone_link(&phone)));
        let mail = meta.rep_email.map(|mail| (mail.clone(), contact::mail_link(&mail)));
        let link = Style { weight: 700, ..look.body.coloured(colours.accent) };
        lines.extend(phone.into_iter().chain(mail).map(|(words, uri)| (words, &link, uri)));
        let mut text = Drawing::default();
        for (words, style, uri) in lines {
            y = self.card_line(&mut text, parent, &words, style, uri, text_x, y, width);
        }
        let height = y.max(2.0 * radius);
        let mut drawing = Drawing::default();
        self.monogram(&mut drawing, &name, padding + radius, height / 2.0, radius);
        drawing.add(text, 0.0, (height - y) / 2.0);
        let strip = Strip { height, drawing, ..Strip::default() };
        flow.append(self.dark_panel(vec![strip], 5.0 * unit), 5.0 * unit);
        flow.after(5.0 * unit);
    }

    #[expect(clippy::too_many_arguments, reason = "a line is words, their style, their link and their place")]
    fn card_line(
        &mut self,
        drawing: &mut Drawing,
        parent: TagId,
        words: &str,
        style: &Style,
        uri: Option<String>,
        x: f32,
        y: f32,
        width: f32,
    ) -> f32 {
        let paragraph = self.setter.tags.generated(Some(parent), TagKind::Paragraph);
        let lines = self.setter.shape_str(words, style).lines(width, crate::document::model::Align::Start);
        let Some(uri) = uri else {
            return drawing.lines(&mut self.setter.tags, &mut Owner::of(paragraph), &lines, x, y);
        };
        let tag = self.setter.tags.generated(Some(paragraph), TagKind::Link);
        let end = drawing.lines(&mut self.setter.tags, &mut Owner::of(tag), &lines, x, y);
        drawing.links.push(PendingLink {
            rect: Rect { x, y, width: lines.width, height: end - y },
            target: LinkTarget::Uri(uri),
            tag,
            contents: words.to_string(),
            place: None,
        });
        end
    }

    /// The rep's initials in a disc: decoration, since the name stands beside it.
    pub(super) fn monogram(&mut self, drawing: &mut Drawing, name: &str, x: f32, y: f32, radius: f32) {
        let colours = self.look.colours;
        self.disc(drawing, name, (x, y), radius, (colours.accent, colours.primary));
    }

    /// A person's initials in a disc around a point, in the colours of disc and letters.
    pub(super) fn disc(
        &mut self,
        drawing: &mut Drawing,
        name: &str,
        (x, y): (f32, f32),
        radius: f32,
        (fill, ink): (Colour, Colour),
    ) {
        drawing.circle(x, y, radius, fill);
        let mut initials = name.split_whitespace().filter_map(|word| word.chars().find(|c| c.is_alphanumeric()));
        let first = initials.next();
        let last = initials.next_back();
        let letters: String = first.into_iter().chain(last).flat_map(char::to_uppercase).collect();
        let style = Style { weight: 700, ..self.look.h2.coloured(ink) }.sized(radius * 0.72);
        let lines = self.setter.line(&letters, &style);
        if let Some(line) = lines.lines.first() {
            let baseline = y + style.size * 0.36;
            drawing.line(&mut self.setter.tags, &mut Owner::artifact(), &lines, line, x - lines.width / 2.0, baseline);
        }
    }
}
