//! The client file as data: what a rep says about one client.

use std::collections::BTreeMap;

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::request::QuoteRequest;
use crate::diagnostic::Place;

/// A checked client file. Text is exactly as typed.
#[derive(Debug, Clone)]
pub struct Client {
    pub client: Organisation,
    pub contact: Person,
    pub opportunity: Opportunity,
    pub rep: Person,
    /// What shall be quoted, before it is priced.
    pub quote: Option<QuoteRequest>,
    /// Answers to the template's fields, by field id; defaults of the template are filled in.
    pub answers: BTreeMap<String, Answer>,
    pub sections: SectionChoice,
    /// Case studies that the rep picked, by id.
    pub case_studies: Vec<String>,
    pub language: Option<String>,
    /// SHA-256 of the checked data in a canonical form, lower-case hex.
    pub digest: String,
}

impl Client {
    /// A client of whom only the name is known.
    pub fn named(name: &str) -> Self {
        Self {
            client: Organisation {
                name: name.to_string(),
                name_place: None,
                industry: None,
                country: None,
                region: None,
                locale: None,
                size: Size::default(),
                logo: None,
            },
            contact: Person::default(),
            opportunity: Opportunity::default(),
            rep: Person::default(),
            quote: None,
            answers: BTreeMap::new(),
            sections: SectionChoice::default(),
            case_studies: Vec::new(),
            language: None,
            digest: String::new(),
        }
    }
}

#[derive(Debug, Clone)]
pub struct Organisation {
    pub name: String,
    /// Where the name was typed, when it came from a file.
    pub name_place: Option<Place>,
    pub industry: Option<String>,
    pub country: Option<String>,
    pub region: Option<String>,
    /// BCP 47.
    pub locale: Option<String>,
    pub size: Size,
    /// Path of an image, resolved beside the client file.
    pub logo: Option<std::path::PathBuf>,
}

/// Known measures of size.
#[derive(Debug, Clone, Default)]
pub struct Size {
    pub vehicles: Option<u64>,
    pub employees: Option<u64>,
    pub locations: Option<u64>,
    pub annual_revenue: Option<u64>,
}

impl Size {
    /// The measure that library.yaml calls by this name.
    pub fn measure(&self, name: &str) -> Option<u64> {
        match name {
            "vehicles" => self.vehicles,
            "employees" => self.employees,
            "locations" => self.locations,
            "annual_revenue" => self.annual_revenue,
            _ => None,
        }
    }
}

#[derive(Debug, Clone, Default)]
pub struct Person {
    pub name: Option<String>,
    pub title: Option<String>,
    pub email: Option<String>,
    pub phone: Option<String>,
}

#[derive(Debug, Clone, Default)]
pub struct Opportunity {
    pub name: Option<String>,
    pub stage: Option<String>,
    pub close_date: Option<Date>,
    pub pain_points: Vec<String>,
    pub objections: Vec<String>,
    pub competitors: Vec<String>,
}

#[derive(Debug, Clone, Default)]
pub struct SectionChoice {
    pub remove: Vec<(String, Option<Place>)>,
    pub add: Vec<(String, Option<Place>)>,
}

/// One answer, of the type that its field states.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer {
    Text(String),
    /// Number or money, exact.
    Decimal(Decimal),
    /// A part of one: `5%` is 0.05.
    Percent(Decimal),
    Date(Date),
    List(Vec<String>),
    Image(std::path::PathBuf),
    YesNo(bool),
}
