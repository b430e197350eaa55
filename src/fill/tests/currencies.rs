//! No amount is ever shown, summed or compared as one of another currency.

use iso_currency::Currency;

use super::*;
use crate::plan::quote::trial;

/// A shop whose quote is in another currency than the library's.
fn in_dollars() -> Shop {
    let mut shop = Shop::new();
    shop.quote = Some(trial::quote(Currency::USD));
    shop
}

#[test]
fn an_amount_of_the_library_is_shown_in_its_own_currency() {
    for (text, expected) in [
        ("{{ amount(of=850, currency=\"CAD\") }}", "⟨$850.00⟩"),
        ("{{ amount(of=850.5, currency=\"CAD\") | money(digits=0) }}", "⟨$851⟩"),
        ("{{ amount(of=850, currency=\"CAD\") | times(by=client.size.vehicles) | money(digits=0) }}", "⟨$1,062,500⟩"),
        ("{{ answers.budget | plus(by=amount(of=0.5, currency=\"CAD\")) | minus(by=0) | money }}", "⟨$12,501.00⟩"),
        ("{{ quote.annual | default(value=0) }}", "⟨$0.00⟩"),
        ("{% if answers.budget > 0 and answers.budget > amount(of=1, currency=\"CAD\") %}yes{% endif %}", "yes"),
        ("{{ document.currency }}", "⟨CAD⟩"),
    ] {
        assert_eq!(shown(text), expected, "{text}");
    }
}

/// Whatever is done with it: shown, summed, compared, chosen.
#[test]
fn a_document_of_another_currency_refuses_it() {
    for text in [
        "{{ amount(of=850, currency=\"CAD\") }}",
        "{{ amount(of=850, currency=\"CAD\") | money }}",
        "{{ amount(of=850, currency=\"CAD\") | number }}",
        "{{ amount(of=850, currency=\"CAD\") | times(by=3) | round_up | money }}",
        "{{ quote.monthly | plus(by=amount(of=850, currency=\"CAD\")) | money }}",
        "{{ quote.monthly | divided_by(by=amount(of=850, currency=\"CAD\")) | number }}",
        "{% if quote.monthly > amount(of=850, currency=\"CAD\") %}a{% endif %}",
        "{% set day = amount(of=850, currency=\"CAD\") %}{{ day | plural(one=\"a\", other=\"b\") }}",
        "{{ answers.fee | default(value=amount(of=1, currency=\"CAD\")) | money }}",
    ] {
        assert!(Shop::new().fill(text).is_ok() || text.contains("quote."), "{text}: {:?}", Shop::new().fill(text));
        let problems = in_dollars().fill(text).expect_err(text);
        assert!(problems.0.iter().all(|problem| problem.code == "T034"), "{text}\n{}", told(&problems));
        assert!(problems.0[0].help.as_deref().is_some_and(|help| help.contains("document.currency == \"CAD\"")));
    }
    let guarded =
        "{% if document.currency == \"CAD\" %}{{ amount(of=850, currency=\"CAD\") }}{% else %}none{% endif %}";
    assert_eq!(shown(guarded), "⟨$850.00⟩");
    assert_eq!(decoded(&in_dollars().fill(guarded).expect("nothing is shown").text), "none");
}

#[test]
fn sums_across_currencies_and_without_one_are_refused_before_any_document() {
    for (text, expected) in [
        ("{{ 850 | money }}", "T030 `850` is a number and has no currency | money | of which currency?"),
        (
            "{{ client.size.vehicles | times(by=850) | money }}",
            "T030 `client.size.vehicles | times(by=850)` is a number and has no currency | money | of which currency?",
        ),
        (
            "{{ quote.monthly | plus(by=850) | money }}",
            "T031 an amount of money meets `850`, which has no currency | quote.monthly | plus(by=850) | of which currency?",
        ),
        (
            "{{ amount(of=1, currency=\"CAD\") | plus(by=amount(of=1, currency=\"USD\")) }}",
            "T032 an amount in CAD meets one in USD | amount(of=1, currency=\"CAD\") | plus(by=amount(of=1, \
             currency=\"USD\")) | two currencies have no sum",
        ),
        (
            "{{ answers.fee | default(value=amount(of=1, currency=\"USD\")) }}",
            "T032 an amount in CAD meets one in USD | answers.fee | default(value=amount(of=1, currency=\"USD\")) | two \
             currencies have no sum",
        ),
        (
            "{% if answers.fee > amount(of=1, currency=\"USD\") %}a{% endif %}",
            "T032 an amount in CAD meets one in USD | answers.fee > amount(of=1, currency=\"USD\") | two currencies have \
             no sum",
        ),
        (
            "{{ amount(of=1, currency=\"dollars\") }}",
            "T033 `dollars` is not a currency | \"dollars\" | write three capitals, such as `CAD`",
        ),
        (
            "{{ amount(of=quote.monthly, currency=\"USD\") }}",
            "T008 `quote.monthly` is an amount of money already | quote.monthly | write it without `amount`",
        ),
    ] {
        assert_eq!(faults(text), expected, "{text}");
    }
}
