//! In: what each line costs and takes off, as whole numbers. Out: whether the discounts are over a limit in any mix that
//! the client may accept, with such a mix.
//!
//! A mix takes one choice of each slot: a line that counts has one, an option may be left out, of a group of
//! alternatives one line is taken, and what is charged by usage may be used up to the quoted quantity.
//!
//! The excess of a mix is what it takes off, less the limit times its list price, over the term. Percentages add up line
//! by line, so the worst mix takes the worst choice of each slot. An amount off the whole is the part `amount / net` of
//! every accepted sum, and the part grows where the client takes less: the worst mix is then searched for, by branch and
//! bound with a limit on the work.
//!
//! Everything is in whole numbers, so nothing is rounded. What does not fit into 128 bits has no answer.

use rust_decimal::Decimal;

use super::Billing;

/// How many choices one search looks at. Quotes of 40 lines need some thousands; this many take a tenth of a second in an
/// unoptimized build.
const MOST_WORK: u32 = 400_000;

/// What the client takes of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Taken {
    /// The quoted quantity.
    All,
    /// Less than the quoted quantity, which costs more: it does not reach the tier.
    Less(Decimal),
    /// Only so much that the amount off the line pays for it.
    Free(Decimal),
    Nothing,
}

/// One way to take a line.
#[derive(Debug, Clone, Copy)]
pub(super) struct Choice {
    /// Index of the line.
    pub line: usize,
    pub taken: Taken,
    pub billing: Billing,
    /// The list price of one charge, in minor units.
    pub list: i128,
    /// What the line's own discount takes off, before rounding: in minor units times [`Measure::one`].
    pub off: i128,
}

/// A decision of the client's.
#[derive(Debug, Clone)]
pub(super) struct Slot {
    /// At least one.
    pub choices: Vec<Choice>,
    /// The index of what is quoted.
    pub quoted: usize,
}

/// One index into [`Slot::choices`] for each slot.
pub(super) type Mix = Vec<usize>;

/// How often each charge comes, in twelfths.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Weights {
    pub one_time: i128,
    pub monthly: i128,
    pub annual: i128,
}

impl Weights {
    fn of(self, billing: Billing) -> i128 {
        match billing {
            Billing::OneTime => self.one_time,
            Billing::Monthly | Billing::Usage => self.monthly,
            Billing::Annual => self.annual,
        }
    }
}

/// The discount on the whole quote.
#[derive(Debug, Clone, Copy)]
pub(super) enum Whole {
    /// In units of [`Measure::one`].
    Part(i128),
    /// In minor units.
    Amount(i128),
}

/// What mixes are measured by.
#[derive(Debug, Clone, Copy)]
pub(super) struct Measure {
    /// The unit of all parts: a power of ten, so that each percentage is a whole number of it.
    pub one: i128,
    pub weights: Weights,
    /// In units of `one`.
    pub limit: i128,
    pub whole: Whole,
}

/// Whether any mix is over the limit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Verdict {
    Within,
    Over(Mix),
    /// The work ran out before an answer.
    Unknown,
    /// An amount off the whole may fall on charges by usage, and what the client uses is not known.
    Usage,
}

/// What one choice, or several together, add to a mix.
#[derive(Debug, Clone, Copy, Default)]
struct Point {
    /// Weighted; without the part of an amount off the whole.
    excess: i128,
    /// What an amount off the whole is shared over.
    net: i128,
    /// `net`, weighted.
    paid: i128,
    /// The largest weight of any `net`.
    weight: i128,
}

impl Point {
    fn plus(self, other: Self) -> Option<Self> {
        Some(Self {
            excess: self.excess.checked_add(other.excess)?,
            net: self.net.checked_add(other.net)?,
            paid: self.paid.checked_add(other.paid)?,
            weight: self.weight.max(other.weight),
        })
    }
}

impl Measure {
    fn point(&self, choice: &Choice) -> Option<Point> {
        let weight = self.weights.of(choice.billing);
        let own = choice.off.checked_sub(choice.list.checked_mul(self.limit)?)?;
        let net = choice.list.checked_mul(self.one)?.checked_sub(choice.off)?;
        Some(match self.whole {
            Whole::Part(part) => {
                let all = own.checked_mul(self.one)?.checked_add(net.checked_mul(part)?)?;
                Point { excess: all.checked_mul(weight)?, ..Point::default() }
            }
            Whole::Amount(_) => Point {
                excess: own.checked_mul(weight)?,
                net,
                paid: net.checked_mul(weight)?,
                weight: if net == 0 { 0 } else { weight },
            },
        })
    }

