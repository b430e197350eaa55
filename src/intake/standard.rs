//! In: the standard part of a client file as typed. Out: its checked parts, with a problem for every fault.

use super::Rules;
use std::cell::OnceCell;

use super::client::{Opportunity, Organisation, Person, SectionChoice, Size};
use super::raw::{RawClient, RawOpportunity, RawOrganisation, RawPerson, RawSections};
use super::request::QuoteRequest;
use super::sheet::Sheet;
use super::{forms, image, text};
use crate::diagnostic::{Diagnostic, Problems, suggest};
use crate::library::template::Template;
use crate::source::{Node, NodeKind, Spanned, contact};

/// What every check needs.
pub(super) struct Desk<'a> {
    pub(super) sheet: &'a Sheet,
    pub(super) rules: &'a Rules<'a>,
    /// False when parts with faults are left out: then what is missing may be a misspelt key, reported already.
    pub(super) whole: bool,
    pub(super) problems: &'a mut Problems,
}

/// The standard parts of a client, and the digest of the logo.
pub(super) struct Standard {
    pub(super) client: Organisation,
    pub(super) logo_digest: Option<String>,
    pub(super) contact: Person,
    pub(super) rep: Person,
    pub(super) opportunity: Opportunity,
    pub(super) quote: Option<QuoteRequest>,
    pub(super) sections: SectionChoice,
    pub(super) case_studies: Vec<String>,
    pub(super) language: Option<String>,
}

