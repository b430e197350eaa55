//! In: what a section asks. Out: comparisons, lists of blocks, whether a section is in.

use std::cmp::Ordering;

use rust_decimal::Decimal;
use tera::{Kwargs, State, Tera, TeraResult, Value};

use super::run::{Run, with};
use super::tokens;
use super::values::{MONEY, NUMBER, Seen, amount, fault, see};
use crate::diagnostic::{Diagnostic, Severity};
use crate::fill::blocks::Wanted;
use crate::fill::lower::Mode;

/// The most numbers that `range` gives.
const MOST_RANGE: i128 = 1_000;

pub(super) fn register(tera: &mut Tera) {
    tera.register_function("decimal", decimal);
    tera.register_function("amount", money_in);
    tera.register_function("compare", compare);
    tera.register_function("within", within);
    tera.register_function("tick", tick);
    tera.register_function("has_section", has_section);
    tera.register_function("range", range);
    tera.register_function("blocks", blocks);
    tera.register_function("block", block);
}

fn decimal(args: Kwargs, _: &State) -> TeraResult<Value> {
    let digits = args.must_get::<&str>("of")?;
    Ok(digits.parse::<Decimal>().map_or_else(|_| fault(), |number| amount(NUMBER, number)))
}

/// An amount in a currency that the library names: refused in a document of another, which would show it as its own.
fn money_in(args: Kwargs, _: &State) -> TeraResult<Value> {
    let (value, code) = (args.must_get::<Value>("of")?, args.must_get::<&str>("currency")?);
    let at = args.must_get::<usize>("at")?;
    let number = match see(&value) {
        Seen::Absent => return Ok(Value::undefined()),
        Seen::Amount(_, number) => number,
        _ => return Ok(fault()),
    };
    with(|run| {
        let own = run.values.currency.code();
        if own == code {
            return Ok(amount(MONEY, number));
        }
        let message = format!("the amount is in {code}, and the document's currency is {own}");
        let help = format!(
            "quote in {code}; or ask the template's owner to show it only where it holds: `{{% if document.currency == \
             \"{code}\" %}}`"
        );
        let problem = Diagnostic::error("T034", message).label(format!("not an amount in {own}")).help(help);
        run.report(problem.at(run.place(at)));
        Ok(fault())
    })
}

fn order(a: &Seen, b: &Seen) -> Option<Ordering> {
    match (a, b) {
        (Seen::Amount(_, a), Seen::Amount(_, b)) => Some(a.cmp(b)),
        (Seen::Text(a) | Seen::LongText(a), Seen::Text(b) | Seen::LongText(b)) => Some(a.cmp(b)),
        (Seen::YesNo(a), Seen::YesNo(b)) => Some(a.cmp(b)),
        (Seen::Absent, Seen::Absent) => Some(Ordering::Equal),
        _ => None,
    }
}

fn compare(args: Kwargs, _: &State) -> TeraResult<bool> {
    let (a, b) = (args.must_get::<Value>("a")?, args.must_get::<Value>("b")?);
    let op = args.must_get::<&str>("op")?;
    let at = args.must_get::<usize>("at")?;
    let (a, b) = (see(&a), see(&b));
    let order = order(&a, &b);
    match op {
        "==" => return Ok(order == Some(Ordering::Equal)),
        "!=" => return Ok(order != Some(Ordering::Equal)),
        _ => {}
    }
    if a == Seen::Absent || b == Seen::Absent {
        with(|run| {
            // A section whose condition asks for more than is known stays out; inside a section it would be a claim.
            if run.mode != Mode::When {
                run.not_given(at, "compare");
            }
            Ok(())
        })?;
        return Ok(false);
    }
    Ok(match (op, order) {
        (">", Some(order)) => order.is_gt(),
        (">=", Some(order)) => order.is_ge(),
        ("<", Some(order)) => order.is_lt(),
        ("<=", Some(order)) => order.is_le(),
        _ => false,
    })
}

fn within(args: Kwargs, _: &State) -> TeraResult<bool> {
    let (item, list) = (args.must_get::<Value>("item")?, args.must_get::<Value>("list")?);
    Ok(match (see(&item), see(&list)) {
        (Seen::Absent | Seen::Fault, _) => false,
        (item, Seen::List(items)) => items.iter().any(|other| order(&item, &see(other)) == Some(Ordering::Equal)),
        (Seen::Text(item), Seen::Text(text) | Seen::LongText(text)) => text.contains(item),
        _ => false,
    })
}

