//! In: amounts, quantities and words of a quote. Out: texts by the locale, figures with the place of their decimal mark.

use rust_decimal::Decimal;

use super::Priced;
use crate::document::model::{Inline, Text, plain_words};
use crate::document::prices::PriceEntry;
use crate::format::MOST_DIGITS;
use crate::library::pricing_words::PricingWords;
use crate::plan::quote::{Billing, Line, Price, Tax};

/// Writes what a quote says.
pub(super) struct Writer<'a> {
    pub priced: Priced<'a>,
    pub words: &'a PricingWords,
}

impl Writer<'_> {
    /// An amount with all digits of the currency's minor unit.
    pub fn money(&self, amount: Decimal) -> PriceEntry {
        self.with_digits(amount, self.minor())
    }

    /// An amount as words.
    pub fn money_text(&self, amount: Decimal) -> Text {
        self.money(amount).text
    }

    /// What one costs: with more digits than the minor unit has, where it has them.
    pub fn unit_price(&self, price: &Price) -> PriceEntry {
        self.with_digits(price.unit_price, self.digits_of(price))
    }

    /// A part of a quantity and what one of it costs: `50 × $1.25`.
    pub fn tier(&self, price: &Price) -> PriceEntry {
        let figure = self.with_digits(price.unit_price, self.digits_of(price));
        let part = self.priced.locale.number(price.quantity, None);
        let whole = format!("{part} × {}", plain(&figure.text));
        PriceEntry { text: figures(whole), ..figure }
    }

    /// `85 vehicles`
    pub fn quantity(&self, line: &Line) -> PriceEntry {
        let quantity = line.quantity.normalize();
        let number = self.priced.locale.number(quantity, None);
        let mut entry = figure(number.clone(), quantity.scale() as usize);
        if !line.units.trim().is_empty() {
            let units = format!(" {}", line.units.trim());
            entry.text.push(Inline::Text { text: units.clone(), value: false });
            entry.after.push_str(&units);
        }
        entry
    }

    /// `HST 13%`
    pub fn tax(&self, tax: &Tax) -> String {
        format!("{} {}", tax.name, self.priced.locale.percent(tax.rate, None))
    }

    /// How often a charge comes back.
    pub fn billing(&self, billing: Billing) -> Text {
        let words = self.words;
        plain_words(match billing {
            Billing::OneTime => &words.one_time,
            Billing::Monthly => &words.monthly,
            Billing::Annual => &words.annual,
            Billing::Usage => &words.usage,
        })
    }

    fn minor(&self) -> u8 {
        self.priced.quote.currency.exponent().and_then(|digits| u8::try_from(digits).ok()).unwrap_or(2)
    }

    fn digits_of(&self, price: &Price) -> u8 {
        let own = u8::try_from(price.unit_price.normalize().scale()).unwrap_or(MOST_DIGITS);
        own.min(MOST_DIGITS).max(self.minor())
    }

    fn with_digits(&self, amount: Decimal, digits: u8) -> PriceEntry {
        let written = self.priced.locale.money(amount, self.priced.quote.currency, Some(digits));
        figure(written, digits.into())
    }
}

/// A figure whose last number has `digits` after its decimal mark.
fn figure(written: String, digits: usize) -> PriceEntry {
    let numerals: Vec<(usize, char)> = written.char_indices().filter(|(_, c)| c.is_numeric()).collect();
    let end = numerals.last().map_or(0, |(at, c)| at + c.len_utf8());
    // The mark stands between the last digit of the whole part and the first after it.
    let whole = numerals.len().checked_sub(digits + 1).and_then(|last| numerals.get(last));
    let start = whole.map_or(end, |(at, c)| at + c.len_utf8());
    let fraction = written.get(start..end).unwrap_or_default().to_owned();
    let after = written.get(end..).unwrap_or_default().to_owned();
    PriceEntry { text: figures(written), detail: false, fraction, after }
}

/// Figures, or words that the rep wrote.
pub(super) fn figures(words: String) -> Text {
    vec![Inline::Text { text: words, value: true }]
}

/// Words that stand back in a cell.
pub(super) fn detail(text: Text) -> PriceEntry {
    PriceEntry { detail: true, ..PriceEntry::words(text) }
}

impl Writer<'_> {
    /// What the rep wrote, under words that say whose it is: nobody takes it for the firm's own. `between` parts the two.
    pub fn note(&self, written: &str, between: Inline) -> Vec<Text> {
        let mut paragraphs = paragraphs(written);
        if let Some(first) = paragraphs.first_mut() {
            first.splice(0..0, [Inline::Strong(self.note_label()), between]);
        }
        paragraphs
    }

    fn note_label(&self) -> Text {
        let plain = || plain_words(&self.words.note);
        let Some(name) = self.priced.rep.filter(|name| !name.trim().is_empty()) else { return plain() };
        let Some((before, after)) = self.words.note_from.split_once(NAME) else { return plain() };
        let mut label = plain_words(before);
        label.push(Inline::Text { text: name.to_owned(), value: true });
        label.extend(plain_words(after));
        label.retain(|part| !matches!(part, Inline::Text { text, .. } if text.is_empty()));
        label
    }
}

/// A blank between a label and what follows in the same line.
pub(super) fn space() -> Inline {
    Inline::Text { text: " ".into(), value: false }
}

/// Where the rep's name goes in the brand's words.
const NAME: &str = "{name}";

/// What the rep wrote, in paragraphs; lines stay lines.
fn paragraphs(written: &str) -> Vec<Text> {
    let mut paragraphs: Vec<Text> = vec![Text::new()];
    for line in written.lines().map(str::trim) {
        match paragraphs.last_mut() {
            Some(last) if !line.is_empty() => {
                if !last.is_empty() {
                    last.push(Inline::Break);
                }
                last.extend(figures(line.to_owned()));
            }
            _ => paragraphs.push(Text::new()),
        }
    }
    paragraphs.retain(|paragraph| !paragraph.is_empty());
    paragraphs
}

fn plain(text: &Text) -> String {
    crate::document::model::plain(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_decimal_mark_is_found() {
        for (written, digits, fraction, after) in [
            ("$1,250.00", 2, ".00", ""),
            ("1.250,00 €", 2, ",00", " €"),
            ("￥1,250", 0, "", ""),
            ("85", 0, "", ""),
            ("\u{200f}١٬٢٥٠٫٠٠ ج.م.", 2, "٫٠٠", " ج.م."),
            ("none", 2, "", "none"),
        ] {
            let entry = figure(written.to_owned(), digits);
            assert_eq!((entry.fraction.as_str(), entry.after.as_str()), (fraction, after), "{written}");
        }
    }

    #[test]
    fn notes_keep_their_paragraphs_and_lines() {
        let written = paragraphs("\n One\r\ntwo\n\n\nthree\n");
        let words: Vec<String> = written.iter().map(plain).collect();
        assert_eq!(words, ["One two", "three"]);
    }
}
