//! In: a word that is not known, and the known ones. Out: the one that was probably meant.

/// Finds the known word nearest to `word`: the same but for case, `-` and `_`, or a few slips of the keyboard away.
/// Of several as near, the first.
pub fn suggest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wanted = folded(word);
    let letters = wanted.chars().count();
    // No known word is so long; distances cost the product of both lengths.
    if letters > 100 {
        return None;
    }
    let slips = match letters {
        0..=2 => 0,
        3..=5 => 1,
        _ => (letters / 3).min(4),
    };
    candidates
        .into_iter()
        .filter(|known| may_be_near(letters, known, slips))
        .map(|known| (strsim::damerau_levenshtein(&wanted, &folded(known)), known))
        .filter(|(distance, _)| *distance <= slips)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, known)| known)
}

/// Words whose lengths differ by more than the slips allowed cannot be near. Folding may change a word's length a little
/// (`İ` becomes two characters), so only plain ASCII words are left out early.
fn may_be_near(letters: usize, known: &str, slips: usize) -> bool {
    !known.is_ascii() || known.trim().len().abs_diff(letters) <= slips
}

fn folded(word: &str) -> String {
    word.trim().to_lowercase().replace(['-', ' '], "_")
}

#[cfg(test)]
mod tests {
    use super::suggest;

    #[test]
    fn nearest_word_wins() {
        let words = ["name", "title", "email", "pain_points"];
        assert_eq!(suggest("nmae", words), Some("name"));
        assert_eq!(suggest("Pain-Points", words), Some("pain_points"));
        assert_eq!(suggest("pain_pints", words), Some("pain_points"));
        assert_eq!(suggest("emial", words), Some("email"));
        assert_eq!(suggest("colour", words), None);
        assert_eq!(suggest("", words), None);
        assert_eq!(suggest("no", ["on"]), None);
        assert_eq!(suggest(&"x".repeat(1_000_000), words), None);
    }
}
