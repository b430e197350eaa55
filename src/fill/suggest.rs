//! In: a word that is not known, and the known ones. Out: the words to put under it.

use crate::diagnostic::suggest;

/// The words to put under a misspelt name: the one that was meant, or all there are.
pub(super) fn did_you_mean<'a>(word: &str, words: impl IntoIterator<Item = &'a str> + Clone) -> String {
    match suggest(word, words.clone()) {
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
    fn the_label_names_the_nearest_or_all() {
        assert_eq!(did_you_mean("nmae", ["name", "title"]), "did you mean `name`?");
        assert_eq!(did_you_mean("zebra", ["name", "title"]), "there are `name` and `title`");
        assert_eq!(did_you_mean("zebra", ["name"]), "there is only `name`");
        assert_eq!(did_you_mean("zebra", [""; 0]), "there are none");
    }
}
