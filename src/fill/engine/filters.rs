//! In: values of a document. Out: their printed form, and sums of exact decimals.

use rust_decimal::{Decimal, RoundingStrategy};
use tera::{Kwargs, State, Tera, TeraResult, Value};

use super::run::{Run, with};
use super::tokens;
use super::values::{MONEY, NUMBER, PERCENT, Seen, amount, fault, see};
use crate::diagnostic::Diagnostic;
use crate::fill::lower::Mode;
use crate::format::{DateStyle, ListStyle, Locale, MOST_DIGITS};

pub(super) fn register(tera: &mut Tera) {
    tera.register_filter("put", put);
    tera.register_filter("holds", holds);
    tera.register_filter("is_set", is_set);
    tera.register_filter("items", items);
    tera.register_filter("default", default);
    tera.register_filter("number", number);
    tera.register_filter("money", money);
    tera.register_filter("percent", percent);
    tera.register_filter("date", date);
    tera.register_filter("plural", plural);
    tera.register_filter("list", list);
    tera.register_filter("round", |value: &Value, args: Kwargs, _: &State| {
        round(value, &args, RoundingStrategy::MidpointAwayFromZero)
    });
    tera.register_filter("round_up", |value: &Value, args: Kwargs, _: &State| {
        round(value, &args, RoundingStrategy::ToPositiveInfinity)
    });
    tera.register_filter("round_down", |value: &Value, args: Kwargs, _: &State| {
        round(value, &args, RoundingStrategy::ToNegativeInfinity)
    });
    tera.register_filter("at_least", |value: &Value, args: Kwargs, _: &State| {
        sum(value, &args, "of", |first, bound| Some(first.max(bound)))
    });
    tera.register_filter("at_most", |value: &Value, args: Kwargs, _: &State| {
        sum(value, &args, "of", |first, bound| Some(first.min(bound)))
    });
    tera.register_filter("times", |value: &Value, args: Kwargs, _: &State| {
        sum(value, &args, "by", Decimal::checked_mul)
    });
    tera.register_filter("plus", |value: &Value, args: Kwargs, _: &State| {
        sum(value, &args, "by", Decimal::checked_add)
    });
    tera.register_filter("minus", |value: &Value, args: Kwargs, _: &State| {
        sum(value, &args, "by", Decimal::checked_sub)
    });
    tera.register_filter("divided_by", |value: &Value, args: Kwargs, _: &State| {
        sum(value, &args, "by", Decimal::checked_div)
    });
}

fn at(args: &Kwargs) -> TeraResult<usize> {
    args.must_get::<usize>("at")
}

fn digits(args: &Kwargs) -> TeraResult<Option<u8>> {
    args.get::<u8>("digits")
}

/// The last step of `{{ … }}`: the printed form of any value. What is text becomes a token through Tera's escaping.
fn put(value: &Value, args: Kwargs, _: &State) -> TeraResult<Value> {
    let at = at(&args)?;
    with(|run| {
        Ok(match see(value) {
            Seen::Absent => Value::from(run.not_given(at, "print").unwrap_or_default()),
            Seen::LongText(text) if run.mode != Mode::Front => Value::safe_string(&tokens::long_text(text)),
            seen => match printed(run, &seen) {
                Some(text) => Value::from(text),
                None => Value::from(""),
            },
        })
    })
}

fn printed(run: &Run, seen: &Seen) -> Option<String> {
    let locale = &run.values.locale;
    Some(match seen {
        Seen::Text(text) | Seen::LongText(text) => (*text).into(),
        Seen::Amount(MONEY, number) => locale.money(*number, run.values.currency, None),
        Seen::Amount(PERCENT, number) => locale.percent(*number, None),
        Seen::Amount(_, number) => written(locale, *number, None),
        Seen::Date(date) => locale.date(*date, DateStyle::Long),
        Seen::Absent | Seen::Fault | Seen::YesNo(_) | Seen::List(_) | Seen::Group(_) => return None,
    })
}

fn holds(value: &Value, _: Kwargs, _: &State) -> bool {
    match see(value) {
        Seen::Absent | Seen::Fault => false,
        Seen::Amount(_, number) => !number.is_zero(),
        Seen::Text(text) | Seen::LongText(text) => !text.is_empty(),
        Seen::YesNo(yes) => yes,
        Seen::List(items) => !items.is_empty(),
        Seen::Group(filled) => filled,
        Seen::Date(_) => true,
    }
}

fn is_set(value: &Value, _: Kwargs, _: &State) -> bool {
    !is_absent(value)
}

fn is_absent(value: &Value) -> bool {
    match see(value) {
        Seen::Absent | Seen::Fault => true,
        Seen::List(items) => items.is_empty(),
        Seen::Group(filled) => !filled,
        _ => false,
    }
}

fn items(value: &Value, _: Kwargs, _: &State) -> Value {
    match see(value) {
        Seen::List(_) => value.clone(),
        _ => Value::from(Vec::<Value>::new()),
    }
}

