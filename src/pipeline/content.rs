//! In: a library. Out: what is wrong in the words of its sections, conditions and blocks, whoever the client is.
//!
//! Names and expressions are checked as they are written. What stands between them (directives, attributes, layouts,
//! images, HTML) is seen once a section is filled, so each is filled twice for the purpose: for a client of whom
//! everything is known, and for one with nothing but a name.

use iso_currency::Currency;
use jiff::civil::Date;

use crate::diagnostic::{Diagnostic, Place, Problems};
use crate::document::pricing::Priced;
use crate::document::{each_image, leftovers_in, parse_section};
use crate::fill::{
    FillCache, FillContext, FillInput, check_block, check_section, check_when, evaluate_when, fill_section,
};
use crate::format::Locale;
use crate::intake::client::Client;
use crate::intake::{self, Rules};
use crate::library::Library;
use crate::library::days::UsageDays;
use crate::library::pricebook::PRICE_BOOK;
use crate::library::template::{Field, FieldKind, SectionEntry, Template, Variant};
use crate::plan::quote::{Quote, trial};
use crate::source::Spanned;

/// Checks every name, filter, block and tag in every template's sections and conditions, and in every block.
pub fn check_content(library: &Library) -> Problems {
    let mut problems = Problems::default();
    for id in library.template_ids() {
        // A template that cannot be read is reported where it is read.
        if let Ok(template) = library.template(&id) {
            check_template(library, &template, &mut problems);
            let file = format!("templates/{id}/template.yaml");
            for (_, title) in &template.title.texts {
                problems.extend_new(printed(&file, "title", title));
            }
        }
    }
    problems.extend_new(price_book(library));
    let furniture = &library.brand.furniture;
    problems.extend_new(printed("brand/brand.yaml", "furniture.confidentiality", &furniture.confidentiality));
    for (language, words) in &furniture.words {
        for (name, words) in [("confidentiality", &words.confidentiality), ("internal", &words.internal)] {
            let field = format!("furniture.words.{language}.{name}");
            problems.extend_new(printed("brand/brand.yaml", &field, words.as_deref().unwrap_or_default()));
        }
    }
    problems
}

/// Says what nobody can have meant to print in the names of items and taxes.
fn price_book(library: &Library) -> Problems {
    // A book that cannot be read is reported where it is read.
    let (Ok(Some(book)), Ok(file)) = (library.price_book(), library.text(PRICE_BOOK)) else {
        return Problems::default();
    };
    let of = |text: &Spanned<String>| {
        let place = Place { file: file.clone(), span: text.span.clone() };
        leftovers_in(text).into_iter().map(move |problem| problem.at(place.clone()))
    };
    Problems(book.printed().into_iter().flat_map(of).collect())
}

/// Says what nobody can have meant to print in words that every page of a document carries.
fn printed(file: &str, field: &str, words: &str) -> Problems {
    let said = |mut problem: Diagnostic| {
        problem.message = format!("{} by `{field}` in {file}", problem.message);
        problem
    };
    Problems(leftovers_in(words).into_iter().map(said).collect())
}

fn check_template(library: &Library, template: &Template, problems: &mut Problems) {
    let cache = FillCache::default();
    let nobody = Client::named("");
    let language = template.languages.first().map_or("en", |language| language.value.as_str());
    let fill = FillContext::new(FillInput {
        content: library,
        cache: &cache,
        template,
        client: &nobody,
        days: UsageDays::on(Date::default()),
        number: None,
        segment: library.settings.segments.first().map_or("", |segment| segment.id.value.as_str()),
        variant: template.variants.0.first().map_or("", |(id, _)| id.value.as_str()),
        language,
        locale: &library.settings.locale,
        sections: None,
        quote: None,
        draft: false,
    });
    let file = library.text(&format!("templates/{}/template.yaml", template.id));
    for entry in &template.sections {
        if let (Some(condition), Ok(file)) = (&entry.when, &file) {
            problems.extend_new(check_when(&fill, condition, file).err().unwrap_or_default());
        }
        for language in &template.languages {
            let path = crate::plan::section_path(template, &language.value, entry);
            // A file that is missing is reported with the template.
            if library.files.contains_key(&path) {
                problems.extend_new(check_section(&fill, &path).err().unwrap_or_default());
            }
        }
    }
    for block in library.blocks().unwrap_or_default() {
        problems.extend_new(check_block(&fill, block).err().unwrap_or_default());
    }
    // One client has a quote and one has none, as their files would.
    let quote = trial::quote(own_currency(library));
    let trials = [(known(library, template), Some(&quote)), (unknown(library, template), None)];
    for (client, quote) in trials.into_iter().filter_map(|(client, quote)| Some((client?, quote))) {
        for (id, variant) in &template.variants.0 {
            try_variant(library, template, (&client, quote), (&id.value, variant), problems);
        }
    }
}

/// The library's currency: amounts that sections state are in it, or are tried in no document.
fn own_currency(library: &Library) -> Currency {
    // What is no currency is reported where library.yaml is read.
    Currency::from_code(&library.settings.currency).unwrap_or(Currency::XXX)
}

/// Whether a section is empty depends on the client.
const DEPENDS: [&str; 1] = ["D083"];

