//! In: nothing. Out: [`Prices`]: a priced quote in words, as every format says it; part of the document model.

use super::model::Text;

/// What `:::pricing` shows. Texts are complete: whoever draws them adds no word and no figure.
#[derive(Debug, Clone, PartialEq)]
pub struct Prices {
    /// The figure that the prices open with, and the price of one vehicle or the like beside it; or none.
    pub headline: Vec<Headline>,
    /// What is included.
    pub lines: Option<PriceTable>,
    pub totals: Option<Totals>,
    /// Contract value, term, validity.
    pub facts: Vec<Fact>,
    /// What the client may add or choose instead, and what it is called.
    pub options: Option<(Text, PriceTable)>,
    /// What the rep adds, in paragraphs.
    pub note: Vec<Text>,
    pub carrying: Carrying,
}

/// A figure and what it is, in a line or two.
#[derive(Debug, Clone, PartialEq)]
pub struct Headline {
    pub figure: Text,
    pub label: Vec<Text>,
}

/// One thing to know about the quote.
#[derive(Debug, Clone, PartialEq)]
pub struct Fact {
    pub label: Text,
    pub value: Text,
}

/// Lines of a quote.
#[derive(Debug, Clone, PartialEq)]
pub struct PriceTable {
    /// The first is the item, the last the amount.
    pub columns: Vec<PriceColumn>,
    pub groups: Vec<PriceGroup>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct PriceColumn {
    pub kind: ColumnKind,
    pub head: Text,
}

/// What a column shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnKind {
    Item,
    Sku,
    Billing,
    Quantity,
    UnitPrice,
    Discount,
    Amount,
}

impl ColumnKind {
    /// True for words, false for figures that stand under each other.
    pub fn is_words(self) -> bool {
        matches!(self, Self::Item | Self::Sku | Self::Billing)
    }
}

/// Lines of one billing, or all of them.
#[derive(Debug, Clone, PartialEq)]
pub struct PriceGroup {
    pub title: Option<Text>,
    pub rows: Vec<PriceRow>,
    /// Label and sum.
    pub subtotal: Option<(Text, PriceEntry)>,
}

/// One line: as many cells as there are columns.
#[derive(Debug, Clone, PartialEq)]
pub struct PriceRow {
    pub cells: Vec<PriceCell>,
    /// What the group's lines add up to so far, where a page may end below this one.
    pub carried: Option<PriceEntry>,
}

/// What stands in a cell, below each other.
pub type PriceCell = Vec<PriceEntry>;

/// Words or a figure.
#[derive(Debug, Clone, PartialEq)]
pub struct PriceEntry {
    pub text: Text,
    /// True for what stands back: a description, a note.
    pub detail: bool,
    /// Of a figure, the decimal mark and the digits after it, so that marks can stand under each other.
    pub fraction: String,
    /// Of a figure, what follows its last digit: a unit, a symbol.
    pub after: String,
}

/// The sums, a column for each billing.
#[derive(Debug, Clone, PartialEq)]
pub struct Totals {
    /// The first, above the labels, is empty.
    pub heads: Vec<Text>,
    pub rows: Vec<TotalRow>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct TotalRow {
    pub label: Text,
    /// One for each billing; empty where the row does not concern it.
    pub cells: Vec<PriceCell>,
    /// True for what is paid.
    pub total: bool,
}

/// Words where lines go on on the next page.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Carrying {
    pub forward: String,
    pub brought: String,
}

impl Prices {
    /// Every text in reading order.
    pub fn texts(&self) -> Vec<&Text> {
        let mut texts: Vec<&Text> = Vec::new();
        for headline in &self.headline {
            texts.push(&headline.figure);
            texts.extend(&headline.label);
        }
        texts.extend(self.lines.iter().flat_map(PriceTable::texts));
        if let Some(totals) = &self.totals {
            texts.extend(&totals.heads);
            for row in &totals.rows {
                texts.push(&row.label);
                texts.extend(row.cells.iter().flatten().map(|entry| &entry.text));
            }
        }
        texts.extend(self.facts.iter().flat_map(|fact| [&fact.label, &fact.value]));
        if let Some((title, table)) = &self.options {
            texts.push(title);
            texts.extend(table.texts());
        }
        texts.extend(&self.note);
        texts
    }
}

impl PriceEntry {
    /// Words in a cell.
    pub fn words(text: Text) -> Self {
        Self { text, detail: false, fraction: String::new(), after: String::new() }
    }
}

impl PriceTable {
    fn texts(&self) -> Vec<&Text> {
        let mut texts: Vec<&Text> = self.columns.iter().map(|column| &column.head).collect();
        for group in &self.groups {
            texts.extend(&group.title);
            texts.extend(group.rows.iter().flat_map(|row| row.cells.iter().flatten()).map(|entry| &entry.text));
            texts.extend(group.subtotal.iter().flat_map(|(label, sum)| [label, &sum.text]));
        }
        texts
    }
}
