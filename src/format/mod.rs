//! In: numbers, dates, lists and a locale. Out: words, by ICU data.
