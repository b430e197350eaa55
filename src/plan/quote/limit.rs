//! In: priced lines and the discount on the whole. Out: a refusal where all discounts together are over the limit in any
//! mix that the client may accept, or where that cannot be decided.
//!
//! Discounts are compared as they were typed, before any rounding: what rounding adds is nobody's discount. The client
//! may take or leave each option, takes one alternative of each group, and uses as much as is quoted or less of what is
//! charged by usage; an amount off such a charge stays the same however little is used. `mixes` finds the worst of these.
//!
//! Without a term, any term of a month or more counts, and an annual charge counts as a part of its year or as a whole.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::Billing;
use super::exact::{minor, sum, times};
use super::lines::Priced;
use super::mixes::{Choice, Measure, Mix, Slot, Taken, Verdict, Weights, Whole};
use super::price::Desk;
use super::working::percent;
use crate::diagnostic::Diagnostic;
use crate::intake::request::{Discount, MOST_DECIMALS, Wanted};
use crate::library::pricebook::TierRule;

/// Months in a year, and twelfths in a charge: weights are in twelfths, so that a part of a year stays exact.
const YEAR: i128 = 12;
/// Terms that a message may propose where none is given.
const USUAL_TERMS: [u32; 3] = [12, 24, 36];
/// A message proposes percentages with one decimal.
const STEPS: i128 = 1_000;
/// Digits after the point of a part of the list price, as a message says it: `8.7309%`.
const SHOWN_DIGITS: u32 = 6;
/// How many lines a message names.
const MOST_NAMED: usize = 4;

/// Over which term a limit is held.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Term {
    Given(u32),
    /// One of each charge.
    Once,
    /// A month, of which an annual charge counts a twelfth.
    Shortest,
    /// So long that one-time charges no longer count.
    Longest,
}

impl Term {
    fn weights(self) -> Weights {
        let (one_time, monthly, annual) = match self {
            Self::Given(months) => (YEAR, YEAR * i128::from(months), i128::from(months)),
            Self::Once => (YEAR, YEAR, YEAR),
            Self::Shortest => (YEAR, YEAR, 1),
            Self::Longest => (0, YEAR, 1),
        };
        Weights { one_time, monthly, annual }
    }

    /// The terms that a limit has to hold over. The weights of all other terms are sums of these, whether a part of a
    /// year is charged as a part or as a whole.
    fn of(months: Option<u32>) -> Vec<Self> {
        months.map_or(vec![Self::Once, Self::Shortest, Self::Longest], |months| vec![Self::Given(months)])
    }

    /// What follows "of the list price".
    fn words(self) -> &'static str {
        match self {
            Self::Given(_) | Self::Once => "",
            Self::Shortest => " over a term of one month, as no `term_months` is given,",
            Self::Longest => " over a long term, as no `term_months` is given,",
        }
    }
}

/// All that the client may choose, and what it is measured by.
struct Choices {
    slots: Vec<Slot>,
    one: i128,
    whole: Whole,
}

/// What was found of a limit.
enum Finding {
    Within,
    Over(Mix, Measure, Term),
    Unknown,
    Usage,
}

impl Choices {
    fn measure(&self, limit: Decimal, whole: Whole, term: Term) -> Option<Measure> {
        Some(Measure { one: self.one, weights: term.weights(), limit: units(limit, self.one)?, whole })
    }

    /// Holds a limit against every mix; none where numbers are too large.
    fn find(&self, limit: Decimal, whole: Whole, months: Option<u32>) -> Option<Finding> {
        let mut finding = Finding::Within;
        for term in Term::of(months) {
            let measure = self.measure(limit, whole, term)?;
            match measure.decide(&self.slots)? {
                Verdict::Within => {}
                Verdict::Over(mix) => {
                    return Some(Finding::Over(measure.simplest(&self.slots, mix)?, measure, term));
                }
                Verdict::Unknown => finding = Finding::Unknown,
                Verdict::Usage => finding = Finding::Usage,
            }
        }
        Some(finding)
    }

