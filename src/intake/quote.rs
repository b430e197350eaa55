//! In: the `quote:` of a client file as typed. Out: a [`QuoteRequest`], with a problem for every fault of its shape.

use rust_decimal::Decimal;

use super::forms;
use super::raw::{Amount, RawLine, RawQuote};
use super::request::{Discount, MOST_DECIMALS, MOST_LINES, MOST_QUANTITY, Placed, QuoteRequest, RequestLine, Wanted};
use super::standard::Desk;
use crate::diagnostic::Diagnostic;
use crate::source::{self, Spanned};

/// A line, and where its group was typed.
struct ReadLine {
    line: RequestLine,
    group: Option<Spanned<String>>,
}

impl Desk<'_> {
    pub(super) fn quote(&mut self, mut raw: RawQuote) -> QuoteRequest {
        if let Some(currency) = raw.currency.as_ref().filter(|currency| !forms::is_currency(currency)) {
            let upper = currency.to_uppercase();
            let label = if forms::is_currency(&upper) {
                format!("write `{upper}`")
            } else {
                "write a code such as `CAD`".into()
            };
            let fault = Diagnostic::error("C011", format!("`{}` is not a currency of ISO 4217", currency.value));
            self.fault(currency, fault.label(label));
        }
        if raw.lines.value.is_empty() && self.whole {
            let fault = Diagnostic::error("C021", "the quote has no lines").label("nothing to quote");
            self.fault(&raw.lines, fault.help("write `lines: [{sku: …, quantity: …}]`, or take `quote` out"));
        }
        if raw.lines.value.len() > MOST_LINES {
            let message = format!("the quote has {} lines, {MOST_LINES} are the most", raw.lines.value.len());
            self.fault(&raw.lines, Diagnostic::error("C021", message).label("too many").help("part it into several"));
            raw.lines.value.truncate(MOST_LINES);
        }
        let discount = raw.discount.and_then(|typed| self.discount(&typed));
        let lines: Vec<ReadLine> = raw.lines.value.into_iter().filter_map(|line| self.line(line)).collect();
        self.groups(&lines);
        QuoteRequest {
            currency: raw.currency.map(|currency| self.placed(currency)),
            valid_until: raw.valid_until.map(|day| self.placed(day)),
            start: raw.start,
            term_months: raw.term_months,
            note: raw.note,
            discount,
            lines: lines.into_iter().map(|read| read.line).collect(),
        }
    }

    fn placed<T>(&self, typed: Spanned<T>) -> Placed<T> {
        Placed { place: self.sheet.place(&typed.span), value: typed.value }
    }

    fn line(&mut self, raw: RawLine) -> Option<ReadLine> {
        let quantity = self.quantity(&raw.quantity);
        let discount = raw.discount.and_then(|typed| self.discount(&typed));
        let optional = raw.optional.and_then(|typed| self.yes_no("optional", &typed)).unwrap_or(false);
        let chosen = raw.chosen.as_ref().and_then(|typed| self.yes_no("chosen", typed));
        let standing = match &raw.alternative {
            Some(group) => {
                if optional {
                    let fault = Diagnostic::error("C027", "a line is either optional or an alternative, not both");
                    self.fault(group, fault.label("an alternative here").help("take `optional` or `alternative` out"));
                }
                Wanted::Alternative { group: group.value.clone(), chosen: chosen.unwrap_or(false) }
            }
            None => {
                if let Some(typed) = &raw.chosen {
                    let fault = Diagnostic::error("C027", "only one of several alternatives can be chosen");
                    let fault = fault.label("nothing to choose from");
                    self.fault(typed, fault.help("name the group too, `alternative: …`, or take `chosen` out"));
                }
                if optional { Wanted::Optional } else { Wanted::Included }
            }
        };
        let sku = self.placed(raw.sku);
        let quantity = Placed { place: self.sheet.place(&raw.quantity.span), value: quantity? };
        let line = RequestLine { sku, quantity, discount, standing, note: raw.note };
        Some(ReadLine { line, group: raw.alternative })
    }

    fn quantity(&mut self, raw: &Spanned<Amount>) -> Option<Decimal> {
        let typed = &raw.value.0;
        let (label, help) = match source::decimal(typed) {
            Some(quantity) if quantity.is_sign_negative() || quantity.is_zero() => ("write a number above 0", None),
            Some(quantity) if quantity > MOST_QUANTITY => ("more than 1000000000", Some("write the number meant")),
            Some(quantity) if quantity.normalize().scale() > MOST_DECIMALS => {
                ("more than 6 decimals", Some("round it as it shall be printed"))
            }
            Some(quantity) => return Some(quantity.normalize()),
            None => ("write a number above 0", None),
        };
        let fault = Diagnostic::error("C021", format!("a quantity of `{typed}` cannot be quoted")).label(label);
        let fault = match help {
            Some(help) => fault.help(help),
            None => fault,
        };
        self.fault(raw, fault);
        None
    }

    /// Reads `5%` or an amount.
    fn discount(&mut self, raw: &Spanned<Amount>) -> Option<Placed<Discount>> {
        let typed = raw.value.0.trim();
        let read = match typed.ends_with('%') {
            true => {
                source::percent(typed).filter(|part| (Decimal::ZERO..=Decimal::ONE).contains(part)).map(Discount::Part)
            }
            false => source::decimal(typed).filter(|amount| !amount.is_sign_negative()).map(Discount::Amount),
        };
        let Some(value) = read else {
            let fault = Diagnostic::error("C021", format!("`{typed}` is not a discount"));
            let amount = typed.starts_with(|c: char| c.is_ascii_digit()) && !typed.contains('%');
            self.fault(
                raw,
                fault.label(match amount {
                    true => source::decimal_advice(typed),
                    false => "write `0%` to `100%`, or an amount such as `120.00`".into(),
                }),
            );
            return None;
        };
        Some(Placed { value, place: self.sheet.place(&raw.span) })
    }

    fn yes_no(&mut self, key: &str, typed: &Spanned<String>) -> Option<bool> {
        match typed.to_ascii_lowercase().as_str() {
            "yes" | "true" => Some(true),
            "no" | "false" => Some(false),
            _ => {
                let fault = Diagnostic::error("C027", format!("`{}` is not yes or no for `{key}`", typed.value));
                self.fault(typed, fault.label("write `yes` or `no`"));
                None
            }
        }
    }

    /// Each group of alternatives has several lines and exactly one that is chosen.
    fn groups(&mut self, lines: &[ReadLine]) {
        let mut seen: Vec<&str> = Vec::new();
        for group in lines.iter().filter_map(|read| read.group.as_ref()) {
            if seen.contains(&group.value.as_str()) {
                continue;
            }
            seen.push(&group.value);
            let members = lines.iter().filter(|read| read.group.as_ref().is_some_and(|g| g.value == group.value));
            let mut chosen =
                members.clone().filter(|read| matches!(read.line.standing, Wanted::Alternative { chosen: true, .. }));
            let name = &group.value;
            let (message, label, help) = match (members.count(), chosen.next(), chosen.next()) {
                (1, ..) => (
                    format!("the group `{name}` has one line: there is nothing to choose from"),
                    "alone in its group",
                    "give the other lines the same `alternative`, or write `optional: yes`",
                ),
                (_, None, _) => (
                    format!("no line of the group `{name}` is chosen"),
                    "one of its lines counts in the sums",
                    "write `chosen: yes` on the line that you recommend",
                ),
                (_, _, Some(_)) => (
                    format!("several lines of the group `{name}` are chosen"),
                    "only one counts in the sums",
                    "keep `chosen: yes` on one of them",
                ),
                _ => continue,
            };
            // Lines with faults are left out, so a lone one may have had company.
            if self.whole {
                self.fault(group, Diagnostic::error("C027", message).label(label).help(help));
            }
        }
    }
}
