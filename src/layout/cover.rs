//! In: the blocks of a cover section. Out: the cover page: title, client, date and rep on the brand's ground, under the
//! client's own motif; and the blocks that a cover does not take.

use crate::document::model::{Align, Block, BlockKind};
use crate::layout::Meta;
use crate::layout::cover_plan::Plan;
use crate::layout::drawing::{Drawing, Owner};
use crate::layout::flow::Builder;
use crate::layout::lines::Lines;
use crate::layout::motif;
use crate::layout::page::{Rect, TagId, TagKind};
use crate::layout::section::{FixedPage, Mark};
use crate::layout::text::Style;

impl Builder<'_> {
    /// Draws the cover from the first heading and the paragraphs after it; the other blocks are given back.
    pub(super) fn cover<'b>(&mut self, blocks: &'b [Block], root: TagId) -> (FixedPage, &'b [Block]) {
        let grid = self.grid;
        let colours = self.look.colours;
        let mut drawing = Drawing::default();
        let page = Rect { x: 0.0, y: 0.0, width: grid.page_width, height: grid.page_height };
        let plan = self.cover_plan();
        if plan.field != page {
            drawing.fill(page, colours.paper);
        }
        drawing.fill(plan.field, colours.primary);
        let count = self.setter.cx.meta.motif_count;
        motif::lines(&mut drawing, self.setter.cx.brand, count, plan.sky, colours.primary);
        // The title is read first, though what stands at the foot says how much room it has.
        let meta = self.setter.cx.meta.clone();
        let start = self.setter.tags.nodes.len();
        let height = self.cover_foot(root, &meta).1;
        self.setter.tags.nodes.truncate(start);
        let foot_top = grid.page_height - grid.margin - height;
        let taken = self.cover_title(&mut drawing, blocks, root, foot_top);
        let foot = self.cover_foot(root, &meta).0;
        drawing.add(foot, 0.0, foot_top);
        self.cover_logos(&mut drawing, root);
        let title = blocks.iter().find_map(|block| match &block.kind {
            BlockKind::Heading { level: 1, text } => Some(crate::document::model::plain(text)),
            _ => None,
        });
        let marks = title.map(|title| Mark::Outline { level: 1, title, y: 0.0 }).into_iter().collect();
        (FixedPage { drawing, marks, ..FixedPage::default() }, &blocks[taken..])
    }

    fn cover_plan(&self) -> Plan {
        Plan::new(self.setter.cx.brand.cover.style, self.grid, self.look.unit)
    }

    /// The title and what it says below, between the motif and the foot; gives how many blocks were taken.
    fn cover_title(&mut self, drawing: &mut Drawing, blocks: &[Block], root: TagId, foot_top: f32) -> usize {
        let (set, mut y) = self.cover_words(blocks, foot_top);
        let taken = set.len();
        let left = self.cover_plan().title.x;
        for ((index, lines, gap), block) in set.into_iter().zip(blocks) {
            let kind = if index == 0 { TagKind::Heading(1) } else { TagKind::Paragraph };
            let tag = self.setter.tags.add(Some(root), kind);
            let mut owner = Owner::of(tag).at(&block.place);
            y = drawing.lines(&mut self.setter.tags, &mut owner, &lines, left, y + gap);
        }
        if y > foot_top {
            self.cover_too_full(blocks, root);
        }
        taken
    }

    /// True where the title and a foot with the words of `meta` stand on one cover.
    pub(super) fn cover_fits(&mut self, blocks: &[Block], root: TagId, meta: &Meta) -> bool {
        let kept = self.setter.tags.clone();
        let foot_top = self.grid.page_height - self.grid.margin - self.cover_foot(root, meta).1;
        let (set, y) = self.cover_words(blocks, foot_top);
        self.setter.tags = kept;
        y + tall(&set) <= foot_top
    }

    /// The lines of the title and of what it says below, and where they start. A long title rises, then shrinks; the
    /// first paragraph always stays with it.
    fn cover_words(&mut self, blocks: &[Block], foot_top: f32) -> (Vec<(usize, Lines, f32)>, f32) {
        let plan = self.cover_plan();
        let look = self.look.on_cover(plan.title.dark);
        let lead = look.body.sized(look.body.size * 1.25);
        let Plan { lowest, highest, .. } = plan;
        let room = foot_top - 8.0 * self.look.unit;
        let mut size = look.cover.size;
        let set = loop {
            let set = self.cover_lines(blocks, &look.cover.sized(size), &lead, room - highest);
            let whole = set.len() >= blocks.len().min(2);
            // Where the foot leaves no room at all, no size helps.
            if (tall(&set) <= room - highest && whole) || size <= look.cover.size * 0.45 || room < highest {
                break set;
            }
            size *= 0.94;
        };
        let top = lowest.min(room - tall(&set)).max(highest);
        (set, top)
    }

    /// The title and as many paragraphs as fit into `room` pt, each with the space above it.
    fn cover_lines(&mut self, blocks: &[Block], title: &Style, lead: &Style, room: f32) -> Vec<(usize, Lines, f32)> {
        let width = self.cover_plan().title.width;
        let unit = self.look.unit;
        let mut set: Vec<(usize, Lines, f32)> = Vec::new();
        let mut used = 0.0;
        for (index, block) in blocks.iter().enumerate() {
            let (lines, gap) = match &block.kind {
                BlockKind::Heading { level: 1, text } if index == 0 => {
                    (self.setter.fit(text, title, &block.place, width * 0.94, 4, title.size * 0.7), 0.0)
                }
                BlockKind::Paragraph(text) if index > 0 => {
                    let mut shaped = self.setter.shape(text, lead, &block.place);
                    (
                        shaped.balanced((width * 0.74).max(260.0).min(width), Align::Start),
                        if index == 1 { 5.0 * unit } else { 2.0 * unit },
                    )
                }
                _ => break,
            };
            if index > 0 && used + gap + lines.height() > room {
                break;
            }
            used += gap + lines.height();
            set.push((index, lines, gap));
        }
        set
    }

    /// The firm's logo in its clear space, the client's beside it.
    fn cover_logos(&mut self, drawing: &mut Drawing, root: TagId) {
        let place = self.cover_plan().logo;
        let logo = &self.setter.cx.brand.logo;
        let file = if place.dark { &logo.on_dark } else { &logo.on_light };
        let path = format!("brand/{}", file.value);
        let (alt, width) = (logo.alt.clone(), logo.width.max(logo.minimum_width));
        if let Some((id, asset)) = self.setter.image(&path, None) {
            let height = width * asset.height / asset.width.max(1.0);
            let rect = Rect { x: place.x, y: self.grid.margin, width, height };
            let kind = TagKind::Figure { alt, rect: Some(rect) };
            let tag = self.setter.tags.generated(Some(root), kind);
            drawing.image(id, rect, Some(tag));
        }
    }

    /// Who it is for, who it is from, and when: gives the drawing and its height.
    fn cover_foot(&mut self, root: TagId, meta: &Meta) -> (Drawing, f32) {
        let unit = self.look.unit;
        let plan = self.cover_plan();
        let words = crate::layout::words(self.setter.cx);
        let meta = meta.clone();
        let mut drawing = Drawing::default();
        for rule in plan.rules.into_iter().flatten() {
            drawing.rule(rule.x, 0.0, rule.width, 0.75, self.look.quiet_on_cover(rule.dark).1);
        }

        let look = self.look.on_cover(plan.client.dark);
        let label = look.small.coloured(self.look.quiet_on_cover(plan.client.dark).0);
        let mut y = 4.0 * unit;
        let mut column = Column { x: plan.client.x, width: plan.client.width, root };
        y = self.foot_line(&mut drawing, &mut column, &words.prepared_for, &label, y);
        let name_style = Style { weight: 700, ..look.h1.sized(look.h1.size * 1.3) };
        y = self.client_name(&mut drawing, &column, &meta.client_name, &name_style, y + unit);
        y += unit;
        for line in [meta.contact_name, meta.contact_title].into_iter().flatten() {
            y = self.foot_line(&mut drawing, &mut column, &line, &look.body, y);
        }
        if let Some(logo) = &meta.client_logo {
            y = self.client_logo(&mut drawing, logo, &column, y + 3.0 * unit);
        }

        let look = self.look.on_cover(plan.firm.dark);
        let label = look.small.coloured(self.look.quiet_on_cover(plan.firm.dark).0);
        let mut column = Column { x: plan.firm.x, width: plan.firm.width, root };
        let mut z = 4.0 * unit;
        z = self.foot_line(&mut drawing, &mut column, &words.prepared_by, &label, z) + unit;
        let strong = Style { weight: 700, ..look.body.clone() };
        let firm = self.setter.cx.brand.legal.company.clone();
        let mut who: Vec<(String, &Style)> = Vec::new();
        who.extend(meta.rep_name.map(|name| (name, &strong)));
        who.extend(meta.rep_title.map(|title| (title, &look.body)));
        who.push((firm, if who.is_empty() { &strong } else { &look.body }));
        who.extend([meta.date, meta.number].into_iter().filter(|line| !line.is_empty()).map(|line| (line, &look.body)));
        for (line, style) in who {
            z = self.foot_line(&mut drawing, &mut column, &line, style, z);
        }
        (drawing, y.max(z))
    }

    fn foot_line(&mut self, drawing: &mut Drawing, column: &mut Column, words: &str, style: &Style, y: f32) -> f32 {
        let tag = self.setter.tags.generated(Some(column.root), TagKind::Paragraph);
        let lines = self.setter.shape_str(words, style).lines(column.width, Align::Start);
        drawing.lines(&mut self.setter.tags, &mut Owner::of(tag), &lines, column.x, y)
    }

    /// The client's name: as large as the section titles where it fits on two lines, smaller where it is long.
    fn client_name(&mut self, drawing: &mut Drawing, column: &Column, name: &str, style: &Style, y: f32) -> f32 {
        let tag = self.setter.tags.generated(Some(column.root), TagKind::Paragraph);
        // One line is worth a fifth of the size; then two lines, as large as the words allow.
        let sizes = [1.0, 0.94, 0.88, 0.82].map(|part| (1, part)).into_iter();
        let sizes = sizes.chain([1.0, 0.94, 0.88, 0.82, 0.76, 0.7, 0.64, 0.58].map(|part| (2, part)));
        let mut lines = self.setter.line(name, style);
        for (most, part) in sizes {
            lines = self.setter.shape_str(name, &style.sized(style.size * part)).balanced(column.width, Align::Start);
            if lines.lines.len() <= most && !lines.lines.iter().any(|line| line.broke_a_word) {
                break;
            }
        }
        drawing.lines(&mut self.setter.tags, &mut Owner::of(tag), &lines, column.x, y)
    }

    /// The client's logo on a plate of paper, since it was drawn for one.
    fn client_logo(
        &mut self,
        drawing: &mut Drawing,
        logo: &std::sync::Arc<crate::library::assets::ImageAsset>,
        column: &Column,
        y: f32,
    ) -> f32 {
        let unit = self.look.unit;
        let id = self.setter.add_image(logo);
        let (most_wide, most_tall) = (120.0_f32.min(column.width - 4.0 * unit), 40.0);
        let scale = (most_wide / logo.width.max(1.0)).min(most_tall / logo.height.max(1.0));
        let (width, height) = (logo.width * scale, logo.height * scale);
        let plate = Rect { x: column.x, y, width: width + 4.0 * unit, height: height + 4.0 * unit };
        drawing.fill_round(plate, self.setter.cx.brand.spacing.radius, self.look.colours.paper);
        let rect = Rect { x: plate.x + 2.0 * unit, y: plate.y + 2.0 * unit, width, height };
        let alt = self.setter.cx.meta.client_name.clone();
        let tag = self.setter.tags.generated(Some(column.root), TagKind::Figure { alt, rect: Some(rect) });
        drawing.image(id, rect, Some(tag));
        plate.y + plate.height
    }
}

/// Height of all lines and of the space above each, pt.
fn tall(set: &[(usize, Lines, f32)]) -> f32 {
    set.iter().map(|(_, lines, gap)| lines.height() + gap).sum()
}

struct Column {
    x: f32,
    width: f32,
    root: TagId,
}