    /// The amount off the whole in the unit of [`Point::net`].
    fn amount(&self) -> Option<i128> {
        match self.whole {
            Whole::Part(_) => Some(0),
            Whole::Amount(amount) => amount.checked_mul(self.one),
        }
    }

    /// The sum of a mix.
    fn sum(&self, slots: &[Slot], mix: &[usize]) -> Option<Point> {
        slots.iter().zip(mix).try_fold(Point::default(), |sum, (slot, at)| sum.plus(self.point(&slot.choices[*at])?))
    }

    /// Whether a mix is over the limit.
    pub fn is_over(&self, slots: &[Slot], mix: &[usize]) -> Option<bool> {
        Some(excess(self.sum(slots, mix)?, self.amount()?)? > 0)
    }

    /// All discounts of a mix as a part of its list price, as a fraction.
    pub fn part(&self, slots: &[Slot], mix: &[usize]) -> Option<(i128, i128)> {
        let sum = self.sum(slots, mix)?;
        let lists = slots.iter().zip(mix).map(|(slot, at)| {
            let choice = &slot.choices[*at];
            choice.list.checked_mul(self.weights.of(choice.billing))
        });
        let list = lists.into_iter().try_fold(0_i128, |all, list| all.checked_add(list?))?;
        let amount = self.amount()?;
        // What the excess is multiplied by, beside `one`.
        let times = match self.whole {
            Whole::Part(_) => self.one,
            Whole::Amount(_) => sum.net.max(amount),
        };
        let (list, excess) = (list.checked_mul(times)?, excess(sum, amount)?);
        Some((excess.checked_add(list.checked_mul(self.limit)?)?, list.checked_mul(self.one)?))
    }

    /// Decides whether the client may accept a mix that is over the limit; none where numbers are too large.
    pub fn decide(&self, slots: &[Slot]) -> Option<Verdict> {
        self.decide_with(slots, MOST_WORK)
    }

    fn decide_with(&self, slots: &[Slot], work: u32) -> Option<Verdict> {
        let points: Vec<Vec<Point>> = slots
            .iter()
            .map(|slot| slot.choices.iter().map(|choice| self.point(choice)).collect())
            .collect::<Option<_>>()?;
        let worst: Mix = points.iter().map(|slot| largest(slot, |point| point.excess)).collect();
        let most = sum_of(&points, &worst)?;
        let amount = self.amount()?;
        if excess(most, amount)? > 0 {
            return Some(Verdict::Over(worst));
        }
        if amount == 0 {
            return Some(Verdict::Within);
        }
        let verdict = Search::new(&points, amount, work)?.run()?;
        let has_usage = slots.iter().flat_map(|slot| &slot.choices).any(|choice| choice.billing == Billing::Usage);
        if verdict != Verdict::Within || !has_usage {
            return Some(verdict);
        }
        let cautious = slots.iter().zip(points).map(|(slot, points)| any_use(slot, points)).collect::<Vec<_>>();
        Some(match Search::new(&cautious, amount, work)?.run()? {
            Verdict::Within => Verdict::Within,
            _ => Verdict::Usage,
        })
    }

    /// A mix that is over the limit and as close to the quote as can be found by taking back one choice after another.
    pub fn simplest(&self, slots: &[Slot], mut mix: Mix) -> Option<Mix> {
        let quoted: Mix = slots.iter().map(|slot| slot.quoted).collect();
        if self.is_over(slots, &quoted)? {
            return Some(quoted);
        }
        for at in 0..mix.len() {
            let choice = std::mem::replace(&mut mix[at], quoted[at]);
            if !self.is_over(slots, &mix)? {
                mix[at] = choice;
            }
        }
        Some(mix)
    }
}

