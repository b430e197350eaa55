//! In: a [`Quote`]. Out: [`Pinned`]: what was quoted, short enough to travel in a finished file, and what has changed
//! since.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::{Billing, Line, Quote};
use crate::diagnostic::{Diagnostic, Problems};

/// A quote's lines and totals as a finished file keeps them. Amounts are text, so that none becomes a float on the way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pinned {
    /// ISO 4217.
    pub currency: String,
    pub lines: Vec<PinnedLine>,
    /// Billing, net, and total with taxes.
    pub periods: Vec<(String, String, String)>,
    /// Net, and with all taxes.
    pub contract: Option<(String, String)>,
}

/// Sku, quantity, billing, list, net, and whether it counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PinnedLine(pub String, pub String, pub String, pub String, pub String, pub bool);

impl Pinned {
    /// Keeps what matters of a quote.
    pub fn of(quote: &Quote) -> Self {
        let line = |line: &Line| {
            PinnedLine(
                line.sku.clone(),
                line.quantity.normalize().to_string(),
                line.billing.word().into(),
                line.list.to_string(),
                line.net.to_string(),
                line.counts(),
            )
        };
        let periods = quote.periods.iter();
        Self {
            currency: quote.currency.code().into(),
            lines: quote.lines.iter().map(line).collect(),
            periods: periods
                .map(|period| (period.billing.word().into(), period.net.to_string(), period.total.to_string()))
                .collect(),
            contract: quote.contract_value.map(|value| (value.net.to_string(), value.total.to_string())),
        }
    }

    /// One line of text.
    pub fn to_text(&self) -> String {
        // Text, lists and yes or no always have a form in JSON.
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Reads what [`to_text`](Self::to_text) wrote; none where it was not written so.
    pub fn read(text: &str) -> Option<Self> {
        let pinned: Self = serde_json::from_str(text).ok()?;
        let amounts = pinned.lines.iter().flat_map(|PinnedLine(_, quantity, _, list, net, _)| [quantity, list, net]);
        let amounts = amounts.chain(pinned.periods.iter().flat_map(|(_, net, total)| [net, total]));
        let amounts = amounts.chain(pinned.contract.iter().flat_map(|(net, total)| [net, total]));
        let sound = amounts.into_iter().all(|amount| amount.parse::<Decimal>().is_ok());
        sound.then_some(pinned)
    }

    /// What people read, a line each.
    pub fn said(&self) -> Vec<String> {
        let currency = &self.currency;
        let line = |PinnedLine(sku, quantity, billing, list, net, counts): &PinnedLine| {
            let counted = if *counts { "" } else { ", in no sum" };
            format!("{quantity} × {sku}, {billing}: list {list}, net {net} {currency}{counted}")
        };
        let period = |(billing, net, total): &(String, String, String)| {
            format!("{billing}: net {net}, total {total} {currency}")
        };
        let contract =
            self.contract.iter().map(|(net, total)| format!("contract: net {net}, total {total} {currency}"));
        self.lines.iter().map(line).chain(self.periods.iter().map(period)).chain(contract).collect()
    }

    /// Says what is different now, a warning each; `book` is the version of the price book then and now, `file` where
    /// the older quote stands.
    pub fn changes(&self, now: &Quote, file: &str, book: (&str, &str)) -> Problems {
        let now = Self::of(now);
        let mut changes = Vec::new();
        if self.currency != now.currency {
            changes.push(format!("the currency: {} → {}", self.currency, now.currency));
        } else {
            self.lines_since(&now, &mut changes);
            self.totals_since(&now, &mut changes);
        }
        if changes.is_empty() && book.0 == book.1 {
            return Problems::default();
        }
        let books = if book.0 == book.1 {
            format!("price book {} as before", book.0)
        } else {
            format!("price book {} → {}", book.0, book.1)
        };
        let head = if changes.is_empty() {
            format!("no figure of the quote differs from `{file}` ({books})")
        } else {
            format!("the quote is not the one in `{file}` ({books})")
        };
        let head = Diagnostic::warning("Q019", head);
        let head = match changes.is_empty() {
            true => head,
            false => head.help("tell the client what has changed, or keep to the document that was sent"),
        };
        let each = changes.into_iter().map(|change| Diagnostic::warning("Q019", change));
        Problems(std::iter::once(head).chain(each).collect())
    }

    fn lines_since(&self, now: &Self, changes: &mut Vec<String>) {
        let mut left: Vec<&PinnedLine> = now.lines.iter().collect();
        let currency = &now.currency;
        for old in &self.lines {
            // A sku that stands there several times is compared one by one, in order.
            let Some(at) = left.iter().position(|new| new.0 == old.0) else {
                changes.push(format!("`{}` is no longer in it ({} {currency})", old.0, old.4));
                continue;
            };
            let new = left.remove(at);
            let mut parts = Vec::new();
            for (what, old, new) in [("quantity", &old.1, &new.1), ("list", &old.3, &new.3), ("net", &old.4, &new.4)] {
                parts.extend(differs(old, new).then(|| format!("{what} {old} → {new}")));
            }
            parts.extend((old.2 != new.2).then(|| format!("billing {} → {}", old.2, new.2)));
            parts.extend((old.5 != new.5).then(|| format!("it counts {}", if new.5 { "now" } else { "no more" })));
            if !parts.is_empty() {
                changes.push(format!("`{}`: {} {currency}", old.0, parts.join(", ")));
            }
        }
        changes.extend(left.iter().map(|new| format!("`{}` is new in it ({} {currency})", new.0, new.4)));
    }

    fn totals_since(&self, now: &Self, changes: &mut Vec<String>) {
        let mut total = |what: &str, old: Option<(&str, &str)>, new: Option<(&str, &str)>| {
            let said =
                |value: Option<(&str, &str)>, at: fn((&str, &str)) -> String| value.map_or("none".to_string(), at);
            let mut parts = Vec::new();
            for (name, at) in [
                ("net", (|value: (&str, &str)| value.0.to_string()) as fn((&str, &str)) -> String),
                ("total", |value| value.1.to_string()),
            ] {
                let (old, new) = (said(old, at), said(new, at));
                parts.extend(differs(&old, &new).then(|| format!("{name} {old} → {new}")));
            }
            if !parts.is_empty() {
                changes.push(format!("{what}: {} {}", parts.join(", "), now.currency));
            }
        };
        for billing in Billing::ALL.map(Billing::word) {
            let of = |pinned: &Self| pinned.periods.iter().position(|(known, ..)| known == billing);
            let (old, new) = (of(self).map(|at| &self.periods[at]), of(now).map(|at| &now.periods[at]));
            let pair = |period: &&(String, String, String)| (period.1.clone(), period.2.clone());
            let (old, new) = (old.as_ref().map(pair), new.as_ref().map(pair));
            total(&billing.replace('_', "-"), old.as_ref().map(borrowed), new.as_ref().map(borrowed));
        }
        total("the contract", self.contract.as_ref().map(borrowed), now.contract.as_ref().map(borrowed));
    }
}

fn borrowed(pair: &(String, String)) -> (&str, &str) {
    (&pair.0, &pair.1)
}

/// Whether two amounts are different as numbers, or as words where they are none.
fn differs(old: &str, new: &str) -> bool {
    match (old.parse::<Decimal>(), new.parse::<Decimal>()) {
        (Ok(old), Ok(new)) => old != new,
        _ => old != new,
    }
}

#[cfg(test)]
mod tests {
    use iso_currency::Currency;

