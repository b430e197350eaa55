//! The only place that knows the order of the steps: in, an [`Engine`] and an [`Order`]; out, a finished document.

mod approval;
mod content;
mod draft;
mod glyphs;
mod ids;
mod names;
mod quote;
mod sections;
mod variants;
mod write;

use std::num::NonZero;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use jiff::civil::Date;
use sha2::{Digest, Sha256};

use crate::diagnostic::{Checked, Diagnostic, Problems};
use crate::document::leftovers;
use crate::document::model::Document;
use crate::document::pricing::Priced;
use crate::export::docx;
use crate::export::provenance::Provenance;
use crate::export::seal::SealKey;
use crate::fill::{FillCache, FillContext, FillInput, evaluate_when};
use crate::format::{DateStyle, Locale};
use crate::hexadecimal::hex;
use crate::intake::{self, Rules, client::Client};
use crate::layout::fonts::Fonts;
use crate::layout::page::Pages;
use crate::layout::{self, Meta};
use crate::library::assets::{Bytes, ImageAsset};
use crate::library::days::UsageDays;
use crate::library::pricebook::PRICE_BOOK;
use crate::library::template::{Forms, Template};
use crate::library::{self, Library, usable};
use crate::plan::quote::{Quote, Reckoned, pinned::Pinned};
use crate::plan::{self, Plan, Wishes};
pub use approval::PROOF as APPROVAL_PROOF;
pub use content::check_content;
use sections::Sections;
pub use variants::{Look, lay_out_variants};
pub use write::{Generated, Made, file_of, generate, generate_as, write};

/// A library and what is kept of it between documents; shared read-only between threads.
pub struct Engine {
    pub library: Library,
    fill: FillCache,
    /// What Word files share: fonts and pictures as parts of the package.
    kit: docx::Kit,
    fonts: OnceLock<Checked<Fonts>>,
    digests: OnceLock<Digests>,
    /// How many threads make one document.
    threads: NonZero<usize>,
    /// Whether shaped words are kept for the next document, which costs a few megabytes.
    keeps_words: bool,
}

impl Engine {
    /// Takes a library; its fonts are read when the first document needs them.
    pub fn new(library: Library) -> Self {
        Self {
            library,
            fill: FillCache::default(),
            kit: docx::Kit::default(),
            fonts: OnceLock::new(),
            digests: OnceLock::new(),
            threads: NonZero::<usize>::MIN,
            keeps_words: true,
        }
    }

    /// For one document, where waiting counts: made on this many threads, and no words are kept for the next. Documents
    /// made side by side need no more than one thread each.
    pub fn for_one_document(library: Library, threads: NonZero<usize>) -> Self {
        Self { threads, kit: docx::Kit::on(threads), keeps_words: false, ..Self::new(library) }
    }

    fn digests(&self) -> &Digests {
        self.digests.get_or_init(|| Digests {
            brand: self.library.brand_digest(),
            lock: self.library.release().map(library::lock::Lock::digest),
            price_book: self.library.files.get(PRICE_BOOK).map(|bytes| hex(&Sha256::digest(bytes.as_ref()))),
            salt: start_salt(&self.library),
        })
    }

    fn fonts(&self) -> Checked<&Fonts> {
        let read = || {
            let fonts = Fonts::new(&self.library.brand, &self.library)?;
            Ok(if self.keeps_words { fonts } else { fonts.forgetful() })
        };
        self.fonts.get_or_init(read).as_ref().map_err(Clone::clone)
    }
}

/// What a library's files are known by: the same for every document.
struct Digests {
    brand: String,
    lock: Option<String>,
    price_book: Option<String>,
    /// The beginning of every salt, see [`start_salt`].
    salt: Sha256,
}

/// What a rep asks for.
#[derive(Debug, Clone)]
pub struct Order {
    pub template: String,
    pub client_file: Option<PathBuf>,
    /// `path=value`, later ones over earlier ones and over the file.
    pub sets: Vec<String>,
    pub wishes: Wishes,
    /// The document's date.
    pub date: Date,
    /// The local day, read once by the caller.
    pub today: Date,
    /// The name typed for the manager who approved the quote's discounts.
    pub approved_by: Option<String>,
    /// An older document of the client, to say what has changed in its quote.
    pub previous: Option<PathBuf>,
    /// The key that seals the files, if they are sealed.
    pub seal_key: Option<SealKey>,
    pub draft: bool,
}

