//! In: what does not fit on a slide at the smallest sizes. Out: an error that says by how many words, or how long a
//! client's name may be.

use crate::diagnostic::Diagnostic;
use crate::document::each_text;
use crate::document::model::{
    Align, Block, BlockKind, Card, CaseStudy, Inline, Moment, Person, Quote, Section, Stat, Step, Table, Text, plain,
};
use crate::document::prices::Prices;
use crate::layout::slide::content::{MOST_TITLE_LINES, SMALLEST_TITLE};
use crate::layout::slide::{Slide, draw};
use crate::layout::text::Style;

impl Slide<'_, '_> {
    /// X020: the body needs `needed` pt of `limit`.
    pub(super) fn too_full(&mut self, blocks: &[Block], needed: f32, limit: f32) {
        let mut words = 0;
        each_text(blocks, &mut |text, _| words += count(text));
        // A line more than the sum says, since words go line by line.
        let over = over(words, needed + 1.5 * self.minimum(), limit);
        let message = format!("slide `{}` holds about {over} too many for one slide", self.section.id);
        let help = match self.longest_name() {
            Some(longest) => help(Some(longest), &over),
            None => format!("take out {over}, or make two slides of it; text is already at its smallest size"),
        };
        self.builder.setter.report(Diagnostic::error("X020", message).at(self.section.place.clone()).help(help));
    }

    /// How long the client's name may be so that the slide holds all of its words; `None` where it is not the name.
    fn longest_name(&self) -> Option<usize> {
        let cx = self.builder.setter.cx;
        let name = cx.meta.client_name.as_str();
        let mut said = false;
        each_text(&self.section.blocks, &mut |text, _| said |= plain(text).contains(name));
        if self.trying || name.is_empty() || !said {
            return None;
        }
        longest(name, |short| {
            let blocks = self.section.blocks.iter().map(|block| renamed(block, name, short)).collect();
            let section = Section { blocks, ..self.section.clone() };
            let mut cx = cx.clone();
            cx.meta.client_name = short.to_string();
            let too_much = |problem: &Diagnostic| ["X020", "X021", "X022"].contains(&problem.code);
            match draw(&section, &cx, true) {
                Ok(_) => true,
                Err(problems) => !problems.0.iter().any(too_much),
            }
        })
    }

    /// X021: the title takes more lines than a slide has for it.
    pub(super) fn title_too_long(&mut self, text: &[Inline], style: &Style, block: &Block, width: f32) {
        let style = style.sized(SMALLEST_TITLE);
        let lines = |slide: &mut Self, text: &[Inline]| {
            slide.builder.setter.shape(text, &style, &block.place).lines(width, Align::Start).lines.len()
        };
        let taken = lines(self, text);
        let over = over(count(text), taken as f32, MOST_TITLE_LINES as f32);
        let name = self.builder.setter.cx.meta.client_name.clone();
        let longest = plain(text)
            .contains(&name)
            .then(|| longest(&name, |short| lines(self, &with_name(text, &name, short)) <= MOST_TITLE_LINES));
        let message = format!("the title of slide `{}` is about {over} too long", self.section.id);
        let problem = Diagnostic::error("X021", message).at(block.place.clone()).help(help(longest.flatten(), &over));
        self.builder.setter.report(problem);
    }

    /// X022: a cover or closing slide needs `needed` pt of `limit`; `height` says what it would need for another name.
    pub(super) fn no_room(&mut self, needed: f32, limit: f32, height: &mut dyn FnMut(&mut Self, &str) -> f32) {
        let mut words = 0;
        each_text(&self.section.blocks, &mut |text, _| words += count(text));
        let over = over(words, needed, limit);
        let name = self.builder.setter.cx.meta.client_name.clone();
        let longest = longest(&name, |short| height(self, short) <= limit);
        let what = match longest {
            Some(_) => "the client's name is too long for it".to_string(),
            None => format!("about {over} too many"),
        };
        let message = format!("the words of slide `{}` do not fit: {what}", self.section.id);
        let problem = Diagnostic::error("X022", message).at(self.section.place.clone()).help(help(longest, &over));
        self.builder.setter.report(problem);
    }
}

