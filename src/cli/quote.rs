//! In: a priced quote. Out: its figures as JSON, and how each came to be as lines for people.

use rust_decimal::Decimal;
use serde_json::{Value, json};

use super::screen::Screen;
use crate::pipeline::{APPROVAL_PROOF, LaidOut};
use crate::plan::quote::working::{Account, Step};
use crate::plan::quote::{Line, Period, Price, Reckoned, Standing, Tax};

/// Every figure, amounts as text so that no reader makes floats of them; null without a quote.
pub(super) fn figures(reckoned: Option<&Reckoned>) -> Value {
    let Some(quote) = reckoned.map(|reckoned| &reckoned.quote) else { return Value::Null };
    json!({
        "currency": quote.currency.code(),
        "valid_until": quote.valid_until.map(|day| day.to_string()),
        "start": quote.start.map(|day| day.to_string()),
        "term_months": quote.term_months,
        "note": quote.note,
        "tax_inclusive": quote.tax_inclusive,
        "lines": quote.lines.iter().map(line).collect::<Vec<_>>(),
        "periods": quote.periods.iter().map(period).collect::<Vec<_>>(),
        "contract_value": quote.contract_value.map(|value| json!({"net": text(value.net), "total": text(value.total)})),
        "discount": quote.discount().map(text),
        "effective_discount": text(quote.effective_discount),
    })
}

/// Who approved the discounts, and what that proves; none without an approval.
pub(super) fn approval_line(laid_out: &LaidOut) -> Option<String> {
    let name = laid_out.approved_by.as_deref()?;
    Some(format!("  discounts approved by {name}: {APPROVAL_PROOF}"))
}

/// The same as JSON; null without an approval.
pub(super) fn approval(laid_out: &LaidOut) -> Value {
    match &laid_out.approved_by {
        Some(name) => json!({"name": name, "proof": APPROVAL_PROOF}),
        None => Value::Null,
    }
}

/// The figures, and how each came to be.
pub(super) fn worked(reckoned: Option<&Reckoned>) -> Value {
    let mut figures = figures(reckoned);
    if let (Some(reckoned), Some(figures)) = (reckoned, figures.as_object_mut()) {
        let accounts: Vec<Value> = reckoned.working.accounts.iter().map(account).collect();
        figures.insert("working".into(), accounts.into());
    }
    figures
}

fn text(amount: Decimal) -> String {
    amount.to_string()
}

fn line(line: &Line) -> Value {
    let (standing, group) = match &line.standing {
        Standing::Included => ("included", None),
        Standing::Optional => ("optional", None),
        Standing::Alternative { group, .. } => ("alternative", Some(group)),
    };
    let price = |price: &Price| json!({"quantity": text(price.quantity), "unit_price": text(price.unit_price), "amount": text(price.amount)});
    json!({
        "sku": line.sku,
        "name": line.name,
        "billing": line.billing.word(),
        "quantity": text(line.quantity),
        "unit": line.units,
        "standing": standing,
        "group": group,
        "counts": line.counts(),
        "prices": line.prices.iter().map(price).collect::<Vec<_>>(),
        "list": text(line.list),
        "discount": text(line.discount),
        "net": text(line.net),
        "note": line.note,
    })
}

fn period(period: &Period) -> Value {
    let tax = |tax: &Tax| json!({"name": tax.name, "rate": text(tax.rate), "base": text(tax.base), "amount": text(tax.amount)});
    json!({
        "billing": period.billing.word(),
        "list": text(period.list),
        "line_discounts": text(period.line_discounts),
        "discount": text(period.discount),
        "net": text(period.net),
        "taxes": period.taxes.iter().map(tax).collect::<Vec<_>>(),
        "total": text(period.total),
    })
}

fn account(account: &Account) -> Value {
    let step = |step: &Step| json!({"figure": step.figure, "how": step.how, "amount": text(step.amount)});
    json!({"of": account.of, "steps": account.steps.iter().map(step).collect::<Vec<_>>()})
}

/// Prints how each figure came to be.
pub(super) fn say(reckoned: Option<&Reckoned>, screen: &Screen) {
    screen.say("");
    let Some(reckoned) = reckoned else {
        screen.say("  no quote: the client file has no `quote`");
        return;
    };
    screen.say(&format!("  quote, in {}", reckoned.quote.currency.code()));
    for account in &reckoned.working.accounts {
        screen.say("");
        screen.say(&format!("  {}", account.of));
        for step in &account.steps {
            screen.say(&format!("    {:<26} {:>14}   {}", step.figure, step.amount, step.how));
        }
    }
}