/// The points of a slot, where each charge by usage counts as no less than it may be for any use: it takes off most and
/// the amount off the whole is shared over all of it.
///
/// Of an amount that is shared over the quoted charge, a part is off that charge, and the same amount is off it however
/// little is used; of one that is shared over what is used, the part follows the use. Both are covered: no charge comes
/// more often than one by usage, so all that falls on it is counted at its largest.
fn any_use(slot: &Slot, mut points: Vec<Point>) -> Vec<Point> {
    let ways = points.clone();
    for (at, choice) in slot.choices.iter().enumerate().filter(|(_, choice)| choice.billing == Billing::Usage) {
        let same = || slot.choices.iter().zip(&ways).filter(|(other, _)| other.line == choice.line).map(|(_, way)| way);
        for way in same() {
            let point = &mut points[at];
            point.excess = point.excess.max(way.excess);
            point.net = point.net.max(way.net);
            point.paid = point.paid.max(way.paid);
            point.weight = point.weight.max(way.weight);
        }
    }
    points
}

/// The excess of a sum, times its net where an amount is shared over more than itself; only its sign counts.
fn excess(sum: Point, amount: i128) -> Option<i128> {
    if amount == 0 {
        return Some(sum.excess);
    }
    // The client gets no more off than there is.
    let by = sum.net.max(amount);
    by.checked_mul(sum.excess)?.checked_add(amount.checked_mul(sum.paid)?)
}

/// The index of the largest, of equal ones the first.
fn largest(points: &[Point], of: impl Fn(&Point) -> i128) -> usize {
    let mut best = 0;
    for at in 1..points.len() {
        if of(&points[at]) > of(&points[best]) {
            best = at;
        }
    }
    best
}

fn sum_of(points: &[Vec<Point>], mix: &[usize]) -> Option<Point> {
    points.iter().zip(mix).try_fold(Point::default(), |sum, (slot, at)| sum.plus(slot[*at]))
}

/// What can still come of the slots from one on.
#[derive(Debug, Clone, Copy, Default)]
struct Rest {
    /// The least net, and the largest excess without the amount off the whole.
    net: i128,
    excess: i128,
    weight: i128,
}

/// A search for a mix over the limit, with an amount off the whole.
struct Search<'p> {
    points: &'p [Vec<Point>],
    /// Slots that leave a choice, those that change the net most first.
    order: Vec<usize>,
    /// For each position in `order`, and one past the last.
    rest: Vec<Rest>,
    amount: i128,
    mix: Mix,
    work: u32,
}

impl<'p> Search<'p> {
    fn new(points: &'p [Vec<Point>], amount: i128, work: u32) -> Option<Self> {
        let spread = |slot: &[Point]| {
            let nets = || slot.iter().map(|point| point.net);
            nets().max().unwrap_or(0) - nets().min().unwrap_or(0)
        };
        let mut order: Vec<usize> = (0..points.len()).filter(|at| points[*at].len() > 1).collect();
        order.sort_by_key(|at| std::cmp::Reverse(spread(&points[*at])));
        let mut rest = vec![Rest::default(); order.len() + 1];
        for (at, slot) in order.iter().enumerate().rev() {
            let (slot, after) = (&points[*slot], rest[at + 1]);
            let of = |of: fn(&Point) -> i128| slot.iter().map(of);
            rest[at] = Rest {
                net: after.net.checked_add(of(|point| point.net).min()?)?,
                excess: after.excess.checked_add(of(|point| point.excess).max()?)?,
                weight: after.weight.max(of(|point| point.weight).max()?),
            };
        }
        Some(Self { points, order, rest, amount, mix: vec![0; points.len()], work })
    }

    fn run(mut self) -> Option<Verdict> {
        let certain = self.points.iter().filter(|slot| slot.len() == 1);
        let sum = certain.flatten().try_fold(Point::default(), |sum, point| sum.plus(*point))?;
        self.from(0, sum)
    }

