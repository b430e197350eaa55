//! In: the names, descriptions and units of a price book. Out: words that cannot be printed, or are missing in a
//! language that others have.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::library::checks::Faults;
use crate::library::pricebook::PriceBook;
use crate::library::read::listed;
use crate::library::words::{CATEGORIES, Forms, Unit, Words};
use crate::source::Spanned;

/// No name is longer, characters.
const LONGEST: usize = 400;

pub(super) fn check(faults: &mut Faults, book: &PriceBook) {
    let tax_names = book.taxes.iter().flat_map(|taxes| {
        let what = format!("name of a tax of {}", taxes.place());
        taxes.rates.iter().map(move |rate| (what.clone(), &rate.name))
    });
    let of_items = book.items.iter().flat_map(|item| {
        let called = |what: &str| format!("{what} of `{}`", item.sku.value);
        let description = item.description.iter().map(move |words| (called("description"), words));
        std::iter::once((called("name"), &item.name)).chain(description)
    });
    let words: Vec<(String, &Words)> = tax_names.chain(of_items).collect();
    let units: Vec<(String, &Unit)> =
        book.items.iter().map(|item| (format!("unit of `{}`", item.sku.value), &item.unit)).collect();
    let tags = words.iter().flat_map(|(_, words)| words.texts.iter().map(|(language, _)| language));
    let tags = tags.chain(units.iter().flat_map(|(_, unit)| unit.forms.iter().map(|(language, _)| language)));
    let tags = tags.flatten().map(|language| language.value.as_str());
    let known: BTreeSet<&str> = tags.filter(|tag| !CATEGORIES.contains(tag)).collect();
    for (what, words) in &words {
        let languages: Vec<_> = words.texts.iter().map(|(language, _)| language).collect();
        of_languages(faults, what, &languages, &words.span, &known);
        words.texts.iter().for_each(|(_, text)| printable(faults, what, text));
    }
    for (what, unit) in &units {
        let languages: Vec<_> = unit.forms.iter().map(|(language, _)| language).collect();
        of_languages(faults, what, &languages, &unit.span, &known);
        unit.forms.iter().for_each(|(_, forms)| plural_forms(faults, what, forms, &unit.span));
    }
}

/// What has words by language has them in every language of the book.
fn of_languages(
    faults: &mut Faults,
    what: &str,
    languages: &[&Option<Spanned<String>>],
    span: &Range<usize>,
    known: &BTreeSet<&str>,
) {
    let tags: Vec<&str> = languages.iter().copied().flatten().map(|language| language.value.as_str()).collect();
    for language in languages.iter().copied().flatten() {
        if CATEGORIES.contains(&language.value.as_str()) {
            let message = format!("the {what} mixes languages and plural forms at `{}`", language.value);
            faults.add("M014", &language.span, message, "a plural form", "write `{en: {one: …, other: …}, fr: …}`");
        } else {
            faults.language(language, &language.span);
        }
    }
    if languages.is_empty() {
        faults.add("M014", span, format!("the {what} has no words"), "empty", "write its words");
    }
    let missing: Vec<&str> = known.iter().copied().filter(|tag| !tags.is_empty() && !tags.contains(tag)).collect();
    if !missing.is_empty() {
        let message = format!("the {what} has no words in {}", listed(&missing));
        let help = "add them: languages are never mixed in a document; plain words stand for every language";
        // A whole group may be a page long: its first line is place enough.
        let span = languages.iter().copied().flatten().next().map_or(span, |language| &language.span);
        faults.add("M014", span, message, "not in every language of the book", help);
    }
}

fn plural_forms(faults: &mut Faults, what: &str, forms: &Forms, span: &Range<usize>) {
    match forms {
        Forms::Same(text) => printable(faults, what, text),
        Forms::ByCount(forms) => {
            for (category, text) in forms {
                if !CATEGORIES.contains(&category.value.as_str()) {
                    let message = format!("the {what} has a form for `{}`", category.value);
                    let help = format!("plural forms are {}", listed(&CATEGORIES));
                    faults.add("M014", &category.span, message, "not a plural form", help);
                }
                printable(faults, what, text);
            }
            if !forms.iter().any(|(category, _)| category.value == "other") {
                let span = forms.first().map_or(span, |(category, _)| &category.span);
                let message = format!("the {what} has no form `other`");
                faults.add("M014", span, message, "these forms", "add `other:`, which stands for every other number");
            }
        }
    }
}

/// Names are printed as they are: one line, without marks that nobody sees.
fn printable(faults: &mut Faults, what: &str, text: &Spanned<String>) {
    let hidden =
        |c: char| c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}');
    if text.trim().is_empty() {
        faults.add("M014", &text.span, format!("the {what} has no words"), "empty", "write its words");
    } else if let Some(c) = text.chars().find(|c| hidden(*c)) {
        let message = format!("the {what} has the character U+{:04X}, which cannot be printed", u32::from(c));
        faults.add(
            "M014",
            &text.span,
            message,
            "cannot be printed",
            "write it in one line, without control characters",
        );
    } else if text.chars().count() > LONGEST {
        let message = format!("the {what} is longer than {LONGEST} characters");
        faults.add("M014", &text.span, message, "too long", "shorten it: it stands in a row of a table");
    }
}
