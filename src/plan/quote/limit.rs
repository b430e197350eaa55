//! In: priced lines and the discount on the whole. Out: a refusal where all discounts together are over the limit in any
//! quote that the client may accept.
//!
//! Discounts are compared as they were typed, before any rounding: what rounding adds is nobody's discount. The client
//! may take each optional line, each alternative, and need not use what is charged by usage; so the worst of these
//! counts, and no line that he may leave out thins the rest.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::lines::Priced;
use super::price::Desk;
use super::working::percent;
use super::{Billing, Standing};
use crate::diagnostic::Diagnostic;
use crate::intake::request::Discount;

/// Digits that a comparison keeps: far finer than any minor unit, and free of what a division leaves.
const FINE: u32 = 6;

/// One line in twelfths of a charge over the term, before rounding.
struct Share<'p> {
    standing: &'p Standing,
    usage: bool,
    /// Of one charge: what an amount on the whole is shared by.
    net: Decimal,
    list: Decimal,
    saved: Decimal,
}

/// What discounts and list prices come to in one quote that the client may accept.
#[derive(Clone, Copy)]
struct Sum {
    list: Decimal,
    saved: Decimal,
}

impl Sum {
    /// How far the discounts are over a limit; none beyond what a decimal holds.
    fn over(self, limit: Decimal) -> Option<Decimal> {
        Some(self.saved.checked_sub(self.list.checked_mul(limit)?)?.round_dp(FINE))
    }
}

