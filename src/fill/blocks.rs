//! In: the library's blocks, the plan and the client. Out: which block a section gets, and why not another.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::context::FillInput;
use super::filled::{Answer, Compared, Comparison};
use super::parts::COMPETITORS;
use crate::diagnostic::{Diagnostic, suggest};
use crate::library::block::Block;
use crate::library::usable::block_usable;

/// More rivals than these make columns too narrow to read.
const MOST_RIVALS: usize = 3;

/// What is known of each block while sections are filled.
#[derive(Debug)]
pub(super) struct Shelf {
    blocks: Vec<OnShelf>,
    segment: String,
    stage: Option<String>,
    case_studies: Vec<String>,
    pain_points: Vec<String>,
    objections: Vec<String>,
    competitors: Vec<String>,
}

#[derive(Debug)]
struct OnShelf {
    id: String,
    kind: String,
    answers: Option<String>,
    industries: Vec<String>,
    segments: Vec<String>,
    stages: Vec<String>,
    tags: Vec<String>,
    weight: i64,
    title: String,
    /// Questions and answers of the comparison, and the questions to which it has the best.
    compares: Vec<(String, String)>,
    best: Vec<String>,
    /// True for the block that is us: a rival it is not.
    ours: bool,
    /// Why it may not be used in this document.
    refusal: Option<Diagnostic>,
}

/// What `blocks(…)` asks for.
#[derive(Debug, Default)]
pub(super) struct Wanted {
    pub kind: String,
    pub industry: Option<String>,
    pub segment: Option<String>,
    pub tags: Vec<String>,
    pub limit: Option<usize>,
}

impl Shelf {
    pub fn new(blocks: &[Block], input: &FillInput) -> Self {
        let owned = |words: &[crate::source::Spanned<String>]| words.iter().map(|word| word.value.clone()).collect();
        let on_shelf = |block: &Block| OnShelf {
            id: block.id.clone(),
            kind: block.kind.clone(),
            answers: block.front.answers.as_ref().map(|answers| answers.value.clone()),
            industries: block.front.industries.clone(),
            segments: owned(&block.front.segments),
            stages: owned(&block.front.stages),
            tags: block.front.tags.clone(),
            weight: block.front.weight,
            title: block.front.title.value.clone(),
            compares: block.front.comparing().iter().map(|(q, a)| (q.value.clone(), a.value.clone())).collect(),
            best: owned(&block.front.best),
            ours: block.front.is_ours(),
            refusal: refusal(block, input),
        };
        let opportunity = &input.client.opportunity;
        Self {
            blocks: editions(blocks, input).into_iter().map(on_shelf).collect(),
            segment: input.segment.into(),
            stage: opportunity.stage.clone(),
            case_studies: input.client.case_studies.clone(),
            pain_points: opportunity.pain_points.clone(),
            objections: opportunity.objections.clone(),
            competitors: opportunity.competitors.clone(),
        }
    }

    /// The ids of the best blocks: what the client file names first, in its order; then most matches, weight, id.
    pub fn choose(&self, wanted: &Wanted) -> Result<Vec<String>, Diagnostic> {
        if wanted.kind == "case-studies" {
            self.check_picks()?;
        }
        let mut found = self.ranked(wanted);
        found.truncate(wanted.limit.unwrap_or(usize::MAX));
        Ok(found.into_iter().map(|block| block.id.clone()).collect())
    }

    /// The usable blocks of a kind, the best first; never the one that is us.
    fn ranked(&self, wanted: &Wanted) -> Vec<&OnShelf> {
        let picks = self.picks(&wanted.kind);
        let usable = |block: &&OnShelf| block.kind == wanted.kind && block.refusal.is_none() && !block.ours;
        let mut found: Vec<&OnShelf> = self.blocks.iter().filter(usable).collect();
        found.sort_by_key(|block| {
            let pick = picks.iter().position(|pick| block.is_called(pick)).unwrap_or(usize::MAX);
            (pick, Reverse(self.matches(block, wanted)), Reverse(block.weight), block.id.as_str())
        });
        found
    }