/// A client of whom everything is known, the template's own fields by their examples; `None` where these are at fault.
fn known(library: &Library, template: &Template) -> Option<Client> {
    let standard = [
        "client.name=Example",
        "client.industry=logistics",
        "client.country=CA",
        "client.region=ON",
        "client.size.vehicles=50",
        "client.size.employees=50",
        "client.size.locations=2",
        "client.size.annual_revenue=5000000",
        "contact.name=Example",
        "contact.title=Example",
        "contact.email=a@client.example",
        "contact.phone=555-0100",
        "opportunity.name=Example",
        "opportunity.close_date=2100-01-01",
        "rep.name=Example",
        "rep.title=Example",
        "rep.email=a@firm.example",
        "rep.phone=555-0101",
    ];
    let fields = template.fields.iter().filter(|field| field.required || field.example.is_some());
    trial(library, template, standard.into_iter().map(String::from).chain(fields.filter_map(answer)))
}

/// A client of whom no more is known than the template insists on.
fn unknown(library: &Library, template: &Template) -> Option<Client> {
    let required = template.fields.iter().filter(|field| field.required && field.default.is_none());
    trial(library, template, ["client.name=Example".to_string()].into_iter().chain(required.filter_map(answer)))
}

fn trial(library: &Library, template: &Template, sets: impl Iterator<Item = String>) -> Option<Client> {
    let rules = Rules { template, settings: &library.settings, others: &Vec::new };
    intake::read_client(None, &sets.collect::<Vec<_>>(), &rules).ok().map(|(client, _)| client)
}

/// A field's example, else an answer of its type; none where that would be a picture.
fn answer(field: &Field) -> Option<String> {
    let by_kind = || match field.kind {
        FieldKind::Text | FieldKind::LongText | FieldKind::List => Some("Example".to_string()),
        FieldKind::Number | FieldKind::Money | FieldKind::Percent | FieldKind::Date if field.min.is_some() => {
            field.min.as_ref().map(|min| min.value.clone())
        }
        FieldKind::Number | FieldKind::Money => Some("1".into()),
        FieldKind::Percent => Some("1%".into()),
        FieldKind::Date => Some("2100-01-01".into()),
        FieldKind::Email => Some("a@client.example".into()),
        FieldKind::Url => Some("https://client.example".into()),
        FieldKind::Choice => field.options.first().cloned(),
        FieldKind::YesNo => Some("yes".into()),
        FieldKind::Image => None,
    };
    let answer = field.example.clone().or_else(by_kind)?;
    Some(format!("answers.{}={answer}", field.id.value))
}

/// Fills and reads each section of a variant, and its images. What cannot be filled for this client says nothing of the
/// section; what cannot be read once it is filled does.
fn try_variant(
    library: &Library,
    template: &Template,
    (client, quote): (&Client, Option<&Quote>),
    (id, variant): (&str, &Variant),
    problems: &mut Problems,
) {
    let cache = FillCache::default();
    let settings = library.text(&format!("templates/{}/template.yaml", template.id));
    // A section that shows prices is read with some, whatever the client has.
    let shown = trial::quote(own_currency(library));
    let locale = Locale::new(&library.settings.locale);
    for language in &template.languages {
        let trial = locale.as_ref().map(|locale| Priced {
            quote: &shown,
            locale,
            language: &language.value,
            furniture: &library.brand.furniture,
            size: &client.client.size,
            rep: client.rep.name.as_deref(),
        });
        let fill = FillContext::new(FillInput {
            content: library,
            cache: &cache,
            template,
            client,
            days: UsageDays::on(Date::default()),
            number: None,
            segment: variant.segments.first().map_or("", |segment| segment.value.as_str()),
            variant: id,
            language: &language.value,
            locale: &library.settings.locale,
            sections: None,
            quote,
            draft: true,
        });
        let within = |entry: &&SectionEntry| entry.variants.is_empty() || entry.variants.iter().any(|v| v.value == id);
        for entry in template.sections.iter().filter(within) {
            // A client of whom little is known never sees a section that asks for more; the other is shown all.
            if let (None, Some(condition), Ok(file)) = (quote, &entry.when, &settings)
                && evaluate_when(&fill, condition, file) == Ok(false)
            {
                continue;
            }
            let path = crate::plan::section_path(template, &language.value, entry);
            let Ok(filled) = fill_section(&fill, &entry.id.value, &path) else { continue };
            match parse_section(template.kind.into(), &filled, trial) {
                Ok(section) => each_image(&section.blocks, &mut |image| {
                    let found = library.image(&image.path).err();
                    problems.extend_new(found.map(|found| placed(found, &image.place)).unwrap_or_default());
                }),
                Err(mut found) => {
                    found.0.retain(|problem| !DEPENDS.contains(&problem.code));
                    problems.extend_new(found);
                }
            }
        }
    }
}

/// Says where an image is shown, where the problem has no place of its own.
fn placed(problems: Problems, place: &Place) -> Problems {
    let at = |problem: Diagnostic| if problem.place.is_none() { problem.at(place.clone()) } else { problem };
    Problems(problems.0.into_iter().map(at).collect())
}
