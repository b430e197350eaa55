//! In: a cover whose words do not fit. Out: an X005 error that names the fields that are too long, else the title.

use crate::diagnostic::Diagnostic;
use crate::document::model::{Block, BlockKind};
use crate::layout::Meta;
use crate::layout::flow::Builder;
use crate::layout::page::TagId;
use crate::layout::slide::{longest, with_name};

/// What the rep wrote that stands at a cover's foot: the field's name and where its words are.
type Field = (&'static str, fn(&mut Meta) -> Option<&mut String>);

const FIELDS: [Field; 5] = [
    ("client.name", |meta| Some(&mut meta.client_name)),
    ("contact.name", |meta| meta.contact_name.as_mut()),
    ("contact.title", |meta| meta.contact_title.as_mut()),
    ("rep.name", |meta| meta.rep_name.as_mut()),
    ("rep.title", |meta| meta.rep_title.as_mut()),
];

/// No shorter field is ever at fault, characters.
const HARMLESS: usize = 60;

impl Builder<'_> {
    /// X005: shortens the longest fields, one after the other, until the cover fits; those are at fault. Where that does
    /// not help, the title is.
    pub(super) fn cover_too_full(&mut self, blocks: &[Block], root: TagId) {
        let mut meta = self.setter.cx.meta.clone();
        let mut blocks = blocks.to_vec();
        let mut fields: Vec<(&Field, String)> = Vec::new();
        for field in &FIELDS {
            fields.extend(field.1(&mut meta).map(|words| (field, words.clone())));
        }
        fields.retain(|(_, words)| words.chars().count() > HARMLESS);
        fields.sort_by_key(|(_, words)| std::cmp::Reverse(words.chars().count()));
        let mut at_fault = Vec::new();
        for (field, words) in fields {
            let fits = |builder: &mut Self, short: &str| {
                let mut tried = meta.clone();
                if let Some(place) = field.1(&mut tried) {
                    *place = short.to_string();
                }
                let renamed: Vec<Block> = blocks.iter().map(|block| with_words(block, &words, short)).collect();
                (builder.cover_fits(&renamed, root, &tried), tried, renamed)
            };
            at_fault.push(field.0);
            let (fitting, shorter, renamed) = fits(self, "x");
            if fitting {
                let most = longest(&words, |short| fits(self, short).0);
                return self.field_too_long(at_fault, most);
            }
            (meta, blocks) = (shorter, renamed);
        }
        let problem = Diagnostic::error("X005", "the title is too long for the cover");
        let problem = match blocks.first() {
            Some(title) => problem.at(title.place.clone()),
            None => problem,
        };
        self.setter.report(problem.help("say it in fewer than a hundred letters"));
    }

    fn field_too_long(&mut self, mut fields: Vec<&str>, most: Option<usize>) {
        fields.sort_unstable();
        let named: Vec<String> = fields.iter().map(|field| format!("`{field}`")).collect();
        let (last, first) = named.split_last().map_or(("", &[][..]), |(last, first)| (last.as_str(), first));
        let (message, help) = if first.is_empty() {
            let help = match most {
                Some(most) => format!("shorten {last} to {most} characters or fewer for this document"),
                None => format!("shorten {last} for this document"),
            };
            (format!("{last} is too long for the cover"), help)
        } else {
            let all = format!("{} and {last}", first.join(", "));
            (format!("{all} are too long for the cover"), format!("shorten {all} for this document"))
        };
        self.setter.report(Diagnostic::error("X005", message).help(help));
    }
}

/// The block with other words for a field that it says.
fn with_words(block: &Block, words: &str, other: &str) -> Block {
    let kind = match &block.kind {
        BlockKind::Heading { level, text } => BlockKind::Heading { level: *level, text: with_name(text, words, other) },
        BlockKind::Paragraph(text) => BlockKind::Paragraph(with_name(text, words, other)),
        _ => return block.clone(),
    };
    Block { kind, place: block.place.clone() }
}
