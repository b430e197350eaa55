//! In: words. Out: the words joined as the language joins them.

use icu_list::ListFormatter;
use icu_list::options::ListFormatterOptions;

use super::Locale;

/// The word before the last item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ListStyle {
    And,
    Or,
}

fn formatter(locale: &Locale, style: ListStyle) -> Option<ListFormatter> {
    let options = ListFormatterOptions::default();
    match style {
        ListStyle::And => ListFormatter::try_new_and((&locale.id).into(), options),
        ListStyle::Or => ListFormatter::try_new_or((&locale.id).into(), options),
    }
    .ok()
}

pub(super) fn list(locale: &Locale, items: &[String], style: ListStyle) -> String {
    let kept = &locale.lists[style as usize];
    match kept.get_or_init(|| formatter(locale, style)) {
        Some(formatter) => formatter.format(items.iter()).to_string(),
        None => items.join(", "),
    }
}
