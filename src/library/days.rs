//! In: the document's date and the local day. Out: whether content, an item or a price book may be used on both.

use jiff::civil::Date;

/// The two days that decide together whether something may be used.
///
/// The document's date alone does not: a rep chooses it, and an earlier or later one would bring content into a document
/// of today that has expired or is not released yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UsageDays {
    /// The document's date.
    pub document: Date,
    /// The local day.
    pub today: Date,
}

impl UsageDays {
    /// One day as both: for a question about that day.
    pub const fn on(day: Date) -> Self {
        Self { document: day, today: day }
    }

    /// The first of the two days that is before `from`; the document's date is looked at first.
    pub fn day_before(self, from: Date) -> Option<Date> {
        [self.document, self.today].into_iter().find(|day| *day < from)
    }

    /// The first of the two days that is after `until`; the document's date is looked at first.
    pub fn day_after(self, until: Date) -> Option<Date> {
        [self.document, self.today].into_iter().find(|day| *day > until)
    }

    /// Says which of the two days a day is: `the document is of 2026-11-23`, `today is 2026-12-01`.
    pub fn describe(self, day: Date) -> String {
        if day == self.document { format!("the document is of {day}") } else { format!("today is {day}") }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn either_day_outside_is_found_and_named() {
        let (early, middle, late) =
            (Date::constant(2026, 1, 1), Date::constant(2026, 6, 1), Date::constant(2026, 12, 1));
        for (document, today) in [(early, late), (late, early)] {
            let days = UsageDays { document, today };
            let (before, after) = (days.day_before(middle), days.day_after(middle));
            assert_eq!((before, after), (Some(early), Some(late)));
            assert_eq!(days.describe(document), format!("the document is of {document}"));
            assert_eq!(days.describe(today), format!("today is {today}"));
        }
        let days = UsageDays::on(middle);
        assert_eq!((days.day_before(middle), days.day_after(middle)), (None, None));
    }
}