    fn is_within(&self, limit: Decimal, whole: Whole, months: Option<u32>) -> bool {
        matches!(self.find(limit, whole, months), Some(Finding::Within))
    }

    /// The largest percentage off the whole, in tenths of a percent, that keeps to a limit; none where nothing does.
    fn most_part(&self, limit: Decimal, months: Option<u32>) -> Option<Decimal> {
        let part = |tenths: i128| Whole::Part(tenths * self.one / STEPS);
        let (mut within, mut over) = (0, STEPS + 1);
        if !self.is_within(limit, part(within), months) {
            return None;
        }
        while over - within > 1 {
            let middle = i128::midpoint(within, over);
            if self.is_within(limit, part(middle), months) { within = middle } else { over = middle }
        }
        Some(Decimal::from_i128_with_scale(within, 3).normalize())
    }

    /// The lines whose own discount can be over a limit by itself.
    fn lines_over(&self, limit: Decimal) -> Option<Vec<usize>> {
        let limit = units(limit, self.one)?;
        let mut lines: Vec<usize> = Vec::new();
        for choice in self.slots.iter().flat_map(|slot| &slot.choices) {
            if choice.off > choice.list.checked_mul(limit)? && !lines.contains(&choice.line) {
                lines.push(choice.line);
            }
        }
        lines.sort_unstable();
        Some(lines)
    }
}

