//! What sections say of prices, and what marketing reckons with them.

use iso_currency::Currency;
use rust_decimal::Decimal;

use super::*;
use crate::plan::quote::{Billing, ContractValue, Period, Quote, Standing, trial};

fn decimal(text: &str) -> Decimal {
    text.parse().expect("a decimal")
}

fn quote() -> Quote {
    let period = |billing, list: &str, discount: &str, net: &str, total: &str| Period {
        billing,
        list: decimal(list),
        line_discounts: decimal(discount),
        discount: decimal("0.00"),
        net: decimal(net),
        taxes: Vec::new(),
        total: decimal(total),
    };
    let mut quote = trial::quote(iso_currency::Currency::CAD);
    quote.currency = Currency::USD;
    quote.valid_until = Some(jiff::civil::date(2027, 1, 31));
    quote.term_months = Some(36);
    quote.note = Some("**{{x}}** <b>".into());
    quote.effective_discount = decimal("0.05");
    quote.contract_value = Some(ContractValue { net: decimal("38000.00"), total: decimal("42940.00") });
    quote.periods = vec![
        period(Billing::OneTime, "2000.00", "0.00", "2000.00", "2260.00"),
        period(Billing::Monthly, "1052.63", "52.63", "1000.00", "1130.00"),
    ];
    quote.lines[0].name = "Planned maintenance".into();
    quote.lines[0].net = decimal("1000.00");
    quote.lines[0].quantity = decimal("12");
    quote.lines[0].units = "vehicles".into();
    quote.lines[1].standing = Standing::Optional;
    quote
}

fn priced() -> Shop {
    Shop { quote: Some(quote()), ..Shop::new() }
}

fn said(text: &str) -> String {
    priced().fill(text).map_or_else(|problems| told(&problems), |filled| decoded(&filled.text))
}

#[test]
fn figures_are_printed_in_the_currency_of_the_quote() {
    for (text, expected) in [
        ("{{ quote.monthly }}", "⟨US$1,000.00⟩"),
        ("{{ quote.monthly_with_tax }} {{ quote.one_time }}", "⟨US$1,130.00⟩ ⟨US$2,000.00⟩"),
        ("{{ quote.contract_value | money(digits=0) }}", "⟨US$38,000⟩"),
        ("{{ quote.total }} in {{ quote.currency }}", "⟨US$42,940.00⟩ in ⟨USD⟩"),
        ("{{ quote.discount }} off, {{ quote.effective_discount }}", "⟨US$1,894.68⟩ off, ⟨5%⟩"),
        ("until {{ quote.valid_until | date }}", "until ⟨January 31, 2027⟩"),
        ("{{ quote.term_months }} {{ quote.line_count }}", "⟨36⟩ ⟨2⟩"),
        ("{{ quote.note }}", "⟨**{{x}}** <b>⟩"),
        // A firm's money is in the quote's currency too: a document has one.
        ("{{ answers.budget }}", "⟨US$12,500.50⟩"),
        (
            "{% for line in quote.lines %}{% if line.included %}{{ line.quantity }} {{ line.unit }}: {{ line.name }}, \
             {{ line.net }}{% endif %}{% endfor %}",
            "⟨12⟩ ⟨vehicles⟩: ⟨Planned maintenance⟩, ⟨US$1,000.00⟩",
        ),
        ("{% for line in quote.lines %}{% if line.optional %}{{ line.sku }}{% endif %}{% endfor %}", "⟨EXAMPLE⟩"),
    ] {
        assert_eq!(said(text), expected, "{text}");
    }
}

#[test]
fn marketing_reckons_with_them() {
    for (text, expected) in [
        // What three years save, over what they cost.
        (
            "{{ answers.budget | times(by=12) | minus(by=quote.contract_value) | divided_by(by=quote.contract_value) | \
             percent(digits=0) }}",
            "⟨295%⟩",
        ),
        // Months until the savings of each month have paid what is paid once.
        (
            "{{ quote.one_time | divided_by(by=answers.budget | divided_by(by=12) | minus(by=quote.monthly)) | round_up }}",
            "⟨48⟩",
        ),
        ("{{ quote.monthly | times(by=12) | plus(by=quote.one_time) | money(digits=0) }}", "⟨US$14,000⟩"),
        ("{{ quote.monthly | divided_by(by=3) | round_down(digits=2) }}", "⟨US$333.33⟩"),
        ("{{ quote.monthly | minus(by=quote.one_time) | at_least(of=0) }}", "⟨US$0.00⟩"),
        ("{{ quote.monthly | at_most(of=quote.one_time) }}", "⟨US$1,000.00⟩"),
        ("{{ quote.one_time | divided_by(by=quote.monthly) | plural(one=\"month\", other=\"months\") }}", "⟨months⟩"),
        ("{{ -2.5 | round_up }} {{ -2.5 | round_down }} {{ 2.1 | round_up }}", "⟨-2⟩ ⟨-3⟩ ⟨3⟩"),
    ] {
        assert_eq!(said(text), expected, "{text}");
    }
}

#[test]
fn a_section_can_ask_whether_there_is_a_quote() {
    let asked = "{% if quote %}priced{% else %}later{% endif %}";
    assert_eq!((said(asked), shown(asked)), ("priced".into(), "later".into()));
    let defined = "{% if quote is defined %}priced{% else %}later{% endif %}";
    assert_eq!((said(defined), shown(defined)), ("priced".into(), "later".into()));
    for (condition, with, without) in [
        ("quote", true, false),
        ("not quote", false, true),
        ("quote.monthly > 500", true, false),
        ("quote.annual", false, false),
    ] {
        assert_eq!(priced().when(condition).expect("a condition"), with, "{condition}");
        assert_eq!(Shop::new().when(condition).expect("a condition"), without, "{condition}");
    }
    assert_eq!(shown("{% for line in quote.lines %}x{% else %}none{% endfor %}"), "none");
}

#[test]
fn figures_that_are_not_there_are_never_left_blank() {
    assert_eq!(
        faults("{{ quote.monthly }}"),
        "T011 `quote.monthly` is not given: nothing to print | quote.monthly | not given"
    );
    let help = Shop::new().fill("{{ quote.total }}").expect_err("a fault").0[0].help.clone().expect("help");
    assert!(help.starts_with("it follows from `quote:` in the client file"), "{help}");
    assert_eq!(
        said("{{ quote.annual }}"),
        "T011 `quote.annual` is not given: nothing to print | quote.annual | not given"
    );
    assert_eq!(
        faults("{{ quote }}"),
        "T009 `quote` holds several values and cannot be printed | quote | name one of them, such as `quote.total`"
    );
    assert_eq!(
        said("{% for line in quote.lines %}{{ line.note }}{% endfor %}"),
        "T011 `line.note` is not given: nothing to print | line.note | not given"
    );
    assert_eq!(
        faults("{{ quote.monthly + quote.annual }}").split(" | ").next(),
        Some("T010 numbers are not reckoned with `+` but with filters")
    );
}