impl Order {
    /// A document of this template, made on its own date, for a client of whom nothing is known yet.
    pub fn new(template: &str, date: Date) -> Self {
        Self {
            template: template.into(),
            client_file: None,
            sets: Vec::new(),
            wishes: Wishes::default(),
            date,
            today: date,
            approved_by: None,
            previous: None,
            seal_key: None,
            draft: false,
        }
    }

    /// The days that decide what may be used.
    pub fn days(&self) -> UsageDays {
        UsageDays { document: self.date, today: self.today }
    }
}

/// A document on its pages, with every decision that led there.
#[derive(Debug)]
pub struct LaidOut {
    pub template: Template,
    pub client: Client,
    pub plan: Plan,
    /// The priced quote, where the client file asks for one.
    pub quote: Option<Reckoned>,
    /// The manager who approved the quote's discounts, as library.yaml spells the name.
    pub approved_by: Option<String>,
    pub document: Document,
    pub pages: Pages,
    /// Ids of sections that went to keep within the page budget, in the order they went.
    pub dropped: Vec<String>,
    pub warnings: Problems,
    /// What the pages say besides the document's own words.
    pub meta: Meta,
}

/// Plans a document, fills it and puts it on pages, dropping sections until it keeps within its page budget.
///
/// # Errors
/// Every problem found by the first step that found any.
pub fn lay_out(engine: &Engine, order: &Order) -> Checked<LaidOut> {
    let library = &engine.library;
    let template = library.template(&order.template)?;
    let (client, mut warnings) = intake::read_client(
        order.client_file.as_deref(),
        &order.sets,
        &Rules { template: &template, settings: &library.settings, others: &|| others(library, &template) },
    )?;
    ids::check(library, &client, &mut warnings)?;
    usable_today(library, &template, &client, order, &mut warnings)?;
    let approved_by = approval::approver(library, &client, order.approved_by.as_deref())?;
    let asked = Asked { order, approved_by: approved_by.as_deref() };
    let (plan, reckoned) = make_plan(engine, &template, &client, asked, &mut warnings)?;
    let quote = reckoned.as_ref().map(|reckoned| &reckoned.quote);
    if let Some(previous) = &order.previous {
        let book = library.price_book()?.zip(engine.digests().price_book.as_deref());
        warnings.extend(quote::since(previous, quote, book, &identity(&client))?);
    }
    glyphs::in_name(&client, engine.fonts()?)?;
    let on_pages = |client: &Client, warnings: &mut Problems| {
        put_on_pages(engine, order, &template, client, (plan.clone(), quote), warnings)
    };
    let done = on_pages(&client, &mut warnings).map_err(|found| {
        names::with_longest(&client, found, |renamed| on_pages(renamed, &mut Problems::default()).is_ok())
    })?;
    draft::let_through(leftovers(&done.document), order.draft, &mut warnings)?;
    let OnPages { plan, document, pages, dropped, meta } = done;
    let approved_by = reckoned.as_ref().and(approved_by);
    Ok(LaidOut { plan, quote: reckoned, approved_by, document, pages, dropped, warnings, meta, template, client })
}

/// What becomes of a plan.
struct OnPages {
    plan: Plan,
    document: Document,
    pages: Pages,
    dropped: Vec<String>,
    meta: Meta,
}

/// Fills the sections of a plan and puts them on pages within the budget.
fn put_on_pages(
    engine: &Engine,
    order: &Order,
    template: &Template,
    client: &Client,
    (plan, quote): (Plan, Option<&Quote>),
    warnings: &mut Problems,
) -> Checked<OnPages> {
    let library = &engine.library;
    let fonts = engine.fonts()?;
    let meta = meta(library, template, client, &plan, order)?;
    let context = layout::Context {
        brand: &library.brand,
        assets: library,
        fonts,
        kind: template.kind.into(),
        page: template.page,
        meta,
    };
    let (locale, language) = (locale_of(&plan)?, plan.language.clone());
    let priced = quote.map(|quote| Priced {
        quote,
        locale: &locale,
        language: &language,
        furniture: &library.brand.furniture,
        size: &client.client.size,
        rep: client.rep.name.as_deref(),
    });
    let mut sections = Sections { engine, template, client, order, context: &context, priced, plan, ready: Vec::new() };
    sections.prepare(warnings).map_err(|found| glyphs::by_field(found, client, fonts))?;
    let (pages, dropped) = sections.fit_budget(warnings)?;
    let (plan, document) = sections.into_document();
    Ok(OnPages { plan, document, pages, dropped, meta: context.meta })
}

