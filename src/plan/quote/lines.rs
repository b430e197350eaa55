//! In: the lines of a request and the price book. Out: the lines priced, with a problem for each that cannot be.

use rust_decimal::Decimal;

use super::exact::{minor, settle, sum, times};
use super::price::Desk;
use super::working::{Account, percent, rounded};
use super::{Line, Price, Standing};
use crate::diagnostic::{Diagnostic, MOST_OF_ONE_FILE, suggest};
use crate::intake::request::{Discount, Placed, RequestLine, Wanted};
use crate::library::pricebook::{Item, TierRule};

/// A line and what it was priced from.
pub(super) struct Priced<'a> {
    pub wanted: &'a RequestLine,
    pub item: &'a Item,
    pub line: Line,
    pub account: Account,
}

/// How many skus a message lists.
const MOST_LISTED: usize = 12;

impl<'a> Desk<'a> {
    /// Prices a line; none where there are faults.
    pub(super) fn line(&mut self, index: usize, wanted: &'a RequestLine) -> Option<Priced<'a>> {
        let item = self.item(wanted)?;
        self.in_force(wanted, item);
        let words = self.words(wanted, item);
        let admitted = self.admits(wanted, item);
        let (name, description, unit, units) = words?;
        if !admitted {
            return None;
        }
        let mut account = Account::new(format!("line {}: {}, {name}", index + 1, item.sku.value));
        let Some((prices, list)) = self.list(wanted, item, &mut account) else {
            self.too_large(&wanted.quantity);
            return None;
        };
        let discount = match &wanted.discount {
            Some(typed) => self.discount(typed, list, &format!("`{}`", item.sku.value), &mut account)?,
            None => Decimal::new(0, self.digits),
        };
        self.line_limit(wanted, list, discount);
        let net = minor(list - discount, self.digits)?;
        account.step("net", format!("{list} − {discount}"), net);
        let line = Line {
            sku: item.sku.value.clone(),
            name,
            description,
            billing: item.billing,
            quantity: wanted.quantity.value,
            unit,
            units,
            standing: (&wanted.standing).into(),
            prices,
            list,
            discount,
            net,
            note: wanted.note.clone(),
        };
        if !line.counts() {
            let why = match line.standing {
                Standing::Optional => "the client may add it: in no sum",
                _ => "another of its group is chosen: in no sum",
            };
            account.step("counted", why, Decimal::new(0, self.digits));
        }
        Some(Priced { wanted, item, line, account })
    }

    fn item(&mut self, wanted: &RequestLine) -> Option<&'a Item> {
        let book = self.book;
        let sku = &wanted.sku.value;
        if let Some(item) = book.item(sku) {
            return Some(item);
        }
        let skus = || book.items.iter().map(|item| item.sku.value.as_str());
        let problem = Diagnostic::error("Q002", format!("the price book has no item `{sku}`"));
        // Past the problems that are shown, one only counts.
        let shown = self.faults.0.len() < MOST_OF_ONE_FILE;
        let problem = match shown.then(|| suggest(sku, skus())).flatten() {
            Some(meant) => problem.label(format!("did you mean `{meant}`?")),
            None => problem.label("not in the price book"),
        };
        let listed: Vec<&str> = skus().take(MOST_LISTED).collect();
        let more = if book.items.len() > MOST_LISTED { " and others" } else { "" };
        let help = format!("price book {} has `{}`{more}", book.version.value, listed.join("`, `"));
        self.faults.push(wanted.sku.at(problem.help(help)));
        None
    }

    /// Refuses an item that may not be sold on the document's date and today.
    fn in_force(&mut self, wanted: &RequestLine, item: &Item) {
        let Some(available) = item.available.as_ref().map(|available| available.value) else { return };
        let days = self.terms.days;
        let early = || {
            let from = available.from?;
            Some((days.day_before(from)?, format!("is not sold before {from}")))
        };
        let late = || {
            let until = available.until?;
            Some((days.day_after(until)?, format!("was sold until {until}")))
        };
        let Some((day, when)) = early().or_else(late) else { return };
        let problem = Diagnostic::error("Q004", format!("`{}` {when}, and {}", item.sku.value, days.describe(day)));
        let help = "quote another item, or show it meanwhile with `--draft`; marketing can extend `available:` in \
                    templates/pricebook.yaml";
        self.refusals.push(wanted.sku.at(problem.label("not in force").help(help)));
    }

    /// Name, description, and what one and so many are called, in the document's language.
    fn words(&mut self, wanted: &RequestLine, item: &Item) -> Option<(String, Option<String>, String, String)> {
        let language = self.terms.language;
        let plural = |count| self.terms.locale.plural_category(count);
        let name = item.name.of(language);
        let description = item.description.as_ref().map(|words| words.of(language));
        let one = item.unit.of(language, plural(Decimal::ONE));
        let many = item.unit.of(language, plural(wanted.quantity.value));
        let missing = [("name", name.is_none()), ("description", description == Some(None)), ("unit", one.is_none())];
        for (key, _) in missing.into_iter().filter(|(_, missing)| *missing) {
            self.no_words(&format!("the `{key}` of `{}`", item.sku.value), Some(&wanted.sku));
        }
        Some((name?.into(), description.flatten().map(String::from), one?.into(), many?.into()))
    }

