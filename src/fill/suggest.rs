//! In: a word and the words there are. Out: the one that was probably meant.

/// The closest of `words`, where it is close enough to be worth suggesting.
pub(super) fn closest<'a>(word: &str, words: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let lower = word.to_lowercase();
    let mut best: Option<(usize, &str)> = None;
    for candidate in words {
        let distance = strsim::damerau_levenshtein(&lower, &candidate.to_lowercase());
        let allowed = 1 + word.chars().count().max(candidate.chars().count()) / 4;
        if distance <= allowed && best.is_none_or(|(least, _)| distance < least) {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// The words to put under a misspelt name: the one that was meant, or all there are.
pub(super) fn did_you_mean<'a>(word: &str, words: impl IntoIterator<Item = &'a str> + Clone) -> String {
    match closest(word, words.clone()) {
        Some(candidate) => format!("did you mean `{candidate}`?"),
        None => one_of(words),
    }
}

/// Lists what there is to choose from.
pub(super) fn one_of<'a>(words: impl IntoIterator<Item = &'a str>) -> String {
    let words: Vec<String> = words.into_iter().map(|word| format!("`{word}`")).collect();
    match words.as_slice() {
        [] => "there are none".into(),
        [only] => format!("there is only {only}"),
        [all @ .., last] => format!("there are {} and {last}", all.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_finger_finds_the_name() {
        assert_eq!(closest("nmae", ["name", "title"]), Some("name"));
        assert_eq!(closest("vehicels", ["vehicles", "employees"]), Some("vehicles"));
        assert_eq!(closest("Name", ["name"]), Some("name"));
        assert_eq!(closest("zebra", ["name", "title"]), None);
        assert_eq!(did_you_mean("zebra", ["name", "title"]), "there are `name` and `title`");
    }
}