/// The templates that are not this one; one that cannot be read knows nothing, and is reported when it is used.
fn others(library: &Library, template: &Template) -> Vec<Template> {
    let ids = library.template_ids();
    ids.iter().filter(|id| **id != template.id).filter_map(|id| library.template(id).ok()).collect()
}

/// Whether the template may be used for this client on this day.
fn usable_today(
    library: &Library,
    template: &Template,
    client: &Client,
    order: &Order,
    warnings: &mut Problems,
) -> Checked<()> {
    let mut problems = Problems::default();
    problems.0.extend(usable::refuse_template(template, order.days()));
    draft::let_through(problems, order.draft, warnings)?;
    warnings.0.extend(usable::template_review(template, order.days()));
    let released = library.release().map(|lock| lock.date);
    plan::check_date(&library.settings, order.days(), released, warnings)?;
    if let Some(stage) = &client.opportunity.stage
        && !template.stages.is_empty()
        && !template.stages.iter().any(|s| s.value == *stage)
    {
        let meant: Vec<&str> = template.stages.iter().map(|s| s.value.as_str()).collect();
        let message = format!("template `{}` is not meant for the stage `{stage}`", template.id);
        warnings.0.push(Diagnostic::warning("P010", message).help(format!("it is meant for {}", meant.join(", "))));
    }
    Ok(())
}

/// An order, and who approved its discounts.
#[derive(Clone, Copy)]
struct Asked<'a> {
    order: &'a Order,
    /// As library.yaml spells the name.
    approved_by: Option<&'a str>,
}

fn make_plan(
    engine: &Engine,
    template: &Template,
    client: &Client,
    asked: Asked<'_>,
    warnings: &mut Problems,
) -> Checked<(Plan, Option<Reckoned>)> {
    let order = asked.order;
    let library = &engine.library;
    let outline = plan::outline(&library.settings, template, client, &order.wishes, warnings)?;
    let reckoned = quote::reckon(library, client, &outline, asked, warnings)?;
    let file = library.text(&format!("templates/{}/template.yaml", template.id))?;
    let input = FillInput {
        content: library,
        cache: &engine.fill,
        template,
        client,
        days: order.days(),
        number: None,
        segment: &outline.segment.clone(),
        variant: &outline.variant.clone(),
        language: &outline.language.clone(),
        locale: &outline.locale.clone(),
        sections: None,
        quote: reckoned.as_ref().map(|reckoned| &reckoned.quote),
        draft: order.draft,
    };
    let fill = FillContext::new(input);
    let when = |condition: &_| evaluate_when(&fill, condition, &file);
    let plan = plan::plan(template, client, outline, order.days(), &when, warnings)?;
    Ok((plan, reckoned))
}

/// What the page says besides the document's own words.
fn meta(library: &Library, template: &Template, client: &Client, plan: &Plan, order: &Order) -> Checked<Meta> {
    let locale = locale_of(plan)?;
    let logo = client.client.logo.as_deref().map(client_logo).transpose()?;
    Ok(Meta {
        title: template.title.of(&plan.language).unwrap_or_default().to_string(),
        client_name: client.client.name.clone(),
        client_logo: logo.map(Arc::new),
        contact_name: client.contact.name.clone(),
        contact_title: client.contact.title.clone(),
        rep_name: client.rep.name.clone(),
        rep_title: client.rep.title.clone(),
        rep_email: client.rep.email.clone(),
        rep_phone: client.rep.phone.clone(),
        date: locale.date(order.date, DateStyle::Long),
        number: number(library, client, order),
        language: plan.language.clone(),
        locale: plan.locale.clone(),
        right_to_left: locale.is_right_to_left(),
        // Nobody signs a draft.
        forms: template.forms == Forms::Yes && !order.draft,
        draft: order.draft,
        notice: library.brand.furniture.notice(&plan.language, template.audience).to_string(),
        motif_count: client.client.size.measure(&library.brand.motif.counts),
    })
}

fn locale_of(plan: &Plan) -> Checked<Locale> {
    Locale::new(&plan.locale).ok_or_else(|| {
        let problem = Diagnostic::error("P011", format!("`{}` is not a locale", plan.locale));
        problem.help("write one such as `en-CA`").into()
    })
}