    /// Searches all mixes that hold `sum` and a choice of each slot from a position in the order on.
    fn from(&mut self, at: usize, sum: Point) -> Option<Verdict> {
        let rest = self.rest[at];
        // The amount is shared over no less than this, and is no more than `amount / least` of each sum.
        let least = sum.net.checked_add(rest.net)?.max(self.amount);
        // Nor is it more than itself, as often as the most frequent charge comes.
        let off = self.amount.checked_mul(sum.weight.max(rest.weight))?;
        if sum.excess.checked_add(rest.excess)?.checked_add(off)? <= 0 {
            return Some(Verdict::Within);
        }
        let amount = self.amount;
        let mut worths = Vec::with_capacity(self.order.len() - at);
        let mut bound = worth(sum, least, amount)?;
        let (mut likely, mut smallest) = (sum, sum);
        for slot in &self.order[at..] {
            let slot = &self.points[*slot];
            let worth = slot.iter().map(|point| worth(*point, least, amount)).collect::<Option<Vec<i128>>>()?;
            let best = (0..slot.len()).max_by_key(|at| (worth[*at], std::cmp::Reverse(*at)))?;
            bound = bound.checked_add(worth[best])?;
            likely = likely.plus(slot[best])?;
            smallest = smallest.plus(slot[largest(slot, |point| -point.net)])?;
            self.work = self.work.saturating_sub(u32::try_from(slot.len()).ok()?);
            worths.push((best, worth));
        }
        if bound <= 0 {
            return Some(Verdict::Within);
        }
        if excess(likely, amount)? > 0 {
            for (slot, (best, _)) in self.order[at..].iter().zip(&worths) {
                self.mix[*slot] = *best;
            }
            return Some(Verdict::Over(self.mix.clone()));
        }
        if excess(smallest, amount)? > 0 {
            for slot in &self.order[at..] {
                self.mix[*slot] = largest(&self.points[*slot], |point| -point.net);
            }
            return Some(Verdict::Over(self.mix.clone()));
        }
        if at == self.order.len() {
            return Some(Verdict::Within);
        }
        if self.work == 0 {
            return Some(Verdict::Unknown);
        }
        self.branch(at, sum, &worths[0].1)
    }

    fn branch(&mut self, at: usize, sum: Point, worth: &[i128]) -> Option<Verdict> {
        let slot = self.order[at];
        let mut choices: Vec<usize> = (0..worth.len()).collect();
        choices.sort_by_key(|choice| std::cmp::Reverse(worth[*choice]));
        for choice in choices {
            self.mix[slot] = choice;
            let verdict = self.from(at + 1, sum.plus(self.points[slot][choice])?)?;
            if verdict != Verdict::Within {
                return Some(verdict);
            }
        }
        Some(Verdict::Within)
    }
}

/// What a point adds to the excess where the amount is the part `amount / least`, times `least`.
fn worth(point: Point, least: i128, amount: i128) -> Option<i128> {
    least.checked_mul(point.excess)?.checked_add(amount.checked_mul(point.paid)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Groups of a one-time charge, with 9% off, and an annual one.
    fn groups(count: i128) -> Vec<Slot> {
        let group = |at: i128| {
            let list = 234_700 + 3_911 * (at * at % 13);
            let one_time = Choice { line: 0, taken: Taken::All, billing: Billing::OneTime, list, off: list * 90 };
            let list = 36_000 + 12_000 * (at % 3);
            let annual = Choice { billing: Billing::Annual, list, off: 0, ..one_time };
            Slot { choices: vec![one_time, annual], quoted: 0 }
        };
        (0..count).map(group).collect()
    }

    fn measure(amount: i128) -> Measure {
        let weights = Weights { one_time: 12, monthly: 36, annual: 3 };
        Measure { one: 1_000, weights, limit: 200, whole: Whole::Amount(amount) }
    }

    #[test]
    fn what_is_not_searched_to_the_end_is_never_within() {
        let slots = groups(12);
        let mut unknown = 0;
        for amount in (100_000..120_000).step_by(11) {
            let whole = measure(amount).decide(&slots).expect("small numbers");
            assert_ne!(whole, Verdict::Unknown);
            let short = measure(amount).decide_with(&slots, 20).expect("small numbers");
            unknown += u32::from(short == Verdict::Unknown);
            assert!(short == Verdict::Unknown || (short == Verdict::Within) == (whole == Verdict::Within), "{amount}");
        }
        assert!(unknown > 0);
    }

    #[test]
    fn a_mix_that_is_found_is_over_the_limit() {
        let slots = groups(12);
        for amount in (100_000..120_000).step_by(11) {
            let measure = measure(amount);
            let Some(Verdict::Over(mix)) = measure.decide(&slots) else { continue };
            assert_eq!(measure.is_over(&slots, &mix), Some(true));
            let simple = measure.simplest(&slots, mix).expect("small numbers");
            assert_eq!(measure.is_over(&slots, &simple), Some(true));
            let (part, whole) = measure.part(&slots, &simple).expect("small numbers");
            assert!(part * measure.one > whole * measure.limit, "{part} of {whole}");
        }
    }

    #[test]
    fn numbers_that_do_not_fit_have_no_verdict() {
        let mut slots = groups(2);
        slots[0].choices[0].list = i128::MAX / 2;
        assert_eq!(measure(10).decide(&slots), None);
    }
}
