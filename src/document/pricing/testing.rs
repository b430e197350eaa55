//! In: a few words. Out: quotes that add up, and what it takes to read `:::pricing`, for tests.

use std::collections::BTreeMap;
use std::sync::Arc;

use iso_currency::Currency;
use rust_decimal::{Decimal, RoundingStrategy};

use super::Priced;
use crate::diagnostic::{Place, SourceFile};
use crate::fill::filled::{Filled, FilledFront, FrontValue};
use crate::format::Locale;
use crate::intake::client::Size;
use crate::library::brand::{Furniture, FurnitureWords, NumberPlace};
use crate::library::pricing_words::PricingWords;
use crate::plan::quote::{Billing, ContractValue, Line, Period, Price, Quote, Standing, Tax};

pub fn decimal(text: &str) -> Decimal {
    text.parse().expect("a decimal")
}

/// One included line of `quantity` at `price`, without a discount.
pub fn line(name: &str, billing: Billing, quantity: &str, price: &str) -> Line {
    let (quantity, price) = (decimal(quantity), decimal(price));
    Line {
        sku: "PM-A".into(),
        name: name.into(),
        description: None,
        billing,
        quantity,
        unit: "vehicle".into(),
        units: if quantity == Decimal::ONE { "vehicle".into() } else { "vehicles".into() },
        standing: Standing::Included,
        prices: vec![Price { quantity, unit_price: price, amount: quantity * price }],
        list: quantity * price,
        discount: Decimal::ZERO,
        net: quantity * price,
        note: None,
    }
}

/// What a test says of a quote besides its lines.
pub struct Terms<'a> {
    pub currency: Currency,
    /// Names and rates, added to or within the price.
    pub taxes: &'a [(&'a str, &'a str)],
    pub inclusive: bool,
    /// A part of all lines, taken off the whole.
    pub whole_discount: &'a str,
}

impl Default for Terms<'_> {
    fn default() -> Self {
        Self { currency: Currency::CAD, taxes: &[], inclusive: false, whole_discount: "0" }
    }
}

/// Adds lines up the simple way.
pub fn quote(lines: Vec<Line>, terms: &Terms<'_>) -> Quote {
    let digits = u32::from(terms.currency.exponent().unwrap_or(2));
    let round = |amount: Decimal| {
        let mut amount = amount.round_dp_with_strategy(digits, RoundingStrategy::MidpointAwayFromZero);
        amount.rescale(digits);
        amount
    };
    let mut quote = Quote {
        currency: terms.currency,
        valid_until: Some(jiff::civil::date(2027, 1, 31)),
        start: Some(jiff::civil::date(2027, 2, 1)),
        term_months: Some(36),
        note: None,
        lines: lines
            .into_iter()
            .map(|line| Line { list: round(line.list), discount: round(line.discount), net: round(line.net), ..line })
            .collect(),
        periods: Vec::new(),
        contract_value: None,
        effective_discount: Decimal::ZERO,
        tax_inclusive: terms.inclusive,
    };
    let (mut lists, mut nets, mut value) = (Decimal::ZERO, Decimal::ZERO, (Decimal::ZERO, Decimal::ZERO));
    for billing in [Billing::OneTime, Billing::Monthly, Billing::Annual, Billing::Usage] {
        let lines: Vec<&Line> = quote.lines.iter().filter(|line| line.counts() && line.billing == billing).collect();
        if lines.is_empty() {
            continue;
        }
        let list: Decimal = lines.iter().map(|line| line.list).sum();
        let line_discounts: Decimal = lines.iter().map(|line| line.discount).sum();
        let discount = round((list - line_discounts) * decimal(terms.whole_discount));
        let net = list - line_discounts - discount;
        let tax = |(name, rate): &(&str, &str)| {
            let rate = decimal(rate);
            let amount = if terms.inclusive { net - net / (Decimal::ONE + rate) } else { net * rate };
            Tax { name: (*name).into(), rate, base: net, amount: round(amount) }
        };
        let taxes: Vec<Tax> = terms.taxes.iter().map(tax).collect();
        let added: Decimal = taxes.iter().map(|tax| tax.amount).filter(|_| !terms.inclusive).sum();
        let times = match billing {
            Billing::OneTime => Decimal::ONE,
            Billing::Monthly | Billing::Usage => Decimal::from(36),
            Billing::Annual => Decimal::from(3),
        };
        (lists, nets) = (lists + list, nets + net);
        value = (value.0 + net * times, value.1 + (net + added) * times);
        quote.periods.push(Period { billing, list, line_discounts, discount, net, taxes, total: net + added });
    }
    if !lists.is_zero() {
        quote.effective_discount = Decimal::ONE - nets / lists;
    }
    quote.contract_value = Some(ContractValue { net: value.0, total: value.1 });
    quote
}

