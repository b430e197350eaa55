//! In: library, template, client and plan. Out: [`FillContext`]: the values that sections of one document are filled with.

use std::cell::{OnceCell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use iso_currency::Currency;
use rust_decimal::Decimal;
use tera::{Context, Value};

use super::blocks::Shelf;
use super::content::{Content, FillCache, Firm};
use super::engine::values;
use super::schema::WITH_TAX;
use crate::diagnostic::{Checked, Diagnostic};
use crate::format::Locale;
use crate::intake::client::{Answer, Client, Person};
use crate::library::days::UsageDays;
use crate::library::template::{Field, FieldKind, Template};
use crate::plan::Plan;
use crate::plan::quote::{Line, Quote, Standing};

/// Everything that is known before a document is filled.
#[derive(Clone)]
pub struct FillInput<'a> {
    pub content: &'a dyn Content,
    pub cache: &'a FillCache,
    pub template: &'a Template,
    pub client: &'a Client,
    /// The document's date, and the local day: what may be used on both is.
    pub days: UsageDays,
    /// The document's number, where it has one.
    pub number: Option<&'a str>,
    pub segment: &'a str,
    pub variant: &'a str,
    pub language: &'a str,
    /// BCP 47: numbers and dates follow it.
    pub locale: &'a str,
    /// Ids of the sections that are in; `None` while the plan is being made.
    pub sections: Option<Vec<String>>,
    /// The priced quote, where the client has one.
    pub quote: Option<&'a Quote>,
    /// Lets a value that is not given through as a visible placeholder.
    pub draft: bool,
}

impl<'a> FillInput<'a> {
    /// Takes segment, variant, language, locale and sections from a plan.
    pub fn of_plan(
        content: &'a dyn Content,
        cache: &'a FillCache,
        template: &'a Template,
        client: &'a Client,
        plan: &'a Plan,
        days: UsageDays,
    ) -> Self {
        let included = plan.sections.iter().filter(|section| section.included);
        Self {
            content,
            cache,
            template,
            client,
            days,
            number: None,
            segment: &plan.segment,
            variant: &plan.variant,
            language: &plan.language,
            locale: &plan.locale,
            sections: Some(included.map(|section| section.id.clone()).collect()),
            quote: None,
            draft: false,
        }
    }
}

/// The values of one document, for one thread. They are gathered when the first section asks for them.
pub struct FillContext<'a> {
    pub(super) input: FillInput<'a>,
    values: OnceCell<Rc<Values>>,
    warnings: RefCell<Vec<Diagnostic>>,
}

/// What filters and functions may see while a template is rendered.
#[derive(Debug)]
pub(super) struct Values {
    pub names: Context,
    pub locale: Locale,
    pub currency: Currency,
    pub sections: Option<Vec<String>>,
    pub draft: bool,
    pub shelf: OnceCell<Shelf>,
}

impl<'a> FillContext<'a> {
    pub fn new(input: FillInput<'a>) -> Self {
        Self { input, values: OnceCell::new(), warnings: RefCell::new(Vec::new()) }
    }

    /// Takes the warnings since the last call: places where a draft shows a placeholder.
    pub fn take_warnings(&self) -> Vec<Diagnostic> {
        self.warnings.take()
    }

    pub(super) fn warn(&self, warnings: Vec<Diagnostic>) {
        let mut kept = self.warnings.borrow_mut();
        for warning in warnings {
            if !kept.contains(&warning) {
                kept.push(warning);
            }
        }
    }

    pub(super) fn values(&self) -> Checked<Rc<Values>> {
        if let Some(values) = self.values.get() {
            return Ok(Rc::clone(values));
        }
        let values = Rc::new(self.gather()?);
        Ok(Rc::clone(self.values.get_or_init(|| values)))
    }

    fn gather(&self) -> Checked<Values> {
        let input = &self.input;
        let settings = input.content.settings();
        let locale = Locale::new(input.locale).ok_or_else(|| {
            Diagnostic::error("T007", format!("`{}` is not a locale", input.locale)).help("write one such as `en-CA`")
        })?;
        let own = || {
            Currency::from_code(&settings.currency).ok_or_else(|| {
                Diagnostic::error("T007", format!("`{}` is not a currency", settings.currency.value))
                    .help("write one such as `CAD`")
            })
        };
        let currency = input.quote.map_or_else(own, |quote| Ok(quote.currency))?;
        Ok(Values {
            names: names(input, currency),
            locale,
            currency,
            sections: input.sections.clone(),
            draft: input.draft,
            shelf: OnceCell::new(),
        })
    }
}

/// A group of values in which what is not given is absent.
#[derive(Default)]
struct Group(BTreeMap<String, Value>);

impl Group {
    fn text(&mut self, name: &str, text: Option<&str>) {
        // Blank is not given: nothing would be printed.
        if let Some(text) = text.filter(|text| !is_blank(text)) {
            self.0.insert(name.into(), Value::from(text));
        }
    }

    fn value(&mut self, name: &str, value: Option<Value>) {
        self.0.extend(value.map(|value| (name.to_string(), value)));
    }

    fn list(&mut self, name: &str, items: &[String]) {
        let items: Vec<&str> = items.iter().map(String::as_str).filter(|item| !is_blank(item)).collect();
        self.0.insert(name.into(), Value::from(items));
    }
}

fn is_blank(text: &str) -> bool {
    text.chars().all(char::is_whitespace)
}

