//! In: checked client data. Out: its SHA-256, the same for every way of writing the same data.

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use super::client::{Answer, Client, Person};
use super::request::{Discount, QuoteRequest, RequestLine, Wanted};
use crate::diagnostic::Place;
use crate::hexadecimal::hex;

/// Digests the data: JSON with sorted keys, without absent values; images stand as the digests of their files.
pub(super) fn digest(
    client: &Client,
    logo: Option<&str>,
    images: &std::collections::BTreeMap<String, String>,
) -> String {
    let organisation = &client.client;
    let size = &organisation.size;
    let opportunity = &client.opportunity;
    let answers = client.answers.iter().map(|(id, answer)| (id.clone(), self::answer(answer, images.get(id))));
    let data = json!({
        "client": {
            "name": organisation.name, "industry": organisation.industry, "country": organisation.country,
            "region": organisation.region, "locale": organisation.locale, "logo": logo,
            "size": {
                "vehicles": size.vehicles, "employees": size.employees, "locations": size.locations,
                "annual_revenue": size.annual_revenue,
            },
        },
        "contact": person(&client.contact),
        "rep": person(&client.rep),
        "opportunity": {
            "name": opportunity.name, "stage": opportunity.stage, "close_date": opportunity.close_date.map(|day| day.to_string()),
            "pain_points": opportunity.pain_points, "objections": opportunity.objections,
            "competitors": opportunity.competitors,
        },
        "quote": client.quote.as_ref().map(quote),
        "answers": Value::Object(answers.collect()),
        "sections": {"remove": ids(&client.sections.remove), "add": ids(&client.sections.add)},
        "case_studies": client.case_studies,
        "language": client.language,
    });
    hex(&Sha256::digest(canonical(data).to_string()))
}

fn person(person: &Person) -> Value {
    json!({"name": person.name, "title": person.title, "email": person.email, "phone": person.phone})
}

fn ids(choice: &[(String, Option<Place>)]) -> Vec<&str> {
    choice.iter().map(|(id, _)| id.as_str()).collect()
}

fn answer(answer: &Answer, image: Option<&String>) -> Value {
    match answer {
        Answer::Text(text) => json!(text),
        Answer::Decimal(decimal) | Answer::Percent(decimal) => json!(number(*decimal)),
        Answer::Date(day) => json!(day.to_string()),
        Answer::List(items) => json!(items),
        Answer::Image(_) => json!(image),
        Answer::YesNo(yes) => json!(yes),
    }
}

fn quote(quote: &QuoteRequest) -> Value {
    let day = |day: Date| day.to_string();
    json!({
        "currency": quote.currency.as_ref().map(|code| &code.value),
        "valid_until": quote.valid_until.as_ref().map(|until| day(until.value)),
        "start": quote.start.map(day), "term_months": quote.term_months, "note": quote.note,
        "discount": quote.discount.as_ref().map(|typed| discount(typed.value)),
        "lines": quote.lines.iter().map(line).collect::<Vec<_>>(),
    })
}

/// What is left out and what is said to be as if it were left out are one.
fn line(line: &RequestLine) -> Value {
    let (optional, group, chosen) = match &line.standing {
        Wanted::Included => (None, None, None),
        Wanted::Optional => (Some(true), None, None),
        Wanted::Alternative { group, chosen } => (None, Some(group), chosen.then_some(true)),
    };
    json!({
        "sku": line.sku.value, "quantity": number(line.quantity.value),
        "discount": line.discount.as_ref().map(|typed| discount(typed.value)),
        "optional": optional, "alternative": group, "chosen": chosen, "note": line.note,
    })
}

/// A part of one as it has always been written; an amount apart from it.
fn discount(discount: Discount) -> Value {
    match discount {
        Discount::Part(part) => json!(number(part)),
        Discount::Amount(amount) => json!({"amount": number(amount)}),
    }
}

/// `5`, `5.0` and `5.00` are one number.
fn number(decimal: Decimal) -> String {
    decimal.normalize().to_string()
}

/// Sorts keys and leaves out what is absent.
fn canonical(value: Value) -> Value {
    match value {
        Value::Object(map) => {
            let mut entries: Vec<_> = map.into_iter().filter(|(_, value)| !value.is_null()).collect();
            entries.sort_by(|a, b| a.0.cmp(&b.0));
            Value::Object(entries.into_iter().map(|(key, value)| (key, canonical(value))).collect::<Map<_, _>>())
        }
        Value::Array(items) => Value::Array(items.into_iter().map(canonical).collect()),
        other => other,
    }
}
