//! In: `word/numbering.xml` and the paragraphs of a document in order. Out: the mark that each shows: `1.`, `–`.

use std::collections::{BTreeMap, BTreeSet};

use super::node::Element;

/// Levels of a list (ECMA-376, 17.9.6).
const LEVELS: usize = 9;

#[derive(Debug, Clone, Default)]
struct Level {
    start: i64,
    format: String,
    text: String,
    odd: bool,
}

/// The lists of a document, and how far they have counted.
#[derive(Debug, Default)]
pub struct Lists {
    kinds: BTreeMap<String, Vec<Level>>,
    /// By list: its kind, and where its levels begin anew.
    lists: BTreeMap<String, (String, BTreeMap<usize, i64>)>,
    counts: BTreeMap<String, [Option<i64>; LEVELS]>,
    begun: BTreeSet<(String, usize)>,
}

impl Lists {
    /// Reads the part; what is not known in it is added to `faults`.
    pub fn read(root: &Element<'_>, faults: &mut Vec<String>) -> Self {
        let mut lists = Self::default();
        for element in root.elements() {
            match element.name.as_ref() {
                "w:abstractNum" => {
                    let id = element.get("w:abstractNumId").unwrap_or_default().to_owned();
                    if element.child("w:numStyleLink").is_some() || lists.kinds.contains_key(&id) {
                        faults.push("holds a list that is defined elsewhere".to_owned());
                    }
                    let mut levels = vec![Level::default(); LEVELS];
                    for level in element.elements().filter(|element| element.name == "w:lvl") {
                        let at = level.get("w:ilvl").and_then(|at| at.parse::<usize>().ok());
                        match at.and_then(|at| levels.get_mut(at)) {
                            Some(place) => *place = read_level(level),
                            None => faults.push("holds a level of no list".to_owned()),
                        }
                    }
                    lists.kinds.insert(id, levels);
                }
                "w:num" => lists.add(element, faults),
                other => faults.push(format!("holds `{other}`")),
            }
        }
        lists
    }

    fn add(&mut self, element: &Element<'_>, faults: &mut Vec<String>) {
        let id = element.get("w:numId").unwrap_or_default().to_owned();
        let kind = element.child("w:abstractNumId").and_then(Element::val).unwrap_or_default().to_owned();
        let mut starts = BTreeMap::new();
        for over in element.elements().filter(|element| element.name == "w:lvlOverride") {
            let level = over.get("w:ilvl").and_then(|level| level.parse().ok());
            let start = over.child("w:startOverride").and_then(Element::val).and_then(|start| start.parse().ok());
            match (level, start, over.child("w:lvl")) {
                (Some(level), Some(start), None) => {
                    starts.insert(level, start);
                }
                _ => faults.push("holds a list whose marks are changed".to_owned()),
            }
        }
        if self.lists.insert(id, (kind, starts)).is_some() {
            faults.push("holds a list twice".to_owned());
        }
    }

    /// Counts a paragraph of a list on; gives its mark. `None` where the list is not there, or counts in a way that is not
    /// known.
    pub fn mark(&mut self, list: &str, level: usize) -> Option<String> {
        let (kind, starts) = self.lists.get(list)?;
        let levels = self.kinds.get(kind)?;
        let own = levels.get(level)?;
        let counts = self.counts.entry(kind.clone()).or_default();
        let start = match starts.get(&level) {
            Some(start) if self.begun.insert((list.to_owned(), level)) => Some(*start),
            _ => None,
        };
        counts[level] = Some(match (start, counts[level]) {
            (Some(start), _) => start,
            (None, Some(count)) => count.checked_add(1)?,
            (None, None) => own.start,
        });
        counts[level + 1..].fill(None);
        if own.odd {
            return None;
        }
        if own.format == "bullet" || own.format == "none" {
            return Some(own.text.clone());
        }
        let mut mark = own.text.clone();
        for (at, inner) in levels.iter().enumerate().take(level + 1) {
            let place = format!("%{}", at + 1);
            if mark.contains(&place) {
                let count = counts[at].unwrap_or(inner.start);
                mark = mark.replace(&place, &counted(&inner.format, count)?);
            }
        }
        Some(mark)
    }
}

fn read_level(level: &Element<'_>) -> Level {
    let value = |name: &str| level.child(name).and_then(Element::val);
    let hides = |element: &Element<'_>| matches!(element.name.as_ref(), "w:vanish" | "w:specVanish");
    let known = |element: &Element<'_>| {
        matches!(
            element.name.as_ref(),
            "w:start" | "w:numFmt" | "w:suff" | "w:lvlText" | "w:lvlJc" | "w:pPr" | "w:rPr" | "w:pStyle" | "w:tabs"
        )
    };
    Level {
        start: value("w:start").and_then(|start| start.parse().ok()).unwrap_or(0),
        format: value("w:numFmt").unwrap_or("decimal").to_owned(),
        text: value("w:lvlText").unwrap_or_default().to_owned(),
        odd: !level.elements().all(known) || level.any(&hides),
    }
}

fn counted(format: &str, count: i64) -> Option<String> {
    let letters = |first: u8| {
        let count = u8::try_from(count).ok().filter(|count| (1..=26).contains(count))?;
        Some(char::from(first + count - 1).to_string())
    };
    match format {
        "decimal" => Some(count.to_string()),
        "lowerLetter" => letters(b'a'),
        "upperLetter" => letters(b'A'),
        _ => None,
    }
}