fn names(input: &FillInput, currency: Currency) -> Context {
    let mut context = Context::new();
    let mut group = |name: &'static str, fill: &dyn Fn(&mut Group)| {
        let mut group = Group::default();
        fill(&mut group);
        context.insert_value(name, Value::from(group.0));
    };
    let Client { client, contact, opportunity, rep, .. } = input.client;
    group("client", &|group| {
        group.text("name", Some(&client.name));
        group.text("industry", client.industry.as_deref());
        group.text("country", client.country.as_deref());
        group.text("region", client.region.as_deref());
        group.text("locale", client.locale.as_deref());
        let mut size = Group::default();
        for measure in crate::library::settings::MEASURES {
            size.value(measure, client.size.measure(measure).map(Value::from));
        }
        group.value("size", Some(Value::from(size.0)));
    });
    group("contact", &|group| person(group, contact));
    group("rep", &|group| person(group, rep));
    group("opportunity", &|group| {
        group.text("name", opportunity.name.as_deref());
        group.text("stage", opportunity.stage.as_deref());
        group.value("close_date", opportunity.close_date.map(values::date));
        group.list("pain_points", &opportunity.pain_points);
        group.list("objections", &opportunity.objections);
        group.list("competitors", &opportunity.competitors);
    });
    group("quote", &|group| {
        if let Some(priced) = input.quote {
            quote(group, priced);
        }
    });
    group("answers", &|group| {
        for field in &input.template.fields {
            answer(group, field, input.client.answers.get(&field.id.value));
        }
    });
    group("document", &|group| {
        group.value("date", Some(values::date(input.days.document)));
        group.text("currency", Some(currency.code()));
        group.text("number", input.number);
        group.text("language", Some(input.language));
    });
    group("segment", &|group| {
        let segment = input.content.settings().segments.iter().find(|segment| segment.id.value == input.segment);
        group.text("id", Some(input.segment));
        group.text("label", segment.map(|segment| segment.label.as_str()));
    });
    group("variant", &|group| group.text("id", Some(input.variant)));
    group("template", &|group| {
        group.text("id", Some(&input.template.id));
        group.text("title", input.template.title.of(input.language));
        group.text("version", Some(&input.template.version));
    });
    group("brand", &|group| {
        let Firm { name, legal } = input.content.firm();
        group.text("name", Some(name));
        group.text("company", Some(&legal.company));
        group.text("registration", legal.registration.as_deref());
        group.text("address", legal.address.as_deref());
        group.text("disclaimer", legal.disclaimer.as_deref());
        group.text("website", legal.website.as_deref());
        group.text("phone", legal.phone.as_deref());
    });
    context
}

fn person(group: &mut Group, person: &Person) {
    group.text("name", person.name.as_deref());
    group.text("title", person.title.as_deref());
    group.text("email", person.email.as_deref());
    group.text("phone", person.phone.as_deref());
}

/// Nothing of this is there without a quote, so that a section can ask for it as a whole.
fn quote(group: &mut Group, quote: &Quote) {
    let money = |amount: Decimal| Some(values::amount(values::MONEY, amount));
    let value = quote.contract_value;
    group.value("total", value.and_then(|value| money(value.total)));
    group.value("contract_value", value.and_then(|value| money(value.net)));
    for (billing, with_tax) in WITH_TAX {
        let period = quote.period(billing);
        group.value(billing.word(), period.and_then(|period| money(period.net)));
        group.value(with_tax, period.and_then(|period| money(period.total)));
    }
    group.value("discount", quote.discount().and_then(money));
    group.value("effective_discount", Some(values::amount(values::PERCENT, quote.effective_discount)));
    group.text("currency", Some(quote.currency.code()));
    group.value("valid_until", quote.valid_until.map(values::date));
    group.value("start", quote.start.map(values::date));
    group.value("term_months", quote.term_months.map(Value::from));
    group.text("note", quote.note.as_deref());
    group.value("line_count", Some(Value::from(quote.lines.len())));
    let lines: Vec<Value> = quote.lines.iter().map(line).collect();
    group.value("lines", Some(Value::from(lines)));
}

fn line(line: &Line) -> Value {
    let money = |amount: Decimal| Some(values::amount(values::MONEY, amount));
    let mut group = Group::default();
    group.text("sku", Some(&line.sku));
    group.text("name", Some(&line.name));
    group.text("description", line.description.as_deref());
    group.value("quantity", Some(values::amount(values::NUMBER, line.quantity)));
    group.text("unit", Some(&line.units));
    group.text("billing", Some(line.billing.word()));
    group.value("list", money(line.list));
    group.value("discount", money(line.discount));
    group.value("net", money(line.net));
    group.value("included", Some(Value::from(line.counts())));
    group.value("optional", Some(Value::from(line.standing == Standing::Optional)));
    group.text("note", line.note.as_deref());
    Value::from(group.0)
}

fn answer(group: &mut Group, field: &Field, answer: Option<&Answer>) {
    let name = field.id.as_str();
    match answer {
        Some(Answer::Text(text)) if field.kind == FieldKind::LongText && !is_blank(text) => {
            group.value(name, Some(values::long_text(text)));
        }
        Some(Answer::Text(text)) => group.text(name, Some(text)),
        Some(Answer::Decimal(number)) if field.kind == FieldKind::Money => {
            group.value(name, Some(values::amount(values::MONEY, *number)));
        }
        Some(Answer::Decimal(number)) => group.value(name, Some(values::amount(values::NUMBER, *number))),
        Some(Answer::Percent(number)) => group.value(name, Some(values::amount(values::PERCENT, *number))),
        Some(Answer::Date(date)) => group.value(name, Some(values::date(*date))),
        Some(Answer::List(items)) => group.list(name, items),
        Some(Answer::Image(path)) => group.text(name, path.to_str()),
        Some(Answer::YesNo(yes)) => group.value(name, Some(Value::from(*yes))),
        // A list is always there, so that a loop over it goes nowhere.
        None if field.kind == FieldKind::List => group.list(name, &[]),
        None => {}
    }
}