/// A document's number: its day and the first digits of a digest of the client data, so that the same input has the
/// same. A client reads it, so that the price book, which a client does not have, is part of the digest where the
/// document has prices: without it a client could try out which discounts give this number.
fn number(library: &Library, client: &Client, order: &Order) -> String {
    const DIGITS: usize = 6;
    let book = client.quote.as_ref().and_then(|_| library.files.get(PRICE_BOOK));
    let digest = match book {
        Some(book) => hex(&Sha256::new().chain_update(book.as_ref()).chain_update(&client.digest).finalize()),
        None => client.digest.clone(),
    };
    let digits = digest.get(..DIGITS).unwrap_or_default().to_uppercase();
    format!("{}-{digits}", order.date.strftime("%Y%m%d"))
}

fn client_logo(path: &std::path::Path) -> Checked<ImageAsset> {
    let shown = path.display().to_string();
    let bytes = crate::source::read_file(path, intake::LARGEST_IMAGE).map_err(|e| {
        Diagnostic::error("S008", format!("the logo `{shown}` cannot be read: {e}"))
            .help("put the picture beside the client file, or take `client.logo` out")
    })?;
    ImageAsset::read(&shown, Bytes::Read(bytes.into()))
}

fn provenance(engine: &Engine, order: &Order, laid_out: &LaidOut) -> Provenance {
    let (library, digests) = (&engine.library, engine.digests());
    // A document without prices does not depend on the price book; one with prices was made from it.
    let book = laid_out.quote.as_ref().and_then(|_| library.price_book().ok().flatten());
    Provenance {
        salt: salt(digests, book.and_then(|_| library.files.get(PRICE_BOOK)), &laid_out.client.digest),
        template: laid_out.template.id.clone(),
        template_version: laid_out.template.version.clone(),
        variant: laid_out.plan.variant.clone(),
        segment: laid_out.plan.segment.clone(),
        language: laid_out.plan.language.clone(),
        date: order.date.to_string(),
        reason: laid_out.plan.reasons.join(" "),
        brand_digest: digests.brand.clone(),
        price_book: book.map(|book| book.version.value.clone()),
        price_book_digest: book.and(digests.price_book.clone()),
        quote: laid_out.quote.as_ref().map(|reckoned| Pinned::of(&reckoned.quote).to_text()),
        approved_by: laid_out.approved_by.clone(),
        lock_digest: digests.lock.clone(),
        release: library.release().map(|lock| lock.version.to_string()),
        client_name_digest: identity(&laid_out.client),
        client_digest: laid_out.client.digest.clone(),
        collateral_version: env!("CARGO_PKG_VERSION").to_string(),
        draft: order.draft,
    }
}

/// The part of a salt that all documents share: the digests of all files of the library.
fn start_salt(library: &Library) -> Sha256 {
    const PURPOSE: &[u8] = b"collateral-provenance-salt-v1\0";
    let lock = library.release().map(library::lock::Lock::to_text).unwrap_or_default();
    Sha256::new().chain_update(PURPOSE).chain_update(lock).chain_update([0])
}

/// The salt of a provenance: a digest of what the sender has and the client does not, the digests of all files of the
/// library and the price book, so that it is the same for the same input.
fn salt(digests: &Digests, price_book: Option<&Bytes>, client_digest: &str) -> String {
    let mut whole = digests.salt.clone();
    for part in [price_book.map_or(&[][..], AsRef::as_ref), client_digest.as_bytes()] {
        whole.update(part);
        whole.update([0]);
    }
    hex(&whole.finalize())
}

/// Whose document it is: SHA-256 over the client's name, country and region, so that two firms of one name in different
/// places are not taken for one another.
fn identity(client: &Client) -> String {
    let organisation = &client.client;
    let mut whole = Sha256::new();
    for part in [Some(&organisation.name), organisation.country.as_ref(), organisation.region.as_ref()] {
        whole.update(part.map_or("", String::as_str));
        whole.update([0]);
    }
    hex(&whole.finalize())
}

/// JSON Schemas of every YAML file, for editors, with their file names.
pub fn editor_schemas() -> Vec<(&'static str, serde_json::Value)> {
    let mut schemas = library::editor_schemas();
    schemas.push(("client.schema.json", intake::client_schema()));
    schemas
}
