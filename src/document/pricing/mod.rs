//! In: a [`Priced`] quote and the options of a `:::pricing`. Out: [`Prices`], every word and figure of it; or why not.
//!
//! [`amounts`] writes figures by the locale, [`table`] the lines, [`totals`] the sums and what stands around them. PDF
//! and DOCX draw the same [`Prices`]. No amount is reckoned here: all come from the quote and its
//! [`figures`](crate::plan::quote::figures).

mod amounts;
mod options;
mod table;
#[cfg(test)]
pub(crate) mod testing;
#[cfg(test)]
mod tests;
mod totals;

use super::directives::Node;
use super::model::{Inline, Kind};
use super::prices::{Carrying, Prices};
use super::sink::Sink;
use super::source::Source;
use crate::diagnostic::Diagnostic;
use crate::format::Locale;
use crate::intake::client::Size;
use crate::library::brand::Furniture;
use crate::plan::quote::Quote;
use amounts::Writer;
pub(super) use options::Options;

/// A client's quote and what it takes to write it.
#[derive(Debug, Clone, Copy)]
pub struct Priced<'a> {
    pub quote: &'a Quote,
    pub locale: &'a Locale,
    /// The document's language, BCP 47.
    pub language: &'a str,
    pub furniture: &'a Furniture,
    /// What the price of one vehicle or the like is reckoned by.
    pub size: &'a Size,
    /// Who wrote the notes, where the client file says so.
    pub rep: Option<&'a str>,
}

/// Reads `:::pricing`.
pub(super) fn read(
    node: &Node,
    kind: Kind,
    priced: Option<Priced<'_>>,
    source: &Source,
    sink: &mut Sink,
) -> Option<Prices> {
    let options = Options::read(node, kind, source, sink)?;
    let problem = match priced.map(|priced| (priced, words(priced))) {
        None => Diagnostic::error("D120", "the client has no quote, and `:::pricing` shows one").help(
            "write `quote:` with its `lines:` in the client file, or ask marketing to leave the prices out where there \
             is none",
        ),
        Some((priced, None)) => {
            let message = format!("the brand has no words for prices in `{}`", priced.language);
            let base = priced.language.split('-').next().unwrap_or(priced.language);
            Diagnostic::error("D121", message)
                .help(format!("marketing adds `pricing:` to `furniture: words: {base}:` in brand/brand.yaml"))
        }
        Some((priced, Some(words))) => match prices(&Writer { priced, words }, &options) {
            Some(prices) => return Some(prices),
            None => Diagnostic::error("D123", "the quote has no line that this `:::pricing` would show")
                .help("write a line in the client's `quote:` that is not optional, or take out `optional=hide`"),
        },
    };
    sink.push(problem.at(source.place_of(node.line, "pricing")));
    None
}

/// The words of exactly this language, or of it without its region: prices are in one language.
fn words<'a>(priced: Priced<'a>) -> Option<&'a crate::library::pricing_words::PricingWords> {
    let all = &priced.furniture.words;
    let base = priced.language.split('-').next().unwrap_or(priced.language);
    [priced.language, base].iter().find_map(|tag| all.get(*tag)?.pricing.as_ref())
}

fn prices(writer: &Writer<'_>, options: &Options) -> Option<Prices> {
    let quote = writer.priced.quote;
    let prices = Prices {
        headline: totals::headline(writer, options),
        lines: table::lines(writer, options),
        totals: totals::totals(writer, options),
        facts: totals::facts(writer, options),
        options: table::options(writer, options),
        note: quote.note.iter().flat_map(|note| writer.note(note, Inline::Break)).collect(),
        carrying: Carrying {
            forward: writer.words.carried_forward.clone(),
            brought: writer.words.brought_forward.clone(),
        },
    };
    (prices.lines.is_some() || prices.options.is_some()).then_some(prices)
}
