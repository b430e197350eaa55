//! In: a plan. Out: its sections filled, parsed, laid out and paginated within the page budget.

use super::{
    Checked, Client, Diagnostic, Document, Engine, FillContext, FillInput, Order, Pages, Plan, Problems, Severity,
};
use super::{Template, budget, layout, number, paginate};
use crate::document::model::Section;
use crate::document::{check_links, number_footnotes, parse_section};
use crate::fill::fill_section;
use crate::layout::{LaidOutSection, lay_out_section};

/// The sections of one document on their way to the page.
pub(super) struct Sections<'a> {
    pub engine: &'a Engine,
    pub template: &'a Template,
    pub client: &'a Client,
    pub order: &'a Order,
    pub context: &'a layout::Context<'a>,
    pub plan: Plan,
    pub ready: Vec<Ready>,
}

/// One section, laid out once unless what it asked about changes.
pub(super) struct Ready {
    /// Its place in `plan.sections`.
    index: usize,
    asked_has_section: bool,
    section: Section,
    laid_out: LaidOutSection,
}

impl Sections<'_> {
    /// Fills, parses and lays out every section that is in, collecting the problems of all.
    pub fn prepare(&mut self, warnings: &mut Problems) -> Checked<()> {
        let wanted: Vec<usize> = (0..self.plan.sections.len()).filter(|i| self.plan.sections[*i].included).collect();
        self.ready = self.make_ready(&wanted, warnings)?;
        self.check_document()
    }

    /// Drops sections until the document keeps within its budget or none is left to drop; gives the pages and the ids
    /// of what went.
    pub fn fit_budget(&mut self, warnings: &mut Problems) -> Checked<(Pages, Vec<String>)> {
        let limits =
            self.template.variants.0.iter().find(|(id, _)| id.value == self.plan.variant).and_then(|(_, v)| v.pages);
        let mut dropped = Vec::new();
        let mut pages = self.paginate()?;
        let Some(limits) = limits else { return Ok((pages, dropped)) };
        while limits.max.is_some_and(|max| pages.pages.len() > max) {
            let Some(index) = budget::next_to_drop(&self.plan) else { break };
            dropped.push(self.drop_section(index, limits.max.unwrap_or(usize::MAX), warnings)?);
            pages = self.paginate()?;
        }
        let per_section: Vec<(String, usize)> = pages.sections.iter().map(|s| (s.id.clone(), s.pages.len())).collect();
        if let Some(outside) = budget::outside(&limits, pages.pages.len(), &per_section) {
            let mut found = Problems::from(outside);
            if found.0.iter().any(|p| p.severity == Severity::Error) && !self.order.draft {
                return Err(found);
            }
            warnings.0.append(&mut found.0);
        }
        Ok((pages, dropped))
    }

    /// The plan as it ended, and the document's model.
    pub fn into_document(self) -> (Plan, Document) {
        let sections = self.ready.into_iter().map(|ready| ready.section).collect();
        let mut document = Document { kind: self.template.kind.into(), sections };
        number_footnotes(&mut document);
        (self.plan, document)
    }

    /// Takes one section out and fills anew those that asked which sections there are.
    fn drop_section(&mut self, index: usize, max: usize, warnings: &mut Problems) -> Checked<String> {
        let section = &mut self.plan.sections[index];
        section.included = false;
        section.reason = format!("dropped to keep within {max} pages");
        let id = section.id.clone();
        self.ready.retain(|ready| ready.index != index);
        let asked: Vec<usize> = self.ready.iter().filter(|r| r.asked_has_section).map(|r| r.index).collect();
        for fresh in self.make_ready(&asked, warnings)? {
            if let Some(old) = self.ready.iter_mut().find(|ready| ready.index == fresh.index) {
                *old = fresh;
            }
        }
        self.check_document()?;
        Ok(id)
    }

    fn make_ready(&self, wanted: &[usize], warnings: &mut Problems) -> Checked<Vec<Ready>> {
        let library = &self.engine.library;
        let (plan, date) = (&self.plan, self.order.date);
        let number = number(self.client, self.order);
        let input = FillInput {
            number: Some(&number),
            draft: self.order.draft,
            ..FillInput::of_plan(library, &self.engine.fill, self.template, self.client, plan, date)
        };
        let fill = FillContext::new(input);
        let mut ready = Vec::with_capacity(wanted.len());
        let mut problems = Problems::default();
        for index in wanted {
            match self.make_one(&fill, *index) {
                Ok(one) => ready.push(one),
                Err(found) => problems.0.extend(found.0),
            }
        }
        warnings.0.extend(fill.take_warnings());
        if problems.0.is_empty() { Ok(ready) } else { Err(problems) }
    }

    fn make_one(&self, fill: &FillContext<'_>, index: usize) -> Checked<Ready> {
        let planned = &self.plan.sections[index];
        let filled = fill_section(fill, &planned.id, &planned.path)?;
        let section = parse_section(self.template.kind.into(), &filled)?;
        let laid_out = lay_out_section(&section, self.context)?;
        Ok(Ready { index, asked_has_section: filled.asked_has_section, section, laid_out })
    }

    /// What can only be said of all sections together.
    fn check_document(&self) -> Checked<()> {
        if self.ready.is_empty() {
            return Err(Diagnostic::error(
                "P012",
                format!("no section of template `{}` is in this document", self.template.id),
            )
            .help("`collateral explain` says why each is out")
            .into());
        }
        let sections: Vec<Section> = self.ready.iter().map(|ready| ready.section.clone()).collect();
        let problems = check_links(&sections);
        if problems.0.is_empty() { Ok(()) } else { Err(problems) }
    }

    fn paginate(&self) -> Checked<Pages> {
        let sections: Vec<&LaidOutSection> = self.ready.iter().map(|ready| &ready.laid_out).collect();
        paginate(&sections, self.context)
    }
}
