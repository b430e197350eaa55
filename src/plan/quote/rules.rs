//! In: priced lines. Out: a refusal for each rule of the price book that they break: limits of discounts, days. Each says who may lift it and the quickest way out.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use super::exact::times;
use super::lines::Priced;
use super::price::Desk;
use super::working::percent;
use crate::diagnostic::Diagnostic;
use crate::intake::request::{Discount, RequestLine, Wanted};
use crate::library::pricebook::Limits;

/// Where the rules of prices stand.
pub(super) const BOOK: &str = "templates/pricebook.yaml";

impl Desk<'_> {
    /// Refuses a quote from a price book that is not in force, and one that the client may no longer accept.
    pub(super) fn days(&mut self) {
        let (book, days) = (self.book, self.terms.days);
        let valid = book.valid.value;
        let early = || Some((days.day_before(valid.from)?, format!("from {}", valid.from)));
        let late = || Some((days.day_after(valid.until)?, format!("until {}", valid.until)));
        let outside = early().or_else(late);
        if let Some((day, when)) = &outside {
            let message = format!("price book {} is valid {when}, and {}", book.version.value, days.describe(*day));
            let help = format!(
                "ask marketing for the prices now in force (`valid:` in {BOOK}); meanwhile `--draft` makes a document \
                 marked DRAFT on every page"
            );
            self.refusals.push(Diagnostic::error("Q003", message).help(help));
        }
        let Some(until) = &self.request.valid_until else { return };
        if let Some(day) = days.day_after(until.value) {
            let message = format!("the quote was valid until {}, and {}", until.value, days.describe(day));
            let problem = Diagnostic::error("Q010", message).label("expired");
            let help = "set a later `quote.valid_until` (`--set quote.valid_until=…`): the prices of today then hold";
            self.refusals.push(until.at(problem.help(help)));
        } else if until.value > book.last_valid_day() && outside.is_none() {
            let last = book.last_valid_day();
            let message = format!(
                "the quote is valid until {}, but quotes from price book {} hold until {last} at the latest",
                until.value, book.version.value
            );
            let help = format!(
                "write {last} or an earlier day, or show it meanwhile with `--draft`; marketing can allow more days after \
                 {} with `quotes: {{valid_days: …}}` in {BOOK}",
                valid.until
            );
            let problem = Diagnostic::error("Q017", message).label("later than these prices hold");
            self.refusals.push(until.at(problem.help(help)));
        }
    }

    /// The limits that hold with the approval at hand, and whose they are.
    fn limits(&self) -> Option<(&Limits, &'static str)> {
        let discounts = self.book.discounts.as_ref()?;
        Some(match self.terms.approved_by {
            Some(_) => (&discounts.manager, "a manager"),
            None => (&discounts.rep, "a rep"),
        })
    }

    /// Refuses a line's discount over the limit of whoever gives it.
    pub(super) fn line_limit(&mut self, wanted: &RequestLine, list: Decimal, discount: Decimal) {
        let Some(typed) = &wanted.discount else { return };
        let over = |limit: Decimal| match typed.value {
            Discount::Part(part) => part > limit,
            Discount::Amount(_) => times(list, limit).is_none_or(|most| discount > most),
        };
        let what = format!("a discount of {} on `{}`", self.said(typed.value, discount, list), wanted.sku.value);
        let Some((message, label, help)) = self.over_limit(&what, "is", "write less", |limits| limits.line.0, over)
        else {
            return;
        };
        self.refusals.push(typed.at(Diagnostic::error("Q008", message).label(label).help(help)));
    }

    /// The most that all discounts together may be with the approval at hand.
    pub(super) fn whole_most(&self) -> Decimal {
        self.limits().map_or(Decimal::ZERO, |(limits, _)| limits.whole.0)
    }

    /// Refuses more of an item than is sold, over all lines that the client may take together.
    pub(super) fn bounds(&mut self, lines: &[Priced<'_>]) {
        let mut told = BTreeSet::new();
        for line in lines {
            let Some(most) = line.item.most().filter(|_| told.insert(&line.item.sku.value)) else { continue };
            let same: Vec<&Priced<'_>> = lines.iter().filter(|other| other.item.sku == line.item.sku).collect();
            let mut groups: BTreeMap<&str, Decimal> = BTreeMap::new();
            let mut all = Decimal::ZERO;
            for other in &same {
                let quantity = other.wanted.quantity.value;
                match &other.wanted.standing {
                    // Of a group only one is taken.
                    Wanted::Alternative { group, .. } => {
                        let largest = groups.entry(group.as_str()).or_default();
                        *largest = (*largest).max(quantity);
                    }
                    _ => all = all.saturating_add(quantity),
                }
            }
            all = groups.values().fold(all, |all, largest| all.saturating_add(*largest));
            // A line that is over the bound by itself never came here.
            let Some(last) = same.last().filter(|_| all > most) else { continue };
            let (sku, all, most) = (&line.item.sku.value, all.normalize(), most.normalize());
            let message = format!("`{sku}` is sold up to {most}: its lines together may come to {all}");
            let problem = Diagnostic::error("Q006", message).label(format!("at most {most} in all lines"));
            let help = "only marketing can change the bounds, in templates/pricebook.yaml";
            self.faults.push(last.wanted.quantity.at(problem.help(help)));
        }
    }

    /// Message, label and help where a discount is over the limit that holds; `verb` goes with `what`, and `less` says
    /// how to keep to the limit.
    pub(super) fn over_limit(
        &self,
        what: &str,
        verb: &str,
        less: &str,
        limit: impl Fn(&Limits) -> Decimal,
        over: impl Fn(Decimal) -> bool,
    ) -> Option<(String, String, String)> {
        let draft = "show it meanwhile with `--draft`";
        let Some((limits, who)) = self.limits() else {
            if !over(Decimal::ZERO) {
                return None;
            }
            let help = format!("take it out, or {draft}; marketing can allow it with `discounts:` in {BOOK}");
            let message = format!("{what} cannot be given: the price book allows none");
            return Some((message, "no discounts".into(), help));
        };
        let most = limit(limits);
        if !over(most) {
            return None;
        }
        let message = format!("{what} {verb} over the limit of {} for {who}", percent(most));
        let manager = self.book.discounts.as_ref().map(|discounts| limit(&discounts.manager));
        let help = match manager.filter(|manager| self.terms.approved_by.is_none() && !over(*manager)) {
            Some(manager) => format!(
                "a manager may approve up to {}: `--approved-by \"NAME\"`; or {less}, or {draft}",
                percent(manager)
            ),
            None => format!("{less}, or {draft}; only marketing can raise the limit, in {BOOK}"),
        };
        Some((message, format!("at most {}", percent(most)), help))
    }

    /// A discount as typed, and as a part where it was typed as an amount.
    fn said(&self, typed: Discount, amount: Decimal, list: Decimal) -> String {
        match typed {
            Discount::Part(part) => percent(part),
            Discount::Amount(_) => match amount.checked_div(list) {
                Some(part) => format!("{} ({})", self.money(amount), percent(part.round_dp(6))),
                None => self.money(amount),
            },
        }
    }
}
