//! In: a client's wishes for a quote and the library's price book. Out: the quote with every figure, refused or let
//! through as a draft; what has changed since an older document.

use std::path::Path;

use super::{Asked, draft};
use crate::diagnostic::{Checked, Diagnostic, Problems};
use crate::export;
use crate::export::file::open_document;
use crate::export::sidecar;
use crate::format::Locale;
use crate::intake::client::Client;
use crate::library::Library;
use crate::library::pricebook::{PRICE_BOOK, PriceBook};
use crate::plan::Outline;
use crate::plan::quote::pinned::Pinned;
use crate::plan::quote::{self, Quote, Reckoned, Terms};

/// Prices what the client file asks for; nothing where it asks for no quote.
pub(super) fn reckon(
    library: &Library,
    client: &Client,
    outline: &Outline,
    Asked { order, approved_by }: Asked<'_>,
    warnings: &mut Problems,
) -> Checked<Option<Reckoned>> {
    let Some(request) = &client.quote else { return Ok(None) };
    let Some(book) = library.price_book()? else {
        let problem = Diagnostic::error("Q001", "the library has no price book, so nothing can be quoted");
        let help = format!("take `quote` out of the client file; marketing can add `{PRICE_BOOK}`");
        let place = request.lines.first().and_then(|line| line.sku.place.clone());
        return Err(Diagnostic { place, ..problem.label("no prices for this").help(help) }.into());
    };
    let locale = Locale::new(&outline.locale).ok_or_else(|| {
        Diagnostic::error("P011", format!("`{}` is not a locale", outline.locale)).help("write one such as `en-CA`")
    })?;
    let terms = Terms {
        days: order.days(),
        country: client.client.country.as_deref(),
        region: client.client.region.as_deref(),
        currency: &library.settings.currency.value,
        language: &outline.language,
        locale: &locale,
        approved_by,
    };
    let mut reckoned = quote::price(request, book, &terms)?;
    draft::let_through(std::mem::take(&mut reckoned.refusals), order.draft, warnings)?;
    warnings.extend(std::mem::take(&mut reckoned.warnings));
    Ok(Some(reckoned))
}

/// Says what has changed since an older document of the same client.
pub(super) fn since(
    path: &Path,
    quote: Option<&Quote>,
    book: Option<(&PriceBook, &str)>,
    client_name_digest: &str,
) -> Checked<Problems> {
    let shown = path.display().to_string();
    let bytes = open_document(path, "check the path after `--previous`")?;
    let record = export::record_of(&bytes)?;
    let mut found = Problems::default();
    if record.client_name_digest != client_name_digest {
        let problem = Diagnostic::warning("Q020", format!("`{shown}` was made for another client"));
        found.push(problem.help("check the path after `--previous`"));
    }
    let nothing = |which: &str| {
        let problem = Diagnostic::error("Q018", format!("`{which}` has no quote, so there is nothing to compare"));
        problem.help("leave `--previous` out")
    };
    let (Some(quote), Some((book, book_digest))) = (quote, book) else { return Err(nothing("the client file").into()) };
    if record.price_book_digest.is_none() {
        return Err(nothing(&shown).into());
    }
    let before = match sidecar::read(path, &record) {
        Ok(before) => before,
        Err(why) => {
            let same = record.price_book_digest.as_deref() == Some(book_digest);
            let prices = if same { "the same price book" } else { "another price book" };
            let message = format!("`{shown}` was made from {prices}, but its lines cannot be compared: {why}");
            found.push(Diagnostic::warning("Q016", message).help(sidecar::help(path)));
            return Ok(found);
        }
    };
    let Some(pinned) = before.quote.as_deref().and_then(Pinned::read) else { return Err(nothing(&shown).into()) };
    let version = before.price_book.as_deref().unwrap_or("unknown");
    found.extend(pinned.changes(quote, &shown, (version, &book.version.value)));
    Ok(found)
}