impl Desk<'_> {
    /// Refuses discounts that are together over the limit.
    pub(super) fn whole_limit(&mut self, lines: &[Priced<'_>]) {
        let Some(shares) = lines.iter().map(|priced| self.share_of(priced)).collect::<Option<Vec<_>>>() else {
            self.too_large_sum();
            return;
        };
        let most = self.whole_most();
        let worst = |limit: Decimal| self.worst(&shares, limit);
        let over = |limit: Decimal| {
            worst(limit).is_none_or(|(sum, _)| sum.over(limit).is_none_or(|over| over > Decimal::ZERO))
        };
        let Some((sum, quoted)) = worst(most) else {
            self.too_large_sum();
            return;
        };
        let part = sum.saved.checked_div(sum.list).unwrap_or_default();
        let part = percent(part.round_dp(6));
        let what = if quoted {
            format!("all discounts together, {part} of the list price,")
        } else {
            format!("all discounts together, {part} of the list price of what the client may choose,")
        };
        let Some((message, label, help)) = self.over_limit(&what, "are", |limits| limits.whole.0, over) else {
            return;
        };
        let problem = Diagnostic::error("Q009", message).label(label).help(help);
        let of_line = |counts: bool| {
            let some = self.request.lines.iter().filter(move |line| line.counts() == counts);
            some.filter_map(|line| line.discount.as_ref()).next()
        };
        let typed = self.request.discount.as_ref().or_else(|| of_line(quoted)).or_else(|| of_line(!quoted));
        self.refusals.push(match typed {
            Some(typed) => typed.at(problem),
            None => problem,
        });
    }

    fn share_of<'p>(&self, priced: &'p Priced<'_>) -> Option<Share<'p>> {
        let line = &priced.line;
        // In twelfths of a charge, so that a part of a year stays exact.
        let weight = match (line.billing, self.request.term_months.map(Decimal::from)) {
            (Billing::Monthly | Billing::Usage, Some(months)) => months.checked_mul(Decimal::from(12))?,
            (Billing::Annual, Some(months)) => months,
            _ => Decimal::from(12),
        };
        let typed = match priced.wanted.discount.as_ref().map(|typed| typed.value) {
            Some(Discount::Part(part)) => line.list.checked_mul(part)?,
            Some(Discount::Amount(_)) => line.discount,
            None => Decimal::ZERO,
        };
        Some(Share {
            standing: &line.standing,
            usage: line.billing == Billing::Usage,
            net: line.net,
            list: line.list.checked_mul(weight)?,
            saved: typed.checked_mul(weight)?,
        })
    }

    /// The quote furthest over a limit, of all that the client may accept, and whether it is the one as it stands.
    fn worst(&self, shares: &[Share<'_>], limit: Decimal) -> Option<(Sum, bool)> {
        let part = match self.request.discount.as_ref().map(|typed| typed.value) {
            Some(Discount::Part(part)) => part,
            _ => Decimal::ZERO,
        };
        let picks = picks(shares, part, limit)?;
        let mut worst: Option<(Sum, bool, Decimal)> = None;
        for (at, pick) in picks.iter().enumerate() {
            let part = match self.request.discount.as_ref().map(|typed| typed.value) {
                // An amount is shared as the sums stand, so that it is one part of each of them.
                Some(Discount::Amount(amount)) => {
                    let net = pick.iter().try_fold(Decimal::ZERO, |sum, share| sum.checked_add(share.net))?;
                    amount.checked_div(net).unwrap_or_default().min(Decimal::ONE)
                }
                _ => part,
            };
            for used in [true, false] {
                let of = pick.iter().copied().filter(|share| used || !share.usage);
                let sum = sum(of, part)?;
                let over = sum.over(limit)?;
                if worst.is_none_or(|(_, _, most)| over > most) {
                    worst = Some((sum, at == 0 && used, over));
                }
            }
        }
        worst.map(|(sum, quoted, _)| (sum, quoted))
    }
}

/// Quotes that the client may accept: first the one as it stands; then those with one other alternative; last the one
/// that takes of each group and of all options what carries most discount. Each also with the options that do.
fn picks<'s, 'p>(shares: &'s [Share<'p>], part: Decimal, limit: Decimal) -> Option<Vec<Vec<&'s Share<'p>>>> {
    let over = |share: &Share<'p>| sum([share].into_iter(), part)?.over(limit);
    let mut fixed = Vec::new();
    let mut options = Vec::new();
    let mut groups: BTreeMap<&str, Vec<(&Share<'_>, bool)>> = BTreeMap::new();
    for share in shares {
        match share.standing {
            Standing::Included => fixed.push(share),
            Standing::Optional => {
                if over(share)? > Decimal::ZERO {
                    options.push(share);
                }
            }
            Standing::Alternative { group, chosen } => groups.entry(group).or_default().push((share, *chosen)),
        }
    }
    let chosen: Vec<(&str, &Share<'_>)> = groups
        .iter()
        .filter_map(|(group, of)| of.iter().find(|(_, chosen)| *chosen).map(|(share, _)| (*group, *share)))
        .collect();
    let with = |taken: &[(&str, &'s Share<'p>)]| {
        fixed.iter().copied().chain(taken.iter().map(|(_, share)| *share)).collect::<Vec<_>>()
    };
    let mut picks = vec![with(&chosen)];
    let mut most = Vec::new();
    for (group, of) in &groups {
        let mut best: Option<(&Share<'_>, Decimal)> = None;
        for (share, is_chosen) in of {
            let excess = over(share)?;
            if best.is_none_or(|(_, most)| excess > most) {
                best = Some((*share, excess));
            }
            if !is_chosen {
                let others = chosen.iter().copied().filter(|(other, _)| other != group);
                picks.push(with(&others.chain([(*group, *share)]).collect::<Vec<_>>()));
            }
        }
        most.extend(best.map(|(share, _)| (*group, share)));
    }
    picks.push(with(&most));
    if !options.is_empty() {
        let all: Vec<_> = picks.iter().map(|pick| pick.iter().chain(&options).copied().collect()).collect();
        picks.extend(all);
    }
    Some(picks)
}

/// Adds lines up, with a discount on the whole as a part of what is left of each.
fn sum<'s, 'p: 's>(shares: impl Iterator<Item = &'s Share<'p>>, part: Decimal) -> Option<Sum> {
    let mut all = Sum { list: Decimal::ZERO, saved: Decimal::ZERO };
    for share in shares {
        let whole = share.list.checked_sub(share.saved)?.checked_mul(part)?;
        all.list = all.list.checked_add(share.list)?;
        all.saved = all.saved.checked_add(share.saved)?.checked_add(whole)?;
    }
    Some(all)
}