    /// Whether the quantity keeps to the item's unit and bounds.
    fn admits(&mut self, wanted: &RequestLine, item: &Item) -> bool {
        let quantity = wanted.quantity.value;
        if item.admits(quantity) {
            return true;
        }
        let sku = &item.sku.value;
        let (message, label) = if !item.fractional && !quantity.fract().is_zero() {
            (format!("`{sku}` is not sold in parts: `{quantity}`"), "write a whole number".into())
        } else if let Some(least) = item.least().filter(|least| quantity < *least) {
            (format!("`{sku}` is sold from {} on: `{quantity}` is less", least.normalize()), at("least", least))
        } else {
            let most = item.most().unwrap_or(quantity);
            (format!("`{sku}` is sold up to {}: `{quantity}` is more", most.normalize()), at("most", most))
        };
        let problem = Diagnostic::error("Q006", message).label(label);
        let help = "only marketing can change the bounds, in templates/pricebook.yaml";
        self.faults.push(wanted.quantity.at(problem.help(help)));
        false
    }

    /// The list price of a line and its parts; none where it would not be exact.
    fn list(&self, wanted: &RequestLine, item: &Item, account: &mut Account) -> Option<(Vec<Price>, Decimal)> {
        let parts = item.parts(wanted.quantity.value, self.currency)?;
        let exact: Vec<Decimal> =
            parts.iter().map(|part| times(part.quantity, part.unit_price)).collect::<Option<_>>()?;
        let whole = sum(exact.iter().copied())?;
        let list = self.round(whole)?;
        let amounts = settle(list, &exact, self.digits)?;
        let prices: Vec<Price> = parts
            .into_iter()
            .zip(amounts)
            .map(|(part, amount)| {
                let mut unit_price = part.unit_price;
                // Printed with the minor unit at least: 189 as 189.00.
                if unit_price.scale() < self.digits {
                    unit_price.rescale(self.digits);
                }
                Price { quantity: part.quantity.normalize(), unit_price, amount }
            })
            .collect();
        let said: Vec<String> =
            prices.iter().map(|price| format!("{} × {}", price.quantity, price.unit_price)).collect();
        let rule = match item.tier_rule.as_ref().map(|rule| rule.value) {
            Some(TierRule::WholeVolume) => " (the tier that it reaches)",
            Some(TierRule::Graduated) if prices.len() == 1 => " (all in the first tier)",
            Some(TierRule::Graduated) => " (each part at its tier's price)",
            None => "",
        };
        let how = format!("{}{rule}{}", said.join(" + "), rounded(whole, list, self.book.rounding));
        account.step("list", how, list);
        Some((prices, list))
    }

    /// What is taken off an amount; none where there are faults. `of` says of what, for messages.
    pub(super) fn discount(
        &mut self,
        typed: &Placed<Discount>,
        from: Decimal,
        of: &str,
        account: &mut Account,
    ) -> Option<Decimal> {
        match typed.value {
            Discount::Part(part) => {
                let exact = times(from, part);
                let Some((exact, amount)) = exact.and_then(|exact| Some((exact, self.round(exact)?))) else {
                    self.too_large(typed);
                    return None;
                };
                let how = format!("{} of {from}{}", percent(part), rounded(exact, amount, self.book.rounding));
                account.step("discount", how, amount);
                Some(amount)
            }
            Discount::Amount(amount) => {
                let money = self.money(from);
                let Some(amount) = minor(amount, self.digits) else {
                    let message = format!("`{amount}` is no amount of {}", self.currency.code());
                    let label = match self.digits {
                        0 => "write a whole number".into(),
                        digits => format!("at most {digits} decimals"),
                    };
                    self.faults.push(typed.at(Diagnostic::error("Q007", message).label(label)));
                    return None;
                };
                if amount > from {
                    let message = format!("a discount of {} is more than {of} costs, {money}", self.money(amount));
                    let problem = Diagnostic::error("Q007", message).label("more than there is to take off");
                    self.faults.push(typed.at(problem.help(format!("write at most `{from}`"))));
                    return None;
                }
                account.step("discount", format!("{amount} off, as typed"), amount);
                Some(amount)
            }
        }
    }
}

fn at(end: &str, bound: Decimal) -> String {
    format!("at {end} {}", bound.normalize())
}

impl From<&Wanted> for Standing {
    fn from(wanted: &Wanted) -> Self {
        match wanted {
            Wanted::Included => Self::Included,
            Wanted::Optional => Self::Optional,
            Wanted::Alternative { group, chosen } => Self::Alternative { group: group.clone(), chosen: *chosen },
        }
    }
}