    /// Us against the rivals that the client names, else against the best that the library knows; with why our own
    /// block may not be used, where a draft uses it all the same.
    ///
    /// # Errors
    /// T025 where there is nobody to compare, or why no block that is us may be used.
    pub fn comparison(&self, draft: bool) -> Result<(Comparison, Option<Diagnostic>), Diagnostic> {
        let mut ours: Vec<&OnShelf> =
            self.blocks.iter().filter(|block| block.kind == COMPETITORS && block.ours).collect();
        // One in the document's language that is not approved says more than one in another language.
        ours.sort_by_key(|block| block.refusal.as_ref().map_or(0, |refusal| 1 + usize::from(refusal.code == "T015")));
        let Some(us) = ours.first() else {
            let problem = Diagnostic::error("T025", "no block of the kind `competitors` is us");
            return Err(problem.help("marketing adds one with `ours: yes` and `compares:`"));
        };
        if let Some(refusal) = us.refusal.as_ref().filter(|_| !draft) {
            return Err(refusal.clone());
        }
        let wanted = Wanted { kind: COMPETITORS.into(), ..Wanted::default() };
        let rivals: Vec<&OnShelf> =
            self.ranked(&wanted).into_iter().filter(|block| !block.compares.is_empty()).collect();
        let named = |block: &&&OnShelf| self.competitors.iter().any(|word| block.is_called(word));
        let chosen: Vec<&OnShelf> = match rivals.iter().filter(named).count() {
            0 => rivals.iter().take(MOST_RIVALS).copied().collect(),
            _ => rivals.iter().filter(named).take(MOST_RIVALS).copied().collect(),
        };
        if chosen.is_empty() {
            let problem = Diagnostic::error("T025", "there is no rival to compare with in this document");
            let help = "leave the section out with `when:`, or ask marketing for a block that has `compares:`";
            return Err(problem.help(help));
        }
        let questions: Vec<String> = us.compares.iter().map(|(question, _)| question.clone()).collect();
        let columns = std::iter::once(*us).chain(chosen).map(|block| block.answers(&questions)).collect();
        Ok((Comparison { questions, columns }, us.refusal.clone()))
    }

    /// Finds a block of a kind as a client file or a section may call it: its id, and why it may not be used.
    pub fn find_of_kind(&self, kind: &str, name: &str) -> Option<(String, Option<Diagnostic>)> {
        let found = self.blocks.iter().find(|block| block.kind == kind && block.is_called(name))?;
        Some((found.id.clone(), found.refusal.clone()))
    }

    /// What the blocks of a kind are called.
    pub fn names_of_kind<'a>(&'a self, kind: &'a str) -> impl Iterator<Item = &'a str> + Clone {
        self.blocks.iter().filter(move |block| block.kind == kind).map(OnShelf::short)
    }

    /// Finds a block by its id.
    pub fn find(&self, id: &str) -> Result<Option<Diagnostic>, Diagnostic> {
        match self.blocks.iter().find(|block| block.id == id) {
            Some(block) => Ok(block.refusal.clone()),
            None => Err(unknown_block(id, self.blocks.iter().map(|block| block.id.as_str()))),
        }
    }

    fn picks(&self, kind: &str) -> &[String] {
        match kind {
            "case-studies" => &self.case_studies,
            "pain-points" => &self.pain_points,
            "objections" => &self.objections,
            "competitors" => &self.competitors,
            _ => &[],
        }
    }

    /// A case study that the client file picks must be there and usable: a rep would not notice that it is missing.
    fn check_picks(&self) -> Result<(), Diagnostic> {
        let of_kind = || self.blocks.iter().filter(|block| block.kind == "case-studies");
        for pick in &self.case_studies {
            match of_kind().find(|block| block.is_called(pick)) {
                Some(block) => block.refusal.clone().map_or(Ok(()), Err)?,
                None => {
                    let message = format!("the client file picks the case study `{pick}`, which the library lacks");
                    let problem = Diagnostic::error("T014", message);
                    let names = of_kind().map(|block| block.short());
                    return Err(match suggest(pick, names) {
                        Some(known) => problem.help(format!("did you mean `{known}`?")),
                        None => problem.help("take it out of `case_studies` in the client file"),
                    });
                }
            }
        }
        Ok(())
    }