/// The words of the sample brand, in English.
pub fn english() -> PricingWords {
    let word = String::from;
    PricingWords {
        item: word("Item"),
        sku: word("Code"),
        billing: word("Billing"),
        quantity: word("Quantity"),
        unit_price: word("Unit price"),
        discount: word("Discount"),
        amount: word("Amount"),
        one_time: word("One-time"),
        monthly: word("Monthly"),
        annual: word("Annual"),
        usage: word("By usage"),
        once: word("once"),
        per_month: word("per month"),
        per_year: word("per year"),
        per_usage: word("per month, by expected usage"),
        per_vehicle: word("per vehicle"),
        per_employee: word("per employee"),
        per_location: word("per location"),
        with_taxes: word("with taxes"),
        before_taxes: word("before taxes"),
        subtotal: word("Subtotal"),
        list_prices: word("List prices"),
        item_discounts: word("Discounts on items"),
        whole_discount: word("Discount on the whole"),
        net: word("Before taxes"),
        total: word("Total"),
        includes: word("of which"),
        contract_value: word("Contract value"),
        saving: word("Saving on list prices"),
        start: word("Start"),
        term: word("Term in months"),
        valid_until: word("Valid until"),
        options: word("Options, not in the totals"),
        optional: word("Optional"),
        chosen: word("Chosen from the alternatives"),
        alternative_to: word("Alternative to:"),
        note_from: word("Note from {name}:"),
        note: word("Note:"),
        carried_forward: word("Carried forward"),
        brought_forward: word("Brought forward"),
    }
}

/// A few of them in Arabic; the others stay English.
pub fn arabic() -> PricingWords {
    let word = String::from;
    PricingWords {
        item: word("البند"),
        quantity: word("الكمية"),
        unit_price: word("سعر الوحدة"),
        discount: word("الخصم"),
        amount: word("المبلغ"),
        one_time: word("مرة واحدة"),
        monthly: word("شهريا"),
        per_month: word("في الشهر"),
        per_vehicle: word("لكل مركبة"),
        with_taxes: word("مع الضرائب"),
        before_taxes: word("قبل الضرائب"),
        subtotal: word("المجموع الفرعي"),
        list_prices: word("أسعار القائمة"),
        item_discounts: word("خصومات البنود"),
        net: word("قبل الضرائب"),
        total: word("المجموع"),
        contract_value: word("قيمة العقد"),
        saving: word("التوفير"),
        start: word("البداية"),
        term: word("المدة بالأشهر"),
        valid_until: word("صالح حتى"),
        carried_forward: word("يرحل"),
        brought_forward: word("مرحل"),
        ..english()
    }
}

/// All that [`Priced`] borrows.
pub struct Desk {
    pub locale: Locale,
    pub furniture: Furniture,
    pub size: Size,
    pub language: String,
}

impl Desk {
    /// For a client with 85 vehicles, in this locale, its language having these words.
    pub fn new(locale: &str, words: PricingWords) -> Self {
        let language = locale.split('-').next().unwrap_or(locale).to_owned();
        let words = FurnitureWords { pricing: Some(words), ..FurnitureWords::default() };
        Self {
            locale: Locale::new(locale).expect("a locale"),
            furniture: Furniture {
                confidentiality: "Confidential".into(),
                page_number: NumberPlace::default(),
                words: BTreeMap::from([(language.clone(), words)]),
            },
            size: Size { vehicles: Some(85), ..Size::default() },
            language,
        }
    }

    pub fn priced<'a>(&'a self, quote: &'a Quote) -> Priced<'a> {
        Priced {
            quote,
            locale: &self.locale,
            language: &self.language,
            furniture: &self.furniture,
            size: &self.size,
            rep: None,
        }
    }
}

/// A section of these words, in this layout.
pub fn section(text: &str, layout: Option<&str>) -> Filled {
    let mut start = 0;
    let lines = text.split('\n').map(|line| {
        let span = start..start + line.len();
        start = span.end + 1;
        span
    });
    let lines = lines.collect();
    let file = Arc::new(SourceFile { path: "templates/proposal/sections/pricing.md".into(), text: text.into() });
    let place = Place { file: Arc::clone(&file), span: 0..0 };
    let layout = layout.map(|text| FrontValue { text: text.into(), place });
    Filled {
        id: "pricing".into(),
        lines,
        file,
        front: FilledFront { layout, ..FilledFront::default() },
        text: text.into(),
        blocks: Vec::new(),
        case_studies: BTreeMap::new(),
        comparison: None,
        asked_has_section: false,
        locale: "en-CA".into(),
    }
}