    use super::super::{ContractValue, trial};
    use super::*;

    fn quote() -> Quote {
        let mut quote = trial::quote(Currency::CAD);
        quote.lines[0].sku = "A \"quoted\" <sku>".into();
        quote
    }

    fn said(old: &Quote, now: &Quote, books: (&str, &str)) -> Vec<String> {
        let changes = Pinned::of(old).changes(now, "sent.pdf", books);
        changes.0.into_iter().map(|change| change.message).collect()
    }

    #[test]
    fn what_was_pinned_comes_back() {
        let pinned = Pinned::of(&quote());
        assert_eq!(Pinned::read(&pinned.to_text()), Some(pinned.clone()));
        assert!(!pinned.to_text().contains('\n'));
        for damaged in ["", "{}", "null", &pinned.to_text().replace("\"1\"", "\"one\""), &pinned.to_text()[1..]] {
            assert_eq!(Pinned::read(damaged), None, "{damaged}");
        }
    }

    #[test]
    fn the_same_quote_has_not_changed() {
        assert!(said(&quote(), &quote(), ("1", "1")).is_empty());
        assert_eq!(
            said(&quote(), &quote(), ("1", "2")),
            ["no figure of the quote differs from `sent.pdf` (price book 1 → 2)"]
        );
        let mut finer = quote();
        finer.lines[0].net = Decimal::new(100, 2);
        assert!(said(&quote(), &finer, ("1", "1")).is_empty(), "1 and 1.00 are one amount");
    }

    #[test]
    fn every_change_is_said() {
        let mut now = quote();
        let mut other = now.lines[1].clone();
        other.sku = "B".into();
        now.lines[0].quantity = Decimal::TWO;
        now.lines[0].net = Decimal::TWO;
        now.lines[1] = other;
        now.periods[0].net = Decimal::TWO;
        now.contract_value = Some(ContractValue { net: Decimal::TWO, total: Decimal::ONE });
        assert_eq!(
            said(&quote(), &now, ("1", "1")),
            [
                "the quote is not the one in `sent.pdf` (price book 1 as before)",
                "`A \"quoted\" <sku>`: quantity 1 → 2, net 1 → 2 CAD",
                "`EXAMPLE` is no longer in it (1 CAD)",
                "`B` is new in it (1 CAD)",
                "monthly: net 1 → 2 CAD",
                "the contract: net 1 → 2 CAD",
            ]
        );
        now.currency = Currency::USD;
        assert_eq!(said(&quote(), &now, ("1", "2"))[1..], ["the currency: CAD → USD"]);
        now = quote();
        now.contract_value = None;
        now.periods.clear();
        assert_eq!(
            said(&quote(), &now, ("1", "1"))[1..],
            ["monthly: net 1 → none, total 1 → none CAD", "the contract: net 1 → none, total 1 → none CAD"]
        );
    }
}