    fn matches(&self, block: &OnShelf, wanted: &Wanted) -> usize {
        let has = |words: &[String], word: Option<&String>| word.is_some_and(|word| words.contains(word));
        let segment = wanted.segment.as_ref().unwrap_or(&self.segment);
        let named = [&self.pain_points, &self.objections, &self.competitors, &wanted.tags];
        usize::from(has(&block.industries, wanted.industry.as_ref()))
            + usize::from(has(&block.segments, Some(segment)))
            + usize::from(has(&block.stages, self.stage.as_ref()))
            + block.tags.iter().filter(|tag| named.iter().any(|words| words.contains(tag))).count()
    }
}

impl OnShelf {
    /// The id without its kind.
    fn short(&self) -> &str {
        self.id.rsplit('/').next().unwrap_or(&self.id)
    }

    fn answers(&self, questions: &[String]) -> Compared {
        let answer = |question: &String| {
            let (_, text) = self.compares.iter().find(|(asked, _)| asked == question)?;
            Some(Answer { text: text.clone(), best: self.best.contains(question) })
        };
        Compared { title: self.title.clone(), answers: questions.iter().map(answer).collect() }
    }

    fn is_called(&self, word: &str) -> bool {
        self.answers.as_deref() == Some(word) || self.short() == word || self.id == word
    }
}

/// The edition of a block that a document uses: the one in its language, else the first.
pub(super) fn edition<'a>(blocks: &'a [Block], id: &str, input: &FillInput) -> Option<&'a Block> {
    let mut editions = blocks.iter().filter(|block| block.id == id);
    editions.clone().find(|block| is_written_for(block, input)).or_else(|| editions.next())
}

/// The same for all blocks, in the order of their ids.
fn editions<'a>(blocks: &'a [Block], input: &FillInput) -> Vec<&'a Block> {
    let mut chosen: BTreeMap<&str, &Block> = BTreeMap::new();
    for block in blocks {
        let known = chosen.entry(&block.id).or_insert(block);
        if !is_written_for(known, input) && is_written_for(block, input) {
            *known = block;
        }
    }
    chosen.into_values().collect()
}

fn is_written_for(block: &Block, input: &FillInput) -> bool {
    let languages = &block.front.languages;
    match languages.is_empty() {
        true => is_of(input.language, &input.content.settings().locale),
        false => languages.iter().any(|language| language == input.language),
    }
}

/// Whether a language is that of a locale: `en` and `en-CA` are that of `en-CA`.
fn is_of(language: &str, locale: &str) -> bool {
    locale == language || locale.split('-').next() == Some(language)
}

/// Why a block may not stand in this document.
fn refusal(block: &Block, input: &FillInput) -> Option<Diagnostic> {
    if let Err(refusal) = block_usable(block, input.days, input.template.audience) {
        return Some(refusal);
    }
    (!is_written_for(block, input)).then(|| {
        let message = format!("the block `{}` is not written in `{}`", block.id, input.language);
        let help = format!("ask {} for it in that language, or name another block", block.front.owner);
        Diagnostic::error("T015", message).label("the document's language is another").help(help)
    })
}

/// The words for a block that there is not.
pub(super) fn unknown_block<'a>(id: &str, known: impl Iterator<Item = &'a str> + Clone) -> Diagnostic {
    let problem = Diagnostic::error("T014", format!("the library has no block called `{id}`"));
    let short = |known: &'a str| known.rsplit('/').next().unwrap_or(known);
    let same_name = known.clone().find(|known| short(known) == short_of(id));
    match same_name.or_else(|| suggest(id, known)) {
        Some(known) => problem.label(format!("did you mean `{known}`?")),
        None if !id.contains('/') => problem.label("a block is named by kind and id, such as `programmes/managed`"),
        None => problem.label("not in templates/blocks"),
    }
}

fn short_of(id: &str) -> &str {
    id.rsplit('/').next().unwrap_or(id)
}