impl Desk<'_> {
    /// Refuses discounts that are together over the limit, or may be.
    pub(super) fn whole_limit(&mut self, lines: &[Priced<'_>]) {
        let typed = lines.iter().filter_map(|priced| priced.wanted.discount.as_ref()).chain(&self.request.discount);
        if typed.into_iter().all(|typed| is_zero(typed.value)) {
            return;
        }
        let most = self.whole_most();
        let months = self.request.term_months;
        let found = self.choices(lines).and_then(|choices| {
            let finding = choices.find(most, choices.whole, months)?;
            Some((choices, finding))
        });
        let Some((choices, finding)) = found else { return self.inexact_limit() };
        if matches!(finding, Finding::Within) {
            return;
        }
        let Some((code, what, reason)) = self.said_finding(&choices, &finding, lines) else {
            return self.inexact_limit();
        };
        let verb = if code == "Q009" { "are" } else { "may be" };
        let less = self.way_out(&choices, most, &finding, lines);
        let within = |limit: Decimal| limit != most && choices.is_within(limit, choices.whole, months);
        let told = self.over_limit(&what, verb, &less, |limits| limits.whole.0, |limit| !within(limit));
        let Some((message, label, help)) = told else { return };
        let problem = Diagnostic::error(code, message + &reason).label(label).help(help);
        self.refusals.push(self.at_discount(&choices, &finding, lines, problem));
    }

    /// Refuses discounts that cannot be compared with the limit without losing digits.
    fn inexact_limit(&mut self) {
        let less = "write percentages with at most two decimals, and part a very large quote into several";
        let told = self.over_limit("all discounts together", "may be", less, |limits| limits.whole.0, |_| true);
        let Some((message, label, help)) = told else { return };
        let message = message + ": they have too many digits to be compared exactly";
        let problem = Diagnostic::error("Q021", message).label(label).help(help);
        self.refusals.push(match &self.request.discount {
            Some(typed) => typed.at(problem),
            None => problem,
        });
    }

    /// The code, what is over the limit, and why it may be where that is not certain; none where numbers are too large.
    fn said_finding(
        &self,
        choices: &Choices,
        finding: &Finding,
        lines: &[Priced<'_>],
    ) -> Option<(&'static str, String, String)> {
        let amount = || "an amount off the whole".to_string();
        Some(match finding {
            Finding::Over(mix, measure, term) => {
                let part = shown_part(measure.part(&choices.slots, mix)?)?;
                let mut of = term.words().to_string();
                let taken = said_mix(&choices.slots, mix, lines, self.currency.code());
                if !taken.is_empty() {
                    of.push_str(&format!(" if the client {taken},"));
                } else if of.is_empty() {
                    of.push(',');
                }
                ("Q009", format!("all discounts together, {part} of the list price{of}"), String::new())
            }
            Finding::Usage => {
                let usage = lines.iter().filter(|priced| priced.line.billing == Billing::Usage);
                let mut skus: Vec<&str> = Vec::new();
                for sku in usage.map(|priced| priced.line.sku.as_str()) {
                    if !skus.contains(&sku) {
                        skus.push(sku);
                    }
                }
                let used = listed(&skus);
                (
                    "Q021",
                    amount(),
                    format!(": the less the client uses of {used}, the larger a part of the price it is"),
                )
            }
            Finding::Unknown | Finding::Within => {
                ("Q021", amount(), ": there are more mixes of options and alternatives than can be checked".into())
            }
        })
    }

    /// Puts a problem at the discount on the whole, or at the first line of the mix that has one of its own.
    fn at_discount(
        &self,
        choices: &Choices,
        finding: &Finding,
        lines: &[Priced<'_>],
        problem: Diagnostic,
    ) -> Diagnostic {
        let in_mix = |line: usize| match finding {
            Finding::Over(mix, ..) => choices
                .slots
                .iter()
                .zip(mix)
                .any(|(slot, at)| slot.choices[*at].line == line && slot.choices[*at].taken != Taken::Nothing),
            _ => true,
        };
        let own = || {
            let typed = lines.iter().enumerate().filter(|(line, _)| in_mix(*line));
            typed.filter_map(|(_, priced)| priced.wanted.discount.as_ref()).next()
        };
        match self.request.discount.as_ref().or_else(own) {
            Some(typed) => typed.at(problem),
            None => problem,
        }
    }

    /// What the client may choose; none where numbers are too large.
    fn choices(&self, lines: &[Priced<'_>]) -> Option<Choices> {
        let limits = self.book.discounts.as_ref();
        let limits = limits.into_iter().flat_map(|limits| [limits.rep.whole.0, limits.manager.whole.0]);
        let typed = lines.iter().filter_map(|priced| priced.wanted.discount.as_ref()).chain(&self.request.discount);
        let parts = typed.filter_map(|typed| match typed.value {
            Discount::Part(part) => Some(part),
            Discount::Amount(_) => None,
        });
        // At least as fine as the percentages that messages propose.
        let digits = parts.chain(limits).map(|part| part.normalize().scale()).fold(3, u32::max);
        let one = 10_i128.checked_pow(digits)?;
        let whole = match self.request.discount.as_ref().map(|typed| typed.value) {
            Some(Discount::Part(part)) => Whole::Part(units(part, one)?),
            Some(Discount::Amount(amount)) if !amount.is_zero() => Whole::Amount(self.minor_units(amount)?),
            Some(Discount::Amount(_)) | None => Whole::Part(0),
        };
        let mut slots: Vec<Slot> = Vec::new();
        let mut groups: BTreeMap<&str, Slot> = BTreeMap::new();
        for (at, priced) in lines.iter().enumerate() {
            let taken = self.taken(at, priced, one)?;
            match &priced.wanted.standing {
                Wanted::Included => slots.push(Slot { choices: taken, quoted: 0 }),
                Wanted::Optional => {
                    let mut choices = taken;
                    if choices.iter().all(|choice| choice.taken != Taken::Nothing) {
                        choices.push(nothing_of(choices[0]));
                    }
                    let quoted = choices.len() - 1;
                    slots.push(Slot { choices, quoted });
                }
                Wanted::Alternative { group, chosen } => {
                    let slot = groups.entry(group).or_insert_with(|| Slot { choices: Vec::new(), quoted: 0 });
                    if *chosen {
                        slot.quoted = slot.choices.len();
                    }
                    slot.choices.extend(taken);
                }
            }
        }
        slots.extend(groups.into_values());
        Some(Choices { slots, one, whole })
    }

    /// The ways to take a line: the quoted quantity first, nothing last.
    fn taken(&self, line: usize, priced: &Priced<'_>, one: i128) -> Option<Vec<Choice>> {
        let billing = priced.line.billing;
        let typed = priced.wanted.discount.as_ref().map(|typed| typed.value);
        let choice = |taken: Taken, list: i128| {
            let off = match typed {
                Some(Discount::Part(part)) => list.checked_mul(units(part, one)?)?,
                Some(Discount::Amount(amount)) => self.minor_units(amount)?.min(list).checked_mul(one)?,
                None => 0,
            };
            Some(Choice { line, taken, billing, list, off })
        };
        let all = choice(Taken::All, self.minor_units(priced.line.list)?)?;
        let mut ways = vec![all];
        if billing == Billing::Usage {
            for (quantity, list) in self.dearer(priced)? {
                ways.push(choice(Taken::Less(quantity), self.minor_units(list)?)?);
            }
            if let Some(Discount::Amount(amount)) = typed.filter(|_| all.off > 0) {
                ways.push(choice(Taken::Free(amount), self.minor_units(amount)?)?);
            }
            ways.push(nothing_of(all));
        }
        Some(ways)
    }

    /// Quantities below the quoted one that cost more, as they do not reach its tier, each with its list price.
    fn dearer(&self, priced: &Priced<'_>) -> Option<Vec<(Decimal, Decimal)>> {
        let item = priced.item;
        let quantity = priced.wanted.quantity.value;
        let step = if item.fractional { Decimal::new(1, MOST_DECIMALS) } else { Decimal::ONE };
        let mut dearer = Vec::new();
        if item.tier_rule.as_ref().is_some_and(|rule| rule.value == TierRule::WholeVolume) {
            for tier in item.tiers.iter().filter(|tier| tier.from.0 <= quantity) {
                let below = tier.from.checked_sub(step)?;
                if let Some(parts) = item.parts(below, self.currency) {
                    let prices = parts.iter().map(|part| times(part.quantity, part.unit_price));
                    let list = self.round(sum(prices.collect::<Option<Vec<_>>>()?)?)?;
                    if list > priced.line.list {
                        dearer.push((below, list));
                    }
                }
            }
        }
        Some(dearer)
    }

    /// A whole number of minor units.
    fn minor_units(&self, amount: Decimal) -> Option<i128> {
        minor(amount, self.digits).map(|amount| amount.mantissa())
    }

    /// What would keep to the limit, as a command: `write at most …`.
    fn way_out(&self, choices: &Choices, most: Decimal, finding: &Finding, lines: &[Priced<'_>]) -> String {
        let months = self.request.term_months;
        let typed = self.request.discount.as_ref().filter(|typed| !is_zero(typed.value));
        let part = choices.most_part(most, months);
        let mut way = match (typed.map(|typed| typed.value), part) {
            (Some(Discount::Part(_)), Some(part)) if !part.is_zero() => {
                format!("write at most `discount: {}` off the whole", percent(part))
            }
            (Some(Discount::Amount(_)), Some(part)) if !part.is_zero() => {
                format!("write a percentage off the whole, at most `discount: {}`", percent(part))
            }
            (Some(_), Some(_)) => "take the discount off the whole out".into(),
            (whole, _) => {
                let over = choices.lines_over(most).unwrap_or_default();
                let skus: Vec<&str> = over.iter().map(|at| lines[*at].line.sku.as_str()).collect();
                if skus.is_empty() {
                    return "write less".into();
                }
                let out = if whole.is_some() { "take the discount off the whole out, and " } else { "" };
                format!("{out}write a percentage of at most {} on {}", percent(most), listed(&skus))
            }
        };
        let other_term = |term: &u32| choices.is_within(most, choices.whole, Some(*term));
        if let Finding::Over(_, _, Term::Shortest | Term::Longest) = finding
            && let Some(term) = USUAL_TERMS.iter().find(|term| other_term(term))
        {
            way.push_str(&format!("; or give the term (`term_months: {term}` keeps to the limit)"));
        }
        way
    }
}

/// How a mix differs from the quote, after "if the client"; nothing where it does not.
fn said_mix(slots: &[Slot], mix: &[usize], lines: &[Priced<'_>], currency: &str) -> String {
    let (mut takes, mut uses): (Vec<String>, Vec<String>) = Default::default();
    for (slot, at) in slots.iter().zip(mix).filter(|(slot, at)| **at != slot.quoted) {
        let (choice, quoted) = (&slot.choices[*at], &slot.choices[slot.quoted]);
        let sku = |choice: &Choice| format!("`{}`", lines[choice.line].line.sku);
        if choice.line != quoted.line {
            takes.push(format!("{} in place of {}", sku(choice), sku(quoted)));
        } else if quoted.taken == Taken::Nothing {
            takes.push(format!("the option {}", sku(choice)));
        }
        let used = match choice.taken {
            Taken::All => continue,
            Taken::Less(quantity) => format!("{} of {}", quantity.normalize(), sku(choice)),
            Taken::Free(amount) => format!("{} for only {amount} {currency}", sku(choice)),
            Taken::Nothing => format!("nothing of {}", sku(choice)),
        };
        if !uses.contains(&used) {
            uses.push(used);
        }
    }
    let said = |verb: &str, what: Vec<String>| (!what.is_empty()).then(|| format!("{verb} {}", named(what)));
    let said: Vec<String> = [said("takes", takes), said("uses", uses)].into_iter().flatten().collect();
    said.join(", and ")
}

fn is_zero(discount: Discount) -> bool {
    match discount {
        Discount::Part(part) | Discount::Amount(part) => part.is_zero(),
    }
}

/// The choice that leaves a line out, or uses nothing of it.
fn nothing_of(choice: Choice) -> Choice {
    Choice { taken: Taken::Nothing, list: 0, off: 0, ..choice }
}

/// A part of one in units of `one`; none where it is finer.
fn units(part: Decimal, one: i128) -> Option<i128> {
    let part = part.normalize();
    let scale = 10_i128.checked_pow(part.scale())?;
    if one % scale != 0 {
        return None;
    }
    part.mantissa().checked_mul(one / scale)
}

/// A fraction as a percentage, rounded up, so that what is over a limit is never said to be the limit itself.
fn shown_part((mut part, mut whole): (i128, i128)) -> Option<String> {
    let scale = 10_i128.pow(SHOWN_DIGITS);
    // Digits that no message shows.
    while part > i128::MAX / scale - 1 {
        part = part / 10 + 1;
        whole /= 10;
    }
    let units = (part * scale).checked_add(whole - 1)?.checked_div(whole)?;
    Some(percent(Decimal::try_from_i128_with_scale(units, SHOWN_DIGITS).ok()?))
}

/// Skus, each as code.
fn listed(skus: &[&str]) -> String {
    named(skus.iter().map(|sku| format!("`{sku}`")).collect())
}

/// `a`, `a and b`, `a, b and c`; of many the first ones and how many more there are.
fn named(mut parts: Vec<String>) -> String {
    if parts.len() > MOST_NAMED {
        let others = parts.len() - MOST_NAMED;
        parts.truncate(MOST_NAMED);
        parts.push(format!("{others} more"));
    }
    match parts.pop() {
        None => String::new(),
        Some(last) if parts.is_empty() => last,
        Some(last) => format!("{} and {last}", parts.join(", ")),
    }
}
