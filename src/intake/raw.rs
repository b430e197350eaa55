//! In: the nodes of a client file. Out: its standard part as typed, in the shape that every client file has.

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;
use serde::de::{Deserializer, IgnoredAny};

use jiff::civil::Date;

use super::request::MOST_MONTHS;
use crate::source::Spanned;

/// A client file: what a rep says about one client.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Client file")]
pub(super) struct RawClient {
    /// Who the document is for.
    pub(super) client: Option<RawOrganisation>,
    /// The person who will read it.
    pub(super) contact: Option<RawPerson>,
    /// What is on the table.
    pub(super) opportunity: Option<RawOpportunity>,
    /// Who sends it.
    pub(super) rep: Option<RawPerson>,
    /// What is offered, line by line.
    pub(super) quote: Option<RawQuote>,
    /// Answers to the template's own questions, by the id of the field.
    #[allow(dead_code, reason = "read node by node, since each template asks for other types")]
    pub(super) answers: Option<Answers>,
    /// Sections to take out or add, where the template allows it.
    pub(super) sections: Option<RawSections>,
    /// Ids of case studies to use instead of the ones that fit best.
    pub(super) case_studies: Option<Vec<Spanned<String>>>,
    /// Language of the document, such as `en`; one that the template has.
    pub(super) language: Option<Spanned<String>>,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RawOrganisation {
    /// The client's name, exactly as it shall be printed. Always required.
    pub(super) name: Option<Spanned<String>>,
    /// Such as `logistics`.
    pub(super) industry: Option<String>,
    /// Two letters of ISO 3166, such as `CA`.
    pub(super) country: Option<Spanned<String>>,
    /// State, province or region, such as `ON`.
    pub(super) region: Option<String>,
    /// BCP 47, such as `en-CA`: how numbers and dates are written.
    pub(super) locale: Option<Spanned<String>>,
    /// How big the client is; decides the length of the document.
    pub(super) size: Option<RawSize>,
    /// A PNG, JPEG or SVG file beside the client file.
    pub(super) logo: Option<Spanned<String>>,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RawSize {
    pub(super) vehicles: Option<u64>,
    pub(super) employees: Option<u64>,
    pub(super) locations: Option<u64>,
    /// In whole units of money a year.
    pub(super) annual_revenue: Option<u64>,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RawPerson {
    pub(super) name: Option<String>,
    /// The person's job.
    pub(super) title: Option<String>,
    pub(super) email: Option<Spanned<String>>,
    pub(super) phone: Option<String>,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RawOpportunity {
    pub(super) name: Option<String>,
    /// Where the sale stands: an id of templates/library.yaml, or the CRM's name for it.
    pub(super) stage: Option<Spanned<String>>,
    #[schemars(with = "Option<String>", extend("format" = "date"))]
    pub(super) close_date: Option<Date>,
    /// Ids of pain points that the client named.
    pub(super) pain_points: Option<Vec<String>>,
    /// Ids of objections to answer.
    pub(super) objections: Option<Vec<String>>,
    /// Ids of competitors in the running.
    pub(super) competitors: Option<Vec<String>>,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RawQuote {
    /// ISO 4217, such as `CAD`; the library's own if left out.
    pub(super) currency: Option<Spanned<String>>,
    /// The last day on which the client may accept.
    #[schemars(with = "Option<String>", extend("format" = "date"))]
    pub(super) valid_until: Option<Spanned<Date>>,
    /// First day of the term.
    #[schemars(with = "Option<String>", extend("format" = "date"))]
    pub(super) start: Option<Date>,
    /// How many months are agreed; what the whole contract is worth follows from it.
    #[schemars(range(min = 1, max = MOST_MONTHS))]
    pub(super) term_months: Option<u32>,
    /// What the client shall read about the whole quote, in one line.
    pub(super) note: Option<String>,
    /// Off the whole quote, beside the lines' own: such as `5%`, or an amount such as `500.00`.
    #[schemars(with = "Option<DiscountText>")]
    pub(super) discount: Option<Spanned<Amount>>,
    pub(super) lines: Spanned<Vec<RawLine>>,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RawLine {
    /// The item of the price book.
    pub(super) sku: Spanned<String>,
    /// How many; more than 0.
    pub(super) quantity: Spanned<Amount>,
    /// Such as `5%`, or an amount such as `120.00`.
    #[schemars(with = "Option<DiscountText>")]
    pub(super) discount: Option<Spanned<Amount>>,
    /// `yes` where the client may add the line: it is shown and counts in no sum.
    #[schemars(with = "Option<YesNo>")]
    pub(super) optional: Option<Spanned<String>>,
    /// A name that several lines share, of which the client takes one.
    pub(super) alternative: Option<Spanned<String>>,
    /// `yes` on the one of the alternatives that counts in the sums.
    #[schemars(with = "Option<YesNo>")]
    pub(super) chosen: Option<Spanned<String>>,
    /// What the client shall read about the line, in one line.
    pub(super) note: Option<String>,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RawSections {
    /// Ids of sections to take out.
    pub(super) remove: Option<Vec<Spanned<String>>>,
    /// Ids of sections to add.
    pub(super) add: Option<Vec<Spanned<String>>>,
}

/// A number kept as text, so that no float comes near it.
#[derive(Debug, Deserialize)]
pub(super) struct Amount(pub(super) String);

impl JsonSchema for Amount {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Amount".into()
    }
    fn inline_schema() -> bool {
        true
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": ["number", "string"], "format": "decimal"})
    }
}

/// A percentage or an amount; which of them, and whether it can be, is read later.
struct DiscountText;

impl JsonSchema for DiscountText {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Discount".into()
    }
    fn inline_schema() -> bool {
        true
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": ["number", "string"]})
    }
}

/// `yes` or `no`, or what YAML makes of them; read later.
struct YesNo;

impl JsonSchema for YesNo {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "YesNo".into()
    }
    fn inline_schema() -> bool {
        true
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": ["boolean", "string"]})
    }
}

/// Any group of keys.
#[derive(Debug)]
pub(super) struct Answers;

impl<'de> Deserialize<'de> for Answers {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        IgnoredAny::deserialize(deserializer).map(|_| Self)
    }
}

impl JsonSchema for Answers {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Answers".into()
    }
    fn inline_schema() -> bool {
        true
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "object"})
    }
}
