//! In: the structure tree and the texts of marked sequences. Out: the document's words in structure order.

use super::file::File;
use super::page::Shown;
use super::syntax::{Dict, Object};

/// Trees of ours are not deeper; a file whose tree goes in a circle ends here.
const DEEPEST: usize = 64;

/// Gathers words along the structure tree.
pub struct Gather<'a> {
    pub file: &'a File<'a>,
    /// Object numbers of the pages, in order.
    pub pages: &'a [u32],
    pub shown: &'a [Shown],
    /// For each page and MCID, true where the words are not the author's.
    pub generated: &'a [Vec<bool>],
    pub words: String,
}

impl<'a> Gather<'a> {
    /// Walks through an element or a list of its children; `page` is the page that bare numbers refer to.
    ///
    /// `None` where the tree names what is not there.
    pub fn walk(&mut self, node: &Object<'a>, page: Option<usize>, depth: usize) -> Option<()> {
        if depth > DEEPEST {
            return None;
        }
        match node {
            Object::Array(children) => children.iter().try_for_each(|child| self.walk(child, page, depth + 1)),
            Object::Ref(number) => self.walk(&self.file.object(*number)?, page, depth + 1),
            Object::Number(_) => self.say(page?, node.index()?),
            Object::Dict(dict) if dict.is("Type", "OBJR") => Some(()),
            Object::Dict(dict) if dict.is("Type", "MCR") => self.say(self.page(dict)?, dict.get("MCID")?.index()?),
            Object::Dict(dict) => {
                let own = if dict.get("Pg").is_some() { Some(self.page(dict)?) } else { None };
                dict.get("K").map_or(Some(()), |children| self.walk(children, own, depth + 1))
            }
            _ => None,
        }
    }

    fn page(&self, dict: &Dict<'_>) -> Option<usize> {
        let number = dict.get("Pg")?.reference()?;
        self.pages.iter().position(|page| *page == number)
    }

    fn say(&mut self, page: usize, id: usize) -> Option<()> {
        let text = self.shown.get(page)?.sequences.get(id)?.as_ref()?;
        if !*self.generated.get(page)?.get(id)? {
            self.words.push_str(text);
        }
        Some(())
    }
}

/// Finds where two texts part, white space aside: a piece of each from shortly before that place.
pub fn difference(found: &str, expected: &str) -> Option<(String, String)> {
    let same = letters(found).zip(letters(expected)).take_while(|(one, other)| one == other).count();
    let ends = |text| letters(text).nth(same).is_none();
    if ends(found) && ends(expected) {
        return None;
    }
    let piece = |text| letters(text).skip(same.saturating_sub(10)).take(30).collect();
    Some((piece(found), piece(expected)))
}

fn letters(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|character| !character.is_whitespace())
}

#[cfg(test)]
mod tests {
    use super::difference;

    #[test]
    fn white_space_makes_no_difference() {
        assert_eq!(difference("Vansontheroad", "Vans on\nthe\u{A0}road"), None);
    }

    #[test]
    fn the_first_difference_is_shown_with_its_surroundings() {
        let (found, expected) = difference("Wekeepyourvansontheroad", "We keep your trucks on the road").expect("one");
        assert!(found.contains("yourvans") && expected.contains("yourtrucks"), "{found} {expected}");
        assert!(difference("We", "We keep").is_some());
        assert!(difference("Wekeep", "We").is_some());
    }
}