impl Desk<'_> {
    pub(super) fn standard(&mut self, raw: RawClient) -> Standard {
        let (client, logo_digest) = self.organisation(raw.client);
        let standard = Standard {
            client,
            logo_digest,
            contact: self.person(raw.contact),
            rep: self.person(raw.rep),
            opportunity: self.opportunity(raw.opportunity),
            quote: raw.quote.map(|quote| self.quote(quote)),
            sections: self.sections(raw.sections),
            case_studies: raw.case_studies.unwrap_or_default().into_iter().map(|id| id.value).collect(),
            language: raw.language.map(|language| self.language(language)),
        };
        self.blanks();
        standard
    }

    pub(super) fn fault(&mut self, at: &Spanned<impl Sized>, fault: Diagnostic) {
        self.problems.push(self.sheet.at(&at.span, fault));
    }

    fn organisation(&mut self, raw: Option<RawOrganisation>) -> (Organisation, Option<String>) {
        let Some(raw) = raw else {
            self.name(None);
            let none = RawOrganisation {
                name: None,
                industry: None,
                country: None,
                region: None,
                locale: None,
                size: None,
                logo: None,
            };
            return (Self::plain(none), None);
        };
        self.name(raw.name.as_ref());
        if let Some(country) = raw.country.as_ref().filter(|country| !forms::is_country(country)) {
            let upper = country.to_uppercase();
            let label = if forms::is_country(&upper) {
                format!("write `{upper}`")
            } else {
                "write two capital letters, such as `CA`".into()
            };
            let message = format!("`{}` is not a country code of ISO 3166", country.value);
            self.fault(country, Diagnostic::error("C009", message).label(label));
        }
        if let Some(locale) = raw.locale.as_ref().filter(|locale| !forms::is_locale(locale)) {
            let dashed = locale.replace('_', "-");
            let label = if forms::is_locale(&dashed) {
                format!("write `{dashed}`")
            } else {
                "write a tag such as `en-CA`".into()
            };
            let message = format!("`{}` is not a locale of BCP 47", locale.value);
            self.fault(locale, Diagnostic::error("C010", message).label(label));
        }
        let found = raw.logo.as_ref().and_then(|logo| match image::find(&self.sheet.folder, logo) {
            Ok(found) => Some(found),
            Err(error) => {
                let fault = Diagnostic::error(error.code(), error.to_string()).label("not usable").help(error.help());
                self.fault(logo, fault);
                None
            }
        });
        let name_place = raw.name.as_ref().and_then(|name| self.sheet.place_in_file(&name.span));
        let mut client = Organisation { name_place, ..Self::plain(raw) };
        let digest = found.as_ref().map(|image| image.digest.clone());
        client.logo = found.map(|image| image.path);
        (client, digest)
    }

    fn plain(raw: RawOrganisation) -> Organisation {
        let size = raw.size.map_or_else(Size::default, |size| Size {
            vehicles: size.vehicles,
            employees: size.employees,
            locations: size.locations,
            annual_revenue: size.annual_revenue,
        });
        Organisation {
            name: raw.name.map(|name| name.value).unwrap_or_default(),
            name_place: None,
            industry: raw.industry,
            country: raw.country.map(|country| country.value),
            region: raw.region,
            locale: raw.locale.map(|locale| locale.value),
            size,
            logo: None,
        }
    }

    /// The one thing that is always required.
    fn name(&mut self, name: Option<&Spanned<String>>) {
        let help = "write `client: {name: …}`, or give `--set client.name=\"…\"`";
        let Some(name) = name else {
            if !self.whole {
                return;
            }
            let fault =
                Diagnostic::error("C005", "the client has no name").label("`client.name` is missing").help(help);
            let fault = match self.sheet.root.entries().first() {
                Some((key, _)) => self.sheet.at(&key.span, fault),
                None => fault,
            };
            return self.problems.push(fault);
        };
        if text::is_blank(name) {
            self.fault(
                name,
                Diagnostic::error("C005", "the client's name is blank").label("nothing to print").help(help),
            );
        } else if name.trim() != name.value {
            let fault = Diagnostic::warning("C024", "the client's name begins or ends with a blank, which is kept");
            self.fault(name, fault.label("as typed"));
        }
    }

    fn person(&mut self, raw: Option<RawPerson>) -> Person {
        let Some(raw) = raw else { return Person::default() };
        if let Some(email) = raw.email.as_ref().filter(|email| !text::is_blank(email) && !contact::is_email(email)) {
            let fault = Diagnostic::error("C020", format!("`{}` is not an e-mail address", email.value));
            self.fault(email, fault.label("write one address, such as `jo@example.com`"));
        }
        Person { name: raw.name, title: raw.title, email: raw.email.map(|email| email.value), phone: raw.phone }
    }

    fn opportunity(&mut self, raw: Option<RawOpportunity>) -> Opportunity {
        let Some(raw) = raw else { return Opportunity::default() };
        Opportunity {
            name: raw.name,
            stage: raw.stage.and_then(|stage| self.stage(&stage)),
            close_date: raw.close_date,
            pain_points: raw.pain_points.unwrap_or_default(),
            objections: raw.objections.unwrap_or_default(),
            competitors: raw.competitors.unwrap_or_default(),
        }
    }

    /// Finds the id of a stage by itself or by a name that a CRM uses.
    fn stage(&mut self, typed: &Spanned<String>) -> Option<String> {
        let stages = &self.rules.settings.stages;
        let crm = |name: &String| name.to_lowercase() == typed.to_lowercase();
        let known = stages.iter().find(|stage| stage.id.value == typed.value);
        let known = known.or_else(|| stages.iter().find(|stage| stage.crm.iter().any(crm)));
        if let Some(stage) = known {
            return Some(stage.id.value.clone());
        }
        let ids = stages.iter().map(|stage| stage.id.value.as_str());
        let names = stages.iter().flat_map(|stage| stage.crm.iter().map(String::as_str));
        let fault = Diagnostic::error("C008", format!("there is no stage `{}`", typed.value));
        let fault = match suggest(typed, ids.clone().chain(names)) {
            Some(meant) => fault.label(format!("did you mean `{meant}`?")),
            None => fault.label("not known here"),
        };
        let all: Vec<_> = ids.collect();
        self.fault(typed, fault.help(format!("the stages of this library: `{}`", all.join("`, `"))));
        None
    }

    /// Sections must exist; whether a rep may touch them is decided with the plan.
    fn sections(&mut self, raw: Option<RawSections>) -> SectionChoice {
        let Some(raw) = raw else { return SectionChoice::default() };
        let (remove, add) = (raw.remove.unwrap_or_default(), raw.add.unwrap_or_default());
        let mut elsewhere = Vec::new();
        let others = OnceCell::new();
        for id in remove.iter().chain(&add) {
            let mut ids = self.rules.template.sections.iter().map(|section| section.id.value.as_str());
            if !ids.clone().any(|known| known == id.value) {
                let has = |template: &Template| template.sections.iter().any(|section| section.id.value == id.value);
                if others.get_or_init(self.rules.others).iter().any(has) {
                    elsewhere.push(id.value.clone());
                    continue;
                }
                let fault = Diagnostic::error(
                    "C022",
                    format!("the template `{}` has no section `{}`", self.rules.template.id, id.value),
                );
                let fault = match suggest(id, &mut ids) {
                    Some(meant) => fault.label(format!("did you mean `{meant}`?")),
                    None => fault.label("not a section").help("`collateral explain` lists the sections"),
                };
                self.fault(id, fault);
            }
        }
        for id in add.iter().filter(|id| remove.iter().any(|removed| removed.value == id.value)) {
            let fault = Diagnostic::error("C022", format!("the section `{}` is both removed and added", id.value));
            self.fault(id, fault.label("added here").help("keep one of them"));
        }
        let placed = |ids: Vec<Spanned<String>>| {
            let here = ids.into_iter().filter(|id| !elsewhere.contains(&id.value));
            here.map(|id| (id.value, self.sheet.place(&id.span))).collect()
        };
        SectionChoice { remove: placed(remove), add: placed(add) }
    }

    fn language(&mut self, language: Spanned<String>) -> String {
        let known = || self.rules.template.languages.iter().map(|language| language.value.as_str());
        if !known().any(|known| known == language.value) {
            let all: Vec<_> = known().collect();
            let message = format!("the template `{}` is not written in `{}`", self.rules.template.id, language.value);
            let fault = Diagnostic::error("C012", message).help(format!("its languages are: `{}`", all.join("`, `")));
            // `en-CA` asks for `en`: the region belongs to `client.locale`.
            let base = language.split(['-', '_']).next().unwrap_or_default().to_lowercase();
            let meant = known().find(|known| *known == base).or_else(|| suggest(&language, known()));
            let label = meant.map_or("not offered".into(), |meant| format!("did you mean `{meant}`?"));
            self.fault(&language, fault.label(label));
        }
        language.value
    }

    /// Refuses text that shows nothing, wherever it stands: it would print as a hole.
    fn blanks(&mut self) {
        let root = self.sheet.root.entries().iter().filter(|(key, _)| key.value != "answers");
        for (key, node) in root {
            self.blank(&key.value, node);
        }
    }

    fn blank(&mut self, path: &str, node: &Node) {
        match &node.kind {
            NodeKind::Scalar { text, .. } if text::is_blank(text) && path != "client.name" => {
                let fault = Diagnostic::error("C006", format!("`{path}` is blank")).label("nothing to print");
                self.problems.push(self.sheet.at(&node.span, fault.help("write it, or take the key out")));
            }
            NodeKind::List(items) => items.iter().for_each(|item| self.blank(path, item)),
            NodeKind::Map(entries) => {
                entries.iter().for_each(|(key, value)| self.blank(&format!("{path}.{}", key.value), value))
            }
            _ => {}
        }
    }
}
