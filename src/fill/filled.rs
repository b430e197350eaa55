//! What filling makes: Markdown whose values are opaque tokens, with the way back to the source lines.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use crate::diagnostic::{Place, SourceFile};

/// Opens a token in filled text; what follows is lower-case hex of the value's UTF-8 bytes.
pub const VALUE_OPEN: char = '\u{E000}';
/// Closes a value token or a block token.
pub const TOKEN_CLOSE: char = '\u{E001}';
/// Opens a token that stands for a filled library block; what follows is its decimal index in [`Filled::blocks`].
pub const BLOCK_OPEN: char = '\u{E002}';

/// The value that stands between the marks of a token; `None` for what filling does not write.
pub fn value_of(hex: &str) -> Option<String> {
    let digit = |b: u8| (b as char).to_digit(16).filter(|_| !b.is_ascii_uppercase());
    let pairs = hex.as_bytes().chunks(2).map(|pair| match pair {
        [high, low] => Some((digit(*high)? * 16 + digit(*low)?) as u8),
        _ => None,
    });
    String::from_utf8(pairs.collect::<Option<Vec<u8>>>()?).ok()
}

/// One section or block after Tera: Markdown with tokens.
#[derive(Debug, Clone)]
pub struct Filled {
    /// The section's id from template.yaml, or the block's `kind/id`.
    pub id: String,
    /// Where the text came from.
    pub file: Arc<SourceFile>,
    /// Front matter of a section with its values filled (each may hold tokens); empty for a block.
    pub front: FilledFront,
    /// Markdown with tokens, without front matter.
    pub text: String,
    /// For each line of `text`, the bytes of the source line it came from.
    pub lines: Vec<Range<usize>>,
    /// Library blocks that `text` points at.
    pub blocks: Vec<Filled>,
    /// The case study that each `:::case-study` stands for, by its line of `text`.
    pub case_studies: BTreeMap<usize, CaseStudy>,
    /// What `:::comparison` sets side by side; none where the text has no such line.
    pub comparison: Option<Comparison>,
    /// True where the section asked `has_section`, so that it must be filled again when one is dropped.
    pub asked_has_section: bool,
    /// BCP 47 tag by whose customs the numbers in the text are written.
    pub locale: String,
}

/// `layout`, `title` and `notes` of a section, unparsed.
#[derive(Debug, Clone, Default)]
pub struct FilledFront {
    pub layout: Option<FrontValue>,
    pub title: Option<FrontValue>,
    pub notes: Option<FrontValue>,
}

#[derive(Debug, Clone)]
pub struct FrontValue {
    pub text: String,
    pub place: Place,
}

/// A block of the kind `case-studies`, filled, with what its front matter says of it.
#[derive(Debug, Clone)]
pub struct CaseStudy {
    pub title: String,
    pub summary: Option<String>,
    pub block: Filled,
}

/// Answers to the same questions, side by side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison {
    pub questions: Vec<String>,
    /// Our own first, then those of rivals.
    pub columns: Vec<Compared>,
}

/// A column of a comparison.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Compared {
    pub title: String,
    /// One for each question; none where marketing has given none.
    pub answers: Vec<Option<Answer>>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    pub text: String,
    /// True where no other answer to the question is better.
    pub best: bool,
}

impl Filled {
    /// The place of a line of the filled text (counted from 0) in its source file.
    pub fn place(&self, line: usize) -> Place {
        let span = self.lines.get(line).or(self.lines.last()).cloned().unwrap_or(0..0);
        Place { file: Arc::clone(&self.file), span }
    }
}
