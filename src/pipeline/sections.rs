//! In: a plan. Out: its sections filled, parsed, laid out and paginated within the page budget.

use std::num::NonZero;
use std::sync::{Mutex, PoisonError};

use super::{Engine, Order, draft};
use crate::diagnostic::{Checked, Diagnostic, Problems};
use crate::document::model::{Document, Section};
use crate::document::pricing::Priced;
use crate::document::{check_together, number_footnotes, parse_section};
use crate::fill::{FillContext, FillInput, fill_section};
use crate::intake::client::Client;
use crate::layout::page::Pages;
use crate::layout::{self, LaidOutSection, lay_out_section, paginate};
use crate::library::parallel;
use crate::library::template::Template;
use crate::plan::{Plan, budget};

/// The sections of one document on their way to the page.
pub(super) struct Sections<'a> {
    pub engine: &'a Engine,
    pub template: &'a Template,
    pub client: &'a Client,
    pub order: &'a Order,
    pub context: &'a layout::Context<'a>,
    /// What `:::pricing` shows.
    pub priced: Option<Priced<'a>>,
    pub plan: Plan,
    pub ready: Vec<Ready>,
}

/// One section, laid out once unless what it asked about changes.
pub(super) struct Ready {
    /// Its place in `plan.sections`.
    index: usize,
    asked_has_section: bool,
    section: Section,
    /// `None` until the section is laid out as it now stands.
    laid_out: Option<LaidOutSection>,
}

impl Sections<'_> {
    /// Fills, parses and lays out every section that is in, collecting the problems of all.
    pub fn prepare(&mut self, warnings: &mut Problems) -> Checked<()> {
        let wanted: Vec<usize> = (0..self.plan.sections.len()).filter(|i| self.plan.sections[*i].included).collect();
        self.ready = self.fill(&wanted, warnings)?;
        self.settle()
    }

    /// Drops sections until the document keeps within its budget or none is left to drop; gives the pages and the ids
    /// of what went.
    pub fn fit_budget(&mut self, warnings: &mut Problems) -> Checked<(Pages, Vec<String>)> {
        let variant = self.template.variants.0.iter().find(|(id, _)| id.value == self.plan.variant);
        let mut dropped = Vec::new();
        let mut pages = self.paginate()?;
        let Some(limits) = variant.and_then(|(_, variant)| variant.pages) else { return Ok((pages, dropped)) };
        if let Some(max) = limits.max {
            while pages.pages.len() > max {
                let Some(index) = budget::next_to_drop(&self.plan) else { break };
                dropped.push(self.drop_section(index, max, warnings)?);
                pages = self.paginate()?;
            }
        }
        let per_section: Vec<(String, usize)> = pages.sections.iter().map(|s| (s.id.clone(), s.pages.len())).collect();
        let outside = budget::outside(&limits, pages.pages.len(), &per_section);
        draft::let_through(Problems(outside.into_iter().collect()), self.order.draft, warnings)?;
        Ok((pages, dropped))
    }

    /// The plan as it ended, and the document's model.
    pub fn into_document(self) -> (Plan, Document) {
        let sections = self.ready.into_iter().map(|ready| ready.section).collect();
        (self.plan, Document { kind: self.template.kind.into(), sections })
    }

    /// Takes one section out and fills anew those that asked which sections there are.
    fn drop_section(&mut self, index: usize, max: usize, warnings: &mut Problems) -> Checked<String> {
        let section = &mut self.plan.sections[index];
        section.included = false;
        section.reason = format!("dropped to keep within {max} pages");
        let id = section.id.clone();
        self.ready.retain(|ready| ready.index != index);
        let asked: Vec<usize> = self.ready.iter().filter(|r| r.asked_has_section).map(|r| r.index).collect();
        for fresh in self.fill(&asked, warnings)? {
            if let Some(old) = self.ready.iter_mut().find(|ready| ready.index == fresh.index) {
                *old = fresh;
            }
        }
        self.settle()?;
        Ok(id)
    }

    /// Fills and parses these sections, collecting the problems of all.
    fn fill(&self, wanted: &[usize], warnings: &mut Problems) -> Checked<Vec<Ready>> {
        let library = &self.engine.library;
        let (plan, days) = (&self.plan, self.order.days());
        let input = FillInput {
            number: Some(&self.context.meta.number),
            quote: self.priced.map(|priced| priced.quote),
            draft: self.order.draft,
            ..FillInput::of_plan(library, &self.engine.fill, self.template, self.client, plan, days)
        };
        let fill = FillContext::new(input);
        let mut ready = Vec::with_capacity(wanted.len());
        let mut problems = Problems::default();
        for index in wanted {
            let planned = &plan.sections[*index];
            let read = fill_section(&fill, &planned.id, &planned.path).and_then(|filled| {
                let section = parse_section(self.template.kind.into(), &filled, self.priced)?;
                Ok(Ready { index: *index, asked_has_section: filled.asked_has_section, section, laid_out: None })
            });
            ready.extend(problems.take(read));
        }
        warnings.0.extend(fill.take_warnings());
        if problems.0.is_empty() { Ok(ready) } else { Err(problems) }
    }

    /// Checks what can only be said of all sections together, numbers their footnotes, and lays out what is new or
    /// was changed by that.
    fn settle(&mut self) -> Checked<()> {
        if self.ready.is_empty() {
            let message = format!("no section of template `{}` is in this document", self.template.id);
            return Err(Diagnostic::error("P012", message).help("`collateral explain` says why each is out").into());
        }
        let sections = self.ready.iter().map(|ready| ready.section.clone()).collect();
        let mut document = Document { kind: self.template.kind.into(), sections };
        number_footnotes(&mut document);
        let mut problems = check_together(&document.sections);
        let mut stale = Vec::new();
        for (ready, section) in self.ready.iter_mut().zip(document.sections) {
            if ready.laid_out.is_none() || ready.section != section {
                ready.section = section;
                stale.push(ready);
            }
        }
        lay_out_all(stale, self.context, self.engine.threads, &mut problems);
        if problems.0.is_empty() { Ok(()) } else { Err(problems) }
    }

    fn paginate(&self) -> Checked<Pages> {
        let sections: Vec<&LaidOutSection> = self.ready.iter().filter_map(|ready| ready.laid_out.as_ref()).collect();
        paginate(&sections, self.context)
    }
}

/// Lays out these sections on up to `threads` threads; problems come in the order of the sections all the same.
fn lay_out_all(
    stale: Vec<&mut Ready>,
    context: &layout::Context<'_>,
    threads: NonZero<usize>,
    problems: &mut Problems,
) {
    let waiting = Mutex::new(stale.into_iter().enumerate());
    let work = || {
        let mut found = Vec::new();
        loop {
            // The lock is held only while the next section is taken, never while one is laid out.
            let next = waiting.lock().unwrap_or_else(PoisonError::into_inner).next();
            let Some((index, ready)) = next else { return found };
            match lay_out_section(&ready.section, context) {
                Ok(laid_out) => ready.laid_out = Some(laid_out),
                Err(problems) => found.push((index, problems)),
            }
        }
    };
    let mut found = std::thread::scope(|scope| {
        let helper = || {
            parallel::make_room();
            work()
        };
        let others: Vec<_> = (1..threads.get()).map(|_| scope.spawn(helper)).collect();
        let mut found = work();
        for other in others {
            match other.join() {
                Ok(more) => found.extend(more),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        found
    });
    found.sort_by_key(|(index, _)| *index);
    problems.0.extend(found.into_iter().flat_map(|(_, problems)| problems.0));
}
