//! In: the attributes of a `:::pricing`. Out: [`Options`], or what contradicts itself.

use crate::diagnostic::Diagnostic;
use crate::document::attributes::some_of;
use crate::document::directives::Node;
use crate::document::model::Kind;
use crate::document::prices::ColumnKind;
use crate::document::sink::Sink;
use crate::document::source::Source;

/// What a `:::pricing` shows of a quote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::document) struct Options {
    /// Columns between item and amount, as written; `None` where the quote decides.
    pub columns: Option<Vec<ColumnKind>>,
    /// True where each billing has lines and a head of its own.
    pub groups: bool,
    /// True for lines that are in no sum, too.
    pub optional: bool,
    /// False where list prices and discounts on items stay out.
    pub list: bool,
    /// The measure of the client's size by which the headline is shared.
    pub per: Option<&'static str>,
    pub headline: Headline,
    /// True on a slide, which has room for less.
    pub slide: bool,
}

/// The amount that the prices open with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::document) enum Headline {
    /// What is paid.
    Total,
    /// Before taxes that are added.
    Net,
    None,
}

impl Options {
    /// Reads the attributes, whose words are checked.
    pub fn read(node: &Node, kind: Kind, source: &Source, sink: &mut Sink) -> Option<Self> {
        let is = |name: &str, word: &str| node.attributes.get(name) == Some(word);
        let columns = node.attributes.get("columns").map(columns);
        let list = !is("list", "hide");
        let shown = columns
            .iter()
            .flatten()
            .find(|column| matches!(column, ColumnKind::UnitPrice | ColumnKind::Discount) && !list);
        if let Some(column) = shown {
            let word = if *column == ColumnKind::Discount { "discount" } else { "unit-price" };
            let message = format!("`list=hide` hides list prices, and the column `{word}` shows them");
            let problem = Diagnostic::error("D122", message).at(source.place_of(node.line, word));
            sink.push(problem.help(format!("take `{word}` out of `columns`, or take out `list=hide`")));
            return None;
        }
        let per = ["vehicles", "employees", "locations"].into_iter().find(|measure| is("per", measure));
        let headline = match node.attributes.get("headline") {
            Some("net") => Headline::Net,
            Some("none") => Headline::None,
            _ => Headline::Total,
        };
        Some(Self {
            columns,
            groups: !is("group", "none"),
            // A slide has room for what is offered, seldom for what else could be.
            optional: if kind == Kind::Deck { is("optional", "show") } else { !is("optional", "hide") },
            list,
            per,
            headline,
            slide: kind == Kind::Deck,
        })
    }
}

/// The columns in the order in which they stand, each once.
fn columns(written: &str) -> Vec<ColumnKind> {
    let known = [
        ("sku", ColumnKind::Sku),
        ("quantity", ColumnKind::Quantity),
        ("unit-price", ColumnKind::UnitPrice),
        ("discount", ColumnKind::Discount),
    ];
    let named = |word: &str| some_of(written).any(|other| other == word);
    known.into_iter().filter(|(word, _)| named(word)).map(|(_, kind)| kind).collect()
}