fn default(value: &Value, args: Kwargs, _: &State) -> TeraResult<Value> {
    let chosen = if is_absent(value) { args.must_get::<Value>("value")? } else { value.clone() };
    // A zero in the place of an amount is one.
    Ok(match (args.get::<&str>("as")?, see(&chosen)) {
        (Some("money"), Seen::Amount(NUMBER, number)) => amount(MONEY, number),
        _ => chosen,
    })
}

/// Applies `print` to a number; what is not given stays so until it is printed.
fn with_number(value: &Value, print: impl FnOnce(&mut Run, Decimal) -> TeraResult<Value>) -> TeraResult<Value> {
    match see(value) {
        Seen::Absent => Ok(Value::undefined()),
        Seen::Amount(_, number) => with(|run| print(run, number)),
        _ => Ok(fault()),
    }
}

fn number(value: &Value, args: Kwargs, _: &State) -> TeraResult<Value> {
    let digits = digits(&args)?;
    with_number(value, |run, number| Ok(Value::from(written(&run.values.locale, number, digits))))
}

/// A number with its own digits where none are asked for. Nobody types more than a dozen: they come of a division, and
/// two of them are enough to read.
fn written(locale: &Locale, number: Decimal, digits: Option<u8>) -> String {
    let endless = number.normalize().scale() > u32::from(MOST_DIGITS);
    locale.number(number, digits.or(endless.then_some(2)))
}

fn money(value: &Value, args: Kwargs, _: &State) -> TeraResult<Value> {
    let digits = digits(&args)?;
    with_number(value, |run, number| Ok(Value::from(run.values.locale.money(number, run.values.currency, digits))))
}

fn percent(value: &Value, args: Kwargs, _: &State) -> TeraResult<Value> {
    let digits = digits(&args)?;
    with_number(value, |run, number| Ok(Value::from(run.values.locale.percent(number, digits))))
}

fn date(value: &Value, args: Kwargs, _: &State) -> TeraResult<Value> {
    let style = match args.get::<&str>("style")? {
        Some("short") => DateStyle::Short,
        _ => DateStyle::Long,
    };
    match see(value) {
        Seen::Absent => Ok(Value::undefined()),
        Seen::Date(date) => with(|run| Ok(Value::from(run.values.locale.date(date, style)))),
        _ => Ok(fault()),
    }
}

fn plural(value: &Value, args: Kwargs, _: &State) -> TeraResult<Value> {
    with_number(value, |run, number| {
        let category = run.values.locale.plural_category(number.normalize());
        match args.get::<Value>(category)? {
            Some(form) => Ok(form),
            None => args.must_get::<Value>("other"),
        }
    })
}

fn list(value: &Value, args: Kwargs, _: &State) -> TeraResult<Value> {
    let style = match args.get::<&str>("type")? {
        Some("or") => ListStyle::Or,
        _ => ListStyle::And,
    };
    match see(value) {
        Seen::Absent => Ok(Value::undefined()),
        Seen::List([]) => Ok(Value::undefined()),
        Seen::List(items) => with(|run| {
            let words: Vec<String> = items.iter().filter_map(|item| printed(run, &see(item))).collect();
            // An item that is not given must not vanish from a sentence.
            if words.len() < items.len() {
                return Ok(Value::undefined());
            }
            Ok(Value::from(run.values.locale.list(&words, style)))
        }),
        _ => Ok(fault()),
    }
}

fn round(value: &Value, args: &Kwargs, strategy: RoundingStrategy) -> TeraResult<Value> {
    let digits = u32::from(digits(args)?.unwrap_or(0));
    Ok(match see(value) {
        Seen::Absent => Value::undefined(),
        Seen::Amount(tag, number) => amount(tag, number.round_dp_with_strategy(digits, strategy)),
        _ => fault(),
    })
}

/// Reckons with a value and the argument of this name; what is not given stays so.
fn sum(value: &Value, args: &Kwargs, by: &str, work: fn(Decimal, Decimal) -> Option<Decimal>) -> TeraResult<Value> {
    let by = args.must_get::<Value>(by)?;
    let ((left, first), (right, second)) = match (see(value), see(&by)) {
        (Seen::Absent, _) | (_, Seen::Absent) => return Ok(Value::undefined()),
        (Seen::Amount(left, first), Seen::Amount(right, second)) => ((left, first), (right, second)),
        _ => return Ok(fault()),
    };
    let tag = match args.get::<&str>("as")? {
        Some("money") => MONEY,
        Some("percent") => PERCENT,
        _ => NUMBER,
    };
    debug_assert!(tag == NUMBER || left == tag || right == tag, "a sum takes its kind from its parts");
    match work(first, second) {
        Some(result) => Ok(amount(tag, result)),
        None => {
            let at = at(args)?;
            with(|run| {
                let problem = if second.is_zero() {
                    Diagnostic::error("T019", "a number is divided by zero").label("no result")
                } else {
                    Diagnostic::error("T019", "a number becomes too large to be exact").label("no result")
                };
                run.report(problem.at(run.place(at)));
                Ok(fault())
            })
        }
    }
}