fn help(longest: Option<usize>, over: &str) -> String {
    match longest {
        Some(longest) => format!(
            "shorten `client.name` to {longest} characters or fewer for this document, or ask marketing to take out {over}"
        ),
        None => format!("take out {over}"),
    }
}

/// How many of `words` have to go so that `needed` becomes `limit`, in words.
fn over(words: usize, needed: f32, limit: f32) -> String {
    let part = ((needed - limit) / needed.max(1.0)).clamp(0.0, 1.0);
    let over = ((words as f32 * part).ceil() as usize).clamp(1, words.max(1));
    if over == 1 { "1 word".into() } else { format!("{over} words") }
}

fn count(text: &[Inline]) -> usize {
    plain(text).split_whitespace().count()
}

/// The number of characters of the longest beginning of `name` that fits; `None` if not even one character does.
pub(crate) fn longest(name: &str, mut fits: impl FnMut(&str) -> bool) -> Option<usize> {
    let ends: Vec<usize> = name.char_indices().map(|(at, c)| at + c.len_utf8()).collect();
    let (mut low, mut high) = (0, ends.len());
    while low < high {
        let middle = (low + high).div_ceil(2);
        if fits(&name[..ends[middle - 1]]) { low = middle } else { high = middle - 1 }
    }
    (low > 0 && low < ends.len()).then_some(low)
}

/// The text with another name for the client.
pub(in crate::layout) fn with_name(text: &[Inline], name: &str, other: &str) -> Text {
    if name.is_empty() || name == other {
        return text.to_vec();
    }
    let change = |inline: &Inline| match inline {
        Inline::Text { text, value } => Inline::Text { text: text.replace(name, other), value: *value },
        Inline::Strong(inner) => Inline::Strong(with_name(inner, name, other)),
        Inline::Emphasis(inner) => Inline::Emphasis(with_name(inner, name, other)),
        Inline::Link { target, text } => Inline::Link { target: target.clone(), text: with_name(text, name, other) },
        Inline::Image(_) | Inline::Break | Inline::Footnote { .. } => inline.clone(),
    };
    text.iter().map(change).collect()
}

