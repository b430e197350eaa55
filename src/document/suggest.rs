//! In: a word somebody wrote and the words that exist. Out: the one that was probably meant.

/// Finds the known word nearest to `word`, if one is near enough to be worth proposing.
pub(super) fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word = word.to_lowercase();
    let scored = known.into_iter().filter_map(|candidate| {
        let distance = strsim::osa_distance(&word, candidate);
        let allowed = (candidate.chars().count().max(word.chars().count()) / 3).max(1);
        let starts = word.len() >= 3 && (candidate.starts_with(&word) || word.starts_with(candidate));
        (distance <= allowed || starts).then_some((distance, candidate))
    });
    scored.min().map(|(_, candidate)| candidate)
}

/// Lists words for a message: `` `a`, `b` or `c` ``.
pub(super) fn either<'a>(words: impl IntoIterator<Item = &'a str>) -> String {
    let quoted: Vec<String> = words.into_iter().map(|word| format!("`{word}`")).collect();
    match quoted.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, others)) => format!("{} or {last}", others.join(", ")),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn proposes_what_was_meant_and_nothing_far_fetched() {
        let known = ["callout", "columns", "column", "toc"];
        assert_eq!(nearest("calout", known), Some("callout"));
        assert_eq!(nearest("Callout", known), Some("callout"));
        assert_eq!(nearest("colum", known), Some("column"));
        assert_eq!(nearest("tco", known), Some("toc"));
        assert_eq!(nearest("footer", known), None);
        assert_eq!(nearest("", known), None);
    }

    #[test]
    fn lists_words() {
        assert_eq!(either(["a"]), "`a`");
        assert_eq!(either(["a", "b", "c"]), "`a`, `b` or `c`");
    }
}