fn tick(args: Kwargs, _: &State) -> TeraResult<Value> {
    let at = args.must_get::<usize>("at")?;
    with(|run| run.tick(at))?;
    Ok(Value::safe_string(""))
}

fn has_section(args: Kwargs, _: &State) -> TeraResult<bool> {
    let id = args.must_get::<&str>("id")?;
    with(|run| {
        run.asked_has_section = true;
        Ok(run.values.sections.as_ref().is_some_and(|sections| sections.iter().any(|section| section == id)))
    })
}

fn range(args: Kwargs, _: &State) -> TeraResult<Value> {
    let at = args.must_get::<usize>("at")?;
    let step = args.get::<i128>("step_by")?.unwrap_or(1).max(1);
    let (end, start) = (args.must_get::<Value>("end")?, args.get::<Value>("start")?);
    let empty = || Value::from(Vec::<Value>::new());
    let start = start.unwrap_or_else(|| Value::from(0_i64));
    let (Some(start), Some(end)) = (start.as_i128(), end.as_i128()) else {
        with(|run| {
            run.not_given(at, "count to");
            Ok(())
        })?;
        return Ok(empty());
    };
    let count = end.saturating_sub(start).max(0).saturating_add(step - 1) / step;
    if count > MOST_RANGE {
        with(|run| {
            let problem =
                Diagnostic::error("T018", format!("`range` counts {count} numbers; {MOST_RANGE} are the most"));
            run.report(problem.at(run.place(at)).label("too many"));
            Ok(())
        })?;
        return Ok(empty());
    }
    let numbers: Vec<i128> = (0..count).map(|index| start + index * step).collect();
    Ok(Value::from(numbers))
}

fn text(args: &Kwargs, name: &str) -> TeraResult<Option<String>> {
    let value = args.get::<Value>(name)?;
    Ok(value.and_then(|value| value.as_str().map(String::from)))
}

fn blocks(args: Kwargs, _: &State) -> TeraResult<Value> {
    let at = args.must_get::<usize>("at")?;
    let tags = args.get::<Value>("tags")?;
    let tags = tags.as_ref().and_then(Value::as_array).unwrap_or_default();
    let wanted = Wanted {
        kind: args.must_get::<&str>("kind")?.into(),
        industry: text(&args, "industry")?,
        segment: text(&args, "segment")?,
        tags: tags.iter().filter_map(|tag| tag.as_str().map(String::from)).collect(),
        limit: args.get::<usize>("limit")?,
    };
    with(|run| {
        let chosen = run.values.shelf.get().map(|shelf| shelf.choose(&wanted));
        match chosen {
            Some(Ok(ids)) => Ok(Value::from(ids)),
            Some(Err(problem)) => {
                report_at(run, problem, at);
                Ok(Value::from(Vec::<Value>::new()))
            }
            None => Err(tera::Error::message("the blocks have not been read")),
        }
    })
}

/// Reports a problem where it is, or at the call.
fn report_at(run: &mut Run, problem: Diagnostic, at: usize) {
    let place = problem.place.clone().unwrap_or_else(|| run.place(at));
    run.report(problem.at(place));
}

fn block(args: Kwargs, _: &State) -> TeraResult<Value> {
    let at = args.must_get::<usize>("at")?;
    let id = text(&args, "id")?;
    with(|run| {
        let Some(id) = id else {
            let shown = run.not_given(at, "put here");
            return Ok(Value::from(shown.unwrap_or_default()));
        };
        let Some(found) = run.values.shelf.get().map(|shelf| shelf.find(&id)) else {
            return Err(tera::Error::message("the blocks have not been read"));
        };
        match found {
            Ok(refusal) => {
                if let Some(mut refusal) = refusal {
                    if run.values.draft {
                        refusal.severity = Severity::Warning;
                    }
                    report_at(run, refusal, at);
                }
            }
            Err(problem) => {
                report_at(run, problem, at);
                return Ok(Value::safe_string(""));
            }
        }
        run.blocks.push((id, at));
        Ok(Value::safe_string(&tokens::block(run.blocks.len() - 1)))
    })
}