/// The block with another name for the client, wherever a slide may say it.
pub(super) fn renamed(block: &Block, name: &str, other: &str) -> Block {
    let text = |text: &Text| with_name(text, name, other);
    let optional = |words: &Option<Text>| words.as_ref().map(text);
    let blocks = |blocks: &[Block]| -> Vec<Block> { blocks.iter().map(|block| renamed(block, name, other)).collect() };
    let table = |table: &Table| Table {
        columns: table.columns.clone(),
        head: table.head.iter().map(text).collect(),
        rows: table.rows.iter().map(|row| row.iter().map(text).collect()).collect(),
    };
    let kind = match &block.kind {
        BlockKind::Heading { level, text: words } => BlockKind::Heading { level: *level, text: text(words) },
        BlockKind::Paragraph(words) => BlockKind::Paragraph(text(words)),
        BlockKind::List { start, items } => {
            BlockKind::List { start: *start, items: items.iter().map(|item| blocks(item)).collect() }
        }
        BlockKind::Columns(columns) => BlockKind::Columns(columns.iter().map(|column| blocks(column)).collect()),
        BlockKind::Table(words) => BlockKind::Table(table(words)),
        BlockKind::Comparison(words) => BlockKind::Comparison(table(words)),
        BlockKind::Callout { tone, title, blocks: inner } => {
            BlockKind::Callout { tone: *tone, title: optional(title), blocks: blocks(inner) }
        }
        BlockKind::Stats(stats) => {
            let stat = |stat: &Stat| Stat { figure: text(&stat.figure), label: text(&stat.label) };
            BlockKind::Stats(stats.iter().map(stat).collect())
        }
        BlockKind::Timeline(moments) => {
            let moment = |m: &Moment| Moment { when: text(&m.when), what: text(&m.what), text: optional(&m.text) };
            BlockKind::Timeline(moments.iter().map(moment).collect())
        }
        BlockKind::Steps { start, steps } => {
            let step = |step: &Step| Step { head: text(&step.head), blocks: blocks(&step.blocks) };
            BlockKind::Steps { start: *start, steps: steps.iter().map(step).collect() }
        }
        BlockKind::Cards(cards) => {
            let card = |card: &Card| Card { head: text(&card.head), blocks: blocks(&card.blocks), ..card.clone() };
            BlockKind::Cards(cards.iter().map(card).collect())
        }
        BlockKind::Team(people) => {
            let person = |person: &Person| Person {
                name: text(&person.name),
                role: text(&person.role),
                blocks: blocks(&person.blocks),
                ..person.clone()
            };
            BlockKind::Team(people.iter().map(person).collect())
        }
        BlockKind::Testimonial { by, role, blocks: inner } => {
            BlockKind::Testimonial { by: text(by), role: optional(role), blocks: blocks(inner) }
        }
        BlockKind::Prices(prices) => BlockKind::Prices(Box::new(with_name_in_prices(prices, &text))),
        BlockKind::CaseStudy(study) => {
            let figure = |stat: &Stat| Stat { figure: text(&stat.figure), label: text(&stat.label) };
            let quote = |quote: &Quote| Quote {
                by: text(&quote.by),
                role: optional(&quote.role),
                blocks: blocks(&quote.blocks),
                ..quote.clone()
            };
            BlockKind::CaseStudy(CaseStudy {
                head: text(&study.head),
                summary: optional(&study.summary),
                figures: study.figures.iter().map(figure).collect(),
                blocks: blocks(&study.blocks),
                quote: study.quote.as_ref().map(quote),
                ..study.clone()
            })
        }
        BlockKind::Editable { id, label, field, blocks: inner } => {
            BlockKind::Editable { id: id.clone(), label: label.clone(), field: field.clone(), blocks: blocks(inner) }
        }
        // Figures and charts find their own room; the rest says nothing of its own, or is not on slides.
        BlockKind::Figure(_)
        | BlockKind::Chart(_)
        | BlockKind::Toc
        | BlockKind::Signature
        | BlockKind::Acceptance
        | BlockKind::PageBreak => return block.clone(),
    };
    Block { kind, place: block.place.clone() }
}

/// The prices with another text where a client file may say the name: notes, and what stands back below an item.
fn with_name_in_prices(prices: &Prices, text: &impl Fn(&Text) -> Text) -> Prices {
    let mut prices = prices.clone();
    let lines = prices.lines.iter_mut().chain(prices.options.iter_mut().map(|(_, table)| table));
    let rows = lines.flat_map(|table| &mut table.groups).flat_map(|group| &mut group.rows);
    // Figures are not words: their ends are measured apart from them.
    for entry in rows.flat_map(|row| &mut row.cells).flatten().filter(|entry| entry.fraction.is_empty()) {
        entry.text = text(&entry.text);
    }
    for note in &mut prices.note {
        *note = text(note);
    }
    prices
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_name_that_fits_is_found_on_character_boundaries() {
        assert_eq!(longest("Häuser & Söhne", |name| name.chars().count() <= 5), Some(5));
        assert_eq!(longest("abc", |_| false), None);
        assert_eq!(longest("", |_| true), None);
    }

    #[test]
    fn words_over_are_at_least_one() {
        assert_eq!(over(0, 10.0, 5.0), "1 word");
        assert_eq!(over(100, 200.0, 100.0), "50 words");
    }
}
