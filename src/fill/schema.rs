//! In: a template, the library's settings. Out: every name that a section may use, with its type.

use std::ops::Range;
use std::sync::Arc;

use iso_currency::Currency;

use super::suggest::did_you_mean;
use crate::library::settings::Settings;
use crate::library::template::{Field, FieldKind, Template};
use crate::plan::quote::Billing;

/// What sections may say of the firm.
const BRAND: [&str; 7] = ["name", "company", "registration", "address", "disclaimer", "website", "phone"];

/// What kind of value a name or an expression has.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Type {
    Text,
    /// Paragraphs and simple lists.
    LongText,
    /// Text that is one of these.
    Choice(Arc<[String]>),
    Whole,
    Decimal,
    /// In the document's currency.
    Money,
    /// In the currency that the library names.
    MoneyIn(Currency),
    Percent,
    Date,
    YesNo,
    Image,
    List(Box<Type>),
    Map(Vec<(&'static str, Type)>),
    /// A group that is there as a whole or not at all, so that a section can ask for it.
    Perhaps(Vec<(&'static str, Type)>),
    /// The fields of the template.
    Answers(Vec<(String, Type)>),
    /// Sometimes one type, sometimes another: can be printed, and no more.
    Mixed,
    /// After a fault that has been reported.
    Unknown,
}

impl Type {
    pub fn words(&self) -> &'static str {
        match self {
            Self::Text | Self::LongText | Self::Choice(_) => "text",
            Self::Whole | Self::Decimal => "a number",
            Self::Money | Self::MoneyIn(_) => "an amount of money",
            Self::Percent => "a percentage",
            Self::Date => "a date",
            Self::YesNo => "yes or no",
            Self::Image => "an image",
            Self::List(_) => "a list",
            Self::Map(_) | Self::Perhaps(_) | Self::Answers(_) => "a group of values",
            Self::Mixed => "sometimes text and sometimes not",
            Self::Unknown => "unknown",
        }
    }

    pub fn is_text(&self) -> bool {
        matches!(self, Self::Text | Self::LongText | Self::Choice(_))
    }

    /// True for what holds values under names of their own.
    pub fn is_group(&self) -> bool {
        matches!(self, Self::Map(_) | Self::Perhaps(_) | Self::Answers(_))
    }

    pub fn is_number(&self) -> bool {
        matches!(self, Self::Whole | Self::Decimal | Self::Percent) || self.is_money()
    }

    pub fn is_money(&self) -> bool {
        matches!(self, Self::Money | Self::MoneyIn(_))
    }

    /// The type of a value that is one or the other.
    pub fn join(self, other: Self) -> Self {
        match (self, other) {
            (left, right) if left == right => left,
            (Self::Unknown, _) | (_, Self::Unknown) => Self::Unknown,
            (Self::LongText, right) if right.is_text() => Self::LongText,
            (left, Self::LongText) if left.is_text() => Self::LongText,
            (left, right) if left.is_text() && right.is_text() => Self::Text,
            // The currency that the library names is the document's, or nothing is printed at all.
            (Self::Money, money @ Self::MoneyIn(_)) | (money @ Self::MoneyIn(_), Self::Money) => money,
            // Without a currency it is no amount.
            (left, right) if left.is_money() || right.is_money() => Self::Mixed,
            (Self::Percent, right) | (right, Self::Percent) if right.is_number() => Self::Percent,
            (left, right) if left.is_number() && right.is_number() => Self::Decimal,
            _ => Self::Mixed,
        }
    }
}

/// The names at the root, in the order in which they are suggested.
#[derive(Debug)]
pub(super) struct Schema {
    roots: Vec<(&'static str, Type)>,
    /// Ids of the template's sections.
    pub sections: Vec<String>,
}

/// A name that there is not.
#[derive(Debug)]
pub(super) struct NoSuchName {
    /// Which of the path's words.
    pub at: usize,
    pub message: String,
    pub label: String,
}

impl Schema {
    pub fn new(template: &Template, settings: &Settings) -> Self {
        let text = || Type::Text;
        let person = || Type::Map(vec![("name", text()), ("title", text()), ("email", text()), ("phone", text())]);
        let words = |words: &mut dyn Iterator<Item = &str>| Type::Choice(words.map(String::from).collect());
        let list = || Type::List(Box::new(Type::Text));
        let size = ["vehicles", "employees", "locations", "annual_revenue"].map(|name| (name, Type::Whole));
        let client = vec![
            ("name", text()),
            ("industry", text()),
            ("country", text()),
            ("region", text()),
            ("locale", text()),
            ("size", Type::Map(size.to_vec())),
        ];
        let opportunity = vec![
            ("name", text()),
            ("stage", words(&mut settings.stages.iter().map(|stage| stage.id.as_str()))),
            ("close_date", Type::Date),
            ("pain_points", list()),
            ("objections", list()),
            ("competitors", list()),
        ];
        let document = vec![
            ("date", Type::Date),
            ("currency", text()),
            ("number", text()),
            ("language", words(&mut template.languages.iter().map(|language| language.as_str()))),
        ];
        let segments = words(&mut settings.segments.iter().map(|segment| segment.id.as_str()));
        let variants = words(&mut template.variants.0.iter().map(|(id, _)| id.as_str()));
        let answers = template.fields.iter().map(|field| (field.id.value.clone(), type_of(field))).collect();
        let roots = vec![
            ("client", Type::Map(client)),
            ("contact", person()),
            ("opportunity", Type::Map(opportunity)),
            ("rep", person()),
            ("quote", quote()),
            ("answers", Type::Answers(answers)),
            ("document", Type::Map(document)),
            ("segment", Type::Map(vec![("id", segments), ("label", text())])),
            ("variant", Type::Map(vec![("id", variants)])),
            ("template", Type::Map(vec![("id", text()), ("title", text()), ("version", text())])),
            ("brand", Type::Map(BRAND.map(|name| (name, text())).to_vec())),
        ];
        let sections = template.sections.iter().map(|section| section.id.value.clone()).collect();
        Self { roots, sections }
    }

    pub fn roots(&self) -> impl Iterator<Item = &'static str> + Clone + '_ {
        self.roots.iter().map(|(name, _)| *name)
    }

    /// The type of a dotted path.
    pub fn find(&self, path: &[&str], locals: &[&str]) -> Result<Type, NoSuchName> {
        let first = path.first().unwrap_or(&"");
        let Some((_, root)) = self.roots.iter().find(|(name, _)| name == first) else {
            let names: Vec<&str> = self.roots.iter().map(|(name, _)| *name).chain(locals.iter().copied()).collect();
            let label = did_you_mean(first, names.iter().copied());
            return Err(NoSuchName { at: 0, message: format!("there is nothing called `{first}`"), label });
        };
        below(root, path)
    }
}

/// The type of a path whose first word has the type `root`.
pub(super) fn below(root: &Type, path: &[&str]) -> Result<Type, NoSuchName> {
    let mut found = root;
    for (at, name) in path.iter().enumerate().skip(1) {
        let next = match found {
            Type::Unknown => return Ok(Type::Unknown),
            Type::Map(names) | Type::Perhaps(names) => {
                names.iter().find(|(known, _)| known == name).map(|(_, next)| next)
            }
            Type::Answers(names) => names.iter().find(|(known, _)| known == name).map(|(_, next)| next),
            _ => None,
        };
        found = next.ok_or_else(|| no_such_name(found, path, at))?;
    }
    Ok(found.clone())
}

/// What a priced quote holds; amounts are without taxes that are added, unless the name says otherwise.
fn quote() -> Type {
    let line = vec![
        ("name", Type::Text),
        ("sku", Type::Text),
        ("description", Type::Text),
        ("quantity", Type::Decimal),
        ("unit", Type::Text),
        ("billing", Type::Choice(Billing::ALL.map(|billing| billing.word().to_string()).into())),
        ("list", Type::Money),
        ("discount", Type::Money),
        ("net", Type::Money),
        ("included", Type::YesNo),
        ("optional", Type::YesNo),
        ("note", Type::Text),
    ];
    let mut names = vec![
        ("total", Type::Money),
        ("contract_value", Type::Money),
        ("one_time", Type::Money),
        ("monthly", Type::Money),
        ("annual", Type::Money),
        ("usage", Type::Money),
    ];
    names.extend(WITH_TAX.map(|(_, name)| (name, Type::Money)));
    names.extend([
        ("discount", Type::Money),
        ("effective_discount", Type::Percent),
        ("currency", Type::Text),
        ("valid_until", Type::Date),
        ("start", Type::Date),
        ("term_months", Type::Whole),
        ("note", Type::Text),
        ("line_count", Type::Whole),
        ("lines", Type::List(Box::new(Type::Map(line)))),
    ]);
    Type::Perhaps(names)
}

/// What is paid for each billing, with taxes.
pub(super) const WITH_TAX: [(Billing, &str); 4] = [
    (Billing::OneTime, "one_time_with_tax"),
    (Billing::Monthly, "monthly_with_tax"),
    (Billing::Annual, "annual_with_tax"),
    (Billing::Usage, "usage_with_tax"),
];

fn no_such_name(group: &Type, path: &[&str], at: usize) -> NoSuchName {
    let name = path[at];
    let owner = path[..at].join(".");
    let (message, label) = match group {
        Type::Map(names) | Type::Perhaps(names) => {
            let owners = match path[at - 1] {
                "client" => "clients have".into(),
                "contact" => "contacts have".into(),
                "rep" => "reps have".into(),
                _ => format!("`{owner}` has"),
            };
            let label = did_you_mean(name, names.iter().map(|(known, _)| *known));
            (format!("{owners} no field called `{name}`"), label)
        }
        Type::Answers(names) => {
            let known = names.iter().map(|(known, _)| known.as_str());
            (format!("this template asks for no field called `{name}`"), did_you_mean(name, known))
        }
        other => (format!("`{owner}` is {}: it has no `{name}`", other.words()), format!("write `{owner}` alone")),
    };
    NoSuchName { at, message, label }
}

fn type_of(field: &Field) -> Type {
    match field.kind {
        FieldKind::Text | FieldKind::Email | FieldKind::Url => Type::Text,
        FieldKind::LongText => Type::LongText,
        FieldKind::Number => Type::Decimal,
        FieldKind::Money => {
            let own = field.currency.as_ref().and_then(|code| Currency::from_code(code));
            own.map_or(Type::Money, Type::MoneyIn)
        }
        FieldKind::Percent => Type::Percent,
        FieldKind::Date => Type::Date,
        FieldKind::Choice => Type::Choice(field.options.clone().into()),
        FieldKind::List => Type::List(Box::new(Type::Text)),
        FieldKind::Image => Type::Image,
        FieldKind::YesNo => Type::YesNo,
    }
}

/// A path in an expression, for messages about what is not given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Named {
    pub path: String,
    /// Bytes of the file.
    pub span: Range<usize>,
}
